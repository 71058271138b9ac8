#include "office/office_marks.h"

#include "command/command_flag.h"
#include "command/command_say.h"
#include "mobility.pb-c.h"
#include "office/office_marks_cell.h"
#include "record/kind.h"
#include "report/json_record.h"
#include "report/text.h"
#include "rules/rules.h"
#include "sheet/sheet_date.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADER_TITLES_MIN = 2, ROWS_MAX = 10000 };

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

/* What each column fills, and may hold. */
static const struct {
    const char *field; /* of the component, or of the record; NULL: names the student */
    const char *expected;
    enum office_marks_cell_form form;
    bool of_record;
} columns[] = {
    [DOSSIER] = {NULL, "26 letters and digits, as `nomination list` shows", OFFICE_MARKS_CELL_TEXT,
                 false},
    [ESI] = {NULL, "the student's European Student Identifier", OFFICE_MARKS_CELL_TEXT, false},
    [CODE] = {"code", "the unit's code", OFFICE_MARKS_CELL_TEXT, false},
    [TITLE] = {"title", "the unit's title", OFFICE_MARKS_CELL_TEXT, false},
    [TITLE_LANGUAGE] = {"title_language", "a language tag", OFFICE_MARKS_CELL_TEXT, false},
    [ISCED_F] = {"isced_f", "four digits of ISCED-F 2013", OFFICE_MARKS_CELL_TEXT, false},
    [HOURS] = {"hours", "a whole number", OFFICE_MARKS_CELL_NUMBER, false},
    [ECTS] = {"ects_hundredths", "credits as 6 or 5.5", OFFICE_MARKS_CELL_HUNDREDTHS, false},
    [GRADE] = {"grade", "the grade as you write it", OFFICE_MARKS_CELL_TEXT, false},
    [SCHEME] = {"scheme", "the grading scheme's id", OFFICE_MARKS_CELL_TEXT, false},
    [PASSED] = {"passed", "yes or no", OFFICE_MARKS_CELL_TRUTH, false},
    [TERM] = {"term", "1 or 2", OFFICE_MARKS_CELL_NUMBER, false},
    [LANGUAGE] = {"language", "two letters, as nl", OFFICE_MARKS_CELL_TEXT, false},
    [START] = {"start", "YYYY-MM-DD", OFFICE_MARKS_CELL_DATE, true},
    [END] = {"end", "YYYY-MM-DD", OFFICE_MARKS_CELL_DATE, true},
    [ISSUED_ON] = {"issued_on", "YYYY-MM-DD", OFFICE_MARKS_CELL_DATE, true},
    [COMMENT] = {"comment", "a text", OFFICE_MARKS_CELL_TEXT, true},
};
static_assert(sizeof columns / sizeof *columns == COLUMNS, "one row for each column");
static_assert((int)OFFICE_MARKS_COLUMNS == (int)COLUMNS, "a place for each column");

static const char mend[] = "mend the cell and import again";

/* What the rules say of the record, where a list is filled in otherwise. */
static const struct {
    const char *rule, *expected, *remedy;
} said_otherwise[] = {
    {"credit_record.ects", "credits as 6 or 5.5, at most 60 credits",
     "enter the credits of the unit"},
    {"credit_record.components", "1 to 200 rows for a student",
     "leave rows out, or issue more than one transcript"},
    {"credit_record.total_plausible", "at most 240 credits in all rows of the student",
     "correct the credits, or issue a transcript for each stay"},
};

