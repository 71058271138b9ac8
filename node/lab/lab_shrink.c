#include "lab/lab_failure.h"
#include "lab/lab_verbs.h"
#include "swarm/apart.h"
#include "swarm/draw.h"

#include <jansson.h>
#include <string.h>

static const struct lab_flag flags[] = {
    {"out", "FILE", "where the small story goes"},
    {"seed", "N", "the story that is drawn from this seed; no FILE then"},
    {"report", "DIR", "draws the small one: index.html and its SVGs"},
    {"replays", "N", "at most so many (1000)"},
    {"seconds", "N", "at most so long (300)"},
    {"patience", "N", "a replay that takes longer fails, too: in seconds (60)"},
    {"here", NULL, "plays in this process: faster, and a story that ends it ends all"},
    {NULL, NULL, NULL},
};

static void sum_say(struct lab_call *call, const char *path, const struct shrunk *shrunk)
{
    const char *rest = shrunk->finished ? "" : "; there was more to try";
    if (!call->json) {
        fprintf(call->out, "%zu lines became %zu in %zu replays%s\n%s: %s\n", shrunk->lines_before,
                shrunk->lines, shrunk->replays, rest, path, shrunk->wrong);
        return;
    }
    json_t *sum = json_pack("{s:s, s:I, s:I, s:I, s:b, s:s+}", "file", path, "lines_before",
                            (json_int_t)shrunk->lines_before, "lines", (json_int_t)shrunk->lines,
                            "replays", (json_int_t)shrunk->replays, "finished",
                            (int)shrunk->finished, "wrong", shrunk->wrong, "");
    if (sum)
        json_dumpf(sum, call->out, JSON_COMPACT);
    fputc('\n', call->out);
    json_decref(sum);
}

/* The story: of a file, or of a seed. */
static enum lab_exit failure_find(struct lab_call *call, struct lab_failure *out)
{
    uint64_t seed;
    bool drawn = lab_given(call, "seed");
    if (drawn == (call->word_count == 1))
        return lab_wrong(call, LAB_USAGE, "usage", "peregrin-sim help shrink shows both",
                         "shrink takes either a FILE or a --seed");
    if (!drawn) {
        out->title = call->words[0];
        out->command = arena_format(call->arena, "peregrin-sim run %s", call->words[0]);
        return lab_read_story(call, call->words[0], &out->text) ? LAB_DONE : LAB_NOT_FOUND;
    }
    if (!lab_number(call, "seed", 0, UINT64_MAX, 0, &seed))
        return LAB_USAGE;
    const char *story = draw_story(seed, 0, call->arena);
    if (!story)
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    out->text = bytes_text(story);
    out->title = arena_format(call->arena, "Seed 0x%llx", (unsigned long long)seed);
    out->command =
        arena_format(call->arena, "peregrin-sim run --seed 0x%llx", (unsigned long long)seed);
    return LAB_DONE;
}

static enum lab_exit shrink(struct lab_call *call)
{
    struct shrunk shrunk;
    uint64_t replays, seconds, patience;
    struct lab_failure failure = {.here = lab_given(call, "here")};
    const char *path = lab_value(call, "out", NULL), *report = lab_value(call, "report", NULL);
    if (!path)
        return lab_wrong(call, LAB_USAGE, "usage", "peregrin-sim shrink FILE --out small.story",
                         "shrink wants --out: where the small story goes");
    if (!lab_number(call, "replays", 1, 1000000, SHRINK_REPLAYS, &replays) ||
        !lab_number(call, "seconds", 1, 1000000, SHRINK_SECONDS, &seconds) ||
        !lab_number(call, "patience", 1, 1000000, APART_SECONDS, &patience))
        return LAB_USAGE;
    enum lab_exit status = failure_find(call, &failure);
    if (status)
        return status;
    failure.replays = (size_t)replays;
    failure.seconds = (unsigned)seconds;
    failure.patience = (unsigned)patience;
    status = lab_failure_shrink(call, &failure, &shrunk);
    if (status)
        return status;
    if (!lab_write(call, path, bytes_text(shrunk.text)))
        status = LAB_UNEXPECTED;
    else
        sum_say(call, path, &shrunk);
    if (!status && report && !lab_failure_draw(call, &failure, &shrunk, report))
        status = LAB_UNEXPECTED;
    shrink_free(&shrunk);
    return status ? status : *call->stop ? LAB_INTERRUPTED : LAB_DONE;
}

const struct lab_verb lab_shrink_verb = {
    .name = "shrink",
    .words = "[FILE]",
    .least = 0,
    .most = 1,
    .meaning = "makes a failing story small, and draws it",
    .more =
        "Lines, nodes, names and times go, as long as what is left fails in the same way: the\n"
        "same claim, broken in the same words. No fault is left open that the story healed. Each\n"
        "try is a whole replay, and what is written was seen to fail. Once the bug is mended, the\n"
        "file is a regression test: it goes to tests/stories.",
    .example = "shrink --seed 0x2a --out small.story --report page",
    .flags = flags,
    .run = shrink,
};
