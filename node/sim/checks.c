#include "sim/checks.h"

#include "record/kind.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "sim/witness.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096 };

uint32_t checks_pair(const struct world *world, size_t node, size_t partner, struct arena *arena)
{
    struct store *store = world_store(world, node);
    struct store_pair *pairs;
    size_t count;
    if (store->pair_list(store, arena, &pairs, &count))
        return 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].own, world_institution(world, node)) == 0 &&
            strcmp(pairs[i].partner, world_institution(world, partner)) == 0)
            return pairs[i].pair;
    return 0;
}

bool checks_records(struct store *store, uint32_t pair, struct arena *arena,
                    struct store_record ***out, size_t *count)
{
    struct summary ours, theirs;
    uint64_t unreceipted;
    int64_t after = 0;
    size_t page;
    *count = 0;
    if (store->summary(store, pair, true, &ours, &unreceipted) ||
        store->summary(store, pair, false, &theirs, &unreceipted))
        return false;
    *out = arena_take_array(arena, ours.count + theirs.count + 1, sizeof **out);
    do {
        struct store_record *records;
        if (!*out || store->record_scan(store, after, PAGE, arena, &records, &page))
            return false;
        for (size_t i = 0; i < page; i++) {
            after = records[i].serial;
            if (records[i].place.pair == pair && *count < ours.count + theirs.count)
                (*out)[(*count)++] = &records[i];
        }
    } while (page == PAGE);
    return *count == ours.count + theirs.count;
}

bool checks_fold(struct store *store, const struct store_place *place, struct arena *arena,
                 struct dossier *out, size_t *count)
{
    struct store_record *records;
    if (store->record_list(store, place, false, arena, &records, count))
        return false;
    struct dossier_entry *entries = arena_take_array(arena, *count + 1, sizeof *entries);
    for (size_t i = 0; entries && i < *count; i++) {
        struct header header;
        if (header_read_held(records[i].header, arena, &header))
            return false;
        dossier_entry_of(&header, &entries[i]);
    }
    struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    if (entries)
        dossier_fold(entries, *count, all, out);
    return entries;
}

/* ---- one store ---- */

struct look {
    const struct world *world;
    size_t node, partner;
    struct store *store;
    struct arena *arena;
    uint32_t pair;
    struct store_record **records;
    size_t count;
};

static const char *about(const struct look *look, const struct store_record *record,
                         const char *what)
{
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&record->place.dossier, name);
    return arena_format(look->arena, "at %s, with %s, %s lane %u index %u: %s",
                        world_institution(look->world, look->node),
                        world_institution(look->world, look->partner), name, record->lane,
                        record->index, what);
}

/* What the row says of the record is what its header says. */
static const char *record_check(const struct look *look, const struct store_record *record)
{
    struct header header;
    struct digest commitment;
    bool ours = record->flags & STORE_OURS;
    const char *self = world_institution(look->world, look->node);
    const char *other = world_institution(look->world, look->partner);
    if (header_read_held(record->header, look->arena, &header))
        return "its header cannot be read";
    if (!digest_equal(&header.id, &record->id))
        return "its id is not the digest of its header";
    if (strcmp(header.fields->issuer, ours ? self : other) != 0 ||
        strcmp(header.fields->audience, ours ? other : self) != 0)
        return "its header names others";
    if (header.lane != record->lane || header.index != record->index ||
        header.kind != record->kind || header.issued_at != record->issued_at ||
        memcmp(&header.dossier, &record->place.dossier, sizeof header.dossier) != 0 ||
        (record->lane == 0) != (ours != record->place.opened_by_partner))
        return "it stands at another place than its header says";
    if (record->salt.size != DIGEST_SALT_SIZE)
        return "it has no body";
    header_commit(record->salt.data, record->body, &commitment);
    if (!digest_equal(&commitment, &header.commitment))
        return "its body is not what its header commits to";
    return NULL;
}

static const char *proofs_check(const struct look *look, const struct store_record *record)
{
    bool ours = record->flags & STORE_OURS;
    struct witness_case subject = {
        .world = look->world,
        .store = look->store,
        .arena = look->arena,
        .record = record,
        .author = ours ? look->node : look->partner,
        .audience = ours ? look->partner : look->node,
    };
    const char *wrong = witness_seal(&subject);
    return wrong ? wrong : witness_receipt(&subject);
}

/* Our own: a hostile partner may refuse what it likes as often as it likes. */
static bool refusals_repeat(const struct look *look, const struct store_record *refusal,
                            size_t before)
{
    struct header header, other;
    if (header_read_held(refusal->header, look->arena, &header))
        return true;
    for (size_t i = 0; i < before; i++)
        if (look->records[i]->kind == PEREGRIN__KIND__KIND_REFUSAL &&
            (look->records[i]->flags & STORE_OURS) &&
            !header_read_held(look->records[i]->header, look->arena, &other) &&
            digest_equal(&header.target, &other.target))
            return true;
    return false;
}

static const char *records_check(const struct look *look)
{
    struct summary sums[2] = {0};
    for (size_t i = 0; i < look->count; i++) {
        const struct store_record *record = look->records[i];
        const char *wrong = record_check(look, record);
        if (!wrong)
            wrong = proofs_check(look, record);
        if (!wrong && record->kind == PEREGRIN__KIND__KIND_REFUSAL &&
            (record->flags & STORE_OURS) && refusals_repeat(look, record, i))
            wrong = "what it refuses is refused already";
        if (wrong)
            return about(look, record, wrong);
        summary_add(&sums[(record->flags & STORE_OURS) != 0], &record->id);
    }
    for (int ours = 0; ours < 2; ours++) {
        struct summary kept;
        uint64_t unreceipted;
        if (look->store->summary(look->store, look->pair, ours, &kept, &unreceipted) ||
            !summary_equal(&kept, &sums[ours]))
            return arena_format(look->arena, "at %s the sum of a stream is not that of its records",
                                world_institution(look->world, look->node));
    }
    return NULL;
}

