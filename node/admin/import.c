#include "admin/import.h"

#include "admin/agreed.h"
#include "admin/import_cell.h"
#include "admin/import_file.h"
#include "admin/import_match.h"
#include "admin/import_rules.h"
#include "record/codec.h"
#include "record/walk.h"

#include <assert.h>
#include <string.h>

/* The file while it is imported. */
struct work {
    struct import_file file;
    struct import_warning *warnings;
    struct import_amendment *amendments;
    struct import_row *rows; /* of those that were chosen */
    struct import_match *match;
    Peregrin__Units *units; /* of our institution */
    struct eligible_memo memo;
    struct agreed_memo agreed;
};

/* ---- the header --------------------------------------------------------------------------------
 */

static bool is_needed(const void *, size_t column)
{
    return import_cell_column(column)->needed;
}

/* A host's name is for people where a code stands beside it. */
static void host_settle(struct sheet_header *header)
{
    bool coded = false;
    for (size_t i = 0; i < header->count; i++)
        coded = coded || header->titles[i] == IMPORT_TITLE_PARTNER;
    for (size_t i = 0; !coded && i < header->count; i++)
        if (header->titles[i] == IMPORT_TITLE_PARTNER_NAME) {
            header->titles[i] = IMPORT_TITLE_PARTNER;
            coded = true;
        }
}

/* An institution without units has no use for what a list says of them. */
static bool is_unit_of_none(const void *self, size_t column)
{
    const struct work *work = self;
    bool said = false; /* our own template has the column, empty */
    for (const struct sheet_row *row = work->file.header.next; row && !said; row = row->next)
        said = sheet_cell(row, column).size > 0;
    return said && work->file.header.titles[column] == IMPORT_TITLE_UNIT &&
           work->units->n_units == 0;
}

/* ---- a row against the file and the store ------------------------------------------------------
 */

static void row_tell(struct work *work, struct import_row *row, struct import_problem problem)
{
    row->bad = true;
    problem.row = row->number;
    import_file_problem(&work->file, &problem);
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
            work->file.arena, "delete one of the rows: row %zu is the other", other->number);
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
        problem.remedy =
            arena_format(work->file.arena,
                         "withdraw it and nominate anew: `peregrin nomination withdraw %s`", name);
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
        problem.remedy = arena_format(work->file.arena,
                                      "see how it stands: `peregrin nomination show %s`", name);
        break;
    default:
        problem.code = "changed_after_sending";
        problem.remedy =
            arena_format(work->file.arena, "amend it: `peregrin nomination amend %s`", name);
    }
    if (!problem.remedy)
        return FAULT_MEMORY;
    row_tell(work, row, problem);
    return FAULT_NONE;
}

static void amendment_add(struct work *work, const struct import_row *row,
                          const struct import_match_found *found)
{
    struct import_amendment *amendment = &work->amendments[work->file.result->amendment_count++];
    *amendment = (struct import_amendment) {.row = row->number,
                                            .partner = row->partner->schac,
                                            .place = found->place,
                                            .body = row->body,
                                            .draft = row->draft};
    size_t count = walk_differences(&found->known->base, &row->nomination->base, work->file.arena,
                                    amendment->fields, IMPORT_FIELDS_MAX);
    amendment->field_count = count < IMPORT_FIELDS_MAX ? count : IMPORT_FIELDS_MAX;
}

static void warning_add(void *self, const struct import_warning *warning)
{
    struct work *work = self;
    if (work->file.result->warning_count < IMPORT_WARNINGS_MAX)
        work->warnings[work->file.result->warning_count++] = *warning;
    else
        work->file.result->warnings_left_out++;
}

/* An office writes the reference that its lists of agreements show; what is sent names the dossier.
 */
static enum fault row_agreement(struct work *work, struct import_row *row)
{
    const struct import *import = work->file.import;
    const struct sheet_header *header = &work->file.header;
    struct import_fix fix = {.row = row->number, .column = "agreement"};
    bool changed;
    TRY(agreed_name(import->store, import->own, row->partner->schac, row->nomination, &work->agreed,
                    work->file.arena, &changed));
    if (!changed)
        return FAULT_NONE;
    while (fix.place < header->count && header->titles[fix.place] != IMPORT_TITLE_AGREEMENT)
        fix.place++;
    fix.place++; /* they count from 1 */
    fix.taken = row->nomination->agreement;
    import_file_fix(&work->file, &fix);
    row->body = codec_pack(&row->nomination->base, work->file.arena);
    return row->body.data ? FAULT_NONE : FAULT_MEMORY;
}

