#include "film/film_sequence.h"

#include "film/film_mark.h"
#include "film/film_sheet.h"
#include "film/film_svg.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = FILM_SHEET_MARGIN, TOP = FILM_SHEET_TOP };

struct drawing {
    struct film_sheet sheet;
    const struct film_row *rows;
    size_t count;
    const int *y;
    const struct film_claim *claim;
    FILE *out;
};

static int lane_x(const struct drawing *drawing, uint32_t node)
{
    return film_sheet_x(&drawing->sheet, node);
}

/* ---- classes of frames ---- */

static const struct {
    const char *class, *tip, *meaning;
    const char *const *frames;
} classes[] = {
    {"records", "records-tip", "records", (const char *const[]) {"deliver", NULL}},
    {"receipt", "receipt-tip", "receipts and acks",
     (const char *const[]) {"receipt", "ack", "notice", NULL}},
    {"compare", "compare-tip", "comparing sets",
     (const char *const[]) {"summary", "range", "return", NULL}},
    {"session", "session-tip", "sessions", (const char *const[]) {NULL}},
};

enum { CLASS_COUNT = sizeof classes / sizeof *classes };

static size_t class_of(const char *what)
{
    for (size_t i = 0; i < CLASS_COUNT; i++)
        for (const char *const *frame = classes[i].frames; *frame; frame++)
            if (what && strcmp(*frame, what) == 0)
                return i;
    return CLASS_COUNT - 1;
}

/* ---- lanes ---- */

/* Up: a line. Down: a hatched bar, from the row where it ended to the one where it starts. */
static void lane_draw(const struct drawing *drawing, uint32_t node)
{
    int x = lane_x(drawing, node), since = -1;
    svg_line(drawing->out, "lane", x, TOP, x, drawing->sheet.bottom);
    for (size_t i = 0; i <= drawing->count; i++) {
        const struct film_row *row = i < drawing->count ? &drawing->rows[i] : NULL;
        bool own = row && row->kind == FILM_ROW_WORD && row->moment->node == node;
        if (own && row->moment->deed == WORLD_STOPPED)
            since = drawing->y[i];
        bool ends = !row || (own && row->moment->deed == WORLD_STARTED);
        if (since >= 0 && ends) {
            svg_rect(drawing->out, "down", x - 6, since, 12, drawing->y[i] - since);
            since = -1;
        }
    }
}

static void lane_names(const struct drawing *drawing, int y)
{
    for (size_t i = 0; i < drawing->sheet.rows.lane_count; i++)
        svg_text(drawing->out, "head halo", lane_x(drawing, drawing->sheet.rows.lanes[i]), y, "%s",
                 film_node(drawing->sheet.film, drawing->sheet.rows.lanes[i]));
}

static bool same_ends(const struct film_moment *one, const struct film_moment *other)
{
    return (one->node == other->node && one->other == other->other) ||
           (one->node == other->other && one->other == other->node);
}

/* A dashed line between two lanes for as long as they cannot reach each other. */
static void cuts_draw(const struct drawing *drawing)
{
    for (size_t i = 0, nth = 0; i < drawing->count; i++) {
        const struct film_row *row = &drawing->rows[i];
        if (row->kind != FILM_ROW_WORD || row->moment->deed != WORLD_CUT)
            continue;
        size_t end = i + 1;
        while (end < drawing->count && (drawing->rows[end].kind != FILM_ROW_WORD ||
                                        drawing->rows[end].moment->deed != WORLD_MENDED ||
                                        !same_ends(drawing->rows[end].moment, row->moment)))
            end++;
        int one = lane_x(drawing, row->moment->node), other = lane_x(drawing, row->moment->other);
        int x = (one < other ? one : other) + drawing->sheet.gap / 2 + 6 * (int)(nth++ % 5);
        svg_line(drawing->out, "cut", x, drawing->y[i], x, drawing->y[end]);
    }
}

/* ---- arrows ---- */

struct arrow {
    int x, y, to_x, to_y;
};

/* The line of an arrow ends within its tip, which lies along it. */
static void arrow_draw(FILE *out, const char *class, const char *tip, const struct arrow *arrow)
{
    double dx = arrow->to_x - arrow->x, dy = arrow->to_y - arrow->y;
    double square = dx * dx + dy * dy, length = square > 0 ? square : 1;
    for (int i = 0; i < 20; i++) /* Newton: the root, without the mathematics library */
        length = (length + square / length) / 2;
    double ux = dx / length, uy = dy / length;
    svg_line(out, class, arrow->x, arrow->y, arrow->to_x - (int)(9 * ux),
             arrow->to_y - (int)(9 * uy));
    svg_path(out, tip, "M %d %d L %d %d L %d %d Z", arrow->to_x, arrow->to_y,
             arrow->to_x - (int)(11 * ux - 5 * uy), arrow->to_y - (int)(11 * uy + 5 * ux),
             arrow->to_x - (int)(11 * ux + 5 * uy), arrow->to_y - (int)(11 * uy - 5 * ux));
}

