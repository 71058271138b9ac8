/* links: base seal record stream */
#include "stream/flight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct instant noon = {1700000000000000};

static struct digest id(uint64_t serial)
{
    uint8_t bytes[8];
    struct digest out;
    bytes_write_u64le(bytes, serial);
    digest_of(DIGEST_RECORD, (struct bytes) {bytes, 8}, &out);
    return out;
}

/* Records serial ... serial + count - 1 leave in one Deliver of `bytes` bytes. */
static uint64_t send(struct flight *flight, int64_t serial, size_t count, size_t bytes)
{
    struct flight_record records[512];
    for (size_t i = 0; i < count; i++)
        records[i] = (struct flight_record) {id((uint64_t)serial + i), serial + (int64_t)i, 0};
    assert_true(flight_room(flight, count, bytes));
    assert_true(flight_reserve(flight, count));
    return flight_send(flight, records, count, bytes, noon);
}

static bool receipted(struct flight *flight, int64_t serial)
{
    struct digest wanted = id((uint64_t)serial);
    int64_t found = -1;
    if (!flight_receipted(flight, &wanted, &found))
        return false;
    assert_int_equal(found, serial);
    return true;
}

static int enter(void **state)
{
    struct flight *flight = flight_open();
    assert_non_null(flight);
    flight_credit(flight, (struct flight_credit) {1000000, 1000000000});
    *state = flight;
    return 0;
}

static int leave(void **state)
{
    flight_close(*state);
    return 0;
}

static void a_stream_with_nothing_under_way_knows_no_record(void **state)
{
    struct flight *flight = *state;
    struct flight_again again;
    struct digest wanted = id(1);
    assert_false(flight_has(flight, &wanted));
    assert_false(receipted(flight, 1));
    assert_false(flight_go_back(flight, 0, &again));
    send(flight, 1, 40, 100);
    for (int64_t serial = 1; serial <= 40; serial++)
        assert_true(receipted(flight, serial));
    assert_true(flight_ack(flight, 1, noon));
    assert_false(flight_has(flight, &wanted));
    assert_false(receipted(flight, 1));
    assert_int_equal(send(flight, 41, 3, 100), 1);
    assert_true(receipted(flight, 42));
    flight_reset(flight);
    assert_false(receipted(flight, 41));
}

static void positions_count_from_zero(void **state)
{
    struct flight *flight = *state;
    assert_int_equal(send(flight, 1, 3, 100), 0);
    assert_int_equal(send(flight, 4, 1, 100), 1);
    assert_int_equal(send(flight, 5, 512, 100), 2);
    assert_int_equal(flight_unreceipted(flight), 516);
}

static void nothing_leaves_without_credit(void **)
{
    struct flight *flight = flight_open();
    assert_false(flight_room(flight, 1, 1));
    flight_credit(flight, (struct flight_credit) {10, 1000});
    assert_true(flight_room(flight, 10, 1000));
    assert_false(flight_room(flight, 11, 1000));
    assert_false(flight_room(flight, 10, 1001));
    send(flight, 1, 8, 900);
    assert_true(flight_room(flight, 2, 100));
    assert_false(flight_room(flight, 3, 100));
    /* A smaller limit came late: it is ignored. Receipts give no credit. */
    flight_credit(flight, (struct flight_credit) {5, 10});
    for (int64_t serial = 1; serial <= 8; serial++)
        assert_true(receipted(flight, serial));
    assert_true(flight_room(flight, 2, 100));
    assert_false(flight_room(flight, 3, 100));
    flight_credit(flight, (struct flight_credit) {11, 1000});
    assert_true(flight_room(flight, 3, 100));
    flight_close(flight);
}

static void what_is_out_is_bounded_whatever_the_credit(void **state)
{
    struct flight *flight = *state;
    for (int64_t i = 0; i < 4; i++)
        send(flight, 1 + i * 512, 512, 100);
    assert_false(flight_room(flight, 1, 1));
    assert_true(receipted(flight, 700));
    assert_true(flight_room(flight, 1, 1));
    assert_false(flight_room(flight, 2, 1));
    flight_reset(flight);
    flight_credit(flight, (struct flight_credit) {1000000, 1000000000});
    send(flight, 1, 2, FLIGHT_BYTES_MAX);
    assert_false(flight_room(flight, 1, 1));
    assert_true(receipted(flight, 1));
    assert_false(flight_room(flight, 1, 1)); /* the Deliver's bytes go with its last record */
    assert_true(receipted(flight, 2));
    assert_true(flight_room(flight, 1, FLIGHT_BYTES_MAX));
}

static void an_ack_ahead_of_us_is_refused(void **state)
{
    struct flight *flight = *state;
    send(flight, 1, 1, 1);
    send(flight, 2, 1, 1);
    assert_false(flight_ack(flight, 3, noon));
    assert_false(flight_ack(flight, UINT64_MAX, noon));
    assert_true(flight_ack(flight, 2, noon));
    assert_true(flight_ack(flight, 1, noon)); /* out of order: fine */
    assert_true(flight_ack(flight, 0, noon));
    assert_int_equal(flight_unreceipted(flight), 2); /* taken is not receipted */
}

