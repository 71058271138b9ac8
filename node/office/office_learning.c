#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "office/office_plan.h"
#include "office/office_rules.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"

#include <string.h>

enum { DAY_SIZE = 10 };

static const struct command_column list_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "learning", COMMAND_STATE, TABLE_WHOLE},
    {"WAITS FOR", "waits_for", COMMAND_TEXT, TABLE_WHOLE},
    {"REVISIONS", "revisions", COMMAND_COUNT, TABLE_GOES_FIRST},
    {"ECTS", "ects", COMMAND_COUNT, TABLE_WHOLE},
    {"APPROVED", "approved_ects", COMMAND_COUNT, TABLE_GOES_SECOND},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW}, /* with -v */
};

enum { LIST_COLUMNS = sizeof list_columns / sizeof *list_columns };

static const struct command_column unit_columns[] = {
    {"PART", "part", COMMAND_TEXT, TABLE_WHOLE},  {"CODE", "code", COMMAND_TEXT, TABLE_WHOLE},
    {"TITLE", "title", COMMAND_TEXT, TABLE_CUT},  {"ECTS", "ects", COMMAND_COUNT, TABLE_WHOLE},
    {"TERM", "term", COMMAND_COUNT, TABLE_WHOLE},
};

static const struct command_column difference_columns[] = {
    {"WHAT", "what", COMMAND_TEXT, TABLE_WHOLE},     {"PART", "part", COMMAND_TEXT, TABLE_WHOLE},
    {"CODE", "code", COMMAND_TEXT, TABLE_WHOLE},     {"TITLE", "title", COMMAND_TEXT, TABLE_CUT},
    {"ECTS", "ects", COMMAND_COUNT, TABLE_WHOLE},    {"BEFORE", "before", COMMAND_TEXT, TABLE_CUT},
    {"REASON", "reason", COMMAND_TEXT, TABLE_WHOLE},
};

enum command_exit office_learning_list(struct command_work *work)
{
    static const char *const names[] = {"direction", "learning", "waits", "partner", NULL};
    static const struct command_listing listing = {"learning_agreements", list_columns,
                                                   LIST_COLUMNS - 1, "No learning agreements."};
    static const struct command_listing in_full = {"learning_agreements", list_columns,
                                                   LIST_COLUMNS, "No learning agreements."};
    json_t *list;
    enum command_exit wrong =
        command_node_list(work, command_node_query(work, "/api/v1/learning-agreements", names),
                          "learning_agreements", &list);
    return wrong ? wrong
                 : command_list_show(work, work->common.verbose ? &in_full : &listing, list);
}

/* ---- one, with its history ---- */

static enum command_exit dossier_get(struct command_work *work, json_t **dossier)
{
    return command_node_get(work, office_statement_path(work, work->arguments[0], NULL), dossier);
}

static bool is_kind(const json_t *record, const char *kind)
{
    return strcmp(json_string_value(json_object_get(record, "kind")), kind) == 0;
}

static bool counts(const json_t *record)
{
    return !json_is_true(json_object_get(record, "void")) &&
           !json_is_true(json_object_get(record, "out_of_turn"));
}

/* What happened to a learning agreement, in the order in which it was said: lanes are told one
 * after the other, so by their times. */
static json_t *history(struct command_work *work, const json_t *dossier)
{
    const json_t *records = json_object_get(dossier, "records");
    json_t *kept = command_work_keep(work, json_array());
    for (size_t i = 0; i < json_array_size(records); i++) {
        json_t *record = json_array_get(records, i);
        if (!is_kind(record, "learning_agreement") && !is_kind(record, "learning_decision"))
            continue;
        const char *at = json_string_value(json_object_get(record, "issued_at"));
        size_t place = json_array_size(kept);
        while (place > 0 && strcmp(json_string_value(json_object_get(
                                       json_array_get(kept, place - 1), "issued_at")),
                                   at) > 0)
            place--;
        json_array_insert(kept, place, record);
    }
    return kept;
}

static enum command_exit revision_show(struct command_work *work, const json_t *body,
                                       const json_t *before)
{
    static const struct command_listing units = {
        "units", unit_columns, sizeof unit_columns / sizeof *unit_columns, "No units."};
    static const struct command_listing differences = {
        "differences", difference_columns, sizeof difference_columns / sizeof *difference_columns,
        "The units are the same."};
    if (!before)
        return command_list_table(work, &units, office_plan_rows(work, body));
    return command_list_table(work, &differences, office_plan_differences(work, before, body));
}

