/* A film as rows from top to bottom, before anything is drawn: who has a lane, which arrow begins
 * and ends where, what is folded. */
#pragma once

#include "film/film.h"

enum {
    FILM_ROWS_MAX = 500,
    FILM_LANES_MAX = 16,
    FILM_ROWS_WORDS = 400 /* room for what a row says */
};

enum film_row_kind {
    FILM_ROW_TAIL, /* a frame leaves */
    FILM_ROW_HEAD, /* a frame arrives, or is lost on its way */
    FILM_ROW_WORD, /* something is said, or happens to a node */
    FILM_ROW_SILENCE,
};

struct film_row {
    enum film_row_kind kind;
    const struct film_moment *moment, *last; /* several that are folded: the first and the last */
    size_t times;
    size_t tail;      /* of a head: its row; SIZE_MAX: it has none */
    bool ended;       /* of a tail: something came of it */
    const char *lost; /* of a tail: it was lost at once; why */
    int64_t us;       /* of a silence: how long */
};

struct film_rows {
    struct film_row *list;
    size_t count, room;
    uint64_t left_out; /* moments that have no row */
    uint64_t opening;  /* of them: frames by which the nodes met at the beginning */
    uint64_t met;      /* the number of the last of these */
    size_t calm;       /* so much of what is said least has no row: see film_rows_calm */
    size_t bystanders; /* nodes without a lane */
    uint32_t lanes[FILM_LANES_MAX];
    size_t lane_count;
    int64_t silence_us; /* from so much on it is a row */
    bool broken;
};

/* False: no memory. */
bool film_rows_make(const struct film *film, struct film_rows *out);
void film_rows_free(struct film_rows *rows);
/* The lane of a node; SIZE_MAX: it has none. */
size_t film_rows_lane(const struct film_rows *rows, uint32_t node);
/* What has no row, in words; "" when everything has one. */
const char *film_rows_calm(const struct film_rows *rows);
/* What a row of words says, without who. */
void film_rows_words(const struct film *film, const struct film_row *row,
                     char out[static FILM_ROWS_WORDS]);
