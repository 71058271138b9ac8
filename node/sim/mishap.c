#include "sim/mishap.h"

#include "sim/chance.h"
#include "sim/mishap_network.h"
#include "sim/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- processes ---- */

static bool must_be(struct play *play, size_t node, bool up)
{
    if (world_up(play->world, node) == up)
        return true;
    return play_wrong(play, "%s is %s", world_institution(play->world, node),
                      up ? "down" : "already up");
}

/* Of what was not synced some sectors stay, others as often as the moment is another one. */
bool mishap_power(struct play *play, const struct play_line *line)
{
    uint64_t key = play->seed + chance_mark("power");
    size_t node = line->words[0].node;
    if (!must_be(play, node, true))
        return false;
    world_power_cut(play->world, node, chance_draw(key, node, (uint64_t)world_now(play->world).us));
    return true;
}

bool mishap_stops(struct play *play, const struct play_line *line)
{
    size_t node = line->words[0].node;
    if (!must_be(play, node, true))
        return false;
    world_stop(play->world, node);
    return true;
}

bool mishap_starts(struct play *play, const struct play_line *line)
{
    size_t node = line->words[0].node;
    if (!must_be(play, node, false))
        return false;
    return world_start(play->world, node) || play_wrong(play, "the node cannot be opened");
}

bool mishap_all_start(struct play *play, const struct play_line *line)
{
    (void)line;
    for (size_t i = 0; i < world_count(play->world); i++) {
        world_fall(play->world, i, WORLD_COMMIT_FAILS, NULL);
        world_fall_in(play->world, i, WORLD_COMMIT_FAILS, 0);
        if (!world_up(play->world, i) && !world_start(play->world, i))
            return play_wrong(play, "the node cannot be opened");
    }
    return true;
}

bool mishap_cannot_start(struct play *play, const struct play_line *line)
{
    size_t node = line->words[0].node;
    if (!must_be(play, node, false))
        return false;
    return !world_start(play->world, node) ||
           play_wrong(play, "%s starts all the same", line->words[0].text);
}

bool mishap_starts_again(struct play *play, const struct play_line *line)
{
    return world_up(play->world, line->words[0].node) || mishap_starts(play, line);
}

static bool falls_in(struct play *play, const struct play_line *line, enum world_fall fall)
{
    world_fall_in(play->world, line->words[0].node, fall, line->words[1].count);
    return line->words[1].count || play_wrong(play, "commits are counted from 1");
}

bool mishap_dies_before_number(struct play *play, const struct play_line *line)
{
    return falls_in(play, line, WORLD_CRASH_BEFORE_COMMIT);
}

bool mishap_dies_after_number(struct play *play, const struct play_line *line)
{
    return falls_in(play, line, WORLD_CRASH_AFTER_COMMIT);
}

bool mishap_cannot_commit_number(struct play *play, const struct play_line *line)
{
    return falls_in(play, line, WORLD_COMMIT_FAILS);
}

static bool falls(struct play *play, const struct play_line *line, enum world_fall fall)
{
    if (!mishap_network_stepped(play, line->words[1].text))
        return false;
    world_fall(play->world, line->words[0].node, fall,
               arena_text(play->arena, bytes_text(line->words[1].text)));
    return true;
}

bool mishap_dies_before(struct play *play, const struct play_line *line)
{
    return falls(play, line, WORLD_CRASH_BEFORE_COMMIT);
}

bool mishap_dies_after(struct play *play, const struct play_line *line)
{
    return falls(play, line, WORLD_CRASH_AFTER_COMMIT);
}

bool mishap_cannot_commit(struct play *play, const struct play_line *line)
{
    return falls(play, line, WORLD_COMMIT_FAILS);
}

bool mishap_starts_twice(struct play *play, const struct play_line *line)
{
    size_t twin;
    return twin_make(play->world, line->words[0].node, &twin) ||
           play_wrong(play, "%s cannot be started once more", line->words[0].text);
}

/* words: node, and perhaps the backup's name. */
static const char *backup_name(const struct play_line *line)
{
    return line->count > 1 ? line->words[1].text : "";
}

