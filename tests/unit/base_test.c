/* links: base */
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fault.h"
#include "base/instant.h"
#include "base/trace.h"
#include "base/verdict.h"
#include "base/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void bytes_are_equal_in_length_and_content(void **state)
{
    (void)state;
    assert_true(bytes_equal(bytes_text("peregrin"), bytes_text("peregrin")));
    assert_false(bytes_equal(bytes_text("peregrin"), bytes_text("peregrim")));
    assert_false(bytes_equal(bytes_text("peregrin"), bytes_text("peregri")));
    assert_true(bytes_equal((struct bytes) {0}, bytes_text("")));
    assert_false(bytes_equal((struct bytes) {0}, bytes_text("p")));
}

static bool printable(uint8_t byte)
{
    return byte >= 0x20 && byte <= 0x7E;
}

/* Every byte at every place of the first two steps, among neighbours at both edges. */
static void printable_bytes_are_counted_in_steps_of_eight(void **state)
{
    (void)state;
    uint8_t text[19];
    for (unsigned byte = 0; byte < 256; byte++)
        for (size_t place = 0; place < sizeof text; place++)
            for (int around = 0; around < 2; around++) {
                memset(text, around ? 0x20 : 0x7E, sizeof text);
                text[place] = (uint8_t)byte;
                size_t wanted = printable((uint8_t)byte) || place >= 16 ? 16 : place < 8 ? 0 : 8;
                struct bytes view = {text, sizeof text};
                assert_int_equal(bytes_printable(view, 0), wanted);
            }
    assert_int_equal(bytes_printable((struct bytes) {text, 7}, 0), 0);
    assert_int_equal(bytes_printable((struct bytes) {0}, 0), 0);
    memset(text, 'a', sizeof text);
    assert_int_equal(bytes_printable((struct bytes) {text, sizeof text}, 11), 8);
}

static void bytes_compare_as_memory_with_the_prefix_first(void **state)
{
    static const uint8_t high[] = {0xFF}, low[] = {0x01, 0x00};
    (void)state;
    assert_int_equal(bytes_compare(bytes_text("ab"), bytes_text("ab")), 0);
    assert_int_equal(bytes_compare(bytes_text("ab"), bytes_text("abc")), -1);
    assert_int_equal(bytes_compare(bytes_text("abc"), bytes_text("ab")), 1);
    assert_int_equal(bytes_compare(bytes_text("b"), bytes_text("ab")), 1);
    assert_int_equal(bytes_compare((struct bytes) {0}, bytes_text("a")), -1);
    assert_int_equal(bytes_compare((struct bytes) {0}, (struct bytes) {0}), 0);
    assert_int_equal(bytes_compare((struct bytes) {high, 1}, (struct bytes) {low, 2}), 1);
}

static void numbers_are_written_low_byte_first_and_read_back(void **state)
{
    static const uint64_t numbers[] = {0, 1, 0x0102030405060708, UINT64_MAX, 1ull << 63};
    uint8_t wide[8], narrow[4];
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        bytes_write_u64le(wide, numbers[i]);
        assert_true(bytes_read_u64le(wide) == numbers[i]);
        bytes_write_u32le(narrow, (uint32_t)numbers[i]);
        assert_true(bytes_read_u32le(narrow) == (uint32_t)numbers[i]);
    }
    bytes_write_u64le(wide, 0x0102030405060708);
    assert_memory_equal(wide, "\x08\x07\x06\x05\x04\x03\x02\x01", 8);
    bytes_write_u32le(narrow, 0x01020304);
    assert_memory_equal(narrow, "\x04\x03\x02\x01", 4);
}

static void an_arena_gives_zeroed_and_aligned_memory(void **state)
{
    struct arena *arena = arena_open(1 << 20);
    (void)state;
    for (size_t size = 0; size < 300; size++) {
        uint8_t *taken = arena_take(arena, size);
        assert_non_null(taken);
        assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(taken[i], 0);
        memset(taken, 0xFF, size);
        if (size == 200)
            arena_reset(arena); /* what comes after is zeroed again */
    }
    arena_close(arena);
}

