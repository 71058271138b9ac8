/* links: base seal record trust wire rules channel stream store engine io */
#include "io/clock.h"
#include "io/transport.h"
#include "unit/network.h"
#include "wire/frame.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <poll.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000 };

/* What came in, copied. */
struct inbox {
    size_t count, limit;
    struct {
        char node[32];
        uint8_t route[EVENT_ROUTE_MAX];
        size_t route_size, size;
        uint8_t first;
    } frames[600];
};

static bool keep(void *self, const struct event_frame *frame)
{
    struct inbox *inbox = self;
    assert_true(inbox->count < sizeof inbox->frames / sizeof *inbox->frames);
    snprintf(inbox->frames[inbox->count].node, 32, "%s", frame->way.node ? frame->way.node : "");
    memcpy(inbox->frames[inbox->count].route,
           frame->way.route.data ? frame->way.route.data : (const uint8_t *)"",
           frame->way.route.size);
    inbox->frames[inbox->count].route_size = frame->way.route.size;
    inbox->frames[inbox->count].size = frame->wire.size;
    inbox->frames[inbox->count].first = frame->wire.size ? frame->wire.data[0] : 0;
    return ++inbox->count < inbox->limit;
}

static void receive(struct transport *transport, struct inbox *inbox, size_t wanted)
{
    inbox->limit = inbox->limit ? inbox->limit : 600;
    while (inbox->count < wanted) {
        struct pollfd wait = {transport_descriptor(transport), POLLIN, 0};
        assert_true(poll(&wait, 1, PATIENCE_MS) > 0);
        transport_receive(transport, keep, inbox);
    }
}

/* The same while `from` still finds room to send, which it does while receiving. */
static void carry(struct transport *from, struct transport *to, struct inbox *inbox, size_t wanted)
{
    inbox->limit = inbox->limit ? inbox->limit : 600;
    while (inbox->count < wanted) {
        struct pollfd wait[] = {{transport_descriptor(from), POLLIN, 0},
                                {transport_descriptor(to), POLLIN, 0}};
        assert_true(poll(wait, 2, PATIENCE_MS) > 0);
        transport_receive(from, keep, &(struct inbox) {.limit = 1});
        transport_receive(to, keep, inbox);
    }
}

static struct transport *open_free(char address[static 64])
{
    struct transport *transport = NULL;
    struct reason reason;
    for (int i = 0; i < 20 && !transport; i++) {
        network_free_address(address);
        if (transport_open(address, &transport, &reason))
            transport = NULL;
    }
    assert_non_null(transport);
    return transport;
}

static void dial(struct transport *from, const char *node, const char *endpoint, struct bytes wire)
{
    struct event_way way = {.node = node};
    transport_send(from, &way, endpoint, wire);
}

static void who_listens_nowhere_calls_and_is_answered(void **)
{
    char there[64];
    struct reason reason;
    struct transport *one, *two = open_free(there);
    static struct inbox asked, answered;
    assert_int_equal(transport_open("none", &one, &reason), FAULT_NONE);
    dial(one, "two", there, bytes_text("question"));
    carry(one, two, &asked, 1);
    struct event_way back = {.route = {asked.frames[0].route, asked.frames[0].route_size}};
    transport_send(two, &back, NULL, bytes_text("pushed"));
    receive(one, &answered, 1);
    assert_string_equal(answered.frames[0].node, "two");
    assert_int_equal(answered.frames[0].size, 6);
    transport_send(one, &back, NULL, bytes_text("along a way that nobody came"));
    assert_int_equal(transport_counts(one).dropped, 1);
    transport_close(one);
    transport_close(two);
}

static void a_frame_arrives_and_is_answered_along_its_route(void **)
{
    char here[64], there[64];
    struct transport *one = open_free(here), *two = open_free(there);
    static struct inbox asked, answered;
    dial(one, "two", there, bytes_text("question"));
    carry(one, two, &asked, 1);
    assert_int_equal(asked.frames[0].size, 8);
    assert_string_equal(asked.frames[0].node, "");
    assert_true(asked.frames[0].route_size > 0);
    struct event_way way = {.route = {asked.frames[0].route, asked.frames[0].route_size}};
    transport_send(two, &way, NULL, bytes_text("answer"));
    receive(one, &answered, 1);
    assert_string_equal(answered.frames[0].node, "two");
    assert_int_equal(answered.frames[0].first, 'a');
    transport_close(one);
    transport_close(two);
}

