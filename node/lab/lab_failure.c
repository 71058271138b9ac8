#include "lab/lab_failure.h"

#include "lab/lab_draw.h"
#include "swarm/apart.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- made small ---- */

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

enum lab_exit lab_failure_shrink(struct lab_call *call, const struct lab_failure *failure,
                                 struct shrunk *out)
{
    struct telling telling = {call, !call->json && isatty(fileno(call->err))};
    unsigned patience = failure->patience ? failure->patience : APART_SECONDS;
    const struct shrink_settings settings = {
        .replays_max = failure->replays,
        .seconds_max = failure->seconds,
        .play = failure->here ? NULL : apart_play,
        .play_self = &patience,
        .tell = tell,
        .tell_self = &telling,
        .origin = failure->command,
    };
    enum shrink_result result = shrink_story(failure->text, &settings, out);
    if (telling.terminal)
        fprintf(call->err, "\r\033[K");
    if (result == SHRINK_HOLDS)
        return lab_wrong(call, LAB_PROBLEMS, "holds", "peregrin-sim run shows what it says",
                         "%s does not fail: there is nothing to shrink", failure->title);
    if (result == SHRINK_UNTOLD) {
        lab_wrong(call, LAB_USAGE, "story", "peregrin-sim run shows what it says",
                  "%s cannot be told: %s; shrink is for stories that fail", failure->title,
                  out->wrong);
        shrink_free(out);
        return LAB_USAGE;
    }
    if (result)
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    return LAB_DONE;
}

/* ---- drawn ---- */

static bool play_and_draw(struct lab_call *call, const struct film_facts *facts, const char *folder)
{
    struct story story;
    struct story_watch watch;
    struct lab_draw draw = {.film = film_open(0, NULL), .report = folder};
    if (!draw.film || !story_play_watched(facts->text, lab_draw_watch(&draw, &watch), &story))
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory") == LAB_DONE;
    bool drawn = lab_draw_end(call, &draw, &story, facts);
    story_free(&story);
    return drawn;
}

bool lab_failure_draw(struct lab_call *call, const struct lab_failure *failure,
                      const struct shrunk *shrunk, const char *folder)
{
    int status;
    const struct film_facts facts = {
        .title = arena_format(call->arena, "%s, made small", failure->title),
        .replay = arena_format(call->arena, "peregrin-sim run %s/run.story\n%s", folder,
                               failure->command),
        .text = bytes_text(shrunk->text),
        .found = failure->text,
        .program = "peregrin-sim",
    };
    fflush(NULL);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        apart_tie(parent);
        bool drawn = play_and_draw(call, &facts, folder);
        fflush(NULL);
        _exit(drawn ? 0 : LAB_UNEXPECTED);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            child = -1;
    if (child > 0 && WIFEXITED(status))
        return WEXITSTATUS(status) == 0;
    /* A story that ends its process cannot be drawn by it: what there is, is kept. */
    const char *path = arena_format(call->arena, "%s/run.story", folder);
    if (lab_write(call, path, facts.text))
        lab_wrong(call, LAB_UNEXPECTED, "drawing", "a debugger shows where",
                  "%s ends the process that plays it, and is not drawn: %s", path, shrunk->wrong);
    return false;
}