static void an_arena_gives_its_budget_and_not_a_byte_more(void **state)
{
    struct arena *arena = arena_open(100);
    (void)state;
    assert_non_null(arena_take(arena, 60));
    assert_null(arena_take(arena, 41));
    assert_non_null(arena_take(arena, 40));
    assert_int_equal(arena_used(arena), 100);
    assert_null(arena_take(arena, 1));
    assert_non_null(arena_take(arena, 0));
    assert_null(arena_take(arena, SIZE_MAX));
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    assert_non_null(arena_take(arena, 100));
    arena_close(arena);
}

static void an_arena_gives_blocks_larger_than_its_own(void **state)
{
    enum { LARGE = 1 << 20 };
    struct arena *arena = arena_open(4 * LARGE);
    (void)state;
    for (int round = 0; round < 3; round++) {
        uint8_t *small = arena_take(arena, 10), *large = arena_take(arena, LARGE);
        assert_non_null(small);
        assert_non_null(large);
        memset(small, 1, 10);
        memset(large, 2, LARGE);
        assert_int_equal(small[9], 1);
        arena_reset(arena);
    }
    arena_close(arena);
    arena_close(NULL);
}

static void an_array_whose_size_overflows_is_not_given(void **state)
{
    struct arena *arena = arena_open(SIZE_MAX);
    (void)state;
    assert_null(arena_take_array(arena, SIZE_MAX / 8 + 1, 8));
    assert_non_null(arena_take_array(arena, 8, 8));
    assert_int_equal(arena_used(arena), 64);
    assert_non_null(arena_take_array(arena, 8, 0));
    arena_close(arena);
}

static void copies_texts_and_formats_live_in_the_arena(void **state)
{
    struct arena *arena = arena_open(64);
    (void)state;
    char source[] = "D7F2";
    struct bytes copy = arena_copy(arena, bytes_text(source));
    char *text = arena_text(arena, (struct bytes) {(const uint8_t *)source, 2});
    memset(source, 'x', 4);
    assert_true(bytes_equal(copy, bytes_text("D7F2")));
    assert_string_equal(text, "D7");
    assert_non_null(arena_copy(arena, (struct bytes) {0}).data);
    assert_string_equal(arena_text(arena, (struct bytes) {0}), "");
    assert_string_equal(arena_format(arena, "%s %d", "lane", 1), "lane 1");
    assert_null(arena_format(arena, "%080d", 7));
    assert_null(arena_copy(arena, (struct bytes) {(const uint8_t *)arena, 63}).data);
    assert_null(arena_text(arena, (struct bytes) {(const uint8_t *)arena, 63}));
    arena_close(arena);
}

static void an_instant_reads_as_utc(void **state)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},          {-1, "1969-12-31T23:59:59Z"},
        {951782400, "2000-02-29T00:00:00Z"},  {1795301546, "2026-11-21T22:52:26Z"},
        {4107542400, "2100-03-01T00:00:00Z"}, {4107542399, "2100-02-28T23:59:59Z"},
    };
    char text[INSTANT_TEXT_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        instant_text((struct instant) {rows[i].seconds * INSTANT_SECOND}, text);
        assert_string_equal(text, rows[i].text);
    }
    instant_text((struct instant) {-1}, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
    instant_text((struct instant) {INT64_MAX}, text);
    instant_text((struct instant) {INT64_MIN}, text);
}

static void minutes_and_seconds_round_down_and_are_never_negative(void **state)
{
    (void)state;
    assert_true(instant_minutes((struct instant) {59999999}) == 0);
    assert_true(instant_minutes((struct instant) {-60000000}) == 0);
    assert_true(instant_minutes((struct instant) {60000000}) == 1);
    assert_true(instant_seconds((struct instant) {59999999}) == 59);
    assert_true(instant_minutes((struct instant) {-1}) == 0);
    assert_true(instant_seconds((struct instant) {-60000000}) == 0);
    struct instant at = {1000};
    assert_true(instant_after(at, 500).us == 1500);
    assert_true(instant_before(at, instant_after(at, 1)));
    assert_false(instant_before(at, at));
}

