#include "api/api_partner.h"

#include "api/api_routes.h"
#include "record/scan.h"

#include <string.h>

/* by_hand: it runs no node; suspended: by a person; connected: our session lives and both sides
 * have compared; away: it was tried in vain; connecting: anything between. A partner on this very
 * node is always connected. */
static const char *state_of(const struct api_call *call, const struct engine_partner *partner)
{
    if (partner->by_hand)
        return "by_hand";
    if (partner->suspended)
        return "suspended";
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
    uint64_t stuck = partner->stuck + partner->refused;
    if (stuck)
        return arena_format(call->arena, "%llu records are stuck: see `peregrin outbox list`",
                            (unsigned long long)stuck);
    return partner->outbox ? "records are on their way" : "nothing waits";
}

static json_t *partner_json(const struct api_call *call, const struct engine_partner *partner)
{
    const struct catalogue *catalogue = call->api->catalogue;
    const struct catalogue_institution *institution = catalogue_party(catalogue, partner->partner);
    const struct catalogue_node *node = catalogue_node(catalogue, partner->node);
    json_t *json = json_pack(
        "{s:s, s:s, s:o, s:o, s:s, s:o, s:s, s:s, s:s}", "own", partner->own, "partner",
        partner->partner, "name", api_call_text(institution ? institution->name : NULL), "country",
        api_call_text(institution ? institution->country : NULL), "node", partner->node, "endpoint",
        api_call_text(node ? node->endpoint : NULL), "state", state_of(call, partner), "sentence",
        sentence_of(call, partner), "guard", partner->guard_armed ? "armed" : "lifted");
    json_t *numbers = json_pack(
        "{s:I, s:I, s:I, s:o, s:o, s:i, s:o, s:o, s:o}", "outbox", (json_int_t)partner->outbox,
        "stuck", (json_int_t)(partner->stuck + partner->refused), "ready",
        (json_int_t)partner->ready, "last_heard", api_call_time(partner->last_heard), "next_try",
        api_call_time(partner->next_try), "attempts", (int)partner->attempts, "round_trip_us",
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

/* ---- by hand --------------------------------------------------------------------------------- */

/* Short enough for one line of a list, and of it. */
static bool reason_plain(struct api_reply *reply, const char *reason)
{
    bool plain = !reason || (scan_text(bytes_text(reason)) && !strpbrk(reason, "\n\t"));
    if (reason && strlen(reason) > EVENT_REASON_MAX)
        return api_call_usage(reply, "`reason` is too long", "give at most 200 bytes", "reason");
    return plain || api_call_usage(reply, "`reason` is not one line of text",
                                   "leave out line ends and control characters", "reason");
}

/* For `own`, or each institution that the caller sees. */
static enum fault order_partner(const struct api_call *call, struct api_reply *reply,
                                struct event_order *order, const char *own)
{
    const struct api_port *port = &call->api->port;
    struct engine_partner partner;
    struct event_answer answer;
    size_t met = 0, moved = 0;
    json_t *list;
    TRY(api_call_list(reply, "partners", &list));
    for (size_t i = 0; api_call_partner(call, &i, &partner);) {
        if (strcmp(partner.partner, order->partner) != 0 || (own && strcmp(partner.own, own) != 0))
            continue;
        order->own = partner.own;
        TRY(port->order(port->self, order, &answer));
        met++;
        moved += answer.moved;
        if (answer.verdict)
            api_call_refuse(reply, answer.verdict, "partner");
        size_t again = i - 1;
        if (!port->partner(port->self, again, &partner))
            return FAULT_CORRUPT;
        TRY(api_call_append(list, partner_json(call, &partner)));
    }
    if (!met)
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
    return api_call_put(reply, "changed", json_integer((json_int_t)moved));
}

static enum fault steer_partner(const struct api_call *call, struct api_reply *reply,
                                enum event_order_kind what)
{
    static const struct api_call_field fields[] = {{"own", API_CALL_TEXT, false},
                                                   {"reason", API_CALL_TEXT, false}};
    json_t *values[2];
    size_t count = what == EVENT_SUSPEND ? 2 : 1;
    if (!api_call_fields(call, reply, call->body, "", fields, count, values))
        return FAULT_NONE;
    const char *own = json_string_value(values[0]);
    struct event_order order = {.what = what, .partner = call->parameters[0]};
    if (what == EVENT_SUSPEND)
        order.reason = json_string_value(values[1]);
    return reason_plain(reply, order.reason) ? order_partner(call, reply, &order, own) : FAULT_NONE;
}

static enum fault suspend_partner(const struct api_call *call, struct api_reply *reply)
{
    return steer_partner(call, reply, EVENT_SUSPEND);
}

static enum fault resume_partner(const struct api_call *call, struct api_reply *reply)
{
    return steer_partner(call, reply, EVENT_RESUME);
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
    {
        .row = {"POST", "/api/v1/partners/{schac}/suspend",
                "send it nothing until it is resumed; what it sends is still taken"},
        .needs = ROLE_NEED_OPERATE,
        .serve = suspend_partner,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/partners/{schac}/resume", "send it again what waits"},
        .needs = ROLE_NEED_OPERATE,
        .serve = resume_partner,
        .writes = true,
    },
    {},
};