/* In English, French and Dutch. */
static const struct sheet_title titles[] = {
    [DOSSIER] = {"dossier", "dossierid nomination"},
    [ESI] = {"esi", "europeanstudentidentifier europeanstudentid identifianteuropeendeletudiant "
                    "europesestudentidentifier"},
    [CODE] = {"code", "coursecode unitcode componentcode modulecode codeducours codedelunite "
                      "opleidingsonderdeelcode vakcode"},
    [TITLE] = {"title", "coursetitle course coursename unit unittitle component componenttitle "
                        "module intitule cours intituleducours unitedenseignement matiere vak "
                        "opleidingsonderdeel vaknaam titel"},
    [TITLE_LANGUAGE] = {"title_language", "languageoftitle languedelintitule taalvandetitel"},
    [ISCED_F] = {"isced_f", "isced iscedcode iscedfcode codeisced fieldofeducation domaine "
                            "studiegebied"},
    [HOURS] = {"hours", "contacthours heures uren contacturen heuresdecours"},
    [ECTS] = {"ects", "ectscredits credits credit ectspoints creditsects studiepunten sp "
                      "creditsawarded ectscreditsawarded"},
    [GRADE] = {"grade", "mark marks result localgrade note resultat cote punten cijfer resultaat "
                        "score"},
    [SCHEME] = {"scheme", "gradingscheme gradescale scale echelle puntenschaal baremes"},
    [PASSED] = {"passed", "pass passfail success reussi reussite geslaagd acquis"},
    [TERM] = {"term", "semester semestre trimester periode"},
    [LANGUAGE] = {"language", "languageofinstruction langue languedenseignement taal "
                              "onderwijstaal"},
    [START] = {"start", "startdate begin datededebut debut begindatum startdatum"},
    [END] = {"end", "enddate datedefin fin einddatum"},
    [ISSUED_ON] = {"issued_on", "issued dateofissue issuedate datedemission delivrele "
                                "uitgiftedatum datum"},
    [COMMENT] = {"comment", "comments remark remarks commentaire remarque opmerking"},
};
static_assert(sizeof titles / sizeof *titles == COLUMNS, "one row for each column");

struct reading {
    struct command_work *work;
    struct command_sheet *sheet;
    const char *dossier;
    enum sheet_date_order order; /* as the file's dates show it, or the user said */
    struct office_marks *out;
    struct office_marks_unit *units; /* one for each row */
};

/* Two columns of one meaning: which of them counts is the user's to say. */
static enum command_exit header_twice(struct reading *reading, size_t first, size_t second)
{
    struct command_work *work = reading->work;
    const struct command_sheet *sheet = reading->sheet;
    const char *what =
        command_work_text(work, "%s: the titles \"%s\" and \"%s\" in row %zu mean the same column",
                          sheet->path, command_sheet_title(work, sheet, first),
                          command_sheet_title(work, sheet, second), sheet->header.row);
    return command_say_wrong(
        work,
        &(struct command_wrong) {COMMAND_PROBLEMS, "duplicate", what,
                                 "delete or rename one of the two and import again", NULL, NULL});
}

static enum command_exit find_places(struct reading *reading)
{
    const struct sheet_header *header = &reading->sheet->header;
    size_t *places = reading->out->places;
    for (size_t column = 0; column < COLUMNS; column++)
        places[column] = SIZE_MAX;
    for (size_t i = 0; i < header->count; i++) {
        size_t column = header->titles[i];
        if (column == SHEET_TITLE_NONE)
            continue;
        if (places[column] != SIZE_MAX)
            return header_twice(reading, places[column], i);
        places[column] = i;
    }
    return COMMAND_DONE;
}

/* The sheet with the rows, and where each column is. */
static enum command_exit find_header(struct reading *reading)
{
    const struct sheet_pick pick = {.name = command_flag_find(reading->work->row, "sheet", 5)
                                                ? command_work_flag(reading->work, "sheet")
                                                : NULL,
                                    .titles = titles,
                                    .title_count = COLUMNS,
                                    .known_min = HEADER_TITLES_MIN,
                                    .rows_max = ROWS_MAX};
    enum command_exit wrong = command_sheet_rows(reading->work, &pick, reading->sheet);
    if (wrong)
        return wrong;
    wrong = find_places(reading);
    if (wrong)
        return wrong;
    const size_t *places = reading->out->places;
    bool who = reading->dossier || places[DOSSIER] != SIZE_MAX || places[ESI] != SIZE_MAX;
    if (who && places[TITLE] != SIZE_MAX && places[ECTS] != SIZE_MAX)
        return COMMAND_DONE;
    return command_say_usage(reading->work,
                             "it needs the columns dossier or esi, title, ects, grade, passed; "
                             "begin with `peregrin transcript template`",
                             "%s: no row with these titles", reading->sheet->path);
}

