/* All the dice of the core: an event's 32-byte seed, expanded by label and counter. */
#pragma once

#include "base/bytes.h"

enum { ENTROPY_SEED_SIZE = 32, ENTROPY_LABEL_MAX = 64, ENTROPY_SIZE_MAX = 4096 };

/* out = digest `seed` keyed with the seed over `label 0x00 u64le(counter) u64le(block)`, block
 * after block of 32 bytes. The same seed, label and counter always give the same bytes. */
void entropy_expand(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *label,
                    uint64_t counter, uint8_t *out, size_t size);
