/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
#include "cli/cli.h"
#include "cli/cli_table.h"
#include "command/command.h"
#include "command/command_flag.h"
#include "record/dossier.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

enum { REPLIES_MAX = 16, CALLS_MAX = 64, FILES_MAX = 4, WORDS_MAX = 24 };

/* A world in memory: what the node says to whom, which files there are, and what was asked. */
struct reply {
    const char *method, *path; /* the path may go on behind this */
    unsigned status;
    const char *body;
};
struct call {
    char method[8], path[256], key[128];
    char *body;
};
struct world {
    struct reply replies[REPLIES_MAX];
    size_t reply_count;
    struct call calls[CALLS_MAX];
    size_t call_count;
    struct {
        const char *path;
        struct bytes content;
    } files[FILES_MAX];
    size_t file_count;
    int64_t now_us;
    const char *answer; /* of the person; NULL: nobody */
    bool no_node;
    char *out, *err;
    size_t out_size, err_size;
};

static bool has_successor(const struct world *world, size_t index)
{
    const struct reply *one = &world->replies[index];
    for (size_t i = index + 1; i < world->reply_count; i++)
        if (world->replies[i].path && strcmp(world->replies[i].path, one->path) == 0 &&
            strcmp(world->replies[i].method, one->method) == 0)
            return true;
    return false;
}

static bool is_scripted(const struct world *world, const struct command_request *request)
{
    for (size_t i = 0; i < world->reply_count; i++)
        if (world->replies[i].path &&
            strncmp(world->replies[i].path, request->path, strlen(world->replies[i].path)) == 0)
            return true;
    return false;
}

/* Where no search is scripted, whoever is looked for is a dossier of that name. */
static enum fault fake_search(const struct command_request *request, struct arena *arena,
                              struct command_reply *reply)
{
    json_t *body = json_loadb((const char *)request->body.data, request->body.size, 0, NULL);
    const char *text = json_string_value(json_object_get(body, "text"));
    char *found =
        arena_format(arena, "{\"nominations\":[{\"dossier\":\"%s\"}],\"next\":null}", text);
    json_decref(body);
    *reply = (struct command_reply) {200, bytes_text(found)};
    return FAULT_NONE;
}

/* The first reply that fits; it goes once it was used, where another waits behind it. */
static enum fault fake_call(void *self, const struct command_request *request, struct arena *arena,
                            struct command_reply *reply)
{
    struct world *world = self;
    if (world->no_node)
        return FAULT_NETWORK;
    static const char search[] = "/api/v1/nominations/search";
    if (strncmp(request->path, search, sizeof search - 1) == 0 && !is_scripted(world, request))
        return fake_search(request, arena, reply);
    assert_true(world->call_count < CALLS_MAX);
    struct call *call = &world->calls[world->call_count++];
    snprintf(call->method, sizeof call->method, "%s", request->method);
    snprintf(call->path, sizeof call->path, "%s", request->path);
    snprintf(call->key, sizeof call->key, "%s",
             request->idempotency_key ? request->idempotency_key : "");
    call->body = request->body.size ? strndup((const char *)request->body.data, request->body.size)
                                    : strdup("");
    for (size_t i = 0; i < world->reply_count; i++) {
        struct reply *one = &world->replies[i];
        if (!one->path || strcmp(one->method, request->method) != 0 ||
            strncmp(one->path, request->path, strlen(one->path)) != 0)
            continue;
        *reply = (struct command_reply) {one->status, arena_copy(arena, bytes_text(one->body))};
        if (has_successor(world, i))
            one->path = NULL;
        return FAULT_NONE;
    }
    print_error("nobody answers %s %s\n", request->method, request->path);
    return FAULT_NETWORK;
}

static int fake_read(void *self, const char *path, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    struct world *world = self;
    for (size_t i = 0; i < world->file_count; i++) {
        if (strcmp(world->files[i].path, path) != 0)
            continue;
        if (world->files[i].content.size > size_max)
            return EFBIG;
        *out = (struct command_file) {arena_copy(arena, world->files[i].content), 0600};
        return 0;
    }
    return ENOENT;
}

static int fake_write(void *, const char *path, const struct command_file *, bool)
{
    return strncmp(path, "open/", 5) == 0 ? 0 : EACCES;
}

static int fake_directory(void *, const char *, unsigned)
{
    return EACCES;
}

static struct instant fake_now(void *self)
{
    struct world *world = self;
    world->now_us += 1000;
    return (struct instant) {world->now_us};
}

static void fake_random(void *, uint8_t *out, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (uint8_t)(i + 1);
}

static void fake_wait(void *self, unsigned ms)
{
    ((struct world *)self)->now_us += (int64_t)ms * 1000;
}

static bool fake_ask(void *self, const char *prompt, bool, char *out, size_t size)
{
    struct world *world = self;
    assert_non_null(prompt);
    if (!world->answer)
        return false;
    snprintf(out, size, "%s", world->answer);
    return true;
}

static const char *fake_sample(void *, const struct command_setting *, size_t, struct arena *)
{
    return "a sample\n";
}

static bool fake_check(void *, const char *, struct arena *, struct command_config *out)
{
    *out = (struct command_config) {.socket = "/from/configuration", .database = "d"};
    return true;
}

static const char *fake_explain(void *, const char *, struct arena *)
{
    return NULL;
}

static struct world new_world(void)
{
    return (struct world) {.now_us = 1795300000000000};
}

static void say(struct world *world, const char *method, const char *path, unsigned status,
                const char *body)
{
    assert_true(world->reply_count < REPLIES_MAX);
    world->replies[world->reply_count++] = (struct reply) {method, path, status, body};
}

static void put_file(struct world *world, const char *path, const char *content)
{
    world->files[world->file_count].path = path;
    world->files[world->file_count++].content = bytes_text(content);
}

/* Runs a line of words parted by single blanks; `~` in a word stands for a blank. */
static const char *fake_near(void *, const char *name)
{
    return strcmp(name, "lisen") == 0 ? "listen" : NULL;
}

static struct bytes fake_view(void *, const char *path, struct arena *)
{
    if (strcmp(path, "bad.conf") == 0)
        return bytes_text("{\"schema\":1,\"problems\":[\"bad.conf:3: no\",\"bad.conf:5: nor\"],"
                          "\"remedy\":\"mend the lines named\"}");
    return bytes_text("{\"schema\":1,\"settings\":[{\"name\":\"node\",\"value\":\"n\","
                      "\"origin\":\"c:2\"},{\"name\":\"keys\",\"value\":[\"/a\",\"/b\"],"
                      "\"origin\":\"default\"}]}");
}

/* Fine for the configuration `fine.conf`; otherwise a key is wrong. */
static struct bytes fake_doctor(void *, const struct command_doctor *what, struct arena *arena)
{
    bool fine = what->config && strcmp(what->config, "fine.conf") == 0;
    return bytes_text(arena_format(
        arena,
        "{\"schema\":1,\"checks\":[{\"group\":\"keys\",\"code\":\"key_file\",\"title\":\"private\","
        "\"subject\":\"sign.key\",\"state\":\"%s\",\"what\":\"mode 0644 %s %s %s\",\"remedy\":"
        "\"chmod 600\"}]}",
        fine ? "fine" : "failed", what->socket ? what->socket : "no socket",
        what->partner ? what->partner : "", what->deep ? "deep" : ""));
}

static void fake_reach(void *, const char *endpoint, unsigned, struct arena *,
                       struct command_reach *out)
{
    *out = (struct command_reach) {.connect_us = 1200, .greeting_us = 340};
    if (strcmp(endpoint, "tcp://192.0.2.1:1") == 0)
        *out = (struct command_reach) {.failed = "connect", .why = "Connection refused"};
}

static enum command_exit run(struct world *world, const char *line)
{
    char *words[WORDS_MAX + 1] = {strdup("peregrin")}, *copy = strdup(line), *rest = NULL;
    int count = 1;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < WORDS_MAX);
        words[count] = strdup(word);
        for (char *letter = words[count++]; *letter; letter++)
            *letter = *letter == '~' ? ' ' : *letter;
    }
    free(world->out);
    free(world->err);
    world->out = world->err = NULL;
    struct command_port port = {
        .self = world,
        .call = fake_call,
        .read_file = fake_read,
        .write_file = fake_write,
        .make_directory = fake_directory,
        .now = fake_now,
        .random = fake_random,
        .wait = fake_wait,
        .ask = fake_ask,
        .config_sample = fake_sample,
        .config_check = fake_check,
        .config_explain = fake_explain,
        .config_near = fake_near,
        .config_view = fake_view,
        .doctor = fake_doctor,
        .reach = fake_reach,
        .out = open_memstream(&world->out, &world->out_size),
        .err = open_memstream(&world->err, &world->err_size),
        .asks = world->answer,
        .socket = "/node.sock",
        .version = "9.9",
    };
    enum command_exit status = cli_run(&port, count, words);
    fclose(port.out);
    fclose(port.err);
    while (count--)
        free(words[count]);
    free(copy);
    return status;
}

static void end(struct world *world)
{
    for (size_t i = 0; i < world->call_count; i++)
        free(world->calls[i].body);
    free(world->out);
    free(world->err);
}

