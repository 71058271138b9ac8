#include "command/command_list.h"
#include "command/command_money.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_dossier.h"
#include "office/office_verbs.h"

static const struct command_column columns[] = {
    {"NUMBER", "number", COMMAND_COUNT, TABLE_WHOLE},
    {"CALL", "call", COMMAND_COUNT, TABLE_WHOLE},
    {"NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"KIND", "kind", COMMAND_TEXT, TABLE_WHOLE},
    {"GROUP", "group_name", COMMAND_TEXT, TABLE_CUT},
    {"POINTS", "points", COMMAND_COUNT, TABLE_WHOLE},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"ASKED", "asked", COMMAND_COUNT, TABLE_WHOLE},
    {"HAS", "amount", COMMAND_COUNT, TABLE_WHOLE},
    {"APPLIED", "applied_at", COMMAND_TIME, TABLE_GOES_FIRST},
};

static const struct command_listing listing = {"grants", columns, sizeof columns / sizeof *columns,
                                               "No applications."};

enum command_exit office_grant_list(struct command_work *work)
{
    static const char *const names[] = {"call", "state", NULL};
    json_t *list;
    enum command_exit wrong =
        command_node_list(work, command_node_query(work, "/api/v1/grants", names), "grants", &list);
    if (wrong)
        return wrong;
    command_money_dress_all(work, list, "");
    return command_list_show(work, &listing, list);
}

static const char *path_of(struct command_work *work, const char *rest)
{
    return command_work_text(work, "/api/v1/grants/%s%s",
                             command_node_escape(work, work->arguments[0]), rest);
}

enum command_exit office_grant_show(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, path_of(work, ""), &reply);
    if (wrong)
        return wrong;
    json_t *grant = json_object_get(reply, "grant");
    if (!work->common.json) {
        command_money_dress(work, grant, "");
        json_object_del(grant, "group"); /* its name says it */
        command_list_tree(work, grant, 0);
    }
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

/* ---- applying ----------------------------------------------------------------------------------
 */

static enum command_exit sum_set(struct command_work *work, json_t *body)
{
    json_int_t cents;
    bool given;
    enum command_exit wrong = command_money_flag(work, "amount", &cents, &given);
    if (!wrong && given)
        json_object_set_new(body, "amount_cents", json_integer(cents));
    return wrong;
}

static enum command_exit send(struct command_work *work, const char *path, json_t *body,
                              json_t **reply)
{
    struct command_call call = {"POST", path, json_incref(body), command_node_key(work)};
    return command_node_call(work, &call, reply);
}

/* Whom --dossier means. */
static enum command_exit dossier_set(struct command_work *work, json_t *body)
{
    const char *dossier = command_work_flag(work, "dossier");
    enum command_exit wrong = dossier ? office_dossier_named(work, &dossier) : COMMAND_DONE;
    if (dossier && !wrong)
        json_object_set_new(body, "dossier", json_string(dossier));
    return wrong;
}

enum command_exit office_grant_apply(struct command_work *work)
{
    static const char *const flags[] = {"kind",  "given-names", "country", "nationality",
                                        "start", "end",         "unit",    "group",
                                        "note",  "reference",   NULL};
    static const char *const names[] = {"kind",  "given_names", "country", "nationality",
                                        "start", "end",         "unit",    "group",
                                        "note",  "reference",   NULL};
    static const char *const numbers[] = {"call", "level", "points"};
    json_t *reply,
        *body = command_work_keep(work, json_pack("{s:s}", "family_name", work->arguments[0]));
    if (!command_work_flag(work, "call"))
        return command_say_usage(work, "add --call NUMBER", "to which call?");
    if (!command_work_flag(work, "kind"))
        return command_say_usage(work, "add --kind KIND, as studies or teaching", "for what?");
    enum command_exit wrong = sum_set(work, body);
    command_money_flags(work, body, flags, names);
    wrong = wrong ? wrong : dossier_set(work, body);
    for (size_t i = 0; !wrong && i < sizeof numbers / sizeof *numbers; i++)
        wrong = command_money_number(work, body, command_work_flag(work, numbers[i]), numbers[i]);
    if (!wrong && work->common.dry_run)
        command_say_would(work, NULL, "Would enter one application.");
    if (!wrong && !work->common.dry_run)
        wrong = send(work, "/api/v1/grants", body, &reply);
    if (wrong || work->common.dry_run)
        return wrong;
    command_say_line(work, "Application %s is in the queue of call %s.",
                     command_list_text(work, reply, "grant.number", COMMAND_COUNT),
                     command_list_text(work, reply, "grant.call", COMMAND_COUNT));
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin grant allot --until-spent --call %s --dry-run",
                     command_list_text(work, reply, "grant.call", COMMAND_COUNT));
    return COMMAND_DONE;
}