static void frames_wait_in_order_for_a_connection(void **)
{
    char here[64], there[64];
    struct transport *one = open_free(here), *two = open_free(there);
    transport_close(two);
    dial(one, "two", there, bytes_text("1st"));
    dial(one, "two", there, bytes_text("2nd"));
    dial(one, "two", there, bytes_text("3rd"));
    struct transport_counts counts = transport_counts(one);
    assert_int_equal(counts.sent, 0);
    assert_int_equal(counts.dropped, 0);
    static struct inbox inbox;
    struct reason reason;
    assert_int_equal(transport_open(there, &two, &reason), FAULT_NONE);
    carry(one, two, &inbox, 3);
    assert_int_equal(inbox.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(inbox.frames[i].first, '1' + i);
    transport_close(one);
    transport_close(two);
}

/* An opening ends the sessions whose frames wait before it. */
static void an_opening_drops_what_waits_before_it(void **)
{
    static const uint8_t opening[FRAME_HEADER_SIZE] = {FRAME_VERSION, FRAME_OPEN};
    char here[64], there[64];
    struct transport *one = open_free(here), *two = open_free(there);
    transport_close(two);
    dial(one, "two", there, bytes_text("old"));
    dial(one, "two", there, (struct bytes) {opening, sizeof opening});
    dial(one, "two", there, bytes_text("new"));
    static struct inbox inbox;
    struct reason reason;
    assert_int_equal(transport_open(there, &two, &reason), FAULT_NONE);
    carry(one, two, &inbox, 2);
    assert_int_equal(inbox.count, 2);
    assert_int_equal(inbox.frames[0].first, FRAME_VERSION);
    assert_int_equal(inbox.frames[1].first, 'n');
    transport_close(one);
    transport_close(two);
}

static void a_route_of_a_stranger_sends_nothing_and_harms_nothing(void **)
{
    char here[64];
    struct transport *one = open_free(here);
    uint8_t rubbish[EVENT_ROUTE_MAX];
    memset(rubbish, 0xa5, sizeof rubbish);
    for (size_t size = 0; size <= sizeof rubbish; size++) {
        struct event_way way = {.route = {rubbish, size}};
        transport_send(one, &way, NULL, bytes_text("x"));
    }
    transport_close(one);
}

/* One group of forty frames: who was heard in it. */
struct tally {
    size_t taken;
    bool quiet_heard;
};

static bool count(void *self, const struct event_frame *frame)
{
    struct tally *tally = self;
    tally->quiet_heard = tally->quiet_heard || strcmp(frame->way.node, "quiet") == 0;
    return ++tally->taken < 40;
}

/* Two nodes answer us: one without a pause, the other once. */
static void one_flooder_does_not_keep_others_waiting(void **)
{
    char here[64], there[64], third[64];
    struct transport *one = open_free(here), *two = open_free(there), *other = open_free(third);
    static struct inbox asked, quiet_asked;
    dial(one, "loud", there, bytes_text("q"));
    carry(one, two, &asked, 1);
    dial(one, "quiet", third, bytes_text("q"));
    carry(one, other, &quiet_asked, 1);
    struct event_way loud = {.route = {asked.frames[0].route, asked.frames[0].route_size}};
    struct event_way quiet = {
        .route = {quiet_asked.frames[0].route, quiet_asked.frames[0].route_size}};
    for (int i = 0; i < 200; i++)
        transport_send(two, &loud, NULL, bytes_text("loud"));
    transport_send(other, &quiet, NULL, bytes_text("quiet"));
    struct tally tally = {0};
    int64_t end = clock_steady_ms() + PATIENCE_MS;
    while (!tally.quiet_heard) {
        assert_true(clock_steady_ms() < end);
        for (int i = 0; i < 40; i++)
            transport_send(two, &loud, NULL, bytes_text("loud"));
        tally.taken = 0;
        transport_receive(one, count, &tally);
    }
    transport_close(one);
    transport_close(two);
    transport_close(other);
}

static void the_least_used_dial_makes_room_for_a_new_one(void **)
{
    char here[64], there[64], node[32];
    struct transport *one = open_free(here), *two = open_free(there);
    for (int i = 0; i < TRANSPORT_DIALS_MAX + 10; i++) {
        snprintf(node, sizeof node, "node-%d", i);
        dial(one, node, there, bytes_text("x"));
    }
    assert_int_equal(transport_counts(one).dials, TRANSPORT_DIALS_MAX);
    assert_int_equal(transport_counts(one).refused, 0);
    transport_close(one);
    transport_close(two);
}

static void another_endpoint_replaces_the_dial(void **)
{
    char here[64], old[64], new[64];
    struct transport *one = open_free(here), *two = open_free(old), *three = open_free(new);
    static struct inbox inbox;
    dial(one, "two", old, bytes_text("x"));
    dial(one, "two", new, bytes_text("y"));
    assert_int_equal(transport_counts(one).dials, 1);
    carry(one, three, &inbox, 1);
    assert_int_equal(inbox.frames[0].first, 'y');
    transport_close(one);
    transport_close(two);
    transport_close(three);
}

static void only_literal_addresses_are_accepted(void **)
{
    static const char *const good[] = {"tcp://127.0.0.1:1", "tcp://192.0.2.7:65535",
                                       "tcp://[::1]:7301", "ipc:///run/x"};
    static const char *const bad[] = {
        "",
        "tcp://",
        "tcp://helmo.be:7301",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:0",
        "tcp://127.0.0.1:65536",
        "tcp://127.0.0.1:99999999999999999999",
        "tcp://127.0.0.1:+1",
        "tcp://127.0.0.1:1x",
        "tcp://*:7301",
        "tcp://::1:7301",
        "tcp://eth0;127.0.0.1:7301",
        "ws://127.0.0.1:7301",
        "inproc://x",

        "ipc://",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(transport_address(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(transport_address(bad[i]));
    char here[64];
    struct transport *one = open_free(here);
    dial(one, "two", "ws://127.0.0.1:7301", bytes_text("x"));
    dial(one, "two", NULL, bytes_text("x"));
    assert_int_equal(transport_counts(one).refused, 2);
    assert_int_equal(transport_counts(one).dials, 0);
    transport_close(one);
}

static void a_taken_port_is_a_fault_with_its_reason(void **)
{
    char here[64];
    struct transport *one = open_free(here), *two = NULL;
    struct reason reason = {0};
    assert_int_equal(transport_open(here, &two, &reason), FAULT_NETWORK);
    assert_non_null(strstr(reason.text, here));
    const char *nowhere = "ipc:///tmp/peregrin-no-such-folder/x.ipc";
    assert_int_equal(transport_open(nowhere, &two, &reason), FAULT_NETWORK);
    assert_non_null(strstr(reason.text, nowhere));
    transport_close(one);
}

static void a_raw_connection_with_an_oversized_frame_is_cut(void **)
{
    char here[64];
    struct transport *one = open_free(here);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)atoi(strrchr(here, ':') + 1)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int raw = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(raw, (struct sockaddr *)&address, sizeof address), 0);
    uint8_t hello[] = {0, 'S', 'P', 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 1, 8, 1};
    assert_int_equal(write(raw, hello, sizeof hello), sizeof hello);
    uint8_t answer[64];
    ssize_t got = 1;
    struct pollfd wait = {raw, POLLIN, 0};
    while (got > 0) {
        assert_true(poll(&wait, 1, PATIENCE_MS) > 0);
        got = read(raw, answer, sizeof answer);
    }
    close(raw);
    transport_close(one);
}

/* ---- a partner by hand --------------------------------------------------------------------- */

enum { SHORT_MS = 700, ROUNDS = 25 };

static const uint8_t greeting[] = {0, 'S', 'P', 0, 0, 49, 0, 0};

static int listen_by_hand(char address[static 64])
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&place, size), 0);
    assert_int_equal(listen(listener, 8), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&place, &size), 0);
    snprintf(address, 64, "tcp://127.0.0.1:%u", ntohs(place.sin_port));
    return listener;
}

