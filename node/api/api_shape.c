#include "api/api_shape.h"

#include "local.pb-c.h"
#include "agreement.pb-c.h"
#include "mobility.pb-c.h"
#include "notice.pb-c.h"
#include "record.pb-c.h"
#include "message.pb-c.h"

#define AGREEMENT                                                                      \
    "dossier:text opener:text own:text partner:text state:text sentence:text "         \
    "must_act:text? reference:text? conditions:int? first_year:text? last_year:text? " \
    "in_force:text? open:text? replaces:text? replaced_by:text? changed_at:time"

const struct api_shape api_shape_all[] = {
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
     "created_at:time officer_name:text? officer_role:text?"},
    {.name = "Call",
     "number:int own:text title:text state:text opens:text? closes:text? kinds:[text] "
     "countries:[text] levels:[int] own_country:yes criteria:[text] project_end:text? "
     "notice_months:int groups:[text] order:text envelope:int? amount_cents:int? scholarship:yes "
     "closed_on:text? created_at:time"},
    {.name = "Envelope",
     "number:int own:text title:text currency:text amount_cents:int allotted_cents:int "
     "released_cents:int balance_cents:int created_at:time"},
    {.name = "LedgerEntry",
     "entry:int at:time by:text? what:text cents:int balance_cents:int grant:int? reason:text?"},
    {.name = "Grant",
     "number:int own:text call:int state:text sentence:text kind:text family_name:text? "
     "given_names:text? dossier:text? country:text? unit:text? level:int? start:text? end:text? "
     "group:int group_name:text? points:int? scores:[int] asked_cents:int amount_cents:int "
     "envelope:int? reference:text? note:text? applied_at:time changed_at:time"},
    {.name = "GrantChange", "row:int number:int fields:[text]"},
    {.name = "Unit", "code:text own:text name:text? parent:text? from:text? until:text? open:yes"},
    {.name = "Token",
     "name:text user:text roles:[text] units:[text] created_at:time expires_at:time "
     "used_on:text?"},
    {.name = "Entry",
     "number:int at:time user:text? way:text? method:text? route:text? about:text? "
     "code:text? status:int holds:yes"},
    {.name = "ReportColumn", "name:text title:text number:yes"},
    {.name = "ReportRow",
     "step~:text? must_act~:text? since~:text? command~:text? region~:text? partner~:text? "
     "groups~:text? agreements~:int? year~:text? group~:text? country~:text? direction~:text? "
     "out~:int? in~:int? balance~:int? "
     "nominated_out~:int? nominated_in~:int? target~:text? cohort~:int? stays~:int? share~:text? "
     "aim~:text? reached~:text? transcripts~:int? taken~:text? passed~:text? recognised~:text? "
     "recognised_share~:text? measure~:text? count~:int? median~:text? mean~:text? "
     "this_year~:int? year_before~:int? change~:int? hidden:[text] few:[text]"},
    {.name = "ReportTable",
     "name:text title:text note:text? columns:[ReportColumn] rows:[ReportRow]"},
    {.name = "PartnerGroup", "code:text own:text name:text partners:[text]"},
    {.name = "TargetCohort", "year:text size:int"},
    {.name = "Target", "name:text share:text kinds:[text] cohorts:[TargetCohort]"},
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
     "term:int? kind:word? unit:text? changed_at:time"},
    {.name = "RuleWarning",
     "rule:text field:text? sentence:text expected:text got:text remedy:text"},
    {.name = "RuleFinding",
     "rule:text answer:text severity:text sentence:text expected:text? got:text? missing:text? "
     "remedy:text source:text"},
    {.name = "Rule",
     "rule:text kinds:text severity:text compares:text sentence:text remedy:text source:text "
     "from:text? until:text?"},
    {.name = "RuleSetting",
     "setting:text of:text institution:text from:text? until:text? value:text unit:text "
     "source:text own:yes"},
    {.name = "ImportWarning", "row:int rule:text expected:text got:text"},
    {.name = "ImportRule", "rule:text sentence:text remedy:text source:text rows:int"},
    {.name = "SentDraft", "number:int dossier:text state:text warnings:[RuleWarning]"},
    {.name = "CheckedDraft", "number:int warnings:[RuleWarning]"},
    {.name = "RefusedDraft", "number:int error:Problem"},
    {.name = "NominationLine",
     "dossier:text direction:text opener:text own:text partner:text state:text "
     "sentence:text delivery:text changed_at:time family_name:text? "
     "given_names:text? year:text? term:int? kind:word? unit:text? support:yes? "
     "by_hand:HandMark?"},
    {.name = "HandMark", "state:text date:text by:text at:time comment:text? sentence:text"},
    {.name = "HandPartner",
     "partner:text name:text country:text email:text? erasmus_code:text? joined:yes "
     "sentence:text added_at:time by:text?"},
    {.name = "TranscriptLine",
     "dossier:text direction:text own:text partner:text family_name:text? "
     "given_names:text? components:int? total_ects:text? issued_on:text? "
     "delivery:text"},
    {.name = "StayLine",
     "dossier:text direction:text own:text partner:text state:text sentence:text "
     "family_name:text? given_names:text? year:text? start:text? end:text? "
     "asked_end:text? arrived_on:text? departed_on:text? changed_at:time by_hand:HandMark?"},
    {.name = "RecognitionLine",
     "dossier:text direction:text own:text partner:text state:text "
     "sentence:text family_name:text? given_names:text? components:int? "
     "total_ects:text? recognised_ects:text? decided_on:text? "
     "changed_at:time"},
    {.name = "AgreementLine", AGREEMENT},
    {.name = "FieldChange", "field:text before:text? after:text?"},
    {.name = "ConditionChange", "id:text? change:text fields:[FieldChange]"},
    {.name = "TermsChange", "fields:[FieldChange] conditions:[ConditionChange]"},
    {.name = "SaidTerms",
     "id:text issuer:text issued_at:time changes~:TermsChange",
     &peregrin__terms__descriptor},
    {.name = "SaidTermination",
     "id:text issuer:text issued_at:time",
     &peregrin__termination__descriptor},
    {.name = "PactRow",
     "row~:int partner_erasmus_code~:text partner~:text faculty~:text bachelor~:text master~:text "
     "doctoral~:text places~:text months_each~:text subject_code~:text subject~:text "
     "expires_on~:text"},
    {.name = "PactNote", "row:int column:text code:text expected:text remedy:text"},
    {.name = "PactProposal", "partner:text conditions:int"},
    {.name = "PactSaid", "partner:text dossier~:text error~:Problem"},
    {.name = "ContactsOf", "issuer:text contacts:[Contact]"},
    {.name = "Places",
     "condition:text year:text sending:text direction:text places:int granted:int asked:int "
     "left:int binding:yes languages:text?"},
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
     "repeated~:yes warnings~:[RuleWarning] error~:Problem"},
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
    {.name = "SaidLearning",
     "id:text issuer:text issued_at:time",
     &peregrin__learning_agreement__descriptor},
    {.name = "Learning",
     "state:text sentence:text waits_for:text? approved:text? newest:SaidLearning?"},
    {.name = "LearningLine",
     "dossier:text direction:text own:text partner:text state:text learning:text sentence:text "
     "waits_for:text? family_name:text? given_names:text? revisions:int ects:text? "
     "approved_ects:text? changed_at:time"},
    {.name = "DeadlineLine",
     "kind:text date:text zone:text zone_known:yes days_left:int late:yes must_act:text "
     "sentence:text own:text partner:text direction:text? dossier:text? year:text? term:int? "
     "family_name:text? given_names:text?"},
    {.name = "NoticeLine",
     "dossier:text direction:text own:text partner:text kind:text subject:text state:text "
     "sentence:text revisions:int issued_at:time? id:text? delivery:text receipted_at:time?"},
    {.name = "Published",
     "partner:text result:text dossier~:text lane~:int? index~:int? id~:text? ready~:yes "
     "repeated~:yes error~:Problem"},
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
