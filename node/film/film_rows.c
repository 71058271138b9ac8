#include "film/film_rows.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOMENTS_MAX = 60 * FILM_ROWS_MAX,
    OPENING_MIN = 12, /* frames that are worth a row together */
    NAMED_MAX = 200,  /* nodes: of more, nobody looks who is named in a sentence */
    CALM_FROM = 300,  /* moments: in longer films pings say nothing */
};

static const int64_t SILENCE = 1000000; /* from a second on it is told, in a short film */
enum { SILENCE_SHARE = 200 };           /* in a long one: a part of the whole */

/* ---- lanes ---- */

size_t film_rows_lane(const struct film_rows *rows, uint32_t node)
{
    for (size_t i = 0; i < rows->lane_count; i++)
        if (rows->lanes[i] == node)
            return i;
    return SIZE_MAX;
}

/* What speaks for a lane: deeds, faults, and records that travel. Sessions and clocks do not: every
 * node has them. */
static uint64_t weight(const struct film_moment *moment)
{
    static const char *const travels[] = {"deliver", "receipt", "return", "notice"};
    switch (moment->deed) {
    case WORLD_SAID: return moment->level == TRACE_ALARM ? 1000 : 0;
    case WORLD_CLOCK: return 0;
    case WORLD_LEFT:
    case WORLD_ARRIVED:
    case WORLD_LOST:
        for (size_t i = 0; i < sizeof travels / sizeof *travels; i++)
            if (strcmp(moment->what, travels[i]) == 0)
                return 10;
        return 0;
    default: return 1000;
    }
}

/* More than `least`, so that there are not too many; where nothing happens, the first two. */
static void lanes_take(struct film_rows *rows, const uint64_t *weights, size_t nodes)
{
    uint64_t least = 0;
    for (size_t heavy = SIZE_MAX; heavy > FILM_LANES_MAX;) {
        heavy = 0;
        for (size_t i = 0; i < nodes; i++)
            heavy += weights[i] > least;
        if (heavy > FILM_LANES_MAX)
            least = least ? 2 * least : 1;
    }
    for (size_t i = 0; i < nodes && rows->lane_count < FILM_LANES_MAX; i++)
        if (weights[i] > least)
            rows->lanes[rows->lane_count++] = (uint32_t)i;
    for (uint32_t i = 0; i < nodes && rows->lane_count < 2; i++)
        if (film_rows_lane(rows, i) == SIZE_MAX)
            rows->lanes[rows->lane_count++] = i;
    rows->bystanders = nodes - rows->lane_count;
}

/* Those of which something is to be told, in their own order. */
static bool lanes_choose(const struct film *film, struct film_rows *rows)
{
    size_t nodes = film_nodes(film);
    uint64_t *weights = calloc(nodes + 1, sizeof *weights);
    if (!weights)
        return false;
    for (size_t i = 0; i < film_count(film); i++) {
        weights[film_moment(film, i)->node] += weight(film_moment(film, i));
        weights[film_moment(film, i)->other] += weight(film_moment(film, i)) / 10;
    }
    lanes_take(rows, weights, nodes);
    free(weights);
    return true;
}

/* ---- rows ---- */

static struct film_row *row_add(struct film_rows *rows, enum film_row_kind kind,
                                const struct film_moment *moment)
{
    if (rows->count == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 256;
        void *more = realloc(rows->list, room * sizeof *rows->list);
        if (!more) {
            rows->broken = true;
            return NULL;
        }
        rows->list = more;
        rows->room = room;
    }
    struct film_row *row = &rows->list[rows->count++];
    *row = (struct film_row) {
        .kind = kind, .moment = moment, .last = moment, .times = 1, .tail = SIZE_MAX};
    return row;
}

static struct film_row *row_last(struct film_rows *rows, size_t back)
{
    return rows->count > back ? &rows->list[rows->count - 1 - back] : NULL;
}

