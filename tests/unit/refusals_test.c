/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Sentences with which the API refuses what a caller sends: each is provoked by one request, and
 * says its code, its remedy and, where it is about one, its field. One nomination from helmo.be to
 * itg.be stands; scripts/check_cases wants every sentence here or in another test. */
#include "exchange.h"

enum { LONG = 4096, MANY = 600 };

static struct exchange *exchange;
static char dossier[HEADER_DOSSIER_TEXT];

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

#define NOMINATION "/api/v1/nominations/DOSSIER"
/* The id of no record. */
#define NONE "1111111111111111111111111111111111111111111111111111111111111111"

/* A path's DOSSIER is the nomination's name. No body: GET, and DELETE where that is said. */
static const struct refusal {
    const char *path, *body, *message, *field;
    bool removes;
} refusals[] = {
    /* ---- any request */
    {"/api/v1/status?colour=red", NULL, "the query has a parameter that is not known here", NULL,
     false},
    {"/api/v1/nominations?limit=1&limit=2", NULL, "a parameter of the query stands there twice",
     NULL, false},
    {"/api/v1/status", "{}", "this path has no such method", NULL, false},
    {"/api/v1/imports", "[]", "the body is JSON, but not an object", NULL, false},
    {"/api/v1/imports", "{\"colour\":1}", "the request has a field that is not known here",
     "colour", false},
    {"/api/v1/nominations", "{}", "the request lacks a field", "partner", false},
    {"/api/v1/nominations", "{\"partner\":7}", "a field is of another type", "partner", false},
    {"/api/v1/nominations?limit=0", NULL, "a number in the query is out of its range", "limit",
     false},
    {"/api/v1/nominations?after=here", NULL, "`after` is not where a list ended", "after", false},
    {"/api/v1/nominations?direction=up", NULL, "this is no direction", "direction", false},
    /* ---- nominations, drafts and lists */
    {"/api/v1/nominations/none", NULL, "this is no dossier's name", "dossier", false},
    {"/api/v1/nominations?state=happy", NULL, "this is no state", "state", false},
    {NOMINATION "?rules=then", NULL, "rules are asked as they are, or `now`", "rules", false},
    {"/api/v1/nominations/search", "{\"text\":\" \"}", "there is nothing in this text to look for",
     "text", false},
    {"/api/v1/drafts/77", NULL, "there is no such draft", "number", true},
    {"/api/v1/nominations/batch", "{\"partner\":\"itg.be\",\"items\":[MANY]}",
     "too many items at once", "items", false},
    {"/api/v1/nominations/send", "{}", "say which drafts to send", "numbers", false},
    {"/api/v1/nominations/send", "{\"numbers\":[MANY]}", "too many drafts at once", "numbers",
     false},
    {"/api/v1/imports", "{}", "the request lacks the list", "content", false},
    {"/api/v1/imports", "{\"content_base64\":\"?\"}", "this is no base64", "content_base64", false},
    {"/api/v1/imports", "{\"content\":\"x\",\"dates\":\"ymd\"}", "this order of dates is not known",
     "dates", false},
    {"/api/v1/imports", "{\"content\":\"x\",\"encoding\":\"cp437\"}", "this encoding is not known",
     "encoding", false},
    {"/api/v1/exports/nominations?format=doc", NULL, "this format is not known", "format", false},
    {"/api/v1/exports/nominations?lang=xx", NULL, "this language is not known", "lang", false},
    /* ---- what is said in a dossier */
    {NOMINATION "/decision", "{\"outcome\":\"accept\",\"revision\":\"12\"}",
     "this is no record's id", "revision", false},
    {NOMINATION "/decision", "{\"outcome\":\"accept\",\"over_quota\":\"\"}",
     "why is it accepted over the quota?", "over_quota", false},
    {NOMINATION "/decision", "{\"outcome\":\"accept\",\"over_quota\":\"a friend\"}",
     "nobody is accepted over the quota here", "over_quota", false},
    {NOMINATION "/extension", "{\"end\":\"2027-02-01\",\"own\":\"uhasselt.be\"}",
     "this institution has no part in the dossier, or not here", "own", false},
    {NOMINATION "/revocation", "{\"of\":\"promise\"}", "it is not said what is taken back", "of",
     false},
    {NOMINATION "/transcript", "{\"credit_record\":{},\"supersedes\":\"" NONE "\"}",
     "another transcript is the newest", "supersedes", false},
    {NOMINATION "/learning-agreement", "{\"learning_agreement\":{},\"supersedes\":\"" NONE "\"}",
     "another learning agreement is the newest", "supersedes", false},
    {"/api/v1/learning-agreements?learning=happy", NULL, "this is no state of a learning agreement",
     "learning", false},
    {"/api/v1/learning-agreements?waits=them", NULL, "nobody of this name waits", "waits", false},
    {"/api/v1/recognitions?state=happy", NULL, "this is no state", "state", false},
    {"/api/v1/stays?state=happy", NULL, "this is no state", "state", false},
    {"/api/v1/records/DOSSIER/0.x", NULL, "this is no place in a dossier", "index", false},
    {NOMINATION "/papers/ticket", NULL, "there is no such paper", "paper", false},
    {NOMINATION "/papers/transcript?language=xx", NULL, "papers are not set in this language",
     "language", false},
    {NOMINATION "/papers/transcript", NULL, "this node sets no papers", NULL, false},
    {NOMINATION "/elmo", NULL, "the dossier has no transcript that can be shown", "paper", false},
    /* ---- agreements and what is published */
    {"/api/v1/agreements/DOSSIER", NULL, "this dossier is no agreement", "dossier", false},
    {"/api/v1/agreements?state=happy", NULL, "this is no state of an agreement", "state", false},
    {"/api/v1/agreements/import", "{\"rows\":[ROWS]}", "too many rows at once", "rows", false},
    {"/api/v1/notices?kind=poster", NULL, "there is no such notice", "kind", false},
    /* ---- money */
    {"/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":0}", "this is no sum of money",
     "amount_cents", false},
    {"/api/v1/envelopes", "{\"title\":\"a\\nb\",\"amount_cents\":5}",
     "this is not one line of text", "title", false},
    {"/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":5,\"currency\":\"euro\"}",
     "this is no currency", "currency", false},
    {"/api/v1/envelopes/77", NULL, "there is no envelope of this number", "envelope", false},
    {"/api/v1/envelopes?after=x", NULL, "`after` is not where a list ended", "after", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"opens\":\"tomorrow\"}", "this is no date", "opens",
     false},
    {"/api/v1/calls", "{\"title\":\"C\",\"opens\":\"2026-05-02\",\"closes\":\"2026-05-01\"}",
     "the call closes before it opens", "closes", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"order\":\"height\"}", "this order is not known", "order",
     false},
    {"/api/v1/calls", "{\"title\":\"C\",\"notice_months\":25}", "a number is out of its range",
     "notice_months", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"levels\":[9]}", "this is no level of the EQF", "levels",
     false},
    {"/api/v1/calls", "{\"title\":\"C\",\"countries\":[\"Belgium\"]}", "this is no country",
     "countries", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"kinds\":[\"holidays\"]}", "this kind is not known",
     "kinds", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"criteria\":[7]}", "this is not one line of text",
     "criteria", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"criteria\":[\"Level\"]}",
     "a list of applications could not tell `Level` apart", "criteria", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"criteria\":[\"family name\"]}",
     "a list of applications could not tell `family name` apart", "criteria", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"criteria\":[\"Marks\",\"MARKS\"]}",
     "a list of applications could not tell `MARKS` apart", "criteria", false},
    {"/api/v1/calls", "{\"title\":\"C\",\"kinds\":[MANY]}", "the list is too long", "kinds", false},
    {"/api/v1/calls/77", NULL, "there is no call of this number", "call", false},
    {"/api/v1/grants/77", NULL, "there is no application of this number", "grant", false},
    {"/api/v1/groups", "{\"code\":\"nowhere\",\"drop\":[\"uni-b.example\"]}",
     "there is no group of this code", "code", false},
    {"/api/v1/grants?state=happy", NULL, "this is no state", "state", false},
    /* ---- reports */
    {"/api/v1/reports/balance?format=doc", NULL, "this format is not known", "format", false},
    {"/api/v1/reports/balance?by=height", NULL, "nothing is counted by this", "by", false},
    {"/api/v1/reports/grants?by=height", NULL, "nothing is counted by this", "by", false},
    {"/api/v1/reports/balance?public=maybe", NULL, "this is neither yes nor no", "public", false},
    {"/api/v1/reports/annual?year=2026", NULL, "this is no academic year", "year", false},
    {"/api/v1/reports/targets", "{\"name\":\"The Best\"}", "this cannot be a target's name", "name",
     false},
    {"/api/v1/reports/targets", "{\"name\":\"students\"}", "a new target needs its share", "share",
     false},
    {"/api/v1/reports/targets", "{\"name\":\"students\",\"share\":\"101\"}", "this is no share",
     "share", false},
    {"/api/v1/reports/targets", "{\"name\":\"students\",\"share\":\"20\",\"kinds\":[\"holidays\"]}",
     "this is no kind of mobility", "kinds", false},
    {"/api/v1/reports/targets", "{\"name\":\"students\",\"share\":\"20\",\"kinds\":[]}",
     "a target counts some kind", "kinds", false},
    {"/api/v1/reports/targets", "{\"name\":\"students\",\"share\":\"20\",\"year\":\"2026/2027\"}",
     "a cohort belongs to a year", "year", false},
    {"/api/v1/reports/targets",
     "{\"name\":\"students\",\"share\":\"20\",\"year\":\"2026\",\"cohort\":5}",
     "this is no academic year", "year", false},
    {"/api/v1/reports/targets",
     "{\"name\":\"students\",\"share\":\"20\",\"year\":\"2026/2027\",\"cohort\":0}",
     "this is no size of a cohort", "cohort", false},
    /* ---- rules */
    {"/api/v1/rules", NULL, "this node asks no rules of eligibility", NULL, false},
    /* ---- delivery, partners, events */
    {"/api/v1/outbox?after=x", NULL, "`after` is not where a list ended", "after", false},
    {"/api/v1/outbox/retry", "{\"partner\":\"itg.be\",\"dossiers\":[\"none\"]}",
     "a dossier is not named as lists name it", "dossiers", false},
    {"/api/v1/outbox/retry", "{\"partner\":\"itg.be\",\"dossiers\":[MANY]}",
     "too many dossiers in one call", "dossiers", false},
    {"/api/v1/outbox/77", NULL, "no submission of this number waits here", "number", true},
    {"/api/v1/partners/itg.be/suspend", "{\"reason\":\"TEXT\"}", "`reason` is too long", "reason",
     false},
    {"/api/v1/partners/itg.be/suspend", "{\"reason\":\"a\\nb\"}",
     "`reason` is not one line of text", "reason", false},
    {"/api/v1/events?kind=happy", NULL, "this is no kind of event", "kind", false},
    {"/api/v1/webhooks", "{\"url\":\"https://hook.example/\",\"kinds\":[]}",
     "no kind of event is named", "kinds", false},
    {"/api/v1/webhooks", "{\"url\":\"ftp://hook.example/\"}", "a webhook cannot be sent there",
     "url", false},
    {"/api/v1/webhooks/none", NULL, "there is no such webhook", NULL, true},
    /* ---- departments and users */
    {"/api/v1/units", "{\"code\":\"unassigned\",\"name\":\"N\"}", "this cannot be a unit's code",
     "code", false},
    {"/api/v1/units", "{\"code\":\"eng\",\"name\":\"a\\nb\"}", "this cannot be a unit's name",
     "name", false},
    {"/api/v1/units", "{\"code\":\"eng\",\"name\":\"N\",\"from\":\"soon\"}", "this is no date",
     "from", false},
    {"/api/v1/units",
     "{\"code\":\"eng\",\"name\":\"N\",\"from\":\"2026-02-01\",\"until\":\"2026-01-01\"}",
     "the last day is before the first", "until", false},
    {"/api/v1/units", "{\"code\":\"eng\",\"name\":\"N\",\"parent\":\"none\"}",
     "there is no unit of this code", "parent", false},
    {"/api/v1/units", "{\"code\":\"eng\",\"name\":\"N\",\"parent\":\"eng\"}",
     "a unit cannot be within itself, nor deeper than 8", "parent", false},
    {"/api/v1/units/none", "{\"name\":\"N\"}", "there is no unit of this code", "code", false},
    {"/api/v1/users", "{\"name\":\"No Name\",\"roles\":[\"viewer\"]}",
     "this cannot be a user's name", "name", false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[]}", "there is no role", "roles", false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"king\"]}", "there is no such role", "roles",
     false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"viewer\"],\"units\":[\"none.be\"]}",
     "this is no institution of this node, or no unit of one", "units", false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"viewer\"],\"officer_name\":\" M\"}",
     "this cannot stand under what is signed", "officer_name", false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"viewer\"],\"officer_role\":\"Dean\"}",
     "a role without a name signs nothing", "officer_name", false},
    {"/api/v1/users?after=No%20Name", NULL, "`after` is not where a list ended", "after", false},
    {"/api/v1/users/nobody", NULL, "there is no such user", "name", false},
};

