/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
#include "cli/cli_table.h"
#include "office/office_mapping.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A desk with one file on it. */
struct desk {
    struct command_port port;
    struct command_work work;
    const char *file;
    char *said;
    size_t said_size;
    json_t *transcript;
};

static int read_file(void *self, const char *path, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    struct desk *desk = self;
    if (strcmp(path, "map.csv") != 0)
        return ENOENT;
    if (strlen(desk->file) > size_max)
        return EFBIG;
    *out = (struct command_file) {arena_copy(arena, bytes_text(desk->file)), 0600};
    return 0;
}

static const char transcript[] =
    "{\"id\":\"t1\",\"body\":{\"components\":["
    "{\"code\":\"M1\",\"title\":\"Mechanics\",\"ects_hundredths\":550,\"grade\":\"14\","
    "\"passed\":true},"
    "{\"title\":\"-Optics, \\\"wave\\\"\",\"ects_hundredths\":400,\"grade\":\"-3\","
    "\"passed\":true},"
    "{\"title\":\"Dance\",\"ects_hundredths\":0,\"grade\":\"7\",\"passed\":false}],"
    "\"total_hundredths\":950}}";

static int desk_open(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    desk->port = (struct command_port) {.self = desk, .read_file = read_file, .out = stdout};
    desk->port.err = open_memstream(&desk->said, &desk->said_size);
    desk->work = (struct command_work) {
        .port = &desk->port,
        .row = cli_table_find("recognition", "decide"),
        .arena = arena_open(1 << 24),
        .kept = json_array(),
    };
    desk->transcript = json_loads(transcript, 0, NULL);
    *state = desk;
    return desk->work.arena && desk->transcript ? 0 : -1;
}

static int desk_close(void **state)
{
    struct desk *desk = *state;
    fclose(desk->port.err);
    free(desk->said);
    json_decref(desk->transcript);
    json_decref(desk->work.kept);
    arena_close(desk->work.arena);
    free(desk);
    return 0;
}

static struct office_mapping read(struct desk *desk, const char *text)
{
    struct office_mapping mapping;
    desk->file = text;
    assert_int_equal(office_mapping_read(&desk->work, "map.csv", desk->transcript, &mapping),
                     COMMAND_DONE);
    return mapping;
}

static void assert_json(const json_t *value, const char *text)
{
    char *got = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(got, text);
    free(got);
}

static const char *written(struct desk *desk, const json_t *recognition)
{
    struct bytes sheet = office_mapping_write(&desk->work, desk->transcript, recognition);
    assert_non_null(sheet.data);
    return arena_text(desk->work.arena, sheet);
}

static void what_is_proposed_is_read_as_one_for_one(void **state)
{
    struct desk *desk = *state;
    struct office_mapping mapping = read(desk, written(desk, NULL));
    assert_int_equal(mapping.problem_count, 0);
    assert_string_equal(mapping.transcript, "t1");
    assert_json(mapping.recognition,
                "{\"groups\":["
                "{\"components\":[0],\"home\":[{\"ects_hundredths\":550,\"title\":\"Mechanics\"}]},"
                "{\"components\":[1],\"home\":[{\"ects_hundredths\":400,"
                "\"title\":\"-Optics, \\\"wave\\\"\"}]},"
                "{\"components\":[2],\"reason\":\"failed\"}],\"total_hundredths\":950}");
}

/* What a partner wrote is reckoned by no spreadsheet. */
static void no_cell_of_a_sheet_begins_a_formula(void **state)
{
    const char *sheet = written(*state, NULL);
    assert_non_null(strstr(sheet, "\"'-Optics, \"\"wave\"\"\""));
    for (const char *at = sheet; *at; at++)
        if (at == sheet || strchr(",\n\"", at[-1]))
            assert_null(strchr("=+-@", *at));
}

static void rows_of_one_group_belong_together(void **state)
{
    static const char sheet[] = "group;component;home_title;home_ects;home_grade;reason\n"
                                "b;2;Physique;9,5;15;\n"
                                "c;3;;;;failed\n"
                                "b;1;Stage;0;;\n";
    struct desk *desk = *state;
    struct office_mapping mapping = read(desk, sheet);
    assert_int_equal(mapping.problem_count, 0);
    assert_null(mapping.transcript);
    const char *both = "{\"groups\":[{\"components\":[0,1],\"home\":["
                       "{\"ects_hundredths\":950,\"grade\":\"15\",\"title\":\"Physique\"},"
                       "{\"ects_hundredths\":0,\"title\":\"Stage\"}]},"
                       "{\"components\":[2],\"reason\":\"failed\"}],\"total_hundredths\":950}";
    assert_json(mapping.recognition, both);
    /* And it is written and read again as it was. */
    json_t *recognition = json_deep_copy(mapping.recognition);
    assert_json(read(desk, written(desk, recognition)).recognition, both);
    json_decref(recognition);
}