static void progress_is_sending_and_acks_that_move(void **state)
{
    struct flight *flight = *state;
    struct instant later = instant_after(noon, 5), latest = instant_after(noon, 9);
    send(flight, 1, 1, 1);
    assert_int_equal(flight_progress(flight).us, noon.us);
    assert_true(flight_ack(flight, 0, later));
    assert_int_equal(flight_progress(flight).us, noon.us);
    assert_true(flight_ack(flight, 1, later));
    assert_int_equal(flight_progress(flight).us, later.us);
    assert_true(flight_ack(flight, 1, latest));
    assert_int_equal(flight_progress(flight).us, later.us);
    flight_touch(flight, latest);
    assert_int_equal(flight_progress(flight).us, latest.us);
}

static void a_record_is_receipted_once(void **state)
{
    struct flight *flight = *state;
    send(flight, 1, 3, 1);
    assert_true(receipted(flight, 2));
    assert_false(receipted(flight, 2));
    assert_false(receipted(flight, 4));
    assert_int_equal(flight_unreceipted(flight), 2);
}

static void going_back_gives_what_is_left_in_the_order_of_sending(void **state)
{
    struct flight *flight = *state;
    struct flight_again again;
    assert_false(flight_go_back(flight, 0, &again));
    send(flight, 1, 3, 1);
    send(flight, 4, 4, 1);
    send(flight, 8, 2, 1);
    for (int64_t serial = 1; serial <= 3; serial++)
        assert_true(receipted(flight, serial));
    assert_true(receipted(flight, 5));
    assert_true(flight_ack(flight, 3, noon));
    assert_true(flight_go_back(flight, 0, &again));
    assert_int_equal(again.position, 1);
    assert_int_equal(again.count, 3);
    static const int64_t left[] = {4, 6, 7};
    assert_memory_equal(again.serials, left, sizeof left);
    assert_true(flight_go_back(flight, again.position + 1, &again));
    assert_int_equal(again.position, 2);
    assert_int_equal(again.count, 2);
    assert_false(flight_go_back(flight, 3, &again));
    assert_int_equal(send(flight, 10, 1, 1), 3); /* numbers go on */
}

static void a_refused_deliver_leaves_whole(void **state)
{
    struct flight *flight = *state;
    int64_t serials[8];
    send(flight, 1, 3, 10);
    send(flight, 4, 4, 10);
    assert_true(receipted(flight, 5));
    assert_int_equal(flight_refused(flight, 1, serials, 8), 3);
    static const int64_t stuck[] = {4, 6, 7};
    assert_memory_equal(serials, stuck, sizeof stuck);
    assert_int_equal(flight_refused(flight, 1, serials, 8), 0);
    assert_int_equal(flight_refused(flight, 9, serials, 8), 0);
    assert_int_equal(flight_unreceipted(flight), 3);
    assert_false(receipted(flight, 6));
    assert_int_equal(flight_refused(flight, 0, serials, 2), 2); /* no more than there is room for */
    assert_int_equal(flight_unreceipted(flight), 0);
    struct flight_again again;
    assert_false(flight_go_back(flight, 0, &again));
}

/* The receipts came by another way and the Deliver was lost: the receiver still waits for its
 * position. Many such positions are kept, whatever else comes and goes. */
static void a_position_without_an_ack_is_hollow_until_it_has_one(void **state)
{
    struct flight *flight = *state;
    uint64_t position = 99;
    int64_t serial = 0;
    send(flight, 1, 1, 1);
    assert_false(flight_hollow(flight, 0, &position, &serial)); /* it still has a record */
    for (int64_t i = 2; i <= 1000; i++)
        send(flight, i, 1, 1);
    for (int64_t i = 1; i <= 1000; i++)
        assert_true(receipted(flight, i));
    for (int64_t i = 1001; i <= 1900; i++) {
        send(flight, i, 1, 1);
        assert_true(receipted(flight, i));
    }
    for (uint64_t wanted = 0; wanted < 1900; wanted++) {
        assert_true(flight_hollow(flight, wanted, &position, &serial));
        assert_int_equal(position, wanted);
        assert_int_equal(serial, wanted + 1);
    }
    assert_false(flight_hollow(flight, 1900, &position, &serial));
    int64_t last = 1900;
    while (flight_room(flight, 1, 1) && last < 10000) {
        send(flight, ++last, 1, 1);
        assert_true(receipted(flight, last));
    }
    assert_int_equal(last, FLIGHT_RECORDS_MAX); /* no place is left: we wait for an ack */
    assert_true(flight_ack(flight, 1000, noon));
    assert_true(flight_hollow(flight, 0, &position, &serial));
    assert_int_equal(position, 1000);
    assert_true(flight_room(flight, 1, 1));
    assert_true(flight_ack(flight, (uint64_t)last, noon));
    assert_false(flight_hollow(flight, 0, &position, &serial));
}

