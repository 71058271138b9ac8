#include "admin/hook.h"
#include "api/api_feed.h"
#include "api/api_routes.h"

#include <string.h>

enum { TESTS_MAX = 10, DICE_SIZE = 32 };

/* ---- what is shown: never the secret ----------------------------------------------------------
 */

static json_t *kinds_json(uint32_t kinds)
{
    json_t *list = json_array();
    for (uint32_t kind = FEED_NONE + 1; list && kind < FEED_KIND_COUNT; kind++)
        if (!kinds || kinds >> kind & 1)
            json_array_append_new(list, json_string(feed_text(kind)->code));
    return list;
}

static json_t *dead_json(const Peregrin__Webhook *kept)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < kept->n_dead; i++)
        json_array_append_new(
            list, json_pack("{s:I, s:o, s:i, s:b}", "cursor", (json_int_t)kept->dead[i]->cursor,
                            "at", api_call_seconds(kept->dead[i]->at), "status",
                            (int)kept->dead[i]->status, "again", kept->dead[i]->again));
    return list;
}

static json_t *time_or_null(uint64_t seconds)
{
    return seconds ? api_call_seconds(seconds) : json_null();
}

static const char *state_of(const Peregrin__Webhook *kept)
{
    if (kept->attempts)
        return "failing";
    return kept->n_dead ? "dead_letters" : "fine";
}

static json_t *hook_json(const struct hook *hook)
{
    const Peregrin__Webhook *kept = hook->kept;
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:I, s:I, s:i, s:o, s:o, s:o, s:o, s:o, s:I, s:i}",
                     "id", hook->id, "url", kept->url, "state", state_of(kept), "kinds",
                     kinds_json(kept->kinds), "created_at", api_call_seconds(kept->created_at),
                     "cursor", (json_int_t)kept->cursor, "delivered", (json_int_t)kept->delivered,
                     "attempts", (int)kept->attempts, "since", time_or_null(kept->since),
                     "next_try", time_or_null(kept->next_try), "status",
                     kept->tried_at ? json_integer(kept->status) : json_null(), "tried_at",
                     time_or_null(kept->tried_at), "dead", dead_json(kept), "lost",
                     (json_int_t)kept->lost, "tests", (int)kept->tests);
}

static enum fault list_webhooks(const struct api_call *call, struct api_reply *reply)
{
    struct hook *hooks;
    size_t count;
    json_t *list;
    TRY(hook_list(call->api->store, call->arena, &hooks, &count));
    TRY(api_call_list(reply, "webhooks", &list));
    for (size_t i = 0; i < count; i++)
        TRY(api_call_append(list, hook_json(&hooks[i])));
    return FAULT_NONE;
}

/* ---- one more ---------------------------------------------------------------------------------
 */

static bool kinds_read(const struct api_call *call, struct api_reply *reply, const json_t *list,
                       uint32_t *kinds)
{
    *kinds = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *word = json_string_value(json_array_get(list, i));
        uint32_t one;
        if (!api_feed_kinds(call, reply, word ? word : "", &one)) {
            reply->problem.field = "kinds";
            return false;
        }
        *kinds |= one;
    }
    return !list || json_array_size(list) ||
           api_call_usage(reply, "no kind of event is named", "name some, or leave it out",
                          "kinds");
}

static enum fault room_check(const struct api_call *call, struct api_reply *reply)
{
    struct hook *hooks;
    size_t count;
    TRY(hook_list(call->api->store, call->arena, &hooks, &count));
    if (count == HOOK_MAX)
        api_call_explain(reply, VERDICT_TOO_LARGE, "there are 16 webhooks already",
                         "remove one: `peregrin webhook list`", NULL);
    return FAULT_NONE;
}

