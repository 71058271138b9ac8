#include "api/api_partner.h"

#include "api/api_routes.h"

#include <string.h>

/* connected: our session lives and both sides have compared; away: it was tried in vain;
 * connecting: anything between. A partner on this very node is always connected. */
static const char *state_of(const struct api_call *call, const struct engine_partner *partner)
{
    if (partner->dialled || strcmp(partner->node, call->api->node) == 0)
        return "connected";
    return partner->attempts ? "away" : "connecting";
}

/* Who must act, since when, why, what to do: the engine knows best; where it says nothing, all is
 * well. */
static const char *sentence_of(const struct api_call *call, const struct engine_partner *partner)
{
    if (partner->waits_for)
        return partner->waits_for;
    if (partner->stuck)
        return arena_format(call->arena, "%llu records are stuck: see `peregrin outbox list`",
                            (unsigned long long)partner->stuck);
    return partner->outbox ? "records are on their way" : "nothing waits";
}

static json_t *partner_json(const struct api_call *call, const struct engine_partner *partner)
{
    const struct catalogue *catalogue = call->api->catalogue;
    const struct catalogue_institution *institution =
        catalogue_institution(catalogue, partner->partner);
    const struct catalogue_node *node = catalogue_node(catalogue, partner->node);
    json_t *json = json_pack(
        "{s:s, s:s, s:o, s:o, s:s, s:o, s:s, s:s, s:s}", "own", partner->own, "partner",
        partner->partner, "name", api_call_text(institution ? institution->name : NULL), "country",
        api_call_text(institution ? institution->country : NULL), "node", partner->node, "endpoint",
        api_call_text(node ? node->endpoint : NULL), "state", state_of(call, partner), "sentence",
        sentence_of(call, partner), "guard", partner->guard_armed ? "armed" : "lifted");
    json_t *numbers = json_pack(
        "{s:I, s:I, s:I, s:o, s:o, s:i, s:o, s:o, s:o}", "outbox", (json_int_t)partner->outbox,
        "stuck", (json_int_t)partner->stuck, "ready", (json_int_t)partner->ready, "last_heard",
        api_call_time(partner->last_heard), "next_try", api_call_time(partner->next_try),
        "attempts", (int)partner->attempts, "round_trip_us",
        partner->round_trip_us ? json_integer(partner->round_trip_us) : json_null(), "since",
        api_call_time(partner->since), "catalogue_version",
        partner->catalogue_version ? json_integer((json_int_t)partner->catalogue_version)
                                   : json_null());
    int failed = json_object_update(json, numbers);
    json_decref(numbers);
    if (failed) {
        json_decref(json);
        return NULL;
    }
    return json;
}

enum fault api_partner_put(const struct api_call *call, struct api_reply *reply)
{
    struct engine_partner partner;
    json_t *list;
    TRY(api_call_list(reply, "partners", &list));
    for (size_t i = 0; api_call_partner(call, &i, &partner);)
        TRY(api_call_append(list, partner_json(call, &partner)));
    return FAULT_NONE;
}

static enum fault list_partners(const struct api_call *call, struct api_reply *reply)
{
    return api_partner_put(call, reply);
}

static enum fault ping_partner(const struct api_call *call, struct api_reply *reply)
{
    const struct api *api = call->api;
    const struct catalogue_institution *institution =
        catalogue_institution(api->catalogue, call->parameters[0]);
    if (!api_call_fields(call, reply, call->body, "", NULL, 0, NULL))
        return FAULT_NONE;
    if (!institution) {
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
        return FAULT_NONE;
    }
    const char *node = api->catalogue->nodes[institution->node].id;
    if (!api_call_is_own(api, institution))
        TRY(api->port.ping(api->port.self, node));
    TRY(api_call_put(reply, "sent", json_true()));
    return api_call_put(reply, "partner", json_string(institution->schac));
}

const struct api_route api_partner_routes[] = {
    {
        .row = {"GET", "/api/v1/partners", "how it stands with each partner"},
        .needs = ROLE_NEED_NAME,
        .serve = list_partners,
    },
    {
        .row = {"POST", "/api/v1/partners/{schac}/ping", "ask a partner's node for a sign of life"},
        .needs = ROLE_NEED_OPERATE,
        .serve = ping_partner,
        .writes = true,
    },
    {},
};
