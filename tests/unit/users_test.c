/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Who may ask, and how a stranger is kept out: against the API of a real node in virtual time. */
#include "exchange.h"

#include "admin/user.h"

static struct exchange room;
static struct exchange *const exchange = &room;

enum { BODY_SIZE = 512 };

static const char password[] = "seven grey herons at dusk";
static char cookie[256], csrf[128], token[64];

static int post(const char *path, const char *body)
{
    return exchange_call(exchange, 0, (struct exchange_call) {"POST", path, body, NULL});
}

static int delete (const char *path)
{
    return exchange_call(exchange, 0, (struct exchange_call) {"DELETE", path, NULL, NULL});
}

static bool body_has(const char *text)
{
    const struct bytes *body = &exchange->response.body;
    return memmem(body->data, body->size, text, strlen(text));
}

static void as_owner(void)
{
    exchange->caller = (struct api_caller) {.owner = true, .account = "peregrin"};
}

static void as_stranger(void)
{
    exchange->caller = (struct api_caller) {.address = "192.0.2.1", .secure = true};
}

static void as_session(void)
{
    as_stranger();
    exchange->caller.cookie = cookie;
    exchange->caller.csrf_token = csrf;
}

static void as_token(void)
{
    static char header[128];
    snprintf(header, sizeof header, "Bearer %s", token);
    as_stranger();
    exchange->caller.authorization = header;
}

static int open_exchange(void **)
{
    char body[256];
    exchange_open(exchange);
    as_owner();
    assert_int_equal(post("/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"coordinator\"]}"),
                     201);
    snprintf(body, sizeof body, "{\"password\":\"%s\"}", password);
    assert_int_equal(post("/api/v1/users/marta/password", body), 200);
    as_stranger();
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    return 0;
}

static int log_in(const char *user, const char *with)
{
    char body[2048];
    snprintf(body, sizeof body, "{\"user\":\"%s\",\"password\":\"%s\"}", user, with);
    as_stranger();
    int status = post("/api/v1/session", body);
    if (status == 201) {
        snprintf(cookie, sizeof cookie, "other=1; %.*s",
                 (int)strcspn(exchange->response.cookie, ";"), exchange->response.cookie);
        snprintf(csrf, sizeof csrf, "%s", exchange_text(exchange, "csrf_token"));
    }
    return status;
}

static void make_token(const char *body)
{
    as_owner();
    assert_int_equal(post("/api/v1/users/marta/tokens", body), 201);
    snprintf(token, sizeof token, "%s", exchange_text(exchange, "secret"));
}

static void wait_seconds(int64_t seconds)
{
    exchange->later_us += seconds * INSTANT_SECOND;
}

/* ---- logging in --------------------------------------------------------------------------------
 */

static void a_login_gives_a_cookie_that_scripts_and_other_sites_do_not_get(void **)
{
    assert_int_equal(log_in("marta", password), 201);
    const char *set = exchange->response.cookie;
    assert_non_null(strstr(set, "__Host-peregrin=pgs_"));
    assert_non_null(strstr(set, "; HttpOnly"));
    assert_non_null(strstr(set, "; SameSite=Strict"));
    assert_non_null(strstr(set, "; Secure"));
    assert_non_null(strstr(set, "; Path=/;"));
    as_session();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 200);
    assert_string_equal(exchange_text(exchange, "user"), "marta");
    assert_string_equal(exchange_text(exchange, "roles[1]"), "coordinator");
    assert_string_equal(exchange_text(exchange, "csrf_token"), csrf);
}

static void a_cookie_for_tls_is_not_taken_without_it(void **)
{
    assert_int_equal(log_in("marta", password), 201);
    as_session();
    exchange->caller.secure = false;
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
}

static void keep_body(char out[static BODY_SIZE])
{
    const struct bytes *body = &exchange->response.body;
    assert_true(body->size < BODY_SIZE);
    memcpy(out, body->data, body->size);
    out[body->size] = '\0';
}

/* Byte for byte: whoever tries names learns none. */
static void wrong_name_wrong_password_and_disabled_user_hear_the_same(void **)
{
    char heard[3][BODY_SIZE];
    assert_int_equal(log_in("marta", "not the password"), 401);
    keep_body(heard[0]);
    assert_int_equal(log_in("nobody", "not the password"), 401);
    keep_body(heard[1]);
    as_owner();
    assert_int_equal(post("/api/v1/users/marta", "{\"disabled\":true}"), 200);
    assert_int_equal(log_in("marta", password), 401);
    keep_body(heard[2]);
    assert_string_equal(heard[0], heard[1]);
    assert_string_equal(heard[0], heard[2]);
    assert_null(exchange->response.cookie);
}

