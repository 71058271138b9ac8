#include "engine/places.h"

#include "base/broken.h"
#include "engine/agreements.h"
#include "engine/judge_facts.h"
#include "engine/replaced.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    KEY_HEX = 32, /* half of a digest, in hexadecimal */
    PAGE = 64,
    FOLLOW_PAGE = 1024, /* dossiers in one transaction */
};

/* ---- marks ---- */

/* `place/i/7/HASH/`: i where the partner sends. What is counted in one agreement stands together:
 * the hash begins with bytes of its name. */
static const char *prefix_of(const struct store_place *in, const struct places_key *key,
                             struct arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    enum { OF_NAME = 4 };
    char dossier[HEADER_DOSSIER_TEXT], hex[KEY_HEX + 1] = "";
    struct digest digest;
    header_dossier_text(&key->agreement, dossier);
    const char *text = arena_format(arena, "%s %s %s", dossier, key->year, key->condition);
    if (!text)
        return NULL;
    digest_of(DIGEST_REQUEST, bytes_text(text), &digest);
    memcpy(digest.bytes, key->agreement.bytes + HEADER_DOSSIER_SIZE - OF_NAME, OF_NAME);
    for (size_t i = 0; i < KEY_HEX; i++)
        hex[i] = digits[digest.bytes[i / 2] >> (i % 2 ? 0 : 4) & 15];
    return arena_format(arena, "place/%c/%u/%s/", in->opened_by_partner ? 'i' : 'o', in->pair, hex);
}

/* The names of one mark, or of both. */
static const char *marks_of(enum places_mark mark, const char *prefix, struct arena *arena)
{
    static const char *const letters[] = {
        [PLACES_GRANTED] = "g", [PLACES_ASKED] = "a", [PLACES_EITHER] = ""};
    return prefix ? arena_format(arena, "%s%s", prefix, letters[mark]) : NULL;
}

enum fault places_count(struct store *store, enum places_mark mark, const struct store_place *in,
                        const struct places_key *key, const struct header_dossier *except,
                        size_t max, struct arena *arena, size_t *out)
{
    const char *prefix = marks_of(mark, prefix_of(in, key, arena), arena), *after = NULL;
    char own[HEADER_DOSSIER_TEXT] = "";
    struct store_value *page;
    size_t count = PAGE;
    *out = 0;
    if (!prefix)
        return FAULT_MEMORY;
    if (except)
        header_dossier_text(except, own);
    while (count == PAGE && *out < max) {
        TRY(store->value_list(store, prefix, after, PAGE, arena, &page, &count));
        for (size_t i = 0; i < count && *out < max; i++)
            *out += !except || !strstr(page[i].name, own);
        after = count ? page[count - 1].name : NULL;
    }
    return FAULT_NONE;
}

/* False: it names no dossier as agreement, or no condition and year in it. */
static bool key_of(const Peregrin__Claim *claim, struct places_key *out)
{
    if (!claim->has_agreement || claim->agreement.len != HEADER_DOSSIER_SIZE || !claim->condition ||
        !claim->year)
        return false;
    memcpy(out->agreement.bytes, claim->agreement.data, HEADER_DOSSIER_SIZE);
    out->condition = claim->condition;
    out->year = claim->year;
    return true;
}

static bool same_key(const struct places_key *left, const struct places_key *right)
{
    return memcmp(left->agreement.bytes, right->agreement.bytes, HEADER_DOSSIER_SIZE) == 0 &&
           strcmp(left->condition, right->condition) == 0 && strcmp(left->year, right->year) == 0;
}

/* The key of the revision of this id; false where there is none. */
static bool key_at(const struct fold_view *view, const struct digest *id, struct places_key *out)
{
    size_t i = fold_find(view, id);
    return i < view->count && key_of(view->headers[i].fields->claim, out);
}

static bool is_granted(enum dossier_state state)
{
    switch (state) {
    case DOSSIER_ACCEPTED:
    case DOSSIER_REOPENED:
    case DOSSIER_ARRIVED:
    case DOSSIER_EXTENDING:
    case DOSSIER_DEPARTED:
    case DOSSIER_TRANSCRIPT:
    case DOSSIER_RECOGNISED: return true;
    default: return false;
    }
}

