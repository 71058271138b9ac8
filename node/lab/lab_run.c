#include "lab/lab_draw.h"
#include "lab/lab_verbs.h"
#include "swarm/draw.h"

#include <jansson.h>
#include <stdlib.h>
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
        return lab_read_story(call, call->words[0], text) ? LAB_DONE : LAB_NOT_FOUND;
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

/* What did not hold, or was told otherwise than a lower half has it; NULL: nothing. */
static const char *wrong_of(struct lab_call *call, struct bytes text, const struct story *story)
{
    char where[1024];
    struct bytes upper, lower;
    story_halves(text, &upper, &lower);
    if (story->wrong || !lower.size || !story_differs(story, lower, where, sizeof where))
        return story->wrong;
    return arena_text(call->arena, bytes_text(where));
}

/* A story may hold any bytes, a program reads UTF-8. */
static json_t *text_json(const char *text, size_t size)
{
    json_t *string = json_stringn(text, size);
    char *plain = string ? NULL : malloc(size + 1);
    for (size_t i = 0; plain && i < size; i++)
        plain[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
    if (plain)
        string = json_stringn(plain, size);
    free(plain);
    return string;
}

static void say_json(struct lab_call *call, const struct story *story, const char *wrong)
{
    char hash[2 * DIGEST_SIZE + 1];
    json_t *said = json_array();
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(hash + 2 * i, 3, "%02x", story->hash.bytes[i]);
    for (size_t at = 0, length; at < story->size; at += length + 1) {
        length = strcspn(story->said + at, "\n");
        json_array_append_new(said, text_json(story->said + at, length));
    }
    json_t *object = json_pack("{s:b, s:o, s:I, s:f, s:s, s:o}", "holds", wrong == NULL, "wrong",
                               wrong ? text_json(wrong, strlen(wrong)) : json_null(), "events",
                               (json_int_t)story->events, "virtual_seconds",
                               (double)story->virtual_us / 1e6, "hash", hash, "said", said);
    if (object)
        json_dumpf(object, call->out, JSON_COMPACT);
    fputc('\n', call->out);
    json_decref(object);
}

static enum lab_exit tell(struct lab_call *call, const struct story *story, const char *wrong)
{
    if (story->wrong && story_untold(story->wrong))
        return lab_wrong(call, LAB_USAGE, "story",
                         "the lines of a story stand in tests/stories/README.md", "%s", wrong);
    if (call->json)
        say_json(call, story, wrong);
    else if (wrong)
        lab_wrong(call, LAB_PROBLEMS, "story", NULL, "%s", wrong);
    return wrong ? LAB_PROBLEMS : LAB_DONE;
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
    if (!call->json)
        fwrite(story.said, 1, story.size, call->out);
    status = tell(call, &story, wrong_of(call, text, &story));
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
        "something does not hold, or is told otherwise; 2 when it is no story.",
    .example = "run --seed 0x2a --write 2a.story",
    .flags = flags,
    .run = run,
};
