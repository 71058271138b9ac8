#include "admin/import_row.h"

#include "record/codec.h"
#include "record/kind.h"
#include "record/walk.h"
#include "rules/rules.h"

#include <assert.h>
#include <string.h>

/* A row while it is read. */
struct reading {
    const struct import_row_reader *reader;
    struct import_row *row;
    Peregrin__Nomination *nomination;
    bool told[IMPORT_CELL_COLUMNS]; /* a column's first problem is enough */
};

static size_t number_of(const struct import_cell_column *column)
{
    return (size_t)(column - import_cell_column(0));
}

static void tell(struct reading *reading, const struct import_cell_column *column,
                 struct import_problem problem)
{
    reading->row->bad = true;
    if (column && reading->told[number_of(column)])
        return;
    if (column) {
        reading->told[number_of(column)] = true;
        problem.column = column->name;
    }
    problem.row = reading->row->number;
    reading->reader->report(reading->reader->self, &problem);
}

/* ---- the partner -------------------------------------------------------------------------------
 */

static enum fault partner_unknown(struct reading *reading, struct bytes cell, bool several)
{
    const struct import_row_reader *reader = reading->reader;
    const struct import_cell_column *column = import_cell_column(IMPORT_CELL_PARTNER);
    const char *near = several ? NULL : import_partner_near(reader->partners, cell, reader->arena);
    const char *remedy = several ? "several institutions have this code: give the SCHAC domain"
                                 : "see `peregrin partner list`, or fetch the newest catalogue";
    if (near)
        remedy = arena_format(reader->arena, "the nearest in the catalogue is `%s`", near);
    if (!remedy)
        return FAULT_MEMORY;
    tell(reading, column,
         (struct import_problem) {.code = cell.size ? "unknown" : "invalid",
                                  .rule = "import.partner",
                                  .expected = column->expected,
                                  .remedy = remedy});
    return FAULT_NONE;
}

static enum fault partner_read(struct reading *reading, struct bytes cell)
{
    const struct import_row_reader *reader = reading->reader;
    bool several;
    const struct catalogue_institution *found =
        import_partner_find(reader->partners, cell, &several, reader->arena);
    if (!found)
        return partner_unknown(reading, cell, several);
    if (strcmp(found->schac, reader->own) == 0) {
        tell(reading, import_cell_column(IMPORT_CELL_PARTNER),
             (struct import_problem) {.code = "invalid",
                                      .rule = "import.partner",
                                      .expected = "another institution than the home",
                                      .remedy = "name the host"});
        return FAULT_NONE;
    }
    reading->row->partner = found;
    return FAULT_NONE;
}

/* ---- the other cells ---------------------------------------------------------------------------
 */

static enum fault cell_read(struct reading *reading, const struct import_cell_column *column,
                            struct bytes cell)
{
    if (cell.size == 0)
        return FAULT_NONE;
    enum verdict verdict = column->read(cell, column, reading->nomination, reading->reader->arena);
    if (verdict == VERDICT_TOO_LARGE)
        return FAULT_MEMORY;
    if (verdict)
        tell(reading, column,
             (struct import_problem) {.code = "invalid",
                                      .rule = "import.cell",
                                      .expected = column->expected,
                                      .remedy = "mend the cell and import again"});
    return FAULT_NONE;
}

static enum fault cells_read(struct reading *reading, const struct import_csv_row *cells)
{
    const struct import_row_header *header = reading->reader->header;
    for (size_t i = 0; i < header->count; i++) {
        const struct import_cell_column *column = header->columns[i];
        struct bytes cell = i < cells->cell_count ? cells->cells[i] : (struct bytes) {0};
        if (!column)
            continue;
        TRY(column->path ? cell_read(reading, column, cell) : partner_read(reading, cell));
    }
    return FAULT_NONE;
}

static void rule_broken(void *self, const struct rules_finding *finding)
{
    struct reading *reading = self;
    const struct import_cell_column *column =
        finding->field ? import_cell_of_field(finding->field) : NULL;
    tell(reading, column,
         (struct import_problem) {.code = verdict_text(finding->verdict)->code,
                                  .rule = finding->rule,
                                  .expected = finding->expected,
                                  .remedy = finding->remedy});
}

/* ---- its name ----------------------------------------------------------------------------------
 */

/* Partner, student, year, term and kind: the row that says these again is the same row. Parts are
 * divided by a character that no text may hold. */
static bool key_make(const struct import_row *row, const Peregrin__Nomination *nomination,
                     struct arena *arena, struct digest *key)
{
    static const Peregrin__Person nobody = PEREGRIN__PERSON__INIT;
    const Peregrin__Person *person = nomination->person ? nomination->person : &nobody;
    const char *family = person->family_name ? person->family_name : "";
    const char *given = person->given_names ? person->given_names : "";
    const char *birth = person->birth_date ? person->birth_date : "";
    const char *who =
        person->esi ? person->esi : arena_format(arena, "%s\x1F%s\x1F%s", family, given, birth);
    const char *text =
        who ? arena_format(arena, "row\x1F%s\x1F%s\x1F%s\x1F%u\x1F%u", row->partner->schac, who,
                           nomination->year ? nomination->year : "",
                           nomination->has_term ? nomination->term : 0, nomination->mobility)
            : NULL;
    if (text)
        digest_of(DIGEST_REQUEST, bytes_text(text), key);
    return text;
}

enum fault import_row_read(const struct import_row_reader *reader,
                           const struct import_csv_row *cells, struct import_row *out)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    *out = (struct import_row) {.number = cells->number};
    struct reading reading = {
        .reader = reader,
        .row = out,
        .nomination = (Peregrin__Nomination *)walk_new(kind->body, reader->arena),
    };
    if (!reading.nomination)
        return FAULT_MEMORY;
    TRY(cells_read(&reading, cells));
    /* The rules see what could be read; where a cell could not, the column has been told of. */
    rules_form(kind, &reading.nomination->base, rule_broken, &reading);
    if (out->bad)
        return FAULT_NONE;
    assert(out->partner);
    out->body = codec_pack(&reading.nomination->base, reader->arena);
    bool named = key_make(out, reading.nomination, reader->arena, &out->key);
    return out->body.data && named ? FAULT_NONE : FAULT_MEMORY;
}
