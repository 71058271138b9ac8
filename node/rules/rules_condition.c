#include "rules/rules_condition.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const Peregrin__Nomination *nomination(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__nomination__descriptor);
    return (const Peregrin__Nomination *)subject->body;
}

/* The condition that is named, in these terms; NULL: it is not there. */
static const Peregrin__Condition *condition(const struct rules_case *subject,
                                            const Peregrin__Terms *terms)
{
    const char *id = nomination(subject)->condition;
    for (size_t i = 0; id && i < terms->n_conditions; i++)
        if (terms->conditions[i]->id && strcmp(terms->conditions[i]->id, id) == 0)
            return terms->conditions[i];
    return NULL;
}

/* Each allows what another one is about: of one wrong only one rung speaks. */
static bool allows_id(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    return condition(subject, terms);
}

static bool allows_sending(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    const Peregrin__Condition *found = condition(subject, terms);
    const char *issuer = subject->header->fields->issuer;
    return !found || (found->sending && issuer && strcmp(found->sending, issuer) == 0);
}

/* What may be held as blended mobility allows both. */
static bool allows_kind(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    const Peregrin__Condition *found = condition(subject, terms);
    uint32_t kind = nomination(subject)->mobility;
    return !found || found->mobility == kind ||
           (found->blended && kind == PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED);
}

/* Years of one width compare as their texts do. */
static bool allows_year(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    const Peregrin__Condition *found = condition(subject, terms);
    const char *year = nomination(subject)->year;
    const char *end = subject->facts->agreement.last_year;
    return !found || !year ||
           (found->first_year && found->last_year && strcmp(found->first_year, year) <= 0 &&
            strcmp(year, found->last_year) <= 0 && (!end || strcmp(year, end) <= 0));
}

static bool allows_field(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    const Peregrin__Condition *found = condition(subject, terms);
    const char *field = nomination(subject)->isced_f;
    if (!found || !found->n_isced_f || !field)
        return true;
    for (size_t i = 0; i < found->n_isced_f; i++)
        if (strncmp(field, found->isced_f[i], strlen(found->isced_f[i])) == 0)
            return true;
    return false;
}

static bool allows_level(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    const Peregrin__Condition *found = condition(subject, terms);
    if (!found || !found->n_eqf || !nomination(subject)->has_eqf)
        return true;
    for (size_t i = 0; i < found->n_eqf; i++)
        if (found->eqf[i] == nomination(subject)->eqf)
            return true;
    return false;
}

typedef bool allows(const struct rules_case *subject, const Peregrin__Terms *terms);

static bool allow_all(const struct rules_case *subject, const Peregrin__Terms *terms)
{
    static allows *const all[] = {allows_id,   allows_sending, allows_kind,
                                  allows_year, allows_field,   allows_level};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!all[i](subject, terms))
            return false;
    return true;
}

/* Who keeps what was decided asks for nothing: places that were granted survive a change of terms.
 * Terms that changed while a nomination was on its way are no offence of its author: what was once
 * in force is let in, and the host's acceptance looks at what is in force then. */
static bool passes(const struct rules_case *subject, allows *rung)
{
    const struct rules_agreement *agreement = &subject->facts->agreement;
    bool keeps = subject->kind->number == PEREGRIN__KIND__KIND_AMENDMENT &&
                 subject->header->fields->claim->change == PEREGRIN__CHANGE__CHANGE_KEEPS;
    if (!agreement->known || !agreement->count || keeps)
        return true;
    for (size_t i = 1; i < agreement->count; i++)
        if (allow_all(subject, agreement->terms[i]))
            return true;
    return rung(subject, agreement->terms[0]);
}

static bool agreement(const struct rules_case *subject, size_t)
{
    const struct rules_agreement *named = &subject->facts->agreement;
    return !named->known || named->count;
}

static bool unreplaced(const struct rules_case *subject, size_t)
{
    return !subject->facts->agreement.replaced;
}

static bool id(const struct rules_case *subject, size_t)
{
    return passes(subject, allows_id);
}

static bool sending(const struct rules_case *subject, size_t)
{
    return passes(subject, allows_sending);
}

static bool kind(const struct rules_case *subject, size_t)
{
    return passes(subject, allows_kind);
}

static bool year(const struct rules_case *subject, size_t)
{
    return passes(subject, allows_year);
}

static bool field(const struct rules_case *subject, size_t)
{
    return passes(subject, allows_field);
}

static bool level(const struct rules_case *subject, size_t)
{
    return passes(subject, allows_level);
}

static const struct rung nomination_rungs[] = {
    {.row =
         {"nomination.agreement_in_force", "agreement",
          "an agreement that is or was in force between the two",
          "Look at `peregrin agreement list`; an agreement on paper has a reference of its own."},
     .holds = agreement},
    {.row = {"nomination.agreement_replaced", "agreement",
             "an agreement that no other has replaced",
             "Name the one in its place: `peregrin agreement show` says which."},
     .holds = unreplaced},
    {.row = {"nomination.condition_there", "condition",
             "the id of a condition of the terms in force",
             "Look at `peregrin agreement show` and name one of its conditions."},
     .holds = id},
    {.row = {"nomination.condition_sending", "condition", "a condition under which the home sends",
             "Name the condition of the other direction."},
     .holds = sending},
    {.row = {"nomination.condition_kind", "mobility", "the kind of mobility of the condition",
             "Name a condition for this kind, or correct the kind."},
     .holds = kind},
    {.row = {"nomination.condition_year", "year",
             "a year of the condition, not after the agreement's end",
             "Nominate for a year that is agreed, or propose new terms."},
     .holds = year},
    {.row = {"nomination.condition_isced_f", "isced_f",
             "one of the condition's fields, or below it",
             "Name a condition for this field, or propose new terms."},
     .holds = field},
    {.row = {"nomination.condition_eqf", "eqf", "one of the condition's levels",
             "Name a condition for this level, or propose new terms."},
     .holds = level},
};

const struct rung_step rules_condition_nomination = {
    nomination_rungs, sizeof nomination_rungs / sizeof *nomination_rungs};

/* ---- places: the host's own count ---- */

static bool places(const struct rules_case *subject, size_t)
{
    const struct rules_places *count = &subject->facts->places;
    return !count->counted || count->held || count->taken < count->places;
}

static void places_got(const struct rules_case *subject, char out[static RULES_GOT_MAX])
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    const struct rules_places *count = &subject->facts->places;
    uint32_t next = count->taken + 1;
    bool teen = next % 100 >= 11 && next % 100 <= 13;
    assert(count->counted);
    snprintf(out, RULES_GOT_MAX, "%u %s, this would be the %u%s", count->places,
             count->places == 1 ? "place" : "places", next,
             endings[!teen && next % 10 <= 3 ? next % 10 : 0]);
}

static const struct rung place_rungs[] = {
    {.row = {"decision.places", "outcome", "a place that is left under the condition in this year",
             "Refuse or put on the waiting list, or propose terms with more places."},
     .holds = places,
     .got = places_got},
};

const struct rung_step rules_condition_places = {place_rungs, 1};
