#include "admin/zone.h"
#include "api/api_page.h"
#include "api/api_routes.h"
#include "api/api_say.h"
#include "api/api_submit.h"
#include "report/delivery.h"
#include "report/json_record.h"
#include "report/notice.h"
#include "report/text.h"

#include <string.h>

/* ---- one in a line ----------------------------------------------------------------------------
 */

static const char *kind_code(const struct notice *notice)
{
    if (notice->newest >= notice->view.count)
        return "unknown";
    const struct header *header = &notice->view.headers[notice->newest];
    const struct kind *kind = kind_find(header->kind, header->schema);
    return kind ? kind->code : "unknown";
}

/* Of the newest record that its author said, a retraction included: how it is with the partner. */
static enum fault delivery_put(const struct api_call *call, const struct notice *notice,
                               json_t *line)
{
    struct store *store = call->api->store;
    struct delivery delivery;
    uint64_t at = 0;
    size_t last = notice->view.count;
    for (size_t i = 0; i < notice->view.count; i++)
        if (notice->view.records[i].lane == 0)
            last = i;
    delivery.state = DELIVERY_READY;
    if (last < notice->view.count) {
        TRY(delivery_of(store, &notice->view.records[last], call->arena, &delivery));
        TRY(delivery_receipted_at(store, &delivery, call->arena, &at));
    }
    json_t *more = json_pack("{s:s, s:o}", "delivery", delivery_code(delivery.state),
                             "receipted_at", api_call_seconds(at));
    int failed = json_object_update(line, more);
    json_decref(more);
    return failed ? FAULT_MEMORY : FAULT_NONE;
}

static enum fault line_of(const struct api_call *call, const struct notice *notice, const char *own,
                          const char *partner, json_t **out)
{
    const struct store_place *place = &notice->row.place;
    enum dossier_state state = (enum dossier_state)notice->row.state;
    bool there = notice->newest < notice->view.count;
    json_t *line = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:o}", "dossier",
        api_call_dossier_text(call, &place->dossier), "direction", listing_direction(place), "own",
        own, "partner", partner, "kind", kind_code(notice), "subject", notice->subject, "state",
        dossier_state_code(state), "sentence", dossier_state_sentence(state), "revisions",
        (int)notice_revisions(notice), "issued_at",
        there ? api_call_seconds(notice->view.headers[notice->newest].issued_at * 60) : json_null(),
        "id",
        there ? json_string(text_hex(digest_bytes(&notice->view.dossier.revision), call->arena))
              : json_null());
    if (!line)
        return FAULT_MEMORY;
    enum fault fault = delivery_put(call, notice, line);
    if (fault)
        json_decref(line);
    else
        *out = line;
    return fault;
}

/* ---- the list ---------------------------------------------------------------------------------
 */

static enum fault show_row(const struct api_call *call, const struct api_page *,
                           const struct listing *listing, json_t **json)
{
    struct notice notice;
    const char *kind = api_call_query(call, "kind");
    TRY(notice_load(call->api->store, &listing->row, call->arena, &notice));
    if (kind && strcmp(kind, kind_code(&notice)) != 0)
        return FAULT_NONE;
    return line_of(call, &notice, listing->own, listing->partner, json);
}

static bool kind_known(const struct api_call *call, struct api_reply *reply)
{
    static const char *const codes[] = {"factsheet", "grading_table", "course_list"};
    const char *kind = api_call_query(call, "kind");
    for (size_t i = 0; kind && i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i], kind) == 0)
            return true;
    return !kind || api_call_usage(reply, "there is no such notice",
                                   "give factsheet, grading_table or course_list", "kind");
}

static enum fault list_notices(const struct api_call *call, struct api_reply *reply)
{
    struct api_page page = {.show = show_row, .states = dossier_family_states(KIND_NOTICE)};
    if (!api_page_direction(call, reply, &page.opened_by_partner) || !kind_known(call, reply))
        return FAULT_NONE;
    return api_page_list(call, reply, &page, "notices");
}

/* ---- one --------------------------------------------------------------------------------------
 */

/* The notice of the path; refused where the dossier is something else. */
static enum fault find(const struct api_call *call, struct api_reply *reply,
                       struct api_dossier *found, struct notice *notice)
{
    TRY(api_dossier_find(call, reply, found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (!found->kept || dossier_family((enum dossier_state)found->row.state) != KIND_NOTICE) {
        api_call_refuse(reply, VERDICT_NOT_FOUND, "dossier");
        return FAULT_NONE;
    }
    return notice_load(call->api->store, &found->row, call->arena, notice);
}

/* Of a factsheet: whether its days can be counted here as it means them. */
static enum fault zone_put(struct api_reply *reply, const struct notice *notice)
{
    const Peregrin__Factsheet *sheet = (const Peregrin__Factsheet *)notice->body;
    if (!sheet || sheet->base.descriptor != &peregrin__factsheet__descriptor || !sheet->zone)
        return FAULT_NONE;
    return api_call_put(reply, "zone_known", json_boolean(zone_known(sheet->zone)));
}

static enum fault show_notice(const struct api_call *call, struct api_reply *reply)
{
    struct api_dossier found;
    struct notice notice;
    json_t *line, *records;
    TRY(find(call, reply, &found, &notice));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(line_of(call, &notice, found.own, found.partner, &line));
    int failed = json_object_update(reply->json, line);
    json_decref(line);
    if (failed)
        return FAULT_MEMORY;
    TRY(api_call_put(reply, "notice",
                     notice.body ? json_record_write(notice.body, call->arena) : json_null()));
    TRY(zone_put(reply, &notice));
    TRY(api_call_list(reply, "records", &records));
    for (size_t i = 0; i < notice.view.count; i++) {
        json_t *record;
        TRY(api_dossier_record(call, &notice.view, i, &record));
        TRY(api_call_append(records, record));
    }
    return FAULT_NONE;
}

static enum fault retract_notice(const struct api_call *call, struct api_reply *reply)
{
    struct api_dossier found;
    struct notice notice;
    struct bytes body;
    TRY(find(call, reply, &found, &notice));
    if (api_call_refused(reply) ||
        !api_say_body(call, reply, call->body, PEREGRIN__KIND__KIND_REVOKE, "", &body))
        return FAULT_NONE;
    return api_submit_in(call, reply, PEREGRIN__KIND__KIND_REVOKE, &found, (struct bytes) {0}, body,
                         "");
}

const struct api_route api_notice_routes[] = {
    {
        .row = {"GET", "/api/v1/notices",
                "factsheets, grading tables and course lists in both directions"},
        .needs = ROLE_NEED_READ,
        .serve = list_notices,
        .query = "direction kind partner after limit",
    },
    {
        .row = {"GET", "/api/v1/notices/{dossier}", "one of them with all its revisions"},
        .needs = ROLE_NEED_READ,
        .serve = show_notice,
        .query = "opener",
    },
    {
        .row = {"POST", "/api/v1/notices/{dossier}/retraction", "take back what was published"},
        .needs = ROLE_NEED_SIGN,
        .serve = retract_notice,
        .query = "opener",
        .writes = true,
    },
    {},
};
