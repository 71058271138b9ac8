/* The two lanes of a dossier: its records in order, which of them are void, and which may be folded
 * next. Own to this folder; what a record means stands in dossier.c. */
#pragma once

#include "record/dossier.h"

struct lanes {
    struct dossier_entry *entries[2]; /* ascending by index and id */
    size_t held[2];                   /* of each lane, within the limits */
};

/* Sorts the entries in place, forgets what an earlier fold has set, finds both lanes as far as the
 * limits reach, and marks what is void. */
void lanes_find(struct dossier_entry *entries, size_t count, struct dossier_limits limits,
                struct lanes *out);

/* Two records of one author stand at one place. */
bool lanes_forked(const struct lanes *lanes, uint32_t lane);

/* A refusal of the frozen schema: it names a record as void, and cannot be void itself. */
bool lanes_is_refusal(const struct dossier_entry *entry);

/* The next record of a lane when all that it rests on is folded; NULL when there is none, when
 * something is missing, and before a fork. */
struct dossier_entry *lanes_next(const struct lanes *lanes, const struct dossier *dossier,
                                 uint32_t lane);
