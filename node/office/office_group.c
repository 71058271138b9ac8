#include "command/command_flag.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"GROUP", "code", COMMAND_TEXT, TABLE_WHOLE},
    {"NAME", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"PARTNERS", "who", COMMAND_TEXT, TABLE_BELOW},
    {"OWN", "own", COMMAND_TEXT, TABLE_WHOLE},
};

static const char *partners_text(struct command_work *work, const json_t *group)
{
    const json_t *partners = json_object_get(group, "partners");
    const char *text = "";
    for (size_t i = 0; i < json_array_size(partners); i++)
        text = command_work_text(work, "%s%s%s", text, i ? ", " : "",
                                 json_string_value(json_array_get(partners, i)));
    return text;
}

enum command_exit office_group_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "groups", columns, sizeof columns / sizeof *columns,
        "No groups yet: `peregrin group add CODE PARTNER...` makes one."};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/groups", &reply);
    if (wrong)
        return wrong;
    const json_t *list = json_object_get(reply, "groups");
    size_t index;
    json_t *group;
    for (index = 0; !work->common.json && (group = json_array_get(list, index)); index++)
        json_object_set_new(group, "who", json_string(partners_text(work, group)));
    const struct command_listing last = command_list_last(listing, list);
    return command_list_show(work, &last, list);
}

/* The partners stand after the code. */
static enum command_exit change(struct command_work *work, const char *how)
{
    static const char *const flags[] = {"own", "name"};
    json_t *body = json_pack("{s:s}", "code", work->arguments[0]), *partners = json_array(), *reply;
    for (size_t i = 1; i < work->argument_count; i++)
        json_array_append_new(partners, json_string(work->arguments[i]));
    json_object_set_new(body, how, partners);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (command_flag_find(work->row, flags[i], strlen(flags[i])) &&
            command_work_flag(work, flags[i]))
            json_object_set_new(body, flags[i], json_string(command_work_flag(work, flags[i])));
    enum command_exit wrong = command_node_act(work, "/api/v1/groups", body, &reply);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, reply, "Would change the group %s.", work->arguments[0]);
        return COMMAND_DONE;
    }
    const json_t *group = json_object_get(reply, "group");
    size_t count = json_array_size(json_object_get(group, "partners"));
    command_say_line(work, "%s has %zu partner%s.",
                     command_list_text(work, group, "name", COMMAND_TEXT), count,
                     count == 1 ? "" : "s");
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin report balance --by group");
    return COMMAND_DONE;
}

enum command_exit office_group_add(struct command_work *work)
{
    return change(work, "add");
}

enum command_exit office_group_drop(struct command_work *work)
{
    return change(work, "drop");
}

enum command_exit office_group_remove(struct command_work *work)
{
    static const char *const names[] = {"own", NULL};
    const char *code = work->arguments[0];
    const char *path =
        command_work_text(work, "/api/v1/groups/%s", command_node_escape(work, code));
    json_t *reply;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would remove the group %s.", code);
        return COMMAND_DONE;
    }
    const struct command_call call = {"DELETE", command_node_query(work, path, names), NULL,
                                      command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "Removed the group %s.", code);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}
