#include "api/api_who.h"

#include "admin/pass.h"
#include "admin/user.h"
#include "api/api_limit.h"
#include "report/text.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* `__Host-`: the browser itself sees to it that it came by TLS, from this host, for every path. */
static const char cookie_safe[] = "__Host-peregrin", cookie_plain[] = "peregrin";
static const char bearer[] = "Bearer ";

/* ---- refusals ----------------------------------------------------------------------------------
 */

bool api_who_unnamed(struct api_reply *reply, const char *message, const char *hint)
{
    api_call_explain(reply, VERDICT_NOT_PERMITTED, message, hint, NULL);
    reply->problem.code = "not_authenticated";
    reply->problem.status = 401;
    reply->ask_name = true;
    return false;
}

/* One sentence for all of them: which part was wrong is nobody's business. */
static bool wrong_secret(struct api_reply *reply)
{
    return api_who_unnamed(reply, "the token or session is not known, has expired or was revoked",
                           "log in again, or ask for a new token");
}

bool api_who_too_often(struct api_reply *reply, uint32_t retry_s)
{
    api_call_explain(reply, VERDICT_UNAVAILABLE, "asked too often",
                     "wait as long as Retry-After says", NULL);
    reply->problem.code = "too_often";
    reply->problem.status = 429;
    reply->retry_s = retry_s;
    return false;
}

/* Those who show no name share a bucket for each address; there is none at the Unix socket. */
static bool stranger_may_ask(const struct api_call *call, struct api_reply *reply)
{
    const struct api_caller *caller = &call->request->caller;
    uint32_t wait = caller->address ? api_limit_take(call->api->guard.limit, API_LIMIT_UNKNOWN,
                                                     caller->address, call->request->now)
                                    : 0;
    return wait == 0 || api_who_too_often(reply, wait);
}

/* ---- by token, by session, by account ----------------------------------------------------------
 */

static enum fault user_take(struct api_call *call, const char *name, enum api_who_way way,
                            Peregrin__User **out)
{
    Peregrin__User *user;
    TRY(user_get(call->api->store, name, call->arena, &user));
    *out = user && !user->disabled ? user : NULL;
    if (!*out)
        return FAULT_NONE;
    call->who = (struct api_who) {
        .way = way,
        .name = user->name,
        .roles = role_whole(user->roles),
        .units = (const char *const *)user->units,
        .unit_count = user->n_units,
        .officer_name = user->officer_name,
        .officer_role = user->officer_role,
    };
    return scope_open(call->api->store, call->who.units, call->who.unit_count, call->arena,
                      &call->who.scope);
}

/* The entry, as far as the scope has it; NULL: nothing of it. */
static bool entry_meets(const struct scope *scope, const char *entry)
{
    char own[STORE_NAME_MAX + 1];
    const char *code;
    if (!scope_entry_read(entry, own, &code))
        return false;
    return code ? scope_holds(scope, own, code) : scope_is_whole(scope, own);
}

/* What both the token and its user name, be it the one's institution and the other's department. */
static enum fault units_meet(struct api_call *call, const Peregrin__Token *token)
{
    struct api_who *who = &call->who;
    struct scope narrow;
    size_t count = 0;
    if (token->n_units == 0)
        return FAULT_NONE;
    const char *const *named = (const char *const *)token->units;
    const char **both =
        arena_take_array(call->arena, token->n_units + who->unit_count, sizeof *both);
    if (!both)
        return FAULT_MEMORY;
    TRY(scope_open(call->api->store, named, token->n_units, call->arena, &narrow));
    for (size_t i = 0; i < token->n_units; i++)
        if (entry_meets(&who->scope, named[i]))
            both[count++] = named[i];
    for (size_t i = 0; i < who->unit_count; i++)
        if (entry_meets(&narrow, who->units[i]))
            both[count++] = who->units[i];
    who->units = both;
    who->unit_count = count;
    return scope_open(call->api->store, both, count, call->arena, &who->scope);
}

/* Coarse, so that it costs a write once a day and tells nobody's hours. */
static enum fault token_touch(struct api_call *call, const struct digest *digest,
                              Peregrin__Token *token)
{
    const uint64_t day = instant_seconds(call->request->now) / 86400;
    if (token->has_used_on && token->used_on == day)
        return FAULT_NONE;
    token->has_used_on = true;
    token->used_on = day;
    TRY(call->api->port.begin(call->api->port.self));
    return pass_token_put(call->api->store, digest, token, call->arena);
}

