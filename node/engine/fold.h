/* One dossier as the store holds it: its records folded, and the row that lists show. */
#pragma once

#include "engine/peer.h"

/* A dossier as it stands in the store. Lives in scratch. */
struct fold_view {
    struct store_record *records; /* ordered by (lane, index, id); bodies empty */
    struct header *headers;
    struct dossier_entry *entries; /* same order */
    size_t count;
    struct dossier dossier;
};

/* known: the header of one record of it that was read already; NULL: of none. */
enum fault fold_load(struct step *step, const struct store_place *place, const struct header *known,
                     struct fold_view *out);
/* The dossier's row for lists and reports, as the view says. fresh: a record whose body is at hand;
 * NULL: none. */
enum fault fold_save(struct step *step, const struct store_place *place,
                     const struct fold_view *view, const struct digest *fresh,
                     const ProtobufCMessage *body);
/* Position in the view, or count when it is not there. */
size_t fold_find(const struct fold_view *view, const struct digest *id);

/* The own lane's number: 0 where we opened the dossier. */
uint32_t fold_own_lane(const struct store_place *place);
