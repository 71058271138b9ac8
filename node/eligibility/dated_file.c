#include "eligibility/dated_file.h"

#include "base/instant.h"
#include "base/words.h"

#include <assert.h>
#include <string.h>

enum column { SETTING, OF, FROM, UNTIL, VALUE, UNIT, SOURCE, INSTITUTION, COLUMNS };

static const struct {
    const char *name;
    bool needed;
} columns[] = {
    [SETTING] = {"setting", true}, [OF] = {"of", true},
    [FROM] = {"from", true},       [UNTIL] = {"until", true},
    [VALUE] = {"value", true},     [UNIT] = {"unit", true},
    [SOURCE] = {"source", true},   [INSTITUTION] = {"institution", false},
};

static_assert(sizeof columns / sizeof *columns == COLUMNS, "one row for each");

/* The file while it is read. */
struct reading {
    struct bytes rest;
    struct arena *arena;
    struct dated_refusal *refusal;
    size_t line;
    enum column order[COLUMNS]; /* of the columns in the file */
    size_t column_count;
    const char *cells[COLUMNS]; /* of one line, by the file's order */
    size_t cell_count;
};

static enum verdict refuse(struct reading *reading, const char *column, const char *expected)
{
    *reading->refusal = (struct dated_refusal) {reading->line, column, expected};
    return VERDICT_MALFORMED;
}

/* ---- lines and cells ---------------------------------------------------------------------------
 */

static void skip(struct reading *reading, size_t size)
{
    assert(size <= reading->rest.size);
    reading->rest = (struct bytes) {reading->rest.data + size, reading->rest.size - size};
}

/* The next line without its end; false: there is none. */
static bool line_next(struct reading *reading, struct bytes *line)
{
    if (!reading->rest.size)
        return false;
    const uint8_t *end = memchr(reading->rest.data, '\n', reading->rest.size);
    size_t size = end ? (size_t)(end - reading->rest.data) : reading->rest.size;
    *line = (struct bytes) {reading->rest.data, size};
    skip(reading, size + (end != NULL));
    if (line->size && line->data[line->size - 1] == '\r')
        line->size--;
    reading->line++;
    return true;
}

/* Up to a comma, or within quotes up to the closing one; two quotes within are one. *size: how much
 * of the line it was. */
static bool cell_cut(struct bytes line, char out[static DATED_TEXT_MAX + 1], size_t *size)
{
    bool quoted = line.size && line.data[0] == '"';
    size_t length = 0, at = quoted;
    for (; at < line.size; at++) {
        uint8_t letter = line.data[at];
        if (quoted && letter == '"') {
            if (at + 1 == line.size || line.data[at + 1] != '"')
                break;
            at++;
        } else if (!quoted && letter == ',') {
            break;
        }
        if (letter < ' ' || letter == 0x7F || length == DATED_TEXT_MAX)
            return false;
        out[length++] = (char)letter;
    }
    out[length] = '\0';
    bool closed = !quoted || (at < line.size && line.data[at] == '"');
    *size = at + quoted;
    return closed && (*size >= line.size || line.data[*size] == ',');
}

static enum verdict cells_cut(struct reading *reading, struct bytes line)
{
    char text[DATED_TEXT_MAX + 1];
    bool more = true;
    for (reading->cell_count = 0; more; reading->cell_count++) {
        size_t size;
        if (reading->cell_count == COLUMNS)
            return refuse(reading, NULL, "no more cells than there are columns");
        if (!cell_cut(line, text, &size))
            return refuse(reading, NULL,
                          "cells of 200 bytes at most, divided by commas, quotes "
                          "closed, no control characters");
        const char *kept = *text ? arena_text(reading->arena, bytes_text(text)) : "";
        if (!kept)
            return VERDICT_TOO_LARGE;
        reading->cells[reading->cell_count] = kept;
        more = size < line.size;
        size += more;
        line = (struct bytes) {line.data + size, line.size - size};
    }
    return VERDICT_FINE;
}

/* The next line that says something; *any false: none does. */
static enum verdict cells_next(struct reading *reading, bool *any)
{
    struct bytes line = {0};
    do {
        *any = line_next(reading, &line);
    } while (*any && (!line.size || line.data[0] == '#'));
    return *any ? cells_cut(reading, line) : VERDICT_FINE;
}

/* ---- the title row -----------------------------------------------------------------------------
 */

static enum verdict title_read(struct reading *reading, size_t cell)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        if (strcmp(columns[i].name, reading->cells[cell]) != 0)
            continue;
        for (size_t j = 0; j < cell; j++)
            if (reading->order[j] == i)
                return refuse(reading, columns[i].name, "each column once");
        reading->order[cell] = (enum column)i;
        return VERDICT_FINE;
    }
    return refuse(reading, NULL,
                  "the titles setting, of, from, until, value, unit, source, and institution");
}

static enum verdict titles_read(struct reading *reading)
{
    bool any;
    TRY(cells_next(reading, &any));
    if (!any)
        return refuse(reading, NULL, "a title row");
    reading->column_count = reading->cell_count;
    for (size_t i = 0; i < reading->column_count; i++)
        TRY(title_read(reading, i));
    for (size_t i = 0; i < COLUMNS; i++) {
        bool there = false;
        for (size_t j = 0; j < reading->column_count; j++)
            there |= reading->order[j] == i;
        if (columns[i].needed && !there)
            return refuse(reading, columns[i].name, "this column in the title row");
    }
    return VERDICT_FINE;
}

/* ---- values ------------------------------------------------------------------------------------
 */

static const char *const severity_words[] = {"off", "warn", "refuse"};

