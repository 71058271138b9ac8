#include "admin/envelope.h"

#include "admin/keep.h"

#include <assert.h>
#include <stdio.h>

enum { NAME_SIZE = STORE_NAME_MAX + 1 };

static const char numbers_name[] = "numbers", envelopes[] = "envelope/";

const char *envelope_what_code(uint32_t what)
{
    static const char *const codes[] = {[ENVELOPE_OPENED] = "opened",
                                        [ENVELOPE_RAISED] = "raised",
                                        [ENVELOPE_ALLOTTED] = "allotted",
                                        [ENVELOPE_RELEASED] = "released"};
    return what && what < sizeof codes / sizeof *codes ? codes[what] : "unknown";
}

enum fault envelope_number(struct store *store, struct arena *arena,
                           uint32_t *(*which)(Peregrin__Numbers *numbers), uint32_t *out)
{
    Peregrin__Numbers fresh = PEREGRIN__NUMBERS__INIT, *numbers = &fresh;
    ProtobufCMessage *found;
    TRY(keep_get(store, numbers_name, &peregrin__numbers__descriptor, arena, &found));
    if (found)
        numbers = (Peregrin__Numbers *)found;
    *out = ++*which(numbers);
    numbers->has_calls = numbers->has_envelopes = numbers->has_grants = true;
    return keep_put(store, numbers_name, &numbers->base, arena);
}

/* ---- kept --------------------------------------------------------------------------------------
 */

static void name_of(uint32_t number, char out[static NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "%s%010u", envelopes, number);
}

static void entry_name(uint32_t envelope, uint32_t number, char out[static NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "ledger/%010u/%010u", envelope, number);
}

static enum fault put(struct store *store, const Peregrin__Envelope *envelope, struct arena *arena)
{
    char name[NAME_SIZE];
    name_of(envelope->number, name);
    return keep_put(store, name, &envelope->base, arena);
}

enum fault envelope_get(struct store *store, uint32_t number, struct arena *arena,
                        Peregrin__Envelope **out)
{
    char name[NAME_SIZE];
    ProtobufCMessage *found;
    name_of(number, name);
    TRY(keep_get(store, name, &peregrin__envelope__descriptor, arena, &found));
    *out = (Peregrin__Envelope *)found;
    return FAULT_NONE;
}

enum fault envelope_list(struct store *store, uint32_t after, size_t max, struct arena *arena,
                         Peregrin__Envelope ***out, size_t *count)
{
    char name[NAME_SIZE];
    struct keep_row *rows;
    name_of(after, name);
    TRY(keep_list(store, envelopes, after ? name : NULL, max, &peregrin__envelope__descriptor,
                  arena, &rows, count));
    *out = arena_take_array(arena, *count + 1, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = (Peregrin__Envelope *)rows[i].message;
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

enum fault envelope_ledger(struct store *store, uint32_t envelope, uint32_t after, size_t max,
                           struct arena *arena, Peregrin__LedgerEntry ***out, size_t *count)
{
    char prefix[NAME_SIZE], name[NAME_SIZE];
    struct keep_row *rows;
    snprintf(prefix, sizeof prefix, "ledger/%010u/", envelope);
    entry_name(envelope, after, name);
    TRY(keep_list(store, prefix, name, max, &peregrin__ledger_entry__descriptor, arena, &rows,
                  count));
    *out = arena_take_array(arena, *count + 1, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = (Peregrin__LedgerEntry *)rows[i].message;
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- moved -------------------------------------------------------------------------------------
 */

uint64_t envelope_balance(const Peregrin__Envelope *envelope)
{
    assert(envelope->allotted >= envelope->released);
    assert(envelope->allotted - envelope->released <= envelope->cents);
    return envelope->cents - (envelope->allotted - envelope->released);
}

static enum fault entry_put(struct store *store, Peregrin__Envelope *envelope,
                            const struct envelope_movement *movement, struct arena *arena)
{
    char name[NAME_SIZE];
    Peregrin__LedgerEntry entry = PEREGRIN__LEDGER_ENTRY__INIT;
    entry.has_at = entry.has_what = entry.has_cents = entry.has_balance = true;
    entry.at = movement->at;
    entry.by = (char *)(uintptr_t)movement->by;
    entry.what = movement->what;
    entry.cents = movement->cents;
    entry.balance = envelope_balance(envelope);
    entry.has_grant = movement->grant != 0;
    entry.grant = movement->grant;
    entry.reason = (char *)(uintptr_t)movement->reason;
    entry_name(envelope->number, ++envelope->entries, name);
    TRY(keep_put(store, name, &entry.base, arena));
    return put(store, envelope, arena);
}

static uint32_t *count_of(Peregrin__Numbers *numbers)
{
    return &numbers->envelopes;
}

enum fault envelope_open(struct store *store, Peregrin__Envelope *envelope,
                         const struct envelope_movement *movement, struct arena *arena)
{
    assert(movement->what == ENVELOPE_OPENED && movement->cents <= ENVELOPE_CENTS_MAX);
    envelope->has_number = envelope->has_cents = envelope->has_allotted = true;
    envelope->has_released = envelope->has_entries = envelope->has_at = true;
    envelope->cents = movement->cents;
    envelope->at = movement->at;
    TRY(envelope_number(store, arena, count_of, &envelope->number));
    return entry_put(store, envelope, movement, arena);
}

/* The sum that grows by it, and how far it may. */
static uint64_t *sum_of(Peregrin__Envelope *envelope, enum envelope_what what, uint64_t *room)
{
    switch (what) {
    case ENVELOPE_ALLOTTED: *room = envelope_balance(envelope); return &envelope->allotted;
    case ENVELOPE_RELEASED:
        *room = envelope->allotted - envelope->released;
        return &envelope->released;
    case ENVELOPE_RAISED: *room = ENVELOPE_CENTS_MAX - envelope->cents; return &envelope->cents;
    case ENVELOPE_OPENED: break;
    }
    return NULL;
}

enum fault envelope_move(struct store *store, Peregrin__Envelope *envelope,
                         const struct envelope_movement *movement, struct arena *arena, bool *fits)
{
    uint64_t room, *sum = sum_of(envelope, movement->what, &room);
    assert(sum && store->inside(store));
    *fits = movement->cents <= room && movement->cents <= UINT64_MAX - *sum;
    if (!*fits)
        return FAULT_NONE;
    *sum += movement->cents;
    return entry_put(store, envelope, movement, arena);
}
