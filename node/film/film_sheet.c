#include "film/film_sheet.h"

#include "film/film_svg.h"

#include <stdlib.h>
#include <string.h>

enum {
    LANE_FIRST = 90, /* from the times to the first lane */
    PAPER = 1240,    /* as wide as a window of 1,300 has room for */
    GAP_WIDE = 250,
    GAP_NARROW = 110, /* a label still stands between two lanes */
    WORDS_WIDE = 78,
    WORDS_WANTED = 40,
    WORDS_NARROW = 32,
    WORDS_LINES = 8,
    WORDS_SIZE = 12,
    LABEL_APART = 16,
    LOST_BELOW = 12, /* why it was lost stands a little below the label */
    HEAD_BELOW = 10, /* an arrow goes down, if only by so much */
    OPENING_HEIGHT = 40,
};

/* ---- where things are ---- */

int film_sheet_x(const struct film_sheet *sheet, uint32_t node)
{
    return FILM_SHEET_MARGIN + FILM_SHEET_TIMES + LANE_FIRST +
           (int)film_rows_lane(&sheet->rows, node) * sheet->gap;
}

/* A line of words ends between two of them. */
static size_t words_line(const char *text, size_t letters)
{
    size_t length = strlen(text);
    if (length <= letters)
        return length;
    size_t cut = letters;
    while (cut > letters / 2 && text[cut] != ' ')
        cut--;
    return text[cut] == ' ' ? cut : letters;
}

const char *film_sheet_line(const char *text, size_t letters, int number, size_t *length)
{
    for (int line = 0; *text && line < WORDS_LINES; line++) {
        *length = words_line(text, letters);
        if (line == number)
            return text;
        text += *length;
        text += *text == ' ';
    }
    return NULL;
}

int film_sheet_lines(const char *text, size_t letters)
{
    size_t length;
    int lines = 1;
    while (film_sheet_line(text, letters, lines, &length))
        lines++;
    return lines;
}

void film_sheet_words(const struct film_sheet *sheet, const struct film_row *row,
                      char out[static FILM_SHEET_WORDS_MAX])
{
    char words[FILM_ROWS_WORDS];
    film_rows_words(sheet->film, row, words);
    snprintf(out, FILM_SHEET_WORDS_MAX, "%s%s %s", film_node(sheet->film, row->moment->own),
             row->moment->deed == WORLD_SAID        ? ":"
             : row->moment->deed == WORLD_SUBMITTED ? " submits"
                                                    : "",
             words);
}

/* ---- from top to bottom ---- */

/* How far the paper is filled: at one instant rows of several lanes stand side by side. */
struct filling {
    int instant;                     /* where the rows of this instant begin */
    int lowest;                      /* of all rows so far */
    int lanes[FILM_LANES_MAX];       /* below the last mark of each lane */
    int between[FILM_LANES_MAX + 1]; /* below the last label left of each lane, and at the end */
    int words;
};

static int most(int one, int other)
{
    return one > other ? one : other;
}

/* Room for a label beside a lane: returns where it can be. */
static int label_place(struct filling *filling, size_t lane, bool rightwards, int y)
{
    int *free = &filling->between[lane + rightwards];
    y = most(y, *free);
    *free = y + LABEL_APART;
    return y;
}

static int tail_place(const struct film_sheet *sheet, struct filling *filling,
                      const struct film_row *row)
{
    const struct film_moment *is = row->moment;
    size_t lane = film_rows_lane(&sheet->rows, is->node);
    bool rightwards = lane < film_rows_lane(&sheet->rows, is->other);
    int y = most(filling->instant, filling->lanes[lane]) + 10;
    y = label_place(filling, lane, rightwards, y);
    filling->lanes[lane] = y + 8;
    if (row->lost)
        filling->between[lane + rightwards] += LOST_BELOW;
    return y;
}

