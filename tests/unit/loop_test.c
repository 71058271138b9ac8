/* links: base seal record trust wire rules channel stream store engine io */
#include "io/clock.h"
#include "io/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <signal.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000 };

struct pipe_ends {
    int ends[2];
    size_t calls;
    bool drain;
};

static void pipe_ready(void *self)
{
    struct pipe_ends *pipe_ends = self;
    char byte;
    pipe_ends->calls++;
    if (pipe_ends->drain)
        assert_int_equal(read(pipe_ends->ends[0], &byte, 1), 1);
}

static int open_one(void **state)
{
    struct loop *loop;
    assert_int_equal(loop_open(&loop, NULL), FAULT_NONE);
    *state = loop;
    return 0;
}

static int close_one(void **state)
{
    loop_close(*state);
    return 0;
}

static void a_readable_descriptor_is_called_until_it_is_drained(void **state)
{
    struct pipe_ends one = {0}, other = {0};
    assert_int_equal(pipe(one.ends), 0);
    assert_int_equal(pipe(other.ends), 0);
    assert_int_equal(loop_watch(*state, one.ends[0], pipe_ready, &one, NULL), FAULT_NONE);
    assert_int_equal(loop_watch(*state, other.ends[0], pipe_ready, &other, NULL), FAULT_NONE);
    assert_int_equal(loop_wait(*state, 0), FAULT_NONE);
    assert_int_equal(one.calls, 0);
    assert_int_equal(write(one.ends[1], "x", 1), 1);
    assert_int_equal(loop_wait(*state, PATIENCE_MS), FAULT_NONE);
    one.drain = true;
    assert_int_equal(loop_wait(*state, PATIENCE_MS), FAULT_NONE);
    assert_int_equal(loop_wait(*state, 0), FAULT_NONE);
    assert_int_equal(one.calls, 2);
    assert_int_equal(other.calls, 0);
}

static void the_deadline_ends_the_wait(void **state)
{
    int64_t start = clock_steady_ms();
    assert_int_equal(loop_wait(*state, 20), FAULT_NONE);
    int64_t passed = clock_steady_ms() - start;
    assert_true(passed >= 19 && passed < PATIENCE_MS);
}

static void terminate_and_interrupt_stop_the_loop(void **state)
{
    assert_false(loop_stopping(*state));
    assert_int_equal(raise(SIGTERM), 0);
    assert_int_equal(loop_wait(*state, PATIENCE_MS), FAULT_NONE);
    assert_true(loop_stopping(*state));
    assert_false(loop_take_reload(*state));
}

static void hang_up_asks_once_for_a_reload(void **state)
{
    assert_int_equal(raise(SIGHUP), 0);
    assert_int_equal(loop_wait(*state, PATIENCE_MS), FAULT_NONE);
    assert_false(loop_stopping(*state));
    assert_true(loop_take_reload(*state));
    assert_false(loop_take_reload(*state));
}

static void writing_to_a_closed_pipe_does_not_kill(void **)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), -1);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_readable_descriptor_is_called_until_it_is_drained,
                                        open_one, close_one),
        cmocka_unit_test_setup_teardown(the_deadline_ends_the_wait, open_one, close_one),
        cmocka_unit_test_setup_teardown(terminate_and_interrupt_stop_the_loop, open_one, close_one),
        cmocka_unit_test_setup_teardown(hang_up_asks_once_for_a_reload, open_one, close_one),
        cmocka_unit_test_setup_teardown(writing_to_a_closed_pipe_does_not_kill, open_one,
                                        close_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
