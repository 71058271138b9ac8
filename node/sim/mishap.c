#include "sim/mishap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the network ---- */

bool mishap_network(struct play *play, const struct play_line *line)
{
    struct world_network faults = {.delay_us = 5000};
    for (size_t i = 0; i + 1 < line->count; i += 2) {
        const char *name = line->words[i].text;
        const struct play_word *much = &line->words[i + 1];
        if (strcmp(name, "delay") == 0)
            faults.delay_us = much->time_us;
        else if (strcmp(name, "jitter") == 0)
            faults.jitter_us = much->time_us;
        else if (strcmp(name, "loss") == 0)
            faults.loss_permille = (uint32_t)much->count * 10;
        else if (strcmp(name, "duplicate") == 0)
            faults.duplicate_permille = (uint32_t)much->count * 10;
        else if (strcmp(name, "reorder") == 0)
            faults.reorder_permille = (uint32_t)much->count * 10;
        else
            return play_wrong(play, "a network has no %s", name);
    }
    world_network(play->world, faults);
    return true;
}

bool mishap_cut(struct play *play, const struct play_line *line)
{
    world_cut(play->world, line->words[0].node, line->words[1].node, true);
    return true;
}

bool mishap_mend(struct play *play, const struct play_line *line)
{
    world_cut(play->world, line->words[0].node, line->words[1].node, false);
    return true;
}

/* ---- taps ---- */

static void frame_keep(struct play *play, const struct world_passing *passing)
{
    struct bytes copy = arena_copy(play->arena, (struct bytes) {passing->wire, passing->size});
    play->kept.frame = *passing;
    play->kept.frame.wire = (uint8_t *)copy.data;
}

bool mishap_tap(void *self, struct world *world, const struct world_passing *passing)
{
    struct play *play = self;
    (void)world;
    for (size_t i = 0; i < play->tap_count; i++) {
        struct play_tap *tap = &play->taps[i];
        if (!tap->left || strcmp(tap->what, passing->what) != 0 || tap->from != passing->from ||
            tap->to != passing->to)
            continue;
        if (tap->spared) {
            tap->spared--;
            continue;
        }
        if (tap->left != UINT64_MAX)
            tap->left--;
        switch (tap->deed) {
        case PLAY_DROP: return false;
        case PLAY_CORRUPT: passing->wire[passing->size - 1] ^= 1; return true;
        case PLAY_KEEP: frame_keep(play, passing); break; /* and whatever else befalls it */
        }
    }
    return true;
}

/* words: what, from, to. */
static bool tap_add(struct play *play, enum play_deed deed, uint64_t left,
                    const struct play_word *words)
{
    if (play->tap_count == PLAY_TAPS_MAX)
        return play_wrong(play, "too many taps");
    struct play_tap *tap = &play->taps[play->tap_count++];
    *tap =
        (struct play_tap) {.deed = deed, .from = words[1].node, .to = words[2].node, .left = left};
    snprintf(tap->what, sizeof tap->what, "%s", words[0].text);
    return true;
}

bool mishap_drop(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_DROP, 1, line->words);
}

/* words: what, number, from, to. */
bool mishap_drop_number(struct play *play, const struct play_line *line)
{
    struct play_word words[] = {line->words[0], line->words[2], line->words[3]};
    bool added = tap_add(play, PLAY_DROP, 1, words);
    if (added && line->words[1].count)
        play->taps[play->tap_count - 1].spared = line->words[1].count - 1;
    return added;
}

bool mishap_drop_every(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_DROP, UINT64_MAX, line->words);
}

bool mishap_corrupt(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_CORRUPT, 1, line->words);
}

bool mishap_keep(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_KEEP, 1, line->words);
}

bool mishap_pass(struct play *play, const struct play_line *line)
{
    (void)line;
    for (size_t i = 0; i < play->tap_count; i++)
        if (play->taps[i].left == UINT64_MAX)
            play->taps[i].left = 0;
    return true;
}

bool mishap_replay(struct play *play, const struct play_line *line)
{
    (void)line;
    if (!play->kept.frame.wire)
        return play_wrong(play, "no frame was kept");
    world_inject(play->world, &play->kept.frame);
    return true;
}

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
