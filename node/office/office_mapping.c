#include "office/office_mapping.h"

#include "command/command_say.h"
#include "command/command_sheet.h"
#include "report/text.h"
#include "sheet/sheet_write.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    ROWS_MAX = 1000,
    PROBLEMS_MAX = 200,
    COMPONENTS_MAX = 200,
    HEADER_ROWS = 20,
};

enum column {
    GROUP,
    COMPONENT,
    HOST_CODE,
    HOST_TITLE,
    HOST_ECTS,
    HOST_GRADE,
    PASSED,
    HOME_CODE,
    HOME_TITLE,
    HOME_ECTS,
    HOME_GRADE,
    REASON,
    COMMENT,
    TRANSCRIPT,
    HOST_TABLE,
    HOME_TABLE,
    CONVERSION,
    CONVERTED,
    NOTE,
    COLUMNS
};

/* Those behind the transcript stand there only where a grade was converted, or should have been. */
enum { COLUMNS_PLAIN = TRANSCRIPT + 1 };

/* The columns of the host are for the eye: what they say stands in the transcript. So is the note.
 */
static const char *const titles[COLUMNS] = {
    [GROUP] = "group",           [COMPONENT] = "component",   [HOST_CODE] = "host_code",
    [HOST_TITLE] = "host_title", [HOST_ECTS] = "host_ects",   [HOST_GRADE] = "host_grade",
    [PASSED] = "passed",         [HOME_CODE] = "home_code",   [HOME_TITLE] = "home_title",
    [HOME_ECTS] = "home_ects",   [HOME_GRADE] = "home_grade", [REASON] = "reason",
    [COMMENT] = "comment",       [TRANSCRIPT] = "transcript", [HOST_TABLE] = "host_table",
    [HOME_TABLE] = "home_table", [CONVERSION] = "conversion", [CONVERTED] = "converted_grade",
    [NOTE] = "conversion_note",
};

const char *office_mapping_ects(struct command_work *work, json_int_t hundredths)
{
    int whole = (int)(hundredths / 100), rest = (int)(hundredths % 100);
    if (rest % 10)
        return command_work_text(work, "%d.%02d", whole, rest);
    return rest ? command_work_text(work, "%d.%d", whole, rest / 10)
                : command_work_text(work, "%d", whole);
}

/* ---- writing ---- */

static const char *text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* What is said of how the home's grade was found. */
static const struct {
    enum column column;
    const char *field;
} conversions[] = {{HOST_TABLE, "host_table"},
                   {HOME_TABLE, "home_table"},
                   {CONVERSION, "conversion"},
                   {CONVERTED, "host_grade"},
                   {NOTE, "note"}};

enum { CONVERSIONS = sizeof conversions / sizeof *conversions };

static bool is_converted(const json_t *groups)
{
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *home = json_object_get(json_array_get(groups, i), "home");
        for (size_t j = 0; j < json_array_size(home); j++)
            for (size_t k = 0; k < CONVERSIONS; k++)
                if (json_object_get(json_array_get(home, j), conversions[k].field))
                    return true;
    }
    return false;
}

struct writing {
    struct command_work *work;
    const json_t *components;
    const char *transcript;
    struct sheet_row *first, **end;
    size_t row_count, columns;
    bool spent;
};

static void row_put(struct writing *writing, const char *const texts[COLUMNS])
{
    static const uint8_t kinds[COLUMNS] = {SHEET_TEXT};
    struct sheet_row *row = arena_take(writing->work->arena, sizeof *row);
    struct bytes *cells = arena_take_array(writing->work->arena, COLUMNS, sizeof *cells);
    if (!row || !cells) {
        writing->spent = true;
        return;
    }
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = bytes_text(texts[i] ? texts[i] : "");
    *row = (struct sheet_row) {.number = ++writing->row_count,
                               .cells = cells,
                               .kinds = kinds,
                               .cell_count = writing->columns};
    *writing->end = row;
    writing->end = &row->next;
}

/* The host's half of a row. */
static void host_put(const struct writing *writing, json_int_t place, const char *cells[COLUMNS])
{
    const json_t *unit = json_array_get(writing->components, (size_t)place);
    cells[COMPONENT] = command_work_text(writing->work, "%d", (int)place + 1);
    cells[HOST_CODE] = text_at(unit, "code");
    cells[HOST_TITLE] = text_at(unit, "title");
    cells[HOST_ECTS] = office_mapping_ects(
        writing->work, json_integer_value(json_object_get(unit, "ects_hundredths")));
    cells[HOST_GRADE] = text_at(unit, "grade");
    cells[PASSED] = json_is_true(json_object_get(unit, "passed")) ? "yes" : "no";
}

