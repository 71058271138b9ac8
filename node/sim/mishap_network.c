#include "sim/mishap_network.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what it does to every frame ---- */

/* A chance in whole per cent. */
static bool chance_take(const struct play_word *much, uint32_t *permille)
{
    *permille = (uint32_t)much->count * 10;
    return much->counted && much->count <= 100;
}

static bool time_take(const struct play_word *much, int64_t *us)
{
    *us = much->time_us;
    return much->timed && much->time_us >= 0;
}

/* One quality and what is said of it; the number of words, 0: it is not understood. */
static size_t quality_take(const struct play_word *words, size_t left, struct world_network *faults)
{
    const struct {
        const char *name;
        uint32_t *permille;
        int64_t *us;
    } rows[] = {
        {"delay", NULL, &faults->delay_us},
        {"jitter", NULL, &faults->jitter_us},
        {"loss", &faults->loss_permille, NULL},
        {"duplicate", &faults->duplicate_permille, NULL},
        {"reorder", &faults->reorder_permille, NULL},
        {"tail", &faults->tail_permille, &faults->tail_us}, /* of so many frames, so long a delay */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t wanted = 1u + (rows[i].permille != NULL) + (rows[i].us != NULL);
        if (strcmp(rows[i].name, words[0].text) != 0 || left < wanted)
            continue;
        bool taken = (!rows[i].permille || chance_take(&words[1], rows[i].permille)) &&
                     (!rows[i].us || time_take(&words[wanted - 1], rows[i].us));
        return taken ? wanted : 0;
    }
    return 0;
}

bool mishap_network_set(struct play *play, const struct play_line *line)
{
    struct world_network faults = {.delay_us = 5000};
    for (size_t at = 0; at < line->count;) {
        size_t taken = quality_take(&line->words[at], line->count - at, &faults);
        if (!taken)
            return play_wrong(play, "a network has no such %s", line->words[at].text);
        at += taken;
    }
    world_network(play->world, faults);
    return true;
}

/* ---- what it does on some ways ---- */

bool mishap_network_cut(struct play *play, const struct play_line *line)
{
    world_cut(play->world, line->words[0].node, line->words[1].node, true);
    return true;
}

bool mishap_network_mend(struct play *play, const struct play_line *line)
{
    world_cut(play->world, line->words[0].node, line->words[1].node, false);
    return true;
}

/* The nodes on one side of something; in the play's arena. */
static bool *side_new(struct play *play)
{
    bool *side = arena_take_array(play->arena, world_count(play->world), sizeof *side);
    assert(side);
    memset(side, 0, world_count(play->world) * sizeof *side);
    return side;
}

static bool *side_of(struct play *play, const char *place)
{
    bool *side = side_new(play);
    for (size_t i = 0; i < world_count(play->world); i++)
        side[i] = play_is_at(play, i, place);
    return side;
}

static bool *side_beyond(struct play *play, const bool *side)
{
    bool *beyond = side_new(play);
    for (size_t i = 0; i < world_count(play->world); i++)
        beyond[i] = !side[i];
    return beyond;
}

/* words: one place and another, and how long. */
bool mishap_network_delay(struct play *play, const struct play_line *line)
{
    world_hazard(play->world, &(struct hazard) {.kind = HAZARD_DISTANT,
                                                .from = side_of(play, line->words[0].text),
                                                .to = side_of(play, line->words[1].text),
                                                .both = true,
                                                .us = line->words[2].time_us});
    return line->words[2].time_us >= 0 || play_wrong(play, "nothing arrives before it left");
}

/* The same. */
bool mishap_network_clog(struct play *play, const struct play_line *line)
{
    world_hazard(play->world,
                 &(struct hazard) {.kind = HAZARD_CLOGGED,
                                   .from = side_of(play, line->words[0].text),
                                   .to = side_of(play, line->words[1].text),
                                   .both = true,
                                   .us = world_now(play->world).us + line->words[2].time_us});
    return line->words[2].time_us >= 0 || play_wrong(play, "nothing is let go before it is held");
}

/* words: who still believes that it is connected, to whom. */
bool mishap_network_half_open(struct play *play, const struct play_line *line)
{
    world_hazard(play->world, &(struct hazard) {.kind = HAZARD_HALF_OPEN,
                                                .from = side_of(play, line->words[0].text),
                                                .to = side_of(play, line->words[1].text)});
    return true;
}

static bool parts(struct play *play, bool *from, bool *to, bool both)
{
    world_hazard(play->world,
                 &(struct hazard) {.kind = HAZARD_PARTED, .from = from, .to = to, .both = both});
    return true;
}

bool mishap_network_isolate(struct play *play, const struct play_line *line)
{
    bool *side = side_of(play, line->words[0].text);
    return parts(play, side, side_beyond(play, side), true);
}

bool mishap_network_one_way(struct play *play, const struct play_line *line)
{
    return parts(play, side_of(play, line->words[0].text), side_of(play, line->words[1].text),
                 false);
}

/* The nodes named first and those named last; whom the line names stands on both sides. */
bool mishap_network_halves(struct play *play, const struct play_line *line)
{
    size_t count = world_count(play->world);
    bool *first = side_new(play), *second = side_new(play);
    for (size_t i = 0; i < count; i++) {
        bool bridge = line->count && line->words[0].node == i;
        first[i] = !bridge && i < (count + 1) / 2;
        second[i] = !bridge && i >= (count + 1) / 2;
    }
    return parts(play, first, second, true);
}

bool mishap_network_countries(struct play *play, const struct play_line *line)
{
    (void)line;
    for (size_t i = 0; i < world_count(play->world); i++) {
        bool *side = side_of(play, play_country(play, i));
        parts(play, side, side_beyond(play, side), true);
    }
    return true;
}