static enum fault by_token(struct api_call *call, struct api_reply *reply, const char *text)
{
    struct secret secret;
    struct digest digest;
    Peregrin__Token *token = NULL;
    Peregrin__User *user = NULL;
    if (secret_read(bytes_text(text), SECRET_TOKEN, &secret)) {
        secret_digest(&secret, &digest);
        TRY(pass_token_get(call->api->store, &digest, call->request->now, call->arena, &token));
    }
    if (token)
        TRY(user_take(call, token->user, API_WHO_TOKEN, &user));
    if (user)
        TRY(units_meet(call, token));
    /* An empty list would be all of this node. */
    if (!user || (token->n_units > 0 && call->who.unit_count == 0)) {
        call->who = (struct api_who) {0};
        if (stranger_may_ask(call, reply))
            wrong_secret(reply);
        return FAULT_NONE;
    }
    call->who.roles &= role_whole(token->roles);
    call->who.expires_at = token->expires_at;
    return token_touch(call, &digest, token);
}

/* The value of one cookie, of the length that ours have; data NULL: it is not there. */
static struct bytes cookie_value(const char *header, const char *name)
{
    size_t length = strlen(name);
    while (header && *header) {
        header += strspn(header, " ;");
        size_t size = strcspn(header, ";");
        if (size > length && strncmp(header, name, length) == 0 && header[length] == '=')
            return (struct bytes) {(const uint8_t *)header + length + 1, size - length - 1};
        header += size;
    }
    return (struct bytes) {0};
}

static enum fault by_session(struct api_call *call, struct api_reply *reply, struct bytes text)
{
    struct secret secret;
    struct digest digest;
    Peregrin__Session *session = NULL;
    Peregrin__User *user = NULL;
    if (secret_read(text, SECRET_SESSION, &secret)) {
        secret_digest(&secret, &digest);
        TRY(pass_session_get(call->api->store, &digest, call->request->now, call->arena, &session));
    }
    if (session)
        TRY(user_take(call, session->user, API_WHO_SESSION, &user));
    /* A new password ends the sessions of the old one. */
    if (!user || user->password_at > session->created_at) {
        call->who = (struct api_who) {0};
        if (stranger_may_ask(call, reply))
            wrong_secret(reply);
        return FAULT_NONE;
    }
    call->who.session = secret;
    call->who.expires_at = session->expires_at;
    return FAULT_NONE;
}

/* An account of this machine, at the Unix socket, that is also a user. */
static enum fault by_account(struct api_call *call)
{
    const char *account = call->request->caller.account;
    Peregrin__User *user = NULL;
    if (account)
        TRY(user_take(call, account, API_WHO_ACCOUNT, &user));
    if (user && !user->local)
        call->who = (struct api_who) {0};
    return FAULT_NONE;
}

/* Who has logged in at the proxy; one that is no user here has no other way in through it. */
static enum fault by_proxy(struct api_call *call, struct api_reply *reply)
{
    Peregrin__User *user;
    TRY(user_take(call, call->request->caller.remote_user, API_WHO_PROXY, &user));
    if (!user)
        api_who_unnamed(reply, "who has logged in at the proxy is no user of this node",
                        "ask the node's administrator: `peregrin user add`");
    return FAULT_NONE;
}

/* Who shows a token or a session is that user, also at the Unix socket: a proxy that runs as the
 * node's user hands on what it was shown. */
enum fault api_who_find(struct api_call *call, struct api_reply *reply)
{
    const struct api_caller *caller = &call->request->caller;
    struct bytes session =
        cookie_value(caller->cookie, caller->secure ? cookie_safe : cookie_plain);
    call->who = (struct api_who) {0};
    if (caller->proxy && caller->remote_user)
        return by_proxy(call, reply);
    if (caller->authorization) {
        if (strncasecmp(caller->authorization, bearer, sizeof bearer - 1) == 0)
            return by_token(call, reply, caller->authorization + sizeof bearer - 1);
        if (stranger_may_ask(call, reply))
            api_who_unnamed(reply, "only bearer tokens are taken here",
                            "send `Authorization: Bearer pgn_...`");
        return FAULT_NONE;
    }
    if (session.data)
        return by_session(call, reply, session);
    if (caller->owner) {
        call->who = (struct api_who) {.way = API_WHO_OWNER,
                                      .name = caller->account ? caller->account : "owner",
                                      .roles = ROLE_ALL};
        return FAULT_NONE;
    }
    return by_account(call);
}

/* ---- whether they may --------------------------------------------------------------------------
 */

static bool forged(struct api_reply *reply, const char *hint)
{
    api_call_explain(reply, VERDICT_NOT_PERMITTED, "the request does not come from our own pages",
                     hint, NULL);
    reply->problem.code = "forged_request";
    return false;
}

/* `https://node.helmo.be` names the Host that was asked; `null` is another site. */
static bool origin_fits(const char *origin, const char *host)
{
    const char *at = strstr(origin, "://");
    return at && host && strcasecmp(at + 3, host) == 0;
}