/* Which grade of the host became which by what, in both directions; the note is for the eye. */
static void a_converted_grade_keeps_its_tables_and_its_rule(void **state)
{
    struct desk *desk = *state;
    const char *text =
        "{\"groups\":[{\"components\":[0,1],\"home\":["
        "{\"conversion\":\"middle\",\"ects_hundredths\":950,\"grade\":\"B\",\"home_table\":\"HOME\","
        "\"host_grade\":\"-3\",\"host_table\":\"HOST/DK\",\"title\":\"Physique\"}]},"
        "{\"components\":[2],\"reason\":\"failed\"}],\"total_hundredths\":950}";
    json_t *recognition = json_loads(text, 0, NULL);
    json_t *unit = json_array_get(
        json_object_get(json_array_get(json_object_get(recognition, "groups"), 0), "home"), 0);
    json_object_set_new(unit, "note", json_string("`-3` stands low"));
    const char *sheet = written(desk, recognition);
    assert_non_null(strstr(sheet, "transcript,host_table,home_table,conversion,converted_grade,"
                                  "conversion_note"));
    assert_non_null(strstr(sheet, "`-3` stands low"));
    struct office_mapping mapping = read(desk, sheet);
    assert_int_equal(mapping.problem_count, 0);
    assert_json(mapping.recognition, text);
    json_decref(recognition);
    /* A row of one component means its own grade. */
    mapping = read(desk, "component,home_title,home_ects,home_grade,host_table,reason\n"
                         "1,A,5.5,B,HOST,\n2,B,4,,,\n3,,,,,failed\n");
    assert_json(
        json_object_get(json_array_get(json_object_get(mapping.recognition, "groups"), 0), "home"),
        "[{\"ects_hundredths\":550,\"grade\":\"B\",\"host_grade\":\"14\","
        "\"host_table\":\"HOST\",\"title\":\"A\"}]");
    assert_null(strstr(written(desk, NULL), "host_table"));
}

static void rows_without_a_group_stand_alone(void **state)
{
    struct office_mapping mapping =
        read(*state, "component,home_title,home_ects,reason\n1,A,5.5,\n2,B,4,\n3,,,failed\n");
    assert_int_equal(mapping.problem_count, 0);
    assert_int_equal(json_array_size(json_object_get(mapping.recognition, "groups")), 3);
}

