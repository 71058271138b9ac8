#include "api/api_dossier.h"

#include "api/api_mark.h"
#include "record/codec.h"
#include "record/kind.h"
#include "report/delivery.h"
#include "report/json_record.h"
#include "report/text.h"

#include <assert.h>
#include <string.h>

const char *api_dossier_opener(const struct api_dossier *dossier)
{
    return dossier->place.opened_by_partner ? dossier->partner : dossier->own;
}

struct api_dossier api_dossier_host(const struct api_dossier *dossier)
{
    struct api_dossier host = *dossier;
    if (!dossier->both)
        return host;
    host.own = dossier->partner;
    host.partner = dossier->own;
    host.place.opened_by_partner = true;
    host.both = false;
    return host;
}

struct api_dossier api_dossier_speaker(const struct api_dossier *dossier, uint32_t kind)
{
    size_t count;
    const struct kind *all = kind_all(&count);
    for (size_t i = 0; i < count; i++)
        if (all[i].number == kind && all[i].lanes == KIND_LANE_OTHER)
            return api_dossier_host(dossier);
    return *dossier;
}

/* ---- by name -----------------------------------------------------------------------------------
 */

/* The two sides of one dossier between institutions of this node. */
static bool mirrors(const struct api_dossier *one, const struct api_dossier *other)
{
    return other->own && strcmp(one->own, other->partner) == 0 &&
           strcmp(one->partner, other->own) == 0 &&
           one->place.opened_by_partner != other->place.opened_by_partner;
}

/* Takes the candidate when the opener fits; a second one makes the name ambiguous. Of two sides the
 * opener's is taken. */
static void candidate_add(const struct api_call *call, struct api_reply *reply,
                          const struct api_dossier *candidate, struct api_dossier *found)
{
    const char *opener = api_call_query(call, "opener");
    if (opener && strcmp(api_dossier_opener(candidate), opener) != 0)
        return;
    if (mirrors(candidate, found)) {
        if (!candidate->place.opened_by_partner)
            *found = *candidate;
        found->both = true;
        return;
    }
    if (found->own)
        api_call_usage(reply, "two institutions have opened a dossier of this name",
                       "choose with ?opener=SCHAC", "opener");
    *found = *candidate;
}

static enum fault look_in_rows(const struct api_call *call, struct api_reply *reply,
                               const struct store_pair *pair, const struct header_dossier *name,
                               struct api_dossier *found)
{
    struct store *store = call->api->store;
    for (int by_partner = 0; by_partner <= 1; by_partner++) {
        struct api_dossier candidate = {
            .place = {pair->pair, by_partner, *name}, .own = pair->own, .partner = pair->partner};
        bool sees = false;
        TRY(store->dossier_get(store, &candidate.place, &candidate.kept, &candidate.row));
        if (candidate.kept)
            TRY(api_call_sees_row(call, pair->own, &candidate.row, &sees));
        if (sees)
            candidate_add(call, reply, &candidate, found);
    }
    return FAULT_NONE;
}

enum { READY_PAGE = 64 };

static const struct store_pair *pair_of(const struct store_pair *pairs, size_t count,
                                        uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].pair == number)
            return &pairs[i];
    return NULL;
}

static void look_at_ready(const struct api_call *call, struct api_reply *reply,
                          const struct api_dossier_ready *ready, const struct store_pair *pair,
                          const struct header_dossier *name, struct api_dossier *found)
{
    const Peregrin__Submission *submission = ready->submission;
    bool opening = submission->kind == PEREGRIN__KIND__KIND_NOMINATION && !ready->hidden;
    if (!pair || !opening || memcmp(submission->dossier.data, name->bytes, sizeof name->bytes) != 0)
        return;
    struct api_dossier candidate = {
        .place = {pair->pair, false, *name}, .own = pair->own, .partner = pair->partner};
    candidate_add(call, reply, &candidate, found);
}

static enum fault look_in_ready(const struct api_call *call, struct api_reply *reply,
                                const struct store_pair *pairs, size_t pair_count,
                                const struct header_dossier *name, struct api_dossier *found)
{
    struct api_dossier_ready *page;
    size_t count = READY_PAGE;
    for (int64_t after = 0; count == READY_PAGE && !found->own;) {
        TRY(api_dossier_ready(call, 0, after, READY_PAGE, &page, &count));
        for (size_t i = 0; i < count; i++)
            look_at_ready(call, reply, &page[i], pair_of(pairs, pair_count, page[i].pair), name,
                          found);
        after = count ? page[count - 1].number : after;
    }
    return FAULT_NONE;
}

enum fault api_dossier_find(const struct api_call *call, struct api_reply *reply,
                            struct api_dossier *out)
{
    struct api_dossier found = {0};
    struct header_dossier name;
    struct store_pair *pairs;
    size_t count;
    assert(call->parameters[0]);
    if (!header_dossier_from_text(bytes_text(call->parameters[0]), &name)) {
        api_call_usage(reply, "this is no dossier's name", "give its 26 characters", "dossier");
        return FAULT_NONE;
    }
    TRY(api_call_pair_list(call, &pairs, &count));
    for (size_t i = 0; i < count; i++)
        TRY(look_in_rows(call, reply, &pairs[i], &name, &found));
    if (!found.own)
        TRY(look_in_ready(call, reply, pairs, count, &name, &found));
    if (!found.own)
        api_call_refuse(reply, VERDICT_NOT_FOUND, "dossier");
    *out = found;
    return FAULT_NONE;
}

