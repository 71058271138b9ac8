/* Facts beside the rows of dossiers: read from the bodies of what stands in force, once for each.
 */
#pragma once

#include "store/store.h"

/* A dossier that was folded; bodies are not needed. */
struct store_facts_view {
    const struct store_place *place;
    const struct store_record *records;
    const struct header *headers; /* same order */
    size_t count;
    const struct dossier *dossier;
    const struct digest *fresh; /* a record whose body is at hand, and need not be read again */
    const ProtobufCMessage *body;
};

/* *facts: as they were; becomes what the view says. Only those bodies are read that were not read
 * before. A body that is withheld, erased or unreadable says nothing new: it is looked for again
 * the next time. */
enum fault store_facts_update(struct store *store, const struct store_facts_view *view,
                              struct arena *arena, struct facts *facts);

/* Whether rows are there that a version without facts has written. */
enum fault store_facts_behind(struct store *store, bool *behind);
/* Counts all of them, in transactions of its own. A crash leaves some to be counted the next time.
 */
enum fault store_facts_rebuild(struct store *store);