static void a_session_ends_with_its_time(void **)
{
    assert_int_equal(log_in("marta", password), 201);
    as_session();
    wait_seconds(3599);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 200);
    wait_seconds(1);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
}

static void a_session_ends_with_logout_and_nobody_takes_it_up_again(void **)
{
    assert_int_equal(log_in("marta", password), 201);
    as_session();
    assert_int_equal(delete ("/api/v1/session"), 200);
    assert_non_null(strstr(exchange->response.cookie, "Max-Age=0"));
    as_session();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
}

static void a_session_ends_when_the_user_is_disabled_or_gets_a_new_password(void **)
{
    char body[256];
    assert_int_equal(log_in("marta", password), 201);
    as_owner();
    assert_int_equal(post("/api/v1/users/marta", "{\"disabled\":true}"), 200);
    assert_int_equal(post("/api/v1/users/marta", "{\"disabled\":false}"), 200);
    as_session();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);

    assert_int_equal(log_in("marta", password), 201);
    as_session();
    snprintf(body, sizeof body, "{\"before\":\"%s\",\"password\":\"wrong before\"}", "no");
    assert_int_equal(post("/api/v1/session/password", body), 401);
    snprintf(body, sizeof body, "{\"before\":\"%s\",\"password\":\"nine white egrets\"}", password);
    assert_int_equal(post("/api/v1/session/password", body), 200);
    as_session();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
    assert_int_equal(log_in("marta", password), 401);
    assert_int_equal(log_in("marta", "nine white egrets"), 201);
}

static void passwords_that_are_guessed_at_once_are_refused(void **)
{
    static const char *const bad[] = {
        "short",        "elevenchars",  "Password1234!",  "passwordpassword", "aaaaaaaaaaaaaaaa",
        "123456789012", "abcdefghijkl", "martamarta2027", "qwertyuiop12",     "Welcome2027!!",
    };
    char body[256];
    as_owner();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(body, sizeof body, "{\"password\":\"%s\"}", bad[i]);
        if (post("/api/v1/users/marta/password", body) != 422)
            fail_msg("%s was taken", bad[i]);
        assert_string_equal(exchange_text(exchange, "error.field"), "password");
        assert_false(body_has(bad[i]));
    }
    assert_int_equal(log_in("marta", password), 201); /* nothing was changed */
}

/* ---- too often ---------------------------------------------------------------------------------
 */

static void the_sixth_wrong_password_waits_and_the_right_one_too(void **)
{
    for (int i = 0; i < 5; i++)
        assert_int_equal(log_in("marta", "not the password"), 401);
    assert_int_equal(log_in("marta", password), 429);
    assert_in_range(exchange->response.retry_s, 55, 61);
    wait_seconds(61);
    assert_int_equal(log_in("marta", password), 201);
}

static void who_is_kept_out_at_one_address_is_not_at_another(void **)
{
    for (int i = 0; i < 6; i++)
        (void)log_in("marta", "not the password");
    as_stranger();
    exchange->caller.address = "198.51.100.7";
    char body[128];
    snprintf(body, sizeof body, "{\"user\":\"marta\",\"password\":\"%s\"}", password);
    assert_int_equal(post("/api/v1/session", body), 201);
}

static void an_attack_from_many_addresses_on_one_user_is_slowed_down(void **)
{
    int tried = 0;
    for (int i = 0; i < 60; i++) {
        char address[32];
        snprintf(address, sizeof address, "198.51.100.%d", i);
        as_stranger();
        exchange->caller.address = address;
        tried += post("/api/v1/session", "{\"user\":\"marta\",\"password\":\"wrong\"}") == 401;
    }
    assert_int_equal(tried, 20);
}

static void guessing_tokens_is_slowed_down(void **)
{
    int guessed = 0;
    for (int i = 0; i < 200; i++) {
        as_stranger();
        exchange->caller.authorization = "Bearer pgn_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        guessed += exchange_get(exchange, 0, "/api/v1/status") == 401;
    }
    assert_int_equal(guessed, 60);
    assert_string_equal(exchange_text(exchange, "error.code"), "too_often");
}