/* ---- what is ready -----------------------------------------------------------------------------
 */

static enum fault submission_read(const struct api_call *call, struct bytes wire,
                                  const Peregrin__Submission **out)
{
    const struct scan_limits limits = {
        .bytes_max = STORE_VALUE_MAX, .depth_max = 1, .fields_max = 16};
    ProtobufCMessage *message;
    enum verdict verdict =
        codec_unpack(&peregrin__submission__descriptor, wire, &limits, call->arena, &message);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    *out = (const Peregrin__Submission *)message;
    return (*out)->dossier.len == HEADER_DOSSIER_SIZE ? FAULT_NONE : FAULT_CORRUPT;
}

/* Its dossier tells, once there is one; before, the kind that opens it. */
static enum fault ready_binds(const struct api_call *call, const struct store_place *place,
                              const struct kind *kind, bool *binds)
{
    struct store *store = call->api->store;
    struct store_dossier row;
    bool found;
    TRY(store->dossier_get(store, place, &found, &row));
    enum kind_family family = found ? dossier_family((enum dossier_state)row.state) : KIND_FAMILIES;
    if (family == KIND_FAMILIES)
        family = kind ? kind->family : KIND_MOBILITY;
    *binds = family != KIND_MOBILITY;
    return FAULT_NONE;
}

/* What opens a dossier says its department; all else goes by the dossier that it is of. */
static enum fault ready_hide(const struct api_call *call, struct api_dossier_ready *ready)
{
    const Peregrin__Submission *submission = ready->submission;
    struct store_place place = {ready->pair, submission->opened_by_partner, {{0}}};
    const struct kind *kind = kind_find(submission->kind, 1);
    struct bytes wire = {submission->body.data, submission->body.len};
    ProtobufCMessage *body;
    bool sees = true;
    if (scope_is_whole(&call->who.scope, submission->issuer))
        return FAULT_NONE;
    memcpy(place.dossier.bytes, submission->dossier.data, sizeof place.dossier.bytes);
    TRY(ready_binds(call, &place, kind, &ready->binds));
    TRY(api_call_sees_place(call, submission->issuer, &place, &sees));
    if (sees && kind && kind->number == PEREGRIN__KIND__KIND_NOMINATION) {
        if (kind_body_read(kind, wire, call->arena, &body))
            return FAULT_CORRUPT;
        sees = api_call_sees_unit(call, submission->issuer, unit_of_nomination(body));
    }
    ready->hidden = !sees;
    return FAULT_NONE;
}

enum fault api_dossier_ready(const struct api_call *call, uint32_t pair, int64_t after, size_t max,
                             struct api_dossier_ready **out, size_t *count)
{
    struct store *store = call->api->store;
    struct store_ready *rows;
    size_t found;
    TRY(store->ready_list(store, pair, after, max, call->arena, &rows, &found));
    struct api_dossier_ready *page = arena_take_array(call->arena, found, sizeof *page);
    if (!page)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found; i++) {
        page[i] = (struct api_dossier_ready) {
            .number = rows[i].number, .pair = rows[i].pair, .code = rows[i].code};
        TRY(submission_read(call, rows[i].wire, &page[i].submission));
        TRY(ready_hide(call, &page[i]));
    }
    *out = page;
    *count = found;
    return FAULT_NONE;
}

/* ---- a record as JSON --------------------------------------------------------------------------
 */

static const char *kind_code(const struct header *header)
{
    const struct kind *kind = kind_find(header->kind, header->schema);
    return kind ? kind->code : "unknown";
}

enum fault api_dossier_record(const struct api_call *call, const struct dossier_view *view,
                              size_t position, json_t **out)
{
    assert(position < view->count);
    struct store *store = call->api->store;
    const struct store_record *record = &view->records[position];
    const struct header *header = &view->headers[position];
    const struct dossier_entry *entry = &view->entries[position];
    struct delivery delivery;
    uint64_t receipted_at;
    ProtobufCMessage *body;
    TRY(delivery_of(store, record, call->arena, &delivery));
    TRY(delivery_receipted_at(store, &delivery, call->arena, &receipted_at));
    TRY(dossier_view_body(record, call->arena, &body));
    enum verdict code = delivery.code ? verdict_of(delivery.code) : VERDICT_FINE;
    json_t *json = json_pack(
        "{s:i, s:i, s:s, s:s, s:s, s:o, s:s, s:o, s:o, s:b, s:b, s:b, s:o}", "lane",
        (int)record->lane, "index", (int)record->index, "id",
        text_hex(digest_bytes(&record->id), call->arena), "kind", kind_code(header), "issuer",
        header->fields->issuer, "issued_at", api_call_seconds(header->issued_at * 60), "delivery",
        api_mark_delivery(call, header->fields->audience, delivery.state), "code",
        api_call_text(code && code < VERDICT_COUNT ? verdict_text(code)->code : NULL),
        "receipted_at", api_call_seconds(receipted_at), "void", entry->void_, "out_of_turn",
        entry->out_of_turn, "waiting", !entry->folded, "body",
        body ? json_record_write(body, call->arena) : json_null());
    *out = json;
    return json ? FAULT_NONE : FAULT_MEMORY;
}
