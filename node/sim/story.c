#include "sim/story.h"

#include "sim/oracle.h"
#include "sim/play.h"
#include "sim/story_table.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 1 << 30, LINE_MAX_SIZE = 256 };

static const int64_t TIME_MAX_US = 100 * 365 * 86400LL * INSTANT_SECOND; /* a century */

/* What is said of a line that is none. */
static const char no_line[] = "no such line", no_time[] = "no such time",
                  no_frame[] = "no such frame", no_step[] = "no such step",
                  no_words[] = "too many words", no_text[] = "a NUL byte stands in it",
                  no_end[] = "longer than a line may be", no_story[] = "no line of a story in it",
                  no_fault[] = "a network has no such", no_shape[] = "nothing is told that is",
                  no_throw[] = "nothing is thrown that is", no_craft[] = "nothing is crafted",
                  no_nodes[] = "a story begins with its nodes",
                  no_pair[] = "the nodes, two at least, are named once",
                  no_name[] = "no name of an institution", no_twice[] = "named twice";

const char *story_pattern(size_t row)
{
    const struct story_table_row *found = story_table_row(row);
    return found ? found->pattern : NULL;
}

/* ---- words ---- */

struct words {
    char *list[PLAY_WORDS_MAX];
    size_t count;
};

static bool words_split(char *text, struct words *out)
{
    out->count = 0;
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        if (out->count == PLAY_WORDS_MAX)
            return false;
        out->list[out->count++] = word;
    }
    return true;
}

/* Digits and a unit, whatever comes of them. */
static bool time_shaped(const char *text, long long *number, int64_t *unit_us)
{
    static const struct {
        const char *unit;
        int64_t us;
    } units[] = {{"us", 1},
                 {"ms", 1000},
                 {"s", INSTANT_SECOND},
                 {"m", 60LL * INSTANT_SECOND},
                 {"h", 3600LL * INSTANT_SECOND},
                 {"d", 86400LL * INSTANT_SECOND}};
    char *end;
    *number = strtoll(text, &end, 10); /* the end of its range where it overflows */
    for (size_t i = 0; end != text && i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0) {
            *unit_us = units[i].us;
            return true;
        }
    return false;
}

/* Up to a century, there or back. */
static bool time_read(const char *text, int64_t *us)
{
    long long number;
    int64_t unit_us;
    if (!time_shaped(text, &number, &unit_us) || number > TIME_MAX_US / unit_us ||
        number < -TIME_MAX_US / unit_us)
        return false;
    *us = number * unit_us;
    return true;
}

static bool count_read(const char *text, uint64_t *count)
{
    char *end;
    *count = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && (*end == '\0' || strcmp(end, "%") == 0);
}

static bool word_fits(const struct play *play, const char *pattern, struct play_word *word)
{
    if (strcmp(pattern, "NODE") == 0)
        return play_node(play, word->text, &word->node);
    if (strcmp(pattern, "TIME") == 0)
        return word->timed = time_read(word->text, &word->time_us);
    if (strcmp(pattern, "COUNT") == 0)
        return word->counted = count_read(word->text, &word->count);
    if (strcmp(pattern, "PLACE") == 0)
        return play_place_known(play, word->text);
    return true; /* NAMES, WORD */
}

static bool is_literal(const char *pattern)
{
    return !isupper((unsigned char)*pattern);
}

/* The rest of a line, each word read as whatever it can be. */
static void rest_take(const struct words *words, size_t from, struct play_line *line)
{
    for (size_t i = from; i < words->count; i++) {
        struct play_word *word = &line->words[line->count++];
        *word = (struct play_word) {.text = words->list[i]};
        word->timed = time_read(word->text, &word->time_us);
        word->counted = count_read(word->text, &word->count);
    }
}

