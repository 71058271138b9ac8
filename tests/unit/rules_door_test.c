/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Rules of eligibility where they are asked: over lists, before something is said, and over what a
 * partner has said. */
#include "exchange.h"

#include "admin/application.h"
#include "admin/findings.h"
#include "admin/eligible.h"
#include "admin/stays.h"
#include "store/store_memory.h"

static struct exchange *exchange;
static struct arena *settings_arena;
static struct eligible eligible;

/* Settings are given before the calls: NULL: the shipped ones alone. */
static void settings_take(const char *rows)
{
    static const char head[] = "setting,of,from,until,value,unit,source\n";
    struct dated_refusal refusal;
    struct dated *settings;
    arena_reset(settings_arena);
    const char *text = rows ? arena_format(settings_arena, "%s%s", head, rows) : NULL;
    struct bytes over = text ? bytes_text(text) : (struct bytes) {0};
    assert_int_equal(eligibility_settings(over, settings_arena, &settings, &refusal), 0);
    eligible.settings = settings;
}

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    settings_arena = arena_open(4 << 20);
    eligible.stays = stays_open();
    settings_take(NULL);
    exchange_open(exchange);
    exchange_run(exchange);
    exchange->apis[0].eligible = exchange->apis[1].eligible = &eligible;
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    stays_close(eligible.stays);
    arena_close(settings_arena);
    free(exchange);
    return 0;
}

static const char refuses[] = "severity,duration.study.min,,,refuse,severity,our senate\n";

#define LIST(END)                                                                                 \
    "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,level,isced_f,"    \
    "start,end,agreement\\nitg.be,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,6,0913," \
    "2026-09-01," END ",A-1\\n\""

static bool warns(const char *list, const char *rule)
{
    const json_t *all = exchange_at(exchange, list);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const char *id = json_string_value(json_object_get(json_array_get(all, i), "rule"));
        if (strcmp(id, rule) == 0)
            return true;
    }
    return false;
}

static void a_list_is_told_what_warns_and_stays_ready(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-29") "}"), 200);
    assert_int_equal(exchange_number(exchange, "ready"), 1);
    assert_true(warns("warnings", "duration.study.min"));
    assert_true(warns("rules", "duration.study.min"));
    assert_int_equal(exchange_number(exchange, "warnings[0].row"), 2);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-30") "}"), 200);
    assert_false(warns("warnings", "duration.study.min"));
}

static void a_list_s_row_that_a_rule_refuses_is_a_bad_one_with_its_column(void **)
{
    settings_take(refuses);
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-29") ",\"confirm\":true}"),
        422);
    assert_int_equal(exchange_number(exchange, "bad"), 1);
    assert_string_equal(exchange_text(exchange, "problems[0].code"), "refused_by_rule");
    assert_string_equal(exchange_text(exchange, "problems[0].rule"), "duration.study.min");
    assert_string_equal(exchange_text(exchange, "problems[0].column"), "end");
    assert_string_equal(exchange_text(exchange, "problems[0].expected"),
                        "at least 60 days, got 59 days");
    settings_take(NULL);
}

static void drafts_of_before_are_refused_or_warned_of_before_they_are_signed(void **)
{
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-29") ",\"confirm\":true}"),
        200);
    settings_take(refuses);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "sent")), 0);
    assert_string_equal(exchange_text(exchange, "refused[0].error.code"), "refused_by_rule");
    assert_int_equal(exchange_number(exchange, "refused[0].error.exit"), 7);
    assert_string_equal(exchange_text(exchange, "refused[0].error.expected"), "at least 60 days");
    assert_string_equal(exchange_text(exchange, "refused[0].error.got"), "59 days");
    assert_string_equal(exchange_text(exchange, "refused[0].error.field"), "nomination.end");
    settings_take(NULL);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "sent")), 1);
    assert_true(warns("sent[0].warnings", "duration.study.min"));
    exchange_run(exchange);
}

static const char *shown(size_t number)
{
    static char path[128];
    assert_int_equal(exchange_get(exchange, number, "/api/v1/nominations"), 200);
    snprintf(path, sizeof path, "/api/v1/nominations/%s",
             exchange_text(exchange, "nominations[0].dossier"));
    assert_int_equal(exchange_get(exchange, number, path), 200);
    return path;
}

static void a_partner_s_record_is_kept_whatever_our_rules_say_of_it(void **)
{
    settings_take(refuses);
    shown(1);
    assert_string_equal(exchange_text(exchange, "state"), "pending");
    assert_true(warns("rules", "duration.study.min"));
    assert_string_equal(exchange_text(exchange, "rules_sentence"),
                        "our rules would refuse: decide");
    settings_take(NULL);
    shown(1);
    assert_string_equal(exchange_text(exchange, "rules_sentence"),
                        "some rules are not kept: see each");
}

#define BODY(YEAR, START, END)                                                              \
    "{\"partner\":\"uhasselt.be\",\"nomination\":{\"person\":{\"family_name\":\"Peeters\"," \
    "\"given_names\":\"An\",\"birth_date\":\"2005-04-03\",\"email\":\"an@example.org\"},"   \
    "\"mobility\":\"studies\",\"year\":\"" YEAR "\",\"eqf\":5,\"isced_f\":\"0913\","        \
    "\"start\":\"" START "\",\"end\":\"" END "\"}}"

