/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
/* `peregrin grade convert` without a node: what stands on the terminal, and how each wrong file or
 * flag ends. */
#include "cli/cli.h"
#include "command/command.h"
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS = 24 };

static const struct {
    const char *name, *content;
} files[] = {
    {"tables.csv", "table_id,rank_best_first,grade,count,passing\n"
                   "DK,1,12,10,\nDK,2,7,50,\nDK,3,02,40,\nDK,4,-3,9,no\n"
                   "BE,1,20,25,\nBE,2,14,50,\nBE,3,10,25,\n"},
    {"fails.csv", "table_id,rank,grade,count,kind\n"
                  "X,1,A,30,counts incl. fails\nX,2,B,30,\nX,3,F,9,\n"},
    {"levels.csv", "table_id,system,target_grade,from,to\n"
                   "L,IT 0-30L,A,30,30L\nL,IT 0-30L,B,29,29\nL,DE/AT 1-5,A,1,1\n"},
    {"bad.csv", "table_id,rank,grade,count\nX,1,A,many\n"},
    {"no.csv", "hello\n"},
};

static int read_file(void *, const char *path, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(path, files[i].name) != 0)
            continue;
        struct bytes content = bytes_text(files[i].content);
        *out = (struct command_file) {arena_copy(arena, content), 0600};
        return content.size > size_max ? EFBIG : 0;
    }
    return ENOENT;
}

static char *out_text, *err_text;

/* The words after `peregrin grade convert`, divided by `|`; 0 columns: a pipe. */
static enum command_exit convert(const char *words, unsigned columns)
{
    size_t out_size, err_size;
    char *said = strdup(words), *arguments[ARGUMENTS] = {"peregrin", "grade", "convert"};
    int count = 3;
    for (char *word = strtok(said, "|"); word && count < ARGUMENTS; word = strtok(NULL, "|"))
        arguments[count++] = word;
    free(out_text);
    free(err_text);
    struct command_port port = {.read_file = read_file, .columns = columns};
    port.out = open_memstream(&out_text, &out_size);
    port.err = open_memstream(&err_text, &err_size);
    enum command_exit status = cli_run(&port, count, arguments);
    fclose(port.out);
    fclose(port.err);
    free(said);
    return status;
}

#define TABLES "--file|tables.csv|--from|DK|--to|BE|--rule|"

static void the_answer_stands_last_with_its_rule(void **)
{
    static const struct {
        const char *words, *result;
    } cases[] = {{TABLES "middle|7", "`7` becomes `14`"},
                 {TABLES "maximum|7", "`7` becomes `20`"},
                 {TABLES "minimum|02", "`02` becomes `10`"},
                 {TABLES "middle|02", "`02` becomes `10`"},
                 {TABLES "minimum|12", "`12` becomes `20`"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(convert(cases[i].words, 80), COMMAND_DONE);
        assert_non_null(strstr(out_text, cases[i].result));
        assert_non_null(strstr(out_text, "1  DK: 3 grades pass, given 100 times in all; 1 that "
                                         "fails is left out\n"));
    }
}

static void both_tables_are_drawn_as_wide_as_the_terminal_allows(void **)
{
    static const unsigned terminals[] = {0, 40, 80, 98, 300};
    static const size_t widths[] = {72, 38, 78, 96, 96};
    for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
        size_t bars = 0;
        assert_int_equal(convert(TABLES "middle|7", terminals[i]), COMMAND_DONE);
        for (char *line = strtok(out_text, "\n"); line; line = strtok(NULL, "\n")) {
            bool bar = strstr(line, "░") && strstr(line, "█");
            bars += bar;
            if (bar || strstr(line, "│"))
                assert_int_equal(text_width(bytes_text(line)), widths[i] + 2);
        }
        assert_int_equal(bars, 2);
    }
    assert_int_equal(convert(TABLES "middle|7", 30), COMMAND_DONE);
    assert_null(strstr(out_text, "█"));
}