static void a_user_who_asks_too_often_hears_when_to_come_back(void **)
{
    int served = 0;
    make_token("{\"name\":\"loop\"}");
    as_token();
    for (int i = 0; i < 1100; i++)
        served += exchange_get(exchange, 0, "/api/v1/session") == 200;
    assert_int_equal(served, 1000);
    assert_int_equal(exchange->response.status, 429);
    assert_int_equal(exchange->response.retry_s, 1);
    wait_seconds(1);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 200);
    as_owner();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 200);
}

/* ---- forged requests ---------------------------------------------------------------------------
 */

static int import_nothing(void)
{
    return post("/api/v1/imports", "{\"content\":\"x\"}");
}

static void a_write_with_a_cookie_needs_the_sessions_twin(void **)
{
    assert_int_equal(log_in("marta", password), 201);
    as_session();
    assert_int_not_equal(import_nothing(), 403);
    exchange->caller.csrf_token = NULL;
    assert_int_equal(import_nothing(), 403);
    assert_string_equal(exchange_text(exchange, "error.code"), "forged_request");
    exchange->caller.csrf_token = "0";
    assert_int_equal(import_nothing(), 403);
    csrf[0] = csrf[0] == '0' ? '1' : '0';
    exchange->caller.csrf_token = csrf;
    assert_int_equal(import_nothing(), 403);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
}

static void a_write_that_another_site_makes_is_refused(void **)
{
    assert_int_equal(log_in("marta", password), 201);
    as_session();
    exchange->caller.host = "node.helmo.be:8443";
    exchange->caller.origin = "https://node.helmo.be:8443";
    exchange->caller.fetch_site = "same-origin";
    assert_int_not_equal(import_nothing(), 403);
    exchange->caller.origin = "https://evil.example";
    assert_int_equal(import_nothing(), 403);
    exchange->caller.origin = "null";
    assert_int_equal(import_nothing(), 403);
    exchange->caller.origin = NULL;
    exchange->caller.fetch_site = "cross-site";
    assert_int_equal(import_nothing(), 403);
    exchange->caller.fetch_site = "same-site";
    assert_int_equal(import_nothing(), 403);
}

static void a_login_that_another_site_makes_is_refused(void **)
{
    char body[128];
    snprintf(body, sizeof body, "{\"user\":\"marta\",\"password\":\"%s\"}", password);
    as_stranger();
    exchange->caller.fetch_site = "cross-site";
    assert_int_equal(post("/api/v1/session", body), 403);
    assert_null(exchange->response.cookie);
}

static void a_token_needs_no_twin(void **)
{
    make_token("{\"name\":\"sync\"}");
    as_token();
    assert_int_not_equal(import_nothing(), 403);
}

/* ---- tokens ------------------------------------------------------------------------------------
 */

static void a_token_does_what_its_user_may_and_no_more(void **)
{
    make_token("{\"name\":\"sync\",\"roles\":[\"officer\",\"viewer\",\"coordinator\"]}");
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    assert_int_equal(post("/api/v1/nominations/send", "{\"all\":true}"), 403);
    make_token("{\"name\":\"reader\",\"roles\":[\"viewer\"]}");
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    assert_int_equal(import_nothing(), 403);
}

static void a_token_ends_with_its_days_its_revocation_and_its_user(void **)
{
    make_token("{\"name\":\"short\",\"days\":2}");
    as_token();
    wait_seconds(2 * 86400 - 1);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 200);
    wait_seconds(1);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 401);

    make_token("{\"name\":\"revoked\"}");
    assert_int_equal(post("/api/v1/users/marta/tokens", "{\"name\":\"revoked\"}"), 409);
    assert_int_equal(delete ("/api/v1/users/marta/tokens/revoked"), 200);
    assert_int_equal(delete ("/api/v1/users/marta/tokens/revoked"), 404);
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 401);

    make_token("{\"name\":\"idle\"}");
    assert_int_equal(post("/api/v1/users/marta", "{\"disabled\":true}"), 200);
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 401);
    as_owner();
    assert_int_equal(post("/api/v1/users/marta", "{\"disabled\":false}"), 200);
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 200);

    make_token("{\"name\":\"orphan\"}");
    assert_int_equal(delete ("/api/v1/users/marta"), 200);
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 401);
}

static void a_token_s_use_is_told_to_the_day(void **)
{
    make_token("{\"name\":\"daily\"}");
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 200);
    as_owner();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users/marta/tokens"), 200);
    assert_int_equal(strlen(exchange_text(exchange, "tokens[0].used_on")), strlen("2026-11-22"));
}

