#include "swarm/trial.h"

#include "sim/story.h"
#include "swarm/dice.h"
#include "swarm/draw.h"
#include "swarm/probe.h"

#include <stdio.h>
#include <string.h>

enum { ARENA = 64 * 1024 * 1024, TWICE_PERMILLE = 50 };

/* I15: equal seed, equal hash. */
static bool play_again(struct bytes text, const struct story *first, struct trial *out)
{
    struct story second;
    if (!story_play(text, &second))
        return false;
    out->events += second.events;
    out->node_us *= 2;
    if (!digest_equal(&second.hash, &first->hash)) {
        out->failed = true;
        snprintf(out->wrong, sizeof out->wrong, "I15: the same story has another hash");
    }
    story_free(&second);
    return true;
}

bool trial_play(uint64_t seed, uint64_t without, struct trial *out)
{
    struct dice dice = dice_of(seed, "twice", 0);
    struct arena *arena = arena_open(ARENA);
    const char *text = arena ? draw_story(seed, without, arena) : NULL;
    struct story story;
    struct draw_world world;
    struct probe probe = {0};
    struct story_watch watch = {
        .watcher = probe_note, .begun = probe_begin, .ended = probe_end, .self = &probe};
    draw_world(seed, &world);
    *out = (struct trial) {.twice = dice_falls(&dice, TWICE_PERMILLE)};
    bool played = text && story_play_watched(bytes_text(text), &watch, &story);
    if (played) {
        out->failed = story.wrong;
        out->events = story.events;
        out->node_us = world.count * (uint64_t)story.virtual_us;
        out->probes = probe.visited;
        out->hash = story.hash;
        snprintf(out->wrong, sizeof out->wrong, "%s", story.wrong ? story.wrong : "");
        if (out->twice && !out->failed)
            played = play_again(bytes_text(text), &story, out);
        story_free(&story);
    }
    arena_close(arena);
    return played;
}
