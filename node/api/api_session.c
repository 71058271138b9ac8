#include "admin/pass.h"
#include "admin/user.h"
#include "api/api_limit.h"
#include "api/api_secret.h"
#include "api/api_who.h"

#include <string.h>

/* ---- who am I ----------------------------------------------------------------------------------
 */

static enum fault who_put(const struct api_call *call, struct api_reply *reply,
                          const struct api_who *who)
{
    json_t *list;
    const struct role_row *row;
    TRY(api_call_put(reply, "user", json_string(who->name)));
    TRY(api_call_list(reply, "roles", &list));
    for (size_t i = 0; (row = role_at(i)); i++)
        if (who->roles & row->role)
            TRY(api_call_append(list, json_string(row->name)));
    TRY(api_call_list(reply, "units", &list));
    for (size_t i = 0; i < who->unit_count; i++)
        TRY(api_call_append(list, json_string(who->units[i])));
    TRY(api_call_put(reply, "expires_at",
                     who->expires_at ? api_call_seconds(who->expires_at) : json_null()));
    if (who->way == API_WHO_SESSION)
        TRY(api_call_put(reply, "csrf_token",
                         json_string(api_who_csrf_token(call, &who->session))));
    return FAULT_NONE;
}

static enum fault show_session(const struct api_call *call, struct api_reply *reply)
{
    return who_put(call, reply, &call->who);
}

/* ---- login -------------------------------------------------------------------------------------
 */

/* By user and address, by user, and over all: in this order, so that whom one address keeps out is
 * not kept out at others. */
static bool may_try(const struct api_call *call, struct api_reply *reply, const char *name)
{
    struct api_limit *limit = call->api->guard.limit;
    const char *address = call->request->caller.address;
    const struct instant now = call->request->now;
    const char *pair = arena_format(call->arena, "%s %s", address ? address : "socket", name);
    uint32_t wait = pair ? api_limit_take(limit, API_LIMIT_LOGIN_PAIR, pair, now) : 1;
    if (!wait)
        wait = api_limit_take(limit, API_LIMIT_LOGIN_USER, name, now);
    if (!wait)
        wait = api_limit_take(limit, API_LIMIT_LOGIN_ALL, "", now);
    return wait == 0 || api_who_too_often(reply, wait);
}

static void forgive(const struct api_call *call, const char *name)
{
    const char *address = call->request->caller.address;
    const char *pair = arena_format(call->arena, "%s %s", address ? address : "socket", name);
    if (pair)
        api_limit_forgive(call->api->guard.limit, API_LIMIT_LOGIN_PAIR, pair, call->request->now);
}

/* The same sentence and the same work, whether the name or the password was wrong, or the user is
 * disabled. */
static void wrong_login(struct api_reply *reply)
{
    api_who_unnamed(reply, "name or password is wrong",
                    "try again, or ask an administrator to reset the password");
    reply->problem.code = "wrong_login";
    reply->ask_name = false;
}

static enum fault session_open(const struct api_call *call, struct api_reply *reply,
                               const Peregrin__User *user)
{
    struct api_who who = {
        .way = API_WHO_SESSION,
        .name = user->name,
        .roles = role_whole(user->roles),
        .units = (const char *const *)user->units,
        .unit_count = user->n_units,
        .session = {.kind = SECRET_SESSION},
    };
    Peregrin__Session session = PEREGRIN__SESSION__INIT;
    struct digest digest;
    api_secret_dice(call, who.session.bytes, SECRET_SIZE);
    session.user = user->name;
    session.has_created_at = session.has_expires_at = true;
    session.created_at = instant_seconds(call->request->now);
    session.expires_at = who.expires_at = session.created_at + call->api->guard.session_seconds;
    secret_digest(&who.session, &digest);
    TRY(pass_session_put(call->api->store, &digest, &session, call->arena));
    reply->cookie = api_who_cookie(call, &who.session, call->api->guard.session_seconds);
    reply->status = 201;
    return reply->cookie ? who_put(call, reply, &who) : FAULT_MEMORY;
}