static void home_put(const struct writing *writing, const json_t *unit, const char *cells[COLUMNS])
{
    cells[HOME_CODE] = text_at(unit, "code");
    cells[HOME_TITLE] = text_at(unit, "title");
    cells[HOME_ECTS] = office_mapping_ects(
        writing->work, json_integer_value(json_object_get(unit, "ects_hundredths")));
    cells[HOME_GRADE] = text_at(unit, "grade");
    for (size_t i = 0; i < CONVERSIONS; i++)
        cells[conversions[i].column] = text_at(unit, conversions[i].field);
}

/* As many rows as the longer half has. */
static void group_put(struct writing *writing, const json_t *group, size_t number)
{
    const json_t *components = json_object_get(group, "components");
    const json_t *home = json_object_get(group, "home");
    size_t hosts = json_array_size(components), homes = json_array_size(home);
    for (size_t i = 0; i < hosts || i < homes; i++) {
        const char *cells[COLUMNS] = {
            [GROUP] = command_work_text(writing->work, "%zu", number),
            [TRANSCRIPT] = writing->transcript,
        };
        if (i < hosts)
            host_put(writing, json_integer_value(json_array_get(components, i)), cells);
        if (i < homes)
            home_put(writing, json_array_get(home, i), cells);
        if (i == 0) {
            cells[REASON] = text_at(group, "reason");
            cells[COMMENT] = text_at(group, "comment");
        }
        row_put(writing, cells);
    }
}

/* One for one: what was passed for the same credits under the host's title, what failed for none.
 */
json_t *office_mapping_proposal(const json_t *components)
{
    json_t *groups = json_array();
    for (size_t i = 0; i < json_array_size(components); i++) {
        const json_t *unit = json_array_get(components, i);
        bool passed = json_is_true(json_object_get(unit, "passed"));
        json_t *group = json_pack("{s:[i]}", "components", (int)i);
        if (passed)
            json_object_set_new(group, "home",
                                json_pack("[{s:s, s:O}]", "title", text_at(unit, "title"),
                                          "ects_hundredths",
                                          json_object_get(unit, "ects_hundredths")));
        else
            json_object_set_new(group, "reason", json_string("failed"));
        json_array_append_new(groups, group);
    }
    return groups;
}

struct bytes office_mapping_write(struct command_work *work, const json_t *transcript,
                                  const json_t *recognition)
{
    const json_t *components = json_object_get(json_object_get(transcript, "body"), "components");
    struct writing writing = {
        .work = work, .components = components, .transcript = text_at(transcript, "id")};
    struct bytes out = {0};
    json_t *groups = recognition ? json_object_get(recognition, "groups")
                                 : command_work_keep(work, office_mapping_proposal(components));
    writing.end = &writing.first;
    writing.columns = is_converted(groups) ? COLUMNS : COLUMNS_PLAIN;
    row_put(&writing, titles);
    for (size_t i = 0; i < json_array_size(groups); i++)
        group_put(&writing, json_array_get(groups, i), i + 1);
    const struct sheet_writing sheet = {.rows = writing.first};
    if (writing.spent || sheet_write_csv(&sheet, ',', false, work->arena, &out))
        return (struct bytes) {0};
    return out;
}

/* ---- reading ---- */

struct reading {
    struct command_work *work;
    const char *path;
    const json_t *components;
    size_t places[COLUMNS]; /* in the file; SIZE_MAX: not there */
    bool seen[COMPONENTS_MAX];
    json_t *groups, *names; /* names: of the groups, in the same order */
    json_int_t total;
    struct office_mapping *out;
};

static void complain(struct reading *reading, size_t row, enum column column, const char *cell,
                     const char *expected)
{
    struct office_mapping *out = reading->out;
    if (out->problem_count < PROBLEMS_MAX)
        out->problems[out->problem_count++] =
            (struct office_mapping_problem) {row, titles[column], cell, expected};
}

static bool titles_read(struct reading *reading, const struct sheet_row *row)
{
    for (size_t column = 0; column < COLUMNS; column++) {
        reading->places[column] = SIZE_MAX;
        for (size_t i = row->cell_count; i-- > 0;)
            if (row->cells[i].size == strlen(titles[column]) &&
                strncasecmp((const char *)row->cells[i].data, titles[column], row->cells[i].size) ==
                    0)
                reading->places[column] = i;
    }
    return reading->places[COMPONENT] != SIZE_MAX && reading->places[HOME_TITLE] != SIZE_MAX &&
           reading->places[HOME_ECTS] != SIZE_MAX;
}

