#include "engine/fold.h"

#include "engine/agreements.h"
#include "base/broken.h"
#include "engine/feed.h"
#include "store/sound.h"
#include "store/store_facts.h"

#include <assert.h>
#include <string.h>

uint32_t fold_own_lane(const struct store_place *place)
{
    return place->opened_by_partner ? 1 : 0;
}

static enum fault header_of(const struct store_record *record, const struct header *known,
                            struct arena *arena, struct header *out)
{
    if (known && digest_equal(&known->id, &record->id)) {
        *out = *known;
        return FAULT_NONE;
    }
    /* What lay on the disk is counted again: a header that rotted is none of this id. */
    enum verdict read = header_read_held(record->header, arena, out);
    if (read)
        return read == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    return FAULT_NONE;
}

/* Planted: each record as if its author had seen all of the other lane that came here before it. */
static void arrival_order(struct fold_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        for (size_t j = 0; j < view->count; j++) {
            struct dossier_entry *entry = &view->entries[i], *other = &view->entries[j];
            bool before = view->records[j].serial < view->records[i].serial;
            if (other->lane == entry->lane || !before ||
                (entry->has_seen && other->index <= entry->seen_index))
                continue;
            entry->has_seen = true;
            entry->seen_index = other->index;
            entry->seen_id = other->id;
        }
}

enum fault fold_load(struct step *step, const struct store_place *place, const struct header *known,
                     struct fold_view *out)
{
    struct engine *engine = step->engine;
    struct arena *scratch = engine->scratch;
    TRY(engine->store->record_list(engine->store, place, false, scratch, &out->records,
                                   &out->count));
    out->headers = arena_take_array(scratch, out->count + 1, sizeof *out->headers);
    out->entries = arena_take_array(scratch, out->count + 1, sizeof *out->entries);
    if (!out->headers || !out->entries)
        return FAULT_MEMORY;
    for (size_t i = 0; i < out->count; i++) {
        TRY(header_of(&out->records[i], known, scratch, &out->headers[i]));
        TRY(sound_check(&out->records[i], &out->headers[i]));
        dossier_entry_of(&out->headers[i], &out->entries[i]);
    }
    if (broken_is(BROKEN_FOLD_BY_ARRIVAL))
        arrival_order(out);
    struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    dossier_fold(out->entries, out->count, all, &out->dossier);
    return FAULT_NONE;
}

size_t fold_find(const struct fold_view *view, const struct digest *id)
{
    size_t i = 0;
    while (i < view->count && !digest_equal(&view->records[i].id, id))
        i++;
    return i;
}

/* Its author said two things in one place: the lane stops there, and a person must hear of it. */
static void fork_tell(struct step *step, const struct store_dossier *row,
                      const struct store_dossier *before)
{
    const struct engine *engine = step->engine;
    const struct pair *pair = engine->pairs;
    char name[HEADER_DOSSIER_TEXT];
    if (!row->forked[0] && !row->forked[1])
        return;
    while (pair->number != row->place.pair)
        pair++;
    assert(pair < engine->pairs + engine->pair_count);
    header_dossier_text(&row->place.dossier, name);
    for (uint32_t lane = 0; lane < 2; lane++) {
        bool own = lane == fold_own_lane(&row->place);
        if (row->forked[lane] && !before->forked[lane])
            trace_say(&step->outcome->trace, TRACE_ALARM,
                      "%s %s: two records of %s at one place: its lane stops there",
                      pair->partner->schac, name, own ? pair->own->schac : pair->partner->schac);
    }
}

/* The state is told where it is another than the row had. */
static enum fault change_tell(struct step *step, const struct fold_view *view,
                              const struct store_dossier *row, const struct store_dossier *before)
{
    int64_t newest = 0;
    uint32_t was = before->state;
    fork_tell(step, row, before);
    for (size_t i = 0; i < view->count; i++)
        if (view->records[i].serial > newest)
            newest = view->records[i].serial;
    return was == row->state ? FAULT_NONE
                             : feed_state(step, row->place.pair, newest, was, row->state);
}

enum fault fold_save(struct step *step, const struct store_place *place,
                     const struct fold_view *view, const struct digest *fresh,
                     const ProtobufCMessage *body)
{
    struct store *store = step->engine->store;
    const struct dossier *dossier = &view->dossier;
    size_t revision = fold_find(view, &dossier->revision);
    size_t transcript = fold_find(view, &dossier->transcript);
    struct store_dossier before = {.state = DOSSIER_EMPTY};
    bool found;
    if (view->count > 1) /* a dossier with one record has no row yet */
        TRY(store->dossier_get(store, place, &found, &before));
    struct store_dossier row = {
        .place = *place,
        .state = dossier->state,
        .revision = revision < view->count ? view->records[revision].serial : 0,
        .transcript = transcript < view->count ? view->records[transcript].serial : 0,
        .lengths = {dossier->lengths[0], dossier->lengths[1]},
        .incomplete = dossier->incomplete,
        .not_understood = dossier->not_understood,
        .forked = {dossier->forked[0], dossier->forked[1]},
        .changed_at = instant_seconds(step->now),
        .facts = before.facts,
    };
    const struct store_facts_view folded = {.place = place,
                                            .records = view->records,
                                            .headers = view->headers,
                                            .count = view->count,
                                            .dossier = dossier,
                                            .fresh = fresh,
                                            .body = body};
    if (dossier_family(row.state) == KIND_AGREEMENT ||
        dossier_family(before.state) == KIND_AGREEMENT)
        agreements_forget(step->engine, place->pair);
    TRY(change_tell(step, view, &row, &before));
    TRY(store_facts_update(store, &folded, step->engine->scratch, &row.facts));
    return store->dossier_put(store, &row);
}
