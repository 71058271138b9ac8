#include "io/http_door.h"

#include "io/clock.h"
#include "io/file.h"

#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    HEADERS_MAX = 32 * 1024, /* of one connection, its request line included */
    PEM_MAX = 256 * 1024,
    TCP_CONNECTIONS_MAX = 256,
    TCP_ADDRESS_MAX = 32,   /* of them, from one address */
    REQUEST_MS = 60 * 1000, /* a request must be whole by then, however it trickles */
    FULL_MS = 3000,         /* the same while nobody else comes in */
    LOOK_MS = 1000,
    OPTIONS_MAX = 20,
};

/* TLS 1.2 and 1.3, each key exchange with forward secrecy, each cipher authenticated. */
static const char priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:"
    "+AES-128-GCM:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:%SERVER_PRECEDENCE";

/* --- guests: connections, and since when they owe us a request
 * ------------------------------------- */

struct http_door_guest {
    struct MHD_Connection *connection;
    struct http_door_guest *before, *next;
    int64_t since_ms; /* steady; 0: a request of theirs is being answered */
};

static void guest_enter(struct http_door *door, struct MHD_Connection *connection, void **place)
{
    struct http_door_guest *guest = calloc(1, sizeof *guest);
    *place = guest;
    if (!guest)
        return;
    *guest = (struct http_door_guest) {connection, NULL, door->guests, clock_steady_ms()};
    if (door->guests)
        door->guests->before = guest;
    door->guests = guest;
    door->guest_count++;
}

static void guest_leave(struct http_door *door, struct http_door_guest *guest)
{
    if (!guest)
        return;
    if (guest->next)
        guest->next->before = guest->before;
    if (guest->before)
        guest->before->next = guest->next;
    else
        door->guests = guest->next;
    door->guest_count--;
    free(guest);
}

static void on_connection(void *self, struct MHD_Connection *connection, void **place,
                          enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        guest_enter(self, connection, place);
    else
        guest_leave(self, *place);
}

void http_door_waits(struct MHD_Connection *connection, bool for_request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_door_guest *guest = info ? info->socket_context : NULL;
    if (guest)
        guest->since_ms = for_request ? clock_steady_ms() : 0;
}

static size_t guests_max(const struct http_door *door)
{
    return door->tcp ? TCP_CONNECTIONS_MAX : HTTP_CONNECTIONS_MAX;
}

static bool is_full(const struct http_door *door)
{
    return door->guest_count >= guests_max(door);
}

/* A byte now and then keeps the idle time away, but not this. */
static void show_out(struct http_door *door, int64_t now)
{
    const int64_t patience = is_full(door) ? FULL_MS : REQUEST_MS;
    door->look_ms = now;
    for (struct http_door_guest *guest = door->guests; guest; guest = guest->next) {
        if (!guest->since_ms || now - guest->since_ms <= patience)
            continue;
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(guest->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (info)
            shutdown(info->connect_fd, SHUT_RDWR);
    }
}

/* --- who it is
 * -------------------------------------------------------------------------------------- */

static bool local_caller(struct MHD_Connection *connection, bool shared, struct http_caller *out)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (!info || getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    *out = (struct http_caller) {.local = true, .uid = peer.uid};
    return shared || peer.uid == geteuid() || peer.uid == 0;
}

/* Of IPv6 the network: whoever has one address there has all of them. */
static void write_address(int family, const void *bytes, char out[static HTTP_ADDRESS_SIZE])
{
    struct in6_addr network = {0};
    if (family == AF_INET6)
        memcpy(&network, bytes, 8);
    if (!inet_ntop(family, family == AF_INET6 ? &network : bytes, out, HTTP_ADDRESS_SIZE))
        strcpy(out, "unknown");
}

static enum MHD_Result keep_last(void *self, enum MHD_ValueKind, const char *name,
                                 const char *value)
{
    const char **last = self;
    if (strcasecmp(name, "X-Forwarded-For") == 0)
        *last = value;
    return MHD_YES;
}

/* What the proxy itself has added stands last, in the last of these headers: before it, anybody may
 * have written anything, and some proxies add a header of their own. */
static bool forwarded(struct MHD_Connection *connection, char out[static HTTP_ADDRESS_SIZE])
{
    const char *list = NULL;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_last, &list);
    const char *last = list ? strrchr(list, ',') : NULL;
    uint8_t bytes[16];
    last = last ? last + 1 : list;
    if (!last)
        return false;
    last += strspn(last, " ");
    int family = strchr(last, ':') ? AF_INET6 : AF_INET;
    if (inet_pton(family, last, bytes) != 1)
        return false;
    write_address(family, bytes, out);
    return true;
}

bool http_door_caller(const struct http_door *door, struct MHD_Connection *connection, bool shared,
                      struct http_caller *out)
{
    if (!door->tcp)
        return local_caller(connection, shared, out);
    *out = (struct http_caller) {.secure = door->secure || door->proxied};
    if (door->proxied && forwarded(connection, out->address))
        return true;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *from = info ? info->client_addr : NULL;
    strcpy(out->address, "unknown");
    if (from && from->sa_family == AF_INET)
        write_address(AF_INET, &((const struct sockaddr_in *)from)->sin_addr, out->address);
    else if (from && from->sa_family == AF_INET6)
        write_address(AF_INET6, &((const struct sockaddr_in6 *)from)->sin6_addr, out->address);
    return true;
}

