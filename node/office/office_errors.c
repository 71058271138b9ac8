#include "office/office_errors.h"

#include "admin/import_title.h"
#include "command/command_list.h"
#include "command/command_say.h"
#include "sheet/sheet_write.h"

#include <string.h>
#include <strings.h>

struct copying {
    struct command_work *work;
    const struct command_sheet *sheet;
    const json_t *problems;
    size_t column; /* that the errors stand in, from 0 */
    struct sheet_mark *marks;
    size_t mark_count;
    size_t next; /* the problem behind those of the rows before: they come in order */
    bool spent;
};

static size_t number_of(const json_t *problem, const char *name)
{
    json_int_t value = json_integer_value(json_object_get(problem, name));
    return value > 0 ? (size_t)value : 0;
}

/* Where a copy of ours has it already, or else behind the last column. */
static size_t errors_column(struct command_work *work, const struct command_sheet *sheet)
{
    const struct sheet_row *header = sheet_row(&sheet->sheet, sheet->header.row);
    size_t widest = 0;
    for (size_t i = 0; header && i < header->cell_count; i++)
        if (sheet_title_find(header->cells[i], import_title_all, IMPORT_TITLE_COUNT, work->arena) ==
            IMPORT_TITLE_ERRORS)
            return i;
    for (const struct sheet_row *row = header; row; row = row->next)
        widest = row->cell_count > widest ? row->cell_count : widest;
    return widest < SHEET_COLUMNS_MAX ? widest : SHEET_COLUMNS_MAX - 1;
}

/* All that is wrong in a row as one text; marks its cells. */
static const char *errors_of(struct copying *copying, size_t row)
{
    struct command_work *work = copying->work;
    const char *all = "";
    for (; copying->next < json_array_size(copying->problems); copying->next++) {
        const json_t *one = json_array_get(copying->problems, copying->next);
        size_t place = number_of(one, "place");
        if (number_of(one, "row") > row)
            break;
        if (number_of(one, "row") < row)
            continue;
        const char *name = place ? command_sheet_title(work, copying->sheet, place - 1)
                                 : command_list_text(work, one, "column", COMMAND_TEXT);
        const char *says =
            command_work_text(work, "%s%s%s: %s", name, name[0] ? ": expected " : "expected ",
                              command_list_text(work, one, "expected", COMMAND_TEXT),
                              command_list_text(work, one, "remedy", COMMAND_TEXT));
        all = command_work_text(work, "%s%s%s", all, all[0] ? "; " : "", says);
        if (place)
            copying->marks[copying->mark_count++] = (struct sheet_mark) {row, place - 1, says};
    }
    return all;
}

/* A row with its errors behind it. */
static struct sheet_row *row_copy(struct copying *copying, const struct sheet_row *row)
{
    struct arena *arena = copying->work->arena;
    size_t count = row->cell_count > copying->column ? row->cell_count : copying->column + 1;
    const char *errors =
        row->number == copying->sheet->header.row ? "ERRORS" : errors_of(copying, row->number);
    bool wider = errors[0] || row->cell_count > copying->column;
    struct sheet_row *copy = arena_take(arena, sizeof *copy);
    struct bytes *cells = arena_take_array(arena, count, sizeof *cells);
    uint8_t *kinds = arena_take(arena, count);
    copying->spent = copying->spent || !copy || !cells || !kinds;
    if (copying->spent)
        return NULL;
    memcpy(cells, row->cells, row->cell_count * sizeof *cells);
    memcpy(kinds, row->kinds, row->cell_count);
    if (wider) {
        cells[copying->column] = bytes_text(errors);
        kinds[copying->column] = SHEET_TEXT;
    }
    *copy = (struct sheet_row) {.number = row->number,
                                .cells = cells,
                                .kinds = kinds,
                                .cell_count = wider ? count : row->cell_count};
    return copy;
}

static struct sheet_row *rows_copy(struct copying *copying)
{
    struct sheet_row *first = NULL, **end = &first;
    for (const struct sheet_row *row = copying->sheet->sheet.first; row && !copying->spent;
         row = row->next) {
        *end = row_copy(copying, row);
        if (*end)
            end = &(*end)->next;
    }
    return first;
}

static bool make(struct copying *copying, struct bytes *out)
{
    const struct command_sheet *sheet = copying->sheet;
    struct arena *arena = copying->work->arena;
    struct sheet_writing writing = {.name = sheet->sheet.name,
                                    .rows = rows_copy(copying),
                                    .header_row = sheet->header.row,
                                    .marks = copying->marks,
                                    .mark_count = copying->mark_count,
                                    .width = 16};
    if (copying->spent)
        return false;
    writing.mark_count = copying->mark_count;
    return sheet->book.form == SHEET_CSV
               ? !sheet_write_csv(&writing, sheet->book.separator, true, arena, out)
               : !sheet_write_xlsx(&writing, 1, arena, out);
}

void office_errors_write(struct command_work *work, const struct command_sheet *sheet,
                         const json_t *problems)
{
    const char *path = command_work_flag(work, "errors");
    size_t count = json_array_size(problems);
    struct copying copying = {.work = work, .sheet = sheet, .problems = problems};
    struct bytes copy;
    bool unasked = command_work_flag(work, "no-errors") || work->common.dry_run ||
                   (!path && strcmp(sheet->path, "-") == 0);
    if (unasked || !count || !sheet->header.row)
        return;
    copying.column = errors_column(work, sheet);
    copying.marks = arena_take_array(work->arena, count, sizeof *copying.marks);
    path = path ? path : command_sheet_beside(work, sheet, "errors");
    if (!copying.marks || !make(&copying, &copy)) {
        command_say_note(work, "There was no memory for a copy with an ERRORS column");
        return;
    }
    if (command_sheet_save(work, path, copy) == COMMAND_DONE)
        command_say_note(work, "Your list with an ERRORS column: %s", path);
}