/* 1 September to 29 October 2026 is a month and 29 days; with ten months they are 359. */
static void stays_of_a_person_are_added_up_whoever_the_hosts_are(void **)
{
    static const char rows[] = "severity,duration.cycle,,,refuse,severity,us\n";
    settings_take(rows);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   BODY("2027/2028", "2027-09-01", "2028-07-02")),
                     422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "duration.cycle");
    assert_string_equal(exchange_text(exchange, "error.got"), "361 days in months of 30 days");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   BODY("2027/2028", "2027-09-01", "2028-07-01")),
                     201);
    exchange_run(exchange);
    /* The same again is one too many; a nomination does not count against itself. */
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   BODY("2029/2030", "2029-09-01", "2029-11-30")),
                     422);
    shown(0);
    assert_false(warns("rules", "duration.cycle"));
}

#define TWICE(KEY)                                                                        \
    "{\"key\":\"" KEY "\",\"nomination\":{\"person\":{\"family_name\":\"Wouters\","       \
    "\"given_names\":\"Jo\",\"birth_date\":\"2004-04-03\",\"email\":\"jo@example.org\"}," \
    "\"mobility\":\"studies\",\"year\":\"2027/2028\",\"eqf\":6,\"isced_f\":\"0913\","     \
    "\"start\":\"2027-09-01\",\"end\":\"2028-07-01\"}}"

/* What was said a moment ago, in the same transaction, is known. */
static void a_person_who_stands_twice_in_a_batch_is_added_up(void **)
{
    settings_take("severity,duration.cycle,,,refuse,severity,us\n");
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations/batch",
                      "{\"partner\":\"uhasselt.be\",\"items\":[" TWICE("t1") "," TWICE("t2") "]}"),
        200);
    assert_string_equal(exchange_text(exchange, "results[0].key"), "t1");
    assert_null(json_object_get(exchange_at(exchange, "results[0]"), "error"));
    assert_string_equal(exchange_text(exchange, "results[1].error.rule"), "duration.cycle");
    exchange_run(exchange);
    settings_take(NULL);
}

/* A transaction that fails takes back what was known of it. */
static void a_stay_that_was_never_committed_counts_no_more(void **)
{
    struct store *store = store_memory_open();
    struct arena *arena = arena_open(1 << 20);
    struct stays *stays = stays_open();
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    const struct store_place place = {.pair = 1};
    struct stays_person who;
    struct eligibility_stay *found;
    size_t count;
    bool known;
    person.esi = "urn:schac:personalUniqueCode:int:esi:helmo.be:1";
    nomination.person = &person;
    nomination.start = "2026-09-01";
    nomination.end = "2027-01-31";
    assert_int_equal(stays_person(&nomination, arena, &who), 0);
    for (int committed = 0; committed < 2; committed++) {
        assert_int_equal(store->begin(store), 0);
        assert_int_equal(stays_refresh(stays, store, NULL, arena), 0);
        assert_int_equal(stays_said(stays, &place, 1, &nomination, &who), 0);
        if (committed)
            assert_int_equal(store->commit(store), 0);
        else
            store->rollback(store);
        assert_int_equal(stays_refresh(stays, store, NULL, arena), 0);
        assert_int_equal(stays_find(stays, &who, NULL, arena, &found, &count, &known), 0);
        assert_true(known);
        assert_int_equal(count, committed);
    }
    stays_close(stays);
    arena_close(arena);
    store->close(store);
}

/* Taken back, a stay counts no more: the index follows what happens. */
static void a_stay_that_was_taken_back_counts_no_more(void **)
{
    char path[160];
    static const char rows[] = "severity,duration.cycle,,,refuse,severity,us\n";
    settings_take(rows);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?partner=uhasselt.be"), 200);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/withdrawal",
             exchange_text(exchange, "nominations[0].dossier"));
    assert_int_equal(exchange_post(exchange, 0, path, "{\"reason\":\"student\"}"), 201);
    exchange_run(exchange);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   BODY("2029/2030", "2029-09-01", "2029-11-30")),
                     201);
    exchange_run(exchange);
}

static void rules_are_listed_by_kind_with_how_severe_they_are_here(void **)
{
    settings_take(refuses);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules?kind=studies"), 200);
    assert_true(warns("rules", "duration.study.min"));
    assert_false(warns("rules", "duration.staff.min"));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules?kind=study"), 400);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules/duration.study.min"), 200);
    assert_string_equal(exchange_text(exchange, "rule.severity"), "refuse");
    assert_int_equal(json_array_size(exchange_at(exchange, "settings")), 4);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules/duration.study"), 404);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rule-settings"), 200);
    assert_true(json_array_size(exchange_at(exchange, "settings")) > 200);
    settings_take(NULL);
}

/* They are asked of transcripts and plans, and shown and set like all others. */
static void rules_about_credits_are_listed_with_their_settings(void **)
{
    settings_take("credits.week_max,,,,1.5,credit,house rules\n"
                  "severity,credits.week,,,refuse,severity,house rules\n");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules?kind=studies"), 200);
    assert_true(warns("rules", "credits.week"));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules?kind=teaching"), 200);
    assert_false(warns("rules", "credits.week"));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/rules/credits.week"), 200);
    assert_string_equal(exchange_text(exchange, "rule.severity"), "refuse");
    assert_int_equal(json_array_size(exchange_at(exchange, "settings")), 2);
    assert_string_equal(exchange_text(exchange, "settings[0].value"), "1.50");
    settings_take(NULL);
}

#define AGREED(FIELD, NAME)                                                                    \
    "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,level,isced_f," \
    "start,end,agreement,condition\\nuhasselt.be,Maes,Bo,2004-04-03,bo@example.org,studies,"   \
    "2026/2027,6," FIELD ",2026-09-01,2027-01-31,%s," NAME "\\n\"}"

