#include "record/lanes.h"

#include "base/broken.h"

#include <assert.h>
#include <stdlib.h>

static int entry_order(const void *left, const void *right)
{
    const struct dossier_entry *one = left, *other = right;
    if (one->lane != other->lane)
        return one->lane < other->lane ? -1 : 1;
    if (one->index != other->index)
        return one->index < other->index ? -1 : 1;
    return digest_compare(&one->id, &other->id);
}

bool lanes_is_refusal(const struct dossier_entry *entry)
{
    return entry->kind == PEREGRIN__KIND__KIND_REFUSAL && entry->schema == 0;
}

/* A record is void exactly when a refusal in the other lane names it; refusals cannot be refused.
 */
static void void_name(struct lanes *lanes, const struct dossier_entry *refusal)
{
    uint32_t other = 1 - refusal->lane;
    for (size_t i = 0; i < lanes->held[other]; i++) {
        struct dossier_entry *entry = &lanes->entries[other][i];
        if (digest_equal(&entry->id, &refusal->target) && !lanes_is_refusal(entry))
            entry->void_ = true;
    }
}

void lanes_find(struct dossier_entry *entries, size_t count, struct dossier_limits limits,
                struct lanes *out)
{
    struct lanes lanes = {.entries = {entries, entries}};
    if (count)
        qsort(entries, count, sizeof *entries, entry_order);
    for (size_t i = 0; i < count; i++) {
        struct dossier_entry *entry = &entries[i];
        assert(entry->lane <= 1);
        entry->folded = entry->void_ = entry->out_of_turn = false;
        entry->question = 0;
        if (entry->lane == 0)
            lanes.entries[1] = entry + 1;
        if (entry->index < limits.lengths[entry->lane])
            lanes.held[entry->lane]++;
    }
    for (int lane = 0; lane < 2; lane++)
        for (size_t i = 0; i < lanes.held[lane]; i++)
            if (lanes_is_refusal(&lanes.entries[lane][i]))
                void_name(&lanes, &lanes.entries[lane][i]);
    *out = lanes;
}

/* A record twice would be a bug of the caller. */
bool lanes_forked(const struct lanes *lanes, uint32_t lane)
{
    bool forked = false;
    for (size_t i = 1; i < lanes->held[lane]; i++) {
        const struct dossier_entry *entry = &lanes->entries[lane][i];
        if (entry->index != entry[-1].index)
            continue;
        assert(!digest_equal(&entry->id, &entry[-1].id));
        forked = !broken_is(BROKEN_FORK_UNSEEN);
    }
    return forked;
}

struct dossier_entry *lanes_next(const struct lanes *lanes, const struct dossier *dossier,
                                 uint32_t lane)
{
    if (broken_is(BROKEN_HOST_FIRST))
        lane = 1 - lane;
    uint32_t length = dossier->lengths[lane], other = 1 - lane;
    if (length >= lanes->held[lane])
        return NULL;
    struct dossier_entry *entry = &lanes->entries[lane][length];
    bool forks = length + 1 < lanes->held[lane] && entry[1].index == length;
    if (entry->index != length || forks || !digest_equal(&entry->previous, &dossier->heads[lane]))
        return NULL;
    if (entry->has_seen) {
        if (entry->seen_index >= dossier->lengths[other])
            return NULL;
        if (!digest_equal(&lanes->entries[other][entry->seen_index].id, &entry->seen_id))
            return NULL;
    }
    return entry;
}
