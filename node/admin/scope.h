/* What of this node a user sees: all of it, some institutions, or some departments of them. One
 * place for all who ask: routes, lists, searches, exports, imports, the feed. */
#pragma once

#include "admin/unit.h"

/* Entries as in the user's `units`, with the units that belong to those named. Empty: all. */
struct scope {
    const char *const *entries;
    size_t count;
};

/* NULL: fine, of its form; whether the institution and the unit are there is the caller's matter.
 * `own` is copied as far as it goes. */
bool scope_entry_read(const char *entry, char own[static STORE_NAME_MAX + 1], const char **code);

/* From a user's entries, as units are now. */
enum fault scope_open(struct store *store, const char *const *entries, size_t count,
                      struct arena *arena, struct scope *out);

/* The institution, or a part of it. */
bool scope_sees(const struct scope *scope, const char *own);
/* The institution as a whole. */
bool scope_is_whole(const struct scope *scope, const char *own);
/* What belongs to this unit; NULL: to none. */
bool scope_holds(const struct scope *scope, const char *own, const char *unit);
/* A mobility of ours; what is not one is seen by all who see the institution. */
enum fault scope_holds_dossier(const struct scope *scope, struct store *store, const char *own,
                               const struct store_dossier *row, struct arena *arena, bool *holds);
/* The user's one department of this institution; NULL: all of it, or several. */
const char *scope_only(const char *const *entries, size_t count, const char *own);
