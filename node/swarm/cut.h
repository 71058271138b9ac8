/* A story as lines that can be taken away and changed. Lines are texts in an arena and are never
 * changed in place: what is cut is a new list. */
#pragma once

#include "base/arena.h"

struct cut {
    const char **lines;
    size_t count;
};

/* Of the upper half, without comments and empty lines, words apart by one blank. numbers[i] (may be
 * NULL) is the line's number in the text. False: no memory. */
bool cut_read(struct bytes text, struct arena *arena, struct cut *out, size_t **numbers);
/* Each line with its end; data NULL: no memory. */
struct bytes cut_text(const struct cut *cut, struct arena *arena);

/* Without the lines from `from` up to, not with, `to`. lines NULL: no memory. */
struct cut cut_out(const struct cut *cut, size_t from, size_t to, struct arena *arena);
/* With another line at `at`. */
struct cut cut_with(const struct cut *cut, size_t at, const char *line, struct arena *arena);

/* The line's words, without its `at TIME`. */
const char *cut_deed(const char *line);
/* Whether it begins so, word by word. */
bool cut_begins(const char *line, const char *words);
/* Whether one of its words is this. */
bool cut_mentions(const char *line, const char *word, size_t length);
/* The word with number `number` (from 0), or NULL. */
const char *cut_word(const char *line, size_t number, size_t *length);
/* The line with another word there; empty: without it. NULL: no memory. */
const char *cut_reword(const char *line, size_t number, const char *word, struct arena *arena);

/* A word that names dossiers: `S3`, or `S1..S20`; false for any other. */
struct cut_names {
    char letters[16];
    unsigned long first, last;
};
bool cut_names(const char *word, size_t length, struct cut_names *out);