/* The next connection, greeted; -1: none comes. */
static int greet(int listener, int patience_ms)
{
    struct pollfd wait = {listener, POLLIN, 0};
    if (poll(&wait, 1, patience_ms) <= 0)
        return -1;
    int connection = accept(listener, NULL, NULL);
    assert_true(connection >= 0);
    (void)!send(connection, greeting, sizeof greeting, MSG_NOSIGNAL); /* it may be gone already */
    return connection;
}

/* It is reset in the middle of short messages, which nobody has received yet. */
static void break_off(int connection, struct transport *transport)
{
    static const uint8_t message[] = {0, 0, 0, 0, 0, 0, 0, 5, 0x80, 0, 0, 1, 'x'};
    uint8_t many[40 * sizeof message];
    struct linger reset = {1, 0};
    for (size_t i = 0; i < 40; i++)
        memcpy(many + i * sizeof message, message, sizeof message);
    assert_int_equal(send(connection, many, sizeof many, MSG_NOSIGNAL), sizeof many);
    struct pollfd wait = {transport_descriptor(transport), POLLIN, 0};
    assert_true(poll(&wait, 1, PATIENCE_MS) > 0);
    assert_int_equal(setsockopt(connection, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), 0);
    close(connection);
}

/* Whether a frame comes whole on this connection, which is then closed. */
static bool frame_comes(int connection, struct transport *transport, size_t size)
{
    const size_t wanted = sizeof greeting + 8 + 4 + size;
    uint8_t bytes[256];
    size_t have = 0;
    ssize_t got = 1;
    while (have < wanted && got > 0) {
        struct pollfd wait[] = {{connection, POLLIN, 0},
                                {transport_descriptor(transport), POLLIN, 0}};
        if (poll(wait, 2, SHORT_MS) <= 0)
            break;
        transport_receive(transport, keep, &(struct inbox) {.limit = 600});
        if (wait[0].revents)
            got = recv(connection, bytes + have, sizeof bytes - have, 0);
        have += got > 0 && wait[0].revents ? (size_t)got : 0;
    }
    close(connection);
    return have >= wanted;
}

