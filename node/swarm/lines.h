/* The lines of a story while it is drawn: each with its time, and in the end in their order. */
#pragma once

#include "base/arena.h"

#include <stdint.h>

enum { LINES_TEXT_MAX = 160, LINES_MAX = 4096 };

struct lines_line {
    int64_t at_ms;
    uint32_t part, serial; /* at the same time: by the part that drew it, then as it drew */
    char text[LINES_TEXT_MAX];
};

struct lines {
    struct lines_line *list;
    size_t count;
    int64_t until_ms; /* what comes later is left out */
    uint32_t part;    /* of those that are added now */
    bool spent;       /* one had no room */
};

/* False when the arena is spent. */
bool lines_open(struct lines *lines, int64_t until_ms, struct arena *arena);
void lines_add(struct lines *lines, int64_t at_ms, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* One below the other, in order; timed: as `at TIME what`. NULL when the arena is spent. */
char *lines_text(struct lines *lines, bool timed, struct arena *arena);
