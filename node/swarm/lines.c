#include "swarm/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { TIME_SIZE = 32 };

bool lines_open(struct lines *lines, int64_t until_ms, struct arena *arena)
{
    *lines = (struct lines) {.list = arena_take_array(arena, LINES_MAX, sizeof *lines->list),
                             .until_ms = until_ms};
    return lines->list;
}

void lines_add(struct lines *lines, int64_t at_ms, const char *format, ...)
{
    va_list list;
    if (at_ms > lines->until_ms)
        return;
    if (lines->count == LINES_MAX) {
        lines->spent = true;
        return;
    }
    struct lines_line *line = &lines->list[lines->count];
    *line = (struct lines_line) {at_ms, lines->part, (uint32_t)lines->count, ""};
    lines->count++;
    va_start(list, format);
    int length = vsnprintf(line->text, sizeof line->text, format, list);
    va_end(list);
    lines->spent |= length < 0 || (size_t)length >= sizeof line->text;
}

static int by_time(const void *left, const void *right)
{
    const struct lines_line *a = left, *b = right;
    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms ? -1 : 1;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    return a->serial < b->serial ? -1 : a->serial > b->serial;
}

char *lines_text(struct lines *lines, bool timed, struct arena *arena)
{
    size_t room = lines->count * (LINES_TEXT_MAX + TIME_SIZE) + 1, used = 0;
    char *text = lines->spent ? NULL : arena_take(arena, room);
    if (lines->count)
        qsort(lines->list, lines->count, sizeof *lines->list, by_time);
    for (size_t i = 0; text && i < lines->count; i++) {
        const struct lines_line *line = &lines->list[i];
        if (timed)
            used +=
                (size_t)snprintf(text + used, room - used, "at %lldms ", (long long)line->at_ms);
        used += (size_t)snprintf(text + used, room - used, "%s\n", line->text);
    }
    return text;
}
