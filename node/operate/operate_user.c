#include "admin/role.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"USER", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"ROLES", "role_names", COMMAND_TEXT, TABLE_WHOLE},
    {"INSTITUTIONS", "unit_names", COMMAND_TEXT, TABLE_CUT},
    {"PASSWORD", "password", COMMAND_YES, TABLE_WHOLE},
    {"LOCAL", "local", COMMAND_YES, TABLE_WHOLE},
    {"DISABLED", "disabled", COMMAND_YES, TABLE_WHOLE},
    {"SINCE", "created_at", COMMAND_TIME, TABLE_WHOLE},
};

static const struct command_column fields[] = {
    {"User", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"Roles", "role_names", COMMAND_TEXT, TABLE_WHOLE},
    {"Institutions", "unit_names", COMMAND_TEXT, TABLE_WHOLE},
    {"Has a password", "password", COMMAND_YES, TABLE_WHOLE},
    {"Signs as", "officer_name", COMMAND_TEXT, TABLE_WHOLE},
    {"Officer role", "officer_role", COMMAND_TEXT, TABLE_WHOLE},
    {"Local account", "local", COMMAND_YES, TABLE_WHOLE},
    {"Disabled", "disabled", COMMAND_YES, TABLE_WHOLE},
    {"Since", "created_at", COMMAND_TIME, TABLE_WHOLE},
};

static const struct command_column token_columns[] = {
    {"TOKEN", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"ROLES", "role_names", COMMAND_TEXT, TABLE_WHOLE},
    {"INSTITUTIONS", "unit_names", COMMAND_TEXT, TABLE_CUT},
    {"MADE", "created_at", COMMAND_TIME, TABLE_WHOLE},
    {"EXPIRES", "expires_at", COMMAND_TIME, TABLE_WHOLE},
    {"USED", "used_on", COMMAND_TEXT, TABLE_WHOLE},
};

static const struct command_column role_columns[] = {
    {"ROLE", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"MAY", "may", COMMAND_TEXT, TABLE_BELOW},
    {"MAY NOT", "may_not", COMMAND_TEXT, TABLE_BELOW},
};

/* ---- as people read it -------------------------------------------------------------------------
 */

/* A list of names as one text; `none` where it is empty. */
static void join(struct command_work *work, json_t *object, const char *list, const char *as,
                 const char *none)
{
    const json_t *names = json_object_get(object, list);
    const char *text = "";
    for (size_t i = 0; i < json_array_size(names); i++)
        text = command_work_text(work, "%s%s%s", text, i ? ", " : "",
                                 json_string_value(json_array_get(names, i)));
    json_object_set_new(object, as, json_string(*text ? text : none));
}

static void dress(struct command_work *work, json_t *object, const char *all)
{
    if (work->common.json)
        return;
    join(work, object, "roles", "role_names", "none");
    join(work, object, "units", "unit_names", all);
}

static json_t *dress_all(struct command_work *work, json_t *list, const char *all)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        dress(work, json_array_get(list, i), all);
    return list;
}

static const char *path_of(struct command_work *work, const char *rest)
{
    return command_work_text(work, "/api/v1/users/%s%s",
                             command_node_escape(work, work->arguments[0]), rest);
}

/* ---- lists -------------------------------------------------------------------------------------
 */

enum command_exit operate_user_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "users", columns, sizeof columns / sizeof *columns,
        "No users: whoever may open the node's socket is its administrator."};
    json_t *list;
    enum command_exit wrong = command_node_list(work, "/api/v1/users", "users", &list);
    return wrong ? wrong : command_list_show(work, &listing, dress_all(work, list, "all"));
}

static const struct command_listing token_listing = {
    "tokens", token_columns, sizeof token_columns / sizeof *token_columns, "No tokens."};

enum command_exit operate_user_tokens(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, path_of(work, "/tokens"), &reply);
    json_t *list = wrong ? NULL : json_object_get(reply, "tokens");
    return wrong ? wrong
                 : command_list_show(work, &token_listing, dress_all(work, list, "the user's"));
}

enum command_exit operate_user_show(struct command_work *work)
{
    json_t *user, *tokens;
    enum command_exit wrong = command_node_get(work, path_of(work, ""), &user);
    if (!wrong)
        wrong = command_node_get(work, path_of(work, "/tokens"), &tokens);
    if (wrong)
        return wrong;
    json_t *one = json_object_get(user, "user"), *list = json_object_get(tokens, "tokens");
    dress(work, one, "all");
    if (!work->common.json) {
        command_list_fields(work, one, fields, sizeof fields / sizeof *fields);
        if (json_array_size(list) > 0) {
            command_say_line(work, "%s", "");
            return command_list_table(work, &token_listing, dress_all(work, list, "the user's"));
        }
    }
    command_say_json(work, json_pack("{s:i, s:O, s:O}", "schema", 1, "user", one, "tokens", list));
    return COMMAND_DONE;
}

