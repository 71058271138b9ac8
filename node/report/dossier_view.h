/* A dossier as it stands in the store: its records, read and folded. */
#pragma once

#include "record/dossier.h"
#include "record/kind.h"
#include "store/store.h"

/* Lives in the arena. records, headers and entries have one order: (lane, index, id). */
struct dossier_view {
    struct store_record *records;
    struct header *headers;
    struct dossier_entry *entries;
    size_t count;
    struct dossier dossier;
};

/* count 0: no such dossier. with_bodies false: salts and bodies are empty. FAULT_CORRUPT for a
 * header that cannot be read; FAULT_MEMORY when the arena is spent. */
enum fault dossier_view_load(struct store *store, const struct store_place *place, bool with_bodies,
                             struct arena *arena, struct dossier_view *out);

/* Position of a record, or count when it is not there. */
size_t dossier_view_find(const struct dossier_view *view, const struct digest *id);

/* The last year of an agreement of which notice was given; NULL: none was. */
const char *dossier_view_last_year(const struct dossier_view *view);

/* Ours is lane 0 where we opened the dossier. */
uint32_t dossier_view_own_lane(const struct store_place *place);

/* A record's body, parsed; NULL where it is withheld, erased or not understood. FAULT_CORRUPT when
 * it cannot be read, though it was read before it was stored. */
enum fault dossier_view_body(const struct store_record *record, struct arena *arena,
                             ProtobufCMessage **body);