static bool pattern_fits(const struct play *play, const char *pattern, const struct words *words,
                         struct play_line *line)
{
    char copy[LINE_MAX_SIZE];
    struct words wanted;
    snprintf(copy, sizeof copy, "%s", pattern);
    bool split = words_split(copy, &wanted);
    assert(split);
    line->count = 0;
    for (size_t i = 0; i < wanted.count; i++) {
        if (strcmp(wanted.list[i], "...") == 0) {
            rest_take(words, i, line);
            return true;
        }
        if (i >= words->count)
            return false;
        if (is_literal(wanted.list[i])) {
            if (strcmp(wanted.list[i], words->list[i]) != 0)
                return false;
            continue;
        }
        line->words[line->count] = (struct play_word) {.text = words->list[i]};
        if (!word_fits(play, wanted.list[i], &line->words[line->count++]))
            return false;
    }
    return words->count == wanted.count;
}

/* ---- lines ---- */

static bool wait_until(struct play *play, const char *text)
{
    int64_t at;
    if (!play->world || !time_read(text, &at))
        return play_wrong(play, "`at` wants a time");
    int64_t wait = world_beginning().us + at - world_now(play->world).us;
    if (wait < 0)
        return play_wrong(play, "%s is over", text);
    if (wait > 0)
        world_run(play->world, wait);
    return true;
}

/* No pattern fits: because of a time, or at all. */
static bool line_unknown(struct play *play, const struct words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        long long number;
        int64_t us;
        if (time_shaped(words->list[i], &number, &us) && !time_read(words->list[i], &us))
            return play_wrong(play, "%s: %s", no_time, words->list[i]);
    }
    return play_wrong(play, "%s", no_line);
}

/* In chaos a deed that cannot be done is left undone; an expectation has no excuse, and neither has
 * a word that none of them has. */
static bool is_forgiven(struct play *play, const char *pattern)
{
    bool deed = strncmp(pattern, "expect ", 7) != 0 && strncmp(pattern, "settle", 6) != 0;
    if (play->loose && deed && play->world && !(play->wrong && story_untold(play->wrong)))
        play->wrong = NULL;
    return !play->wrong;
}

static bool line_play(struct play *play, char *text)
{
    struct words words;
    struct play_line line;
    if (!words_split(text, &words))
        return play_wrong(play, "%s", no_words);
    if (words.count > 2 && strcmp(words.list[0], "at") == 0) {
        int64_t at;
        if (play->world && !time_read(words.list[1], &at))
            return line_unknown(play, &words);
        if (!wait_until(play, words.list[1]))
            return false;
        words.count -= 2;
        memmove(words.list, words.list + 2, words.count * sizeof *words.list);
    }
    const struct story_table_row *row;
    for (size_t i = 0; (row = story_table_row(i)); i++)
        if (pattern_fits(play, row->pattern, &words, &line)) {
            if (!play->world && !story_table_early(i))
                return play_wrong(play, "%s", no_nodes);
            if (play->oracle)
                oracle_befell(play->oracle, row->pattern, line.words[0].node);
            return row->play(play, &line) || is_forgiven(play, row->pattern);
        }
    return line_unknown(play, &words);
}

/* A line that says something; false after saying what is wrong with it. */
static bool line_take(struct play *play, struct bytes line, bool *any)
{
    char text[LINE_MAX_SIZE];
    if (memchr(line.data, '\0', line.size))
        return play_wrong(play, "%s", no_text);
    size_t blank = 0;
    while (blank < line.size && line.data[blank] == ' ')
        blank++;
    if (blank == line.size || line.data[0] == '#')
        return true;
    *any = true;
    if (line.size >= sizeof text)
        return play_wrong(play, "%s", no_end);
    memcpy(text, line.data, line.size);
    text[line.size] = '\0';
    return line_play(play, text);
}

static void lines_play(struct play *play, struct bytes upper, char **wrong)
{
    size_t number = 0, at = 0;
    bool any = false;
    while (at < upper.size && !play->wrong) {
        const uint8_t *end = memchr(upper.data + at, '\n', upper.size - at);
        size_t length = end ? (size_t)(end - upper.data) - at : upper.size - at;
        line_take(play, (struct bytes) {upper.data + at, length}, &any);
        at += length + 1;
        number++;
    }
    if (play->wrong && asprintf(wrong, "line %zu: %s", number, play->wrong) < 0)
        *wrong = NULL;
    if (!play->wrong && !any)
        *wrong = strdup(no_story);
}

