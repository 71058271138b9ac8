#include "command/command_marks.h"

#include "command/command_say.h"
#include "command/command_table.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"
#include "report/text.h"
#include "rules/rules.h"
#include "sheet/sheet_date.h"
#include "base/words.h"
#include "report/plain.h"
#include "record/kind.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PROBLEMS_MAX = 2000, HEADER_TITLES_MIN = 2, ROWS_MAX = 10000 };

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

enum form { TEXT, NUMBER, HUNDREDTHS, TRUTH, DATE };

/* What each column fills, and may hold. */
static const struct {
    const char *field; /* of the component, or of the record; NULL: names the student */
    const char *expected;
    enum form form;
    bool of_record;
} columns[] = {
    [DOSSIER] = {NULL, "26 letters and digits, as `nomination list` shows", TEXT, false},
    [ESI] = {NULL, "the student's European Student Identifier", TEXT, false},
    [CODE] = {"code", "the unit's code", TEXT, false},
    [TITLE] = {"title", "the unit's title", TEXT, false},
    [TITLE_LANGUAGE] = {"title_language", "a language tag", TEXT, false},
    [ISCED_F] = {"isced_f", "four digits of ISCED-F 2013", TEXT, false},
    [HOURS] = {"hours", "a whole number", NUMBER, false},
    [ECTS] = {"ects_hundredths", "credits as 6 or 5.5", HUNDREDTHS, false},
    [GRADE] = {"grade", "the grade as you write it", TEXT, false},
    [SCHEME] = {"scheme", "the grading scheme's id", TEXT, false},
    [PASSED] = {"passed", "yes or no", TRUTH, false},
    [TERM] = {"term", "1 or 2", NUMBER, false},
    [LANGUAGE] = {"language", "two letters, as nl", TEXT, false},
    [START] = {"start", "YYYY-MM-DD", DATE, true},
    [END] = {"end", "YYYY-MM-DD", DATE, true},
    [ISSUED_ON] = {"issued_on", "YYYY-MM-DD", DATE, true},
    [COMMENT] = {"comment", "a text", TEXT, true},
};
static_assert(sizeof columns / sizeof *columns == COLUMNS, "one row for each column");

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
    size_t places[COLUMNS];      /* in the file; SIZE_MAX: not there */
    size_t header_row;
    struct command_marks *out;
};

/* The sheet with the rows, and where each column is. */
static enum command_exit find_header(struct reading *reading)
{
    const struct sheet_pick pick = {.name = command_table_flag(reading->work->row, "sheet", 5)
                                                ? command_work_flag(reading->work, "sheet")
                                                : NULL,
                                    .titles = titles,
                                    .title_count = COLUMNS,
                                    .known_min = HEADER_TITLES_MIN,
                                    .rows_max = ROWS_MAX};
    enum command_exit wrong = command_sheet_rows(reading->work, &pick, reading->sheet);
    if (wrong)
        return wrong;
    const struct sheet_header *header = &reading->sheet->header;
    for (size_t column = 0; column < COLUMNS; column++) {
        reading->places[column] = SIZE_MAX;
        for (size_t i = header->count; i-- > 0;)
            if (header->titles[i] == column)
                reading->places[column] = i;
    }
    bool who = reading->dossier || reading->places[DOSSIER] != SIZE_MAX ||
               reading->places[ESI] != SIZE_MAX;
    if (who && reading->places[TITLE] != SIZE_MAX && reading->places[ECTS] != SIZE_MAX) {
        reading->header_row = header->row;
        return COMMAND_DONE;
    }
    return command_say_usage(reading->work,
                             "it needs the columns dossier or esi, title, ects, grade, passed; "
                             "begin with `peregrin transcript template`",
                             "%s: no row with these titles", reading->sheet->path);
}

