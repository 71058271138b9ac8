/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Who acts for a department sees and changes what is the department's, by whatever route; and what
 * is signed says by whom. */
#include "exchange.h"

#include "admin/pass.h"
#include "admin/role.h"
#include "admin/user.h"

static struct exchange *exchange;

enum { LAW, HEALTH, NONE, INCOMING, DOSSIERS, HILDE = 0, LARS, OLGA, FACULTY, USERS };

static char dossiers[DOSSIERS][HEADER_DOSSIER_TEXT];
static char tokens[USERS][SECRET_TEXT_LENGTH + 1];
static char law_draft[24];

static const char *const canaries[DOSSIERS] = {"Lawcanary", "Healthcanary", "Nonecanary",
                                               "Peeters"};

static const struct {
    const char *name, *unit, *officer, *role;
} users[USERS] = {
    [HILDE] = {"hilde", "helmo.be/health", "Hilde Maes", "Coordinator"},
    [LARS] = {"lars", "helmo.be/law", NULL, NULL},
    [OLGA] = {"olga", NULL, "Olga Peters", "Head of Office"},
    [FACULTY] = {"fran", "helmo.be/faculty", NULL, NULL},
};

static int ask(const char *method, const char *path, const char *body)
{
    return exchange_call(exchange, 0, (struct exchange_call) {method, path, body, NULL});
}

static bool says(const char *text)
{
    const struct bytes *body = &exchange->response.body;
    return memmem(body->data, body->size, text, strlen(text));
}

static void as_owner(void)
{
    exchange->caller = (struct api_caller) {.owner = true, .account = "peregrin"};
}

static void as(size_t user)
{
    static char header[128];
    snprintf(header, sizeof header, "Bearer %s", tokens[user]);
    exchange->caller = (struct api_caller) {.address = "192.0.2.1", .authorization = header};
    exchange->later_us += 60 * (int64_t)INSTANT_SECOND; /* no limit is in the way */
}

static void make_user(size_t number)
{
    struct store *store = exchange->apis[0].store;
    struct secret secret = {.kind = SECRET_TOKEN, .bytes = {(uint8_t)(number + 1)}};
    Peregrin__User user = PEREGRIN__USER__INIT;
    Peregrin__Token token = PEREGRIN__TOKEN__INIT;
    struct digest digest;
    char *units[] = {(char *)users[number].unit};
    user.name = token.user = token.name = (char *)users[number].name;
    user.has_roles = token.has_roles = token.has_expires_at = true;
    user.roles = token.roles = ROLE_OFFICER;
    user.units = units;
    user.n_units = units[0] != NULL;
    user.officer_name = (char *)users[number].officer;
    user.officer_role = (char *)users[number].role;
    token.expires_at = UINT32_MAX;
    secret_write(&secret, tokens[number]);
    secret_digest(&secret, &digest);
    assert_int_equal(user_put(store, &user, exchange->arena), FAULT_NONE);
    assert_int_equal(pass_token_put(store, &digest, &token, exchange->arena), FAULT_NONE);
}

