#include "figures/target.h"

#include "admin/keep.h"
#include "mobility.pb-c.h"

#include <assert.h>
#include <string.h>

static const char *name_of(const char *own, const char *name, struct arena *arena)
{
    return arena_format(arena, "aim/%s/%s", own, name);
}

bool target_name_fits(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= TARGET_NAME_MAX &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

enum fault target_list(struct store *store, const char *own, struct arena *arena,
                       struct target **out, size_t *count)
{
    const char *prefix = name_of(own, "", arena);
    struct keep_row *rows;
    if (!prefix)
        return FAULT_MEMORY;
    TRY(keep_list(store, prefix, NULL, TARGET_MAX, &peregrin__target__descriptor, arena, &rows,
                  count));
    *out = arena_take_array(arena, *count + 1, sizeof **out);
    if (!*out)
        return FAULT_MEMORY;
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = (struct target) {.name = rows[i].name + strlen(prefix),
                                     .kept = (const Peregrin__Target *)rows[i].message};
    return FAULT_NONE;
}

enum fault target_get(struct store *store, const char *own, const char *name, struct arena *arena,
                      Peregrin__Target **out)
{
    const char *key = name_of(own, name, arena);
    ProtobufCMessage *message;
    if (!key)
        return FAULT_MEMORY;
    TRY(keep_get(store, key, &peregrin__target__descriptor, arena, &message));
    *out = (Peregrin__Target *)message;
    return FAULT_NONE;
}

enum fault target_put(struct store *store, const char *own, const char *name,
                      const Peregrin__Target *target, struct arena *arena)
{
    const char *key = name_of(own, name, arena);
    return key ? keep_put(store, key, &target->base, arena) : FAULT_MEMORY;
}

enum fault target_remove(struct store *store, const char *own, const char *name,
                         struct arena *arena)
{
    const char *key = name_of(own, name, arena);
    return key ? store->value_remove(store, key) : FAULT_MEMORY;
}

uint32_t target_kinds(const char *name)
{
    const uint32_t students = 1u << PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES |
                              1u << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP |
                              1u << PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED |
                              1u << PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL;
    if (strcmp(name, "staff") == 0)
        return 1u << PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING |
               1u << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING;
    if (strcmp(name, "activity") == 0)
        return students | 1u << PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL;
    return students;
}

uint32_t target_cohort(const Peregrin__Target *target, uint32_t year)
{
    for (size_t i = 0; i < target->n_cohorts; i++)
        if (target->cohorts[i]->year == year)
            return target->cohorts[i]->size;
    return 0;
}

Peregrin__Target *target_with(const Peregrin__Target *target, uint32_t year, uint32_t size,
                              struct arena *arena)
{
    Peregrin__Target *with = arena_take(arena, sizeof *with);
    Peregrin__TargetCohort *added = arena_take(arena, sizeof *added);
    Peregrin__TargetCohort **list = arena_take_array(arena, target->n_cohorts + 1, sizeof *list);
    size_t count = 0, i = 0;
    if (!with || !added || !list || target->n_cohorts >= TARGET_COHORTS_MAX)
        return NULL;
    *added = (Peregrin__TargetCohort)PEREGRIN__TARGET_COHORT__INIT;
    added->has_year = added->has_size = true;
    added->year = year;
    added->size = size;
    for (; i < target->n_cohorts && target->cohorts[i]->year < year; i++)
        list[count++] = target->cohorts[i];
    list[count++] = added;
    for (; i < target->n_cohorts; i++)
        if (target->cohorts[i]->year != year)
            list[count++] = target->cohorts[i];
    *with = *target;
    with->cohorts = list;
    with->n_cohorts = count;
    return with;
}
