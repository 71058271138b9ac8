/* Envelopes of money, and the ledger of each: what was allotted, to whom, by whom, when and why.
 *
 * A balance is never below zero: every movement reads the envelope and writes it with its entry in
 * one transaction, and a store has one transaction at a time. All sums are cents. */
#pragma once

#include "admin/numbered.h"

#define ENVELOPE_CENTS_MAX UINT64_C(1000000000000) /* ten thousand million */

enum envelope_what {
    ENVELOPE_OPENED = 1,
    ENVELOPE_RAISED,
    ENVELOPE_ALLOTTED,
    ENVELOPE_RELEASED,
    ENVELOPE_LOWERED, /* never below what is allotted */
};
const char *envelope_what_code(uint32_t what);

struct envelope_movement {
    enum envelope_what what;
    uint64_t cents, at; /* at: seconds */
    uint32_t grant;     /* 0: none */
    const char *by, *reason;
};

extern const struct numbered envelope_numbered; /* of Peregrin__Envelope */
/* Sets the number; the first entry of the ledger is the movement. */
enum fault envelope_open(struct store *store, Peregrin__Envelope *envelope,
                         const struct envelope_movement *movement, struct arena *arena);
/* NULL: there is none. */
enum fault envelope_get(struct store *store, uint32_t number, struct arena *arena,
                        Peregrin__Envelope **out);
/* The first of the institution with this title; NULL: there is none. */
enum fault envelope_named(struct store *store, const char *own, const char *title,
                          struct arena *arena, Peregrin__Envelope **out);
uint64_t envelope_balance(const Peregrin__Envelope *envelope);

/* Whether there is so much, and no more than an envelope can have. */
bool envelope_fits(const Peregrin__Envelope *envelope, const struct envelope_movement *movement);
/* *fits false: there is not so much; nothing was done. Otherwise the envelope has changed, too. */
enum fault envelope_move(struct store *store, Peregrin__Envelope *envelope,
                         const struct envelope_movement *movement, struct arena *arena, bool *fits);

/* In the order of happening, from the one behind `after` on (0: the first). */
enum fault envelope_ledger(struct store *store, uint32_t envelope, uint32_t after, size_t max,
                           struct arena *arena, Peregrin__LedgerEntry ***out, size_t *count);
