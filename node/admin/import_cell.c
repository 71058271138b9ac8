#include "admin/import_cell.h"

#include "admin/import_number.h"
#include "admin/import_word.h"
#include "record/walk.h"
#include "report/json_record.h"
#include "report/text.h"
#include "rules/form.h"
#include "report/plain.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef enum verdict reader(struct bytes cell, const struct import_cell_column *column,
                            Peregrin__Nomination *nomination, struct import_cell_way *way);

static reader read_text, read_year, read_term, read_kind, read_level, read_field, read_date,
    read_gender, read_country, read_email, read_esi, read_languages, read_support, read_ects,
    read_whole;

static const struct import_cell_column columns[] = {
    [IMPORT_TITLE_PARTNER] = {"partner", NULL, "a SCHAC domain, Erasmus code or PIC", true, NULL},
    [IMPORT_TITLE_YEAR] = {"year", "year", "an academic year like 2026/2027", true, read_year},
    [IMPORT_TITLE_TERM] = {"term", "term", "1, 2 or nothing", false, read_term},
    [IMPORT_TITLE_KIND] = {"kind", "mobility",
                           "studies, traineeship, blended, doctoral, teaching, training or virtual",
                           true, read_kind},
    [IMPORT_TITLE_LEVEL] = {"level", "eqf", "an EQF level from 1 to 8, bachelor or master", false,
                            read_level},
    [IMPORT_TITLE_ISCED_F] = {"isced_f", "isced_f", "four digits of ISCED-F 2013", false,
                              read_field},
    [IMPORT_TITLE_FAMILY_NAME] = {"family_name", "person.family_name", "a name", true, read_text},
    [IMPORT_TITLE_GIVEN_NAMES] = {"given_names", "person.given_names", "a name", false, read_text},
    [IMPORT_TITLE_BIRTH_DATE] = {"birth_date", "person.birth_date", "a date as YYYY-MM-DD", false,
                                 read_date},
    [IMPORT_TITLE_GENDER] = {"gender", "person.gender", "0, 1, 2 or 9 (ISO/IEC 5218), or m, f, x",
                             false, read_gender},
    [IMPORT_TITLE_NATIONALITY] = {"nationality", "person.nationality",
                                  "a country, by its name or two letters", false, read_country},
    [IMPORT_TITLE_EMAIL] = {"email", "person.email", "an address like name@host.example", false,
                            read_email},
    [IMPORT_TITLE_ESI] = {"esi", "person.esi", "a European Student Identifier", false, read_esi},
    [IMPORT_TITLE_START] = {"start", "start", "a date as YYYY-MM-DD", false, read_date},
    [IMPORT_TITLE_END] = {"end", "end", "a date as YYYY-MM-DD", false, read_date},
    [IMPORT_TITLE_LANGUAGES] = {"languages", "languages", "languages like en B2; fr", false,
                                read_languages},
    [IMPORT_TITLE_AGREEMENT] = {"agreement", "agreement", "a reference", false, read_text},
    [IMPORT_TITLE_CONDITION] = {"condition", "condition", "a condition's id", false, read_text},
    [IMPORT_TITLE_SUPPORT] = {"support", "support", "yes, no or nothing", false, read_support},
    [IMPORT_TITLE_COMMENT] = {"comment", "comment", "text", false, read_text},
    [IMPORT_TITLE_UNIT] = {"unit", "unit", "a department's code or name", false, read_text},
    [IMPORT_TITLE_VIRTUAL_PART] = {"virtual_part", "virtual_part", "yes, no or nothing", false,
                                   read_support},
    [IMPORT_TITLE_ECTS] = {"ects", "ects_hundredths", "credits as 6 or 5.5", false, read_ects},
    [IMPORT_TITLE_TEACHING_HOURS] = {"teaching_hours", "teaching_hours", "whole hours", false,
                                     read_whole},
    [IMPORT_TITLE_ONE_TIER] = {"one_tier", "one_tier", "yes, no or nothing", false, read_support},
    [IMPORT_TITLE_YEARS_DONE] = {"years_done", "years_done", "whole years", false, read_whole},
    [IMPORT_TITLE_GRADUATED_ON] = {"graduated_on", "graduated_on", "a date as YYYY-MM-DD", false,
                                   read_date},
    [IMPORT_TITLE_WITH_TRAINING] = {"with_training", "with_training", "yes, no or nothing", false,
                                    read_support},
    [IMPORT_TITLE_TRAVEL_DAYS] = {"travel_days", "travel_days", "whole days", false, read_whole},
    [IMPORT_TITLE_GREEN_TRAVEL] = {"green_travel", "green_travel", "yes, no or nothing", false,
                                   read_support},
};

