#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_course.h"
#include "office/office_mapping.h"
#include "office/office_proposal.h"
#include "office/office_rules.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"

#include <string.h>

enum { DAY_SIZE = 10, FILE_MODE = 0600 };

static const struct command_column list_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"UNITS", "components", COMMAND_COUNT, TABLE_GOES_FIRST},
    {"ECTS", "total_ects", COMMAND_COUNT, TABLE_WHOLE},
    {"RECOGNISED", "recognised_ects", COMMAND_COUNT, TABLE_WHOLE},
    {"DECIDED", "decided_on", COMMAND_TEXT, TABLE_GOES_SECOND},
};

static const struct command_column group_columns[] = {
    {"GROUP", "group", COMMAND_COUNT, TABLE_WHOLE},
    {"HOST", "host_title", COMMAND_TEXT, TABLE_CUT},
    {"ECTS", "host_ects", COMMAND_COUNT, TABLE_WHOLE},
    {"GRADE", "host_grade", COMMAND_TEXT, TABLE_WHOLE},
    {"HOME", "home_title", COMMAND_TEXT, TABLE_CUT},
    {"ECTS", "home_ects", COMMAND_COUNT, TABLE_WHOLE},
    {"GRADE", "home_grade", COMMAND_TEXT, TABLE_WHOLE},
    {"REASON", "reason", COMMAND_TEXT, TABLE_WHOLE},
};

enum command_exit office_recognition_list(struct command_work *work)
{
    static const char *const names[] = {"direction", "state", "partner", NULL};
    static const struct command_listing listing = {"recognitions", list_columns,
                                                   sizeof list_columns / sizeof *list_columns,
                                                   "No transcripts, and so no recognitions."};
    json_t *list;
    enum command_exit wrong = command_node_list(
        work, command_node_query(work, "/api/v1/recognitions", names), "recognitions", &list);
    return wrong ? wrong : command_list_show(work, &listing, list);
}

/* The dossier as the node shows it, with its transcript. */
static enum command_exit dossier_get(struct command_work *work, json_t **dossier,
                                     json_t **transcript)
{
    const char *name = work->arguments[0];
    enum command_exit wrong =
        command_node_get(work, office_statement_path(work, name, NULL), dossier);
    if (wrong)
        return wrong;
    *transcript = office_course_transcript(*dossier);
    if (json_is_object(json_object_get(*transcript, "body")))
        return COMMAND_DONE;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  .status = COMMAND_NOT_FOUND,
                  .code = "no_transcript",
                  .what = command_work_text(work, "%s has no transcript to recognise", name),
                  .remedy = "`peregrin nomination show` says who must act"});
}

/* ---- what is recognised, as a table ---- */

static const char *text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static json_t *row_of(struct command_work *work, const json_t *group, size_t i,
                      const json_t *components)
{
    const json_t *home = json_array_get(json_object_get(group, "home"), i);
    const json_t *place = json_array_get(json_object_get(group, "components"), i);
    const json_t *host =
        place ? json_array_get(components, (size_t)json_integer_value(place)) : NULL;
    json_int_t host_ects = json_integer_value(json_object_get(host, "ects_hundredths"));
    json_int_t home_ects = json_integer_value(json_object_get(home, "ects_hundredths"));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "host_title", text_at(host, "title"),
                     "host_ects", host ? office_mapping_ects(work, host_ects) : "", "host_grade",
                     text_at(host, "grade"), "home_title", text_at(home, "title"), "home_ects",
                     home ? office_mapping_ects(work, home_ects) : "", "home_grade",
                     text_at(home, "grade"), "reason", i ? "" : text_at(group, "reason"));
}

static enum command_exit groups_show(struct command_work *work, const json_t *recognition,
                                     const json_t *transcript)
{
    static const struct command_listing listing = {
        "groups", group_columns, sizeof group_columns / sizeof *group_columns, "Nothing."};
    const json_t *components = json_object_get(json_object_get(transcript, "body"), "components");
    const json_t *groups = json_object_get(recognition, "groups");
    json_t *rows = command_work_keep(work, json_array());
    for (size_t g = 0; g < json_array_size(groups); g++) {
        const json_t *group = json_array_get(groups, g);
        size_t hosts = json_array_size(json_object_get(group, "components"));
        size_t homes = json_array_size(json_object_get(group, "home"));
        for (size_t i = 0; i < hosts || i < homes; i++) {
            json_t *row = row_of(work, group, i, components);
            json_object_set_new(row, "group",
                                i ? json_string("") : json_integer((json_int_t)g + 1));
            json_array_append_new(rows, row);
        }
    }
    enum command_exit wrong = command_list_table(work, &listing, rows);
    json_int_t earned = json_integer_value(
        json_object_get(json_object_get(transcript, "body"), "total_hundredths"));
    json_int_t total = json_integer_value(json_object_get(recognition, "total_hundredths"));
    command_say_line(work, "%s of %s ECTS recognised", office_mapping_ects(work, total),
                     office_mapping_ects(work, earned));
    return wrong;
}

