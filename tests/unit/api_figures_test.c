/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

/* Where students stand and who asked for support, and the groups that partners are counted in: a
 * student of helmo.be at its partner. */
enum { HOME = 0, HOST = 1, OK = 200, CREATED = 201, USAGE = 400, MISSING = 404, TAKEN = 409 };

static struct exchange *exchange;
static char partner[64];

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/partners"), OK);
    snprintf(partner, sizeof partner, "%s", exchange_text(exchange, "partners[0].partner"));
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

static int group(const char *code, const char *more)
{
    char body[512];
    snprintf(body, sizeof body, "{\"code\":\"%s\"%s}", code, more);
    return exchange_post(exchange, HOME, "/api/v1/groups", body);
}

/* The row of a report's first table whose column has this text. */
static const json_t *row_of(size_t node, const char *report, const char *column, const char *text,
                            const char *way)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/reports/%s", report);
    assert_int_equal(exchange_get(exchange, node, path), OK);
    json_t *rows = exchange_at(exchange, "tables[0].rows"), *row;
    size_t index;
    json_array_foreach(rows, index, row)
    {
        const char *at = json_string_value(json_object_get(row, "direction"));
        const char *has = json_string_value(json_object_get(row, column));
        if (has && strcmp(has, text) == 0 && (!way || (at && strcmp(at, way) == 0)))
            return row;
    }
    return NULL;
}

static json_int_t number(const json_t *row, const char *column)
{
    return json_integer_value(json_object_get(row, column));
}

static void who_asked_for_support_is_seen_in_the_list(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], body[1024];
    exchange_nominate(exchange, HOME, HOST, dossier);
    snprintf(body, sizeof body, "{\"partner\":\"%s\",\"nomination\":%.*s,\"support\":true}}",
             partner, (int)(sizeof EXCHANGE_NOMINATION - 2), EXCHANGE_NOMINATION);
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/nominations", body), CREATED);
    exchange_run(exchange);
    for (size_t node = HOME; node <= HOST; node++) {
        size_t index, supported = 0;
        json_t *row;
        assert_int_equal(exchange_get(exchange, node, "/api/v1/nominations"), OK);
        json_array_foreach(exchange_at(exchange, "nominations"), index, row) supported +=
            json_is_true(json_object_get(row, "support"));
        assert_int_equal(index, 2);
        assert_int_equal(supported, 1);
    }
}

static void a_group_is_made_changed_counted_and_removed(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], more[256];
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    snprintf(more, sizeof more, ",\"name\":\"Our network\",\"add\":[\"%s\"]", partner);
    assert_int_equal(group("network", more), OK);
    assert_string_equal(exchange_text(exchange, "group.partners[0]"), partner);
    const json_t *row = row_of(HOME, "balance?by=group", "group", "Our network", NULL);
    assert_int_equal(number(row, "nominated_out"), 1);
    row = row_of(HOME, "partners", "partner", partner, NULL);
    assert_string_equal(json_string_value(json_object_get(row, "groups")), "Our network");
    snprintf(more, sizeof more, ",\"drop\":[\"%s\"]", partner);
    assert_int_equal(group("network", more), OK);
    assert_null(row_of(HOME, "balance?by=group", "group", "Our network", NULL));
    assert_int_equal(exchange_delete(exchange, HOME, "/api/v1/groups/network"), OK);
    assert_int_equal(exchange_delete(exchange, HOME, "/api/v1/groups/network"), MISSING);
    assert_string_equal(exchange_text(exchange, "error.message"), "there is no group of this code");
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/groups"), OK);
    assert_int_equal(json_array_size(exchange_at(exchange, "groups")), 0);
}

