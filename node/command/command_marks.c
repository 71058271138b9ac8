#include "command/command_marks.h"

#include "command/command_say.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"
#include "report/text.h"
#include "rules/rules.h"
#include "record/kind.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PROBLEMS_MAX = 2000, HEADER_ROWS = 20, TITLE_MAX = 64 };

enum column {
    DOSSIER,
    ESI,
    CODE,
    TITLE,
    TITLE_LANGUAGE,
    ISCED_F,
    HOURS,
    ECTS,
    GRADE,
    SCHEME,
    PASSED,
    TERM,
    LANGUAGE,
    START,
    END,
    ISSUED_ON,
    COMMENT,
    COLUMNS
};

enum form { TEXT, NUMBER, HUNDREDTHS, TRUTH };

/* What each column is called, fills, and may hold. */
static const struct {
    const char *title;
    const char *field; /* of the component, or of the record; NULL: names the student */
    const char *expected;
    enum form form;
    bool of_record;
} columns[] = {
    [DOSSIER] = {"dossier", NULL, "26 letters and digits, as `nomination list` shows", TEXT, false},
    [ESI] = {"esi", NULL, "the student's European Student Identifier", TEXT, false},
    [CODE] = {"code", "code", "the unit's code", TEXT, false},
    [TITLE] = {"title", "title", "the unit's title", TEXT, false},
    [TITLE_LANGUAGE] = {"title_language", "title_language", "a language tag", TEXT, false},
    [ISCED_F] = {"isced_f", "isced_f", "four digits of ISCED-F 2013", TEXT, false},
    [HOURS] = {"hours", "hours", "a whole number", NUMBER, false},
    [ECTS] = {"ects", "ects_hundredths", "credits as 6 or 5.5", HUNDREDTHS, false},
    [GRADE] = {"grade", "grade", "the grade as you write it", TEXT, false},
    [SCHEME] = {"scheme", "scheme", "the grading scheme's id", TEXT, false},
    [PASSED] = {"passed", "passed", "yes or no", TRUTH, false},
    [TERM] = {"term", "term", "1 or 2", NUMBER, false},
    [LANGUAGE] = {"language", "language", "two letters, as nl", TEXT, false},
    [START] = {"start", "start", "YYYY-MM-DD", TEXT, true},
    [END] = {"end", "end", "YYYY-MM-DD", TEXT, true},
    [ISSUED_ON] = {"issued_on", "issued_on", "YYYY-MM-DD", TEXT, true},
    [COMMENT] = {"comment", "comment", "a text", TEXT, true},
};
static_assert(sizeof columns / sizeof *columns == COLUMNS, "one row for each column");

struct reading {
    struct command_work *work;
    const struct command_sheet *sheet;
    const char *dossier;
    size_t places[COLUMNS]; /* in the file; SIZE_MAX: not there */
    size_t header_row;
    struct command_marks *out;
};

/* `ISCED-F code` and `isced_f` are one: letters and digits count, others are underscores. */
static bool titled(struct bytes cell, const char *title)
{
    char plain[TITLE_MAX + 1];
    size_t size = 0;
    for (size_t i = 0; i < cell.size && size < TITLE_MAX; i++) {
        bool sign = !isalnum(cell.data[i]);
        if (!sign || (size && plain[size - 1] != '_'))
            plain[size++] = sign ? '_' : (char)tolower(cell.data[i]);
    }
    while (size && plain[size - 1] == '_')
        size--;
    plain[size] = '\0';
    return strcmp(plain, title) == 0;
}

static size_t read_titles(struct reading *reading, const struct import_csv_row *row)
{
    size_t known = 0;
    for (size_t column = 0; column < COLUMNS; column++) {
        reading->places[column] = SIZE_MAX;
        for (size_t i = row->cell_count; i-- > 0;)
            if (titled(row->cells[i], columns[column].title))
                reading->places[column] = i;
        known += reading->places[column] != SIZE_MAX;
    }
    return known;
}

