/* links: base seal record grade trust wire rules channel stream eligibility store engine report sheet elmo admin
 * io */
#include "io/fetch.h"
#include "io/shell.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"
#include "record/codec.h"
#include "unit/network.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { HELMO, HASSELT, PATIENCE_MS = 20000 };

/* --- a node in a process of its own ------------------------------------------------------------
 */

struct serving {
    struct shell *shell;
    char text[256];
};

static enum fault submit(struct serving *serving, const struct http_request *request)
{
    struct event_answer answer;
    struct event_submission submission = {.own = "helmo.be",
                                          .partner = "uhasselt.be",
                                          .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                          .opens = true,
                                          .body = request->body,
                                          .request = bytes_text(request->idempotency_key)};
    TRY(shell_submit(serving->shell, &submission, &answer));
    snprintf(serving->text, sizeof serving->text, "verdict %d repeated %d", answer.verdict,
             answer.repeated);
    return FAULT_NONE;
}

static enum fault count(struct serving *serving)
{
    struct store *store = shell_store(serving->shell);
    struct store_record **records;
    struct engine_partner partner = {0};
    struct arena *arena = arena_open(1 << 24);
    size_t found = 0;
    enum fault fault = store->record_scan(store, 0, 1000, arena, (void *)&records, &found);
    arena_close(arena);
    engine_partner(shell_engine(serving->shell), 0, &partner);
    snprintf(serving->text, sizeof serving->text, "records %zu outbox %llu version %llu", found,
             (unsigned long long)partner.outbox,
             (unsigned long long)shell_membership(serving->shell)->catalogue->version);
    return fault;
}

static enum fault serve(void *self, const struct http_request *request,
                        struct http_response *response)
{
    struct serving *serving = self;
    enum fault fault = FAULT_NONE;
    strcpy(serving->text, "fine");
    struct event ping = {.kind = EVENT_PING, .ping_node = "hasselt"};
    struct event_answer none;
    if (strcmp(request->path, "/submit") == 0)
        fault = submit(serving, request);
    else if (strcmp(request->path, "/count") == 0)
        fault = count(serving);
    else if (strcmp(request->path, "/ping") == 0)
        fault = shell_ask(serving->shell, ping, &none);
    else if (strcmp(request->path, "/break") == 0) {
        fault = submit(serving, request);
        fault = fault ? fault : FAULT_DISK_FULL;
    }
    *response = (struct http_response) {
        .status = 200, .content_type = "text/plain", .body = bytes_text(serving->text)};
    return fault;
}

static enum fault live(const char *config_path, int ready, struct reason *reason)
{
    struct config_problems problems;
    struct config *config;
    struct keeper *keeper;
    struct serving serving = {0};
    if (config_read(config_path, &config, &problems))
        return reason_give(reason, FAULT_CONFIG, "%s", problems.lines[0]);
    struct keeper_settings keys = {config->keys.values, config->keys.count, NULL, -1};
    TRY(keeper_open(&keys, &keeper, reason));
    struct log *log = log_open(STDERR_FILENO, config->node, config->least_level);
    struct shell_settings settings = {
        .config = config, .keeper = keeper, .log = log, .serve = serve, .self = &serving};
    TRY(shell_open(&settings, &serving.shell, reason));
    ssize_t told = write(ready, "", 1);
    close(ready);
    enum fault fault = told == 1 ? shell_run(serving.shell, reason) : FAULT_FILE;
    shell_close(serving.shell);
    keeper_close(keeper);
    log_close(log);
    config_close(config);
    return fault;
}

struct process {
    pid_t id;
    char said[REASON_SIZE]; /* why it would not start */
};

/* Returns when the node is open, or has given up. */
static struct process start(const struct network *network, size_t node)
{
    int ends[2];
    char log[128];
    struct process process = {0};
    assert_int_equal(pipe(ends), 0);
    network_path(network, log, network_nodes[node], ".log");
    process.id = fork();
    if (process.id == 0) {
        struct reason reason = {0};
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves no node behind */
        int file = open(log, O_CREAT | O_APPEND | O_WRONLY, 0600);
        dup2(file, STDERR_FILENO);
        close(ends[0]);
        enum fault fault = live(network->config[node], ends[1], &reason);
        if (fault && write(ends[1], reason.text, sizeof reason.text) < 0)
            _exit(99);
        _exit((int)fault);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], process.said, sizeof process.said);
    assert_true(got > 0);
    close(ends[0]);
    return process;
}

