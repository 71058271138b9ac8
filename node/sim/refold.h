/* A stranger's reading of what the records of a dossier mean: from the bytes of their headers and
 * the rules of proto/README.md, 4, with no line of the fold that the node runs. There a table says
 * where a record leads from each state; here each kind says what it changes, and the state is read
 * off what is known in the end. */
#pragma once

#include "base/arena.h"
#include "record/dossier.h"

/* What these headers say together, in any order; each must be there once. False: one cannot be
 * read, or memory is refused. */
bool refold_read(const struct bytes *headers, size_t count, struct arena *arena,
                 struct dossier *out);
