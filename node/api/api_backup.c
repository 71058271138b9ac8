#include "api/api_routes.h"

#include <string.h>

/* The copy of the database that `peregrin backup create` packs. It is made beside the database
 * while the node goes on; whoever asked for it reads it there, on the same machine, and takes it
 * away. No record passes through here. */

static const char *const state_names[] = {
    [API_COPY_NONE] = "none",
    [API_COPY_RUNNING] = "running",
    [API_COPY_WHOLE] = "whole",
    [API_COPY_FAILED] = "failed",
};

static const char packed_name[] = "backup.at";

/* When the last one was packed, for whoever watches: seconds since 1970. */
static enum fault note_packed(const struct api_call *call)
{
    uint8_t at[8];
    struct store *store = call->api->store;
    bytes_write_u64le(at, instant_seconds(call->request->now));
    return store->value_put(store, packed_name, (struct bytes) {at, sizeof at});
}

static enum fault packed_at(const struct api_call *call, json_t **out)
{
    struct bytes at = {0};
    struct store *store = call->api->store;
    TRY(store->value_get(store, packed_name, call->arena, &at));
    *out = at.size == 8 ? api_call_seconds(bytes_read_u64le(at.data)) : json_null();
    return FAULT_NONE;
}

static enum fault say_copy(const struct api_call *call, const struct api_copy *copy,
                           struct api_reply *reply)
{
    json_t *packed;
    TRY(packed_at(call, &packed));
    const struct fault_text *text = fault_text(copy->fault);
    bool failed = copy->state == API_COPY_FAILED;
    json_t *json =
        json_pack("{s:s, s:I, s:s, s:s, s:I, s:I, s:o}", "state", state_names[copy->state],
                  "number", (json_int_t)copy->number, "file", copy->file, "configuration",
                  copy->configuration, "pages_done", (json_int_t)copy->done, "pages",
                  (json_int_t)copy->total, "packed_at", packed);
    TRY(api_call_put(reply, "backup", json));
    return failed ? api_call_put(reply, "failure",
                                 json_pack("{s:s, s:s, s:s}", "code", text->code, "sentence",
                                           text->sentence, "remedy", text->remedy))
                  : FAULT_NONE;
}

static enum fault show_copy(const struct api_call *call, struct api_reply *reply)
{
    struct api_copy copy;
    call->api->port.copy(call->api->port.self, API_COPY_LOOK, &copy);
    return say_copy(call, &copy, reply);
}

static enum fault begin_copy(const struct api_call *call, struct api_reply *reply)
{
    struct api_copy copy;
    if (!api_call_fields(call, reply, call->body, "", NULL, 0, NULL))
        return FAULT_NONE;
    if (!call->api->port.copy(call->api->port.self, API_COPY_BEGIN, &copy)) {
        api_call_explain(reply, VERDICT_UNAVAILABLE, "a backup is being made already",
                         "wait for it, or break it off: DELETE /api/v1/backups", NULL);
        return FAULT_NONE;
    }
    reply->status = 202;
    return say_copy(call, &copy, reply);
}

static enum fault end_copy(const struct api_call *call, struct api_reply *reply)
{
    struct api_copy copy;
    const char *packed = api_call_query(call, "packed");
    if (packed && strcmp(packed, "true") == 0)
        TRY(note_packed(call));
    call->api->port.copy(call->api->port.self, API_COPY_END, &copy);
    return say_copy(call, &copy, reply);
}

const struct api_route api_backup_routes[] = {
    {
        .row = {"GET", "/api/v1/backups", "how far the copy for a backup is"},
        .needs = ROLE_NEED_OPERATE,
        .serve = show_copy,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/backups", "copy the database beside itself, for a backup"},
        .needs = ROLE_NEED_OPERATE,
        .serve = begin_copy,
        .whole = true,
    },
    {
        .row = {"DELETE", "/api/v1/backups", "take the copy away, or break it off"},
        .needs = ROLE_NEED_OPERATE,
        .serve = end_copy,
        .whole = true,
        .query = "packed",
        .writes = true,
    },
    {},
};
