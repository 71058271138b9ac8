#include "sheet/sheet_grading.h"

#include "base/words.h"
#include "grade/decimal.h"
#include "report/plain.h"
#include "sheet/sheet_pick.h"

#include <assert.h>
#include <string.h>

enum column {
    TABLE,
    INSTITUTION,
    ERASMUS_CODE,
    COUNTRY,
    SCOPE,
    PERIOD,
    SOURCE,
    KIND,
    RANK,
    GRADE,
    COUNT,
    PERCENT,
    PASSING,
    SYSTEM,
    LEVEL,
    FROM,
    TO,
    COLUMNS
};

static const struct sheet_title titles[COLUMNS] = {
    [TABLE] = {"table_id", "table scheme gradingscheme schemeid"},
    [INSTITUTION] = {"institution", "university etablissement instelling"},
    [ERASMUS_CODE] = {"erasmus_code", "erasmus"},
    [COUNTRY] = {"country", "pays land"},
    [SCOPE] = {"scope", "field iscedf"},
    [PERIOD] = {"period", "years"},
    [SOURCE] = {"source", ""},
    [KIND] = {"kind", "basis"},
    [RANK] = {"rank_best_first", "rank order rang"},
    [GRADE] = {"grade", "note cijfer mark"},
    [COUNT] = {"count", "number nombre aantal"},
    [PERCENT] = {"percent", "percentage share pourcentage"},
    [PASSING] = {"passing", "passes passed reussite geslaagd"},
    [SYSTEM] = {"system", "scale echelle schaal"},
    [LEVEL] = {"target_grade", "level niveau target"},
    [FROM] = {"from", "min von de van"},
    [TO] = {"to", "max bis tot"},
};

enum { TITLES_MIN = 3, PERCENT_MAX = 1000 };

struct reading {
    struct arena *arena;
    struct sheet_header header;
    size_t places[COLUMNS]; /* in the file; SIZE_MAX: not there */
    bool levels;
    uint16_t *tables; /* of each row, in order; UINT16_MAX: none */
    struct sheet_grading *out;
    bool spent;
};

static bool column_there(const struct reading *reading, enum column column)
{
    return reading->places[column] != SIZE_MAX;
}

/* ---- cells -----------------------------------------------------------------------------------
 */

static const char *cell_text(struct reading *reading, const struct sheet_row *row,
                             enum column column)
{
    const char *text = arena_text(reading->arena, column_there(reading, column)
                                                      ? sheet_cell(row, reading->places[column])
                                                      : (struct bytes) {(const uint8_t *)"", 0});
    reading->spent = reading->spent || !text;
    return text ? text : "";
}

static bool complain(struct reading *reading, const struct sheet_row *row, enum column column,
                     const char *expected)
{
    struct sheet_grading *out = reading->out;
    if (out->problem_count < SHEET_GRADING_PROBLEMS_MAX)
        out->problems[out->problem_count++] = (struct sheet_grading_problem) {
            row->number, titles[column].name, cell_text(reading, row, column), expected};
    return false;
}

/* NULL: nothing stands there. */
static const char *text_or_null(struct reading *reading, const struct sheet_row *row,
                                enum column column)
{
    const char *text = cell_text(reading, row, column);
    return *text ? text : NULL;
}

/* A whole number; `given` false and true where the cell is empty. */
static bool whole_read(struct reading *reading, const struct sheet_row *row, enum column column,
                       bool *given, uint32_t *out)
{
    const char *text = cell_text(reading, row, column);
    int64_t value = 0;
    *given = *text;
    if (*text && (!decimal_read(bytes_text(text), 0, &value) || value < 0 || value > UINT32_MAX))
        return complain(reading, row, column, "a whole number like 38769");
    *out = (uint32_t)value;
    return true;
}

static bool percent_read(struct reading *reading, const struct sheet_row *row,
                         struct grading_grade *out)
{
    const char *text = cell_text(reading, row, PERCENT);
    size_t size = strlen(text);
    int64_t value = 0;
    out->has_percent = *text;
    while (size && (text[size - 1] == '%' || text[size - 1] == ' '))
        size--;
    if (*text &&
        (!decimal_read((struct bytes) {(const uint8_t *)text, size}, DECIMAL_PLACES_MAX, &value) ||
         value < 0 || value > (int64_t)PERCENT_MAX * GRADING_PERCENT))
        return complain(reading, row, PERCENT, "a percentage like 0.5, with at most six places");
    out->percent = (uint32_t)value;
    return true;
}