static void make_units(void)
{
    static const char *const bodies[] = {
        "{\"code\":\"faculty\"}",
        "{\"code\":\"law\",\"name\":\"School of Law\",\"parent\":\"faculty\"}",
        "{\"code\":\"health\",\"name\":\"Health\"}",
        "{\"code\":\"old\",\"until\":\"2020-08-31\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_int_equal(ask("POST", "/api/v1/units", bodies[i]), 201);
}

static int nominate(const char *family, const char *unit)
{
    char body[1024], quoted[64] = "null";
    if (unit)
        snprintf(quoted, sizeof quoted, "\"%s\"", unit);
    snprintf(body, sizeof body,
             "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{\"family_name\":\"%s\","
             "\"given_names\":\"An\",\"birth_date\":\"2005-04-03\",\"email\":\"an@example.org\"},"
             "\"mobility\":\"studies\",\"year\":\"2026/2027\",\"term\":1,\"eqf\":6,"
             "\"isced_f\":\"0913\",\"unit\":%s}}",
             family, quoted);
    return ask("POST", "/api/v1/nominations", body);
}

static int import(const char *rows, bool confirm)
{
    char body[2048];
    snprintf(body, sizeof body,
             "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,term,level,"
             "isced_f,unit\\n%s\",\"confirm\":%s}",
             rows, confirm ? "true" : "false");
    return ask("POST", "/api/v1/imports", body);
}

#define ROW(FAMILY, UNIT) \
    "itg.be," FAMILY ",An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913," UNIT "\\n"

/* An application of the law's, who waits for the institution's money. */
static void apply_for_grant(void)
{
    assert_int_equal(ask("POST", "/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":100}"),
                     201);
    assert_int_equal(ask("POST", "/api/v1/calls", "{\"title\":\"C\",\"envelope\":1}"), 201);
    assert_int_equal(ask("POST", "/api/v1/grants",
                         "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"Lawcanary\","
                         "\"country\":\"PL\",\"amount_cents\":100,\"unit\":\"law\"}"),
                     201);
}

#define LAW_NOMINATION                                                                      \
    "{\"person\":{\"family_name\":\"Jacobs\",\"given_names\":\"An\","                       \
    "\"birth_date\":\"2005-04-03\",\"email\":\"an@example.org\"},\"mobility\":\"studies\"," \
    "\"year\":\"2026/2027\",\"term\":1,\"eqf\":6,\"isced_f\":\"0913\",\"unit\":\"law\"}"
#define FACTSHEET(WEEKS, MORE)                                                             \
    "{\"factsheet\":{\"terms\":[{\"term\":1,\"starts\":\"09-15\",\"ends\":\"01-31\","      \
    "\"nominations\":\"05-01\"}],\"zone\":\"Europe/Brussels\",\"transcript_weeks\":" WEEKS \
    "}" MORE "}"
#define GRADING_TABLE(COUNT)                                                                  \
    "{\"grading_table\":{\"scheme\":\"be-20\",\"grades\":[{\"grade\":\"20\",\"count\":" COUNT \
    ",\"passing\":true},{\"grade\":\"9\",\"count\":40,\"passing\":false}]}}"
#define COURSE_LIST(TITLE)                                                                      \
    "{\"course_list\":{\"year\":\"2026/2027\",\"courses\":[{\"code\":\"B1\",\"title\":\"" TITLE \
    "\",\"ects_hundredths\":600}]}}"
#define TERMS                                                                                         \
    "{\"reference\":\"2027-A\",\"conditions\":[{\"id\":\"c1\",\"sending\":\"helmo.be\","              \
    "\"mobility\":\"studies\",\"first_year\":\"2026/2027\",\"last_year\":\"2027/2028\",\"places\":2," \
    "\"tenth_months\":50,\"isced_f\":[\"091\"],\"eqf\":[6]}],\"contacts\":[{\"name\":\"Office\","     \
    "\"email\":\"office@helmo.example\"}]}"
#define ID "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

enum { NOTICES = 3 };

static char notices[NOTICES][HEADER_DOSSIER_TEXT], agreement[HEADER_DOSSIER_TEXT];

/* What the institution as a whole has said to its partners. */
static void publish(void)
{
    static const char *const said[NOTICES][2] = {{"/api/v1/factsheets", FACTSHEET("5", "")},
                                                 {"/api/v1/grading-tables", GRADING_TABLE("3")},
                                                 {"/api/v1/course-lists", COURSE_LIST("Biology")}};
    for (size_t i = 0; i < NOTICES; i++) {
        assert_int_equal(ask("POST", said[i][0], said[i][1]), 200);
        snprintf(notices[i], sizeof notices[i], "%s",
                 exchange_text(exchange, "results[0].dossier"));
    }
    assert_int_equal(
        ask("POST", "/api/v1/agreements", "{\"partner\":\"itg.be\",\"terms\":" TERMS "}"), 201);
    snprintf(agreement, sizeof agreement, "%s", exchange_text(exchange, "dossier"));
}

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    as_owner();
    make_units();
    assert_int_equal(exchange_begin(&exchange->nodes[0]), FAULT_NONE);
    for (size_t i = 0; i < USERS; i++)
        make_user(i);
    exchange_commit(&exchange->nodes[0]);
    static const char *const units[] = {[LAW] = "law", [HEALTH] = "health", [NONE] = NULL};
    for (size_t i = LAW; i <= NONE; i++) {
        assert_int_equal(nominate(canaries[i], units[i]), 201);
        snprintf(dossiers[i], sizeof dossiers[i], "%s", exchange_text(exchange, "dossier"));
    }
    exchange_nominate(exchange, 1, 0, dossiers[INCOMING]);
    exchange_run(exchange);
    assert_int_equal(import(ROW("Lawcanary2", "School of LAW"), true), 200);
    assert_int_equal(ask("GET", "/api/v1/drafts", NULL), 200);
    snprintf(law_draft, sizeof law_draft, "%d", exchange_number(exchange, "drafts[0].number"));
    apply_for_grant();
    publish();
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

/* ---- over all routes ---------------------------------------------------------------------------
 */

/* Every brace filled with what is the law's. */
static void path_of(const char *pattern, char out[static API_PATH_MAX])
{
    static const struct {
        const char *name, *value;
    } fills[] = {{"{dossier}", dossiers[LAW]},
                 {"{number}", law_draft},
                 {"{lane}", "0"},
                 {"{index}", "0"},
                 {"{call}", "1"},
                 {"{grant}", "1"},
                 {"{envelope}", "1"}};
    enum { FILLS = sizeof fills / sizeof *fills };
    *out = '\0';
    while (*pattern) {
        size_t row = 0, brace = strcspn(pattern, "}") + 1;
        if (*pattern != '{') {
            strncat(out, pattern++, 1);
            continue;
        }
        while (row < FILLS && strncmp(fills[row].name, pattern, brace) != 0)
            row++;
        strcat(out, row < FILLS ? fills[row].value : "0");
        pattern += brace;
    }
}

/* Bodies that fit some route each: who may not is refused whatever he says. */
static const char *const bodies[] = {
    "{}",
    "{\"text\":\"Lawcanary\"}",
    "{\"all\":true}",
    "{\"numbers\":[1,2,3]}",
    "{\"outcome\":\"accept\"}",
    "{\"reason\":\"student\"}",
    "{\"date\":\"2026-09-10\"}",
    "{\"end\":\"2027-06-30\"}",
    "{\"unit\":\"health\"}",
    "{\"of\":\"acceptance\",\"reason\":\"error\"}",
    "{\"nomination\":" EXCHANGE_NOMINATION "}",
};

static bool shows_the_law(void)
{
    return says("Lawcanary") || says(dossiers[LAW]);
}

/* Whether any answer of the route shows what is the law's. */
static bool route_shows(const struct api_row *row, size_t user)
{
    char path[API_PATH_MAX];
    bool reads = strcmp(row->method, "GET") == 0, shown = false;
    path_of(row->pattern, path);
    for (size_t i = 0; i < (reads ? 1 : sizeof bodies / sizeof *bodies) && !shown; i++) {
        as(user);
        int status = ask(row->method, path, reads ? NULL : bodies[i]);
        shown = status < 300 && shows_the_law();
        if (status < 300 && user == HILDE && strstr(row->pattern, "{dossier}"))
            fail_msg("%s %s is open to another department's", row->method, row->pattern);
    }
    return shown;
}

static size_t law_records(void)
{
    as_owner();
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s", dossiers[LAW]);
    assert_int_equal(ask("GET", path, NULL), 200);
    return json_array_size(exchange_at(exchange, "records"));
}

static void no_route_shows_or_changes_what_is_another_department_s(void **)
{
    size_t before = law_records(), routes = 0;
    const struct api_row *row;
    for (size_t i = 0; (row = api_row(i)); i++, routes++)
        if (route_shows(row, HILDE))
            fail_msg("%s %s shows another department's", row->method, row->pattern);
    assert_true(routes > 60);
    assert_int_equal(law_records(), before);
    assert_int_equal(ask("GET", "/api/v1/drafts", NULL), 200);
    assert_true(says("Lawcanary2"));
}

/* The test before can fail: whom the department concerns is shown it by the same routes. */
static void the_same_routes_show_it_to_whom_it_concerns(void **)
{
    static const char *const shown[] = {
        "/api/v1/nominations", "/api/v1/nominations/{dossier}",
        "/api/v1/drafts",      "/api/v1/exports/nominations",
        "/api/v1/events",      "/api/v1/records/{dossier}/{lane}.{index}",
        "/api/v1/grants",      "/api/v1/grants/{grant}",
    };
    for (size_t user = LARS; user < USERS; user++)
        for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
            if (!route_shows(&(struct api_row) {"GET", shown[i], ""}, user))
                fail_msg("%s hides from %s what is hers", shown[i], users[user].name);
    assert_true(route_shows(&(struct api_row) {"POST", "/api/v1/nominations/search", ""}, LARS));
}

static void what_waits_to_be_sent_is_shown_to_its_department_alone(void **)
{
    as_owner();
    assert_int_equal(nominate("Another", "law"), 201);
    as(LARS);
    assert_int_equal(ask("GET", "/api/v1/outbox", NULL), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "outbox")), 1);
    as(HILDE);
    assert_int_equal(ask("GET", "/api/v1/outbox", NULL), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "outbox")), 0);
    assert_int_equal(ask("POST", "/api/v1/outbox/retry", "{}"), 200);
}

