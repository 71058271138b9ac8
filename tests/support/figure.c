#include "support/figure.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double figure_now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

double figure_processor(pid_t pid)
{
    clockid_t clock;
    struct timespec at;
    figure_must(clock_getcpuclockid(pid, &clock) == 0 && clock_gettime(clock, &at) == 0,
                "a process has ended");
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

void figure_say(const char *name, double value, const char *unit)
{
    printf("%-36s %14.3f %s\n", name, value, unit);
    fflush(stdout);
}

double figure_median(const char *name, double *values, size_t count, const char *unit)
{
    assert(count > 0);
    qsort(values, count, sizeof *values, figure_order);
    double middle = values[count / 2];
    if (count % 2 == 0)
        middle = (middle + values[count / 2 - 1]) / 2;
    printf("%-36s %14.3f %-10s (%zu runs: %.3f to %.3f)\n", name, middle, unit, count, values[0],
           values[count - 1]);
    fflush(stdout);
    return middle;
}

double figure_runs(const char *name, double (*measure)(void *self), void *self, const char *unit)
{
    double values[FIGURE_RUNS_MAX];
    size_t count = figure_run_count();
    for (size_t i = 0; i < count; i++)
        values[i] = measure(self);
    return figure_median(name, values, count, unit);
}

long figure_setting(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text && *text ? atol(text) : otherwise;
}

size_t figure_run_count(void)
{
    long count = figure_setting("BENCH_RUNS", 5);
    return count < 1 ? 1 : count > FIGURE_RUNS_MAX ? FIGURE_RUNS_MAX : (size_t)count;
}

int figure_order(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

void figure_must(bool held, const char *what)
{
    if (held)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}
