#include "report/delivery.h"

#include "record/statement.h"

#include <assert.h>

static const struct {
    const char *code, *sentence;
} states[] = {
    [DELIVERY_READY] = {"ready", "waits until this node and the partner have compared what they "
                                 "hold; it goes by itself then"},
    [DELIVERY_QUEUED] = {"queued", "kept here until the partner's node has taken it; it goes by "
                                   "itself"},
    [DELIVERY_STUCK] = {"stuck",
                        "the partner's node refused it as it came: somebody here must act"},
    [DELIVERY_DELIVERED] = {"delivered", "the partner's signed receipt is here"},
    [DELIVERY_RECEIVED] = {"received", "came from the partner and is kept here"},
    [DELIVERY_BY_HAND] = {"by_hand", "signed and kept; the partner runs no node, so it goes by "
                                     "e-mail: `peregrin partner handover`"},
};

static_assert(sizeof states / sizeof *states == DELIVERY_STATE_COUNT, "one text for each state");

enum fault delivery_of(struct store *store, const struct store_record *record, struct arena *arena,
                       struct delivery *out)
{
    struct delivery delivery = {.state = DELIVERY_RECEIVED};
    TRY(store->receipt_of(store, record->serial, &delivery.receipt));
    if (record->flags & STORE_OURS) {
        struct store_outbox_row *rows;
        size_t count;
        delivery.state = delivery.receipt.receipt ? DELIVERY_DELIVERED : DELIVERY_QUEUED;
        TRY(store->outbox_next(store, record->place.pair, record->serial - 1, true, 1, arena, &rows,
                               &count));
        if (!delivery.receipt.receipt && count && rows[0].serial == record->serial) {
            delivery.code = rows[0].code;
            delivery.since = rows[0].since;
            delivery.state = rows[0].code ? DELIVERY_STUCK : DELIVERY_QUEUED;
        }
    }
    *out = delivery;
    return FAULT_NONE;
}

enum fault delivery_receipted_at(struct store *store, const struct delivery *delivery,
                                 struct arena *arena, uint64_t *seconds)
{
    *seconds = 0;
    if (!delivery->receipt.receipt)
        return FAULT_NONE;
    struct store_signed *receipt;
    TRY(store->receipt_get(store, delivery->receipt.receipt, arena, &receipt));
    Peregrin__Signed *signed_;
    struct bytes wire;
    struct digest key;
    const uint8_t *signature;
    Peregrin__ReceiptStatement *statement;
    if (!receipt || statement_read_signed(receipt->wire, arena, &signed_) ||
        statement_single(signed_, &wire, &key, &signature) ||
        statement_read_receipt(wire, arena, &statement))
        return FAULT_CORRUPT;
    *seconds = statement->time;
    return FAULT_NONE;
}

const char *delivery_code(enum delivery_state state)
{
    assert((unsigned)state < DELIVERY_STATE_COUNT);
    return states[state].code;
}

const char *delivery_sentence(enum delivery_state state)
{
    assert((unsigned)state < DELIVERY_STATE_COUNT);
    return states[state].sentence;
}
