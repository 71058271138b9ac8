/* A believed catalogue's statement, checked name by name and key by key, as arrays to be asked. */
#pragma once

#include "trust/catalogue.h"

enum {
    ROSTER_KEYS_MAX = 64, /* of one owner, with their history */
    ROSTER_ALIASES_MAX = 64,
    ROSTER_NAME_MAX = 256, /* of an institution, in bytes */
    ROSTER_LABEL_MAX = 64, /* node id, alias */
    ROSTER_KEY_ID_MAX = 32,
};

/* Fills the institutions and nodes of *out, whose network is set. In this order: names and shapes;
 * order and uniqueness of names; no public key twice; each endorsement holds. *why is a sentence
 * when not fine. */
enum verdict roster_read(const Peregrin__CatalogueStatement *statement, const struct suite *suite,
                         struct arena *arena, struct catalogue *out, const char **why);
