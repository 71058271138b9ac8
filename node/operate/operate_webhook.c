#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <string.h>

enum { LOOKS = 60, LOOK_MS = 250, KINDS_MAX = 16 };

static const struct command_column columns[] = {
    {"ID", "id", COMMAND_TEXT, 0},
    {"STATE", "state", COMMAND_TEXT, 0},
    {"URL", "url", COMMAND_TEXT, 1},
    {"DELIVERED", "delivered", COMMAND_COUNT, 0},
    {"ATTEMPTS", "attempts", COMMAND_COUNT, 0},
    {"STATUS", "status", COMMAND_COUNT, 0},
    {"TRIED", "tried_at", COMMAND_TIME, 0},
    {"NEXT TRY", "next_try", COMMAND_TIME, 0},
};

static const struct command_listing listing = {"webhooks", columns,
                                               sizeof columns / sizeof *columns,
                                               "No webhooks: this node tells nobody what happens."};

enum command_exit operate_webhook_list(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/webhooks", &reply);
    return wrong ? wrong : command_list_show(work, &listing, json_object_get(reply, "webhooks"));
}

/* True under --dry-run, after saying what would be done to the first argument. */
static bool only_said(struct command_work *work, const char *would)
{
    if (!work->common.dry_run)
        return false;
    command_say_line(work, "Would %s %s", would, work->arguments[0]);
    command_say_json(work, json_pack("{s:i, s:s, s:s}", "schema", 1, "would", would, "webhook",
                                     work->arguments[0]));
    return true;
}

enum command_exit operate_webhook_add(struct command_work *work)
{
    if (only_said(work, "add a webhook for"))
        return COMMAND_DONE;
    json_t *body = json_pack("{s:s}", "url", work->arguments[0]), *reply;
    json_t *kinds = json_array();
    const char *kind;
    for (size_t i = 0; (kind = command_work_flag_nth(work, "kind", i)); i++)
        json_array_append_new(kinds, json_string(kind));
    if (json_array_size(kinds))
        json_object_set(body, "kinds", kinds);
    json_decref(kinds);
    const struct command_call call = {.method = "POST", .path = "/api/v1/webhooks", .body = body};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    const char *id = command_list_text(work, reply, "webhook.id", COMMAND_TEXT);
    command_say_line(work, "Webhook %s added. Its secret, shown this once:", id);
    command_say_line(work, "%s", command_list_text(work, reply, "secret", COMMAND_TEXT));
    command_say_next(work, "peregrin webhook test %s", id);
    return COMMAND_DONE;
}

static enum command_exit act(struct command_work *work, const char *method, const char *verb,
                             json_t **reply)
{
    const char *id = command_node_escape(work, work->arguments[0]);
    const struct command_call call = {
        .method = method, .path = command_work_text(work, "/api/v1/webhooks/%s%s", id, verb)};
    return command_node_call(work, &call, reply);
}

enum command_exit operate_webhook_remove(struct command_work *work)
{
    json_t *reply;
    if (only_said(work, "remove webhook"))
        return COMMAND_DONE;
    enum command_exit wrong = act(work, "DELETE", "", &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    command_say_line(work, "Webhook %s removed: nothing more is told to it.", work->arguments[0]);
    return COMMAND_DONE;
}

enum command_exit operate_webhook_retry(struct command_work *work)
{
    json_t *reply;
    if (only_said(work, "try again webhook"))
        return COMMAND_DONE;
    enum command_exit wrong = act(work, "POST", "/retry", &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    command_say_line(work, "Tried again at once: what waits, and %s dead letters.",
                     command_list_text(work, reply, "dead", COMMAND_TEXT));
    command_say_next(work, "peregrin webhook list");
    return COMMAND_DONE;
}

/* The webhook as it stands now; NULL when it is gone. */
static enum command_exit look(struct command_work *work, const json_t **hook)
{
    json_t *reply;
    *hook = NULL;
    enum command_exit wrong = command_node_get(work, "/api/v1/webhooks", &reply);
    const json_t *list = wrong ? NULL : json_object_get(reply, "webhooks");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *each = json_array_get(list, i);
        if (strcmp(command_list_text(work, each, "id", COMMAND_TEXT), work->arguments[0]) == 0)
            *hook = each;
    }
    return wrong;
}

enum command_exit operate_webhook_test(struct command_work *work)
{
    const json_t *hook = NULL;
    json_t *reply;
    if (only_said(work, "send a test message to webhook"))
        return COMMAND_DONE;
    enum command_exit wrong = act(work, "POST", "/test", &reply);
    if (wrong)
        return wrong;
    for (unsigned i = 0; i < LOOKS; i++) {
        wrong = look(work, &hook);
        if (wrong || !hook || json_integer_value(json_object_get(hook, "tests")) == 0)
            break;
        work->port->wait(work->port->self, LOOK_MS);
    }
    if (wrong)
        return wrong;
    json_int_t status = json_integer_value(json_object_get(hook, "status"));
    if (status >= 200 && status < 300) {
        command_say_json(work, json_pack("{s:i, s:I}", "schema", 1, "status", status));
        command_say_line(work, "It took the test message (status %" JSON_INTEGER_FORMAT ").",
                         status);
        return COMMAND_DONE;
    }
    return command_say_wrong(
        work,
        &(struct command_wrong) {
            COMMAND_PROBLEMS, "webhook",
            status ? command_work_text(work, "it answered with status %lld", (long long)status)
                   : "no answer came",
            "see that its server runs at this address, with a "
            "certificate that is trusted here, and answers with 200",
            NULL, NULL});
}
