#include "api/api_cursor.h"
#include "api/api_dossier.h"
#include "api/api_routes.h"
#include "admin/proof.h"
#include "record/statement.h"
#include "report/json_record.h"
#include "report/text.h"
#include "trust/evidence_bundle.h"

#include <stdlib.h>
#include <string.h>

/* Each costs the ways through two trees. */
enum { BUNDLE_PAGE = 100, BUNDLE_PAGE_MAX = 500 };

/* `0.12`: the lane and the place in it. */
static bool place_read(const char *text, uint32_t *lane, uint32_t *index)
{
    enum { DIGITS_MAX = 9 };
    size_t digits = text[0] == '0' || text[0] == '1' ? strspn(text + 1, ".") : 0;
    if (digits != 1)
        return false;
    size_t length = strspn(text + 2, "0123456789");
    if (length == 0 || length > DIGITS_MAX || text[2 + length])
        return false;
    *lane = (uint32_t)(text[0] - '0');
    *index = (uint32_t)strtoul(text + 2, NULL, 10);
    return true;
}

/* ?id= chooses between two records at one place, which a fork leaves. */
static bool id_fits(const struct api_call *call, const struct digest *id)
{
    const char *wanted = api_call_query(call, "id");
    struct digest digest;
    size_t size;
    if (!wanted)
        return true;
    return text_unhex(bytes_text(wanted), digest.bytes, sizeof digest.bytes, &size) &&
           size == sizeof digest.bytes && digest_equal(&digest, id);
}

/* The view and the position of the record that the path names. */
static enum fault record_find(const struct api_call *call, struct api_reply *reply,
                              struct dossier_view *view, size_t *position)
{
    struct api_dossier found;
    uint32_t lane, index;
    if (!place_read(call->parameters[1], &lane, &index)) {
        api_call_usage(reply, "this is no place in a dossier", "give LANE.INDEX, such as 0.0",
                       "index");
        return FAULT_NONE;
    }
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(dossier_view_load(call->api->store, &found.place, true, call->arena, view));
    for (size_t i = 0; i < view->count; i++)
        if (view->records[i].lane == lane && view->records[i].index == index &&
            id_fits(call, &view->records[i].id)) {
            *position = i;
            return FAULT_NONE;
        }
    api_call_refuse(reply, VERDICT_NOT_FOUND, "index");
    return FAULT_NONE;
}

/* ---- what is signed, as JSON -------------------------------------------------------------------
 */

struct signed_reading {
    const ProtobufCMessage *statement;
    uint32_t index;
};

static json_t *statement_json(const struct api_call *call, const struct signed_reading *reading)
{
    json_t *json = json_record_write(reading->statement, call->arena);
    if (json && json_object_set_new(json, "index", json_integer(reading->index)) == 0)
        return json;
    json_decref(json);
    return NULL;
}

static enum fault put_seal(const struct api_call *call, struct api_reply *reply,
                           const struct store_record *record)
{
    Peregrin__Proof *proof;
    Peregrin__SealStatement *statement;
    TRY(proof_seal(call->api->store, record, call->arena, &proof));
    if (!proof)
        return api_call_put(reply, "seal", json_null());
    struct bytes wire = {proof->signed_->statement.data, proof->signed_->statement.len};
    if (statement_read_seal(wire, call->arena, &statement))
        return FAULT_CORRUPT;
    struct signed_reading reading = {&statement->base, proof->index};
    return api_call_put(reply, "seal", statement_json(call, &reading));
}

static enum fault put_receipt(const struct api_call *call, struct api_reply *reply,
                              const struct store_record *record)
{
    Peregrin__Proof *proof;
    Peregrin__ReceiptStatement *statement;
    TRY(proof_receipt(call->api->store, record, call->arena, &proof));
    if (!proof)
        return api_call_put(reply, "receipt", json_null());
    struct bytes wire = {proof->signed_->statement.data, proof->signed_->statement.len};
    if (statement_read_receipt(wire, call->arena, &statement))
        return FAULT_CORRUPT;
    struct signed_reading reading = {&statement->base, proof->index};
    return api_call_put(reply, "receipt", statement_json(call, &reading));
}