/* A body's MANY are more numbers, ROWS more rows and TEXT more bytes than anything takes. */
static char *grown(const char *body)
{
    static const struct {
        const char *word, *one;
        size_t times;
    } words[] = {{"MANY", "\"1\",", MANY}, {"ROWS", "{},", LONG}, {"TEXT", "x", LONG}};
    char *out = calloc(1, strlen(body) + LONG * 4);
    strcpy(out, body);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char *at = strstr(out, words[i].word),
             *rest = at ? strdup(at + strlen(words[i].word)) : NULL;
        for (size_t j = 0; at && j < words[i].times; j++)
            at = stpcpy(at, words[i].one);
        if (at && at[-1] == ',')
            at--;
        if (at)
            strcpy(at, rest);
        free(rest);
    }
    return out;
}

static void provoke(const struct refusal *refusal)
{
    char path[API_PATH_MAX];
    const char *name = strstr(refusal->path, "DOSSIER");
    snprintf(path, sizeof path, "%.*s%s%s", name ? (int)(name - refusal->path) : INT_MAX,
             refusal->path, name ? dossier : "", name ? name + strlen("DOSSIER") : "");
    char *body = refusal->body ? grown(refusal->body) : NULL;
    int status = body               ? exchange_post(exchange, 0, path, body)
                 : refusal->removes ? exchange_delete(exchange, 0, path)
                                    : exchange_get(exchange, 0, path);
    free(body);
    if (!refusal->message && status < 400)
        return;
    const char *said = exchange_text(exchange, "error.message");
    const char *field = exchange_text(exchange, "error.field");
    if (status < 400 || !said || !refusal->message || strcmp(said, refusal->message) != 0)
        fail_msg("%s %s: %d \"%s\", not \"%s\"", path, refusal->body ? refusal->body : "", status,
                 said ? said : "", refusal->message ? refusal->message : "");
    if (!refusal->field != !field || (field && strcmp(field, refusal->field) != 0))
        fail_msg("%s: about \"%s\"", said, field ? field : "");
    assert_true(*exchange_text(exchange, "error.code") && *exchange_text(exchange, "error.hint"));
    assert_true(exchange_number(exchange, "error.exit") > 1);
}

