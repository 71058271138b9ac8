#include "api/api_grant.h"
#include "api/api_routes.h"

#include <string.h>

enum { PLAN_MAX = 500 };

/* ---- what it comes from ------------------------------------------------------------------------
 */

static enum fault envelope_of(const struct api_call *call, struct api_reply *reply,
                              const Peregrin__Call *round, Peregrin__Envelope **out)
{
    *out = NULL;
    if (!api_money_whole(call, reply, round->own))
        return FAULT_NONE;
    if (!round->envelope) {
        api_call_explain(reply, VERDICT_OUT_OF_TURN, "the call has no envelope to allot from",
                         "open one, and a call with it: `peregrin envelope open`", "call");
        return FAULT_NONE;
    }
    return api_money_envelope(call, reply, round->envelope, out);
}

static struct grant_act act_of(const struct api_call *call, const char *reason)
{
    return (struct grant_act) {
        .by = call->who.name, .reason = reason, .at = instant_seconds(call->request->now)};
}

/* ---- until it is spent -------------------------------------------------------------------------
 */

struct spending {
    Peregrin__Call *round;
    Peregrin__Envelope *envelope;
    Peregrin__Grant **grants;
    size_t count;
    uint64_t rest;
};

static enum fault spending_plan(const struct api_call *call, struct api_reply *reply,
                                struct spending *out)
{
    TRY(envelope_of(call, reply, out->round, &out->envelope));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return grant_plan(call->api->store, out->round, out->envelope, PLAN_MAX, call->arena,
                      &out->grants, &out->count, &out->rest);
}

/* Why it ends where it ends. */
static const char *end_text(const struct api_call *call, const struct spending *spending)
{
    const Peregrin__Grant *next = spending->grants[spending->count];
    const char *currency = spending->envelope->currency;
    if (!next)
        return spending->count == PLAN_MAX ? "500 at once are the most: go on with the next"
                                           : "nobody waits behind these";
    return arena_format(call->arena, "application %u asks for %s, and %s are left", next->number,
                        api_money_text(call, next->asked, currency),
                        api_money_text(call, spending->rest, currency));
}

static enum fault spending_put(const struct api_call *call, struct api_reply *reply,
                               const struct spending *spending)
{
    const Peregrin__Grant *next = spending->grants[spending->count];
    json_t *list;
    TRY(api_call_list(reply, "grants", &list));
    for (size_t i = 0; i < spending->count; i++)
        TRY(api_call_append(list, api_grant_json(call, spending->grants[i])));
    TRY(api_call_put(reply, "left_cents", json_integer((json_int_t)spending->rest)));
    TRY(api_call_put(reply, "currency", json_string(spending->envelope->currency)));
    TRY(api_call_put(reply, "ends", api_call_text(end_text(call, spending))));
    return api_call_put(reply, "first_waiting", next ? json_integer(next->number) : json_null());
}

static enum fault spending_find(const struct api_call *call, struct api_reply *reply,
                                struct spending *out)
{
    *out = (struct spending) {0};
    TRY(api_money_call(call, reply, api_money_number(call), &out->round));
    return api_call_refused(reply) ? FAULT_NONE : spending_plan(call, reply, out);
}

static enum fault show_plan(const struct api_call *call, struct api_reply *reply)
{
    struct spending spending;
    TRY(spending_find(call, reply, &spending));
    return api_call_refused(reply) ? FAULT_NONE : spending_put(call, reply, &spending);
}

static enum fault spend(const struct api_call *call, const struct spending *spending)
{
    const struct grant_act act = act_of(call, NULL);
    bool fits;
    for (size_t i = 0; i < spending->count; i++) {
        TRY(grant_allot(call->api->store, spending->round, spending->grants[i], spending->envelope,
                        spending->grants[i]->asked, &act, call->arena, &fits));
        if (!fits)
            return FAULT_CORRUPT;
    }
    return FAULT_NONE;
}

static enum fault allot_all(const struct api_call *call, struct api_reply *reply)
{
    struct spending spending;
    if (!api_call_fields(call, reply, call->body, "", NULL, 0, NULL))
        return FAULT_NONE;
    TRY(spending_find(call, reply, &spending));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(spend(call, &spending));
    return spending_put(call, reply, &spending);
}

