#include "admin/hook.h"
#include "api/api_partner.h"
#include "api/api_routes.h"
#include "report/text.h"

/* Sums over all partners, and what waits here. */
struct totals {
    uint64_t outbox, stuck, ready;
    size_t drafts, webhooks, failing, dead;
};

enum { DRAFTS_PAGE = 500, DRAFTS_COUNTED = 10000 };

/* Drafts have no counter of their own; beyond some thousand nobody counts them either. */
static enum fault drafts_count(const struct api_call *call, size_t *out)
{
    struct store *store = call->api->store;
    struct arena *scratch = arena_open(API_ARENA);
    struct store_draft *page;
    size_t count = DRAFTS_PAGE, total = 0;
    enum fault fault = scratch ? FAULT_NONE : FAULT_MEMORY;
    for (int64_t after = 0; !fault && count == DRAFTS_PAGE && total < DRAFTS_COUNTED;) {
        arena_reset(scratch);
        fault = store->draft_list(store, false, after, DRAFTS_PAGE, scratch, &page, &count);
        if (!fault && count)
            after = page[count - 1].number;
        total += fault ? 0 : count;
    }
    arena_close(scratch);
    *out = total;
    return fault;
}

static enum fault put_catalogue(const struct api_call *call, struct api_reply *reply)
{
    const struct catalogue *catalogue = call->api->catalogue;
    return api_call_put(reply, "catalogue",
                        json_pack("{s:I, s:s, s:o, s:o, s:b, s:I}", "version",
                                  (json_int_t)catalogue->version, "digest",
                                  text_hex(digest_bytes(&catalogue->digest), call->arena),
                                  "created_at", api_call_seconds(catalogue->created), "expires_at",
                                  api_call_seconds(catalogue->expires), "expired",
                                  catalogue_expired(catalogue, call->request->now), "institutions",
                                  (json_int_t)catalogue->institution_count));
}

static enum fault put_institutions(const struct api_call *call, struct api_reply *reply)
{
    const struct catalogue *catalogue = call->api->catalogue;
    json_t *list;
    TRY(api_call_list(reply, "institutions", &list));
    for (size_t i = 0; i < catalogue->institution_count; i++)
        if (api_call_is_own(call->api, &catalogue->institutions[i]))
            TRY(api_call_append(list, json_string(catalogue->institutions[i].schac)));
    return FAULT_NONE;
}

static enum fault webhooks_count(const struct api_call *call, struct totals *totals)
{
    struct hook *hooks;
    TRY(hook_list(call->api->store, call->arena, &hooks, &totals->webhooks));
    for (size_t i = 0; i < totals->webhooks; i++) {
        totals->failing += hook_fails(&hooks[i]);
        totals->dead += hook_dead(&hooks[i]);
    }
    return FAULT_NONE;
}

static enum fault put_totals(const struct api_call *call, struct api_reply *reply)
{
    struct totals totals = {0};
    struct engine_partner partner;
    for (size_t i = 0; api_call_partner(call, &i, &partner);) {
        totals.outbox += partner.outbox;
        totals.stuck += partner.stuck + partner.refused;
        totals.ready += partner.ready;
    }
    TRY(drafts_count(call, &totals.drafts));
    TRY(webhooks_count(call, &totals));
    return api_call_put(
        reply, "totals",
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "outbox", (json_int_t)totals.outbox,
                  "stuck", (json_int_t)totals.stuck, "ready", (json_int_t)totals.ready, "drafts",
                  (json_int_t)totals.drafts, "webhooks", (json_int_t)totals.webhooks,
                  "webhooks_failing", (json_int_t)totals.failing, "dead_letters",
                  (json_int_t)totals.dead));
}

static enum fault put_counters(const struct api_call *call, struct api_reply *reply)
{
    const struct api_port *port = &call->api->port;
    struct engine_counter counter;
    json_t *counters = json_object();
    TRY(api_call_put(reply, "counters", counters));
    for (size_t i = 0; port->counter(port->self, i, &counter); i++)
        if (json_object_set_new(counters, counter.name, json_integer((json_int_t)counter.value)))
            return FAULT_MEMORY;
    return FAULT_NONE;
}

static enum fault show_status(const struct api_call *call, struct api_reply *reply)
{
    const struct api *api = call->api;
    TRY(api_call_put(reply, "node", json_string(api->node)));
    TRY(api_call_put(reply, "network", json_string(api->catalogue->network)));
    TRY(api_call_put(reply, "version", json_string(api->version)));
    TRY(api_call_put(reply, "started_at", api_call_time(api->started)));
    TRY(api_call_put(reply, "now", api_call_time(call->request->now)));
    TRY(put_catalogue(call, reply));
    TRY(put_institutions(call, reply));
    TRY(put_totals(call, reply));
    TRY(api_partner_put(call, reply));
    return put_counters(call, reply);
}

const struct api_route api_status_routes[] = {
    {
        .row = {"GET", "/api/v1/status", "the node on one screen"},
        .needs = ROLE_NEED_NAME,
        .serve = show_status,
    },
    {},
};
