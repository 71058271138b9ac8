#include "admin/import_row.h"

#include "record/codec.h"
#include "record/kind.h"
#include "record/walk.h"
#include "report/plain.h"
#include "rules/rules.h"

#include <assert.h>
#include <string.h>

/* A row while it is read. */
struct reading {
    const struct import_row_reader *reader;
    struct import_row *row;
    bool told[IMPORT_TITLE_COLUMNS]; /* a column's first problem is enough */
};

static size_t number_of(const struct import_cell_column *column)
{
    return (size_t)(column - import_cell_column(0));
}

/* Where the file has the column, from 1; 0: nowhere. */
static size_t place_of(const struct reading *reading, const struct import_cell_column *column)
{
    const struct sheet_header *header = reading->reader->header;
    for (size_t i = 0; i < header->count; i++)
        if (header->titles[i] == number_of(column))
            return i + 1;
    return 0;
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
        problem.place = place_of(reading, column);
    }
    problem.row = reading->row->number;
    reading->reader->report(reading->reader->self, &problem);
}

static void tell_fixed(struct reading *reading, const struct import_cell_column *column,
                       const char *taken)
{
    const struct import_fix fix = {reading->row->number, place_of(reading, column), column->name,
                                   taken};
    reading->reader->fixed(reading->reader->self, &fix);
}