/* ---- allotting ---------------------------------------------------------------------------------
 */

static void tell_spending(struct command_work *work, json_t *reply, bool done)
{
    json_t *grants = json_object_get(reply, "grants");
    const char *currency = command_list_text(work, reply, "currency", COMMAND_TEXT);
    command_money_dress_all(work, grants, currency);
    command_say_line(
        work, "%s %s.", done ? "Allotted to" : "Would allot to",
        command_say_count(work, json_array_size(grants), "application", "applications"));
    if (json_array_size(grants))
        command_list_table(work, &listing, grants);
    command_say_line(work, "%s are left%s: %s.",
                     command_money_text(
                         work, json_integer_value(json_object_get(reply, "left_cents")), currency),
                     done ? "" : " then", command_list_text(work, reply, "ends", COMMAND_TEXT));
}

static enum command_exit spend(struct command_work *work)
{
    const char *number = command_work_flag(work, "call");
    json_t *reply;
    if (!number)
        return command_say_usage(work, "add --call NUMBER", "of which call?");
    const char *path =
        command_work_text(work, "/api/v1/calls/%s/%s", command_node_escape(work, number),
                          work->common.dry_run ? "plan" : "allot");
    enum command_exit wrong =
        work->common.dry_run ? command_node_get(work, path, &reply)
                             : send(work, path, command_work_keep(work, json_object()), &reply);
    if (wrong)
        return wrong;
    if (!work->common.json)
        tell_spending(work, reply, !work->common.dry_run);
    command_say_json(work, json_incref(reply));
    if (work->common.dry_run)
        command_say_next(work, "peregrin grant allot --until-spent --call %s", number);
    return COMMAND_DONE;
}

enum command_exit office_grant_allot(struct command_work *work)
{
    const char *reason = command_work_flag(work, "out-of-turn");
    json_t *reply, *body = command_work_keep(work, json_object());
    bool all = command_work_flag(work, "until-spent");
    if (all == (work->argument_count > 0))
        return command_say_usage(work, "give one number, or --until-spent", "which application?");
    if (all)
        return spend(work);
    enum command_exit wrong = sum_set(work, body);
    if (reason)
        json_object_set_new(body, "out_of_turn", json_string(reason));
    if (!wrong && work->common.dry_run) {
        command_say_would(work, NULL, "Would allot to application %s.", work->arguments[0]);
        return COMMAND_DONE;
    }
    if (!wrong)
        wrong = send(work, path_of(work, "/allot"), body, &reply);
    if (wrong)
        return wrong;
    json_t *envelope = json_object_get(reply, "envelope");
    command_say_line(
        work, "Application %s has its grant; %s are left in envelope %s.", work->arguments[0],
        command_money_text(work, json_integer_value(json_object_get(envelope, "balance_cents")),
                           command_list_text(work, envelope, "currency", COMMAND_TEXT)),
        command_list_text(work, envelope, "number", COMMAND_COUNT));
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

enum command_exit office_grant_release(struct command_work *work)
{
    const char *reason = command_work_flag(work, "reason");
    bool move_up = command_work_flag(work, "move-up");
    json_t *reply;
    if (!reason)
        return command_say_usage(work, "add --reason TEXT", "why?");
    json_t *body =
        command_work_keep(work, json_pack("{s:s, s:b}", "reason", reason, "move_up", (int)move_up));
    enum command_exit wrong = sum_set(work, body);
    if (!wrong)
        wrong = command_node_act(work, path_of(work, "/release"), json_incref(body), &reply);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, reply, "Would release application %s.", work->arguments[0]);
        return COMMAND_DONE;
    }
    command_say_line(work, "Application %s %s.", work->arguments[0],
                     command_list_text(work, reply, "grant.sentence", COMMAND_TEXT));
    if (!work->common.json && json_object_get(reply, "grants"))
        tell_spending(work, reply, move_up);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

enum command_exit office_grant_return(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong =
        command_node_act(work, path_of(work, "/return"), json_object(), &reply);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, reply, "Would put application %s back into the queue.",
                          work->arguments[0]);
        return COMMAND_DONE;
    }
    command_say_line(work, "Application %s %s.", work->arguments[0],
                     command_list_text(work, reply, "grant.sentence", COMMAND_TEXT));
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}