static bool passing_read(struct reading *reading, const struct sheet_row *row,
                         enum grading_passing *out)
{
    const char *text = cell_text(reading, row, PASSING);
    const char *word = plain_word(bytes_text(text), reading->arena);
    reading->spent = reading->spent || !word;
    *out = GRADING_UNSAID;
    if (!*text || !word)
        return true;
    if (words_hold("yes true 1 oui ja y", word))
        *out = GRADING_PASSES;
    else if (words_hold("no false 0 non nee n", word))
        *out = GRADING_FAILS;
    else
        return complain(reading, row, PASSING, "yes or no");
    return true;
}

/* ---- which table a row belongs to ------------------------------------------------------------
 */

static bool texts_fit(struct reading *reading, const struct sheet_row *row)
{
    for (enum column i = 0; i < COLUMNS; i++)
        if (column_there(reading, i) &&
            sheet_cell(row, reading->places[i]).size > SHEET_GRADING_TEXT_MAX)
            return complain(reading, row, i, "at most 256 bytes");
    return true;
}

static struct sheet_grading_table *table_add(struct reading *reading, const struct sheet_row *row,
                                             const char *id)
{
    struct sheet_grading *out = reading->out;
    if (out->count == SHEET_GRADING_TABLES_MAX) {
        complain(reading, row, TABLE, "at most 200 tables in a file");
        return NULL;
    }
    struct sheet_grading_table *table = &out->tables[out->count++];
    *table = (struct sheet_grading_table) {
        .id = id,
        .institution = text_or_null(reading, row, INSTITUTION),
        .erasmus_code = text_or_null(reading, row, ERASMUS_CODE),
        .country = text_or_null(reading, row, COUNTRY),
        .scope = text_or_null(reading, row, SCOPE),
        .period = text_or_null(reading, row, PERIOD),
        .source = text_or_null(reading, row, SOURCE),
        .row = row->number,
        .grading = {.id = id},
        .levels = {.id = id},
    };
    return table;
}

/* `counts and percent incl. fails`, as whoever published the table calls its shares. */
static bool counts_fails(struct reading *reading, const struct sheet_row *row)
{
    const char *words = plain_words(bytes_text(cell_text(reading, row, KIND)), reading->arena);
    reading->spent = reading->spent || !words;
    return words && (strstr(words, "incl fail") || strstr(words, "including fail") ||
                     strstr(words, "with fail") || strstr(words, "all grades"));
}

/* Counts the row in its table. */
static void row_place(struct reading *reading, const struct sheet_row *row, uint16_t *place)
{
    const char *id = cell_text(reading, row, TABLE);
    *place = UINT16_MAX;
    if (!texts_fit(reading, row))
        return;
    if (!*id) {
        complain(reading, row, TABLE, "the name of the table");
        return;
    }
    struct sheet_grading_table *table = sheet_grading_find(reading->out, id);
    if (!table)
        table = table_add(reading, row, id);
    if (!table)
        return;
    *place = (uint16_t)(table - reading->out->tables);
    table->grading.with_fails = table->grading.with_fails || counts_fails(reading, row);
    table->grading.count += !reading->levels;
    table->levels.count += reading->levels;
}

/* ---- rows ------------------------------------------------------------------------------------
 */

static bool grade_read(struct reading *reading, const struct sheet_row *row,
                       struct grading_grade *out)
{
    bool ranked;
    *out = (struct grading_grade) {.label = cell_text(reading, row, GRADE)};
    if (!*out->label)
        return complain(reading, row, GRADE, "the grade as it is written");
    return whole_read(reading, row, RANK, &ranked, &out->rank) &&
           whole_read(reading, row, COUNT, &out->has_count, &out->count) &&
           percent_read(reading, row, out) && passing_read(reading, row, &out->passing);
}

static bool level_read(struct reading *reading, const struct sheet_row *row, struct levels_row *out)
{
    *out = (struct levels_row) {cell_text(reading, row, SYSTEM), cell_text(reading, row, LEVEL),
                                cell_text(reading, row, FROM), cell_text(reading, row, TO)};
    for (enum column i = SYSTEM; i <= TO; i++)
        if (!*cell_text(reading, row, i))
            return complain(reading, row, i, "a text: a row of levels has no empty cell");
    return true;
}

static bool tables_make(struct reading *reading)
{
    for (size_t i = 0; i < reading->out->count; i++) {
        struct sheet_grading_table *table = &reading->out->tables[i];
        table->grading.grades = arena_take_array(reading->arena, table->grading.count + 1,
                                                 sizeof *table->grading.grades);
        table->levels.rows =
            arena_take_array(reading->arena, table->levels.count + 1, sizeof *table->levels.rows);
        if (!table->grading.grades || !table->levels.rows)
            return false;
        table->grading.count = table->levels.count = 0;
    }
    return true;
}

