/* links: base seal record trust wire rules channel stream store engine io */
#include "io/config.h"
#include "io/setting.h"
#include "io/setting_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ANCHOR "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

static const char whole[] = "# A comment\n"
                            "node = \"node.helmo.be\"\n"
                            "network = demo // another\n"
                            "institutions = {\"helmo.be\",\n"
                            "  \"itg.be\"} /* and\n"
                            "one more */\n"
                            "listen = tcp://127.0.0.1:7301\n"
                            "anchor = " ANCHOR "\n"
                            "keys = {\"keys/a.key\", \"/etc/b.key\"}\n";

static struct config *parse_good(const char *text)
{
    struct config *config = NULL;
    struct config_problems problems;
    enum fault fault =
        config_parse(bytes_text(text), "/etc/peregrin/node.conf", &config, &problems);
    if (problems.count)
        fail_msg("%s", problems.lines[0]);
    assert_int_equal(fault, FAULT_NONE);
    return config;
}

/* The only problem of `text`. */
static const char *problem_of(const char *text)
{
    static struct config_problems problems;
    struct config *config = NULL;
    assert_int_equal(config_parse(bytes_text(text), "node.conf", &config, &problems), FAULT_CONFIG);
    assert_null(config);
    assert_true(problems.count >= 1);
    return problems.lines[0];
}

static const char *with(const char *line)
{
    static char text[2048];
    snprintf(text, sizeof text, "%s%s", whole, line);
    return text;
}

static void a_whole_file_is_read_with_paths_beside_it(void **)
{
    struct config *config = parse_good(whole);
    assert_string_equal(config->node, "node.helmo.be");
    assert_string_equal(config->network, "demo");
    assert_int_equal(config->institutions.count, 2);
    assert_string_equal(config->institutions.values[1], "itg.be");
    assert_string_equal(config->listen, "tcp://127.0.0.1:7301");
    assert_int_equal(config->keys.count, 2);
    assert_string_equal(config->keys.values[0], "/etc/peregrin/keys/a.key");
    assert_string_equal(config->keys.values[1], "/etc/b.key");
    assert_int_equal(config->anchor_digest.bytes[1], 0x11);
    assert_int_equal(config->anchor_digest.bytes[31], 0xff);
    config_close(config);
}

static void what_is_not_given_has_its_default(void **)
{
    struct config *config = parse_good(whole);
    assert_string_equal(config->database, "/etc/peregrin/peregrin.db");
    assert_string_equal(config->catalogue, "/etc/peregrin/catalogue.signed");
    assert_string_equal(config->root, "/etc/peregrin/root.signed");
    assert_string_equal(config->socket, "/etc/peregrin/peregrin.sock");
    assert_int_equal(config->least_level, TRACE_NOTE);
    config_close(config);
}

static void a_node_may_listen_nowhere(void **)
{
    char text[sizeof whole];
    const char *at = strstr(whole, "listen = "), *end = strchr(at, '\n') + 1;
    snprintf(text, sizeof text, "%.*s%s", (int)(at - whole), whole, end);
    struct config *config = parse_good(text);
    assert_string_equal(config->listen, "none");
    config_close(config);
    snprintf(text, sizeof text, "%.*slisten = none\n%s", (int)(at - whole), whole, end);
    config = parse_good(text);
    assert_string_equal(config->listen, "none");
    config_close(config);
    snprintf(text, sizeof text, "%.*slisten = None\n%s", (int)(at - whole), whole, end);
    assert_non_null(strstr(problem_of(text), "is not a literal address"));
}

static void an_unknown_setting_names_its_line_and_the_nearest(void **)
{
    assert_string_equal(problem_of(with("databse = x\n")),
                        "node.conf:10: unknown setting `databse`: did you mean `database`?");
    assert_string_equal(problem_of(with("Socket = x\n")),
                        "node.conf:10: unknown setting `Socket`: did you mean `socket`?");
    assert_string_equal(problem_of(with("colour = x\n")),
                        "node.conf:10: unknown setting `colour`; see `peregrin config explain`");
    assert_non_null(strstr(problem_of(with("include(\"x\")\n")), "unknown setting `include`"));
}

