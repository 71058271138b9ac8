#include "io/transport.h"

#include "io/address.h"
#include "io/backlog.h"
#include "io/bind.h"
#include "trust/endpoint.h"
#include "wire/bundle.h"

#include <assert.h>
#include <errno.h>
#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <nanomsg/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
    RECONNECT_MS = 200,
    RECONNECT_MS_MAX = 2000,
    LINES_A_TURN = 32,
    FRAMES_A_TURN = 16, /* of one line, before the next has its turn */
    NODE_MAX = 64,
    REQUEST_ID_SIZE = 4,
};

/* What epoll points at: a line has something to take, or room to send. */
struct hook {
    struct line *line;
    bool sends;
};

/* One nanomsg socket. */
struct line {
    int socket;
    char node[NODE_MAX + 1]; /* whom we dial; empty: the listener */
    char endpoint[ENDPOINT_SIZE_MAX + 1];
    uint64_t used; /* for the least recently used */
    struct hook in, out;
    struct backlog backlog; /* in order; epoll watches for room while it holds anything */
};

struct transport {
    int epoll;
    bool receiving;
    uint64_t clock;
    char listen[ENDPOINT_SIZE_MAX + 1];
    struct line listener;
    struct line *dials[TRANSPORT_DIALS_MAX]; /* ascending by node */
    struct transport_counts counts;
};

/* --- addresses ----------------------------------------------------------------------------------
 */

const char *transport_address(const char *address)
{
    if (endpoint_valid(bytes_text(address)))
        return NULL;
    return "is not a literal address with a port, as tcp://192.0.2.7:7301, "
           "tcp://[2001:db8::7]:7301 or ipc:///run/peregrin/node.ipc";
}

bool transport_listens(const char *listen)
{
    return strcmp(listen, "none") != 0;
}

const char *transport_listen_wrong(const char *listen)
{
    return transport_listens(listen) ? transport_address(listen) : NULL;
}

static bool can_make(const char *path)
{
    char folder[ENDPOINT_SIZE_MAX + 1] = ".";
    const char *slash = strrchr(path, '/');
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
    return access(folder, W_OK) == 0;
}

/* nanomsg 1.1.5 can abort when a bind fails: an ordinary socket tries the address first. */
static bool can_bind(const char *listen)
{
    struct address address;
    if (strncmp(listen, "ipc://", 6) == 0)
        return can_make(listen + 6);
    bool read = address_read(listen, &address);
    assert(read);
    int yes = 1, probe = socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return false;
    bool good = setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                bind(probe, (struct sockaddr *)&address.storage, address.size) == 0;
    int kept = errno;
    close(probe);
    errno = kept;
    return good;
}

/* --- lines --------------------------------------------------------------------------------------
 */

static bool line_set(const struct line *line, int option, int value)
{
    return nn_setsockopt(line->socket, NN_SOL_SOCKET, option, &value, sizeof value) == 0;
}

/* Small frames leave at once: waiting for the peer's delayed acknowledgement costs 40 ms each. */
static bool line_hasten(const struct line *line)
{
    int yes = 1;
    return nn_setsockopt(line->socket, NN_TCP, NN_TCP_NODELAY, &yes, sizeof yes) == 0;
}

/* nanomsg shows readiness in both directions as a descriptor that becomes readable. */
static int hook_descriptor(const struct hook *hook)
{
    int descriptor = -1;
    size_t size = sizeof descriptor;
    int option = hook->sends ? NN_SNDFD : NN_RCVFD;
    if (nn_getsockopt(hook->line->socket, NN_SOL_SOCKET, option, &descriptor, &size) != 0)
        return -1;
    return descriptor;
}

static bool hook_watch(const struct transport *transport, struct hook *hook, bool watched)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = hook};
    int descriptor = hook_descriptor(hook);
    return descriptor >= 0 && epoll_ctl(transport->epoll, watched ? EPOLL_CTL_ADD : EPOLL_CTL_DEL,
                                        descriptor, &event) == 0;
}