static bool is_asked(enum dossier_state state)
{
    return state == DOSSIER_PENDING || state == DOSSIER_WAITLISTED || state == DOSSIER_REOPENED;
}

static enum fault mark_set(struct step *step, const struct store_place *place,
                           enum places_mark mark, const char *prefix, bool holds)
{
    struct store *store = step->engine->store;
    struct arena *scratch = step->engine->scratch;
    static const uint8_t here = 1;
    char dossier[HEADER_DOSSIER_TEXT];
    const char *marks = marks_of(mark, prefix, scratch);
    header_dossier_text(&place->dossier, dossier);
    const char *name = marks ? arena_format(scratch, "%s%s", marks, dossier) : NULL;
    if (!name)
        return FAULT_MEMORY;
    assert(strlen(name) <= STORE_NAME_MAX);
    return holds ? store->value_put(store, name, (struct bytes) {&here, 1})
                 : store->value_remove(store, name);
}

/* A dossier may have named one condition after the other: each that it names has its rows told. */
enum fault places_save(struct step *step, const struct store_place *place,
                       const struct fold_view *view)
{
    const struct dossier *dossier = &view->dossier;
    struct places_key granted, asked, key;
    bool has = is_granted(dossier->state) && key_at(view, &dossier->decided, &granted);
    bool asks = is_asked(dossier->state) && key_at(view, &dossier->revision, &asked);
    bool first = view->count == 1; /* it had no row before */
    if (dossier_family(dossier->state) == KIND_AGREEMENT)
        return replaced_save(step, place, view);
    if (dossier_family(dossier->state) != KIND_MOBILITY)
        return FAULT_NONE;
    for (size_t i = 0; i < view->count; i++) {
        if (!key_of(view->headers[i].fields->claim, &key))
            continue;
        bool holds = has && same_key(&key, &granted);
        bool waits = asks && !holds && same_key(&key, &asked);
        const char *prefix = prefix_of(place, &key, step->engine->scratch);
        if (holds || !first)
            TRY(mark_set(step, place, PLACES_GRANTED, prefix, holds));
        if (waits || !first)
            TRY(mark_set(step, place, PLACES_ASKED, prefix, waits));
    }
    return FAULT_NONE;
}

/* ---- after an upgrade ---- */

static const char behind_prefix[] = "place-4/"; /* put there by a step of store/schema.c */

/* `place-4/i/7/HASH/DOSSIER`; false: it is none. */
static bool behind_read(const char *name, struct store_place *out)
{
    const char *way = name + strlen(behind_prefix);
    *out = (struct store_place) {.opened_by_partner = *way == 'i'};
    if (!*way || way[1] != '/')
        return false;
    for (const char *digit = way + 2; *digit >= '0' && *digit <= '9'; digit++)
        out->pair = out->pair * 10 + (uint32_t)(*digit - '0');
    return header_dossier_from_text(bytes_text(strrchr(name, '/') + 1), &out->dossier);
}

/* What rotted stays behind, to be tried again: its fold is saved, with its marks, when it is
 * mended.
 */
static enum fault follow_one(struct step *step, const char *name)
{
    struct fold_view view;
    struct store_place place;
    if (!behind_read(name, &place))
        return FAULT_CORRUPT;
    enum fault fault = fold_load(step, &place, NULL, &view);
    if (fault)
        return fault == FAULT_CORRUPT ? FAULT_NONE : fault;
    TRY(places_save(step, &place, &view));
    return step->engine->store->value_remove(step->engine->store, name);
}

/* last: the name after which to go on, and the newest that was looked at. */
static enum fault follow_page(struct step *step, struct arena *arena,
                              char last[static STORE_NAME_MAX + 1], size_t *count)
{
    struct store *store = step->engine->store;
    struct store_value *page;
    arena_reset(arena);
    TRY(store->value_list(store, behind_prefix, *last ? last : NULL, FOLLOW_PAGE, arena, &page,
                          count));
    for (size_t i = 0; i < *count; i++) {
        arena_reset(step->engine->scratch);
        TRY(follow_one(step, page[i].name));
        snprintf(last, STORE_NAME_MAX + 1, "%s", page[i].name);
    }
    return FAULT_NONE;
}

