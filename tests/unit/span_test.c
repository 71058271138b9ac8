/* links: base seal record stream */
#include "stream/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A set of points as a sorted array, with the sum of all before each. */
struct set {
    struct span_point *points;
    struct summary *before; /* count + 1 */
    size_t count;
    size_t asked;
};

static uint64_t dice = 0x9e3779b97f4a7c15u;

static uint64_t draw(uint64_t sides)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice % sides;
}

static struct digest random_id(void)
{
    uint8_t bytes[8];
    struct digest id;
    bytes_write_u64le(bytes, draw(UINT64_MAX));
    digest_of(DIGEST_RECORD, (struct bytes) {bytes, 8}, &id);
    return id;
}

static int order(const void *left, const void *right)
{
    return span_point_compare(left, right);
}

static void set_finish(struct set *set)
{
    qsort(set->points, set->count, sizeof *set->points, order);
    set->before = calloc(set->count + 1, sizeof *set->before);
    for (size_t i = 0; i < set->count; i++) {
        set->before[i + 1] = set->before[i];
        summary_add(&set->before[i + 1], &set->points[i].id);
    }
}

static void set_free(struct set *set)
{
    free(set->points);
    free(set->before);
}

/* How many are below the point. */
static size_t below(const struct set *set, const struct span_point *point)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (span_point_compare(&set->points[middle], point) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum fault set_sum(void *self, struct span_point from, struct span_point to,
                          struct summary *out)
{
    struct set *set = self;
    set->asked++;
    *out = (struct summary) {0};
    if (span_point_compare(&from, &to) >= 0)
        return FAULT_NONE;
    *out = set->before[below(set, &to)];
    summary_subtract(out, &set->before[below(set, &from)]);
    return FAULT_NONE;
}

static enum fault set_list(void *self, struct span_point from, struct span_point to,
                           struct span_point *out, size_t max, size_t *count)
{
    struct set *set = self;
    size_t first = below(set, &from), end = below(set, &to);
    *count = end - first < max ? end - first : max;
    memcpy(out, &set->points[first], *count * sizeof *out);
    return FAULT_NONE;
}

static struct span_source source_of(struct set *set)
{
    return (struct span_source) {set, set_sum, set_list};
}

/* How minutes are drawn: each shape has broken somebody's ranges once. */
enum shape {
    SHAPE_SPREAD,
    SHAPE_ONE_MINUTE,
    SHAPE_TWO_MINUTES,
    SHAPE_HEAVY,
    SHAPE_FAR,
    SHAPE_COUNT
};

static uint64_t random_minute(enum shape shape)
{
    const uint64_t today = 29000000;
    switch (shape) {
    case SHAPE_ONE_MINUTE: return today;
    case SHAPE_TWO_MINUTES: return today + draw(2);
    case SHAPE_HEAVY: return draw(10) ? today : today - 100000 + draw(200000);
    case SHAPE_FAR: return draw(3) ? draw(UINT64_C(1) << 50) : draw(3);
    default: return today - draw(500000);
    }
}

/* Two sets: most points in both, some in one alone. */
static void draw_sets(enum shape shape, size_t count, size_t alone, struct set *left,
                      struct set *right)
{
    *left = (struct set) {.points = calloc(count + alone, sizeof *left->points)};
    *right = (struct set) {.points = calloc(count + alone, sizeof *right->points)};
    for (size_t i = 0; i < count + alone; i++) {
        struct span_point point = {random_minute(shape), random_id()};
        bool one = i < alone;
        bool to_left = draw(2);
        if (!one || to_left)
            left->points[left->count++] = point;
        if (!one || !to_left)
            right->points[right->count++] = point;
    }
    set_finish(left);
    set_finish(right);
}

/* ---- splitting ----------------------------------------------------------------------------- */

static void check_split(struct set *set, struct span_point from, struct span_point to)
{
    struct span whole = {from, to, {0}}, pieces[SPAN_FANOUT];
    struct span_source source = source_of(set);
    size_t count;
    assert_int_equal(span_split(&whole, &source, pieces, &count), FAULT_NONE);
    assert_in_range(count, 1, SPAN_FANOUT);
    assert_int_equal(span_point_compare(&pieces[0].from, &from), 0);
    assert_int_equal(span_point_compare(&pieces[count - 1].to, &to), 0);
    for (size_t i = 0; i < count; i++) {
        struct summary held;
        assert_true(span_point_compare(&pieces[i].from, &pieces[i].to) < 0);
        if (i > 0)
            assert_int_equal(span_point_compare(&pieces[i - 1].to, &pieces[i].from), 0);
        assert_int_equal(set_sum(set, pieces[i].from, pieces[i].to, &held), FAULT_NONE);
        assert_true(summary_equal(&held, &pieces[i].held));
    }
    if (count == 1) {
        /* One point only: the next after `from` is `to`. */
        struct span_point next = from;
        for (size_t i = DIGEST_SIZE; i-- > 0 && ++next.id.bytes[i] == 0;)
            continue;
        if (span_point_compare(&next, &from) < 0)
            next.minute++;
        assert_int_equal(span_point_compare(&next, &to), 0);
    }
}

static void the_pieces_cover_the_span_and_do_not_overlap(void **)
{
    struct span whole = span_whole();
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++) {
        struct set set, other;
        draw_sets(shape, 500, 1, &set, &other);
        check_split(&set, whole.from, whole.to);
        for (unsigned i = 0; i < 300; i++) {
            struct span_point from = {random_minute(shape), random_id()};
            struct span_point to = {random_minute(shape), random_id()};
            if (i % 3 == 0)
                from = set.points[draw(set.count)];
            if (i % 4 == 0)
                to = set.points[draw(set.count)];
            if (i % 5 == 0)
                from.id = (struct digest) {{0}};
            if (i % 7 == 0)
                to.id = (struct digest) {{0}};
            if (span_point_compare(&from, &to) < 0)
                check_split(&set, from, to);
        }
        set_free(&set);
        set_free(&other);
    }
}

