#include "admin/import.h"

#include "admin/import_choice.h"
#include "admin/import_match.h"
#include "admin/import_rules.h"
#include "record/walk.h"
#include "sheet/sheet_pick.h"

#include <assert.h>
#include <string.h>

enum { HEADER_COLUMNS_MIN = 2, FIXES_MAX = 2000 };

/* The file while it is imported. */
struct work {
    const struct import *import;
    struct arena *arena;
    struct import_result *result;
    struct import_problem *problems;
    struct import_fix *fixes;
    struct import_warning *warnings;
    struct import_amendment *amendments;
    struct sheet_header header;
    const struct sheet_row **chosen; /* result->rows of them */
    struct import_row *rows;         /* of the same */
    struct import_match *match;
    Peregrin__Units *units; /* of our institution */
    struct eligible_memo memo;
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

static void fix_add(void *self, const struct import_fix *fix)
{
    struct work *work = self;
    if (work->result->fix_count < FIXES_MAX)
        work->fixes[work->result->fix_count++] = *fix;
}

static bool file_refuse(struct work *work, const struct sheet_refusal *refusal)
{
    problem_add(work, &(struct import_problem) {.code = refusal->code,
                                                .rule = "import.file",
                                                .expected = refusal->expected,
                                                .remedy = refusal->remedy});
    return false;
}

/* ---- the header --------------------------------------------------------------------------------
 */

static bool header_missing(struct work *work)
{
    problem_add(work, &(struct import_problem) {
                          .code = "malformed",
                          .rule = "import.header",
                          .expected = "a header row that names the columns",
                          .remedy = "begin with the template: `peregrin nomination template`"});
    return false;
}

static size_t header_count(const struct sheet_header *header, size_t title)
{
    size_t count = 0;
    for (size_t i = 0; i < header->count; i++)
        count += header->titles[i] == title;
    return count;
}

/* A host's name is for people where a code stands beside it. */
static void host_settle(struct sheet_header *header)
{
    bool coded = header_count(header, IMPORT_TITLE_PARTNER);
    for (size_t i = 0; !coded && i < header->count; i++)
        if (header->titles[i] == IMPORT_TITLE_PARTNER_NAME) {
            header->titles[i] = IMPORT_TITLE_PARTNER;
            coded = true;
        }
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
static enum fault header_twice(struct work *work, size_t title, struct import_problem *problem)
{
    const struct sheet_header *header = &work->header;
    const char *where = "", *next;
    for (size_t i = 0, seen = 0; where && i < header->count; i++) {
        if (header->titles[i] != title)
            continue;
        problem->place = seen == 1 ? i + 1 : problem->place;
        next = letters_of(i + 1, work->arena);
        where =
            next ? arena_format(work->arena, "%s%s%s", where, seen++ ? " and " : "", next) : NULL;
    }
    problem->code = "duplicate";
    problem->expected =
        where ? arena_format(work->arena, "each column once; this one stands in %s", where) : NULL;
    problem->remedy = "delete or rename all but one of these columns";
    return problem->expected ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault header_tell(struct work *work, size_t title, size_t count)
{
    struct import_problem problem = {.column = import_cell_column(title)->name,
                                     .code = "malformed",
                                     .rule = "import.header",
                                     .expected = "this column",
                                     .remedy = "add the column to the header row"};
    if (count)
        TRY(header_twice(work, title, &problem));
    problem_add(work, &problem);
    return FAULT_NONE;
}

static enum fault header_check(struct work *work, bool *whole)
{
    *whole = work->header.row || header_missing(work);
    if (!*whole)
        return FAULT_NONE;
    host_settle(&work->header);
    work->result->header_row = work->header.row;
    for (size_t i = 0; i < IMPORT_TITLE_COLUMNS; i++) {
        size_t count = header_count(&work->header, i);
        if (count == 1 || (count == 0 && !import_cell_column(i)->needed))
            continue;
        TRY(header_tell(work, i, count));
        *whole = false;
    }
    return FAULT_NONE;
}

/* An institution without units has no use for what a list says of them. */
static bool is_unit_of_none(const struct work *work, size_t column)
{
    bool said = false; /* our own template has the column, empty */
    for (const struct sheet_row *row = work->header.next; row && !said; row = row->next)
        said = sheet_cell(row, column).size > 0;
    return said && work->header.titles[column] == IMPORT_TITLE_UNIT && work->units->n_units == 0;
}

static enum fault ignored_note(struct work *work)
{
    size_t *ignored = arena_take_array(work->arena, work->header.count, sizeof *ignored);
    if (!ignored)
        return FAULT_MEMORY;
    for (size_t i = 0; i < work->header.count; i++)
        if (work->header.titles[i] == SHEET_TITLE_NONE || is_unit_of_none(work, i))
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

static bool same_reference(const struct import_row *row, const struct import_row *other)
{
    return row->reference.size > 0 && bytes_equal(row->reference, other->reference);
}

/* A row that says the same student again, whatever else it says. */
static enum fault row_twice(struct work *work, struct import_row *row)
{
    for (const struct import_row *other = work->rows; other < row; other++) {
        if (other->bad || (!import_row_same(&other->key, &row->key) && !same_reference(row, other)))
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

/* Why what was sent cannot become what the row says. */
static enum fault row_refuse(struct work *work, struct import_row *row,
                             const struct import_match_found *found)
{
    struct import_problem problem = {.rule = "import.sent", .expected = "what was sent"};
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&found->place.dossier, name);
    switch (found->standing) {
    case IMPORT_MATCH_NOWHERE:
        problem.code = "not_found";
        problem.column = import_title_all[IMPORT_TITLE_DOSSIER].name;
        problem.place = row->reference_place;
        problem.expected = "a dossier or draft of this node, or an empty cell";
        problem.remedy = "empty the cell to nominate anew, or export the list again";
        break;
    case IMPORT_MATCH_TWICE:
        problem.code = "duplicate";
        problem.expected = "each student once for a partner, year, term and kind";
        problem.remedy = "another draft says this already: see `peregrin draft list`";
        break;
    case IMPORT_MATCH_MOVED:
        problem.code = "changed_after_sending";
        problem.column = import_cell_column(IMPORT_TITLE_PARTNER)->name;
        problem.remedy = arena_format(
            work->arena, "withdraw it and nominate anew: `peregrin nomination withdraw %s`", name);
        break;
    case IMPORT_MATCH_FOREIGN:
        problem.code = "not_permitted";
        problem.rule = "unit.yours";
        problem.expected = "a student of your unit";
        problem.remedy = "take the row out, or ask who acts for the whole institution";
        break;
    case IMPORT_MATCH_SETTLED:
        problem.code = found->state == DOSSIER_WITHDRAWN ? "withdrawn" : "out_of_turn";
        problem.expected = dossier_state_sentence(found->state);
        problem.remedy =
            arena_format(work->arena, "see how it stands: `peregrin nomination show %s`", name);
        break;
    default:
        problem.code = "changed_after_sending";
        problem.remedy =
            arena_format(work->arena, "amend it: `peregrin nomination amend %s`", name);
    }
    if (!problem.remedy)
        return FAULT_MEMORY;
    row_tell(work, row, problem);
    return FAULT_NONE;
}

static void amendment_add(struct work *work, const struct import_row *row,
                          const struct import_match_found *found)
{
    struct import_amendment *amendment = &work->amendments[work->result->amendment_count++];
    *amendment = (struct import_amendment) {.row = row->number,
                                            .partner = row->partner->schac,
                                            .place = found->place,
                                            .body = row->body,
                                            .draft = row->draft};
    size_t count = walk_differences(&found->known->base, &row->nomination->base, work->arena,
                                    amendment->fields, IMPORT_FIELDS_MAX);
    amendment->field_count = count < IMPORT_FIELDS_MAX ? count : IMPORT_FIELDS_MAX;
}

static void warning_add(void *self, const struct import_warning *warning)
{
    struct work *work = self;
    if (work->result->warning_count < IMPORT_WARNINGS_MAX)
        work->warnings[work->result->warning_count++] = *warning;
    else
        work->result->warnings_left_out++;
}

/* What would be said anew, or otherwise than before; a rule that refuses makes the row a bad one.
 */
static enum fault row_rules(struct work *work, struct import_row *row,
                            const struct import_match_found *found)
{
    struct import_problem problem = {0};
    if (!work->import->eligible ||
        (found->standing != IMPORT_MATCH_NEW && found->standing != IMPORT_MATCH_DRAFT &&
         found->standing != IMPORT_MATCH_SENT))
        return FAULT_NONE;
    TRY(import_rules_row(work->import, row, found->place.pair ? &found->place.dossier : NULL,
                         &work->memo, work->arena, warning_add, work, &problem));
    if (problem.code)
        row_tell(work, row, problem);
    return FAULT_NONE;
}

static enum fault row_compare(struct work *work, struct import_row *row)
{
    struct import_result *result = work->result;
    struct import_match_found found;
    TRY(import_match_row(work->match, row, &found));
    TRY(row_rules(work, row, &found));
    if (row->bad)
        return FAULT_NONE;
    switch (found.standing) {
    case IMPORT_MATCH_NEW: break;
    case IMPORT_MATCH_SAME:
        result->unchanged++;
        result->withdrawn += found.state == DOSSIER_WITHDRAWN;
        break;
    case IMPORT_MATCH_DRAFT: result->changed++; break;
    case IMPORT_MATCH_SENT: amendment_add(work, row, &found); break;
    default: return row_refuse(work, row, &found);
    }
    /* Only what is new or changed is stored. */
    row->nomination = found.standing == IMPORT_MATCH_NEW || found.standing == IMPORT_MATCH_DRAFT
                          ? row->nomination
                          : NULL;
    return FAULT_NONE;
}

/* The year of an instant; two digits of a year need one that is not the first century's. */
static uint32_t year_of(struct instant at)
{
    char text[INSTANT_TEXT_SIZE];
    uint32_t year = 0;
    instant_text(at, text);
    for (size_t i = 0; i < 4; i++)
        year = year * 10 + (uint32_t)(text[i] - '0');
    return year;
}

static enum fault rows_read(struct work *work, const struct import_dates *dates)
{
    const struct import *import = work->import;
    struct import_row_reader reader = {
        .header = &work->header,
        .dates = dates,
        .partners = import_partner_open(import->catalogue, work->arena),
        .own = import->own,
        .year_now = year_of(import->now),
        .fix = import->fix,
        .units = work->units,
        .scope = import->scope,
        .unit = import->unit,
        .arena = work->arena,
        .report = problem_add,
        .fixed = fix_add,
        .self = work,
    };
    if (!reader.partners)
        return FAULT_MEMORY;
    unit_today(import->now, reader.today);
    for (size_t i = 0; i < work->result->rows; i++) {
        struct import_row *row = &work->rows[i];
        TRY(import_row_read(&reader, work->chosen[i], row));
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

static enum fault rows_store(struct work *work)
{
    const struct import *import = work->import;
    struct store *store = import->store;
    for (size_t i = 0; i < work->result->rows; i++) {
        const struct import_row *row = &work->rows[i];
        if (row->bad || !row->nomination)
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

/* Rows that are asked for: neither hidden nor a header that stands there again. */
static enum fault rows_choose(struct work *work, const struct sheet *sheet)
{
    const struct import *import = work->import;
    struct import_result *result = work->result;
    work->chosen = arena_take_array(work->arena, sheet->row_count, sizeof *work->chosen);
    if (!work->chosen)
        return FAULT_MEMORY;
    for (const struct sheet_row *row = work->header.next; row; row = row->next) {
        if (!import_choice_has(import->rows, row->number) || sheet_title_again(&work->header, row))
            continue;
        if (row->hidden && !import->hidden)
            result->hidden++;
        else
            work->chosen[result->rows++] = row;
    }
    return FAULT_NONE;
}

static bool rows_fit(struct work *work)
{
    static const struct sheet_refusal many = {"too_large", "at most 5,000 rows",
                                              "split the list and import the parts one by one"};
    if (work->result->rows <= IMPORT_ROWS_MAX)
        return true;
    work->result->rows = 0;
    return file_refuse(work, &many);
}

static enum fault work_start(struct work *work)
{
    size_t rows = work->result->rows;
    struct arena *arena = work->arena;
    work->rows = arena_take_array(arena, rows, sizeof *work->rows);
    work->fixes = arena_take_array(arena, FIXES_MAX, sizeof *work->fixes);
    work->amendments = arena_take_array(arena, rows, sizeof *work->amendments);
    work->warnings = arena_take_array(arena, IMPORT_WARNINGS_MAX, sizeof *work->warnings);
    work->match = import_match_open(work->import, &work->header, arena);
    work->result->fixes = work->fixes;
    work->result->amendments = work->amendments;
    work->result->warnings = work->warnings;
    return work->warnings && work->rows && work->fixes && work->amendments && work->match
               ? FAULT_NONE
               : FAULT_MEMORY;
}

/* False in *readable when no row can be read at all. */
static enum fault file_read(struct work *work, struct sheet *sheet, bool *readable)
{
    static const struct sheet_refusal odd_choice = {"invalid", "rows like 3,7-20",
                                                    "give numbers as the spreadsheet counts"};
    const struct import *import = work->import;
    const struct sheet_pick pick = {.name = import->sheet,
                                    .titles = import_title_all,
                                    .title_count = IMPORT_TITLE_COUNT,
                                    .known_min = HEADER_COLUMNS_MIN,
                                    .rows_max = IMPORT_ROWS_MAX + SHEET_TITLE_HEADER_ROWS};
    struct sheet_book book;
    *readable = false;
    TRY(sheet_open(import->content, import->encoding, work->arena, &book));
    work->result->encoding = book.encoding;
    if (!book.refusal.expected)
        TRY(sheet_pick(&book, &pick, work->arena, sheet, &work->header));
    if (book.refusal.expected) {
        file_refuse(work, &book.refusal);
        return FAULT_NONE;
    }
    work->result->sheet = sheet->name;
    if (!import->rows || import_choice_valid(import->rows))
        return header_check(work, readable);
    file_refuse(work, &odd_choice);
    return FAULT_NONE;
}

enum fault import_run(const struct import *import, struct arena *arena, struct import_result *out)
{
    struct work *work = arena_take(arena, sizeof *work);
    struct import_dates *dates = arena_take(arena, sizeof *dates);
    struct sheet sheet;
    bool readable;
    *out = (struct import_result) {0};
    if (!work || !dates)
        return FAULT_MEMORY;
    *work = (struct work) {.import = import, .arena = arena, .result = out};
    work->problems = arena_take_array(arena, IMPORT_PROBLEMS_MAX, sizeof *work->problems);
    if (!work->problems)
        return FAULT_MEMORY;
    out->problems = work->problems;
    TRY(file_read(work, &sheet, &readable));
    if (!readable)
        return FAULT_NONE;
    TRY(rows_choose(work, &sheet));
    if (!rows_fit(work))
        return FAULT_NONE;
    TRY(unit_list(import->store, import->own, arena, &work->units));
    TRY(ignored_note(work));
    TRY(work_start(work));
    if (import->eligible)
        TRY(eligible_refresh(import->eligible, import->store, arena));
    TRY(import_dates_look(&work->header, import->dates, arena, dates));
    out->dates = dates->forms;
    out->dates_open = dates->open;
    TRY(rows_read(work, dates));
    assert(out->ready + out->bad == out->rows);
    if (!import->confirm || (out->bad && !import->skip_bad))
        return FAULT_NONE;
    return rows_store(work);
}
