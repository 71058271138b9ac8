#include "office/office_statement.h"

#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_rules.h"

#include <string.h>

enum command_exit office_statement_reason(struct command_work *work, const char *const *known)
{
    const char *reason = command_work_flag(work, "reason"), *list = known[0];
    for (size_t i = 0; known[i]; i++) {
        if (reason && strcmp(reason, known[i]) == 0)
            return COMMAND_DONE;
        list = i ? command_work_text(work, "%s, %s", list, known[i]) : list;
    }
    return command_say_usage(work, command_work_text(work, "add --reason with one of: %s", list),
                             reason ? "--reason: there is no code `%s`" : "for which reason%s?",
                             reason ? reason : "");
}

const char *office_statement_path(struct command_work *work, const char *dossier,
                                  const char *resource)
{
    static const char *const names[] = {"opener", NULL};
    return command_node_query(work,
                              command_work_text(work, "/api/v1/nominations/%s%s%s",
                                                command_node_escape(work, dossier),
                                                resource ? "/" : "", resource ? resource : ""),
                              names);
}

const char *office_statement_fate(const json_t *reply)
{
    if (json_object_get(reply, "by_hand"))
        return "kept by hand; the partner has signed nothing";
    return json_is_true(json_object_get(reply, "repeated"))
               ? "it stood so already, and nothing was signed again"
           : json_is_true(json_object_get(reply, "ready"))
               ? "kept, to be signed once the partner's node was heard"
           : json_object_get(reply, "delivery")
               ? "signed; it goes to the partner with the next `peregrin partner handover`"
               : "signed and on its way";
}

/* The home opens what is about a stay, so that it speaks in the first lane; what waits to be signed
 * has none yet. reply NULL: nothing was said. */
static const char *done_by(const struct office_statement *statement, const json_t *reply)
{
    const json_t *lane = json_object_get(reply, "lane");
    const char *done = !json_is_integer(lane)          ? statement->either
                       : json_integer_value(lane) == 0 ? statement->asked
                                                       : statement->done;
    return done ? done : statement->done;
}

/* Said once under one key: a call that got lost on the way back may be made again. */
static enum command_exit say_one(struct command_work *work,
                                 const struct office_statement *statement, const char *dossier,
                                 json_t *results)
{
    json_t *reply, *wrong;
    struct command_call call = {"POST", office_statement_path(work, dossier, statement->resource),
                                json_deep_copy(statement->body), command_node_key(work)};
    enum command_exit status = command_node_try(work, &call, &reply, &wrong);
    if (wrong) {
        json_array_append_new(results, json_pack("{s:s, s:O}", "dossier", dossier, "error", wrong));
        const char *message = json_string_value(json_object_get(wrong, "message"));
        const char *hint = json_string_value(json_object_get(wrong, "hint"));
        const char *expected = json_string_value(json_object_get(wrong, "expected"));
        const char *got = json_string_value(json_object_get(wrong, "got"));
        if (expected && got)
            expected = command_work_text(work, "%s; got: %s", expected, got);
        command_say_refused(work, "%s: not %s: %s%s%s. %s", dossier, statement->done,
                            message ? message : "refused", expected ? "; expected: " : "",
                            expected ? expected : "", hint ? hint : "");
        return status;
    }
    if (status)
        return status;
    json_array_append(results, reply);
    command_say_line(work, "%s %s: %s", dossier, done_by(statement, reply),
                     office_statement_fate(reply));
    office_rules_said(work, reply);
    return COMMAND_DONE;
}

enum command_exit office_statement_say(struct command_work *work,
                                       const struct office_statement *statement)
{
    json_t *results = command_work_keep(work, json_array());
    enum command_exit worst = COMMAND_DONE;
    size_t done = 0;
    if (work->common.dry_run) {
        const char *all = "";
        for (size_t i = 0; i < work->argument_count; i++)
            all = command_work_text(work, "%s%sWould say of %s: %s", all, i ? "\n" : "",
                                    work->arguments[i], done_by(statement, NULL));
        command_say_would(work, NULL, "%s", all);
        return COMMAND_DONE;
    }
    for (size_t i = 0; i < work->argument_count; i++) {
        if (command_say_stopped(work)) {
            command_say_note(work, "\nInterrupted: %zu of %zu %s; the others are as they were.",
                             done, work->argument_count, statement->done);
            return COMMAND_INTERRUPTED;
        }
        enum command_exit status = say_one(work, statement, work->arguments[i], results);
        if (status == COMMAND_NO_NODE)
            return done ? COMMAND_PARTLY : status;
        worst = status ? status : worst;
        done += !status;
    }
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "results", results));
    if (done)
        command_say_next(work, "%s", statement->next);
    return worst && done ? COMMAND_PARTLY : worst;
}