static void what_is_wrong_is_told_by_row_and_column(void **state)
{
    static const struct {
        const char *row, *column, *expected;
    } rows[] = {
        {"1,A,5.5,\n1,B,4,\n2,B,4,", "component", "each component once"},
        {"1,A,5.5,\n2,B,4,\n4,C,1,", "component", "a number from 1 to 3"},
        {"1,A,5.5,\n2,B,4,\nthird,C,1,", "component", "a number from 1 to 3"},
        {"1,A,5.5,\n2,B,4,\n0,C,1,", "component", "a number from 1 to 3"},
        {"1,A,five,\n2,B,4,", "home_ects", "credits as 6 or 5.5"},
        {"1,A,5.555,\n2,B,4,", "home_ects", "credits as 6 or 5.5"},
        {"1,A,-1,\n2,B,4,", "home_ects", "credits as 6 or 5.5"},
        {"1,,5.5,\n2,B,4,", "home_title", "the title of the unit"},
        {"1,A,5.5,", "component", "component 2, which was passed"},
        {"1,A,60,\n2,B,4,", "home_ects", "at most the 9.5 ECTS that were earned"},
        {"1,A,5.5,\n2,B,4,\n,C,1,", "group", "one component of the host at least"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk *desk = *state;
        char sheet[256];
        snprintf(sheet, sizeof sheet, "component,home_title,home_ects,reason\n%s\n", rows[i].row);
        struct office_mapping mapping = read(desk, sheet);
        if (mapping.problem_count != 1)
            fail_msg("row %zu has %zu problems", i, mapping.problem_count);
        assert_string_equal(mapping.problems[0].column, rows[i].column);
        assert_non_null(strstr(mapping.problems[0].expected, rows[i].expected));
    }
}

static void rows_of_two_transcripts_are_a_problem(void **state)
{
    struct office_mapping mapping =
        read(*state, "component,home_title,home_ects,transcript\n1,A,5.5,t1\n2,B,4,t2\n");
    assert_int_equal(mapping.problem_count, 1);
    assert_int_equal(mapping.problems[0].row, 3);
    assert_string_equal(mapping.problems[0].column, "transcript");
}

/* Whatever stands in a title, the sheet's columns are its columns. */
static void titles_with_marks_of_a_sheet_read_back(void **state)
{
    static const char *const marks[] = {"\t", ";", ",", "\"", "\n", "''=", "@"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char title[200] = "a";
        for (size_t j = 0; j < 30; j++)
            strcat(strcat(title, marks[i]), "a");
        json_t *group = json_pack("{s:[i], s:[{s:s, s:i}]}", "components", 0, "home", "title",
                                  title, "ects_hundredths", 550);
        json_t *other = json_pack("{s:[i], s:[{s:s, s:i}]}", "components", 1, "home", "title",
                                  marks[i], "ects_hundredths", 400);
        json_t *recognition =
            json_pack("{s:[o, o], s:i}", "groups", group, other, "total_hundredths", 950);
        if (i < 5)
            json_object_set_new(json_array_get(json_object_get(other, "home"), 0), "title",
                                json_string("b"));
        struct office_mapping mapping = read(desk, written(desk, recognition));
        assert_int_equal(mapping.problem_count, 0);
        assert_true(json_equal(mapping.recognition, recognition));
        json_decref(recognition);
    }
}

/* A name that we do not know chooses nothing, and is not passed over. */
static void an_encoding_that_is_not_known_is_refused(void **state)
{
    struct desk *desk = *state;
    struct office_mapping mapping;
    desk->file = written(desk, NULL);
    desk->work.given[desk->work.given_count++] = (struct command_given) {"encoding", "cp850"};
    assert_int_equal(office_mapping_read(&desk->work, "map.csv", desk->transcript, &mapping),
                     COMMAND_USAGE);
}

static void what_is_no_such_sheet_is_refused(void **state)
{
    static const char *const files[] = {
        "", "\n\n", "hello\n", "component,home_title\n1,A\n", "\xFF\xFE", "PK\x03\x04rubbish"};
    struct desk *desk = *state;
    struct office_mapping mapping;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        desk->file = files[i];
        assert_int_equal(office_mapping_read(&desk->work, "map.csv", desk->transcript, &mapping),
                         COMMAND_USAGE);
    }
    assert_int_equal(office_mapping_read(&desk->work, "no.csv", desk->transcript, &mapping),
                     COMMAND_NOT_FOUND);
}

/* More rows than a transcript can have, and more problems than are kept. */
static void a_sheet_out_of_all_measure_does_no_harm(void **state)
{
    struct desk *desk = *state;
    char *sheet = NULL;
    size_t size;
    struct office_mapping mapping;
    FILE *file = open_memstream(&sheet, &size);
    fputs("component,home_title,home_ects\n", file);
    for (int i = 0; i < 900; i++)
        fprintf(file, "%d,A,9999\n", i);
    fclose(file);
    mapping = read(desk, sheet);
    assert_int_equal(mapping.problem_count, 200);
    free(sheet);
    file = open_memstream(&sheet, &size);
    for (int i = 0; i < 2000; i++)
        fputs("component,home_title,home_ects\n", file);
    fclose(file);
    desk->file = sheet;
    assert_int_equal(office_mapping_read(&desk->work, "map.csv", desk->transcript, &mapping),
                     COMMAND_USAGE);
    free(sheet);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(what_is_proposed_is_read_as_one_for_one),
        CLAIM(no_cell_of_a_sheet_begins_a_formula),
        CLAIM(rows_of_one_group_belong_together),
        CLAIM(a_converted_grade_keeps_its_tables_and_its_rule),
        CLAIM(rows_without_a_group_stand_alone),
        CLAIM(what_is_wrong_is_told_by_row_and_column),
        CLAIM(rows_of_two_transcripts_are_a_problem),
        CLAIM(titles_with_marks_of_a_sheet_read_back),
        CLAIM(an_encoding_that_is_not_known_is_refused),
        CLAIM(what_is_no_such_sheet_is_refused),
        CLAIM(a_sheet_out_of_all_measure_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
