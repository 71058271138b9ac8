#include "eligibility/eligibility_ladder.h"

#include <string.h>

/* Step 4: where. */

static enum eligibility_answer other_than_home(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    if (!facts->home_country || !facts->host_country)
        return eligibility_lack(check, "the country of one of the institutions");
    if (strcmp(facts->home_country, facts->host_country) != 0)
        return ELIGIBILITY_HOLDS;
    (void)eligibility_terms(check);
    return eligibility_blame(
        check, arena_format(check->arena, "another country than %s", facts->home_country),
        facts->host_country);
}

/* Which country it is would be told of a person: that it is the same is enough. */
static enum eligibility_answer other_than_own(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    const Peregrin__Person *person = facts->nomination->person;
    if (facts->call && facts->call->terms && facts->call->terms->own_country)
        return ELIGIBILITY_OUT;
    if (!facts->host_country)
        return eligibility_lack(check, "the country of the host");
    if (!person || !person->nationality)
        return eligibility_lack(check, "the participant's nationality");
    if (strcmp(person->nationality, facts->host_country) != 0)
        return ELIGIBILITY_HOLDS;
    (void)eligibility_terms(check);
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
     .remedy = "choose another host, or a call with the exception (`--own-country`)",
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
    {0},
};