/* Which grades were found by tables, and by which. */
static void conversions_show(struct command_work *work, const json_t *recognition)
{
    const json_t *groups = json_object_get(recognition, "groups");
    for (size_t g = 0; g < json_array_size(groups); g++) {
        const json_t *home = json_object_get(json_array_get(groups, g), "home");
        for (size_t i = 0; i < json_array_size(home); i++) {
            const json_t *unit = json_array_get(home, i);
            const char *own = text_at(unit, "home_table"), *rule = text_at(unit, "conversion");
            if (text_at(unit, "host_table")[0])
                command_say_line(work, "Group %zu: `%s` became `%s` by %s%s%s%s%s", g + 1,
                                 text_at(unit, "host_grade"), text_at(unit, "grade"),
                                 text_at(unit, "host_table"), own[0] ? " and " : "", own,
                                 rule[0] ? ", rule " : "", rule);
        }
    }
}

enum command_exit office_recognition_show(struct command_work *work)
{
    json_t *dossier, *transcript;
    enum command_exit wrong = dossier_get(work, &dossier, &transcript);
    if (wrong)
        return wrong;
    const json_t *recognition = json_object_get(dossier, "recognition");
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "recognition", recognition));
    if (work->common.json)
        return COMMAND_DONE;
    if (!json_is_object(recognition)) {
        command_say_line(work, "Nothing is recognised yet.");
        office_course_step(work, dossier);
        return COMMAND_DONE;
    }
    wrong = groups_show(work, recognition, transcript);
    conversions_show(work, recognition);
    const char *rule = command_list_text(work, recognition, "rule", COMMAND_TEXT);
    command_say_line(work, "Decided by %s on %s%s%s",
                     command_list_text(work, recognition, "issuer", COMMAND_TEXT),
                     command_list_text(work, recognition, "decided_on", COMMAND_TEXT),
                     rule[0] ? " by " : "", rule);
    return wrong;
}

/* ---- a file to fill in ---- */

/* What is recognised already, else a proposal; NULL: that without grades. */
static enum command_exit groups_propose(struct command_work *work, const json_t *dossier,
                                        const json_t *transcript, const json_t **out)
{
    const json_t *recognition = json_object_get(dossier, "recognition");
    const char *rule = command_work_flag(work, "convert");
    json_t *proposed;
    *out = json_is_object(recognition) ? recognition : NULL;
    if (!rule && (command_work_flag(work, "from") || command_work_flag(work, "to")))
        return command_say_usage(work, "add --convert with your institution's rule",
                                 "--from and --to say how grades are converted");
    if (!rule)
        return COMMAND_DONE;
    enum command_exit wrong = office_proposal_make(
        work, json_object_get(json_object_get(transcript, "body"), "components"), &proposed);
    *out = proposed;
    return wrong;
}

enum command_exit office_recognition_propose(struct command_work *work)
{
    json_t *dossier, *transcript;
    const json_t *recognition = NULL;
    const char *path = command_work_flag(work, "out");
    enum command_exit wrong = dossier_get(work, &dossier, &transcript);
    if (!wrong)
        wrong = groups_propose(work, dossier, transcript, &recognition);
    if (wrong)
        return wrong;
    struct command_file file = {.content = office_mapping_write(work, transcript, recognition),
                                .mode = FILE_MODE};
    size_t units =
        json_array_size(json_object_get(json_object_get(transcript, "body"), "components"));
    if (!file.content.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the proposal");
    if (!path && work->common.json) {
        command_say_json(work, json_pack("{s:i, s:s%}", "schema", 1, "sheet",
                                         (const char *)file.content.data, file.content.size));
        return COMMAND_DONE;
    }
    if (!path) {
        fwrite(file.content.data, 1, file.content.size, work->port->out);
        command_say_next(work, "peregrin recognition decide %s FILE     when it is filled in",
                         work->arguments[0]);
        return COMMAND_DONE;
    }
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s to %s",
                          command_say_count(work, units, "component", "components"), path);
        return COMMAND_DONE;
    }
    int problem = work->port->write_file(work->port->self, path, &file, work->common.yes);
    if (problem)
        return command_say_file(work, path, problem);
    command_say_line(work,
                     "Wrote %s to %s: change what is recognised, rows of one group belong "
                     "together",
                     command_say_count(work, units, "component", "components"), path);
    command_say_json(work, json_pack("{s:i, s:s, s:I}", "schema", 1, "file", path, "components",
                                     (json_int_t)units));
    command_say_next(work, "peregrin recognition decide %s %s", work->arguments[0], path);
    return COMMAND_DONE;
}

