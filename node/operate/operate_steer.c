/* A person's hand on what goes to partners: suspended and resumed, tried again, given up. */

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_partner.h"
#include "operate/operate_verbs.h"

#include <string.h>

/* True under --dry-run, after saying what would be done to what. */
static bool only_said(struct command_work *work, const char *would, const char *what)
{
    if (!work->common.dry_run)
        return false;
    command_say_line(work, "Would %s %s", would, what);
    command_say_json(work, json_pack("{s:i, s:s, s:s}", "schema", 1, "would", would, "what", what));
    return true;
}

/* ---- partners -------------------------------------------------------------------------------- */

static enum command_exit steer(struct command_work *work, const char *verb, json_t *body,
                               json_t **reply)
{
    const char *schac = work->arguments[0];
    const struct command_call call = {.method = "POST",
                                      .path =
                                          command_work_text(work, "/api/v1/partners/%s/%s",
                                                            command_node_escape(work, schac), verb),
                                      .body = body};
    enum command_exit wrong = command_node_call(work, &call, reply);
    if (!wrong)
        command_say_json(work, json_incref(*reply));
    return wrong;
}

static bool changed(const json_t *reply)
{
    return json_integer_value(json_object_get(reply, "changed")) > 0;
}

enum command_exit operate_steer_suspend(struct command_work *work)
{
    const char *schac = work->arguments[0];
    json_t *reply;
    enum command_exit wrong = COMMAND_DONE;
    if (work->common.dry_run) {
        json_t *entries;
        wrong = operate_partner_entries(work, schac, &entries);
        if (!wrong)
            (void)only_said(work, "send nothing more to", schac);
        return wrong;
    }
    wrong = steer(work, "suspend",
                  json_pack("{s:s*, s:s*}", "own", command_work_flag(work, "own"), "reason",
                            command_work_flag(work, "reason")),
                  &reply);
    if (wrong)
        return wrong;
    command_say_line(work,
                     changed(reply)
                         ? "%s is suspended: nothing is sent to it. What waits is kept; what it "
                           "sends is taken."
                         : "%s was suspended already: nothing changed.",
                     schac);
    command_say_next(work, "peregrin partner resume %s", schac);
    return COMMAND_DONE;
}

enum command_exit operate_steer_resume(struct command_work *work)
{
    const char *schac = work->arguments[0];
    json_t *reply, *entries;
    if (work->common.dry_run) {
        enum command_exit unknown = operate_partner_entries(work, schac, &entries);
        if (!unknown)
            (void)only_said(work, "send again what waits for", schac);
        return unknown;
    }
    enum command_exit wrong =
        steer(work, "resume", json_pack("{s:s*}", "own", command_work_flag(work, "own")), &reply);
    if (wrong)
        return wrong;
    command_say_line(work,
                     changed(reply) ? "%s is resumed: what waited is sent."
                                    : "%s was not suspended: nothing changed.",
                     schac);
    command_say_next(work, "peregrin outbox list --partner %s", schac);
    return COMMAND_DONE;
}

/* ---- the outbox ------------------------------------------------------------------------------ */

static const char *chosen(struct command_work *work)
{
    const char *partner = command_work_flag(work, "partner");
    const char *of = partner ? command_work_text(work, " for %s", partner) : "";
    const char *count =
        command_say_count(work, work->argument_count, "named dossier", "named dossiers");
    return command_work_text(work, "what is stuck%s%s%s", work->argument_count ? " of " : "",
                             work->argument_count ? count : "", of);
}

enum command_exit operate_steer_retry(struct command_work *work)
{
    json_t *reply, *dossiers = work->argument_count ? json_array() : NULL;
    for (size_t i = 0; i < work->argument_count; i++)
        json_array_append_new(dossiers, json_string(work->arguments[i]));
    const struct command_call call = {.method = "POST",
                                      .path = "/api/v1/outbox/retry",
                                      .body =
                                          json_pack("{s:o*, s:s*}", "dossiers", dossiers, "partner",
                                                    command_work_flag(work, "partner"))};
    if (only_said(work, "try again", chosen(work))) {
        json_decref(call.body);
        return COMMAND_DONE;
    }
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    size_t count = (size_t)json_integer_value(json_object_get(reply, "retried"));
    if (count)
        command_say_line(work, "Tried again: %s.",
                         command_say_count(work, count, "record", "records"));
    else
        command_say_line(work, "Nothing is stuck there: nothing changed.");
    command_say_next(work, "peregrin outbox list");
    return COMMAND_DONE;
}

enum command_exit operate_steer_drop(struct command_work *work)
{
    json_t *reply;
    const char *number = work->arguments[0];
    if (only_said(work, "give up submission", number))
        return COMMAND_DONE;
    enum command_exit wrong = command_say_confirm(
        work, command_work_text(work, "Give up submission %s, which was never sent?", number));
    if (wrong)
        return wrong;
    const struct command_call call = {
        .method = "DELETE",
        .path = command_work_text(work, "/api/v1/outbox/%s", command_node_escape(work, number))};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    command_say_line(work, "Submission %s is given up: it was never sent.", number);
    command_say_next(work, "peregrin outbox list");
    return COMMAND_DONE;
}
