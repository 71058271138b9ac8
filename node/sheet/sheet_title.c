#include "sheet/sheet_title.h"

#include "report/text.h"
#include "base/words.h"
#include "report/plain.h"

#include <assert.h>
#include <string.h>

enum { TITLE_SIZE_MAX = 200 };

/* A title by its own name comes before another one of which it is an alias. */
static uint16_t folded_find(struct bytes text, const struct sheet_title *titles, size_t count,
                            struct arena *arena)
{
    const char *folded = plain_word(text, arena);
    uint16_t found = SHEET_TITLE_NONE;
    for (size_t i = 0; folded && *folded && i < count; i++) {
        struct arena_mark mark = arena_mark(arena);
        const char *name = plain_word(bytes_text(titles[i].name), arena);
        bool same = name && strcmp(name, folded) == 0;
        arena_rewind(arena, mark);
        if (same)
            return (uint16_t)i;
        if (found == SHEET_TITLE_NONE && words_hold(titles[i].aliases, folded))
            found = (uint16_t)i;
    }
    return found;
}

/* Without what stands in brackets, which explains. */
static struct bytes without_brackets(struct bytes cell)
{
    for (size_t i = 1; i < cell.size; i++)
        if (cell.data[i] == '(' || cell.data[i] == '[')
            return (struct bytes) {cell.data, i};
    return cell;
}

static uint16_t whole_find(struct bytes cell, const struct sheet_title *titles, size_t count,
                           struct arena *arena)
{
    struct bytes bare = without_brackets(cell);
    uint16_t found = folded_find(cell, titles, count, arena);
    return found == SHEET_TITLE_NONE && bare.size < cell.size
               ? folded_find(bare, titles, count, arena)
               : found;
}

uint16_t sheet_title_find(struct bytes cell, const struct sheet_title *titles, size_t count,
                          struct arena *arena)
{
    if (cell.size == 0 || cell.size > TITLE_SIZE_MAX)
        return SHEET_TITLE_NONE;
    uint16_t found = whole_find(cell, titles, count, arena);
    for (size_t start = 0, i = 0; found == SHEET_TITLE_NONE && i <= cell.size; i++) {
        if (i < cell.size && !strchr("/|\n", cell.data[i]))
            continue;
        struct bytes part = text_trim((struct bytes) {cell.data + start, i - start});
        if (part.size < cell.size)
            found = whole_find(part, titles, count, arena);
        start = i + 1;
    }
    return found;
}

static void titles_read(const struct sheet_row *row, const struct sheet_title *titles, size_t count,
                        struct arena *arena, struct sheet_header *out)
{
    out->row = row->number;
    out->count = row->cell_count;
    out->known = 0;
    out->cells = row;
    out->next = row->next;
    for (size_t i = 0; i < row->cell_count; i++) {
        out->titles[i] = sheet_title_find(row->cells[i], titles, count, arena);
        out->known += out->titles[i] != SHEET_TITLE_NONE;
    }
}

/* How many different titles; a row of data may well have a word that is one. */
static size_t different(const struct sheet_header *header)
{
    size_t count = 0;
    for (size_t i = 0; i < header->count; i++) {
        bool first = header->titles[i] != SHEET_TITLE_NONE;
        for (size_t j = 0; first && j < i; j++)
            first = header->titles[j] != header->titles[i];
        count += first;
    }
    return count;
}

enum fault sheet_title_header(const struct sheet *sheet, const struct sheet_title *titles,
                              size_t count, size_t known_min, struct arena *arena,
                              struct sheet_header *out)
{
    size_t tried = 0, best = known_min ? known_min - 1 : 0;
    struct sheet_header *header = arena_take(arena, sizeof *header);
    if (!header)
        return FAULT_MEMORY;
    *out = (struct sheet_header) {0};
    for (const struct sheet_row *row = sheet->first; row && tried < SHEET_TITLE_HEADER_ROWS;
         row = row->next, tried++) {
        titles_read(row, titles, count, arena, header);
        size_t known = different(header);
        if (known <= best)
            continue;
        best = known;
        *out = *header;
    }
    return FAULT_NONE;
}

bool sheet_title_again(const struct sheet_header *header, const struct sheet_row *row)
{
    size_t same = 0;
    for (size_t i = 0; i < row->cell_count && i < header->count; i++) {
        if (row->cells[i].size == 0)
            continue;
        if (!bytes_equal(row->cells[i], header->cells->cells[i]))
            return false;
        same += header->titles[i] != SHEET_TITLE_NONE;
    }
    assert(same <= header->count);
    return same >= 2;
}
