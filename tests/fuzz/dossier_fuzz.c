/* links: base seal record */
#include "record/dossier.h"

#include <assert.h>
#include <string.h>

enum { RECORDS_MAX = 24, RECORD_BYTES = 5 };

static const struct {
    uint32_t kind, schema, outcome, change;
} events[] = {
    {PEREGRIN__KIND__KIND_NOMINATION, 1, 0, 0},
    {PEREGRIN__KIND__KIND_AMENDMENT, 1, 0, PEREGRIN__CHANGE__CHANGE_KEEPS},
    {PEREGRIN__KIND__KIND_AMENDMENT, 1, 0, PEREGRIN__CHANGE__CHANGE_REOPENS},
    {PEREGRIN__KIND__KIND_DECISION, 1, PEREGRIN__OUTCOME__OUTCOME_ACCEPT, 0},
    {PEREGRIN__KIND__KIND_DECISION, 1, PEREGRIN__OUTCOME__OUTCOME_REFUSE, 0},
    {PEREGRIN__KIND__KIND_WITHDRAWAL, 1, 0, 0},
    {PEREGRIN__KIND__KIND_CREDIT_RECORD, 1, 0, 0},
    {PEREGRIN__KIND__KIND_REFUSAL, 0, 0, 0},
    {PEREGRIN__KIND__KIND_DECISION, 2, 0, 0},
    {99, 1, 0, 0},
    {PEREGRIN__KIND__KIND_DECISION, 1, PEREGRIN__OUTCOME__OUTCOME_WAITLIST, 0},
    {PEREGRIN__KIND__KIND_ARRIVAL, 1, 0, 0},
    {PEREGRIN__KIND__KIND_DEPARTURE, 1, 0, 0},
    {PEREGRIN__KIND__KIND_EXTENSION, 1, 0, 0},
    {PEREGRIN__KIND__KIND_RECOGNITION, 1, 0, 0},
    {PEREGRIN__KIND__KIND_REVOKE, 1, 0, 0},
};

static struct digest id_of(size_t number)
{
    /* Spread, so that the order of ids is not the order of making. */
    struct digest id = {{(uint8_t)(number * 97 + 31), (uint8_t)number, 1}};
    return id;
}

/* The record before it in its lane or any other: `pick` 0 is the newest. */
static const struct dossier_entry *find(const struct dossier_entry *entries, size_t count,
                                        uint32_t lane, unsigned pick)
{
    for (size_t i = count; i-- > 0;)
        if (entries[i].lane == lane && pick-- == 0)
            return &entries[i];
    return NULL;
}

static void entry_make(struct dossier_entry *entries, size_t count, const uint8_t *data)
{
    struct dossier_entry *entry = &entries[count];
    unsigned event = data[0] % (sizeof events / sizeof *events);
    *entry = (struct dossier_entry) {
        .lane = data[1] & 1,
        .id = id_of(count),
        .kind = events[event].kind,
        .schema = events[event].schema,
        .outcome = events[event].outcome,
        .change = events[event].change,
        .target = id_of(data[2] % RECORDS_MAX),
        .supersedes = id_of(data[3] % RECORDS_MAX),
    };
    const struct dossier_entry *own = find(entries, count, entry->lane, data[1] >> 4 & 3);
    if (own) {
        entry->index = own->index + 1;
        entry->previous = own->id;
        entry->previous.bytes[0] ^= data[4] >= 0xF0;
    }
    const struct dossier_entry *other = find(entries, count, 1 - entry->lane, data[4] & 3);
    if (other && data[4] < 0xE0) {
        entry->has_seen = true;
        entry->seen_index = other->index;
        entry->seen_id = other->id;
    }
}

/* What is folded stands alone at its place, behind the one that it names. */
static void judge_chain(const struct dossier_entry *entries, size_t count,
                        const struct dossier_entry *entry)
{
    bool follows = entry->index == 0;
    for (size_t i = 0; entry->folded && i < count; i++) {
        const struct dossier_entry *other = &entries[i];
        if (other == entry || other->lane != entry->lane)
            continue;
        assert(other->index != entry->index);
        if (other->folded && other->index + 1 == entry->index)
            follows = digest_equal(&other->id, &entry->previous);
    }
    assert(!entry->folded || follows);
}

/* The fold depends on the set of records only, and counts each of them once. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dossier_entry entries[RECORDS_MAX], reversed[RECORDS_MAX];
    struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    struct dossier dossier, again;
    size_t count = size / RECORD_BYTES < RECORDS_MAX ? size / RECORD_BYTES : RECORDS_MAX;
    for (size_t i = 0; i < count; i++)
        entry_make(entries, i, data + i * RECORD_BYTES);
    for (size_t i = 0; i < count; i++)
        reversed[i] = entries[count - 1 - i];
    dossier_fold(entries, count, all, &dossier);
    dossier_fold(reversed, count, all, &again);
    assert(memcmp(&dossier, &again, sizeof dossier) == 0);

    size_t folded = 0;
    for (size_t i = 0; i < count; i++) {
        const struct dossier_entry *entry = &entries[i], *other = &reversed[i];
        assert(digest_equal(&entry->id, &other->id));
        assert(entry->folded == other->folded && entry->void_ == other->void_);
        assert(entry->out_of_turn == other->out_of_turn && entry->question == other->question);
        assert(!(entry->void_ && entry->out_of_turn));
        assert(entry->folded || !entry->out_of_turn);
        judge_chain(entries, count, entry);
        folded += entry->folded;
    }
    assert(folded == dossier.lengths[0] + dossier.lengths[1]);
    assert(folded + dossier.incomplete == count);
    return 0;
}
