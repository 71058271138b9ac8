/* links: base seal record trust wire rules channel stream store engine sim swarm */
#include "swarm/dice.h"
#include "swarm/draw.h"
#include "swarm/herd.h"
#include "swarm/trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 256 * 1024 * 1024, SEEDS = 60 };

static int begin(void **state)
{
    *state = arena_open(ARENA);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    arena_close(*state);
    return 0;
}

static void the_same_seed_draws_the_same_text(void **state)
{
    struct arena *arena = *state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        arena_reset(arena);
        const char *once = draw_story(seed, 0, arena), *again = draw_story(seed, 0, arena);
        const char *other = draw_story(seed + 1, 0, arena);
        assert_non_null(once);
        assert_string_equal(once, again);
        assert_string_not_equal(once, other);
    }
}

/* Each line of `less` stands in `more`, in the same order; how many do not stand in `less`. */
static size_t lines_left_out(const char *less, const char *more)
{
    size_t out = 0;
    while (*more) {
        size_t length = strcspn(more, "\n") + 1;
        if (strncmp(less, more, length) == 0)
            less += length;
        else
            out++;
        more += length;
    }
    assert_string_equal(less, "");
    return out;
}

static void a_class_that_is_off_leaves_all_other_lines_as_they_are(void **state)
{
    struct arena *arena = *state;
    size_t spared[64] = {0}, classes = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        for (classes = 0; draw_class(classes); classes++) {
            arena_reset(arena);
            const char *all = draw_story(seed, 0, arena);
            const char *without = draw_story(seed, UINT64_C(1) << classes, arena);
            size_t left_out = lines_left_out(without, all);
            if (!draw_has(seed, classes))
                assert_int_equal(left_out, 0);
            spared[classes] += left_out;
        }
    for (size_t i = 0; i < classes; i++)
        assert_true(spared[i]); /* each class is somewhere, and has lines */
}

static void chaos_is_followed_by_healing_a_bound_and_the_invariants(void **state)
{
    struct arena *arena = *state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        arena_reset(arena);
        const char *text = draw_story(seed, 0, arena);
        const char *chaos = strstr(text, "\ncome what may\n"), *heal = strstr(text, " all heal\n");
        const char *settle = strstr(text, "\nsettle within 28m\n");
        const char *expect = strstr(text, "\nexpect invariants\n");
        assert_true(chaos && heal && settle && expect);
        assert_true(chaos < heal && heal < settle && settle < expect);
        assert_non_null(strstr(expect + 1, "\nexpect invariants\n")); /* and after honest deeds */
    }
}

static void a_third_of_the_worlds_is_tiny_and_a_sixteenth_is_real(void **state)
{
    struct arena *arena = *state;
    struct draw_world world;
    size_t tiny = 0, real = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        draw_world(seed, &world);
        tiny += world.tiny;
        assert_in_range(world.count, 2, world.tiny ? 4 : DRAW_NODES_MAX);
        arena_reset(arena);
        real += !strstr(draw_story(seed, 0, arena), "\nmodel\n");
    }
    assert_in_range(tiny, 240, 360);
    assert_in_range(real, 30, 100);
}

static void a_stream_of_chance_depends_on_its_label_alone(void **)
{
    struct dice one = dice_of(7, "deaths", 0), same = dice_of(7, "deaths", 0);
    struct dice other = dice_of(7, "clocks", 0);
    size_t different = 0;
    for (int i = 0; i < 100; i++) {
        uint64_t thrown = dice_below(&one, UINT64_MAX);
        assert_int_equal(thrown, dice_below(&same, UINT64_MAX));
        different += thrown != dice_below(&other, UINT64_MAX);
    }
    assert_int_equal(different, 100);
    for (int i = 0; i < 1000; i++) {
        assert_in_range(dice_between(&one, 3, 5), 3, 5);
        assert_in_range(dice_spread(&one, 2, 1000), 2, 1000);
    }
}

static void a_seed_can_be_tried_again_and_is_the_same(void **)
{
    struct trial once, again;
    for (uint64_t seed = 100; seed < 104; seed++) {
        assert_true(trial_play(seed, 0, &once));
        assert_true(trial_play(seed, 0, &again));
        assert_false(once.failed);
        assert_int_equal(once.events, again.events);
        assert_true(digest_equal(&once.hash, &again.hash));
    }
}

/* ---- the herd ---- */

struct heard {
    size_t seeds[16], failed;
    uint64_t events;
};

static void hear(void *self, const struct herd_result *result, const struct herd_sum *sum)
{
    struct heard *heard = self;
    assert_in_range(result->seed, 40, 47);
    heard->seeds[result->seed - 40]++;
    heard->failed += result->failed;
    heard->events += result->events;
    assert_int_equal(sum->events, heard->events);
}

static void every_seed_of_a_herd_is_heard_of_once(void **)
{
    static volatile int stop;
    struct heard heard = {0};
    struct herd herd = {
        .first = 40, .seeds = 8, .jobs = 3, .stop = &stop, .hear = hear, .self = &heard};
    struct herd_sum sum;
    assert_true(herd_run(&herd, &sum));
    assert_int_equal(sum.seeds, 8);
    assert_int_equal(sum.failed, heard.failed);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(heard.seeds[i], 1);
}

static void a_herd_that_is_stopped_ends_with_what_it_has(void **)
{
    static volatile int stop = 1;
    struct heard heard = {0};
    struct herd herd = {
        .first = 40, .seeds = 8, .jobs = 2, .stop = &stop, .hear = hear, .self = &heard};
    struct herd_sum sum;
    assert_true(herd_run(&herd, &sum));
    assert_true(sum.seeds < 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_seed_draws_the_same_text, begin, end),
        cmocka_unit_test_setup_teardown(a_class_that_is_off_leaves_all_other_lines_as_they_are,
                                        begin, end),
        cmocka_unit_test_setup_teardown(chaos_is_followed_by_healing_a_bound_and_the_invariants,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_third_of_the_worlds_is_tiny_and_a_sixteenth_is_real,
                                        begin, end),
        cmocka_unit_test(a_stream_of_chance_depends_on_its_label_alone),
        cmocka_unit_test(a_seed_can_be_tried_again_and_is_the_same),
        cmocka_unit_test(every_seed_of_a_herd_is_heard_of_once),
        cmocka_unit_test(a_herd_that_is_stopped_ends_with_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
