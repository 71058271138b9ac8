#include "admin/pass.h"
#include "api/api_cursor.h"
#include "api/api_entry.h"
#include "api/api_routes.h"
#include "api/api_secret.h"
#include "record/scan.h"

#include <string.h>

enum { DAY = 86400 };

/* ---- as JSON -----------------------------------------------------------------------------------
 */

static json_t *user_json(const Peregrin__User *user)
{
    return json_pack(
        "{s:s, s:o, s:o, s:b, s:b, s:b, s:o, s:o, s:o}", "name", user->name, "roles",
        api_entry_role_list(user->roles), "units", api_entry_list(user->units, user->n_units),
        "disabled", user->disabled, "local", user->local, "password", user->has_hash, "created_at",
        api_call_seconds(user->created_at), "officer_name", api_call_text(user->officer_name),
        "officer_role", api_call_text(user->officer_role));
}

/* `2026-11-22`: a token's use is kept to the day. */
static json_t *day_json(uint64_t day)
{
    json_t *time = api_call_seconds(day * DAY);
    const char *text = json_string_value(time);
    json_t *date = text ? json_stringn(text, strlen("2026-11-22")) : json_null();
    json_decref(time);
    return date;
}

static json_t *token_json(const Peregrin__Token *token)
{
    return json_pack(
        "{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "name", token->name ? token->name : "", "user",
        token->user ? token->user : "", "roles", api_entry_role_list(token->roles), "units",
        api_entry_list(token->units, token->n_units), "created_at",
        api_call_seconds(token->created_at), "expires_at", api_call_seconds(token->expires_at),
        "used_on", token->has_used_on ? day_json(token->used_on) : json_null());
}

/* ---- whose --------------------------------------------------------------------------------------
 */

/* The user of the path. One who has roles that the caller has not is not the caller's to change:
 * otherwise a new password or token would give them away. */
static enum fault user_find(const struct api_call *call, struct api_reply *reply,
                            Peregrin__User **out)
{
    TRY(user_get(call->api->store, call->parameters[0], call->arena, out));
    if (!*out)
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no such user", "see GET /api/v1/users",
                         "name");
    else if (strcmp(call->request->method, "GET") != 0 && ((*out)->roles & ~call->who.roles))
        api_call_explain(reply, VERDICT_NOT_PERMITTED,
                         "this user has roles that you have not yourself",
                         "ask who has them, or run the command on the node's machine", "name");
    return FAULT_NONE;
}

/* ---- users -------------------------------------------------------------------------------------
 */

static enum fault list_users(const struct api_call *call, struct api_reply *reply)
{
    const char *after = api_call_query(call, "after");
    Peregrin__User **users;
    size_t limit, count;
    json_t *list;
    if (!api_call_query_number(call, reply, "limit", API_CALL_PAGE, USER_PAGE_MAX, &limit))
        return FAULT_NONE;
    if (after && user_name_wrong(after)) {
        api_call_usage(reply, "`after` is not where a list ended",
                       "give back the `next` of the page before, as it was", "after");
        return FAULT_NONE;
    }
    TRY(user_list(call->api->store, after, limit, call->arena, &users, &count));
    TRY(api_call_list(reply, "users", &list));
    for (size_t i = 0; i < count; i++)
        TRY(api_call_append(list, user_json(users[i])));
    return api_call_put(reply, "next",
                        count == limit ? json_string(users[count - 1]->name) : json_null());
}

static enum fault show_user(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__User *user;
    TRY(user_find(call, reply, &user));
    return api_call_refused(reply) ? FAULT_NONE : api_call_put(reply, "user", user_json(user));
}

static bool is_true(json_t *value)
{
    return value && json_is_true(value);
}

/* As far as they are given. */
enum { ROLES, UNITS, LOCAL, DISABLED, OFFICER_NAME, OFFICER_ROLE, CHANGES };

/* Who sees a part of the node is refused all that these roles are for: such a user would be able to
 * do nothing. */
