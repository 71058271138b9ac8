#include "engine/replaced.h"

#include <assert.h>
#include <string.h>

enum { PAGE = 16 };

/* `replaced/7/NAME/BY`; by NULL: the beginning of all that replace it. */
static const char *mark_of(uint32_t pair, const struct header_dossier *name,
                           const struct header_dossier *by, struct arena *arena)
{
    char letters[HEADER_DOSSIER_TEXT], other[HEADER_DOSSIER_TEXT] = "";
    header_dossier_text(name, letters);
    if (by)
        header_dossier_text(by, other);
    return arena_format(arena, "replaced/%u/%s/%s", pair, letters, other);
}

enum fault replaced_save(struct step *step, const struct store_place *place,
                         const struct fold_view *view)
{
    struct store *store = step->engine->store;
    static const uint8_t here = 1;
    bool ended = view->dossier.state == DOSSIER_ENDED;
    size_t force = fold_find(view, &view->dossier.in_force);
    const Peregrin__Claim *in_force =
        force < view->count && !ended ? view->headers[force].fields->claim : NULL;
    for (size_t i = 0; i < view->count; i++) {
        const Peregrin__Claim *claim = view->headers[i].fields->claim;
        struct header_dossier named;
        if (!claim->has_replaces || claim->replaces.len != sizeof named.bytes)
            continue;
        memcpy(named.bytes, claim->replaces.data, sizeof named.bytes);
        const char *name = mark_of(place->pair, &named, &place->dossier, step->engine->scratch);
        if (!name)
            return FAULT_MEMORY;
        assert(strlen(name) <= STORE_NAME_MAX);
        bool holds = in_force && in_force->has_replaces &&
                     memcmp(in_force->replaces.data, named.bytes, sizeof named.bytes) == 0;
        TRY(holds ? store->value_put(store, name, (struct bytes) {&here, 1})
                  : store->value_remove(store, name));
    }
    return FAULT_NONE;
}

/* They name each other, and this one stays. */
static enum fault stays(struct store *store, uint32_t pair, const struct header_dossier *name,
                        const struct header_dossier *by, struct arena *arena, bool *out)
{
    const char *turned = mark_of(pair, by, name, arena);
    struct bytes value;
    if (!turned)
        return FAULT_MEMORY;
    TRY(store->value_get(store, turned, arena, &value));
    *out = value.size && memcmp(name, by, sizeof *name) < 0;
    return FAULT_NONE;
}

enum fault replaced_find(struct store *store, uint32_t pair, const struct header_dossier *name,
                         struct arena *arena, bool *found, struct header_dossier *by)
{
    const char *prefix = mark_of(pair, name, NULL, arena);
    struct store_value *values;
    struct header_dossier other;
    size_t count;
    bool remains;
    *found = false;
    if (!prefix)
        return FAULT_MEMORY;
    TRY(store->value_list(store, prefix, NULL, PAGE, arena, &values, &count));
    for (size_t i = 0; i < count && !*found; i++) {
        if (!header_dossier_from_text(bytes_text(values[i].name + strlen(prefix)), &other))
            return FAULT_CORRUPT;
        TRY(stays(store, pair, name, &other, arena, &remains));
        *found = !remains;
    }
    if (*found && by)
        *by = other;
    return FAULT_NONE;
}
