#include "api/api_schema.h"

#include "local.pb-c.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"
#include "message.pb-c.h"

#include <string.h>

const struct api_schema api_schema_all[] = {
    {.name = "Problem",
     "code:text exit:int message:text hint~:text? field~:text? rule~:text? "
     "expected~:text? got~:text? correlation_id~:text"},
    {.name = "Error", "error:Problem"},
    {.name = "Route", "method:text path:text summary:text query~:text writes:yes"},
    {.name = "Catalogue",
     "version:int digest:text created_at:time expires_at:time expired:yes "
     "institutions:int"},
    {.name = "Totals",
     "outbox:int stuck:int ready:int drafts:int webhooks:int "
     "webhooks_failing:int dead_letters:int"},
    {.name = "Partner",
     "own:text partner:text name:text? country:text? node:text endpoint:text? "
     "state:text sentence:text guard:text outbox:int stuck:int ready:int "
     "last_heard:time? next_try:time? attempts:int round_trip_us:int? "
     "since:time? catalogue_version:int?"},
    {.name = "Backup",
     "state:text number:int file:text configuration:text pages_done:int pages:int "
     "packed_at:time?"},
    {.name = "Failure", "code:text sentence:text remedy:text"},
    {.name = "Check",
     "group:text code:text title:text subject:text? state:text what:text remedy:text?"},
    {.name = "Role", "name:text may:text may_not:text"},
    {.name = "User",
     "name:text roles:[text] units:[text] disabled:yes local:yes password:yes "
     "created_at:time"},
    {.name = "Token",
     "name:text user:text roles:[text] units:[text] created_at:time expires_at:time "
     "used_on:text?"},
    {.name = "Entry",
     "number:int at:time user:text? way:text? method:text? route:text? about:text? "
     "code:text? status:int holds:yes"},
    {.name = "DeadLetter", "cursor:int at:time status:int again:yes"},
    {.name = "Webhook",
     "id:text url:text state:text kinds:[text] created_at:time cursor:int "
     "delivered:int attempts:int since:time? next_try:time? status:int? "
     "tried_at:time? dead:[DeadLetter] lost:int tests:int"},
    {.name = "Event",
     "cursor:int at:time type:text sentence:text own:text partner:text dossier:text? "
     "opener:text? lane:int? index:int? kind:text? from:text? state:text? code:text?"},
    {.name = "Checked", "records:int seals:int receipts:int dossiers:int"},
    {.name = "AuditFault",
     "serial:int? own:text partner:text dossier:text? lane:int? index:int? "
     "what:text code:text"},
    {.name = "Draft",
     "number:int own:text partner:text family_name:text? given_names:text? year:text? "
     "term:int? kind:word? changed_at:time"},
    {.name = "SentDraft", "number:int dossier:text state:text"},
    {.name = "RefusedDraft", "number:int error:Problem"},
    {.name = "NominationLine",
     "dossier:text direction:text opener:text own:text partner:text state:text "
     "sentence:text delivery:text changed_at:time family_name:text? "
     "given_names:text? year:text? term:int? kind:word?"},
    {.name = "TranscriptLine",
     "dossier:text direction:text own:text partner:text family_name:text? "
     "given_names:text? components:int? total_ects:text? issued_on:text? "
     "delivery:text"},
    {.name = "StayLine",
     "dossier:text direction:text own:text partner:text state:text sentence:text "
     "family_name:text? given_names:text? year:text? start:text? end:text? "
     "asked_end:text? arrived_on:text? departed_on:text? changed_at:time"},
    {.name = "RecognitionLine",
     "dossier:text direction:text own:text partner:text state:text "
     "sentence:text family_name:text? given_names:text? components:int? "
     "total_ects:text? recognised_ects:text? decided_on:text? "
     "changed_at:time"},
    {.name = "OutboxLine",
     "number:int? dossier:text lane:int? index:int? partner:text kind:text state:text "
     "since:time sentence:text code:text? remedy:text?"},
    {.name = "ImportProblem",
     "row:int column:text? place:int? code:text rule:text expected:text? "
     "remedy:text?"},
    {.name = "ImportFix", "row:int column:text place:int taken:text"},
    {.name = "ImportAmendment", "row:int dossier:text partner:text fields:[text]"},
    {.name = "AmendedRow", "row:int dossier:text"},
    {.name = "RefusedRow", "row:int dossier:text error:Problem"},
    {.name = "BatchItem", "key:text nomination:Nomination"},
    {.name = "BatchResult",
     "key:text dossier~:text lane~:int? index~:int? id~:text? ready~:yes "
     "repeated~:yes error~:Problem"},
    {.name = "Record",
     "lane:int index:int id:text kind:text issuer:text issued_at:time delivery:text? "
     "code:text? receipted_at:time? void:yes out_of_turn:yes waiting:yes body:Body?"},
    {.name = "SaidDecision",
     "id:text issuer:text issued_at:time revision:text?",
     &peregrin__decision__descriptor},
    {.name = "SaidDay", "id:text issuer:text issued_at:time", &peregrin__stay_day__descriptor},
    {.name = "SaidExtension",
     "id:text issuer:text issued_at:time",
     &peregrin__extension__descriptor},
    {.name = "SaidRecognition",
     "id:text issuer:text issued_at:time",
     &peregrin__recognition__descriptor},
    {.name = "SaidRevocation", "id:text issuer:text issued_at:time", &peregrin__revoke__descriptor},
    {.name = "Stay",
     "arrival:SaidDay? departure:SaidDay? extension:SaidExtension? "
     "extending:SaidExtension?"},
    {.name = "GradeUnusable", "code:text sentence:text expected:text got:text remedy:text"},
    {.name = "GradeTableLine",
     "id:text kind:text institution:text? country:text? scope:text? period:text? rows:int "
     "imported_at:time unusable:GradeUnusable?"},
    {.name = "GradeTableKept", NULL, &peregrin__grade_table__descriptor},
    {.name = "GradeSpan", "grade:text begins:int ends:int"},
    {.name = "GradeSide",
     "table:text scale:text? shares:text? total:int? grades:[GradeSpan] first:int? last:int? "
     "place:int?"},
    {.name = "GradeConversion",
     "by:text grade:text result:text rule:text? level:text? host:GradeSide home:GradeSide? "
     "steps:[text]"},
    {.name = "Seal", "index:int", &peregrin__seal_statement__descriptor},
    {.name = "Receipt", "index:int", &peregrin__receipt_statement__descriptor},
    {},
};

