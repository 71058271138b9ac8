/* Where a node listens: `tcp://ADDRESS:PORT` with a literal address (`192.0.2.1`, `[2001:db8::1]`),
 * or `ipc://PATH`. Names are refused: nanomsg would look them up, and block while it does. */
#pragma once

#include "base/bytes.h"

enum { ENDPOINT_SIZE_MAX = 100 };

bool endpoint_valid(struct bytes text);