static struct process start_good(const struct network *network, size_t node)
{
    struct process process = start(network, node);
    if (process.said[0])
        fail_msg("%s", process.said);
    return process;
}

static int ended(struct process process)
{
    int status;
    assert_int_equal(waitpid(process.id, &status, 0), process.id);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static int stop(struct process process, int signal_number)
{
    kill(process.id, signal_number);
    return ended(process);
}

/* The answer as text; empty when no node answers. */
static const char *ask(const struct network *network, size_t node, const char *target,
                       struct bytes body, const char *key)
{
    static char text[512];
    char header[64];
    const char *const headers[] = {header};
    snprintf(header, sizeof header, "Idempotency-Key: %s", key ? key : "none");
    struct fetch_request request = {.socket = network->socket[node],
                                    .method = body.data ? "POST" : "GET",
                                    .target = target,
                                    .headers = headers,
                                    .header_count = 1,
                                    .body = body,
                                    .timeout_ms = PATIENCE_MS};
    struct fetch_reply reply;
    text[0] = '\0';
    if (fetch_call(&request, &reply, NULL))
        return text;
    snprintf(text, sizeof text, "%s", (const char *)reply.body.data);
    fetch_free(&reply);
    return text;
}

static const char *look(const struct network *network, size_t node)
{
    return ask(network, node, "/count", (struct bytes) {0}, NULL);
}

static void print_logs(const struct network *network)
{
    for (size_t i = 0; i < NETWORK_NODES; i++) {
        char path[128];
        struct bytes log;
        network_path(network, path, network_nodes[i], ".log");
        if (file_read(path, 1 << 20, &log, NULL))
            continue;
        print_error("%s", (const char *)log.data);
        file_free(&log);
    }
}

static void await(const struct network *network, size_t node, const char *wanted)
{
    int64_t end = clock_steady_ms() + PATIENCE_MS;
    while (!strstr(look(network, node), wanted))
        if (clock_steady_ms() > end) {
            print_logs(network);
            fail_msg("waited for `%s`, have `%s`", wanted, look(network, node));
        }
}

static struct bytes nomination(const struct network *network, const char *name)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination body = PEREGRIN__NOMINATION__INIT;
    person.family_name = arena_text(network->arena, bytes_text(name));
    person.given_names = (char *)(uintptr_t) "Jana";
    person.birth_date = (char *)(uintptr_t) "2004-02-29";
    person.has_gender = true;
    person.gender = 2;
    person.nationality = (char *)(uintptr_t) "CZ";
    person.email = (char *)(uintptr_t) "jana@student.example";
    body.person = &person;
    body.has_mobility = body.has_term = body.has_eqf = true;
    body.mobility = body.term = 1;
    body.eqf = 6;
    body.year = (char *)(uintptr_t) "2026/2027";
    body.isced_f = (char *)(uintptr_t) "0913";
    return codec_pack(&body.base, network->arena);
}

static void submit_one(const struct network *network, const char *name)
{
    const char *said = ask(network, HELMO, "/submit", nomination(network, name), name);
    if (strcmp(said, "verdict 0 repeated 0") != 0)
        fail_msg("%s", said);
}

static int make_network(void **state)
{
    static struct network network;
    network_make(&network);
    *state = &network;
    return 0;
}

static int remove_network(void **state)
{
    network_remove(*state);
    return 0;
}

/* --- the claims
 * ------------------------------------------------------------------------------------ */

static void a_record_submitted_here_arrives_there_and_is_receipted(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO), hasselt = start_good(network, HASSELT);
    submit_one(network, "Nováková");
    submit_one(network, "Dvořák");
    await(network, HASSELT, "records 2");
    await(network, HELMO, "records 2 outbox 0");
    assert_string_equal(ask(network, HELMO, "/ping", (struct bytes) {0}, NULL), "fine");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    assert_int_equal(stop(hasselt, SIGTERM), 0);
}

