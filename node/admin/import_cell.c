#include "admin/import_cell.h"

#include "base/instant.h"
#include "record/walk.h"
#include "report/json_record.h"
#include "report/text.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef enum verdict reader(struct bytes cell, const struct import_cell_column *column,
                            Peregrin__Nomination *nomination, struct arena *arena);

static reader read_text, read_year, read_term, read_kind, read_level, read_field, read_date,
    read_gender, read_country, read_email, read_languages, read_support;

static const struct import_cell_column columns[] = {
    [IMPORT_CELL_PARTNER] = {"partner", NULL, "a SCHAC domain, Erasmus code or PIC", true, NULL},
    {"year", "year", "an academic year like 2026/2027", true, read_year},
    {"term", "term", "1, 2 or nothing", false, read_term},
    {"kind", "mobility", "studies, traineeship, blended, doctoral, teaching, training or virtual",
     true, read_kind},
    {"level", "eqf", "an EQF level from 1 to 8", false, read_level},
    {"isced_f", "isced_f", "four digits of ISCED-F 2013", false, read_field},
    {"family_name", "person.family_name", "a name", true, read_text},
    {"given_names", "person.given_names", "a name", false, read_text},
    {"birth_date", "person.birth_date", "a date as YYYY-MM-DD", false, read_date},
    {"gender", "person.gender", "0, 1, 2 or 9 (ISO/IEC 5218), or m, f, x", false, read_gender},
    {"nationality", "person.nationality", "a country code of two letters", false, read_country},
    {"email", "person.email", "an address like name@host.example", false, read_email},
    {"esi", "person.esi", "a European Student Identifier", false, read_text},
    {"start", "start", "a date as YYYY-MM-DD", false, read_date},
    {"end", "end", "a date as YYYY-MM-DD", false, read_date},
    {"languages", "languages", "languages like en B2; fr", false, read_languages},
    {"agreement", "agreement", "a reference", false, read_text},
    {"condition", "condition", "a condition's id", false, read_text},
    {"support", "support", "yes, no or nothing", false, read_support},
    {"comment", "comment", "text", false, read_text},
};

static_assert(sizeof columns / sizeof *columns == IMPORT_CELL_COLUMNS, "the count of columns");

const struct import_cell_column *import_cell_column(size_t number)
{
    assert(number < IMPORT_CELL_COLUMNS);
    return &columns[number];
}

/* ---- which column ------------------------------------------------------------------------------
 */

/* `Family name` is `family_name`, and so is `FAMILY-NAME`. */
static bool title_is(struct bytes title, const char *name)
{
    size_t length = strlen(name);
    if (title.size != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        int c = tolower(title.data[i]);
        if (c == ' ' || c == '-')
            c = '_';
        if (c != name[i])
            return false;
    }
    return true;
}

const struct import_cell_column *import_cell_named(struct bytes title)
{
    for (size_t i = 0; i < IMPORT_CELL_COLUMNS; i++)
        if (title_is(title, columns[i].name))
            return &columns[i];
    return NULL;
}

const struct import_cell_column *import_cell_of_field(const char *path)
{
    for (size_t i = 0; i < IMPORT_CELL_COLUMNS; i++) {
        size_t length = columns[i].path ? strlen(columns[i].path) : 0;
        if (length && strncmp(path, columns[i].path, length) == 0 &&
            (path[length] == '\0' || path[length] == '.'))
            return &columns[i];
    }
    return NULL;
}

/* ---- setting a field by its path ---------------------------------------------------------------
 */

/* The message that holds the field; `person.` is made when it is first needed. */
static enum verdict holder_of(const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena,
                              ProtobufCMessage **holder, const ProtobufCFieldDescriptor **field)
{
    static const char person[] = "person.";
    const char *name = column->path;
    *holder = &nomination->base;
    if (strncmp(name, person, sizeof person - 1) == 0) {
        name += sizeof person - 1;
        const ProtobufCFieldDescriptor *above =
            protobuf_c_message_descriptor_get_field_by_name((*holder)->descriptor, "person");
        if (nomination->person)
            *holder = &nomination->person->base;
        else
            TRY(walk_add_message(&nomination->base, above, arena, holder));
    }
    *field = protobuf_c_message_descriptor_get_field_by_name((*holder)->descriptor, name);
    assert(*field);
    return VERDICT_FINE;
}

static enum verdict set_text(struct bytes text, const struct import_cell_column *column,
                             Peregrin__Nomination *nomination, struct arena *arena)
{
    ProtobufCMessage *holder;
    const ProtobufCFieldDescriptor *field;
    TRY(holder_of(column, nomination, arena, &holder, &field));
    return walk_set_bytes(holder, field, text, arena);
}

static enum verdict set_number(uint64_t number, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct arena *arena)
{
    ProtobufCMessage *holder;
    const ProtobufCFieldDescriptor *field;
    TRY(holder_of(column, nomination, arena, &holder, &field));
    return walk_set_number(holder, field, number, arena);
}

