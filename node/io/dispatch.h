/* What a group has to send goes out, after its commit: frames that go the same way one behind the
 * other share a message where they are small. */
#pragma once

#include "engine/event.h"

struct membership;
struct outcome;
struct transport;

void dispatch_frames(struct transport *transport, const struct membership *membership,
                     const struct outcome *outcome);