static enum command_exit find_header(struct reading *reading)
{
    size_t tried = 0;
    for (const struct import_csv_row *row = reading->sheet->rows.first; row && tried < HEADER_ROWS;
         row = row->next, tried++) {
        read_titles(reading, row);
        bool who = reading->dossier || reading->places[DOSSIER] != SIZE_MAX ||
                   reading->places[ESI] != SIZE_MAX;
        if (who && reading->places[TITLE] != SIZE_MAX && reading->places[ECTS] != SIZE_MAX) {
            reading->header_row = row->number;
            return COMMAND_DONE;
        }
    }
    return command_say_usage(reading->work,
                             "it needs the columns dossier or esi, title, ects, grade, passed; "
                             "see `peregrin help transcript import`",
                             "%s: no row with these titles", reading->sheet->path);
}

static const char *cell_of(const struct reading *reading, const struct import_csv_row *row,
                           enum column column)
{
    return command_sheet_cell(reading->work, row, reading->places[column]);
}

void command_marks_complain(struct command_marks *marks, struct command_marks_student *student,
                            const struct command_marks_problem *problem)
{
    student->problems++;
    if (marks->problem_count == PROBLEMS_MAX)
        return;
    struct command_marks_problem *kept = &marks->problems[marks->problem_count++];
    *kept = *problem;
    kept->student = student->dossier ? student->dossier : student->esi;
}

static void complain(struct reading *reading, struct command_marks_student *student,
                     const struct command_marks_problem *problem)
{
    command_marks_complain(reading->out, student, problem);
}

static bool read_whole(const char *text, json_int_t *out)
{
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 6 || text[digits])
        return false;
    for (*out = 0; *text; text++)
        *out = *out * 10 + (*text - '0');
    return true;
}

/* `6`, `5.5`, `2,25`: exact, without floating point. */
static bool read_hundredths(const char *text, json_int_t *out)
{
    size_t whole = strspn(text, "0123456789");
    json_int_t value = 0;
    if (!whole || whole > 4)
        return false;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (text[i] - '0');
    text += whole;
    bool point = *text == '.' || *text == ',';
    const char *parts = point ? text + 1 : text;
    size_t places = strspn(parts, "0123456789");
    if (parts[places] || places > 2 || (point && !places))
        return false;
    value *= 100;
    if (places >= 1)
        value += (parts[0] - '0') * 10;
    if (places == 2)
        value += parts[1] - '0';
    *out = value;
    return true;
}

static bool read_truth(const char *text, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"yes", true}, {"y", true},  {"true", true},   {"1", true},  {"passed", true},
                 {"no", false}, {"n", false}, {"false", false}, {"0", false}, {"failed", false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(words[i].word, text) == 0) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

/* NULL when the cell is not of its column's form. */
static json_t *read_value(enum form form, const char *text)
{
    json_int_t number;
    bool truth;
    switch (form) {
    case TEXT: return json_string(text);
    case NUMBER: return read_whole(text, &number) ? json_integer(number) : NULL;
    case HUNDREDTHS: return read_hundredths(text, &number) ? json_integer(number) : NULL;
    case TRUTH: return read_truth(text, &truth) ? json_boolean(truth) : NULL;
    }
    return NULL;
}

static bool same(const char *left, const char *right)
{
    return left && right && strcmp(left, right) == 0;
}

/* The student that a row names; a new one when no row before did. NULL: it names none. */
static struct command_marks_student *student_of(struct reading *reading,
                                                const struct import_csv_row *row)
{
    struct command_marks *out = reading->out;
    const char *dossier = reading->dossier ? reading->dossier : cell_of(reading, row, DOSSIER);
    const char *esi = cell_of(reading, row, ESI);
    for (size_t i = out->count; i-- > 0;)
        if (dossier[0] ? same(out->students[i].dossier, dossier) : same(out->students[i].esi, esi))
            return &out->students[i];
    struct command_marks_student *added = &out->students[out->count++];
    *added = (struct command_marks_student) {
        .dossier = dossier[0] ? dossier : NULL,
        .esi = esi[0] ? esi : NULL,
        .record = command_work_keep(reading->work,
                                    json_pack("{s:[], s:i}", "components", "total_hundredths", 0)),
        .first_row = row->number,
    };
    if (!dossier[0] && !esi[0])
        complain(reading, added,
                 &(struct command_marks_problem) {
                     row->number, NULL, reading->places[DOSSIER] != SIZE_MAX ? "dossier" : "esi",
                     "", "the student's dossier or ESI"});
    return added;
}

