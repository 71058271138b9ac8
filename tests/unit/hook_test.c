/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
#include "admin/hook.h"
#include "engine/feed.h"
#include "store/store_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct instant noon = {1800000000 * (int64_t)INSTANT_SECOND};
static const uint8_t dice[64] = {1, 2, 3, 4, 5, 6, 7};

struct desk {
    struct store *store;
    struct arena *arena;
    struct hook hook;
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static struct instant later(uint64_t seconds)
{
    return instant_after(noon, (int64_t)seconds * INSTANT_SECOND);
}

static int open_desk(void **state)
{
    static struct desk desk;
    uint32_t pair;
    desk.store = store_memory_open();
    desk.arena = arena_open(16 * 1024 * 1024);
    desk.hook =
        hook_new("https://sis.helmo.be/x", 1u << FEED_RECORD_RECEIVED, 0, noon, dice, desk.arena);
    expect(desk.store->begin(desk.store));
    expect(desk.store->pair_open(desk.store, "helmo.be", "itg.be", &pair));
    expect(desk.store->commit(desk.store));
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    desk->store->close(desk->store);
    arena_close(desk->arena);
    return 0;
}

static void tell(struct desk *desk, enum feed_kind kind, size_t times)
{
    expect(desk->store->begin(desk->store));
    for (size_t i = 0; i < times; i++) {
        struct store_event event = {.at = 7, .kind = kind, .pair = 1};
        expect(desk->store->event_put(desk->store, &event));
    }
    expect(desk->store->commit(desk->store));
}

static struct hook_next next_of(struct desk *desk)
{
    struct hook_next next;
    int64_t looked = 0;
    do
        expect(hook_next(desk->store, &desk->hook, desk->arena, &looked, &next));
    while (next.what == HOOK_LATER);
    return next;
}

static void settle(struct desk *desk, const struct hook_next *next, unsigned status, uint64_t at)
{
    expect(hook_settle(&desk->hook, next, status, later(at), dice, desk->arena));
}

/* Fails until the letter is dead; gives how often it was tried. */
static unsigned fail_for_ever(struct desk *desk, const struct hook_next *next, uint64_t *now)
{
    unsigned tries = 0;
    size_t dead = desk->hook.kept->n_dead;
    uint64_t lost = desk->hook.kept->lost;
    do {
        settle(desk, next, 503, *now);
        tries++;
        uint64_t due = hook_due(&desk->hook) - instant_seconds(noon);
        assert_true(due > *now);
        *now = due;
    } while (desk->hook.kept->n_dead == dead && desk->hook.kept->lost == lost && tries < 1000);
    return tries;
}

static void an_address_is_https_or_this_machine(void **)
{
    static const char *const good[] = {"https://a.example", "https://a.example:8443/x?y=%20",
                                       "http://127.0.0.1:8080/x", "http://localhost/",
                                       "http://[::1]:99/x"};
    static const char *const bad[] = {"",
                                      "http://a.example/",
                                      "http://localhost.example/",
                                      "http://127.0.0.1.example/",
                                      "ftp://a.example/",
                                      "https://",
                                      "https:///x",
                                      "https://:443/",
                                      "https://u@a/",
                                      "https://a/#x",
                                      "https://a/ b",
                                      "https://a/\n",
                                      "HTTPS://a/",
                                      "https://a/\x7f",
                                      "https://a/\xc3\xa9",
                                      "//a/"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(hook_url_fits(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(hook_url_fits(bad[i]));
}

static void what_is_kept_comes_back(void **state)
{
    struct desk *desk = *state;
    struct hook *list;
    size_t count;
    bool found;
    expect(desk->store->begin(desk->store));
    expect(hook_put(desk->store, &desk->hook, desk->arena));
    expect(desk->store->commit(desk->store));
    expect(hook_list(desk->store, desk->arena, &list, &count));
    assert_int_equal(count, 1);
    assert_string_equal(list[0].id, desk->hook.id);
    assert_string_equal(hook_url(&list[0]), "https://sis.helmo.be/x");
    assert_string_equal(hook_secret(&list[0]), hook_secret(&desk->hook));
    assert_int_equal(strlen(hook_secret(&list[0])), HOOK_SECRET_SIZE);
    struct hook again;
    expect(hook_get(desk->store, "no such one.", desk->arena, &found, &again));
    assert_false(found);
}

static void what_is_not_wanted_is_passed_over(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(next_of(desk).what, HOOK_NOTHING);
    tell(desk, FEED_RECORD_WRITTEN, 4500);
    assert_int_equal(next_of(desk).what, HOOK_NOTHING);
    tell(desk, FEED_RECORD_RECEIVED, 2);
    struct hook_next next = next_of(desk);
    assert_int_equal(next.what, HOOK_EVENT);
    assert_int_equal(next.event.cursor, 4501);
    settle(desk, &next, 204, 0);
    next = next_of(desk);
    assert_int_equal(next.event.cursor, 4502);
}

static void a_message_says_codes_and_ids_only(void **state)
{
    struct desk *desk = *state;
    const struct store_pair pair = {1, "helmo.be", "itg.be"};
    tell(desk, FEED_RECORD_RECEIVED, 1);
    struct hook_next next = next_of(desk);
    struct bytes body = hook_body(&desk->hook, &next, &pair, 1, noon, desk->arena);
    const char *text = arena_format(desk->arena, "%.*s", (int)body.size, (const char *)body.data);
    const char *wanted = arena_format(
        desk->arena,
        "{\"id\":\"%s.1\",\"type\":\"record.received\",\"at\":\"1970-01-01T00:00:07Z\","
        "\"cursor\":1,\"own\":\"helmo.be\",\"partner\":\"itg.be\"}",
        desk->hook.id);
    assert_int_equal(strncmp(text, wanted, strlen(wanted)), 0);
}

static void a_failure_waits_longer_each_time_up_to_an_hour(void **state)
{
    struct desk *desk = *state;
    tell(desk, FEED_RECORD_RECEIVED, 1);
    struct hook_next next = next_of(desk);
    uint64_t now = 0, before = 0;
    for (unsigned i = 0; i < 16; i++) {
        settle(desk, &next, i % 2 ? 0 : 500, now);
        uint64_t delay = hook_due(&desk->hook) - instant_seconds(later(now));
        uint64_t wanted = i < 12 ? (uint64_t)1 << i : HOOK_DELAY_MAX;
        wanted = wanted < HOOK_DELAY_MAX ? wanted : HOOK_DELAY_MAX;
        assert_in_range(delay, wanted - wanted / 4, wanted + wanted / 4);
        assert_true(delay >= before || before > HOOK_DELAY_MAX / 2);
        before = delay;
        now += delay;
        assert_int_equal(next_of(desk).event.cursor, 1);
    }
    settle(desk, &next, 200, now);
    assert_int_equal(desk->hook.kept->attempts, 0);
    assert_int_equal(hook_due(&desk->hook), 0);
    assert_int_equal(next_of(desk).what, HOOK_NOTHING);
}

static void after_a_day_it_is_a_dead_letter_and_the_next_has_its_turn(void **state)
{
    struct desk *desk = *state;
    uint64_t now = 0;
    tell(desk, FEED_RECORD_RECEIVED, 2);
    struct hook_next next = next_of(desk);
    unsigned tries = fail_for_ever(desk, &next, &now);
    assert_in_range(tries, 20, 60);
    assert_in_range(now, HOOK_PATIENCE, HOOK_PATIENCE + 2 * HOOK_DELAY_MAX);
    assert_int_equal(desk->hook.kept->n_dead, 1);
    assert_int_equal(desk->hook.kept->dead[0]->cursor, 1);
    assert_int_equal(desk->hook.kept->dead[0]->status, 503);
    assert_int_equal(next_of(desk).event.cursor, 2);
}

static void dead_letters_go_again_when_a_person_says_so(void **state)
{
    struct desk *desk = *state;
    uint64_t now = 0;
    tell(desk, FEED_RECORD_RECEIVED, 2);
    struct hook_next next = next_of(desk);
    fail_for_ever(desk, &next, &now);
    assert_int_equal(hook_retry(&desk->hook), 1);
    assert_int_equal(hook_due(&desk->hook), 0);
    next = next_of(desk);
    assert_true(next.dead);
    assert_int_equal(next.event.cursor, 1);
    settle(desk, &next, 200, now);
    assert_int_equal(desk->hook.kept->n_dead, 0);
    next = next_of(desk);
    assert_int_equal(next.event.cursor, 2);
    assert_false(next.dead);
}

static void dead_letters_without_room_are_counted(void **state)
{
    struct desk *desk = *state;
    uint64_t now = 0;
    tell(desk, FEED_RECORD_RECEIVED, HOOK_DEAD_MAX + 2);
    for (size_t i = 0; i < HOOK_DEAD_MAX + 2; i++) {
        struct hook_next next = next_of(desk);
        assert_int_equal(next.event.cursor, i + 1);
        fail_for_ever(desk, &next, &now);
    }
    assert_int_equal(desk->hook.kept->n_dead, HOOK_DEAD_MAX);
    assert_int_equal(desk->hook.kept->lost, 2);
    assert_int_equal(desk->hook.kept->dead[0]->cursor, 3);
    expect(desk->store->begin(desk->store));
    expect(hook_put(desk->store, &desk->hook, desk->arena));
    expect(desk->store->commit(desk->store));
    bool found;
    struct hook again;
    expect(hook_get(desk->store, desk->hook.id, desk->arena, &found, &again));
    assert_true(found);
    assert_int_equal(again.kept->n_dead, HOOK_DEAD_MAX);
}

static void a_test_is_one_attempt(void **state)
{
    struct desk *desk = *state;
    tell(desk, FEED_RECORD_RECEIVED, 1);
    desk->hook.kept->has_tests = true;
    desk->hook.kept->tests = 1;
    struct hook_next next = next_of(desk);
    assert_int_equal(next.what, HOOK_TEST);
    settle(desk, &next, 0, 0);
    assert_int_equal(desk->hook.kept->attempts, 0);
    assert_int_equal(desk->hook.kept->cursor, 0);
    assert_int_equal(next_of(desk).what, HOOK_EVENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_https_or_this_machine),
        cmocka_unit_test_setup_teardown(what_is_kept_comes_back, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_is_not_wanted_is_passed_over, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_message_says_codes_and_ids_only, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_failure_waits_longer_each_time_up_to_an_hour, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(after_a_day_it_is_a_dead_letter_and_the_next_has_its_turn,
                                        open_desk, close_desk),
        cmocka_unit_test_setup_teardown(dead_letters_go_again_when_a_person_says_so, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(dead_letters_without_room_are_counted, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(a_test_is_one_attempt, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