static void assert_says(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_error("no \"%s\" in:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static json_t *body_of(const struct call *call)
{
    json_t *value = json_loads(call->body, 0, NULL);
    assert_non_null(value);
    return value;
}

/* ---- how it speaks */

/* A partner, a file or a slip of the keyboard wrote it: a terminal would obey it. */
static void what_a_terminal_obeys_is_never_said(void **)
{
    static const char hidden[] =
        "{\"error\":{\"code\":\"internal\",\"exit\":1,\"message\":\"A\\u001b[2JB \\u009b \\u202e\","
        "\"hint\":\"C\\u0007D\",\"field\":\"E\\u001bF\"}}";
    static const char *const obeyed[] = {"\x1b", "\a", "\xC2\x9B", "\xE2\x80\xAE"};
    struct world world = new_world();
    say(&world, "GET", "/api/v1/status", 500, hidden);
    assert_int_equal(run(&world, "status"), COMMAND_UNEXPECTED);
    assert_says(world.err, "A\uFFFD[2JB");
    for (size_t i = 0; i < sizeof obeyed / sizeof *obeyed; i++)
        assert_null(strstr(world.err, obeyed[i]));
    assert_int_equal(run(&world, "catalogue show no\x1b[2Jfile"), COMMAND_NOT_FOUND);
    assert_null(strchr(world.err, 0x1B));
    end(&world);
}

/* A person typed --amount, and never heard of cents. */
static void a_sum_that_does_not_fit_is_told_as_the_flag_that_was_typed(void **)
{
    static const char *const lines[] = {"envelope lower 3 --amount 0 --reason r",
                                        "envelope open E --amount 0", "call open C --amount 0.00"};
    struct world world = new_world();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(run(&world, lines[i]), COMMAND_USAGE);
        assert_says(world.err, "--amount: `0");
    }
    assert_int_equal(world.call_count, 0);
    say(&world, "POST", "/api/v1/grants/2/allot", 409,
        "{\"error\":{\"code\":\"envelope_spent\",\"exit\":7,\"message\":\"10.00 left\","
        "\"hint\":\"wait\",\"field\":\"amount_cents\"}}");
    assert_int_equal(run(&world, "grant allot 2"), COMMAND_REFUSED);
    assert_says(world.err, "Field:  --amount");
    assert_int_equal(run(&world, "grant allot 2 --json"), COMMAND_REFUSED);
    assert_says(world.err, "\"field\": \"amount_cents\"");
    end(&world);
}

/* The node knows what it would refuse: it is asked, without a key, and says so. */
static void a_dry_run_ends_as_the_act_would(void **)
{
    static const char *const lines[] = {"envelope lower 1 --amount 99999 --reason r",
                                        "envelope raise 1 --amount 9 --reason r",
                                        "grant release 999 --reason r",
                                        "grant return 999",
                                        "group add BAD nowhere.example",
                                        "group drop south uni-y.example",
                                        "partner add z.example --name Z --country BE --email bad"};
    char line[128];
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct world world = new_world();
        snprintf(line, sizeof line, "%s -n --json", lines[i]);
        say(&world, "POST", "/api/v1/", 409,
            "{\"error\":{\"code\":\"c\",\"exit\":7,\"message\":\"no\",\"hint\":\"h\"}}");
        say(&world, "POST", "/api/v1/", 200, "{\"schema\":1,\"group\":{}}");
        assert_int_equal(run(&world, line), COMMAND_REFUSED);
        assert_int_equal(run(&world, line), COMMAND_DONE);
        assert_string_equal(world.calls[1].key, "");
        assert_says(world.calls[1].body, "\"dry_run\":true");
        json_t *said = json_loads(world.out, 0, NULL);
        assert_true(json_is_true(json_object_get(said, "dry_run")));
        assert_true(json_is_object(json_object_get(said, "group")));
        json_decref(said);
        end(&world);
    }
}

static void a_dry_run_gives_an_object_to_programs(void **)
{
    static const char *const lines[] = {
        "user add x --role coordinator", "unit add X", "grant apply P --call 1 --kind studies",
        "stay depart 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --date 2026-01-01", "group remove south"};
    char line[128];
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct world world = new_world();
        snprintf(line, sizeof line, "%s -n --json --no-input", lines[i]);
        assert_int_equal(run(&world, line), COMMAND_DONE);
        json_t *said = json_loads(world.out, 0, NULL);
        assert_true(json_is_string(json_object_get(said, "would")));
        json_decref(said);
        end(&world);
    }
}

/* A sentence for people, or an object for programs: never one behind the other. */
static void a_dossier_is_given_to_a_unit_in_one_tongue(void **)
{
    static const char line[] = "nomination assign 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --unit health";
    static const char path[] = "/api/v1/nominations/01KAMB3Q8W2T5Y7Z9C4D6F8G0H/unit";
    static const char reply[] =
        "{\"schema\":1,\"dossier\":\"01KAMB3Q8W2T5Y7Z9C4D6F8G0H\",\"unit\":\"health\"}";
    char with_json[128];
    snprintf(with_json, sizeof with_json, "%s --json", line);
    for (int json = 0; json <= 1; json++) {
        struct world world = new_world();
        say(&world, "POST", path, 200, reply);
        assert_int_equal(run(&world, json ? with_json : line), COMMAND_DONE);
        assert_true((strstr(world.out, "belongs to the unit health") != NULL) != json);
        assert_true((strchr(world.out, '{') != NULL) == json);
        end(&world);
    }
}

/* What is written into a file is told to programs as well. */
static void a_calendar_that_was_written_is_told_under_json(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/calendars/agreements", 200, "BEGIN:VCALENDAR\r\n");
    assert_int_equal(run(&world, "agreement ical open/ends.ics --json"), COMMAND_DONE);
    assert_says(world.out, "\"file\": \"open/ends.ics\"");
    end(&world);
}

/* Under --json an error is JSON, whatever was typed. */
static void an_error_about_what_is_no_utf8_is_json(void **)
{
    char line[1200] = "nomi\xFFnation --json";
    struct world world = new_world();
    assert_int_equal(run(&world, line), COMMAND_USAGE);
    assert_says(world.err, "\"code\": \"usage\"");
    strcpy(line, "--json ");
    for (size_t i = 0; i < 501; i++)
        strcat(line, "\u00e9");
    for (size_t shift = 0; shift < 2; shift++) {
        strcat(line, "x"); /* the sentence is cut within a letter */
        memmove(line + 8, line + 7, strlen(line + 7) + 1);
        line[7] = 'y';
        assert_int_equal(run(&world, line), COMMAND_USAGE);
        assert_says(world.err, "\"code\": \"usage\"");
    }
    end(&world);
}

/* ---- the table and its parser */

