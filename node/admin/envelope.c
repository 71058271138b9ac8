#include "admin/envelope.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = STORE_NAME_MAX + 1 };

const char *envelope_what_code(uint32_t what)
{
    static const char *const codes[] = {[ENVELOPE_OPENED] = "opened",
                                        [ENVELOPE_RAISED] = "raised",
                                        [ENVELOPE_ALLOTTED] = "allotted",
                                        [ENVELOPE_RELEASED] = "released",
                                        [ENVELOPE_LOWERED] = "lowered"};
    return what && what < sizeof codes / sizeof *codes ? codes[what] : "unknown";
}

/* ---- kept --------------------------------------------------------------------------------------
 */

static uint32_t *last_of(Peregrin__Numbers *numbers)
{
    return &numbers->envelopes;
}

/* The sums over the ledger never contradict each other, nor the amount. */
static bool is_sound(const ProtobufCMessage *message, uint32_t number)
{
    const Peregrin__Envelope *envelope = (const Peregrin__Envelope *)message;
    return envelope->number == number && envelope->own && envelope->title && envelope->currency &&
           envelope->cents <= ENVELOPE_CENTS_MAX && envelope->allotted >= envelope->released &&
           envelope->allotted - envelope->released <= envelope->cents;
}

const struct numbered envelope_numbered = {
    .prefix = "envelope/",
    .type = &peregrin__envelope__descriptor,
    .last = last_of,
    .sound = is_sound,
};

enum fault envelope_get(struct store *store, uint32_t number, struct arena *arena,
                        Peregrin__Envelope **out)
{
    ProtobufCMessage *found;
    TRY(numbered_get(store, &envelope_numbered, number, arena, &found));
    *out = (Peregrin__Envelope *)found;
    return FAULT_NONE;
}

static void entry_name(uint32_t envelope, uint32_t number, char out[static NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "ledger/%010u/%010u", envelope, number);
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

enum fault envelope_named(struct store *store, const char *own, const char *title,
                          struct arena *arena, Peregrin__Envelope **out)
{
    enum { PAGE = 64 };
    struct numbered_page page = {0};
    *out = NULL;
    do {
        TRY(numbered_list(store, &envelope_numbered, page.next, PAGE, arena, &page));
        for (size_t i = 0; i < page.count && !*out; i++) {
            Peregrin__Envelope *envelope = (Peregrin__Envelope *)page.messages[i];
            if (strcmp(envelope->own, own) == 0 && strcmp(envelope->title, title) == 0)
                *out = envelope;
        }
    } while (page.next && !*out);
    return FAULT_NONE;
}

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
    return numbered_put(store, &envelope_numbered, envelope->number, &envelope->base, arena);
}

enum fault envelope_open(struct store *store, Peregrin__Envelope *envelope,
                         const struct envelope_movement *movement, struct arena *arena)
{
    assert(movement->what == ENVELOPE_OPENED && movement->cents <= ENVELOPE_CENTS_MAX);
    envelope->has_number = envelope->has_cents = envelope->has_allotted = true;
    envelope->has_released = envelope->has_entries = envelope->has_at = true;
    envelope->cents = movement->cents;
    envelope->at = movement->at;
    TRY(numbered_next(store, &envelope_numbered, arena, &envelope->number));
    return entry_put(store, envelope, movement, arena);
}

/* The sum that changes by it, and how far it may. */
static uint64_t *sum_of(Peregrin__Envelope *envelope, enum envelope_what what, uint64_t *room)
{
    switch (what) {
    case ENVELOPE_ALLOTTED: *room = envelope_balance(envelope); return &envelope->allotted;
    case ENVELOPE_RELEASED:
        *room = envelope->allotted - envelope->released;
        return &envelope->released;
    case ENVELOPE_RAISED: *room = ENVELOPE_CENTS_MAX - envelope->cents; return &envelope->cents;
    case ENVELOPE_LOWERED: *room = envelope_balance(envelope); return &envelope->cents;
    case ENVELOPE_OPENED: break;
    }
    return NULL;
}

bool envelope_fits(const Peregrin__Envelope *envelope, const struct envelope_movement *movement)
{
    Peregrin__Envelope copy = *envelope;
    uint64_t room, *sum = sum_of(&copy, movement->what, &room);
    assert(sum);
    bool less = movement->what == ENVELOPE_LOWERED;
    return movement->cents <= room && (less || movement->cents <= UINT64_MAX - *sum);
}

enum fault envelope_move(struct store *store, Peregrin__Envelope *envelope,
                         const struct envelope_movement *movement, struct arena *arena, bool *fits)
{
    uint64_t room, *sum = sum_of(envelope, movement->what, &room);
    assert(sum && store->inside(store));
    bool less = movement->what == ENVELOPE_LOWERED;
    *fits = envelope_fits(envelope, movement);
    if (!*fits)
        return FAULT_NONE;
    *sum = less ? *sum - movement->cents : *sum + movement->cents;
    return entry_put(store, envelope, movement, arena);
}
