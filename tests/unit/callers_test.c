/* links: base seal record trust wire rules channel stream store engine io */
#include "io/callers.h"

#include "io/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { ALLOWED = 160, MOST = 120, CALLERS_MAX = 200, PATIENCE_MS = 5000 };

/* A listener in a folder of its own, few descriptors, and a log without a name. */
struct scene {
    char folder[32], away[40], listen[64];
    struct rlimit before;
    struct transport *transport;
    struct callers callers;
    FILE *file;
    struct log *log;
    int held[CALLERS_MAX];
    size_t count;
    char text[32 * 1024];
};

static int scene_open(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    struct reason reason;
    strcpy(scene->folder, "/tmp/peregrin-callers-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    snprintf(scene->away, sizeof scene->away, "%s.away", scene->folder);
    snprintf(scene->listen, sizeof scene->listen, "ipc://%s/node", scene->folder);
    assert_int_equal(transport_open(scene->listen, &scene->transport, &reason), FAULT_NONE);
    scene->file = tmpfile();
    scene->log = log_open(fileno(scene->file), "helmo", TRACE_NOTE);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &scene->before), 0);
    struct rlimit few = {ALLOWED, scene->before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    *state = scene;
    return 0;
}

static void leave(struct scene *scene)
{
    while (scene->count)
        close(scene->held[--scene->count]);
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    char command[64];
    leave(scene);
    setrlimit(RLIMIT_NOFILE, &scene->before);
    transport_close(scene->transport);
    log_close(scene->log);
    fclose(scene->file);
    snprintf(command, sizeof command, "rm -r %s", scene->folder);
    assert_int_equal(system(command), 0);
    free(scene);
    return 0;
}

static size_t standing(const struct scene *scene)
{
    return transport_callers(scene->transport);
}

static void wait_for(const struct scene *scene, size_t count)
{
    int64_t end = clock_steady_ms() + PATIENCE_MS;
    while (standing(scene) != count && clock_steady_ms() < end)
        poll(NULL, 0, 1);
    assert_int_equal(standing(scene), count);
}

/* Each with its greeting, or with nothing, and taken by the listener when this returns. The
 * descriptors of this side are the test's own: for the moment there may be more of them. */
static void come(struct scene *scene, size_t count, bool greet)
{
    static const uint8_t greeting[] = {0, 'S', 'P', 0, 0, 48, 0, 0};
    const size_t wanted = standing(scene) + count;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, scene->listen + 6);
    struct rlimit few = {ALLOWED, scene->before.rlim_max}, many = {1024, scene->before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &many), 0);
    for (size_t i = 0; i < count; i++) {
        uint8_t answer[sizeof greeting];
        int raw = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_true(raw >= 0);
        assert_int_equal(connect(raw, (struct sockaddr *)&address, sizeof address), 0);
        if (greet)
            assert_int_equal(write(raw, greeting, sizeof greeting), sizeof greeting);
        struct pollfd wait = {raw, POLLIN, 0};
        assert_true(poll(&wait, 1, PATIENCE_MS) > 0);
        assert_int_equal(read(raw, answer, sizeof answer), sizeof answer);
        scene->held[scene->count++] = raw;
    }
    wait_for(scene, wanted);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
}

static int64_t look(struct scene *scene)
{
    scene->callers.look_ms = 0; /* it is time */
    return callers_watch(&scene->callers, scene->transport, scene->log);
}

static size_t told(struct scene *scene, const char *words)
{
    ssize_t size = pread(fileno(scene->file), scene->text, sizeof scene->text - 1, 0);
    assert_true(size >= 0);
    scene->text[size] = '\0';
    size_t count = 0;
    for (const char *at = scene->text; (at = strstr(at, words)); at++)
        count++;
    return count;
}

static void who_stands_there_is_counted_greeted_or_not(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(standing(scene), 0);
    come(scene, 10, true);
    come(scene, 5, false);
    assert_int_equal(standing(scene), 15);
    leave(scene);
    wait_for(scene, 0);
}

static void three_quarters_of_the_descriptors_are_for_callers(void **)
{
    assert_int_equal(callers_max(), MOST);
}

/* Each may leave a frame here that is not whole: half a gigabyte in all. */
static void however_many_descriptors_memory_bounds_the_callers(void **state)
{
    const struct scene *scene = *state;
    if (scene->before.rlim_max < 12000) {
        print_message("skip: this user may not have 12,000 descriptors\n");
        skip();
    }
    struct rlimit many = {scene->before.rlim_max, scene->before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &many), 0);
    assert_int_equal(callers_max(), 8192);
    assert_true(callers_max() * TRANSPORT_FRAME_MAX <= 540u * 1024 * 1024);
}