/* Each reaches the one named before it and the one named after it. */
bool mishap_network_ring(struct play *play, const struct play_line *line)
{
    (void)line;
    bool *all = side_beyond(play, side_new(play));
    world_hazard(play->world,
                 &(struct hazard) {.kind = HAZARD_PARTED, .from = all, .to = all, .ring = true});
    return true;
}

bool mishap_network_heal(struct play *play, const struct play_line *line)
{
    world_heal(play->world);
    return mishap_network_pass(play, line);
}

/* ---- taps ---- */

static void frame_keep(struct play *play, const struct world_passing *passing)
{
    struct bytes copy = arena_copy(play->arena, (struct bytes) {passing->wire, passing->size});
    play->kept.frame = *passing;
    play->kept.frame.wire = (uint8_t *)copy.data;
}

/* What was under way on the connection is lost with it; of this frame comes what had left. */
static bool frame_break(struct world *world, const struct world_passing *passing)
{
    struct world_passing torn = *passing;
    torn.size /= 2;
    world_break(world, &torn);
    world_inject(world, &torn);
    return false;
}

bool mishap_network_tap(void *self, struct world *world, const struct world_passing *passing)
{
    struct play *play = self;
    for (size_t i = 0; i < play->tap_count; i++) {
        struct play_tap *tap = &play->taps[i];
        if (!tap->left || strcmp(tap->what, passing->what) != 0 || tap->from != passing->from ||
            tap->to != passing->to)
            continue;
        if (tap->spared) {
            tap->spared--;
            continue;
        }
        if (tap->left != UINT64_MAX)
            tap->left--;
        switch (tap->deed) {
        case PLAY_DROP: return false;
        case PLAY_BREAK: return frame_break(world, passing);
        case PLAY_CORRUPT: passing->wire[passing->size - 1] ^= 1; return true;
        case PLAY_KEEP: frame_keep(play, passing); break; /* and whatever else befalls it */
        }
    }
    return true;
}

/* What a frame may carry; and what a step may be that carries none. */
static const char *const carries[] = {"opening", "answer", "stale",   "hello", "summary",
                                      "range",   "return", "deliver", "ack",   "receipt",
                                      "notice",  "ping",   "pong"};
static const char *const steps[] = {"submission", "order", "settled"};

static bool word_listed(const char *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* The known words, with commas; in the play's arena. */
static const char *words_list(struct play *play, const char *const *list, size_t count)
{
    const char *text = list[0];
    for (size_t i = 1; text && i < count; i++)
        text = arena_format(play->arena, "%s, %s", text, list[i]);
    return text ? text : "";
}

bool mishap_network_carried(struct play *play, const char *word)
{
    const size_t count = sizeof carries / sizeof *carries;
    return word_listed(word, carries, count) || play_wrong(play, "no such frame: %s; there are %s",
                                                           word, words_list(play, carries, count));
}

bool mishap_network_stepped(struct play *play, const char *word)
{
    const size_t count = sizeof carries / sizeof *carries, others = sizeof steps / sizeof *steps;
    return word_listed(word, carries, count) || word_listed(word, steps, others) ||
           play_wrong(play, "no such step: %s; there are %s, and the frames %s", word,
                      words_list(play, steps, others), words_list(play, carries, count));
}

/* words: what, from, to. */
static bool tap_add(struct play *play, enum play_deed deed, uint64_t left,
                    const struct play_word *words)
{
    if (!mishap_network_carried(play, words[0].text))
        return false;
    if (play->tap_count == PLAY_TAPS_MAX)
        return play_wrong(play, "too many taps");
    struct play_tap *tap = &play->taps[play->tap_count++];
    *tap =
        (struct play_tap) {.deed = deed, .from = words[1].node, .to = words[2].node, .left = left};
    snprintf(tap->what, sizeof tap->what, "%s", words[0].text);
    return true;
}

bool mishap_network_drop(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_DROP, 1, line->words);
}

/* words: what, number, from, to. */
bool mishap_network_drop_number(struct play *play, const struct play_line *line)
{
    struct play_word words[] = {line->words[0], line->words[2], line->words[3]};
    bool added = tap_add(play, PLAY_DROP, 1, words);
    if (added && line->words[1].count)
        play->taps[play->tap_count - 1].spared = line->words[1].count - 1;
    return added;
}

bool mishap_network_drop_every(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_DROP, UINT64_MAX, line->words);
}

bool mishap_network_corrupt(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_CORRUPT, 1, line->words);
}

bool mishap_network_break(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_BREAK, 1, line->words);
}

bool mishap_network_keep(struct play *play, const struct play_line *line)
{
    return tap_add(play, PLAY_KEEP, 1, line->words);
}

bool mishap_network_pass(struct play *play, const struct play_line *line)
{
    (void)line;
    for (size_t i = 0; i < play->tap_count; i++)
        if (play->taps[i].left == UINT64_MAX)
            play->taps[i].left = 0;
    return true;
}

static bool frame_replay(struct play *play, const struct world_passing *frame)
{
    if (!frame->wire)
        return play_wrong(play, "no frame was kept");
    world_inject(play->world, frame);
    return true;
}

bool mishap_network_replay(struct play *play, const struct play_line *line)
{
    (void)line;
    return frame_replay(play, &play->kept.frame);
}

bool mishap_network_replay_as(struct play *play, const struct play_line *line)
{
    struct world_passing frame = play->kept.frame;
    frame.from = line->words[0].node;
    frame.to = line->words[1].node;
    return frame_replay(play, &frame);
}
