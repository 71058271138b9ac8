/* The one thread beside the loop's: it derives hashes of passwords, one at a time, since each takes
 * 64 MiB and some 100 ms, and the exchange does not wait for a login. It sees nothing but what it
 * is asked to hash. */
#pragma once

#include "io/reason.h"
#include "seal/password.h"

struct hasher;

enum { HASHER_JOBS_MAX = 8 };
enum hasher_state { HASHER_LATER, HASHER_DONE, HASHER_BUSY, HASHER_FAILED };

enum fault hasher_open(struct hasher **out, struct reason *reason);
/* Waits for the job that runs. */
void hasher_close(struct hasher *hasher);

/* Begins the job of this number, or asks for it again. DONE and FAILED forget it, and DONE gives
 * the salt that it was begun with. BUSY: too many wait; nothing was begun. */
enum hasher_state hasher_ask(struct hasher *hasher, uint64_t number, struct bytes text,
                             struct password_salt *salt, struct password_hash *out);

/* Readable when a job is done. */
int hasher_descriptor(const struct hasher *hasher);
/* So that it is readable no more until the next one. */
void hasher_seen(struct hasher *hasher);
