/* links: base seal record trust */
#include "trust/endpoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void judge_all(const char *const *texts, size_t count, bool wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (endpoint_valid(bytes_text(texts[i])) != wanted)
            print_error("%s\n", texts[i]);
        assert_int_equal(endpoint_valid(bytes_text(texts[i])), wanted);
    }
}

static void a_literal_address_is_an_endpoint(void **)
{
    static const char *const texts[] = {
        "tcp://127.0.0.1:1",
        "tcp://192.0.2.255:65535",
        "tcp://0.0.0.0:7400",
        "tcp://[::1]:7400",
        "tcp://[::]:7400",
        "tcp://[2001:db8::1]:7400",
        "tcp://[2001:db8::]:7400",
        "tcp://[1:2:3:4:5:6:7:8]:7400",
        "tcp://[1:2:3:4:5:6:7::]:7400",
        "tcp://[::2:3:4:5:6:7:8]:7400",
        "tcp://[FE80::abCD]:7400",
        "ipc:///run/peregrin/alpha.ipc",
        "ipc://alpha",
    };
    judge_all(texts, sizeof texts / sizeof *texts, true);
}

static void a_name_or_half_an_address_is_none(void **)
{
    static const char *const texts[] = {
        "",
        "tcp://",
        "tcp://localhost:7400",
        "tcp://node.helmo.be:7400",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:",
        "tcp://127.0.0.1:0",
        "tcp://127.0.0.1:65536",
        "tcp://127.0.0.1:99999999999999999999",
        "tcp://127.0.0.1:07400",
        "tcp://127.0.0.1:7400/",
        "tcp://127.0.0.1:7400 ",
        "tcp://127.0.0.256:7400",
        "tcp://127.0.0.01:7400",
        "tcp://127.0.0:7400",
        "tcp://127.0.0.0.1:7400",
        "tcp://1.2.3.4;5.6.7.8:7400",
        "tcp://*:7400",
        "tcp://::1:7400",
        "tcp://[::1]7400",
        "tcp://[::1:7400",
        "tcp://[]:7400",
        "tcp://[:]:7400",
        "tcp://[:::]:7400",
        "tcp://[1::2::3]:7400",
        "tcp://[12345::]:7400",
        "tcp://[1:2:3:4:5:6:7]:7400",
        "tcp://[1:2:3:4:5:6:7:]:7400",
        "tcp://[:1:2:3:4:5:6:7]:7400",
        "tcp://[1:2:3:4:5:6:7:8:9]:7400",
        "tcp://[1:2:3:4:5:6:7:8::]:7400",
        "tcp://[1:2:3:4::5:6:7:8]:7400",
        "tcp://[fe80::1%eth0]:7400",
        "tcp://[::ffff:192.0.2.1]:7400",
        "tcp://[g::]:7400",
        "ipc://",
        "ipc:///run/a b",
        "ipc:///run/\n",
        "inproc://alpha",
        "ws://127.0.0.1:7400",
        "TCP://127.0.0.1:7400",
        " tcp://127.0.0.1:7400",
        "ipc:///a-path-that-is-longer-than-the-sun-path-of-a-unix-socket-can-be-by-some-letters-"
        "and-goes-on-still",
    };
    judge_all(texts, sizeof texts / sizeof *texts, false);
}

static void a_zero_byte_ends_nothing(void **)
{
    static const char text[] = "tcp://[::1\0]:7400", port[] = "tcp://1.2.3.4:74\0";
    assert_false(endpoint_valid((struct bytes) {(const uint8_t *)text, sizeof text - 1}));
    assert_false(endpoint_valid((struct bytes) {(const uint8_t *)port, sizeof port - 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_address_is_an_endpoint),
        cmocka_unit_test(a_name_or_half_an_address_is_none),
        cmocka_unit_test(a_zero_byte_ends_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
