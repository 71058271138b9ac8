#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "mobility.pb-c.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"
#include "report/json_record.h"

#include <string.h>

static const char *const reasons_to_refuse[] = {"places",    "level",    "field", "language",
                                                "documents", "deadline", "other", NULL};
static const char *const reasons_to_revoke[] = {"error",  "places", "documents", "conduct",
                                                "absent", "other",  NULL};
static const char *const reasons_to_withdraw[] = {"student", "home", "duplicate", "other", NULL};

static json_t *body_with(struct command_work *work, const char *outcome, const char *reason)
{
    return command_work_keep(work,
                             json_pack("{s:s*, s:s*, s:s*}", "outcome", outcome, "reason", reason,
                                       "comment", command_work_flag(work, "comment")));
}

enum command_exit office_decide_accept(struct command_work *work)
{
    const char *over = command_work_flag(work, "over-quota");
    json_t *body = body_with(work, "accept", NULL);
    if (over)
        json_object_set_new(body, "over_quota", json_string(over));
    struct office_statement statement = {
        .resource = "decision",
        .done = "accepted",
        .body = body,
        .next = "peregrin nomination list --direction incoming --state accepted",
    };
    return office_statement_say(work, &statement);
}

enum command_exit office_decide_refuse(struct command_work *work)
{
    enum command_exit wrong = office_statement_reason(work, reasons_to_refuse);
    struct office_statement statement = {
        .resource = "decision",
        .done = "refused",
        .body = wrong ? NULL : body_with(work, "refuse", command_work_flag(work, "reason")),
        .next = "peregrin nomination list --direction incoming --state pending",
    };
    return wrong ? wrong : office_statement_say(work, &statement);
}

enum command_exit office_decide_withdraw(struct command_work *work)
{
    enum command_exit wrong = office_statement_reason(work, reasons_to_withdraw);
    if (!wrong && !work->common.dry_run)
        wrong = command_say_confirm(
            work, command_work_text(
                      work, "Withdraw %s, for good?",
                      command_say_count(work, work->argument_count, "nomination", "nominations")));
    if (wrong)
        return wrong;
    struct office_statement statement = {
        .resource = "withdrawal",
        .done = "withdrawn",
        .body = body_with(work, NULL, command_work_flag(work, "reason")),
        .next = "peregrin nomination list --direction outgoing",
    };
    return office_statement_say(work, &statement);
}

enum command_exit office_decide_waitlist(struct command_work *work)
{
    struct office_statement statement = {
        .resource = "decision",
        .done = "put on the waiting list",
        .body = body_with(work, "waitlist", NULL),
        .next = "peregrin nomination list --direction incoming --state waitlisted",
    };
    return office_statement_say(work, &statement);
}

/* What is taken back is named: acceptance or transcript. */
static enum command_exit revoke(struct command_work *work, const char *of, const char *question,
                                struct office_statement *statement)
{
    enum command_exit wrong = office_statement_reason(work, reasons_to_revoke);
    if (!wrong && !work->common.dry_run)
        wrong = command_say_confirm(work, question);
    if (wrong)
        return wrong;
    json_t *body = body_with(work, NULL, command_work_flag(work, "reason"));
    json_object_set_new(body, "of", json_string(of));
    statement->resource = "revocation";
    statement->body = body;
    return office_statement_say(work, statement);
}

enum command_exit office_decide_revoke(struct command_work *work)
{
    struct office_statement statement = {
        .done = "revoked", .next = "peregrin nomination list --direction incoming --state revoked"};
    return revoke(work, "acceptance",
                  command_work_text(
                      work, "Take back the acceptance of %s, for good?",
                      command_say_count(work, work->argument_count, "nomination", "nominations")),
                  &statement);
}

enum command_exit office_decide_revoke_transcript(struct command_work *work)
{
    struct office_statement statement = {
        .done = "without a transcript again",
        .next = command_work_text(work, "peregrin transcript issue %s FILE", work->arguments[0])};
    return revoke(work, "transcript",
                  command_work_text(
                      work, "Take back %s?",
                      command_say_count(work, work->argument_count, "transcript", "transcripts")),
                  &statement);
}

enum command_exit office_decide_revoke_recognition(struct command_work *work)
{
    struct office_statement statement = {
        .done = "no longer recognised",
        .next = command_work_text(work, "peregrin recognition propose %s", work->arguments[0])};
    return revoke(work, "recognition",
                  command_work_text(
                      work, "Take back %s?",
                      command_say_count(work, work->argument_count, "recognition", "recognitions")),
                  &statement);
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

enum command_exit office_decide_amend(struct command_work *work)
{
    json_t *reply;
    if (!command_work_flag(work, "set") && !command_work_flag(work, "clear"))
        return command_say_usage(work, "add --set FIELD=VALUE or --clear FIELD", "what changes?");
    enum command_exit wrong =
        command_node_get(work, office_statement_path(work, work->arguments[0], NULL), &reply);
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
    struct office_statement statement = {
        .resource = "amendment",
        .done = "amended",
        .body = command_work_keep(work, json_pack("{s:O}", "nomination", after)),
        .next = command_work_text(work, "peregrin nomination show %s", work->arguments[0]),
    };
    return office_statement_say(work, &statement);
}
