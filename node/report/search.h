/* Finding a student as people ask for one: by some words of the name and the year, whatever their
 * accents and order, by address or identifier, or by the beginning or end of the dossier's name. */
#pragma once

#include "base/arena.h"
#include "mobility.pb-c.h"
#include "record/header.h"

enum {
    SEARCH_TEXT_MAX = 200,
    SEARCH_NAME_LEAST = 4, /* characters of a dossier's name, at its beginning or end */
};

struct search;

/* NULL when nothing is left to look for (no letter or digit), or the arena is spent or the text no
 * UTF-8: see *spent. */
struct search *search_open(struct bytes text, struct arena *arena, bool *spent);

/* nomination NULL: its body is not here, only the dossier's name can fit. Gives the arena back as
 * it was. */
bool search_fits(const struct search *search, const struct header_dossier *dossier,
                 const Peregrin__Nomination *nomination, struct arena *arena);