static enum fault show_record(const struct api_call *call, struct api_reply *reply)
{
    struct dossier_view view;
    size_t position;
    json_t *json;
    TRY(record_find(call, reply, &view, &position));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(api_dossier_record(call, &view, position, &json));
    int failed = json_object_update(reply->json, json);
    json_decref(json);
    if (failed)
        return FAULT_MEMORY;
    TRY(api_call_put(reply, "dossier",
                     json_string(api_call_dossier_text(call, &view.headers[position].dossier))));
    TRY(api_call_put(reply, "header",
                     json_record_write(&view.headers[position].fields->base, call->arena)));
    TRY(put_seal(call, reply, &view.records[position]));
    return put_receipt(call, reply, &view.records[position]);
}

static enum fault show_evidence(const struct api_call *call, struct api_reply *reply)
{
    const struct api *api = call->api;
    const char *armour = api_call_query(call, "armour");
    struct dossier_view view;
    size_t position;
    Peregrin__Evidence *evidence;
    TRY(record_find(call, reply, &view, &position));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(proof_evidence(api->store, &api->files, &view.records[position], call->arena, &evidence));
    if (!evidence) {
        api_call_explain(reply, VERDICT_UNAVAILABLE, "the record is not sealed yet",
                         "try again in a moment", NULL);
        return FAULT_NONE;
    }
    bool text = armour && strcmp(armour, "1") == 0;
    reply->raw = evidence_pack(evidence, call->arena);
    if (text && reply->raw.data)
        reply->raw = evidence_armour(reply->raw, call->arena);
    reply->raw_type = text ? "text/plain; charset=utf-8" : "application/octet-stream";
    return reply->raw.data ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- many as a bundle --------------------------------------------------------------------------
 */

static enum fault bundle_put(const struct api_call *call, const struct store_record *record,
                             struct bytes *at, size_t room)
{
    Peregrin__Evidence *evidence;
    struct arena_mark mark = arena_mark(call->arena);
    TRY(proof_evidence(call->api->store, &call->api->files, record, call->arena, &evidence));
    if (evidence) {
        struct bytes part = evidence_bundle_add(evidence, call->arena);
        if (!part.data || part.size > room - at->size)
            return FAULT_MEMORY;
        memcpy((uint8_t *)(uintptr_t)at->data + at->size, part.data, part.size);
        at->size += part.size;
    }
    arena_rewind(call->arena, mark);
    return FAULT_NONE;
}

/* Records by their local numbers, so many of them as a part of a bundle, which the first part
 * begins; empty behind the last one. What is not sealed yet is left out. */
static enum fault show_bundle(const struct api_call *call, struct api_reply *reply)
{
    enum { EACH = 4 * 1024 }; /* beside header and body: two proofs and what frames them */
    const struct api *api = call->api;
    struct store_record *records;
    int64_t after;
    size_t max, count, room = api->files.root.size + api->files.catalogue.size + EACH;
    if (!api_cursor_number(call, reply, &after) ||
        !api_call_query_number(call, reply, "max", BUNDLE_PAGE, BUNDLE_PAGE_MAX, &max))
        return FAULT_NONE;
    TRY(api->store->record_scan(api->store, after, max, call->arena, &records, &count));
    for (size_t i = 0; i < count; i++)
        room += EACH + records[i].header.size + records[i].body.size;
    struct bytes all = {arena_take(call->arena, room), 0};
    if (!all.data)
        return FAULT_MEMORY;
    if (after == 0) {
        struct bytes begin = evidence_bundle_begin(&api->files, call->arena);
        if (!begin.data)
            return FAULT_MEMORY;
        memcpy((uint8_t *)(uintptr_t)all.data, begin.data, begin.size);
        all.size = begin.size;
    }
    for (size_t i = 0; i < count && records[i].serial <= after + (int64_t)max; i++)
        TRY(bundle_put(call, &records[i], &all, room));
    reply->raw = all;
    reply->raw_type = "application/octet-stream";
    return FAULT_NONE;
}

const struct api_route api_record_routes[] = {
    {
        .row = {"GET", "/api/v1/evidence", "records from one local number to another, as a bundle"},
        .needs = ROLE_NEED_READ,
        .serve = show_bundle,
        .whole = true,
        .query = "after max",
    },
    {
        .row = {"GET", "/api/v1/records/{dossier}/{lane}.{index}",
                "one record with its seal and receipt"},
        .needs = ROLE_NEED_READ,
        .serve = show_record,
        .query = "opener id",
    },
    {
        .row = {"GET", "/api/v1/records/{dossier}/{lane}.{index}/evidence",
                "a file that proves the record"},
        .needs = ROLE_NEED_READ,
        .serve = show_evidence,
        .query = "opener id armour",
    },
    {},
};
