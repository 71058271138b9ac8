#include "io/address.h"

#include "trust/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

static bool read_ipc(const char *path, struct address *out)
{
    struct sockaddr_un *local = (struct sockaddr_un *)&out->storage;
    if (strlen(path) >= sizeof local->sun_path)
        return false;
    local->sun_family = AF_UNIX;
    strcpy(local->sun_path, path);
    out->size = sizeof *local;
    return true;
}

static bool read_tcp(const char *text, struct address *out)
{
    char host[INET6_ADDRSTRLEN + 2];
    const char *colon = strrchr(text, ':');
    bool six = *text == '[';
    in_port_t port = htons((in_port_t)strtoul(colon + 1, NULL, 10));
    int length = (int)(colon - text) - (six ? 2 : 0);
    if (length < 0 || length >= (int)sizeof host)
        return false;
    snprintf(host, sizeof host, "%.*s", length, text + six);
    if (six) {
        struct sockaddr_in6 *to = (struct sockaddr_in6 *)&out->storage;
        to->sin6_family = AF_INET6;
        to->sin6_port = port;
        out->size = sizeof *to;
        return inet_pton(AF_INET6, host, &to->sin6_addr) == 1;
    }
    struct sockaddr_in *to = (struct sockaddr_in *)&out->storage;
    to->sin_family = AF_INET;
    to->sin_port = port;
    out->size = sizeof *to;
    return inet_pton(AF_INET, host, &to->sin_addr) == 1;
}

bool address_read(const char *text, struct address *out)
{
    *out = (struct address) {0};
    if (!endpoint_valid(bytes_text(text)))
        return false;
    return strncmp(text, "ipc://", 6) == 0 ? read_ipc(text + 6, out) : read_tcp(text + 6, out);
}
