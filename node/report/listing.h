/* A dossier in one line: what lists of nominations and of transcripts show. */
#pragma once

#include "mobility.pb-c.h"
#include "report/delivery.h"
#include "report/dossier_view.h"

/* Lives in the arena. Bodies are NULL where they are withheld or erased. */
struct listing {
    const char *own, *partner;
    struct store_dossier row;
    const Peregrin__Nomination *nomination;   /* the revision in force */
    const Peregrin__CreditRecord *transcript; /* the newest one */
    /* Of what we said last in the dossier; received when we have said nothing. */
    enum delivery_state delivery;
};

/* The pair belongs to the row. */
enum fault listing_of(struct store *store, const struct store_pair *pair,
                      const struct store_dossier *row, struct arena *arena, struct listing *out);

/* `outgoing`: our students; `incoming`: theirs. */
const char *listing_direction(const struct store_place *place);