enum fault places_follow(struct engine *engine)
{
    struct step step = {.engine = engine};
    struct store *store = engine->store;
    char last[STORE_NAME_MAX + 1] = "";
    size_t count;
    do {
        TRY(store->begin(store));
        enum fault fault = follow_page(&step, engine->parse, last, &count);
        if (fault) {
            store->rollback(store);
            return fault;
        }
        TRY(store->commit(store));
    } while (count == FOLLOW_PAGE);
    return FAULT_NONE;
}

/* ---- the agreement ---- */

/* Whoever of both opened it; nothing found: count 0. */
static enum fault agreement_load(struct step *step, uint32_t pair,
                                 const struct header_dossier *name, struct fold_view *out)
{
    struct store_place place = {.pair = pair, .dossier = *name};
    TRY(fold_load(step, &place, NULL, out));
    if (out->count && dossier_family(out->dossier.state) == KIND_AGREEMENT)
        return FAULT_NONE;
    place.opened_by_partner = true;
    TRY(fold_load(step, &place, NULL, out));
    if (dossier_family(out->dossier.state) != KIND_AGREEMENT)
        out->count = 0;
    return FAULT_NONE;
}

static enum fault terms_at(struct step *step, const struct fold_view *view, const struct digest *id,
                           const Peregrin__Terms **out)
{
    ProtobufCMessage *body;
    enum verdict verdict;
    size_t i = fold_find(view, id);
    *out = NULL;
    if (i == view->count)
        return FAULT_NONE;
    TRY(judge_facts_body(step, view, i, &body, &verdict));
    if (verdict == VERDICT_TOO_LARGE)
        return FAULT_MEMORY;
    if (!verdict && body && body->descriptor == &peregrin__terms__descriptor)
        *out = (const Peregrin__Terms *)body;
    return FAULT_NONE;
}