static void each_sentence_is_provoked_and_says_what_to_do(void **)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        provoke(&refusals[i]);
}

/* What depends on what was said before, one after the other. No message: it is taken. */
static const struct refusal story[] = {
    {"/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":100000}", NULL, NULL, false},
    {"/api/v1/envelopes/1/raise", "{\"amount_cents\":1000000000000,\"reason\":\"more\"}",
     "no envelope can have so much", "amount_cents", false},
    {"/api/v1/calls", "{\"title\":\"Without\"}", NULL, NULL, false},
    {"/api/v1/calls", "{\"title\":\"With\",\"envelope\":1,\"groups\":[\"first\"]}", NULL, NULL,
     false},
    {"/api/v1/grants", "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"A\"}",
     "how much is asked for?", "amount_cents", false},
    {"/api/v1/grants",
     "{\"call\":2,\"kind\":\"studies\",\"family_name\":\"A\",\"group\":\"none\","
     "\"amount_cents\":5}",
     "the call has no such group of priority", "group", false},
    {"/api/v1/grants",
     "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"A\",\"amount_cents\":5,\"level\":9}",
     "this is no level of the EQF", "level", false},
    {"/api/v1/grants",
     "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"A\",\"amount_cents\":5,\"points\":-1}",
     "a number is out of its range", "points", false},
    {"/api/v1/grants",
     "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"A\",\"amount_cents\":500}", NULL, NULL,
     false},
    {"/api/v1/grants/1/allot", "{}", "the call has no envelope to allot from", "call", false},
    {"/api/v1/grants",
     "{\"call\":2,\"kind\":\"studies\",\"family_name\":\"B\",\"amount_cents\":500}", NULL, NULL,
     false},
    {"/api/v1/grants",
     "{\"call\":2,\"kind\":\"studies\",\"family_name\":\"C\",\"amount_cents\":500}", NULL, NULL,
     false},
    {"/api/v1/grants/3/allot", "{}", "others of this call come first", "grant", false},
    {"/api/v1/grants/2/allot", "{}", NULL, NULL, false},
    {"/api/v1/grants/2/allot", "{}",
     "this application has its money; what is not needed is released", "grant", false},
    {"/api/v1/grants/2/release", "{\"reason\":\"less\",\"amount_cents\":501}",
     "the grant has not so much", "amount_cents", false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"viewer\"]}", NULL, NULL, false},
    {"/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"viewer\"]}", "there is a user of this name",
     "name", false},
    {"/api/v1/users/marta/tokens", "{\"name\":\"No Name\"}", "this cannot be a token's name",
     "name", false},
    {"/api/v1/users/marta/tokens", "{\"name\":\"laptop\",\"days\":4000}",
     "a number is out of its range", "days", false},
    {"/api/v1/users/marta/tokens", "{\"name\":\"laptop\"}", NULL, NULL, false},
    {"/api/v1/users/marta/tokens", "{\"name\":\"laptop\"}", "the user has a token of this name",
     "name", false},
    {"/api/v1/users/marta/tokens/phone", NULL, "the user has no token of this name", "token", true},
    {"/api/v1/users/marta/password", "{\"password\":\"short\"}", "the password cannot be used",
     "password", false},
    {"/api/v1/users/marta", "{\"roles\":[\"administrator\"],\"units\":[\"helmo.be\"]}",
     "the roles administrator and auditor are of the whole node, not of an institution", "units",
     false},
    {"/api/v1/session", NULL, "there is no session to end", NULL, true},
    {"/api/v1/session/password", "{\"before\":\"a\",\"password\":\"b\"}",
     "only who has logged in changes a password", NULL, false},
    {"/api/v1/units", "{\"code\":\"eng\",\"name\":\"Engineering\"}", NULL, NULL, false},
    {"/api/v1/units", "{\"code\":\"eng\",\"name\":\"Again\"}", "there is a unit of this code",
     "code", false},
    {"/api/v1/agreements",
     "{\"partner\":\"itg.be\",\"terms\":{\"reference\":\"R\",\"conditions\":[{\"id\":\"c1\","
     "\"sending\":\"helmo.be\",\"mobility\":\"studies\",\"first_year\":\"2026/2027\","
     "\"last_year\":\"2027/2028\",\"places\":0,\"isced_f\":[\"091\"],\"eqf\":[6]}],\"contacts\":[{\"name\":\"Office\","
     "\"email\":\"office@helmo.example\"}]}}",
     NULL, NULL, false},
    {"/api/v1/agreements/DOSSIER/approval", "{}", "which terms are meant?", "terms", false},
    {"/api/v1/agreements/DOSSIER/differences?from=" NONE "&to=" NONE, NULL,
     "there are no such terms in this agreement", "to", false},
};