static void every_example_in_the_table_is_read_as_its_own_row(void **)
{
    const struct command_row *row;
    for (size_t i = 0; (row = cli_table_row(i)); i++) {
        assert_non_null(row->run);
        assert_non_null(row->summary);
        assert_ptr_equal(cli_table_find(row->noun, row->verb), row);
        char *copy = strdup(row->example), *rest = NULL;
        assert_string_equal(strtok_r(copy, " ", &rest), row->noun);
        if (row->verb)
            assert_string_equal(strtok_r(NULL, " ", &rest), row->verb);
        for (char *word = strtok_r(NULL, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
            bool flag = strncmp(word, "--", 2) == 0 && word[2];
            if (flag && !command_flag_find(row, word + 2, strlen(word + 2)))
                print_error("%s: no flag %s\n", row->example, word);
            assert_true(!flag || command_flag_find(row, word + 2, strlen(word + 2)));
        }
        free(copy);
    }
}

static void a_state_can_be_asked_for_by_each_of_its_words(void **)
{
    const struct command_row *row = cli_table_find("nomination", "list");
    const char *words = command_flag_words(command_flag_find(row, "state", 5));
    assert_true(command_flag_has_word(words, "ready"));
    uint64_t states = dossier_family_states(KIND_MOBILITY);
    for (enum dossier_state state = 0; state < DOSSIER_STATE_COUNT; state++)
        assert_int_equal(command_flag_has_word(words, dossier_state_code(state)),
                         states >> state & 1);
    assert_false(command_flag_has_word(words, "pend"));
    assert_false(command_flag_has_word(words, "pending|accepted"));
}

static void a_word_that_a_flag_does_not_take_never_reaches_the_node(void **)
{
    struct world world = new_world();
    assert_int_equal(run(&world, "nomination list --state pendign"), COMMAND_USAGE);
    assert_says(world.err, "did you mean pending?");
    assert_int_equal(run(&world, "nomination list --direction sideways"), COMMAND_USAGE);
    assert_says(world.err, "give incoming or outgoing");
    assert_int_equal(run(&world, "nomination lsit --plain --state pending"), COMMAND_USAGE);
    assert_says(world.err, "did you mean `peregrin nomination list --plain --state pending`?");
    assert_int_equal(world.call_count, 0);
    end(&world);
}

static bool stop_soon(void *)
{
    static int calls;
    return ++calls > 1;
}

/* What was said before Ctrl-C stays said; the rest is as it was, and that is told. */
static void ctrl_c_tells_what_was_done_and_what_not(void **)
{
    struct world world = new_world();
    char *words[] = {"peregrin",
                     "nomination",
                     "accept",
                     "01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
                     "01KAMB3Q8W2T5Y7Z9C4D6F8G0J",
                     NULL};
    char *out, *err;
    size_t size;
    say(&world, "POST", "/api/v1/nominations/", 201, "{\"ready\":false}");
    struct command_port port = {.self = &world,
                                .call = fake_call,
                                .now = fake_now,
                                .random = fake_random,
                                .stopped = stop_soon,
                                .out = open_memstream(&out, &size),
                                .err = open_memstream(&err, &size),
                                .socket = "/node.sock"};
    assert_int_equal(cli_run(&port, 5, words), COMMAND_INTERRUPTED);
    fclose(port.out);
    fclose(port.err);
    assert_says(err, "Interrupted: 1 of 2 accepted; the others are as they were.");
    assert_int_equal(world.call_count, 1);
    free(out);
    free(err);
    end(&world);
}

static void no_flag_of_a_row_hides_a_common_one(void **)
{
    const struct command_row *row;
    for (size_t i = 0; (row = cli_table_row(i)); i++)
        for (const struct command_flag *flag = row->flags; flag && flag->name; flag++) {
            assert_null(command_flag_find(NULL, flag->name, strlen(flag->name)));
            assert_true(!flag->letter || !command_flag_letter(NULL, flag->letter));
            assert_ptr_equal(command_flag_find(row, flag->name, strlen(flag->name)), flag);
        }
}

static void flags_stand_anywhere_and_in_both_forms(void **)
{
    static const char *const lines[] = {
        "nomination list --direction incoming --json",
        "--json nomination list --direction=incoming",
        "nomination --json list --direction=incoming --socket /other"};
    for (size_t i = 0; i < 3; i++) {
        struct world world = new_world();
        say(&world, "GET", "/api/v1/nominations", 200, "{\"nominations\":[],\"next\":null}");
        assert_int_equal(run(&world, lines[i]), COMMAND_DONE);
        assert_string_equal(world.calls[0].path,
                            "/api/v1/nominations?direction=incoming&limit=200");
        end(&world);
    }
}

static void behind_two_dashes_nothing_is_a_flag(void **)
{
    struct world world = new_world();
    assert_int_equal(run(&world, "key show -- --json"), COMMAND_NOT_FOUND);
    assert_says(world.err, "--json: No such file");
    end(&world);
}

static void a_switch_takes_no_value_and_a_flag_wants_one(void **)
{
    struct world world = new_world();
    assert_int_equal(run(&world, "status --json=yes"), COMMAND_USAGE);
    assert_int_equal(run(&world, "partner ping x --timeout"), COMMAND_USAGE);
    assert_int_equal(run(&world, "partner ping x --timeout 0"), COMMAND_USAGE);
    assert_int_equal(world.call_count, 0);
    end(&world);
}

/* ---- what the node says */

static void a_list_is_fetched_page_by_page(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/nominations", 200,
        "{\"nominations\":[{\"dossier\":\"A1\",\"state\":\"pending\"}],\"next\":\"a/b\"}");
    say(&world, "GET", "/api/v1/nominations", 200,
        "{\"nominations\":[{\"dossier\":\"B2\",\"state\":\"accepted\"}],\"next\":null}");
    assert_int_equal(run(&world, "nomination list"), COMMAND_DONE);
    assert_says(world.out, "A1");
    assert_says(world.out, "B2");
    assert_string_equal(world.calls[1].path, "/api/v1/nominations?limit=200&after=a%2Fb");
    assert_int_equal(world.call_count, 2);
    end(&world);
}

static void an_error_of_the_node_keeps_its_status_and_remedy(void **)
{
    static const char error[] = "{\"error\":{\"code\":\"not_found\",\"exit\":6,\"message\":"
                                "\"no such dossier\",\"hint\":\"look at the list\"}}";
    struct world world = new_world();
    say(&world, "GET", "/api/v1/nominations/X", 404, error);
    assert_int_equal(run(&world, "nomination show X"), COMMAND_NOT_FOUND);
    assert_says(world.err, "no such dossier");
    assert_says(world.err, "look at the list");
    assert_string_equal(world.out, "");
    assert_int_equal(run(&world, "nomination show X --json"), COMMAND_NOT_FOUND);
    json_t *value = json_loads(world.err, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(value, "error"), "exit")),
                     6);
    json_decref(value);
    end(&world);
}

static void a_status_that_is_none_of_ours_is_unexpected(void **)
{
    static const char *const bodies[] = {"{\"error\":{\"code\":\"x\",\"exit\":0}}",
                                         "{\"error\":{\"code\":\"x\",\"exit\":77}}", "<html>",
                                         "[]"};
    for (size_t i = 0; i < 4; i++) {
        struct world world = new_world();
        say(&world, "GET", "/api/v1/status", i == 3 ? 200 : 500, bodies[i]);
        assert_int_equal(run(&world, "status"), COMMAND_UNEXPECTED);
        end(&world);
    }
}

static void a_node_that_is_not_there_is_said_with_its_socket(void **)
{
    struct world world = new_world();
    world.no_node = true;
    assert_int_equal(run(&world, "status"), COMMAND_NO_NODE);
    assert_says(world.err, "/node.sock");
    assert_int_equal(run(&world, "status -c file"), COMMAND_NO_NODE);
    assert_says(world.err, "/from/configuration");
    end(&world);
}

static const char status_body[] =
    "{\"schema\":1,\"node\":\"n\",\"network\":\"demo\",\"version\":\"1\","
    "\"started_at\":\"2026-11-21T20:00:00Z\",\"now\":\"2026-11-21T22:00:00Z\","
    "\"catalogue\":{\"version\":3,\"expires_at\":\"2026-12-05T00:00:00Z\",\"institutions\":5},"
    "\"institutions\":[\"helmo.be\"],\"totals\":{\"outbox\":4,\"stuck\":1,\"ready\":0,\"drafts\":2},"
    "\"partners\":[{\"partner\":\"qmu.kz\",\"state\":\"away\",\"outbox\":4,\"stuck\":1,\"ready\":0,"
    "\"last_heard\":null,\"sentence\":\"not reachable: it is tried again\"}],\"counters\":{}}";

static void the_status_says_who_must_act(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/status", 200, status_body);
    assert_int_equal(run(&world, "status"), COMMAND_DONE);
    assert_says(world.out, "helmo.be on node n of federation demo");
    assert_says(world.out, "qmu.kz");
    assert_says(world.out, "not reachable: it is tried again");
    assert_says(world.err, "Next:  peregrin outbox list");
    assert_int_equal(run(&world, "status -q"), COMMAND_DONE);
    assert_string_equal(world.err, "");
    assert_int_equal(run(&world, "status --json"), COMMAND_DONE);
    json_t *said = json_loads(world.out, 0, NULL), *sent = json_loads(status_body, 0, NULL);
    assert_true(json_equal(said, sent));
    json_decref(said);
    json_decref(sent);
    end(&world);
}

static void plain_tables_have_tabs_and_no_heading(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/drafts", 200,
        "{\"drafts\":[{\"number\":7,\"partner\":\"a.example\",\"changed_at\":"
        "\"2026-11-21T20:00:00Z\"}],\"next\":null}");
    assert_int_equal(run(&world, "draft list --plain -q"), COMMAND_DONE);
    assert_string_equal(world.out, "7\ta.example\t\t\t\t\t\t2026-11-21T20:00:00Z\n");
    end(&world);
}

static void a_partner_s_text_cannot_steer_the_terminal(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/nominations/X", 200,
        "{\"dossier\":\"X\",\"state\":\"pending\",\"nomination\":{\"comment\":\"a\\u001b[2Jb\"},"
        "\"records\":[{\"lane\":0,\"index\":0,\"kind\":\"\\u001b]0;x\"}]}");
    say(&world, "GET", "/api/v1/nominations/Y", 200,
        "{\"dossier\":\"Y\",\"family_name\":\"a\\u009bb\",\"transcript\":\"7\","
        "\"records\":[{\"id\":\"7\",\"lane\":1,\"index\":1,"
        "\"kind\":\"credit_record\",\"issuer\":\"\\u001bc\"}]}");
    assert_int_equal(run(&world, "nomination show X"), COMMAND_DONE);
    assert_null(strchr(world.out, '\033'));
    assert_int_equal(run(&world, "transcript show Y"), COMMAND_DONE);
    assert_null(strchr(world.out, '\033'));
    assert_null(strstr(world.out, "\xC2\x9B"));
    end(&world);
}

/* To a program the text is the same; a terminal finds nothing in it to obey. */
static void json_and_csv_cannot_steer_the_terminal_either(void **)
{
    static const char entries[] =
        "{\"entries\":[{\"number\":1,\"holds\":true,"
        "\"user\":\"\\u00e9\\u009b1m\\u007f\",\"about\":\"=a\\u001b[2J\"}]}";
    struct world world = new_world();
    say(&world, "GET", "/api/v1/status", 200, "{\"name\":\"\\u00e9\\u009b1m\\u007f\"}");
    say(&world, "GET", "/api/v1/audit/log?after=0&limit=1000", 200, entries);
    say(&world, "GET", "/api/v1/audit/log?after=0&limit=1000", 200, entries);
    assert_int_equal(run(&world, "status --json"), COMMAND_DONE);
    assert_says(world.out, "\"name\": \"\xC3\xA9\\u009b1m\\u007f\"");
    assert_int_equal(run(&world, "audit export --json"), COMMAND_DONE);
    assert_says(world.out, "\"user\":\"\xC3\xA9\\u009b1m\\u007f\"");
    assert_int_equal(run(&world, "audit export"), COMMAND_DONE);
    assert_null(strpbrk(world.out, "\033\177"));
    assert_null(strstr(world.out, "\xC2\x9B"));
    assert_says(world.out, "\"'=a");
    end(&world);
}

/* ---- imports */

