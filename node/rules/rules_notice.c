#include "rules/rules_notice.h"

#include "notice.pb-c.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    GRADES_MIN = 2,
    GRADES_MAX = 101, /* 0 to 100 */
    GRADE_MAX = 32,
    SCHEME_MAX = 32,
    LABEL_MAX = 128,
    COUNT_MAX = 100000000,
    PERCENT_MAX = 100 * 1000000,
    COURSES_MAX = 500,
    CODE_MAX = 64,
    TITLE_MAX = 256,
    UNIT_HUNDREDTHS_MAX = 60 * 100, /* a full year in one unit */
    HOURS_MAX = 10000,
};

/* An id that stands in files, addresses and other records. */
static bool is_scheme(const char *text)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t size = text ? strlen(text) : 0;
    return size >= 1 && size <= SCHEME_MAX && strspn(text, set) == size;
}

static bool is_level(bool has, uint32_t eqf)
{
    return !has || (eqf >= 1 && eqf <= 8);
}

/* ---- grading tables ---- */

static const Peregrin__GradingTable *table(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__grading_table__descriptor);
    return (const Peregrin__GradingTable *)subject->body;
}

static const Peregrin__NoticeGrade *grade(const struct rules_case *subject, size_t element)
{
    assert(element < table(subject)->n_grades);
    return table(subject)->grades[element];
}

static size_t grades(const ProtobufCMessage *body)
{
    return ((const Peregrin__GradingTable *)body)->n_grades;
}

static bool table_scheme(const struct rules_case *subject, size_t)
{
    return is_scheme(table(subject)->scheme);
}

static bool grades_counted(const struct rules_case *subject, size_t)
{
    return table(subject)->n_grades >= GRADES_MIN && table(subject)->n_grades <= GRADES_MAX;
}

static bool grade_label(const struct rules_case *subject, size_t element)
{
    return rung_line(grade(subject, element)->grade, GRADE_MAX);
}

static bool grade_once(const struct rules_case *subject, size_t element)
{
    const char *own = grade(subject, element)->grade;
    for (size_t i = 0; own && i < element; i++)
        if (grade(subject, i)->grade && strcmp(grade(subject, i)->grade, own) == 0)
            return false;
    return true;
}

static bool grade_passing(const struct rules_case *subject, size_t element)
{
    return grade(subject, element)->has_passing;
}

static bool grade_order(const struct rules_case *subject, size_t element)
{
    const Peregrin__NoticeGrade *own = grade(subject, element);
    return element == 0 || !own->has_passing || !own->passing ||
           grade(subject, element - 1)->passing;
}

/* Counts, or percentages where an institution publishes no others: of all grades the same. */
static bool grade_count(const struct rules_case *subject, size_t element)
{
    const Peregrin__NoticeGrade *own = grade(subject, element), *first = grade(subject, 0);
    return own->has_count != own->has_percent_millionths && own->has_count == first->has_count &&
           own->count <= COUNT_MAX && own->percent_millionths <= PERCENT_MAX;
}

static bool something_passes(const struct rules_case *subject, size_t)
{
    for (size_t i = 0; i < table(subject)->n_grades; i++)
        if (grade(subject, i)->passing &&
            (grade(subject, i)->count || grade(subject, i)->percent_millionths))
            return true;
    return table(subject)->n_grades == 0;
}

static bool table_isced_f(const struct rules_case *subject, size_t)
{
    return rung_absent_or(table(subject)->isced_f, form_isced_f_any);
}

static bool table_eqf(const struct rules_case *subject, size_t)
{
    return is_level(table(subject)->has_eqf, table(subject)->eqf);
}

static bool table_years(const struct rules_case *subject, size_t)
{
    const char *first = table(subject)->first_year, *last = table(subject)->last_year;
    return rung_absent_or(first, form_year) && rung_absent_or(last, form_year) && !first == !last &&
           (!first || strcmp(first, last) <= 0);
}

static bool table_label(const struct rules_case *subject, size_t)
{
    return rung_line_absent_or(table(subject)->label, LABEL_MAX);
}

static const struct rung grading[] = {
    {.row = {"grading_table.scheme", "scheme",
             "1 to 32 letters, digits, dots, dashes and underscores",
             "Give the scheme an id, and keep it: transcripts name it."},
     .holds = table_scheme},
    {.row = {"grading_table.grades", "grades", "2 to 101 grades",
             "Enter all grades of the scheme, best first."},
     .holds = grades_counted},
    {.row = {"grading_table.grade", "grades.grade", "1 to 32 characters on one line, no blank ends",
             "Enter the grade as your institution writes it."},
     .holds = grade_label,
     .each = grades},
    {.row = {"grading_table.grade_once", "grades.grade", "each grade once",
             "Add the counts of the two rows up."},
     .holds = grade_once,
     .each = grades},
    {.row = {"grading_table.passing", "grades.passing", "passing or not, said of each grade",
             "Say whether who has this grade passed."},
     .holds = grade_passing,
     .each = grades},
    {.row = {"grading_table.order", "grades.passing", "grades that pass before those that do not",
             "Put the grades in order, best first."},
     .holds = grade_order,
     .each = grades},
    {.row = {"grading_table.count", "grades.count",
             "how often each was given, or of each its percentage",
             "Enter the count of each grade, 0 where it was not given."},
     .holds = grade_count,
     .each = grades},
    {.row = {"grading_table.counted", "grades.count", "a grade that passes and was given",
             "Enter how often the grades were given."},
     .holds = something_passes},
    {.row = {"grading_table.isced_f", "isced_f", "two to four digits of a field of ISCED-F 2013",
             "Correct the field, or leave it out: then it is the whole institution."},
     .holds = table_isced_f},
    {.row = {"grading_table.eqf", "eqf", "a level of the EQF, 1 to 8",
             "Correct the level, or leave it out: then it is all of them."},
     .holds = table_eqf},
    {.row = {"grading_table.years", "last_year",
             "academic years like 2026/2027, both or none, in their order",
             "Correct the period of the counts."},
     .holds = table_years},
    {.row = {"grading_table.label", "label", "1 to 128 characters on one line, no blank ends",
             "Shorten the label or leave it out."},
     .holds = table_label},
};

