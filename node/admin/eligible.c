#include "admin/eligible.h"

#include "engine/places.h"
#include "report/dossier_view.h"

#include <assert.h>
#include <string.h>

enum { FINDINGS_MAX = 64 };

static const char *country_of(const struct eligible_case *subject, const char *schac)
{
    const struct catalogue_institution *found = catalogue_institution(subject->catalogue, schac);
    return found ? found->country : NULL;
}

/* ---- the agreement -----------------------------------------------------------------------------
 */

static enum fault pair_of(const struct eligible_case *subject, struct arena *arena, uint32_t *pair)
{
    const char *other = strcmp(subject->own, subject->home) == 0 ? subject->host : subject->home;
    struct store_pair *pairs;
    size_t count;
    *pair = 0;
    TRY(subject->store->pair_list(subject->store, arena, &pairs, &count));
    for (size_t i = 0; i < count && !*pair; i++)
        if (strcmp(pairs[i].own, subject->own) == 0 && strcmp(pairs[i].partner, other) == 0)
            *pair = pairs[i].pair;
    return FAULT_NONE;
}

static bool in_force(enum dossier_state state)
{
    return state == DOSSIER_IN_FORCE || state == DOSSIER_CHANGE_OFFERED ||
           state == DOSSIER_CHANGE_COUNTERED;
}

/* Terms that hold now, else those that are talked about; NULL: their body is not here. */
static enum fault terms_of(const struct dossier_view *view, struct arena *arena,
                           const Peregrin__Terms **out)
{
    size_t at = dossier_view_find(view, &view->dossier.revision);
    ProtobufCMessage *body = NULL;
    *out = NULL;
    if (at < view->count)
        TRY(dossier_view_body(&view->records[at], arena, &body));
    if (body && body->descriptor == &peregrin__terms__descriptor)
        *out = (const Peregrin__Terms *)body;
    return FAULT_NONE;
}

static const Peregrin__Condition *condition_of(const Peregrin__Terms *terms, const char *id)
{
    for (size_t i = 0; id && i < terms->n_conditions; i++)
        if (terms->conditions[i]->id && strcmp(terms->conditions[i]->id, id) == 0)
            return terms->conditions[i];
    return NULL;
}

/* An agreement by its dossier's 26 letters, opened by either; any other reference is a paper that
 * nobody here can look into. */
static enum fault memo_fill(const struct eligible_case *subject, struct arena *arena,
                            struct eligible_memo *memo)
{
    struct store_place place = {0};
    struct dossier_view view = {0};
    const char *name = subject->nomination->agreement;
    *memo = (struct eligible_memo) {.name = name, .host = subject->host};
    if (!header_dossier_from_text(bytes_text(name), &place.dossier))
        return FAULT_NONE;
    TRY(pair_of(subject, arena, &place.pair));
    for (int opener = 0; place.pair && !view.count && opener < 2; opener++) {
        place.opened_by_partner = opener;
        TRY(dossier_view_load(subject->store, &place, true, arena, &view));
    }
    memo->place = place;
    memo->in_force = in_force(view.dossier.state);
    return view.count ? terms_of(&view, arena, &memo->terms) : FAULT_NONE;
}

/* Those that are given and those that are asked for: the home counts what it has sent. */
static enum fault places_left(const struct eligible_case *subject, const struct eligible_memo *memo,
                              struct arena *arena, struct eligibility_agreement *out)
{
    static const enum places_mark marks[] = {PLACES_GRANTED, PLACES_ASKED};
    const Peregrin__Nomination *nomination = subject->nomination;
    const Peregrin__Condition *condition = out->condition;
    const struct store_place in = {.pair = memo->place.pair,
                                   .opened_by_partner = strcmp(subject->own, subject->host) == 0};
    if (!condition || !condition->has_places || !nomination->year)
        return FAULT_NONE;
    const struct places_key key = {memo->place.dossier, nomination->condition, nomination->year};
    out->places_left = condition->places;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t taken;
        TRY(places_count(subject->store, marks[i], &in, &key, subject->dossier,
                         condition->places + (size_t)1, arena, &taken));
        out->places_left -= (int64_t)taken;
    }
    out->counted = true;
    return FAULT_NONE;
}

