/* Agreements as other dossiers meet them: the terms that a nomination names, and the places that
 * are given under them.
 *
 * Who has a place is no counter but a row for each dossier, put or taken away whenever its fold is
 * saved, in the same transaction: done twice it is the same, and after any crash it says what the
 * dossiers say. Counting costs as much as there are places. */
#pragma once

#include "engine/fold.h"
#include "rules/rules.h"

/* Places are counted under this, within a pair of institutions. A condition has one direction. */
struct places_key {
    struct header_dossier agreement;
    const char *condition, *year;
};

enum places_mark {
    PLACES_GRANTED, /* accepted, whatever came of it since */
    PLACES_ASKED,   /* waits for the host's answer */
    PLACES_EITHER,  /* to count both; a dossier has one of them at the most */
};

/* Whom `except` names is not counted (NULL: nobody); at most max are. Any time. */
enum fault places_count(struct store *store, enum places_mark mark, const struct store_place *in,
                        const struct places_key *key, const struct header_dossier *except,
                        size_t max, struct arena *arena, size_t *out);

/* What the fold of a mobility makes of places: after each change of it. */
enum fault places_save(struct step *step, const struct store_place *place,
                       const struct fold_view *view);

/* Marks that an earlier version has left under other names are made anew, in transactions of its
 * own: before anybody counts. What a crash leaves is done the next time. */
enum fault places_follow(struct engine *engine);

/* A record that is judged, in a dossier as it stands. */
struct places_case {
    const struct store_place *place;
    const struct fold_view *view;
    const struct header *header;
    bool ours; /* about to be said: only then places are counted */
    bool over; /* who says it knows that no place is left */
};

/* What agreements say to it, for its rules. In scratch. */
enum fault places_facts(struct step *step, const struct places_case *subject,
                        struct rules_facts *facts);
