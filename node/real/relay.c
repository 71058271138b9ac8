#include "real/relay.h"

#include "real/real_time.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LINES_MAX = 4 * RELAY_NODES_MAX * RELAY_NODES_MAX,
    QUEUE = 64,
    WAIT_MS = 50,
    DRAIN_MAX = 4 << 20, /* what one end may leave unread before the other is heard no more */
};

struct post {
    int listener; /* below 0: none */
    uint16_t target;
    struct relay_book books[2];
    uint64_t callers;
    int64_t refuses_until;
};

struct relay {
    struct relay_deal deal;
    struct post posts[RELAY_NODES_MAX];
    size_t count;
    struct relay_line *lines[LINES_MAX];
    size_t line_count;
    struct pollfd polled[RELAY_NODES_MAX + 2 * LINES_MAX];
    _Atomic bool ends;
    pthread_t thread;
};

static struct sockaddr_in place_of(uint16_t port)
{
    return (struct sockaddr_in) {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

/* ---- connections come and go ---- */

static int listen_at(uint16_t port)
{
    const struct sockaddr_in place = place_of(port);
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0)
        return -1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (const struct sockaddr *)&place, sizeof place) || listen(listener, QUEUE)) {
        int why = errno;
        close(listener);
        errno = why;
        return -1;
    }
    return listener;
}

/* Nobody waits for it: what is sent before it stands waits for room, and where nobody listens the
 * first thing sent or read tells. */
static int dial(uint16_t port)
{
    const struct sockaddr_in place = place_of(port);
    int far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (far >= 0 && connect(far, (const struct sockaddr *)&place, sizeof place) &&
        errno != EINPROGRESS) {
        close(far);
        return -1;
    }
    return far;
}

static void hang_up(int descriptor)
{
    const struct linger at_once = {1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(descriptor);
}

static bool refuses(struct relay *relay, struct post *post, int64_t now)
{
    if (relay->deal.set == 0)
        post->refuses_until = 0;
    if (now < post->refuses_until)
        return true;
    uint32_t refused = relay_draw_refuse_ms(relay->deal.seed, relay->deal.set,
                                            (uint64_t)(post - relay->posts), post->callers++);
    if (refused) {
        relay->deal.counts[REAL_FAULT_REFUSE]++;
        post->refuses_until = now + refused;
    }
    return refused;
}

static void caller_take(struct relay *relay, struct post *post, int64_t now)
{
    int near = accept4(post->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (near < 0)
        return;
    bool takes = relay->line_count < LINES_MAX && !refuses(relay, post, now);
    int far = takes ? dial(post->target) : -1;
    struct relay_line *line = far >= 0 ? malloc(sizeof *line) : NULL;
    if (!line) {
        hang_up(near);
        if (far >= 0)
            close(far);
        return;
    }
    relay_line_open(line, (const int[2]) {near, far}, post->books);
    relay->lines[relay->line_count++] = line;
}

static void lines_sweep(struct relay *relay)
{
    size_t kept = 0;
    for (size_t i = 0; i < relay->line_count; i++) {
        struct relay_line *line = relay->lines[i];
        if (!line->over) {
            relay->lines[kept++] = line;
            continue;
        }
        relay_line_close(line);
        free(line);
    }
    relay->line_count = kept;
}

/* ---- the loop ---- */

/* Listeners first, then both ends of each line. Returns how many. */
static size_t polled_fill(struct relay *relay)
{
    size_t count = 0;
    for (size_t i = 0; i < relay->count; i++)
        relay->polled[count++] = (struct pollfd) {relay->posts[i].listener, POLLIN, 0};
    for (size_t i = 0; i < relay->line_count; i++)
        for (size_t end = 0; end < 2; end++) {
            const struct relay_line *line = relay->lines[i];
            const struct relay_frame *out = &line->ways[end].out;
            short events = out->size - out->taken < DRAIN_MAX ? POLLIN : 0;
            if (relay_line_blocked(line, end))
                events |= POLLOUT;
            relay->polled[count++] = (struct pollfd) {line->ends[end], events, 0};
        }
    return count;
}

static int wait_of(const struct relay *relay, int64_t now)
{
    int64_t due = now + WAIT_MS;
    for (size_t i = 0; i < relay->line_count; i++) {
        int64_t next = relay_line_due(relay->lines[i]);
        due = next < due ? next : due;
    }
    return due > now ? (int)(due - now) : 0;
}

static void turn(struct relay *relay)
{
    size_t count = polled_fill(relay), lines = relay->line_count;
    if (poll(relay->polled, count, wait_of(relay, real_time_ms())) < 0)
        return;
    int64_t now = real_time_ms();
    for (size_t i = 0; i < relay->count; i++)
        if (relay->polled[i].revents & POLLIN)
            caller_take(relay, &relay->posts[i], now);
    for (size_t i = 0; i < lines; i++) {
        struct relay_line *line = relay->lines[i];
        for (size_t end = 0; end < 2 && !line->over; end++)
            if (relay->polled[relay->count + 2 * i + end].revents & (POLLIN | POLLHUP | POLLERR))
                relay_line_read(line, end, &relay->deal, now);
    }
    for (size_t i = 0; i < relay->line_count; i++)
        relay_line_pump(relay->lines[i], &relay->deal, now);
    lines_sweep(relay);
}

static void *run(void *self)
{
    struct relay *relay = self;
    while (!relay->ends)
        turn(relay);
    return NULL;
}

static void relay_free(struct relay *relay)
{
    for (size_t i = 0; i < relay->line_count; i++)
        relay->lines[i]->over = true;
    lines_sweep(relay);
    for (size_t i = 0; i < relay->count; i++) {
        struct post *post = &relay->posts[i];
        if (post->listener >= 0)
            close(post->listener);
        for (size_t way = 0; way < 2; way++)
            for (size_t k = 0; k < RELAY_LINE_KEPT; k++)
                free((void *)post->books[way].kept[k].data);
    }
    free(relay);
}

struct relay *relay_open(uint64_t seed, const struct relay_place *places, size_t count)
{
    assert(count <= RELAY_NODES_MAX);
    struct relay *relay = calloc(1, sizeof *relay);
    if (!relay)
        return NULL;
    relay->deal.seed = seed;
    for (size_t i = 0; i < count; i++) {
        struct post *post = &relay->posts[relay->count++];
        *post = (struct post) {.listener = -1, .target = places[i].target};
        post->books[0].way = 2 * i;
        post->books[1].way = 2 * i + 1;
        if (places[i].listen && (post->listener = listen_at(places[i].listen)) < 0)
            goto failed;
    }
    errno = pthread_create(&relay->thread, NULL, run, relay);
    if (!errno)
        return relay;
failed:;
    int why = errno;
    relay_free(relay);
    errno = why;
    return NULL;
}

void relay_close(struct relay *relay)
{
    if (!relay)
        return;
    relay->ends = true;
    pthread_join(relay->thread, NULL);
    relay_free(relay);
}

void relay_set(struct relay *relay, uint32_t set)
{
    relay->deal.set = set & ((1U << REAL_FAULT_RELAY_COUNT) - 1);
}

uint64_t relay_count(const struct relay *relay, enum real_fault fault)
{
    assert(fault < REAL_FAULT_RELAY_COUNT);
    return relay->deal.counts[fault];
}

uint64_t relay_frames(const struct relay *relay)
{
    return relay->deal.frames;
}