static_assert(sizeof columns / sizeof *columns == IMPORT_TITLE_COLUMNS, "the count of columns");

const struct import_cell_column *import_cell_column(size_t number)
{
    assert(number < IMPORT_TITLE_COLUMNS);
    return &columns[number];
}

bool import_cell_is_date(const struct import_cell_column *column)
{
    return column->read == read_date;
}

const struct import_cell_column *import_cell_of_field(const char *path)
{
    for (size_t i = 0; i < IMPORT_TITLE_COLUMNS; i++) {
        size_t length = columns[i].path ? strlen(columns[i].path) : 0;
        if (length && strncmp(path, columns[i].path, length) == 0 &&
            (path[length] == '\0' || path[length] == '.'))
            return &columns[i];
    }
    return NULL;
}

/* What programs show where a formula has gone wrong, in the languages of their users. */
bool import_cell_is_error(struct bytes cell)
{
    static const char *const errors[] = {"#N/A",   "#REF!",    "#VALUE!",  "#VALUE?",  "#DIV/0!",
                                         "#NAME?", "#NUM!",    "#NULL!",   "#NV",      "#VALEUR!",
                                         "#NOM?",  "#NOMBRE!", "#NUL!",    "#WAARDE!", "#NAAM?",
                                         "#N/B",   "#VERW!",   "#DEEL/0!", "#GETAL!",  "#SPILL!"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (bytes_equal(cell, bytes_text(errors[i])))
            return true;
    return false;
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

/* The nearest is proposed, and taken where that was asked for. */
static bool near_take(struct import_cell_way *way, const char *near)
{
    way->near = near;
    way->fixed = near && way->fix;
    return way->fixed;
}

static bool word_read(struct bytes cell, const struct import_word *words,
                      struct import_cell_way *way, uint64_t *number)
{
    struct import_word_found found;
    bool known = import_word_find(cell, words, way->arena, &found);
    *number = found.number;
    return known || near_take(way, found.near);
}

static enum verdict read_text(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    return set_text(cell, column, nomination, way->arena);
}

/* 2026/2027, 2026-27, AY 2026 - 2027, 26/27. */
static enum verdict read_year(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    enum { CENTURY = 100, THIS = 2000 };
    uint32_t years[2] = {0};
    size_t digits[2] = {0}, count = 0;
    for (size_t i = 0; i < cell.size; i++) {
        bool digit = isdigit(cell.data[i]);
        bool begins = digit && (i == 0 || !isdigit(cell.data[i - 1]));
        count += begins;
        if (count > 2 || (digit && digits[count - 1] == 4) || (count > 0 && isalpha(cell.data[i])))
            return VERDICT_INVALID;
        if (digit) {
            years[count - 1] = years[count - 1] * 10 + (uint32_t)(cell.data[i] - '0');
            digits[count - 1]++;
        }
    }
    bool shape = count == 2 && (digits[0] == 4 || digits[0] == 2) &&
                 (digits[1] == 2 || digits[1] == digits[0]);
    if (!shape)
        return VERDICT_INVALID;
    if (digits[0] == 2)
        years[0] += THIS;
    if (digits[1] == 2)
        years[1] += years[0] - years[0] % CENTURY + (years[0] % CENTURY == 99 ? CENTURY : 0);
    const char *text = arena_format(way->arena, "%04u/%04u", years[0], years[1]);
    return text ? set_text(bytes_text(text), column, nomination, way->arena) : VERDICT_TOO_LARGE;
}

/* Of the whole year nothing is said here: start and end say it. */
static enum verdict read_term(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint64_t term;
    uint32_t number;
    if (number_read(cell, &number) && number != 12)
        term = number;
    else if (!word_read(cell, import_word_term, way, &term))
        return VERDICT_INVALID;
    else if (term == IMPORT_WORD_WHOLE_YEAR)
        return VERDICT_FINE;
    return set_number(term, column, nomination, way->arena);
}

static enum verdict read_kind(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint64_t kind;
    if (!word_read(cell, import_word_kind, way, &kind))
        return VERDICT_INVALID;
    return set_number(kind, column, nomination, way->arena);
}

/* 6, EQF 6, niveau 6, bachelor. */
static enum verdict read_level(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    static const char *const before[] = {"eqf", "cec", "ekk", "eqflevel", "level", "niveau"};
    const char *folded = plain_word(cell, way->arena);
    uint64_t level;
    uint32_t number;
    if (!folded)
        return VERDICT_TOO_LARGE;
    bool numbered = number_read(cell, &number);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t size = strlen(before[i]);
        if (strncmp(folded, before[i], size) == 0)
            numbered = numbered || number_read(bytes_text(folded + size), &number);
    }
    if (numbered)
        level = number;
    else if (!word_read(cell, import_word_level, way, &level))
        return VERDICT_INVALID;
    return set_number(level, column, nomination, way->arena);
}

/* A spreadsheet drops the zero that a broad field begins with: 613 is 0613. Behind the code its
 * name may stand: 0613 Software. */
static enum verdict read_field(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint32_t number;
    size_t digits = 0;
    while (digits < cell.size && isdigit(cell.data[digits]))
        digits++;
    bool named = digits < cell.size && strchr(" -:", cell.data[digits]) && digits == 4;
    if (named)
        cell.size = digits;
    if (!number_read(cell, &number) || cell.size < 3 || cell.size > 4)
        return VERDICT_INVALID;
    const char *text = arena_format(way->arena, "%04u", number);
    return text ? set_text(bytes_text(text), column, nomination, way->arena) : VERDICT_TOO_LARGE;
}

static enum verdict read_gender(struct bytes cell, const struct import_cell_column *column,
                                Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint64_t code;
    if (!word_read(cell, import_word_gender, way, &code))
        return VERDICT_INVALID;
    return set_number(code, column, nomination, way->arena);
}

static enum verdict read_country(struct bytes cell, const struct import_cell_column *column,
                                 Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    const char *near = NULL, *code = NULL;
    char letters[3] = "";
    code =
        import_word_letters(cell, letters) ? letters : import_word_country(cell, way->arena, &near);
    if (!code && near_take(way, near))
        code = near;
    return code ? set_text(bytes_text(code), column, nomination, way->arena) : VERDICT_INVALID;
}

/* A host's name has no capitals; what stands before the @ is left as it is. */
static struct bytes host_lowered(struct bytes address, struct arena *arena)
{
    struct bytes copy = arena_copy(arena, address);
    uint8_t *text = (uint8_t *)copy.data;
    bool host = false;
    for (size_t i = 0; text && i < copy.size; i++) {
        if (host)
            text[i] = (uint8_t)tolower(text[i]);
        host = host || text[i] == '@';
    }
    return copy;
}

static struct bytes without_mailto(struct bytes cell)
{
    static const char mailto[] = "mailto:";
    size_t size = sizeof mailto - 1;
    bool there = cell.size > size && strncasecmp((const char *)cell.data, mailto, size) == 0;
    return there ? (struct bytes) {cell.data + size, cell.size - size} : cell;
}

/* Without blanks within and signs behind; what stands in pointed brackets. */
static struct bytes address_mended(struct bytes cell, struct arena *arena)
{
    const uint8_t *open = memchr(cell.data, '<', cell.size);
    if (open)
        cell = (struct bytes) {open + 1, cell.size - (size_t)(open + 1 - cell.data)};
    uint8_t *text = arena_take(arena, cell.size + 1);
    size_t size = 0;
    for (size_t i = 0; text && i < cell.size && cell.data[i] != '>'; i++) {
        if (cell.data[i] != ' ' && cell.data[i] != '\n')
            text[size++] = cell.data[i] == ',' ? '.' : cell.data[i];
    }
    while (size && strchr(".;", text[size - 1]))
        size--;
    return (struct bytes) {text, size};
}

static enum verdict read_email(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    struct bytes text = host_lowered(without_mailto(cell), way->arena);
    if (!text.data)
        return VERDICT_TOO_LARGE;
    if (!form_email(text)) {
        struct bytes mended = address_mended(text, way->arena);
        if (mended.data && form_email(mended) &&
            near_take(way, "the address without blanks and stray signs"))
            text = mended;
    }
    if (!way->fixed && way->near)
        return VERDICT_INVALID;
    return set_text(text, column, nomination, way->arena);
}

/* The identifier's own prefix in the spelling of its specification. */
static enum verdict read_esi(struct bytes cell, const struct import_cell_column *column,
                             Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    static const char prefix[] = "urn:schac:personalUniqueCode:int:esi:";
    struct bytes copy = arena_copy(way->arena, cell);
    if (!copy.data)
        return VERDICT_TOO_LARGE;
    if (cell.size >= sizeof prefix - 1 &&
        strncasecmp((const char *)cell.data, prefix, sizeof prefix - 1) == 0)
        memcpy((uint8_t *)copy.data, prefix, sizeof prefix - 1);
    return set_text(copy, column, nomination, way->arena);
}

static enum verdict read_support(struct bytes cell, const struct import_cell_column *column,
                                 Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint64_t wanted;
    if (!word_read(cell, import_word_truth, way, &wanted))
        return VERDICT_INVALID;
    return set_number(wanted, column, nomination, way->arena);
}

static enum verdict read_ects(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint64_t value;
    return import_number_hundredths(cell, &value)
               ? set_number(value, column, nomination, way->arena)
               : VERDICT_INVALID;
}

static enum verdict read_whole(struct bytes cell, const struct import_cell_column *column,
                               Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    uint64_t value;
    return import_number_whole(cell, &value) ? set_number(value, column, nomination, way->arena)
                                             : VERDICT_INVALID;
}

/* A birth lies behind us; a stay may be planned for years to come. */
static enum verdict read_date(struct bytes cell, const struct import_cell_column *column,
                              Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    enum { AHEAD = 20 };
    struct sheet_date date;
    bool birth = column == &columns[IMPORT_TITLE_BIRTH_DATE];
    if (!sheet_date_read(cell, way->arena, &date))
        return VERDICT_INVALID;
    way->asks = date.open && way->order == SHEET_DATE_ASK;
    const char *text =
        sheet_date_text(&date, way->order, way->year_now + (birth ? 0 : AHEAD), way->arena);
    return text ? set_text(bytes_text(text), column, nomination, way->arena) : VERDICT_INVALID;
}

/* ---- languages ---------------------------------------------------------------------------------
 */

static bool is_cefr(struct bytes word)
{
    bool plus = word.size == 3 && word.data[2] == '+';
    return (word.size == 2 || plus) && strchr("ABCabc", word.data[0]) && word.data[1] >= '1' &&
           word.data[1] <= '2';
}

static bool skill_set(ProtobufCMessage *skill, size_t number, struct bytes text,
                      struct arena *arena)
{
    const ProtobufCFieldDescriptor *field = &skill->descriptor->fields[number];
    return walk_count(skill, field) == 0 &&
           walk_set_bytes(skill, field, text, arena) == VERDICT_FINE;
}

/* A word of a skill: a level, a language's code, or its name. */
static bool skill_word(ProtobufCMessage *skill, struct bytes word, struct import_cell_way *way)
{
    const char *near = NULL, *code;
    char text[3] = "";
    for (size_t i = 0; i < 2 && i < word.size; i++)
        text[i] = (char)tolower(word.data[i]);
    if (is_cefr(word)) {
        text[0] = (char)toupper(word.data[0]);
        return skill_set(skill, 1, bytes_text(text), way->arena);
    }
    code = word.size == 2 ? text : import_word_language(word, way->arena, &near);
    if (!code && near_take(way, near))
        code = near;
    return code && skill_set(skill, 0, bytes_text(code), way->arena);
}

/* `en B2`, `English: B2`, `en (B2)` or `en` alone. */
static bool skill_read(ProtobufCMessage *skill, struct bytes text, struct import_cell_way *way)
{
    static const char signs[] = " :-()=\n";
    for (size_t start = 0, i = 0; i <= text.size; i++) {
        if (i < text.size && !strchr(signs, text.data[i]))
            continue;
        struct bytes word = {text.data + start, i - start};
        start = i + 1;
        if (word.size && !skill_word(skill, word, way))
            return false;
    }
    return walk_count(skill, &skill->descriptor->fields[0]) == 1;
}

static enum verdict read_languages(struct bytes cell, const struct import_cell_column *column,
                                   Peregrin__Nomination *nomination, struct import_cell_way *way)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(nomination->base.descriptor, column->path);
    for (size_t start = 0, i = 0; i <= cell.size; i++) {
        if (i < cell.size && !strchr(",;|/", cell.data[i]))
            continue;
        struct bytes piece = text_trim((struct bytes) {cell.data + start, i - start});
        start = i + 1;
        if (piece.size == 0)
            continue;
        ProtobufCMessage *skill;
        TRY(walk_add_message(&nomination->base, field, way->arena, &skill));
        if (!skill_read(skill, piece, way))
            return VERDICT_INVALID;
    }
    return VERDICT_FINE;
}
