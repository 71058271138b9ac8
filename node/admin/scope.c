#include "admin/scope.h"

#include "record/dossier.h"

#include <string.h>

/* Stands for what no unit has, where an institution shows it: no code is empty. */
static const char unassigned[] = "";

bool scope_entry_read(const char *entry, char own[static STORE_NAME_MAX + 1], const char **code)
{
    size_t size = strcspn(entry, "/");
    *code = entry[size] ? entry + size + 1 : NULL;
    if (size == 0 || size > STORE_NAME_MAX || (*code && unit_code_wrong(*code)))
        return false;
    memcpy(own, entry, size);
    own[size] = '\0';
    return true;
}

/* The code where the entry is of this institution: NULL in *code when it is all of it. */
static bool entry_of(const char *entry, const char *own, const char **code)
{
    size_t size = strlen(own);
    if (strncmp(entry, own, size) != 0 || (entry[size] && entry[size] != '/'))
        return false;
    *code = entry[size] ? entry + size + 1 : NULL;
    return true;
}

/* ---- made --------------------------------------------------------------------------------------
 */

struct making {
    struct store *store;
    struct arena *arena;
    const char **entries;
    size_t count, room;
};

static enum fault put(struct making *making, const char *entry)
{
    if (!entry || making->count == making->room)
        return FAULT_MEMORY;
    making->entries[making->count++] = entry;
    return FAULT_NONE;
}

/* The department, those within it, and what has none where that is shown. */
static enum fault unit_add(struct making *making, const char *entry)
{
    char own[STORE_NAME_MAX + 1];
    const char *code;
    Peregrin__Units *units;
    TRY(put(making, entry));
    if (!scope_entry_read(entry, own, &code) || !code)
        return FAULT_NONE;
    TRY(unit_list(making->store, own, making->arena, &units));
    if (units->unassigned_shown)
        TRY(put(making, arena_format(making->arena, "%s/%s", own, unassigned)));
    for (size_t i = 0; i < units->n_units; i++)
        if (strcmp(units->units[i]->code, code) != 0 &&
            unit_is_within(units, units->units[i]->code, code))
            TRY(put(making, arena_format(making->arena, "%s/%s", own, units->units[i]->code)));
    return FAULT_NONE;
}

enum fault scope_open(struct store *store, const char *const *entries, size_t count,
                      struct arena *arena, struct scope *out)
{
    struct making making = {.store = store, .arena = arena, .room = count * (UNIT_COUNT_MAX + 2)};
    *out = (struct scope) {0};
    if (count == 0)
        return FAULT_NONE;
    making.entries = arena_take_array(arena, making.room, sizeof *making.entries);
    if (!making.entries)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++)
        TRY(unit_add(&making, entries[i]));
    *out = (struct scope) {making.entries, making.count};
    return FAULT_NONE;
}

/* ---- asked -------------------------------------------------------------------------------------
 */

bool scope_sees(const struct scope *scope, const char *own)
{
    const char *code;
    for (size_t i = 0; i < scope->count; i++)
        if (entry_of(scope->entries[i], own, &code))
            return true;
    return scope->count == 0;
}

bool scope_is_whole(const struct scope *scope, const char *own)
{
    for (size_t i = 0; i < scope->count; i++)
        if (strcmp(scope->entries[i], own) == 0)
            return true;
    return scope->count == 0;
}

bool scope_holds(const struct scope *scope, const char *own, const char *unit)
{
    const char *code, *wanted = unit ? unit : unassigned;
    for (size_t i = 0; i < scope->count; i++)
        if (entry_of(scope->entries[i], own, &code) && (!code || strcmp(code, wanted) == 0))
            return true;
    return scope->count == 0;
}

enum fault scope_holds_dossier(const struct scope *scope, struct store *store, const char *own,
                               const struct store_dossier *row, struct arena *arena, bool *holds)
{
    const char *unit;
    bool mobility = dossier_family_states(KIND_MOBILITY) >> row->state & 1;
    *holds = scope_is_whole(scope, own) || (!mobility && scope_sees(scope, own));
    if (*holds)
        return FAULT_NONE;
    TRY(unit_of_dossier(store, row, arena, &unit));
    *holds = scope_holds(scope, own, unit);
    return FAULT_NONE;
}

const char *scope_only(const char *const *entries, size_t count, const char *own)
{
    const char *only = NULL, *code;
    for (size_t i = 0; i < count; i++) {
        if (!entry_of(entries[i], own, &code))
            continue;
        if (!code || only)
            return NULL;
        only = code;
    }
    return only;
}