static bool roles_meet_units(struct api_reply *reply, unsigned roles, size_t unit_count)
{
    if (unit_count == 0 || !(roles & (ROLE_ADMINISTRATOR | ROLE_AUDITOR)))
        return true;
    return api_call_usage(
        reply, "the roles administrator and auditor are of the whole node, not of an institution",
        "leave out --unit (`units`), or give another role; `peregrin user unit NAME` without an "
        "institution takes a user's away",
        "units");
}

/* An empty text takes it away. */
static bool officer_read(const struct api_call *call, struct api_reply *reply, json_t *value,
                         const char *field, char **out)
{
    enum { OFFICER_MAX = 128 };
    const char *text = json_string_value(value);
    if (!value)
        return true;
    size_t size = strlen(text);
    if (size > OFFICER_MAX || !scan_text(bytes_text(text)) || strpbrk(text, "\n\t") ||
        (size && (text[0] == ' ' || text[size - 1] == ' ')))
        return api_call_usage(reply, "this cannot stand under what is signed",
                              "give at most 128 bytes on one line, without blank ends", field);
    *out = size ? arena_text(call->arena, bytes_text(text)) : NULL;
    return true;
}

static enum fault changes_apply(const struct api_call *call, struct api_reply *reply,
                                json_t *const values[static CHANGES], Peregrin__User *user)
{
    unsigned roles = user->roles;
    if (values[ROLES] && !api_entry_roles_read(call, reply, values[ROLES], &roles))
        return FAULT_NONE;
    if (values[UNITS])
        TRY(api_entry_units_read(call, reply, values[UNITS], &user->units, &user->n_units));
    if (api_call_refused(reply) ||
        ((values[ROLES] || values[UNITS]) && !roles_meet_units(reply, roles, user->n_units)))
        return FAULT_NONE;
    user->roles = roles;
    if (values[LOCAL])
        user->local = is_true(values[LOCAL]);
    if (values[DISABLED])
        user->disabled = is_true(values[DISABLED]);
    if (!officer_read(call, reply, values[OFFICER_NAME], "officer_name", &user->officer_name) ||
        !officer_read(call, reply, values[OFFICER_ROLE], "officer_role", &user->officer_role))
        return FAULT_NONE;
    if (user->officer_role && !user->officer_name)
        api_call_usage(reply, "a role without a name signs nothing", "give the officer's name too",
                       "officer_name");
    user->has_roles = user->has_local = user->has_disabled = true;
    return FAULT_NONE;
}

static enum fault add_user(const struct api_call *call, struct api_reply *reply)
{
    enum { NAME = CHANGES, COUNT };
    static const struct api_call_field fields[] = {
        [ROLES] = {"roles", API_CALL_LIST, true},
        [UNITS] = {"units", API_CALL_LIST, false},
        [LOCAL] = {"local", API_CALL_BOOLEAN, false},
        [DISABLED] = {"disabled", API_CALL_BOOLEAN, false},
        [OFFICER_NAME] = {"officer_name", API_CALL_TEXT, false},
        [OFFICER_ROLE] = {"officer_role", API_CALL_TEXT, false},
        [NAME] = {"name", API_CALL_TEXT, true},
    };
    json_t *values[COUNT];
    Peregrin__User *there, user = PEREGRIN__USER__INIT;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    user.name = (char *)json_string_value(values[NAME]);
    const char *wrong = user_name_wrong(user.name);
    if (wrong) {
        api_call_usage(reply, "this cannot be a user's name", wrong, "name");
        return FAULT_NONE;
    }
    TRY(user_get(call->api->store, user.name, call->arena, &there));
    if (there)
        api_call_explain(reply, VERDICT_DUPLICATE, "there is a user of this name",
                         "see `peregrin user list`", "name");
    if (!there)
        TRY(changes_apply(call, reply, values, &user));
    if (api_call_refused(reply))
        return FAULT_NONE;
    user.has_created_at = true;
    user.created_at = instant_seconds(call->request->now);
    TRY(user_put(call->api->store, &user, call->arena));
    reply->status = 201;
    return api_call_put(reply, "user", user_json(&user));
}