static const char *cell_of(const struct reading *reading, const struct sheet_row *row,
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

static bool read_truth(struct reading *reading, const char *text, bool *out)
{
    static const struct {
        const char *words;
        bool value;
    } truths[] = {
        {"yes y true 1 passed pass oui o reussi acquis vrai ja j geslaagd p", true},
        {"no n false 0 failed fail non echoue echec faux nee neen nietgeslaagd f", false},
    };
    const char *folded = plain_word(bytes_text(text), reading->work->arena);
    for (size_t i = 0; folded && i < sizeof truths / sizeof *truths; i++)
        if (words_hold(truths[i].words, folded)) {
            *out = truths[i].value;
            return true;
        }
    return false;
}

static json_t *read_date(struct reading *reading, const char *text)
{
    enum { YEAR_LAST = 2099 };
    struct arena *arena = reading->work->arena;
    struct sheet_date date;
    if (!sheet_date_read(bytes_text(text), arena, &date))
        return NULL;
    const char *plain = sheet_date_text(&date, reading->order, YEAR_LAST, arena);
    return plain ? json_string(plain) : NULL;
}

/* NULL when the cell is not of its column's form. */
static json_t *read_value(struct reading *reading, enum form form, const char *text)
{
    json_int_t number;
    bool truth;
    switch (form) {
    case TEXT: return json_string(text);
    case NUMBER: return read_whole(text, &number) ? json_integer(number) : NULL;
    case HUNDREDTHS: return read_hundredths(text, &number) ? json_integer(number) : NULL;
    case DATE: return read_date(reading, text);
    case TRUTH: return read_truth(reading, text, &truth) ? json_boolean(truth) : NULL;
    }
    return NULL;
}

static bool same(const char *left, const char *right)
{
    return left && right && strcmp(left, right) == 0;
}

/* The student that a row names; a new one when no row before did. NULL: it names none. */
static struct command_marks_student *student_of(struct reading *reading,
                                                const struct sheet_row *row)
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
static bool concerns(const struct reading *reading, const struct sheet_row *row)
{
    const char *named = cell_of(reading, row, DOSSIER);
    return !reading->dossier || !named[0] || strcasecmp(named, reading->dossier) == 0;
}

static void read_row(struct reading *reading, const struct sheet_row *row)
{
    struct command_marks_student *student = student_of(reading, row);
    json_t *component = json_object();
    reading->out->row_count++;
    for (size_t column = CODE; column < COLUMNS; column++) {
        const char *text = cell_of(reading, row, (enum column)column);
        json_t *value = text[0] ? read_value(reading, columns[column].form, text) : NULL;
        if (value)
            json_object_set_new(columns[column].of_record ? student->record : component,
                                columns[column].field, value);
        else if (text[0])
            complain(reading, student,
                     &(struct command_marks_problem) {row->number, NULL, titles[column].name, text,
                                                      columns[column].expected});
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

/* One cell that can be read in one way only shows how all are meant. */
static void find_order(struct reading *reading)
{
    static const enum column dated[] = {START, END, ISSUED_ON};
    bool shows[SHEET_DATE_MDY + 1] = {false};
    struct sheet_date date;
    for (const struct sheet_row *row = reading->sheet->header.next; row; row = row->next)
        for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
            if (sheet_date_read(sheet_cell(row, reading->places[dated[i]]), reading->work->arena,
                                &date))
                shows[date.proves] = true;
    if (shows[SHEET_DATE_DMY] != shows[SHEET_DATE_MDY])
        reading->order = shows[SHEET_DATE_DMY] ? SHEET_DATE_DMY : SHEET_DATE_MDY;
}

enum command_exit command_marks_read(struct command_work *work, struct command_sheet *sheet,
                                     const char *dossier, struct command_marks *out)
{
    struct command_marks marks = {0};
    struct reading reading = {.work = work, .sheet = sheet, .dossier = dossier, .out = &marks};
    enum command_exit wrong = find_header(&reading);
    if (wrong)
        return wrong;
    find_order(&reading);
    size_t rows = sheet->sheet.row_count;
    marks.students = arena_take_array(work->arena, rows, sizeof *marks.students);
    marks.problems = arena_take_array(work->arena, PROBLEMS_MAX, sizeof *marks.problems);
    if (!marks.students || !marks.problems)
        return command_say_verdict(work, VERDICT_TOO_LARGE, sheet->path);
    for (const struct sheet_row *row = sheet->header.next; row; row = row->next)
        if (!row->hidden && concerns(&reading, row))
            read_row(&reading, row);
    for (size_t i = 0; i < marks.count; i++)
        judge(&reading, &marks.students[i]);
    *out = marks;
    return COMMAND_DONE;
}

bool command_marks_column(size_t number, struct command_marks_column *out)
{
    if (number >= COLUMNS)
        return false;
    *out = (struct command_marks_column) {titles[number].name, columns[number].expected};
    return true;
}