static const char *cell_of(const struct reading *reading, const struct sheet_row *row,
                           enum column column)
{
    struct bytes cell = sheet_cell(row, reading->places[column]);
    return command_work_text(reading->work, "%.*s", (int)cell.size, (const char *)cell.data);
}

/* The rows of one group need not stand side by side; one without a name is of its own. */
static json_t *group_of(struct reading *reading, const char *name)
{
    for (size_t i = json_array_size(reading->names); name[0] && i-- > 0;)
        if (strcmp(json_string_value(json_array_get(reading->names, i)), name) == 0)
            return json_array_get(reading->groups, i);
    json_t *group = json_pack("{s:[]}", "components");
    json_array_append_new(reading->names, json_string(name));
    json_array_append_new(reading->groups, group);
    return group;
}

/* Ascending, as the record wants them. */
static void component_insert(json_t *list, json_int_t place)
{
    size_t at = 0;
    while (at < json_array_size(list) && json_integer_value(json_array_get(list, at)) < place)
        at++;
    json_array_insert_new(list, at, json_integer(place));
}

/* The host's code is for the eye, but another one is a row that slipped. */
static void host_compare(struct reading *reading, const struct sheet_row *row, const json_t *unit)
{
    const char *said = cell_of(reading, row, HOST_CODE), *is = text_at(unit, "code");
    if (said[0] && strcasecmp(said, is) != 0)
        complain(reading, row->number, HOST_CODE, said,
                 command_work_text(reading->work, "`%s`, as the transcript has it", is));
}

static void host_read(struct reading *reading, const struct sheet_row *row, json_t *group)
{
    const char *text = cell_of(reading, row, COMPONENT);
    size_t count = json_array_size(reading->components);
    if (!text[0])
        return;
    size_t digits = strspn(text, "0123456789");
    unsigned long number = digits && digits < 5 && !text[digits] ? strtoul(text, NULL, 10) : 0;
    bool known = number >= 1 && number <= count && number <= COMPONENTS_MAX;
    if (known && !reading->seen[number - 1]) {
        reading->seen[number - 1] = true;
        host_compare(reading, row, json_array_get(reading->components, number - 1));
        component_insert(json_object_get(group, "components"), (json_int_t)number - 1);
        return;
    }
    complain(reading, row->number, COMPONENT, text,
             known
                 ? "each component once"
                 : command_work_text(reading->work, "a number from 1 to %zu, as proposed", count));
    json_object_set_new(group, "blamed", json_true()); /* one complaint of it is enough */
}

/* `6`, `5.5`, `2,25` as hundredths; -1: none of these. */
static json_int_t hundredths(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    json_int_t value = 0;
    for (size_t i = 0; i < whole && whole <= 4; i++)
        value = value * 10 + (text[i] - '0');
    const char *parts = text + whole + (text[whole] == '.' || text[whole] == ',');
    size_t places = strspn(parts, "0123456789");
    bool point = parts != text + whole;
    if (!whole || whole > 4 || places > 2 || parts[places] || point != (places > 0))
        return -1;
    value = value * 100 + (places > 0 ? (parts[0] - '0') * 10 : 0);
    return value + (places > 1 ? parts[1] - '0' : 0);
}

/* By which tables the grade was found; whether that holds, the tables say and the rules. */
static void conversion_read(struct reading *reading, const struct sheet_row *row, json_t *unit)
{
    const char *number = cell_of(reading, row, COMPONENT);
    const char *converted = cell_of(reading, row, CONVERTED);
    const char *table = cell_of(reading, row, HOST_TABLE);
    if (!table[0])
        return;
    if (!converted[0] && number[0])
        converted =
            text_at(json_array_get(reading->components, strtoul(number, NULL, 10) - 1), "grade");
    for (size_t i = 0; i < CONVERSIONS; i++) {
        const char *text = conversions[i].column == CONVERTED
                               ? converted
                               : cell_of(reading, row, conversions[i].column);
        if (text[0] && conversions[i].column != NOTE)
            json_object_set_new(unit, conversions[i].field, json_string(text));
    }
}

static void home_read(struct reading *reading, const struct sheet_row *row, json_t *group)
{
    const char *code = cell_of(reading, row, HOME_CODE);
    const char *title = cell_of(reading, row, HOME_TITLE);
    const char *ects = cell_of(reading, row, HOME_ECTS);
    const char *grade = cell_of(reading, row, HOME_GRADE);
    if (!code[0] && !title[0] && !ects[0] && !grade[0])
        return;
    json_int_t credits = hundredths(ects);
    if (!title[0])
        complain(reading, row->number, HOME_TITLE, "", "the title of the unit at your institution");
    if (credits < 0)
        complain(reading, row->number, HOME_ECTS, ects, "credits as 6 or 5.5");
    json_t *home = json_object_get(group, "home");
    if (!home) {
        home = json_array();
        json_object_set_new(group, "home", home);
    }
    reading->total += credits < 0 ? 0 : credits;
    json_t *unit = json_pack("{s:s*, s:s, s:I, s:s*}", "code", code[0] ? code : NULL, "title",
                             title, "ects_hundredths", credits < 0 ? (json_int_t)0 : credits,
                             "grade", grade[0] ? grade : NULL);
    conversion_read(reading, row, unit);
    json_array_append_new(home, unit);
}

