#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"UNIT", "code", COMMAND_TEXT, TABLE_WHOLE},     {"NAME", "name", COMMAND_TEXT, TABLE_CUT},
    {"WITHIN", "parent", COMMAND_TEXT, TABLE_WHOLE}, {"FROM", "from", COMMAND_TEXT, TABLE_WHOLE},
    {"UNTIL", "until", COMMAND_TEXT, TABLE_WHOLE},   {"OPEN", "open", COMMAND_YES, TABLE_WHOLE},
    {"OWN", "own", COMMAND_TEXT, TABLE_WHOLE},
};

enum command_exit office_unit_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "units", columns, sizeof columns / sizeof *columns,
        "No units: every coordinator of an institution sees all of it."};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/units", &reply);
    if (wrong)
        return wrong;
    const json_t *list = json_object_get(reply, "units");
    const json_t *shown = json_object_get(reply, "unassigned_shown");
    const struct command_listing last = command_list_last(listing, list);
    wrong = command_list_show(work, &last, list);
    for (size_t i = 0; !wrong && i < json_array_size(shown); i++)
        command_say_note(work, "%s shows what has no unit to users of units.",
                         json_string_value(json_array_get(shown, i)));
    return wrong;
}

/* A flag's value; `-` takes it away. */
static void flag_set(struct command_work *work, json_t *body, const char *name)
{
    const char *value = command_work_flag(work, name);
    if (value)
        json_object_set_new(body, name, json_string(strcmp(value, "-") == 0 ? "" : value));
}

static enum command_exit change(struct command_work *work, const char *path, json_t *body,
                                const char *done)
{
    json_t *reply;
    command_work_keep(work, json_incref(body));
    flag_set(work, body, "own");
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would do: %s. Nothing was changed.", done);
        json_decref(body);
        return COMMAND_DONE;
    }
    struct command_call call = {"POST", path, body, command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s.", done);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

static const char *path_of(struct command_work *work)
{
    return command_work_text(work, "/api/v1/units/%s",
                             command_node_escape(work, work->arguments[0]));
}

enum command_exit office_unit_add(struct command_work *work)
{
    static const char *const names[] = {"name", "parent", "from", "until"};
    const char *code = work->arguments[0];
    json_t *body = json_pack("{s:s}", "code", code);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        flag_set(work, body, names[i]);
    enum command_exit wrong =
        change(work, "/api/v1/units", body, command_work_text(work, "The unit %s is there", code));
    if (!wrong && !work->common.dry_run)
        command_say_next(work, "peregrin user unit NAME SCHAC/%s", code);
    return wrong;
}

enum command_exit office_unit_rename(struct command_work *work)
{
    json_t *body = json_pack("{s:s}", "name", work->arguments[1]);
    flag_set(work, body, "parent");
    return change(work, path_of(work), body,
                  command_work_text(work, "The unit %s has another name", work->arguments[0]));
}

enum command_exit office_unit_close(struct command_work *work)
{
    const char *until = command_work_flag(work, "until");
    json_t *body = json_object();
    if (!until) {
        json_decref(body);
        return command_say_usage(work, "add --until YYYY-MM-DD", "on which day does it end?");
    }
    flag_set(work, body, "until");
    return change(work, path_of(work), body,
                  strcmp(until, "-") == 0
                      ? command_work_text(work, "The unit %s is open again", work->arguments[0])
                      : command_work_text(work, "The unit %s takes nothing new after %s",
                                          work->arguments[0], until));
}

enum command_exit office_unit_unassigned(struct command_work *work)
{
    bool show = strcmp(work->arguments[0], "show") == 0;
    if (!show && strcmp(work->arguments[0], "hide") != 0)
        return command_say_usage(work, "give show or hide", "`%s` is neither", work->arguments[0]);
    return change(work, "/api/v1/units/unassigned", json_pack("{s:b}", "shown", show),
                  show ? "Users of units see what has no unit"
                       : "Users of units see only what is theirs");
}

static enum command_exit assign_one(struct command_work *work, const char *dossier,
                                    const char *unit, json_t *results)
{
    json_t *reply, *body = json_object();
    flag_set(work, body, "unit");
    if (strcmp(unit, "-") == 0)
        json_object_set_new(body, "unit", json_null());
    struct command_call call = {"POST", office_statement_path(work, dossier, "unit"), body,
                                command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s belongs to the unit %s on this node.", dossier, unit);
    json_array_append(results, reply);
    return COMMAND_DONE;
}

/* `nomination assign`: one after the other, each under a key of its own. */
enum command_exit office_unit_assign(struct command_work *work)
{
    const char *unit = command_work_flag(work, "unit");
    json_t *results = command_work_keep(work, json_array());
    enum command_exit wrong = COMMAND_DONE;
    if (!unit)
        return command_say_usage(work, "add --unit CODE; `-` takes it away", "to which unit?");
    for (size_t i = 0; i < work->argument_count && !wrong; i++) {
        if (work->common.dry_run)
            command_say_line(work, "Would give %s to the unit %s.", work->arguments[i], unit);
        else
            wrong = assign_one(work, work->arguments[i], unit, results);
    }
    if (wrong && !json_array_size(results))
        return wrong;
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "results", results));
    return wrong ? COMMAND_PARTLY : COMMAND_DONE;
}