/* ---- what people write -------------------------------------------------------------------------
 */

struct word {
    const char *text;
    uint64_t number;
};

static bool word_read(struct bytes cell, const struct word *words, size_t count, uint64_t *number)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i].text) == cell.size &&
            strncasecmp(words[i].text, (const char *)cell.data, cell.size) == 0) {
            *number = words[i].number;
            return true;
        }
    return false;
}

static bool all_digits(struct bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!isdigit(text.data[i]))
            return false;
    return text.size > 0;
}

/* At most nine digits. */
static bool number_read(struct bytes text, uint32_t *number)
{
    enum { DIGITS_MAX = 9 };
    if (!all_digits(text) || text.size > DIGITS_MAX)
        return false;
    *number = 0;
    for (size_t i = 0; i < text.size; i++)
        *number = *number * 10 + (uint32_t)(text.data[i] - '0');
    return true;
}

static enum verdict read_text(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena)
{
    return set_text(cell, column, nomination, arena);
}

/* 2026/2027, 2026-2027, 2026/27. */
static enum verdict read_year(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena)
{
    enum { YEAR_DIGITS = 4 };
    uint32_t first, second;
    bool shape = (cell.size == 9 || cell.size == 7) &&
                 (cell.data[YEAR_DIGITS] == '/' || cell.data[YEAR_DIGITS] == '-');
    if (!shape || !number_read((struct bytes) {cell.data, YEAR_DIGITS}, &first) ||
        !number_read((struct bytes) {cell.data + 5, cell.size - 5}, &second))
        return VERDICT_INVALID;
    if (cell.size == 7)
        second += first - first % 100 + (first % 100 == 99 ? 100 : 0);
    const char *text = arena_format(arena, "%04u/%04u", first, second);
    return text ? set_text(bytes_text(text), column, nomination, arena) : VERDICT_TOO_LARGE;
}

static enum verdict read_term(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena)
{
    uint32_t term;
    if (!number_read(cell, &term))
        return VERDICT_INVALID;
    return set_number(term, column, nomination, arena);
}

static enum verdict read_kind(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena)
{
    uint64_t kind;
    if (!json_record_code(&peregrin__nomination__descriptor, column->path, cell, &kind))
        return VERDICT_INVALID;
    return set_number(kind, column, nomination, arena);
}

static enum verdict read_level(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct arena *arena)
{
    static const struct word words[] = {
        {"short cycle", 5}, {"bachelor", 6}, {"master", 7}, {"doctoral", 8}, {"doctorate", 8},
    };
    uint64_t level;
    uint32_t number;
    if (number_read(cell, &number))
        level = number;
    else if (!word_read(cell, words, sizeof words / sizeof *words, &level))
        return VERDICT_INVALID;
    return set_number(level, column, nomination, arena);
}

/* A spreadsheet drops the zero that a broad field begins with: 613 is 0613. */
static enum verdict read_field(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct arena *arena)
{
    uint32_t number;
    if (!number_read(cell, &number) || cell.size < 3 || cell.size > 4)
        return VERDICT_INVALID;
    const char *text = arena_format(arena, "%04u", number);
    return text ? set_text(bytes_text(text), column, nomination, arena) : VERDICT_TOO_LARGE;
}

static enum verdict read_gender(struct bytes cell, const struct import_cell_column *column,
                                Peregrin__Nomination *nomination, struct arena *arena)
{
    static const struct word words[] = {
        {"0", 0},    {"1", 1}, {"2", 2}, {"9", 9},      {"m", 1},
        {"male", 1}, {"f", 2}, {"w", 2}, {"female", 2}, {"x", 9},
    };
    uint64_t code;
    if (!word_read(cell, words, sizeof words / sizeof *words, &code))
        return VERDICT_INVALID;
    return set_number(code, column, nomination, arena);
}

/* The programme writes EL and UK where ISO 3166 has GR and GB. */
static enum verdict read_country(struct bytes cell, const struct import_cell_column *column,
                                 Peregrin__Nomination *nomination, struct arena *arena)
{
    if (cell.size != 2)
        return VERDICT_INVALID;
    char code[3] = {(char)toupper(cell.data[0]), (char)toupper(cell.data[1])};
    const char *text = strcmp(code, "EL") == 0 ? "GR" : strcmp(code, "UK") == 0 ? "GB" : code;
    return set_text(bytes_text(text), column, nomination, arena);
}

/* A host's name has no capitals; what stands before the @ is left as it is. */
static enum verdict read_email(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct arena *arena)
{
    struct bytes copy = arena_copy(arena, cell);
    if (!copy.data)
        return VERDICT_TOO_LARGE;
    uint8_t *text = (uint8_t *)copy.data;
    bool host = false;
    for (size_t i = 0; i < copy.size; i++) {
        if (host)
            text[i] = (uint8_t)tolower(text[i]);
        host = host || text[i] == '@';
    }
    return set_text(copy, column, nomination, arena);
}

