#include "api/api_money.h"
#include "api/api_routes.h"

#include <string.h>

enum { CREATED = 201 };

static bool is_seen(const struct api_call *call, const ProtobufCMessage *message, const void *)
{
    return api_call_sees(call, ((const Peregrin__Envelope *)message)->own);
}

static json_t *as_json(const struct api_call *, const ProtobufCMessage *message)
{
    return api_money_envelope_json((const Peregrin__Envelope *)message);
}

static enum fault list_envelopes(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_money_page page = {
        .list = &envelope_numbered, .name = "envelopes", .sees = is_seen, .json = as_json};
    return api_money_page(call, reply, &page);
}

static enum fault open_envelope(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, TITLE, CENTS, CURRENCY, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [TITLE] = {"title", API_CALL_TEXT, true},
        [CENTS] = {"amount_cents", API_CALL_NUMBER, true},
        [CURRENCY] = {"currency", API_CALL_TEXT, false},
    };
    json_t *values[COUNT];
    Peregrin__Envelope envelope = PEREGRIN__ENVELOPE__INIT, *other;
    struct envelope_movement movement = {.what = ENVELOPE_OPENED, .by = call->who.name};
    const char *own;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_call_own(call, reply, json_string_value(values[OWN]), &own) ||
        !api_money_whole(call, reply, own) ||
        !api_money_cents(reply, values[CENTS], "amount_cents", &movement.cents) ||
        !api_money_line(reply, json_string_value(values[TITLE]), "title"))
        return FAULT_NONE;
    const char *currency = values[CURRENCY] ? json_string_value(values[CURRENCY]) : "EUR";
    if (!api_money_currency(reply, currency))
        return FAULT_NONE;
    movement.at = instant_seconds(call->request->now);
    envelope.own = (char *)(uintptr_t)own;
    envelope.title = (char *)(uintptr_t)json_string_value(values[TITLE]);
    envelope.currency = (char *)(uintptr_t)currency;
    TRY(envelope_named(call->api->store, own, envelope.title, call->arena, &other));
    if (other) {
        api_money_twice(call, reply, other->number, "envelope",
                        "raise that one, or give this one another title", "title");
        return FAULT_NONE;
    }
    TRY(envelope_open(call->api->store, &envelope, &movement, call->arena));
    reply->status = CREATED;
    return api_call_put(reply, "envelope", api_money_envelope_json(&envelope));
}

static enum fault put_ledger(const struct api_call *call, struct api_reply *reply,
                             const Peregrin__Envelope *envelope, uint32_t after, size_t limit)
{
    Peregrin__LedgerEntry **entries;
    size_t count;
    json_t *list;
    TRY(envelope_ledger(call->api->store, envelope->number, after, limit, call->arena, &entries,
                        &count));
    TRY(api_call_list(reply, "ledger", &list));
    for (size_t i = 0; i < count; i++) {
        const Peregrin__LedgerEntry *entry = entries[i];
        TRY(api_call_append(
            list,
            json_pack("{s:I, s:o, s:o, s:s, s:I, s:I, s:o, s:o}", "entry",
                      (json_int_t)(after + i + 1), "at", api_call_seconds(entry->at), "by",
                      api_call_text(entry->by), "what", envelope_what_code(entry->what), "cents",
                      (json_int_t)entry->cents, "balance_cents", (json_int_t)entry->balance,
                      "grant", entry->has_grant ? json_integer(entry->grant) : json_null(),
                      "reason", api_call_text(entry->reason))));
    }
    return api_call_put(reply, "next",
                        count == limit ? json_integer((json_int_t)(after + count)) : json_null());
}

static enum fault show_envelope(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__Envelope *envelope;
    uint32_t after;
    size_t limit;
    if (!api_money_after(call, reply, &after) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX, &limit))
        return FAULT_NONE;
    TRY(api_money_envelope(call, reply, api_money_number(call), &envelope));
    /* The ledger names grants of all units. */
    if (api_call_refused(reply) || !api_money_whole(call, reply, envelope->own))
        return FAULT_NONE;
    TRY(api_call_put(reply, "envelope", api_money_envelope_json(envelope)));
    return put_ledger(call, reply, envelope, after, limit);
}

/* More, or less: what is allotted stays. */
static enum fault change_envelope(const struct api_call *call, struct api_reply *reply,
                                  enum envelope_what what)
{
    enum { CENTS, REASON, DRY, COUNT };
    static const struct api_call_field fields[] = {
        [CENTS] = {"amount_cents", API_CALL_NUMBER, true},
        [REASON] = {"reason", API_CALL_TEXT, true},
        [DRY] = {"dry_run", API_CALL_BOOLEAN, false},
    };
    json_t *values[COUNT];
    Peregrin__Envelope *envelope;
    struct envelope_movement movement = {.what = what, .by = call->who.name};
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_money_cents(reply, values[CENTS], "amount_cents", &movement.cents) ||
        !api_money_line(reply, json_string_value(values[REASON]), "reason"))
        return FAULT_NONE;
    TRY(api_money_envelope(call, reply, api_money_number(call), &envelope));
    if (api_call_refused(reply) || !api_money_whole(call, reply, envelope->own))
        return FAULT_NONE;
    movement.at = instant_seconds(call->request->now);
    movement.reason = json_string_value(values[REASON]);
    bool fits = envelope_fits(envelope, &movement);
    if (fits && !json_is_true(values[DRY]))
        TRY(envelope_move(call->api->store, envelope, &movement, call->arena, &fits));
    if (fits)
        return api_call_put(reply, "envelope", api_money_envelope_json(envelope));
    if (what == ENVELOPE_LOWERED)
        api_money_spent(call, reply, envelope, movement.cents,
                        "take out what is left, or release what is not needed first");
    else
        api_call_usage(reply, "no envelope can have so much", "open another one", "amount_cents");
    return FAULT_NONE;
}

static enum fault raise_envelope(const struct api_call *call, struct api_reply *reply)
{
    return change_envelope(call, reply, ENVELOPE_RAISED);
}

static enum fault lower_envelope(const struct api_call *call, struct api_reply *reply)
{
    return change_envelope(call, reply, ENVELOPE_LOWERED);
}

const struct api_route api_envelope_routes[] = {
    {
        .row = {"GET", "/api/v1/envelopes", "sums of money, and what is left of each"},
        .needs = ROLE_NEED_READ,
        .serve = list_envelopes,
        .query = "after limit",
    },
    {
        .row = {"POST", "/api/v1/envelopes", "open an envelope of money"},
        .needs = ROLE_NEED_SIGN,
        .serve = open_envelope,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"GET", "/api/v1/envelopes/{envelope}", "one envelope with its ledger"},
        .needs = ROLE_NEED_READ,
        .serve = show_envelope,
        .query = "after limit",
    },
    {
        .row = {"POST", "/api/v1/envelopes/{envelope}/raise", "put more money into an envelope"},
        .needs = ROLE_NEED_SIGN,
        .serve = raise_envelope,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"POST", "/api/v1/envelopes/{envelope}/lower",
                "take money out of an envelope that is not allotted"},
        .needs = ROLE_NEED_SIGN,
        .serve = lower_envelope,
        .writes = true,
        .replays = true,
    },
    {},
};
