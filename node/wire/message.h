/* The messages inside a session: limits and the way in and out. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"
#include "message.pb-c.h"

enum {
    MESSAGE_SIZE_MAX = 65535 - 20 - 16, /* what a transport frame can carry */
    MESSAGE_RECORDS_MAX = 512,          /* in one Deliver or Return */
    MESSAGE_SPANS_MAX = 128,
    MESSAGE_WANTED_MAX = 512,
    MESSAGE_ARENA = 8 * 65536, /* memory that one message may cost */
};

/* Scans, unpacks and checks the shape of each member: every mandatory field, sizes of fixed fields,
 * SCHAC names, counts that agree (ids and minutes), exactly one member set. `answer` is absent in a
 * question. *out lives in the arena. */
enum verdict message_read(struct bytes plain, struct arena *arena, Peregrin__Message **out);

/* Packs a message that message_read would take (a bug otherwise) into the arena; data is NULL when
 * it is spent or the result exceeds MESSAGE_SIZE_MAX. */
struct bytes message_write(const Peregrin__Message *message, struct arena *arena);

/* `deliver`, `summary`, ... for counters and traces. */
const char *message_name(const Peregrin__Message *message);
