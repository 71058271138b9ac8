/* Messages of proto/local.proto among the store's small values, by name; by number: numbered.h.
 * Those who know what they mean are user.c, pass.c, journal.c and those of numbered lists. */
#pragma once

#include "base/arena.h"
#include "store/store.h"

#include <protobuf-c/protobuf-c.h>

/* *out NULL: there is none of this name. */
enum fault keep_get(struct store *store, const char *name, const ProtobufCMessageDescriptor *type,
                    struct arena *arena, ProtobufCMessage **out);
enum fault keep_put(struct store *store, const char *name, const ProtobufCMessage *message,
                    struct arena *arena);

/* Those whose names begin with prefix, above `after` (NULL: from the first), with their names. */
struct keep_row {
    const char *name;
    struct bytes wire;
    ProtobufCMessage *message;
};
enum fault keep_list(struct store *store, const char *prefix, const char *after, size_t max,
                     const ProtobufCMessageDescriptor *type, struct arena *arena,
                     struct keep_row **out, size_t *count);
