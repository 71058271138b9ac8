/* A clock that is set, and that runs fast or slow. */
#pragma once

#include <stdint.h>

struct drift {
    int64_t offset_us; /* it showed so much more than the world's time ... */
    int64_t since;     /* ... then */
    int64_t gains_us;  /* more in each day */
};

/* What the clock shows. */
int64_t drift_shows(const struct drift *drift, int64_t now);
/* When it shows this, at the earliest. */
int64_t drift_when(const struct drift *drift, int64_t shown);
/* From now on it gains so much each day; it loses, below zero. Less than a day. */
void drift_set_rate(struct drift *drift, int64_t now, int64_t gains_us);
/* From now on it shows the world's time plus this, and runs as it ran. */
void drift_set(struct drift *drift, int64_t now, int64_t offset_us);
