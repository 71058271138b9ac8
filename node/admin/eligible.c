#include "admin/eligible.h"

#include "admin/application.h"
#include "admin/eligible_away.h"
#include "admin/host_calendar.h"
#include "engine/places.h"
#include "report/dossier_view.h"

#include <assert.h>
#include <string.h>

enum { FINDINGS_MAX = 64, PLACES_COUNTED_MAX = 1000, MINUTE_SECONDS = 60, DAY_SECONDS = 86400 };

/* An agreement that nominations name. */
struct eligible_terms {
    struct eligible_terms *next;
    const char *name;
    const Peregrin__Terms *terms; /* NULL: nothing is known of it here */
    struct store_place place;
    bool in_force;
    struct eligible_planned *planned;
    const char *last_year; /* by notice; NULL: none was given */
};

/* Nominees for one condition in one year: those that were there before the list, and those of it.
 */
struct eligible_planned {
    struct eligible_planned *next;
    const char *condition, *year;
    uint64_t taken;
};

/* What the facts of one mobility point to. */
struct known {
    struct eligibility_agreement agreement;
    struct eligibility_call call;
    struct period term;
    struct eligible_planned *planned;
    struct eligible_memo memo; /* where none was given */
};

/* The two sides of a mobility. */
struct eligible_partner {
    struct eligible_partner *next;
    const char *home, *host;
    uint32_t pair; /* 0: nothing was ever said to this partner */
    struct host_calendar calendar;
    struct eligible_terms *terms;
};

static const char *country_of(const struct eligible_case *subject, const char *schac)
{
    const struct catalogue_institution *found = catalogue_party(subject->catalogue, schac);
    return found ? found->country : NULL;
}

static bool is_host(const struct eligible_case *subject)
{
    return strcmp(subject->own, subject->host) == 0;
}

/* ---- the two sides -----------------------------------------------------------------------------
 */

static enum fault pair_of(const struct eligible_case *subject, struct arena *arena, uint32_t *pair)
{
    const char *other = is_host(subject) ? subject->home : subject->host;
    struct store_pair *pairs;
    size_t count;
    *pair = 0;
    TRY(subject->store->pair_list(subject->store, arena, &pairs, &count));
    for (size_t i = 0; i < count && !*pair; i++)
        if (strcmp(pairs[i].own, subject->own) == 0 && strcmp(pairs[i].partner, other) == 0)
            *pair = pairs[i].pair;
    return FAULT_NONE;
}

static struct eligible_partner **bucket_of(struct eligible_memo *memo,
                                           const struct eligible_case *subject)
{
    uint32_t hash = 2166136261u;
    for (const char *at = subject->home; *at; at++)
        hash = (hash ^ (uint8_t)*at) * 16777619u;
    for (const char *at = subject->host; *at; at++)
        hash = (hash ^ (uint8_t)*at) * 16777619u;
    return &memo->partners[hash % ELIGIBLE_BUCKETS];
}

static enum fault partner_make(const struct eligible_case *subject, struct arena *arena,
                               struct eligible_partner *out)
{
    *out = (struct eligible_partner) {.home = arena_text(arena, bytes_text(subject->home)),
                                      .host = arena_text(arena, bytes_text(subject->host)),
                                      .calendar = {.zone = "UTC"}};
    if (!out->home || !out->host)
        return FAULT_MEMORY;
    TRY(pair_of(subject, arena, &out->pair));
    return out->pair ? host_calendar_load(subject->store, out->pair, !is_host(subject),
                                          subject->now, arena, &out->calendar)
                     : FAULT_NONE;
}

