#include "admin/import_file.h"

#include "admin/import_choice.h"
#include "sheet/sheet_pick.h"

enum { HEADER_COLUMNS_MIN = 2 };

void import_file_problem(void *self, const struct import_problem *problem)
{
    struct import_file *file = self;
    struct import_result *result = file->result;
    if (result->problem_count == IMPORT_PROBLEMS_MAX)
        result->problems_left_out++;
    else
        file->problems[result->problem_count++] = *problem;
}

void import_file_fix(void *self, const struct import_fix *fix)
{
    struct import_file *file = self;
    if (file->result->fix_count < IMPORT_FIXES_MAX)
        file->fixes[file->result->fix_count++] = *fix;
}

static bool file_refuse(struct import_file *file, const struct sheet_refusal *refusal)
{
    import_file_problem(file, &(struct import_problem) {.code = refusal->code,
                                                        .rule = "import.file",
                                                        .expected = refusal->expected,
                                                        .remedy = refusal->remedy});
    return false;
}

/* ---- the header --------------------------------------------------------------------------------
 */

static bool header_missing(struct import_file *file, const struct import_file_columns *columns)
{
    import_file_problem(file,
                        &(struct import_problem) {.code = "malformed",
                                                  .rule = "import.header",
                                                  .expected = "a header row that names the columns",
                                                  .remedy = columns->beginning});
    return false;
}

static size_t header_count(const struct sheet_header *header, size_t title)
{
    size_t count = 0;
    for (size_t i = 0; i < header->count; i++)
        count += header->titles[i] == title;
    return count;
}

/* `C`, `AB`: as the spreadsheet names its columns. */
static const char *letters_of(size_t place, struct arena *arena)
{
    enum { LETTERS = 26 };
    const char *text = "";
    for (; text && place; place = (place - 1) / LETTERS)
        text = arena_format(arena, "%c%s", (int)('A' + (place - 1) % LETTERS), text);
    return text;
}

/* The column stands there more than once: where, and which one is the first too many. */
static enum fault header_twice(struct import_file *file, size_t title,
                               struct import_problem *problem)
{
    const struct sheet_header *header = &file->header;
    const char *where = "", *next;
    for (size_t i = 0, seen = 0; where && i < header->count; i++) {
        if (header->titles[i] != title)
            continue;
        problem->place = seen == 1 ? i + 1 : problem->place;
        next = letters_of(i + 1, file->arena);
        where =
            next ? arena_format(file->arena, "%s%s%s", where, seen++ ? " and " : "", next) : NULL;
    }
    problem->code = "duplicate";
    problem->expected =
        where ? arena_format(file->arena, "each column once; this one stands in %s", where) : NULL;
    problem->remedy = "delete or rename all but one of these columns";
    return problem->expected ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault header_tell(struct import_file *file, const struct import_file_columns *columns,
                              size_t title, size_t count)
{
    struct import_problem problem = {.column = columns->titles[title].name,
                                     .code = "malformed",
                                     .rule = "import.header",
                                     .expected = "this column",
                                     .remedy = "add the column to the header row"};
    if (count)
        TRY(header_twice(file, title, &problem));
    import_file_problem(file, &problem);
    return FAULT_NONE;
}

static enum fault header_check(struct import_file *file, const struct import_file_columns *columns,
                               void (*settle)(struct sheet_header *header), bool *whole)
{
    *whole = file->header.row || header_missing(file, columns);
    if (!*whole)
        return FAULT_NONE;
    if (settle)
        settle(&file->header);
    file->result->header_row = file->header.row;
    for (size_t i = 0; i < columns->count; i++) {
        size_t count = header_count(&file->header, i);
        if (count == 1 || (count == 0 && !columns->needed(columns->self, i)))
            continue;
        TRY(header_tell(file, columns, i, count));
        *whole = false;
    }
    return FAULT_NONE;
}

enum fault import_file_ignored(struct import_file *file,
                               bool (*ignores)(const void *self, size_t place), const void *self)
{
    size_t *ignored = arena_take_array(file->arena, file->header.count, sizeof *ignored);
    if (!ignored)
        return FAULT_MEMORY;
    for (size_t i = 0; i < file->header.count; i++)
        if (file->header.titles[i] == SHEET_TITLE_NONE || ignores(self, i))
            ignored[file->result->ignored_count++] = i + 1;
    file->result->ignored = ignored;
    return FAULT_NONE;
}

/* ---- the rows ----------------------------------------------------------------------------------
 */

/* Rows that are asked for: neither hidden nor a header that stands there again. */
static enum fault rows_choose(struct import_file *file, const struct sheet *sheet)
{
    const struct import *import = file->import;
    struct import_result *result = file->result;
    file->chosen = arena_take_array(file->arena, sheet->row_count, sizeof *file->chosen);
    if (!file->chosen)
        return FAULT_MEMORY;
    for (const struct sheet_row *row = file->header.next; row; row = row->next) {
        if (!import_choice_has(import->rows, row->number) || sheet_title_again(&file->header, row))
            continue;
        if (row->hidden && !import->hidden)
            result->hidden++;
        else
            file->chosen[result->rows++] = row;
    }
    return FAULT_NONE;
}

static bool rows_fit(struct import_file *file)
{
    static const struct sheet_refusal many = {"too_large", "at most 5,000 rows",
                                              "split the list and import the parts one by one"};
    if (file->result->rows <= IMPORT_ROWS_MAX)
        return true;
    file->result->rows = 0;
    return file_refuse(file, &many);
}

/* False in *readable when the sheet cannot be used. */
static enum fault sheet_find(struct import_file *file, const struct import_file_columns *columns,
                             void (*settle)(struct sheet_header *header), struct sheet *sheet,
                             bool *readable)
{
    static const struct sheet_refusal odd_choice = {"invalid", "rows like 3,7-20",
                                                    "give numbers as the spreadsheet counts"};
    const struct import *import = file->import;
    const struct sheet_pick pick = {.name = import->sheet,
                                    .titles = columns->titles,
                                    .title_count = columns->title_count,
                                    .known_min = HEADER_COLUMNS_MIN,
                                    .rows_max = IMPORT_ROWS_MAX + SHEET_TITLE_HEADER_ROWS};
    struct sheet_book book;
    *readable = false;
    TRY(sheet_open(import->content, import->encoding, file->arena, &book));
    file->result->encoding = book.encoding;
    if (!book.refusal.expected)
        TRY(sheet_pick(&book, &pick, file->arena, sheet, &file->header));
    if (book.refusal.expected) {
        file_refuse(file, &book.refusal);
        return FAULT_NONE;
    }
    file->result->sheet = sheet->name;
    if (!import->rows || import_choice_valid(import->rows))
        return header_check(file, columns, settle, readable);
    file_refuse(file, &odd_choice);
    return FAULT_NONE;
}

enum fault import_file_read(struct import_file *file, const struct import_file_columns *columns,
                            void (*settle)(struct sheet_header *header), bool *readable)
{
    struct sheet sheet;
    *readable = false;
    file->problems = arena_take_array(file->arena, IMPORT_PROBLEMS_MAX, sizeof *file->problems);
    file->fixes = arena_take_array(file->arena, IMPORT_FIXES_MAX, sizeof *file->fixes);
    if (!file->problems || !file->fixes)
        return FAULT_MEMORY;
    file->result->problems = file->problems;
    file->result->fixes = file->fixes;
    TRY(sheet_find(file, columns, settle, &sheet, readable));
    if (!*readable)
        return FAULT_NONE;
    TRY(rows_choose(file, &sheet));
    *readable = rows_fit(file);
    return FAULT_NONE;
}
