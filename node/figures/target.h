/* What an institution wants to reach: a share of a cohort of its own, and how large the cohort was.
 */
#pragma once

#include "base/arena.h"
#include "local.pb-c.h"
#include "store/store.h"

enum { TARGET_NAME_MAX = 11, TARGET_MAX = 16, TARGET_COHORTS_MAX = 60 };
enum { TARGET_TENTHS_MAX = 1000, TARGET_SIZE_MAX = 100000000 };

struct target {
    const char *name;
    const Peregrin__Target *kept;
};

/* `students`: 1 to 11 small letters, digits and `-`. */
bool target_name_fits(const char *name);
/* Of an own institution, in order of names. */
enum fault target_list(struct store *store, const char *own, struct arena *arena,
                       struct target **out, size_t *count);
/* NULL: there is none. */
enum fault target_get(struct store *store, const char *own, const char *name, struct arena *arena,
                      Peregrin__Target **out);
enum fault target_put(struct store *store, const char *own, const char *name,
                      const Peregrin__Target *target, struct arena *arena);
enum fault target_remove(struct store *store, const char *own, const char *name,
                         struct arena *arena);

/* The kinds that a target counts when nobody said: by its name (`staff`, `activity`), else those of
 * students. */
uint32_t target_kinds(const char *name);
/* The cohort of a year; 0: nobody has said. */
uint32_t target_cohort(const Peregrin__Target *target, uint32_t year);
/* The same with this year's cohort in it, in the arena; NULL: no room. */
Peregrin__Target *target_with(const Peregrin__Target *target, uint32_t year, uint32_t size,
                              struct arena *arena);