/* ---- the decision ---- */

static enum command_exit problems_say(struct command_work *work,
                                      const struct office_mapping *mapping)
{
    static const struct command_column columns[] = {
        {"ROW", "row", COMMAND_COUNT, TABLE_WHOLE},
        {"COLUMN", "column", COMMAND_TEXT, TABLE_WHOLE},
        {"CELL", "cell", COMMAND_TEXT, TABLE_CUT},
        {"EXPECTED", "expected", COMMAND_TEXT, TABLE_BELOW},
    };
    static const struct command_listing listing = {
        "problems", columns, sizeof columns / sizeof *columns, "No problems."};
    json_t *rows = command_work_keep(work, json_array());
    for (size_t i = 0; i < mapping->problem_count; i++) {
        const struct office_mapping_problem *one = &mapping->problems[i];
        json_array_append_new(
            rows, json_pack("{s:o, s:s, s:s, s:s}", "row",
                            one->row ? json_integer((json_int_t)one->row) : json_string(""),
                            "column", one->column, "cell", one->cell, "expected", one->expected));
    }
    enum command_exit wrong =
        work->common.json ? COMMAND_DONE : command_list_table(work, &listing, rows);
    if (wrong)
        return wrong;
    return command_say_wrong(
        work, &(struct command_wrong) {.status = COMMAND_PROBLEMS,
                                       .code = "rows",
                                       .what = "some rows cannot be used; nothing was recognised",
                                       .remedy = "mend the file and do the same again"});
}

/* What the user adds to the rows. */
static void flags_add(struct command_work *work, json_t *recognition)
{
    static const char *const texts[] = {"rule", "comment"};
    const char *date = command_work_flag(work, "date");
    char now[INSTANT_TEXT_SIZE];
    instant_text(work->port->now(work->port->self), now);
    json_object_set_new(recognition, "decided_on",
                        date ? json_string(date) : json_stringn(now, DAY_SIZE));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = command_work_flag(work, texts[i]);
        if (text)
            json_object_set_new(recognition, texts[i], json_string(text));
    }
}

static enum command_exit send(struct command_work *work, const json_t *dossier,
                              const struct office_mapping *mapping)
{
    json_t *reply;
    const char *name = work->arguments[0];
    const char *transcript =
        mapping->transcript ? mapping->transcript : office_course_id(dossier, "transcript");
    json_t *body = json_pack("{s:O, s:s*, s:s*}", "recognition", mapping->recognition, "transcript",
                             transcript, "supersedes", office_course_id(dossier, "recognition"));
    struct command_call call = {"POST", office_statement_path(work, name, "recognition"), body,
                                command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s: recognition: %s", name, office_statement_fate(reply));
    office_rules_said(work, reply);
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin recognition show %s", name);
    return COMMAND_DONE;
}

enum command_exit office_recognition_decide(struct command_work *work)
{
    json_t *dossier, *transcript;
    struct office_mapping mapping;
    enum command_exit wrong = dossier_get(work, &dossier, &transcript);
    if (!wrong)
        wrong = office_mapping_read(work, work->arguments[1], transcript, &mapping);
    if (wrong)
        return wrong;
    if (mapping.problem_count)
        return problems_say(work, &mapping);
    wrong = office_proposal_check(work, mapping.recognition);
    if (wrong)
        return wrong;
    flags_add(work, mapping.recognition);
    if (!work->common.json)
        wrong = groups_show(work, mapping.recognition, transcript);
    if (wrong)
        return wrong;
    if (!work->common.dry_run)
        return send(work, dossier, &mapping);
    command_say_line(work, "Would recognise this in %s", work->arguments[0]);
    command_say_json(work,
                     json_pack("{s:i, s:O}", "schema", 1, "recognition", mapping.recognition));
    return COMMAND_DONE;
}