/* Those in force, then all that were: what took effect was approved. */
static enum fault terms_all(struct step *step, const struct fold_view *view,
                            struct rules_agreement *out)
{
    const Peregrin__Terms **list =
        arena_take_array(step->engine->scratch, view->count + 1, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    out->terms = list;
    const struct digest *named = &view->dossier.in_force, *offer = &view->dossier.offers[0];
    if (broken_is(BROKEN_OTHER_TERMS) && fold_find(view, offer) < view->count)
        named = offer;
    TRY(terms_at(step, view, named, &list[0]));
    out->count = list[0] != NULL;
    for (size_t i = 0; out->count && i < view->count; i++) {
        const struct dossier_entry *entry = &view->entries[i];
        if (entry->kind != PEREGRIN__KIND__KIND_APPROVAL || !entry->folded || entry->void_ ||
            entry->out_of_turn)
            continue;
        TRY(terms_at(step, view, &entry->target, &list[out->count]));
        out->count += list[out->count] != NULL;
    }
    return FAULT_NONE;
}

static enum fault agreement_read(struct step *step, uint32_t pair,
                                 const struct header_dossier *name, struct rules_agreement *out)
{
    static const struct digest none;
    struct fold_view view = {0};
    TRY(agreement_load(step, pair, name, &view));
    const struct dossier *dossier = &view.dossier;
    bool agreed = view.count && !digest_equal(&dossier->in_force, &none);
    if (agreed)
        TRY(terms_all(step, &view, out));
    /* Of what is not whole here, or whose terms were erased, nothing can be said. */
    bool whole =
        !view.count || (!dossier->incomplete && !dossier->forked[0] && !dossier->forked[1]);
    out->known = whole && (!agreed || out->count);
    size_t end = view.count ? fold_find(&view, &dossier->termination) : 0;
    if (end < view.count)
        out->last_year = view.headers[end].fields->claim->last_year;
    return replaced_find(step->engine->store, pair, name, step->engine->scratch, &out->replaced,
                         NULL);
}

/* Of what is not there yet nothing is kept: it may come, and its first record is saved like any. */
static enum fault agreement_facts(struct step *step, const struct places_case *subject,
                                  const struct header_dossier *name, struct rules_agreement *out)
{
    struct engine *engine = step->engine;
    uint32_t pair = subject->place->pair;
    const struct rules_agreement *kept = agreements_find(engine, pair, name);
    if (kept)
        *out = *kept;
    else
        TRY(agreement_read(step, pair, name, out));
    if (!kept && out->count)
        agreements_keep(engine, pair, name, out);
    /* Who nominates now does so by what is in force now. */
    bool fresh = subject->ours && subject->header->kind == PEREGRIN__KIND__KIND_NOMINATION;
    if (fresh && out->count)
        out->count = 1;
    /* Whoever was nominated before another one came in its place stays so. */
    if (!fresh && subject->header->kind != PEREGRIN__KIND__KIND_DECISION)
        out->replaced = false;
    return FAULT_NONE;
}

/* ---- places ---- */

static uint32_t places_of(const struct rules_agreement *agreement, const struct places_key *key)
{
    const Peregrin__Terms *terms = agreement->count ? agreement->terms[0] : NULL;
    if (agreement->replaced)
        return 0;
    if (agreement->last_year && strcmp(key->year, agreement->last_year) > 0)
        return 0;
    for (size_t i = 0; terms && i < terms->n_conditions; i++) {
        const Peregrin__Condition *one = terms->conditions[i];
        if (one->id && strcmp(one->id, key->condition) == 0 && one->first_year && one->last_year &&
            strcmp(one->first_year, key->year) <= 0 && strcmp(key->year, one->last_year) <= 0)
            return one->places;
    }
    return 0;
}

/* The host alone gives places, by its acceptance, in the transaction that writes it. */
static enum fault places_ask(struct step *step, const struct places_case *subject,
                             struct rules_places *out)
{
    const struct header *header = subject->header;
    const struct dossier *dossier = &subject->view->dossier;
    struct rules_agreement agreement = {0};
    struct places_key key, held;
    size_t taken;
    if (!key_at(subject->view, &header->target, &key))
        return FAULT_NONE;
    TRY(agreement_facts(step, subject, &key.agreement, &agreement));
    out->counted = agreement.known;
    out->held = is_granted(dossier->state) && key_at(subject->view, &dossier->decided, &held) &&
                same_key(&key, &held);
    out->places = places_of(&agreement, &key);
    TRY(places_count(step->engine->store, PLACES_GRANTED, subject->place, &key,
                     &subject->place->dossier, (size_t)out->places + 1, step->engine->scratch,
                     &taken));
    out->taken = broken_is(BROKEN_PLACES_ANEW) && agreement.count > 2 ? 0 : (uint32_t)taken;
    return FAULT_NONE;
}

enum fault places_facts(struct step *step, const struct places_case *subject,
                        struct rules_facts *facts)
{
    const struct header *header = subject->header;
    const Peregrin__Claim *claim = header->fields->claim;
    struct header_dossier name;
    assert(header->kind);
    switch (header->kind) {
    case PEREGRIN__KIND__KIND_NOMINATION:
    case PEREGRIN__KIND__KIND_AMENDMENT:
        if (!claim->has_agreement || claim->agreement.len != HEADER_DOSSIER_SIZE)
            return FAULT_NONE;
        memcpy(name.bytes, claim->agreement.data, HEADER_DOSSIER_SIZE);
        return agreement_facts(step, subject, &name, &facts->agreement);
    case PEREGRIN__KIND__KIND_DECISION:
        if (!(subject->ours || broken_is(BROKEN_HOME_COUNTS)) || subject->over ||
            claim->outcome != PEREGRIN__OUTCOME__OUTCOME_ACCEPT)
            return FAULT_NONE;
        return places_ask(step, subject, &facts->places);
    default: return FAULT_NONE;
    }
}
