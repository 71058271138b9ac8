#include "io/loop.h"

#include "io/clock.h"
#include "io/descriptors.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct watch {
    void (*ready)(void *self);
    void *self;
};

/* How long it looks before it sleeps, after something happened: the answer to what was just sent
 * comes about then, and to be woken takes longer than to look. */
enum { LOOK_US = 500 };

struct loop {
    int epoll, signals;
    bool stopping, reload;
    int64_t look_until_us; /* steady */
    size_t count;
    struct watch watches[LOOP_WATCHES_MAX];
};

static void signals_ready(void *self)
{
    struct loop *loop = self;
    struct signalfd_siginfo info;
    while (read(loop->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGHUP)
            loop->reload = true;
        else
            loop->stopping = true;
    }
}

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file at its limit is a fault of the store */
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0)
        return -1;
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

enum fault loop_open(struct loop **out, struct reason *reason)
{
    TRY(descriptors_raise(reason));
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop)
        return reason_give(reason, FAULT_MEMORY, "no memory for the event loop");
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->signals = open_signals();
    enum fault fault = FAULT_NONE;
    if (loop->epoll < 0 || loop->signals < 0)
        fault = reason_give(reason, FAULT_NETWORK, "the event loop: %s", strerror(errno));
    if (!fault)
        fault = loop_watch(loop, loop->signals, signals_ready, loop, reason);
    if (fault)
        loop_close(loop);
    else
        *out = loop;
    return fault;
}

void loop_close(struct loop *loop)
{
    if (!loop)
        return;
    if (loop->signals >= 0)
        close(loop->signals);
    if (loop->epoll >= 0)
        close(loop->epoll);
    free(loop);
}

enum fault loop_watch(struct loop *loop, int descriptor, void (*ready)(void *self), void *self,
                      struct reason *reason)
{
    assert(loop->count < LOOP_WATCHES_MAX);
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = loop->count};
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        return reason_give(reason, FAULT_NETWORK, "the event loop: %s", strerror(errno));
    loop->watches[loop->count++] = (struct watch) {ready, self};
    return FAULT_NONE;
}

/* Others on this processor go first: the network's own threads are among them. */
static int look(const struct loop *loop, struct epoll_event *events)
{
    int count = epoll_wait(loop->epoll, events, LOOP_WATCHES_MAX, 0);
    while (count == 0 && clock_steady_us() < loop->look_until_us) {
        sched_yield();
        count = epoll_wait(loop->epoll, events, LOOP_WATCHES_MAX, 0);
    }
    return count;
}

enum fault loop_wait(struct loop *loop, int64_t timeout_ms)
{
    struct epoll_event events[LOOP_WATCHES_MAX];
    int timeout = timeout_ms < 0 ? -1 : timeout_ms > INT_MAX ? INT_MAX : (int)timeout_ms;
    int count = timeout ? look(loop, events) : 0;
    if (count == 0)
        count = epoll_wait(loop->epoll, events, LOOP_WATCHES_MAX, timeout);
    if (count < 0)
        return errno == EINTR ? FAULT_NONE : FAULT_NETWORK;
    if (count > 0)
        loop->look_until_us = clock_steady_us() + LOOK_US;
    for (int i = 0; i < count; i++) {
        struct watch *watch = &loop->watches[events[i].data.u64];
        watch->ready(watch->self);
    }
    return FAULT_NONE;
}

bool loop_stopping(const struct loop *loop)
{
    return loop->stopping;
}

bool loop_take_reload(struct loop *loop)
{
    bool taken = loop->reload;
    loop->reload = false;
    return taken;
}
