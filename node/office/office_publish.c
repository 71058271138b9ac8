#include "command/command_say.h"
#include "office/office_grid.h"
#include "office/office_notice.h"
#include "office/office_verbs.h"

#include <string.h>

/* ---- the factsheet: JSON, as its parts are of many sorts ---- */

static const char sample[] =
    "{\n"
    "  \"name\": \"Haute Ecole Libre Mosane\",\n"
    "  \"erasmus_code\": \"B  LIEGE37\",\n"
    "  \"country\": \"BE\",\n"
    "  \"zone\": \"Europe/Brussels\",\n"
    "  \"terms\": [\n"
    "    {\"term\": 1, \"starts\": \"09-15\", \"ends\": \"01-31\",\n"
    "     \"nominations\": \"05-01\", \"applications\": \"05-31\",\n"
    "     \"results\": \"02-20\"},\n"
    "    {\"term\": 2, \"starts\": \"02-01\", \"ends\": \"06-30\",\n"
    "     \"nominations\": \"10-15\", \"applications\": \"11-15\",\n"
    "     \"results\": \"07-10\"}\n"
    "  ],\n"
    "  \"decision_weeks\": 4,\n"
    "  \"transcript_weeks\": 5,\n"
    "  \"languages\": [{\"language\": \"fr\", \"level\": \"B1\"}],\n"
    "  \"isced_f\": [\"0913\", \"04\"],\n"
    "  \"contacts\": [{\"name\": \"International Office\", \"role\": \"incoming\",\n"
    "                \"email\": \"incoming@helmo.example\", \"phone\": \"+32 4 220 00 00\"}],\n"
    "  \"website\": \"https://www.helmo.example/international\",\n"
    "  \"requirements\": \"Transcript of records and proof of language.\"\n"
    "}\n";

static const struct office_notice factsheet = {"/api/v1/factsheets", "factsheet", "the factsheet",
                                               "peregrin factsheet list"};
static const struct office_notice courses = {"/api/v1/course-lists", "course_list",
                                             "the list of courses", "peregrin course list"};
static const struct office_notice grades = {"/api/v1/grading-tables", "grading_table",
                                            "the grading table", "peregrin grade published"};

enum command_exit office_publish_factsheet_template(struct command_work *work)
{
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "factsheet", sample));
    if (!work->common.json)
        fputs(sample, work->port->out);
    command_say_next(work, "peregrin factsheet publish FILE --dry-run     when it is filled in");
    return COMMAND_DONE;
}

enum command_exit office_publish_factsheet(struct command_work *work)
{
    struct command_file file;
    json_error_t problem;
    const char *path = work->arguments[0];
    int number =
        work->port->read_file(work->port->self, path, COMMAND_FILE_MAX, work->arena, &file);
    if (number)
        return command_say_file(work, path, number);
    json_t *body = json_loadb((const char *)file.content.data, file.content.size,
                              JSON_REJECT_DUPLICATES, &problem);
    if (!json_is_object(body)) {
        json_decref(body);
        return command_say_usage(work, "begin with `peregrin factsheet template`",
                                 "%s: line %d: %s", path, body ? 1 : problem.line,
                                 body ? "no object" : problem.text);
    }
    return office_notice_publish(work, &factsheet, command_work_keep(work, body));
}

enum command_exit office_publish_factsheet_list(struct command_work *work)
{
    return office_notice_list(work, "factsheet");
}

enum command_exit office_publish_factsheet_show(struct command_work *work)
{
    return office_notice_show(work, "factsheet", NULL);
}

enum command_exit office_publish_factsheet_retract(struct command_work *work)
{
    return office_notice_retract(work, "factsheet", NULL);
}

/* ---- courses: a sheet, a row each ---- */

enum course {
    CODE,
    TITLE,
    ECTS,
    TITLE_LANGUAGE,
    ISCED_F,
    EQF,
    TERM,
    LANGUAGE,
    HOURS,
    SCHEME,
    COURSE_COLUMNS
};

static const char *const course_titles[COURSE_COLUMNS + 1] = {
    [CODE] = "code",         [TITLE] = "title",
    [ECTS] = "ects",         [TITLE_LANGUAGE] = "title_language",
    [EQF] = "eqf",           [TERM] = "term",
    [LANGUAGE] = "language", [ISCED_F] = "isced_f",
    [HOURS] = "hours",       [SCHEME] = "scheme",
};

static void set_text(json_t *object, const char *name, const char *text)
{
    if (text && *text)
        json_object_set_new(object, name, json_string(text));
}

static void set_number(json_t *object, const char *name, json_int_t number)
{
    if (number >= 0)
        json_object_set_new(object, name, json_integer(number));
}

