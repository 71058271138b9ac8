/* Outgoing connections get their port when they know whom they call.
 *
 * nanomsg binds each of them to any address and any port before it connects. The system then looks
 * for a port that no connection at all has, also none that ended in the last minute: soon there is
 * none left for a node with more partners than sockets, which dials again all the time, and there
 * nanomsg 1.1.5 ends the process. Told that the port may wait, the system chooses one that is free
 * towards this partner. */
#pragma once

#include <sys/socket.h>

/* The program's own comes before the C library's, also for the libraries that it links: the same,
 * but a port that is left to the system is chosen at connect(), or at listen(). */
int bind(int descriptor, const struct sockaddr *address, socklen_t size);