static enum fault partner_of(const struct eligible_case *subject, struct eligible_memo *memo,
                             struct arena *arena, struct eligible_partner **out)
{
    struct eligible_partner **bucket = bucket_of(memo, subject), *found = *bucket;
    while (found &&
           (strcmp(found->home, subject->home) != 0 || strcmp(found->host, subject->host) != 0))
        found = found->next;
    *out = found ? found : arena_take(arena, sizeof **out);
    if (found || !*out)
        return found ? FAULT_NONE : FAULT_MEMORY;
    TRY(partner_make(subject, arena, *out));
    (*out)->next = *bucket;
    *bucket = *out;
    return FAULT_NONE;
}

/* ---- the agreement -----------------------------------------------------------------------------
 */

/* Of which notice was given holds to the end of its last year. */
static bool in_force(enum dossier_state state)
{
    return state == DOSSIER_IN_FORCE || state == DOSSIER_CHANGE_OFFERED ||
           state == DOSSIER_CHANGE_COUNTERED || state == DOSSIER_ENDED;
}

/* Terms that hold now, else those that are talked about; NULL: their body is not here. */
static enum fault body_of(const struct dossier_view *view, struct arena *arena,
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
static enum fault terms_make(const struct eligible_case *subject, uint32_t pair,
                             struct arena *arena, struct eligible_terms *out)
{
    struct dossier_view view = {0};
    const char *name = subject->nomination->agreement;
    *out =
        (struct eligible_terms) {.name = arena_text(arena, bytes_text(name)), .place.pair = pair};
    if (!out->name)
        return FAULT_MEMORY;
    if (!header_dossier_from_text(bytes_text(name), &out->place.dossier))
        return FAULT_NONE;
    for (int opener = 0; pair && !view.count && opener < 2; opener++) {
        out->place.opened_by_partner = opener;
        TRY(dossier_view_load(subject->store, &out->place, true, arena, &view));
    }
    out->in_force = in_force(view.dossier.state);
    out->last_year = dossier_view_last_year(&view);
    return view.count ? body_of(&view, arena, &out->terms) : FAULT_NONE;
}

static enum fault terms_of(const struct eligible_case *subject, struct eligible_partner *partner,
                           struct arena *arena, struct eligible_terms **out)
{
    struct eligible_terms *found = partner->terms;
    while (found && strcmp(found->name, subject->nomination->agreement) != 0)
        found = found->next;
    *out = found ? found : arena_take(arena, sizeof **out);
    if (found || !*out)
        return found ? FAULT_NONE : FAULT_MEMORY;
    TRY(terms_make(subject, partner->pair, arena, *out));
    (*out)->next = partner->terms;
    partner->terms = *out;
    return FAULT_NONE;
}

/* Those that are given and those that are asked for: the home counts what it sends. */
static enum fault places_there(const struct eligible_case *subject,
                               const struct eligible_terms *terms,
                               const Peregrin__Condition *condition, struct arena *arena,
                               uint64_t *taken)
{
    const Peregrin__Nomination *nomination = subject->nomination;
    const struct store_place in = {.pair = terms->place.pair,
                                   .opened_by_partner = is_host(subject)};
    const struct places_key key = {terms->place.dossier, nomination->condition, nomination->year};
    size_t count;
    TRY(places_count(subject->store, PLACES_EITHER, &in, &key, subject->dossier,
                     condition->places + (size_t)PLACES_COUNTED_MAX, arena, &count));
    *taken = count;
    return FAULT_NONE;
}

static enum fault planned_make(const struct eligible_case *subject, struct eligible_terms *terms,
                               const Peregrin__Condition *condition, struct arena *arena,
                               struct eligible_planned **out)
{
    const Peregrin__Nomination *nomination = subject->nomination;
    struct eligible_planned *planned = arena_take(arena, sizeof *planned);
    if (!planned)
        return FAULT_MEMORY;
    planned->condition = arena_text(arena, bytes_text(nomination->condition));
    planned->year = arena_text(arena, bytes_text(nomination->year));
    if (!planned->condition || !planned->year)
        return FAULT_MEMORY;
    TRY(places_there(subject, terms, condition, arena, &planned->taken));
    planned->next = terms->planned;
    *out = terms->planned = planned;
    return FAULT_NONE;
}

/* The store is asked once for a list; who is in it is counted as he comes. */
static enum fault places_taken(const struct eligible_case *subject, struct eligible_terms *terms,
                               struct arena *arena, struct known *known)
{
    const Peregrin__Nomination *nomination = subject->nomination;
    struct eligibility_agreement *out = &known->agreement;
    const Peregrin__Condition *condition = out->condition;
    struct eligible_planned *found = terms->planned;
    if (!condition || !condition->has_places || !nomination->year)
        return FAULT_NONE;
    out->counted = true;
    if (subject->dossier)
        return places_there(subject, terms, condition, arena, &out->places_taken);
    while (found && (strcmp(found->condition, nomination->condition) != 0 ||
                     strcmp(found->year, nomination->year) != 0))
        found = found->next;
    if (!found)
        TRY(planned_make(subject, terms, condition, arena, &found));
    out->places_taken = found->taken;
    known->planned = found;
    return FAULT_NONE;
}

/* *known false: nothing can be said of it here. */
static enum fault agreement_of(const struct eligible_case *subject,
                               struct eligible_partner *partner, struct arena *arena,
                               struct known *known, bool *agreed)
{
    struct eligible_terms *terms;
    *agreed = false;
    if (!subject->nomination->agreement)
        return FAULT_NONE;
    TRY(terms_of(subject, partner, arena, &terms));
    *agreed = terms->terms != NULL;
    if (!*agreed)
        return FAULT_NONE;
    known->agreement = (struct eligibility_agreement) {
        .in_force = terms->in_force,
        .last_year = terms->last_year,
        .condition = condition_of(terms->terms, subject->nomination->condition),
        .charter = terms->terms->charter,
    };
    return places_taken(subject, terms, arena, known);
}

/* ---- the calendar ------------------------------------------------------------------------------
 */

/* The day on which it was nominated at first: what amends it comes later, and is not late. */
static enum fault nominated_on(const struct eligible_case *subject,
                               const struct eligible_partner *partner, struct arena *arena,
                               int64_t *day)
{
    const struct store_place place = {partner->pair, is_host(subject), *subject->dossier};
    struct store_record *records;
    size_t count;
    TRY(subject->store->record_list(subject->store, &place, false, arena, &records, &count));
    if (count && records[0].lane == 0 && records[0].index == 0)
        *day = host_calendar_day(
            &partner->calendar,
            (struct instant) {(int64_t)records[0].issued_at * MINUTE_SECONDS * INSTANT_SECOND});
    return FAULT_NONE;
}

static enum fault calendar_of(const struct eligible_case *subject,
                              const struct eligible_partner *partner, struct arena *arena,
                              struct eligibility_facts *facts, struct period *period)
{
    const struct host_calendar *calendar = &partner->calendar;
    struct deadline_term term;
    facts->said_on = calendar->today;
    if (!calendar->sheet || !deadline_term_find(calendar->sheet, subject->nomination, &term))
        return FAULT_NONE;
    if (term.has_ends) {
        *period = (struct period) {term.starts, term.ends};
        facts->term = period;
    }
    if (!term.has_nominations)
        return FAULT_NONE;
    facts->deadline = term.nominations;
    bool late = facts->said_on > facts->deadline;
    return late && subject->dossier ? nominated_on(subject, partner, arena, &facts->said_on)
                                    : FAULT_NONE;
}

/* ---- the call ----------------------------------------------------------------------------------
 */

static enum fault any_applied(const struct eligible_case *subject, struct eligible_memo *memo,
                              struct arena *arena)
{
    bool any;
    if (memo->applied != ELIGIBLE_UNSEEN)
        return FAULT_NONE;
    TRY(application_any(subject->store, arena, &any));
    memo->applied = any ? ELIGIBLE_SOME : ELIGIBLE_NONE;
    return FAULT_NONE;
}

static enum fault call_of(const struct eligible_case *subject, struct eligible_memo *memo,
                          struct arena *arena, struct eligibility_facts *facts,
                          struct eligibility_call *call)
{
    const struct application_case asked = {subject->home, facts->host_country, subject->nomination,
                                           subject->dossier};
    Peregrin__Grant *grant;
    Peregrin__Call *terms;
    if (is_host(subject))
        return FAULT_NONE;
    TRY(any_applied(subject, memo, arena));
    if (memo->applied == ELIGIBLE_NONE)
        return FAULT_NONE;
    TRY(application_find(subject->store, &asked, arena, &grant, &terms));
    if (!grant)
        return FAULT_NONE;
    *call = (struct eligibility_call) {terms, (int64_t)(grant->at / DAY_SECONDS), false};
    facts->call = call;
    return FAULT_NONE;
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

static enum fault facts_fill(const struct eligible *eligible, const struct eligible_case *subject,
                             const struct stays_person *person, struct arena *arena,
                             struct known *known, struct eligibility_facts *facts)
{
    struct eligible_memo *memo = subject->memo ? subject->memo : &known->memo;
    struct eligible_partner *partner;
    bool agreed;
    *facts = (struct eligibility_facts) {
        .nomination = subject->nomination,
        .home = subject->home,
        .host = subject->host,
        .asks = subject->own,
        .home_country = country_of(subject, subject->home),
        .host_country = country_of(subject, subject->host),
        .deadline = ELIGIBILITY_DAY_UNKNOWN,
        .said_on = ELIGIBILITY_DAY_UNKNOWN,
    };
    if (!eligibility_asks(facts, eligible->settings))
        return FAULT_NONE;
    TRY(partner_of(subject, memo, arena, &partner));
    TRY(agreement_of(subject, partner, arena, known, &agreed));
    facts->agreement = agreed ? &known->agreement : NULL;
    if (eligible->stays)
        TRY(eligible_away_find(eligible, subject, memo, person, arena, facts));
    TRY(calendar_of(subject, partner, arena, facts, &known->term));
    return call_of(subject, memo, arena, facts, &known->call);
}

enum fault eligible_check(const struct eligible *eligible, const struct eligible_case *subject,
                          struct arena *arena, struct eligible_findings *out)
{
    struct noting noting = {.count = 0};
    struct known known = {.memo = {{NULL}}};
    struct eligibility_facts facts;
    struct stays_person person = {0};
    if (eligible->stays)
        TRY(stays_person(subject->nomination, arena, &person));
    TRY(facts_fill(eligible, subject, &person, arena, &known, &facts));
    if (!eligibility_check(&facts, eligible->settings, arena, note, &noting))
        return FAULT_MEMORY;
    struct bytes kept = arena_copy(
        arena, (struct bytes) {(const uint8_t *)noting.rows, noting.count * sizeof *noting.rows});
    *out = (struct eligible_findings) {(const struct eligibility_finding *)(const void *)kept.data,
                                       noting.count, subject->nomination, person, known.planned};
    if (known.planned && !(subject->memo && subject->memo->said))
        known.planned->taken++;
    if (!kept.data)
        return FAULT_MEMORY;
    return eligible_refusal(out) ? FAULT_NONE : eligible_away_plan(subject, &person, arena);
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
    return eligible->stays ? stays_refresh(eligible->stays, store, &eligible->look, arena)
                           : FAULT_NONE;
}

enum fault eligible_opened(const struct eligible *eligible, const struct store_place *place,
                           int64_t serial, const struct eligible_findings *findings)
{
    if (findings->planned)
        findings->planned->taken++;
    return eligible->stays
               ? stays_said(eligible->stays, place, serial, findings->nomination, &findings->person)
               : FAULT_NONE;
}

const char *eligible_expected(const struct eligibility_finding *finding, struct arena *arena)
{
    return arena_format(arena, "%s, got %s", finding->expected, finding->got);
}
