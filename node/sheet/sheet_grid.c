#include "sheet/sheet_grid.h"

#include "sheet/sheet_cell.h"

#include <assert.h>
#include <string.h>

enum { MERGES_MAX = 4096, ROW_MAX = 1048576 };

/* Cells that were made one: their text stands in the first and counts for those below it. */
struct merge {
    size_t column, first, last;
};

struct reading {
    const struct sheet_parts *parts;
    struct sheet *out;
    struct sheet_row **end;
    struct arena *arena;
    struct sheet_xml_reader *reader;
    struct bytes cells[SHEET_COLUMNS_MAX];
    uint8_t kinds[SHEET_COLUMNS_MAX];
    size_t cell_count; /* of this row, up to the last that is not blank */
    size_t row_number, rows_max, column;
    bool row_hidden;
    char type[12]; /* of this cell, its t= */
    size_t style;  /* its s= */
    bool value, formula, spoken;
    struct sheet_strings_run run;
    struct merge merges[MERGES_MAX];
    size_t merge_count;
    bool spent, over, wide, long_, odd;
};

static void stop_if(struct reading *reading, bool *reason, bool holds)
{
    *reason = *reason || holds;
    reading->reader->stop = reading->reader->stop || holds;
}

/* ---- places ------------------------------------------------------------------------------------
 */

/* `AB12` as column 27 (from 0) and row 12; false when it is no such place. */
static bool place_read(const char *place, size_t *column, size_t *row)
{
    enum { LETTERS_MAX = 3 };
    size_t letters = 0, number = 0;
    for (; place[letters] >= 'A' && place[letters] <= 'Z' && letters < LETTERS_MAX; letters++)
        number = number * 26 + (size_t)(place[letters] - 'A' + 1);
    if (letters == 0 || !sheet_xml_number(place + letters, row))
        return false;
    *column = number - 1;
    return *row >= 1 && *row <= ROW_MAX;
}

static void merge_take(struct reading *reading, const char *range)
{
    char first[16] = "";
    const char *colon = range ? strchr(range, ':') : NULL;
    size_t size = colon ? (size_t)(colon - range) : sizeof first, other;
    struct merge merge;
    if (size >= sizeof first || reading->merge_count == MERGES_MAX)
        return;
    memcpy(first, range, size);
    if (place_read(first, &merge.column, &merge.first) &&
        place_read(colon + 1, &other, &merge.last) && merge.last > merge.first &&
        merge.column < SHEET_COLUMNS_MAX)
        reading->merges[reading->merge_count++] = merge;
}

/* ---- rows and cells ----------------------------------------------------------------------------
 */

static void row_begin(struct reading *reading, const char *const *attributes)
{
    size_t number;
    const char *said = sheet_xml_attribute(attributes, "r");
    if (!sheet_xml_number(said, &number))
        number = reading->row_number + 1;
    stop_if(reading, &reading->odd, number <= reading->row_number || number > ROW_MAX);
    reading->row_number = number;
    reading->row_hidden = sheet_xml_truth(sheet_xml_attribute(attributes, "hidden"));
    reading->cell_count = 0;
    reading->column = 0;
    memset(reading->cells, 0, sizeof reading->cells);
}

static void row_keep(struct reading *reading)
{
    size_t count = reading->cell_count;
    struct sheet_row *row = arena_take(reading->arena, sizeof *row);
    struct bytes *cells = arena_take_array(reading->arena, count, sizeof *cells);
    uint8_t *kinds = arena_take(reading->arena, count);
    if (!row || !cells || !kinds) {
        stop_if(reading, &reading->spent, true);
        return;
    }
    memcpy(cells, reading->cells, count * sizeof *cells);
    memcpy(kinds, reading->kinds, count);
    *row = (struct sheet_row) {.number = reading->row_number,
                               .cells = cells,
                               .kinds = kinds,
                               .cell_count = count,
                               .hidden = reading->row_hidden};
    *reading->end = row;
    reading->end = &row->next;
    reading->out->row_count++;
}

static void row_end(struct reading *reading)
{
    if (reading->cell_count == 0)
        return;
    if (reading->out->row_count < reading->rows_max)
        row_keep(reading);
    else
        stop_if(reading, &reading->over, true);
}

static void cell_begin(struct reading *reading, const char *const *attributes)
{
    const char *place = sheet_xml_attribute(attributes, "r");
    const char *type = sheet_xml_attribute(attributes, "t");
    size_t column, row;
    if (place && place_read(place, &column, &row))
        reading->column = column;
    if (!sheet_xml_number(sheet_xml_attribute(attributes, "s"), &reading->style))
        reading->style = 0;
    strncpy(reading->type, type ? type : "n", sizeof reading->type - 1);
    reading->run.size = 0;
    reading->formula = false;
}

static struct bytes shared_text(struct reading *reading)
{
    size_t number;
    reading->run.text[reading->run.size] = '\0';
    if (sheet_xml_number(reading->run.text, &number) && number < reading->parts->strings.count)
        return reading->parts->strings.texts[number];
    stop_if(reading, &reading->odd, true);
    return (struct bytes) {0};
}