static const char *cell_of(const struct reading *reading, const struct sheet_row *row,
                           enum column column)
{
    return command_sheet_cell(reading->work, row, reading->out->places[column]);
}

/* As the user's file has it; our own name of a column that it has not. */
static const char *title_of(const struct office_marks *marks, size_t column)
{
    size_t place = marks->places[column];
    return place == SIZE_MAX ? titles[column].name
                             : command_sheet_title(marks->work, marks->sheet, place);
}

void office_marks_complain(struct office_marks *marks, struct office_marks_student *student,
                           const struct office_marks_problem *problem)
{
    student->problems++;
    if (marks->problem_count == OFFICE_MARKS_PROBLEMS)
        return;
    struct office_marks_problem *kept = &marks->problems[marks->problem_count++];
    *kept = *problem;
    kept->student = student->dossier ? student->dossier : student->esi;
}

static void complain(struct reading *reading, struct office_marks_student *student,
                     const struct office_marks_problem *problem)
{
    office_marks_complain(reading->out, student, problem);
}

static bool same(const char *left, const char *right)
{
    return left && right && strcasecmp(left, right) == 0;
}

/* The student that a row names; a new one when no row before did. NULL: it names none. */
static struct office_marks_student *student_of(struct reading *reading, const struct sheet_row *row)
{
    struct office_marks *out = reading->out;
    const char *dossier = reading->dossier ? reading->dossier : cell_of(reading, row, DOSSIER);
    const char *esi = cell_of(reading, row, ESI);
    for (size_t i = out->count; i-- > 0;)
        if (dossier[0] ? same(out->students[i].dossier, dossier) : same(out->students[i].esi, esi))
            return &out->students[i];
    struct office_marks_student *added = &out->students[out->count++];
    *added = (struct office_marks_student) {
        .dossier = dossier[0] ? dossier : NULL,
        .esi = esi[0] ? esi : NULL,
        .record = command_work_keep(reading->work,
                                    json_pack("{s:[], s:i}", "components", "total_hundredths", 0)),
        .first_row = row->number,
    };
    if (!dossier[0] && !esi[0])
        complain(reading, added,
                 &(struct office_marks_problem) {
                     .row = row->number,
                     .column = title_of(out, out->places[DOSSIER] != SIZE_MAX ? DOSSIER : ESI),
                     .cell = "",
                     .expected = "the student's dossier or ESI",
                     .remedy = "fill it in, or leave the row out"});
    return added;
}

/* Where one dossier is wanted, the rows of others in the same file are none of its. */
static bool concerns(const struct reading *reading, const struct sheet_row *row)
{
    const char *named = cell_of(reading, row, DOSSIER);
    return !reading->dossier || !named[0] || strcasecmp(named, reading->dossier) == 0;
}

static void unit_add(struct office_marks_student *student, struct office_marks_unit *unit,
                     const struct sheet_row *row)
{
    *unit = (struct office_marks_unit) {.row = row};
    if (student->last)
        student->last->next = unit;
    else
        student->units = unit;
    student->last = unit;
}