static void a_secret_is_said_once_and_kept_nowhere(void **)
{
    struct store_value *values;
    size_t count;
    make_token("{\"name\":\"sync\"}");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users/marta/tokens"), 200);
    assert_string_equal(exchange_text(exchange, "tokens[0].name"), "sync");
    assert_false(body_has(token + 4));
    struct store *store = exchange->apis[0].store;
    for (const char **prefix = (const char *[]) {"token/", "journal", "user/", NULL}; *prefix;
         prefix++) {
        assert_int_equal(
            store->value_list(store, *prefix, NULL, 100, exchange->arena, &values, &count),
            FAULT_NONE);
        for (size_t i = 0; i < count; i++) {
            const struct bytes *value = &values[i].value;
            assert_null(memmem(value->data, value->size, token + 4, strlen(token + 4)));
            assert_null(memmem(value->data, value->size, password, strlen(password)));
            assert_null(strstr(values[i].name, token + 4));
        }
    }
}

static void other_ways_to_name_oneself_are_refused(void **)
{
    static const char *const wrong[] = {
        "Basic bWFydGE6eA==", "Bearer", "Bearer ", "Bearer x", "", "Digest x", "bearer pgn_"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        as_stranger();
        exchange->caller.authorization = wrong[i];
        assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 401);
        assert_true(exchange->response.ask_name);
        /* Whoever shows a wrong secret is not let in as the owner instead. */
        as_owner();
        exchange->caller.authorization = wrong[i];
        assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 401);
    }
}

static void an_account_of_the_machine_comes_in_only_when_it_was_named(void **)
{
    exchange->caller = (struct api_caller) {.account = "marta"};
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 401);
    as_owner();
    assert_int_equal(post("/api/v1/users/marta", "{\"local\":true}"), 200);
    exchange->caller = (struct api_caller) {.account = "marta"};
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users"), 403);
}

static void who_has_logged_in_at_the_proxy_is_that_user_and_nobody_else_is_believed(void **)
{
    exchange->caller = (struct api_caller) {.proxy = true, .remote_user = "marta", .secure = true};
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 200);
    assert_string_equal(exchange_text(exchange, "user"), "marta");
    assert_int_equal(post("/api/v1/imports", "{\"content\":\"x\"}"), 403);
    exchange->caller.csrf_token = "any";
    assert_int_not_equal(post("/api/v1/imports", "{\"content\":\"x\"}"), 403);
    exchange->caller.fetch_site = "cross-site";
    assert_int_equal(post("/api/v1/imports", "{\"content\":\"x\"}"), 403);
    static const char *const strangers[] = {"nobody", "", "Marta", "../marta", "root", "marta "};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        exchange->caller = (struct api_caller) {.proxy = true, .remote_user = strangers[i]};
        assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
    }
    /* Without the header, and from whoever is not the proxy. */
    exchange->caller = (struct api_caller) {.proxy = true};
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
    as_stranger();
    exchange->caller.remote_user = "marta";
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
}

/* ---- who gives what ----------------------------------------------------------------------------
 */

static void nobody_gives_a_role_that_he_has_not(void **)
{
    as_owner();
    assert_int_equal(post("/api/v1/users", "{\"name\":\"adam\",\"roles\":[\"administrator\"]}"),
                     201);
    assert_int_equal(post("/api/v1/users", "{\"name\":\"olga\",\"roles\":[\"officer\"]}"), 201);
    assert_int_equal(post("/api/v1/users/adam/tokens", "{\"name\":\"t\"}"), 201);
    snprintf(token, sizeof token, "%s", exchange_text(exchange, "secret"));
    as_token();
    assert_int_equal(post("/api/v1/users", "{\"name\":\"eve\",\"roles\":[\"officer\"]}"), 403);
    assert_int_equal(post("/api/v1/users/adam", "{\"roles\":[\"administrator\",\"officer\"]}"),
                     403);
    assert_int_equal(post("/api/v1/users/olga/tokens", "{\"name\":\"mine\"}"), 403);
    assert_int_equal(post("/api/v1/users/olga/password", "{\"password\":\"nine white egrets\"}"),
                     403);
    assert_int_equal(delete ("/api/v1/users/olga"), 403);
    assert_int_equal(post("/api/v1/users", "{\"name\":\"eva\",\"roles\":[\"administrator\"]}"),
                     201);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 403);
}