static bool line_open(struct transport *transport, struct line *line, int protocol)
{
    line->in = (struct hook) {line, false};
    line->out = (struct hook) {line, true};
    line->socket = nn_socket(AF_SP_RAW, protocol);
    return line->socket >= 0 && line_set(line, NN_RECONNECT_IVL, RECONNECT_MS) &&
           line_set(line, NN_RECONNECT_IVL_MAX, RECONNECT_MS_MAX) &&
           line_set(line, NN_RCVMAXSIZE, TRANSPORT_FRAME_MAX) &&
           line_set(line, NN_IPV4ONLY, line->endpoint[6] != '[') && line_hasten(line) &&
           hook_watch(transport, &line->in, true);
}

static void line_close(struct transport *transport, struct line *line)
{
    if (line->socket >= 0) {
        hook_watch(transport, &line->in, false);
        if (line->backlog.first)
            hook_watch(transport, &line->out, false);
        nn_close(line->socket);
    }
    backlog_clear(&line->backlog);
    *line = (struct line) {.socket = -1};
}

static bool listener_open(struct transport *transport)
{
    struct line *line = &transport->listener;
    strcpy(line->endpoint, transport->listen);
    return line_open(transport, line, NN_REP) && can_bind(transport->listen) &&
           nn_bind(line->socket, transport->listen) >= 0;
}

enum fault transport_open(const char *listen, struct transport **out, struct reason *reason)
{
    const char *wrong = transport_listen_wrong(listen);
    if (wrong)
        return reason_give(reason, FAULT_CONFIG, "listen: `%s` %s", listen, wrong);
    struct transport *transport = calloc(1, sizeof *transport);
    if (!transport)
        return reason_give(reason, FAULT_MEMORY, "no memory for the network");
    strcpy(transport->listen, listen);
    transport->listener.socket = -1;
    transport->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (transport->epoll < 0 || (transport_listens(listen) && !listener_open(transport))) {
        enum fault fault = reason_give(reason, FAULT_NETWORK, "cannot listen at %s: %s; %s", listen,
                                       nn_strerror(errno), fault_text(FAULT_NETWORK)->remedy);
        transport_close(transport);
        return fault;
    }
    *out = transport;
    return FAULT_NONE;
}

void transport_close(struct transport *transport)
{
    if (!transport)
        return;
    for (size_t i = 0; i < transport->counts.dials; i++) {
        line_close(transport, transport->dials[i]);
        free(transport->dials[i]);
    }
    line_close(transport, &transport->listener);
    if (transport->epoll >= 0)
        close(transport->epoll);
    free(transport);
}

int transport_descriptor(const struct transport *transport)
{
    return transport->epoll;
}

struct transport_counts transport_counts(const struct transport *transport)
{
    return transport->counts;
}

/* --- callers ------------------------------------------------------------------------------------
 */

/* Those that were taken, less those that ended: what nanomsg counts as current leaves out who has
 * not greeted yet, and a descriptor of theirs is as good as another. */
size_t transport_callers(const struct transport *transport)
{
    int listener = transport->listener.socket;
    if (listener < 0)
        return 0;
    uint64_t ended = nn_get_statistic(listener, NN_STAT_BROKEN_CONNECTIONS) +
                     nn_get_statistic(listener, NN_STAT_DROPPED_CONNECTIONS);
    uint64_t taken = nn_get_statistic(listener, NN_STAT_ACCEPTED_CONNECTIONS);
    return taken > ended ? (size_t)(taken - ended) : 0;
}

bool transport_hang_up(struct transport *transport)
{
    assert(!transport->receiving && transport_listens(transport->listen));
    line_close(transport, &transport->listener);
    transport->counts.hang_ups++;
    if (listener_open(transport))
        return true;
    line_close(transport, &transport->listener);
    return false;
}

/* --- sending ------------------------------------------------------------------------------------
 */

/* The route as nanomsg wants it: one control message that holds a length and the route itself. */
static bool send_along(int socket, struct bytes route, struct bytes wire)
{
    _Alignas(size_t) uint8_t control[NN_CMSG_SPACE(sizeof(size_t) + EVENT_ROUTE_MAX)] = {0};
    struct nn_cmsghdr *header = (struct nn_cmsghdr *)control;
    assert(route.size <= EVENT_ROUTE_MAX);
    header->cmsg_level = PROTO_SP;
    header->cmsg_type = SP_HDR;
    header->cmsg_len = NN_CMSG_SPACE(sizeof(size_t) + route.size);
    memcpy(NN_CMSG_DATA(header), &route.size, sizeof route.size);
    memcpy(NN_CMSG_DATA(header) + sizeof route.size, route.data, route.size);
    struct nn_iovec part = {.iov_base = (void *)wire.data, .iov_len = wire.size};
    struct nn_msghdr message = {.msg_iov = &part,
                                .msg_iovlen = 1,
                                .msg_control = control,
                                .msg_controllen = header->cmsg_len};
    return nn_sendmsg(socket, &message, NN_DONTWAIT) >= 0;
}