/* The terms that a nomination names are read from their dossier, in force or not. */
static void a_list_is_held_against_the_agreement_that_it_names(void **)
{
    char name[64], body[1024];
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/agreements",
                      "{\"partner\":\"uhasselt.be\",\"terms\":{\"reference\":\"R\",\"conditions\":"
                      "[{\"id\":\"c1\",\"sending\":\"helmo.be\",\"mobility\":\"studies\","
                      "\"first_year\":\"2026/2027\",\"last_year\":\"2027/2028\",\"places\":0,"
                      "\"isced_f\":[\"091\"],\"eqf\":[6]}],\"contacts\":[{\"name\":\"Office\","
                      "\"email\":\"office@helmo.example\"}]}}"),
        201);
    snprintf(name, sizeof name, "%s", exchange_text(exchange, "dossier"));
    exchange_run(exchange);
    snprintf(body, sizeof body, AGREED("0922", "c1"), name);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", body), 200);
    assert_true(warns("warnings", "agreement.force"));
    assert_true(warns("warnings", "agreement.field"));
    assert_true(warns("warnings", "agreement.places"));
    assert_false(warns("warnings", "agreement.level"));
    assert_false(warns("warnings", "agreement.condition"));
    snprintf(body, sizeof body, AGREED("0913", "c2"), name);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", body), 200);
    assert_true(warns("warnings", "agreement.condition"));
    assert_false(warns("warnings", "agreement.field"));
}

/* What a rule says of the only row of a list; "" where it holds or is not asked. */
static const char *got(const char *list, const char *rule)
{
    const json_t *all = exchange_at(exchange, list);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        if (strcmp(json_string_value(json_object_get(one, "rule")), rule) == 0)
            return json_string_value(json_object_get(one, "got"));
    }
    return "";
}

/* An agreement with this reference and no places: its name, and the terms to approve. */
struct offer {
    char name[HEADER_DOSSIER_TEXT], terms[80];
};

static void offer(struct offer *out)
{
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/agreements",
                      "{\"partner\":\"uhasselt.be\",\"terms\":{\"reference\":\"RA\",\"conditions\":"
                      "[{\"id\":\"c1\",\"sending\":\"helmo.be\",\"mobility\":\"studies\","
                      "\"first_year\":\"2026/2027\",\"last_year\":\"2027/2028\",\"places\":0,"
                      "\"isced_f\":[\"091\"],\"eqf\":[6]}],\"contacts\":[{\"name\":\"Office\","
                      "\"email\":\"office@helmo.example\"}]}}"),
        201);
    snprintf(out->name, sizeof out->name, "%s", exchange_text(exchange, "dossier"));
    snprintf(out->terms, sizeof out->terms, "%s", exchange_text(exchange, "id"));
    exchange_run(exchange);
}

static void approve(const struct offer *offered)
{
    char path[128], body[128];
    snprintf(path, sizeof path, "/api/v1/agreements/%s/approval", offered->name);
    snprintf(body, sizeof body, "{\"terms\":\"%s\"}", offered->terms);
    assert_int_equal(exchange_post(exchange, 2, path, body), 201);
    exchange_run(exchange);
}

static void list_under(const char *reference)
{
    char body[1024];
    snprintf(body, sizeof body, AGREED("0913", "c1"), reference);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", body), 200);
    assert_int_equal(exchange_number(exchange, "ready"), 1);
}

/* The reference that an office writes becomes the dossier's name, and counts. */
static void an_agreement_is_named_by_its_reference_too(void **)
{
    struct offer first, second;
    char path[128];
    offer(&first);
    list_under("RA");
    assert_true(warns("warnings", "agreement.named")); /* not in force yet */
    approve(&first);
    list_under("RA");
    assert_false(warns("warnings", "agreement.named"));
    assert_true(warns("warnings", "agreement.places"));
    assert_string_equal(exchange_text(exchange, "fixes[0].column"), "agreement");
    assert_string_equal(exchange_text(exchange, "fixes[0].taken"), first.name);
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations",
                      "{\"partner\":\"uhasselt.be\",\"nomination\":{\"person\":{\"family_name\":"
                      "\"Maes\",\"given_names\":\"Bo\",\"birth_date\":\"2004-04-03\",\"email\":"
                      "\"bo@example.org\"},\"mobility\":\"studies\",\"term\":1,\"year\":"
                      "\"2026/2027\",\"eqf\":6,\"isced_f\":\"0913\",\"agreement\":\"RA\","
                      "\"condition\":\"c1\"}}"),
        201);
    snprintf(path, sizeof path, "/api/v1/nominations/%s", exchange_text(exchange, "dossier"));
    assert_int_equal(exchange_get(exchange, 0, path), 200);
    assert_string_equal(exchange_text(exchange, "nomination.agreement"), first.name);
    offer(&second);
    approve(&second);
    list_under("RA");
    assert_true(warns("warnings", "agreement.named")); /* of two none is meant */
    assert_false(warns("warnings", "agreement.places"));
}

/* It may be on paper: that is told, and refuses nobody. */
static void a_reference_of_no_agreement_is_told_to_count_nothing(void **)
{
    list_under("NO-SUCH-AGREEMENT");
    assert_string_equal(got("warnings", "agreement.named"),
                        "a reference of none that is in force here");
}

/* Of how many it is said that they would be the third. */
static size_t warned_of_place(const char *list, size_t count)
{
    size_t told = 0;
    for (size_t i = 0; i < count; i++) {
        char warnings[64];
        snprintf(warnings, sizeof warnings, "%s[%zu].warnings", list, i);
        told += strcmp(got(warnings, "agreement.places"), "this would be the 3rd") == 0;
    }
    return told;
}