static void silence_note(struct film_rows *rows, const struct film_moment *moment)
{
    const struct film_row *before = row_last(rows, 0);
    int64_t since = before ? before->last->us : 0;
    if (moment->us - since < rows->silence_us)
        return;
    struct film_row *row = row_add(rows, FILM_ROW_SILENCE, moment);
    if (row)
        row->us = moment->us - since;
}

/* The tail of a frame: its number is found from the newest on. */
static size_t tail_find(const struct film_rows *rows, uint64_t frame)
{
    for (size_t i = rows->count; frame && i-- > 0;)
        if (rows->list[i].kind == FILM_ROW_TAIL && rows->list[i].moment->frame <= frame &&
            rows->list[i].last->frame >= frame)
            return i;
    return SIZE_MAX;
}

static bool same_way(const struct film_row *one, const struct film_row *other)
{
    return one->moment->node == other->moment->node && one->moment->other == other->moment->other &&
           strcmp(one->moment->what, other->moment->what) == 0;
}

/* One that is lost as it leaves is one row; and the same again and again is one, too. */
static void lost_at_once(struct film_rows *rows, const struct film_moment *moment)
{
    struct film_row *tail = row_last(rows, 0);
    tail->lost = moment->why ? moment->why : "lost";
    tail->ended = true;
    struct film_row *before = row_last(rows, 1);
    if (before && before->kind == FILM_ROW_SILENCE)
        before = row_last(rows, 2);
    if (!before || before->kind != FILM_ROW_TAIL || !before->lost ||
        strcmp(before->lost, tail->lost) != 0 || !same_way(before, tail))
        return;
    before->times++;
    before->last = moment;
    rows->count = (size_t)(before - rows->list) + 1;
}