/* ---- one ---------------------------------------------------------------------------------------
 */

/* Who overtakes says why. */
static enum fault in_turn(const struct api_call *call, struct api_reply *reply,
                          const Peregrin__Grant *grant, const char *out_of_turn)
{
    Peregrin__Grant **queue;
    size_t count;
    TRY(grant_queue(call->api->store, grant->call, 1, call->arena, &queue, &count));
    if (out_of_turn || !count || queue[0]->number == grant->number)
        return FAULT_NONE;
    api_call_explain(reply, VERDICT_OUT_OF_TURN, "others of this call come first",
                     "allot those first, or say why this one overtakes: --out-of-turn REASON",
                     "grant");
    reply->problem.rule = "grant.turn";
    reply->problem.expected = arena_format(call->arena, "application %u", queue[0]->number);
    reply->problem.got = arena_format(call->arena, "application %u", grant->number);
    return FAULT_NONE;
}

static enum fault allot_one(const struct api_call *call, struct api_reply *reply)
{
    enum { CENTS, OUT_OF_TURN, COUNT };
    static const struct api_call_field fields[] = {
        [CENTS] = {"amount_cents", API_CALL_NUMBER, false},
        [OUT_OF_TURN] = {"out_of_turn", API_CALL_TEXT, false},
    };
    json_t *values[COUNT];
    Peregrin__Grant *grant;
    Peregrin__Call *round;
    Peregrin__Envelope *envelope = NULL;
    bool fits;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_money_line(reply, json_string_value(values[OUT_OF_TURN]), "out_of_turn"))
        return FAULT_NONE;
    const char *reason = json_string_value(values[OUT_OF_TURN]);
    TRY(api_grant_find(call, reply, &grant));
    if (api_call_refused(reply) || !api_grant_is(call, reply, grant, GRANT_WAITING))
        return FAULT_NONE;
    TRY(api_money_call(call, reply, grant->call, &round));
    if (!api_call_refused(reply))
        TRY(envelope_of(call, reply, round, &envelope));
    uint64_t cents = grant->asked;
    if (api_call_refused(reply) ||
        (values[CENTS] && !api_money_cents(reply, values[CENTS], "amount_cents", &cents)))
        return FAULT_NONE;
    TRY(in_turn(call, reply, grant, reason));
    if (api_call_refused(reply))
        return FAULT_NONE;
    const struct grant_act act = act_of(call, reason);
    TRY(grant_allot(call->api->store, round, grant, envelope, cents, &act, call->arena, &fits));
    if (!fits) {
        api_money_spent(call, reply, envelope, cents,
                        "it waits: release what is not needed, or `peregrin envelope raise`");
        return FAULT_NONE;
    }
    TRY(api_call_put(reply, "grant", api_grant_json(call, grant)));
    return api_call_put(reply, "envelope", api_money_envelope_json(envelope));
}

/* ---- given back --------------------------------------------------------------------------------
 */

static bool release_fits(const struct api_call *call, struct api_reply *reply,
                         const Peregrin__Grant *grant, const char *currency, uint64_t cents)
{
    if (cents <= grant->cents)
        return true;
    api_call_explain(reply, VERDICT_INVALID, "the grant has not so much",
                     "release what it has, or less", "amount_cents");
    reply->problem.rule = "grant.release";
    reply->problem.expected =
        arena_format(call->arena, "at most %s", api_money_text(call, grant->cents, currency));
    reply->problem.got = api_money_text(call, cents, currency);
    return false;
}

enum { REASON, CENTS, MOVE_UP, DRY, RELEASE_FIELDS };