static void another_s_dossier_sounds_like_one_that_is_not_there(void **)
{
    char path[API_PATH_MAX], heard[512];
    as(HILDE);
    snprintf(path, sizeof path, "/api/v1/nominations/%s", dossiers[LAW]);
    assert_int_equal(ask("GET", path, NULL), 404);
    snprintf(heard, sizeof heard, "%.*s", (int)exchange->response.body.size,
             (const char *)exchange->response.body.data);
    assert_int_equal(ask("GET", "/api/v1/nominations/01KAMB3Q8W2T5Y7Z9C4D6F8G0H", NULL), 404);
    assert_int_equal(memcmp(heard, exchange->response.body.data, exchange->response.body.size), 0);
}

/* ---- whose each change is ----------------------------------------------------------------------
 */

/* Every route that is no GET has its row: whose is what it changes? A route without one fails. */
enum whose {
    OF_DOSSIER,     /* or a draft, an application: another department's is not there */
    OF_UNIT,        /* it names the department, which must be the user's */
    OF_INSTITUTION, /* it binds the institution: refused to who acts for a department */
    OF_NODE,        /* an administrator's, who has no department */
    OF_ONESELF,
    OF_NOBODY, /* it only asks */
};

static const struct {
    const char *method, *pattern;
    enum whose whose;
    const char *body; /* that fits: `%s` is the law's dossier */
} changes[] = {
    {"POST", "/api/v1/reports/targets", OF_INSTITUTION, "{\"name\":\"students\",\"share\":\"20\"}"},
    {"DELETE", "/api/v1/reports/targets/{name}", OF_INSTITUTION, NULL},
    {"POST", "/api/v1/groups", OF_INSTITUTION, "{\"code\":\"network\"}"},
    {"DELETE", "/api/v1/groups/{code}", OF_INSTITUTION, NULL},
    {"POST", "/api/v1/partners/{schac}/ping", OF_NODE, "{}"},
    {"POST", "/api/v1/partners/{schac}/suspend", OF_NODE, "{}"},
    {"POST", "/api/v1/partners/{schac}/resume", OF_NODE, "{}"},
    {"POST", "/api/v1/hand-partners", OF_INSTITUTION, "{\"partner\":\"imt-nord-europe.fr\"}"},
    {"DELETE", "/api/v1/hand-partners/{schac}", OF_INSTITUTION, NULL},
    {"POST", "/api/v1/imports", OF_UNIT,
     "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,term,level,isced_f,"
     "unit\\n" ROW("Jacobs", "law") "\",\"confirm\":true}"},
    {"DELETE", "/api/v1/drafts/{number}", OF_DOSSIER, NULL},
    {"POST", "/api/v1/nominations/send", OF_DOSSIER, "{\"numbers\":[1]}"},
    {"POST", "/api/v1/nominations/search", OF_NOBODY, NULL},
    {"POST", "/api/v1/nominations/check", OF_DOSSIER, "{\"numbers\":[1]}"},
    {"POST", "/api/v1/nominations", OF_UNIT,
     "{\"partner\":\"itg.be\",\"nomination\":" LAW_NOMINATION "}"},
    {"POST", "/api/v1/nominations/batch", OF_UNIT,
     "{\"partner\":\"itg.be\",\"items\":[{\"key\":\"a\",\"nomination\":" LAW_NOMINATION "}]}"},
    {"POST", "/api/v1/nominations/{dossier}/decision", OF_DOSSIER, "{\"outcome\":\"accept\"}"},
    {"POST", "/api/v1/nominations/{dossier}/withdrawal", OF_DOSSIER, "{\"reason\":\"student\"}"},
    {"POST", "/api/v1/nominations/{dossier}/amendment", OF_DOSSIER,
     "{\"nomination\":" LAW_NOMINATION "}"},
    {"POST", "/api/v1/nominations/{dossier}/transcript", OF_DOSSIER, "{\"credit_record\":{}}"},
    {"POST", "/api/v1/nominations/{dossier}/arrival", OF_DOSSIER, "{\"date\":\"2026-09-10\"}"},
    {"POST", "/api/v1/nominations/{dossier}/departure", OF_DOSSIER, "{\"date\":\"2027-01-10\"}"},
    {"POST", "/api/v1/nominations/{dossier}/extension", OF_DOSSIER, "{\"end\":\"2027-06-30\"}"},
    {"POST", "/api/v1/nominations/{dossier}/recognition", OF_DOSSIER, "{\"recognition\":{}}"},
    {"POST", "/api/v1/nominations/{dossier}/revocation", OF_DOSSIER,
     "{\"of\":\"acceptance\",\"reason\":\"error\"}"},
    {"POST", "/api/v1/nominations/{dossier}/learning-agreement", OF_DOSSIER,
     "{\"learning_agreement\":{}}"},
    {"POST", "/api/v1/nominations/{dossier}/learning-decision", OF_DOSSIER, "{}"},
    {"POST", "/api/v1/nominations/{dossier}/mark", OF_DOSSIER, "{\"state\":\"accepted\"}"},
    {"POST", "/api/v1/nominations/{dossier}/unit", OF_DOSSIER, "{\"unit\":\"health\"}"},
    {"POST", "/api/v1/factsheets", OF_INSTITUTION, FACTSHEET("8", "")},
    {"POST", "/api/v1/grading-tables", OF_INSTITUTION, GRADING_TABLE("100")},
    {"POST", "/api/v1/course-lists", OF_INSTITUTION, COURSE_LIST("Law")},
    {"POST", "/api/v1/notices/{dossier}/retraction", OF_INSTITUTION, "{\"reason\":\"error\"}"},
    {"POST", "/api/v1/agreements/check", OF_NOBODY, "{\"terms\":" TERMS "}"},
    {"POST", "/api/v1/agreements", OF_INSTITUTION, "{\"partner\":\"itg.be\",\"terms\":" TERMS "}"},
    {"POST", "/api/v1/agreements/{dossier}/terms", OF_INSTITUTION, "{\"terms\":" TERMS "}"},
    {"POST", "/api/v1/agreements/{dossier}/approval", OF_INSTITUTION, "{\"terms\":\"" ID "\"}"},
    {"POST", "/api/v1/agreements/{dossier}/declination", OF_INSTITUTION,
     "{\"terms\":\"" ID "\",\"reason\":\"places\"}"},
    {"POST", "/api/v1/agreements/{dossier}/taking_back", OF_INSTITUTION, "{\"reason\":\"error\"}"},
    {"POST", "/api/v1/agreements/{dossier}/termination", OF_INSTITUTION,
     "{\"last_year\":\"2027/2028\"}"},
    {"POST", "/api/v1/agreements/{dossier}/contacts", OF_INSTITUTION,
     "{\"contacts\":[{\"name\":\"Office\",\"email\":\"office@helmo.example\"}]}"},
    {"POST", "/api/v1/agreements/import", OF_INSTITUTION, "{\"rows\":[]}"},
    {"POST", "/api/v1/outbox/retry", OF_DOSSIER, "{\"dossiers\":[\"%s\"]}"},
    {"DELETE", "/api/v1/outbox/{number}", OF_DOSSIER, NULL},
    {"POST", "/api/v1/session", OF_ONESELF, NULL},
    {"DELETE", "/api/v1/session", OF_ONESELF, NULL},
    {"POST", "/api/v1/session/password", OF_ONESELF, NULL},
    {"POST", "/api/v1/users", OF_NODE, "{}"},
    {"POST", "/api/v1/users/{name}", OF_NODE, "{}"},
    {"DELETE", "/api/v1/users/{name}", OF_NODE, NULL},
    {"POST", "/api/v1/users/{name}/password", OF_NODE, "{}"},
    {"POST", "/api/v1/users/{name}/tokens", OF_NODE, "{}"},
    {"DELETE", "/api/v1/users/{name}/tokens/{token}", OF_NODE, NULL},
    {"POST", "/api/v1/backups", OF_NODE, "{}"},
    {"DELETE", "/api/v1/backups", OF_NODE, NULL},
    {"POST", "/api/v1/webhooks", OF_NODE, "{}"},
    {"DELETE", "/api/v1/webhooks/{id}", OF_NODE, NULL},
    {"POST", "/api/v1/webhooks/{id}/test", OF_NODE, "{}"},
    {"POST", "/api/v1/webhooks/{id}/retry", OF_NODE, "{}"},
    {"POST", "/api/v1/grades/conversions", OF_NOBODY, NULL},
    {"POST", "/api/v1/grades/tables", OF_INSTITUTION, "{\"table\":{}}"},
    {"DELETE", "/api/v1/grades/tables/{id}", OF_INSTITUTION, NULL},
    {"POST", "/api/v1/units", OF_NODE, "{}"},
    {"POST", "/api/v1/units/unassigned", OF_NODE, "{}"},
    {"POST", "/api/v1/units/{code}", OF_NODE, "{}"},
    {"POST", "/api/v1/calls", OF_INSTITUTION, "{\"title\":\"Call\"}"},
    {"POST", "/api/v1/calls/{call}/close", OF_INSTITUTION, "{}"},
    {"POST", "/api/v1/envelopes", OF_INSTITUTION, "{\"title\":\"E\",\"amount_cents\":1}"},
    {"POST", "/api/v1/envelopes/{envelope}/raise", OF_INSTITUTION,
     "{\"amount_cents\":1,\"reason\":\"gift\"}"},
    {"POST", "/api/v1/envelopes/{envelope}/lower", OF_INSTITUTION,
     "{\"amount_cents\":1,\"reason\":\"typed twice\"}"},
    {"POST", "/api/v1/grants", OF_UNIT,
     "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"Jacobs\",\"country\":\"PL\","
     "\"amount_cents\":100,\"unit\":\"law\"}"},
    {"POST", "/api/v1/grants/{grant}/score", OF_DOSSIER, "{\"points\":7}"},
    {"POST", "/api/v1/calls/{call}/allot", OF_INSTITUTION, "{}"},
    {"POST", "/api/v1/grants/{grant}/allot", OF_INSTITUTION, "{}"},
    {"POST", "/api/v1/grants/{grant}/release", OF_INSTITUTION, "{\"reason\":\"student\"}"},
    {"POST", "/api/v1/grants/{grant}/return", OF_INSTITUTION, "{}"},
    {"POST", "/api/v1/calls/{call}/import", OF_UNIT,
     "{\"content\":\"kind,family_name,country,amount,unit\\nstudies,Jacobs,PL,1,law\\n\","
     "\"confirm\":true}"},
};