static void head_add(struct film_rows *rows, const struct film_moment *moment)
{
    size_t tail = tail_find(rows, moment->frame);
    if (tail == SIZE_MAX && moment->frame && moment->frame <= rows->met)
        return;
    if (moment->deed == WORLD_LOST && tail != SIZE_MAX && tail + 1 == rows->count &&
        !rows->list[tail].ended) {
        lost_at_once(rows, moment);
        return;
    }
    silence_note(rows, moment);
    struct film_row *row = row_add(rows, FILM_ROW_HEAD, moment);
    if (!row)
        return;
    row->tail = tail;
    if (tail != SIZE_MAX)
        rows->list[tail].ended = true;
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

/* A range of submissions that were answered alike, or a sentence that is said again. */
static bool folds(const struct film_row *row, const struct film_moment *moment)
{
    const struct film_moment *is = row ? row->last : NULL;
    if (is && is->deed == WORLD_CLOCK && moment->deed == WORLD_CLOCK && is->us == moment->us)
        return true; /* whoever's it is */
    if (!is || row->kind != FILM_ROW_WORD || is->deed != moment->deed || is->node != moment->node ||
        !same_text(is->why, moment->why))
        return false;
    if (moment->deed == WORLD_SUBMITTED)
        return is->us == moment->us && is->refused == moment->refused &&
               is->ready == moment->ready && is->repeated == moment->repeated &&
               same_text(is->what, moment->what);
    return moment->deed == WORLD_SAID && same_text(is->text, moment->text);
}

static void moment_take(struct film_rows *rows, const struct film_moment *moment)
{
    struct film_row *before = row_last(rows, 0);
    if (moment->deed == WORLD_ARRIVED || moment->deed == WORLD_LOST) {
        head_add(rows, moment);
        return;
    }
    if (folds(before, moment)) {
        before->times++;
        before->last = moment;
        return;
    }
    silence_note(rows, moment);
    row_add(rows, moment->deed == WORLD_LEFT ? FILM_ROW_TAIL : FILM_ROW_WORD, moment);
}

/* ---- what is left out ---- */

static bool is_frame(const struct film_moment *moment)
{
    return moment->deed == WORLD_LEFT || moment->deed == WORLD_ARRIVED ||
           moment->deed == WORLD_LOST;
}

/* How the nodes of a world meet is always the same: up to the first thing that somebody does, as
 * long as nothing goes wrong, it is one row. */
static size_t opening_end(const struct film *film, struct film_rows *rows)
{
    size_t end = 0;
    uint64_t left = 0, last = 0;
    for (; end < film_count(film) && !film_dropped(film); end++) {
        const struct film_moment *moment = film_moment(film, end);
        bool plain = is_frame(moment) ? moment->deed != WORLD_LOST && !moment->refused
                                      : moment->deed == WORLD_SAID && moment->level != TRACE_ALARM;
        if (!plain)
            break;
        left += moment->deed == WORLD_LEFT;
        last = moment->frame > last ? moment->frame : last;
    }
    if (left < OPENING_MIN || end == film_count(film))
        return 0;
    rows->opening = left;
    rows->met = last;
    return end;
}

/* What is left out first when there is too much: each level leaves out what those before do. */
static const struct {
    const char *words;
    const char *frames; /* between blanks */
    bool lost, sentences;
} calms[] = {
    {"", " ", false, false},
    {"pings that arrived", " ping pong ", false, false},
    {"pings", " ping pong ", true, false},
    {"pings, sessions and acks", " ping pong opening answer stale hello ack ", true, false},
    {"pings, sessions, comparisons, and sentences for the integrator",
     " ping pong opening answer stale hello ack summary range return ", true, true},
};
enum { CALM_COUNT = sizeof calms / sizeof *calms };

const char *film_rows_calm(const struct film_rows *rows)
{
    return calms[rows->calm].words;
}

static bool is_chatter(size_t calm, const struct film_row *row)
{
    const struct film_moment *is = row->moment;
    char name[32];
    if (row->kind == FILM_ROW_SILENCE)
        return false;
    if (!is_frame(is))
        return calms[calm].sentences && is->deed == WORLD_SAID && is->level == TRACE_DETAIL;
    snprintf(name, sizeof name, " %.29s ", is->what);
    bool whole = !is->refused && is->deed != WORLD_LOST && !row->lost &&
                 (row->kind == FILM_ROW_HEAD || row->ended);
    return strstr(calms[calm].frames, name) && (whole || calms[calm].lost);
}

/* A silence that follows another is one with it. */
static bool joins_silence(struct film_row *before, const struct film_row *row)
{
    if (!before || before->kind != FILM_ROW_SILENCE || row->kind != FILM_ROW_SILENCE)
        return false;
    before->us = row->moment->us - (before->moment->us - before->us);
    before->moment = before->last = row->moment;
    return true;
}

/* moved[i]: where the row is then; SIZE_MAX: it goes. Heads find their tails again. */
static void rows_move(struct film_rows *rows, size_t *moved)
{
    size_t left = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct film_row row = rows->list[i];
        bool goes =
            moved[i] == SIZE_MAX || joins_silence(left ? &rows->list[left - 1] : NULL, &row);
        rows->left_out += goes && row.kind != FILM_ROW_SILENCE;
        moved[i] = goes ? SIZE_MAX : left;
        if (goes)
            continue;
        row.tail = row.tail == SIZE_MAX ? SIZE_MAX : moved[row.tail];
        rows->list[left++] = row;
    }
    rows->count = left;
}

static void chatter_out(struct film_rows *rows)
{
    size_t *moved = calloc(rows->count + 1, sizeof *moved);
    if (!moved) {
        rows->broken = true;
        return;
    }
    for (size_t i = 0; i < rows->count; i++)
        moved[i] = is_chatter(rows->calm, &rows->list[i]) ? SIZE_MAX : 0;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].tail != SIZE_MAX && moved[i] != SIZE_MAX)
            moved[rows->list[i].tail] = 0; /* its arrow ends in something worth telling */
    rows_move(rows, moved);
    free(moved);
}

