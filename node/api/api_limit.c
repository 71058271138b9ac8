#include "api/api_limit.h"

#include "seal/digest.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 512, WAYS = 8, SEED_SIZE = 32, DROP = 1000000 };

/* `burst` at once, then one each `every_ms`. */
static const struct {
    uint32_t burst, every_ms;
} rates[] = {
    [API_LIMIT_ASKED] = {1000, 5},        /* 200 a second */
    [API_LIMIT_UNKNOWN] = {60, 1000},     /* 60 a minute */
    [API_LIMIT_LOGIN_PAIR] = {5, 60000},  /* one a minute */
    [API_LIMIT_LOGIN_USER] = {20, 30000}, /* two a minute */
    [API_LIMIT_LOGIN_ALL] = {60, 1000},   /* each costs some 100 ms of one core */
};

static_assert(sizeof rates / sizeof *rates == API_LIMIT_COUNT, "one rate for each kind");

struct bucket {
    uint64_t name; /* 0: free */
    int64_t at_us; /* when it was looked at last */
    int64_t drops; /* DROP of them are one */
};

struct api_limit {
    uint8_t seed[SEED_SIZE];
    struct bucket buckets[SETS][WAYS];
};

struct api_limit *api_limit_open(const uint8_t seed[static 32])
{
    struct api_limit *limit = calloc(1, sizeof *limit);
    if (limit)
        memcpy(limit->seed, seed, SEED_SIZE);
    return limit;
}

void api_limit_close(struct api_limit *limit)
{
    free(limit);
}

static uint64_t name_of(const struct api_limit *limit, enum api_limit_kind kind, const char *key)
{
    char text[256];
    struct digest digest;
    size_t length = strnlen(key, sizeof text - 1);
    text[0] = (char)('a' + kind);
    memcpy(text + 1, key, length);
    digest_keyed(DIGEST_SECRET, limit->seed, (struct bytes) {(uint8_t *)text, length + 1}, &digest);
    return bytes_read_u64le(digest.bytes) | 1;
}

/* As full as it is by now. A clock that went back fills nothing. */
static struct bucket *bucket_of(struct api_limit *limit, enum api_limit_kind kind, const char *key,
                                struct instant now)
{
    uint64_t name = name_of(limit, kind, key);
    struct bucket *set = limit->buckets[(name >> 1) % SETS], *oldest = set;
    const int64_t full = (int64_t)rates[kind].burst * DROP;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].name == name) {
            int64_t passed = now.us > set[i].at_us ? now.us - set[i].at_us : 0;
            int64_t room = (full - set[i].drops) / 1000 * rates[kind].every_ms;
            set[i].drops =
                passed > room ? full : set[i].drops + passed * 1000 / rates[kind].every_ms;
            set[i].at_us = now.us;
            return &set[i];
        }
        if (set[i].at_us < oldest->at_us)
            oldest = &set[i];
    }
    *oldest = (struct bucket) {name, now.us, full};
    return oldest;
}

uint32_t api_limit_take(struct api_limit *limit, enum api_limit_kind kind, const char *key,
                        struct instant now)
{
    assert(kind < API_LIMIT_COUNT);
    if (!limit)
        return 0;
    struct bucket *bucket = bucket_of(limit, kind, key, now);
    if (bucket->drops >= DROP) {
        bucket->drops -= DROP;
        return 0;
    }
    int64_t wait_ms = (DROP - bucket->drops) * rates[kind].every_ms / DROP;
    return (uint32_t)(wait_ms / 1000 + 1);
}

void api_limit_forgive(struct api_limit *limit, enum api_limit_kind kind, const char *key,
                       struct instant now)
{
    if (limit)
        bucket_of(limit, kind, key, now)->drops = (int64_t)rates[kind].burst * DROP;
}
