#include "swarm/shrink.h"

#include "sim/story.h"
#include "swarm/hunt.h"
#include "swarm/shrink_pass.h"
#include "swarm/shrink_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 1 << 30, OTHER_SEEDS = 4 };

/* What is tried, the cheapest gain first; all of it again for as long as something was gained. */
static const struct {
    const char *deed;
    bool (*pass)(struct hunt *hunt); /* something was gained */
} passes[] = {
    {"without whole classes of lines", shrink_pass_classes},
    {"fewer lines", shrink_pass_lines},
    {"fewer nodes", shrink_pass_nodes},
    {"fewer dossiers", shrink_pass_names},
    {"less time between lines", shrink_time_gaps},
    {"simpler numbers", shrink_pass_numbers},
};

enum { PASS_COUNT = sizeof passes / sizeof *passes };

/* False: nothing was gained by any of them. */
static bool passes_run(struct hunt *hunt)
{
    bool gained = false;
    for (size_t i = 0; i < PASS_COUNT && !hunt->over; i++) {
        hunt->deed = passes[i].deed;
        gained = passes[i].pass(hunt) || gained;
    }
    return gained;
}

/* What hangs on the dice is lost with the first line that moves them: when nothing else is left,
 * less of the story is tried under a few seeds. */
static void hunt_all(struct hunt *hunt)
{
    for (bool gained = true; gained && !hunt->over;) {
        while (passes_run(hunt))
            ;
        hunt->seeds = OTHER_SEEDS;
        gained = passes_run(hunt);
        hunt->seeds = 0;
    }
}

/* A story tells in its first lines what it shows. */
static struct bytes whole_text(const struct hunt *hunt, const char *wrong)
{
    const char *rest, *origin = hunt->settings->origin;
    likeness_line(wrong, &rest);
    struct bytes lines = cut_text(&hunt->best, hunt->arena);
    const char *out = lines.data
                          ? arena_format(hunt->arena,
                                         "# What does not hold here: %.*s\n"
                                         "# Made small from %zu lines%s%s.\n%.*s",
                                         (int)strcspn(rest, "\n"), rest, hunt->lines_before,
                                         origin ? "; as it was found: " : "", origin ? origin : "",
                                         (int)lines.size, (const char *)lines.data)
                          : NULL;
    return out ? bytes_text(out) : (struct bytes) {0};
}

/* What is handed back is played once more, with its header: its line is named as it stands there.
 */
static bool shrunk_make(struct hunt *hunt, struct shrunk *out)
{
    char *wrong;
    struct bytes text = cut_text(&hunt->best, hunt->arena);
    if (!text.data || !hunt_play(hunt, text, &wrong) || !wrong)
        return false;
    text = whole_text(hunt, wrong);
    free(wrong);
    if (!text.data || !hunt_play(hunt, text, &out->wrong) || !out->wrong)
        return false;
    out->text = strndup((const char *)text.data, text.size);
    out->replays = hunt->replays;
    out->lines_before = hunt->lines_before;
    out->lines = hunt->best.count;
    out->finished = !hunt->over;
    return out->text;
}

enum shrink_result shrink_story(struct bytes text, const struct shrink_settings *settings,
                                struct shrunk *out)
{
    struct hunt hunt;
    struct arena *arena = arena_open(ARENA);
    *out = (struct shrunk) {0};
    if (!arena)
        return SHRINK_NO_MEMORY;
    enum hunt_begun begun = hunt_begin(&hunt, text, settings, arena, &out->wrong);
    enum shrink_result result = begun == HUNT_HOLDS    ? SHRINK_HOLDS
                                : begun == HUNT_UNTOLD ? SHRINK_UNTOLD
                                                       : SHRINK_NO_MEMORY;
    if (begun == HUNT_FAILS) {
        hunt_all(&hunt);
        if (shrunk_make(&hunt, out))
            result = SHRINK_SHRUNK;
        else
            shrink_free(out);
    }
    hunt_end(&hunt);
    arena_close(arena);
    return result;
}

bool shrink_plays(void *self, struct bytes text, char **wrong)
{
    struct story story;
    (void)self;
    if (!story_play(text, &story))
        return false;
    *wrong = story.wrong;
    story.wrong = NULL;
    story_free(&story);
    return true;
}

void shrink_free(struct shrunk *shrunk)
{
    free(shrunk->text);
    free(shrunk->wrong);
    *shrunk = (struct shrunk) {0};
}
