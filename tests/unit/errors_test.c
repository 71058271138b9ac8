/* links: base seal record rules */
/* Every error that the core can earn somebody has a code, a sentence, a remedy and an exit status,
 * and some test names it. */
#include "base/fault.h"
#include "base/verdict.h"
#include "rules/rules.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EXIT_FIRST = 1, EXIT_LAST = 11, NAME_SIZE = 128 };

static const char *const places[] = {
    "tests/unit/*.[ch]", "tests/contract/*.c", "tests/stories/*.story", "tests/stories/*.c",
    "tests/e2e/*.sh",    "tests/e2e/*.py",     "tests/journeys/*.pipe", "tests/journeys/*.journey"};

/* All texts of the tests, one behind the other. */
static char *said;

/* A list of all names exercises none of them. */
static bool lists_all(const char *path)
{
    return strstr(path, "errors_test") || strstr(path, "base_test");
}

static int read_tests(void **)
{
    size_t size = 0;
    FILE *all = open_memstream(&said, &size);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        glob_t found;
        if (glob(places[i], 0, NULL, &found) != 0)
            continue;
        for (size_t j = 0; j < found.gl_pathc; j++) {
            FILE *one = fopen(found.gl_pathv[j], "r");
            int letter;
            if (!one || lists_all(found.gl_pathv[j]))
                continue;
            while ((letter = fgetc(one)) != EOF)
                fputc(letter, all);
            fclose(one);
        }
        globfree(&found);
    }
    fclose(all);
    return size == 0; /* run from the root of the repository */
}

static int forget_tests(void **)
{
    free(said);
    return 0;
}

static bool is_word(char letter)
{
    return letter == '_' || (letter >= '0' && letter <= '9') ||
           ((letter | 0x20) >= 'a' && (letter | 0x20) <= 'z');
}

static bool some_test_names(const char *word)
{
    size_t size = strlen(word);
    for (const char *at = strstr(said, word); at; at = strstr(at + 1, word))
        if ((at == said || !is_word(at[-1])) && !is_word(at[size]))
            return true;
    return false;
}

static void upper(const char *prefix, const char *code, char out[static NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "%s%s", prefix, code);
    for (char *letter = out; *letter; letter++)
        if (*letter >= 'a' && *letter <= 'z')
            *letter = (char)(*letter - 'a' + 'A');
}

/* By its name in C, or by its code as JSON and tests of JSON have it. */
static bool some_test_earns(const char *prefix, const char *code)
{
    char name[NAME_SIZE], quoted[NAME_SIZE];
    upper(prefix, code, name);
    snprintf(quoted, sizeof quoted, "\"%s\"", code);
    bool common = strcmp(prefix, "FAULT_") == 0; /* `file` and `key` are words of other things */
    return some_test_names(name) || (!common && strstr(said, quoted));
}

/* A sentence is no code, has no full stop of its own, and the remedy says something. */
static void check_texts(const char *code, const char *sentence, const char *remedy, int status)
{
    if (!code || !*code || strlen(sentence) < 8 || strlen(remedy) < 8 ||
        sentence[strlen(sentence) - 1] == '.')
        print_error("%s: \"%s\", \"%s\"\n", code ? code : "no code", sentence, remedy);
    assert_true(code && *code && code[strspn(code, "abcdefghijklmnopqrstuvwxyz_")] == '\0');
    assert_true(strlen(sentence) >= 8 && sentence[strlen(sentence) - 1] != '.');
    assert_true(strlen(remedy) >= 8);
    assert_in_range(status, EXIT_FIRST, EXIT_LAST);
}

static void every_verdict_has_code_sentence_remedy_and_exit(void **)
{
    for (enum verdict one = VERDICT_FINE + 1; one < VERDICT_COUNT; one++) {
        const struct verdict_text *text = verdict_text(one);
        check_texts(text->code, text->sentence, text->remedy, text->exit_status);
        for (enum verdict other = VERDICT_FINE; other < one; other++)
            assert_string_not_equal(text->code, verdict_text(other)->code);
    }
}

static void every_fault_has_code_sentence_remedy_and_exit(void **)
{
    for (enum fault one = FAULT_NONE + 1; one < FAULT_COUNT; one++) {
        const struct fault_text *text = fault_text(one);
        check_texts(text->code, text->sentence, text->remedy, text->exit_status);
        for (enum fault other = FAULT_NONE; other < one; other++)
            assert_string_not_equal(text->code, fault_text(other)->code);
        for (enum verdict other = VERDICT_FINE; other < VERDICT_COUNT; other++)
            assert_string_not_equal(text->code, verdict_text(other)->code);
    }
}

static void every_rule_has_id_expectation_and_remedy(void **)
{
    const struct rules_row *row;
    for (size_t i = 0; (row = rules_row(i)); i++) {
        if (!row->rule || !row->expected || !row->remedy || !*row->expected || !*row->remedy)
            print_error("rule %s says too little\n", row->rule);
        assert_true(row->rule && strchr(row->rule, '.'));
        assert_true(row->expected && *row->expected);
        assert_true(row->remedy && *row->remedy);
        for (size_t j = 0; j < i; j++)
            if (strcmp(row->rule, rules_row(j)->rule) == 0)
                assert_true(row->field && rules_row(j)->field &&
                            strcmp(row->field, rules_row(j)->field) != 0);
    }
}

static void every_verdict_is_named_by_a_test(void **)
{
    size_t missing = 0;
    for (enum verdict one = VERDICT_FINE + 1; one < VERDICT_COUNT; one++) {
        if (some_test_earns("VERDICT_", verdict_text(one)->code))
            continue;
        print_error("no test earns the verdict %s\n", verdict_text(one)->code);
        missing++;
    }
    assert_int_equal(missing, 0);
}

static void every_fault_is_named_by_a_test(void **)
{
    size_t missing = 0;
    for (enum fault one = FAULT_NONE + 1; one < FAULT_COUNT; one++) {
        if (some_test_earns("FAULT_", fault_text(one)->code))
            continue;
        print_error("no test earns the fault %s\n", fault_text(one)->code);
        missing++;
    }
    assert_int_equal(missing, 0);
}

static void every_rule_is_named_by_a_test(void **)
{
    size_t missing = 0;
    const struct rules_row *row;
    for (size_t i = 0; (row = rules_row(i)); i++)
        if (!some_test_names(row->rule)) {
            print_error("no test names the rule %s\n", row->rule);
            missing++;
        }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verdict_has_code_sentence_remedy_and_exit),
        cmocka_unit_test(every_fault_has_code_sentence_remedy_and_exit),
        cmocka_unit_test(every_rule_has_id_expectation_and_remedy),
        cmocka_unit_test(every_verdict_is_named_by_a_test),
        cmocka_unit_test(every_fault_is_named_by_a_test),
        cmocka_unit_test(every_rule_is_named_by_a_test),
    };
    return cmocka_run_group_tests(tests, read_tests, forget_tests);
}