/* *known false: nothing can be said of it here. */
static enum fault agreement_of(const struct eligible_case *subject, struct arena *arena,
                               struct eligibility_agreement *out, bool *known)
{
    struct eligible_memo own = {0}, *memo = subject->memo ? subject->memo : &own;
    const char *name = subject->nomination->agreement;
    *known = false;
    if (!name)
        return FAULT_NONE;
    if (!memo->name || strcmp(memo->name, name) != 0 || strcmp(memo->host, subject->host) != 0)
        TRY(memo_fill(subject, arena, memo));
    *known = memo->terms != NULL;
    if (*known)
        *out = (struct eligibility_agreement) {
            .in_force = memo->in_force,
            .condition = condition_of(memo->terms, subject->nomination->condition),
            .charter = memo->terms->charter,
        };
    return *known ? places_left(subject, memo, arena, out) : FAULT_NONE;
}

/* ---- all together ------------------------------------------------------------------------------
 */

struct noting {
    struct eligibility_finding rows[FINDINGS_MAX];
    size_t count;
};

static void note(void *self, const struct eligibility_finding *finding)
{
    struct noting *noting = self;
    assert(noting->count < FINDINGS_MAX);
    noting->rows[noting->count++] = *finding;
}

enum fault eligible_check(const struct eligible *eligible, const struct eligible_case *subject,
                          struct arena *arena, struct eligible_findings *out)
{
    struct eligibility_agreement agreement;
    struct eligibility_stay *stays = NULL;
    struct noting noting = {.count = 0};
    struct eligibility_facts facts = {
        .nomination = subject->nomination,
        .home = subject->home,
        .host = subject->host,
        .asks = subject->own,
        .home_country = country_of(subject, subject->home),
        .host_country = country_of(subject, subject->host),
        .deadline = ELIGIBILITY_DAY_UNKNOWN,
        .said_on = subject->said_on,
    };
    bool known;
    TRY(agreement_of(subject, arena, &agreement, &known));
    facts.agreement = known ? &agreement : NULL;
    if (eligible->stays)
        TRY(stays_find(eligible->stays, subject->nomination, subject->dossier, arena, &stays,
                       &facts.stay_count, &facts.stays_known));
    facts.stays = stays;
    if (!eligibility_check(&facts, eligible->settings, arena, note, &noting))
        return FAULT_MEMORY;
    struct bytes kept = arena_copy(
        arena, (struct bytes) {(const uint8_t *)noting.rows, noting.count * sizeof *noting.rows});
    *out = (struct eligible_findings) {(const struct eligibility_finding *)(const void *)kept.data,
                                       noting.count};
    return kept.data ? FAULT_NONE : FAULT_MEMORY;
}

const struct eligibility_finding *eligible_refusal(const struct eligible_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->rows[i].answer == ELIGIBILITY_BROKEN &&
            findings->rows[i].severity == ELIGIBILITY_REFUSES)
            return &findings->rows[i];
    return NULL;
}

size_t eligible_warnings(const struct eligible_findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->rows[i].answer == ELIGIBILITY_BROKEN &&
                 findings->rows[i].severity == ELIGIBILITY_WARNS;
    return count;
}

enum fault eligible_refresh(const struct eligible *eligible, struct store *store,
                            struct arena *arena)
{
    return eligible->stays ? stays_refresh(eligible->stays, store, arena) : FAULT_NONE;
}

const char *eligible_expected(const struct eligibility_finding *finding, struct arena *arena)
{
    return arena_format(arena, "%s, got %s", finding->expected, finding->got);
}
