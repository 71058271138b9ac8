#include "stream/span.h"

#include <assert.h>
#include <string.h>

/* An id as a number that may also be 2^256, big endian. */
enum { WIDE_SIZE = 1 + DIGEST_SIZE };

struct wide {
    uint8_t bytes[WIDE_SIZE];
};

/* Points low <= x < high inside one minute. */
struct interval {
    struct wide low, high;
};

/* The pieces as they grow from left to right. */
struct cutting {
    const struct span_source *source;
    struct span *pieces;
    size_t count;
    uint64_t last;    /* the last minute that the whole touches */
    struct span rest; /* not yet cut off */
};

struct span span_whole(void)
{
    struct span whole = {.to.minute = UINT64_MAX};
    memset(whole.to.id.bytes, 0xff, DIGEST_SIZE);
    return whole;
}

int span_point_compare(const struct span_point *left, const struct span_point *right)
{
    if (left->minute != right->minute)
        return left->minute < right->minute ? -1 : 1;
    return digest_compare(&left->id, &right->id);
}

static struct span_point minute_start(uint64_t minute)
{
    return (struct span_point) {.minute = minute};
}

static bool is_minute_start(const struct span_point *point)
{
    static const struct digest zero;
    return digest_equal(&point->id, &zero);
}

/* ---- by time -------------------------------------------------------------------------------- */

/* Cuts [rest.from, minute) off. */
static void cut_off(struct cutting *cutting, uint64_t minute, const struct summary *held)
{
    assert(cutting->count < SPAN_FANOUT - 1);
    struct span *piece = &cutting->pieces[cutting->count++];
    *piece = (struct span) {cutting->rest.from, minute_start(minute), *held};
    cutting->rest.from = piece->to;
    summary_subtract(&cutting->rest.held, held);
}

/* Where a piece of at most quota records ends that begins with the rest: first in growing steps,
 * then by halving. A first minute with more than the quota is a piece of its own. */
static enum fault find_cut(const struct cutting *cutting, uint64_t quota, uint64_t *minute,
                           struct summary *held)
{
    const struct span_source *source = cutting->source;
    struct span_point from = cutting->rest.from;
    uint64_t low = from.minute, high = cutting->last + 1, step = 1;
    bool growing = true;
    *held = (struct summary) {0};
    while (high - low > 1) {
        uint64_t reach = growing && step < high - low ? low + step : low + (high - low) / 2;
        struct summary more;
        TRY(source->sum(source->self, from, minute_start(reach), &more));
        if (held->count + more.count <= quota) {
            summary_merge(held, &more);
            from = minute_start(reach);
            low = reach;
            step *= 2;
        } else {
            high = reach;
            growing = false;
        }
    }
    *minute = low;
    if (low != cutting->rest.from.minute)
        return FAULT_NONE;
    *minute = low + 1;
    return source->sum(source->self, from, minute_start(low + 1), held);
}

/* Two neighbours hold more than one quota together, so 15 pieces take at least seven sixteenths of
 * the records away: the next round is always about a smaller span. */
static enum fault cut_by_time(struct cutting *cutting)
{
    uint64_t quota = cutting->rest.held.count / SPAN_FANOUT;
    if (cutting->rest.held.count == 0) {
        uint64_t first = cutting->rest.from.minute;
        cut_off(cutting, first + (cutting->last - first + 1) / 2, &(struct summary) {0});
    }
    while (cutting->count < SPAN_FANOUT - 1 && cutting->rest.from.minute < cutting->last &&
           cutting->rest.held.count > quota) {
        struct summary held;
        uint64_t minute;
        TRY(find_cut(cutting, quota, &minute, &held));
        cut_off(cutting, minute, &held);
    }
    cutting->pieces[cutting->count++] = cutting->rest;
    return FAULT_NONE;
}

/* ---- inside one minute ---------------------------------------------------------------------- */

static struct wide wide_of(const struct digest *id)
{
    struct wide wide = {0};
    memcpy(wide.bytes + 1, id->bytes, DIGEST_SIZE);
    return wide;
}