static enum fault give_back(const struct api_call *call, struct api_reply *reply,
                            Peregrin__Grant *grant, const struct grant_act *act,
                            json_t *const values[static RELEASE_FIELDS])
{
    json_t *value = values[CENTS];
    struct spending spending = {0};
    uint64_t cents = grant->cents;
    TRY(api_money_envelope(call, reply, grant->envelope, &spending.envelope));
    if (api_call_refused(reply) ||
        (value && !api_money_cents(reply, value, "amount_cents", &cents)) ||
        !release_fits(call, reply, grant, spending.envelope->currency, cents))
        return FAULT_NONE;
    TRY(api_money_call(call, reply, grant->call, &spending.round));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (json_is_true(values[DRY]))
        return api_call_put(reply, "grant", api_grant_json(call, grant));
    TRY(grant_release(call->api->store, grant, cents, act, call->arena, &spending.envelope));
    TRY(api_call_put(reply, "grant", api_grant_json(call, grant)));
    TRY(spending_plan(call, reply, &spending));
    if (json_is_true(values[MOVE_UP]))
        TRY(spend(call, &spending));
    return spending_put(call, reply, &spending);
}

static enum fault release(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[] = {
        [REASON] = {"reason", API_CALL_TEXT, true},
        [CENTS] = {"amount_cents", API_CALL_NUMBER, false},
        [MOVE_UP] = {"move_up", API_CALL_BOOLEAN, false},
        [DRY] = {"dry_run", API_CALL_BOOLEAN, false},
    };
    json_t *values[RELEASE_FIELDS];
    Peregrin__Grant *grant;
    Peregrin__Call *round;
    if (!api_call_fields(call, reply, call->body, "", fields, RELEASE_FIELDS, values) ||
        !api_money_line(reply, json_string_value(values[REASON]), "reason"))
        return FAULT_NONE;
    const struct grant_act act = act_of(call, json_string_value(values[REASON]));
    TRY(api_grant_find(call, reply, &grant));
    if (api_call_refused(reply) || !api_money_whole(call, reply, grant->own))
        return FAULT_NONE;
    if (grant->state != GRANT_WAITING)
        return api_grant_is(call, reply, grant, GRANT_ALLOTTED)
                   ? give_back(call, reply, grant, &act, values)
                   : FAULT_NONE;
    TRY(api_money_call(call, reply, grant->call, &round));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (!json_is_true(values[DRY]))
        TRY(grant_withdraw(call->api->store, round, grant, &act, call->arena));
    return api_call_put(reply, "grant", api_grant_json(call, grant));
}

/* What was released or withdrawn by mistake: it has its place again, and no money yet. */
static enum fault give_again(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field field = {"dry_run", API_CALL_BOOLEAN, false};
    json_t *dry;
    Peregrin__Grant *grant;
    Peregrin__Call *round;
    if (!api_call_fields(call, reply, call->body, "", &field, 1, &dry))
        return FAULT_NONE;
    TRY(api_grant_find(call, reply, &grant));
    if (api_call_refused(reply) || !api_money_whole(call, reply, grant->own) ||
        (grant->state != GRANT_WITHDRAWN && !api_grant_is(call, reply, grant, GRANT_RELEASED)))
        return FAULT_NONE;
    TRY(api_money_call(call, reply, grant->call, &round));
    if (api_call_refused(reply))
        return FAULT_NONE;
    const struct grant_act act = act_of(call, NULL);
    if (!json_is_true(dry))
        TRY(grant_return(call->api->store, round, grant, &act, call->arena));
    return api_call_put(reply, "grant", api_grant_json(call, grant));
}

const struct api_route api_allot_routes[] = {
    {
        .row = {"GET", "/api/v1/calls/{call}/plan", "who would get a grant until it is spent"},
        .needs = ROLE_NEED_SIGN,
        .serve = show_plan,
    },
    {
        .row = {"POST", "/api/v1/calls/{call}/allot",
                "allot grants in the call's order until it is spent"},
        .needs = ROLE_NEED_SIGN,
        .serve = allot_all,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"POST", "/api/v1/grants/{grant}/allot", "allot one grant"},
        .needs = ROLE_NEED_SIGN,
        .serve = allot_one,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"POST", "/api/v1/grants/{grant}/release",
                "give back what was allotted, or a place in the queue, with the reason"},
        .needs = ROLE_NEED_SIGN,
        .serve = release,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"POST", "/api/v1/grants/{grant}/return",
                "put back into the queue what was released or withdrawn"},
        .needs = ROLE_NEED_SIGN,
        .serve = give_again,
        .writes = true,
        .replays = true,
    },
    {},
};