static void only_a_real_date_is_a_date(void **state)
{
    static const struct {
        const char *text;
        bool valid;
        int64_t days;
    } rows[] = {
        {"1970-01-01", true, 0},
        {"1969-12-31", true, -1},
        {"2024-02-29", true, 19782},
        {"2000-02-29", true, 11016},
        {"2026-11-21", true, 20778},
        {"2023-02-29", false, 0},
        {"1900-02-29", false, 0},
        {"2026-04-31", false, 0},
        {"2026-13-01", false, 0},
        {"2026-00-10", false, 0},
        {"2026-01-00", false, 0},
        {"2026-1-01", false, 0},
        {"2026/01/01", false, 0},
        {"2026/01-01", false, 0},
        {"2026-01/01", false, 0},
        {"2026-0:-01", false, 0},
        {"2026-01-01 ", false, 0},
        {" 026-01-01", false, 0},
        {"", false, 0},
        {"+026-01-01", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t days = 0;
        assert_int_equal(instant_date(bytes_text(rows[i].text), &days), rows[i].valid);
        assert_true(days == rows[i].days);
    }
}

/* Every day of three centuries, by its text and back. */
static void each_day_has_one_text(void **state)
{
    (void)state;
    for (int64_t day = -25567; day < 84006; day++) {
        char text[INSTANT_TEXT_SIZE];
        int64_t back;
        instant_text((struct instant) {day * 86400 * INSTANT_SECOND}, text);
        assert_true(instant_date((struct bytes) {(const uint8_t *)text, 10}, &back));
        assert_true(back == day);
    }
}

static void each_verdict_has_a_code_of_its_own_a_sentence_and_a_remedy(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VERDICT_COUNT; i++) {
        const struct verdict_text *text = verdict_text((enum verdict)i);
        assert_true(*text->code && *text->sentence);
        assert_true(i == VERDICT_FINE || (*text->remedy && text->exit_status != 0));
        assert_int_equal(strspn(text->code, "abcdefghijklmnopqrstuvwxyz_"), strlen(text->code));
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(text->code, verdict_text((enum verdict)j)->code);
        assert_int_equal(verdict_of(i), i);
    }
    assert_int_equal(verdict_of(VERDICT_COUNT), VERDICT_COUNT);
    assert_int_equal(verdict_of(UINT32_MAX), VERDICT_COUNT);
}

/* The numbers travel in refusals and notices: they never change their meaning. */
static void the_numbers_of_the_verdicts_are_as_published(void **state)
{
    static const char *const published[] = {
        "fine",           "malformed",   "too_large",     "forged",      "stale",     "unknown",
        "not_addressed",  "out_of_turn", "invalid",       "contradicts", "not_found", "duplicate",
        "not_understood", "unavailable", "not_permitted", "expired",     "revoked",   "internal",
    };
    (void)state;
    for (unsigned i = 0; i < sizeof published / sizeof *published; i++)
        assert_string_equal(verdict_text((enum verdict)i)->code, published[i]);
}

static void each_fault_has_a_code_of_its_own_a_sentence_and_a_remedy(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FAULT_COUNT; i++) {
        const struct fault_text *text = fault_text((enum fault)i);
        assert_true(*text->code && *text->sentence);
        assert_true(i == FAULT_NONE || (*text->remedy && text->exit_status != 0));
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(text->code, fault_text((enum fault)j)->code);
    }
}

static enum verdict try_twice(enum verdict first, enum verdict second, int *reached)
{
    TRY(first);
    *reached = 1;
    TRY(second);
    *reached = 2;
    return VERDICT_FINE;
}

static void try_hands_on_what_is_not_fine(void **state)
{
    int reached = 0;
    (void)state;
    assert_int_equal(try_twice(VERDICT_STALE, VERDICT_FINE, &reached), VERDICT_STALE);
    assert_int_equal(reached, 0);
    assert_int_equal(try_twice(VERDICT_FINE, VERDICT_FORGED, &reached), VERDICT_FORGED);
    assert_int_equal(reached, 1);
    assert_int_equal(try_twice(VERDICT_FINE, VERDICT_FINE, &reached), VERDICT_FINE);
    assert_int_equal(reached, 2);
}

