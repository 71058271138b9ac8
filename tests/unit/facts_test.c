/* links: base seal record rules */
/* The demo's facts in certs/demo are what certs/README.md says of them. */
#include "rules/form.h"
#include "rules/rules.h"

#include "mobility.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CELLS_MAX = 20, LINE_MAX_BYTES = 1024, COMPONENTS_MAX = 16 };

/* One row of a table, its cells in the order of the header. */
struct row {
    char line[LINE_MAX_BYTES];
    char *cells[CELLS_MAX];
};

/* Cuts the line at its commas; a quoted cell may hold some, and no quotes. */
static void row_cut(struct row *row, size_t cells)
{
    char *at = row->line;
    row->line[strcspn(row->line, "\n")] = '\0';
    for (size_t i = 0; i < cells; i++) {
        bool quoted = *at == '"';
        row->cells[i] = at += quoted;
        at += strcspn(at, quoted ? "\"" : ",");
        if (quoted)
            *at++ = '\0';
        assert_int_equal(*at, i + 1 < cells ? ',' : '\0');
        *at++ = '\0';
    }
}

static FILE *table_open(const char *path, const char *header)
{
    char line[LINE_MAX_BYTES];
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s cannot be opened", path);
    assert_non_null(fgets(line, sizeof line, file));
    line[strcspn(line, "\n")] = '\0';
    assert_string_equal(line, header);
    return file;
}

static bool row_read(FILE *file, struct row *row, size_t cells)
{
    if (!fgets(row->line, sizeof row->line, file))
        return false;
    row_cut(row, cells);
    return true;
}

static char *present(char *cell)
{
    return *cell ? cell : NULL;
}

static uint32_t number(const char *cell)
{
    return (uint32_t)strtoul(cell, NULL, 10);
}

/* Hundredths of a decimal with at most two places. */
static uint32_t hundredths(const char *cell)
{
    char *rest;
    uint32_t whole = (uint32_t)strtoul(cell, &rest, 10), part = 0;
    for (int i = 0; i < 2; i++)
        part = part * 10 + (uint32_t)(*rest == '.' && rest[1 + i] ? rest[1 + i] - '0' : 0);
    return whole * 100 + part;
}

static const char institutions_header[] = "schac,name,country,erasmus_code,pic";

static bool is_institution(const char *schac)
{
    FILE *file = table_open("certs/demo/institutions.csv", institutions_header);
    struct row row;
    bool found = false;
    while (row_read(file, &row, 5))
        found = found || strcmp(row.cells[0], schac) == 0;
    fclose(file);
    return found;
}

static void the_five_institutions_have_codes_of_their_form(void **)
{
    FILE *file = table_open("certs/demo/institutions.csv", institutions_header);
    struct row row;
    size_t count = 0;
    for (; row_read(file, &row, 5); count++) {
        assert_true(header_schac_valid(bytes_text(row.cells[0])));
        assert_true(form_line(bytes_text(row.cells[1]), 1, 128));
        assert_true(form_country(bytes_text(row.cells[2])));
        assert_true(!*row.cells[3] || form_erasmus(bytes_text(row.cells[3])));
        assert_true(!*row.cells[4] || strspn(row.cells[4], "0123456789") == 9);
    }
    fclose(file);
    assert_int_equal(count, 5);
}

static uint32_t mobility_of(const char *cell)
{
    static const char *const names[] = {"",         "studies",  "traineeship", "blended",
                                        "doctoral", "teaching", "training",    "virtual"};
    uint32_t found = 0;
    for (uint32_t i = 1; i < sizeof names / sizeof *names; i++)
        if (strcmp(cell, names[i]) == 0)
            found = i;
    return found;
}

static size_t languages_of(char *cell, Peregrin__LanguageSkill skills[static 4])
{
    size_t count = 0;
    char *rest;
    for (char *word = strtok_r(cell, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
        assert_true(count < 4);
        skills[count] = (Peregrin__LanguageSkill)PEREGRIN__LANGUAGE_SKILL__INIT;
        skills[count].language = word;
        skills[count++].level = strtok_r(NULL, ", ", &rest);
    }
    return count;
}

static void keep(void *self, const struct rules_finding *finding)
{
    *(struct rules_finding *)self = *finding;
}

/* How many findings there are in a row; the last one in *finding. */
static size_t nomination_judge(struct row *row, struct rules_finding *finding)
{
    char **cells = row->cells;
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination body = PEREGRIN__NOMINATION__INIT;
    Peregrin__LanguageSkill skills[4],
        *listed[4] = {&skills[0], &skills[1], &skills[2], &skills[3]};
    person.family_name = present(cells[6]);
    person.given_names = present(cells[7]);
    person.birth_date = present(cells[8]);
    person.nationality = present(cells[10]);
    person.email = present(cells[11]);
    person.esi = present(cells[12]);
    body.person = &person;
    body.year = present(cells[1]);
    body.has_term = *cells[2];
    body.term = number(cells[2]);
    body.has_mobility = true;
    body.mobility = mobility_of(cells[3]);
    body.has_eqf = *cells[4];
    body.eqf = number(cells[4]);
    body.isced_f = present(cells[5]);
    body.start = present(cells[13]);
    body.end = present(cells[14]);
    body.n_languages = languages_of(cells[15], skills);
    body.languages = listed;
    body.agreement = present(cells[16]);
    body.condition = present(cells[17]);
    body.comment = present(cells[19]);
    assert_true(!*cells[9] || strcmp(cells[9], "f") == 0 || strcmp(cells[9], "m") == 0);
    assert_true(strcmp(cells[18], "yes") == 0 || strcmp(cells[18], "no") == 0);
    return rules_form(kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1), &body.base, keep, finding);
}

