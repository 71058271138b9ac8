#include "admin/import_grant_row.h"

#include "admin/import_number.h"
#include "admin/import_word.h"
#include "record/walk.h"
#include "report/plain.h"
#include "rules/form.h"

#include <string.h>

enum { POINTS_MAX = 999999, LEVEL_MAX = 8, TEXT_MAX = 500, NONE = IMPORT_GRANT_TITLES };

/* A row while it is read. */
struct reading {
    const struct import_grant_reader *reader;
    struct import_grant_row *row;
    Peregrin__Nomination *person; /* what the cells of a nomination list say */
    Peregrin__Nomination *place;  /* only its country: where the stay is */
    const char *group, *unit;
    bool scored;
};

/* ---- telling -----------------------------------------------------------------------------------
 */

static size_t place_of(const struct import_grant_reader *reader, size_t title)
{
    for (size_t i = 0; i < reader->header->count; i++)
        if (reader->header->titles[i] == title)
            return i + 1;
    return 0;
}

void import_grant_row_tell(const struct import_grant_reader *reader, struct import_grant_row *row,
                           size_t column, struct import_problem problem)
{
    row->bad = true;
    problem.row = row->number;
    if (column < IMPORT_GRANT_TITLES) {
        if (row->told[column])
            return;
        row->told[column] = true;
        problem.column = reader->titles[column].name;
        problem.place = place_of(reader, column);
    }
    reader->report(reader->self, &problem);
}

static void tell(struct reading *reading, size_t column, const char *expected, const char *remedy)
{
    import_grant_row_tell(
        reading->reader, reading->row, column,
        (struct import_problem) {
            .code = "invalid", .rule = "import.cell", .expected = expected, .remedy = remedy});
}

static const char mend[] = "mend the cell and import again";

/* ---- cells -------------------------------------------------------------------------------------
 */

/* What a list of nominations has as well, and what its cell becomes. */
static bool is_shared(size_t title)
{
    static const bool shared[IMPORT_TITLE_COLUMNS] = {
        [IMPORT_TITLE_KIND] = true,        [IMPORT_TITLE_LEVEL] = true,
        [IMPORT_TITLE_FAMILY_NAME] = true, [IMPORT_TITLE_GIVEN_NAMES] = true,
        [IMPORT_TITLE_NATIONALITY] = true, [IMPORT_TITLE_START] = true,
        [IMPORT_TITLE_END] = true,         [IMPORT_TITLE_COMMENT] = true,
        [IMPORT_TITLE_UNIT] = true};
    return title < IMPORT_TITLE_COLUMNS && shared[title];
}

bool import_grant_row_reads(size_t title)
{
    return is_shared(title) || title == IMPORT_TITLE_DOSSIER || title == IMPORT_TITLE_ERRORS ||
           (title >= IMPORT_GRANT_COUNTRY && title < IMPORT_GRANT_TITLES);
}

static enum fault shared_read(struct reading *reading, size_t place, size_t title,
                              Peregrin__Nomination *into, struct bytes cell)
{
    const struct import_grant_reader *reader = reading->reader;
    size_t own = reader->header->titles[place];
    struct import_problem problem;
    struct import_cell_way way = {.arena = reader->arena,
                                  .order = reader->dates->orders[place],
                                  .year_now = reader->year_now,
                                  .fix = reader->fix};
    TRY(import_row_cell(cell, import_cell_column(title), &way, into, &problem));
    if (problem.code)
        import_grant_row_tell(reader, reading->row, own, problem);
    else if (way.fixed)
        reader->fixed(reader->self, &(struct import_fix) {reading->row->number, place + 1,
                                                          reader->titles[own].name, way.near});
    return FAULT_NONE;
}

/* As the API takes it: what is kept with a control character would never be read again. */
static bool text_fits(struct bytes cell)
{
    return cell.size <= TEXT_MAX && form_line(cell, 1, TEXT_MAX);
}

static enum fault text_read(struct reading *reading, size_t title, struct bytes cell,
                            const char **out)
{
    *out = arena_text(reading->reader->arena, cell);
    if (!text_fits(cell))
        tell(reading, title, "one line of at most 500 bytes, without control characters", mend);
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

/* Digits only. */
static bool points_read(struct bytes cell, uint32_t *out)
{
    uint32_t points = 0;
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] < '0' || cell.data[i] > '9' || points > POINTS_MAX)
            return false;
        points = points * 10 + (uint32_t)(cell.data[i] - '0');
    }
    *out = points;
    return cell.size > 0 && points <= POINTS_MAX;
}

