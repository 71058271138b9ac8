#include "eligibility/eligibility_ladder.h"
#include "record/header.h"

#include <string.h>

/* Step 1: the agreement before the mobility. Step 2: the charter. */

static const Peregrin__Condition *condition_of(const struct eligibility_check *check)
{
    return check->facts->agreement ? check->facts->agreement->condition : NULL;
}

/* What a rule about the condition says where there is none: another rule says so, or it is not
 * known. */
static enum eligibility_answer without(struct eligibility_check *check)
{
    if (!check->facts->nomination->agreement || check->facts->agreement)
        return ELIGIBILITY_OUT;
    return eligibility_lack(check, "the terms of the agreement that the nomination names");
}

/* What names no dossier is on paper, or mistaken: none of the rules behind this one can be asked.
 */
static enum eligibility_answer is_named(struct eligibility_check *check)
{
    const char *named = check->facts->nomination->agreement;
    struct header_dossier dossier;
    if (!named)
        return eligibility_blame(check, "an agreement of the two institutions", "none");
    if (header_dossier_from_text(bytes_text(named), &dossier))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "an agreement that is kept here, and one of its conditions",
                             "a reference of none that is in force here");
}

static enum eligibility_answer in_force(struct eligibility_check *check)
{
    if (!check->facts->agreement)
        return without(check);
    if (check->facts->agreement->in_force)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "terms that both have approved", "none in force");
}

static enum eligibility_answer has_condition(struct eligibility_check *check)
{
    const char *named = check->facts->nomination->condition;
    if (!check->facts->agreement)
        return without(check);
    if (condition_of(check))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "one of the agreement's conditions",
                             named ? "an id that it does not have" : "none");
}

/* A condition for studies may also allow them as blended mobility. */
static enum eligibility_answer of_kind(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    uint32_t wanted = check->facts->nomination->mobility;
    if (!condition)
        return without(check);
    bool blended = wanted == PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED && condition->blended;
    if (condition->mobility == wanted || blended)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, eligibility_kind_text(condition->mobility),
                             eligibility_kind_text(wanted));
}

static enum eligibility_answer of_direction(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    if (!condition)
        return without(check);
    if (condition->sending && strcmp(condition->sending, check->facts->home) == 0)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(
        check,
        arena_format(check->arena, "sent by %s", condition->sending ? condition->sending : ""),
        arena_format(check->arena, "sent by %s", check->facts->home));
}

/* Years have one shape, so that they compare as texts. */
static enum eligibility_answer of_year(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    const char *year = check->facts->nomination->year;
    if (!condition || !year)
        return without(check);
    const char *first = condition->first_year ? condition->first_year : "";
    const char *last = condition->last_year ? condition->last_year : "";
    const char *noticed = check->facts->agreement->last_year;
    if (noticed && (!*last || strcmp(noticed, last) < 0))
        last = noticed;
    if (strcmp(first, year) <= 0 && (!*last || strcmp(year, last) <= 0))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, arena_format(check->arena, "%s to %s", first, last), year);
}

/* A shorter field allows all below it: 061 has 0613. */
static enum eligibility_answer of_field(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    const char *field = check->facts->nomination->isced_f, *list = "";
    if (!condition || !field)
        return without(check);
    for (size_t i = 0; i < condition->n_isced_f; i++)
        if (strncmp(field, condition->isced_f[i], strlen(condition->isced_f[i])) == 0)
            return ELIGIBILITY_HOLDS;
    if (condition->n_isced_f == 0)
        return ELIGIBILITY_HOLDS;
    for (size_t i = 0; list && i < condition->n_isced_f; i++)
        list = arena_format(check->arena, "%s%s%s", list, i ? ", " : "", condition->isced_f[i]);
    return eligibility_blame(check, list, field);
}

static enum eligibility_answer of_level(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const char *list = "";
    if (!condition || !nomination->has_eqf)
        return without(check);
    for (size_t i = 0; i < condition->n_eqf; i++)
        if (condition->eqf[i] == nomination->eqf)
            return ELIGIBILITY_HOLDS;
    if (condition->n_eqf == 0)
        return ELIGIBILITY_HOLDS;
    for (size_t i = 0; list && i < condition->n_eqf; i++)
        list = arena_format(check->arena, "%s%s%u", list, i ? ", " : "EQF ", condition->eqf[i]);
    return eligibility_blame(check, list, arena_format(check->arena, "EQF %u", nomination->eqf));
}

