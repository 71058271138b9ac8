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

/* False: the revision names none. */
static bool named_by(const struct fold_view *view, size_t i, struct header_dossier *out)
{
    const Peregrin__Claim *claim = view->headers[i].fields->claim;
    if (!claim->has_replaces || claim->replaces.len != sizeof out->bytes)
        return false;
    memcpy(out->bytes, claim->replaces.data, sizeof out->bytes);
    return true;
}

/* Whether terms that name it ever came into force: what was approved took effect, whatever came
 * after it. */
static bool took_effect(const struct fold_view *view, const struct header_dossier *named)
{
    struct header_dossier other;
    for (size_t i = 0; i < view->count; i++) {
        const struct dossier_entry *entry = &view->entries[i];
        if (entry->kind != PEREGRIN__KIND__KIND_APPROVAL || !entry->folded || entry->void_ ||
            entry->out_of_turn)
            continue;
        size_t terms = fold_find(view, &entry->target);
        if (terms < view->count && named_by(view, terms, &other) &&
            memcmp(&other, named, sizeof other) == 0)
            return true;
    }
    return false;
}

enum fault replaced_save(struct step *step, const struct store_place *place,
                         const struct fold_view *view)
{
    struct store *store = step->engine->store;
    static const uint8_t here = 1;
    for (size_t i = 0; i < view->count; i++) {
        struct header_dossier named;
        if (!named_by(view, i, &named))
            continue;
        const char *name = mark_of(place->pair, &named, &place->dossier, step->engine->scratch);
        if (!name)
            return FAULT_MEMORY;
        assert(strlen(name) <= STORE_NAME_MAX);
        TRY(took_effect(view, &named) ? store->value_put(store, name, (struct bytes) {&here, 1})
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
