/* Webhooks: whom the node tells what happens, how far each has come, and when it is tried again.
 *
 * Kept as small values `webhook/ID`. At least once and in order: the cursor moves when an answer
 * has come, so that a fall repeats an event under the same id. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "local.pb-c.h"
#include "store/store.h"

enum {
    HOOK_MAX = 16,
    HOOK_URL_MAX = 512,
    HOOK_ID_SIZE = 12, /* characters */
    HOOK_SECRET_SIZE = 6 + 64,
    HOOK_DEAD_MAX = 30,
    HOOK_DELAY_MAX = 3600,     /* seconds between two attempts */
    HOOK_PATIENCE = 24 * 3600, /* then it is a dead letter */
    HOOK_ROWS = 2000,          /* of the feed, looked at in one go */
};

struct hook {
    char id[HOOK_ID_SIZE + 1];
    Peregrin__Webhook *kept;
};

/* In ascending order of id. */
enum fault hook_list(struct store *store, struct arena *arena, struct hook **out, size_t *count);
/* *found false: there is none. */
enum fault hook_get(struct store *store, const char *id, struct arena *arena, bool *found,
                    struct hook *out);
enum fault hook_put(struct store *store, const struct hook *hook, struct arena *arena);
enum fault hook_remove(struct store *store, const char *id);

/* https, or http to this very machine; no user, no fragment. */
bool hook_url_fits(const char *url);
/* A new one that begins behind the cursor. */
struct hook hook_new(const char *url, uint32_t kinds, int64_t cursor, struct instant now,
                     const uint8_t dice[static 64], struct arena *arena);

/* ---- what comes next ---- */

/* HOOK_LATER: nothing so far, and more to look through. */
enum hook_what { HOOK_NOTHING, HOOK_LATER, HOOK_TEST, HOOK_EVENT };
struct hook_next {
    enum hook_what what;
    struct store_event event;
    bool dead; /* it was a dead letter */
};
/* *looked: events up to it are not meant for this webhook; kept by the caller from call to call, 0
 * at first. */
enum fault hook_next(struct store *store, const struct hook *hook, struct arena *arena,
                     int64_t *looked, struct hook_next *out);
/* The instant of the next attempt, in seconds; 0: at once. */
uint64_t hook_due(const struct hook *hook);

/* What is sent: codes and ids. data NULL when the arena is spent. */
struct bytes hook_body(const struct hook *hook, const struct hook_next *next,
                       const struct store_pair *pairs, size_t pair_count, struct instant now,
                       struct arena *arena);
/* The same for every attempt at the same event: `ID.CURSOR`. */
const char *hook_delivery(const struct hook *hook, const struct hook_next *next,
                          struct arena *arena);
const char *hook_url(const struct hook *hook);
const char *hook_secret(const struct hook *hook);
/* What comes next was tried in vain; how many letters are dead. */
bool hook_fails(const struct hook *hook);
size_t hook_dead(const struct hook *hook);

/* ---- what came of it ---- */

/* status 0: no answer. Any of 200 to 299 is a delivery. */
enum fault hook_settle(struct hook *hook, const struct hook_next *next, unsigned status,
                       struct instant now, const uint8_t dice[static 4], struct arena *arena);
/* Dead letters and what waits are tried at once. Gives the number of dead letters. */
size_t hook_retry(struct hook *hook);
