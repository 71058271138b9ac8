#include "sheet/sheet_write.h"

#include "sheet/sheet_cell.h"
#include "sheet/sheet_number.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* ---- CSV ---------------------------------------------------------------------------------------
 */

/* Bytes that grow in one piece of the arena, measured first. */
struct text {
    uint8_t *data; /* NULL: only measured */
    size_t size;
};

static void put(struct text *text, const void *data, size_t size)
{
    if (text->data && size)
        memcpy(text->data + text->size, data, size);
    text->size += size;
}

static bool wants_quotes(struct bytes cell, char separator)
{
    for (size_t i = 0; i < cell.size; i++)
        if (cell.data[i] == (uint8_t)separator || strchr("\"\r\n,;\t", cell.data[i]))
            return true;
    return false;
}

/* A file is known by how it begins: `<html` or `sep=x` would make another of it, unless quoted. */
static bool begins_another(struct bytes cell)
{
    for (size_t i = 0; i < cell.size; i++)
        if (strchr("<=%{!\\", cell.data[i]) || cell.data[i] < ' ')
            return true;
    return false;
}

/* From here on it cannot be taken for another: blanks and separators alone do not see to that. */
static bool is_begun(struct bytes cell)
{
    for (size_t i = 0; i < cell.size; i++)
        if ((cell.data[i] >= '0' && cell.data[i] <= '9') ||
            ((cell.data[i] | 32) >= 'a' && (cell.data[i] | 32) <= 'z'))
            return true;
    return false;
}

/* `-5`, of a column of numbers: no program computes anything else of it. */
static bool is_negative(struct bytes cell)
{
    size_t i = 1;
    while (i < cell.size && ((cell.data[i] >= '0' && cell.data[i] <= '9') || cell.data[i] == '.'))
        i++;
    return cell.size > 1 && cell.data[0] == '-' && i == cell.size;
}

static void csv_cell(struct text *text, struct bytes cell, bool number, char separator, bool first)
{
    bool active = sheet_cell_active(cell) && !(number && is_negative(cell));
    bool quotes = wants_quotes(cell, separator) || (first && begins_another(cell));
    put(text, "\"", quotes);
    put(text, "'", active);
    for (size_t i = 0; i < cell.size; i++) {
        put(text, "\"", cell.data[i] == '"');
        put(text, cell.data + i, 1);
    }
    put(text, "\"", quotes);
}

static void csv_rows(struct text *text, const struct sheet_writing *writing, char separator,
                     bool marked)
{
    size_t number = 1;
    bool begun = false;
    put(text, "\xEF\xBB\xBF", marked ? 3 : 0);
    for (const struct sheet_row *row = writing->rows; row; row = row->next, number++) {
        for (; number < row->number; number++)
            put(text, "\r\n", 2);
        for (size_t i = 0; i < row->cell_count; i++) {
            put(text, &separator, i > 0);
            csv_cell(text, row->cells[i], row->kinds && row->kinds[i] == SHEET_NUMBER, separator,
                     !begun);
            begun = begun || is_begun(row->cells[i]);
        }
        put(text, "\r\n", 2);
    }
}

enum fault sheet_write_csv(const struct sheet_writing *writing, char separator, bool marked,
                           struct arena *arena, struct bytes *out)
{
    struct text text = {0};
    csv_rows(&text, writing, separator, marked);
    size_t measured = text.size;
    text = (struct text) {.data = arena_take(arena, measured + 1)};
    if (!text.data)
        return FAULT_MEMORY;
    csv_rows(&text, writing, separator, marked);
    assert(text.size == measured);
    *out = (struct bytes) {text.data, text.size};
    return FAULT_NONE;
}

/* ---- workbooks ---------------------------------------------------------------------------------
 */

enum { COLOUR_WRONG = 0xFFD9D9, COLOUR_HEADER = 0xE8EEF7, ROWS_MORE = 5000 };