#define SAID        "dossier:text lane:int? index:int? id:text? ready:yes repeated:yes"
#define NOMINATIONS "nominations:[NominationLine] next:text?"
#define PASSES      "roles~:[text] units~:[text] "

const struct api_schema_route api_schema_routes[] = {
    {.method = "GET", "/api/v1/", 200, "openapi:text routes:[Route]"},
    {.method = "GET", "/api/v1/openapi.json", 200, "application/json"},
    {.method = "GET",
     "/api/v1/status",
     200,
     "node:text network:text version:text started_at:time now:time catalogue:Catalogue "
     "institutions:[text] totals:Totals partners:[Partner] counters:count"},
    {.method = "GET", "/api/v1/partners", 200, "partners:[Partner]"},
    {.method = "POST", "/api/v1/partners/{schac}/ping", 200, "sent:yes partner:text", ""},
    {.method = "POST",
     "/api/v1/partners/{schac}/suspend",
     200,
     "partners:[Partner] changed:int",
     "own~:text? reason~:text?"},
    {.method = "POST",
     "/api/v1/partners/{schac}/resume",
     200,
     "partners:[Partner] changed:int",
     "own~:text?"},
    {.method = "GET", "/api/v1/backups", 200, "backup:Backup failure~:Failure"},
    {.method = "POST", "/api/v1/backups", 202, "backup:Backup failure~:Failure", ""},
    {.method = "DELETE", "/api/v1/backups", 200, "backup:Backup failure~:Failure"},
    {.method = "GET",
     "/api/v1/checks",
     200,
     "node:text configuration:text catalogue_version:int checks:[Check]"},
    {.method = "GET", "/metrics", 200, "text/plain"},
    {.method = "GET", "/healthz", 200, "text/plain"},
    {.method = "GET", "/readyz", 200, "ready:yes reasons:[Check]", .other = 503},
    {.method = "GET", "/api/v1/roles", 200, "roles:[Role]"},
    {.method = "GET", "/api/v1/users", 200, "users:[User] next:text?"},
    {.method = "POST",
     "/api/v1/users",
     201,
     "user:User",
     "name:text roles:[text] units~:[text] local~:yes disabled~:yes"},
    {.method = "GET", "/api/v1/users/{name}", 200, "user:User"},
    {.method = "POST", "/api/v1/users/{name}", 200, "user:User", PASSES "local~:yes disabled~:yes"},
    {.method = "DELETE", "/api/v1/users/{name}", 200, "removed:text"},
    {.method = "POST", "/api/v1/users/{name}/password", 200, "user:text", "password:text"},
    {.method = "GET", "/api/v1/users/{name}/tokens", 200, "tokens:[Token]"},
    {.method = "POST",
     "/api/v1/users/{name}/tokens",
     201,
     "token:Token secret:text",
     "name:text " PASSES "days~:int"},
    {.method = "DELETE", "/api/v1/users/{name}/tokens/{token}", 200, "revoked:yes"},
    {.method = "GET",
     "/api/v1/session",
     200,
     "user:text roles:[text] units:[text] expires_at:time? csrf_token~:text"},
    {.method = "POST",
     "/api/v1/session",
     201,
     "user:text roles:[text] units:[text] expires_at:time csrf_token:text",
     "user:text password:text"},
    {.method = "DELETE", "/api/v1/session", 200, "ended:yes"},
    {.method = "POST", "/api/v1/session/password", 200, "user:text", "before:text password:text"},
    {.method = "GET", "/api/v1/webhooks", 200, "webhooks:[Webhook]"},
    {.method = "POST",
     "/api/v1/webhooks",
     201,
     "webhook:Webhook secret:text",
     "url:text kinds~:[text]"},
    {.method = "DELETE", "/api/v1/webhooks/{id}", 200, "removed:text"},
    {.method = "POST", "/api/v1/webhooks/{id}/test", 202, "webhook:Webhook", ""},
    {.method = "POST", "/api/v1/webhooks/{id}/retry", 202, "dead:int webhook:Webhook", ""},
    {.method = "GET",
     "/api/v1/events",
     200,
     "events:[Event] next:text whole:yes",
     .also = "text/event-stream"},
    {.method = "GET",
     "/api/v1/audit",
     200,
     "checked:Checked next:int? faults:[AuditFault] faults_left_out:int"},
    {.method = "GET", "/api/v1/audit/log", 200, "entries:[Entry] next:int?"},
    {.method = "GET", "/api/v1/drafts", 200, "drafts:[Draft] next:int?"},
    {.method = "DELETE", "/api/v1/drafts/{number}", 200, "removed:int"},
    {.method = "POST",
     "/api/v1/nominations/send",
     200,
     "sent:[SentDraft] refused:[RefusedDraft] next:int?",
     "numbers~:[int] all~:yes after~:int"},
    {.method = "POST",
     "/api/v1/imports",
     200,
     "rows:int ready:int bad:int unchanged:int changed:int withdrawn:int hidden_rows:int "
     "differ:int stored:int sheet:text? encoding:text? dates:text? dates_open:yes "
     "header_row:int? problems:[ImportProblem] problems_left_out:int fixes:[ImportFix] "
     "amendments:[ImportAmendment] ignored_columns:[int] amended~:[AmendedRow] "
     "refused~:[RefusedRow]",
     "own~:text content~:text content_base64~:text encoding~:text sheet~:text "
     "rows~:text dates~:text hidden~:yes fix~:yes confirm~:yes skip_bad~:yes amend~:yes"},
    {.method = "GET", "/api/v1/exports/nominations", 200, "text/csv"},
    {.method = "GET", "/api/v1/nominations", 200, NOMINATIONS},
    {.method = "POST", "/api/v1/nominations/search", 200, NOMINATIONS, "text:text"},
    {.method = "GET",
     "/api/v1/nominations/{dossier}",
     200,
     "dossier:text direction:text opener:text own:text partner:text state:text sentence:text "
     "delivery:text changed_at:time family_name:text? given_names:text? year:text? term:int? "
     "kind:word? nomination:Nomination? revision~:text? decision~:SaidDecision? stay~:Stay "
     "transcript~:text? recognition~:SaidRecognition? revocation~:SaidRevocation? "
     "incomplete~:int not_understood~:int forked~:[yes] records:[Record]"},
    {.method = "POST",
     "/api/v1/nominations",
     201,
     SAID,
     "own~:text partner:text nomination:Nomination",
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/batch",
     200,
     "results:[BatchResult]",
     "own~:text partner:text items:[BatchItem]"},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/decision",
     201,
     SAID,
     "own~:text revision~:text",
     &peregrin__decision__descriptor,
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/withdrawal",
     201,
     SAID,
     "own~:text",
     &peregrin__withdrawal__descriptor,
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/amendment",
     201,
     SAID,
     "nomination:Nomination revision~:text",
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/arrival",
     201,
     SAID,
     "own~:text",
     &peregrin__stay_day__descriptor,
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/departure",
     201,
     SAID,
     "own~:text",
     &peregrin__stay_day__descriptor,
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/extension",
     201,
     SAID,
     "own~:text",
     &peregrin__extension__descriptor,
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/transcript",
     201,
     SAID,
     "credit_record:CreditRecord supersedes~:text",
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/recognition",
     201,
     SAID,
     "recognition:Recognition transcript~:text supersedes~:text",
     .other = 200},
    {.method = "POST",
     "/api/v1/nominations/{dossier}/revocation",
     201,
     SAID,
     "own~:text of:text record~:text",
     &peregrin__revoke__descriptor,
     .other = 200},
    {.method = "GET", "/api/v1/nominations/{dossier}/papers/{paper}", 200, "application/pdf"},
    {.method = "GET", "/api/v1/transcripts", 200, "transcripts:[TranscriptLine] next:text?"},
    {.method = "GET", "/api/v1/stays", 200, "stays:[StayLine] next:text?"},
    {.method = "GET", "/api/v1/recognitions", 200, "recognitions:[RecognitionLine] next:text?"},
    {.method = "GET", "/api/v1/grades/tables", 200, "tables:[GradeTableLine]"},
    {.method = "POST",
     "/api/v1/grades/tables",
     200,
     "kept:text table:GradeTableLine",
     "table:GradeTableKept replace~:yes"},
    {.method = "GET",
     "/api/v1/grades/tables/{id}",
     200,
     "table:GradeTableKept unusable:GradeUnusable?"},
    {.method = "DELETE", "/api/v1/grades/tables/{id}", 200, "removed:text"},
    {.method = "POST",
     "/api/v1/grades/conversions",
     200,
     "conversion:GradeConversion",
     "from:text to~:text rule~:text grade:text"},
    {.method = "GET", "/api/v1/outbox", 200, "outbox:[OutboxLine] next:text?"},
    {.method = "POST",
     "/api/v1/outbox/retry",
     200,
     "retried:int",
     "dossiers~:[text]? partner~:text?"},
    {.method = "DELETE", "/api/v1/outbox/{number}", 200, "dropped:int"},
    {.method = "GET", "/api/v1/evidence", 200, "application/octet-stream"},
    {.method = "GET",
     "/api/v1/records/{dossier}/{lane}.{index}",
     200,
     "lane:int index:int id:text kind:text issuer:text issued_at:time delivery:text? code:text? "
     "receipted_at:time? void:yes out_of_turn:yes waiting:yes body:Body? dossier:text "
     "header:Header seal:Seal? receipt:Receipt?"},
    {.method = "GET",
     "/api/v1/records/{dossier}/{lane}.{index}/evidence",
     200,
     "application/octet-stream"},
    {},
};

const struct api_schema_route *api_schema_of(const char *method, const char *pattern)
{
    for (const struct api_schema_route *row = api_schema_routes; row->method; row++)
        if (strcmp(row->method, method) == 0 && strcmp(row->pattern, pattern) == 0)
            return row;
    return NULL;
}