static const char nominations_csv[] = "partner;family_name;email\nuni-a.example;Novák;j@x.cz\n"
                                      "uni-b.example;Doe;j.doe@uni\n";
static const char import_good[] = "{\"rows\":2,\"ready\":2,\"bad\":0,\"unchanged\":0,"
                                  "\"changed\":0,\"stored\":0,\"problems\":[]}";
static const char import_bad[] =
    "{\"rows\":2,\"ready\":1,\"bad\":1,\"unchanged\":0,\"changed\":0,\"stored\":0,"
    "\"header_row\":1,\"problems\":"
    "[{\"row\":3,\"column\":\"email\",\"place\":3,\"code\":\"invalid\",\"expected\":\"a complete address\","
    "\"remedy\":\"Correct the address.\"}]}";
static const char import_stored[] = "{\"rows\":2,\"ready\":2,\"bad\":0,\"unchanged\":0,"
                                    "\"changed\":0,\"stored\":2,\"problems\":[]}";

static void an_import_shows_the_user_s_own_cell(void **)
{
    struct world world = new_world();
    put_file(&world, "n.csv", nominations_csv);
    say(&world, "POST", "/api/v1/imports", 200, import_bad);
    assert_int_equal(run(&world, "nomination import n.csv"), COMMAND_PROBLEMS);
    assert_says(world.out, "\"j.doe@uni\"");
    assert_says(world.out, "a complete address");
    assert_says(world.err, "Nothing stored yet");
    assert_says(world.err, "--skip-bad");
    assert_int_equal(world.call_count, 1);
    end(&world);
}

/* A rule's limit is not the same for each row: none is told of another one's. */
static void what_warns_is_told_with_each_limit(void **)
{
    static const char warned[] =
        "{\"rows\":3,\"ready\":3,\"bad\":0,\"unchanged\":0,\"changed\":0,\"stored\":0,"
        "\"problems\":[],\"rules\":[{\"rule\":\"duration.study.min\",\"rows\":3,"
        "\"sentence\":\"too short\",\"remedy\":\"plan\"}],\"warnings\":["
        "{\"row\":2,\"rule\":\"duration.study.min\",\"sentence\":\"too short\","
        "\"expected\":\"at least 60 days\",\"got\":\"59 days\"},"
        "{\"row\":3,\"rule\":\"duration.study.min\",\"sentence\":\"too short\","
        "\"expected\":\"at least 90 days\",\"got\":\"80 days\"},"
        "{\"row\":4,\"rule\":\"duration.study.min\",\"sentence\":\"too short\","
        "\"expected\":\"at least 60 days\",\"got\":\"58 days\"}]}";
    struct world world = new_world();
    put_file(&world, "n.csv", nominations_csv);
    say(&world, "POST", "/api/v1/imports", 200, warned);
    run(&world, "nomination import n.csv --dry-run");
    assert_says(world.out, "rows 2, 4: too short (expected at least 60 days)");
    assert_says(world.out, "row 3: too short (expected at least 90 days, got 80 days)");
    end(&world);
}

/* The API's field is the command's flag. */
static void who_speaks_is_asked_for_by_the_flag(void **)
{
    static const char error[] =
        "{\"error\":{\"code\":\"usage\",\"exit\":2,\"message\":\"this node serves several "
        "institutions\",\"hint\":\"name the one that speaks in `own`\",\"field\":\"own\"}}";
    struct world world = new_world();
    put_file(&world, "n.csv", nominations_csv);
    say(&world, "POST", "/api/v1/imports", 400, error);
    assert_int_equal(run(&world, "nomination import n.csv"), COMMAND_USAGE);
    assert_says(world.err, "this node serves several institutions");
    assert_says(world.err, "--own SCHAC");
    assert_null(strstr(world.err, "`own`"));
    end(&world);
}

static void nothing_is_stored_without_a_yes(void **)
{
    static const char *const lines[] = {"nomination import n.csv", "nomination import n.csv --json",
                                        "nomination import n.csv --yes --dry-run"};
    for (size_t i = 0; i < 3; i++) {
        struct world world = new_world();
        put_file(&world, "n.csv", nominations_csv);
        say(&world, "POST", "/api/v1/imports", 200, import_good);
        assert_int_equal(run(&world, lines[i]), COMMAND_DONE);
        assert_int_equal(world.call_count, 1);
        json_t *body = body_of(&world.calls[0]);
        assert_true(json_is_false(json_object_get(body, "confirm")));
        json_decref(body);
        end(&world);
    }
}

static void a_yes_stores_once_under_a_key(void **)
{
    static const char *const answers[] = {NULL, "y"};
    for (size_t i = 0; i < 2; i++) {
        struct world world = new_world();
        world.answer = answers[i];
        put_file(&world, "n.csv", nominations_csv);
        say(&world, "POST", "/api/v1/imports", 200, import_good);
        say(&world, "POST", "/api/v1/imports", 200, import_stored);
        assert_int_equal(run(&world, i ? "nomination import n.csv" : "nomination import n.csv -y"),
                         COMMAND_DONE);
        assert_int_equal(world.call_count, 2);
        json_t *body = body_of(&world.calls[1]);
        assert_true(json_is_true(json_object_get(body, "confirm")));
        assert_string_equal(json_string_value(json_object_get(body, "content")), nominations_csv);
        assert_string_not_equal(world.calls[1].key, "");
        assert_says(world.out, "Stored 2 drafts");
        json_decref(body);
        end(&world);
    }
}

static void bad_rows_stop_a_yes_unless_they_are_skipped(void **)
{
    struct world world = new_world();
    put_file(&world, "n.csv", nominations_csv);
    say(&world, "POST", "/api/v1/imports", 200, import_bad);
    assert_int_equal(run(&world, "nomination import n.csv --yes"), COMMAND_PROBLEMS);
    assert_int_equal(world.call_count, 1);
    assert_int_equal(run(&world, "nomination import n.csv --yes --skip-bad"), COMMAND_PARTLY);
    assert_int_equal(world.call_count, 3);
    end(&world);
}