/* ---- the same again and again ---- */

static bool same_trip(const struct film_row *tail, const struct film_row *head,
                      const struct film_row *again, const struct film_row *arrived)
{
    return tail->kind == FILM_ROW_TAIL && head->kind == FILM_ROW_HEAD &&
           again->kind == FILM_ROW_TAIL && arrived->kind == FILM_ROW_HEAD &&
           same_way(tail, again) && head->moment->refused == arrived->moment->refused &&
           head->moment->deed == arrived->moment->deed &&
           head->moment->frame == tail->last->frame &&
           arrived->moment->frame == again->moment->frame;
}

/* A frame that comes at each tick is one arrow: `ack, 300 times`. */
static void repeats_fold(struct film_rows *rows)
{
    size_t left = 0, *moved = calloc(rows->count + 1, sizeof *moved);
    for (size_t i = 0; moved && i < rows->count; i++) {
        struct film_row *out = rows->list, *in = rows->list + i;
        bool silent = in->kind == FILM_ROW_SILENCE;
        size_t next = i + silent;
        if (left >= 2 && next + 1 < rows->count &&
            same_trip(&out[left - 2], &out[left - 1], &rows->list[next], &rows->list[next + 1])) {
            out[left - 2].times++;
            out[left - 2].last = rows->list[next].moment;
            out[left - 1].last = rows->list[next + 1].moment;
            out[left - 1].moment = rows->list[next + 1].moment;
            moved[next] = left - 2;
            i = next + 1;
            continue;
        }
        moved[i] = left;
        out[left] = *in;
        if (in->tail != SIZE_MAX)
            out[left].tail = moved[in->tail];
        left++;
    }
    rows->broken = rows->broken || !moved;
    rows->count = moved ? left : rows->count;
    free(moved);
}

/* Too many: the end is what matters. */
static void rows_trim(struct film_rows *rows)
{
    if (rows->count <= FILM_ROWS_MAX)
        return;
    size_t gone = rows->count - FILM_ROWS_MAX;
    memmove(rows->list, rows->list + gone, FILM_ROWS_MAX * sizeof *rows->list);
    rows->count = FILM_ROWS_MAX;
    rows->left_out += gone;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].tail != SIZE_MAX)
            rows->list[i].tail = rows->list[i].tail < gone ? SIZE_MAX : rows->list[i].tail - gone;
}

/* Said of a node that has no lane; an alarm is told whoever it is about. */
static bool of_a_bystander(const struct film *film, const struct film_rows *rows,
                           const struct film_moment *moment)
{
    if (moment->deed != WORLD_SAID || moment->level == TRACE_ALARM || !moment->text ||
        film_nodes(film) > NAMED_MAX)
        return false;
    for (uint32_t i = 0; i < film_nodes(film) && rows->bystanders; i++)
        if (strstr(moment->text, film_node(film, i)) && film_rows_lane(rows, i) == SIZE_MAX)
            return true;
    return false;
}

/* As much is left out as it takes. */
static void rows_quieten(struct film_rows *rows)
{
    if (rows->calm)
        chatter_out(rows);
    repeats_fold(rows);
    while (rows->count > FILM_ROWS_MAX && rows->calm + 1 < CALM_COUNT && !rows->broken) {
        rows->calm++;
        chatter_out(rows);
        repeats_fold(rows);
    }
}