/* A request's id needs its top bit set; ours says nothing else: sessions correlate. */
static bool line_send(const struct line *line, struct bytes wire)
{
    static const uint8_t request_id[REQUEST_ID_SIZE] = {0x80, 0, 0, 1};
    return send_along(line->socket, (struct bytes) {request_id, sizeof request_id}, wire);
}

static void line_wait(struct transport *transport, struct line *line, struct bytes wire)
{
    bool watched = line->backlog.first != NULL;
    if (!backlog_add(&line->backlog, wire))
        transport->counts.dropped++;
    if (!watched && line->backlog.first)
        hook_watch(transport, &line->out, true);
    else if (watched && !line->backlog.first)
        hook_watch(transport, &line->out, false);
}

static void line_flush(struct transport *transport, struct line *line)
{
    while (line->backlog.first && line_send(line, backlog_first(&line->backlog))) {
        transport->counts.sent++;
        backlog_drop_first(&line->backlog);
    }
    if (!line->backlog.first)
        hook_watch(transport, &line->out, false);
}

/* Where the node stands among the dials, or would stand. */
static size_t dial_place(const struct transport *transport, const char *node, bool *found)
{
    size_t low = 0, high = transport->counts.dials;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(transport->dials[middle]->node, node);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = false;
    return low;
}

static void dial_remove(struct transport *transport, size_t at)
{
    size_t count = --transport->counts.dials;
    line_close(transport, transport->dials[at]);
    free(transport->dials[at]);
    memmove(transport->dials + at, transport->dials + at + 1,
            (count - at) * sizeof *transport->dials);
}

static size_t dial_oldest(const struct transport *transport)
{
    size_t oldest = 0;
    for (size_t i = 1; i < transport->counts.dials; i++)
        if (transport->dials[i]->used < transport->dials[oldest]->used)
            oldest = i;
    return oldest;
}

static struct line *dial_open(struct transport *transport, const char *node, const char *endpoint)
{
    bool found;
    if (transport->counts.dials == TRANSPORT_DIALS_MAX)
        dial_remove(transport, dial_oldest(transport));
    size_t at = dial_place(transport, node, &found);
    assert(!found);
    struct line *line = calloc(1, sizeof *line);
    if (!line)
        return NULL;
    strcpy(line->node, node);
    strcpy(line->endpoint, endpoint);
    if (!line_open(transport, line, NN_REQ) || nn_connect(line->socket, endpoint) < 0) {
        line_close(transport, line);
        free(line);
        return NULL;
    }
    memmove(transport->dials + at + 1, transport->dials + at,
            (transport->counts.dials - at) * sizeof *transport->dials);
    transport->dials[at] = line;
    transport->counts.dials++;
    return line;
}

/* nanomsg 1.1.5 keeps the unread bytes of a connection that broke and reads them as the beginning
 * of the next one, which it therefore closes: eight bytes at every attempt, for minutes. So where
 * frames already wait, a new session begins on a new socket; what waited belonged to an old one. */
static bool line_spent(const struct line *line, const char *endpoint, struct bytes wire)
{
    return strcmp(line->endpoint, endpoint) != 0 || (line->backlog.first && backlog_opens(wire));
}

/* The line to a node; opened when there is none, when the catalogue now says another endpoint, or
 * when the old one is spent. */
static struct line *dial_for(struct transport *transport, const char *node, const char *endpoint,
                             struct bytes wire)
{
    bool found;
    size_t at = dial_place(transport, node, &found);
    if (found && line_spent(transport->dials[at], endpoint, wire)) {
        dial_remove(transport, at);
        found = false;
    }
    return found ? transport->dials[at] : dial_open(transport, node, endpoint);
}