static void a_user_sees_only_his_institutions(void **)
{
    struct store *store = exchange->apis[0].store;
    char *elsewhere[] = {(char *)"elsewhere.be"};
    Peregrin__User *user;
    static const char list[] =
        "{\"content\":\"partner,family_name,given_names,birth_date,email,kind,year,term,level,isced_f"
        "\\nitg.be,Maes,An,2004-01-31,an@helmo.be,studies,2026/2027,1,6,0913\\n\",\"confirm\":true}";
    as_owner();
    assert_int_equal(post("/api/v1/imports", list), 200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    int64_t drafts = (int64_t)json_array_size(exchange_at(exchange, "drafts"));
    assert_int_equal(post("/api/v1/users/marta", "{\"units\":[\"helmo.be\"]}"), 200);
    assert_int_equal(post("/api/v1/users/marta", "{\"units\":[\"itg.be\"]}"), 400);
    make_token("{\"name\":\"sync\"}");
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "drafts")), drafts);
    assert_int_not_equal(json_array_size(exchange_at(exchange, "drafts")), 0);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/partners"), 200);
    assert_int_not_equal(json_array_size(exchange_at(exchange, "partners")), 0);

    /* Moved to another institution of the same node. */
    assert_int_equal(exchange_begin(&exchange->nodes[0]), FAULT_NONE);
    assert_int_equal(user_get(store, "marta", exchange->arena, &user), FAULT_NONE);
    user->units = elsewhere;
    assert_int_equal(user_put(store, user, exchange->arena), FAULT_NONE);
    exchange_commit(&exchange->nodes[0]);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "drafts")), 0);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/partners"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "partners")), 0);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 0);
    assert_int_equal(delete ("/api/v1/drafts/1"), 404);
    assert_int_equal(post("/api/v1/imports", list), 422);
    assert_int_equal(post("/api/v1/imports", "{\"own\":\"helmo.be\",\"content\":\"x\"}"), 403);
    as_owner();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "drafts")), drafts);
}

static void move_marta(char *unit)
{
    struct store *store = exchange->apis[0].store;
    Peregrin__User *user;
    assert_int_equal(exchange_begin(&exchange->nodes[0]), FAULT_NONE);
    assert_int_equal(user_get(store, "marta", exchange->arena, &user), FAULT_NONE);
    user->units = &unit;
    user->n_units = 1;
    assert_int_equal(user_put(store, user, exchange->arena), FAULT_NONE);
    exchange_commit(&exchange->nodes[0]);
}

static void a_token_of_one_institution_ends_when_its_user_is_moved_to_another(void **)
{
    make_token("{\"name\":\"sync\",\"units\":[\"helmo.be\"]}");
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    move_marta("itg.be");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 401);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/session"), 401);
    move_marta("helmo.be");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
}

static void the_whole_node_is_not_for_who_sees_a_part_of_it(void **)
{
    as_owner();
    assert_int_equal(post("/api/v1/users/marta", "{\"roles\":[\"administrator\",\"auditor\"]}"),
                     200);
    make_token("{\"name\":\"sync\",\"units\":[\"helmo.be\"]}");
    as_token();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/audit/log"), 403);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/audit"), 403);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users"), 403);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/backups"), 403);
}

static void refused_as_of_the_whole_node(int status)
{
    assert_int_equal(status, 400);
    assert_string_equal(exchange_text(exchange, "error.field"), "units");
    assert_int_equal(exchange_number(exchange, "error.exit"), 2);
    assert_non_null(strstr(exchange_text(exchange, "error.message"),
                           "administrator and auditor are of the whole node"));
    assert_non_null(strstr(exchange_text(exchange, "error.hint"), "--unit"));
}

