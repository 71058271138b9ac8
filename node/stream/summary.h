/* A set of record ids as a count and a sum: equal sets, equal summaries, whatever the order.
 *
 * The sum adds digest `set` of each id mod 2^256, little endian. Transport state, never evidence:
 * who may choose ids freely can forge a sum, and gains only that his own records are not sent. */
#pragma once

#include "seal/digest.h"

struct summary {
    uint64_t count;
    uint8_t sum[32];
};

void summary_add(struct summary *summary, const struct digest *id);
void summary_remove(struct summary *summary, const struct digest *id);
void summary_merge(struct summary *summary, const struct summary *more);
void summary_subtract(struct summary *summary, const struct summary *less);
bool summary_equal(const struct summary *left, const struct summary *right);
