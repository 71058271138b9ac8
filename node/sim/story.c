#include "sim/story.h"

#include "sim/oracle.h"
#include "sim/play.h"
#include "sim/story_table.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 1 << 30, LINE_MAX_SIZE = 256 };

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

static bool time_read(const char *text, int64_t *us)
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
    long long number = strtoll(text, &end, 10);
    for (size_t i = 0; end != text && i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0) {
            *us = number * units[i].us;
            return true;
        }
    return false;
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

/* In chaos a deed that cannot be done is left undone; an expectation has no excuse. */
static bool is_forgiven(struct play *play, const char *pattern)
{
    bool deed = strncmp(pattern, "expect ", 7) != 0 && strncmp(pattern, "settle", 6) != 0;
    if (play->loose && deed && play->world)
        play->wrong = NULL;
    return !play->wrong;
}

static bool line_play(struct play *play, char *text)
{
    struct words words;
    struct play_line line;
    if (!words_split(text, &words))
        return play_wrong(play, "too many words");
    if (words.count > 2 && strcmp(words.list[0], "at") == 0) {
        if (!wait_until(play, words.list[1]))
            return false;
        words.count -= 2;
        memmove(words.list, words.list + 2, words.count * sizeof *words.list);
    }
    const struct story_table_row *row;
    for (size_t i = 0; (row = story_table_row(i)); i++)
        if (pattern_fits(play, row->pattern, &words, &line)) {
            if (!play->world && !story_table_early(i))
                return play_wrong(play, "a story begins with its nodes");
            if (play->oracle)
                oracle_befell(play->oracle, row->pattern, line.words[0].node);
            return row->play(play, &line) || is_forgiven(play, row->pattern);
        }
    return play_wrong(play, "no such line");
}

static void lines_play(struct play *play, struct bytes upper, char **wrong)
{
    size_t number = 0, at = 0;
    while (at < upper.size && !play->wrong) {
        char text[LINE_MAX_SIZE];
        const uint8_t *end = memchr(upper.data + at, '\n', upper.size - at);
        size_t length = end ? (size_t)(end - upper.data) - at : upper.size - at;
        snprintf(text, sizeof text, "%.*s", (int)length, (const char *)upper.data + at);
        at += length + 1;
        number++;
        if (text[strspn(text, " ")] && text[0] != '#')
            line_play(play, text);
    }
    if (play->wrong && asprintf(wrong, "line %zu: %s", number, play->wrong) < 0)
        *wrong = NULL;
}

/* ---- a story ---- */

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