/* Digits only, at most `max`. */
static bool number_read(const char *text, int64_t max, int64_t *number)
{
    *number = 0;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9' || *number > max)
            return false;
        *number = *number * 10 + (*at - '0');
    }
    return *text && *number <= max;
}

/* `3`, `2.5`, `0.25`. */
static bool hundredths_read(const char *text, int64_t *number)
{
    enum { CREDITS_MAX = 10000, PLACES = 2 };
    const char *dot = strchr(text, '.');
    char whole[8] = "";
    size_t size = dot ? (size_t)(dot - text) : strlen(text), places = dot ? strlen(dot + 1) : 0;
    int64_t part = 0;
    if (size >= sizeof whole || places > PLACES || (dot && !places))
        return false;
    memcpy(whole, text, size);
    if (!number_read(whole, CREDITS_MAX, number) || (dot && !number_read(dot + 1, 99, &part)))
        return false;
    *number = *number * 100 + (places == 1 ? part * 10 : part);
    return true;
}

/* `programme`, `region-11`. */
static bool region_read(const char *text, int64_t *number)
{
    static const char mark[] = "region-";
    enum { REGIONS = 14 };
    *number = 0;
    if (strcmp(text, "programme") == 0)
        return true;
    return strncmp(text, mark, sizeof mark - 1) == 0 &&
           number_read(text + sizeof mark - 1, REGIONS, number) && *number > 0;
}

static bool word_read(const char *text, const char *const words[], size_t count, int64_t *number)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0) {
            *number = (int64_t)i;
            return true;
        }
    return false;
}

static bool value_read(enum dated_unit unit, const char *text, int64_t *number)
{
    static const char *const yes_words[] = {"no", "yes"};
    enum { LIMIT_MAX = 100000 };
    switch (unit) {
    case DATED_CREDIT: return hundredths_read(text, number);
    case DATED_YES: return word_read(text, yes_words, 2, number);
    case DATED_DATE: return instant_date(bytes_text(text), number);
    case DATED_REGION: return region_read(text, number);
    case DATED_SEVERITY: return word_read(text, severity_words, 3, number);
    default: return number_read(text, LIMIT_MAX, number);
    }
}

/* ---- a row -------------------------------------------------------------------------------------
 */

static const char *cell_of(const struct reading *reading, enum column column)
{
    for (size_t i = 0; i < reading->column_count && i < reading->cell_count; i++)
        if (reading->order[i] == column)
            return reading->cells[i];
    return "";
}

static bool day_read(const char *text, int64_t otherwise, int64_t *day)
{
    *day = otherwise;
    return !*text || instant_date(bytes_text(text), day);
}

static bool unit_read(const char *text, const struct dated_setting *setting, enum dated_unit *unit)
{
    for (unsigned i = 0; i < DATED_UNITS; i++) {
        *unit = (enum dated_unit)i;
        if (strcmp(dated_setting_unit(*unit), text) == 0)
            return words_hold(setting->units, text);
    }
    return false;
}

static enum verdict row_fill(struct reading *reading, struct dated_row *row)
{
    const struct dated_setting *setting = dated_setting_find(cell_of(reading, SETTING));
    if (!setting)
        return refuse(reading, "setting", "a setting that `peregrin rules settings` lists");
    *row = (struct dated_row) {.setting = setting->name,
                               .of = cell_of(reading, OF),
                               .institution = cell_of(reading, INSTITUTION),
                               .source = cell_of(reading, SOURCE),
                               .line = reading->line};
    if (!*setting->of != !*row->of)
        return refuse(reading, "of", *setting->of ? setting->of : "nothing");
    if (!day_read(cell_of(reading, FROM), DATED_ALWAYS, &row->from))
        return refuse(reading, "from", "a date of the calendar, YYYY-MM-DD, or nothing");
    if (!day_read(cell_of(reading, UNTIL), DATED_NEVER, &row->until) || row->until < row->from)
        return refuse(reading, "until", "a date of the calendar not before from, or nothing");
    if (!unit_read(cell_of(reading, UNIT), setting, &row->unit))
        return refuse(reading, "unit", setting->units);
    if (!value_read(row->unit, cell_of(reading, VALUE), &row->number))
        return refuse(reading, "value",
                      "a value of this unit: a whole number, a date, yes or no, "
                      "programme or region-1 to region-14, off, warn or refuse");
    if (!*row->source)
        return refuse(reading, "source", "where the value was taken from");
    return VERDICT_FINE;
}

enum verdict dated_file_read(struct bytes text, struct arena *arena, dated_file_row *row,
                             void *self, struct dated_refusal *refusal)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* which spreadsheets put before UTF-8 */
    struct reading reading = {.rest = text, .arena = arena, .refusal = refusal};
    struct dated_row found;
    bool any;
    if (text.size > DATED_FILE_MAX)
        return refuse(&reading, NULL, "a file of 256 KiB at most");
    if (text.size >= sizeof mark - 1 && memcmp(text.data, mark, sizeof mark - 1) == 0)
        skip(&reading, sizeof mark - 1);
    TRY(titles_read(&reading));
    for (size_t rows = 0;; rows++) {
        TRY(cells_next(&reading, &any));
        if (!any)
            return VERDICT_FINE;
        if (rows == DATED_ROWS_MAX)
            return refuse(&reading, NULL, "4,000 rows at most");
        if (reading.cell_count != reading.column_count)
            return refuse(&reading, NULL, "as many cells as there are columns");
        TRY(row_fill(&reading, &found));
        TRY(row(self, &found));
    }
}
