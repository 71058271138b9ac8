/* What of one stream is in flight in one session: positions, credit and which records still lack a
 * receipt. The records themselves stay in the outbox; this is a window over it, in memory only. */
#pragma once

#include "base/instant.h"
#include "seal/digest.h"

enum {
    FLIGHT_RECORDS_MAX = 2048, /* unreceipted in flight, hence the receipts' size */
    FLIGHT_BYTES_MAX = 4 * 1024 * 1024,
};

/* One record in flight. */
struct flight_record {
    struct digest id;
    int64_t serial; /* the store's number of the record */
    uint64_t position;
};

/* Absolute since the session began. */
struct flight_credit {
    uint64_t records, bytes;
};

struct flight;

struct flight *flight_open(void); /* NULL when the machine has no memory */
void flight_close(struct flight *flight);
void flight_reset(struct flight *flight); /* a new session: nothing sent, no credit */

/* Raises the limits; smaller ones are ignored (acks may come out of order). */
void flight_credit(struct flight *flight, struct flight_credit credit);
/* May a Deliver with so many records and bytes leave now? Counted against credit and the maxima. */
bool flight_room(struct flight *flight, size_t records, size_t bytes);
/* Memory for a Deliver that may leave; false when the machine has none. */
bool flight_reserve(struct flight *flight, size_t records);
/* The next position, taken; its records are in flight from `now` on. Without flight_room and
 * flight_reserve a bug. */
uint64_t flight_send(struct flight *flight, const struct flight_record *records, size_t count,
                     size_t bytes, struct instant now);
/* Everything below next_position is taken by the receiver. Returns false for an ack ahead of us. */
bool flight_ack(struct flight *flight, uint64_t next_position, struct instant now);
/* The record has its receipt. Finds it by id; false when it is not in flight (any more). */
bool flight_receipted(struct flight *flight, const struct digest *id, int64_t *serial);
bool flight_has(const struct flight *flight, const struct digest *id);
/* The Deliver at this position was refused whole: its records are stuck and leave the flight.
 * Writes their serials, at most max. */
size_t flight_refused(struct flight *flight, uint64_t position, int64_t *serials, size_t max);

/* Go back: the smallest position that still has a record without a receipt, to be sent again with
 * what is left of it; and how much is still out. Positions keep their numbers within a session. */
struct flight_again {
    uint64_t position;
    const int64_t *serials; /* still without a receipt; valid until the next call */
    size_t count;
};
bool flight_go_back(struct flight *flight, uint64_t from_position, struct flight_again *out);
/* The first position from there on that is not acked though all its records have their receipts:
 * they came by another way, as with a receipt of an earlier session. It goes again with one of its
 * records, or nothing behind it is ever taken. */
bool flight_hollow(const struct flight *flight, uint64_t from_position, uint64_t *position,
                   int64_t *serial);
size_t flight_unreceipted(const struct flight *flight);
/* Of all Delivers with a record that has no receipt. */
size_t flight_bytes(const struct flight *flight);
/* When the last progress was made: sending, an ack that moved, or what the caller reports with
 * touch (receipts, going back). */
struct instant flight_progress(const struct flight *flight);
void flight_touch(struct flight *flight, struct instant now);
