#include "stream/summary.h"

#include <assert.h>
#include <string.h>

/* sum + more mod 2^256, little endian. */
static void add(uint8_t sum[static 32], const uint8_t more[static 32])
{
    uint64_t carry = 0;
    for (size_t i = 0; i < 32; i += 8) {
        uint64_t before = bytes_read_u64le(sum + i);
        uint64_t without = before + bytes_read_u64le(more + i), with = without + carry;
        bytes_write_u64le(sum + i, with);
        carry = without < before || with < without;
    }
}

static void subtract(uint8_t sum[static 32], const uint8_t less[static 32])
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < 32; i += 8) {
        uint64_t before = bytes_read_u64le(sum + i);
        uint64_t without = before - bytes_read_u64le(less + i), with = without - borrow;
        bytes_write_u64le(sum + i, with);
        borrow = without > before || with > without;
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
