#include "io/reach.h"

#include "io/address.h"
#include "io/clock.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { GREETING_SIZE = 8 };

/* `SP` protocol header, version 0: the caller is REQ, who listens is REP. */
static const uint8_t ours[GREETING_SIZE] = {0, 'S', 'P', 0, 0, 0x30, 0, 0};
static const uint8_t theirs[GREETING_SIZE] = {0, 'S', 'P', 0, 0, 0x31, 0, 0};

/* Where one listens everywhere, one is found at the loopback. */
static void point_home(struct address *address)
{
    struct sockaddr_in *four = (struct sockaddr_in *)&address->storage;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address->storage;
    if (address->storage.ss_family == AF_INET && four->sin_addr.s_addr == htonl(INADDR_ANY))
        four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (address->storage.ss_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&six->sin6_addr))
        six->sin6_addr = in6addr_loopback;
}

static bool await(int descriptor, short events, int64_t end_ms)
{
    struct pollfd wait = {descriptor, events, 0};
    int64_t left = end_ms - clock_steady_ms();
    if (left > 0 && poll(&wait, 1, (int)left) == 1)
        return true;
    errno = ETIMEDOUT;
    return false;
}

static bool connect_within(int descriptor, const struct address *address, int64_t end_ms)
{
    if (connect(descriptor, (const struct sockaddr *)&address->storage, address->size) == 0)
        return true;
    if (errno != EINPROGRESS || !await(descriptor, POLLOUT, end_ms))
        return false;
    int problem = 0;
    socklen_t size = sizeof problem;
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &size);
    errno = problem;
    return problem == 0;
}

/* Both sides greet at once and wait for nobody. */
static bool greet(int descriptor, int64_t end_ms, const char **why)
{
    uint8_t heard[GREETING_SIZE];
    size_t size = 0;
    *why = NULL;
    if (send(descriptor, ours, sizeof ours, MSG_NOSIGNAL) != (ssize_t)sizeof ours)
        return false;
    while (size < sizeof heard) {
        if (!await(descriptor, POLLIN, end_ms))
            return false;
        ssize_t got = recv(descriptor, heard + size, sizeof heard - size, 0);
        if (got <= 0) {
            *why = "the connection is closed at once";
            return false;
        }
        size += (size_t)got;
    }
    if (memcmp(heard, theirs, sizeof theirs) == 0)
        return true;
    *why = "what listens there is no Peregrin node";
    return false;
}

static void stop(struct reach *out, enum reach_step step, const char *endpoint, const char *why)
{
    enum fault told = reason_give(&out->reason, FAULT_NETWORK, "%.200s: %s", endpoint, why);
    out->failed = told ? step : out->failed;
}

static void walk(int descriptor, const char *endpoint, const struct address *address,
                 int timeout_ms, struct reach *out)
{
    int64_t began = clock_steady_us(), end_ms = clock_steady_ms() + timeout_ms;
    const char *why = NULL;
    if (!connect_within(descriptor, address, end_ms)) {
        stop(out, REACH_CONNECT, endpoint, strerror(errno));
        return;
    }
    out->connect_us = clock_steady_us() - began;
    began = clock_steady_us();
    if (!greet(descriptor, end_ms, &why)) {
        stop(out, REACH_GREETING, endpoint, why ? why : strerror(errno));
        return;
    }
    out->greeting_us = clock_steady_us() - began;
    out->failed = REACH_DONE;
}

void reach_try(const char *endpoint, int timeout_ms, struct reach *out)
{
    struct address address;
    *out = (struct reach) {.failed = REACH_ADDRESS};
    if (!address_read(endpoint, &address)) {
        stop(out, REACH_ADDRESS, endpoint, "is no literal address");
        return;
    }
    point_home(&address);
    int descriptor =
        socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        stop(out, REACH_CONNECT, endpoint, strerror(errno));
        return;
    }
    walk(descriptor, endpoint, &address, timeout_ms, out);
    close(descriptor);
}