static void cross_draw(const struct drawing *drawing, int x, int y)
{
    film_mark_draw(drawing->out, FILM_MARK_DIES, x, y);
}

/* Beside the point where an arrow begins or ends, on its side of the lane. */
static void label_draw(const struct drawing *drawing, int x, int y, bool rightwards,
                       const char *text)
{
    svg_text(drawing->out, rightwards ? "halo" : "halo end", x + (rightwards ? 12 : -12), y, "%s",
             text);
}

static void tail_draw(const struct drawing *drawing, size_t number)
{
    const struct film_row *row = &drawing->rows[number];
    const struct film_moment *is = row->moment;
    int x = lane_x(drawing, is->node), to = lane_x(drawing, is->other), y = drawing->y[number];
    char text[96], size[24];
    if (is->size < 1000)
        snprintf(size, sizeof size, "%u B", is->size);
    else
        snprintf(size, sizeof size, "%u.%u kB", is->size / 1000, is->size / 100 % 10);
    if (row->times > 1)
        snprintf(text, sizeof text, "%s, %zu times", is->what, row->times);
    else
        snprintf(text, sizeof text, "%s %llu, %s", is->what, (unsigned long long)is->frame, size);
    const char *class = classes[class_of(is->what)].class;
    if (row->lost) {
        int end = x + (to > x ? 1 : -1) * drawing->sheet.gap * 62 / 100;
        svg_line(drawing->out, class, x, y, end, y + 6);
        cross_draw(drawing, end, y + 6);
        svg_text(drawing->out, to > x ? "small halo" : "small halo end", end + (to > x ? 12 : -12),
                 y + 10, "%s", row->lost);
    } else if (!row->ended) {
        svg_line(drawing->out, class, x, y, x + (to - x) * 4 / 10, y + 8);
        svg_text(drawing->out, "small halo mid", x + (to - x) / 2, y + 12, "…");
    }
    label_draw(drawing, x, y - 2, to > x, text);
}

static void head_draw(const struct drawing *drawing, size_t number)
{
    const struct film_row *row = &drawing->rows[number];
    const struct film_moment *is = row->moment;
    size_t class = class_of(is->what);
    char tip[64];
    struct arrow arrow = {lane_x(drawing, is->node), drawing->y[number], lane_x(drawing, is->other),
                          drawing->y[number]};
    bool rightwards = arrow.to_x > arrow.x;
    if (row->tail != SIZE_MAX)
        arrow.y = drawing->y[row->tail];
    else
        label_draw(drawing, arrow.x, arrow.y - 2, rightwards, is->what);
    if (is->deed == WORLD_LOST) {
        int end = arrow.x + (arrow.to_x - arrow.x) * 85 / 100;
        int y = arrow.y + (arrow.to_y - arrow.y) * 85 / 100;
        svg_line(drawing->out, classes[class].class, arrow.x, arrow.y, end, y);
        cross_draw(drawing, end, y);
        svg_text(drawing->out, rightwards ? "small halo" : "small halo end",
                 end + (rightwards ? 10 : -10), y + 4, "%s", is->why ? is->why : "lost");
        return;
    }
    snprintf(tip, sizeof tip, "%s%s", classes[class].tip, is->refused ? " hollow" : "");
    arrow_draw(drawing->out, classes[class].class, tip, &arrow);
    if (is->refused)
        label_draw(drawing, arrow.to_x, arrow.to_y + 4, rightwards, "refused");
}

/* ---- words ---- */

static enum film_mark_shape shape_of(const struct film_moment *moment)
{
    switch (moment->deed) {
    case WORLD_SAID:
        return moment->level == TRACE_ALARM  ? FILM_MARK_ALARM
               : moment->level == TRACE_NOTE ? FILM_MARK_SAID
                                             : FILM_MARK_DETAIL;
    case WORLD_SUBMITTED: return FILM_MARK_PEOPLE;
    case WORLD_STOPPED: return FILM_MARK_DIES;
    case WORLD_STARTED: return FILM_MARK_STARTS;
    case WORLD_BACKED_UP: return FILM_MARK_BACKUP;
    case WORLD_RESTORED: return FILM_MARK_RESTORE;
    case WORLD_CLOCK: return FILM_MARK_CLOCK;
    case WORLD_MENDED: return FILM_MARK_MEND;
    default: return FILM_MARK_CUT;
    }
}

