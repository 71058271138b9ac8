/* A point in time as a value. There is no "now" here: instants come in with events. */
#pragma once

#include "base/arena.h"

#include <stdint.h>

struct instant {
    int64_t us; /* microseconds since 1970-01-01T00:00:00 UTC */
};

enum {
    INSTANT_SECOND = 1000000,
    INSTANT_TEXT_SIZE = 24,
};

/* Whole minutes since 1970, rounded down; never negative. */
uint64_t instant_minutes(struct instant at);
/* Whole seconds since 1970, rounded down; never negative. */
uint64_t instant_seconds(struct instant at);
struct instant instant_after(struct instant at, int64_t delay_us);
bool instant_before(struct instant left, struct instant right);

/* `2026-11-21T22:52:26Z`. */
void instant_text(struct instant at, char out[static INSTANT_TEXT_SIZE]);

/* A calendar date `YYYY-MM-DD` as days since 1970; false when it is no real date. */
bool instant_date(struct bytes text, int64_t *days);
/* The same of numbers, and back. */
struct instant_day {
    int64_t year, month, day;
};
bool instant_days(struct instant_day date, int64_t *days);
struct instant_day instant_day_of(int64_t days);