static void what_cannot_be_a_group_is_refused_with_its_field(void **)
{
    static const struct {
        const char *code, *more;
        int status;
        const char *field, *says;
    } rows[] = {
        {"Network", "", USAGE, "code", "this cannot be a group's code"},
        {"network", ",\"name\":\"\"", USAGE, "name", "this cannot be a group's name"},
        {"network", ",\"add\":[\"nobody.example\"]", MISSING, "add", "this is no partner"},
        {"network", ",\"add\":[\"helmo.be\"]", MISSING, "add", "this is no partner"},
        {"network", ",\"add\":[7]", MISSING, "add", "this is no partner"},
        {"network", ",\"name\":\"South\"", TAKEN, "name", "another group has this name"},
        {"network", ",\"name\":\"other\"", TAKEN, "name", "another group has this name"},
    };
    assert_int_equal(group("south", ",\"name\":\"South\""), OK);
    assert_int_equal(group("other", ""), OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(group(rows[i].code, rows[i].more), rows[i].status);
        assert_string_equal(exchange_text(exchange, "error.field"), rows[i].field);
        assert_string_equal(exchange_text(exchange, "error.message"), rows[i].says);
    }
    assert_int_equal(group("south", ",\"name\":\"South\""), OK); /* its own name is free for it */
}

static void an_institution_has_so_many_groups(void **)
{
    char code[24];
    for (int i = 0; i < 32; i++) {
        snprintf(code, sizeof code, "group-%d", i);
        assert_int_equal(group(code, ""), OK);
    }
    assert_true(group("one-more", "") >= USAGE);
    assert_string_equal(exchange_text(exchange, "error.message"), "there are 32 groups already");
    assert_int_equal(group("group-7", ",\"name\":\"Seven\""), OK);
}

static void so_many_partners_are_in_all_groups_together(void **)
{
    enum { MORE = 801, ROOM = 80 };
    char *body = calloc(MORE, ROOM);
    strcpy(body, "{\"code\":\"all\",\"add\":[");
    for (int i = 0; i < MORE; i++)
        snprintf(body + strlen(body), ROOM, "%s\"%s\"", i ? "," : "", partner);
    strcat(body, "]}");
    assert_true(exchange_post(exchange, HOME, "/api/v1/groups", body) >= USAGE);
    assert_string_equal(exchange_text(exchange, "error.message"),
                        "the groups of an institution have at most 800 partners together");
    free(body);
}

static void the_pipeline_shows_both_sides_the_same_step(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    const json_t *row = row_of(HOST, "pipeline?year=2026/2027", "step", "nominated", "in");
    assert_int_equal(number(row, "count"), 1);
    assert_string_equal(json_string_value(json_object_get(row, "must_act")), partner);
    row = row_of(HOME, "pipeline", "step", "nominated", "out");
    assert_int_equal(number(row, "count"), 1);
    assert_string_equal(json_string_value(json_object_get(row, "must_act")), "the partner");
    row = row_of(HOME, "pipeline?year=2025/2026", "step", "nominated", "out");
    assert_int_equal(number(row, "count"), 0);
}

static void what_shows_single_dossiers_or_groups_is_not_for_the_public(void **)
{
    static const char *const reports[] = {
        "pipeline?public=yes", "partners?public=yes", "balance?by=group&public=yes",
        "credits?by=unit&public=yes", "grants?by=people&public=yes"};
    char path[API_PATH_MAX];
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        snprintf(path, sizeof path, "/api/v1/reports/%s", reports[i]);
        assert_int_equal(exchange_get(exchange, HOME, path), USAGE);
        assert_string_equal(exchange_text(exchange, "error.message"),
                            "this is for those who work with it, and never published");
    }
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/reports/balance?public=yes"), OK);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/reports/credits?public=yes"), OK);
}

#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(who_asked_for_support_is_seen_in_the_list),
        CLAIM(a_group_is_made_changed_counted_and_removed),
        CLAIM(what_cannot_be_a_group_is_refused_with_its_field),
        CLAIM(an_institution_has_so_many_groups),
        CLAIM(so_many_partners_are_in_all_groups_together),
        CLAIM(the_pipeline_shows_both_sides_the_same_step),
        CLAIM(what_shows_single_dossiers_or_groups_is_not_for_the_public),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
