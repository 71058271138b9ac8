#include "io/bind.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool leaves_port(const struct sockaddr *address, socklen_t size)
{
    if (size >= sizeof(struct sockaddr_in6) && address->sa_family == AF_INET6)
        return ((const struct sockaddr_in6 *)(const void *)address)->sin6_port == 0;
    return size >= sizeof(struct sockaddr_in) && address->sa_family == AF_INET &&
           ((const struct sockaddr_in *)(const void *)address)->sin_port == 0;
}

int bind(int descriptor, const struct sockaddr *address, socklen_t size)
{
    int yes = 1;
    if (leaves_port(address, size)) /* a kernel that does not know it goes on as it did */
        setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    return (int)syscall(SYS_bind, descriptor, address, size);
}