/* What a person sees in the cell. */
static struct bytes cell_text(struct reading *reading, uint8_t *kind)
{
    const struct sheet_parts *parts = reading->parts;
    struct bytes stored = {(const uint8_t *)reading->run.text, reading->run.size};
    *kind = SHEET_TEXT;
    /* A program that computes nothing leaves the value to the next: it is not known. */
    if (reading->formula && reading->run.size == 0 && strcmp(reading->type, "str") != 0)
        return bytes_text("#VALUE?");
    if (reading->run.size == 0)
        return (struct bytes) {(const uint8_t *)"", 0};
    if (strcmp(reading->type, "s") == 0)
        return shared_text(reading);
    if (strcmp(reading->type, "b") == 0)
        return bytes_text(stored.data[0] == '1' ? "TRUE" : "FALSE");
    if (strcmp(reading->type, "n") == 0) {
        struct sheet_number_style style = {0};
        if (reading->style < parts->style_count)
            style = parts->styles[reading->style];
        return sheet_number_text(stored, style, parts->since_1904, reading->arena, kind);
    }
    return sheet_strings_close(&reading->run, reading->arena);
}

static void cell_end(struct reading *reading)
{
    uint8_t kind;
    size_t column = reading->column++;
    stop_if(reading, &reading->long_, reading->run.over);
    struct bytes text = cell_text(reading, &kind);
    stop_if(reading, &reading->spent, !text.data && !reading->reader->stop);
    if (text.size == 0 || reading->reader->stop)
        return;
    if (column >= SHEET_COLUMNS_MAX) {
        stop_if(reading, &reading->wide, true);
        return;
    }
    reading->cells[column] = text;
    reading->kinds[column] = kind;
    if (column >= reading->cell_count)
        reading->cell_count = column + 1;
}

/* ---- elements ----------------------------------------------------------------------------------
 */

static void begin(void *self, const char *name, const char *const *attributes)
{
    struct reading *reading = self;
    if (strcmp(name, "c") == 0)
        cell_begin(reading, attributes);
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        reading->value = true;
    else if (strcmp(name, "rPh") == 0)
        reading->spoken = true;
    else if (strcmp(name, "f") == 0)
        reading->formula = true;
    else if (strcmp(name, "row") == 0)
        row_begin(reading, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        merge_take(reading, sheet_xml_attribute(attributes, "ref"));
}

static void finish(void *self, const char *name)
{
    struct reading *reading = self;
    reading->value = false;
    if (strcmp(name, "c") == 0)
        cell_end(reading);
    else if (strcmp(name, "row") == 0)
        row_end(reading);
    else if (strcmp(name, "rPh") == 0)
        reading->spoken = false;
}

static void characters(void *self, const char *text, size_t size)
{
    struct reading *reading = self;
    if (reading->value && !reading->spoken)
        sheet_strings_add(&reading->run, text, size);
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

/* A row within the merge gets the text, when it has something of its own. */
static bool merge_fill(struct sheet_row *row, size_t column, struct bytes text, uint8_t kind,
                       struct arena *arena)
{
    size_t count = row->cell_count > column ? row->cell_count : column + 1;
    struct bytes *cells = arena_take_array(arena, count, sizeof *cells);
    uint8_t *kinds = arena_take(arena, count);
    if (!cells || !kinds)
        return false;
    memcpy(cells, row->cells, row->cell_count * sizeof *cells);
    memcpy(kinds, row->kinds, row->cell_count);
    cells[column] = text;
    kinds[column] = kind;
    row->cells = cells;
    row->kinds = kinds;
    row->cell_count = count;
    return true;
}

static enum fault merge_apply(const struct sheet *sheet, const struct merge *merge,
                              struct arena *arena)
{
    const struct sheet_row *top = sheet_row(sheet, merge->first);
    struct bytes text = sheet_cell(top, merge->column);
    if (text.size == 0)
        return FAULT_NONE;
    for (struct sheet_row *row = top->next; row && row->number <= merge->last; row = row->next)
        if (sheet_cell(row, merge->column).size == 0 &&
            !merge_fill(row, merge->column, text, top->kinds[merge->column], arena))
            return FAULT_MEMORY;
    return FAULT_NONE;
}

static void judge(const struct reading *reading, struct sheet_refusal *out)
{
    const struct {
        bool holds;
        struct sheet_refusal refusal;
    } ailments[] = {
        {reading->odd,
         {"malformed", "a sheet as spreadsheet programs write it",
          "open the file in a spreadsheet program, save it again as .xlsx and import that"}},
        {reading->wide,
         {"too_large", "at most 256 columns", "delete the columns that are not needed"}},
        {reading->long_, {"too_large", "cells of at most 16 KiB", "shorten the longest comment"}},
        {reading->over,
         {"too_large", "fewer rows", "split the list and import the parts one by one"}},
    };
    for (size_t i = 0; !out->expected && i < sizeof ailments / sizeof *ailments; i++)
        if (ailments[i].holds)
            *out = ailments[i].refusal;
}

enum fault sheet_grid_read(struct sheet_book *book, size_t tab, size_t rows_max,
                           struct arena *arena, struct sheet *out)
{
    struct sheet_zip *zip;
    struct reading *reading = arena_take(arena, sizeof *reading);
    struct sheet_xml_reader reader = {reading, begin, finish, characters, false};
    assert(tab < book->tab_count);
    *out = (struct sheet) {.name = book->tabs[tab].name};
    if (!reading)
        return FAULT_MEMORY;
    reading->parts = book->parts;
    reading->out = out;
    reading->end = &out->first;
    reading->arena = arena;
    reading->reader = &reader;
    reading->rows_max = rows_max;
    TRY(sheet_zip_open(book->content, &zip, &book->refusal));
    if (!zip)
        return FAULT_NONE;
    enum fault fault = sheet_xml_read(zip, book->tabs[tab].part, &reader, &book->refusal);
    sheet_zip_close(zip);
    if (reading->spent)
        fault = FAULT_MEMORY;
    judge(reading, &book->refusal);
    for (size_t i = 0; !fault && !book->refusal.expected && i < reading->merge_count; i++)
        fault = merge_apply(out, &reading->merges[i], arena);
    return fault;
}