static int head_place(const struct film_sheet *sheet, struct filling *filling,
                      const struct film_row *row, const int *places)
{
    const struct film_moment *is = row->moment;
    size_t lane = film_rows_lane(&sheet->rows, is->other);
    size_t from = film_rows_lane(&sheet->rows, is->node);
    int y = most(filling->instant, filling->lanes[lane]) + 6;
    if (row->tail != SIZE_MAX)
        y = most(y, places[row->tail] + HEAD_BELOW);
    else
        y = label_place(filling, from, from < lane, y + 8);
    if (is->refused) /* said on the far side */
        y = label_place(filling, lane, from < lane, y + 4);
    filling->lanes[lane] = y + 5;
    return y;
}

static int word_place(const struct film_sheet *sheet, struct filling *filling,
                      const struct film_row *row)
{
    char words[FILM_SHEET_WORDS_MAX];
    size_t lane = film_rows_lane(&sheet->rows, row->moment->node);
    size_t other = film_rows_lane(&sheet->rows, row->moment->other);
    int y = most(filling->instant, filling->lanes[lane]);
    y = most(most(y, filling->lanes[other]) + 9, filling->words + FILM_SHEET_LINE / 2);
    film_sheet_words(sheet, row, words);
    filling->lanes[lane] = filling->lanes[other] = y + 8;
    filling->words =
        y + FILM_SHEET_LINE * film_sheet_lines(words, sheet->letters) - FILM_SHEET_LINE / 2 + 2;
    return y;
}

static int silence_place(struct filling *filling)
{
    int y = most(filling->lowest, filling->words) + 24;
    filling->lowest = filling->words = y + 20;
    return y;
}

static void rows_fill(struct film_sheet *sheet, struct filling *filling)
{
    int64_t us = INT64_MIN;
    for (size_t i = 0; i < sheet->rows.count; i++) {
        const struct film_row *row = &sheet->rows.list[i];
        if (row->moment->us != us)
            filling->instant = filling->lowest;
        us = row->moment->us;
        int *y = &sheet->y[i];
        switch (row->kind) {
        case FILM_ROW_TAIL: *y = tail_place(sheet, filling, row); break;
        case FILM_ROW_HEAD: *y = head_place(sheet, filling, row, sheet->y); break;
        case FILM_ROW_WORD: *y = word_place(sheet, filling, row); break;
        case FILM_ROW_SILENCE:
            *y = silence_place(filling);
            us = INT64_MIN;
            break;
        }
        filling->lowest = most(filling->lowest, *y + 4);
    }
}

static int clamp(int number, int least, int greatest)
{
    return number < least ? least : number > greatest ? greatest : number;
}

/* The lanes come together until the paper has room for the words, and the words for all lanes. */
static void columns_make(struct film_sheet *sheet)
{
    int gaps = (int)sheet->rows.lane_count - 1, letter = svg_width(100, WORDS_SIZE);
    int fixed = 2 * FILM_SHEET_MARGIN + FILM_SHEET_TIMES + LANE_FIRST + FILM_SHEET_WORDS_OFF;
    int left = PAPER - fixed;
    sheet->gap = gaps > 0 ? clamp((left - WORDS_WANTED * letter / 100) / gaps, GAP_NARROW, GAP_WIDE)
                          : GAP_WIDE;
    left -= gaps > 0 ? gaps * sheet->gap : 0;
    sheet->letters = (size_t)clamp(left * 100 / letter, WORDS_NARROW, WORDS_WIDE);
    sheet->words_x = fixed - FILM_SHEET_MARGIN + gaps * sheet->gap;
    sheet->width = sheet->words_x + svg_width(sheet->letters, WORDS_SIZE) + FILM_SHEET_MARGIN;
}

bool film_sheet_make(const struct film *film, struct film_sheet *out)
{
    *out = (struct film_sheet) {.film = film};
    if (!film_rows_make(film, &out->rows))
        return false;
    struct filling filling = {.lowest = FILM_SHEET_TOP + (out->rows.opening ? OPENING_HEIGHT : 0)};
    out->y = calloc(out->rows.count + 1, sizeof *out->y);
    if (!out->y)
        return false;
    columns_make(out);
    rows_fill(out, &filling);
    out->bottom = most(filling.lowest, filling.words) + 16;
    out->y[out->rows.count] = out->bottom;
    return true;
}

void film_sheet_free(struct film_sheet *sheet)
{
    free(sheet->y);
    film_rows_free(&sheet->rows);
    *sheet = (struct film_sheet) {0};
}