static void an_old_file_s_letters_arrive_whole(void **)
{
    static const struct {
        const char *raw, *line, *text;
    } cases[] = {
        {"partner,family_name\nx,Caf\xe9\n", "nomination import n.csv", "Café"},
        {"partner,family_name\nx,Wa\xb3"
         "\xeasa\n",
         "nomination import n.csv", "Wałęsa"},
        {"partner,family_name\nx,Dvo\xf8\xe1k\n", "nomination import n.csv --encoding cp1250",
         "Dvořák"},
        {"\xEF\xBB\xBFpartner,family_name\nx,Nov\xc3\xa1k\n", "nomination import n.csv", "Novák"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world = new_world();
        put_file(&world, "n.csv", cases[i].raw);
        say(&world, "POST", "/api/v1/imports", 200, import_good);
        assert_int_equal(run(&world, cases[i].line), COMMAND_DONE);
        json_t *body = body_of(&world.calls[0]);
        assert_says(json_string_value(json_object_get(body, "content")), cases[i].text);
        json_decref(body);
        end(&world);
    }
}

static void a_workbook_that_is_broken_is_refused_with_the_way_out(void **)
{
    struct world world = new_world();
    put_file(&world, "n.xlsx", "PK\x03\x04 and so on");
    assert_int_equal(run(&world, "nomination import n.xlsx"), COMMAND_PROBLEMS);
    assert_says(world.err, "save it again as .xlsx");
    assert_int_equal(world.call_count, 0);
    end(&world);
}

static void bytes_that_are_no_text_are_refused_before_they_travel(void **)
{
    static const char raw[] = "partner,family_name\nhost.example,Nov\0k\n";
    static const char *const lines[] = {"nomination import n.csv", "transcript import n.csv"};
    for (size_t i = 0; i < 2; i++) {
        struct world world = new_world();
        put_file(&world, "n.csv", raw);
        world.files[0].content.size = sizeof raw - 1;
        assert_int_equal(run(&world, lines[i]), COMMAND_PROBLEMS);
        assert_says(world.err, "holds zero bytes");
        assert_says(world.err, "CSV UTF-8");
        assert_int_equal(world.call_count, 0);
        end(&world);
    }
}

static void unmarked_utf_16_arrives_as_text(void **)
{
    static const char text[] = "partner,family_name\nhost.example,Nov\u00e1k\n";
    for (size_t big = 0; big < 2; big++) {
        char raw[2 * sizeof text] = "";
        size_t size = 0;
        for (const char *at = text; *at; at++, size += 2) {
            bool wide = (uint8_t)*at == 0xC3;
            raw[size + big] = wide ? (char)0xE1 : *at;
            at += wide;
        }
        struct world world = new_world();
        put_file(&world, "n.csv", raw);
        world.files[0].content.size = size;
        say(&world, "POST", "/api/v1/imports", 200, import_good);
        assert_int_equal(run(&world, "nomination import n.csv"), COMMAND_DONE);
        json_t *body = body_of(&world.calls[0]);
        assert_string_equal(json_string_value(json_object_get(body, "content")), text);
        json_decref(body);
        end(&world);
    }
}

static void a_column_that_stands_twice_is_shown_by_its_title(void **)
{
    struct world world = new_world();
    put_file(&world, "n.csv", "partner,E-mail,year,Courriel\nx,a@b.example,2026,c@d.example\n");
    say(&world, "POST", "/api/v1/imports", 200,
        "{\"rows\":0,\"ready\":0,\"bad\":0,\"header_row\":1,\"problems\":[{\"row\":null,\"column\":"
        "\"email\",\"place\":4,\"code\":\"duplicate\",\"rule\":\"import.header\",\"expected\":"
        "\"each column once; this one stands in B and D\",\"remedy\":\"delete one\"}]}");
    assert_int_equal(run(&world, "nomination import n.csv"), COMMAND_PROBLEMS);
    assert_says(world.out, "its header, row 1, cannot be used");
    assert_says(world.out, "Courriel");
    assert_says(world.out, "stands in B and D");
    assert_null(strstr(world.out, "Read 0 rows"));
    assert_says(world.err, "mend the file");
    end(&world);
}

/* ---- what changes something */

static void drafts_are_sent_in_calls_the_node_takes(void **)
{
    struct world world = new_world();
    json_t *list = json_array();
    for (int i = 0; i < 501; i++)
        json_array_append_new(list, json_pack("{s:i}", "number", i + 1));
    json_t *page = json_pack("{s:o, s:n}", "drafts", list, "next");
    char *text = json_dumps(page, 0);
    say(&world, "GET", "/api/v1/drafts", 200, text);
    say(&world, "POST", "/api/v1/nominations/send", 200,
        "{\"sent\":[{\"number\":1,\"dossier\":\"D\",\"state\":\"queued\"}],\"refused\":[]}");
    assert_int_equal(run(&world, "nomination send --all"), COMMAND_DONE);
    assert_int_equal(world.call_count, 3);
    json_t *first = body_of(&world.calls[1]), *second = body_of(&world.calls[2]);
    assert_int_equal(json_array_size(json_object_get(first, "numbers")), 500);
    assert_int_equal(json_array_size(json_object_get(second, "numbers")), 1);
    json_decref(first);
    json_decref(second);
    json_decref(page);
    free(text);
    end(&world);
}

#define WARNED                                                                                \
    "\"warnings\":[{\"rule\":\"duration.study.min\",\"sentence\":\"too short\",\"expected\":" \
    "\"at least 60 days\",\"got\":\"59 days\",\"remedy\":\"correct it\"}]"

/* What warns is told before anything is signed, where somebody sits; a yes signs, a no does not. */
static void who_sits_at_a_terminal_is_asked_where_a_rule_is_not_kept(void **)
{
    static const struct {
        const char *answer, *warnings, *more;
        size_t calls;
        enum command_exit exit;
        bool told;
    } cases[] = {
        {"y", WARNED, "", 2, COMMAND_DONE, true},
        {"n", WARNED, "", 1, COMMAND_INTERRUPTED, true},
        {"n", "\"warnings\":[]", "", 2, COMMAND_DONE, false},
        {"n", WARNED, " --yes", 1, COMMAND_DONE, true},
        {"n", WARNED, " --no-input", 1, COMMAND_DONE, true},
        {NULL, WARNED, "", 1, COMMAND_DONE, true},
        {"n", WARNED, " --dry-run", 1, COMMAND_DONE, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world = new_world();
        char checked[512], sent[512], line[64];
        world.answer = cases[i].answer;
        bool asks = cases[i].calls == 2 || cases[i].exit || strstr(cases[i].more, "dry");
        snprintf(checked, sizeof checked, "{\"checked\":[{\"number\":1,%s}],\"refused\":[]}",
                 cases[i].warnings);
        snprintf(sent, sizeof sent,
                 "{\"sent\":[{\"number\":1,\"dossier\":\"D\",\"state\":\"queued\",%s}],"
                 "\"refused\":[]}",
                 cases[i].warnings);
        if (asks)
            say(&world, "POST", "/api/v1/nominations/check", 200, checked);
        say(&world, "POST", "/api/v1/nominations/send", 200, sent);
        snprintf(line, sizeof line, "nomination send 1%s", cases[i].more);
        assert_int_equal(run(&world, line), cases[i].exit);
        assert_int_equal(world.call_count, cases[i].calls);
        const char *first = world.err ? strstr(world.err, "duration.study.min") : NULL;
        assert_int_equal(first != NULL, cases[i].told);
        assert_null(first ? strstr(first + 1, "duration.study.min") : NULL); /* once */
        end(&world);
    }
}

static void a_draft_that_is_refused_makes_it_partly_done(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/send", 200,
        "{\"sent\":[{\"number\":1,\"dossier\":\"D\",\"state\":\"ready\"}],\"refused\":"
        "[{\"number\":2,\"error\":{\"message\":\"no such agreement\",\"hint\":\"ask\"}}]}");
    assert_int_equal(run(&world, "nomination send 1 2"), COMMAND_PARTLY);
    assert_says(world.err, "draft 2: no such agreement. ask");
    assert_says(world.err, "1 of them waits until");
    assert_int_equal(run(&world, "nomination send"), COMMAND_USAGE);
    assert_int_equal(run(&world, "nomination send 1 --all"), COMMAND_USAGE);
    assert_int_equal(run(&world, "nomination send 1x"), COMMAND_USAGE);
    end(&world);
}

static void one_refusal_among_many_decisions_is_partly_done(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/A/decision", 200, "{\"dossier\":\"A\"}");
    say(&world, "POST", "/api/v1/nominations/B/decision", 409,
        "{\"error\":{\"code\":\"out_of_turn\",\"exit\":7,\"message\":\"not now\"}}");
    assert_int_equal(run(&world, "nomination accept A B --comment see~you"), COMMAND_PARTLY);
    assert_says(world.out, "A accepted: signed and on its way");
    assert_says(world.err, "B: not accepted: not now");
    assert_int_equal(run(&world, "nomination accept B"), COMMAND_REFUSED);
    json_t *body = body_of(&world.calls[0]);
    assert_string_equal(json_string_value(json_object_get(body, "outcome")), "accept");
    assert_string_equal(json_string_value(json_object_get(body, "comment")), "see you");
    json_decref(body);
    end(&world);
}

static void a_student_s_name_does_where_a_dossier_is_wanted(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/search?limit=200&direction=incoming", 200,
        "{\"nominations\":[],\"next\":\"more\"}");
    say(&world, "POST", "/api/v1/nominations/search?limit=200&direction=incoming", 200,
        "{\"nominations\":[{\"dossier\":\"01KAMB3Q8W2T5Y7Z9C4D6F8G0H\",\"family_name\":\"Nováková\","
        "\"given_names\":\"Jana\",\"partner\":\"p.example\",\"year\":\"2026/2027\","
        "\"state\":\"pending\"}],\"next\":null}");
    say(&world, "POST", "/api/v1/nominations/01KAMB3Q8W2T5Y7Z9C4D6F8G0H/decision", 200,
        "{\"dossier\":\"01KAMB3Q8W2T5Y7Z9C4D6F8G0H\"}");
    assert_int_equal(run(&world, "nomination accept novakova"), COMMAND_DONE);
    assert_says(world.err, "Nováková, Jana");
    assert_says(world.out, "01KAMB3Q8W2T5Y7Z9C4D6F8G0H accepted");
    /* A name is personal data: it stands in the body and never in a path. */
    for (size_t i = 0; i < world.call_count; i++)
        assert_null(strstr(world.calls[i].path, "novakova"));
    end(&world);
}

static void a_grant_s_dossier_is_whom_a_part_of_a_name_means(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/search?limit=200", 200,
        "{\"nominations\":[{\"dossier\":\"01KAMB3Q8W2T5Y7Z9C4D6F8G0H\",\"family_name\":\"Alfa\","
        "\"given_names\":\"An\",\"partner\":\"itg.be\"}],\"next\":null}");
    say(&world, "POST", "/api/v1/grants", 201, "{\"grant\":{\"number\":1,\"call\":1}}");
    assert_int_equal(run(&world, "grant apply Alfa --call 1 --kind studies --dossier alfa"),
                     COMMAND_DONE);
    json_t *body = body_of(&world.calls[1]);
    assert_string_equal(json_string_value(json_object_get(body, "dossier")),
                        "01KAMB3Q8W2T5Y7Z9C4D6F8G0H");
    json_decref(body);
    end(&world);
    world = new_world();
    say(&world, "POST", "/api/v1/nominations/search?limit=200", 200,
        "{\"nominations\":[],\"next\":null}");
    assert_int_equal(run(&world, "grant apply Alfa --call 1 --kind studies --dossier beta"),
                     COMMAND_NOT_FOUND);
    end(&world);
}

static void a_name_that_several_have_is_asked_for_and_nothing_is_done(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/search?limit=200&direction=incoming", 200,
        "{\"nominations\":[{\"dossier\":\"A\",\"family_name\":\"Wang\"},"
        "{\"dossier\":\"B\",\"family_name\":\"Wang\"}],\"next\":null}");
    assert_int_equal(run(&world, "nomination accept wang"), COMMAND_USAGE);
    assert_says(world.err, "`wang` fits 2 dossiers");
    assert_int_equal(world.call_count, 1);
    end(&world);
    world = new_world();
    say(&world, "POST", "/api/v1/nominations/search", 200, "{\"nominations\":[],\"next\":null}");
    assert_int_equal(run(&world, "nomination show nobody"), COMMAND_NOT_FOUND);
    assert_says(world.err, "no dossier fits `nobody`");
    end(&world);
}

