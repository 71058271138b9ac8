#include "sim/mishap.h"

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
        if (!world_up(play->world, i) && !world_start(play->world, i))
            return play_wrong(play, "the node cannot be opened");
    }
    return true;
}

static bool falls(struct play *play, const struct play_line *line, enum world_fall fall)
{
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

bool mishap_backs_up(struct play *play, const struct play_line *line)
{
    world_backup(play->world, line->words[0].node);
    return true;
}

bool mishap_restores(struct play *play, const struct play_line *line)
{
    size_t node = line->words[0].node;
    if (world_up(play->world, node))
        world_stop(play->world, node);
    world_restore(play->world, node);
    return world_start(play->world, node) || play_wrong(play, "the node cannot be opened");
}

bool mishap_clock(struct play *play, const struct play_line *line)
{
    world_clock(play->world, line->words[0].node, line->words[1].time_us);
    return true;
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