struct looks {
    lxw_format *plain, *header, *day, *wrong, *wrong_day;
};

struct building {
    lxw_workbook *workbook;
    lxw_worksheet *worksheet;
    const struct sheet_writing *writing;
    size_t mark_first, mark_end; /* of this row: marks come in the order of rows */
    struct looks looks;
    struct arena *arena;
    bool spent;
};

static void marks_of(struct building *building, size_t row)
{
    const struct sheet_writing *writing = building->writing;
    size_t at = building->mark_end;
    while (at < writing->mark_count && writing->marks[at].row < row)
        at++;
    building->mark_first = at;
    while (at < writing->mark_count && writing->marks[at].row == row)
        at++;
    building->mark_end = at;
}

static bool is_marked(const struct building *building, size_t column)
{
    for (size_t i = building->mark_first; i < building->mark_end; i++)
        if (building->writing->marks[i].column == column)
            return true;
    return false;
}

static lxw_format *look_of(const struct building *building, const struct sheet_row *row,
                           size_t column, bool day)
{
    const struct looks *looks = &building->looks;
    bool wrong = is_marked(building, column);
    if (row->number == building->writing->header_row)
        return looks->header;
    if (wrong)
        return day ? looks->wrong_day : looks->wrong;
    return day ? looks->day : looks->plain;
}

/* A number that is written as one reads back the same: as few digits as a double keeps, and none
 * in front that it would lose. */
static bool is_number(const char *text, double *value)
{
    enum { DIGITS_MAX = 15 };
    char again[32], *end;
    *value = strtod(text, &end);
    snprintf(again, sizeof again, "%.*g", DIGITS_MAX, *value);
    return !*end && end != text && strcmp(again, text) == 0;
}

static void cell_put(struct building *building, const struct sheet_row *row, size_t column)
{
    struct bytes cell = row->cells[column];
    lxw_row_t at = (lxw_row_t)(row->number - 1);
    lxw_col_t place = (lxw_col_t)column;
    char *text = arena_text(building->arena, cell);
    uint32_t serial = row->kinds[column] == SHEET_DATE ? sheet_number_serial(cell) : 0;
    lxw_format *look = look_of(building, row, column, serial > 0);
    double value;
    building->spent = building->spent || !text;
    if (!text || (cell.size == 0 && !is_marked(building, column)))
        return;
    if (serial)
        worksheet_write_number(building->worksheet, at, place, serial, look);
    else if (row->kinds[column] == SHEET_NUMBER && is_number(text, &value))
        worksheet_write_number(building->worksheet, at, place, value, look);
    else if (cell.size == 0)
        worksheet_write_blank(building->worksheet, at, place, look);
    else /* as text: a program never computes it, whatever it begins with */
        worksheet_write_string(building->worksheet, at, place, text, look);
}

static void marks_put(const struct building *building)
{
    const struct sheet_writing *writing = building->writing;
    for (size_t i = 0; i < writing->mark_count; i++)
        if (writing->marks[i].note)
            worksheet_write_comment(building->worksheet, (lxw_row_t)(writing->marks[i].row - 1),
                                    (lxw_col_t)writing->marks[i].column, writing->marks[i].note);
}

static void choices_put(const struct building *building)
{
    const struct sheet_writing *writing = building->writing;
    for (size_t i = 0; i < writing->choice_count; i++) {
        const struct sheet_choice *choice = &writing->choices[i];
        lxw_col_t column = (lxw_col_t)choice->column;
        lxw_row_t first = (lxw_row_t)writing->header_row;
        lxw_data_validation validation = {
            .validate = LXW_VALIDATION_TYPE_LIST,
            .value_list = (char **)(uintptr_t)choice->words,
            .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
        };
        worksheet_data_validation_range(building->worksheet, first, column, first + ROWS_MORE,
                                        column, &validation);
    }
}

