#include "flow/flow_table.h"

#include "base/words.h"

#include <assert.h>
#include <csv.h>
#include <stdio.h>
#include <string.h>

enum { CELL_MAX = 4096, CELLS_MAX = 256, TITLE_MAX = 64, NOWHERE = -1 };

static const char separators[] = {',', ';', '\t'};

struct reading {
    const struct flow_table *table;
    struct flow_refusal *refusal;
    int place[CELLS_MAX];                       /* the column that a cell is for, or NOWHERE */
    struct bytes cells[FLOW_TABLE_COLUMNS_MAX]; /* of this row, in `room` */
    uint8_t room[FLOW_TABLE_COLUMNS_MAX][CELL_MAX];
    size_t cell_count, column_count, title_count;
    char unknown[TITLE_MAX]; /* the first title that no column has; empty: none */
    uint64_t line, lines;    /* where this row began; line ends so far, and one */
    bool titled, content, after_cr, stop;
};

static bool refuse(struct reading *reading, const char *remedy, const char *what)
{
    reading->stop = true;
    return flow_file_refuse(reading->refusal, reading->line, remedy, "%s", what);
}

/* ---- the first row ---- */

/* As it was written, as far as there is room, and as far as it can be shown. */
static void unknown_keep(struct reading *reading, struct bytes cell)
{
    if (reading->unknown[0] || cell.size == 0)
        return;
    if (cell.size >= sizeof reading->unknown || !flow_file_text(cell))
        cell = bytes_text("?");
    memcpy(reading->unknown, cell.data, cell.size);
}

static void title_take(struct reading *reading, struct bytes cell)
{
    char name[TITLE_MAX] = "";
    for (size_t i = 0; i < cell.size && cell.size < sizeof name; i++)
        name[i] =
            (char)(cell.data[i] >= 'A' && cell.data[i] <= 'Z' ? cell.data[i] | 0x20 : cell.data[i]);
    int *place = &reading->place[reading->cell_count];
    *place = NOWHERE;
    if (strchr(name, ' ')) {
        unknown_keep(reading, cell);
        return;
    }
    for (size_t i = 0; i < reading->column_count; i++)
        if (words_hold(reading->table->columns[i].names, name))
            *place = (int)i;
    if (*place == NOWHERE)
        unknown_keep(reading, cell);
    for (size_t i = 0; i < reading->cell_count && *place != NOWHERE; i++)
        if (reading->place[i] == *place)
            refuse(reading, "leave one of them, or give the other another name",
                   "each column once in the first row");
}

static bool column_there(const struct reading *reading, size_t column)
{
    for (size_t i = 0; i < reading->cell_count; i++)
        if (reading->place[i] == (int)column)
            return true;
    return false;
}

static void unknown_judge(struct reading *reading)
{
    char known[FLOW_FILE_EXPECTED_SIZE] = "";
    bool lacks = false;
    for (size_t i = 0; i < reading->column_count; i++) {
        size_t length = strlen(known);
        lacks = lacks || !column_there(reading, i);
        snprintf(known + length, sizeof known - length, "%s%s", i ? " " : "",
                 reading->table->columns[i].names);
    }
    if (!reading->table->strict || !lacks || !reading->unknown[0])
        return;
    reading->stop = true;
    flow_file_refuse(reading->refusal, reading->line,
                     "write one of these titles above it, or delete that column",
                     "titles of these: %s; not `%.40s`", known, reading->unknown);
}

static void titles_judge(struct reading *reading)
{
    for (size_t i = 0; i < reading->column_count; i++) {
        bool there = !reading->table->columns[i].needed || column_there(reading, i);
        const char *names = reading->table->columns[i].names;
        if (!there) {
            reading->stop = true;
            flow_file_refuse(reading->refusal, reading->line,
                             "write the names of the columns into the first row, as in "
                             "`from,to,students`",
                             "a column `%.*s`", (int)strcspn(names, " "), names);
            return;
        }
    }
    unknown_judge(reading);
    reading->title_count = reading->cell_count;
    reading->titled = true;
}

/* ---- cells and rows ---- */

static void cell_keep(struct reading *reading, struct bytes cell)
{
    int place = reading->place[reading->cell_count];
    if (reading->cell_count >= reading->title_count && cell.size > 0) {
        refuse(reading, "put quotes around a cell that holds the separator, or name its column",
               "no more cells than the first row has titles");
        return;
    }
    if (place == NOWHERE)
        return;
    if (!flow_file_text(cell)) {
        refuse(reading, "save the list as `CSV UTF-8`, and leave line ends out of its cells",
               "text in UTF-8");
        return;
    }
    memcpy(reading->room[place], cell.data, cell.size);
    reading->cells[place] = (struct bytes) {reading->room[place], cell.size};
}