/* Such a user could do nothing: what these roles are for is not for who sees a part. */
static void roles_of_the_whole_node_take_no_institutions(void **)
{
    as_owner();
    refused_as_of_the_whole_node(post("/api/v1/users",
                                      "{\"name\":\"zz\",\"roles\":["
                                      "\"administrator\"],\"units\":[\"helmo.be\"]}"));
    refused_as_of_the_whole_node(
        post("/api/v1/users",
             "{\"name\":\"zz\",\"roles\":[\"viewer\",\"auditor\"],\"units\":[\"helmo.be\"]}"));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users/zz"), 404);
    assert_int_equal(post("/api/v1/users", "{\"name\":\"zz\",\"roles\":[\"auditor\"]}"), 201);
    refused_as_of_the_whole_node(post("/api/v1/users/zz", "{\"units\":[\"helmo.be\"]}"));
    assert_int_equal(post("/api/v1/users/zz", "{\"units\":[]}"), 200);
    assert_int_equal(post("/api/v1/users/marta", "{\"units\":[\"helmo.be\"]}"), 200);
    refused_as_of_the_whole_node(post("/api/v1/users/marta", "{\"roles\":[\"administrator\"]}"));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users/marta"), 200);
    assert_string_equal(exchange_text(exchange, "user.roles[0]"), "coordinator");
    assert_int_equal(post("/api/v1/users/marta", "{\"roles\":[\"administrator\"],\"units\":[]}"),
                     200);
}

/* ---- the journal -------------------------------------------------------------------------------
 */

static size_t journal_find(const char *user, const char *route, const char *code)
{
    size_t found = 0;
    as_owner();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/audit/log?limit=1000"), 200);
    json_t *list = exchange_at(exchange, "entries");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *entry = json_array_get(list, i);
        assert_true(json_is_true(json_object_get(entry, "holds")));
        found += strcmp(json_string_value(json_object_get(entry, "user")), user) == 0 &&
                 strcmp(json_string_value(json_object_get(entry, "route")), route) == 0 &&
                 strcmp(json_string_value(json_object_get(entry, "code")), code) == 0;
    }
    return found;
}

static void who_changed_what_is_kept_and_what_was_tried_in_vain(void **)
{
    assert_int_equal(journal_find("peregrin", "/api/v1/users", "done"), 1);
    assert_int_equal(journal_find("peregrin", "/api/v1/users/{name}/password", "done"), 1);
    assert_int_equal(log_in("marta", "wrong"), 401);
    assert_int_equal(log_in("nobody", "wrong"), 401);
    assert_int_equal(log_in("marta", password), 201);
    as_session();
    assert_int_equal(post("/api/v1/nominations/send", "{\"all\":true}"), 403);
    assert_int_equal(journal_find("marta", "/api/v1/session", "done"), 1);
    assert_int_equal(journal_find("marta", "/api/v1/session", "wrong_login"), 1);
    assert_int_equal(journal_find("?", "/api/v1/session", "wrong_login"), 1);
    assert_int_equal(journal_find("marta", "/api/v1/nominations/send", "not_permitted"), 1);
    assert_string_equal(exchange_text(exchange, "entries[0].about"), "marta");
    assert_string_equal(exchange_text(exchange, "entries[1].about"), "marta");
}

static void an_entry_that_was_changed_no_longer_holds(void **)
{
    struct store *store = exchange->apis[0].store;
    struct bytes first, second;
    as_owner();
    assert_int_equal(post("/api/v1/users/marta", "{\"local\":true}"), 200);
    assert_int_equal(journal_find("peregrin", "/api/v1/users/{name}", "done"), 1);
    assert_int_equal(exchange_begin(&exchange->nodes[0]), FAULT_NONE);
    assert_int_equal(store->value_get(store, "journal/0000000000000001", exchange->arena, &first),
                     FAULT_NONE);
    assert_int_equal(store->value_get(store, "journal/0000000000000002", exchange->arena, &second),
                     FAULT_NONE);
    assert_int_equal(store->value_put(store, "journal/0000000000000001", second), FAULT_NONE);
    exchange_commit(&exchange->nodes[0]);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/audit/log"), 200);
    assert_true(json_is_false(exchange_at(exchange, "entries[0].holds")));
    assert_true(json_is_false(exchange_at(exchange, "entries[1].holds")));
}

static void pages_of_users_and_of_the_journal_follow_one_another(void **)
{
    char body[128];
    as_owner();
    for (int i = 0; i < 5; i++) {
        snprintf(body, sizeof body, "{\"name\":\"user%d\",\"roles\":[\"viewer\"]}", i);
        assert_int_equal(post("/api/v1/users", body), 201);
    }
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users?limit=2"), 200);
    assert_string_equal(exchange_text(exchange, "users[0].name"), "marta");
    assert_string_equal(exchange_text(exchange, "next"), "user0");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users?limit=9&after=user3"), 200);
    assert_string_equal(exchange_text(exchange, "users[0].name"), "user4");
    assert_true(json_is_null(exchange_at(exchange, "next")));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users?after=A%20B"), 400);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/audit/log?last=2"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "entries")), 2);
    assert_int_equal(exchange_number(exchange, "entries[1].number"), 7);
}