enum { CHANGES = sizeof changes / sizeof *changes };

static size_t change_find(const struct api_row *row)
{
    for (size_t i = 0; i < CHANGES; i++)
        if (strcmp(changes[i].method, row->method) == 0 &&
            strcmp(changes[i].pattern, row->pattern) == 0)
            return i;
    fail_msg("%s %s: whose is what it changes? It has no row here", row->method, row->pattern);
    return CHANGES;
}

static void each_route_that_writes_is_said_to_be_somebody_s(void **)
{
    bool used[CHANGES] = {false};
    const struct api_row *row;
    for (size_t i = 0; (row = api_row(i)); i++)
        if (strcmp(row->method, "GET") != 0)
            used[change_find(row)] = true;
    for (size_t i = 0; i < CHANGES; i++)
        if (!used[i])
            fail_msg("there is no %s %s", changes[i].method, changes[i].pattern);
}

/* A path of the institution's own: what it published, and an agreement. */
static int ask_change(size_t user, size_t number, const char *institutional)
{
    char path[API_PATH_MAX], body[2048], law[HEADER_DOSSIER_TEXT];
    snprintf(law, sizeof law, "%s", dossiers[LAW]);
    if (changes[number].whose == OF_INSTITUTION)
        snprintf(dossiers[LAW], sizeof dossiers[LAW], "%s", institutional);
    path_of(changes[number].pattern, path);
    memcpy(dossiers[LAW], law, sizeof law);
    const char *text = changes[number].body ? changes[number].body : "";
    const char *mark = strstr(text, "%s");
    int length =
        mark ? snprintf(body, sizeof body, "%.*s%s%s", (int)(mark - text), text, law, mark + 2)
             : snprintf(body, sizeof body, "%s", text);
    assert_in_range(length, 0, sizeof body - 1);
    as(user);
    return ask(changes[number].method, path, changes[number].body ? body : NULL);
}

