#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_verbs.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"

#include <string.h>

/* One thing said in many dossiers. */
struct statement {
    const char *resource; /* of the API: decision, withdrawal, amendment */
    const char *done;     /* `accepted` */
    const json_t *body;
    const char *next;
};

static const char *const reasons_to_refuse[] = {"places",    "level",    "field", "language",
                                                "documents", "deadline", "other", NULL};
static const char *const reasons_to_withdraw[] = {"student", "home", "duplicate", "other", NULL};

static enum command_exit check_reason(struct command_work *work, const char *const *known)
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

static const char *dossier_path(struct command_work *work, const char *dossier,
                                const char *resource)
{
    static const char *const names[] = {"opener", NULL};
    return command_node_query(work,
                              command_work_text(work, "/api/v1/nominations/%s%s%s",
                                                command_node_escape(work, dossier),
                                                resource ? "/" : "", resource ? resource : ""),
                              names);
}

/* Said once under one key: a call that got lost on the way back may be made again. */
static enum command_exit say_one(struct command_work *work, const struct statement *statement,
                                 const char *dossier, json_t *results)
{
    json_t *reply, *wrong;
    struct command_call call = {"POST", dossier_path(work, dossier, statement->resource),
                                json_deep_copy(statement->body), command_node_key(work)};
    enum command_exit status = command_node_try(work, &call, &reply, &wrong);
    if (wrong) {
        json_array_append_new(results, json_pack("{s:s, s:O}", "dossier", dossier, "error", wrong));
        const char *message = json_string_value(json_object_get(wrong, "message"));
        const char *hint = json_string_value(json_object_get(wrong, "hint"));
        command_say_note(work, "%s: not %s: %s. %s", dossier, statement->done,
                         message ? message : "refused", hint ? hint : "");
        return status;
    }
    if (status)
        return status;
    bool ready = json_is_true(json_object_get(reply, "ready"));
    json_array_append(results, reply);
    command_say_line(work, "%s %s%s", dossier, statement->done,
                     ready ? ", to be signed once the partner's node was heard"
                           : ": signed and on its way");
    return COMMAND_DONE;
}

static enum command_exit say_all(struct command_work *work, const struct statement *statement)
{
    json_t *results = command_work_keep(work, json_array());
    enum command_exit worst = COMMAND_DONE;
    size_t done = 0;
    if (work->common.dry_run) {
        for (size_t i = 0; i < work->argument_count; i++)
            command_say_line(work, "Would say of %s: %s", work->arguments[i], statement->done);
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

static json_t *body_with(struct command_work *work, const char *outcome, const char *reason)
{
    return command_work_keep(work,
                             json_pack("{s:s*, s:s*, s:s*}", "outcome", outcome, "reason", reason,
                                       "comment", command_work_flag(work, "comment")));
}

enum command_exit command_decide_accept(struct command_work *work)
{
    struct statement statement = {"decision", "accepted", body_with(work, "accept", NULL),
                                  "peregrin nomination list --direction incoming --state accepted"};
    return say_all(work, &statement);
}

enum command_exit command_decide_refuse(struct command_work *work)
{
    enum command_exit wrong = check_reason(work, reasons_to_refuse);
    struct statement statement = {
        "decision", "refused",
        wrong ? NULL : body_with(work, "refuse", command_work_flag(work, "reason")),
        "peregrin nomination list --direction incoming --state pending"};
    return wrong ? wrong : say_all(work, &statement);
}

enum command_exit command_decide_withdraw(struct command_work *work)
{
    enum command_exit wrong = check_reason(work, reasons_to_withdraw);
    if (!wrong && !work->common.dry_run)
        wrong = command_say_confirm(
            work, command_work_text(
                      work, "Withdraw %s, for good?",
                      command_say_count(work, work->argument_count, "nomination", "nominations")));
    if (wrong)
        return wrong;
    struct statement statement = {"withdrawal", "withdrawn",
                                  body_with(work, NULL, command_work_flag(work, "reason")),
                                  "peregrin nomination list --direction outgoing"};
    return say_all(work, &statement);
}

/* Text as the field wants it: numbers and truth by the field's type, else text. */
static json_t *value_for(const ProtobufCMessageDescriptor *type, const char *name, const char *text)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(type, name);
    uint64_t number;
    json_error_t where;
    if (!field || field->type == PROTOBUF_C_TYPE_STRING ||
        json_record_code(type, name, bytes_text(text), &number))
        return json_string(text);
    json_t *value = json_loads(text, JSON_DECODE_ANY, &where);
    return value ? value : json_string(text);
}

/* Puts one value in its place; `person.email` leads into the person. value NULL: taken out. */
static bool put(json_t *nomination, const char *path, const char *text)
{
    const ProtobufCMessageDescriptor *type = &peregrin__nomination__descriptor;
    json_t *object = nomination;
    if (strncmp(path, "person.", 7) == 0) {
        type = &peregrin__person__descriptor;
        object = json_object_get(nomination, "person");
        path += 7;
    }
    if (!protobuf_c_message_descriptor_get_field_by_name(type, path) || !json_is_object(object))
        return false;
    if (text)
        return json_object_set_new(object, path, value_for(type, path, text)) == 0;
    json_object_del(object, path);
    return true;
}

static enum command_exit unknown_field(struct command_work *work, const char *field)
{
    return command_say_usage(
        work, "as `peregrin nomination show DOSSIER --json` names them: person.email, start",
        "a nomination has no field `%s`", field);
}

static enum command_exit apply_changes(struct command_work *work, json_t *nomination)
{
    const char *change;
    for (size_t i = 0; (change = command_work_flag_nth(work, "set", i)); i++) {
        const char *equals = strchr(change, '=');
        if (!equals)
            return command_say_usage(work, "as in --set person.email=j.novak@uni.example",
                                     "--set wants FIELD=VALUE, got `%s`", change);
        const char *field = command_work_text(work, "%.*s", (int)(equals - change), change);
        if (!put(nomination, field, equals + 1))
            return unknown_field(work, field);
    }
    for (size_t i = 0; (change = command_work_flag_nth(work, "clear", i)); i++)
        if (!put(nomination, change, NULL))
            return unknown_field(work, change);
    return COMMAND_DONE;
}

enum command_exit command_decide_amend(struct command_work *work)
{
    json_t *reply;
    if (!command_work_flag(work, "set") && !command_work_flag(work, "clear"))
        return command_say_usage(work, "add --set FIELD=VALUE or --clear FIELD", "what changes?");
    enum command_exit wrong =
        command_node_get(work, dossier_path(work, work->arguments[0], NULL), &reply);
    if (wrong)
        return wrong;
    const json_t *before = json_object_get(reply, "nomination");
    json_t *after = command_work_keep(work, json_deep_copy(before));
    if (!json_is_object(after))
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_REFUSED, "no_body", "the nomination's content is not here any more",
                      "it was erased or withheld; send a new nomination", NULL, NULL});
    wrong = apply_changes(work, after);
    if (wrong)
        return wrong;
    if (json_equal(before, after)) {
        command_say_line(work, "Nothing changes: %s says this already", work->arguments[0]);
        return COMMAND_DONE;
    }
    struct statement statement = {
        "amendment", "amended", command_work_keep(work, json_pack("{s:O}", "nomination", after)),
        command_work_text(work, "peregrin nomination show %s", work->arguments[0])};
    return say_all(work, &statement);
}