static void sheet_put(struct building *building)
{
    const struct sheet_writing *writing = building->writing;
    building->mark_end = 0;
    for (const struct sheet_row *row = writing->rows; row; row = row->next) {
        marks_of(building, row->number);
        for (size_t i = 0; i < row->cell_count; i++)
            cell_put(building, row, i);
        for (size_t i = building->mark_first; i < building->mark_end; i++)
            if (writing->marks[i].column >= row->cell_count)
                worksheet_write_blank(building->worksheet, (lxw_row_t)(row->number - 1),
                                      (lxw_col_t)writing->marks[i].column, building->looks.wrong);
    }
    if (writing->header_row)
        worksheet_freeze_panes(building->worksheet, (lxw_row_t)writing->header_row, 0);
    if (writing->width)
        worksheet_set_column(building->worksheet, 0, SHEET_COLUMNS_MAX - 1, (double)writing->width,
                             NULL);
    marks_put(building);
    choices_put(building);
}

static void looks_make(struct building *building)
{
    static const char day[] = "yyyy-mm-dd";
    struct looks *looks = &building->looks;
    *looks = (struct looks) {
        workbook_add_format(building->workbook), workbook_add_format(building->workbook),
        workbook_add_format(building->workbook), workbook_add_format(building->workbook),
        workbook_add_format(building->workbook)};
    format_set_bold(looks->header);
    format_set_bg_color(looks->header, COLOUR_HEADER);
    format_set_bg_color(looks->wrong, COLOUR_WRONG);
    format_set_bg_color(looks->wrong_day, COLOUR_WRONG);
    format_set_num_format(looks->day, day);
    format_set_num_format(looks->wrong_day, day);
}

/* The library writes to a file by its name: to one that is in memory alone. */
static enum fault memory_read(int file, struct arena *arena, struct bytes *out)
{
    struct stat stat;
    if (fstat(file, &stat) != 0)
        return FAULT_FILE;
    uint8_t *data = arena_take(arena, (size_t)stat.st_size + 1);
    if (!data)
        return FAULT_MEMORY;
    for (size_t at = 0; at < (size_t)stat.st_size;) {
        ssize_t got = pread(file, data + at, (size_t)stat.st_size - at, (off_t)at);
        if (got <= 0)
            return FAULT_FILE;
        at += (size_t)got;
    }
    *out = (struct bytes) {data, (size_t)stat.st_size};
    return FAULT_NONE;
}

static enum fault workbook_write(const char *path, const struct sheet_writing *sheets, size_t count,
                                 struct arena *arena)
{
    /* The library puts each part into a file that loses its name at once. Parts name students: they
     * stay in memory, and go to the folder for temporary files only where a system has no such
     * place. */
    char memory[] = "/dev/shm";
    lxw_workbook_options options = {.tmpdir = memory};
    struct building building = {.workbook = workbook_new_opt(path, &options), .arena = arena};
    if (!building.workbook)
        return FAULT_MEMORY;
    looks_make(&building);
    for (size_t i = 0; i < count; i++) {
        building.writing = &sheets[i];
        building.worksheet = workbook_add_worksheet(building.workbook, sheets[i].name);
        if (!building.worksheet) /* a name that other programs allow and Excel does not */
            building.worksheet = workbook_add_worksheet(building.workbook, NULL);
        if (building.worksheet)
            sheet_put(&building);
        building.spent = building.spent || !building.worksheet;
    }
    lxw_error error = workbook_close(building.workbook);
    if (building.spent || error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return FAULT_MEMORY;
    return error == LXW_NO_ERROR ? FAULT_NONE : FAULT_FILE;
}

enum fault sheet_write_xlsx(const struct sheet_writing *sheets, size_t count, struct arena *arena,
                            struct bytes *out)
{
    char path[64];
    int file = memfd_create("sheet", MFD_CLOEXEC);
    if (file < 0)
        return FAULT_FILE;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    enum fault fault = workbook_write(path, sheets, count, arena);
    if (!fault)
        fault = memory_read(file, arena, out);
    close(file);
    return fault;
}