static void a_missing_setting_is_named_with_its_meaning(void **)
{
    const char *problem = problem_of("network = demo\n");
    assert_non_null(strstr(problem, "node.conf: `node` is missing: This node's name"));
}

static void comments_do_not_shift_the_lines(void **)
{
    const char *text = "# one\n// two\n/* three\nfour */\n\nnode = \"# no comment // at all\"\n"
                       "network = \"a b\"\n";
    struct config_problems problems;
    struct config *config = NULL;
    assert_int_equal(config_parse(bytes_text(text), "c", &config, &problems), FAULT_CONFIG);
    assert_non_null(strstr(problems.lines[0], "c:6: node: `# no comment // at all` may have no"));
    assert_non_null(strstr(problems.lines[1], "c:7: network: `a b` may have no spaces"));
}

static void each_bad_value_says_what_is_wrong_with_it(void **)
{
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"log_level = loud", "`loud` is none of detail, note, alarm"},
        {"database = \"\"", "`` is empty"},
        {"socket = /a12345678901234567890123456789012345678901234567890123456789012345678901234567"
         "890123456789012345678901234567",
         "longer than 107 bytes"},
        {"node = again.example", "node: is given twice"},
        {"keys = {again}", "keys: is given twice"},
        {"keys += {again}", "keys: is given twice"},
        {"log_level = \"unfinished", "premature end of file"},
        {"log_level = {a}", "unexpected token"},
        {"/* not closed", "a comment is not closed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *problem = problem_of(with(cases[i].line));
        if (!strstr(problem, cases[i].said) || !strstr(problem, "node.conf:10: "))
            fail_msg("%s: %s", cases[i].line, problem);
    }
}

static void lists_and_addresses_are_checked_value_by_value(void **)
{
    static const struct {
        const char *name, *value, *said;
    } cases[] = {
        {"institutions", "{\"helmo.be\",\n\"HELMO.be\"}", "c:3: institutions: `HELMO.be` is not"},
        {"institutions", "{\"helmo.be\", \"helmo.be\"}",
         "c: institutions: `helmo.be` stands twice"},
        {"institutions", "{}", "`institutions` is missing"},
        {"listen", "tcp://helmo.be:7301", "c:2: listen: `tcp://helmo.be:7301` is not a literal"},
        {"listen", "\"ws://127.0.0.1:1\"", "is not a literal"},
        {"anchor", "0011", "c:2: anchor: `0011` is not 64 hexadecimal"},
        {"keys", "{\"\"}", "c:2: keys: `` is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        struct config_problems problems;
        struct config *config;
        int used = snprintf(text, sizeof text, "\n%s = %s\n", cases[i].name, cases[i].value);
        for (size_t s = 0; s < SETTING_COUNT; s++) {
            const struct setting *setting = setting_at(s);
            if (!setting->fallback && strcmp(setting->name, cases[i].name) != 0)
                used += snprintf(text + used, sizeof text - (size_t)used, "%s = \"%s\"\n",
                                 setting->name, setting->sample);
        }
        assert_int_equal(config_parse(bytes_text(text), "c", &config, &problems), FAULT_CONFIG);
        assert_int_equal(problems.count, 1);
        if (!strstr(problems.lines[0], cases[i].said))
            fail_msg("%s: %s", cases[i].value, problems.lines[0]);
    }
}

static void the_sample_of_every_setting_is_a_good_value(void **)
{
    struct arena *arena = arena_open(1 << 20);
    const char *sample = setting_compose(NULL, 0, arena);
    assert_non_null(sample);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        assert_non_null(strstr(sample, setting_at(i)->effect));
        assert_null(setting_at(i)->wrong(setting_at(i)->sample));
        if (setting_at(i)->fallback)
            assert_null(setting_at(i)->wrong(setting_at(i)->fallback));
    }
    config_close(parse_good(sample));
    arena_close(arena);
}

static void what_is_composed_reads_back_as_it_was_given(void **)
{
    static const struct setting_value values[] = {
        {"database", "odd \"${HOME}\" \\name'#//.db"},
        {"keys", "one.key"},
        {"institutions", "helmo.be"},
        {"keys", "/two words.key"},
        {"institutions", "itg.be"},
        {"log_level", "alarm"},
    };
    struct arena *arena = arena_open(1 << 20);
    const char *text = setting_compose(values, sizeof values / sizeof *values, arena);
    struct config *config = parse_good(text);
    assert_string_equal(config->database, "/etc/peregrin/odd \"${HOME}\" \\name'#//.db");
    assert_int_equal(config->keys.count, 2);
    assert_string_equal(config->keys.values[1], "/two words.key");
    assert_string_equal(config->institutions.values[1], "itg.be");
    assert_int_equal(config->least_level, TRACE_ALARM);
    config_close(config);
    arena_close(arena);
}

