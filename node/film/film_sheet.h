/* The paper of a sequence diagram: where each row, lane and label stands, so that no label lies
 * upon another. */
#pragma once

#include "film/film_rows.h"

enum {
    FILM_SHEET_MARGIN = 20,
    FILM_SHEET_TIMES = 92,     /* the column of times */
    FILM_SHEET_WORDS_OFF = 96, /* from the last lane to the words */
    FILM_SHEET_LINE = 16,      /* from a line of words to the next */
    FILM_SHEET_TOP = 186,      /* where the lanes begin */
    FILM_SHEET_WORDS_MAX = 2 * FILM_ROWS_WORDS,
};

struct film_sheet {
    const struct film *film;
    struct film_rows rows;
    int *y; /* of each row: of its mark; and of the end of the lanes */
    int gap, words_x, width, bottom;
    size_t letters; /* of a line of words */
};

/* False: no memory. */
bool film_sheet_make(const struct film *film, struct film_sheet *out);
void film_sheet_free(struct film_sheet *sheet);
/* Of a node's lane. */
int film_sheet_x(const struct film_sheet *sheet, uint32_t node);
/* What stands beside a row, and who does it. */
void film_sheet_words(const struct film_sheet *sheet, const struct film_row *row,
                      char out[static FILM_SHEET_WORDS_MAX]);
/* The line of so many letters with this number, from 0; NULL: there is none, or no room for it. */
const char *film_sheet_line(const char *text, size_t letters, int number, size_t *length);
int film_sheet_lines(const char *text, size_t letters);
