#include "study/scenario.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERSHIP_LARGE = 2, LARGE_NETWORK = 200 };

static const char country_unit[] = "country";
static const char day_meaning[] =
    "the day of the year on which it begins, from 1; 0: as the scenario says";

static const struct scenario_parameter dark_parameters[] = {
    {"share", "%", 10, 0, 100, "of the nodes that are switched off"},
    {"days", "days", 7, 1, 60, "how long"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter cut_off_parameters[] = {
    {"country", country_unit, 0, 0, 0xFFFF, "which; 0: the one with most institutions"},
    {"days", "days", 3, 1, 60, "how long"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter catalogue_parameters[] = {
    {"days", "days", 60, 1, 365, "how long no new catalogue can be had"},
    {"joins", "in 10,000", 0, 0, 5000, "institutions that join in a year; 0: as lists show it"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter flood_parameters[] = {
    {"rate", "records/min", 20, 1, 6000, "records that the flooding node writes"},
    {"hours", "hours", 24, 1, 240, "how long"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter versions_parameters[] = {
    {"share", "%", 50, 0, 100, "of the nodes that are restarted"},
    {"minutes", "minutes", 10, 1, 1440, "for which each of them is down"},
    {"hours", "hours", 24, 1, 240, "over which the restarts are spread"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter restored_parameters[] = {
    {"age", "days", 7, 1, 60, "of the backups"},
    {"share", "%", 100, 0, 100, "of the nodes that go back to theirs"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter shutdown_parameters[] = {
    {"country", country_unit, 0, 0, 0xFFFF, "which; 0: the one with most institutions"},
    {"days", "days", 21, 1, 90, "how long"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter slow_parameters[] = {
    {"country", country_unit, 0, 0, 0xFFFF, "which; 0: the one with most institutions"},
    {"slower", "ms", 800, 0, 60000, "that each frame into or out of the country takes"},
    {"days", "days", 14, 1, 540, "how long"},
    {"day", "day", 0, 0, 540, day_meaning},
    {0},
};
static const struct scenario_parameter no_parameters[] = {{0}};

static const struct scenario scenarios[SCENARIO_COUNT] = {
    {SCENARIO_NONE, "none", "nothing goes wrong beyond what a year brings by itself",
     "Institutions of a network of 200 and more join and leave, as lists show it; nothing else "
     "happens by itself.",
     no_parameters},
    {SCENARIO_DARK, "dark", "a tenth of the nodes is dark in deadline week",
     "The nodes are drawn by the seed, stopped at the beginning of the seven days with most "
     "nominations, and started at the end. What their people wanted to say meanwhile "
     "they say then; "
     "what others have for them waits at the others.",
     dark_parameters},
    {SCENARIO_CUT_OFF, "cut-off", "a country is cut off for three days",
     "No frame passes between a node in the country and one outside; within the country and within "
     "the rest all goes on. It begins with deadline week.",
     cut_off_parameters},
    {SCENARIO_CATALOGUE, "catalogue", "no new catalogue can be had for two months",
     "Nodes go on with the catalogue that they have. Institutions that would join wait until the "
     "end, and so do their people; in a network of less than 200 nobody does unless `joins` or "
     "`membership` is set. It begins so that half of it lies before deadline week. "
     "Expiry is not modelled: catalogues of this world hold for the year.",
     catalogue_parameters},
    {SCENARIO_FLOOD, "flood", "one partner floods all others",
     "The institution with most partners writes valid nominations to each of them in "
     "turn, from the "
     "beginning of deadline week. They are records like all others for its partners' nodes, and "
     "are left out of the measures of people's records. A virtual node's processor has no limit: "
     "seen are messages, bytes and credit, and not a processor's queue.",
     flood_parameters},
    {SCENARIO_VERSIONS, "versions", "half of the network is restarted on an old version",
     "There is one version of the node so far, so what is modelled is the restarts: each node of "
     "the share is down for some minutes, at a moment of its own on one day, loses its sessions, "
     "and arms its write guards again. It begins with deadline week.",
     versions_parameters},
    {SCENARIO_RESTORED, "restored", "every node is restored from last week's backup on one Monday",
     "On the Monday in deadline week all nodes are stopped at once at 06:00 UTC, their stores "
     "replaced by copies of a week before, and started again. What had a receipt "
     "comes back from the "
     "partner's store if that is not as old; records that were written and had no "
     "receipt are gone, "
     "as are those of which both sides went back.",
     restored_parameters},
    {SCENARIO_SHUTDOWN, "shutdown", "a country is switched off for three weeks of summer",
     "All its nodes are stopped from the day on with which the three weeks with most transcripts "
     "begin. The calendar's own summers go on beside it: `summers=0` leaves them away.",
     shutdown_parameters},
    {SCENARIO_SLOW, "slow", "a national link is slow for two weeks",
     "Each frame between a node in the country and one outside takes so long instead of what the "
     "network takes, from the beginning of deadline week. A session in which no answer comes "
     "within four seconds is given up, so from about two seconds on nothing gets through.",
     slow_parameters},
};

static const struct scenario_parameter common[] = {
    {"loss", "permille", 0, 0, 900, "of all frames, lost on the way"},
    {"duplicate", "permille", 0, 0, 900, "of all frames, arriving twice"},
    {"delay", "ms", 20, 0, 60000, "that a frame takes, at least"},
    {"jitter", "ms", 30, 0, 60000, "that it may take more"},
    {"idle", "s", 10, 0, 3600,
     "of silence after which a session ends; 0: when its hour is over, as peregrind does"},
    {"nights", "0/1", 0, 0, 1, "nodes are switched off every night"},
    {"patches", "0/1", 0, 0, 1, "nodes are restarted once a month"},
    {"summers", "0/1", 0, 0, 1, "nodes are switched off for three weeks of their summer"},
    {"membership", "0/1/2", MEMBERSHIP_LARGE, 0, MEMBERSHIP_LARGE,
     "institutions join and leave; 0: never; 1: in any network; 2: in one of 200 and more"},
    {0},
};

static_assert(sizeof common / sizeof *common <= SCENARIO_COMMON_MAX + 1, "each has its place");

const struct scenario *scenario_at(size_t index)
{
    return index < SCENARIO_COUNT ? &scenarios[index] : NULL;
}

const struct scenario_parameter *scenario_common(void)
{
    return common;
}

/* ---- parameters ---- */

static const struct scenario_parameter *row_find(const struct scenario_parameter *rows,
                                                 const char *name, int64_t *values, int64_t **value)
{
    for (size_t i = 0; rows[i].name; i++)
        if (strcmp(rows[i].name, name) == 0) {
            *value = &values[i];
            return &rows[i];
        }
    return NULL;
}

const struct scenario_parameter *scenario_find(struct scenario_choice *choice, const char *name,
                                               int64_t **value)
{
    const struct scenario_parameter *own =
        row_find(choice->scenario->parameters, name, choice->own, value);
    return own ? own : row_find(common, name, choice->common, value);
}

int64_t scenario_value(const struct scenario_choice *choice, const char *name)
{
    struct scenario_choice copy = *choice;
    int64_t *value;
    const struct scenario_parameter *found = scenario_find(&copy, name, &value);
    assert(found);
    return *value;
}

bool scenario_has(const struct scenario_choice *choice, const char *name)
{
    struct scenario_choice copy = *choice;
    int64_t *value;
    return scenario_find(&copy, name, &value);
}

/* One that joins late takes all its mobilities along: in a small network a large part of the year,
 * and then only where that was asked for. */
bool scenario_members_change(const struct scenario_choice *choice, size_t institutions)
{
    int64_t membership = scenario_value(choice, "membership");
    if (membership != MEMBERSHIP_LARGE)
        return membership;
    return institutions >= LARGE_NETWORK ||
           (scenario_has(choice, "joins") && scenario_value(choice, "joins"));
}

int64_t scenario_country(const char letters[static 2])
{
    return (unsigned char)letters[0] << 8 | (unsigned char)letters[1];
}

void scenario_country_text(int64_t country, char out[static 3])
{
    out[0] = (char)(country >> 8 & 0xFF);
    out[1] = (char)(country & 0xFF);
    out[2] = '\0';
}

/* ---- what people type ---- */

__attribute__((format(printf, 2, 3))) static bool refuse(struct scenario_refusal *why,
                                                         const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(why->text, sizeof why->text, format, list);
    va_end(list);
    return false;
}

static bool country_read(const char *text, int64_t *value)
{
    bool letters = isalpha((unsigned char)text[0]) && isalpha((unsigned char)text[1]) && !text[2];
    char country[2];
    if (strcmp(text, "0") == 0) {
        *value = 0;
        return true;
    }
    if (!letters)
        return false;
    for (int i = 0; i < 2; i++)
        country[i] = (char)toupper((unsigned char)text[i]);
    *value = scenario_country(country);
    return true;
}

static bool number_read(const char *text, int64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoll(text, &end, 10);
    return isdigit((unsigned char)*text) && !*end && !errno;
}

static bool value_read(const struct scenario_parameter *row, const char *text, int64_t *value,
                       struct scenario_refusal *why)
{
    int64_t read;
    if (row->unit == country_unit) {
        if (!country_read(text, value))
            return refuse(why, "%s is a country's two letters, such as DE, or 0, not `%s`",
                          row->name, text);
        return true;
    }
    if (!number_read(text, &read) || read < row->low || read > row->high)
        return refuse(why, "%s is a whole number from %lld to %lld (%s), not `%s`", row->name,
                      (long long)row->low, (long long)row->high, row->unit, text);
    *value = read;
    return true;
}

/* Every name that could have been meant. */
static bool refuse_name(const struct scenario *scenario, const char *name,
                        struct scenario_refusal *why)
{
    char names[160];
    size_t length = 0;
    const struct scenario_parameter *lists[] = {scenario->parameters, common};
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; lists[l][i].name; i++) {
            int more = snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "",
                                lists[l][i].name);
            length += (size_t)more < sizeof names - length ? (size_t)more : 0;
        }
    return refuse(why, "`%.20s` is no parameter of %s: it has %s", name, scenario->name, names);
}

static bool pair_set(struct scenario_choice *choice, char *pair, struct scenario_refusal *why)
{
    int64_t *value = NULL;
    char *equals = strchr(pair, '=');
    if (!equals)
        return refuse(why, "`%.40s` is no NAME=VALUE", pair);
    *equals = '\0';
    const struct scenario_parameter *row = scenario_find(choice, pair, &value);
    if (!row)
        return refuse_name(choice->scenario, pair, why);
    return value_read(row, equals + 1, value, why);
}

bool scenario_set(struct scenario_choice *choice, const char *text, struct scenario_refusal *why)
{
    char copy[SCENARIO_REFUSAL_SIZE], *rest = copy, *pair;
    bool good = true;
    if (strlen(text) >= sizeof copy)
        return refuse(why, "too long: at most %zu characters", sizeof copy - 1);
    strcpy(copy, text);
    while (good && *text && (pair = strsep(&rest, ",")))
        good = pair_set(choice, pair, why);
    return good;
}

static bool refuse_scenario(const char *text, struct scenario_refusal *why)
{
    char names[160];
    size_t length = 0;
    for (size_t i = 0; i < SCENARIO_COUNT; i++)
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", i ? ", " : "",
                                   scenarios[i].name);
    return refuse(why, "there is no scenario `%.20s`: there are %s", text, names);
}

static void defaults(const struct scenario_parameter *rows, int64_t *values)
{
    for (size_t i = 0; rows[i].name; i++)
        values[i] = rows[i].otherwise;
}

bool scenario_choose(const char *text, struct scenario_choice *out, struct scenario_refusal *why)
{
    size_t length = strcspn(text, ":");
    *out = (struct scenario_choice) {0};
    for (size_t i = 0; i < SCENARIO_COUNT; i++)
        if (strlen(scenarios[i].name) == length && !strncmp(scenarios[i].name, text, length))
            out->scenario = &scenarios[i];
    if (!out->scenario)
        return refuse_scenario(text, why);
    defaults(out->scenario->parameters, out->own);
    defaults(common, out->common);
    return scenario_set(out, text + length + (text[length] == ':'), why);
}

/* ---- and back ---- */

void scenario_value_text(const struct scenario_parameter *parameter, int64_t value,
                         char out[static SCENARIO_VALUE_SIZE])
{
    if (parameter->unit == country_unit && value)
        scenario_country_text(value, out);
    else
        snprintf(out, SCENARIO_VALUE_SIZE, "%lld", (long long)value);
}

bool scenario_text(const struct scenario_choice *choice, char *out, size_t size)
{
    const struct scenario_parameter *lists[] = {choice->scenario->parameters, common};
    const int64_t *values[] = {choice->own, choice->common};
    size_t length = (size_t)snprintf(out, size, "%s", choice->scenario->name);
    bool first = true;
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; lists[l][i].name && length < size; i++) {
            char value[SCENARIO_VALUE_SIZE];
            if (values[l][i] == lists[l][i].otherwise)
                continue;
            scenario_value_text(&lists[l][i], values[l][i], value);
            length += (size_t)snprintf(out + length, size - length, "%s%s=%s", first ? ":" : ",",
                                       lists[l][i].name, value);
            first = false;
        }
    return length < size;
}