/* low + (high - low) * part / SPAN_FANOUT. */
static struct wide wide_cut(const struct interval *whole, unsigned part)
{
    static_assert(SPAN_FANOUT == 16, "four bits are shifted");
    struct wide scaled, cut;
    unsigned borrow = 0, product = 0, carry = 0;
    for (size_t i = WIDE_SIZE; i-- > 0;) {
        unsigned difference = 256u + whole->high.bytes[i] - whole->low.bytes[i] - borrow;
        borrow = difference < 256;
        product += (difference & 0xff) * part;
        scaled.bytes[i] = (uint8_t)product;
        product >>= 8;
    }
    for (size_t i = WIDE_SIZE; i-- > 0;) {
        unsigned above = i > 0 ? scaled.bytes[i - 1] : 0;
        carry += ((scaled.bytes[i] >> 4 | above << 4) & 0xff) + whole->low.bytes[i];
        cut.bytes[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return cut;
}

static enum fault cut_by_id(struct cutting *cutting)
{
    struct span_point end = cutting->rest.to, from = cutting->rest.from;
    struct interval whole = {wide_of(&from.id), wide_of(&end.id)};
    if (end.minute != from.minute)
        whole.high = (struct wide) {{1}};
    for (unsigned part = 1; part <= SPAN_FANOUT; part++) {
        struct span_point to = end;
        if (part < SPAN_FANOUT) {
            struct wide cut = wide_cut(&whole, part);
            to.minute = from.minute;
            memcpy(to.id.bytes, cut.bytes + 1, DIGEST_SIZE);
        }
        if (span_point_compare(&from, &to) == 0)
            continue;
        struct span *piece = &cutting->pieces[cutting->count++];
        *piece = (struct span) {.from = from, .to = to};
        TRY(cutting->source->sum(cutting->source->self, from, to, &piece->held));
        from = to;
    }
    return FAULT_NONE;
}

enum fault span_split(const struct span *whole, const struct span_source *source,
                      struct span out[static SPAN_FANOUT], size_t *count)
{
    *count = 0;
    if (span_point_compare(&whole->from, &whole->to) >= 0)
        return FAULT_NONE;
    struct cutting cutting = {
        .source = source,
        .pieces = out,
        .last = whole->to.minute - is_minute_start(&whole->to),
        .rest = *whole,
    };
    if (cutting.last == whole->from.minute) {
        TRY(cut_by_id(&cutting));
    } else {
        /* What a partner says that he holds is in whole->held; here our own count matters. */
        TRY(source->sum(source->self, whole->from, whole->to, &cutting.rest.held));
        TRY(cut_by_time(&cutting));
    }
    assert(cutting.count > 0 && cutting.count <= SPAN_FANOUT);
    *count = cutting.count;
    return FAULT_NONE;
}

/* ---- whole minutes -------------------------------------------------------------------------- */

struct span_cut span_cut(struct span_point from, struct span_point to)
{
    struct span_cut cut = {.head = {to, to}, .tail = {to, to}};
    if (span_point_compare(&from, &to) >= 0)
        return cut;
    if (from.minute == to.minute) {
        cut.head.from = from;
        return cut;
    }
    cut.first_minute = from.minute;
    if (!is_minute_start(&from)) {
        cut.first_minute++;
        cut.head = (struct span_part) {from, minute_start(cut.first_minute)};
    }
    cut.end_minute = to.minute < INT64_MAX ? to.minute : INT64_MAX;
    cut.tail.from = minute_start(to.minute);
    return cut;
}

/* ---- lists ---------------------------------------------------------------------------------- */

void span_compare(struct span_list left, struct span_list right, struct span_difference *out)
{
    size_t i = 0, j = 0;
    out->left_count = out->right_count = 0;
    while (i < left.count || j < right.count) {
        int order = i == left.count    ? 1
                    : j == right.count ? -1
                                       : span_point_compare(&left.points[i], &right.points[j]);
        if (order < 0)
            out->only_left[out->left_count++] = left.points[i];
        if (order > 0)
            out->only_right[out->right_count++] = right.points[j];
        i += order <= 0;
        j += order >= 0;
    }
    assert(out->left_count <= left.count && out->right_count <= right.count);
}