static void a_refusal_wants_a_reason_that_is_known(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/A/decision", 200, "{\"dossier\":\"A\"}");
    assert_int_equal(run(&world, "nomination refuse A"), COMMAND_USAGE);
    assert_says(world.err, "places, level, field");
    assert_int_equal(run(&world, "nomination refuse A --reason weather"), COMMAND_USAGE);
    assert_int_equal(world.call_count, 0);
    assert_int_equal(run(&world, "nomination refuse A --reason places"), COMMAND_DONE);
    end(&world);
}

static void a_withdrawal_is_asked_for(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/A/withdrawal", 200, "{\"dossier\":\"A\"}");
    assert_int_equal(run(&world, "nomination withdraw A --reason student"), COMMAND_USAGE);
    assert_says(world.err, "--yes");
    world.answer = "n";
    assert_int_equal(run(&world, "nomination withdraw A --reason student"), COMMAND_INTERRUPTED);
    assert_int_equal(world.call_count, 0);
    world.answer = "y";
    assert_int_equal(run(&world, "nomination withdraw A --reason student"), COMMAND_DONE);
    assert_int_equal(world.call_count, 1);
    end(&world);
}

static const char nomination_body[] =
    "{\"dossier\":\"A\",\"nomination\":{\"person\":{\"family_name\":\"Novak\",\"email\":\"a@b.cz\"},"
    "\"mobility\":\"studies\",\"term\":1,\"support\":true},\"records\":[]}";

static void an_amendment_changes_only_what_was_named(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/A/amendment", 200, "{\"dossier\":\"A\"}");
    say(&world, "GET", "/api/v1/nominations/A", 200, nomination_body);
    assert_int_equal(run(&world, "nomination amend A --set person.email=n@b.cz --set term=2 "
                                 "--set mobility=blended --clear support"),
                     COMMAND_DONE);
    json_t *body = body_of(&world.calls[1]);
    json_t *expected =
        json_loads("{\"nomination\":{\"person\":{\"family_name\":\"Novak\",\"email\":"
                   "\"n@b.cz\"},\"mobility\":\"blended\",\"term\":2}}",
                   0, NULL);
    assert_true(json_equal(body, expected));
    json_decref(body);
    json_decref(expected);
    assert_int_equal(run(&world, "nomination amend A --set person.emial=x"), COMMAND_USAGE);
    assert_int_equal(run(&world, "nomination amend A --set term"), COMMAND_USAGE);
    assert_int_equal(run(&world, "nomination amend A --set term=1"), COMMAND_DONE);
    assert_says(world.out, "Nothing changes");
    end(&world);
}

/* ---- transcripts */

static const char marks_csv[] = "dossier,code,title,ects,grade,passed,term\n"
                                "DOSSIER1,M1,Mechanics,5.5,14,yes,1\n"
                                "DOSSIER2,M1,Mechanics,6,12,yes,1\n"
                                "DOSSIER1,M2,Optics,\"4,25\",11,yes,2\n";

static size_t posts(const struct world *world)
{
    size_t count = 0;
    for (size_t i = 0; i < world->call_count; i++)
        count += strcmp(world->calls[i].method, "POST") == 0;
    return count;
}

static const struct call *post(const struct world *world, size_t nth)
{
    for (size_t i = 0; i < world->call_count; i++)
        if (strcmp(world->calls[i].method, "POST") == 0 && nth-- == 0)
            return &world->calls[i];
    fail_msg("the node was asked to change nothing");
    return NULL;
}

/* The node has accepted DOSSIER1, D1 and D3; DOSSIER2 has its transcript already. */
static void say_accepted(struct world *world)
{
    say(world, "GET", "/api/v1/stays?direction=incoming", 200,
        "{\"stays\":[{\"dossier\":\"DOSSIER1\"},{\"dossier\":\"D1\"},{\"dossier\":\"D3\"},"
        "{\"dossier\":\"DOSSIER2\"}],\"next\":null}");
    say(world, "POST", "/api/v1/nominations/D", 201, "{\"dossier\":\"D\"}");
}

static void rows_of_one_student_make_one_transcript(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv", marks_csv);
    say_accepted(&world);
    assert_int_equal(run(&world, "transcript import t.csv"), COMMAND_DONE);
    assert_int_equal(posts(&world), 0);
    assert_says(world.out, "Read 3 rows of 2 students");
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_DONE);
    assert_int_equal(posts(&world), 2);
    json_t *body = body_of(post(&world, 0));
    json_t *record = json_object_get(body, "credit_record");
    assert_int_equal(json_integer_value(json_object_get(record, "total_hundredths")), 975);
    assert_int_equal(json_array_size(json_object_get(record, "components")), 2);
    assert_string_equal(json_string_value(json_object_get(record, "issued_on")), "2026-11-21");
    json_decref(body);
    end(&world);
}

static void marks_of_one_student_do_not_go_into_the_dossier_of_another(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv",
             "dossier,esi,title,ects,grade,passed\n"
             "DOSSIER1,urn:schac:personalUniqueCode:int:esi:be:2,Logic,5,15,yes\n");
    put_file(&world, "same.csv",
             "dossier,esi,title,ects,grade,passed\n"
             "DOSSIER1,urn:schac:personalUniqueCode:int:esi:be:1,Logic,5,15,yes\n");
    say(&world, "GET", "/api/v1/nominations/DOSSIER1", 200,
        "{\"nomination\":{\"person\":{\"family_name\":\"Nov\\u00e1kov\\u00e1\",\"esi\":"
        "\"urn:schac:personalUniqueCode:int:esi:be:1\"}}}");
    say_accepted(&world);
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_PROBLEMS);
    assert_says(world.out, "the file has another one");
    assert_int_equal(posts(&world), 0);
    assert_int_equal(run(&world, "transcript import same.csv --yes"), COMMAND_DONE);
    assert_int_equal(posts(&world), 1);
    end(&world);
}

static void the_same_transcripts_have_the_same_key(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv", marks_csv);
    say_accepted(&world);
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_DONE);
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_DONE);
    assert_string_equal(post(&world, 0)->key, post(&world, 2)->key);
    assert_string_equal(post(&world, 1)->key, post(&world, 3)->key);
    assert_string_not_equal(post(&world, 0)->key, post(&world, 1)->key);
    put_file(&world, "corrected.csv",
             "dossier,title,ects,grade,passed\nDOSSIER1,Mechanics,5.5,15,yes\n");
    put_file(&world, "other.csv",
             "dossier,title,ects,grade,passed\nDOSSIER2,Mechanics,5.5,15,yes\n");
    assert_int_equal(run(&world, "transcript import corrected.csv --yes"), COMMAND_DONE);
    assert_int_equal(run(&world, "transcript import other.csv --yes"), COMMAND_DONE);
    assert_string_not_equal(post(&world, 4)->key, post(&world, 0)->key);
    assert_string_not_equal(post(&world, 4)->key, post(&world, 5)->key);
    end(&world);
}

static void bad_marks_are_shown_and_nothing_is_issued(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv",
             "dossier,title,ects,grade,passed\nD1,Optics,five,14,yes\nD2,Optics,6,14,perhaps\n"
             "D3,Optics,3,14,yes\nD4,Optics,61,14,yes\nD5,Optics,3,14,yes\n");
    say_accepted(&world);
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_PROBLEMS);
    assert_int_equal(posts(&world), 0);
    assert_says(world.out, "\"five\"");
    assert_says(world.out, "\"perhaps\"");
    assert_says(world.out, "60 credits");
    assert_says(world.out, "an accepted nomination");
    assert_says(world.out, "1 transcript ready, 4 need you");
    assert_int_equal(run(&world, "transcript import t.csv --yes --skip-bad"), COMMAND_PARTLY);
    assert_int_equal(posts(&world), 1);
    assert_says(post(&world, 0)->path, "/D3/transcript");
    end(&world);
}

