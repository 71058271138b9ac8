/* The letters of a text file: whatever it was saved in, as UTF-8. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

struct sheet_encoding {
    struct bytes text;     /* UTF-8, without its mark */
    const char *name;      /* as people say it */
    const char *otherwise; /* the name of the other choice where this was a guess; else NULL */
};

/* Whether there is such a name to choose: `cp1250`, `cp1252`. */
bool sheet_encoding_known(const char *name);

/* UTF-8 and UTF-16 are seen, with and without their marks; other bytes are Windows 1250 or 1252:
 * the one that is named, or else by their letters. FAULT_MEMORY when the arena is spent. */
enum fault sheet_encoding_read(struct bytes raw, const char *name, struct arena *arena,
                               struct sheet_encoding *out);
