#include "command/command_node.h"

#include "command/command_flag.h"
#include "command/command_say.h"
#include "report/json_text.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 16, LIST_MAX = 1000000 };

/* The flag, the environment, the configuration: the first that says it. */
static enum command_exit find_socket(struct command_work *work, const char **socket)
{
    struct command_config config = {0};
    const char *file = work->common.config ? work->common.config : work->port->config;
    if (work->common.socket || (work->port->socket && !work->common.config)) {
        *socket = work->common.socket ? work->common.socket : work->port->socket;
        return COMMAND_DONE;
    }
    if (!file)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_CONFIG, "no_socket", "which node? No socket was named",
                      "add --socket PATH or -c FILE, or set PEREGRIN_SOCKET", NULL, NULL});
    if (!work->port->config_check(work->port->self, file, work->arena, &config))
        return command_say_verdict(work, VERDICT_TOO_LARGE, file);
    if (config.problem)
        return command_say_wrong(work,
                                 &(struct command_wrong) {COMMAND_CONFIG, "config", config.problem,
                                                          config.remedy, NULL, NULL});
    *socket = config.socket;
    return COMMAND_DONE;
}

/* A token goes over TLS only, or stays on this machine. */
static bool url_is_safe(const char *url)
{
    static const char *const begins[] = {"https://",
                                         "http://localhost:", "http://127.0.0.1:", "http://[::1]:"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(url, begins[i], strlen(begins[i])) == 0 && !strchr(url, '@'))
            return true;
    return false;
}

static enum command_exit read_token(struct command_work *work, const char **token)
{
    enum { TOKEN_FILE_MAX = 256, OTHERS = 077 };
    const char *path = work->common.token_file;
    struct command_file file;
    if (!path)
        return command_say_usage(work, "add --token-file; `peregrin user token` makes one",
                                 "--url needs a token");
    int problem = work->port->read_file(work->port->self, path, TOKEN_FILE_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    if (file.mode & OTHERS && strcmp(path, "-") != 0)
        return command_say_wrong(
            work,
            &(struct command_wrong) {COMMAND_CONFIG, "key",
                                     command_work_text(work, "%s: others may read it", path),
                                     command_work_text(work, "chmod 600 %s", path), NULL, NULL});
    char *text = arena_text(work->arena, file.content);
    if (!text)
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    text[strspn(text, "abcdefghijklmnopqrstuvwxyz234567_")] = '\0';
    *token = text;
    return COMMAND_DONE;
}

/* --url, or else a socket. */
static enum command_exit find_way(struct command_work *work, struct command_request *request)
{
    const char *url = work->common.url;
    if (!url)
        return find_socket(work, &request->socket);
    size_t length = strlen(url);
    if (!url_is_safe(url))
        return command_say_usage(work, "give https://HOST:PORT",
                                 "--url: a token does not go there");
    while (length > 0 && url[length - 1] == '/')
        length--;
    request->url = command_work_text(work, "%.*s", (int)length, url);
    request->authority = work->common.ca_file;
    return read_token(work, &request->token);
}

static enum command_exit say_fault(struct command_work *work, const struct command_request *request,
                                   enum fault fault)
{
    const struct fault_text *text = fault_text(fault);
    const char *place = request->url ? request->url : request->socket;
    if (fault == FAULT_KEY)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_TRUST, "certificate",
                      command_work_text(work, "nobody vouches for the certificate of %s", place),
                      "give the authority's certificate with --ca-file", NULL, NULL});
    if (fault != FAULT_NETWORK)
        return command_say_wrong(
            work, &(struct command_wrong) {(enum command_exit)text->exit_status, text->code,
                                           text->sentence, text->remedy, NULL, NULL});
    return command_say_wrong(
        work,
        &(struct command_wrong) {
            COMMAND_NO_NODE, "no_node", command_work_text(work, "no node answers at %s", place),
            request->url ? "see that it runs and that its api_listen is this address"
                         : "start it (`peregrind -c FILE`), or name its socket with --socket",
            NULL, NULL});
}

