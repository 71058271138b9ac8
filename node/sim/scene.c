#include "sim/scene.h"

#include "record/header.h"
#include "sim/mishap_network.h"
#include "sim/oracle.h"
#include "sim/story.h"

#include <string.h>

static const int64_t SETTLE = 60 * (int64_t)INSTANT_SECOND;

static void hear(void *self, struct instant at, size_t node, const struct trace_sentence *sentence)
{
    static const char marks[] = {[TRACE_DETAIL] = '.', [TRACE_NOTE] = ' ', [TRACE_ALARM] = '!'};
    (void)at;
    play_say(self, node, marks[sentence->level], sentence->text);
}

bool scene_seed(struct play *play, const struct play_line *line)
{
    play->seed = line->words[0].count;
    return !play->world || play_wrong(play, "the seed stands before the nodes");
}

bool scene_model(struct play *play, const struct play_line *)
{
    play->model = true;
    return !play->world || play_wrong(play, "the model is chosen before the nodes");
}

bool scene_on_disk(struct play *play, const struct play_line *)
{
    play->on_disk = true;
    return !play->world || play_wrong(play, "where the stores are is said before the nodes");
}

/* What is known beforehand of an institution that the nodes will name. */
static struct world_member *member_of(struct play *play, const char *institution)
{
    for (size_t i = 0; i < play->member_count; i++)
        if (strcmp(play->members[i].institution, institution) == 0)
            return &play->members[i];
    if (play->member_count == PLAY_WORDS_MAX)
        return NULL;
    struct world_member *member = &play->members[play->member_count++];
    member->institution = arena_text(play->arena, bytes_text(institution));
    return member;
}

bool scene_calls_out(struct play *play, const struct play_line *line)
{
    struct world_member *member = member_of(play, line->words[0].text);
    if (play->world || !member)
        return play_wrong(play, "who calls out is said before the nodes");
    member->calls_out = true;
    return true;
}

bool scene_lodges(struct play *play, const struct play_line *line)
{
    struct world_member *member = member_of(play, line->words[0].text);
    if (play->world || !member)
        return play_wrong(play, "who lodges is said before the nodes");
    member->host = arena_text(play->arena, bytes_text(line->words[1].text));
    return true;
}

/* What everybody on the way can read, and then what befalls it. */
static bool tap(void *self, struct world *world, const struct world_passing *passing)
{
    struct play *play = self;
    oracle_frame(play->oracle, passing);
    return mishap_network_tap(self, world, passing);
}

bool scene_nodes(struct play *play, const struct play_line *line)
{
    struct world_member members[PLAY_WORDS_MAX];
    if (play->world || line->count < 2)
        return play_wrong(play, "the nodes, two at least, are named once");
    for (size_t i = 0; i < line->count; i++) {
        const struct world_member *known = member_of(play, line->words[i].text);
        if (!known)
            return play_wrong(play, "too many nodes");
        for (size_t j = 0; j < i; j++)
            if (strcmp(line->words[j].text, line->words[i].text) == 0)
                return play_wrong(play, "named twice: %s", line->words[i].text);
        members[i] = *known;
        if (!header_schac_valid(bytes_text(known->institution)))
            return play_wrong(play,
                              "no name of an institution: %s; one is a domain in small letters, as "
                              "helmo.be",
                              known->institution);
    }
    struct world_settings settings = {
        .seed = play->seed,
        .members = members,
        .count = line->count,
        .model = play->model,
        .on_disk = play->on_disk,
    };
    play->world = world_open_settings(&settings);
    if (!play->world)
        return play_wrong(play, "no world could be made of these nodes");
    world_listen(play->world, hear, play);
    world_tap_set(play->world, tap, play);
    play->oracle = oracle_open(play->world);
    if (!play->oracle)
        return play_wrong(play, "there is no memory");
    const struct story_watch *watch = play->watch;
    if (watch && watch->watcher)
        world_watch(play->world, watch->watcher, watch->self);
    if (watch && watch->begun)
        watch->begun(watch->self, play->world);
    return true;
}

/* Forward only. */
static bool passes(struct play *play, const struct play_word *word)
{
    return word->time_us >= 0 || play_wrong(play, "no such time: %s", word->text);
}

bool scene_run(struct play *play, const struct play_line *line)
{
    if (!passes(play, &line->words[0]))
        return false;
    world_run(play->world, line->words[0].time_us);
    return true;
}

bool scene_settle(struct play *play, const struct play_line *line)
{
    (void)line;
    return world_settle(play->world, SETTLE) || play_wrong(play, "it does not settle");
}

bool scene_settle_within(struct play *play, const struct play_line *line)
{
    if (!passes(play, &line->words[0]))
        return false;
    const char *why =
        world_settle(play->world, line->words[0].time_us) ? NULL : oracle_restless(play->oracle);
    return !why ||
           play_wrong(play, "I4: it does not settle within %s: %s", line->words[0].text, why);
}