static void a_span_of_one_point_is_not_split(void **)
{
    struct set set, other;
    draw_sets(SHAPE_ONE_MINUTE, 10, 0, &set, &other);
    struct span_point from = {5, {{1}}}, to = from;
    to.id.bytes[31] = 1;
    check_split(&set, from, to);
    to.id.bytes[31] = 2; /* two points: two pieces */
    check_split(&set, from, to);
    memset(from.id.bytes, 0xff, DIGEST_SIZE);
    to = (struct span_point) {.minute = 6};
    check_split(&set, from, to);
    size_t count = 9;
    struct span pieces[SPAN_FANOUT], empty = {from, from, {0}};
    struct span_source source = source_of(&set);
    assert_int_equal(span_split(&empty, &source, pieces, &count), FAULT_NONE);
    assert_int_equal(count, 0);
    set_free(&set);
    set_free(&other);
}

/* What a partner says that he holds must not move our cuts, nor stop them. */
static void the_speakers_own_count_decides_not_the_partners(void **)
{
    struct set set, other;
    draw_sets(SHAPE_SPREAD, 1000, 0, &set, &other);
    struct span honest = span_whole(), lying = honest, pieces[2][SPAN_FANOUT];
    lying.held.count = UINT64_MAX;
    struct span_source source = source_of(&set);
    size_t count[2];
    assert_int_equal(span_split(&honest, &source, pieces[0], &count[0]), FAULT_NONE);
    assert_int_equal(span_split(&lying, &source, pieces[1], &count[1]), FAULT_NONE);
    assert_int_equal(count[0], count[1]);
    for (size_t i = 0; i < count[0]; i++)
        assert_int_equal(span_point_compare(&pieces[0][i].to, &pieces[1][i].to), 0);
    set_free(&set);
    set_free(&other);
}