static enum verdict read_support(struct bytes cell, const struct import_cell_column *column,
                                 Peregrin__Nomination *nomination, struct arena *arena)
{
    static const struct word words[] = {
        {"yes", 1}, {"true", 1}, {"1", 1}, {"x", 1}, {"no", 0}, {"false", 0}, {"0", 0},
    };
    uint64_t wanted;
    if (!word_read(cell, words, sizeof words / sizeof *words, &wanted))
        return VERDICT_INVALID;
    return set_number(wanted, column, nomination, arena);
}

/* ---- dates -------------------------------------------------------------------------------------
 */

struct date {
    uint32_t parts[3];
    size_t digits[3];
    char separator;
};

/* Three numbers with one sign between them. */
static bool date_split(struct bytes cell, struct date *out)
{
    struct date date = {0};
    size_t part = 0;
    for (size_t i = 0; i < cell.size; i++) {
        char c = (char)cell.data[i];
        if (isdigit((unsigned char)c) && date.digits[part] < 4) {
            date.parts[part] = date.parts[part] * 10 + (uint32_t)(c - '0');
            date.digits[part]++;
        } else if (strchr("-./", c) && c && (part == 0 || c == date.separator) && part < 2) {
            date.separator = c;
            part++;
        } else {
            return false;
        }
    }
    *out = date;
    return part == 2 && date.digits[0] && date.digits[1] && date.digits[2];
}

/* 2027-02-01 and 1.2.2027 are plain. Of 01/02/2027 nobody knows which is the month unless one of
 * them cannot be: such a cell is refused rather than guessed. */
static const char *date_text(const struct date *date, struct arena *arena)
{
    const uint32_t *part = date->parts;
    if (date->digits[0] == 4)
        return arena_format(arena, "%04u-%02u-%02u", part[0], part[1], part[2]);
    if (date->digits[2] != 4)
        return NULL;
    if (date->separator == '.' || part[0] > 12 || part[0] == part[1])
        return arena_format(arena, "%04u-%02u-%02u", part[2], part[1], part[0]);
    if (part[1] > 12)
        return arena_format(arena, "%04u-%02u-%02u", part[2], part[0], part[1]);
    return NULL;
}

/* A day as spreadsheets count: 25569 is 1970-01-01. */
static const char *serial_text(uint32_t serial, struct arena *arena)
{
    enum { EPOCH = 25569, FIRST = 7306 /* 1920 */, LAST = 73050 /* 2099 */, DATE_LENGTH = 10 };
    char text[INSTANT_TEXT_SIZE];
    if (serial < FIRST || serial > LAST)
        return NULL;
    int64_t days = (int64_t)serial - EPOCH;
    instant_text((struct instant) {days * 86400 * INSTANT_SECOND}, text);
    return arena_text(arena, (struct bytes) {(const uint8_t *)text, DATE_LENGTH});
}

static enum verdict read_date(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena)
{
    struct date date;
    uint32_t serial;
    const char *text = NULL;
    if (number_read(cell, &serial))
        text = serial_text(serial, arena);
    else if (date_split(cell, &date))
        text = date_text(&date, arena);
    return text ? set_text(bytes_text(text), column, nomination, arena) : VERDICT_INVALID;
}

/* ---- languages ---------------------------------------------------------------------------------
 */

/* `en B2`, `en:B2`, `en (B2)` or `en` alone. */
static enum verdict skill_add(struct bytes text, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct arena *arena)
{
    char words[2][3] = {{0}};
    size_t word = 0, length = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (isalnum(text.data[i])) {
            if (word == 2 || length == 2)
                return VERDICT_INVALID;
            words[word][length++] = (char)text.data[i];
        } else if (length && strchr(" :-()", text.data[i])) {
            word++;
            length = 0;
        } else if (!strchr(" ()", text.data[i])) {
            return VERDICT_INVALID;
        }
    }
    ProtobufCMessage *added;
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(nomination->base.descriptor, column->path);
    TRY(walk_add_message(&nomination->base, field, arena, &added));
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++)
            words[i][j] = (char)(i ? toupper(words[i][j]) : tolower(words[i][j]));
    const ProtobufCFieldDescriptor *fields = added->descriptor->fields;
    TRY(walk_set_bytes(added, &fields[0], bytes_text(words[0]), arena));
    return *words[1] ? walk_set_bytes(added, &fields[1], bytes_text(words[1]), arena)
                     : VERDICT_FINE;
}

static enum verdict read_languages(struct bytes cell, const struct import_cell_column *column,
                                   Peregrin__Nomination *nomination, struct arena *arena)
{
    size_t start = 0;
    for (size_t i = 0; i <= cell.size; i++) {
        if (i < cell.size && !strchr(",;|/", cell.data[i]))
            continue;
        struct bytes piece = text_trim((struct bytes) {cell.data + start, i - start});
        if (piece.size)
            TRY(skill_add(piece, column, nomination, arena));
        start = i + 1;
    }
    return VERDICT_FINE;
}
