#include "api/api_replay.h"

#include "report/json_text.h"

#include <assert.h>

enum {
    STATUS_SIZE = 4,
    STATUS_REFUSED = 300,
    /* A larger answer is not kept: the routes that can give one find by themselves what is done. */
    ANSWER_MAX = STORE_VALUE_MAX,
};

/* Of this user: nobody is given what another one was told. The node's own user has the keys of the
 * time before there were others. */
static enum fault key_of(const struct api_call *call, struct digest *key, struct digest *content)
{
    const struct api_request *request = call->request;
    bool owner = call->who.way == API_WHO_OWNER;
    const char *name =
        arena_format(call->arena, "%s%s%s %s %s", owner ? "" : call->who.name, owner ? "" : " ",
                     request->method, request->path, request->idempotency_key);
    if (!name)
        return FAULT_MEMORY;
    digest_of(DIGEST_REQUEST, bytes_text(name), key);
    digest_of(DIGEST_REQUEST, request->body, content);
    return FAULT_NONE;
}

static enum fault repeat(const struct store_request *kept, struct api_reply *reply)
{
    if (kept->answer.size < STATUS_SIZE)
        return FAULT_CORRUPT;
    reply->status = (int)bytes_read_u32le(kept->answer.data);
    reply->raw_type = "application/json";
    reply->raw = (struct bytes) {kept->answer.data + STATUS_SIZE, kept->answer.size - STATUS_SIZE};
    return FAULT_NONE;
}

static enum fault keep(const struct api_call *call, const struct digest *key,
                       const struct digest *content, struct api_reply *reply)
{
    struct store *store = call->api->store;
    size_t length = json_dumpb(reply->json, NULL, 0, JSON_COMPACT);
    if (length > ANSWER_MAX - STATUS_SIZE)
        return FAULT_NONE;
    uint8_t *answer = arena_take(call->arena, STATUS_SIZE + length);
    if (!answer)
        return FAULT_MEMORY;
    bytes_write_u32le(answer, (uint32_t)reply->status);
    json_dumpb(reply->json, (char *)answer + STATUS_SIZE, length, JSON_COMPACT);
    struct store_request request = {
        .found = true, .content = *content, .answer = {answer, STATUS_SIZE + length}};
    return store->request_put(store, key, &request);
}

enum fault api_replay_serve(const struct api_call *call, api_call_route *route,
                            struct api_reply *reply)
{
    assert(call->request->idempotency_key);
    struct store *store = call->api->store;
    struct digest key, content;
    struct store_request kept;
    TRY(key_of(call, &key, &content));
    TRY(store->request_get(store, &key, call->arena, &kept));
    if (kept.found && digest_equal(&kept.content, &content))
        return repeat(&kept, reply);
    if (kept.found) {
        api_call_refuse(reply, VERDICT_DUPLICATE, NULL);
        return FAULT_NONE;
    }
    TRY(route(call, reply));
    if (api_call_refused(reply) || reply->raw_type || reply->status >= STATUS_REFUSED)
        return FAULT_NONE;
    return keep(call, &key, &content, reply);
}
