#include "lab/lab_verbs.h"
#include "sim/story.h"

#include <string.h>

static const struct lab_flag flags[] = {{NULL, NULL, NULL}};

/* The upper half of a file, played; what the nodes said is the result. */
static enum lab_exit run(struct lab_call *call)
{
    struct bytes text;
    struct story story;
    if (!lab_read(call, call->words[0], &text))
        return LAB_NOT_FOUND;
    if (!story_play(text, &story))
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    enum lab_exit status = LAB_DONE;
    fwrite(story.said, 1, story.size, call->out);
    if (story.wrong)
        status = lab_wrong(call, LAB_PROBLEMS, "story", NULL, "%s", story.wrong);
    story_free(&story);
    return status;
}

const struct lab_verb lab_run_verb = {
    .name = "run",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .meaning = "plays a story and says what the nodes said",
    .more = "",
    .example = "run tests/stories/chaos.story",
    .flags = flags,
    .run = run,
};
