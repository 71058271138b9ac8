#include "office/office_grid.h"

#include "command/command_list.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "sheet/sheet_write.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PROBLEMS_MAX = 200, HEADER_ROWS = 20, DIGITS_MAX = 9 };

static size_t count_of(const char *const *titles)
{
    size_t count = 0;
    while (titles[count])
        count++;
    assert(count <= OFFICE_GRID_COLUMNS);
    return count;
}

static bool titles_read(struct office_grid *grid, const struct sheet_row *row, size_t needed)
{
    bool all = true;
    for (size_t column = 0; grid->titles[column]; column++) {
        const char *title = grid->titles[column];
        grid->places[column] = SIZE_MAX;
        for (size_t i = row->cell_count; i-- > 0;)
            if (row->cells[i].size == strlen(title) &&
                strncasecmp((const char *)row->cells[i].data, title, row->cells[i].size) == 0)
                grid->places[column] = i;
        all = all && (column >= needed || grid->places[column] != SIZE_MAX);
    }
    return all;
}

static const char *words(struct command_work *work, const char *const *titles, size_t count)
{
    const char *list = titles[0];
    for (size_t i = 1; i < count; i++)
        list = command_work_text(work, "%s, %s", list, titles[i]);
    return list;
}

enum command_exit office_grid_read(struct command_work *work, const char *path,
                                   const char *const *titles, size_t needed, const char *begin,
                                   struct office_grid *out)
{
    struct office_grid grid = {
        .work = work,
        .titles = titles,
        .problems = arena_take_array(work->arena, PROBLEMS_MAX, sizeof *grid.problems),
    };
    assert(needed >= 1 && needed <= count_of(titles));
    enum command_exit wrong = command_sheet_load(work, path, OFFICE_GRID_ROWS, &grid.sheet);
    if (wrong)
        return wrong;
    if (!grid.problems)
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    const struct sheet_row *row = grid.sheet.first;
    for (size_t tried = 0; row && tried < HEADER_ROWS && !titles_read(&grid, row, needed); tried++)
        row = row->next;
    if (!row || !titles_read(&grid, row, needed))
        return command_say_usage(work, begin, "%s: no row with the titles %s", path,
                                 words(work, titles, needed));
    grid.first = row->next;
    *out = grid;
    return COMMAND_DONE;
}

const char *office_grid_cell(const struct office_grid *grid, const struct sheet_row *row,
                             size_t column)
{
    struct bytes cell = sheet_cell(row, grid->places[column]);
    return command_work_text(grid->work, "%.*s", (int)cell.size, (const char *)cell.data);
}

bool office_grid_blank(const struct office_grid *grid, const struct sheet_row *row)
{
    for (size_t i = 0; grid->titles[i]; i++)
        if (office_grid_cell(grid, row, i)[0])
            return false;
    return true;
}

void office_grid_complain(struct office_grid *grid, size_t row, size_t column, const char *cell,
                          const char *expected)
{
    if (grid->problem_count < PROBLEMS_MAX)
        grid->problems[grid->problem_count++] =
            (struct office_grid_problem) {row, grid->titles[column], cell, expected};
}

/* One point or comma, two places at most; -1: it is no such number. */
static json_int_t hundredths(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    json_int_t value = 0;
    for (size_t i = 0; i < whole && whole <= 4; i++)
        value = value * 10 + (text[i] - '0');
    const char *parts = text + whole + (text[whole] == '.' || text[whole] == ',');
    size_t places = strspn(parts, "0123456789");
    bool point = parts != text + whole;
    if (!whole || whole > 4 || places > 2 || parts[places] || point != (places > 0))
        return -1;
    value = value * 100 + (places > 0 ? (parts[0] - '0') * 10 : 0);
    return value + (places > 1 ? parts[1] - '0' : 0);
}

json_int_t office_grid_hundredths(struct office_grid *grid, const struct sheet_row *row,
                                  size_t column)
{
    const char *text = office_grid_cell(grid, row, column);
    json_int_t value = hundredths(text);
    if (value < 0)
        office_grid_complain(grid, row->number, column, text, "credits as 6 or 5.5");
    return value;
}

json_int_t office_grid_number(struct office_grid *grid, const struct sheet_row *row, size_t column)
{
    const char *text = office_grid_cell(grid, row, column);
    size_t digits = strspn(text, "0123456789");
    if (!text[0])
        return -1;
    if (digits <= DIGITS_MAX && !text[digits])
        return strtol(text, NULL, 10);
    office_grid_complain(grid, row->number, column, text, "a whole number");
    return -1;
}

int office_grid_yes(struct office_grid *grid, const struct sheet_row *row, size_t column)
{
    static const struct {
        const char *word;
        int means;
    } known[] = {{"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0}, {"1", 1}, {"0", 0}};
    const char *text = office_grid_cell(grid, row, column);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(known[i].word, text) == 0)
            return known[i].means;
    if (!text[0])
        return -1;
    office_grid_complain(grid, row->number, column, text, "yes or no");
    return -2;
}

enum command_exit office_grid_verdict(struct office_grid *grid, const char *done)
{
    static const struct command_column columns[] = {
        {"ROW", "row", COMMAND_COUNT, TABLE_WHOLE},
        {"COLUMN", "column", COMMAND_TEXT, TABLE_WHOLE},
        {"CELL", "cell", COMMAND_TEXT, TABLE_CUT},
        {"EXPECTED", "expected", COMMAND_TEXT, TABLE_BELOW},
    };
    static const struct command_listing listing = {
        "problems", columns, sizeof columns / sizeof *columns, "No problems."};
    struct command_work *work = grid->work;
    json_t *rows = command_work_keep(work, json_array());
    for (size_t i = 0; i < grid->problem_count; i++) {
        const struct office_grid_problem *one = &grid->problems[i];
        json_array_append_new(
            rows, json_pack("{s:o, s:s, s:s, s:s}", "row",
                            one->row ? json_integer((json_int_t)one->row) : json_string(""),
                            "column", one->column, "cell", one->cell, "expected", one->expected));
    }
    if (grid->problem_count == 0)
        return COMMAND_DONE;
    enum command_exit wrong =
        work->common.json ? COMMAND_DONE : command_list_table(work, &listing, rows);
    if (wrong)
        return wrong;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  .status = COMMAND_PROBLEMS,
                  .code = "rows",
                  .what = command_work_text(work, "some rows cannot be used; nothing was %s", done),
                  .remedy = "mend the file and do the same again"});
}

struct bytes office_grid_write(struct command_work *work, const char *const *titles,
                               const char *const *cells, size_t rows)
{
    static const uint8_t kinds[OFFICE_GRID_COLUMNS] = {SHEET_TEXT};
    size_t columns = count_of(titles);
    struct sheet_row *lines = arena_take_array(work->arena, rows + 1, sizeof *lines);
    struct bytes *texts = arena_take_array(work->arena, (rows + 1) * columns, sizeof *texts);
    struct bytes out = {0};
    if (!lines || !texts)
        return out;
    for (size_t r = 0; r <= rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            const char *text = r ? cells[(r - 1) * columns + c] : titles[c];
            texts[r * columns + c] = bytes_text(text ? text : "");
        }
        lines[r] = (struct sheet_row) {.number = r + 1,
                                       .cells = &texts[r * columns],
                                       .kinds = kinds,
                                       .cell_count = columns,
                                       .next = r < rows ? &lines[r + 1] : NULL};
    }
    const struct sheet_writing sheet = {.rows = lines};
    if (sheet_write_csv(&sheet, ',', false, work->arena, &out))
        return (struct bytes) {0};
    return out;
}