static void what_was_answered_survives_a_kill(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO);
    submit_one(network, "Nováková");
    assert_int_equal(stop(helmo, SIGKILL), 1000 + SIGKILL);
    helmo = start_good(network, HELMO);
    const char *said = ask(network, HELMO, "/submit", nomination(network, "Nováková"), "Nováková");
    assert_string_equal(said, "verdict 0 repeated 1");
    struct process hasselt = start_good(network, HASSELT);
    await(network, HASSELT, "records 1");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    assert_int_equal(stop(hasselt, SIGTERM), 0);
}

static void what_waits_is_kept_over_a_stop(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO);
    submit_one(network, "Nováková");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    struct process hasselt = start_good(network, HASSELT);
    helmo = start_good(network, HELMO);
    await(network, HASSELT, "records 1");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    assert_int_equal(stop(hasselt, SIGTERM), 0);
}

static void a_group_that_fails_leaves_nothing_and_the_node_goes_on(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO), hasselt = start_good(network, HASSELT);
    submit_one(network, "Nováková");
    await(network, HASSELT, "records 1");
    struct bytes lost = nomination(network, "Dvořák");
    const char *said = ask(network, HELMO, "/break", lost, "lost");
    assert_non_null(strstr(said, "\"code\":\"disk_full\""));
    await(network, HELMO, "records 1 outbox 0");
    said = ask(network, HELMO, "/submit", lost, "lost");
    assert_string_equal(said, "verdict 0 repeated 0");
    await(network, HASSELT, "records 2");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    assert_int_equal(stop(hasselt, SIGTERM), 0);
}

/* A disk that is full, as far as this process can tell. */
static void limit_files(struct process process, rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(prlimit(process.id, RLIMIT_FSIZE, NULL, &limit), 0);
    limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
    assert_int_equal(prlimit(process.id, RLIMIT_FSIZE, &limit, NULL), 0);
}

static void a_commit_that_fails_is_told_and_the_node_goes_on(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO), hasselt = start_good(network, HASSELT);
    submit_one(network, "Nováková");
    await(network, HELMO, "records 1 outbox 0");
    struct bytes lost = nomination(network, "Dvořák");
    limit_files(helmo, 1);
    const char *said = ask(network, HELMO, "/submit", lost, "lost");
    assert_non_null(strstr(said, "{\"error\":{\"code\":\""));
    limit_files(helmo, RLIM_INFINITY);
    await(network, HELMO, "records 1 outbox 0");
    said = ask(network, HELMO, "/submit", lost, "lost");
    assert_string_equal(said, "verdict 0 repeated 0");
    await(network, HASSELT, "records 2");
    await(network, HELMO, "records 2 outbox 0");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    assert_int_equal(stop(hasselt, SIGTERM), 0);
}

static void a_second_node_on_one_database_is_refused(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO), second = start(network, HELMO);
    assert_non_null(strstr(second.said, "database: "));
    assert_int_equal(ended(second), FAULT_TAKEN);
    assert_string_not_equal(look(network, HELMO), "");
    assert_int_equal(stop(helmo, SIGTERM), 0);
}

static void an_older_catalogue_is_never_believed_again(void **state)
{
    struct network *network = *state;
    struct process helmo = start_good(network, HELMO);
    network_catalogue(network, 9);
    kill(helmo.id, SIGHUP);
    await(network, HELMO, "version 9");
    network_catalogue(network, 8);
    kill(helmo.id, SIGHUP);
    submit_one(network, "Nováková");
    assert_non_null(strstr(look(network, HELMO), "version 9"));
    assert_int_equal(stop(helmo, SIGTERM), 0);
    helmo = start(network, HELMO);
    assert_non_null(strstr(helmo.said, "is not believed"));
    assert_int_equal(ended(helmo), FAULT_CONFIG);
    network_catalogue(network, 9);
    helmo = start_good(network, HELMO);
    assert_int_equal(stop(helmo, SIGTERM), 0);
}

static void a_database_that_cannot_be_used_stops_the_start_with_a_remedy(void **state)
{
    struct network *network = *state;
    network_put(network, "helmo.db", 0600,
                bytes_text("this was a shopping list, once upon a time"));
    struct process helmo = start(network, HELMO);
    assert_non_null(strstr(helmo.said, "helmo.db: the database is damaged; stop the node"));
    assert_int_equal(ended(helmo), FAULT_CORRUPT);
}

