/* The dice of a virtual world: one stream for each purpose and each thing that it is about, so that
 * a fault that is switched off leaves the dice of all others as they were. */
#pragma once

#include "base/bytes.h"
#include "seal/entropy.h"

/* The key of a purpose, from the world's seed. */
uint64_t chance_key(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *purpose);
/* A number that a name has in every world: streams about it do not depend on who else is there. */
uint64_t chance_mark(const char *name);
/* The draw with this number in the stream of a purpose about one thing. */
uint64_t chance_draw(uint64_t key, uint64_t about, uint64_t number);
