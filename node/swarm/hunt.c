#include "swarm/hunt.h"

#include "sim/story.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static time_t now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec;
}

bool hunt_play(struct hunt *hunt, struct bytes text, char **wrong)
{
    shrink_player *play = hunt->settings->play ? hunt->settings->play : shrink_plays;
    hunt->replays++;
    *wrong = NULL;
    return play(hunt->settings->play_self, text, wrong);
}

/* ---- what was tried ---- */

/* FNV-1a: two candidates that share one are one too many, and nothing worse. */
static uint64_t text_digest(struct bytes text)
{
    uint64_t digest = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.size; i++)
        digest = (digest ^ text.data[i]) * 0x100000001b3u;
    return digest ? digest : 1;
}

/* False: it was tried already. The table has more places than there are replays. */
static bool tried_add(struct hunt *hunt, struct bytes text)
{
    uint64_t digest = text_digest(text);
    size_t at = digest % hunt->tried_room;
    while (hunt->tried[at] && hunt->tried[at] != digest)
        at = (at + 1) % hunt->tried_room;
    if (hunt->tried[at] == digest)
        return false;
    hunt->tried[at] = digest;
    return true;
}

static bool may_go_on(struct hunt *hunt)
{
    const struct shrink_settings *settings = hunt->settings;
    const struct shrink_progress progress = {
        .replays = hunt->replays,
        .replays_max = hunt->replays_max,
        .lines_before = hunt->lines_before,
        .lines = hunt->best.count,
        .deed = hunt->deed,
    };
    bool told = !settings->tell || settings->tell(settings->tell_self, &progress);
    hunt->over = hunt->over || !told || hunt->replays >= hunt->replays_max || now() >= hunt->end;
    return !hunt->over;
}

/* ---- candidates ---- */

/* The same claim broken in the same words, and no fault left open that the original healed. */
static bool alike(struct hunt *hunt, struct cut *candidate, const char *wrong)
{
    const char *rest;
    struct likeness_open open;
    size_t line = likeness_line(wrong, &rest);
    bool known = line >= 1 && line <= candidate->count;
    if (known != hunt->line_known)
        return false;
    if (known)
        candidate->count = line;
    const char *kind = likeness_kind(known ? candidate->lines[line - 1] : NULL, wrong, hunt->arena);
    if (!kind || !likeness_open(candidate, hunt->arena, &open)) {
        hunt->over = hunt->refused = true;
        return false;
    }
    return strcmp(kind, hunt->kind) == 0 && likeness_within(&open, &hunt->open);
}

static bool candidate_try(struct hunt *hunt, struct cut candidate)
{
    char *wrong = NULL;
    struct bytes text = {0};
    if (hunt->over)
        return false;
    if (candidate.lines)
        text = cut_text(&candidate, hunt->arena);
    if (!text.data) {
        hunt->over = hunt->refused = true;
        return false;
    }
    if (!tried_add(hunt, text) || !may_go_on(hunt))
        return false;
    if (!hunt_play(hunt, text, &wrong)) {
        hunt->over = hunt->refused = true;
        return false;
    }
    bool better = wrong && alike(hunt, &candidate, wrong);
    free(wrong);
    if (better)
        hunt->best = candidate;
    return better;
}

/* The same lines, and other dice. lines NULL: no memory. */
static struct cut reseeded(const struct hunt *hunt, const struct cut *candidate, unsigned seed)
{
    struct cut out = {.lines =
                          arena_take_array(hunt->arena, candidate->count + 2, sizeof *out.lines)};
    const char *line = arena_format(hunt->arena, "seed %u", seed);
    if (!out.lines || !line)
        return (struct cut) {0};
    out.lines[out.count++] = line;
    for (size_t i = 0; i < candidate->count; i++)
        if (!cut_begins(candidate->lines[i], "seed"))
            out.lines[out.count++] = candidate->lines[i];
    return out;
}

/* Without the line of the seed. */
static size_t letters(const struct cut *cut)
{
    size_t sum = 0;
    for (size_t i = 0; i < cut->count; i++)
        sum += cut_begins(cut->lines[i], "seed") ? 0 : strlen(cut->lines[i]) + 1;
    return sum;
}

bool hunt_try(struct hunt *hunt, struct cut candidate)
{
    if (candidate_try(hunt, candidate))
        return true;
    if (!hunt->seeds || hunt->over || letters(&candidate) >= letters(&hunt->best))
        return false;
    for (unsigned seed = 1; seed <= hunt->seeds && !hunt->over; seed++)
        if (candidate_try(hunt, reseeded(hunt, &candidate, seed)))
            return true;
    return false;
}

bool hunt_word(struct hunt *hunt, size_t line, size_t word, const char *other)
{
    const char *changed = cut_reword(hunt->best.lines[line], word, other, hunt->arena);
    return hunt_try(hunt, cut_with(&hunt->best, line, changed, hunt->arena));
}

/* ---- the beginning ---- */

static enum hunt_begun first_failure(struct hunt *hunt, const size_t *numbers, const char *wrong)
{
    const char *rest;
    size_t line = likeness_line(wrong, &rest), at = 0;
    while (line && at < hunt->best.count && numbers[at] != line)
        at++;
    hunt->line_known = line && at < hunt->best.count;
    if (hunt->line_known)
        hunt->best.count = at + 1;
    hunt->kind = likeness_kind(hunt->line_known ? hunt->best.lines[at] : NULL, wrong, hunt->arena);
    return hunt->kind && likeness_open(&hunt->best, hunt->arena, &hunt->open) ? HUNT_FAILS
                                                                              : HUNT_NO_MEMORY;
}

enum hunt_begun hunt_begin(struct hunt *hunt, struct bytes text,
                           const struct shrink_settings *settings, struct arena *arena,
                           char **untold)
{
    char *wrong;
    size_t *numbers;
    unsigned seconds = settings->seconds_max ? settings->seconds_max : SHRINK_SECONDS;
    *hunt = (struct hunt) {
        .settings = settings,
        .arena = arena,
        .replays_max = settings->replays_max ? settings->replays_max : SHRINK_REPLAYS,
        .end = now() + (time_t)seconds,
        .deed = "the whole story",
    };
    *untold = NULL;
    hunt->tried_room = 4 * hunt->replays_max + 64;
    hunt->tried = calloc(hunt->tried_room, sizeof *hunt->tried);
    if (!hunt->tried || !cut_read(text, arena, &hunt->best, &numbers))
        return HUNT_NO_MEMORY;
    hunt->lines_before = hunt->best.count;
    (void)may_go_on(hunt);
    if (!hunt_play(hunt, text, &wrong))
        return HUNT_NO_MEMORY;
    if (!wrong)
        return HUNT_HOLDS;
    if (story_untold(wrong)) {
        *untold = wrong;
        return HUNT_UNTOLD;
    }
    enum hunt_begun begun = first_failure(hunt, numbers, wrong);
    free(wrong);
    struct bytes lines = cut_text(&hunt->best, arena);
    if (!lines.data)
        return HUNT_NO_MEMORY;
    tried_add(hunt, lines);
    return begun;
}

void hunt_end(struct hunt *hunt)
{
    free(hunt->tried);
    hunt->tried = NULL;
}