static void every_setting_is_explained_with_all_that_one_needs(void **)
{
    struct arena *arena = arena_open(1024 * 1024);
    const char *all = setting_text_all(arena);
    const struct setting *setting;
    assert_non_null(all);
    for (size_t i = 0; (setting = setting_at(i)); i++) {
        const char *one = setting_text_explain(setting, arena);
        assert_non_null(strstr(all, one));
        assert_true(strlen(setting->effect) > 10 &&
                    setting->effect[strlen(setting->effect) - 1] == '.');
        assert_non_null(strstr(one, setting->unit));
        assert_non_null(strstr(one, setting->sample));
        assert_non_null(strstr(one, setting->fallback ? setting->fallback : "must be given"));
        for (const char *line = one; *line; line += strcspn(line, "\n") + 1)
            if (strncmp(line, "  Example", 9) != 0)
                assert_true(strcspn(line, "\n") <= 80);
    }
    arena_close(arena);
}

static void a_value_knows_its_line_and_a_default_has_none(void **)
{
    struct config *config;
    struct config_problems problems;
    struct arena *arena = arena_open(1024 * 1024);
    const char *text = setting_compose(NULL, 0, arena);
    assert_int_equal(config_parse(bytes_text(text), "sample.conf", &config, &problems), FAULT_NONE);
    for (size_t i = 0; setting_at(i); i++) {
        const char *at = text;
        for (int line = 1; line < config->lines[i]; line++)
            at = strchr(at, '\n') + 1;
        if (setting_at(i)->fallback)
            assert_int_equal(config->lines[i], 0);
        else
            assert_int_equal(strncmp(at, setting_at(i)->name, strlen(setting_at(i)->name)), 0);
    }
    config_close(config);
    arena_close(arena);
}

static void several_problems_are_told_at_once(void **)
{
    struct config_problems problems;
    struct config *config;
    assert_int_equal(config_parse(bytes_text(""), "c", &config, &problems), FAULT_CONFIG);
    size_t required = 0;
    for (size_t i = 0; i < SETTING_COUNT; i++)
        required += setting_at(i)->fallback == NULL;
    assert_int_equal(problems.count, required);
}

static void a_file_that_cannot_be_read_is_told_with_its_path(void **)
{
    struct config_problems problems;
    struct config *config;
    assert_int_equal(config_read("/nowhere/node.conf", &config, &problems), FAULT_FILE);
    assert_non_null(strstr(problems.lines[0], "/nowhere/node.conf"));
    static const uint8_t zero[] = {'n', 0, 'x'};
    assert_int_equal(config_parse((struct bytes) {zero, 3}, "c", &config, &problems), FAULT_CONFIG);
    assert_non_null(strstr(problems.lines[0], "zero byte"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file_is_read_with_paths_beside_it),
        cmocka_unit_test(what_is_not_given_has_its_default),
        cmocka_unit_test(a_node_may_listen_nowhere),
        cmocka_unit_test(an_unknown_setting_names_its_line_and_the_nearest),
        cmocka_unit_test(a_missing_setting_is_named_with_its_meaning),
        cmocka_unit_test(comments_do_not_shift_the_lines),
        cmocka_unit_test(each_bad_value_says_what_is_wrong_with_it),
        cmocka_unit_test(lists_and_addresses_are_checked_value_by_value),
        cmocka_unit_test(the_sample_of_every_setting_is_a_good_value),
        cmocka_unit_test(what_is_composed_reads_back_as_it_was_given),
        cmocka_unit_test(every_setting_is_explained_with_all_that_one_needs),
        cmocka_unit_test(a_value_knows_its_line_and_a_default_has_none),
        cmocka_unit_test(several_problems_are_told_at_once),
        cmocka_unit_test(a_file_that_cannot_be_read_is_told_with_its_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