/* --- opening and closing
 * ---------------------------------------------------------------------------- */

/* What libmicrohttpd complains of while it starts; of what comes later (broken handshakes) we say
 * nothing, since strangers choose it. */
static void say(void *self, const char *format, va_list list)
{
    struct http_door *door = self;
    if (door->daemon || door->said[0])
        return;
    vsnprintf(door->said, sizeof door->said, format, list);
    door->said[strcspn(door->said, "\n")] = '\0';
}

/* A path with a zero byte would end there and name something else: it stays as it came, and names
 * nothing. (In the query such a byte is seen by the sizes.) */
static size_t unescape(void *, struct MHD_Connection *, char *text)
{
    return *text == '/' && strstr(text, "%00") ? strlen(text) : MHD_http_unescape(text);
}

struct pem {
    struct bytes certificate;
    char key[PEM_MAX];
};

static struct MHD_Daemon *start(struct http_door *door, const struct pem *pem,
                                const struct http_door_calls *calls)
{
    const unsigned each = door->tcp && !door->proxied ? TCP_ADDRESS_MAX : 0;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem tls[] = {
        {pem ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0,
         pem ? (void *)pem->certificate.data : NULL},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, pem ? (void *)pem->key : NULL},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(pem ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, calls->request, door,
                            MHD_OPTION_EXTERNAL_LOGGER, say, door, MHD_OPTION_UNESCAPE_CALLBACK,
                            unescape, NULL, MHD_OPTION_LISTEN_SOCKET, door->descriptor,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)guests_max(door),
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, each, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)HTTP_IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            (size_t)HEADERS_MAX, MHD_OPTION_NOTIFY_COMPLETED, calls->completed,
                            door, MHD_OPTION_NOTIFY_CONNECTION, on_connection, door,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
                            MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

static enum fault read_pem(const struct http_tcp *tcp, struct pem *pem, struct reason *reason)
{
    size_t size;
    TRY(file_read(tcp->certificate, PEM_MAX, &pem->certificate, reason));
    return file_read_secret(tcp->private_key, (uint8_t *)pem->key, sizeof pem->key - 1, &size,
                            reason);
}

static enum fault start_secure(struct http_door *door, const struct http_tcp *tcp,
                               const struct http_door_calls *calls, struct reason *reason)
{
    struct pem *pem = calloc(1, sizeof *pem);
    if (!pem)
        return reason_give(reason, FAULT_MEMORY, "no memory for the certificate");
    enum fault fault = read_pem(tcp, pem, reason);
    if (!fault)
        door->daemon = start(door, pem, calls);
    if (!fault && !door->daemon)
        fault = reason_give(reason, FAULT_CONFIG, "api_certificate: %s and %s cannot be used: %s",
                            tcp->certificate, tcp->private_key,
                            door->said[0] ? door->said : "the server does not start");
    file_free(&pem->certificate);
    explicit_bzero(pem, sizeof *pem);
    free(pem);
    return fault;
}

static enum fault start_plain(struct http_door *door, const struct http_door_calls *calls,
                              struct reason *reason)
{
    door->daemon = start(door, NULL, calls);
    return door->daemon ? FAULT_NONE
                        : reason_give(reason, FAULT_NETWORK, "the API's server cannot start: %s",
                                      door->said);
}

static int dup_private(int descriptor)
{
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
}

enum fault http_door_open(struct http_door *door, void *self, int descriptor,
                          const struct http_tcp *tcp, const struct http_door_calls *calls,
                          struct reason *reason)
{
    *door = (struct http_door) {.self = self,
                                .descriptor = dup_private(descriptor),
                                .tcp = tcp,
                                .secure = tcp && tcp->certificate,
                                .proxied = tcp && tcp->proxied};
    enum fault fault =
        door->secure ? start_secure(door, tcp, calls, reason) : start_plain(door, calls, reason);
    /* A daemon that does not start has closed its descriptor, or has not. */
    if (fault && fcntl(door->descriptor, F_GETFD) >= 0)
        close(door->descriptor);
    if (fault)
        *door = (struct http_door) {.descriptor = -1};
    return fault;
}

void http_door_close(struct http_door *door)
{
    assert(door->alive == 0);
    if (door->daemon)
        MHD_stop_daemon(door->daemon); /* closes the descriptor, unless it was retired */
    *door = (struct http_door) {.descriptor = -1};
}

void http_door_retire(struct http_door *door)
{
    close(MHD_quiesce_daemon(door->daemon));
    door->descriptor = -1;
}

/* --- running
 * ------------------------------------------------------------------------------------------- */

int http_door_descriptor(const struct http_door *door)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(door->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    assert(info);
    return info->epoll_fd;
}

int64_t http_door_timeout_ms(const struct http_door *door)
{
    MHD_UNSIGNED_LONG_LONG timeout;
    bool given = MHD_get_timeout(door->daemon, &timeout) == MHD_YES;
    if (is_full(door) && (!given || timeout > LOOK_MS))
        return LOOK_MS;
    return given ? (int64_t)timeout : -1;
}

void http_door_run(struct http_door *door)
{
    int64_t now = clock_steady_ms();
    if (now - door->look_ms >= LOOK_MS)
        show_out(door, now);
    MHD_run(door->daemon);
}
