#include "admin/call.h"

#include "admin/envelope.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"

#include <stdio.h>
#include <string.h>

enum { DATE_SIZE = 11 };

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

/* ---- who may apply -----------------------------------------------------------------------------
 */

struct question {
    const Peregrin__Call *call;
    const Peregrin__Grant *grant;
    const char *home_country, *today;
    struct arena *arena;
    const char *expected, *got; /* of what does not hold */
};

static bool in_numbers(const uint32_t *list, size_t count, uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == number)
            return true;
    return count == 0;
}

static const char *dates_text(const struct question *question)
{
    const Peregrin__Call *call = question->call;
    return arena_format(question->arena, "an application from %s to %s",
                        call->opens ? call->opens : "ever",
                        call->closed_on ? call->closed_on
                        : call->closes  ? call->closes
                                        : "further notice");
}

static bool in_time(struct question *question)
{
    question->expected = dates_text(question);
    question->got = arena_text(question->arena, bytes_text(question->today)); /* it outlives us */
    return strcmp(call_state(question->call, question->today), "open") == 0;
}

static const char *kind_word(struct arena *arena, uint32_t kind)
{
    char word[JSON_RECORD_WORD];
    return json_record_word(&peregrin__nomination__descriptor, "mobility", kind, word)
               ? arena_text(arena, bytes_text(word))
               : "an unknown kind";
}

static bool of_kind(struct question *question)
{
    const Peregrin__Call *call = question->call;
    const char *text = "";
    for (size_t i = 0; text && i < call->n_kinds; i++)
        text = arena_format(question->arena, "%s%s%s", text, i ? ", " : "",
                            kind_word(question->arena, call->kinds[i]));
    question->expected = text;
    question->got = kind_word(question->arena, question->grant->mobility);
    return in_numbers(call->kinds, call->n_kinds, question->grant->mobility);
}

static bool at_level(struct question *question)
{
    const Peregrin__Call *call = question->call;
    const char *text = "";
    for (size_t i = 0; text && i < call->n_levels; i++)
        text = arena_format(question->arena, "%s%s%u", text, i ? ", " : "level ", call->levels[i]);
    question->expected = text;
    question->got = question->grant->has_level
                        ? arena_format(question->arena, "level %u", question->grant->level)
                        : "no level";
    return in_numbers(call->levels, call->n_levels, question->grant->level);
}

static bool in_country(struct question *question)
{
    const Peregrin__Call *call = question->call;
    const char *country = question->grant->country, *text = "";
    bool found = call->n_countries == 0;
    for (size_t i = 0; text && i < call->n_countries; i++) {
        found = found || (country && strcmp(call->countries[i], country) == 0);
        text = arena_format(question->arena, "%s%s%s", text, i ? ", " : "", call->countries[i]);
    }
    question->expected = text;
    question->got = country ? country : "no country";
    return found;
}

static bool same(const char *left, const char *right)
{
    return left && right && strcmp(left, right) == 0;
}

/* Not of the home, nor the participant's own: unless the call says so of the latter. The country of
 * somebody is not said again. */
static bool abroad(struct question *question)
{
    const Peregrin__Grant *grant = question->grant;
    bool virtual = grant->mobility == PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL;
    question->expected = question->call->own_country
                             ? "another country than the home institution's"
                             : "another country than the home institution's and the participant's";
    question->got = grant->country;
    return virtual || (!same(grant->country, question->home_country) &&
                       (question->call->own_country || !same(grant->country, grant->nationality)));
}

/* The same day so many months later; the last of a month that is too short. */
static void months_after(const char *date, unsigned months, char out[static DATE_SIZE])
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year, month, day;
    if (sscanf(date, "%4u-%2u-%2u", &year, &month, &day) != 3)
        year = month = day = 1;
    month += months - 1;
    year += month / 12;
    month %= 12;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    unsigned last = days[month] + (month == 1 && leap);
    snprintf(out, DATE_SIZE, "%04u-%02u-%02u", year % 10000, month + 1, day < last ? day : last);
}

static bool early_enough(struct question *question)
{
    const Peregrin__Call *call = question->call;
    char first[DATE_SIZE];
    if (!call->notice_months)
        return true;
    months_after(question->today, call->notice_months, first);
    question->expected =
        arena_format(question->arena, "a stay that begins on %s or later, %u months from now",
                     first, call->notice_months);
    question->got = question->grant->start ? question->grant->start : "no first day";
    return question->grant->start && strcmp(question->grant->start, first) >= 0;
}

static bool before_end(struct question *question)
{
    const Peregrin__Call *call = question->call;
    if (!call->project_end)
        return true;
    question->expected =
        arena_format(question->arena, "a stay that ends on %s or before", call->project_end);
    question->got = question->grant->end ? question->grant->end : "no last day";
    return question->grant->end && strcmp(question->grant->end, call->project_end) <= 0;
}

static const struct rule {
    const char *rule, *field, *message, *remedy;
    enum verdict verdict;
    bool (*holds)(struct question *question);
} rules[] = {
    {"grant.window", "call", "the call takes no application today",
     "see the calls that do: `peregrin call list`", VERDICT_OUT_OF_TURN, in_time},
    {"grant.kind", "kind", "the call is for other kinds of mobility",
     "see `peregrin call show`, or apply to another call", VERDICT_INVALID, of_kind},
    {"grant.level", "level", "the call is for other levels of study",
     "see `peregrin call show`, or apply to another call", VERDICT_INVALID, at_level},
    {"grant.country", "country", "the call is for stays in other countries",
     "see `peregrin call show`, or apply to another call", VERDICT_INVALID, in_country},
    {"grant.abroad", "country", "the stay is in the home's or the participant's own country",
     "name another host, or apply to a call with the exception (`--own-country`)", VERDICT_INVALID,
     abroad},
    {"grant.notice", "start", "the departure is too soon after the application",
     "choose a later first day", VERDICT_INVALID, early_enough},
    {"grant.project_end", "end", "the stay ends after the project", "choose an earlier last day",
     VERDICT_INVALID, before_end},
};

bool call_takes(const Peregrin__Call *call, const Peregrin__Grant *grant, const char *home_country,
                const char *today, struct arena *arena, struct problem *problem)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct question question = {call, grant, home_country, today, arena, NULL, NULL};
        if (rules[i].holds(&question))
            continue;
        *problem = problem_of_verdict(rules[i].verdict, rules[i].field);
        problem->rule = rules[i].rule;
        problem->message = rules[i].message;
        problem->hint = rules[i].remedy;
        problem->expected = question.expected;
        problem->got = question.got;
        return false;
    }
    return true;
}
