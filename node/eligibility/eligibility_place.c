#include "eligibility/eligibility_ladder.h"

#include <assert.h>
#include <string.h>

/* Step 4: where. Step 5: the call. Step 6: deadlines. */

static enum eligibility_answer other_than_home(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    if (!facts->home_country || !facts->host_country)
        return eligibility_lack(check, "the country of one of the institutions");
    if (strcmp(facts->home_country, facts->host_country) != 0)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(
        check, arena_format(check->arena, "another country than %s", facts->home_country),
        facts->host_country);
}

/* Which country it is would be told of a person: that it is the same is enough. */
static enum eligibility_answer other_than_own(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    const Peregrin__Person *person = facts->nomination->person;
    if (facts->call && facts->call->own_country)
        return ELIGIBILITY_OUT;
    if (!facts->host_country)
        return eligibility_lack(check, "the country of the host");
    if (!person || !person->nationality)
        return eligibility_lack(check, "the participant's nationality");
    if (strcmp(person->nationality, facts->host_country) != 0)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "another country than the participant's own", "the same");
}

static enum eligibility_answer known_country(struct eligibility_check *check)
{
    const char *country = check->facts->host_country;
    if (!country)
        return eligibility_lack(check, "the country of the host");
    if (eligibility_limit(check, "country", country))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "a programme country, or one of the regions 1 to 14",
                             arena_format(check->arena, "%s, in neither", country));
}

/* The domain itself, and all that lies below it. */
static enum eligibility_answer no_excluded_host(struct eligibility_check *check)
{
    const char *host = check->facts->host;
    for (const char *domain = host; domain && *domain;) {
        const struct dated_row *row = eligibility_limit(check, "host.excluded", domain);
        if (row && row->number)
            return eligibility_blame(check,
                                     "no body of the European Union, and none that runs the "
                                     "programme",
                                     host);
        const char *dot = strchr(domain, '.');
        domain = dot ? dot + 1 : NULL;
    }
    return ELIGIBILITY_HOLDS;
}

/* ---- the call ----------------------------------------------------------------------------------
 */

static const char *date_text(struct eligibility_check *check, const char *word, int64_t day)
{
    char text[PERIOD_DATE_SIZE];
    period_text(day, text);
    return arena_format(check->arena, "%s%s", word, text);
}

/* The application's day so many months later is the first day on which the stay may begin. */
static enum eligibility_answer in_good_time(struct eligibility_check *check)
{
    const struct eligibility_call *call = check->facts->call;
    const struct dated_row *limit = eligibility_limit(check, "call.notice", "");
    if (!limit)
        return ELIGIBILITY_OUT;
    if (!call || call->applied_on == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the day of the application to a call");
    if (check->first == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the first day of the stay");
    int64_t from = limit->unit == DATED_MONTH ? period_months_after(call->applied_on, limit->number)
                                              : call->applied_on + limit->number;
    if (check->first >= from)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "a departure not before ", from),
                             date_text(check, "", check->first));
}

/* The call's own end, or that of the institution's project. */
static enum eligibility_answer before_project_end(struct eligibility_check *check)
{
    const struct eligibility_call *call = check->facts->call;
    bool own = call && call->project_end != ELIGIBILITY_DAY_UNKNOWN;
    const struct dated_row *limit = own ? NULL : eligibility_limit(check, "call.project_end", "");
    if (!own && !limit)
        return ELIGIBILITY_OUT;
    int64_t end = own ? call->project_end : limit->number;
    if (check->last == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the last day of the stay");
    if (check->last <= end)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "an end not after ", end),
                             date_text(check, "", check->last));
}

static enum eligibility_answer before_deadline(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    if (facts->deadline == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the deadline in the host's factsheet");
    if (facts->said_on == ELIGIBILITY_DAY_UNKNOWN || facts->said_on <= facts->deadline)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "not after ", facts->deadline),
                             date_text(check, "", facts->said_on));
}

static const char guide[] = "Erasmus+ programme guide, eligible organisations and venues";

const struct eligibility_rule eligibility_place_rules[] = {
    /* 4. "receiving country is neither the country of the home institution nor the participant's
     * own" */
    {.id = "place.home",
     .kinds = ELIGIBILITY_TRAVELS,
     .compares = "the host's country with that of the home",
     .sentence = "the host is in the country of the home",
     .remedy = "choose a host abroad",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .holds = other_than_home},
    {.id = "place.origin",
     .kinds = ELIGIBILITY_STUDENTS,
     .field = "person.nationality",
     .compares = "the host's country with the participant's own",
     .sentence = "the host is in the participant's own country",
     .remedy = "choose another host, or make sure that your call allows it",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .holds = other_than_own},
    {.id = "place.country",
     .kinds = ELIGIBILITY_TRAVELS,
     .compares = "the host's country with the programme's lists",
     .sentence = "the host's country is in no list of the programme",
     .remedy = "add the country to the file of rules, or find another source of money",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"country"},
     .holds = known_country},
    {.id = "place.host",
     .kinds = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP,
     .compares = "the host with those who take no trainees of the programme",
     .sentence = "the host is a body of the Union, or runs the programme",
     .remedy = "choose another host",
     .source = guide,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"host.excluded"},
     .holds = no_excluded_host},
    /* 5. "application at least two months before departure; project end date" */
    {.id = "call.notice",
     .kinds = ELIGIBILITY_TRAVELS,
     .field = "start",
     .compares = "the departure with the application and the call's notice",
     .sentence = "the application came too late for this departure",
     .remedy = "move the departure, or decide on the exception and say so",
     .source = "calls of institutions",
     .severity = ELIGIBILITY_WARNS,
     .settings = {"call.notice"},
     .holds = in_good_time},
    {.id = "call.project_end",
     .kinds = ELIGIBILITY_TRAVELS,
     .field = "end",
     .compares = "the last day of the stay with that of the project",
     .sentence = "the stay ends after the project",
     .remedy = "shorten the stay, or take it into the next project",
     .source = "calls of institutions",
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