static enum fault add_webhook(const struct api_call *call, struct api_reply *reply)
{
    enum { URL, KINDS, COUNT };
    static const struct api_call_field fields[] = {
        [URL] = {"url", API_CALL_TEXT, true},
        [KINDS] = {"kinds", API_CALL_LIST, false},
    };
    struct store *store = call->api->store;
    json_t *values[COUNT];
    uint32_t kinds;
    int64_t oldest, newest;
    uint8_t dice[2 * DICE_SIZE];
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !kinds_read(call, reply, values[KINDS], &kinds))
        return FAULT_NONE;
    const char *url = json_string_value(values[URL]);
    if (!hook_url_fits(url)) {
        api_call_explain(reply, VERDICT_INVALID, "a webhook cannot be sent there",
                         "give an https address, or http on this machine", "url");
        return FAULT_NONE;
    }
    TRY(room_check(call, reply));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(store->event_bounds(store, &oldest, &newest));
    for (size_t i = 0; i < 2; i++)
        call->api->guard.dice(call->api->guard.self, dice + i * DICE_SIZE);
    struct hook hook = hook_new(url, kinds, newest, call->request->now, dice, call->arena);
    if (!hook.kept)
        return FAULT_MEMORY;
    TRY(hook_put(store, &hook, call->arena));
    reply->status = 201;
    TRY(api_call_put(reply, "webhook", hook_json(&hook)));
    return api_call_put(reply, "secret", json_string(hook_secret(&hook)));
}

/* ---- one of them ------------------------------------------------------------------------------
 */

/* Refused when there is none, or when the request says more than it may. */
static enum fault find(const struct api_call *call, struct api_reply *reply, struct hook *hook)
{
    bool found;
    if (call->body && !api_call_fields(call, reply, call->body, "", NULL, 0, NULL))
        return FAULT_NONE;
    TRY(hook_get(call->api->store, call->parameters[0], call->arena, &found, hook));
    if (!found)
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no such webhook",
                         "look at `peregrin webhook list`", NULL);
    return FAULT_NONE;
}

static enum fault remove_webhook(const struct api_call *call, struct api_reply *reply)
{
    struct hook hook;
    TRY(find(call, reply, &hook));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(hook_remove(call->api->store, hook.id));
    return api_call_put(reply, "removed", json_string(hook.id));
}

static enum fault test_webhook(const struct api_call *call, struct api_reply *reply)
{
    struct hook hook;
    TRY(find(call, reply, &hook));
    if (api_call_refused(reply))
        return FAULT_NONE;
    hook.kept->has_tests = true;
    if (hook.kept->tests < TESTS_MAX)
        hook.kept->tests++;
    hook.kept->next_try = 0;
    TRY(hook_put(call->api->store, &hook, call->arena));
    reply->status = 202;
    return api_call_put(reply, "webhook", hook_json(&hook));
}

static enum fault retry_webhook(const struct api_call *call, struct api_reply *reply)
{
    struct hook hook;
    TRY(find(call, reply, &hook));
    if (api_call_refused(reply))
        return FAULT_NONE;
    size_t dead = hook_retry(&hook);
    TRY(hook_put(call->api->store, &hook, call->arena));
    reply->status = 202;
    TRY(api_call_put(reply, "dead", json_integer((json_int_t)dead)));
    return api_call_put(reply, "webhook", hook_json(&hook));
}

const struct api_route api_webhook_routes[] = {
    {
        .row = {"GET", "/api/v1/webhooks", "whom this node tells what happens, and how that goes"},
        .needs = ROLE_NEED_OPERATE,
        .serve = list_webhooks,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/webhooks", "tell one more; its secret is shown once"},
        .needs = ROLE_NEED_OPERATE,
        .serve = add_webhook,
        .whole = true,
        .writes = true,
    },
    {
        .row = {"DELETE", "/api/v1/webhooks/{id}", "tell it no more"},
        .needs = ROLE_NEED_OPERATE,
        .serve = remove_webhook,
        .whole = true,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/webhooks/{id}/test", "send it a message that tells of nothing"},
        .needs = ROLE_NEED_OPERATE,
        .serve = test_webhook,
        .whole = true,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/webhooks/{id}/retry", "try at once what waits, and dead letters"},
        .needs = ROLE_NEED_OPERATE,
        .serve = retry_webhook,
        .whole = true,
        .writes = true,
    },
    {},
};
