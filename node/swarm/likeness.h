/* Whether two stories fail in the same way: the same claim, broken in the same words; which node,
 * which dossier and how many may differ. And whether a story that healed all it did before its
 * claim still does so: a network that nobody mends cannot converge, and shows nothing. */
#pragma once

#include "swarm/cut.h"

/* The kind of a failure: of the line that failed (NULL: unknown) and of what was said of it. NULL:
 * no memory. */
const char *likeness_kind(const char *line, const char *wrong, struct arena *arena);
/* `line 7: ...`: 7, and where the rest begins; 0 when it names none. */
size_t likeness_line(const char *wrong, const char **rest);

/* Faults that are still there at the end of the lines. False: no memory. */
struct likeness_open {
    const char **faults; /* what is open: `down helmo.be`; in no order, each once */
    size_t count;
};
bool likeness_open(const struct cut *cut, struct arena *arena, struct likeness_open *out);
bool likeness_within(const struct likeness_open *inner, const struct likeness_open *outer);
