/* One stream of chance for each purpose: what is drawn from one leaves every other as it is. */
#pragma once

#include "seal/entropy.h"

struct dice {
    uint8_t seed[ENTROPY_SEED_SIZE];
    uint64_t thrown;
};

/* The same seed, label and number always give the same stream. */
struct dice dice_of(uint64_t seed, const char *label, uint64_t number);

/* 0 <= the result < below; below is at least 1. */
uint64_t dice_below(struct dice *dice, uint64_t below);
/* low <= the result <= high. */
int64_t dice_between(struct dice *dice, int64_t low, int64_t high);
bool dice_falls(struct dice *dice, uint32_t permille);
/* From low to high, each size as likely as twice that: small ones are not rare. 1 <= low. */
int64_t dice_spread(struct dice *dice, int64_t low, int64_t high);
/* A word of a list. */
const char *dice_word(struct dice *dice, const char *const *words, size_t count);
