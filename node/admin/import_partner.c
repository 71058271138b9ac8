#include "admin/import_partner.h"

#include "base/words.h"
#include "report/plain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_COMPARED = WORDS_APART_MAX, DISTANCE_MAX = 3 };

struct name {
    const char *key;     /* folded */
    const char *written; /* as in the catalogue */
    const struct catalogue_institution *institution;
};

struct import_partner_index {
    struct name *names; /* ascending by key */
    size_t count;
};

/* Blanks matter in an Erasmus code, and people still write one or none where two stand: no two
 * codes differ in blanks alone. NULL when the arena is spent. */
static const char *key_of(struct bytes name, struct arena *arena)
{
    return plain_word(name, arena);
}

static int name_order(const void *left, const void *right)
{
    const struct name *one = left, *other = right;
    return strcmp(one->key, other->key);
}

static size_t names_wanted(const struct catalogue *catalogue)
{
    size_t count = 2 * catalogue->institution_count; /* its SCHAC and its name */
    for (size_t i = 0; i < catalogue->institution_count; i++)
        count += catalogue->institutions[i].entry->n_aliases;
    return count;
}

static size_t names_by_hand(const struct catalogue *catalogue)
{
    size_t count = 2 * catalogue->by_hand_count;
    for (size_t i = 0; i < catalogue->by_hand_count; i++)
        count += catalogue->by_hand[i].entry->n_aliases;
    return count;
}

static bool name_add(struct import_partner_index *index, const char *written,
                     const struct catalogue_institution *institution, struct arena *arena)
{
    const char *key = key_of(bytes_text(written), arena);
    if (!key)
        return false;
    index->names[index->count++] = (struct name) {key, written, institution};
    return true;
}

static bool institution_add(struct import_partner_index *index,
                            const struct catalogue_institution *institution, struct arena *arena)
{
    const Peregrin__Institution *entry = institution->entry;
    if (!name_add(index, institution->schac, institution, arena))
        return false;
    if (entry->name && !name_add(index, entry->name, institution, arena))
        return false;
    for (size_t i = 0; i < entry->n_aliases; i++)
        if (entry->aliases[i]->value &&
            !name_add(index, entry->aliases[i]->value, institution, arena))
            return false;
    return true;
}

struct import_partner_index *import_partner_open(const struct catalogue *catalogue,
                                                 struct arena *arena)
{
    struct import_partner_index *index = arena_take(arena, sizeof *index);
    size_t wanted = names_wanted(catalogue) + names_by_hand(catalogue);
    if (index)
        index->names = arena_take_array(arena, wanted, sizeof *index->names);
    if (!index || !index->names)
        return NULL;
    for (size_t i = 0; i < catalogue->institution_count; i++)
        if (!institution_add(index, &catalogue->institutions[i], arena))
            return NULL;
    for (size_t i = 0; i < catalogue->by_hand_count; i++)
        if (!institution_add(index, &catalogue->by_hand[i], arena))
            return NULL;
    assert(index->count <= wanted);
    if (index->count)
        qsort(index->names, index->count, sizeof *index->names, name_order);
    return index;
}

/* The first of those with this key, or count. */
static size_t name_find(const struct import_partner_index *index, const char *key)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->names[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool here = low < index->count && strcmp(index->names[low].key, key) == 0;
    return here ? low : index->count;
}

const struct catalogue_institution *import_partner_find(const struct import_partner_index *index,
                                                        struct bytes name, bool *several,
                                                        struct arena *arena)
{
    const char *key = key_of(name, arena);
    *several = false;
    size_t at = key && *key ? name_find(index, key) : index->count;
    if (at == index->count)
        return NULL;
    const struct catalogue_institution *found = index->names[at].institution;
    for (; at < index->count && strcmp(index->names[at].key, key) == 0; at++)
        *several = *several || index->names[at].institution != found;
    return *several ? NULL : found;
}

const char *import_partner_near(const struct import_partner_index *index, struct bytes name,
                                struct arena *arena)
{
    const char *key = key_of(name, arena), *near = NULL;
    size_t length = key ? strlen(key) : 0, best = DISTANCE_MAX + 1;
    if (length < DISTANCE_MAX || length > NAME_MAX_COMPARED)
        return NULL;
    for (size_t i = 0; i < index->count; i++) {
        size_t own = strlen(index->names[i].key);
        size_t apart = own > length ? own - length : length - own;
        if (apart >= best || own > NAME_MAX_COMPARED)
            continue;
        size_t away = words_apart(key, length, index->names[i].key, own);
        if (away < best) {
            best = away;
            near = index->names[i].written;
        }
    }
    return near;
}