/* One exchange; what is said of HTTP and JSON is the caller's. */
static enum command_exit exchange(struct command_work *work, const struct command_call *call,
                                  struct command_reply *reply)
{
    struct command_request request = {
        .method = call->method, .path = call->path, .idempotency_key = call->key};
    json_t *body = command_work_keep(work, call->body);
    enum command_exit wrong = find_way(work, &request);
    if (wrong)
        return wrong;
    if (body) {
        request.body = json_text_write(body, work->arena);
        if (!request.body.data)
            return command_say_verdict(work, VERDICT_TOO_LARGE, "the request");
    }
    enum fault fault = work->port->call(work->port->self, &request, work->arena, reply);
    return fault ? say_fault(work, &request, fault) : COMMAND_DONE;
}

static enum command_exit exit_of(const json_t *error)
{
    json_int_t said = json_integer_value(json_object_get(error, "exit"));
    return said > COMMAND_DONE && said <= COMMAND_PROBLEMS ? (enum command_exit)said
                                                           : COMMAND_UNEXPECTED;
}

static const char *text_of(const json_t *error, const char *name)
{
    const char *text = json_string_value(json_object_get(error, name));
    return text && text[0] ? text : NULL;
}

static enum command_exit not_understood(struct command_work *work, const struct command_call *call,
                                        unsigned status)
{
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_UNEXPECTED, "no_answer",
                  command_work_text(work, "%s %s: the answer (status %u) is not of a Peregrin node",
                                    call->method, call->path, status),
                  "see that --socket names the node's socket and that both are of one version",
                  NULL, NULL});
}

/* What the API calls a field is a flag here, where the command has it. */
static const char *hint_of(const struct command_work *work, const json_t *error)
{
    const char *field = text_of(error, "field");
    bool who = field && strcmp(field, "own") == 0 && exit_of(error) == COMMAND_USAGE;
    for (const struct command_flag *flag = work->row->flags; who && flag && flag->name; flag++)
        if (strcmp(flag->name, "own") == 0)
            return "add --own SCHAC with the one that speaks; `peregrin status` lists them";
    return text_of(error, "hint");
}

/* People give sums as --amount, programs as amount_cents. */
static const char *field_of(struct command_work *work, const json_t *error)
{
    static const char unit[] = "_cents";
    const char *field = text_of(error, "field"), *end = field ? strstr(field, unit) : NULL;
    if (!end || end[sizeof unit - 1] || work->common.json)
        return field;
    const char *name = command_work_text(work, "%.*s", (int)(end - field), field);
    return command_flag_find(work->row, name, strlen(name)) ? command_work_text(work, "--%s", name)
                                                            : field;
}

static enum command_exit say_error(struct command_work *work, const json_t *error)
{
    const char *message = text_of(error, "message"), *expected = text_of(error, "expected");
    const char *code = text_of(error, "code"), *got = text_of(error, "got");
    if (!message)
        message = "the node refused it";
    if (expected && got)
        expected = command_work_text(work, "%s; got: %s", expected, got);
    return command_say_wrong(
        work,
        &(struct command_wrong) {
            exit_of(error), code ? code : "unknown",
            expected ? command_work_text(work, "%s; expected: %s", message, expected) : message,
            hint_of(work, error), field_of(work, error), text_of(error, "correlation_id")});
}

enum command_exit command_node_try(struct command_work *work, const struct command_call *call,
                                   json_t **reply, json_t **wrong)
{
    struct command_reply said;
    *wrong = NULL;
    enum command_exit status = exchange(work, call, &said);
    if (status)
        return status;
    json_t *value =
        command_work_keep(work, json_loadb((const char *)said.body.data, said.body.size, 0, NULL));
    /* An import that is refused as a whole is answered like one that is not: with its counts. */
    bool counted = said.status == 422 && json_object_get(value, "problems");
    if (json_is_object(value) && (counted || (said.status >= 200 && said.status < 300))) {
        *reply = value;
        return COMMAND_DONE;
    }
    json_t *error = json_object_get(value, "error");
    if (!json_is_object(error))
        return not_understood(work, call, said.status);
    *wrong = error;
    return exit_of(error);
}

enum command_exit command_node_call(struct command_work *work, const struct command_call *call,
                                    json_t **reply)
{
    json_t *wrong;
    enum command_exit status = command_node_try(work, call, reply, &wrong);
    return wrong ? say_error(work, wrong) : status;
}

enum command_exit command_node_act(struct command_work *work, const char *path, json_t *body,
                                   json_t **reply)
{
    struct command_call call = {"POST", path, body, NULL};
    if (work->common.dry_run)
        json_object_set_new(body, "dry_run", json_true());
    else
        call.key = command_node_key(work);
    return command_node_call(work, &call, reply);
}