static void send_dialled(struct transport *transport, const char *node, const char *endpoint,
                         struct bytes wire)
{
    struct line *line = NULL;
    if (endpoint && !transport_address(endpoint) && strlen(node) <= NODE_MAX)
        line = dial_for(transport, node, endpoint, wire);
    if (!line) {
        transport->counts.refused++;
        return;
    }
    line->used = ++transport->clock;
    if (!line->backlog.first && line_send(line, wire))
        transport->counts.sent++;
    else
        line_wait(transport, line, wire);
}

void transport_send(struct transport *transport, const struct event_way *way, const char *endpoint,
                    struct bytes wire)
{
    assert(!transport->receiving);
    if (wire.size > TRANSPORT_FRAME_MAX || way->route.size > EVENT_ROUTE_MAX)
        transport->counts.refused++;
    else if (way->node)
        send_dialled(transport, way->node, endpoint, wire);
    else if (transport->listener.socket >= 0 &&
             send_along(transport->listener.socket, way->route, wire))
        transport->counts.sent++;
    else
        transport->counts.dropped++;
}

/* --- receiving ----------------------------------------------------------------------------------
 */

/* The routing header inside the control message; empty when there is none that fits. */
static struct bytes find_route(void *control)
{
    struct nn_msghdr message = {.msg_control = &control, .msg_controllen = NN_MSG};
    struct nn_cmsghdr *header = NN_CMSG_FIRSTHDR(&message);
    while (header && (header->cmsg_level != PROTO_SP || header->cmsg_type != SP_HDR))
        header = NN_CMSG_NXTHDR(&message, header);
    size_t size;
    if (!header || header->cmsg_len < NN_CMSG_SPACE(sizeof size))
        return (struct bytes) {0};
    memcpy(&size, NN_CMSG_DATA(header), sizeof size);
    if (size > EVENT_ROUTE_MAX || size > header->cmsg_len - NN_CMSG_SPACE(sizeof size))
        return (struct bytes) {0};
    return (struct bytes) {NN_CMSG_DATA(header) + sizeof size, size};
}

enum taken { TAKEN_ONE, TAKEN_LAST, TAKEN_NONE };

static enum taken line_take(struct transport *transport, const struct line *line,
                            bool (*take)(void *, const struct event_frame *), void *self)
{
    void *body = NULL, *control = NULL;
    struct nn_iovec part = {.iov_base = &body, .iov_len = NN_MSG};
    struct nn_msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = NN_MSG};
    int size = nn_recvmsg(line->socket, &message, NN_DONTWAIT);
    if (size < 0)
        return TAKEN_NONE;
    struct event_frame frame = {.wire = {body, (size_t)size}};
    if (line->node[0])
        frame.way.node = line->node;
    else
        frame.way.route = find_route(control);
    bool more = true;
    if (frame.way.node || frame.way.route.size > 0) {
        struct bundle bundle = bundle_open(frame.wire);
        while (bundle_next(&bundle, &frame.wire)) { /* a message is taken as a whole */
            transport->counts.received++;
            more = take(self, &frame) && more;
        }
    } else {
        transport->counts.refused++;
    }
    nn_freemsg(body);
    nn_freemsg(control);
    return more ? TAKEN_ONE : TAKEN_LAST;
}

/* The kernel puts a line that stays ready at the end of its list: whoever sends most waits most. */
void transport_receive(struct transport *transport,
                       bool (*take)(void *self, const struct event_frame *frame), void *self)
{
    struct epoll_event ready[LINES_A_TURN];
    bool more = true, busy = true;
    while (more && busy) {
        int count = epoll_wait(transport->epoll, ready, LINES_A_TURN, 0);
        busy = false;
        transport->receiving = true;
        for (int i = 0; i < count && more; i++) {
            const struct hook *hook = ready[i].data.ptr;
            if (hook->sends) {
                line_flush(transport, hook->line);
                continue;
            }
            enum taken taken = TAKEN_ONE;
            for (int turn = 0; turn < FRAMES_A_TURN && taken == TAKEN_ONE; turn++) {
                taken = line_take(transport, hook->line, take, self);
                busy = busy || taken == TAKEN_ONE;
            }
            more = taken != TAKEN_LAST;
        }
        transport->receiving = false;
    }
}
