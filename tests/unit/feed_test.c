/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "engine/feed.h"

static struct exchange *exchange;

static int open_exchange(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

/* One turn of a request that may have to wait. */
static struct api_response serve(struct api_request request)
{
    struct api_response response;
    request.method = "GET";
    request.path = "/api/v1/events";
    request.caller.owner = true;
    request.now = world_now(exchange->world);
    assert_int_equal(api_serve(&exchange->apis[0], &request, exchange->arena, &response),
                     FAULT_NONE);
    return response;
}

static bool says(const struct api_response *response, const char *words)
{
    return memmem(response->body.data, response->body.size, words, strlen(words));
}

static void every_kind_has_a_code_of_its_own(void **)
{
    for (uint32_t kind = 1; kind < FEED_KIND_COUNT; kind++) {
        assert_non_null(feed_text(kind));
        assert_true(strlen(feed_text(kind)->sentence) > 0);
        assert_int_equal(feed_find(bytes_text(feed_text(kind)->code)), kind);
    }
    assert_null(feed_text(FEED_NONE));
    assert_null(feed_text(FEED_KIND_COUNT));
    assert_int_equal(feed_find(bytes_text("record.eaten")), FEED_NONE);
}

static void a_record_is_written_changes_its_dossier_and_is_delivered(void **)
{
    static const char *const types[2][3] = {
        {"record.written", "dossier.changed", "record.delivered"},
        {"record.received", "dossier.changed", NULL}};
    for (size_t node = 0; node < 2; node++) {
        assert_int_equal(exchange_get(exchange, node, "/api/v1/events"), 200);
        size_t count = json_array_size(exchange_at(exchange, "events"));
        assert_int_equal(count, node == 0 ? 3 : 2);
        for (size_t i = 0; i < count; i++) {
            json_t *event = json_array_get(exchange_at(exchange, "events"), i);
            assert_string_equal(json_string_value(json_object_get(event, "type")), types[node][i]);
            assert_string_equal(json_string_value(json_object_get(event, "kind")), "nomination");
        }
    }
}

static void a_cursor_that_is_no_longer_kept_is_gone(void **)
{
    struct store *store = world_store(exchange->world, 0);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->event_trim(store, 1), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/events?after=1"), 410);
    assert_string_equal(exchange_text(exchange, "error.field"), "after");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/events?after=4"), 410);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/events?after=2"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "events")), 1);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/events"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "events")), 1);
}

static void who_waits_is_served_again_and_in_the_end_with_nothing(void **)
{
    struct api_request request = {.query = {{"after", "newest"}, {"wait", "5"}}, .query_count = 2};
    struct api_response response = serve(request);
    assert_int_equal(response.later_ms, 5000);
    request.mark = response.mark;
    request.waited_ms = 3000;
    response = serve(request);
    assert_int_equal(response.later_ms, 2000);
    request.waited_ms = 5000;
    response = serve(request);
    assert_int_equal(response.later_ms, 0);
    assert_int_equal(response.status, 200);
    assert_true(says(&response, "\"events\":[]"));
    request = (struct api_request) {
        .query = {{"after", "newest"}, {"wait", "5"}}, .query_count = 2, .waiting = 1000};
    assert_int_equal(serve(request).status, 429);
}

static void a_stream_goes_on_from_its_mark_and_breathes(void **)
{
    struct api_request request = {.accept = "text/event-stream", .last_event_id = "1"};
    struct api_response response = serve(request);
    assert_string_equal(response.content_type, "text/event-stream");
    assert_true(says(&response, "id: 2\nevent: dossier.changed\ndata: {"));
    assert_false(says(&response, "id: 1\n"));
    request.mark = response.mark;
    response = serve(request);
    assert_int_equal(response.later_ms, 15000);
    request.mark = response.mark;
    request.waited_ms = 15000;
    response = serve(request);
    assert_int_equal(response.later_ms, 0);
    assert_true(response.mark > 0 && response.body.data[0] == ':');
    request = (struct api_request) {.accept = "text/event-stream", .streams = 1000};
    assert_int_equal(serve(request).status, 429);
    request = (struct api_request) {.accept = "text/event-stream", .last_event_id = "99"};
    assert_int_equal(serve(request).status, 410);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_code_of_its_own),
        cmocka_unit_test_setup_teardown(a_record_is_written_changes_its_dossier_and_is_delivered,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_cursor_that_is_no_longer_kept_is_gone, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(who_waits_is_served_again_and_in_the_end_with_nothing,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_stream_goes_on_from_its_mark_and_breathes, open_exchange,
                                        close_exchange),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