/* Two places: the third row of a list hears that it would be the third, and the host decides. */
static void each_row_of_a_list_hears_which_place_it_would_take(void **)
{
    char name[64], path[128], body[2048];
    assert_int_equal(
        exchange_post(
            exchange, 0, "/api/v1/agreements",
            "{\"partner\":\"uhasselt.be\",\"terms\":{\"reference\":\"R2\",\"conditions\":"
            "[{\"id\":\"c1\",\"sending\":\"helmo.be\",\"mobility\":\"studies\","
            "\"first_year\":\"2026/2027\",\"last_year\":\"2027/2028\",\"places\":2,\"tenth_months\":100,"
            "\"isced_f\":[\"091\"],\"eqf\":[6]}],"
            "\"contacts\":[{\"name\":\"Office\",\"email\":\"office@helmo.example\"}]}}"),
        201);
    snprintf(name, sizeof name, "%s", exchange_text(exchange, "dossier"));
    snprintf(body, sizeof body, "{\"terms\":\"%s\"}", exchange_text(exchange, "id"));
    exchange_run(exchange);
    snprintf(path, sizeof path, "/api/v1/agreements/%s/approval", name);
    assert_int_equal(exchange_post(exchange, 2, path, body), 201);
    exchange_run(exchange);
    size_t size = (size_t)snprintf(
        body, sizeof body,
        "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,level,isced_f,"
        "start,end,agreement,condition\\n");
    for (int i = 1; i <= 4; i++)
        size += (size_t)snprintf(body + size, sizeof body - size,
                                 "uhasselt.be,Maes,Bo%c,200%d-04-03,bo%d@example.org,studies,%s,6,"
                                 "0913,2027-%s,%s,c1\\n",
                                 'a' + i, i, i, i == 2 ? "2027/2028" : "2026/2027",
                                 i == 2 ? "09-01,2028-01-31" : "01-20,2027-05-31", name);
    snprintf(body + size, sizeof body - size, "\"%s}", ",\"confirm\":true");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", body), 200);
    assert_string_equal(got("warnings", "agreement.places"), "this would be the 3rd");
    const json_t *warnings = exchange_at(exchange, "warnings");
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const json_t *one = json_array_get(warnings, i);
        bool places =
            strcmp(json_string_value(json_object_get(one, "rule")), "agreement.places") == 0;
        assert_true(!places || json_integer_value(json_object_get(one, "row")) == 5);
    }
    /* Before they are sent, and nothing is: the drafts are counted that come before it. */
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    size_t drafts = json_array_size(exchange_at(exchange, "drafts"));
    json_t *list = json_array();
    for (size_t i = 0; i < drafts; i++) {
        char at[64];
        snprintf(at, sizeof at, "drafts[%zu].number", i);
        json_array_append_new(list, json_integer(exchange_number(exchange, at)));
    }
    json_t *wanted = json_pack("{s:o}", "numbers", list);
    char *text = json_dumps(wanted, 0);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/check", text), 200);
        assert_int_equal(json_array_size(exchange_at(exchange, "checked")), drafts);
        assert_int_equal(warned_of_place("checked", drafts), 1);
    }
    free(text);
    json_decref(wanted);
    /* And while they are sent: those that were sent before it are counted. */
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "sent")), drafts);
    assert_int_equal(warned_of_place("sent", drafts), 1);
    exchange_run(exchange);
}

/* Twelve months in a cycle, 360 days: SECOND is the last day of the second of two stays, of 240
 * days the first, in one list that nothing was sent of. */
#define HEAD \
    "partner,family_name,given_names,birth_date,esi,email,kind,year,level,isced_f,start,end"
#define TWO_STAYS(WHO, ESI, SECOND, MORE)                                                       \
    "{\"content\":\"" HEAD "\\nuhasselt.be," WHO "," ESI ",we@example.org,studies,2026/2027,6," \
    "0913,2026-09-01,2027-04-30\\nuhasselt.be," WHO "," ESI                                     \
    ",we@example.org,studies,2027/2028,6,0913,2027-09-01," SECOND "\\n\"" MORE "}"
#define BORN "Willems,Eva,2003-02-01"
#define ESI  "urn:schac:personalUniqueCode:int:esi:helmo.be:77"

static int64_t row_of(const char *rule)
{
    const json_t *all = exchange_at(exchange, "warnings");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        if (strcmp(json_string_value(json_object_get(one, "rule")), rule) == 0)
            return json_integer_value(json_object_get(one, "row"));
    }
    return 0;
}

static size_t warned_of_cycle(const char *list)
{
    size_t told = 0;
    for (size_t i = 0; i < json_array_size(exchange_at(exchange, list)); i++) {
        char warnings[64];
        snprintf(warnings, sizeof warnings, "%s[%zu].warnings", list, i);
        told += warns(warnings, "duration.cycle");
    }
    return told;
}

static void the_stays_of_one_person_in_a_list_are_added_up(void **)
{
    static const struct {
        const char *list;
        int64_t row;
    } cases[] = {
        {TWO_STAYS(BORN, "", "2027-12-31", ""), 0},
        {TWO_STAYS(BORN, "", "2028-01-01", ""), 3},
        {TWO_STAYS(BORN, ESI, "2027-12-31", ""), 0},
        {TWO_STAYS(BORN, ESI, "2028-01-01", ""), 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", cases[i].list), 200);
        assert_int_equal(exchange_number(exchange, "ready"), 2);
        assert_int_equal(row_of("duration.cycle"), cases[i].row);
    }
    assert_string_equal(got("warnings", "duration.cycle"), "361 days in months of 30 days");
}

/* What is refused is no stay: the row after it is asked without. */
static void a_row_that_is_refused_adds_no_months(void **)
{
    settings_take("severity,duration.cycle,,,refuse,severity,us\n");
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/imports",
                      TWO_STAYS(BORN, "",
                                "2028-01-01\\nuhasselt.be," BORN ",,we@example.org,studies,"
                                "2028/2029,6,0913,2028-09-01,2028-12-31",
                                "")),
        200);
    assert_int_equal(exchange_number(exchange, "bad"), 1);
    assert_int_equal(exchange_number(exchange, "problems[0].row"), 3);
    settings_take(NULL);
}

