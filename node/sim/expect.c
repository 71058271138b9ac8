#include "sim/expect.h"

#include "sim/checks.h"
#include "sim/oracle.h"

#include <string.h>

bool expect_invariants(struct play *play, const struct play_line *line)
{
    const char *wrong = oracle_look(play->oracle);
    (void)line;
    return !wrong || play_wrong(play, "%s", wrong);
}

/* ---- both stores ---- */

bool expect_same(struct play *play, const struct play_line *line)
{
    size_t count = world_count(play->world);
    (void)line;
    for (size_t one = 0; one < count; one++) {
        const char *wrong = checks_store(play->world, one, play->arena);
        for (size_t other = one + 1; other < count && !wrong; other++)
            wrong = checks_same(play->world, one, other, play->arena);
        if (wrong)
            return play_wrong(play, "%s", wrong);
    }
    return true;
}

/* ---- one dossier ---- */

static bool dossier_read(struct play *play, const char *name, size_t node, struct dossier *out,
                         size_t *count)
{
    struct store_place place;
    const struct play_dossier *dossier = play_find(play, name);
    if (!dossier || !play_place(play, dossier, node, &place))
        return play_wrong(play, "%s has no part in %s", world_institution(play->world, node), name);
    if (!checks_fold(world_store(play->world, node), &place, play->arena, out, count))
        return play_wrong(play, "%s cannot be read", name);
    return true;
}

struct state_wish {
    const char *state;
    bool both;
    size_t node;
};

static bool state_at(struct play *play, const char *name, size_t node, const char *state)
{
    struct dossier dossier;
    size_t count;
    if (!dossier_read(play, name, node, &dossier, &count))
        return false;
    const char *is = dossier_state_code(dossier.state);
    return strcmp(is, state) == 0 ||
           play_wrong(play, "%s is %s at %s", name, is, world_institution(play->world, node));
}

static bool state_each(struct play *play, const char *name, void *self)
{
    const struct state_wish *wish = self;
    const struct play_dossier *dossier = play_find(play, name);
    if (!dossier)
        return play_wrong(play, "nobody spoke of %s before", name);
    if (!wish->both)
        return state_at(play, name, wish->node, wish->state);
    return state_at(play, name, dossier->opener, wish->state) &&
           state_at(play, name, dossier->other, wish->state);
}

bool expect_state(struct play *play, const struct play_line *line)
{
    struct state_wish wish = {
        .state = line->words[1].text, .both = line->count == 2, .node = line->words[2].node};
    return play_names(play, line->words[0].text, state_each, &wish);
}

/* The index of a record in its lane; -1: none. */
static int64_t index_of(struct play *play, const struct play_dossier *dossier, size_t node,
                        const struct digest *id)
{
    struct store_place place;
    struct store *store = world_store(play->world, node);
    struct store_record *records;
    size_t count;
    if (!play_place(play, dossier, node, &place) ||
        store->record_list(store, &place, false, play->arena, &records, &count))
        return -1;
    for (size_t i = 0; i < count; i++)
        if (digest_equal(&records[i].id, id))
            return records[i].index;
    return -1;
}

bool expect_dossier(struct play *play, const struct play_line *line)
{
    const char *name = line->words[0].text, *which = line->words[1].text;
    struct dossier dossier;
    size_t count, node = line->words[3].node;
    if (!dossier_read(play, name, node, &dossier, &count))
        return false;
    const struct {
        const char *which;
        int64_t is;
    } rows[] = {
        {"records", (int64_t)count},
        {"incomplete", dossier.incomplete},
        {"not-understood", dossier.not_understood},
        {"fork-of-opener", dossier.forked[0]},
        {"fork-of-other", dossier.forked[1]},
        {"folded", (int64_t)dossier.lengths[0] + dossier.lengths[1]},
        {"revision", index_of(play, play_find(play, name), node, &dossier.revision)},
        {"arrival", index_of(play, play_find(play, name), node, &dossier.arrival)},
        {"departure", index_of(play, play_find(play, name), node, &dossier.departure)},
        {"extension", index_of(play, play_find(play, name), node, &dossier.extension)},
        {"transcript", index_of(play, play_find(play, name), node, &dossier.transcript)},
        {"recognition", index_of(play, play_find(play, name), node, &dossier.recognition)},
        {"plan", index_of(play, play_find(play, name), node, &dossier.learning)},
        {"agreed-plan", index_of(play, play_find(play, name), node, &dossier.learning_agreed)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].which, which) == 0)
            return rows[i].is == (int64_t)line->words[2].count ||
                   play_wrong(play, "%s of %s is %lld at %s", which, name, (long long)rows[i].is,
                              world_institution(play->world, node));
    return play_wrong(play, "a dossier has no %s", which);
}

