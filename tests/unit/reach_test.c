/* links: base seal record trust wire rules channel stream store engine io */
#include "io/reach.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const uint8_t responder[8] = {0, 'S', 'P', 0, 0, 0x31, 0, 0};

/* A listener at a port of the system's choice; its child greets once with these bytes. */
struct listener {
    int descriptor;
    pid_t child;
    char endpoint[64];
};

static struct listener listener_open(const uint8_t *greeting, size_t size)
{
    struct listener listener = {.descriptor = socket(AF_INET, SOCK_STREAM, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    assert_int_equal(bind(listener.descriptor, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener.descriptor, 4), 0);
    assert_int_equal(getsockname(listener.descriptor, (struct sockaddr *)&address, &length), 0);
    snprintf(listener.endpoint, sizeof listener.endpoint, "tcp://127.0.0.1:%u",
             (unsigned)ntohs(address.sin_port));
    listener.child = fork();
    if (listener.child == 0) {
        uint8_t heard[8];
        int taken = accept(listener.descriptor, NULL, NULL);
        ssize_t put = size ? write(taken, greeting, size) : 0;
        bool right = recv(taken, heard, sizeof heard, MSG_WAITALL) == 8 &&
                     memcmp(heard, "\0SP\0\0\x30\0\0", 8) == 0;
        close(taken);
        _exit(right && put == (ssize_t)size ? 0 : 1);
    }
    return listener;
}

/* What the child saw: 0 when our own greeting was right. */
static int listener_close(struct listener *listener)
{
    int status;
    close(listener->descriptor);
    assert_int_equal(waitpid(listener->child, &status, 0), listener->child);
    return WEXITSTATUS(status);
}

static void a_listener_that_greets_is_reached(void **)
{
    struct listener listener = listener_open(responder, sizeof responder);
    struct reach reach;
    reach_try(listener.endpoint, 5000, &reach);
    assert_int_equal(reach.failed, REACH_DONE);
    assert_true(reach.connect_us >= 0 && reach.greeting_us >= 0);
    assert_int_equal(listener_close(&listener), 0);
}

static void another_service_is_told_from_a_node(void **)
{
    static const uint8_t web[] = "HTTP/1.1 400 Bad Request\r\n";
    struct listener listener = listener_open(web, sizeof web - 1);
    struct reach reach;
    reach_try(listener.endpoint, 5000, &reach);
    assert_int_equal(reach.failed, REACH_GREETING);
    assert_non_null(strstr(reach.reason.text, "no Peregrin node"));
    listener_close(&listener);
}

static void a_listener_that_hangs_up_is_named(void **)
{
    struct listener listener = listener_open(responder, 3);
    struct reach reach;
    reach_try(listener.endpoint, 5000, &reach);
    assert_int_equal(reach.failed, REACH_GREETING);
    assert_non_null(strstr(reach.reason.text, "closed at once"));
    listener_close(&listener);
}

/* The backlog takes the connection; nobody ever speaks. */
static void silence_ends_at_the_time_out(void **)
{
    struct listener listener = {.descriptor = socket(AF_INET, SOCK_STREAM, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    struct reach reach;
    assert_int_equal(bind(listener.descriptor, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener.descriptor, 4), 0);
    assert_int_equal(getsockname(listener.descriptor, (struct sockaddr *)&address, &length), 0);
    snprintf(listener.endpoint, sizeof listener.endpoint, "tcp://127.0.0.1:%u",
             (unsigned)ntohs(address.sin_port));
    reach_try(listener.endpoint, 50, &reach);
    assert_int_equal(reach.failed, REACH_GREETING);
    assert_non_null(strstr(reach.reason.text, "timed out"));
    close(listener.descriptor);
}

static void a_port_where_nobody_listens_is_refused(void **)
{
    struct reach reach;
    reach_try("tcp://127.0.0.1:1", 5000, &reach);
    assert_int_equal(reach.failed, REACH_CONNECT);
    assert_non_null(strstr(reach.reason.text, "tcp://127.0.0.1:1"));
}

static void a_name_is_no_literal_address(void **)
{
    static const char *const wrong[] = {"tcp://node.helmo.be:7301", "tcp://127.0.0.1",
                                        "http://[::1]:1",           "",
                                        "tcp://[::1:7301",          "tcp://1.2.3.4:99999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct reach reach;
        reach_try(wrong[i], 1000, &reach);
        assert_int_equal(reach.failed, REACH_ADDRESS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listener_that_greets_is_reached),
        cmocka_unit_test(another_service_is_told_from_a_node),
        cmocka_unit_test(a_listener_that_hangs_up_is_named),
        cmocka_unit_test(silence_ends_at_the_time_out),
        cmocka_unit_test(a_port_where_nobody_listens_is_refused),
        cmocka_unit_test(a_name_is_no_literal_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