bool mishap_backs_up(struct play *play, const struct play_line *line)
{
    world_backup_as(play->world, line->words[0].node, backup_name(line));
    return true;
}

bool mishap_restores(struct play *play, const struct play_line *line)
{
    size_t node = line->words[0].node;
    if (world_up(play->world, node))
        world_stop(play->world, node);
    bool restored = world_restore_as(play->world, node, backup_name(line));
    return (world_start(play->world, node) || play_wrong(play, "the node cannot be opened")) &&
           (restored || play_wrong(play, "there is no such backup of %s",
                                   world_institution(play->world, node)));
}

bool mishap_clock(struct play *play, const struct play_line *line)
{
    world_clock(play->world, line->words[0].node, line->words[1].time_us);
    return true;
}

/* `2038-01-19`, or `2038-01-19T03:14:07`. */
static bool moment_read(const char *text, int64_t *us)
{
    int64_t days;
    int hour = 0, minute = 0, second = 0, end = 0;
    size_t date = strcspn(text, "T");
    if (!instant_date((struct bytes) {(const uint8_t *)text, date}, &days))
        return false;
    if (text[date] &&
        (sscanf(text + date + 1, "%2d:%2d:%2d%n", &hour, &minute, &second, &end) != 3 ||
         text[date + 1 + (size_t)end] || hour > 23 || minute > 59 || second > 59))
        return false;
    *us = (((days * 24 + hour) * 60 + minute) * 60 + second) * INSTANT_SECOND;
    return true;
}

static bool clock_at(struct play *play, const char *text, size_t node)
{
    int64_t us;
    if (!moment_read(text, &us))
        return play_wrong(play, "%s is neither YYYY-MM-DD nor YYYY-MM-DDTHH:MM:SS", text);
    world_clock(play->world, node, us - world_now(play->world).us);
    return true;
}

bool mishap_clock_at(struct play *play, const struct play_line *line)
{
    return clock_at(play, line->words[1].text, line->words[0].node);
}

bool mishap_clocks_at(struct play *play, const struct play_line *line)
{
    bool set = true;
    for (size_t i = 0; set && i < world_count(play->world); i++)
        set = clock_at(play, line->words[0].text, i);
    return set;
}

static bool clock_runs(struct play *play, const struct play_line *line, int sign)
{
    static const int64_t day = 86400 * (int64_t)INSTANT_SECOND;
    int64_t much = line->words[1].time_us;
    if (much < 0 || much >= day)
        return play_wrong(play, "a clock gains or loses less than a day in a day");
    world_clock_rate(play->world, line->words[0].node, sign * much);
    return true;
}

bool mishap_clock_gains(struct play *play, const struct play_line *line)
{
    return clock_runs(play, line, 1);
}

bool mishap_clock_loses(struct play *play, const struct play_line *line)
{
    return clock_runs(play, line, -1);
}

bool mishap_pings(struct play *play, const struct play_line *line)
{
    world_ping(play->world, line->words[0].node, line->words[1].node);
    return true;
}

/* ---- by hand ---- */

static bool orders(struct play *play, const struct play_line *line, enum event_order_kind what,
                   const char *done)
{
    char text[96];
    size_t node = line->words[0].node;
    const struct event_order order = {
        .what = what,
        .own = world_institution(play->world, node),
        .partner = world_institution(play->world, line->words[1].node),
        .reason = what == EVENT_SUSPEND ? "by the story" : NULL,
    };
    struct event_answer answer = world_order(play->world, node, &order);
    if (answer.verdict)
        return play_wrong(play, "%s: %s", order.partner, verdict_text(answer.verdict)->sentence);
    snprintf(text, sizeof text, "%s: %zu %s", order.partner, answer.moved, done);
    play_say(play, node, '>', text);
    return true;
}

bool mishap_suspends(struct play *play, const struct play_line *line)
{
    return orders(play, line, EVENT_SUSPEND, "suspended");
}

bool mishap_resumes(struct play *play, const struct play_line *line)
{
    return orders(play, line, EVENT_RESUME, "resumed");
}

bool mishap_retries(struct play *play, const struct play_line *line)
{
    return orders(play, line, EVENT_RETRY, "tried again");
}
