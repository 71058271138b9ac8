/* Messages that the node keeps under a number each: calls, envelopes, applications. A number is
 * given once, in the order of arrival, and never again. */
#pragma once

#include "admin/keep.h"
#include "local.pb-c.h"

/* One list of them. */
struct numbered {
    const char *prefix; /* of their names in the store */
    const ProtobufCMessageDescriptor *type;
    uint32_t *(*last)(Peregrin__Numbers *numbers); /* the number that was given last */
    /* Whether what was kept under this number can be so; what cannot is FAULT_CORRUPT. */
    bool (*sound)(const ProtobufCMessage *message, uint32_t number);
};

/* The next number; inside a transaction. */
enum fault numbered_next(struct store *store, const struct numbered *list, struct arena *arena,
                         uint32_t *out);
enum fault numbered_put(struct store *store, const struct numbered *list, uint32_t number,
                        const ProtobufCMessage *message, struct arena *arena);
/* *out NULL: there is none. */
enum fault numbered_get(struct store *store, const struct numbered *list, uint32_t number,
                        struct arena *arena, ProtobufCMessage **out);
/* Those above `after`, ascending; *next is the last one's number where there may be more, else 0.
 */
struct numbered_page {
    ProtobufCMessage **messages;
    size_t count;
    uint32_t next;
};
enum fault numbered_list(struct store *store, const struct numbered *list, uint32_t after,
                         size_t max, struct arena *arena, struct numbered_page *out);
