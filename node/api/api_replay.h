/* The same idempotency key again gets the same answer, and nothing is done twice. */
#pragma once

#include "api/api_call.h"

/* Serves the route unless the request's key was answered before; keeps what a success says in the
 * group's transaction. The same key with another content is refused. */
enum fault api_replay_serve(const struct api_call *call, api_call_route *route,
                            struct api_reply *reply);
