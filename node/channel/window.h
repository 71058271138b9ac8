/* Which counters were seen: a sliding bitmap of 2,048 places (RFC 6479 in spirit). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { WINDOW_PLACES = 2048 };

struct window {
    uint64_t next; /* one above the largest counter taken */
    uint64_t bits[WINDOW_PLACES / 64];
};

/* Not seen and not too old. Changes nothing: a frame is marked only after its tag has held. */
bool window_fresh(const struct window *window, uint64_t counter);
void window_mark(struct window *window, uint64_t counter);