bool story_untold(const char *wrong)
{
    static const char *const reasons[] = {
        no_line,  no_time,  no_frame, no_step,  no_words, no_text, no_end,  no_story,
        no_fault, no_shape, no_throw, no_craft, no_nodes, no_pair, no_name, no_twice};
    const char *colon = strncmp(wrong, "line ", 5) == 0 ? strstr(wrong, ": ") : NULL;
    const char *reason = colon ? colon + 2 : wrong;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strncmp(reason, reasons[i], strlen(reasons[i])) == 0)
            return true;
    return false;
}

/* ---- a story ---- */

bool story_plain(struct bytes text, struct arena *arena, struct bytes *out)
{
    uint8_t *plain = arena_take(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; plain && i < text.size; i++)
        if (text.data[i] != '\r' || i + 1 == text.size || text.data[i + 1] != '\n')
            plain[size++] = text.data[i];
    *out = (struct bytes) {plain, size};
    return plain;
}

void story_halves(struct bytes text, struct bytes *upper, struct bytes *lower)
{
    static const char mark[] = "\n--\n";
    const uint8_t *at = memmem(text.data, text.size, mark, strlen(mark));
    *upper = text;
    *lower = (struct bytes) {0};
    if (!at)
        return;
    upper->size = (size_t)(at - text.data) + 1;
    *lower = (struct bytes) {at + strlen(mark), text.size - upper->size - strlen(mark) + 1};
}

/* Without its end; false: there is none. */
static bool half_line(struct bytes half, size_t start, struct bytes *line)
{
    if (start >= half.size)
        return false;
    const uint8_t *end = memchr(half.data + start, '\n', half.size - start);
    *line = (struct bytes) {half.data + start,
                            end ? (size_t)(end - half.data) - start : half.size - start};
    return true;
}

bool story_differs(const struct story *story, struct bytes lower, char *out, size_t room)
{
    static const struct bytes nothing = {(const uint8_t *)"nothing more", 12};
    struct bytes said = {(const uint8_t *)story->said, story->size}, wanted_line, said_line;
    size_t number = 1, start = 0, i = 0;
    for (; i < lower.size && i < said.size && lower.data[i] == said.data[i]; i++)
        if (lower.data[i] == '\n') {
            number++;
            start = i + 1;
        }
    if (i == lower.size && i == said.size)
        return false;
    if (!half_line(lower, start, &wanted_line))
        wanted_line = nothing;
    if (!half_line(said, start, &said_line))
        said_line = nothing;
    snprintf(out, room, "line %zu below `--`:\n  expected: %.*s\n  said:     %.*s", number,
             (int)wanted_line.size, (const char *)wanted_line.data, (int)said_line.size,
             (const char *)said_line.data);
    return true;
}

static void world_end(struct play *play, struct story *out)
{
    const struct story_watch *watch = play->watch;
    if (!play->world)
        return;
    for (size_t i = 0; watch && watch->named && i < play->dossier_count; i++)
        watch->named(watch->self, play->dossiers[i].name, &play->dossiers[i].id);
    if (watch && watch->ended)
        watch->ended(watch->self, play->world);
    world_hash(play->world, &out->hash);
    out->events = world_events(play->world);
    out->virtual_us = world_now(play->world).us - world_beginning().us;
    oracle_close(play->oracle);
    world_close(play->world);
}

bool story_play(struct bytes text, struct story *out)
{
    return story_play_watched(text, NULL, out);
}

bool story_play_watched(struct bytes text, const struct story_watch *watch, struct story *out)
{
    struct bytes upper, lower;
    *out = (struct story) {0};
    story_halves(text, &upper, &lower);
    struct play play = {.seed = 1, .watch = watch, .arena = arena_open(ARENA)};
    play.dossiers = calloc(PLAY_DOSSIERS_MAX, sizeof *play.dossiers);
    play.said = open_memstream(&out->said, &out->size);
    bool made = play.arena && play.dossiers && play.said;
    if (made) {
        lines_play(&play, upper, &out->wrong);
        play_hush(&play);
    }
    world_end(&play, out);
    if (play.said && fclose(play.said))
        made = false;
    free(play.dossiers);
    arena_close(play.arena);
    return made;
}

void story_free(struct story *story)
{
    free(story->said);
    free(story->wrong);
}
