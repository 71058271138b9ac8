/* Partners that run no node, and what people here say for them: who they are, and how far a
 * nomination has come with them. Local statements, which nobody signed; what the partner itself
 * says takes their place. */
#pragma once

#include "base/arena.h"
#include "local.pb-c.h"
#include "record/dossier.h"
#include "store/store.h"
#include "trust/catalogue.h"

enum {
    HAND_PARTNERS_MAX = 500,
    HAND_MARKS_MAX = 64,    /* of one nomination */
    HAND_COMMENT_MAX = 500, /* bytes */
};

/* ---- partners */

/* NULL: there is none of this name. */
enum fault hand_partner_get(struct store *store, const char *schac, struct arena *arena,
                            Peregrin__HandPartner **out);
enum fault hand_partner_put(struct store *store, const Peregrin__HandPartner *partner,
                            struct arena *arena);
enum fault hand_partner_remove(struct store *store, const char *schac, struct arena *arena);
/* All of them, ascending by name. */
enum fault hand_partner_list(struct store *store, struct arena *arena, Peregrin__HandPartner ***out,
                             size_t *count);
/* Beside what the catalogue says: those that it does not name. The arena is the catalogue's. */
enum fault hand_partner_join(struct store *store, struct arena *arena, struct catalogue *catalogue);

/* ---- marks */

/* The states that a person may say: what the partner would have said. */
bool hand_state_may(enum dossier_state state);
/* Whether one may follow another: nobody arrives who was not accepted. */
bool hand_state_follows(enum dossier_state before, enum dossier_state next);

/* Whether any nomination of the pair has one. */
enum fault hand_marked(struct store *store, uint32_t pair, struct arena *arena, bool *out);
enum fault hand_marks(struct store *store, const struct store_place *place, struct arena *arena,
                      Peregrin__HandMarks **out);
/* The day of the newest of this state; NULL: none. */
const char *hand_marked_on(const Peregrin__HandMarks *marks, enum dossier_state state);
/* The one that counts: the newest, while the nomination waits and the partner itself has said
 * nothing; NULL: none. An answer goes with what it answered: once something else is asked, what was
 * accepted is DOSSIER_REOPENED, and what was refused or put on a list waits again. */
enum fault hand_mark_of(struct store *store, const struct store_dossier *row, struct arena *arena,
                        const Peregrin__HandMark **out);
/* The state with it. */
enum dossier_state hand_state_of(const struct store_dossier *row, const Peregrin__HandMark *mark);
/* Behind the others, and told in the feed. */
enum fault hand_mark_add(struct store *store, const struct store_dossier *row,
                         const Peregrin__HandMark *mark, struct arena *arena);