static void a_split_asks_for_a_bounded_number_of_sums(void **)
{
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++) {
        struct set set, other;
        draw_sets(shape, 20000, 0, &set, &other);
        struct span whole = span_whole(), pieces[SPAN_FANOUT];
        struct span_source source = source_of(&set);
        size_t count;
        assert_int_equal(span_split(&whole, &source, pieces, &count), FAULT_NONE);
        assert_in_range(set.asked, 1, SPAN_FANOUT * 2 * 64 + 1);
        set_free(&set);
        set_free(&other);
    }
}

static enum fault no_sum(void *, struct span_point, struct span_point, struct summary *)
{
    return FAULT_STORAGE;
}

static void a_fault_of_the_store_is_handed_on(void **)
{
    const struct span_source source = {.sum = no_sum};
    struct span whole = span_whole(), pieces[SPAN_FANOUT];
    size_t count;
    assert_int_equal(span_split(&whole, &source, pieces, &count), FAULT_STORAGE);
    whole.to = (struct span_point) {.minute = 1};
    assert_int_equal(span_split(&whole, &source, pieces, &count), FAULT_STORAGE);
}

/* ---- whole minutes ------------------------------------------------------------------------- */

static bool in_part(const struct span_part *part, const struct span_point *point)
{
    return span_point_compare(&part->from, point) <= 0 && span_point_compare(point, &part->to) < 0;
}

static void a_cut_span_holds_the_same_points_once_each(void **)
{
    for (unsigned i = 0; i < 20000; i++) {
        struct span_point from = {5 + draw(4), random_id()}, to = {5 + draw(4), random_id()};
        if (draw(3) == 0)
            from.id = (struct digest) {{0}};
        if (draw(3) == 0)
            to.id = (struct digest) {{0}};
        struct span_cut cut = span_cut(from, to);
        struct span_point point = {4 + draw(6), random_id()};
        if (draw(4) == 0)
            point = draw(2) ? from : to;
        bool minutes = point.minute >= cut.first_minute && point.minute < cut.end_minute;
        const struct span_part whole = {from, to};
        assert_int_equal(in_part(&cut.head, &point) + minutes + in_part(&cut.tail, &point),
                         in_part(&whole, &point));
    }
}

/* ---- lists --------------------------------------------------------------------------------- */

static void comparing_lists_tells_what_each_side_lacks(void **)
{
    for (unsigned round = 0; round < 200; round++) {
        struct set left, right;
        draw_sets((enum shape)(round % SHAPE_COUNT), draw(60), draw(60), &left, &right);
        struct span_difference difference = {
            .only_left = calloc(left.count + 1, sizeof(struct span_point)),
            .only_right = calloc(right.count + 1, sizeof(struct span_point)),
        };
        span_compare((struct span_list) {left.points, left.count},
                     (struct span_list) {right.points, right.count}, &difference);
        size_t only_left = 0, only_right = 0;
        for (size_t i = 0; i < left.count; i++)
            if (!bsearch(&left.points[i], right.points, right.count, sizeof *right.points, order))
                assert_int_equal(order(&left.points[i], &difference.only_left[only_left++]), 0);
        for (size_t i = 0; i < right.count; i++)
            if (!bsearch(&right.points[i], left.points, left.count, sizeof *left.points, order))
                assert_int_equal(order(&right.points[i], &difference.only_right[only_right++]), 0);
        assert_int_equal(difference.left_count, only_left);
        assert_int_equal(difference.right_count, only_right);
        free(difference.only_left);
        free(difference.only_right);
        set_free(&left);
        set_free(&right);
    }
}

/* ---- convergence --------------------------------------------------------------------------- */

/* Finds what two sides have alone, as two nodes do: in turn each looks at the other's spans, keeps
 * those that differ, and answers with smaller ones; a span with few points on one side is compared
 * by lists. */