static enum fault own_read(struct reading *reading, size_t title, struct bytes cell)
{
    Peregrin__Grant *grant = reading->row->grant;
    const char *text;
    switch (title) {
    case IMPORT_GRANT_POINTS:
        grant->has_points = points_read(cell, &grant->points);
        if (!grant->has_points)
            tell(reading, title, "a whole number from 0 to 999999", mend);
        return FAULT_NONE;
    case IMPORT_GRANT_AMOUNT:
        if (!import_number_cents(cell, &grant->asked) || !grant->asked ||
            grant->asked > ENVELOPE_CENTS_MAX)
            tell(reading, title, "a sum like 1200 or 1.200,50", mend);
        return FAULT_NONE;
    case IMPORT_GRANT_GROUP: return text_read(reading, title, cell, &reading->group);
    case IMPORT_GRANT_REFERENCE:
        TRY(text_read(reading, title, cell, &text));
        grant->reference = (char *)(uintptr_t)text;
        return FAULT_NONE;
    case IMPORT_TITLE_DOSSIER:
        TRY(text_read(reading, title, cell, &text));
        grant->dossier = (char *)(uintptr_t)text;
        return FAULT_NONE;
    default: break;
    }
    reading->scored = true;
    if (!points_read(cell, &grant->scores[title - IMPORT_GRANT_CRITERIA]))
        tell(reading, title, "a whole number from 0 to 999999", mend);
    return FAULT_NONE;
}

static enum fault cells_read(struct reading *reading, const struct sheet_row *cells)
{
    const struct sheet_header *header = reading->reader->header;
    for (size_t i = 0; i < header->count; i++) {
        struct bytes cell = sheet_cell(cells, i);
        size_t title = header->titles[i];
        if (cell.size == 0 || title == IMPORT_TITLE_ERRORS || !import_grant_row_reads(title))
            continue;
        if (title == IMPORT_GRANT_COUNTRY)
            TRY(shared_read(reading, i, IMPORT_TITLE_NATIONALITY, reading->place, cell));
        else if (is_shared(title))
            TRY(shared_read(reading, i, title, reading->person, cell));
        else
            TRY(own_read(reading, title, cell));
    }
    return FAULT_NONE;
}

/* ---- what they come to -------------------------------------------------------------------------
 */

static void person_settle(struct reading *reading)
{
    static const Peregrin__Person nobody = PEREGRIN__PERSON__INIT;
    const Peregrin__Nomination *said = reading->person;
    const Peregrin__Person *person = said->person ? said->person : &nobody;
    const Peregrin__Call *call = reading->reader->call;
    Peregrin__Grant *grant = reading->row->grant;
    grant->family_name = person->family_name;
    grant->given_names = person->given_names;
    grant->nationality = person->nationality;
    grant->country = reading->place->person ? reading->place->person->nationality : NULL;
    grant->start = said->start;
    grant->end = said->end;
    grant->note = said->comment;
    grant->has_level = said->has_eqf;
    grant->level = said->eqf;
    grant->has_mobility = true;
    grant->mobility = said->has_mobility   ? (uint32_t)said->mobility
                      : call->n_kinds == 1 ? call->kinds[0]
                                           : 0;
}

static bool is_country(const char *code)
{
    return !code || import_word_is_country(code);
}

/* What is wrong in a cell that was read, or is missing where it stands empty. */
static void person_check(struct reading *reading)
{
    const Peregrin__Grant *grant = reading->row->grant;
    const char *const texts[] = {grant->family_name, grant->given_names, grant->note};
    static const size_t titles[] = {IMPORT_TITLE_FAMILY_NAME, IMPORT_TITLE_GIVEN_NAMES,
                                    IMPORT_TITLE_COMMENT};
    if (!grant->family_name)
        tell(reading, IMPORT_TITLE_FAMILY_NAME, "a name", mend);
    if (!grant->mobility)
        tell(reading, IMPORT_TITLE_KIND, import_cell_column(IMPORT_TITLE_KIND)->expected, mend);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] && !text_fits(bytes_text(texts[i])))
            tell(reading, titles[i], "one line of at most 500 bytes", mend);
    if (grant->has_level && (grant->level < 1 || grant->level > LEVEL_MAX))
        tell(reading, IMPORT_TITLE_LEVEL, "an EQF level from 1 to 8", mend);
    if (!is_country(grant->country))
        tell(reading, IMPORT_GRANT_COUNTRY, "a country, by its name or two letters", mend);
    if (!is_country(grant->nationality))
        tell(reading, IMPORT_TITLE_NATIONALITY, "a country, by its name or two letters", mend);
    if (grant->start && grant->end && strcmp(grant->end, grant->start) < 0)
        tell(reading, IMPORT_TITLE_END, "a day that is not before the first one", mend);
}

/* Of no group: after all of them. */
static enum fault group_settle(struct reading *reading)
{
    const struct import_grant_reader *reader = reading->reader;
    const Peregrin__Call *call = reader->call;
    Peregrin__Grant *grant = reading->row->grant;
    const char *said = reading->group ? plain_words(bytes_text(reading->group), reader->arena) : "";
    const char *all = "";
    grant->has_group = true;
    grant->group = (uint32_t)call->n_groups;
    for (size_t i = 0; said && all && reading->group && i < call->n_groups; i++) {
        const char *plain = plain_words(bytes_text(call->groups[i]), reader->arena);
        if (!plain)
            return FAULT_MEMORY;
        if (strcmp(call->groups[i], reading->group) == 0 || (*plain && strcmp(plain, said) == 0))
            grant->group = (uint32_t)i;
        all = arena_format(reader->arena, "%s%s%s", all, i ? ", " : "", call->groups[i]);
    }
    if (!said || !all)
        return FAULT_MEMORY;
    if (reading->group && grant->group == call->n_groups)
        tell(reading, IMPORT_GRANT_GROUP, *all ? all : "nothing: the call has no groups",
             "see `peregrin call show`");
    return FAULT_NONE;
}

