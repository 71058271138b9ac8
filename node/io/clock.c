#include "io/clock.h"

#include <assert.h>
#include <sodium.h>
#include <time.h>

static struct timespec read_clock(clockid_t which)
{
    struct timespec read;
    int failed = clock_gettime(which, &read);
    assert(!failed);
    return read;
}

struct instant clock_now(void)
{
    struct timespec now = read_clock(CLOCK_REALTIME);
    return (struct instant) {(int64_t)now.tv_sec * INSTANT_SECOND + now.tv_nsec / 1000};
}

int64_t clock_steady_ms(void)
{
    struct timespec now = read_clock(CLOCK_MONOTONIC);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_steady_us(void)
{
    struct timespec now = read_clock(CLOCK_MONOTONIC);
    return (int64_t)now.tv_sec * INSTANT_SECOND + now.tv_nsec / 1000;
}

int64_t clock_steady_of(struct instant at)
{
    int64_t left_us = at.us - clock_now().us;
    if (at.us == INT64_MAX)
        return INT64_MAX;
    return clock_steady_ms() + (left_us > 0 ? left_us / 1000 + 1 : 0);
}

void clock_entropy(uint8_t out[static ENTROPY_SEED_SIZE])
{
    randombytes_buf(out, ENTROPY_SEED_SIZE);
}
