/* links: base */
/* node/README.md is a map: what it names must be there. */
#include <ctype.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FILE_ROOM = 1 << 20, NAME_SIZE = 128 };

static char *file_read(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    char *text = calloc(1, FILE_ROOM);
    size_t size = fread(text, 1, FILE_ROOM - 1, file);
    assert_true(size < FILE_ROOM - 1);
    fclose(file);
    return text;
}

static int map_open(void **state)
{
    *state = file_read("node/README.md");
    if (!*state)
        print_message("node/README.md: run from the root of the repository\n");
    return *state ? 0 : -1;
}

static int map_close(void **state)
{
    free(*state);
    return 0;
}

/* The next text between two marks of code; NULL past the end. Drawings have no marks. */
static const char *code_next(const char *at, char out[static NAME_SIZE])
{
    const char *begin = strchr(at, '`');
    while (begin && strncmp(begin, "```", 3) == 0) {
        begin = strstr(begin + 3, "```");
        begin = begin ? strchr(begin + 3, '`') : NULL;
    }
    const char *end = begin ? strchr(begin + 1, '`') : NULL;
    if (!end)
        return NULL;
    size_t size = (size_t)(end - begin - 1);
    assert_true(size < NAME_SIZE);
    memcpy(out, begin + 1, size);
    out[size] = '\0';
    return end + 1;
}

/* Some source of node/ has a line that begins a function of this name. */
static bool function_exists(const char *name, const glob_t *sources)
{
    char call[NAME_SIZE + 2];
    snprintf(call, sizeof call, "%s(", name);
    for (size_t i = 0; i < sources->gl_pathc; i++) {
        char *text = file_read(sources->gl_pathv[i]);
        bool found = false;
        for (const char *at = strstr(text, call); at && !found; at = strstr(at + 1, call)) {
            const char *line = at;
            while (line > text && line[-1] != '\n')
                line--;
            found = isalpha((unsigned char)*line) && at > line && (at[-1] == ' ' || at[-1] == '*');
        }
        free(text);
        if (found)
            return true;
    }
    return false;
}

static void every_function_on_the_map_is_there(void **state)
{
    char code[NAME_SIZE];
    size_t count = 0;
    glob_t sources;
    assert_int_equal(glob("node/*/*.c", 0, NULL, &sources), 0);
    for (const char *at = *state; (at = code_next(at, code));) {
        size_t length = strlen(code);
        if (length < 3 || strcmp(code + length - 2, "()") != 0)
            continue;
        code[length - 2] = '\0';
        count++;
        if (!function_exists(code, &sources))
            fail_msg("no function %s in node/", code);
    }
    globfree(&sources);
    assert_true(count > 20);
}

static void every_file_on_the_map_is_there(void **state)
{
    static const char *const roots[] = {"node/", "tests/", ""};
    char code[NAME_SIZE];
    size_t count = 0;
    for (const char *at = *state; (at = code_next(at, code));) {
        if (!strchr(code, '/') || strchr(code, ' '))
            continue;
        bool found = false;
        for (size_t i = 0; i < sizeof roots / sizeof *roots && !found; i++) {
            char path[2 * NAME_SIZE];
            glob_t matches;
            snprintf(path, sizeof path, "%s%s", roots[i], code);
            found = glob(path, 0, NULL, &matches) == 0;
            globfree(&matches);
        }
        count++;
        if (!found)
            fail_msg("%s is nowhere", code);
    }
    assert_true(count > 40);
}

/* The ranks stand in LAYERS; the map repeats them. */
static void the_ranks_on_the_map_are_those_of_the_law(void **state)
{
    char *law = file_read("node/LAYERS");
    assert_non_null(law);
    size_t count = 0;
    for (const char *line = strstr(*state, "| rank |"); line; line = strchr(line + 1, '\n')) {
        unsigned rank;
        char folder[NAME_SIZE], wanted[32], row[256];
        if (*line == '\n' && line[1] != '|')
            break;
        if (sscanf(line, "\n| %u | `%127[a-z]/`", &rank, folder) != 2)
            continue;
        snprintf(wanted, sizeof wanted, "\nrank %u ", rank);
        const char *at = strstr(law, wanted);
        assert_non_null(at);
        snprintf(row, sizeof row, "%.*s ", (int)strcspn(at + 1, "\n"), at + 1);
        size_t length = strlen(folder);
        const char *name = strstr(row, folder);
        if (!name || name[-1] != ' ' || name[length] != ' ')
            fail_msg("%s has not rank %u in node/LAYERS", folder, rank);
        count++;
    }
    assert_true(count > 10);
    free(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_on_the_map_is_there),
        cmocka_unit_test(every_file_on_the_map_is_there),
        cmocka_unit_test(the_ranks_on_the_map_are_those_of_the_law),
    };
    return cmocka_run_group_tests(tests, map_open, map_close);
}