/* Refused as such a change must be; of several dossiers at once none was changed. */
static bool refused(enum whose whose, int status)
{
    const json_t *checked = exchange_at(exchange, "checked");
    switch (whose) {
    case OF_DOSSIER:
        return status == 404 || (checked && !json_array_size(checked)) ||
               (exchange_at(exchange, "retried") && exchange_number(exchange, "retried") == 0) ||
               (exchange_at(exchange, "sent") && !json_array_size(exchange_at(exchange, "sent")));
    case OF_UNIT: return says("\"unit.yours\"");
    default: return status == 403;
    }
}

static void who_acts_for_a_department_changes_nothing_of_others_and_of_the_institution(void **)
{
    for (size_t i = 0; i < CHANGES; i++) {
        if (changes[i].whose >= OF_ONESELF)
            continue;
        const char *name = strstr(changes[i].pattern, "agreements") ? agreement : notices[0];
        /* Not even by the department that the application is of. */
        int status = ask_change(changes[i].whose == OF_INSTITUTION ? LARS : HILDE, i, name);
        if (!refused(changes[i].whose, status))
            fail_msg("%s %s: %d %.*s", changes[i].method, changes[i].pattern, status,
                     (int)exchange->response.body.size, (const char *)exchange->response.body.data);
    }
}

/* The test before can fail: the same is not refused to who acts for the institution. */
static void what_binds_the_institution_is_open_to_who_acts_for_it(void **)
{
    for (size_t i = 0; i < CHANGES; i++) {
        if (changes[i].whose != OF_INSTITUTION)
            continue;
        const char *name = strstr(changes[i].pattern, "agreements") ? agreement : notices[0];
        int status = ask_change(OLGA, i, name);
        if (status == 403 || status >= 500)
            fail_msg("%s %s: %d", changes[i].method, changes[i].pattern, status);
    }
}

/* By its own route, and by the one of nominations. */
static void each_kind_of_what_is_published_is_taken_back_by_the_institution_alone(void **)
{
    static const char said[] = "{\"reason\":\"error\"}";
    char path[API_PATH_MAX];
    for (size_t i = 0; i < NOTICES; i++) {
        as(HILDE);
        snprintf(path, sizeof path, "/api/v1/nominations/%s/revocation", notices[i]);
        assert_int_equal(ask("POST", path, "{\"of\":\"acceptance\",\"reason\":\"error\"}"), 403);
        snprintf(path, sizeof path, "/api/v1/notices/%s/retraction", notices[i]);
        assert_int_equal(ask("POST", path, said), 403);
        as(OLGA);
        assert_int_equal(ask("POST", path, said), 201);
        /* Nor does it become a department's. */
        snprintf(path, sizeof path, "/api/v1/nominations/%s/unit", notices[i]);
        assert_int_equal(ask("POST", path, "{\"unit\":\"law\"}"), 404);
    }
}

/* A factsheet that waits at the node, as if its turn had come and refused it. */
static json_int_t refused_make(void)
{
    struct store *store = world_store(exchange->world, 0);
    as_owner();
    world_cut(exchange->world, 0, 1, true);
    world_stop(exchange->world, 0);
    world_start(exchange->world, 0);
    assert_int_equal(ask("POST", "/api/v1/factsheets", FACTSHEET("7", ",\"partner\":\"itg.be\"")),
                     200);
    assert_int_equal(ask("GET", "/api/v1/outbox", NULL), 200);
    json_int_t number = exchange_number(exchange, "outbox[0].number");
    world_stop(exchange->world, 0);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->ready_code(store, number, VERDICT_OUT_OF_TURN), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    world_start(exchange->world, 0);
    return number;
}

static void what_the_institution_wanted_to_say_is_given_up_by_who_acts_for_it_alone(void **)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/outbox/%d", (int)refused_make());
    as(HILDE);
    assert_int_equal(ask("DELETE", path, NULL), 403);
    as(OLGA);
    assert_int_equal(ask("DELETE", path, NULL), 200);
}

/* ---- what has no department --------------------------------------------------------------------
 */

static void what_has_no_department_is_shown_where_the_institution_says_so(void **)
{
    for (int shown = 0; shown <= 1; shown++) {
        as_owner();
        assert_int_equal(ask("POST", "/api/v1/units/unassigned",
                             shown ? "{\"shown\":true}" : "{\"shown\":false}"),
                         200);
        as(HILDE);
        assert_int_equal(ask("GET", "/api/v1/nominations", NULL), 200);
        assert_true(says("Healthcanary"));
        assert_int_equal(says("Nonecanary"), shown);
        assert_int_equal(says("Peeters"), shown);
        assert_false(says("Lawcanary"));
    }
}