/* What several verbs share asks for flags that not each of them has. */
static void each_verb_of_an_agreement_says_what_it_was_given(void **)
{
    static const struct {
        const char *typed, *path, *said;
    } cases[] = {
        {"agreement approve A1 --terms 82bd", "/A1/approval", "{\"terms\":\"82bd\"}"},
        {"agreement decline A1 --reason places", "/A1/declination", "{\"reason\":\"places\"}"},
        {"agreement withdraw A1", "/A1/taking_back", "{}"},
        {"agreement terminate A1 --last-year 2028/2029 --yes", "/A1/termination",
         "{\"last_year\":\"2028/2029\"}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world = new_world();
        say(&world, "POST", "/api/v1/agreements/A1", 200, "{\"dossier\":\"A1\"}");
        assert_int_equal(run(&world, cases[i].typed), COMMAND_DONE);
        assert_int_equal(posts(&world), 1);
        assert_says(post(&world, 0)->path, cases[i].path);
        assert_string_equal(post(&world, 0)->body, cases[i].said);
        end(&world);
    }
}

static void each_report_is_asked_for_with_what_it_knows(void **)
{
    static const struct {
        const char *typed, *path;
    } cases[] = {
        {"report balance --by country", "/api/v1/reports/balance?format=json&by=country"},
        {"report targets --year 2026/2027", "/api/v1/reports/targets?format=json&year=2026%2F2027"},
        {"report credits --by unit", "/api/v1/reports/credits?format=json&by=unit"},
        {"report annual --own helmo.be", "/api/v1/reports/annual?format=json&own=helmo.be"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world = new_world();
        say(&world, "GET", "/api/v1/reports", 200, "{\"tables\":[]}");
        assert_int_equal(run(&world, cases[i].typed), COMMAND_DONE);
        assert_int_equal(world.call_count, 1);
        assert_string_equal(world.calls[0].path, cases[i].path);
        end(&world);
    }
}

static void rules_are_asked_of_a_list_without_storing_it(void **)
{
    struct world world = new_world();
    put_file(&world, "list.csv", "partner,family_name\nitg.be,Marquet\n");
    say(&world, "POST", "/api/v1/imports", 200,
        "{\"rows\":1,\"ready\":1,\"unchanged\":0,\"differ\":1,\"bad\":0,\"problems\":[],"
        "\"amendments\":[{\"row\":2,\"fields\":[\"end\"]}],"
        "\"warnings\":[{\"rule\":\"place.home\",\"sentence\":\"at home\",\"rows\":[2]}]}");
    assert_int_equal(run(&world, "rules check list.csv --rows 2"), COMMAND_PROBLEMS);
    assert_says(post(&world, 0)->body, "\"confirm\":false");
    assert_says(post(&world, 0)->body, "\"rows\":\"2\"");
    end(&world);
}

/* Row, column and cell are the user's own, whatever the record calls them. */
static void what_the_rules_refuse_is_shown_where_it_stands(void **)
{
    static const struct {
        const char *rows, *seen;
    } cases[] = {
        {"D1,M1,Optics,3,14,oui,1\nD1,M2,Lenses,61,14,oui,1\n",
         "3\tD1\tStudiepunten\t\"61\"\tcredits as 6 or 5.5, at most 60 credits\tenter the credits"},
        {"D1,M1,Optics,3,14,oui,1\nD1,M2,,3,14,oui,1\n", "3\tD1\tIntitul\u00e9\t\t1 to 256"},
        {"D1,M1,Optics,3,14,oui,1\nD3,M2,Lenses,3,,oui,1\n", "3\tD3\tNote\t\t1 to 32"},
        {"D1,M1,Optics,3,14,oui,1\nD1,M2,Lenses,3,14,,1\n", "3\tD1\tR\u00e9ussi\t\tpassed or"},
        {"D1,M1,Optics,3,14,oui,1\nD1,M2,Lenses,3,14,non,1\n",
         "3\tD1\tStudiepunten\t\"3\"\tno credits for"},
        {"D1,M1,Optics,3,14,oui,1\nD1,M2,Lenses,3,14,oui,3\n", "3\tD1\tterm\t\"3\"\t1 or 2"},
        {"D1,M1,Optics,60,14,oui,1\nd1,M2,Lenses,60,14,oui,1\nD1,M3,Waves,60,14,oui,1\n"
         "D1,M4,Heat,60,14,oui,1\nD1,M5,Light,60,14,oui,1\n",
         "2\tD1\tStudiepunten\t\tat most 240 credits"},
        {"D1,M1,Optics,3,14,oui,1\nD1,m1,Optics,3,15,oui,1\n",
         "3\tD1\tcode\t\"m1\"\teach unit once for a student and term\trow 2 has this unit with "
         "another grade"},
        {"D1,M1,Optics,3,14,oui,1\nD1,M1,Optics,3,14,oui,1\n", "with the same grade"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char file[1024];
        struct world world = new_world();
        snprintf(file, sizeof file,
                 "dossier,code,Intitul\u00e9,Studiepunten,Note,R\u00e9ussi,term\n%s",
                 cases[i].rows);
        put_file(&world, "t.csv", file);
        say_accepted(&world);
        assert_int_equal(run(&world, "transcript import t.csv --yes --plain"), COMMAND_PROBLEMS);
        assert_says(world.out, cases[i].seen);
        assert_null(strstr(world.out, "components"));
        assert_int_equal(posts(&world), 0);
        end(&world);
    }
}

static void a_unit_may_come_again_in_another_term(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv",
             "dossier,code,title,ects,grade,passed,term\nD1,M1,Optics,0,8,no,1\n"
             "D1,M1,Optics,3,14,yes,2\nD3,M1,Optics,3,15,yes,1\n");
    say_accepted(&world);
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_DONE);
    assert_int_equal(posts(&world), 2);
    end(&world);
}

static void what_the_node_refuses_is_shown_where_it_stands(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv", marks_csv);
    say(&world, "POST", "/api/v1/nominations/DOSSIER1/transcript", 422,
        "{\"error\":{\"code\":\"invalid\",\"message\":\"It is refused\",\"hint\":\"Correct it.\","
        "\"exit\":5,\"field\":\"credit_record.components[1].grade\",\"expected\":\"a grade\"}}");
    say_accepted(&world);
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_PARTLY);
    assert_says(world.err,
                "row 4, column grade, \"11\", dossier DOSSIER1: It is refused; expected a "
                "grade. Correct it.");
    end(&world);
}

static void two_columns_of_marks_that_mean_the_same_are_refused(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv", "dossier,title,ects,Note,passed,Cijfer\nD1,Optics,3,14,yes,9\n");
    assert_int_equal(run(&world, "transcript import t.csv --yes"), COMMAND_PROBLEMS);
    assert_says(world.err, "\"Note\" and \"Cijfer\" in row 1");
    assert_says(world.err, "delete or rename");
    assert_int_equal(world.call_count, 0);
    end(&world);
}

static void a_student_is_found_by_identifier(void **)
{
    static const char csv[] = "esi,title,ects,grade,passed\n"
                              "urn:schac:personalUniqueCode:int:esi:x.be:1,Optics,3,14,yes\n"
                              "urn:schac:personalUniqueCode:int:esi:x.be:2,Optics,3,14,yes\n"
                              "urn:schac:personalUniqueCode:int:esi:x.be:3,Optics,3,14,yes\n";
    static const char first[] =
        "{\"nomination\":{\"person\":{\"esi\":\"urn:schac:personalUniqueCode:int:esi:x.be:1\"}}}";
    static const char third[] =
        "{\"nomination\":{\"person\":{\"esi\":\"urn:schac:personalUniqueCode:int:esi:x.be:3\"}}}";
    struct world world = new_world();
    put_file(&world, "t.csv", csv);
    say_accepted(&world);
    say(&world, "GET", "/api/v1/nominations/DOSSIER1", 200, first);
    say(&world, "GET", "/api/v1/nominations/D", 200, third);
    assert_int_equal(run(&world, "transcript import t.csv --yes --skip-bad"), COMMAND_PARTLY);
    assert_int_equal(posts(&world), 1);
    assert_says(post(&world, 0)->path, "/DOSSIER1/transcript");
    assert_says(world.out, "a student with an accepted nomination");
    assert_says(world.out, "this student has several nominations");
    end(&world);
}

static void one_dossier_s_rows_are_issued_alone(void **)
{
    struct world world = new_world();
    put_file(&world, "t.csv", marks_csv);
    put_file(&world, "t.json", "{\"components\":[],\"total_hundredths\":0}");
    say(&world, "POST", "/api/v1/nominations/DOSSIER2/transcript", 201, "{\"repeated\":true}");
    say(&world, "GET", "/api/v1/nominations/DOSSIER2", 200, "{\"transcript\":\"7\"}");
    assert_int_equal(run(&world, "transcript issue DOSSIER2 t.csv"), COMMAND_DONE);
    assert_says(world.out, "transcript of 1 unit: it stood so already");
    assert_int_equal(run(&world, "transcript issue DOSSIER2 t.json --supersedes 0a"), COMMAND_DONE);
    json_t *body = body_of(&world.calls[2]);
    assert_string_equal(json_string_value(json_object_get(body, "supersedes")), "0a");
    json_decref(body);
    end(&world);
}

/* ---- partner, audit, output */

static const char partner_old[] =
    "{\"partners\":[{\"partner\":\"p.example\",\"endpoint\":\"tcp://192.0.2.9:7301\",\"state\":"
    "\"away\",\"last_heard\":"
    "\"2026-11-20T00:00:00Z\",\"sentence\":\"tried again in 2 min\"}]}";
static const char partner_new[] =
    "{\"partners\":[{\"partner\":\"p.example\",\"endpoint\":\"tcp://192.0.2.9:7301\",\"state\":"
    "\"connected\",\"last_heard\":\"2026-11-22T00:00:00Z\",\"round_trip_us\":1500,\"sentence\":"
    "\"\"}]}";

static void a_ping_waits_for_a_new_sign_of_life(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/partners", 200, partner_old);
    say(&world, "GET", "/api/v1/partners", 200, partner_old);
    say(&world, "GET", "/api/v1/partners", 200, partner_new);
    say(&world, "POST", "/api/v1/partners/p.example/ping", 200, "{\"sent\":true}");
    assert_int_equal(run(&world, "partner ping p.example"), COMMAND_DONE);
    assert_int_equal(world.call_count, 4);
    assert_says(world.out, "p.example answers");
    assert_says(world.out, "connect        1.2 ms");
    assert_says(world.out, "greeting       0.3 ms");
    assert_says(world.out, "session        1.5 ms");
    end(&world);
}

static void a_ping_names_the_first_hop_that_fails(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/partners", 200,
        "{\"partners\":[{\"partner\":\"p.example\",\"endpoint\":\"tcp://192.0.2.1:1\",\"state\":"
        "\"away\",\"last_heard\":null,\"sentence\":\"\"}]}");
    assert_int_equal(run(&world, "partner ping p.example"), COMMAND_NO_PARTNER);
    assert_int_equal(world.call_count, 1);
    assert_says(world.out, "address");
    assert_says(world.err, "connect: Connection refused");
    assert_says(world.err, "firewall");
    assert_null(strstr(world.out, "greeting"));
    end(&world);
}

