/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin io watch */
#include "watch/check.h"
#include "watch/metric.h"
#include "watch/requests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every_check_has_a_code_of_its_own_and_a_remedy(void **)
{
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        const struct check_row *row = check_row((enum check_id)i);
        assert_non_null(row->group);
        assert_true(strlen(row->title) > 3 && strlen(row->remedy) > 10);
        assert_int_equal(strspn(row->code, "abcdefghijklmnopqrstuvwxyz_"), strlen(row->code));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(row->code, check_row((enum check_id)j)->code);
    }
}

static void only_what_fails_and_hinders_makes_unready(void **)
{
    struct check_list list = {.arena = arena_open(64 * 1024)};
    check_add(&list, CHECK_KEEPING, CHECK_FINE, NULL, "fine");
    check_add(&list, CHECK_SPACE, CHECK_NOTED, "/d", "little");
    check_add(&list, CHECK_STUCK, CHECK_FAILED, "itg.be", "3 records"); /* does not hinder */
    check_add(&list, CHECK_CATALOGUE_END, CHECK_FAILED, NULL, "expired");
    json_t *all = check_json(&list, false), *reasons = check_json(&list, true);
    assert_int_equal(json_array_size(all), 4);
    assert_int_equal(list.failed, 2);
    assert_int_equal(json_array_size(reasons), 1);
    const json_t *reason = json_array_get(reasons, 0);
    assert_string_equal(json_string_value(json_object_get(reason, "code")), "catalogue_expired");
    assert_true(strlen(json_string_value(json_object_get(reason, "remedy"))) > 10);
    assert_true(json_is_null(json_object_get(json_array_get(all, 0), "remedy")));
    json_decref(all);
    json_decref(reasons);
    arena_close(list.arena);
}

static void what_a_terminal_must_not_be_given_is_calmed(void **)
{
    struct check_list list = {.arena = arena_open(64 * 1024)};
    check_add(&list, CHECK_KEY_FILE, CHECK_FAILED, "a\x1b[31m\xff", "b\nc\x1b");
    struct bytes text = check_text(&list, list.arena);
    assert_non_null(text.data);
    assert_null(memchr(text.data, 0x1b, text.size));
    assert_null(memmem(text.data, text.size, "\\u001b", 6));
    arena_close(list.arena);
}

static void a_list_that_is_not_whole_is_none(void **)
{
    struct check_list list = {.arena = arena_open(512)};
    for (int i = 0; i < 50; i++)
        check_add(&list, CHECK_KEEPING, CHECK_FINE, NULL, "%d", i);
    assert_true(list.spent);
    assert_null(check_json(&list, false));
    assert_null(check_text(&list, list.arena).data);
    arena_close(list.arena);
}

/* What a family's function wrote. */
static char *written(void (*write)(FILE *out, const void *), const void *value)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    write(out, value);
    fclose(out);
    return text;
}

static void write_spread(FILE *out, const void *spread)
{
    metric_spread(out, METRIC_COMMITS, spread, true);
}

static void buckets_add_up_to_the_count(void **)
{
    struct tally tally;
    tally_start(&tally);
    tally_add(&tally.commits, 250);     /* the first bound itself */
    tally_add(&tally.commits, 251);     /* just above it */
    tally_add(&tally.commits, 9000000); /* beyond all of them */
    char *text = written(write_spread, &tally.commits);
    assert_non_null(strstr(text, "# TYPE peregrin_commit_seconds histogram\n"));
    assert_non_null(strstr(text, "{le=\"0.000250\"} 1\n"));
    assert_non_null(strstr(text, "{le=\"0.000500\"} 2\n"));
    assert_non_null(strstr(text, "{le=\"2.000000\"} 2\n"));
    assert_non_null(strstr(text, "{le=\"+Inf\"} 3\n"));
    assert_non_null(strstr(text, "peregrin_commit_seconds_sum 9.000501\n"));
    assert_non_null(strstr(text, "peregrin_commit_seconds_count 3\n"));
    free(text);
}

static void write_odd_label(FILE *out, const void *label)
{
    metric_put(out, METRIC_BUILD, label, NULL, 1);
    metric_put_us(out, METRIC_HEARD, "a", "b", -1500000);
}

static void a_label_cannot_leave_its_quotes(void **)
{
    char *text = written(write_odd_label, "a\"b\\c\nd");
    assert_string_equal(text, "peregrin_build_info{version=\"a\\\"b\\\\c\\nd\"} 1\n"
                              "peregrin_partner_heard_timestamp_seconds{own=\"a\",partner=\"b\"} "
                              "-1.500000\n");
    free(text);
}

static void families_are_named_as_prometheus_wants_it(void **)
{
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        const struct metric_family *family = metric_family((enum metric_id)i);
        size_t length = strlen(family->name);
        bool total = length > 6 && strcmp(family->name + length - 6, "_total") == 0;
        assert_true(strncmp(family->name, "peregrin_", 9) == 0 ||
                    strncmp(family->name, "process_", 8) == 0);
        assert_int_equal(total, family->type == METRIC_COUNTER);
        assert_true(strlen(family->help) > 10 && !strchr(family->help, '\n'));
    }
}

static void no_caller_makes_the_table_of_requests_grow(void **)
{
    static struct requests requests;
    static char routes[2 * REQUESTS_ROWS][16];
    uint64_t sum = 0;
    requests_add(&requests, NULL, 404);
    requests_add(&requests, NULL, 404);
    assert_int_equal(requests.count, 1);
    assert_string_equal(requests.rows[0].route, "none");
    assert_int_equal(requests.rows[0].count, 2);
    for (int i = 0; i < 2 * REQUESTS_ROWS; i++) {
        snprintf(routes[i], sizeof routes[i], "/r%d", i);
        requests_add(&requests, routes[i], 200);
    }
    assert_int_equal(requests.count, REQUESTS_ROWS);
    for (size_t i = 0; i < requests.count; i++)
        sum += requests.rows[i].count;
    assert_int_equal(sum, 2 * REQUESTS_ROWS + 2);
    assert_string_equal(requests.rows[REQUESTS_ROWS - 1].route, "other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_check_has_a_code_of_its_own_and_a_remedy),
        cmocka_unit_test(only_what_fails_and_hinders_makes_unready),
        cmocka_unit_test(what_a_terminal_must_not_be_given_is_calmed),
        cmocka_unit_test(a_list_that_is_not_whole_is_none),
        cmocka_unit_test(buckets_add_up_to_the_count),
        cmocka_unit_test(a_label_cannot_leave_its_quotes),
        cmocka_unit_test(families_are_named_as_prometheus_wants_it),
        cmocka_unit_test(no_caller_makes_the_table_of_requests_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