/* Levels of the CEFR compare as texts: A1 to C2. */
static bool speaks(const Peregrin__Nomination *nomination, const Peregrin__LanguageSkill *wanted)
{
    for (size_t i = 0; wanted->language && i < nomination->n_languages; i++) {
        const Peregrin__LanguageSkill *skill = nomination->languages[i];
        if (skill->language && strcmp(skill->language, wanted->language) == 0 &&
            (!wanted->level || (skill->level && strcmp(skill->level, wanted->level) >= 0)))
            return true;
    }
    return false;
}

static enum eligibility_answer of_language(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const char *list = "";
    if (!condition)
        return without(check);
    if (condition->n_languages == 0)
        return ELIGIBILITY_HOLDS;
    for (size_t i = 0; i < condition->n_languages; i++)
        if (speaks(nomination, condition->languages[i]))
            return ELIGIBILITY_HOLDS;
    for (size_t i = 0; list && i < condition->n_languages; i++) {
        const Peregrin__LanguageSkill *one = condition->languages[i];
        list = arena_format(check->arena, "%s%s%s %s", list, i ? " or " : "",
                            one->language ? one->language : "", one->level ? one->level : "");
    }
    /* What nobody states is asked for before the nominee is on his way, not after. */
    return eligibility_blame(check, list,
                             nomination->n_languages ? "none of these at that level"
                                                     : "no language is stated");
}

/* 1st, 2nd, 3rd, 4th, 11th, 21st. */
static const char *ordinal(struct eligibility_check *check, uint64_t number)
{
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    uint64_t last = number % 10;
    bool teen = number / 10 % 10 == 1;
    return arena_format(check->arena, "this would be the %llu%s", (unsigned long long)number,
                        ends[teen || last > 3 ? 0 : last]);
}

/* The home's count is advice: the host alone allots. A quota of 0 has no places at all. */
static enum eligibility_answer has_places(struct eligibility_check *check)
{
    const Peregrin__Condition *condition = condition_of(check);
    const struct eligibility_agreement *agreement = check->facts->agreement;
    if (!condition)
        return without(check);
    if (!condition->has_places)
        return ELIGIBILITY_OUT;
    if (!agreement->counted && condition->places)
        return eligibility_lack(check, "how many places of the condition are taken");
    if (agreement->places_taken < condition->places)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check,
                             arena_format(check->arena, "at most %u place%s in the year",
                                          condition->places, condition->places == 1 ? "" : "s"),
                             ordinal(check, agreement->places_taken + 1));
}

/* An agreement in which both declare it is enough where no list of charters was given; a list says
 * it of the day. */
static enum eligibility_answer charter(struct eligibility_check *check, const char *institution,
                                       const char *country)
{
    const struct dated_row *where = country ? eligibility_limit(check, "country", country) : NULL;
    if (!country)
        return eligibility_lack(check, "the institution's country");
    if (!where || where->number != 0)
        return ELIGIBILITY_OUT;
    bool listed = dated_known(check->settings, "charter", institution);
    const struct dated_row *row = eligibility_limit(check, "charter", institution);
    bool declared = check->facts->agreement && check->facts->agreement->charter;
    if (listed ? row && row->number != 0 : declared)
        return ELIGIBILITY_HOLDS;
    if (!listed)
        return eligibility_lack(check, "whether the institution holds the charter on that day");
    return eligibility_blame(check, "the charter (ECHE) on the first day of the stay",
                             arena_format(check->arena, "none of %s", institution));
}

static enum eligibility_answer charter_home(struct eligibility_check *check)
{
    return charter(check, check->facts->home, check->facts->home_country);
}

static enum eligibility_answer charter_host(struct eligibility_check *check)
{
    return charter(check, check->facts->host, check->facts->host_country);
}

enum {
    NEEDS_AGREEMENT = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES |
                      1 << PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED |
                      1 << PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL |
                      1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING,
    CHARTERED = ELIGIBILITY_TRAVELS & ~(1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP),
};