bool film_rows_make(const struct film *film, struct film_rows *out)
{
    int64_t share = film_until(film) / SILENCE_SHARE;
    *out = (struct film_rows) {
        .left_out = film_dropped(film),
        .calm = film_count(film) > CALM_FROM,
        .silence_us = share > SILENCE ? share : SILENCE,
    };
    if (!lanes_choose(film, out))
        return false;
    size_t from = film_count(film) > MOMENTS_MAX ? film_count(film) - MOMENTS_MAX : 0;
    out->left_out += from;
    if (!from)
        from = opening_end(film, out);
    for (size_t i = from; i < film_count(film) && !out->broken; i++) {
        const struct film_moment *moment = film_moment(film, i);
        if (film_rows_lane(out, moment->node) == SIZE_MAX ||
            film_rows_lane(out, moment->other) == SIZE_MAX || of_a_bystander(film, out, moment))
            out->left_out++;
        else
            moment_take(out, moment);
    }
    rows_quieten(out);
    rows_trim(out);
    return !out->broken;
}

void film_rows_free(struct film_rows *rows)
{
    free(rows->list);
    *rows = (struct film_rows) {0};
}

/* ---- words ---- */

static const struct {
    const char *why, *words;
} stops[] = {
    {"told", "is stopped"},
    {"before commit", "dies before its commit: nothing of it is kept"},
    {"after commit", "dies after its commit, before anything leaves"},
    {"fault", "ends: its store failed"},
};

static void stop_words(const struct film_moment *moment, char out[static FILM_ROWS_WORDS])
{
    for (size_t i = 0; moment->why && i < sizeof stops / sizeof *stops; i++)
        if (strcmp(stops[i].why, moment->why) == 0) {
            snprintf(out, FILM_ROWS_WORDS, "%s", stops[i].words);
            return;
        }
    snprintf(out, FILM_ROWS_WORDS, "ends: %s", moment->why ? moment->why : "nobody knows why");
}

static void submission_words(const struct film *film, const struct film_row *row,
                             char out[static FILM_ROWS_WORDS])
{
    const struct film_moment *is = row->moment;
    char of[64] = "", range[192] = "";
    if (is->text)
        film_names(film, is->text, of, sizeof of);
    snprintf(range, sizeof range, "%s%s", *of ? " of " : "", of);
    if (row->times > 1) {
        char to[64] = "";
        if (row->last->text)
            film_names(film, row->last->text, to, sizeof to);
        snprintf(range, sizeof range, "%s%s%s%s (%zu)", *of ? " of " : "", of, *to ? " … " : "", to,
                 row->times);
    }
    snprintf(out, FILM_ROWS_WORDS, "%s%s: %s", is->what, range,
             is->refused    ? is->why
             : is->ready    ? "kept, waits for the guard"
             : is->repeated ? "as answered before"
                            : "kept");
}

void film_rows_words(const struct film *film, const struct film_row *row,
                     char out[static FILM_ROWS_WORDS])
{
    const struct film_moment *is = row->moment;
    const char *other = film_node(film, is->other);
    switch (is->deed) {
    case WORLD_SAID:
        film_names(film, is->text ? is->text : "", out, FILM_ROWS_WORDS);
        if (row->times > 1) {
            size_t length = strlen(out);
            snprintf(out + length, FILM_ROWS_WORDS - length, " (%zu times)", row->times);
        }
        return;
    case WORLD_SUBMITTED: submission_words(film, row, out); return;
    case WORLD_STOPPED: stop_words(is, out); return;
    case WORLD_STARTED: snprintf(out, FILM_ROWS_WORDS, "starts"); return;
    case WORLD_BACKED_UP: snprintf(out, FILM_ROWS_WORDS, "is backed up"); return;
    case WORLD_RESTORED: snprintf(out, FILM_ROWS_WORDS, "goes back to its backup"); return;
    case WORLD_CLOCK:
        snprintf(out, FILM_ROWS_WORDS, "%s",
                 row->times > 1 ? "has its clock set, and others too" : "has its clock set");
        return;
    case WORLD_CUT: snprintf(out, FILM_ROWS_WORDS, "is cut from %s", other); return;
    case WORLD_MENDED: snprintf(out, FILM_ROWS_WORDS, "reaches %s again", other); return;
    default: snprintf(out, FILM_ROWS_WORDS, "%s", film_trace_deed(is->deed)); return;
    }
}
