/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "api/api_cache.h"
#include "engine/feed.h"
#include "store/store_memory.h"

/* ---- whatever happens, a list with the cache says what one without it says --------------------
 */

static void expect_same_list(struct exchange *exchange, struct api_cache *cache, size_t node,
                             const char *path)
{
    exchange->apis[node].cache = NULL;
    assert_int_equal(exchange_get(exchange, node, path), 200);
    json_t *plain = json_incref(exchange->json);
    exchange->apis[node].cache = cache;
    for (int again = 0; again < 2; again++) { /* made, and found */
        assert_int_equal(exchange_get(exchange, node, path), 200);
        assert_true(json_equal(plain, exchange->json));
    }
    exchange->apis[node].cache = NULL;
    json_decref(plain);
}

static void expect_same(struct exchange *exchange, struct api_cache *caches[2])
{
    static const char *const paths[] = {"/api/v1/nominations",
                                        "/api/v1/nominations?limit=1",
                                        "/api/v1/nominations?limit=2",
                                        "/api/v1/nominations?direction=incoming",
                                        "/api/v1/nominations?state=pending",
                                        "/api/v1/nominations?state=accepted&limit=1",
                                        "/api/v1/nominations?partner=itg.be&limit=3"};
    for (size_t node = 0; node < 2; node++)
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
            expect_same_list(exchange, caches[node], node, paths[i]);
}

static void a_list_says_the_same_with_the_cache(void **)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    struct api_cache *caches[2] = {api_cache_open(), api_cache_open()};
    char dossiers[6][HEADER_DOSSIER_TEXT], path[API_PATH_MAX];
    exchange_open(exchange);
    exchange_run(exchange);
    expect_same(exchange, caches);
    for (unsigned i = 0; i < 6; i++) {
        exchange_nominate(exchange, 0, 1, dossiers[i]);
        expect_same(exchange, caches); /* queued */
        exchange_run(exchange);
        expect_same(exchange, caches); /* delivered */
    }
    for (unsigned i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "/api/v1/nominations/%s/decision", dossiers[i]);
        assert_int_equal(exchange_post(exchange, 1, path,
                                       i % 2 ? "{\"outcome\":\"accept\"}"
                                             : "{\"outcome\":\"refuse\",\"reason\":\"places\"}"),
                         201);
        expect_same(exchange, caches);
        exchange_run(exchange);
        expect_same(exchange, caches);
    }
    snprintf(path, sizeof path, "/api/v1/nominations/%s/withdrawal", dossiers[5]);
    assert_int_equal(exchange_post(exchange, 0, path, "{}"), 201);
    expect_same(exchange, caches);
    exchange_run(exchange);
    expect_same(exchange, caches);
    exchange_close(exchange);
    free(exchange);
    api_cache_close(caches[0]);
    api_cache_close(caches[1]);
}

/* ---- what it keeps, and drops ------------------------------------------------------------------
 */

static struct store *store;
static struct arena *arena;
static struct api_cache *cache;

static int open_desk(void **)
{
    uint32_t pair;
    store = store_memory_open();
    arena = arena_open(8 * 1024 * 1024);
    cache = api_cache_open();
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->pair_open(store, "helmo.be", "itg.be", &pair), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(api_cache_refresh(cache, store, arena), FAULT_NONE);
    return 0;
}

static int close_desk(void **)
{
    api_cache_close(cache);
    store->close(store);
    arena_close(arena);
    return 0;
}

static struct store_dossier row_of(uint32_t number)
{
    struct store_dossier row = {.place = {.pair = 1}, .state = 1, .changed_at = 7};
    memcpy(row.place.dossier.bytes + 8, &number, sizeof number);
    return row;
}

static int64_t record_of(const struct store_dossier *row)
{
    struct store_record record = {.place = row->place, .kind = 1, .flags = STORE_OURS};
    memcpy(record.id.bytes, row->place.dossier.bytes, 16);
    assert_int_equal(store->record_put(store, &record), FAULT_NONE);
    return record.serial;
}

static void tell_of(int64_t serial)
{
    struct store_event event = {.kind = FEED_RECORD_DELIVERED, .pair = 1, .serial = serial};
    assert_int_equal(store->event_put(store, &event), FAULT_NONE);
}

static void what_is_told_of_is_dropped_and_nothing_else(void **)
{
    struct store_dossier rows[2] = {row_of(1), row_of(2)};
    assert_int_equal(store->begin(store), FAULT_NONE);
    int64_t serial = record_of(&rows[0]);
    assert_int_equal(store->commit(store), FAULT_NONE);
    api_cache_put(cache, &rows[0], bytes_text("one"));
    api_cache_put(cache, &rows[1], bytes_text("two"));
    assert_true(bytes_equal(api_cache_find(cache, &rows[0]), bytes_text("one")));
    assert_int_equal(store->begin(store), FAULT_NONE);
    tell_of(serial);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(api_cache_refresh(cache, store, arena), FAULT_NONE);
    assert_null(api_cache_find(cache, &rows[0]).data);
    assert_true(bytes_equal(api_cache_find(cache, &rows[1]), bytes_text("two")));
}

static void another_row_of_the_same_dossier_is_not_found(void **)
{
    struct store_dossier row = row_of(1), later = row;
    later.changed_at++;
    api_cache_put(cache, &row, bytes_text("one"));
    assert_null(api_cache_find(cache, &later).data);
    api_cache_put(cache, &later, bytes_text("two"));
    assert_null(api_cache_find(cache, &row).data);
}

/* What was seen inside a transaction may be undone, and its cursors given again. */
static void nothing_of_an_open_transaction_is_kept(void **)
{
    struct store_dossier row = row_of(1);
    assert_int_equal(store->begin(store), FAULT_NONE);
    int64_t serial = record_of(&row);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(store->begin(store), FAULT_NONE);
    tell_of(serial);
    assert_int_equal(api_cache_refresh(cache, store, arena), FAULT_NONE);
    api_cache_put(cache, &row, bytes_text("undone"));
    assert_null(api_cache_find(cache, &row).data);
    store->rollback(store);
    assert_int_equal(api_cache_refresh(cache, store, arena), FAULT_NONE);
    assert_null(api_cache_find(cache, &row).data);
    api_cache_put(cache, &row, bytes_text("kept"));
    assert_int_equal(store->begin(store), FAULT_NONE);
    tell_of(serial); /* under the cursor that was taken back */
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(api_cache_refresh(cache, store, arena), FAULT_NONE);
    assert_null(api_cache_find(cache, &row).data);
}

static void it_never_holds_more_than_it_may(void **)
{
    static uint8_t text[4096];
    for (uint32_t i = 0; i < 40000; i++) {
        struct store_dossier row = row_of(i);
        api_cache_put(cache, &row, (struct bytes) {text, sizeof text});
        assert_int_equal(api_cache_find(cache, &row).size, sizeof text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_says_the_same_with_the_cache),
        cmocka_unit_test_setup_teardown(what_is_told_of_is_dropped_and_nothing_else, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(another_row_of_the_same_dossier_is_not_found, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(nothing_of_an_open_transaction_is_kept, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(it_never_holds_more_than_it_may, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