const struct rung_step rules_notice_grading = {grading, sizeof grading / sizeof *grading};

/* ---- course lists ---- */

static const Peregrin__CourseList *list(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__course_list__descriptor);
    return (const Peregrin__CourseList *)subject->body;
}

static const Peregrin__NoticeCourse *course(const struct rules_case *subject, size_t element)
{
    assert(element < list(subject)->n_courses);
    return list(subject)->courses[element];
}

static size_t courses(const ProtobufCMessage *body)
{
    return ((const Peregrin__CourseList *)body)->n_courses;
}

static bool list_year(const struct rules_case *subject, size_t)
{
    return rung_given(list(subject)->year, form_year);
}

static bool courses_counted(const struct rules_case *subject, size_t)
{
    return list(subject)->n_courses >= 1 && list(subject)->n_courses <= COURSES_MAX;
}

static bool course_code(const struct rules_case *subject, size_t element)
{
    return rung_line(course(subject, element)->code, CODE_MAX);
}

/* A course of both terms may stand in the list once for each. */
static bool course_once(const struct rules_case *subject, size_t element)
{
    const Peregrin__NoticeCourse *own = course(subject, element);
    for (size_t i = 0; own->code && i < element; i++) {
        const Peregrin__NoticeCourse *earlier = course(subject, i);
        if (earlier->code && strcmp(earlier->code, own->code) == 0 && earlier->term == own->term)
            return false;
    }
    return true;
}

static bool course_title(const struct rules_case *subject, size_t element)
{
    return rung_line(course(subject, element)->title, TITLE_MAX);
}

static bool course_title_language(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(course(subject, element)->title_language, form_language_tag);
}

static bool course_ects(const struct rules_case *subject, size_t element)
{
    return course(subject, element)->has_ects_hundredths &&
           course(subject, element)->ects_hundredths <= UNIT_HUNDREDTHS_MAX;
}

static bool course_isced_f(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(course(subject, element)->isced_f, form_isced_f_any);
}

static bool course_eqf(const struct rules_case *subject, size_t element)
{
    return is_level(course(subject, element)->has_eqf, course(subject, element)->eqf);
}

static bool course_term(const struct rules_case *subject, size_t element)
{
    const Peregrin__NoticeCourse *own = course(subject, element);
    return !own->has_term || own->term == 1 || own->term == 2;
}

static bool course_language(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(course(subject, element)->language, form_language);
}

static bool course_hours(const struct rules_case *subject, size_t element)
{
    return course(subject, element)->hours <= HOURS_MAX;
}

static bool course_scheme(const struct rules_case *subject, size_t element)
{
    const char *own = course(subject, element)->scheme;
    return !own || is_scheme(own);
}

static const struct rung listed[] = {
    {.row = {"course_list.year", "year", "an academic year like 2026/2027",
             "Correct the academic year."},
     .holds = list_year},
    {.row = {"course_list.courses", "courses", "1 to 500 courses",
             "List what incoming students can take, and publish the rest on your website."},
     .holds = courses_counted},
    {.row = {"course_list.code", "courses.code", "1 to 64 characters on one line, no blank ends",
             "Enter the code of the course."},
     .holds = course_code,
     .each = courses},
    {.row = {"course_list.course_once", "courses.code", "each course once in a term",
             "Take the course out that stands there twice."},
     .holds = course_once,
     .each = courses},
    {.row = {"course_list.title", "courses.title", "1 to 256 characters on one line, no blank ends",
             "Enter the title of the course."},
     .holds = course_title,
     .each = courses},
    {.row = {"course_list.title_language", "courses.title_language",
             "a language tag like fr or uk-Latn", "Correct the tag or leave it out."},
     .holds = course_title_language,
     .each = courses},
    {.row = {"course_list.ects", "courses.ects_hundredths",
             "hundredths of an ECTS credit, at most 60 credits", "Enter the credits: 5.5 are 550."},
     .holds = course_ects,
     .each = courses},
    {.row = {"course_list.isced_f", "courses.isced_f",
             "two to four digits of a field of ISCED-F 2013", "Correct the field or leave it out."},
     .holds = course_isced_f,
     .each = courses},
    {.row = {"course_list.eqf", "courses.eqf", "a level of the EQF, 1 to 8",
             "Correct the level or leave it out."},
     .holds = course_eqf,
     .each = courses},
    {.row = {"course_list.term", "courses.term", "1 or 2; nothing where it is either or both",
             "Correct the term or leave it out."},
     .holds = course_term,
     .each = courses},
    {.row = {"course_list.language", "courses.language", "a language code of ISO 639-1 like nl",
             "Use the two-letter code or leave it out."},
     .holds = course_language,
     .each = courses},
    {.row = {"course_list.hours", "courses.hours", "at most 10,000 hours", "Correct the hours."},
     .holds = course_hours,
     .each = courses},
    {.row = {"course_list.scheme", "courses.scheme",
             "1 to 32 letters, digits, dots, dashes and underscores",
             "Use the id of a grading scheme or leave it out."},
     .holds = course_scheme,
     .each = courses},
};

const struct rung_step rules_notice_courses = {listed, sizeof listed / sizeof *listed};
