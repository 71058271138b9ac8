#include "admin/call.h"

#include "admin/envelope.h"
#include "eligibility/eligibility.h"

#include <stdio.h>
#include <string.h>

static const char *const orders[] = {
    [CALL_BY_ARRIVAL] = "arrival", [CALL_BY_GROUP] = "group", [CALL_BY_POINTS] = "points"};

const char *call_order_code(uint32_t order)
{
    return order && order < sizeof orders / sizeof *orders ? orders[order]
                                                           : orders[CALL_BY_ARRIVAL];
}

uint32_t call_order_find(const char *code)
{
    for (uint32_t i = CALL_BY_ARRIVAL; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(orders[i], code) == 0)
            return i;
    return 0;
}

/* ---- kept --------------------------------------------------------------------------------------
 */

static uint32_t *last_of(Peregrin__Numbers *numbers)
{
    return &numbers->calls;
}

static bool is_sound(const ProtobufCMessage *message, uint32_t number)
{
    const Peregrin__Call *call = (const Peregrin__Call *)message;
    return call->number == number && call->own && call->title && call->cents <= ENVELOPE_CENTS_MAX;
}

const struct numbered call_numbered = {
    .prefix = "call/",
    .type = &peregrin__call__descriptor,
    .last = last_of,
    .sound = is_sound,
};

enum fault call_put(struct store *store, const Peregrin__Call *call, struct arena *arena)
{
    return numbered_put(store, &call_numbered, call->number, &call->base, arena);
}

enum fault call_open(struct store *store, Peregrin__Call *call, struct arena *arena)
{
    call->has_number = true;
    TRY(numbered_next(store, &call_numbered, arena, &call->number));
    return call_put(store, call, arena);
}

enum fault call_get(struct store *store, uint32_t number, struct arena *arena, Peregrin__Call **out)
{
    ProtobufCMessage *found;
    TRY(numbered_get(store, &call_numbered, number, arena, &found));
    *out = (Peregrin__Call *)found;
    return FAULT_NONE;
}

const char *call_state(const Peregrin__Call *call, const char *today)
{
    if (call->closed_on || (call->closes && strcmp(today, call->closes) > 0))
        return "closed";
    return call->opens && strcmp(today, call->opens) < 0 ? "upcoming" : "open";
}

enum fault call_named(struct store *store, const Peregrin__Call *like, const char *today,
                      struct arena *arena, Peregrin__Call **out)
{
    struct numbered_page page = {0};
    *out = NULL;
    do {
        TRY(numbered_list(store, &call_numbered, page.next, CALL_LIST_MAX, arena, &page));
        for (size_t i = 0; i < page.count && !*out; i++) {
            Peregrin__Call *call = (Peregrin__Call *)page.messages[i];
            if (strcmp(call->own, like->own) == 0 && strcmp(call->title, like->title) == 0 &&
                strcmp(call_state(call, today), "closed") != 0)
                *out = call;
        }
    } while (page.next && !*out);
    return FAULT_NONE;
}

/* ---- who may apply -----------------------------------------------------------------------------
 */

/* The first rule that keeps the application from being taken. */
struct refusing {
    struct eligibility_finding finding;
    bool found;
};

/* What the call itself asks for refuses, unless the institution has switched the rule off; other
 * limits do where it says so. What nobody can know of a stay that is only planned refuses nothing,
 * but what the call wants to hear does. */
static void note(void *self, const struct eligibility_finding *finding)
{
    struct refusing *refusing = self;
    bool broken = finding->answer == ELIGIBILITY_BROKEN;
    bool limit = broken && finding->severity == ELIGIBILITY_REFUSES;
    bool of_stay =
        strncmp(finding->rule->id, "call.", 5) == 0 || strncmp(finding->rule->id, "place.", 6) == 0;
    if (refusing->found || !of_stay || (!finding->of_call && !limit))
        return;
    refusing->finding = *finding;
    refusing->found = true;
}

/* The stay that the application is for, as far as it says so. */
static void stay_of(const Peregrin__Grant *grant, Peregrin__Person *person,
                    Peregrin__Nomination *out)
{
    peregrin__person__init(person);
    peregrin__nomination__init(out);
    person->nationality = grant->nationality;
    out->person = person;
    out->has_mobility = true;
    out->mobility = grant->mobility;
    out->start = grant->start;
    out->end = grant->end;
    out->has_eqf = grant->has_level;
    out->eqf = grant->level;
}

static struct problem problem_of(const struct eligibility_finding *finding)
{
    static const struct {
        const char *rule, *field; /* where an application says it */
    } fields[] = {
        {"call.window", "call"},     {"call.kind", "kind"},       {"call.level", "level"},
        {"call.notice", "start"},    {"call.project_end", "end"}, {"call.country", "country"},
        {"place.origin", "country"}, {"place.home", "country"},
    };
    const char *field = NULL;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].rule, finding->rule->id) == 0)
            field = fields[i].field;
    bool late = strcmp(finding->rule->id, "call.window") == 0;
    struct problem problem =
        problem_of_verdict(late ? VERDICT_OUT_OF_TURN : VERDICT_INVALID, field);
    bool missing = finding->answer == ELIGIBILITY_UNCHECKED;
    problem.rule = finding->rule->id;
    problem.message = finding->rule->sentence;
    problem.hint = finding->rule->remedy;
    problem.expected = missing ? finding->missing : finding->expected;
    problem.got = missing ? "none" : finding->got;
    return problem;
}

enum fault call_takes(const Peregrin__Call *call, const Peregrin__Grant *grant,
                      const struct call_asks *asks, struct arena *arena, struct problem *problem)
{
    const struct eligibility_call terms = {call, asks->today, true};
    struct dated *none = asks->settings ? NULL : dated_open(arena);
    struct refusing refusing = {.found = false};
    Peregrin__Person person;
    Peregrin__Nomination stay;
    stay_of(grant, &person, &stay);
    const struct eligibility_facts facts = {
        .nomination = &stay,
        .home = grant->own,
        .host = "", /* it names a country alone */
        .asks = grant->own,
        .home_country = asks->home_country,
        .host_country = grant->country,
        .call = &terms,
        .deadline = ELIGIBILITY_DAY_UNKNOWN,
        .said_on = ELIGIBILITY_DAY_UNKNOWN,
    };
    const struct dated *settings = asks->settings ? asks->settings : none;
    if (!settings || !eligibility_check(&facts, settings, arena, note, &refusing))
        return FAULT_MEMORY;
    if (refusing.found)
        *problem = problem_of(&refusing.finding);
    return FAULT_NONE;
}
