/* Now, and dice: the two things the core may not have. */
#pragma once

#include "base/instant.h"
#include "seal/entropy.h"

struct instant clock_now(void);

/* Milliseconds that only go forward, for time-outs within this process. */
int64_t clock_steady_ms(void);
int64_t clock_steady_us(void);
/* Not before this instant, as the clock stands now; INT64_MAX stays. */
int64_t clock_steady_of(struct instant at);

/* Fresh from the kernel's generator. */
void clock_entropy(uint8_t out[static ENTROPY_SEED_SIZE]);