static const char guide[] = "Erasmus+ programme guide, eligibility of mobility";
static const char terms[] = "the agreement of the two institutions";

/* Sorted by the steps of the quoted rule. */
const struct eligibility_rule eligibility_agreement_rules[] = {
    /* 1. "a condition in force covers kind, direction, year, ISCED-F, EQF; places left" */
    {.id = "agreement.named",
     .kinds = NEEDS_AGREEMENT,
     .field = "agreement",
     .compares = "the agreement that the nomination names, with those that are kept here",
     .sentence = "the nomination names no agreement that is kept here: no place is counted",
     .remedy = "name one of `peregrin agreement list` with its condition, or conclude one; the "
               "places of one on paper are yours to count",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .holds = is_named},
    {.id = "agreement.force",
     .kinds = ELIGIBILITY_ALL,
     .field = "agreement",
     .compares = "the agreement's terms with those that both have approved",
     .sentence = "the agreement is not in force",
     .remedy = "have the terms approved first: `peregrin agreement show`",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .holds = in_force},
    {.id = "agreement.condition",
     .kinds = ELIGIBILITY_ALL,
     .field = "condition",
     .compares = "the condition that the nomination names with those of the agreement",
     .sentence = "the agreement has no such condition",
     .remedy = "name one of its conditions: `peregrin agreement show`",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = has_condition},
    {.id = "agreement.kind",
     .kinds = ELIGIBILITY_ALL,
     .field = "mobility",
     .compares = "the kind of mobility with that of the condition",
     .sentence = "the condition is for another kind of mobility",
     .remedy = "name a condition for this kind, or correct the kind",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_kind},
    {.id = "agreement.direction",
     .kinds = ELIGIBILITY_ALL,
     .field = "condition",
     .compares = "the home with the sending institution of the condition",
     .sentence = "the condition is for the other direction",
     .remedy = "name the condition of your own institution's sending",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_direction},
    {.id = "agreement.year",
     .kinds = ELIGIBILITY_ALL,
     .field = "year",
     .compares = "the academic year with those of the condition",
     .sentence = "the condition does not hold in this academic year",
     .remedy = "name a condition of this year, or prolong the agreement",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_year},
    {.id = "agreement.field",
     .kinds = ELIGIBILITY_ALL,
     .field = "isced_f",
     .compares = "the nominee's field of ISCED-F with those of the condition",
     .sentence = "the condition does not allow this field of study",
     .remedy = "name a condition for this field, or ask the partner to widen it",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_field},
    {.id = "agreement.level",
     .kinds = ELIGIBILITY_ALL,
     .field = "eqf",
     .compares = "the nominee's EQF level with those of the condition",
     .sentence = "the condition does not allow this level",
     .remedy = "name a condition for this level, or ask the partner to widen it",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_level},
    {.id = "agreement.language",
     .kinds = ELIGIBILITY_ALL,
     .field = "languages",
     .compares = "the nominee's languages with any one that the condition wants",
     .sentence = "the nominee has none of the languages at the level that is wanted",
     .remedy = "add the language with its level, or agree on a course before arrival",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_language},
    {.id = "agreement.places",
     .kinds = ELIGIBILITY_ALL,
     .field = "condition",
     .compares = "the home's own count of nominees with the places of the condition",
     .sentence = "by the home's own count no place of the condition is left",
     .remedy = "advice: the host decides, who alone allots places; ask it, or name another "
               "condition",
     .source = terms,
     .severity = ELIGIBILITY_WARNS,
     .holds = has_places},
    /* 2. "Both hold the charter (ECHE) on the start date where the host is in a programme country"
     */
    {.id = "charter.home",
     .kinds = CHARTERED | 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP,
     .compares = "the home's charter with the first day of the stay",
     .sentence = "the home does not hold the charter on the first day",
     .remedy = "correct the dates, or the list of charters in the file of rules",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"charter"},
     .holds = charter_home},
    {.id = "charter.host",
     .kinds = CHARTERED,
     .compares = "the host's charter with the first day of the stay",
     .sentence = "the host does not hold the charter on the first day",
     .remedy = "correct the dates, or the list of charters in the file of rules",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"charter"},
     .holds = charter_host},
    {0},
};