static void programs_get_json_or_one_line(void **)
{
    assert_int_equal(convert("--plain|" TABLES "middle|7", 80), COMMAND_DONE);
    assert_string_equal(out_text, "7\t14\tdistribution\tmiddle\n");
    assert_int_equal(convert("--json|" TABLES "middle|7", 80), COMMAND_DONE);
    json_t *json = json_loads(out_text, 0, NULL);
    const json_t *told = json_object_get(json, "conversion"), *home = json_object_get(told, "home");
    assert_string_equal(json_string_value(json_object_get(told, "result")), "14");
    assert_int_equal(json_integer_value(json_object_get(home, "first")), 0);
    assert_int_equal(json_integer_value(json_object_get(home, "last")), 1);
    assert_int_equal(json_integer_value(json_object_get(home, "total")), 100);
    json_decref(json);
}

static void levels_say_that_they_are_no_distribution(void **)
{
    assert_int_equal(convert("--file|levels.csv|--from|L/IT 0-30L|30 e lode", 80), COMMAND_DONE);
    assert_non_null(strstr(out_text, "No distribution is used"));
    assert_non_null(strstr(out_text, "`30 e lode` becomes `A` (levels)"));
    assert_int_equal(convert("--file|levels.csv|--from|L/IT 0-30L|--to|L/DE/AT 1-5|30", 80),
                     COMMAND_DONE);
    assert_non_null(strstr(out_text, "`30` becomes `1` (levels)"));
}

static void what_is_wrong_ends_with_its_status_and_what_to_do(void **)
{
    static const struct {
        const char *words;
        enum command_exit status;
        const char *said;
    } cases[] = {
        {TABLES "middle|-3", COMMAND_REFUSED,
         "this grade fails: there is nothing to convert: `-3`"},
        {TABLES "middle|2", COMMAND_NOT_FOUND, "this grade is not in the table: `2`"},
        {TABLES "mean|7", COMMAND_USAGE, "mean"},
        {"--file|tables.csv|--from|DK|--to|BE|7", COMMAND_REFUSED, "minimum, middle or maximum"},
        {"--file|tables.csv|--from|DK|--rule|middle|7", COMMAND_NOT_FOUND, "no table of the home"},
        {"--file|tables.csv|--from|FR|--to|BE|--rule|middle|7", COMMAND_NOT_FOUND, "`FR`"},
        {"--file|tables.csv|--to|BE|--rule|middle|7", COMMAND_USAGE, "--from"},
        {"--file|fails.csv|--from|X|--to|X|--rule|middle|A", COMMAND_REFUSED,
         "--fails TABLE=GRADE"},
        {"--file|fails.csv|--fails|X|--from|X|--to|X|--rule|middle|A", COMMAND_USAGE,
         "--fails TABLE=GRADE"},
        {"--file|fails.csv|--fails|X=Z|--from|X|--to|X|--rule|middle|A", COMMAND_USAGE,
         "X has no grade `Z`"},
        {"--file|fails.csv|--fails|X=F|--from|X|--to|X|--rule|middle|A", COMMAND_DONE, ""},
        {"--file|tables.csv|--file|levels.csv|--from|DK|--to|L|--rule|middle|7", COMMAND_REFUSED,
         "cannot be compared"},
        {"--file|levels.csv|--from|L/NL|7", COMMAND_NOT_FOUND, "`NL`"},
        {"--file|bad.csv|--from|X|--to|X|--rule|middle|A", COMMAND_PROBLEMS, "mend the file"},
        {"--file|no.csv|--from|X|--to|X|--rule|middle|A", COMMAND_PROBLEMS, "table_id"},
        {"--file|away.csv|--from|X|--to|X|--rule|middle|A", COMMAND_NOT_FOUND, "away.csv"},
        {"--file|tables.csv|--encoding|cp1251|--from|DK|--to|BE|--rule|middle|7", COMMAND_USAGE,
         "cp1251"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum command_exit status = convert(cases[i].words, 80);
        if (status != cases[i].status || !strstr(err_text, cases[i].said))
            fail_msg("%s: %d, %s", cases[i].words, status, err_text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_stands_last_with_its_rule),
        cmocka_unit_test(both_tables_are_drawn_as_wide_as_the_terminal_allows),
        cmocka_unit_test(programs_get_json_or_one_line),
        cmocka_unit_test(levels_say_that_they_are_no_distribution),
        cmocka_unit_test(what_is_wrong_ends_with_its_status_and_what_to_do),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(out_text);
    free(err_text);
    return failed;
}