static enum fault log_in(const struct api_call *call, struct api_reply *reply)
{
    enum { USER, PASSWORD, COUNT };
    static const struct api_call_field fields[] = {
        [USER] = {"user", API_CALL_TEXT, true},
        [PASSWORD] = {"password", API_CALL_TEXT, true},
    };
    json_t *values[COUNT];
    struct password_hash hash;
    Peregrin__User *user;
    if (!api_who_same_site(call, reply) ||
        !api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    const char *name = json_string_value(values[USER]);
    if (call->request->mark == 0 && !may_try(call, reply, name))
        return FAULT_NONE;
    TRY(user_get(call->api->store, name, call->arena, &user));
    struct password_salt salt = user_salt(user);
    struct api_secret_work work = {0, json_string_value(values[PASSWORD]), &salt};
    bool derived = api_secret_derive(call, reply, &work, &hash);
    api_secret_forget(values[PASSWORD]);
    if (!derived)
        return FAULT_NONE;
    TRY(call->api->port.begin(call->api->port.self));
    reply->user = user ? user->name : "?";
    if (!user_fits(user, &hash)) {
        wrong_login(reply);
        return FAULT_NONE;
    }
    forgive(call, name);
    return session_open(call, reply, user);
}

static enum fault log_out(const struct api_call *call, struct api_reply *reply)
{
    struct digest digest;
    if (call->who.way != API_WHO_SESSION) {
        api_call_explain(reply, VERDICT_OUT_OF_TURN, "there is no session to end",
                         "tokens are revoked: DELETE /api/v1/users/{name}/tokens/{token}", NULL);
        return FAULT_NONE;
    }
    secret_digest(&call->who.session, &digest);
    TRY(pass_session_remove(call->api->store, &digest));
    reply->cookie = api_who_no_cookie(call);
    return reply->cookie ? api_call_put(reply, "ended", json_true()) : FAULT_MEMORY;
}

/* ---- one's own password ------------------------------------------------------------------------
 */

static enum fault password_replace(const struct api_call *call, struct api_reply *reply,
                                   const char *before, const char *password)
{
    struct password_hash hash;
    Peregrin__User *user;
    TRY(user_get(call->api->store, call->who.name, call->arena, &user));
    if (!user || call->who.way != API_WHO_SESSION) {
        api_call_explain(reply, VERDICT_NOT_PERMITTED, "only who has logged in changes a password",
                         "log in first, or use `peregrin user password` on the node's machine",
                         NULL);
        return FAULT_NONE;
    }
    if (call->request->mark == 0 && !may_try(call, reply, user->name))
        return FAULT_NONE;
    struct password_salt salt = user_salt(user);
    struct api_secret_work work = {0, before, &salt};
    if (!api_secret_password_fits(call, reply, password, user->name) ||
        !api_secret_derive(call, reply, &work, &hash))
        return FAULT_NONE;
    if (!user_fits(user, &hash)) {
        TRY(call->api->port.begin(call->api->port.self));
        reply->user = user->name;
        wrong_login(reply);
        return FAULT_NONE;
    }
    return api_secret_set_password(call, reply, user, password);
}

static enum fault change_password(const struct api_call *call, struct api_reply *reply)
{
    enum { BEFORE, PASSWORD, COUNT };
    static const struct api_call_field fields[] = {
        [BEFORE] = {"before", API_CALL_TEXT, true},
        [PASSWORD] = {"password", API_CALL_TEXT, true},
    };
    json_t *values[COUNT];
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    enum fault fault = password_replace(call, reply, json_string_value(values[BEFORE]),
                                        json_string_value(values[PASSWORD]));
    api_secret_forget(values[BEFORE]);
    api_secret_forget(values[PASSWORD]);
    return fault;
}

const struct api_route api_session_routes[] = {
    {
        .row = {"GET", "/api/v1/session", "who asks, and what they may"},
        .needs = ROLE_NEED_NAME,
        .serve = show_session,
    },
    {
        .row = {"POST", "/api/v1/session", "log in with name and password"},
        .needs = ROLE_NEED_NOTHING,
        .serve = log_in,
        .slow = true,
    },
    {
        .row = {"DELETE", "/api/v1/session", "log out"},
        .needs = ROLE_NEED_NAME,
        .serve = log_out,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/session/password", "change one's own password"},
        .needs = ROLE_NEED_NAME,
        .serve = change_password,
        .slow = true,
    },
    {},
};
