#include "admin/import.h"

#include "admin/import_row.h"

#include <assert.h>
#include <string.h>

enum { HEADER_ROWS = 10, HEADER_COLUMNS_MIN = 2 };

/* The file while it is imported. */
struct work {
    const struct import *import;
    struct arena *arena;
    struct import_result *result;
    struct import_problem *problems;
    struct import_row_header header;
    const struct import_csv_row *first; /* behind the header */
    struct import_row *rows;            /* result->rows of them */
    const struct store_pair *pairs;
    size_t pair_count;
};

static void problem_add(void *self, const struct import_problem *problem)
{
    struct work *work = self;
    struct import_result *result = work->result;
    if (result->problem_count == IMPORT_PROBLEMS_MAX)
        result->problems_left_out++;
    else
        work->problems[result->problem_count++] = *problem;
}

/* ---- the header --------------------------------------------------------------------------------
 */

static size_t titles_read(const struct import_csv_row *row, struct import_row_header *out)
{
    size_t known = 0;
    *out = (struct import_row_header) {.count = row->cell_count};
    for (size_t i = 0; i < row->cell_count; i++) {
        out->columns[i] = import_cell_named(row->cells[i]);
        known += out->columns[i] != NULL;
    }
    return known;
}

/* The first row that names at least two columns: above it people write titles and notes. */
static bool header_find(struct work *work, const struct import_csv_row *first)
{
    size_t tried = 0;
    for (const struct import_csv_row *row = first; row && tried < HEADER_ROWS; row = row->next) {
        if (titles_read(row, &work->header) >= HEADER_COLUMNS_MIN) {
            work->first = row->next;
            return true;
        }
        tried++;
    }
    problem_add(work, &(struct import_problem) {
                          .code = "malformed",
                          .rule = "import.header",
                          .expected = "a header row that names the columns",
                          .remedy = "begin with the template: `peregrin nomination template`"});
    return false;
}

static size_t header_count(const struct import_row_header *header,
                           const struct import_cell_column *column)
{
    size_t count = 0;
    for (size_t i = 0; i < header->count; i++)
        count += header->columns[i] == column;
    return count;
}

static void header_tell(struct work *work, const struct import_cell_column *column, size_t count)
{
    problem_add(work, &(struct import_problem) {
                          .column = column->name,
                          .code = count ? "duplicate" : "malformed",
                          .rule = "import.header",
                          .expected = count ? "each column once" : "this column",
                          .remedy = count ? "delete or rename all but one of these columns"
                                          : "add the column to the header row"});
}

static bool header_check(struct work *work)
{
    bool whole = true;
    for (size_t i = 0; i < IMPORT_CELL_COLUMNS; i++) {
        const struct import_cell_column *column = import_cell_column(i);
        size_t count = header_count(&work->header, column);
        if (count == 1 || (count == 0 && !column->needed))
            continue;
        header_tell(work, column, count);
        whole = false;
    }
    return whole;
}

static enum fault ignored_note(struct work *work)
{
    size_t *ignored = arena_take_array(work->arena, work->header.count, sizeof *ignored);
    if (!ignored)
        return FAULT_MEMORY;
    for (size_t i = 0; i < work->header.count; i++)
        if (!work->header.columns[i])
            ignored[work->result->ignored_count++] = i + 1;
    work->result->ignored = ignored;
    return FAULT_NONE;
}

/* ---- a row against the file and the store ------------------------------------------------------
 */

static void row_tell(struct work *work, struct import_row *row, struct import_problem problem)
{
    row->bad = true;
    problem.row = row->number;
    problem_add(work, &problem);
}

/* A row that says the same student again, whatever else it says. */
static enum fault row_twice(struct work *work, struct import_row *row)
{
    for (const struct import_row *other = work->rows; other < row; other++) {
        if (other->bad || !digest_equal(&other->key, &row->key))
            continue;
        const char *remedy = arena_format(
            work->arena, "delete one of the rows: row %zu is the other", other->number);
        if (!remedy)
            return FAULT_MEMORY;
        row_tell(work, row,
                 (struct import_problem) {
                     .code = "duplicate",
                     .rule = "import.duplicate",
                     .expected = "each student once for a partner, year, term and kind",
                     .remedy = remedy});
        return FAULT_NONE;
    }
    return FAULT_NONE;
}

static uint32_t pair_known(const struct work *work, const struct import_row *row)
{
    for (size_t i = 0; i < work->pair_count; i++)
        if (strcmp(work->pairs[i].own, work->import->own) == 0 &&
            strcmp(work->pairs[i].partner, row->partner->schac) == 0)
            return work->pairs[i].pair;
    return 0;
}