static void the_stays_of_one_person_among_drafts_are_added_up_before_they_are_sent(void **)
{
    char wanted[128];
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports",
                                   TWO_STAYS(BORN, ESI, "2028-01-01", ",\"confirm\":true")),
                     200);
    assert_int_equal(row_of("duration.cycle"), 3);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "drafts")), 2);
    snprintf(wanted, sizeof wanted, "{\"numbers\":[%lld,%lld]}",
             (long long)exchange_number(exchange, "drafts[0].number"),
             (long long)exchange_number(exchange, "drafts[1].number"));
    for (int again = 0; again < 2; again++) {
        assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/check", wanted), 200);
        assert_int_equal(warned_of_cycle("checked"), 1);
    }
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    assert_int_equal(warned_of_cycle("sent"), 1);
    exchange_run(exchange);
}

/* ---- facts of the year -------------------------------------------------------------------------
 */

/* itg.be takes nominations until LAST; its days are those of Kiritimati, 14 hours ahead. */
static void calendar_publish(const char *last)
{
    char body[512];
    snprintf(body, sizeof body,
             "{\"partner\":\"helmo.be\",\"factsheet\":{\"zone\":\"Pacific/Kiritimati\",\"terms\":["
             "{\"term\":2,\"starts\":\"02-01\",\"ends\":\"02-20\",\"nominations\":\"%s\"}]}}",
             last);
    assert_int_equal(exchange_post(exchange, 1, "/api/v1/factsheets", body), 200);
    exchange_run(exchange);
}

#define SPRING(TERM, START, END)                                                            \
    "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{\"family_name\":\"Claes\","        \
    "\"given_names\":\"Eva\",\"birth_date\":\"2005-05-05\",\"email\":\"eva@example.org\"}," \
    "\"mobility\":\"studies\",\"year\":\"2026/2027\",\"eqf\":6,\"isced_f\":\"0913\","       \
    "\"term\":" TERM ",\"start\":\"" START "\",\"end\":\"" END "\"}}"

/* The world's clock says this many days later, at 11 in the morning of UTC. */
static void wait_until(int64_t days)
{
    enum { HOUR = 11 };
    struct instant now = world_now(exchange->world);
    exchange->later_us = (days * 86400 + HOUR * 3600) * (int64_t)INSTANT_SECOND - now.us;
}

static void the_host_s_deadline_counts_in_its_own_zone(void **)
{
    static const char refusing[] = "severity,deadline.partner,,,refuse,severity,us\n";
    int64_t last;
    assert_true(instant_date(bytes_text("2026-12-10"), &last));
    settings_take(refusing);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-30") "}"), 200);
    assert_string_equal(got("warnings", "deadline.partner"), ""); /* nothing is published */
    calendar_publish("12-10");
    wait_until(last);
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations", SPRING("2", "2027-02-01", "2027-04-30")),
        422);
    /* At 11 o'clock in UTC it is tomorrow there. */
    assert_string_equal(exchange_text(exchange, "error.rule"), "deadline.partner");
    assert_string_equal(exchange_text(exchange, "error.expected"), "not after 2026-12-10");
    assert_string_equal(exchange_text(exchange, "error.got"), "2026-12-11");
    wait_until(last - 1);
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations", SPRING("2", "2027-02-01", "2027-04-30")),
        201);
    exchange_run(exchange);
    settings_take(NULL);
}

/* "or one academic term": the host's calendar says how long that is. */
static void a_stay_over_the_host_s_whole_term_is_long_enough(void **)
{
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations", SPRING("2", "2027-02-01", "2027-02-20")),
        201);
    assert_string_equal(got("warnings", "duration.study.min"), "");
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations", SPRING("2", "2027-02-02", "2027-02-20")),
        201);
    assert_string_equal(got("warnings", "duration.study.min"), "19 days");
    exchange_run(exchange);
    exchange->later_us = 0;
}

/* As a version that did not look for applications has left the store. */
static void applications_forget(struct store *store, size_t expected)
{
    struct arena *arena = arena_open(1 << 16);
    struct store_value *values;
    size_t count;
    assert_int_equal(store->value_list(store, "applied/", NULL, 99, arena, &values, &count),
                     FAULT_NONE);
    assert_int_equal(count, expected);
    assert_int_equal(store->begin(store), FAULT_NONE);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(store->value_remove(store, values[i].name), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    arena_close(arena);
}

/* The application is found by the name, whatever its capitals and accents. */
static void a_departure_is_held_against_the_application_that_it_comes_of(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-30") "}"), 200);
    assert_string_equal(got("warnings", "call.notice"), ""); /* nobody has applied */
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":1000}"),
        201);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/calls",
                                   "{\"title\":\"Autumn\",\"envelope\":1,\"levels\":[7]}"),
                     201);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants",
                                   "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"PEETERS\","
                                   "\"given_names\":\"an\",\"level\":7,\"amount_cents\":1}"),
                     201);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-30") "}"), 200);
    assert_string_equal(got("warnings", "call.notice"), "2026-09-01");
    assert_string_equal(got("warnings", "call.level"), "level 6");
    applications_forget(exchange->apis[0].store, 1);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-30") "}"), 200);
    assert_string_equal(got("warnings", "call.level"), "");
    assert_int_equal(application_follow(exchange->apis[0].store), FAULT_NONE);
    assert_int_equal(application_follow(exchange->apis[0].store), FAULT_NONE);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports", LIST("2026-10-30") "}"), 200);
    assert_string_equal(got("warnings", "call.level"), "level 6");
    /* Somebody else's application is none of hers. */
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/nominations", SPRING("2", "2027-02-01", "2027-04-29")),
        201);
    assert_string_equal(got("warnings", "call.level"), "");
    exchange_run(exchange);
}