static enum command_exit history_show(struct command_work *work, const json_t *records)
{
    const json_t *before = NULL;
    size_t number = 0;
    for (size_t i = 0; i < json_array_size(records); i++) {
        const json_t *record = json_array_get(records, i);
        const json_t *body = json_object_get(record, "body");
        const char *issuer = command_list_text(work, record, "issuer", COMMAND_TEXT);
        const char *late = counts(record) ? "" : "  (changed nothing: the other side had gone on)";
        const char *when = command_list_text(work, record, "issued_at", COMMAND_TIME);
        if (is_kind(record, "learning_decision")) {
            const char *comment = command_list_text(work, body, "comment", COMMAND_TEXT);
            command_say_line(
                work, "\n%s %s %s%s%s%s", issuer,
                strcmp(command_list_text(work, body, "outcome", COMMAND_TEXT), "accept") == 0
                    ? "approved"
                    : "commented",
                when, comment[0] ? ": " : "", comment, late);
            continue;
        }
        command_say_line(work, "\nRevision %zu by %s %s, agreed by the student on %s (%s)%s",
                         ++number, issuer, when,
                         command_list_text(work, body, "student_approved_on", COMMAND_TEXT),
                         command_list_text(work, body, "student_approved_by", COMMAND_TEXT), late);
        enum command_exit wrong =
            json_is_object(body) ? revision_show(work, body, before) : COMMAND_DONE;
        if (wrong)
            return wrong;
        before = counts(record) && json_is_object(body) ? body : before;
    }
    return COMMAND_DONE;
}

/* By whom the next word is to be said. */
static void step_say(struct command_work *work, const json_t *dossier, const json_t *learning)
{
    const char *waits = command_list_text(work, learning, "waits_for", COMMAND_TEXT);
    bool incoming =
        strcmp(command_list_text(work, dossier, "direction", COMMAND_TEXT), "incoming") == 0;
    const char *name = command_list_text(work, dossier, "dossier", COMMAND_TEXT);
    if (strcmp(waits, "host") == 0 && incoming)
        command_say_next(work, "peregrin learning approve %s     or comment on it", name);
    if (strcmp(waits, "home") == 0 && !incoming)
        command_say_next(work, "peregrin learning template %s --out FILE     then propose it",
                         name);
}

enum command_exit office_learning_show(struct command_work *work)
{
    json_t *dossier;
    enum command_exit wrong = dossier_get(work, &dossier);
    if (wrong)
        return wrong;
    const json_t *learning = json_object_get(dossier, "learning");
    json_t *records = history(work, dossier);
    command_say_json(
        work, json_pack("{s:i, s:O, s:O}", "schema", 1, "learning", learning, "records", records));
    if (work->common.json)
        return COMMAND_DONE;
    if (!json_is_object(learning)) {
        command_say_line(work, "There is no learning agreement before the nomination is accepted.");
        return COMMAND_DONE;
    }
    command_say_line(work, "%s: %s", command_list_text(work, learning, "state", COMMAND_STATE),
                     command_list_text(work, learning, "sentence", COMMAND_TEXT));
    wrong = history_show(work, records);
    step_say(work, dossier, learning);
    return wrong;
}

/* ---- a file to fill in, and what is in it ---- */

static const json_t *newest_of(const json_t *dossier)
{
    const json_t *newest = json_object_get(json_object_get(dossier, "learning"), "newest");
    return json_is_object(newest) ? newest : NULL;
}

enum command_exit office_learning_template(struct command_work *work)
{
    json_t *dossier;
    const char *path = command_work_flag(work, "out");
    enum command_exit wrong = dossier_get(work, &dossier);
    if (wrong)
        return wrong;
    struct bytes content = office_plan_write(work, newest_of(dossier));
    if (!content.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the template");
    if (!path && work->common.json) {
        command_say_json(work, json_pack("{s:i, s:s%}", "schema", 1, "sheet",
                                         (const char *)content.data, content.size));
        return COMMAND_DONE;
    }
    if (!path) {
        fwrite(content.data, 1, content.size, work->port->out);
        return COMMAND_DONE;
    }
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", path);
        return COMMAND_DONE;
    }
    wrong = command_sheet_save(work, path, content);
    if (wrong)
        return wrong;
    command_say_line(work, "Wrote %s: a row for each unit; part is host, home or virtual", path);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "file", path));
    command_say_next(work, "peregrin learning propose %s %s --approved-by signature",
                     work->arguments[0], path);
    return COMMAND_DONE;
}

static bool is_json(const char *path)
{
    size_t size = strlen(path);
    return size > 5 && strcmp(path + size - 5, ".json") == 0;
}