static void a_low_limit_is_told_once_at_the_start(void **state)
{
    struct scene *scene = *state;
    look(scene);
    look(scene);
    assert_int_equal(told(scene, "only 160 descriptors are allowed, 120 of them for who calls"), 1);
    assert_int_equal(told(scene, "LimitNOFILE"), 1);
}

static void a_few_are_not_worth_a_sentence(void **state)
{
    struct scene *scene = *state;
    come(scene, MOST / 2, true);
    assert_true(look(scene) <= 1000);
    assert_int_equal(told(scene, "connections"), 0);
    assert_int_equal(standing(scene), MOST / 2);
}

static void a_crowd_is_told_once_with_numbers_and_remedy(void **state)
{
    struct scene *scene = *state;
    come(scene, MOST / 2 + 1, true);
    int64_t pause = look(scene);
    assert_true(pause < 500); /* it may grow fast */
    look(scene);
    assert_int_equal(told(scene, "61 connections stand at the listener, and above 120"), 1);
    assert_int_equal(told(scene, "(160 descriptors"), 1);
    assert_int_equal(told(scene, "peregrin-operate(7)"), 1);
    assert_int_equal(standing(scene), MOST / 2 + 1);
    leave(scene);
    wait_for(scene, 0);
    look(scene);
    assert_int_equal(told(scene, "is over"), 0); /* it may come back at once */
    scene->callers.crowd_ms -= 61 * 1000;
    look(scene);
    look(scene);
    assert_int_equal(told(scene, "the crowd at the listener is over"), 1);
}

/* Cut means: their side sees the end. */
static bool has_ended(int raw)
{
    struct pollfd wait = {raw, POLLIN, 0};
    uint8_t byte;
    return poll(&wait, 1, PATIENCE_MS) > 0 && read(raw, &byte, 1) <= 0;
}

static void too_many_are_cut_and_the_listener_stands_again(void **state)
{
    struct scene *scene = *state;
    come(scene, MOST, true);
    look(scene);
    assert_int_equal(standing(scene), MOST);
    come(scene, 1, true);
    look(scene);
    assert_int_equal(transport_counts(scene->transport).hang_ups, 1);
    for (size_t i = 0; i < scene->count; i++)
        assert_true(has_ended(scene->held[i]));
    leave(scene);
    come(scene, 1, true);
    assert_int_equal(told(scene, "all 121 connections at the listener were cut"), 1);
}

static void who_fills_it_again_does_not_fill_the_log(void **state)
{
    struct scene *scene = *state;
    for (int round = 0; round < 5; round++) {
        come(scene, MOST + 1, true);
        look(scene);
        leave(scene);
    }
    assert_int_equal(transport_counts(scene->transport).hang_ups, 5);
    assert_int_equal(told(scene, "were cut"), 1);
    assert_int_equal(told(scene, "stand at the listener"), 1);
}

/* Asked between two looks it has nothing to do, and says how long. */
static void it_looks_when_it_is_time_and_not_before(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(look(scene), 1000);
    come(scene, MOST + 1, true);
    int64_t left = callers_watch(&scene->callers, scene->transport, scene->log);
    assert_true(left > 0 && left <= 1000);
    assert_int_equal(transport_counts(scene->transport).hang_ups, 0);
}

static void an_address_that_is_lost_is_told_and_tried_again(void **state)
{
    struct scene *scene = *state;
    come(scene, MOST + 1, true);
    assert_int_equal(rename(scene->folder, scene->away), 0);
    look(scene);
    look(scene);
    assert_int_equal(told(scene, "no partner can call this node"), 1);
    assert_int_equal(told(scene, "can call this node again"), 0);
    leave(scene);
    assert_int_equal(rename(scene->away, scene->folder), 0);
    look(scene);
    look(scene);
    assert_int_equal(told(scene, "partners can call this node again"), 1);
    come(scene, 1, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_stands_there_is_counted_greeted_or_not, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(three_quarters_of_the_descriptors_are_for_callers,
                                        scene_open, scene_close),
        cmocka_unit_test_setup_teardown(however_many_descriptors_memory_bounds_the_callers,
                                        scene_open, scene_close),
        cmocka_unit_test_setup_teardown(a_low_limit_is_told_once_at_the_start, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(a_few_are_not_worth_a_sentence, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(a_crowd_is_told_once_with_numbers_and_remedy, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(too_many_are_cut_and_the_listener_stands_again, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(who_fills_it_again_does_not_fill_the_log, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(it_looks_when_it_is_time_and_not_before, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(an_address_that_is_lost_is_told_and_tried_again, scene_open,
                                        scene_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
