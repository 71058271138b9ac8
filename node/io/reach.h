/* How far one comes towards an address from here: the connection, then nanomsg's greeting. Asks for
 * nothing and says nothing of us: eight bytes each way. */
#pragma once

#include "io/reason.h"

#include <stdint.h>

enum reach_step {
    REACH_ADDRESS,  /* it is no literal address */
    REACH_CONNECT,  /* nobody takes the connection */
    REACH_GREETING, /* who takes it is no nanomsg listener of our kind */
    REACH_DONE,
};

struct reach {
    enum reach_step failed; /* REACH_DONE: none */
    int64_t connect_us, greeting_us;
    struct reason reason; /* of what failed */
};

/* An address that listens everywhere (0.0.0.0, [::]) is tried at the loopback. */
void reach_try(const char *endpoint, int timeout_ms, struct reach *out);