static void read_row(struct reading *reading, const struct sheet_row *row)
{
    struct office_marks_student *student = student_of(reading, row);
    json_t *component = json_object();
    unit_add(student, &reading->units[reading->out->row_count++], row);
    for (size_t column = CODE; column < COLUMNS; column++) {
        const char *text = cell_of(reading, row, (enum column)column);
        json_t *value = text[0] ? office_marks_cell_read(reading->work, columns[column].form,
                                                         reading->order, text)
                                : NULL;
        if (value)
            json_object_set_new(columns[column].of_record ? student->record : component,
                                columns[column].field, value);
        else if (text[0])
            complain(reading, student,
                     &(struct office_marks_problem) {.row = row->number,
                                                     .column = title_of(reading->out, column),
                                                     .cell = text,
                                                     .expected = columns[column].expected,
                                                     .remedy = mend});
    }
    json_int_t total = json_integer_value(json_object_get(student->record, "total_hundredths")) +
                       json_integer_value(json_object_get(component, "ects_hundredths"));
    json_object_set_new(student->record, "total_hundredths", json_integer(total));
    json_array_append_new(json_object_get(student->record, "components"), component);
}

/* ---- what is wrong with the record, in the user's file ------------------------------------------
 */

static size_t column_of(const char *field, bool of_unit)
{
    if (!of_unit && strcmp(field, "total_hundredths") == 0)
        return ECTS;
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].field && columns[i].of_record != of_unit &&
            strcmp(columns[i].field, field) == 0)
            return i;
    return COLUMNS;
}

/* The last of the student's rows that fills the column: what it says stands in the record. */
static const struct sheet_row *row_filling(const struct office_marks *marks,
                                           const struct office_marks_student *student,
                                           size_t column)
{
    const struct sheet_row *row = NULL;
    for (const struct office_marks_unit *unit = student->units; unit; unit = unit->next)
        if (sheet_cell(unit->row, marks->places[column]).size)
            row = unit->row;
    return row;
}

/* What follows the start; NULL: it does not start so. */
static const char *behind(const char *start, const char *text)
{
    return strncmp(text, start, strlen(start)) == 0 ? text + strlen(start) : NULL;
}

void office_marks_locate(const struct office_marks *marks,
                         const struct office_marks_student *student, const char *field,
                         size_t element, struct office_marks_problem *out)
{
    const struct office_marks_unit *unit = NULL;
    const struct sheet_row *row = NULL;
    if (!field)
        field = "the record";
    const char *in_record = behind("credit_record.", field);
    const char *in_unit = behind("components", in_record ? in_record : field);
    field = in_unit ? in_unit : in_record ? in_record : field;
    if (in_unit) {
        element = *field == '[' ? strtoul(field + 1, NULL, 10) : element;
        field += strcspn(field, ".");
        field += *field == '.';
        for (unit = student->units; unit && element > 0; element--)
            unit = unit->next;
    }
    size_t column = column_of(field, in_unit);
    if (unit)
        row = unit->row;
    else if (column < COLUMNS && columns[column].of_record)
        row = row_filling(marks, student, column);
    out->row = row ? row->number : student->first_row;
    out->column = column < COLUMNS ? title_of(marks, column) : "";
    out->cell =
        row && column < COLUMNS ? command_sheet_cell(marks->work, row, marks->places[column]) : "";
}

struct judging {
    struct reading *reading;
    struct office_marks_student *student;
};

static void take_finding(void *self, const struct rules_finding *finding)
{
    struct judging *judging = self;
    struct office_marks_problem problem = {.expected = finding->expected,
                                           .remedy = finding->remedy};
    for (size_t i = 0; i < sizeof said_otherwise / sizeof *said_otherwise; i++)
        if (strcmp(said_otherwise[i].rule, finding->rule) == 0) {
            problem.expected = said_otherwise[i].expected;
            problem.remedy = said_otherwise[i].remedy;
        }
    office_marks_locate(judging->reading->out, judging->student, finding->field, finding->element,
                        &problem);
    complain(judging->reading, judging->student, &problem);
}

static bool same_cell(const struct reading *reading, const struct sheet_row *left,
                      const struct sheet_row *right, enum column column)
{
    size_t place = reading->out->places[column];
    struct bytes one = sheet_cell(left, place), other = sheet_cell(right, place);
    return one.size == other.size &&
           (one.size == 0 ||
            strncasecmp((const char *)one.data, (const char *)other.data, one.size) == 0);
}