static void word_draw(const struct drawing *drawing, size_t number)
{
    const struct film_row *row = &drawing->rows[number];
    char words[FILM_SHEET_WORDS_MAX];
    int x = lane_x(drawing, row->moment->node), y = drawing->y[number];
    const char *line, *class = row->moment->level == TRACE_ALARM ? "strong halo" : "halo";
    size_t length;
    film_mark_draw(drawing->out, shape_of(row->moment), x, y);
    if (row->moment->other != row->moment->node)
        film_mark_draw(drawing->out, shape_of(row->moment), lane_x(drawing, row->moment->other), y);
    film_sheet_words(&drawing->sheet, row, words);
    const size_t letters = drawing->sheet.letters;
    for (int i = 0; (line = film_sheet_line(words, letters, i, &length)); i++) {
        size_t next;
        bool cut = line[length] && !film_sheet_line(words, letters, i + 1, &next);
        svg_text(drawing->out, class, drawing->sheet.words_x, y + 4 + i * FILM_SHEET_LINE, "%.*s%s",
                 (int)length, line, cut ? "…" : "");
    }
}

static void silence_draw(const struct drawing *drawing, size_t number)
{
    char span[FILM_SVG_TIME];
    int y = drawing->y[number], right = drawing->sheet.words_x - FILM_SHEET_WORDS_OFF / 2;
    film_svg_span(drawing->rows[number].us, span);
    svg_rect(drawing->out, "band", MARGIN, y - 13, right - MARGIN, 26);
    svg_text(drawing->out, "small mid", (MARGIN + FILM_SHEET_TIMES + right) / 2, y + 4,
             "%s of silence", span);
}

/* Each millisecond is named once, where it begins. */
static void times_draw(const struct drawing *drawing)
{
    int64_t named = -1;
    int below = 0;
    for (size_t i = 0; i < drawing->count; i++) {
        const struct film_row *row = &drawing->rows[i];
        char text[FILM_SVG_TIME];
        if (row->kind == FILM_ROW_SILENCE || row->moment->us / 1000 == named ||
            drawing->y[i] < below)
            continue;
        named = row->moment->us / 1000;
        below = drawing->y[i] + 14;
        film_svg_time(row->moment->us, text);
        svg_text(drawing->out, "small end", MARGIN + FILM_SHEET_TIMES - 12, drawing->y[i] + 4, "%s",
                 text);
    }
}

/* ---- around it ---- */

static void legend_draw(const struct drawing *drawing)
{
    int x = MARGIN, y = 62;
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        struct arrow arrow = {x, y, x + 44, y};
        arrow_draw(drawing->out, classes[i].class, classes[i].tip, &arrow);
        svg_text(drawing->out, "small", x + 52, y + 4, "%s", classes[i].meaning);
        x += 66 + svg_width(strlen(classes[i].meaning), 11);
    }
    struct arrow refused = {x, y, x + 30, y};
    arrow_draw(drawing->out, "session", "session-tip hollow", &refused);
    svg_text(drawing->out, "small", x + 38, y + 4, "refused");
    x += 52 + svg_width(7, 11);
    cross_draw(drawing, x + 8, y);
    svg_text(drawing->out, "small", x + 22, y + 4, "lost, or dead");
    x = MARGIN;
    y += 28;
    for (size_t i = 0; i < FILM_MARK_SHAPES; i++) {
        const char *meaning = film_mark_meaning((enum film_mark_shape)i);
        int wide = 34 + svg_width(strlen(meaning), 11);
        if (i == FILM_MARK_DIES)
            continue; /* told above */
        if (x + wide > drawing->sheet.width - MARGIN) {
            x = MARGIN;
            y += 26;
        }
        film_mark_draw(drawing->out, (enum film_mark_shape)i, x + 8, y);
        svg_text(drawing->out, "small", x + 20, y + 4, "%s", meaning);
        x += wide;
    }
    if (x + 34 + svg_width(4, 11) > drawing->sheet.width - MARGIN) {
        x = MARGIN;
        y += 26;
    }
    svg_rect(drawing->out, "down", x + 4, y - 9, 10, 18);
    svg_text(drawing->out, "small", x + 20, y + 4, "down");
}

static void notes_draw(const struct drawing *drawing)
{
    int right = drawing->sheet.words_x - FILM_SHEET_WORDS_OFF / 2;
    if (drawing->sheet.rows.opening) {
        svg_rect(drawing->out, "band", MARGIN, TOP + 8, right - MARGIN, 26);
        svg_text(drawing->out, "small mid", (MARGIN + FILM_SHEET_TIMES + right) / 2, TOP + 25,
                 "the nodes open their sessions and compare: %llu frames, all is well",
                 (unsigned long long)drawing->sheet.rows.opening);
    }
    const char *calm = film_rows_calm(&drawing->sheet.rows);
    size_t bystanders = drawing->sheet.rows.bystanders;
    char others[80] = "";
    if (bystanders)
        snprintf(others, sizeof others, "%zu nodes to which nothing of note happened; ",
                 bystanders);
    if (drawing->sheet.rows.left_out)
        svg_text(drawing->out, "small", MARGIN, TOP - 44,
                 "not drawn: %s%llu moments%s%s; --trace has them all", others,
                 (unsigned long long)drawing->sheet.rows.left_out, *calm ? ", among them " : "",
                 calm);
}

