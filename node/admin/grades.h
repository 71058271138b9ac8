/* Grading tables that the node keeps, as small values `grade/ID`: of the own institutions, and
 * those that partners have published. A table that was used in a recognition stays what it was:
 * another one under its id has to be asked for. */
#pragma once

#include "base/instant.h"
#include "grade/grading.h"
#include "grade/levels.h"
#include "local.pb-c.h"
#include "store/store.h"

enum { GRADES_MAX = 500, GRADES_ID_MAX = 64, GRADES_TEXT_MAX = 256 };

/* In ascending order of id. */
enum fault grades_list(struct store *store, struct arena *arena, Peregrin__GradeTable ***out,
                       size_t *count);
/* *out NULL: there is none. */
enum fault grades_get(struct store *store, const char *id, struct arena *arena,
                      Peregrin__GradeTable **out);
enum fault grades_remove(struct store *store, const char *id);

enum grades_kept { GRADES_NEW, GRADES_SAME, GRADES_REPLACED, GRADES_OTHER, GRADES_FULL };
/* GRADES_OTHER: another table has this id, and `replace` was not said; nothing was changed. Only of
 * a table that grades_fits. */
enum fault grades_put(struct store *store, Peregrin__GradeTable *table, bool replace,
                      struct instant now, struct arena *arena, enum grades_kept *out);

/* Whether its texts and numbers are within their limits; otherwise the field and what is wanted
 * there. Not whether it can be used: a table is kept as it was published. */
bool grades_fits(const Peregrin__GradeTable *table, const char **field, const char **expected);

/* The same as the core has it, in the arena; false when it is spent. */
bool grades_grading(const Peregrin__GradeTable *table, struct arena *arena, struct grading *out);
bool grades_levels(const Peregrin__GradeTable *table, struct arena *arena, struct levels *out);

/* Why a table cannot be used, or fine; of either kind. */
enum verdict grades_usable(const Peregrin__GradeTable *table, struct arena *arena,
                           struct finding *why);