static void four_of_the_48_nominations_are_wrong(void **)
{
    static const struct {
        size_t row;
        const char *rule;
    } wrong[] = {
        {7, "nomination.email"}, {18, NULL}, {29, "nomination.start"}, {41, "nomination.isced_f"}};
    FILE *file =
        table_open("certs/demo/nominations.csv",
                   "partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,gender,"
                   "nationality,email,esi,start,end,languages,agreement,condition,support,comment");
    struct row row;
    size_t count = 0, found = 0;
    while (row_read(file, &row, CELLS_MAX)) {
        struct rules_finding finding = {0};
        size_t findings = nomination_judge(&row, &finding);
        bool known = is_institution(row.cells[0]);
        count++;
        if (findings == 0 && known)
            continue;
        assert_true(found < sizeof wrong / sizeof *wrong);
        assert_int_equal(count, wrong[found].row);
        assert_int_equal(findings, wrong[found].rule ? 1 : 0);
        assert_true(known == (wrong[found].rule != NULL));
        if (wrong[found].rule)
            assert_string_equal(finding.rule, wrong[found].rule);
        found++;
    }
    fclose(file);
    assert_int_equal(count, 48);
    assert_int_equal(found, sizeof wrong / sizeof *wrong);
}

static const char courses_header[] = "code,title,isced_f,ects,language";

/* The course of a code, or nothing. */
static bool course_find(const char *code, struct row *row)
{
    FILE *file = table_open("certs/demo/courses.csv", courses_header);
    bool found = false;
    while (!found && row_read(file, row, 5))
        found = strcmp(row->cells[0], code) == 0;
    fclose(file);
    return found;
}

static const char results_header[] =
    "esi,code,title,isced_f,ects,grade,passed,term,language,start,end,issued_on";

enum { RESULT_CELLS = 12 };

/* The unit of a result, as the course list has it; the strings are views of the row. */
static void component_make(struct row *result, Peregrin__Component *out)
{
    struct row course;
    char **cells = result->cells;
    if (!course_find(cells[1], &course))
        fail_msg("no course %s", cells[1]);
    assert_string_equal(cells[2], course.cells[1]);
    assert_string_equal(cells[3], course.cells[2]);
    assert_string_equal(cells[8], course.cells[4]);
    bool passed = strcmp(cells[6], "yes") == 0;
    assert_true(passed || strcmp(cells[6], "no") == 0);
    assert_int_equal(hundredths(cells[4]), passed ? hundredths(course.cells[3]) : 0);
    *out = (Peregrin__Component)PEREGRIN__COMPONENT__INIT;
    out->code = cells[1];
    out->title = cells[2];
    out->isced_f = cells[3];
    out->has_ects_hundredths = out->has_passed = out->has_term = true;
    out->ects_hundredths = hundredths(cells[4]);
    out->grade = cells[5];
    out->passed = passed;
    out->term = number(cells[7]);
    out->language = cells[8];
}

/* All units of the student in one transcript; returns how many. */
static size_t transcript_judge(const char *esi)
{
    static struct row results[COMPONENTS_MAX];
    Peregrin__Component units[COMPONENTS_MAX], *listed[COMPONENTS_MAX];
    Peregrin__CreditRecord body = PEREGRIN__CREDIT_RECORD__INIT;
    FILE *file = table_open("certs/demo/transcripts.csv", results_header);
    size_t count = 0;
    while (row_read(file, &results[count], RESULT_CELLS)) {
        if (strcmp(results[count].cells[0], esi) != 0)
            continue;
        component_make(&results[count], &units[count]);
        body.total_hundredths += units[count].ects_hundredths;
        listed[count] = &units[count];
        assert_true(++count < COMPONENTS_MAX);
    }
    fclose(file);
    assert_true(count > 0);
    body.start = results[0].cells[9];
    body.end = results[0].cells[10];
    body.issued_on = results[0].cells[11];
    body.has_total_hundredths = true;
    body.n_components = count;
    body.components = listed;
    struct rules_finding finding = {0};
    if (rules_form(kind_find(PEREGRIN__KIND__KIND_CREDIT_RECORD, 1), &body.base, keep, &finding))
        fail_msg("%s in %s", finding.rule, esi);
    return count;
}

static void every_result_belongs_to_a_course_and_makes_a_transcript(void **)
{
    FILE *file = table_open("certs/demo/transcripts.csv", results_header);
    struct row row;
    size_t results = 0, students = 0, units = 0;
    char before[LINE_MAX_BYTES] = "";
    while (row_read(file, &row, RESULT_CELLS)) {
        results++;
        assert_true(form_esi(bytes_text(row.cells[0])));
        if (strcmp(row.cells[0], before) == 0)
            continue;
        strcpy(before, row.cells[0]);
        units += transcript_judge(before);
        students++;
    }
    fclose(file);
    assert_int_equal(results, 32);
    assert_int_equal(units, results);
    assert_int_equal(students, 8);
}

static void every_course_has_a_field_and_credits(void **)
{
    FILE *file = table_open("certs/demo/courses.csv", courses_header);
    struct row row;
    size_t count = 0;
    for (; row_read(file, &row, 5); count++) {
        assert_true(form_line(bytes_text(row.cells[1]), 1, 256));
        assert_true(form_isced_f(bytes_text(row.cells[2])));
        assert_in_range(hundredths(row.cells[3]), 300, 3000);
        assert_true(form_language(bytes_text(row.cells[4])));
    }
    fclose(file);
    assert_int_equal(count, 24);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_five_institutions_have_codes_of_their_form),
        cmocka_unit_test(four_of_the_48_nominations_are_wrong),
        cmocka_unit_test(every_course_has_a_field_and_credits),
        cmocka_unit_test(every_result_belongs_to_a_course_and_makes_a_transcript),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
