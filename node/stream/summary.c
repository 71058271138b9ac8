#include "stream/summary.h"

#include <assert.h>
#include <string.h>

/* sum + more mod 2^256, little endian. */
static void add(uint8_t sum[static 32], const uint8_t more[static 32])
{
    unsigned carry = 0;
    for (size_t i = 0; i < 32; i++) {
        carry += (unsigned)sum[i] + more[i];
        sum[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

static void subtract(uint8_t sum[static 32], const uint8_t less[static 32])
{
    unsigned borrow = 0;
    for (size_t i = 0; i < 32; i++) {
        unsigned difference = 256u + sum[i] - less[i] - borrow;
        sum[i] = (uint8_t)difference;
        borrow = difference < 256;
    }
}

void summary_add(struct summary *summary, const struct digest *id)
{
    assert(summary->count < UINT64_MAX);
    struct digest addend;
    digest_of(DIGEST_SET, digest_bytes(id), &addend);
    summary->count++;
    add(summary->sum, addend.bytes);
}

void summary_remove(struct summary *summary, const struct digest *id)
{
    assert(summary->count > 0);
    struct digest addend;
    digest_of(DIGEST_SET, digest_bytes(id), &addend);
    summary->count--;
    subtract(summary->sum, addend.bytes);
}

void summary_merge(struct summary *summary, const struct summary *more)
{
    assert(more->count <= UINT64_MAX - summary->count);
    summary->count += more->count;
    add(summary->sum, more->sum);
}

void summary_subtract(struct summary *summary, const struct summary *less)
{
    assert(less->count <= summary->count);
    summary->count -= less->count;
    subtract(summary->sum, less->sum);
}

bool summary_equal(const struct summary *left, const struct summary *right)
{
    return left->count == right->count && memcmp(left->sum, right->sum, sizeof left->sum) == 0;
}