enum command_exit command_node_get(struct command_work *work, const char *path, json_t **reply)
{
    return command_node_call(work, &(struct command_call) {"GET", path, NULL, NULL}, reply);
}

enum command_exit command_node_probe(struct command_work *work, const char *path, json_t **reply)
{
    struct command_request request = {.method = "GET", .path = path};
    struct command_reply said;
    enum command_exit wrong = find_way(work, &request);
    *reply = NULL;
    if (wrong)
        return wrong;
    enum fault fault = work->port->call(work->port->self, &request, work->arena, &said);
    return fault == FAULT_NETWORK ? COMMAND_DONE : command_node_get(work, path, reply);
}

enum command_exit command_node_bytes(struct command_work *work, const char *path,
                                     struct bytes *body)
{
    struct command_reply said;
    struct command_call call = {"GET", path, NULL, NULL};
    enum command_exit status = exchange(work, &call, &said);
    if (status)
        return status;
    if (said.status >= 200 && said.status < 300) {
        *body = said.body;
        return COMMAND_DONE;
    }
    json_t *value =
        command_work_keep(work, json_loadb((const char *)said.body.data, said.body.size, 0, NULL));
    json_t *error = json_object_get(value, "error");
    return json_is_object(error) ? say_error(work, error)
                                 : not_understood(work, &call, said.status);
}

/* `next` is a cursor: text or number; null or absent at the end. */
static const char *next_page(struct command_work *work, const json_t *reply)
{
    json_t *next = json_object_get(reply, "next");
    if (json_is_integer(next))
        return command_work_text(work, "%" JSON_INTEGER_FORMAT, json_integer_value(next));
    return json_string_value(next);
}

static unsigned flag_limit(const struct command_work *work)
{
    unsigned limit = LIST_MAX;
    if (!command_flag_find(work->row, "limit", 5) || !command_work_flag(work, "limit"))
        return limit;
    const char *text = command_work_flag(work, "limit");
    size_t digits = strspn(text, "0123456789");
    unsigned long given = digits && digits < 10 && !text[digits] ? strtoul(text, NULL, 10) : 0;
    return (unsigned)(given < LIST_MAX ? given : LIST_MAX);
}

enum command_exit command_node_list(struct command_work *work, const char *path, const char *name,
                                    json_t **list)
{
    json_t *all = command_work_keep(work, json_array());
    const char *after = NULL;
    size_t limit = flag_limit(work);
    if (limit == 0)
        return command_say_usage(work, "give a whole number, as 50",
                                 "--limit is not a number above 0");
    do {
        size_t left = limit - json_array_size(all);
        const char *page =
            command_work_text(work, "%s%climit=%zu%s%s", path, strchr(path, '?') ? '&' : '?',
                              left < COMMAND_LIMIT ? left : COMMAND_LIMIT, after ? "&after=" : "",
                              after ? command_node_escape(work, after) : "");
        json_t *reply;
        enum command_exit wrong = command_node_get(work, page, &reply);
        if (wrong)
            return wrong;
        size_t before = json_array_size(all);
        json_array_extend(all, json_object_get(reply, name));
        after = json_array_size(all) > before ? next_page(work, reply) : NULL;
    } while (after && json_array_size(all) < limit);
    *list = all;
    return COMMAND_DONE;
}

const char *command_node_escape(struct command_work *work, const char *text)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    char *out = arena_take(work->arena, strlen(text) * 3 + 1);
    if (!out)
        return "";
    char *end = out;
    for (; *text; text++) {
        if (strchr(safe, *text))
            *end++ = *text;
        else
            end += sprintf(end, "%%%02X", (unsigned)(uint8_t)*text);
    }
    return out;
}

const char *command_node_query(struct command_work *work, const char *path,
                               const char *const names[])
{
    char separator = strchr(path, '?') ? '&' : '?';
    for (size_t i = 0; names[i]; i++) {
        const char *value = command_work_flag(work, names[i]);
        if (!value)
            continue;
        path = command_work_text(work, "%s%c%s=%s", path, separator, names[i],
                                 command_node_escape(work, value));
        separator = '&';
    }
    return path;
}

const char *command_node_key(struct command_work *work)
{
    uint8_t dice[KEY_SIZE];
    work->port->random(work->port->self, dice, sizeof dice);
    return command_work_hex(work, dice, sizeof dice);
}
