/* links: base seal record trust wire rules channel stream store engine sim swarm */
#include "sim/story.h"
#include "swarm/probe.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What no story tells: a partner that was restored 64 times within an hour gets nothing more. */
static const char *const untold[] = {
    NULL,
};

static size_t rows(void)
{
    size_t count = 0;
    while (probe_name(count))
        count++;
    return count;
}

static bool is_untold(const char *name)
{
    for (size_t i = 0; untold[i]; i++)
        if (strcmp(untold[i], name) == 0)
            return true;
    return false;
}

static uint64_t visited_by(const char *text)
{
    struct probe probe = {0};
    struct story story;
    struct story_watch watch = {
        .watcher = probe_note, .begun = probe_begin, .ended = probe_end, .self = &probe};
    assert_true(story_play_watched(bytes_text(text), &watch, &story));
    story_free(&story);
    return probe.visited;
}

static uint64_t visited_by_file(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(getdelim(&text, &size, EOF, file) > 0);
    fclose(file);
    uint64_t visited = visited_by(text);
    free(text);
    return visited;
}

static void each_path_has_a_name_of_its_own(void **state)
{
    (void)state;
    assert_in_range(rows(), 1, PROBE_MAX);
    for (size_t i = 0; i < rows(); i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(probe_name(i), probe_name(j));
}

static void a_calm_world_is_on_no_rare_path(void **state)
{
    (void)state;
    uint64_t visited = visited_by("nodes helmo.be uhasselt.be\nsettle\n"
                                  "helmo.be nominates A to uhasselt.be\nsettle\n");
    for (size_t i = 0; i < rows(); i++)
        if (visited >> i & 1)
            fail_msg("`%s` was seen, and nothing happened", probe_name(i));
}

static void each_path_is_seen_in_some_story(void **state)
{
    uint64_t visited = 0, all = rows() == 64 ? UINT64_MAX : (UINT64_C(1) << rows()) - 1;
    glob_t files;
    (void)state;
    assert_int_equal(glob("tests/stories/*.story", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc && visited != all; i++)
        visited |= visited_by_file(files.gl_pathv[i]);
    globfree(&files);
    for (size_t i = 0; i < rows(); i++) {
        bool seen = visited >> i & 1;
        if (!seen && !is_untold(probe_name(i)))
            print_error("no story is on the path `%s`\n", probe_name(i));
        if (seen && is_untold(probe_name(i)))
            print_error("`%s` is seen, and listed as untold\n", probe_name(i));
        visited = is_untold(probe_name(i)) ? visited ^ UINT64_C(1) << i : visited;
    }
    assert_true(visited == all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_path_has_a_name_of_its_own),
        cmocka_unit_test(a_calm_world_is_on_no_rare_path),
        cmocka_unit_test(each_path_is_seen_in_some_story),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
