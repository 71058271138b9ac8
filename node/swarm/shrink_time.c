#include "swarm/shrink_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a person would have written, ascending. */
static const char *const times[] = {"0ms", "1ms", "10ms", "100ms", "1s", "5s", "10s", "30s", "1m",
                                    "5m",  "10m", "1h",   "6h",    "1d", "2d", "7d",  "30d"};
enum { TIME_COUNT = sizeof times / sizeof *times };

static const struct {
    const char *unit;
    int64_t us;
} units[] = {{"d", 86400000000}, {"h", 3600000000}, {"m", 60000000},
             {"s", 1000000},     {"ms", 1000},      {"us", 1}};
enum { UNIT_COUNT = sizeof units / sizeof *units };

static bool time_read(const char *word, size_t length, int64_t *out)
{
    char copy[32], *end;
    if (length >= sizeof copy)
        return false;
    memcpy(copy, word, length);
    copy[length] = '\0';
    long long number = strtoll(copy, &end, 10);
    for (size_t i = 0; end != copy && i < UNIT_COUNT; i++)
        if (strcmp(end, units[i].unit) == 0 && number < INT64_MAX / units[i].us &&
            number > INT64_MIN / units[i].us) {
            *out = number * units[i].us;
            return true;
        }
    return false;
}

/* In the largest unit that says it exactly. */
static void time_write(int64_t us, char out[static 32])
{
    size_t i = 0;
    while (i + 1 < UNIT_COUNT && us % units[i].us)
        i++;
    snprintf(out, 32, "%" PRId64 "%s", us / units[i].us, units[i].unit);
    if (!us)
        snprintf(out, 32, "0s");
}

/* How many of the round times are shorter. */
static size_t rounds_below(int64_t us)
{
    int64_t than;
    size_t count = 0;
    while (count < TIME_COUNT && time_read(times[count], strlen(times[count]), &than) && than < us)
        count++;
    return count;
}

/* ---- a word ---- */

bool shrink_time_word(struct hunt *hunt, size_t line, size_t number)
{
    size_t length;
    int64_t is;
    const char *word = cut_word(hunt->best.lines[line], number, &length);
    char sign[2] = {*word == '+' || *word == '-' ? *word : '\0'};
    if (!time_read(word, length, &is) || is == 0)
        return false;
    bool gained = false;
    size_t low = 1, high = rounds_below(is < 0 ? -is : is); /* not 0: that is another line */
    while (low < high && !hunt->over) {
        char other[16];
        size_t middle = (low + high) / 2;
        snprintf(other, sizeof other, "%s%s", sign, times[middle]);
        if (hunt_word(hunt, line, number, other)) {
            gained = true;
            high = middle;
        } else
            low = middle + 1;
        if (line >= hunt->best.count)
            return gained;
    }
    return gained;
}

/* ---- between lines ---- */

static bool line_at(const char *line, int64_t *us)
{
    size_t length;
    const char *word = cut_word(line, 1, &length);
    return cut_deed(line) != line && time_read(word, length, us);
}

/* From this line on all is earlier by so much; NULL lines: no memory. */
static struct cut earlier(const struct hunt *hunt, size_t from, int64_t by)
{
    struct cut out = cut_out(&hunt->best, 0, 0, hunt->arena);
    for (size_t i = from; out.lines && i < out.count; i++) {
        int64_t us;
        char text[32];
        if (!line_at(out.lines[i], &us))
            continue;
        time_write(us - by, text);
        out.lines[i] = cut_reword(out.lines[i], 1, text, hunt->arena);
        if (!out.lines[i])
            out.lines = NULL;
    }
    return out;
}

static int64_t before(const struct hunt *hunt, size_t line)
{
    int64_t us;
    while (line-- > 0)
        if (line_at(hunt->best.lines[line], &us))
            return us;
    return 0;
}

static bool gap_simplify(struct hunt *hunt, size_t line)
{
    bool gained = false;
    int64_t at, since = before(hunt, line), shorter;
    if (!line_at(hunt->best.lines[line], &at) || at <= since)
        return false;
    size_t low = 0, high = rounds_below(at - since);
    while (low < high && !hunt->over) {
        size_t middle = (low + high) / 2;
        bool read = time_read(times[middle], strlen(times[middle]), &shorter);
        if (read && hunt_try(hunt, earlier(hunt, line, at - since - shorter))) {
            gained = true;
            high = middle;
            at = since + shorter;
        } else
            low = middle + 1;
        if (line >= hunt->best.count)
            return gained;
    }
    return gained;
}

/* No gap is longer than that. */
static struct cut all_within(const struct hunt *hunt, int64_t most)
{
    struct cut out = cut_out(&hunt->best, 0, 0, hunt->arena);
    int64_t was = 0, is = 0, us;
    for (size_t i = 0; out.lines && i < out.count; i++) {
        char text[32];
        if (!line_at(out.lines[i], &us))
            continue;
        is += us - was < most ? us - was : most;
        was = us;
        time_write(is, text);
        out.lines[i] = cut_reword(out.lines[i], 1, text, hunt->arena);
        if (!out.lines[i])
            out.lines = NULL;
    }
    return out;
}

bool shrink_time_gaps(struct hunt *hunt)
{
    bool gained = false;
    int64_t most;
    for (size_t i = 0; i < TIME_COUNT && !gained && !hunt->over; i++)
        if (time_read(times[i], strlen(times[i]), &most))
            gained = hunt_try(hunt, all_within(hunt, most));
    for (size_t i = 0; i < hunt->best.count && !hunt->over; i++)
        gained = gap_simplify(hunt, i) || gained;
    return gained;
}