/* Behind those of its table: there is room for all that were counted. */
static void row_read(struct reading *reading, const struct sheet_row *row, uint16_t place)
{
    if (place == UINT16_MAX)
        return;
    struct sheet_grading_table *table = &reading->out->tables[place];
    struct grading_grade *grades = (struct grading_grade *)table->grading.grades;
    struct levels_row *levels = (struct levels_row *)table->levels.rows;
    if (reading->levels)
        table->levels.count += level_read(reading, row, &levels[table->levels.count]);
    else
        table->grading.count += grade_read(reading, row, &grades[table->grading.count]);
}

/* ---- the file --------------------------------------------------------------------------------
 */

/* False: one that is needed is missing, or stands there twice. */
static bool header_read(struct reading *reading)
{
    for (size_t i = 0; i < COLUMNS; i++)
        reading->places[i] = SIZE_MAX;
    for (size_t i = 0; i < reading->header.count; i++) {
        uint16_t title = reading->header.titles[i];
        if (title == SHEET_TITLE_NONE)
            continue;
        if (reading->places[title] != SIZE_MAX)
            return false;
        reading->places[title] = i;
    }
    reading->levels = !column_there(reading, GRADE);
    if (!column_there(reading, TABLE))
        return false;
    if (!reading->levels)
        return column_there(reading, COUNT) || column_there(reading, PERCENT);
    return column_there(reading, SYSTEM) && column_there(reading, LEVEL) &&
           column_there(reading, FROM) && column_there(reading, TO);
}

static enum fault rows_read(struct reading *reading, const struct sheet *sheet)
{
    reading->tables = arena_take_array(reading->arena, sheet->row_count + 1, sizeof(uint16_t));
    if (!reading->tables)
        return FAULT_MEMORY;
    size_t at = 0;
    for (const struct sheet_row *row = reading->header.next; row; row = row->next)
        row_place(reading, row, &reading->tables[at++]);
    assert(at <= sheet->row_count);
    if (!tables_make(reading))
        return FAULT_MEMORY;
    at = 0;
    for (const struct sheet_row *row = reading->header.next; row; row = row->next)
        row_read(reading, row, reading->tables[at++]);
    return reading->spent ? FAULT_MEMORY : FAULT_NONE;
}

enum fault sheet_grading_read(struct bytes content, const char *encoding, struct arena *arena,
                              struct sheet_grading *out)
{
    static const struct sheet_refusal no_header = {
        "malformed",
        "one row of titles: table_id, rank_best_first, grade, count or percent; or table_id, "
        "system, target_grade, from, to",
        "name the columns so, each once, and do the same again"};
    static const struct sheet_pick pick = {.titles = titles,
                                           .title_count = COLUMNS,
                                           .known_min = TITLES_MIN,
                                           .rows_max = SHEET_GRADING_ROWS_MAX};
    struct reading reading = {.arena = arena, .out = out};
    struct sheet_book book;
    struct sheet sheet;
    *out = (struct sheet_grading) {
        .tables = arena_take_array(arena, SHEET_GRADING_TABLES_MAX, sizeof *out->tables),
        .problems = arena_take_array(arena, SHEET_GRADING_PROBLEMS_MAX, sizeof *out->problems)};
    if (!out->tables || !out->problems)
        return FAULT_MEMORY;
    TRY(sheet_open(content, encoding, arena, &book));
    if (!book.refusal.expected)
        TRY(sheet_pick(&book, &pick, arena, &sheet, &reading.header));
    out->refusal = book.refusal;
    if (!out->refusal.expected && (!reading.header.row || !header_read(&reading)))
        out->refusal = no_header;
    return out->refusal.expected ? FAULT_NONE : rows_read(&reading, &sheet);
}

struct sheet_grading_table *sheet_grading_find(const struct sheet_grading *tables, const char *id)
{
    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->tables[i].id, id) == 0)
            return &tables->tables[i];
    return NULL;
}

bool sheet_grading_fails(struct sheet_grading_table *table, const char *grade)
{
    struct grading_grade *grades = (struct grading_grade *)table->grading.grades;
    uint32_t rank = 0;
    for (size_t i = 0; i < table->grading.count; i++)
        if (strcmp(grades[i].label, grade) == 0)
            rank = grades[i].rank;
    for (size_t i = 0; rank && i < table->grading.count; i++)
        grades[i].passing = grades[i].rank < rank ? GRADING_PASSES : GRADING_FAILS;
    return rank;
}