/* Points are the sum of the scores, where there are some. */
static void points_settle(struct reading *reading)
{
    const Peregrin__Call *call = reading->reader->call;
    Peregrin__Grant *grant = reading->row->grant;
    uint64_t sum = 0;
    grant->n_scores = reading->scored ? call->n_criteria : 0;
    for (size_t i = 0; i < grant->n_scores; i++)
        sum += grant->scores[i];
    if (!reading->scored)
        return;
    if (sum > POINTS_MAX || (grant->has_points && grant->points != sum))
        tell(reading, IMPORT_GRANT_POINTS, "nothing, or the sum of the scores", mend);
    grant->has_points = true;
    grant->points = (uint32_t)sum;
}

static void amount_settle(struct reading *reading)
{
    Peregrin__Grant *grant = reading->row->grant;
    grant->has_asked = true;
    if (!grant->asked)
        grant->asked = reading->reader->call->cents;
    if (!grant->asked)
        tell(reading, IMPORT_GRANT_AMOUNT, "a sum: the call names no usual one", mend);
}

static void unit_settle(struct reading *reading)
{
    struct import_problem problem;
    const char *code;
    if (!import_row_unit(&reading->reader->units, reading->person->unit, &code, &problem))
        import_grant_row_tell(reading->reader, reading->row, IMPORT_TITLE_UNIT, problem);
    reading->row->grant->unit = (char *)(uintptr_t)code;
}

/* ---- the whole row -----------------------------------------------------------------------------
 */

const char *import_grant_row_key(const Peregrin__Grant *grant, struct arena *arena)
{
    if (grant->reference)
        return arena_format(arena, "=%s", grant->reference);
    const char *names[] = {grant->family_name ? grant->family_name : "",
                           grant->given_names ? grant->given_names : ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *plain = plain_words(bytes_text(names[i]), arena);
        /* What has no letters at all is only itself. */
        names[i] = plain && !*plain ? names[i] : plain;
    }
    return names[0] && names[1]
               ? arena_format(arena, "%s\x1F%s\x1F%u", names[0], names[1], grant->mobility)
               : NULL;
}

enum fault import_grant_row_takes(const struct import_grant_reader *reader,
                                  struct import_grant_row *row)
{
    static const struct {
        const char *field;
        size_t title;
    } fields[] = {
        {"kind", IMPORT_TITLE_KIND},       {"level", IMPORT_TITLE_LEVEL},
        {"country", IMPORT_GRANT_COUNTRY}, {"nationality", IMPORT_TITLE_NATIONALITY},
        {"start", IMPORT_TITLE_START},     {"end", IMPORT_TITLE_END},
        {"group", IMPORT_GRANT_GROUP},     {"dossier", IMPORT_TITLE_DOSSIER},
    };
    struct problem broken = {0};
    size_t title = NONE;
    row->grant->own = reader->call->own;
    TRY(call_takes(reader->call, row->grant, &reader->asks, reader->arena, &broken));
    if (!broken.code)
        TRY(applicant_holds(&reader->of, row->grant, reader->arena, &broken));
    if (!broken.code)
        return FAULT_NONE;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (broken.field && strcmp(fields[i].field, broken.field) == 0)
            title = fields[i].title;
    import_grant_row_tell(
        reader, row, title,
        (struct import_problem) {.code = broken.code,
                                 .rule = broken.rule,
                                 .expected = broken.expected ? broken.expected : broken.message,
                                 .remedy = broken.hint});
    return FAULT_NONE;
}

enum fault import_grant_row_read(const struct import_grant_reader *reader,
                                 const struct sheet_row *cells, struct import_grant_row *out)
{
    struct arena *arena = reader->arena;
    struct reading reading = {
        .reader = reader,
        .row = out,
        .person = (Peregrin__Nomination *)walk_new(&peregrin__nomination__descriptor, arena),
        .place = (Peregrin__Nomination *)walk_new(&peregrin__nomination__descriptor, arena)};
    *out = (struct import_grant_row) {
        .number = cells->number,
        .grant = (Peregrin__Grant *)walk_new(&peregrin__grant__descriptor, arena)};
    if (!reading.person || !reading.place || !out->grant)
        return FAULT_MEMORY;
    out->grant->scores = arena_take_array(arena, CALL_LIST_MAX, sizeof *out->grant->scores);
    if (!out->grant->scores)
        return FAULT_MEMORY;
    TRY(cells_read(&reading, cells));
    person_settle(&reading);
    person_check(&reading);
    TRY(group_settle(&reading));
    points_settle(&reading);
    amount_settle(&reading);
    unit_settle(&reading);
    out->grant->own = reader->call->own;
    out->grant->has_call = true;
    out->grant->call = reader->call->number;
    out->key = import_grant_row_key(out->grant, arena);
    return out->key ? FAULT_NONE : FAULT_MEMORY;
}