static void a_trace_keeps_its_sentences_in_order(void **state)
{
    struct arena *arena = arena_open(4096);
    struct trace trace = {.arena = arena};
    (void)state;
    trace_say(&trace, TRACE_NOTE, "%s %s refused", "helmo.be", "D7F2");
    trace_say(&trace, TRACE_ALARM, "disk nearly full");
    assert_string_equal(trace.first->text, "helmo.be D7F2 refused");
    assert_int_equal(trace.first->level, TRACE_NOTE);
    assert_ptr_equal(trace.first->next, trace.last);
    assert_string_equal(trace.last->text, "disk nearly full");
    assert_int_equal(trace.last->level, TRACE_ALARM);
    assert_null(trace.last->next);
    arena_close(arena);
}

static void a_sentence_that_does_not_fit_is_dropped(void **state)
{
    struct arena *arena = arena_open(64);
    struct trace trace = {.arena = arena};
    (void)state;
    trace_say(&trace, TRACE_NOTE, "short");
    for (int i = 0; i < 10; i++)
        trace_say(&trace, TRACE_NOTE, "a sentence that the rest of the arena cannot hold");
    assert_ptr_equal(trace.first, trace.last);
    assert_string_equal(trace.last->text, "short");
    arena_close(arena);
}

static size_t apart(const char *left, const char *right)
{
    return words_apart(left, strlen(left), right, strlen(right));
}

static void a_swap_is_one_mistake_and_so_is_a_letter(void **)
{
    assert_int_equal(apart("", ""), 0);
    assert_int_equal(apart("studies", "studies"), 0);
    assert_int_equal(apart("studeis", "studies"), 1);
    assert_int_equal(apart("stuies", "studies"), 1);
    assert_int_equal(apart("studiess", "studies"), 1);
    assert_int_equal(apart("stadies", "studies"), 1);
    assert_int_equal(apart("", "abc"), 3);
    assert_int_equal(apart("kitten", "sitting"), 3);
    char longer[WORDS_APART_MAX + 2] = "";
    memset(longer, 'a', WORDS_APART_MAX + 1);
    assert_true(apart(longer, "a") == SIZE_MAX);
    assert_int_equal(words_apart(longer, WORDS_APART_MAX, longer, WORDS_APART_MAX), 0);
}

static void a_list_holds_whole_words_only(void **)
{
    assert_true(words_hold("one two three", "two"));
    assert_true(words_hold("one", "one"));
    assert_true(words_hold("  one  ", "one"));
    assert_false(words_hold("one two three", "tw"));
    assert_false(words_hold("one two three", "twoo"));
    assert_false(words_hold("one two three", ""));
    assert_false(words_hold(NULL, "one"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_swap_is_one_mistake_and_so_is_a_letter),
        cmocka_unit_test(a_list_holds_whole_words_only),
        cmocka_unit_test(bytes_are_equal_in_length_and_content),
        cmocka_unit_test(printable_bytes_are_counted_in_steps_of_eight),
        cmocka_unit_test(bytes_compare_as_memory_with_the_prefix_first),
        cmocka_unit_test(numbers_are_written_low_byte_first_and_read_back),
        cmocka_unit_test(an_arena_gives_zeroed_and_aligned_memory),
        cmocka_unit_test(an_arena_gives_its_budget_and_not_a_byte_more),
        cmocka_unit_test(an_arena_gives_blocks_larger_than_its_own),
        cmocka_unit_test(an_array_whose_size_overflows_is_not_given),
        cmocka_unit_test(copies_texts_and_formats_live_in_the_arena),
        cmocka_unit_test(an_instant_reads_as_utc),
        cmocka_unit_test(minutes_and_seconds_round_down_and_are_never_negative),
        cmocka_unit_test(only_a_real_date_is_a_date),
        cmocka_unit_test(each_day_has_one_text),
        cmocka_unit_test(each_verdict_has_a_code_of_its_own_a_sentence_and_a_remedy),
        cmocka_unit_test(the_numbers_of_the_verdicts_are_as_published),
        cmocka_unit_test(each_fault_has_a_code_of_its_own_a_sentence_and_a_remedy),
        cmocka_unit_test(try_hands_on_what_is_not_fine),
        cmocka_unit_test(a_trace_keeps_its_sentences_in_order),
        cmocka_unit_test(a_sentence_that_does_not_fit_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