static enum fault nearest(struct arena *arena, const char *near, const char **remedy)
{
    if (near)
        *remedy = arena_format(arena, "nearest: `%s`; --fix takes it", near);
    return *remedy ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- the partner -------------------------------------------------------------------------------
 */

static enum fault partner_unknown(struct reading *reading, struct bytes cell, bool several)
{
    const struct import_row_reader *reader = reading->reader;
    const struct import_cell_column *column = import_cell_column(IMPORT_TITLE_PARTNER);
    const char *near = several ? NULL : import_partner_near(reader->partners, cell, reader->arena);
    const char *remedy = several ? "several institutions have this code: give the SCHAC domain"
                                 : "see `peregrin partner list`, or fetch the newest catalogue";
    bool other;
    if (near && reader->fix) {
        reading->row->partner =
            import_partner_find(reader->partners, bytes_text(near), &other, reader->arena);
        if (reading->row->partner) {
            tell_fixed(reading, column, near);
            return FAULT_NONE;
        }
    }
    TRY(nearest(reader->arena, near, &remedy));
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
    reading->row->partner = import_partner_find(reader->partners, cell, &several, reader->arena);
    if (!reading->row->partner)
        TRY(partner_unknown(reading, cell, several));
    const struct catalogue_institution *found = reading->row->partner;
    if (found && strcmp(found->schac, reader->own) == 0)
        tell(reading, import_cell_column(IMPORT_TITLE_PARTNER),
             (struct import_problem) {.code = "invalid",
                                      .rule = "import.partner",
                                      .expected = "another institution than the home",
                                      .remedy = "name the host"});
    return FAULT_NONE;
}

/* ---- the other cells ---------------------------------------------------------------------------
 */

static enum fault cell_refuse(const struct import_cell_column *column,
                              const struct import_cell_way *way, struct import_problem *problem)
{
    *problem = (struct import_problem) {.code = "invalid",
                                        .rule = "import.cell",
                                        .expected = column->expected,
                                        .remedy = "mend the cell and import again"};
    if (way->asks) {
        problem->code = "ambiguous";
        problem->rule = "import.dates";
        problem->expected = "a date whose day and month can be told apart";
        problem->remedy = "say which comes first: --dates dmy or --dates mdy";
    }
    if (way->near && column == import_cell_column(IMPORT_TITLE_EMAIL))
        problem->remedy = "take out blanks and stray signs; --fix does it";
    else
        TRY(nearest(way->arena, way->near, &problem->remedy));
    return FAULT_NONE;
}

enum fault import_row_cell(struct bytes cell, const struct import_cell_column *column,
                           struct import_cell_way *way, Peregrin__Nomination *into,
                           struct import_problem *problem)
{
    *problem = (struct import_problem) {0};
    if (import_cell_is_error(cell)) {
        *problem = (struct import_problem) {
            .code = "invalid",
            .rule = "import.formula",
            .expected = column->expected,
            .remedy = "the cell's formula has no value: mend it, or type the value"};
        return FAULT_NONE;
    }
    enum verdict verdict = column->read(cell, column, into, way);
    if (verdict == VERDICT_TOO_LARGE)
        return FAULT_MEMORY;
    return verdict ? cell_refuse(column, way, problem) : FAULT_NONE;
}

static enum fault cell_read(struct reading *reading, size_t place, struct bytes cell)
{
    const struct import_row_reader *reader = reading->reader;
    const struct import_cell_column *column = import_cell_column(reader->header->titles[place]);
    struct import_problem problem;
    struct import_cell_way way = {.arena = reader->arena,
                                  .order = reader->dates->orders[place],
                                  .year_now = reader->year_now,
                                  .fix = reader->fix};
    if (cell.size == 0)
        return FAULT_NONE;
    TRY(import_row_cell(cell, column, &way, reading->row->nomination, &problem));
    if (problem.code)
        tell(reading, column, problem);
    else if (way.fixed)
        tell_fixed(reading, column, way.near);
    return FAULT_NONE;
}

static enum fault cells_read(struct reading *reading, const struct sheet_row *cells)
{
    const struct sheet_header *header = reading->reader->header;
    for (size_t i = 0; i < header->count; i++) {
        struct bytes cell = sheet_cell(cells, i);
        if (header->titles[i] == IMPORT_TITLE_DOSSIER) {
            reading->row->reference = cell;
            reading->row->reference_place = i + 1;
        } else if (header->titles[i] == IMPORT_TITLE_PARTNER) {
            TRY(partner_read(reading, cell));
        } else if (header->titles[i] < IMPORT_TITLE_COLUMNS) {
            TRY(cell_read(reading, i, cell));
        }
    }
    return FAULT_NONE;
}

/* ---- the unit ----------------------------------------------------------------------------------
 */

static bool unit_refuse(struct import_problem *problem, const char *code, const char *rule,
                        const char *expected, const char *remedy)
{
    *problem = (struct import_problem) {
        .code = code, .rule = rule, .expected = expected, .remedy = remedy};
    return false;
}

bool import_row_unit(const struct import_row_units *ask, const char *said, const char **out,
                     struct import_problem *problem)
{
    said = ask->units->n_units ? said : NULL;
    const Peregrin__Unit *unit = said             ? unit_match(ask->units, bytes_text(said))
                                 : ask->otherwise ? unit_find(ask->units, ask->otherwise)
                                                  : NULL;
    *out = unit ? unit->code : NULL;
    if (said && !unit)
        return unit_refuse(problem, "unknown", "unit.known",
                           "a code or name that `unit list` shows",
                           "mend the cell, or add the unit: `peregrin unit add`");
    if (unit && !unit_is_open(unit, ask->today))
        return unit_refuse(problem, "expired", "unit.open", "a unit that takes new students today",
                           "name another unit: see `peregrin unit list`");
    return scope_holds(&ask->scope, ask->own, *out) ||
           unit_refuse(problem, "not_permitted", "unit.yours", "a unit of yours",
                       "name your unit, or ask who acts for the whole institution");
}

static void unit_settle(struct reading *reading)
{
    const struct import_row_reader *reader = reading->reader;
    Peregrin__Nomination *nomination = reading->row->nomination;
    struct import_problem problem;
    const char *code;
    if (!import_row_unit(&reader->units, nomination->unit, &code, &problem))
        tell(reading, import_cell_column(IMPORT_TITLE_UNIT), problem);
    nomination->unit = (char *)(uintptr_t)code;
}

/* ---- the whole row -----------------------------------------------------------------------------
 */

static void rule_broken(void *self, const struct rules_finding *finding)
{
    struct reading *reading = self;
    const struct import_cell_column *column =
        finding->field ? import_cell_of_field(finding->field) : NULL;
    /* Dates are wanted where no term is said: not where one is, and could not be read. */
    if (column == import_cell_column(IMPORT_TITLE_START) && reading->told[IMPORT_TITLE_TERM])
        return;
    tell(reading, column,
         (struct import_problem) {.code = verdict_text(finding->verdict)->code,
                                  .rule = finding->rule,
                                  .expected = finding->expected,
                                  .remedy = finding->remedy});
}

/* ---- its name ----------------------------------------------------------------------------------
 */

/* A name as lists write it one way and the other: `DUPUIS LEMAITRE` is `Dupuis-Lemaître`. What has
 * no letters at all is only itself. */
static const char *name_plain(const char *name, struct arena *arena)
{
    struct bytes text = bytes_text(name ? name : "");
    const char *plain = plain_words(text, arena);
    return plain && !*plain ? plain_small(text, arena) : plain;
}

/* Parts are divided by a character that no text may hold. */
static const char *who_of(const Peregrin__Person *person, struct arena *arena)
{
    if (person->esi)
        return plain_small(bytes_text(person->esi), arena);
    const char *family = name_plain(person->family_name, arena);
    const char *given = name_plain(person->given_names, arena);
    const char *birth = person->birth_date ? person->birth_date : "";
    return family && given ? arena_format(arena, "%s\x1F%s\x1F%s", family, given, birth) : NULL;
}

bool import_row_key(const char *partner, const Peregrin__Nomination *nomination,
                    struct arena *arena, struct digest *key)
{
    static const Peregrin__Person nobody = PEREGRIN__PERSON__INIT;
    const char *who = who_of(nomination->person ? nomination->person : &nobody, arena);
    const char *text =
        who ? arena_format(arena, "row\x1F%s\x1F%s\x1F%s\x1F%u\x1F%u", partner, who,
                           nomination->year ? nomination->year : "",
                           nomination->has_term ? nomination->term : 0, nomination->mobility)
            : NULL;
    if (text)
        digest_of(DIGEST_REQUEST, bytes_text(text), key);
    return text;
}

bool import_row_same(const struct digest *left, const struct digest *right)
{
    return memcmp(left, right, sizeof *left) == 0;
}

enum fault import_row_read(const struct import_row_reader *reader, const struct sheet_row *cells,
                           struct import_row *out)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    *out = (struct import_row) {.number = cells->number,
                                .nomination =
                                    (Peregrin__Nomination *)walk_new(kind->body, reader->arena)};
    struct reading reading = {.reader = reader, .row = out};
    if (!out->nomination)
        return FAULT_MEMORY;
    TRY(cells_read(&reading, cells));
    unit_settle(&reading);
    /* The rules see what could be read; where a cell could not, the column has been told of. */
    rules_form(kind, &out->nomination->base, rule_broken, &reading);
    if (out->bad)
        return FAULT_NONE;
    assert(out->partner);
    out->body = codec_pack(&out->nomination->base, reader->arena);
    bool named = import_row_key(out->partner->schac, out->nomination, reader->arena, &out->key);
    return out->body.data && named ? FAULT_NONE : FAULT_MEMORY;
}