/* What would be said anew, or otherwise than before; a rule that refuses makes the row a bad one.
 */
static enum fault row_rules(struct work *work, struct import_row *row,
                            const struct import_match_found *found)
{
    struct import_problem problem = {0};
    if (!work->file.import->eligible ||
        (found->standing != IMPORT_MATCH_NEW && found->standing != IMPORT_MATCH_DRAFT &&
         found->standing != IMPORT_MATCH_SENT))
        return FAULT_NONE;
    TRY(import_rules_row(work->file.import, row, found->place.pair ? &found->place.dossier : NULL,
                         &work->memo, work->file.arena, warning_add, work, &problem));
    if (problem.code)
        row_tell(work, row, problem);
    return FAULT_NONE;
}

static enum fault row_compare(struct work *work, struct import_row *row)
{
    struct import_result *result = work->file.result;
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
    const struct import *import = work->file.import;
    struct import_row_reader reader = {
        .header = &work->file.header,
        .dates = dates,
        .partners = import_partner_open(import->catalogue, work->file.arena),
        .own = import->own,
        .year_now = year_of(import->now),
        .fix = import->fix,
        .units = {.units = work->units,
                  .own = import->own,
                  .otherwise = import->unit,
                  .scope = import->scope},
        .arena = work->file.arena,
        .report = import_file_problem,
        .fixed = import_file_fix,
        .self = &work->file,
    };
    if (!reader.partners)
        return FAULT_MEMORY;
    unit_today(import->now, reader.units.today);
    for (size_t i = 0; i < work->file.result->rows; i++) {
        struct import_row *row = &work->rows[i];
        TRY(import_row_read(&reader, work->file.chosen[i], row));
        if (!row->bad)
            TRY(row_twice(work, row));
        if (!row->bad)
            TRY(row_agreement(work, row));
        if (!row->bad)
            TRY(row_compare(work, row));
        work->file.result->bad += row->bad;
        work->file.result->ready += !row->bad;
    }
    return FAULT_NONE;
}

/* ---- keeping -----------------------------------------------------------------------------------
 */

static enum fault rows_store(struct work *work)
{
    const struct import *import = work->file.import;
    struct store *store = import->store;
    for (size_t i = 0; i < work->file.result->rows; i++) {
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
        work->file.result->stored++;
    }
    return FAULT_NONE;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static enum fault work_start(struct work *work)
{
    size_t rows = work->file.result->rows;
    struct arena *arena = work->file.arena;
    work->rows = arena_take_array(arena, rows, sizeof *work->rows);
    work->amendments = arena_take_array(arena, rows, sizeof *work->amendments);
    work->warnings = arena_take_array(arena, IMPORT_WARNINGS_MAX, sizeof *work->warnings);
    work->match = import_match_open(work->file.import, &work->file.header, arena);
    work->file.result->amendments = work->amendments;
    work->file.result->warnings = work->warnings;
    return work->warnings && work->rows && work->amendments && work->match ? FAULT_NONE
                                                                           : FAULT_MEMORY;
}

static const struct import_file_columns columns = {
    .titles = import_title_all,
    .title_count = IMPORT_TITLE_COUNT,
    .count = IMPORT_TITLE_COLUMNS,
    .needed = is_needed,
    .beginning = "begin with the template: `peregrin nomination template`",
};

enum fault import_run(const struct import *import, struct arena *arena, struct import_result *out)
{
    struct work *work = arena_take(arena, sizeof *work);
    struct import_dates *dates = arena_take(arena, sizeof *dates);
    bool readable;
    *out = (struct import_result) {0};
    if (!work || !dates)
        return FAULT_MEMORY;
    *work = (struct work) {.file = {.import = import, .arena = arena, .result = out}};
    TRY(import_file_read(&work->file, &columns, host_settle, &readable));
    if (!readable)
        return FAULT_NONE;
    TRY(unit_list(import->store, import->own, arena, &work->units));
    TRY(import_file_ignored(&work->file, is_unit_of_none, work));
    TRY(work_start(work));
    if (import->eligible)
        TRY(eligible_refresh(import->eligible, import->store, arena));
    TRY(import_dates_look(&work->file.header, import->dates, arena, dates));
    out->dates = dates->forms;
    out->dates_open = dates->open;
    TRY(rows_read(work, dates));
    assert(out->ready + out->bad == out->rows);
    if (!import->confirm || (out->bad && !import->skip_bad))
        return FAULT_NONE;
    return rows_store(work);
}
