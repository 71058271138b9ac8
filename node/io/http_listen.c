#include "io/http_listen.h"

#include "io/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <grp.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 128 };

/* A socket file may be left over from a node that was killed. */
static enum fault clear_place(const struct sockaddr_un *address, struct reason *reason)
{
    struct stat status;
    if (lstat(address->sun_path, &status) != 0)
        return FAULT_NONE;
    if (!S_ISSOCK(status.st_mode))
        return reason_give(
            reason, FAULT_CONFIG,
            "socket: %s exists and is no socket: name another place, or move it away",
            address->sun_path);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answers =
        probe >= 0 && connect(probe, (const struct sockaddr *)address, sizeof *address) == 0;
    if (probe >= 0)
        close(probe);
    if (answers)
        return reason_give(reason, FAULT_NETWORK, "socket: another node already runs at %s",
                           address->sun_path);
    unlink(address->sun_path);
    return FAULT_NONE;
}

enum fault http_listen_unix(const char *path, int *out, struct reason *reason)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return reason_give(reason, FAULT_CONFIG, "socket: %s: the path is longer than %zu bytes",
                           path, sizeof address.sun_path - 1);
    strcpy(address.sun_path, path);
    TRY(clear_place(&address, reason));
    mode_t before = umask(0177);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool bound =
        descriptor >= 0 && bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
    umask(before);
    if (bound && chmod(path, 0600) == 0 && listen(descriptor, BACKLOG) == 0) {
        *out = descriptor;
        return FAULT_NONE;
    }
    enum fault fault =
        reason_give(reason, FAULT_NETWORK,
                    "socket: %s: %s; its folder must exist, and the node's user must "
                    "be able to write to it",
                    path, strerror(errno));
    if (descriptor >= 0)
        close(descriptor);
    if (bound)
        unlink(path);
    return fault;
}

enum fault http_listen_tcp(const char *address, int *out, struct reason *reason)
{
    struct address at;
    int one = 1;
    if (!address_read(address, &at))
        return reason_give(reason, FAULT_CONFIG, "api_listen: %s is no address", address);
    int descriptor = socket(at.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor >= 0)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (descriptor >= 0 && bind(descriptor, (struct sockaddr *)&at.storage, at.size) == 0 &&
        listen(descriptor, BACKLOG) == 0) {
        *out = descriptor;
        return FAULT_NONE;
    }
    enum fault fault = reason_give(reason, FAULT_NETWORK, "api_listen: %s: %s; %s", address,
                                   strerror(errno), fault_text(FAULT_NETWORK)->remedy);
    if (descriptor >= 0)
        close(descriptor);
    return fault;
}

bool http_listen_is_loopback(const char *address)
{
    struct address at;
    if (!address_read(address, &at))
        return false;
    if (at.storage.ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&at.storage;
        return ntohl(four->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&at.storage;
    return at.storage.ss_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

enum fault http_listen_share(const char *path, const char *group, struct reason *reason)
{
    const struct group *found = getgrnam(group);
    if (!found)
        return reason_give(reason, FAULT_CONFIG, "socket_group: there is no group %s", group);
    if (chown(path, (uid_t)-1, found->gr_gid) == 0 && chmod(path, 0660) == 0)
        return FAULT_NONE;
    /* EINVAL: the group is not there in a name space of users. */
    if (errno != EPERM && errno != EINVAL)
        return reason_give(reason, FAULT_FILE, "socket_group: %s: %s", path, strerror(errno));
    return reason_give(reason, FAULT_CONFIG,
                       "socket_group: %s: %s: this account is not in the group %s. Put it there: "
                       "for the packaged service `systemctl edit peregrind`, [Service], "
                       "SupplementaryGroups=%s, without PrivateUsers, and start it again",
                       path, strerror(errno), group, group);
}
