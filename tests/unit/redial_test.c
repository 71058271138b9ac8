/* links: base seal record grade trust wire rules channel stream eligibility store engine report sheet admin io */
#include "io/transport.h"

#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { REDIALS = 60, PATIENCE_MS = 5000, NO_NETWORK_HERE = 77, NOTHING_CAME = 1 };

/* A network of its own, in which outgoing connections have few ports. */
static bool few_ports(void)
{
    static const char range[] = "40000 40031";
    struct ifreq request = {.ifr_name = "lo"};
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return false;
    int any = socket(AF_INET, SOCK_DGRAM, 0);
    bool up = any >= 0 && ioctl(any, SIOCGIFFLAGS, &request) == 0;
    request.ifr_flags |= IFF_UP;
    up = up && ioctl(any, SIOCSIFFLAGS, &request) == 0;
    FILE *file = fopen("/proc/sys/net/ipv4/ip_local_port_range", "w");
    up = up && file && fputs(range, file) >= 0;
    if (file)
        up = fclose(file) == 0 && up;
    close(any);
    return up;
}

static bool count(void *self, const struct event_frame *)
{
    ++*(int *)self;
    return true;
}

/* One frame after the other to two places in turn: each leaves a connection behind. */
static int redial(void)
{
    static const char *const places[] = {"tcp://127.0.0.1:10001", "tcp://127.0.0.1:10002"};
    struct transport *from, *to[2];
    struct reason reason;
    if (!few_ports())
        return NO_NETWORK_HERE;
    if (transport_open("none", &from, &reason) || transport_open(places[0], &to[0], &reason) ||
        transport_open(places[1], &to[1], &reason))
        return NO_NETWORK_HERE;
    for (int i = 0; i < REDIALS; i++) {
        int came = 0, none = 0;
        struct event_way way = {.node = "partner"};
        transport_send(from, &way, places[i % 2], bytes_text("question"));
        while (came == 0) {
            struct pollfd wait[] = {{transport_descriptor(from), POLLIN, 0},
                                    {transport_descriptor(to[i % 2]), POLLIN, 0}};
            if (poll(wait, 2, PATIENCE_MS) <= 0)
                return NOTHING_CAME;
            transport_receive(from, count, &none);
            transport_receive(to[i % 2], count, &came);
        }
    }
    return 0;
}

/* The system keeps the port of a connection that we ended for a minute. Who has more partners than
 * sockets dials again all the time; a port for each of these would soon be one too many, and there
 * nanomsg ends the process. */
static void dialling_again_and_again_uses_up_no_ports(void **)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(redial());
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_NETWORK_HERE) {
        print_message("no network of our own can be made here\n");
        skip();
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dialling_again_and_again_uses_up_no_ports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
