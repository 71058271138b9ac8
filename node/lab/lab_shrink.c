#include "lab/lab_verbs.h"
#include "swarm/apart.h"
#include "swarm/shrink.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

static const struct lab_flag flags[] = {
    {"out", "FILE", "where the small story goes"},
    {"replays", "N", "at most so many (1000)"},
    {"seconds", "N", "at most so long (300)"},
    {"here", NULL, "plays in this process: faster, and a story that ends it ends all"},
    {NULL, NULL, NULL},
};

struct telling {
    struct lab_call *call;
    bool terminal; /* progress is for a person */
};

static bool tell(void *self, const struct shrink_progress *progress)
{
    const struct telling *telling = self;
    if (telling->terminal)
        fprintf(telling->call->err, "\r\033[K%zu of at most %zu replays, %zu of %zu lines: %s",
                progress->replays, progress->replays_max, progress->lines, progress->lines_before,
                progress->deed);
    return !*telling->call->stop;
}

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

static enum lab_exit shrink(struct lab_call *call)
{
    struct bytes text;
    struct shrunk shrunk;
    uint64_t replays, seconds;
    struct telling telling = {call, !call->json && isatty(fileno(call->err))};
    const char *path = lab_value(call, "out", NULL);
    if (!path || !*path)
        return lab_wrong(call, LAB_USAGE, "usage", "peregrin-sim shrink FILE --out small.story",
                         "shrink wants --out: where the small story goes");
    if (!lab_number(call, "replays", 1, 1000000, SHRINK_REPLAYS, &replays) ||
        !lab_number(call, "seconds", 1, 1000000, SHRINK_SECONDS, &seconds))
        return LAB_USAGE;
    if (!lab_read(call, call->words[0], &text))
        return LAB_NOT_FOUND;
    struct shrink_settings settings = {
        .replays_max = (size_t)replays,
        .seconds_max = (unsigned)seconds,
        .play = lab_given(call, "here") ? NULL : apart_play,
        .tell = tell,
        .tell_self = &telling,
        .origin = arena_format(call->arena, "peregrin-sim run %s", call->words[0]),
    };
    enum shrink_result result = shrink_story(text, &settings, &shrunk);
    if (telling.terminal)
        fprintf(call->err, "\r\033[K");
    if (result == SHRINK_HOLDS)
        return lab_wrong(call, LAB_PROBLEMS, "holds", "peregrin-sim run shows what it says",
                         "%s does not fail: there is nothing to shrink", call->words[0]);
    if (result)
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    enum lab_exit status = LAB_UNEXPECTED;
    if (lab_write(call, path, bytes_text(shrunk.text))) {
        sum_say(call, path, &shrunk);
        status = *call->stop ? LAB_INTERRUPTED : LAB_DONE;
    }
    shrink_free(&shrunk);
    return status;
}

const struct lab_verb lab_shrink_verb = {
    .name = "shrink",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .meaning = "makes a failing story small",
    .more =
        "Lines, nodes, names and times go, as long as what is left fails in the same way: the\n"
        "same claim, broken in the same words. No fault is left open that the story healed. Each\n"
        "try is a whole replay, and what is written was seen to fail. Once the bug is mended, the\n"
        "file is a regression test: it goes to tests/stories.",
    .example = "shrink failing.story --out small.story",
    .flags = flags,
    .run = shrink,
};
