/* ECTS credits: hundredths, exactly. `5.5` are 550. */
#pragma once

#include "base/arena.h"

enum { CREDITS_ONE = 100, CREDITS_YEAR = 60 * CREDITS_ONE };

/* `6`, `5.5`, `2,25`. False when it is no number, negative, finer than hundredths or too large. */
bool credits_read(struct bytes text, uint32_t *hundredths);
/* NULL when the arena is spent. */
const char *credits_text(uint32_t hundredths, struct arena *arena);

/* Sums are exact, or refused: false when they do not fit, and *sum is as it was. */
bool credits_add(uint32_t *sum, uint32_t hundredths);
bool credits_sum(const uint32_t *hundredths, size_t count, uint32_t *sum);
