#include "command/command_list.h"
#include "command/command_money.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"CALL", "number", COMMAND_COUNT, TABLE_WHOLE},
    {"TITLE", "title", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"OPENS", "opens", COMMAND_TEXT, TABLE_WHOLE},
    {"CLOSES", "closes", COMMAND_TEXT, TABLE_WHOLE},
    {"ORDER", "order", COMMAND_TEXT, TABLE_WHOLE},
    {"ENVELOPE", "envelope", COMMAND_COUNT, TABLE_WHOLE},
    {"OWN", "own", COMMAND_TEXT, TABLE_WHOLE},
};

enum command_exit office_call_list(struct command_work *work)
{
    static const struct command_listing listing = {"calls", columns,
                                                   sizeof columns / sizeof *columns, "No calls."};
    json_t *list;
    enum command_exit wrong = command_node_list(work, "/api/v1/calls", "calls", &list);
    if (wrong)
        return wrong;
    const struct command_listing last = command_list_last(listing, list);
    return command_list_show(work, &last, list);
}

static enum command_exit show(struct command_work *work, json_t *reply)
{
    json_t *call = json_object_get(reply, "call");
    if (!work->common.json) {
        command_money_dress(work, call, "");
        command_list_tree(work, call, 0);
    }
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

static const char *path_of(struct command_work *work, const char *rest)
{
    return command_work_text(work, "/api/v1/calls/%s%s",
                             command_node_escape(work, work->arguments[0]), rest);
}

enum command_exit office_call_show(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, path_of(work, ""), &reply);
    return wrong ? wrong : show(work, reply);
}

enum command_exit office_call_close(struct command_work *work)
{
    json_t *reply;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would close call %s.", work->arguments[0]);
        return COMMAND_DONE;
    }
    struct command_call call = {"POST", path_of(work, "/close"), json_object(),
                                command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "Call %s takes no more applications.", work->arguments[0]);
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin grant allot --until-spent --call %s --dry-run",
                     work->arguments[0]);
    return COMMAND_DONE;
}

/* All values of a flag that may come more than once. */
static enum command_exit list_set(struct command_work *work, json_t *body, const char *flag,
                                  const char *name, bool numbers)
{
    const char *value;
    json_t *list = json_array();
    for (size_t i = 0; (value = command_work_flag_nth(work, flag, i)); i++) {
        json_t *one = command_work_keep(work, json_object());
        enum command_exit wrong =
            numbers ? command_money_number(work, one, value, flag) : COMMAND_DONE;
        if (wrong) {
            json_decref(list);
            return wrong;
        }
        if (numbers)
            json_array_append(list, json_object_get(one, flag));
        else
            json_array_append_new(list, json_string(value));
    }
    if (json_array_size(list))
        json_object_set(body, name, list);
    json_decref(list);
    return COMMAND_DONE;
}

static enum command_exit body_fill(struct command_work *work, json_t *body)
{
    static const char *const flags[] = {"own", "opens", "closes", "project-end", "order", NULL};
    static const char *const names[] = {"own", "opens", "closes", "project_end", "order", NULL};
    static const struct {
        const char *flag, *name;
        bool numbers;
    } lists[] = {{"kind", "kinds", false},
                 {"country", "countries", false},
                 {"level", "levels", true},
                 {"criterion", "criteria", false},
                 {"group", "groups", false}};
    enum command_exit wrong = COMMAND_DONE;
    json_int_t cents;
    bool given;
    command_money_flags(work, body, flags, names);
    for (size_t i = 0; !wrong && i < sizeof lists / sizeof *lists; i++)
        wrong = list_set(work, body, lists[i].flag, lists[i].name, lists[i].numbers);
    if (!wrong)
        wrong =
            command_money_number(work, body, command_work_flag(work, "notice"), "notice_months");
    if (!wrong)
        wrong = command_money_number(work, body, command_work_flag(work, "envelope"), "envelope");
    if (!wrong)
        wrong = command_money_flag(work, "amount", &cents, &given);
    if (!wrong && given)
        json_object_set_new(body, "amount_cents", json_integer(cents));
    json_object_set_new(body, "own_country", json_boolean(command_work_flag(work, "own-country")));
    json_object_set_new(body, "scholarship", json_boolean(command_work_flag(work, "scholarship")));
    return wrong;
}

enum command_exit office_call_open(struct command_work *work)
{
    json_t *reply, *body = command_work_keep(work, json_pack("{s:s}", "title", work->arguments[0]));
    enum command_exit wrong = body_fill(work, body);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would open the call %s.", work->arguments[0]);
        return COMMAND_DONE;
    }
    struct command_call call = {"POST", "/api/v1/calls", json_incref(body), command_node_key(work)};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    const char *number = command_list_text(work, reply, "call.number", COMMAND_COUNT);
    command_say_line(work, "Call %s is %s.", number,
                     command_list_text(work, reply, "call.state", COMMAND_TEXT));
    command_say_json(work, json_incref(reply));
    if (strcmp(command_list_text(work, reply, "call.state", COMMAND_TEXT), "closed") != 0)
        command_say_next(
            work, "peregrin grant import FILE --call %s     or one: peregrin grant apply", number);
    return COMMAND_DONE;
}