#define PEOPLE(ROWS)                                                                                  \
    "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,level,isced_f,"        \
    "start,end,teaching_hours,years_done,graduated_on,with_training,travel_days,green_travel\\n" ROWS \
    "\"}"

/* What rules compare has its column: years of study, the degree, days of travel. */
static void a_list_carries_what_rules_about_people_compare(void **)
{
    assert_int_equal(
        exchange_post(
            exchange, 0, "/api/v1/imports",
            PEOPLE("uhasselt.be,Maes,Bo,2004-04-03,bo@example.org,studies,2026/2027,6,0913,"
                   "2026-09-01,2027-01-31,,0,,,,\\n"
                   "uhasselt.be,Aerts,Di,2002-04-03,di@example.org,traineeship,2026/2027,7,0913,"
                   "2026-09-01,2027-01-31,,,30.01.2026,,,\\n"
                   "uhasselt.be,Claes,Ed,1972-04-03,ed@example.org,teaching,2026/2027,,,"
                   "2026-09-07,2026-09-11,3,,,yes,7,yes\\n")),
        200);
    assert_int_equal(exchange_number(exchange, "ready"), 3);
    assert_true(warns("warnings", "study.first_year"));
    assert_true(warns("warnings", "graduate.within"));
    assert_true(warns("warnings", "teaching.hours"));
    assert_true(warns("warnings", "duration.travel"));
    assert_int_equal(
        exchange_post(
            exchange, 0, "/api/v1/imports",
            PEOPLE("uhasselt.be,Maes,Bo,2004-04-03,bo@example.org,studies,2026/2027,6,0913,"
                   "2026-09-01,2027-01-31,,1,,,,\\n"
                   "uhasselt.be,Aerts,Di,2002-04-03,di@example.org,traineeship,2026/2027,7,0913,"
                   "2026-09-01,2027-01-31,,,31.01.2026,,,\\n"
                   "uhasselt.be,Claes,Ed,1972-04-03,ed@example.org,teaching,2026/2027,,,"
                   "2026-09-07,2026-09-11,4,,,yes,6,yes\\n")),
        200);
    assert_int_equal(exchange_number(exchange, "ready"), 3);
    assert_false(warns("warnings", "study.first_year"));
    assert_false(warns("warnings", "graduate.within"));
    assert_false(warns("warnings", "teaching.hours"));
    assert_false(warns("warnings", "duration.travel"));
}

/* ---- what partners have sent -------------------------------------------------------------------
 */

/* As the daemon does after a group, until nothing is left; gives how often it had to. */
static size_t settle(size_t node, size_t max)
{
    struct store *store = world_store(exchange->world, node);
    const struct findings_case subject = {&eligible, store, world_catalogue(exchange->world),
                                          world_now(exchange->world)};
    bool more = true;
    size_t times = 0;
    for (; more; times++) {
        arena_reset(exchange->arena);
        assert_int_equal(store->begin(store), FAULT_NONE);
        assert_int_equal(findings_settle(&subject, max, exchange->arena, &more), FAULT_NONE);
        assert_int_equal(store->commit(store), FAULT_NONE);
    }
    return times;
}

static void follow(size_t node)
{
    struct store *store = world_store(exchange->world, node);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(findings_begin(store, exchange->arena, &(int64_t) {0}), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
}

#define SENT(NAME, END)                                                                     \
    "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{\"family_name\":\"" NAME "\","     \
    "\"given_names\":\"Eva\",\"birth_date\":\"2005-05-05\",\"email\":\"eva@example.org\"}," \
    "\"mobility\":\"studies\",\"year\":\"2026/2027\",\"eqf\":6,\"isced_f\":\"0913\","       \
    "\"start\":\"2026-09-01\",\"end\":\"" END "\"}}"

static char sent[96];

static void send(const char *body)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations", body), 201);
    snprintf(sent, sizeof sent, "/api/v1/nominations/%s", exchange_text(exchange, "dossier"));
    exchange_run(exchange);
}

static void what_the_rules_said_when_it_came_stays_whatever_they_say_later(void **)
{
    char again[128], edition[32];
    settle(1, 64); /* all that came before */
    send(SENT("Once", "2026-10-29"));
    assert_int_equal(exchange_get(exchange, 1, sent), 200);
    assert_true(json_is_null(exchange_at(exchange, "rules_at"))); /* not yet: asked now */
    assert_true(warns("rules", "duration.study.min"));
    settle(1, 64);
    assert_int_equal(exchange_get(exchange, 1, sent), 200);
    assert_true(json_is_string(exchange_at(exchange, "rules_at")));
    assert_true(json_is_false(exchange_at(exchange, "rules_changed")));
    assert_string_equal(got("rules", "duration.study.min"), "59 days");
    snprintf(edition, sizeof edition, "%s", exchange_text(exchange, "rules_edition"));
    /* Other limits: what was found is shown, and that it might be found otherwise. */
    settings_take("duration.min,studies,,,50,day,our senate\n");
    settle(1, 64);
    assert_int_equal(exchange_get(exchange, 1, sent), 200);
    assert_string_equal(got("rules", "duration.study.min"), "59 days");
    assert_true(json_is_true(exchange_at(exchange, "rules_changed")));
    assert_string_equal(exchange_text(exchange, "rules_edition"), edition);
    snprintf(again, sizeof again, "%s?rules=now", sent);
    assert_int_equal(exchange_get(exchange, 1, again), 200);
    assert_false(warns("rules", "duration.study.min"));
    assert_true(json_is_null(exchange_at(exchange, "rules_at")));
    assert_true(strcmp(exchange_text(exchange, "rules_edition"), edition) != 0);
    snprintf(again, sizeof again, "%s?rules=then", sent);
    assert_int_equal(exchange_get(exchange, 1, again), 400);
    settings_take(NULL);
    /* Who sent it is shown what holds now. */
    assert_int_equal(exchange_get(exchange, 0, sent), 200);
    assert_true(json_is_null(exchange_at(exchange, "rules_at")));
}

