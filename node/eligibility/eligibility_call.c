#include "eligibility/eligibility_ladder.h"

#include "base/instant.h"

#include <string.h>

/* Step 5: the call, as it is asked of an application and of the nomination that comes of it. Step
 * 6: deadlines. */

/* How an institution gives its grants is its own business: nobody asks it of students who come. */
static bool is_host(const struct eligibility_check *check)
{
    return strcmp(check->institution, check->facts->home) != 0;
}

static const char *date_text(struct eligibility_check *check, const char *word, int64_t day)
{
    char text[PERIOD_DATE_SIZE];
    period_text(day, text);
    return arena_format(check->arena, "%s%s", word, text);
}

static bool day_of(const char *text, int64_t *day)
{
    return text && instant_date(bytes_text(text), day);
}

static bool in_numbers(const uint32_t *list, size_t count, uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == number)
            return true;
    return false;
}

/* Dates have one shape, so that they compare as texts. */
static enum eligibility_answer in_its_days(struct eligibility_check *check)
{
    const Peregrin__Call *terms = eligibility_terms(check);
    char applied[PERIOD_DATE_SIZE];
    if (!terms || check->facts->call->applied_on == ELIGIBILITY_DAY_UNKNOWN)
        return ELIGIBILITY_OUT;
    period_text(check->facts->call->applied_on, applied);
    const char *until = terms->closed_on ? terms->closed_on : terms->closes;
    bool begun = !terms->opens || strcmp(applied, terms->opens) >= 0;
    bool shut = terms->closed_on && strcmp(applied, terms->closed_on) > 0;
    bool over = shut || (check->facts->call->now && terms->closed_on) ||
                (terms->closes && strcmp(applied, terms->closes) > 0);
    if (begun && !over)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check,
                             arena_format(check->arena, "an application from %s to %s",
                                          terms->opens ? terms->opens : "ever",
                                          until ? until : "further notice"),
                             arena_text(check->arena, bytes_text(applied)));
}

static enum eligibility_answer of_its_kinds(struct eligibility_check *check)
{
    const Peregrin__Call *terms = eligibility_terms(check);
    uint32_t kind = check->facts->nomination->mobility;
    const char *list = "";
    if (!terms || !terms->n_kinds)
        return ELIGIBILITY_OUT;
    if (in_numbers(terms->kinds, terms->n_kinds, kind))
        return ELIGIBILITY_HOLDS;
    for (size_t i = 0; list && i < terms->n_kinds; i++)
        list = arena_format(check->arena, "%s%s%s", list, i ? ", " : "",
                            eligibility_kind_text(terms->kinds[i]));
    return eligibility_blame(check, list, eligibility_kind_text(kind));
}

static enum eligibility_answer of_its_levels(struct eligibility_check *check)
{
    const Peregrin__Call *terms = eligibility_terms(check);
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const char *list = "";
    if (!terms || !terms->n_levels)
        return ELIGIBILITY_OUT;
    if (nomination->has_eqf && in_numbers(terms->levels, terms->n_levels, nomination->eqf))
        return ELIGIBILITY_HOLDS;
    for (size_t i = 0; list && i < terms->n_levels; i++)
        list = arena_format(check->arena, "%s%s%u", list, i ? ", " : "level ", terms->levels[i]);
    return eligibility_blame(
        check, list,
        nomination->has_eqf ? arena_format(check->arena, "level %u", nomination->eqf) : "no level");
}

static enum eligibility_answer in_its_countries(struct eligibility_check *check)
{
    const Peregrin__Call *terms = eligibility_terms(check);
    const char *country = check->facts->host_country, *list = "";
    if (!terms || !terms->n_countries)
        return ELIGIBILITY_OUT;
    if (!country)
        return eligibility_lack(check, "the country of the host");
    for (size_t i = 0; list && i < terms->n_countries; i++) {
        if (strcmp(terms->countries[i], country) == 0)
            return ELIGIBILITY_HOLDS;
        list = arena_format(check->arena, "%s%s%s", list, i ? ", " : "", terms->countries[i]);
    }
    return eligibility_blame(check, list, country);
}

/* The application's day so many months later is the first day on which the stay may begin. What the
 * call itself says counts before what is set for all. */