/* The body itself, or an object that holds it. */
static enum command_exit json_read(struct command_work *work, const char *path, json_t **out)
{
    struct command_file file;
    json_error_t problem;
    int number =
        work->port->read_file(work->port->self, path, COMMAND_FILE_MAX, work->arena, &file);
    if (number)
        return command_say_file(work, path, number);
    json_t *read = json_loadb((const char *)file.content.data, file.content.size,
                              JSON_REJECT_DUPLICATES, &problem);
    if (!json_is_object(read)) {
        json_decref(read);
        return command_say_usage(work, "give the learning agreement as one JSON object",
                                 "%s: line %d: %s", path, read ? 1 : problem.line,
                                 read ? "no object" : problem.text);
    }
    read = command_work_keep(work, read);
    json_t *inner = json_object_get(read, "learning_agreement");
    *out = json_is_object(inner) ? inner : read;
    return COMMAND_DONE;
}

static void set_text(json_t *body, const char *name, const char *text)
{
    if (text && *text)
        json_object_set_new(body, name, json_string(text));
}

/* Flags first, then what the last revision says, then the nomination. */
static void days_fill(struct command_work *work, const json_t *dossier, json_t *body)
{
    static const char *const names[] = {"start", "end"};
    const json_t *nomination = json_object_get(dossier, "nomination");
    for (size_t i = 0; i < 2; i++) {
        const char *said = command_work_flag(work, names[i]);
        if (!said && json_object_get(body, names[i]))
            continue;
        if (!said)
            said = json_string_value(json_object_get(newest_of(dossier), names[i]));
        if (!said)
            said = json_string_value(json_object_get(nomination, names[i]));
        set_text(body, names[i], said);
    }
}

static void flags_fill(struct command_work *work, const json_t *dossier, json_t *body)
{
    char now[INSTANT_TEXT_SIZE];
    instant_text(work->port->now(work->port->self), now);
    const char *on = command_work_flag(work, "approved-on");
    days_fill(work, dossier, body);
    set_text(body, "comment", command_work_flag(work, "comment"));
    set_text(body, "student_approved_by", command_work_flag(work, "approved-by"));
    if (on || !json_object_get(body, "student_approved_on"))
        set_text(body, "student_approved_on",
                 on ? on : command_work_text(work, "%.*s", DAY_SIZE, now));
    const char *language = command_work_flag(work, "language");
    const char *level = command_work_flag(work, "level");
    if (language)
        json_object_set_new(body, "language",
                            json_pack("{s:s, s:s*}", "language", language, "level", level));
    else if (!json_object_get(body, "language") && newest_of(dossier))
        json_object_set(body, "language", json_object_get(newest_of(dossier), "language"));
}

static enum command_exit propose(struct command_work *work, const json_t *dossier, json_t *body)
{
    json_t *reply;
    const char *name = work->arguments[0];
    const char *supersedes = json_string_value(json_object_get(newest_of(dossier), "id"));
    struct command_call call = {
        "POST", office_statement_path(work, name, "learning-agreement"),
        json_pack("{s:O, s:s*}", "learning_agreement", body, "supersedes", supersedes),
        command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s: learning agreement: %s", name, office_statement_fate(reply));
    office_rules_said(work, reply);
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin learning show %s", name);
    return COMMAND_DONE;
}

enum command_exit office_learning_propose(struct command_work *work)
{
    json_t *dossier, *body = NULL;
    const char *path = work->arguments[1];
    enum command_exit wrong = dossier_get(work, &dossier);
    if (!wrong)
        wrong = is_json(path) ? json_read(work, path, &body)
                              : office_plan_read(work, path, newest_of(dossier), &body);
    if (wrong)
        return wrong;
    flags_fill(work, dossier, body);
    if (!json_object_get(body, "student_approved_by"))
        return command_say_usage(work, "add --approved-by signature, account or meeting",
                                 "how did the student agree?");
    if (!work->common.json && !work->common.quiet)
        wrong = revision_show(work, body, newest_of(dossier));
    if (wrong || !work->common.dry_run)
        return wrong ? wrong : propose(work, dossier, body);
    command_say_line(work, "Would propose this in %s", work->arguments[0]);
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "learning_agreement", body));
    return COMMAND_DONE;
}

/* ---- the host's answer ---- */

static enum command_exit answer(struct command_work *work, const char *outcome, const char *done)
{
    json_t *body = command_work_keep(work, json_pack("{s:s, s:s*}", "outcome", outcome, "comment",
                                                     command_work_flag(work, "comment")));
    struct office_statement statement = {
        .resource = "learning-decision",
        .done = done,
        .body = body,
        .next = command_work_text(work, "peregrin learning show %s", work->arguments[0]),
    };
    return office_statement_say(work, &statement);
}

enum command_exit office_learning_approve(struct command_work *work)
{
    return answer(work, "accept", "learning agreement approved");
}

enum command_exit office_learning_comment(struct command_work *work)
{
    if (!command_work_flag(work, "comment"))
        return command_say_usage(work, "add --comment TEXT", "what is the home to change?");
    return answer(work, "refuse", "learning agreement commented on");
}