static void a_partner_that_calls_is_not_called(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/partners", 200,
        "{\"partners\":[{\"partner\":\"p.example\",\"endpoint\":null,\"state\":\"connecting\","
        "\"last_heard\":null,\"sentence\":\"waits for its call\"}]}");
    assert_int_equal(run(&world, "partner ping p.example"), COMMAND_NO_PARTNER);
    assert_int_equal(world.call_count, 1);
    assert_says(world.err, "waits for its call");
    end(&world);
}

static void a_doctor_ends_with_11_when_something_failed(void **)
{
    struct world world = new_world();
    assert_int_equal(run(&world, "doctor -c bad.conf --partner p.example --deep"),
                     COMMAND_PROBLEMS);
    assert_says(world.out, "chmod 600");
    assert_says(world.out, "no socket p.example deep");
    assert_says(world.out, "0 fine, 0 to note, 1 failed");
    assert_int_equal(run(&world, "doctor -c fine.conf"), COMMAND_DONE);
    assert_says(world.out, "1 fine, 0 to note, 0 failed");
    assert_int_equal(run(&world, "doctor --json"), COMMAND_PROBLEMS);
    assert_says(world.out, "\"checks\"");
    assert_says(world.out, "/node.sock");
    end(&world);
}

static void values_are_shown_with_their_origin(void **)
{
    struct world world = new_world();
    assert_int_equal(run(&world, "config show --origin good.conf"), COMMAND_DONE);
    assert_says(world.out, "c:2");
    assert_says(world.out, "/a, /b");
    assert_int_equal(run(&world, "config show good.conf"), COMMAND_DONE);
    assert_null(strstr(world.out, "c:2"));
    assert_int_equal(run(&world, "config show bad.conf"), COMMAND_CONFIG);
    assert_says(world.err, "bad.conf:3: no");
    assert_says(world.err, "bad.conf:5: nor");
    assert_int_equal(run(&world, "config show"), COMMAND_USAGE);
    assert_int_equal(run(&world, "config explain lisen"), COMMAND_NOT_FOUND);
    assert_says(world.err, "did you mean listen?");
    end(&world);
}

static void a_ping_without_an_answer_has_its_own_status(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/partners", 200, partner_old);
    say(&world, "POST", "/api/v1/partners/p.example/ping", 200, "{\"sent\":true}");
    assert_int_equal(run(&world, "partner ping p.example --timeout 1"), COMMAND_NO_PARTNER);
    assert_says(world.err, "tried again in 2 min");
    assert_int_equal(run(&world, "partner ping q.example"), COMMAND_NOT_FOUND);
    end(&world);
}

static void an_audit_names_the_first_fault(void **)
{
    struct world world = new_world();
    say(&world, "GET", "/api/v1/audit?after", 200,
        "{\"checked\":{\"records\":3},\"next\":null,\"faults\":[{\"serial\":9,\"dossier\":\"D9\","
        "\"lane\":1,\"index\":2,\"what\":\"its seal fails\"}]}");
    say(&world, "GET", "/api/v1/audit", 200,
        "{\"checked\":{\"records\":40},\"next\":40,\"faults\":[]}");
    assert_int_equal(run(&world, "audit verify"), COMMAND_PROBLEMS);
    assert_says(world.out, "Checked 43 records");
    assert_says(world.err, "dossier D9, record 1.2: its seal fails");
    end(&world);
}

static void accepted_is_never_called_verified(void **)
{
    struct world world = new_world();
    say(&world, "POST", "/api/v1/nominations/A/decision", 200, "{\"dossier\":\"A\"}");
    assert_int_equal(run(&world, "nomination accept A"), COMMAND_DONE);
    assert_null(strstr(world.out, "erified"));
    assert_null(strstr(world.err, "erified"));
    end(&world);
}

static void output_that_cannot_be_written_is_an_error(void **)
{
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    struct world world = new_world();
    char *words[] = {strdup("peregrin"), strdup("help"), NULL};
    struct command_port port = {.self = &world, .out = full, .err = fopen("/dev/null", "w")};
    assert_int_equal(cli_run(&port, 2, words), COMMAND_UNEXPECTED);
    fclose(full);
    fclose(port.err);
    free(words[0]);
    free(words[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_that_does_not_fit_is_told_as_the_flag_that_was_typed),
        cmocka_unit_test(a_dry_run_ends_as_the_act_would),
        cmocka_unit_test(a_dry_run_gives_an_object_to_programs),
        cmocka_unit_test(a_dossier_is_given_to_a_unit_in_one_tongue),
        cmocka_unit_test(a_grant_s_dossier_is_whom_a_part_of_a_name_means),
        cmocka_unit_test(a_calendar_that_was_written_is_told_under_json),
        cmocka_unit_test(what_a_terminal_obeys_is_never_said),
        cmocka_unit_test(an_error_about_what_is_no_utf8_is_json),
        cmocka_unit_test(every_example_in_the_table_is_read_as_its_own_row),
        cmocka_unit_test(a_state_can_be_asked_for_by_each_of_its_words),
        cmocka_unit_test(a_word_that_a_flag_does_not_take_never_reaches_the_node),
        cmocka_unit_test(ctrl_c_tells_what_was_done_and_what_not),
        cmocka_unit_test(no_flag_of_a_row_hides_a_common_one),
        cmocka_unit_test(flags_stand_anywhere_and_in_both_forms),
        cmocka_unit_test(behind_two_dashes_nothing_is_a_flag),
        cmocka_unit_test(a_switch_takes_no_value_and_a_flag_wants_one),
        cmocka_unit_test(a_list_is_fetched_page_by_page),
        cmocka_unit_test(an_error_of_the_node_keeps_its_status_and_remedy),
        cmocka_unit_test(who_speaks_is_asked_for_by_the_flag),
        cmocka_unit_test(a_status_that_is_none_of_ours_is_unexpected),
        cmocka_unit_test(a_node_that_is_not_there_is_said_with_its_socket),
        cmocka_unit_test(the_status_says_who_must_act),
        cmocka_unit_test(plain_tables_have_tabs_and_no_heading),
        cmocka_unit_test(a_partner_s_text_cannot_steer_the_terminal),
        cmocka_unit_test(json_and_csv_cannot_steer_the_terminal_either),
        cmocka_unit_test(an_import_shows_the_user_s_own_cell),
        cmocka_unit_test(what_warns_is_told_with_each_limit),
        cmocka_unit_test(nothing_is_stored_without_a_yes),
        cmocka_unit_test(a_yes_stores_once_under_a_key),
        cmocka_unit_test(bad_rows_stop_a_yes_unless_they_are_skipped),
        cmocka_unit_test(an_old_file_s_letters_arrive_whole),
        cmocka_unit_test(a_workbook_that_is_broken_is_refused_with_the_way_out),
        cmocka_unit_test(bytes_that_are_no_text_are_refused_before_they_travel),
        cmocka_unit_test(unmarked_utf_16_arrives_as_text),
        cmocka_unit_test(a_column_that_stands_twice_is_shown_by_its_title),
        cmocka_unit_test(drafts_are_sent_in_calls_the_node_takes),
        cmocka_unit_test(who_sits_at_a_terminal_is_asked_where_a_rule_is_not_kept),
        cmocka_unit_test(a_draft_that_is_refused_makes_it_partly_done),
        cmocka_unit_test(one_refusal_among_many_decisions_is_partly_done),
        cmocka_unit_test(a_student_s_name_does_where_a_dossier_is_wanted),
        cmocka_unit_test(a_name_that_several_have_is_asked_for_and_nothing_is_done),
        cmocka_unit_test(a_refusal_wants_a_reason_that_is_known),
        cmocka_unit_test(a_withdrawal_is_asked_for),
        cmocka_unit_test(an_amendment_changes_only_what_was_named),
        cmocka_unit_test(rows_of_one_student_make_one_transcript),
        cmocka_unit_test(marks_of_one_student_do_not_go_into_the_dossier_of_another),
        cmocka_unit_test(the_same_transcripts_have_the_same_key),
        cmocka_unit_test(bad_marks_are_shown_and_nothing_is_issued),
        cmocka_unit_test(each_verb_of_an_agreement_says_what_it_was_given),
        cmocka_unit_test(each_report_is_asked_for_with_what_it_knows),
        cmocka_unit_test(rules_are_asked_of_a_list_without_storing_it),
        cmocka_unit_test(what_the_rules_refuse_is_shown_where_it_stands),
        cmocka_unit_test(a_unit_may_come_again_in_another_term),
        cmocka_unit_test(what_the_node_refuses_is_shown_where_it_stands),
        cmocka_unit_test(two_columns_of_marks_that_mean_the_same_are_refused),
        cmocka_unit_test(a_student_is_found_by_identifier),
        cmocka_unit_test(one_dossier_s_rows_are_issued_alone),
        cmocka_unit_test(a_ping_waits_for_a_new_sign_of_life),
        cmocka_unit_test(a_ping_without_an_answer_has_its_own_status),
        cmocka_unit_test(a_ping_names_the_first_hop_that_fails),
        cmocka_unit_test(a_partner_that_calls_is_not_called),
        cmocka_unit_test(a_doctor_ends_with_11_when_something_failed),
        cmocka_unit_test(values_are_shown_with_their_origin),
        cmocka_unit_test(an_audit_names_the_first_fault),
        cmocka_unit_test(accepted_is_never_called_verified),
        cmocka_unit_test(output_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
