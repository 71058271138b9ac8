#include "sim/story.h"

#include "sim/adversary.h"
#include "sim/expect.h"
#include "sim/mishap.h"
#include "sim/people.h"
#include "sim/phase.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 1 << 30, LINE_MAX_SIZE = 256 };

static const int64_t SETTLE = 60 * (int64_t)INSTANT_SECOND;

typedef bool verb(struct play *play, const struct play_line *line);

static verb model, on_disk, calls_out, lodges, nodes, seed, run, settle, settle_within;

/* The lines of a story. NODE is an institution, NAMES a dossier `A` or a range `S1..S20`, TIME is
 * `250ms`, `10s`, `15m`, `1h`, `+1d`, COUNT a number, WORD any word; `...` takes the rest. The
 * words that are not literal are what the verb is handed. */
static const struct {
    const char *pattern;
    verb *play;
} verbs[] = {
    /* the world; by default `seed 1` and `network delay 5ms` */
    {"seed COUNT", seed},
    {"model", model}, /* before the nodes: made-up signatures and key agreement, for speed */
    {"stores on disk", on_disk},     /* likewise: real SQLite, each node's on a made-up disk */
    {"WORD calls out", calls_out},   /* before the nodes are named: nobody can dial its node */
    {"WORD lodges at WORD", lodges}, /* likewise: it shares the node of one named before it */
    {"nodes ...", nodes},
    {"network ...", mishap_network}, /* delay, jitter, loss, duplicate, reorder; the rest is none */
    {"run TIME", run},
    {"settle", settle},
    {"settle within TIME", settle_within},

    /* chaos, and its end */
    {"come what may", phase_chaos}, /* what cannot be done is left undone, and is no mistake */
    {"all heal", phase_heal}, /* no fault is left, clocks are right, nodes up, streams resumed */

    /* people */
    {"NODE nominates NAMES to NODE", people_nominates},
    {"NODE nominates NAMES to NODE under key WORD", people_nominates},
    {"NODE amends NAMES WORD", people_amends},
    {"NODE amends NAMES WORD under key WORD", people_amends},
    {"NODE accepts NAMES", people_accepts},
    {"NODE accepts NAMES under key WORD", people_accepts},
    {"NODE refuses NAMES", people_refuses},
    {"NODE withdraws NAMES", people_withdraws},
    {"NODE issues NAMES", people_issues},
    {"NODE waitlists NAMES", people_waitlists},
    {"NODE says NAMES WORD on WORD", people_says},
    {"NODE extends NAMES until WORD", people_extends},
    {"NODE recognises NAMES WORD", people_recognises},
    {"NODE revokes NAMES WORD", people_revokes},

    /* the network; WORD names what a frame carries: opening, answer, stale, hello, summary, range,
     * returned, deliver, ack, receipt, notice, ping, pong */
    {"cut NODE NODE", mishap_cut},
    {"mend NODE NODE", mishap_mend},
    {"drop next WORD from NODE to NODE", mishap_drop},
    {"drop WORD number COUNT from NODE to NODE", mishap_drop_number}, /* counted from now */
    {"drop every WORD from NODE to NODE", mishap_drop_every},
    {"drop nothing", mishap_pass},
    {"corrupt next WORD from NODE to NODE", mishap_corrupt},
    {"keep next WORD from NODE to NODE", mishap_keep},
    {"replay", mishap_replay},

    /* processes */
    {"NODE stops", mishap_stops},
    {"NODE starts", mishap_starts},
    {"all start", mishap_all_start}, /* those that are down; no other death waits */
    {"NODE dies before committing WORD", mishap_dies_before},
    {"NODE dies after committing WORD", mishap_dies_after},
    {"NODE cannot commit WORD", mishap_cannot_commit},
    {"NODE backs up", mishap_backs_up},
    {"NODE restores", mishap_restores},
    {"NODE clock TIME", mishap_clock},
    {"NODE pings NODE", mishap_pings},

    /* a person's hand on the stream to a partner */
    {"NODE suspends NODE", mishap_suspends},
    {"NODE resumes NODE", mishap_resumes},
    {"NODE retries NODE", mishap_retries},

    /* a node whose keys the adversary holds; see adversary.h for the WORDs */
    {"NODE crafts NAMES WORD", adversary_crafts},
    {"NODE crafts NAMES WORD to NODE", adversary_crafts},
    {"NODE plants NAMES WORD", adversary_plants},
    {"NODE opens NAMES named as NAMES to NODE", adversary_opens},
    {"NODE sends what it withheld", adversary_sends},

    /* what must be so */
    {"expect same", expect_same},
    {"expect order at NODE", expect_order},
    {"expect ping answered at NODE", expect_answered},
    {"expect WORD COUNT at NODE", expect_count},
    {"expect NAMES WORD at both", expect_state},
    {"expect NAMES WORD at NODE", expect_state},
    {"expect NAMES WORD COUNT at NODE", expect_dossier},
    {"expect NAMES no WORD at NODE", expect_none},
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

const char *story_pattern(size_t row)
{
    return row < VERB_COUNT ? verbs[row].pattern : NULL;
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
        return time_read(word->text, &word->time_us);
    if (strcmp(pattern, "COUNT") == 0)
        return count_read(word->text, &word->count);
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
        (void)time_read(word->text, &word->time_us);
        (void)count_read(word->text, &word->count);
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

/* ---- the world's own verbs ---- */

static void hear(void *self, struct instant at, size_t node, const struct trace_sentence *sentence)
{
    static const char marks[] = {[TRACE_DETAIL] = '.', [TRACE_NOTE] = ' ', [TRACE_ALARM] = '!'};
    (void)at;
    play_say(self, node, marks[sentence->level], sentence->text);
}

static bool seed(struct play *play, const struct play_line *line)
{
    play->seed = line->words[0].count;
    return !play->world || play_wrong(play, "the seed stands before the nodes");
}

static bool model(struct play *play, const struct play_line *)
{
    play->model = true;
    return !play->world || play_wrong(play, "the model is chosen before the nodes");
}

static bool on_disk(struct play *play, const struct play_line *)
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

static bool calls_out(struct play *play, const struct play_line *line)
{
    struct world_member *member = member_of(play, line->words[0].text);
    if (play->world || !member)
        return play_wrong(play, "who calls out is said before the nodes");
    member->calls_out = true;
    return true;
}

static bool lodges(struct play *play, const struct play_line *line)
{
    struct world_member *member = member_of(play, line->words[0].text);
    if (play->world || !member)
        return play_wrong(play, "who lodges is said before the nodes");
    member->host = arena_text(play->arena, bytes_text(line->words[1].text));
    return true;
}

static bool nodes(struct play *play, const struct play_line *line)
{
    struct world_member members[PLAY_WORDS_MAX];
    if (play->world || line->count < 2)
        return play_wrong(play, "the nodes, two at least, are named once");
    for (size_t i = 0; i < line->count; i++) {
        const struct world_member *known = member_of(play, line->words[i].text);
        if (!known)
            return play_wrong(play, "too many nodes");
        members[i] = *known;
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
    world_tap_set(play->world, mishap_tap, play);
    const struct story_watch *watch = play->watch;
    if (watch && watch->watcher)
        world_watch(play->world, watch->watcher, watch->self);
    if (watch && watch->begun)
        watch->begun(watch->self, play->world);
    return true;
}

static bool run(struct play *play, const struct play_line *line)
{
    world_run(play->world, line->words[0].time_us);
    return true;
}

static bool settle(struct play *play, const struct play_line *line)
{
    (void)line;
    return world_settle(play->world, SETTLE) || play_wrong(play, "it does not settle");
}

static bool settle_within(struct play *play, const struct play_line *line)
{
    return world_settle(play->world, line->words[0].time_us) ||
           play_wrong(play, "it does not settle within %s", line->words[0].text);
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

static bool is_early(verb *said)
{
    static verb *const early[] = {nodes, seed, model, on_disk, calls_out, lodges};
    for (size_t i = 0; i < sizeof early / sizeof *early; i++)
        if (early[i] == said)
            return true;
    return false;
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
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (pattern_fits(play, verbs[i].pattern, &words, &line)) {
            if (!play->world && !is_early(verbs[i].play))
                return play_wrong(play, "a story begins with its nodes");
            return verbs[i].play(play, &line) || is_forgiven(play, verbs[i].pattern);
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
    if (watch && watch->ended)
        watch->ended(watch->self, play->world);
    world_hash(play->world, &out->hash);
    out->events = world_events(play->world);
    out->virtual_us = world_now(play->world).us - world_beginning().us;
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
