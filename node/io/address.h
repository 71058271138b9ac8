/* A literal address, as the catalogue and the configuration write it, for the system's calls. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

struct address {
    struct sockaddr_storage storage;
    socklen_t size;
};

/* `tcp://192.0.2.7:7301`, `tcp://[2001:db8::7]:7301` or `ipc:///run/x`; false when it is none. */
bool address_read(const char *text, struct address *out);