static void an_incoming_nomination_is_given_to_a_department_by_hand(void **)
{
    char path[API_PATH_MAX], show[API_PATH_MAX];
    snprintf(show, sizeof show, "/api/v1/nominations/%s", dossiers[INCOMING]);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/unit", dossiers[INCOMING]);
    as(HILDE);
    assert_int_equal(ask("GET", show, NULL), 404);
    as(OLGA);
    assert_int_equal(ask("POST", path, "{\"unit\":\"nowhere\"}"), 404);
    assert_int_equal(ask("POST", path, "{\"unit\":\"health\"}"), 200);
    as(HILDE);
    assert_int_equal(ask("GET", show, NULL), 200);
    assert_string_equal(exchange_text(exchange, "unit"), "health");
    as(LARS);
    assert_int_equal(ask("GET", show, NULL), 404);
    as(OLGA);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/unit", dossiers[LAW]);
    assert_int_equal(ask("POST", path, "{\"unit\":\"health\"}"), 409);
}

/* Stays in and out that a report counts for a department; -1: it has no line for it. */
static int counted(const char *query, const char *unit, const char *column)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/reports/balance?by=unit%s", query);
    assert_int_equal(ask("GET", path, NULL), 200);
    const json_t *rows = exchange_at(exchange, "tables[0].rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (strcmp(json_string_value(json_object_get(row, "group")), unit) == 0)
            return (int)json_integer_value(json_object_get(row, column));
    }
    return -1;
}

static const char *listed_unit(const char *dossier)
{
    assert_int_equal(ask("GET", "/api/v1/nominations", NULL), 200);
    const json_t *list = exchange_at(exchange, "nominations");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *line = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(line, "dossier")), dossier) == 0)
            return json_is_null(json_object_get(line, "unit"))
                       ? "none"
                       : json_string_value(json_object_get(line, "unit"));
    }
    fail_msg("%s is not listed", dossier);
    return NULL;
}

static void assign(size_t dossier, const char *body)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/unit", dossiers[dossier]);
    as(OLGA);
    assert_int_equal(ask("POST", path, body), 200);
}

static void what_was_given_by_hand_is_the_department_s_in_lists_and_reports_too(void **)
{
    as(OLGA);
    assert_int_equal(counted("", "unknown", "nominated_out"), 1);
    assert_int_equal(counted("", "health", "nominated_in"), 0);
    assign(INCOMING, "{\"unit\":\"health\"}");
    assign(NONE, "{\"unit\":\"health\"}");
    assert_string_equal(listed_unit(dossiers[INCOMING]), "health");
    assert_string_equal(listed_unit(dossiers[NONE]), "health");
    assert_string_equal(listed_unit(dossiers[LAW]), "law");
    assert_int_equal(counted("", "health", "nominated_out"), 2);
    assert_int_equal(counted("", "health", "nominated_in"), 1);
    assert_int_equal(counted("", "unknown", "nominated_out"), -1);
    assign(INCOMING, "{\"unit\":null}");
    assert_string_equal(listed_unit(dossiers[INCOMING]), "none");
    assert_int_equal(counted("", "unknown", "nominated_in"), 1);
}

/* Who decides for a department, and nothing was given by hand. */
static void what_a_department_decided_is_the_department_s(void **)
{
    char path[API_PATH_MAX];
    as_owner();
    assert_int_equal(ask("POST", "/api/v1/units/unassigned", "{\"shown\":true}"), 200);
    as(HILDE);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/decision", dossiers[INCOMING]);
    assert_int_equal(ask("POST", path, "{\"outcome\":\"accept\"}"), 201);
    exchange_run(exchange);
    assert_string_equal(listed_unit(dossiers[INCOMING]), "health");
    as(LARS);
    snprintf(path, sizeof path, "/api/v1/nominations/%s", dossiers[INCOMING]);
    assert_int_equal(ask("GET", path, NULL), 404);
    as(OLGA);
    assert_int_equal(counted("", "health", "in"), 1);
}

static int total(const char *query)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/reports/balance?by=year%s", query);
    assert_int_equal(ask("GET", path, NULL), 200);
    return exchange_number(exchange, "dossiers");
}

/* Two departments and what has none: three that went out, and one that came. */
static void a_report_counts_what_its_reader_acts_for(void **)
{
    as(OLGA);
    assert_int_equal(total(""), 4);
    assert_int_equal(json_array_size(exchange_at(exchange, "units")), 0);
    as(HILDE);
    assert_int_equal(total(""), 1);
    assert_string_equal(exchange_text(exchange, "units[0]"), "helmo.be/health");
    assert_int_equal(counted("", "health", "nominated_out"), 1);
    assert_int_equal(counted("", "law", "nominated_out"), -1);
    as(FACULTY);
    assert_int_equal(counted("", "law", "nominated_out"), 1);
    as_owner();
    assert_int_equal(ask("POST", "/api/v1/units/unassigned", "{\"shown\":true}"), 200);
    as(HILDE);
    assert_int_equal(total(""), 3);
}

/* What everybody may see of the institution they may, too; what it aims at is of nothing less. */
static void of_the_institution_a_department_sees_what_is_public(void **)
{
    static const char *const paths[] = {"/api/v1/reports/annual?public=yes",
                                        "/api/v1/reports/targets",
                                        "/api/v1/reports/targets?public=yes"};
    char said[8192];
    as_owner();
    assert_int_equal(ask("POST", "/api/v1/reports/targets",
                         "{\"name\":\"students\",\"share\":\"20\",\"year\":\"2026/2027\","
                         "\"cohort\":100}"),
                     200);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char public[API_PATH_MAX];
        snprintf(public, sizeof public, "%s%s", paths[i],
                 strchr(paths[i], '?') ? "" : "?public=yes");
        as(OLGA);
        assert_int_equal(ask("GET", public, NULL), 200);
        snprintf(said, sizeof said, "%.*s", (int)exchange->response.body.size,
                 (const char *)exchange->response.body.data);
        as(HILDE);
        assert_int_equal(ask("GET", paths[i], NULL), 200);
        assert_true(json_is_true(exchange_at(exchange, "public")));
        assert_int_equal(memcmp(said, exchange->response.body.data, exchange->response.body.size),
                         0);
    }
    assert_int_equal(ask("GET", "/api/v1/reports/annual", NULL), 200);
    assert_false(says("students"));
}