static json_t *course_read(struct office_grid *grid, const struct sheet_row *row)
{
    static const enum course texts[] = {CODE, TITLE, TITLE_LANGUAGE, ISCED_F, LANGUAGE, SCHEME};
    static const enum course numbers[] = {EQF, TERM, HOURS};
    json_t *course = json_object();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        set_text(course, course_titles[texts[i]], office_grid_cell(grid, row, texts[i]));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        set_number(course, course_titles[numbers[i]], office_grid_number(grid, row, numbers[i]));
    json_int_t credits = office_grid_hundredths(grid, row, ECTS);
    set_number(course, "ects_hundredths", credits);
    if (!json_object_get(course, "code"))
        office_grid_complain(grid, row->number, CODE, "", "the code of the course");
    if (!json_object_get(course, "title"))
        office_grid_complain(grid, row->number, TITLE, "", "the title of the course");
    return course;
}

enum command_exit office_publish_course(struct command_work *work)
{
    struct office_grid grid;
    const char *year = command_work_flag(work, "year");
    if (!year)
        return command_say_usage(work, "add --year 2026/2027", "for which academic year?");
    enum command_exit wrong = office_grid_read(
        work, work->arguments[0], course_titles, ECTS + 1,
        "begin the file with a row of titles: code, title, ects, and what else you have", &grid);
    if (wrong)
        return wrong;
    json_t *list = json_array();
    json_t *body = command_work_keep(work, json_pack("{s:s, s:o}", "year", year, "courses", list));
    for (const struct sheet_row *row = grid.first; row; row = row->next)
        if (!office_grid_blank(&grid, row))
            json_array_append_new(list, course_read(&grid, row));
    wrong = office_grid_verdict(&grid, "published");
    return wrong ? wrong : office_notice_publish(work, &courses, body);
}

enum command_exit office_publish_course_list(struct command_work *work)
{
    return office_notice_list(work, "course_list");
}

enum command_exit office_publish_course_show(struct command_work *work)
{
    return office_notice_show(work, "course_list", command_work_flag(work, "year"));
}

/* ---- grading tables: a sheet, best first ---- */

enum grade { GRADE, PASSING, COUNT, PERCENT, GRADE_COLUMNS };

static const char *const grade_titles[GRADE_COLUMNS + 1] = {
    [GRADE] = "grade", [PASSING] = "passing", [COUNT] = "count", [PERCENT] = "percent"};

/* `12.5` as millionths of a percent; at most four places, which no table has more of. */
static json_int_t millionths(struct office_grid *grid, const struct sheet_row *row)
{
    const char *text = office_grid_cell(grid, row, PERCENT);
    size_t whole = strspn(text, "0123456789");
    json_int_t value = 0;
    if (!text[0])
        return -1;
    for (size_t i = 0; i < whole && whole <= 3; i++)
        value = value * 10 + (text[i] - '0');
    const char *parts = text + whole + (text[whole] == '.' || text[whole] == ',');
    size_t places = strspn(parts, "0123456789");
    if (!whole || whole > 3 || places > 4 || parts[places]) {
        office_grid_complain(grid, row->number, PERCENT, text, "a percentage as 12.5");
        return -1;
    }
    for (size_t i = 0; i < 6; i++)
        value = value * 10 + (i < places ? parts[i] - '0' : 0);
    return value;
}

static json_t *grade_read(struct office_grid *grid, const struct sheet_row *row)
{
    json_t *grade = json_object();
    int passing = office_grid_yes(grid, row, PASSING);
    set_text(grade, "grade", office_grid_cell(grid, row, GRADE));
    set_number(grade, "count", office_grid_number(grid, row, COUNT));
    set_number(grade, "percent_millionths", millionths(grid, row));
    if (passing >= 0)
        json_object_set_new(grade, "passing", json_boolean(passing));
    else if (passing == -1)
        office_grid_complain(grid, row->number, PASSING, "", "yes or no");
    return grade;
}

enum command_exit office_publish_grades(struct command_work *work)
{
    static const char *const texts[][2] = {{"scheme", "scheme"},
                                           {"isced-f", "isced_f"},
                                           {"first-year", "first_year"},
                                           {"last-year", "last_year"},
                                           {"label", "label"}};
    struct office_grid grid;
    unsigned eqf = 0;
    if (!command_work_flag(work, "scheme"))
        return command_say_usage(work, "add --scheme ID, as your transcripts name it",
                                 "of which grading scheme?");
    enum command_exit wrong = command_say_number(work, "eqf", 1, 8, 0, &eqf);
    if (!wrong)
        wrong = office_grid_read(
            work, work->arguments[0], grade_titles, PASSING + 1,
            "begin the file with a row of titles: grade, passing, and count or percent", &grid);
    if (wrong)
        return wrong;
    json_t *list = json_array();
    json_t *body = command_work_keep(work, json_pack("{s:o}", "grades", list));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        set_text(body, texts[i][1], command_work_flag(work, texts[i][0]));
    if (eqf)
        json_object_set_new(body, "eqf", json_integer(eqf));
    for (const struct sheet_row *row = grid.first; row; row = row->next)
        if (!office_grid_blank(&grid, row))
            json_array_append_new(list, grade_read(&grid, row));
    wrong = office_grid_verdict(&grid, "published");
    return wrong ? wrong : office_notice_publish(work, &grades, body);
}

enum command_exit office_publish_grades_list(struct command_work *work)
{
    return office_notice_list(work, "grading_table");
}
