#include "admin/import_csv.h"

#include "report/text.h"

#include <assert.h>
#include <csv.h>
#include <string.h>

/* libcsv calls back for each cell and row; what is wrong is remembered, and the rest is only
 * counted. */
struct reading {
    struct arena *arena;
    struct import_csv *out;
    struct import_csv_row **end;
    struct bytes cells[IMPORT_CSV_CELLS_MAX];
    size_t cell_count, row_number, rows_max;
    bool content;  /* a cell of this row is not blank */
    bool after_cr; /* the line end may go on with a line feed */
    bool spent, over, wide, odd, long_;
};

static struct bytes without_formula(struct bytes cell)
{
    bool formula =
        cell.size >= 3 && memcmp(cell.data, "=\"", 2) == 0 && cell.data[cell.size - 1] == '"';
    return formula ? (struct bytes) {cell.data + 2, cell.size - 3} : cell;
}

static void take_cell(void *data, size_t size, void *self)
{
    struct reading *reading = self;
    struct bytes raw = {data, size}, cell;
    reading->after_cr = false;
    if (reading->cell_count == IMPORT_CSV_CELLS_MAX) {
        reading->wide = reading->wide || text_trim(raw).size > 0;
        return;
    }
    if (size > IMPORT_CSV_CELL_MAX) {
        reading->long_ = true;
        raw.size = 0;
    }
    raw = text_trim(without_formula(text_trim(raw)));
    if (!text_nfc(raw, reading->arena, &cell)) {
        reading->odd = true;
        cell = (struct bytes) {0};
    }
    reading->content = reading->content || cell.size > 0;
    reading->cells[reading->cell_count++] = cell;
}

static void row_keep(struct reading *reading)
{
    struct import_csv_row *row = arena_take(reading->arena, sizeof *row);
    struct bytes *cells = arena_take_array(reading->arena, reading->cell_count, sizeof *cells);
    if (!row || !cells) {
        reading->spent = true;
        return;
    }
    memcpy(cells, reading->cells, reading->cell_count * sizeof *cells);
    *row = (struct import_csv_row) {reading->row_number, cells, reading->cell_count, NULL};
    *reading->end = row;
    reading->end = &row->next;
    reading->out->row_count++;
}

/* Every line end comes here, so that blank rows are counted: of CR and LF together only the first.
 */
static void end_row(int end, void *self)
{
    struct reading *reading = self;
    if (end == '\n' && reading->after_cr && reading->cell_count == 0) {
        reading->after_cr = false;
        return;
    }
    reading->row_number++;
    reading->after_cr = end == '\r';
    if (reading->content && reading->out->row_count < reading->rows_max)
        row_keep(reading);
    else if (reading->content)
        reading->over = true;
    reading->cell_count = 0;
    reading->content = false;
}

/* The one of the three that stands most often in the first line that is not blank, outside quotes.
 */
static unsigned char delimiter_of(struct bytes content)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false, seen = false;
    for (size_t i = 0; i < content.size; i++) {
        uint8_t c = content.data[i];
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && seen && (c == '\n' || c == '\r'))
            break;
        seen = seen || (c != '\n' && c != '\r');
        commas += !quoted && c == ',';
        semicolons += !quoted && c == ';';
        tabs += !quoted && c == '\t';
    }
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

static struct bytes without_mark(struct bytes content)
{
    bool marked = content.size >= 3 && memcmp(content.data, "\xEF\xBB\xBF", 3) == 0;
    return marked ? (struct bytes) {content.data + 3, content.size - 3} : content;
}

/* What ails the whole file, the first of these. */
static void file_judge(const struct reading *reading, bool complete)
{
    const struct {
        bool holds;
        const char *expected, *remedy;
    } ailments[] = {
        {reading->odd, "text in UTF-8", "save the sheet as `CSV UTF-8` and import it again"},
        {!complete, "quotes that are closed",
         "save the sheet as CSV again: a quoted cell has no end"},
        {reading->wide, "at most 64 columns", "delete the columns that are not needed"},
        {reading->long_, "cells of at most 16 KiB", "shorten the longest comment"},
        {reading->over, "fewer rows", "split the list and import the parts one by one"},
    };
    for (size_t i = 0; i < sizeof ailments / sizeof *ailments; i++)
        if (ailments[i].holds) {
            reading->out->expected = ailments[i].expected;
            reading->out->remedy = ailments[i].remedy;
            return;
        }
}

/* The last cell began with a quote that nothing has closed. libcsv tells only in its strict mode,
 * which refuses `="0012"` as well. */
static bool quote_open(const struct csv_parser *parser)
{
    enum { FIELD_BEGUN = 2 }; /* of libcsv's states; behind a closing quote it is another */
    return parser->quoted && parser->pstate == FIELD_BEGUN;
}

enum fault import_csv_read(struct bytes content, size_t rows_max, struct arena *arena,
                           struct import_csv *out)
{
    struct csv_parser parser;
    *out = (struct import_csv) {0};
    struct reading reading = {.arena = arena, .out = out, .end = &out->first, .rows_max = rows_max};
    if (csv_init(&parser, CSV_REPALL_NL) != 0)
        return FAULT_MEMORY;
    content = without_mark(content);
    csv_set_delim(&parser, delimiter_of(content));
    size_t parsed = csv_parse(&parser, content.data, content.size, take_cell, end_row, &reading);
    bool complete = parsed == content.size && !quote_open(&parser);
    complete = csv_fini(&parser, take_cell, end_row, &reading) == 0 && complete;
    bool memory = csv_error(&parser) != CSV_ENOMEM && !reading.spent;
    csv_free(&parser);
    if (!memory)
        return FAULT_MEMORY;
    assert(out->row_count <= rows_max);
    file_judge(&reading, complete);
    return FAULT_NONE;
}