struct exchange {
    struct set *sides[2];
    struct span *spans;
    size_t span_count, span_room;
    size_t only[2]; /* points found that one side has alone */
    size_t rounds;
};

static void compare_lists(struct exchange *exchange, const struct span *span)
{
    struct span_list lists[2];
    for (size_t i = 0; i < 2; i++) {
        const struct set *set = exchange->sides[i];
        size_t first = below(set, &span->from);
        lists[i] = (struct span_list) {set->points + first, below(set, &span->to) - first};
    }
    struct span_difference difference = {
        .only_left = calloc(lists[0].count + 1, sizeof(struct span_point)),
        .only_right = calloc(lists[1].count + 1, sizeof(struct span_point)),
    };
    span_compare(lists[0], lists[1], &difference);
    exchange->only[0] += difference.left_count;
    exchange->only[1] += difference.right_count;
    free(difference.only_left);
    free(difference.only_right);
}

static void answer(struct exchange *exchange, const struct span *asked, struct set *speaker,
                   struct span *next, size_t *next_count)
{
    struct summary own;
    assert_int_equal(set_sum(speaker, asked->from, asked->to, &own), FAULT_NONE);
    if (summary_equal(&own, &asked->held))
        return;
    if (own.count <= SPAN_LIST_MAX || asked->held.count <= SPAN_LIST_MAX) {
        compare_lists(exchange, asked);
        return;
    }
    struct span_source source = source_of(speaker);
    size_t count;
    assert_int_equal(span_split(asked, &source, &next[*next_count], &count), FAULT_NONE);
    assert_true(count > 1);
    *next_count += count;
}

static void converge(struct exchange *exchange)
{
    struct span whole = span_whole(), *spans = calloc(1, sizeof whole);
    size_t count = 1, speaker = 0;
    assert_int_equal(set_sum(exchange->sides[0], whole.from, whole.to, &whole.held), FAULT_NONE);
    spans[0] = whole;
    while (count > 0) {
        struct span *next = calloc(count * SPAN_FANOUT, sizeof *next);
        size_t next_count = 0;
        speaker = 1 - speaker;
        for (size_t i = 0; i < count; i++)
            answer(exchange, &spans[i], exchange->sides[speaker], next, &next_count);
        free(spans);
        spans = next;
        count = next_count;
        exchange->rounds++;
        assert_true(exchange->rounds < 100);
    }
    free(spans);
}

static void an_exchange_of_spans_finds_exactly_the_difference(void **)
{
    static const size_t counts[][2] = {{0, 0},     {0, 1},      {1, 0},     {100, 3},
                                       {1000, 1},  {5000, 7},   {20000, 1}, {20000, 900},
                                       {0, 20000}, {3000, 3000}};
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            struct set left, right;
            draw_sets(shape, counts[i][0], counts[i][1], &left, &right);
            struct exchange exchange = {.sides = {&left, &right}};
            converge(&exchange);
            assert_int_equal(exchange.only[0] + exchange.only[1], counts[i][1]);
            assert_int_equal(exchange.only[0], left.count - counts[i][0]);
            /* 20,000 points are 16 times 16 times fewer than 128; a heavy minute costs one more. */
            assert_in_range(exchange.rounds, 1, 5);
            set_free(&left);
            set_free(&right);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pieces_cover_the_span_and_do_not_overlap),
        cmocka_unit_test(a_span_of_one_point_is_not_split),
        cmocka_unit_test(the_speakers_own_count_decides_not_the_partners),
        cmocka_unit_test(a_split_asks_for_a_bounded_number_of_sums),
        cmocka_unit_test(a_fault_of_the_store_is_handed_on),
        cmocka_unit_test(a_cut_span_holds_the_same_points_once_each),
        cmocka_unit_test(comparing_lists_tells_what_each_side_lacks),
        cmocka_unit_test(an_exchange_of_spans_finds_exactly_the_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