/* The row that lists show is what the records say, and all that can be judged was judged. */
static const char *dossier_check(const struct look *look, const struct store_record *record)
{
    struct dossier dossier;
    struct store_dossier row;
    size_t count;
    bool found;
    if (!checks_fold(look->store, &record->place, look->arena, &dossier, &count))
        return about(look, record, "its dossier cannot be folded");
    if (look->store->dossier_get(look->store, &record->place, &found, &row) || !found)
        return about(look, record, "its dossier has no row");
    if (row.state != (uint32_t)dossier.state || row.lengths[0] != dossier.lengths[0] ||
        row.lengths[1] != dossier.lengths[1] || row.incomplete != dossier.incomplete ||
        row.not_understood != dossier.not_understood || row.forked[0] != dossier.forked[0] ||
        row.forked[1] != dossier.forked[1])
        return about(look, record, "its dossier's row says something else than its records");
    bool judged = record->flags & (STORE_JUDGED | STORE_NOT_UNDERSTOOD);
    bool folded = record->index < dossier.lengths[record->lane];
    if (folded && !judged)
        return about(look, record, "it is folded and was not judged");
    return NULL;
}

static int by_id(const void *left, const void *right)
{
    const struct store_record *const *a = left, *const *b = right;
    return digest_compare(&(*a)->id, &(*b)->id);
}

static const char *look_make(const struct world *world, size_t node, size_t partner,
                             struct arena *arena, struct look *out)
{
    *out = (struct look) {.world = world,
                          .node = node,
                          .partner = partner,
                          .store = world_store(world, node),
                          .arena = arena};
    out->pair = checks_pair(world, node, partner, arena);
    if (!out->pair || !checks_records(out->store, out->pair, arena, &out->records, &out->count))
        return "a store cannot be read, or its sums count other records than it has";
    return NULL;
}

const char *checks_store(const struct world *world, size_t node, struct arena *arena)
{
    for (size_t partner = 0; partner < world_count(world); partner++) {
        struct look look;
        if (partner == node)
            continue;
        const char *wrong = look_make(world, node, partner, arena, &look);
        if (!wrong)
            wrong = records_check(&look);
        for (size_t i = 0; i < look.count && !wrong; i++)
            wrong = dossier_check(&look, look.records[i]);
        if (wrong)
            return wrong;
        qsort(look.records, look.count, sizeof(struct store_record *), by_id);
        for (size_t i = 1; i < look.count; i++)
            if (digest_equal(&look.records[i]->id, &look.records[i - 1]->id))
                return about(&look, look.records[i], "it is here twice");
    }
    return NULL;
}

/* ---- two stores ---- */

static const char *dossiers_agree(const struct look *one, const struct look *other,
                                  const struct store_record *here, const struct store_record *there)
{
    struct dossier left, right;
    size_t counts[2];
    if (!checks_fold(one->store, &here->place, one->arena, &left, &counts[0]) ||
        !checks_fold(other->store, &there->place, one->arena, &right, &counts[1]))
        return about(one, here, "its dossier cannot be folded");
    if (left.state != right.state || !digest_equal(&left.revision, &right.revision) ||
        !digest_equal(&left.decision, &right.decision) ||
        memcmp(&left.arrival, &right.arrival,
               offsetof(struct dossier, lengths) - offsetof(struct dossier, arrival)) != 0 ||
        counts[0] != counts[1])
        return about(one, here, "its dossier is another one at the partner");
    return NULL;
}

static const char *record_agrees(const struct look *one, const struct look *other,
                                 const struct store_record *here, const struct store_record *there)
{
    if (!digest_equal(&here->id, &there->id))
        return about(one, here, "the partner does not hold it");
    if (!bytes_equal(here->header, there->header) || !bytes_equal(here->salt, there->salt) ||
        !bytes_equal(here->body, there->body))
        return about(one, here, "the partner holds other bytes");
    if (!(here->flags & STORE_RECEIPTED) || !(there->flags & STORE_RECEIPTED))
        return about(one, here, "it has no receipt");
    return dossiers_agree(one, other, here, there);
}

static const char *outbox_empty(const struct look *look)
{
    struct store_outbox_row *rows;
    size_t count;
    if (look->store->outbox_next(look->store, look->pair, 0, true, 1, look->arena, &rows, &count) ||
        count)
        return arena_format(look->arena, "at %s the outbox is not empty",
                            world_institution(look->world, look->node));
    return NULL;
}

const char *checks_same(const struct world *world, size_t one, size_t other, struct arena *arena)
{
    struct look here, there;
    const char *wrong = look_make(world, one, other, arena, &here);
    if (!wrong)
        wrong = look_make(world, other, one, arena, &there);
    if (!wrong)
        wrong = outbox_empty(&here);
    if (!wrong)
        wrong = outbox_empty(&there);
    if (wrong)
        return wrong;
    qsort(here.records, here.count, sizeof(struct store_record *), by_id);
    qsort(there.records, there.count, sizeof(struct store_record *), by_id);
    for (size_t i = 0; i < here.count && i < there.count && !wrong; i++)
        wrong = record_agrees(&here, &there, here.records[i], there.records[i]);
    if (!wrong && here.count != there.count)
        wrong = arena_format(arena, "%s holds %zu records, %s %zu", world_institution(world, one),
                             here.count, world_institution(world, other), there.count);
    return wrong;
}
