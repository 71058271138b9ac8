/* Who asks, and whether they may: before any route is served. */
#pragma once

#include "api/api_routes.h"

/* Finds who asks, in call->who; refused: the credentials are wrong or were used too often. */
enum fault api_who_find(struct api_call *call, struct api_reply *reply);
/* Whether the route may be served to call->who: role, institutions, forged requests, rate. */
bool api_who_may(const struct api_call *call, const struct api_route *route,
                 struct api_reply *reply);
/* The browser says that another site makes this request: for a login, which has no session yet. */
bool api_who_same_site(const struct api_call *call, struct api_reply *reply);

/* 401 and 429. All false, to be handed on. */
bool api_who_unnamed(struct api_reply *reply, const char *message, const char *hint);
bool api_who_too_often(struct api_reply *reply, uint32_t retry_s);

/* The cookie of a session, and one that takes it back; NULL: the arena is spent. */
const char *api_who_cookie(const struct api_call *call, const struct secret *secret,
                           uint64_t seconds);
const char *api_who_no_cookie(const struct api_call *call);
/* What a request that changes something must carry in X-CSRF-Token. */
const char *api_who_csrf_token(const struct api_call *call, const struct secret *session);
