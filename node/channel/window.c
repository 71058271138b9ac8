#include "channel/window.h"

#include "base/broken.h"

#include <assert.h>
#include <string.h>

static_assert(WINDOW_PLACES % 64 == 0, "whole words");

static uint64_t *word_of(struct window *window, uint64_t counter)
{
    return &window->bits[counter % WINDOW_PLACES / 64];
}

static uint64_t bit_of(uint64_t counter)
{
    return (uint64_t)1 << counter % 64;
}

bool window_fresh(const struct window *window, uint64_t counter)
{
    /* Noise keeps the largest nonce for the rekey; no frame may have it. */
    if (counter == UINT64_MAX)
        return false;
    if (counter >= window->next || broken_is(BROKEN_WINDOW_OPEN))
        return true;
    if (window->next - counter > WINDOW_PLACES)
        return false;
    return !(window->bits[counter % WINDOW_PLACES / 64] & bit_of(counter));
}

/* The places of the counters that were skipped still tell of counters one window ago. */
static void advance(struct window *window, uint64_t next)
{
    if (next - window->next >= WINDOW_PLACES)
        memset(window->bits, 0, sizeof window->bits);
    else
        for (uint64_t skipped = window->next; skipped < next; skipped++)
            *word_of(window, skipped) &= ~bit_of(skipped);
    window->next = next;
}

void window_mark(struct window *window, uint64_t counter)
{
    assert(window_fresh(window, counter));
    if (counter >= window->next)
        advance(window, counter + 1);
    *word_of(window, counter) |= bit_of(counter);
}
