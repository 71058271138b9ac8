/* How often somebody may ask: a bucket for each key, which fills again with time. What is asked too
 * often hears when to come back. Bounded: where there is no room, the bucket that was not used for
 * longest is forgotten. */
#pragma once

#include "base/instant.h"

#include <stdint.h>

struct api_limit;

enum api_limit_kind {
    API_LIMIT_ASKED,      /* by one user: requests */
    API_LIMIT_UNKNOWN,    /* from one address: requests without a name, and wrong secrets */
    API_LIMIT_LOGIN_PAIR, /* one user from one address: passwords tried */
    API_LIMIT_LOGIN_USER, /* one user from anywhere */
    API_LIMIT_LOGIN_ALL,  /* everybody: what the node's processor bears */
    API_LIMIT_COUNT
};

/* The seed keeps strangers from choosing keys that push others out. NULL: no memory. */
struct api_limit *api_limit_open(const uint8_t seed[static 32]);
void api_limit_close(struct api_limit *limit);

/* Takes one. 0: there was one; otherwise seconds until there is. */
uint32_t api_limit_take(struct api_limit *limit, enum api_limit_kind kind, const char *key,
                        struct instant now);
/* Full again: it was the right one. */
void api_limit_forgive(struct api_limit *limit, enum api_limit_kind kind, const char *key,
                       struct instant now);