static enum eligibility_answer in_good_time(struct eligibility_check *check)
{
    const struct eligibility_call *call = check->facts->call;
    const Peregrin__Call *terms = call ? call->terms : NULL;
    const Peregrin__Call *own = terms && terms->notice_months ? eligibility_terms(check) : NULL;
    uint32_t kind = check->facts->nomination->mobility;
    int64_t first;
    const struct dated_row *limit = own ? NULL : eligibility_limit(check, "call.notice", "");
    bool travels = own || ELIGIBILITY_TRAVELS >> kind & 1;
    if (is_host(check) || (!own && !limit) || !travels)
        return ELIGIBILITY_OUT;
    if (!call || call->applied_on == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the day of the application to a call");
    if (!day_of(check->facts->nomination->start, &first))
        return eligibility_lack(check, "the first day of the stay");
    int64_t months = own ? own->notice_months : limit->number;
    int64_t from = own || limit->unit == DATED_MONTH ? period_months_after(call->applied_on, months)
                                                     : call->applied_on + limit->number;
    if (first >= from)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "a departure not before ", from),
                             date_text(check, "", first));
}

/* The call's own end, or that of the institution's project. */
static enum eligibility_answer before_project_end(struct eligibility_check *check)
{
    const struct eligibility_call *call = check->facts->call;
    int64_t end, last;
    if (is_host(check))
        return ELIGIBILITY_OUT;
    if (call && call->terms && day_of(call->terms->project_end, &end)) {
        (void)eligibility_terms(check);
    } else {
        const struct dated_row *limit = eligibility_limit(check, "call.project_end", "");
        if (!limit)
            return ELIGIBILITY_OUT;
        end = limit->number;
    }
    if (!day_of(check->facts->nomination->end, &last))
        return eligibility_lack(check, "the last day of the stay");
    if (last <= end)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "an end not after ", end),
                             date_text(check, "", last));
}

static enum eligibility_answer before_deadline(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    if (facts->deadline == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the deadline in the host's factsheet");
    if (facts->said_on == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the day of nominating");
    if (facts->said_on <= facts->deadline)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "not after ", facts->deadline),
                             date_text(check, "", facts->said_on));
}

static const char calls[] = "calls of institutions";
static const char another[] = "see `peregrin call show`, or apply to another call";

const struct eligibility_rule eligibility_call_rules[] = {
    /* 5. "application at least two months before departure; project end date" */
    {.id = "call.window",
     .kinds = ELIGIBILITY_ALL,
     .compares = "the day of the application with the days of the call",
     .sentence = "the call took no application on that day",
     .remedy = "see the calls that do: `peregrin call list`",
     .source = calls,
     .severity = ELIGIBILITY_WARNS,
     .holds = in_its_days},
    {.id = "call.kind",
     .kinds = ELIGIBILITY_ALL,
     .field = "mobility",
     .compares = "the kind of mobility with those of the call",
     .sentence = "the call is for other kinds of mobility",
     .remedy = another,
     .source = calls,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_its_kinds},
    {.id = "call.level",
     .kinds = ELIGIBILITY_ALL,
     .field = "eqf",
     .compares = "the level of study with those of the call",
     .sentence = "the call is for other levels of study",
     .remedy = another,
     .source = calls,
     .severity = ELIGIBILITY_WARNS,
     .holds = of_its_levels},
    {.id = "call.country",
     .kinds = ELIGIBILITY_ALL,
     .compares = "the host's country with those of the call",
     .sentence = "the call is for stays in other countries",
     .remedy = another,
     .source = calls,
     .severity = ELIGIBILITY_WARNS,
     .holds = in_its_countries},
    {.id = "call.notice",
     .kinds = ELIGIBILITY_ALL,
     .field = "start",
     .compares = "the departure with the application and the call's notice",
     .sentence = "the application came too late for this departure",
     .remedy = "move the departure, or decide on the exception and say so",
     .source = calls,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"call.notice"},
     .holds = in_good_time},
    {.id = "call.project_end",
     .kinds = ELIGIBILITY_ALL,
     .field = "end",
     .compares = "the last day of the stay with that of the project",
     .sentence = "the stay ends after the project",
     .remedy = "shorten the stay, or take it into the next project",
     .source = calls,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"call.project_end"},
     .holds = before_project_end},
    /* 6. "deadlines of the partner's factsheet when known" */
    {.id = "deadline.partner",
     .kinds = ELIGIBILITY_ALL,
     .compares = "the day of nominating with the host's deadline for the term",
     .sentence = "the host's deadline for nominations is over",
     .remedy = "ask the host before you send it",
     .source = "the host's factsheet",
     .severity = ELIGIBILITY_WARNS,
     .holds = before_deadline},
    {0},
};
