#include "sim/drift.h"

#include <assert.h>

static const int64_t DAY = 86400 * (int64_t)1000000;

/* In a span of the world's time. */
static int64_t gained(const struct drift *drift, int64_t span)
{
    return (int64_t)((__int128)span * drift->gains_us / DAY);
}

int64_t drift_shows(const struct drift *drift, int64_t now)
{
    return now + drift->offset_us + gained(drift, now - drift->since);
}

int64_t drift_when(const struct drift *drift, int64_t shown)
{
    int64_t span = shown - drift->offset_us - drift->since;
    int64_t at = drift->since + (int64_t)((__int128)span * DAY / (DAY + drift->gains_us));
    while (drift_shows(drift, at) < shown)
        at++; /* what was rounded away */
    return at;
}

void drift_set_rate(struct drift *drift, int64_t now, int64_t gains_us)
{
    assert(gains_us > -DAY && gains_us < DAY);
    drift->offset_us = drift_shows(drift, now) - now;
    drift->since = now;
    drift->gains_us = gains_us;
}

void drift_set(struct drift *drift, int64_t now, int64_t offset_us)
{
    drift->offset_us = offset_us;
    drift->since = now;
}