static enum fault change_user(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[] = {
        [ROLES] = {"roles", API_CALL_LIST, false},
        [UNITS] = {"units", API_CALL_LIST, false},
        [LOCAL] = {"local", API_CALL_BOOLEAN, false},
        [DISABLED] = {"disabled", API_CALL_BOOLEAN, false},
        [OFFICER_NAME] = {"officer_name", API_CALL_TEXT, false},
        [OFFICER_ROLE] = {"officer_role", API_CALL_TEXT, false},
    };
    json_t *values[CHANGES];
    Peregrin__User *user;
    if (!api_call_fields(call, reply, call->body, "", fields, CHANGES, values))
        return FAULT_NONE;
    TRY(user_find(call, reply, &user));
    if (!api_call_refused(reply))
        TRY(changes_apply(call, reply, values, user));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(user_put(call->api->store, user, call->arena));
    if (user->disabled)
        TRY(pass_remove_all(call->api->store, user->name, PASS_SESSIONS, call->arena));
    return api_call_put(reply, "user", user_json(user));
}

static enum fault remove_user(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__User *user;
    TRY(user_find(call, reply, &user));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(user_remove(call->api->store, user->name, call->arena));
    return api_call_put(reply, "removed", json_string(user->name));
}

static enum fault set_password(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[] = {{"password", API_CALL_TEXT, true}};
    json_t *password;
    Peregrin__User *user;
    if (!api_call_fields(call, reply, call->body, "", fields, 1, &password))
        return FAULT_NONE;
    TRY(user_find(call, reply, &user));
    if (api_call_refused(reply) ||
        !api_secret_password_fits(call, reply, json_string_value(password), user->name))
        return FAULT_NONE;
    enum fault fault = api_secret_set_password(call, reply, user, json_string_value(password));
    api_secret_forget(password);
    return fault;
}

/* ---- tokens ------------------------------------------------------------------------------------
 */

static enum fault list_tokens(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__User *user;
    Peregrin__Token **tokens;
    size_t count;
    json_t *list;
    TRY(user_find(call, reply, &user));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(pass_token_list(call->api->store, user->name, call->arena, &tokens, &count));
    TRY(api_call_list(reply, "tokens", &list));
    for (size_t i = 0; i < count; i++)
        TRY(api_call_append(list, token_json(tokens[i])));
    return FAULT_NONE;
}

static enum fault name_is_free(const struct api_call *call, struct api_reply *reply,
                               const Peregrin__Token *token)
{
    Peregrin__Token **tokens;
    size_t count;
    TRY(pass_token_list(call->api->store, NULL, call->arena, &tokens, &count));
    if (count >= PASS_LIST_MAX)
        api_call_explain(reply, VERDICT_TOO_LARGE, "there are too many tokens",
                         "revoke those that are not used", NULL);
    for (size_t i = 0; i < count; i++)
        if (tokens[i]->name && tokens[i]->user && strcmp(tokens[i]->name, token->name) == 0 &&
            strcmp(tokens[i]->user, token->user) == 0)
            api_call_explain(reply, VERDICT_DUPLICATE, "the user has a token of this name",
                             "give another name, or revoke that one", "name");
    return FAULT_NONE;
}

static enum fault token_keep(const struct api_call *call, struct api_reply *reply,
                             Peregrin__Token *token)
{
    struct secret secret = {.kind = SECRET_TOKEN};
    char text[SECRET_TEXT_LENGTH + 1];
    struct digest digest;
    api_secret_dice(call, secret.bytes, SECRET_SIZE);
    secret_digest(&secret, &digest);
    secret_write(&secret, text);
    TRY(pass_token_put(call->api->store, &digest, token, call->arena));
    TRY(api_call_put(reply, "token", token_json(token)));
    reply->status = 201;
    return api_call_put(reply, "secret", json_string(text));
}