/* Whether this node fits into the catalogue, before anything is opened to the world. */
static void a_node_that_does_not_fit_the_catalogue_says_why(void **state)
{
    struct network *network = *state;
    static const struct {
        const char *name, *value, *said;
        size_t further; /* of several values of this name */
    } cases[] = {
        {"node", "nobody", "`nobody` is not in the catalogue", 0},
        {"node", "hasselt", "`helmo.be` is served by `helmo`", 0},
        {"institutions", "itg.be", "`itg.be` is not in the catalogue", 0},
        {"institutions", "uhasselt.be", "`uhasselt.be` is served by `hasselt`", 0},
        {"network", "other", "is of the network `demo`", 0},
        {"listen", "none", "is to listen nowhere", 0},
        {"keys", "uhasselt.be.sign.key", "none is the signing key `k1`", 0},
        {"keys", "hasselt.transport.key", "none is the transport key `k1`", 1},
        {"anchor", "0000000000000000000000000000000000000000000000000000000000000000",
         "is not believed", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct setting_value values[] = {
            {"node", "helmo"},
            {"network", "demo"},
            {"institutions", "helmo.be"},
            {"listen", network->listen[HELMO]},
            {"database", "other.db"},
            {"anchor", network->anchor},
            {"keys", "helmo.be.sign.key"},
            {"keys", "helmo.transport.key"},
        };
        size_t place = 0;
        while (strcmp(values[place].name, cases[i].name) != 0)
            place++;
        values[place + cases[i].further].value = cases[i].value;
        const char *text = setting_compose(values, sizeof values / sizeof *values, network->arena);
        network_put(network, "helmo.conf", 0644, bytes_text(text));
        struct process helmo = start(network, HELMO);
        if (!strstr(helmo.said, cases[i].said))
            fail_msg("%s: %s", cases[i].said, helmo.said);
        assert_int_not_equal(ended(helmo), 0);
    }
}

static void the_log_says_what_a_person_must_do_and_names_none(void **state)
{
    struct network *network = *state;
    char path[128];
    struct bytes log;
    struct process helmo = start_good(network, HELMO), hasselt = start_good(network, HASSELT);
    submit_one(network, "Quixotova");
    await(network, HELMO, "records 1 outbox 0");
    assert_int_equal(stop(helmo, SIGTERM), 0);
    assert_int_equal(stop(hasselt, SIGTERM), 0);
    for (size_t i = 0; i < NETWORK_NODES; i++) {
        network_path(network, path, network_nodes[i], ".log");
        assert_int_equal(file_read(path, 1 << 20, &log, NULL), FAULT_NONE);
        assert_non_null(strstr((const char *)log.data, "\"text\":\"ready: "));
        assert_non_null(strstr((const char *)log.data, "expires within three days"));
        assert_null(strstr((const char *)log.data, "Quixotova"));
        assert_null(strstr((const char *)log.data, "student.example"));
        file_free(&log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_record_submitted_here_arrives_there_and_is_receipted,
                                        make_network, remove_network),
        cmocka_unit_test_setup_teardown(what_was_answered_survives_a_kill, make_network,
                                        remove_network),
        cmocka_unit_test_setup_teardown(what_waits_is_kept_over_a_stop, make_network,
                                        remove_network),
        cmocka_unit_test_setup_teardown(a_group_that_fails_leaves_nothing_and_the_node_goes_on,
                                        make_network, remove_network),
        cmocka_unit_test_setup_teardown(a_commit_that_fails_is_told_and_the_node_goes_on,
                                        make_network, remove_network),
        cmocka_unit_test_setup_teardown(a_second_node_on_one_database_is_refused, make_network,
                                        remove_network),
        cmocka_unit_test_setup_teardown(an_older_catalogue_is_never_believed_again, make_network,
                                        remove_network),
        cmocka_unit_test_setup_teardown(
            a_database_that_cannot_be_used_stops_the_start_with_a_remedy, make_network,
            remove_network),
        cmocka_unit_test_setup_teardown(a_node_that_does_not_fit_the_catalogue_says_why,
                                        make_network, remove_network),
        cmocka_unit_test_setup_teardown(the_log_says_what_a_person_must_do_and_names_none,
                                        make_network, remove_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