static void a_refused_deliver_is_not_hollow(void **state)
{
    struct flight *flight = *state;
    uint64_t position;
    int64_t serials[4], serial;
    send(flight, 1, 3, 10);
    assert_true(receipted(flight, 2));
    assert_int_equal(flight_refused(flight, 0, serials, 4), 2);
    assert_false(
        flight_hollow(flight, 0, &position, &serial)); /* the receiver counts it as taken */
}

static void a_new_session_begins_with_nothing(void **state)
{
    struct flight *flight = *state;
    send(flight, 1, 100, 10);
    flight_reset(flight);
    assert_int_equal(flight_unreceipted(flight), 0);
    assert_false(receipted(flight, 1));
    assert_false(flight_room(flight, 1, 1));
    flight_credit(flight, (struct flight_credit) {200, 1000});
    assert_int_equal(send(flight, 1, 100, 10), 0); /* the same records again */
    assert_true(receipted(flight, 100));
}

/* ---- against a plain list ------------------------------------------------------------------ */

enum { MODEL_MAX = 60000 };

struct model {
    uint64_t position[MODEL_MAX]; /* of each serial */
    bool out[MODEL_MAX];
    size_t count, out_count;
};

static uint64_t draw(uint64_t *dice, uint64_t sides)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    return *dice % sides;
}

static void compare(struct flight *flight, const struct model *model, uint64_t from)
{
    struct flight_again again;
    size_t first = 0;
    while (first < model->count && !(model->out[first] && model->position[first] >= from))
        first++;
    assert_int_equal(flight_unreceipted(flight), model->out_count);
    assert_int_equal(flight_go_back(flight, from, &again), first < model->count);
    if (first == model->count)
        return;
    assert_int_equal(again.position, model->position[first]);
    size_t left = 0;
    for (size_t i = first; i < model->count && model->position[i] == again.position; i++)
        if (model->out[i])
            assert_int_equal(again.serials[left++], i);
    assert_int_equal(again.count, left);
}

/* Old records that never get a receipt, bursts, refusals: it always agrees with a plain list. */
static void it_agrees_with_a_plain_list(void **state)
{
    struct flight *flight = *state;
    struct model *model = calloc(1, sizeof *model);
    uint64_t dice = 0x1234567, next = 0;
    for (unsigned step = 0; step < 6000 && model->count < MODEL_MAX - 512; step++) {
        size_t records = 1 + draw(&dice, step % 50 == 0 ? 512 : 4);
        if (draw(&dice, 3) == 0 && model->out_count + records <= FLIGHT_RECORDS_MAX) {
            assert_int_equal(send(flight, (int64_t)model->count, records, 1), next);
            for (size_t i = 0; i < records; i++) {
                model->position[model->count] = next;
                model->out[model->count++] = true;
            }
            model->out_count += records;
            next++;
        }
        for (size_t tries = draw(&dice, 40); tries > 0 && model->count > 0; tries--) {
            size_t serial = model->count - 1 - draw(&dice, model->count < 900 ? model->count : 900);
            if (serial % 97 == 5)
                continue;
            assert_int_equal(receipted(flight, (int64_t)serial), model->out[serial]);
            model->out_count -= model->out[serial];
            model->out[serial] = false;
        }
        if (draw(&dice, 200) == 0 && next > 0) {
            int64_t serials[512];
            uint64_t position = draw(&dice, next);
            size_t refused = flight_refused(flight, position, serials, 512);
            for (size_t i = 0; i < refused; i++) {
                assert_true(model->out[serials[i]] && model->position[serials[i]] == position);
                model->out[serials[i]] = false;
            }
            model->out_count -= refused;
        }
        if (step % 7 == 0)
            compare(flight, model, next > 0 ? draw(&dice, next) : 0);
    }
    compare(flight, model, 0);
    assert_true(next > 1000);
    free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stream_with_nothing_under_way_knows_no_record, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(positions_count_from_zero, enter, leave),
        cmocka_unit_test(nothing_leaves_without_credit),
        cmocka_unit_test_setup_teardown(what_is_out_is_bounded_whatever_the_credit, enter, leave),
        cmocka_unit_test_setup_teardown(an_ack_ahead_of_us_is_refused, enter, leave),
        cmocka_unit_test_setup_teardown(progress_is_sending_and_acks_that_move, enter, leave),
        cmocka_unit_test_setup_teardown(a_record_is_receipted_once, enter, leave),
        cmocka_unit_test_setup_teardown(going_back_gives_what_is_left_in_the_order_of_sending,
                                        enter, leave),
        cmocka_unit_test_setup_teardown(a_refused_deliver_leaves_whole, enter, leave),
        cmocka_unit_test_setup_teardown(a_position_without_an_ack_is_hollow_until_it_has_one, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_refused_deliver_is_not_hollow, enter, leave),
        cmocka_unit_test_setup_teardown(a_new_session_begins_with_nothing, enter, leave),
        cmocka_unit_test_setup_teardown(it_agrees_with_a_plain_list, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
