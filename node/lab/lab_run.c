#include "lab/lab_draw.h"
#include "lab/lab_verbs.h"
#include "swarm/draw.h"

#include <string.h>

static const struct lab_flag flags[] = {
    {"seed", "N", "plays the story that is drawn from this seed; no FILE then"},
    {"write", "FILE", "writes the drawn story there, too"},
    {"trace", "FILE", "writes all that happens there, as CSV"},
    {"report", "DIR", "draws it: index.html and its SVGs"},
    {NULL, NULL, NULL},
};

/* The story: of a file, or of a seed. */
static enum lab_exit text_find(struct lab_call *call, struct bytes *text)
{
    uint64_t seed;
    bool drawn = lab_given(call, "seed");
    if (drawn == (call->word_count == 1))
        return lab_wrong(call, LAB_USAGE, "usage", "peregrin-sim help run shows both",
                         "run plays either a FILE or a --seed");
    if (!drawn)
        return lab_read(call, call->words[0], text) ? LAB_DONE : LAB_NOT_FOUND;
    if (!lab_number(call, "seed", 0, UINT64_MAX, 0, &seed))
        return LAB_USAGE;
    const char *story = draw_story(seed, 0, call->arena);
    if (!story)
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    *text = bytes_text(story);
    const char *path = lab_value(call, "write", NULL);
    return !path || lab_write(call, path, *text) ? LAB_DONE : LAB_UNEXPECTED;
}

static struct film_facts facts_of(struct lab_call *call, struct bytes text)
{
    bool drawn = lab_given(call, "seed");
    const char *which = drawn ? lab_value(call, "seed", "") : call->words[0];
    return (struct film_facts) {
        .title = arena_format(call->arena, drawn ? "Seed %s" : "%s", which),
        .replay = arena_format(call->arena, "peregrin-sim run %s%s", drawn ? "--seed " : "", which),
        .text = text,
        .program = "peregrin-sim",
    };
}

/* What did not hold, or was told otherwise than a lower half has it. */
static enum lab_exit verdict(struct lab_call *call, struct bytes text, const struct story *story)
{
    char where[1024];
    struct bytes upper, lower;
    story_halves(text, &upper, &lower);
    if (story->wrong)
        return lab_wrong(call, LAB_PROBLEMS, "story", NULL, "%s", story->wrong);
    if (lower.size && story_differs(story, lower, where, sizeof where))
        return lab_wrong(call, LAB_PROBLEMS, "told", NULL, "%s", where);
    return LAB_DONE;
}

/* The upper half is played; what the nodes said is the result, and is compared with a lower half.
 */
static enum lab_exit run(struct lab_call *call)
{
    struct bytes text;
    struct story story;
    struct lab_draw draw;
    struct story_watch watch;
    enum lab_exit status = text_find(call, &text);
    if (status)
        return status;
    if (!lab_draw_begin(call, &draw))
        return LAB_UNEXPECTED;
    if (!story_play_watched(text, lab_draw_watch(&draw, &watch), &story))
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    fwrite(story.said, 1, story.size, call->out);
    status = verdict(call, text, &story);
    struct film_facts facts = facts_of(call, text);
    if (!lab_draw_end(call, &draw, &story, &facts))
        status = LAB_UNEXPECTED;
    story_free(&story);
    return status;
}

const struct lab_verb lab_run_verb = {
    .name = "run",
    .words = "[FILE]",
    .least = 0,
    .most = 1,
    .meaning = "plays a story, of a file or of a seed, and says what the nodes said",
    .more =
        "Where a line `--` and more stands below it, the nodes must say just that. Exit 11 when\n"
        "something does not hold, or is told otherwise.",
    .example = "run --seed 0x2a --write 2a.story",
    .flags = flags,
    .run = run,
};