static void what_was_said_before_is_told_too(void **)
{
    char said[HEADER_DOSSIER_TEXT];
    strcpy(said, dossier);
    for (size_t i = 0; i < sizeof story / sizeof *story; i++) {
        provoke(&story[i]);
        const char *name = story[i].message ? NULL : exchange_text(exchange, "dossier");
        if (name)
            snprintf(dossier, sizeof dossier, "%s", name);
        exchange_run(exchange);
    }
    strcpy(dossier, said);
}

/* The same request, each with another name, as often as it is taken. */
static void there_is_an_end_to_how_many(void **)
{
    static const struct {
        const char *path, *body, *message;
        int times;
    } rows[] = {
        {"/api/v1/reports/targets", "{\"name\":\"t%d\",\"share\":\"20\",\"kinds\":[\"studies\"]}",
         "there are sixteen targets already", 16},
        {"/api/v1/webhooks", "{\"url\":\"https://hook%d.example/\"}",
         "there are 16 webhooks already", 16},
        {"/api/v1/units", "{\"code\":\"u%d\",\"name\":\"Unit\"}", "there are 200 units already",
         200},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[256];
        int status = 0;
        for (int j = 0; j <= rows[i].times && status < 400; j++) {
            snprintf(body, sizeof body, rows[i].body, j);
            status = exchange_post(exchange, 0, rows[i].path, body);
        }
        assert_string_equal(exchange_text(exchange, "error.message"), rows[i].message);
        assert_true(*exchange_text(exchange, "error.hint"));
    }
}

/* Of many, each is answered for itself. */
static void one_of_many_is_refused_alone(void **)
{
    static const struct {
        const char *item, *message, *field;
    } items[] = {{"7", "the request is not a JSON object", NULL},
                 {"{\"key\":\"\",\"nomination\":{}}", "the key cannot be used", "key"}};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        char body[256];
        snprintf(body, sizeof body, "{\"partner\":\"itg.be\",\"items\":[%s]}", items[i].item);
        assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/batch", body), 200);
        assert_string_equal(exchange_text(exchange, "results[0].error.message"), items[i].message);
        assert_true(*exchange_text(exchange, "results[0].error.hint"));
        if (items[i].field)
            assert_string_equal(exchange_text(exchange, "results[0].error.field"), items[i].field);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sentence_is_provoked_and_says_what_to_do),
        cmocka_unit_test(what_was_said_before_is_told_too),
        cmocka_unit_test(there_is_an_end_to_how_many),
        cmocka_unit_test(one_of_many_is_refused_alone),
    };
    return cmocka_run_group_tests(tests, open_exchange, close_exchange);
}