bool api_who_same_site(const struct api_call *call, struct api_reply *reply)
{
    const struct api_caller *caller = &call->request->caller;
    bool same = !caller->fetch_site || strcmp(caller->fetch_site, "same-origin") == 0 ||
                strcmp(caller->fetch_site, "none") == 0;
    if (same && (!caller->origin || origin_fits(caller->origin, caller->host)))
        return true;
    return forged(reply, "open the node's own address and try again");
}

const char *api_who_csrf_token(const struct api_call *call, const struct secret *session)
{
    struct digest twin;
    secret_twin(session, &twin);
    return text_hex(digest_bytes(&twin), call->arena);
}

/* A browser sends the cookie whoever made it ask. That it was our page: the browser says so
 * (SameSite, Sec-Fetch-Site, Origin), and the page knows the session's twin. */
static bool browser_may_write(const struct api_call *call, struct api_reply *reply)
{
    const char *said = call->request->caller.csrf_token;
    struct digest twin, shown;
    size_t size = 0;
    if (!api_who_same_site(call, reply))
        return false;
    /* The proxy's session is not ours; a header of any content is what no other site can set. */
    if (call->who.way == API_WHO_PROXY)
        return said || forged(reply, "send a header X-CSRF-Token of any content");
    secret_twin(&call->who.session, &twin);
    if (said && text_unhex(bytes_text(said), shown.bytes, sizeof shown.bytes, &size) &&
        size == sizeof shown.bytes && digest_equal_hidden(&shown, &twin))
        return true;
    return forged(reply, "send the session's csrf_token in the header X-CSRF-Token");
}

static const char *role_names(const struct api_call *call, unsigned roles)
{
    const char *text = "";
    const struct role_row *row;
    for (size_t i = 0; text && (row = role_at(i)); i++)
        if (roles & row->role)
            text = arena_format(call->arena, "%s%s%s", text, *text ? ", " : "", row->name);
    return text && *text ? text : "none";
}

static bool role_fits(const struct api_call *call, const struct api_route *route,
                      struct api_reply *reply)
{
    const struct api_who *who = &call->who;
    if (who->way == API_WHO_OWNER || (route->needs & ROLE_NEED_NOTHING))
        return true;
    if (!role_may(who->roles, route->needs))
        return api_call_explain(reply, VERDICT_NOT_PERMITTED, "your roles do not allow this",
                                arena_format(call->arena, "you are: %s; this takes one of: %s",
                                             role_names(call, who->roles),
                                             role_names(call, route->needs)),
                                NULL);
    if (route->whole && who->unit_count > 0)
        return api_call_explain(reply, VERDICT_NOT_PERMITTED,
                                "this is for who sees all institutions of this node",
                                "ask an administrator whose user has no units", NULL);
    return true;
}

static bool may_ask_now(const struct api_call *call, struct api_reply *reply)
{
    const struct api_who *who = &call->who;
    if (who->way == API_WHO_OWNER || call->request->mark > 0)
        return true;
    if (who->way == API_WHO_NOBODY)
        return stranger_may_ask(call, reply);
    uint32_t wait =
        api_limit_take(call->api->guard.limit, API_LIMIT_ASKED, who->name, call->request->now);
    return wait == 0 || api_who_too_often(reply, wait);
}

bool api_who_may(const struct api_call *call, const struct api_route *route,
                 struct api_reply *reply)
{
    const struct api_who *who = &call->who;
    bool public = route && (route->needs & ROLE_NEED_NOTHING);
    bool writes = strcmp(call->request->method, "GET") != 0;
    if (!may_ask_now(call, reply))
        return false;
    if (who->way == API_WHO_NOBODY && !public)
        return api_who_unnamed(reply, "nobody asks without a name here",
                               "log in, or send `Authorization: Bearer pgn_...`");
    if (!route)
        return true;
    bool browser = who->way == API_WHO_SESSION || who->way == API_WHO_PROXY;
    return role_fits(call, route, reply) &&
           (!writes || public || !browser || browser_may_write(call, reply));
}

/* ---- cookies -----------------------------------------------------------------------------------
 */

const char *api_who_cookie(const struct api_call *call, const struct secret *secret,
                           uint64_t seconds)
{
    char text[SECRET_TEXT_LENGTH + 1];
    bool secure = call->request->caller.secure;
    secret_write(secret, text);
    return arena_format(call->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%llu%s",
                        secure ? cookie_safe : cookie_plain, text, (unsigned long long)seconds,
                        secure ? "; Secure" : "");
}

const char *api_who_no_cookie(const struct api_call *call)
{
    bool secure = call->request->caller.secure;
    return arena_format(call->arena, "%s=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0%s",
                        secure ? cookie_safe : cookie_plain, secure ? "; Secure" : "");
}