static enum fault add_token(const struct api_call *call, struct api_reply *reply)
{
    enum { NAME, ROLE_LIST, UNIT_LIST, DAYS, COUNT };
    enum { DAYS_USUAL = 365 };
    static const struct api_call_field fields[] = {
        [NAME] = {"name", API_CALL_TEXT, true},
        [ROLE_LIST] = {"roles", API_CALL_LIST, false},
        [UNIT_LIST] = {"units", API_CALL_LIST, false},
        [DAYS] = {"days", API_CALL_NUMBER, false},
    };
    json_t *values[COUNT];
    Peregrin__User *user;
    Peregrin__Token token = PEREGRIN__TOKEN__INIT;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    TRY(user_find(call, reply, &user));
    if (api_call_refused(reply))
        return FAULT_NONE;
    token.name = (char *)json_string_value(values[NAME]);
    token.user = user->name;
    token.roles = user->roles;
    json_int_t days = values[DAYS] ? json_integer_value(values[DAYS]) : DAYS_USUAL;
    if (user_name_wrong(token.name))
        api_call_usage(reply, "this cannot be a token's name", user_name_wrong(token.name), "name");
    else if (days < 1 || days > PASS_DAYS_MAX)
        api_call_usage(reply, "a number is out of its range", "give 1 to 3660", "days");
    else if (!values[ROLE_LIST] ||
             api_entry_roles_read(call, reply, values[ROLE_LIST], &token.roles)) {
        TRY(api_entry_units_read(call, reply, values[UNIT_LIST], &token.units, &token.n_units));
        if (!api_call_refused(reply))
            TRY(name_is_free(call, reply, &token));
    }
    if (api_call_refused(reply))
        return FAULT_NONE;
    token.has_roles = token.has_created_at = token.has_expires_at = true;
    token.created_at = instant_seconds(call->request->now);
    token.expires_at = token.created_at + (uint64_t)days * DAY;
    return token_keep(call, reply, &token);
}

static enum fault remove_token(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__User *user;
    bool found = false;
    TRY(user_find(call, reply, &user));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(pass_token_remove(call->api->store, user->name, call->parameters[1], call->arena, &found));
    if (!found) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "the user has no token of this name",
                         "see `peregrin user tokens`", "token");
        return FAULT_NONE;
    }
    return api_call_put(reply, "revoked", json_true());
}

/* ---- roles -------------------------------------------------------------------------------------
 */

static enum fault list_roles(const struct api_call *, struct api_reply *reply)
{
    json_t *list;
    const struct role_row *row;
    TRY(api_call_list(reply, "roles", &list));
    for (size_t i = 0; (row = role_at(i)); i++)
        TRY(api_call_append(list, json_pack("{s:s, s:s, s:s}", "name", row->name, "may", row->may,
                                            "may_not", row->may_not)));
    return FAULT_NONE;
}

const struct api_route api_user_routes[] = {
    {
        .row = {"GET", "/api/v1/roles", "what each role may"},
        .needs = ROLE_NEED_NAME,
        .serve = list_roles,
    },
    {
        .row = {"GET", "/api/v1/users", "who may ask this node"},
        .needs = ROLE_NEED_AUDIT,
        .serve = list_users,
        .query = "after limit",
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/users", "add a user"},
        .needs = ROLE_NEED_OPERATE,
        .serve = add_user,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"GET", "/api/v1/users/{name}", "one user"},
        .needs = ROLE_NEED_AUDIT,
        .serve = show_user,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/users/{name}", "change a user's roles and units, disable, enable"},
        .needs = ROLE_NEED_OPERATE,
        .serve = change_user,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"DELETE", "/api/v1/users/{name}", "remove a user, with tokens and sessions"},
        .needs = ROLE_NEED_OPERATE,
        .serve = remove_user,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/users/{name}/password", "set a user's password"},
        .needs = ROLE_NEED_OPERATE,
        .serve = set_password,
        .whole = true,
        .slow = true,
    },
    {
        .row = {"GET", "/api/v1/users/{name}/tokens", "a user's tokens, without their secrets"},
        .needs = ROLE_NEED_AUDIT,
        .serve = list_tokens,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/users/{name}/tokens", "make a token; its secret is said once"},
        .needs = ROLE_NEED_OPERATE,
        .serve = add_token,
        .writes = true,
        .whole = true,
    },
    {
        .row = {"DELETE", "/api/v1/users/{name}/tokens/{token}", "revoke a token"},
        .needs = ROLE_NEED_OPERATE,
        .serve = remove_token,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {},
};
