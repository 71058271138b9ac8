/* links: base io real */
/* What is done to one real process, by a small one in a node's place. */
#include "real/real_node.h"
#include "real/real_time.h"

#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { AHEAD = 20 * 3600, SLACK = 600, PATIENCE_MS = 30000 };

/* Prints both of its clocks in whole seconds. */
static const char clocks[] =
    "#!/bin/sh\n"
    "exec python3 -Sc 'import time; print(int(time.time()), int(time.monotonic()))'\n";

static int64_t seconds(clockid_t clock)
{
    struct timespec now;
    assert_int_equal(clock_gettime(clock, &now), 0);
    return now.tv_sec;
}

static void write_program(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    assert_true(file >= 0 && write(file, clocks, strlen(clocks)) == (ssize_t)strlen(clocks));
    close(file);
}

/* A steady clock that went back with the other would have a node wait for a day. */
static void a_bent_clock_is_that_of_the_wall_and_not_the_steady_one(void **)
{
    struct real_means means;
    char program[REAL_NODE_PATH], log[REAL_NODE_PATH];
    char folder[] = "/tmp/peregrin-node-XXXXXX";
    int64_t wall = 0, steady = 0;
    real_means_find(&means, 1U << REAL_FAULT_CLOCK);
    if (!means.has[REAL_MEAN_CLOCK]) {
        print_message("libfaketime is not installed\n");
        skip();
    }
    assert_non_null(mkdtemp(folder));
    snprintf(program, sizeof program, "%s/clocks", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    write_program(program);
    struct real_node node = {.means = &means, .program = program};
    snprintf(node.folder, sizeof node.folder, "%s", folder);
    real_node_bend(&node, AHEAD);
    assert_true(real_node_start(&node, REAL_POINT_NONE, 1));
    for (int64_t end = real_time_ms() + PATIENCE_MS;
         !real_process_ended(&node.process) && real_time_ms() < end;)
        real_time_pause(1);
    real_process_kill(&node.process);
    FILE *said = fopen(log, "r");
    assert_non_null(said);
    assert_int_equal(fscanf(said, "%" SCNd64 " %" SCNd64, &wall, &steady), 2);
    fclose(said);
    real_node_remove(folder);
    assert_in_range(wall - seconds(CLOCK_REALTIME), AHEAD - SLACK, AHEAD + SLACK);
    assert_in_range(seconds(CLOCK_MONOTONIC) - steady, 0, SLACK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bent_clock_is_that_of_the_wall_and_not_the_steady_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