static void names_that_cannot_be_are_refused(void **)
{
    static const char *const bad[] = {
        "{\"name\":\"\",\"roles\":[\"viewer\"]}",
        "{\"name\":\"A\",\"roles\":[\"viewer\"]}",
        "{\"name\":\"../x\",\"roles\":[\"viewer\"]}",
        "{\"name\":\"a b\",\"roles\":[\"viewer\"]}",
        "{\"name\":\"-x\",\"roles\":[\"viewer\"]}",
        "{\"name\":\"x\",\"roles\":[]}",
        "{\"name\":\"x\",\"roles\":[\"king\"]}",
        "{\"name\":\"x\",\"roles\":[7]}",
        "{\"name\":\"x\"}",
        "{\"roles\":[\"viewer\"]}",
        "{\"name\":7,\"roles\":[\"viewer\"]}",
        "[]",
        "{\"name\":\"x\",\"roles\":[\"viewer\"],\"units\":[\"no.such\"]}",
        "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"roles\":[\"viewer\"]}",
    };
    as_owner();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int status = post("/api/v1/users", bad[i]);
        if (status < 400 || status > 422)
            fail_msg("%s gave %d", bad[i], status);
    }
    assert_int_equal(post("/api/v1/users", "{\"name\":\"marta\",\"roles\":[\"viewer\"]}"), 409);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/users/%2e%2e"), 404);
}

static void what_one_user_said_is_not_repeated_to_another(void **)
{
    struct exchange_call call = {"POST", "/api/v1/imports", "{\"content\":\"x\"}", "key-1"};
    make_token("{\"name\":\"sync\"}");
    as_owner();
    int first = exchange_call(exchange, 0, call);
    as_token();
    int second = exchange_call(exchange, 0, call);
    assert_int_equal(first, second);
    call.body = "{\"content\":\"y\"}";
    /* Another content under another user's key is no contradiction. */
    assert_int_equal(exchange_call(exchange, 0, call), 409);
    as_owner();
    call.key = "key-2";
    assert_int_equal(exchange_call(exchange, 0, call), first);
    as_token();
    call.body = "{\"content\":\"z\"}";
    assert_int_not_equal(exchange_call(exchange, 0, call), 409);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_login_gives_a_cookie_that_scripts_and_other_sites_do_not_get, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(a_cookie_for_tls_is_not_taken_without_it, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(wrong_name_wrong_password_and_disabled_user_hear_the_same,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_session_ends_with_its_time, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_session_ends_with_logout_and_nobody_takes_it_up_again,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(
            a_session_ends_when_the_user_is_disabled_or_gets_a_new_password, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(passwords_that_are_guessed_at_once_are_refused,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(the_sixth_wrong_password_waits_and_the_right_one_too,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(who_is_kept_out_at_one_address_is_not_at_another,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(an_attack_from_many_addresses_on_one_user_is_slowed_down,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(guessing_tokens_is_slowed_down, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_user_who_asks_too_often_hears_when_to_come_back,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_write_with_a_cookie_needs_the_sessions_twin,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_write_that_another_site_makes_is_refused, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_login_that_another_site_makes_is_refused, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_token_needs_no_twin, open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_token_does_what_its_user_may_and_no_more, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_token_ends_with_its_days_its_revocation_and_its_user,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_token_s_use_is_told_to_the_day, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_secret_is_said_once_and_kept_nowhere, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(other_ways_to_name_oneself_are_refused, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(an_account_of_the_machine_comes_in_only_when_it_was_named,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(
            who_has_logged_in_at_the_proxy_is_that_user_and_nobody_else_is_believed, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(nobody_gives_a_role_that_he_has_not, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_user_sees_only_his_institutions, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(
            a_token_of_one_institution_ends_when_its_user_is_moved_to_another, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(the_whole_node_is_not_for_who_sees_a_part_of_it,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(roles_of_the_whole_node_take_no_institutions, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(who_changed_what_is_kept_and_what_was_tried_in_vain,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(an_entry_that_was_changed_no_longer_holds, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(pages_of_users_and_of_the_journal_follow_one_another,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(names_that_cannot_be_are_refused, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(what_one_user_said_is_not_repeated_to_another,
                                        open_exchange, close_exchange),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