static void take_cell(void *data, size_t size, void *self)
{
    struct reading *reading = self;
    struct bytes raw = {data, size}, cell;
    if (reading->stop)
        return;
    for (size_t i = 0; i < size; i++)
        reading->lines += raw.data[i] == '\n';
    reading->after_cr = false;
    if (size > CELL_MAX) {
        refuse(reading, "look for a quote that is not closed", "cells of at most 4 KiB");
        return;
    }
    if (reading->cell_count == CELLS_MAX) {
        refuse(reading, "delete the columns that are not needed", "at most 256 columns");
        return;
    }
    cell = flow_file_trim(raw);
    reading->content = reading->content || cell.size > 0;
    if (!reading->titled)
        title_take(reading, cell);
    else
        cell_keep(reading, cell);
    reading->cell_count++;
}

static void row_finish(struct reading *reading)
{
    if (!reading->content || reading->stop)
        return;
    if (!reading->titled) {
        titles_judge(reading);
        for (size_t i = reading->cell_count; i < CELLS_MAX; i++)
            reading->place[i] = NOWHERE;
        return;
    }
    for (size_t i = reading->cell_count; i < reading->title_count && reading->table->strict; i++)
        if (reading->place[i] != NOWHERE) {
            refuse(reading, "fill the row up; a cell may be empty",
                   "as many cells as the first row has titles");
            return;
        }
    if (!reading->table->row(reading->table->self, reading->cells, reading->line))
        reading->stop = true;
}

/* Every line end comes here; of CR and LF together only the first ends a line. */
static void end_row(int end, void *self)
{
    struct reading *reading = self;
    if (end == '\n' && reading->after_cr && reading->cell_count == 0) {
        reading->after_cr = false;
        return;
    }
    row_finish(reading);
    memset(reading->cells, 0, sizeof reading->cells);
    reading->after_cr = end == '\r';
    reading->cell_count = 0;
    reading->content = false;
    reading->line = ++reading->lines;
}

/* ---- the whole ---- */

/* The one that stands most often in the first line. */
static char separator_of(struct bytes content)
{
    size_t most = 0;
    char best = separators[0];
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t here = 0;
        for (size_t j = 0; j < content.size && content.data[j] != '\n'; j++)
            here += content.data[j] == separators[i];
        if (here > most) {
            most = here;
            best = separators[i];
        }
    }
    return best;
}

static struct bytes without_mark(struct bytes content)
{
    bool marked = content.size >= 3 && memcmp(content.data, "\xef\xbb\xbf", 3) == 0;
    return marked ? (struct bytes) {content.data + 3, content.size - 3} : content;
}

/* In small pieces, so that a file which is of no use is not read to its end. */
static bool parse(struct csv_parser *parser, struct bytes content, struct reading *reading)
{
    enum { PIECE = 1 << 16 };
    for (size_t at = 0; at < content.size && !reading->stop; at += PIECE) {
        size_t size = content.size - at < PIECE ? content.size - at : PIECE;
        if (csv_parse(parser, content.data + at, size, take_cell, end_row, reading) != size)
            return false;
    }
    return reading->stop || csv_fini(parser, take_cell, end_row, reading) == 0;
}

enum fault flow_table_read(struct bytes content, const struct flow_table *table,
                           struct arena *arena, struct flow_refusal *refusal)
{
    struct csv_parser parser;
    struct reading *reading = arena_take(arena, sizeof *reading);
    if (!reading)
        return FAULT_MEMORY;
    *reading = (struct reading) {.table = table, .refusal = refusal, .line = 1, .lines = 1};
    while (table->columns[reading->column_count].names)
        reading->column_count++;
    assert(reading->column_count <= FLOW_TABLE_COLUMNS_MAX);
    content = without_mark(content);
    if (content.size > FLOW_TABLE_SIZE_MAX) {
        flow_file_refuse(refusal, 0, "leave out what is not needed", "at most 64 MiB");
        return FAULT_NONE;
    }
    if (csv_init(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI) != 0)
        return FAULT_MEMORY;
    csv_set_delim(&parser, (unsigned char)separator_of(content));
    bool sound = parse(&parser, content, reading);
    bool memory = csv_error(&parser) != CSV_ENOMEM;
    csv_free(&parser);
    if (memory && !sound)
        refuse(reading, "look for a quote within a cell, or one that is not closed",
               "quotes around whole cells");
    else if (memory && !reading->titled)
        refuse(reading, "name the columns in the first row", "a first row");
    return memory ? FAULT_NONE : FAULT_MEMORY;
}