/* Without a node: the table is the program's. */
enum command_exit operate_user_roles(struct command_work *work)
{
    static const struct command_listing listing = {
        "roles", role_columns, sizeof role_columns / sizeof *role_columns, "No roles."};
    json_t *list = command_work_keep(work, json_array());
    const struct role_row *row;
    for (size_t i = 0; (row = role_at(i)); i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "name", row->name, "may", row->may,
                                              "may_not", row->may_not));
    return command_list_show(work, &listing, list);
}

/* ---- changes -----------------------------------------------------------------------------------
 */

/* All values of a flag that may come more than once; NULL: it did not come. */
static json_t *flag_list(const struct command_work *work, const char *name)
{
    json_t *list = json_array();
    const char *value;
    for (size_t i = 0; (value = command_work_flag_nth(work, name, i)); i++)
        json_array_append_new(list, json_string(value));
    if (json_array_size(list) > 0)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *argument_list(const struct command_work *work)
{
    json_t *list = json_array();
    for (size_t i = 1; i < work->argument_count; i++)
        json_array_append_new(list, json_string(work->arguments[i]));
    return list;
}

static void set_if(json_t *object, const char *name, json_t *value)
{
    if (value)
        json_object_set_new(object, name, value);
}

/* Both flags, and `none` where they are not given; NULL: nothing. */
static void officer_set(struct command_work *work, json_t *body, const char *none)
{
    const char *name = command_work_flag(work, "officer-name");
    const char *role = command_work_flag(work, "officer-role");
    if (name || none)
        json_object_set_new(body, "officer_name", json_string(name ? name : none));
    if (role || none)
        json_object_set_new(body, "officer_role", json_string(role ? role : none));
}

static bool only_said(struct command_work *work, const char *what)
{
    if (work->common.dry_run)
        command_say_would(work, NULL, "Would %s. Nothing was changed.", what);
    return work->common.dry_run;
}

static enum command_exit change(struct command_work *work, json_t *body, const char *what)
{
    json_t *reply;
    command_work_keep(work, body);
    if (only_said(work, command_work_text(work, "change %s: %s", work->arguments[0], what)))
        return COMMAND_DONE;
    struct command_call call = {"POST", path_of(work, ""), json_incref(body),
                                command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    json_t *user = json_object_get(reply, "user");
    dress(work, user, "all");
    command_say_line(work, "%s: %s.", work->arguments[0], what);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

enum command_exit operate_user_add(struct command_work *work)
{
    const char *name = work->arguments[0];
    json_t *roles = flag_list(work, "role"), *reply;
    bool local = command_work_flag(work, "local");
    if (!roles)
        return command_say_usage(work, "add --role; `peregrin user roles` says what each may",
                                 "%s has no role", name);
    json_t *body = json_pack("{s:s, s:o, s:b}", "name", name, "roles", roles, "local", local);
    set_if(body, "units", flag_list(work, "unit"));
    officer_set(work, body, NULL);
    command_work_keep(work, body);
    if (only_said(work, command_work_text(work, "add %s", name)))
        return COMMAND_DONE;
    struct command_call call = {"POST", "/api/v1/users", json_incref(body), command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s may ask this node.", name);
    command_say_json(work, json_incref(reply));
    if (!local)
        command_say_next(work,
                         "peregrin user password %s     or, for a program:  "
                         "peregrin user token %s TOKEN",
                         name, name);
    return COMMAND_DONE;
}

enum command_exit operate_user_role(struct command_work *work)
{
    return change(work, json_pack("{s:o}", "roles", argument_list(work)), "has these roles now");
}

enum command_exit operate_user_unit(struct command_work *work)
{
    const char *what = work->argument_count > 1 ? "sees only these institutions and units now"
                                                : "sees all institutions of this node now";
    return change(work, json_pack("{s:o}", "units", argument_list(work)), what);
}

enum command_exit operate_user_officer(struct command_work *work)
{
    json_t *body = json_object();
    officer_set(work, body, "");
    return change(work, body,
                  command_work_flag(work, "officer-name") ? "signs as this officer now"
                                                          : "signs as no officer now");
}

enum command_exit operate_user_disable(struct command_work *work)
{
    return change(work, json_pack("{s:b}", "disabled", 1), "is kept out now");
}

enum command_exit operate_user_enable(struct command_work *work)
{
    return change(work, json_pack("{s:b}", "disabled", 0), "may ask again now");
}

enum command_exit operate_user_remove(struct command_work *work)
{
    json_t *reply;
    const char *name = work->arguments[0];
    if (only_said(work, command_work_text(work, "remove %s", name)))
        return COMMAND_DONE;
    enum command_exit wrong =
        command_say_confirm(work, command_work_text(work, "Remove %s with all tokens?", name));
    if (wrong)
        return wrong;
    struct command_call call = {"DELETE", path_of(work, ""), NULL, command_node_key(work)};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s is removed.", name);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

/* ---- secrets -----------------------------------------------------------------------------------
 */

enum { PASSWORD_ROOM = 1026 };

/* The first line of the file, without its end. */
static enum command_exit password_from_file(struct command_work *work, const char *path,
                                            char out[static PASSWORD_ROOM])
{
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, PASSWORD_ROOM - 2, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    const uint8_t *data = file.content.data;
    const uint8_t *end = file.content.size ? memchr(data, '\n', file.content.size) : NULL;
    size_t size = end ? (size_t)(end - data) : file.content.size;
    size -= size > 0 && data[size - 1] == '\r';
    memcpy(out, data, size);
    out[size] = '\0';
    explicit_bzero((void *)(uintptr_t)data, file.content.size);
    return COMMAND_DONE;
}

static enum command_exit password_ask(struct command_work *work, char out[static PASSWORD_ROOM])
{
    char again[PASSWORD_ROOM] = "";
    const struct command_port *port = work->port;
    if (!port->asks || work->common.no_input ||
        !port->ask(port->self, "New password: ", true, out, PASSWORD_ROOM))
        return command_say_usage(work, "add --password-file FILE",
                                 "a password is needed and nobody is here to type it");
    bool same = port->ask(port->self, "The same again: ", true, again, PASSWORD_ROOM) &&
                strcmp(out, again) == 0;
    explicit_bzero(again, sizeof again);
    return same ? COMMAND_DONE
                : command_say_usage(work, "do the same again", "the two passwords differ");
}

enum command_exit operate_user_password(struct command_work *work)
{
    char password[PASSWORD_ROOM] = "";
    const char *from = command_work_flag(work, "password-file");
    json_t *reply;
    if (only_said(work, command_work_text(work, "set the password of %s", work->arguments[0])))
        return COMMAND_DONE;
    enum command_exit wrong =
        from ? password_from_file(work, from, password) : password_ask(work, password);
    if (!wrong) {
        struct command_call call = {"POST", path_of(work, "/password"),
                                    json_pack("{s:s}", "password", password), NULL};
        wrong = command_node_call(work, &call, &reply);
    }
    explicit_bzero(password, sizeof password);
    if (wrong)
        return wrong;
    command_say_line(work, "%s has a new password; old sessions have ended.", work->arguments[0]);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

static enum command_exit secret_write(struct command_work *work, const char *path,
                                      const char *secret)
{
    struct command_file file = {bytes_text(command_work_text(work, "%s\n", secret)), 0600};
    int problem = work->port->write_file(work->port->self, path, &file, false);
    return problem ? command_say_file(work, path, problem) : COMMAND_DONE;
}

static enum command_exit token_show(struct command_work *work, json_t *reply)
{
    const char *secret = json_string_value(json_object_get(reply, "secret"));
    const char *path = command_work_flag(work, "out");
    if (path) {
        enum command_exit wrong = secret_write(work, path, secret);
        json_object_del(reply, "secret");
        if (wrong)
            return wrong;
        command_say_line(work, "The token's secret is in %s.", path);
    } else {
        command_say_line(work, "%s", secret);
        command_say_note(work,
                         "This secret is shown once and kept nowhere. It goes into the header "
                         "`Authorization: Bearer SECRET`.");
    }
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

enum command_exit operate_user_token(struct command_work *work)
{
    enum { DAYS_USUAL = 365, DAYS_MAX = 3660 };
    unsigned days;
    json_t *reply;
    enum command_exit wrong = command_say_number(work, "days", 1, DAYS_MAX, DAYS_USUAL, &days);
    if (wrong || only_said(work, command_work_text(work, "make the token %s for %s",
                                                   work->arguments[1], work->arguments[0])))
        return wrong;
    json_t *body = json_pack("{s:s, s:i}", "name", work->arguments[1], "days", (int)days);
    set_if(body, "roles", flag_list(work, "role"));
    set_if(body, "units", flag_list(work, "unit"));
    struct command_call call = {"POST", path_of(work, "/tokens"), body, NULL};
    wrong = command_node_call(work, &call, &reply);
    return wrong ? wrong : token_show(work, reply);
}

enum command_exit operate_user_revoke(struct command_work *work)
{
    json_t *reply;
    const char *path = path_of(
        work, command_work_text(work, "/tokens/%s", command_node_escape(work, work->arguments[1])));
    if (only_said(work, command_work_text(work, "revoke %s", work->arguments[1])))
        return COMMAND_DONE;
    struct command_call call = {"DELETE", path, NULL, command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s is revoked.", work->arguments[1]);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}