bool expect_none(struct play *play, const struct play_line *line)
{
    struct play_line counted = {.words = {line->words[0], line->words[1]}, .count = 4};
    counted.words[2] = (struct play_word) {.count = (uint64_t)-1};
    counted.words[3] = line->words[2];
    return expect_dossier(play, &counted);
}

/* ---- one node ---- */

/* Those with all of these flags. */
static uint64_t records_held(struct play *play, size_t node, uint32_t flags)
{
    uint64_t held = 0;
    for (size_t other = 0; other < world_count(play->world); other++) {
        struct store_record **records;
        size_t count = 0;
        if (other != node && checks_records(world_store(play->world, node),
                                            checks_pair(play->world, node, other, play->arena),
                                            play->arena, &records, &count))
            for (size_t i = 0; i < count; i++)
                held += (records[i]->flags & flags) == flags;
    }
    return held;
}

static bool counter_find(const struct engine *engine, const char *which, uint64_t *is)
{
    struct engine_counter counter;
    for (size_t i = 0; engine && engine_counter(engine, i, &counter); i++)
        if (strcmp(counter.name, which) == 0) {
            *is = counter.value;
            return true;
        }
    return false;
}

bool expect_count(struct play *play, const struct play_line *line)
{
    const char *which = line->words[0].text;
    size_t node = line->words[2].node;
    const struct engine *engine = world_engine(play->world, node);
    struct engine_partner partner;
    uint64_t outbox = 0, stuck = 0, ready = 0, armed = 0, is = 0;
    if (!engine)
        return play_wrong(play, "%s is down", world_institution(play->world, node));
    for (size_t i = 0; engine_partner(engine, i, &partner); i++) {
        outbox += partner.outbox;
        stuck += partner.stuck + partner.refused;
        ready += partner.ready;
        armed += partner.guard_armed;
    }
    if (strcmp(which, "records") == 0)
        is = records_held(play, node, 0);
    else if (strcmp(which, "recovered") == 0)
        is = records_held(play, node, STORE_RECOVERED);
    else if (strcmp(which, "outbox") == 0)
        is = outbox;
    else if (strcmp(which, "stuck") == 0)
        is = stuck;
    else if (strcmp(which, "ready") == 0)
        is = ready;
    else if (strcmp(which, "armed") == 0)
        is = armed;
    else if (!counter_find(engine, which, &is))
        return play_wrong(play, "a node has no %s", which);
    return is == line->words[1].count ||
           play_wrong(play, "%s at %s is %llu", which, world_institution(play->world, node),
                      (unsigned long long)is);
}

static bool in_order(struct store_record *const *records, size_t count, size_t i)
{
    for (size_t j = i + 1; j < count; j++)
        if (records[j]->index < records[i]->index && records[j]->lane == records[i]->lane &&
            memcmp(&records[j]->place.dossier, &records[i]->place.dossier,
                   sizeof records[j]->place.dossier) == 0)
            return false;
    return true;
}

bool expect_order(struct play *play, const struct play_line *line)
{
    size_t node = line->words[0].node;
    for (size_t other = 0; other < world_count(play->world); other++) {
        struct store_record **records;
        size_t count;
        if (other == node)
            continue;
        if (!checks_records(world_store(play->world, node),
                            checks_pair(play->world, node, other, play->arena), play->arena,
                            &records, &count))
            return play_wrong(play, "a store cannot be read");
        for (size_t i = 0; i < count; i++)
            if (!in_order(records, count, i))
                return play_wrong(play, "a lane did not arrive in order");
    }
    return true;
}

bool expect_answered(struct play *play, const struct play_line *line)
{
    const struct engine *engine = world_engine(play->world, line->words[0].node);
    struct engine_partner partner;
    for (size_t i = 0; engine && engine_partner(engine, i, &partner); i++)
        if (partner.round_trip_us)
            return true;
    return play_wrong(play, "no ping of %s was answered", line->words[0].text);
}