/* What was sent is signed: it changes by an amendment, not by a list. */
static enum fault row_sent(struct work *work, struct import_row *row)
{
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&row->draft->dossier, name);
    const char *remedy =
        arena_format(work->arena, "amend it: `peregrin nomination amend %s`", name);
    if (!remedy)
        return FAULT_MEMORY;
    row_tell(work, row,
             (struct import_problem) {.code = "changed_after_sending",
                                      .rule = "import.sent",
                                      .expected = "what was sent",
                                      .remedy = remedy});
    return FAULT_NONE;
}

static enum fault row_compare(struct work *work, struct import_row *row)
{
    struct store *store = work->import->store;
    uint32_t pair = pair_known(work, row);
    if (pair)
        TRY(store->draft_find(store, pair, &row->key, work->arena, &row->draft));
    if (!row->draft)
        return FAULT_NONE;
    if (bytes_equal(row->draft->body, row->body)) {
        work->result->unchanged++;
        return FAULT_NONE;
    }
    if (row->draft->sent)
        return row_sent(work, row);
    work->result->changed++;
    return FAULT_NONE;
}

static enum fault rows_read(struct work *work)
{
    const struct import_partner_index *partners =
        import_partner_open(work->import->catalogue, work->arena);
    struct import_row_reader reader = {
        .header = &work->header,
        .partners = partners,
        .own = work->import->own,
        .arena = work->arena,
        .report = problem_add,
        .self = work,
    };
    if (!partners)
        return FAULT_MEMORY;
    struct import_row *row = work->rows;
    for (const struct import_csv_row *cells = work->first; cells; cells = cells->next, row++) {
        TRY(import_row_read(&reader, cells, row));
        if (!row->bad)
            TRY(row_twice(work, row));
        if (!row->bad)
            TRY(row_compare(work, row));
        work->result->bad += row->bad;
        work->result->ready += !row->bad;
    }
    return FAULT_NONE;
}

/* ---- keeping -----------------------------------------------------------------------------------
 */

static bool draft_same(const struct import_row *row)
{
    return row->draft && bytes_equal(row->draft->body, row->body);
}

static enum fault rows_store(struct work *work)
{
    const struct import *import = work->import;
    struct store *store = import->store;
    for (size_t i = 0; i < work->result->rows; i++) {
        const struct import_row *row = &work->rows[i];
        if (row->bad || draft_same(row))
            continue;
        struct store_draft draft = {
            .number = row->draft ? row->draft->number : 0,
            .row = row->key,
            .body = row->body,
            .changed_at = instant_seconds(import->now),
        };
        assert(!row->draft || !row->draft->sent);
        TRY(store->pair_open(store, import->own, row->partner->schac, &draft.pair));
        TRY(store->draft_put(store, &draft));
        work->result->stored++;
    }
    return FAULT_NONE;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static bool file_refuse(struct work *work, const char *expected, const char *remedy)
{
    problem_add(work, &(struct import_problem) {.code = "malformed",
                                                .rule = "import.file",
                                                .expected = expected,
                                                .remedy = remedy});
    return false;
}

/* False when no row can be read at all. */
static bool file_check(struct work *work, const struct import_csv *file)
{
    if (file->expected)
        return file_refuse(work, file->expected, file->remedy);
    if (!header_find(work, file->first) || !header_check(work))
        return false;
    size_t rows = 0;
    for (const struct import_csv_row *row = work->first; row; row = row->next)
        rows++;
    if (rows > IMPORT_ROWS_MAX)
        return file_refuse(work, "at most 5,000 rows",
                           "split the list and import the parts one by one");
    work->result->rows = rows;
    return true;
}

static enum fault work_start(struct work *work)
{
    struct store *store = work->import->store;
    struct store_pair *pairs;
    work->problems = arena_take_array(work->arena, IMPORT_PROBLEMS_MAX, sizeof *work->problems);
    if (!work->problems)
        return FAULT_MEMORY;
    work->result->problems = work->problems;
    TRY(store->pair_list(store, work->arena, &pairs, &work->pair_count));
    work->pairs = pairs;
    return FAULT_NONE;
}

enum fault import_run(const struct import *import, struct arena *arena, struct import_result *out)
{
    struct work work = {.import = import, .arena = arena, .result = out};
    struct import_csv file;
    *out = (struct import_result) {0};
    TRY(work_start(&work));
    TRY(import_csv_read(import->content, IMPORT_ROWS_MAX + HEADER_ROWS, arena, &file));
    if (!file_check(&work, &file))
        return FAULT_NONE;
    TRY(ignored_note(&work));
    work.rows = arena_take_array(arena, out->rows, sizeof *work.rows);
    if (!work.rows)
        return FAULT_MEMORY;
    TRY(rows_read(&work));
    assert(out->ready + out->bad == out->rows);
    if (!import->confirm || (out->bad && !import->skip_bad))
        return FAULT_NONE;
    return rows_store(&work);
}