static void a_restart_goes_on_where_the_feed_was_followed_to(void **)
{
    char first[96];
    follow(1); /* what another process has begun is not begun again */
    send(SENT("First", "2026-10-29"));
    memcpy(first, sent, sizeof first);
    send(SENT("Second", "2026-10-28"));
    assert_int_equal(settle(1, 1) > 2, true);
    assert_int_equal(exchange_get(exchange, 1, first), 200);
    assert_true(json_is_string(exchange_at(exchange, "rules_at")));
    assert_string_equal(got("rules", "duration.study.min"), "59 days");
    assert_int_equal(exchange_get(exchange, 1, sent), 200);
    assert_true(json_is_string(exchange_at(exchange, "rules_at")));
    assert_string_equal(got("rules", "duration.study.min"), "58 days");
}

static void a_new_node_does_not_judge_what_came_before_it_followed(void **)
{
    struct store *store = world_store(exchange->world, 2);
    struct store_event *events;
    size_t count;
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   BODY("2029/2030", "2029-09-01", "2029-10-01")),
                     201);
    exchange_run(exchange);
    follow(2);
    assert_int_equal(store->event_list(store, 0, 500, exchange->arena, &events, &count), 0);
    settle(2, 64);
    for (size_t i = 0; i < count; i++) {
        const Peregrin__Findings *kept;
        assert_int_equal(findings_get(store, events[i].serial, exchange->arena, &kept), 0);
        assert_null(kept);
    }
}

/* ---- what ends the node ------------------------------------------------------------------------
 */

struct watched {
    size_t begun, ended;
    bool forbids;
    char from[64];
};

static bool watched_begin(void *self, const char *from, const struct digest *)
{
    struct watched *watched = self;
    assert_int_equal(watched->begun, watched->ended);
    snprintf(watched->from, sizeof watched->from, "%s", from);
    watched->begun += !watched->forbids;
    return !watched->forbids;
}

static void watched_end(void *self)
{
    ((struct watched *)self)->ended++;
}

static void a_partner_s_record_is_at_hand_while_the_rules_look_into_it(void **)
{
    struct watched watched = {0};
    eligible.look = (struct look) {&watched, watched_begin, watched_end};
    send(SENT("Poison", "2026-10-29"));
    settle(1, 64);
    assert_true(watched.begun > 0 && watched.ended == watched.begun);
    assert_string_equal(watched.from, "helmo.be");
    assert_int_equal(exchange_get(exchange, 1, sent), 200);
    assert_true(json_is_string(exchange_at(exchange, "rules_at")));
    /* Set aside: nobody looks, and everything else goes on. */
    watched.forbids = true;
    send(SENT("Venom", "2026-10-29"));
    settle(1, 64);
    eligible.look = (struct look) {NULL};
    assert_int_equal(exchange_get(exchange, 1, sent), 200);
    assert_true(json_is_null(exchange_at(exchange, "nomination")));
    assert_false(warns("rules", "duration.study.min"));
}

/* The index of stays reads the same records at every start. */
static void a_record_that_is_set_aside_is_no_stay(void **)
{
    struct store *store = world_store(exchange->world, 1);
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = (char *)"Once";
    person.given_names = (char *)"Eva";
    person.birth_date = (char *)"2005-05-05";
    nomination.person = &person;
    for (int forbids = 0; forbids < 2; forbids++) {
        struct watched watched = {.forbids = forbids};
        const struct look look = {&watched, watched_begin, watched_end};
        struct stays *stays = stays_open();
        struct stays_person who;
        struct eligibility_stay *found;
        size_t count;
        bool known;
        arena_reset(exchange->arena);
        assert_int_equal(stays_refresh(stays, store, &look, exchange->arena), FAULT_NONE);
        assert_int_equal(stays_person(&nomination, exchange->arena, &who), FAULT_NONE);
        assert_int_equal(stays_find(stays, &who, NULL, exchange->arena, &found, &count, &known),
                         FAULT_NONE);
        assert_true(known);
        assert_int_equal(count, !forbids);
        assert_true(watched.ended == watched.begun && (forbids || watched.begun > 0));
        stays_close(stays);
    }
}

/* ---- a stay that is made longer ---- */

static const char longest[] = "severity,duration.study.max,,,refuse,severity,our senate\n";

/* Of a student who is there since 2 September 2027. */
static void stay_open(char path[static API_PATH_MAX])
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{"
                                   "\"family_name\":\"Janssens\",\"given_names\":\"Bo\","
                                   "\"birth_date\":\"2004-02-03\",\"email\":\"bo@example.org\"},"
                                   "\"mobility\":\"studies\",\"year\":\"2027/2028\",\"eqf\":6,"
                                   "\"isced_f\":\"0913\",\"start\":\"2027-09-02\","
                                   "\"end\":\"2028-01-31\"}}"),
                     201);
    snprintf(path, API_PATH_MAX, "/api/v1/nominations/%s", exchange_text(exchange, "dossier"));
    exchange_run(exchange);
}