/* Where one dossier is wanted, the rows of others in the same file are none of its. */
static bool concerns(const struct reading *reading, const struct import_csv_row *row)
{
    const char *named = cell_of(reading, row, DOSSIER);
    return !reading->dossier || !named[0] || strcasecmp(named, reading->dossier) == 0;
}

static void read_row(struct reading *reading, const struct import_csv_row *row)
{
    struct command_marks_student *student = student_of(reading, row);
    json_t *component = json_object();
    reading->out->row_count++;
    for (size_t column = CODE; column < COLUMNS; column++) {
        const char *text = cell_of(reading, row, (enum column)column);
        json_t *value = text[0] ? read_value(columns[column].form, text) : NULL;
        if (value)
            json_object_set_new(columns[column].of_record ? student->record : component,
                                columns[column].field, value);
        else if (text[0])
            complain(reading, student,
                     &(struct command_marks_problem) {row->number, NULL, columns[column].title,
                                                      text, columns[column].expected});
    }
    json_int_t total = json_integer_value(json_object_get(student->record, "total_hundredths")) +
                       json_integer_value(json_object_get(component, "ects_hundredths"));
    json_object_set_new(student->record, "total_hundredths", json_integer(total));
    json_array_append_new(json_object_get(student->record, "components"), component);
}

struct judging {
    struct reading *reading;
    struct command_marks_student *student;
};

static void take_finding(void *self, const struct rules_finding *finding)
{
    struct judging *judging = self;
    complain(judging->reading, judging->student,
             &(struct command_marks_problem) {
                 judging->student->first_row, NULL, finding->field ? finding->field : "", "",
                 finding->expected ? finding->expected : finding->remedy});
}

/* The same rules of form as the node's, before anything is signed. */
static void judge(struct reading *reading, struct command_marks_student *student)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_CREDIT_RECORD, 1);
    struct arena *arena = reading->work->arena;
    struct judging judging = {reading, student};
    struct json_record_misfit misfit;
    ProtobufCMessage *body;
    char today[INSTANT_TEXT_SIZE];
    instant_text(reading->work->port->now(reading->work->port->self), today);
    if (!json_object_get(student->record, "issued_on"))
        json_object_set_new(student->record, "issued_on", json_stringn(today, 10));
    if (student->problems)
        return;
    if (json_record_read(student->record, &peregrin__credit_record__descriptor, "", arena, &body,
                         &misfit))
        complain(reading, student,
                 &(struct command_marks_problem) {student->first_row, NULL, misfit.field, "",
                                                  misfit.expected});
    else
        rules_form(kind, body, take_finding, &judging);
}

enum command_exit command_marks_read(struct command_work *work, const struct command_sheet *sheet,
                                     const char *dossier, struct command_marks *out)
{
    struct command_marks marks = {0};
    struct reading reading = {.work = work, .sheet = sheet, .dossier = dossier, .out = &marks};
    if (sheet->rows.expected)
        return command_say_usage(work, sheet->rows.remedy, "%s: %s", sheet->path,
                                 sheet->rows.expected);
    enum command_exit wrong = find_header(&reading);
    if (wrong)
        return wrong;
    marks.students = arena_take_array(work->arena, sheet->rows.row_count, sizeof *marks.students);
    marks.problems = arena_take_array(work->arena, PROBLEMS_MAX, sizeof *marks.problems);
    if (!marks.students || !marks.problems)
        return command_say_verdict(work, VERDICT_TOO_LARGE, sheet->path);
    for (const struct import_csv_row *row = sheet->rows.first; row; row = row->next)
        if (row->number > reading.header_row && concerns(&reading, row))
            read_row(&reading, row);
    for (size_t i = 0; i < marks.count; i++)
        judge(&reading, &marks.students[i]);
    *out = marks;
    return COMMAND_DONE;
}
