/* When to try again: exponential with jitter, capped, reset by any authenticated frame. */
#pragma once

#include "base/instant.h"

enum {
    RETRY_DELAY_MS_MIN = 250,
    RETRY_DELAY_MS_MAX = 15 * 60 * 1000,
};

struct retry {
    uint32_t attempts;
    struct instant next; /* not before; zero: at once */
};

/* After a failed attempt: delay = min * 2^attempts, capped, times 0.5 to 1.0 by `dice`. */
void retry_failed(struct retry *retry, struct instant now, uint64_t dice);
void retry_reset(struct retry *retry);