static int say(size_t node, const char *path, const char *resource, const char *body)
{
    char whole[API_PATH_MAX];
    snprintf(whole, sizeof whole, "%s/%s", path, resource);
    int status = exchange_post(exchange, node, whole, body);
    if (status == 201)
        exchange_run(exchange);
    return status;
}

#define UNTIL(END) "{\"end\":\"" END "\"}"

static void too_long(const char *got)
{
    assert_string_equal(exchange_text(exchange, "error.code"), "refused_by_rule");
    assert_string_equal(exchange_text(exchange, "error.rule"), "duration.study.max");
    assert_string_equal(exchange_text(exchange, "error.expected"), "at most 12 months");
    assert_string_equal(exchange_text(exchange, "error.got"), got);
}

static void a_longer_stay_is_asked_as_a_nomination_would_be_on_each_side(void **)
{
    enum { HOME, HOST };
    static const char accept[] = "{\"outcome\":\"accept\"}";
    char path[API_PATH_MAX];
    settings_take(longest);
    stay_open(path);
    assert_int_equal(say(HOST, path, "decision", accept), 201);
    assert_null(exchange_at(exchange, "warnings")); /* it makes nothing longer */
    assert_int_equal(say(HOST, path, "arrival", "{\"date\":\"2027-09-02\"}"), 201);

    /* The host grants, the home asks: neither more than a year. */
    assert_int_equal(say(HOST, path, "extension", UNTIL("2028-09-02")), 422);
    too_long("361 days in months of 30 days");
    assert_string_equal(exchange_text(exchange, "error.field"), "end");
    assert_int_equal(say(HOME, path, "extension", UNTIL("2028-09-02")), 422);
    too_long("361 days in months of 30 days");
    assert_int_equal(say(HOST, path, "extension", UNTIL("2028-09-01")), 201);
    assert_int_equal(json_array_size(exchange_at(exchange, "warnings")), 0);

    /* Where it warns it is told; who accepts is asked again. */
    settings_take(NULL);
    assert_int_equal(say(HOME, path, "extension", UNTIL("2029-01-31")), 201);
    assert_true(warns("warnings", "duration.study.max"));
    assert_true(warns("warnings", "duration.cycle"));
    settings_take(longest);
    assert_int_equal(say(HOST, path, "decision", accept), 422);
    too_long("510 days in months of 30 days");
    settings_take(NULL);
    assert_int_equal(exchange_get(exchange, HOST, path), 200);
    assert_false(warns("rules", "duration.study.max"));
    assert_int_equal(say(HOST, path, "decision", accept), 201);
    assert_true(warns("warnings", "duration.study.max"));
    for (size_t node = 0; node < 2; node++) {
        assert_int_equal(exchange_get(exchange, node, path), 200);
        assert_true(warns("rules", "duration.study.max"));
    }
}

static void a_node_without_rules_says_so(void **)
{
    assert_int_equal(exchange_get(exchange, 2, "/api/v1/rules"), 503);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_told_what_warns_and_stays_ready),
        cmocka_unit_test(a_list_s_row_that_a_rule_refuses_is_a_bad_one_with_its_column),
        cmocka_unit_test(drafts_of_before_are_refused_or_warned_of_before_they_are_signed),
        cmocka_unit_test(a_partner_s_record_is_kept_whatever_our_rules_say_of_it),
        cmocka_unit_test(stays_of_a_person_are_added_up_whoever_the_hosts_are),
        cmocka_unit_test(a_person_who_stands_twice_in_a_batch_is_added_up),
        cmocka_unit_test(a_stay_that_was_never_committed_counts_no_more),
        cmocka_unit_test(a_stay_that_was_taken_back_counts_no_more),
        cmocka_unit_test(rules_are_listed_by_kind_with_how_severe_they_are_here),
        cmocka_unit_test(rules_about_credits_are_listed_with_their_settings),
        cmocka_unit_test(a_list_is_held_against_the_agreement_that_it_names),
        cmocka_unit_test(an_agreement_is_named_by_its_reference_too),
        cmocka_unit_test(a_reference_of_no_agreement_is_told_to_count_nothing),
        cmocka_unit_test(the_host_s_deadline_counts_in_its_own_zone),
        cmocka_unit_test(a_stay_over_the_host_s_whole_term_is_long_enough),
        cmocka_unit_test(a_departure_is_held_against_the_application_that_it_comes_of),
        cmocka_unit_test(each_row_of_a_list_hears_which_place_it_would_take),
        cmocka_unit_test(the_stays_of_one_person_in_a_list_are_added_up),
        cmocka_unit_test(a_row_that_is_refused_adds_no_months),
        cmocka_unit_test(the_stays_of_one_person_among_drafts_are_added_up_before_they_are_sent),
        cmocka_unit_test(a_list_carries_what_rules_about_people_compare),
        cmocka_unit_test(what_the_rules_said_when_it_came_stays_whatever_they_say_later),
        cmocka_unit_test(a_restart_goes_on_where_the_feed_was_followed_to),
        cmocka_unit_test(a_new_node_does_not_judge_what_came_before_it_followed),
        cmocka_unit_test(a_record_that_is_set_aside_is_no_stay),
        cmocka_unit_test(a_partner_s_record_is_at_hand_while_the_rules_look_into_it),
        cmocka_unit_test(a_longer_stay_is_asked_as_a_nomination_would_be_on_each_side),
        cmocka_unit_test(a_node_without_rules_says_so),
    };
    return cmocka_run_group_tests(tests, open_exchange, close_exchange);
}