/* Nor is it for anybody's grant. */
static void a_grant_is_for_a_dossier_that_its_applicant_s_department_sees(void **)
{
    char body[512];
    for (size_t user = HILDE; user <= LARS; user++) {
        snprintf(body, sizeof body,
                 "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"Lawcanary\",\"country\":"
                 "\"PL\",\"amount_cents\":1,\"reference\":\"2\",\"dossier\":\"%s\"}",
                 dossiers[LAW]);
        as(user);
        assert_int_equal(ask("POST", "/api/v1/grants", body), user == LARS ? 201 : 404);
    }
}

/* ---- which department a nomination gets --------------------------------------------------------
 */

static void a_nomination_gets_its_creator_s_only_department(void **)
{
    as(HILDE);
    assert_int_equal(nominate("Jans", NULL), 201);
    assert_int_equal(ask("GET", "/api/v1/nominations", NULL), 200);
    assert_true(says("\"unit\":\"health\""));
    as(OLGA);
    assert_int_equal(nominate("Smet", NULL), 201);
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s", exchange_text(exchange, "dossier"));
    assert_int_equal(ask("GET", path, NULL), 200);
    assert_true(json_is_null(exchange_at(exchange, "unit")));
}

static void a_department_that_is_not_there_has_ended_or_is_another_s_is_refused(void **)
{
    static const struct {
        size_t user;
        const char *unit, *rule;
        int status;
    } rows[] = {
        {OLGA, "nowhere", "unit.known", 404},
        {OLGA, "old", "unit.open", 422},
        {HILDE, "law", "unit.yours", 403},
        {HILDE, "nowhere", "unit.yours", 403},
        {OLGA, "law", NULL, 201},
        {FACULTY, "law", NULL, 201},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        as(rows[i].user);
        int status = nominate("Willems", rows[i].unit);
        if (status != rows[i].status)
            fail_msg("row %zu: %d %.*s", i, status, (int)exchange->response.body.size,
                     (const char *)exchange->response.body.data);
        if (!rows[i].rule)
            continue;
        assert_string_equal(exchange_text(exchange, "error.rule"), rows[i].rule);
        assert_string_equal(exchange_text(exchange, "error.field"), "nomination.unit");
        assert_non_null(exchange_text(exchange, "error.expected"));
    }
}

static void a_list_s_rows_get_departments_by_code_or_name_and_others_are_bad(void **)
{
    as(HILDE);
    assert_int_equal(import(ROW("Claes", "") ROW("Maes", "HEALTH") ROW("Goossens", "law")
                                ROW("Wouters", "old") ROW("Lawcanary", "health"),
                            false),
                     200);
    static const char *const rules[] = {"unit.yours", "unit.open", "unit.yours"};
    assert_int_equal(exchange_number(exchange, "ready"), 2);
    assert_int_equal(exchange_number(exchange, "bad"), 3);
    for (size_t i = 0; i < 3; i++) {
        char at[32];
        snprintf(at, sizeof at, "problems[%zu].rule", i);
        assert_string_equal(exchange_text(exchange, at), rules[i]);
    }
    assert_false(says(dossiers[LAW]));
}

static void who_acts_for_a_department_does_not_bind_the_institution(void **)
{
    as(HILDE);
    assert_int_equal(ask("POST", "/api/v1/units", "{\"code\":\"new\"}"), 403);
    assert_int_equal(ask("GET", "/api/v1/evidence", NULL), 403);
}

/* ---- tokens ------------------------------------------------------------------------------------
 */

static void a_token_narrows_its_user_s_institution_to_a_department(void **)
{
    static char header[128];
    as_owner();
    assert_int_equal(ask("POST", "/api/v1/users/olga/tokens",
                         "{\"name\":\"law-sync\",\"units\":[\"helmo.be/law\"]}"),
                     201);
    snprintf(header, sizeof header, "Bearer %s", exchange_text(exchange, "secret"));
    exchange->caller = (struct api_caller) {.address = "192.0.2.1", .authorization = header};
    assert_int_equal(ask("GET", "/api/v1/nominations", NULL), 200);
    assert_true(says("Lawcanary"));
    assert_false(says("Healthcanary"));
    as_owner();
    assert_int_equal(ask("POST", "/api/v1/users/olga", "{\"units\":[\"helmo.be/health\"]}"), 200);
    exchange->caller = (struct api_caller) {.address = "192.0.2.1", .authorization = header};
    assert_int_equal(ask("GET", "/api/v1/nominations", NULL), 401);
}

static void a_user_s_units_are_ones_that_are_there(void **)
{
    as_owner();
    static const char *const wrong[] = {"helmo.be/nowhere", "itg.be/law", "helmo.be/", "/law",
                                        "helmo.be/LAW"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[128];
        snprintf(body, sizeof body, "{\"units\":[\"%s\"]}", wrong[i]);
        assert_int_equal(ask("POST", "/api/v1/users/lars", body), 400);
    }
    assert_int_equal(ask("POST", "/api/v1/users/lars", "{\"units\":[\"helmo.be/old\"]}"), 200);
}

/* ---- units ------------------------------------------------------------------------------------
 */

static void a_unit_is_renamed_closed_and_never_within_itself(void **)
{
    as_owner();
    static const struct {
        const char *path, *body;
        int status;
    } rows[] = {
        {"/api/v1/units", "{\"code\":\"law\"}", 409},
        {"/api/v1/units", "{\"code\":\"Law School\"}", 400},
        {"/api/v1/units", "{\"code\":\"unassigned\"}", 400},
        {"/api/v1/units/law", "{\"name\":\"Laws\"}", 200},
        {"/api/v1/units/law", "{\"until\":\"2027-02-30\"}", 400},
        {"/api/v1/units/law", "{\"from\":\"2027-02-01\",\"until\":\"2027-01-31\"}", 400},
        {"/api/v1/units/faculty", "{\"parent\":\"law\"}", 400},
        {"/api/v1/units/law", "{\"parent\":\"law\"}", 400},
        {"/api/v1/units/law", "{\"parent\":\"nowhere\"}", 404},
        {"/api/v1/units/nowhere", "{\"name\":\"X\"}", 404},
        {"/api/v1/units/law", "{\"until\":\"2020-01-31\"}", 200},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ask("POST", rows[i].path, rows[i].body) != rows[i].status)
            fail_msg("row %zu: %d", i, exchange->response.status);
    as(LARS);
    assert_int_equal(nominate("Peeters", NULL), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "unit.open");
    assert_int_equal(ask("GET", "/api/v1/nominations", NULL), 200);
    assert_true(says("Lawcanary"));
}

