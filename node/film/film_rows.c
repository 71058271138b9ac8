#include "film/film_rows.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOMENTS_MAX = 16 * FILM_ROWS_MAX,
    OPENING_MIN = 12, /* frames that are worth a row together */
    CALM_FROM = 300,  /* moments: in longer films pings say nothing */
};

static const int64_t SILENCE = 1000000; /* from a second on it is told */

/* ---- lanes ---- */

size_t film_rows_lane(const struct film_rows *rows, uint32_t node)
{
    for (size_t i = 0; i < rows->lane_count; i++)
        if (rows->lanes[i] == node)
            return i;
    return SIZE_MAX;
}

/* What speaks for a lane: deeds and faults, and far behind them frames. */
static uint64_t weight(const struct film_moment *moment)
{
    switch (moment->deed) {
    case WORLD_LEFT:
    case WORLD_ARRIVED:
    case WORLD_LOST: return moment->refused ? 1000 : 1;
    case WORLD_SAID: return moment->level == TRACE_ALARM ? 1000 : 2;
    default: return 1000;
    }
}

/* Those of which most is to be told, in their own order. */
static bool lanes_choose(const struct film *film, struct film_rows *rows)
{
    size_t nodes = film_nodes(film);
    uint64_t *weights = calloc(nodes + 1, sizeof *weights);
    if (!weights)
        return false;
    for (size_t i = 0; i < film_count(film); i++) {
        weights[film_moment(film, i)->node] += weight(film_moment(film, i));
        weights[film_moment(film, i)->other] += 1;
    }
    uint64_t least = 0;
    for (size_t drawn = SIZE_MAX; drawn > FILM_LANES_MAX; least = least ? 2 * least : 1) {
        drawn = 0;
        for (size_t i = 0; i < nodes; i++)
            drawn += weights[i] > least;
        if (drawn <= FILM_LANES_MAX)
            break;
    }
    for (size_t i = 0; i < nodes && rows->lane_count < FILM_LANES_MAX; i++)
        if (weights[i] > least)
            rows->lanes[rows->lane_count++] = (uint32_t)i;
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
    if (moment->us - since < SILENCE)
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

/* A ping that arrived shows that time passes, and nothing else. */
static bool is_chatter(const struct film_rows *rows, const struct film_moment *moment)
{
    return rows->calm && is_frame(moment) && !moment->refused && moment->deed != WORLD_LOST &&
           (strcmp(moment->what, "ping") == 0 || strcmp(moment->what, "pong") == 0);
}

static void chatter_mark(struct film_rows *rows)
{
    size_t left = 0, *moved = calloc(rows->count + 1, sizeof *moved);
    if (!moved) {
        rows->broken = true;
        return;
    }
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].tail != SIZE_MAX && !is_chatter(rows, rows->list[i].moment))
            moved[rows->list[i].tail] = 1; /* its arrow ends in something worth telling */
    for (size_t i = 0; i < rows->count; i++) {
        struct film_row *row = &rows->list[i];
        bool goes = is_chatter(rows, row->moment) && row->kind != FILM_ROW_SILENCE && !row->lost &&
                    !moved[i] && !(row->kind == FILM_ROW_TAIL && !row->ended);
        moved[i] = goes ? SIZE_MAX : left;
        rows->left_out += goes;
        if (goes)
            continue;
        row->tail = row->tail == SIZE_MAX ? SIZE_MAX : moved[row->tail];
        rows->list[left++] = *row;
    }
    rows->count = left;
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

bool film_rows_make(const struct film *film, struct film_rows *out)
{
    *out =
        (struct film_rows) {.left_out = film_dropped(film), .calm = film_count(film) > CALM_FROM};
    if (!lanes_choose(film, out))
        return false;
    size_t from = film_count(film) > MOMENTS_MAX ? film_count(film) - MOMENTS_MAX : 0;
    out->left_out += from;
    if (!from)
        from = opening_end(film, out);
    for (size_t i = from; i < film_count(film) && !out->broken; i++) {
        const struct film_moment *moment = film_moment(film, i);
        if (film_rows_lane(out, moment->node) == SIZE_MAX ||
            film_rows_lane(out, moment->other) == SIZE_MAX)
            out->left_out++;
        else
            moment_take(out, moment);
    }
    if (out->calm)
        chatter_mark(out);
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
    case WORLD_CLOCK: snprintf(out, FILM_ROWS_WORDS, "has its clock set"); return;
    case WORLD_CUT: snprintf(out, FILM_ROWS_WORDS, "is cut from %s", other); return;
    case WORLD_MENDED: snprintf(out, FILM_ROWS_WORDS, "reaches %s again", other); return;
    default: snprintf(out, FILM_ROWS_WORDS, "%s", film_trace_deed(is->deed)); return;
    }
}
