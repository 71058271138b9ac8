#include "sim/passage.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 256, WORDS_MIN = 1024 };

/* One way: what a node dialled, and its partner let in. Frames are numbered as they leave, so each
 * session is a stretch of numbers behind its opening. */
struct way {
    uint64_t opened; /* the opening that was taken last */
    uint64_t began;  /* and the one whose session is in use: what is older is of a dead one */
};

struct passage {
    const struct world *world;
    size_t count;
    struct way *ways;     /* [from][to] */
    uint64_t *refused;    /* by node: frames for want of credit, as its engine counts them */
    uint64_t *taken;      /* a bit for each frame */
    uint64_t taken_words; /* of them */
    bool distrusts;
    char wrong[WORD_MAX];
};

struct passage *passage_open(const struct world *world)
{
    struct passage *passage = calloc(1, sizeof *passage);
    if (!passage)
        return NULL;
    passage->world = world;
    passage->count = world_count(world);
    passage->ways = calloc(passage->count * passage->count, sizeof *passage->ways);
    passage->refused = calloc(passage->count, sizeof *passage->refused);
    if (passage->ways && passage->refused)
        return passage;
    passage_close(passage);
    return NULL;
}

void passage_close(struct passage *passage)
{
    if (!passage)
        return;
    free(passage->ways);
    free(passage->refused);
    free(passage->taken);
    free(passage);
}

void passage_distrust(struct passage *passage)
{
    passage->distrusts = true;
}

/* ---- each once ---- */

static bool room_for(struct passage *passage, uint64_t frame)
{
    if (frame / 64 < passage->taken_words)
        return true;
    uint64_t words = passage->taken_words ? passage->taken_words : WORDS_MIN;
    while (words <= frame / 64)
        words *= 2;
    uint64_t *larger = realloc(passage->taken, words * sizeof *larger);
    if (!larger)
        return false;
    memset(larger + passage->taken_words, 0, (words - passage->taken_words) * sizeof *larger);
    passage->taken = larger;
    passage->taken_words = words;
    return true;
}

/* True: it was taken before. */
static bool taken_before(struct passage *passage, uint64_t frame)
{
    if (!room_for(passage, frame))
        return false;
    uint64_t bit = (uint64_t)1 << frame % 64, *word = &passage->taken[frame / 64];
    bool before = *word & bit;
    *word |= bit;
    return before;
}

/* What a node took in a group that was not kept, it may take again; and so may who went back to a
 * backup. Sessions end with the process, so only openings come again. */
static void forget(struct passage *passage, size_t node)
{
    for (size_t from = 0; from < passage->count; from++) {
        uint64_t frame = passage->ways[from * passage->count + node].opened;
        if (frame && room_for(passage, frame))
            passage->taken[frame / 64] &= ~((uint64_t)1 << frame % 64);
        passage->ways[from * passage->count + node].opened = 0;
    }
}

/* ---- one event ---- */

static const char *wrong(struct passage *passage, const struct world_event *event, const char *what)
{
    snprintf(passage->wrong, sizeof passage->wrong, "I10: %s took a frame `%s` of %s %s",
             world_institution(passage->world, event->other), event->what,
             world_institution(passage->world, event->node), what);
    return passage->wrong;
}

static const char *taken(struct passage *passage, const struct world_event *event)
{
    struct way *way = &passage->ways[event->node * passage->count + event->other];
    bool opens = strcmp(event->what, "opening") == 0;
    if (taken_before(passage, event->frame))
        return wrong(passage, event, "a second time");
    if (!event->dialled)
        return NULL;
    if (opens)
        way->opened = event->frame;
    else if (event->frame < way->began)
        return wrong(passage, event, "in a session that was replaced");
    else if (way->opened && event->frame > way->opened)
        way->began = way->opened;
    return NULL;
}

/* Whatever is said of it, and whoever sent it. */
static const char *kept(struct passage *passage, const struct world_event *event)
{
    snprintf(passage->wrong, sizeof passage->wrong, "I10: %s refused a frame `%s` of %s, and %s",
             world_institution(passage->world, event->other), event->what,
             world_institution(passage->world, event->node),
             event->work.writes ? "wrote to its store" : "its store is another one");
    return passage->wrong;
}

/* A partner that keeps the rules says nothing for which there is no credit. */
static const char *refused(struct passage *passage, const struct world_event *event)
{
    const struct engine *engine = world_engine(passage->world, event->other);
    uint64_t now = engine ? engine_tally(engine)->frames_refused[VERDICT_UNAVAILABLE] : 0;
    bool more = now > passage->refused[event->other];
    passage->refused[event->other] = now;
    if (!more || passage->distrusts || strcmp(event->what, "deliver") != 0)
        return NULL;
    snprintf(passage->wrong, sizeof passage->wrong,
             "I9: %s sent records to %s that had given no credit for them",
             world_institution(passage->world, event->node),
             world_institution(passage->world, event->other));
    return passage->wrong;
}

const char *passage_note(struct passage *passage, const struct world_event *event)
{
    assert(event->node < passage->count && event->other < passage->count);
    switch (event->deed) {
    case WORLD_ARRIVED:
        if (event->refused && (event->work.writes || event->work.changed))
            return kept(passage, event);
        if (event->refused)
            return refused(passage, event);
        return event->frame ? taken(passage, event) : NULL;
    case WORLD_STARTED: passage->refused[event->node] = 0; return NULL;
    case WORLD_STOPPED:
        if (strcmp(event->why, "before commit") == 0 || strcmp(event->why, "fault") == 0)
            forget(passage, event->node);
        return NULL;
    case WORLD_RESTORED: forget(passage, event->node); return NULL;
    default: return NULL;
    }
}