/* ---- who signs ---------------------------------------------------------------------------------
 */

static void signed_by(const char *dossier, size_t record, const char *name, const char *role)
{
    char path[API_PATH_MAX];
    as_owner();
    snprintf(path, sizeof path, "/api/v1/records/%s/0.%zu", dossier, record);
    assert_int_equal(ask("GET", path, NULL), 200);
    if (!name) {
        assert_null(exchange_at(exchange, "body.officer"));
        return;
    }
    assert_string_equal(exchange_text(exchange, "body.officer.name"), name);
    assert_string_equal(exchange_text(exchange, "body.officer.role"), role);
}

static void the_officer_who_submits_stands_in_the_record_whatever_the_body_says(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], path[API_PATH_MAX];
    as(HILDE);
    assert_int_equal(
        ask("POST", "/api/v1/nominations",
            "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{\"family_name\":\"Smets\","
            "\"given_names\":\"Bo\",\"birth_date\":\"2005-04-03\",\"email\":\"bo@example.org\"},\"mobility\":\"studies\","
            "\"year\":\"2026/2027\",\"term\":1,\"eqf\":6,\"isced_f\":\"0913\","
            "\"officer\":{\"name\":\"The Rector\"}}}"),
        201);
    snprintf(dossier, sizeof dossier, "%s", exchange_text(exchange, "dossier"));
    signed_by(dossier, 0, "Hilde Maes", "Coordinator");
    as_owner();
    snprintf(path, sizeof path, "/api/v1/nominations/%s/withdrawal", dossier);
    assert_int_equal(ask("POST", path, "{\"reason\":\"home\"}"), 201);
    signed_by(dossier, 1, NULL, NULL);
    assert_false(says("The Rector"));
}

static void a_draft_is_signed_by_who_sends_it(void **)
{
    char body[64];
    as(HILDE);
    assert_int_equal(import(ROW("Claes", ""), true), 200);
    as(OLGA);
    assert_int_equal(ask("GET", "/api/v1/drafts", NULL), 200);
    snprintf(body, sizeof body, "{\"numbers\":[%d]}",
             exchange_number(exchange, "drafts[1].number"));
    assert_int_equal(ask("POST", "/api/v1/nominations/send", body), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "sent")), 1);
    char dossier[HEADER_DOSSIER_TEXT];
    snprintf(dossier, sizeof dossier, "%s", exchange_text(exchange, "sent[0].dossier"));
    signed_by(dossier, 0, "Olga Peters", "Head of Office");
    exchange_run(exchange);
    /* The same list again says nothing new, whoever signed. */
    as(HILDE);
    assert_int_equal(import(ROW("Claes", ""), true), 200);
    assert_int_equal(exchange_number(exchange, "unchanged"), 1);
    assert_int_equal(exchange_number(exchange, "differ"), 0);
}

static void an_officer_is_named_by_the_administrator_on_one_line(void **)
{
    as_owner();
    assert_int_equal(ask("POST", "/api/v1/users/lars", "{\"officer_role\":\"Dean\"}"), 400);
    assert_int_equal(ask("POST", "/api/v1/users/lars", "{\"officer_name\":\"Lars\\nAdmin\"}"), 400);
    assert_int_equal(ask("POST", "/api/v1/users/lars",
                         "{\"officer_name\":\"Lars Bo\",\"officer_role\":\"Dean\"}"),
                     200);
    assert_string_equal(exchange_text(exchange, "user.officer_role"), "Dean");
    assert_int_equal(
        ask("POST", "/api/v1/users/lars", "{\"officer_name\":\"\",\"officer_role\":\"\"}"), 200);
    assert_true(json_is_null(exchange_at(exchange, "user.officer_name")));
}

#define SCENE(TEST) cmocka_unit_test_setup_teardown(TEST, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(no_route_shows_or_changes_what_is_another_department_s),
        SCENE(the_same_routes_show_it_to_whom_it_concerns),
        SCENE(what_waits_to_be_sent_is_shown_to_its_department_alone),
        SCENE(another_s_dossier_sounds_like_one_that_is_not_there),
        SCENE(each_route_that_writes_is_said_to_be_somebody_s),
        SCENE(who_acts_for_a_department_changes_nothing_of_others_and_of_the_institution),
        SCENE(what_binds_the_institution_is_open_to_who_acts_for_it),
        SCENE(each_kind_of_what_is_published_is_taken_back_by_the_institution_alone),
        SCENE(what_the_institution_wanted_to_say_is_given_up_by_who_acts_for_it_alone),
        SCENE(what_has_no_department_is_shown_where_the_institution_says_so),
        SCENE(an_incoming_nomination_is_given_to_a_department_by_hand),
        SCENE(what_was_given_by_hand_is_the_department_s_in_lists_and_reports_too),
        SCENE(what_a_department_decided_is_the_department_s),
        SCENE(a_report_counts_what_its_reader_acts_for),
        SCENE(of_the_institution_a_department_sees_what_is_public),
        SCENE(a_grant_is_for_a_dossier_that_its_applicant_s_department_sees),
        SCENE(a_nomination_gets_its_creator_s_only_department),
        SCENE(a_department_that_is_not_there_has_ended_or_is_another_s_is_refused),
        SCENE(a_list_s_rows_get_departments_by_code_or_name_and_others_are_bad),
        SCENE(who_acts_for_a_department_does_not_bind_the_institution),
        SCENE(a_token_narrows_its_user_s_institution_to_a_department),
        SCENE(a_user_s_units_are_ones_that_are_there),
        SCENE(a_unit_is_renamed_closed_and_never_within_itself),
        SCENE(the_officer_who_submits_stands_in_the_record_whatever_the_body_says),
        SCENE(a_draft_is_signed_by_who_sends_it),
        SCENE(an_officer_is_named_by_the_administrator_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