static void a_connection_that_broke_does_not_spoil_the_next(void **)
{
    static const uint8_t opening[FRAME_HEADER_SIZE] = {FRAME_VERSION, FRAME_OPEN};
    const struct bytes wire = {opening, sizeof opening};
    char here[64], there[64];
    struct transport *one = open_free(here);
    int listener = listen_by_hand(there), connection;
    dial(one, "two", there, wire);
    break_off(greet(listener, PATIENCE_MS), one);
    bool came = false;
    for (int round = 0; round < ROUNDS && !came; round++) {
        dial(one, "two", there, wire);
        /* Those that were given up stand before the newest. */
        while (!came && (connection = greet(listener, SHORT_MS)) >= 0)
            came = frame_comes(connection, one, sizeof opening);
    }
    assert_true(came);
    transport_close(one);
    close(listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_arrives_and_is_answered_along_its_route),
        cmocka_unit_test(who_listens_nowhere_calls_and_is_answered),
        cmocka_unit_test(frames_wait_in_order_for_a_connection),
        cmocka_unit_test(an_opening_drops_what_waits_before_it),
        cmocka_unit_test(a_route_of_a_stranger_sends_nothing_and_harms_nothing),
        cmocka_unit_test(one_flooder_does_not_keep_others_waiting),
        cmocka_unit_test(the_least_used_dial_makes_room_for_a_new_one),
        cmocka_unit_test(another_endpoint_replaces_the_dial),
        cmocka_unit_test(only_literal_addresses_are_accepted),
        cmocka_unit_test(a_taken_port_is_a_fault_with_its_reason),
        cmocka_unit_test(a_raw_connection_with_an_oversized_frame_is_cut),
        cmocka_unit_test(a_connection_that_broke_does_not_spoil_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
