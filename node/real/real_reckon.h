/* The comparison: what was asked for and acknowledged, beside what both nodes of it show. */
#pragma once

#include "real/real_federation.h"
#include "real/real_ledger.h"

#include <jansson.h>

enum real_wrong {
    REAL_WRONG_LOST,        /* acknowledged, and not there */
    REAL_WRONG_DOUBLED,     /* there more often than it was asked for */
    REAL_WRONG_ALTERED,     /* there, and other than it was asked for */
    REAL_WRONG_DISAGREES,   /* two sides show two things */
    REAL_WRONG_UNRECEIPTED, /* there, and without its receipt */
    REAL_WRONG_REFUSED,     /* there, and without effect */
    REAL_WRONG_COUNT
};
const char *real_reckon_name(enum real_wrong wrong);

enum { REAL_RECKON_TEXTS = 5, REAL_RECKON_TEXT = 240 };

struct real_reckoning {
    uint64_t dossiers; /* looked at */
    uint64_t counts[REAL_WRONG_COUNT];
    uint64_t excused[REAL_EXCUSE_COUNT];             /* dossiers that are nowhere, and may be */
    char texts[REAL_RECKON_TEXTS][REAL_RECKON_TEXT]; /* the first ones, in sentences; ids only */
    size_t text_count;
};

/* One matter: the dossier as its author's node shows it, and its partner's; NULL: it shows none.
 * The names are their SCHACs. */
struct real_sides {
    const char *names[2];
    const json_t *views[2];
};
void real_reckon_matter(struct real_reckoning *reckoning, const struct real_matter *matter,
                        const struct real_sides *sides);
/* A dossier in a list of a node that nobody was told of. */
void real_reckon_stranger(struct real_reckoning *reckoning, const char *dossier, const char *node);

/* The matters from `first` on, and with `lists` everything that the nodes list besides. Otherwise
 * than NULL a node that does not answer: then nothing is said. While all clerks rest. */
const struct real_node *real_reckon_all(const struct real_federation *federation,
                                        const struct real_ledger *ledger, size_t first, bool lists,
                                        struct real_reckoning *out);
uint64_t real_reckon_wrongs(const struct real_reckoning *reckoning);