static void row_read(struct reading *reading, const struct sheet_row *row)
{
    static const struct {
        enum column column;
        const char *field;
    } texts[] = {{REASON, "reason"}, {COMMENT, "comment"}};
    json_t *group = group_of(reading, cell_of(reading, row, GROUP));
    const char *transcript = cell_of(reading, row, TRANSCRIPT);
    host_read(reading, row, group);
    home_read(reading, row, group);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = cell_of(reading, row, texts[i].column);
        if (text[0] && !json_object_get(group, texts[i].field))
            json_object_set_new(group, texts[i].field, json_string(text));
    }
    if (transcript[0] && !reading->out->transcript)
        reading->out->transcript = transcript;
    else if (transcript[0] && strcmp(transcript, reading->out->transcript) != 0)
        complain(reading, row->number, TRANSCRIPT, transcript, "rows of one transcript only");
}

/* More than was earned is a slip of the pen, unless it is said that it is meant. Where something
 * else is wrong the sum is, too, and not worth a word of its own. */
static void total_check(struct reading *reading)
{
    json_int_t earned = 0;
    for (size_t i = 0; i < json_array_size(reading->components); i++)
        earned = command_work_sum(
            earned, json_integer_value(json_object_get(json_array_get(reading->components, i),
                                                       "ects_hundredths")));
    if (reading->out->problem_count || reading->total <= earned ||
        command_work_flag(reading->work, "more-than-earned"))
        return;
    complain(reading, 0, HOME_ECTS, office_mapping_ects(reading->work, reading->total),
             command_work_text(reading->work,
                               "at most the %s ECTS that were earned; --more-than-earned where it "
                               "is meant",
                               office_mapping_ects(reading->work, earned)));
}

/* What the rows leave out or contradict as a whole. */
static void whole_check(struct reading *reading)
{
    for (size_t i = 0; i < json_array_size(reading->groups); i++) {
        const json_t *group = json_array_get(reading->groups, i);
        if (!json_array_size(json_object_get(group, "components")) &&
            !json_object_get(group, "blamed"))
            complain(reading, 0, GROUP, json_string_value(json_array_get(reading->names, i)),
                     "one component of the host at least in each group");
    }
    for (size_t i = 0; i < json_array_size(reading->components) && i < COMPONENTS_MAX; i++) {
        const json_t *unit = json_array_get(reading->components, i);
        if (json_is_true(json_object_get(unit, "passed")) && !reading->seen[i])
            complain(reading, 0, COMPONENT, text_at(unit, "title"),
                     command_work_text(reading->work,
                                       "component %zu, which was passed: recognise it, or give a "
                                       "reason",
                                       i + 1));
    }
    total_check(reading);
}

enum command_exit office_mapping_read(struct command_work *work, const char *path,
                                      const json_t *transcript, struct office_mapping *out)
{
    struct sheet sheet;
    struct office_mapping mapping = {
        .problems = arena_take_array(work->arena, PROBLEMS_MAX, sizeof *mapping.problems)};
    struct reading reading = {
        .work = work,
        .path = path,
        .components = json_object_get(json_object_get(transcript, "body"), "components"),
        .groups = command_work_keep(work, json_array()),
        .names = command_work_keep(work, json_array()),
        .out = &mapping,
    };
    enum command_exit wrong = command_sheet_load(work, path, ROWS_MAX, &sheet);
    if (wrong)
        return wrong;
    if (!mapping.problems)
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    const struct sheet_row *row = sheet.first;
    for (size_t tried = 0; row && tried < HEADER_ROWS && !titles_read(&reading, row); tried++)
        row = row->next;
    if (!row || !titles_read(&reading, row))
        return command_say_usage(
            work, "begin with `peregrin recognition propose`, which writes them",
            "%s: no row with the titles component, home_title, home_ects", path);
    for (row = row->next; row; row = row->next)
        row_read(&reading, row);
    whole_check(&reading);
    mapping.recognition = command_work_keep(
        work, json_pack("{s:O, s:I}", "groups", reading.groups, "total_hundredths", reading.total));
    *out = mapping;
    return COMMAND_DONE;
}