enum { CLAIM_SIZE = 13, CLAIM_LINE = 21, CLAIM_OFF = 16, CLAIM_ROOM = 1024 };

/* Letters of a line of it, and its height. */
static size_t claim_letters(const struct drawing *drawing)
{
    int room = drawing->sheet.width - 2 * MARGIN - 2 * CLAIM_OFF;
    return (size_t)(room * 100 / svg_width(100, CLAIM_SIZE));
}

static const char *claim_text(const struct drawing *drawing, char out[static CLAIM_ROOM])
{
    snprintf(out, CLAIM_ROOM, "✕ does not hold: %s", drawing->claim->wrong);
    return out;
}

static int claim_height(const struct drawing *drawing)
{
    char text[CLAIM_ROOM];
    if (!drawing->claim->wrong)
        return 0;
    return 39 + CLAIM_LINE * film_sheet_lines(claim_text(drawing, text), claim_letters(drawing));
}

static void claim_draw(const struct drawing *drawing)
{
    char text[CLAIM_ROOM];
    const char *line;
    size_t length, letters = claim_letters(drawing);
    int y = drawing->sheet.bottom + 40;
    if (!drawing->claim->wrong)
        return;
    svg_rect(drawing->out, "broken", MARGIN, y, drawing->sheet.width - 2 * MARGIN,
             claim_height(drawing));
    y += 25;
    for (int i = 0; (line = film_sheet_line(claim_text(drawing, text), letters, i, &length)); i++) {
        svg_text(drawing->out, "on-broken", MARGIN + CLAIM_OFF, y, "%.*s", (int)length, line);
        y += CLAIM_LINE;
    }
    svg_text(drawing->out, "on-broken-small", MARGIN + CLAIM_OFF, y, "%s",
             drawing->claim->line ? drawing->claim->line : "");
}

static void rows_draw(const struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->rows[i].kind == FILM_ROW_WORD)
            svg_line(drawing->out, "lead", lane_x(drawing, drawing->rows[i].moment->node) + 10,
                     drawing->y[i], drawing->sheet.words_x - 8, drawing->y[i]);
    cuts_draw(drawing);
    for (size_t i = 0; i < drawing->sheet.rows.lane_count; i++)
        lane_draw(drawing, drawing->sheet.rows.lanes[i]);
    notes_draw(drawing);
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->rows[i].kind == FILM_ROW_SILENCE)
            silence_draw(drawing, i);
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->rows[i].kind == FILM_ROW_HEAD)
            head_draw(drawing, i);
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->rows[i].kind == FILM_ROW_TAIL)
            tail_draw(drawing, i);
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->rows[i].kind == FILM_ROW_WORD)
            word_draw(drawing, i);
    times_draw(drawing);
}

static void all_draw(struct drawing *drawing, bool inside)
{
    char about[512];
    const struct film_claim *claim = drawing->claim;
    drawing->rows = drawing->sheet.rows.list;
    drawing->count = drawing->sheet.rows.count;
    drawing->y = drawing->sheet.y;
    snprintf(about, sizeof about, "Time runs downwards. %zu nodes have a lane each; %zu rows. %s%s",
             drawing->sheet.rows.lane_count, drawing->count,
             claim->wrong ? "At the end does not hold: " : "Everything that was expected held.",
             claim->wrong ? claim->wrong : "");
    film_svg_begin(drawing->out, &(struct film_svg_frame) {
                                     .id = "sequence",
                                     .title = "What happened, in order",
                                     .description = about,
                                     .width = drawing->sheet.width,
                                     .height = drawing->sheet.bottom + 60 + claim_height(drawing) +
                                               (claim->wrong ? 4 : 0),
                                     .inside = inside,
                                 });
    svg_text(drawing->out, "title", MARGIN, 34, "What happened, in order");
    legend_draw(drawing);
    lane_names(drawing, TOP - 14);
    rows_draw(drawing);
    lane_names(drawing, drawing->sheet.bottom + 20);
    claim_draw(drawing);
    svg_end(drawing->out);
}

bool film_sequence_draw(const struct film *film, const struct film_claim *claim, bool inside,
                        FILE *out)
{
    struct drawing drawing = {.claim = claim, .out = out};
    bool good = film_sheet_make(film, &drawing.sheet);
    if (good)
        all_draw(&drawing, inside);
    film_sheet_free(&drawing.sheet);
    return good;
}