/* A unit that stands there twice counts twice; only in another term may it come again. */
static void find_twice(struct reading *reading, struct office_marks_student *student)
{
    enum { UNITS_MAX = 200 }; /* beyond, the rules refuse the record by its length */
    size_t count = 0;
    for (struct office_marks_unit *unit = student->units; unit && count < UNITS_MAX;
         unit = unit->next, count++)
        for (struct office_marks_unit *before = student->units; before != unit;
             before = before->next) {
            const char *code = cell_of(reading, unit->row, CODE);
            if (!code[0])
                break;
            if (!same_cell(reading, before->row, unit->row, CODE) ||
                !same_cell(reading, before->row, unit->row, TERM))
                continue;
            bool grade = same_cell(reading, before->row, unit->row, GRADE);
            complain(reading, student,
                     &(struct office_marks_problem) {
                         .row = unit->row->number,
                         .column = title_of(reading->out, CODE),
                         .cell = code,
                         .expected = "each unit once for a student and term",
                         .remedy = command_work_text(
                             reading->work, "row %zu has this unit with %s: delete one of the rows",
                             before->row->number, grade ? "the same grade" : "another grade")});
            break;
        }
}

/* The same rules of form as the node's, before anything is signed. */
static void judge(struct reading *reading, struct office_marks_student *student)
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
    find_twice(reading, student);
    if (student->problems)
        return;
    if (json_record_read(student->record, &peregrin__credit_record__descriptor, "", arena, &body,
                         &misfit)) {
        struct office_marks_problem problem = {.expected = misfit.expected, .remedy = mend};
        office_marks_locate(reading->out, student, misfit.field, 0, &problem);
        complain(reading, student, &problem);
    } else {
        rules_form(kind, body, take_finding, &judging);
    }
}

/* One cell that can be read in one way only shows how all are meant. */
static void find_order(struct reading *reading)
{
    static const enum column dated[] = {START, END, ISSUED_ON};
    bool shows[SHEET_DATE_MDY + 1] = {false};
    struct sheet_date date;
    for (const struct sheet_row *row = reading->sheet->header.next; row; row = row->next)
        for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
            if (sheet_date_read(sheet_cell(row, reading->out->places[dated[i]]),
                                reading->work->arena, &date))
                shows[date.proves] = true;
    if (shows[SHEET_DATE_DMY] != shows[SHEET_DATE_MDY])
        reading->order = shows[SHEET_DATE_DMY] ? SHEET_DATE_DMY : SHEET_DATE_MDY;
}

enum command_exit office_marks_read(struct command_work *work, struct command_sheet *sheet,
                                    const char *dossier, struct office_marks *out)
{
    struct office_marks marks = {.work = work, .sheet = sheet};
    struct reading reading = {.work = work, .sheet = sheet, .dossier = dossier, .out = &marks};
    enum command_exit wrong = find_header(&reading);
    if (wrong)
        return wrong;
    find_order(&reading);
    size_t rows = sheet->sheet.row_count;
    marks.students = arena_take_array(work->arena, rows, sizeof *marks.students);
    marks.problems = arena_take_array(work->arena, OFFICE_MARKS_PROBLEMS, sizeof *marks.problems);
    reading.units = arena_take_array(work->arena, rows, sizeof *reading.units);
    if (!marks.students || !marks.problems || !reading.units)
        return command_say_verdict(work, VERDICT_TOO_LARGE, sheet->path);
    for (const struct sheet_row *row = sheet->header.next; row; row = row->next)
        if (!row->hidden && concerns(&reading, row))
            read_row(&reading, row);
    for (size_t i = 0; i < marks.count; i++)
        judge(&reading, &marks.students[i]);
    *out = marks;
    return COMMAND_DONE;
}

bool office_marks_column(size_t number, struct office_marks_column *out)
{
    if (number >= COLUMNS)
        return false;
    *out = (struct office_marks_column) {titles[number].name, columns[number].expected};
    return true;
}
