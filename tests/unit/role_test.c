/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "admin/pass.h"
#include "admin/role.h"
#include "admin/user.h"

/* Every route, asked by each role, and by an officer of a department: the answers are
 * tests/golden/roles.txt. With ACCEPT=1 the file is written anew; its difference is what a review
 * must look at. */
static struct exchange room;
static struct exchange *const exchange = &room;

enum { TABLE_MAX = 64 * 1024, ROLES = 5, PEOPLE = ROLES + 1 };

static const char golden[] = "tests/golden/roles.txt";
static char tokens[PEOPLE][SECRET_TEXT_LENGTH + 1];

/* Everything that somebody may who acts for a department alone. */
static const struct role_row of_department = {"department", ROLE_COORDINATOR | ROLE_OFFICER, "",
                                              ""};

/* A user for each role, with a token. */
static void make_user(const struct role_row *row, size_t number)
{
    static char *units[] = {"helmo.be/health"};
    struct store *store = exchange->apis[0].store;
    struct secret secret = {.kind = SECRET_TOKEN, .bytes = {(uint8_t)(number + 1)}};
    Peregrin__User user = PEREGRIN__USER__INIT;
    Peregrin__Token token = PEREGRIN__TOKEN__INIT;
    struct digest digest;
    user.name = (char *)row->name;
    token.user = token.name = (char *)row->name;
    user.has_roles = token.has_roles = token.has_expires_at = true;
    user.roles = token.roles = row->role;
    user.units = units;
    user.n_units = row == &of_department;
    token.expires_at = UINT32_MAX;
    secret_write(&secret, tokens[number]);
    secret_digest(&secret, &digest);
    assert_int_equal(user_put(store, &user, exchange->arena), FAULT_NONE);
    assert_int_equal(pass_token_put(store, &digest, &token, exchange->arena), FAULT_NONE);
}

static int open_exchange(void **)
{
    const struct role_row *row;
    exchange_open(exchange);
    assert_int_equal(exchange_begin(&exchange->nodes[0]), FAULT_NONE);
    for (size_t i = 0; (row = role_at(i)); i++)
        make_user(row, i);
    make_user(&of_department, ROLES);
    exchange_commit(&exchange->nodes[0]);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    return 0;
}

/* With something in each brace. */
static void path_of(const char *pattern, char out[static API_PATH_MAX])
{
    while (*pattern) {
        if (*pattern == '{') {
            *out++ = '0';
            pattern += strcspn(pattern, "}") + 1;
        } else {
            *out++ = *pattern++;
        }
    }
    *out = '\0';
}

static int ask(const struct api_row *row, const char *token)
{
    char path[API_PATH_MAX], header[128];
    path_of(row->pattern, path);
    snprintf(header, sizeof header, "Bearer %s", token ? token : "");
    exchange->caller = (struct api_caller) {.address = "192.0.2.1"};
    if (token)
        exchange->caller.authorization = header;
    exchange->later_us += 60 * (int64_t)INSTANT_SECOND; /* no limit is in the way */
    bool reads = strcmp(row->method, "GET") == 0;
    return exchange_call(exchange, 0,
                         (struct exchange_call) {row->method, path, reads ? NULL : "{}", NULL});
}

static void put_line(FILE *out, const struct api_row *row)
{
    const struct role_row *role;
    int stranger = ask(row, NULL);
    fprintf(out, "%s %s:", row->method, row->pattern);
    if (stranger != 401)
        fputs(" anybody", out);
    for (size_t i = 0; stranger == 401 && (role = role_at(i)); i++)
        if (ask(row, tokens[i]) != 403)
            fprintf(out, " %s", role->name);
    if (stranger == 401 && ask(row, tokens[ROLES]) != 403)
        fprintf(out, " %s", of_department.name);
    fputc('\n', out);
}

static char *table_now(void)
{
    char *text = calloc(1, TABLE_MAX);
    FILE *out = fmemopen(text, TABLE_MAX, "w");
    const struct api_row *row;
    for (size_t i = 0; (row = api_row(i)); i++)
        put_line(out, row);
    assert_true(ftell(out) < TABLE_MAX - 1);
    fclose(out);
    return text;
}

static char *table_kept(void)
{
    char *text = calloc(1, TABLE_MAX);
    FILE *in = fopen(golden, "r");
    size_t size = in ? fread(text, 1, TABLE_MAX - 1, in) : 0;
    if (in)
        fclose(in);
    text[size] = '\0';
    return text;
}

static void every_route_answers_each_role_as_the_golden_table_says(void **)
{
    char *now = table_now(), *kept = table_kept();
    if (getenv("ACCEPT")) {
        FILE *out = fopen(golden, "w");
        assert_non_null(out);
        fputs(now, out);
        fclose(out);
    } else if (strcmp(now, kept) != 0) {
        size_t same = 0;
        while (now[same] && now[same] == kept[same])
            same++;
        while (same > 0 && now[same - 1] != '\n')
            same--;
        fail_msg("%s differs; now: %.*s; kept: %.*s; ACCEPT=1 writes it anew", golden,
                 (int)strcspn(now + same, "\n"), now + same, (int)strcspn(kept + same, "\n"),
                 kept + same);
    }
    free(now);
    free(kept);
}

static void no_route_is_open_to_a_stranger_but_the_login(void **)
{
    const struct api_row *row;
    for (size_t i = 0; (row = api_row(i)); i++) {
        bool login =
            strcmp(row->method, "POST") == 0 && strcmp(row->pattern, "/api/v1/session") == 0;
        int status = ask(row, NULL);
        if ((status != 401) != login)
            fail_msg("%s %s answers a stranger with %d", row->method, row->pattern, status);
    }
}

static void nobody_is_told_whether_a_path_exists_before_he_has_a_name(void **)
{
    assert_int_equal(ask(&(struct api_row) {"GET", "/api/v1/nothing", ""}, NULL), 401);
    assert_int_equal(ask(&(struct api_row) {"GET", "/api/v1/nothing", ""}, tokens[0]), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_answers_each_role_as_the_golden_table_says),
        cmocka_unit_test(no_route_is_open_to_a_stranger_but_the_login),
        cmocka_unit_test(nobody_is_told_whether_a_path_exists_before_he_has_a_name),
    };
    return cmocka_run_group_tests(tests, open_exchange, close_exchange);
}
