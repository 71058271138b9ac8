/* What a measuring program says: lines of `name value unit`, the median of several runs with the
 * least and the most of them behind it. tests/bench/bench.py reads them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { FIGURE_RUNS_MAX = 64 };

/* Seconds of the steady clock. */
double figure_now(void);
/* Seconds that a process (0: this one) had a processor, all its threads: what neighbours take is
 * not in it. */
double figure_processor(pid_t pid);
void figure_say(const char *name, double value, const char *unit);
/* The median of count values (at least one); sorts them. Returns it. */
double figure_median(const char *name, double *values, size_t count, const char *unit);
/* As figure_median, of what one function measures BENCH_RUNS times. */
double figure_runs(const char *name, double (*measure)(void *self), void *self, const char *unit);
/* A number of the environment. */
long figure_setting(const char *name, long otherwise);
/* BENCH_RUNS, 5 where it says nothing; at most FIGURE_RUNS_MAX. */
size_t figure_run_count(void);
/* Ascending, for qsort of doubles. */
int figure_order(const void *left, const void *right);
/* Ends the program with the sentence where it does not hold. */
void figure_must(bool held, const char *what);
