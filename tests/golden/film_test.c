/* links: base seal record trust wire rules channel stream store engine sim film plot */
/* Drawings of a small story, byte by byte: a change of how they look is seen, and looked at.
 * ACCEPT=1 make golden-film writes them anew: then look at them in a browser. */
#include "film/film_heat.h"
#include "film/film_sequence.h"
#include "film/film_sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char folder[] = "tests/golden/film";

static char *file_read(const char *name)
{
    char path[512], *text = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    if (getdelim(&text, &(size_t) {0}, EOF, file) < 0)
        *text = '\0';
    fclose(file);
    return text;
}

static int begin(void **state)
{
    struct story story;
    struct film *film = film_open(0, NULL);
    char *text = file_read("small.story");
    const struct story_watch watch = film_watch(film);
    bool played = text && story_play_watched(bytes_text(text), &watch, &story);
    free(text);
    /* It fails on purpose, in its last line: what is drawn below is drawn of that. */
    played =
        played && story.wrong && strcmp(story.wrong, "line 19: S2 is pending at helmo.be") == 0;
    if (!played)
        fprintf(stderr, "%s\n", story.wrong);
    story_free(&story);
    *state = film;
    return played ? 0 : -1;
}

static int end(void **state)
{
    film_close(*state);
    return 0;
}

static void compare(const char *name, const char *drawn)
{
    char path[512];
    char *golden = file_read(name);
    bool same = golden && strcmp(golden, drawn) == 0;
    free(golden);
    if (!same && getenv("ACCEPT")) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(drawn, file);
        assert_int_equal(fclose(file), 0);
        return;
    }
    if (!same)
        fail_msg("%s/%s is drawn otherwise: look at it, then ACCEPT=1 make golden-film", folder,
                 name);
}

static void the_sequence_is_drawn_as_it_was(void **state)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    const struct film_claim claim = {"line 19: S2 is pending at helmo.be",
                                     "expect S1..S2 accepted at both"};
    assert_true(film_sequence_draw(*state, &claim, false, out));
    assert_int_equal(fclose(out), 0);
    compare("sequence.svg", text);
    free(text);
}

static void the_heat_map_is_drawn_as_it_was(void **state)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    film_heat_draw(*state, false, out);
    assert_int_equal(fclose(out), 0);
    compare("heat.svg", text);
    free(text);
}

static void the_sets_are_drawn_as_they_were(void **state)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(film_sets_draw(*state, false, out));
    assert_int_equal(fclose(out), 0);
    compare("sets.svg", text);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sequence_is_drawn_as_it_was),
        cmocka_unit_test(the_heat_map_is_drawn_as_it_was),
        cmocka_unit_test(the_sets_are_drawn_as_they_were),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
