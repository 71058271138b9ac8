#include "sheet/sheet_csv.h"

#include "report/text.h"
#include "sheet/sheet_cell.h"

#include <assert.h>
#include <csv.h>
#include <string.h>
#include <strings.h>

enum { LINES_LOOKED_AT = 20 };

/* libcsv calls back for each cell and row; what is wrong is remembered, and the rest is only
 * counted. */
struct reading {
    struct arena *arena;
    struct sheet *out;
    struct sheet_row **end;
    struct bytes cells[SHEET_COLUMNS_MAX];
    size_t cell_count, row_number, rows_max;
    bool content;  /* a cell of this row is not blank */
    bool after_cr; /* the line end may go on with a line feed */
    bool spent, over, wide, odd, long_;
};

static void take_cell(void *data, size_t size, void *self)
{
    struct reading *reading = self;
    struct bytes raw = {data, size}, cell;
    reading->after_cr = false;
    if (reading->cell_count == SHEET_COLUMNS_MAX) {
        reading->wide = reading->wide || text_trim(raw).size > 0;
        return;
    }
    if (size > SHEET_CELL_MAX) {
        reading->long_ = true;
        raw.size = 0;
    }
    if (!sheet_cell_clean(raw, reading->arena, &cell)) {
        reading->odd = true;
        cell = (struct bytes) {0};
    }
    reading->content = reading->content || cell.size > 0;
    reading->cells[reading->cell_count++] = cell;
}

static void row_keep(struct reading *reading)
{
    struct sheet_row *row = arena_take(reading->arena, sizeof *row);
    struct bytes *cells = arena_take_array(reading->arena, reading->cell_count, sizeof *cells);
    uint8_t *kinds = arena_take(reading->arena, reading->cell_count);
    if (!row || !cells || !kinds) {
        reading->spent = true;
        return;
    }
    static_assert(SHEET_TEXT == 0, "all cells of CSV are text");
    memcpy(cells, reading->cells, reading->cell_count * sizeof *cells);
    *row = (struct sheet_row) {.number = reading->row_number,
                               .cells = cells,
                               .kinds = kinds,
                               .cell_count = reading->cell_count};
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

/* ---- the separator -----------------------------------------------------------------------------
 */

static const char separators[] = {',', ';', '\t'};

enum { SEPARATORS = sizeof separators };

/* `sep=;` is for the program alone: no row of the sheet. Its length with the line end; 0: none. */
static size_t said_length(struct bytes text, char *separator)
{
    static const char mark[] = "sep=";
    size_t size = sizeof mark - 1, end = size + 1;
    bool said = text.size > end && strncasecmp((const char *)text.data, mark, size) == 0 &&
                (text.data[end] == '\r' || text.data[end] == '\n');
    if (!said)
        return 0;
    *separator = (char)text.data[size];
    bool both = text.data[end] == '\r' && text.size > end + 1 && text.data[end + 1] == '\n';
    return end + (both ? 2 : 1);
}

/* The one of the three that stands most often within one of the first lines that have any, outside
 * quotes: the header has it many times, and a sentence above the list has a comma or two. */
char sheet_csv_separator(struct bytes text)
{
    size_t most[SEPARATORS] = {0}, here[SEPARATORS] = {0}, lines = 0, best = 0;
    bool quoted = false, any = false;
    char said;
    if (said_length(text, &said))
        return said;
    for (size_t i = 0; i < text.size && lines < LINES_LOOKED_AT; i++) {
        char c = (char)text.data[i];
        bool ends = !quoted && (c == '\n' || c == '\r');
        quoted = quoted != (c == '"');
        lines += ends && any;
        any = any && !ends;
        for (size_t j = 0; j < SEPARATORS; j++) {
            any = any || (!quoted && c == separators[j]);
            here[j] = ends ? 0 : here[j] + (!quoted && c == separators[j]);
            most[j] = here[j] > most[j] ? here[j] : most[j];
        }
    }
    for (size_t j = 1; j < SEPARATORS; j++)
        best = most[j] > most[best] ? j : best;
    return separators[best];
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

/* What ails the whole file, the first of these. */
static void file_judge(const struct reading *reading, bool complete, struct sheet_refusal *out)
{
    const struct {
        bool holds;
        struct sheet_refusal refusal;
    } ailments[] = {
        {reading->odd,
         {"malformed", "text in UTF-8", "save the sheet as `CSV UTF-8` and import it again"}},
        {!complete,
         {"malformed", "quotes that are closed",
          "save the sheet as CSV again: a quoted cell has no end"}},
        {reading->wide,
         {"too_large", "at most 256 columns", "delete the columns that are not needed"}},
        {reading->long_, {"too_large", "cells of at most 16 KiB", "shorten the longest comment"}},
        {reading->over,
         {"too_large", "fewer rows", "split the list and import the parts one by one"}},
    };
    for (size_t i = 0; i < sizeof ailments / sizeof *ailments; i++)
        if (ailments[i].holds) {
            *out = ailments[i].refusal;
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

enum fault sheet_csv_read(struct sheet_book *book, size_t rows_max, struct arena *arena,
                          struct sheet *out)
{
    struct csv_parser parser;
    char said;
    size_t skipped = said_length(book->text, &said);
    struct bytes content = {book->text.data + skipped, book->text.size - skipped};
    *out = (struct sheet) {0};
    struct reading *reading = arena_take(arena, sizeof *reading);
    if (!reading || csv_init(&parser, CSV_REPALL_NL) != 0)
        return FAULT_MEMORY;
    *reading =
        (struct reading) {.arena = arena, .out = out, .end = &out->first, .rows_max = rows_max};
    csv_set_delim(&parser, (unsigned char)book->separator);
    size_t parsed = csv_parse(&parser, content.data, content.size, take_cell, end_row, reading);
    bool complete = parsed == content.size && !quote_open(&parser);
    complete = csv_fini(&parser, take_cell, end_row, reading) == 0 && complete;
    bool memory = csv_error(&parser) != CSV_ENOMEM && !reading->spent;
    csv_free(&parser);
    if (!memory)
        return FAULT_MEMORY;
    assert(out->row_count <= rows_max);
    file_judge(reading, complete, &book->refusal);
    return FAULT_NONE;
}
