#include "office/office_proposal.h"

#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_mapping.h"

#include <string.h>

/* `from`, `to`, `rule` and `grade`, as the API takes them; NULL: left out. */
struct asked {
    const char *from, *to, *rule, *grade;
};

/* *told NULL: refused, and *wrong says why. */
static enum command_exit ask(struct command_work *work, const struct asked *asked,
                             const json_t **told, json_t **wrong)
{
    json_t *reply = NULL;
    json_t *body = json_pack("{s:s, s:s*, s:s*, s:s}", "from", asked->from, "to", asked->to, "rule",
                             asked->rule, "grade", asked->grade);
    const struct command_call call = {
        .method = "POST", .path = "/api/v1/grades/conversions", .body = body};
    *told = NULL;
    *wrong = NULL;
    enum command_exit status = command_node_try(work, &call, &reply, wrong);
    if (status && !*wrong)
        return status;
    *told = status ? NULL : json_object_get(reply, "conversion");
    return COMMAND_DONE;
}

static const char *text_at(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

/* ---- a proposal ------------------------------------------------------------------------------
 */

/* All steps but the tables and the result: where it stands, what overlaps, which rule. */
static const char *steps_text(struct command_work *work, const json_t *told)
{
    const json_t *steps = json_object_get(told, "steps");
    bool levels = strcmp(text_at(told, "by") ? text_at(told, "by") : "", "levels") == 0;
    const char *text = levels ? "by a table of levels" : "";
    for (size_t i = levels ? 1 : 2; i + 1 < json_array_size(steps); i++) {
        const char *step = json_string_value(json_array_get(steps, i));
        text = command_work_text(work, "%s%s%s", text, text[0] ? "; " : "", step ? step : "");
    }
    return text;
}

static void unit_grade(struct command_work *work, const struct asked *asked, const json_t *told,
                       json_t *unit)
{
    const struct {
        const char *name, *text;
    } fields[] = {{"grade", text_at(told, "result")}, {"host_table", asked->from},
                  {"home_table", asked->to},          {"conversion", text_at(told, "rule")},
                  {"host_grade", asked->grade},       {"note", steps_text(work, told)}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].text)
            json_object_set_new(unit, fields[i].name, json_string(fields[i].text));
}

static const char *why_not(struct command_work *work, const json_t *wrong)
{
    const char *message = text_at(wrong, "message"), *hint = text_at(wrong, "hint");
    return command_work_text(work, "not converted: %s%s%s", message ? message : "",
                             hint ? "; " : "", hint ? hint : "");
}

static enum command_exit unit_convert(struct command_work *work, const json_t *component,
                                      json_t *unit)
{
    const char *from = command_work_flag(work, "from");
    const struct asked asked = {.from = from ? from : text_at(component, "scheme"),
                                .to = command_work_flag(work, "to"),
                                .rule = command_work_flag(work, "convert"),
                                .grade = text_at(component, "grade")};
    const json_t *told;
    json_t *wrong;
    if (!asked.from || !asked.grade) {
        json_object_set_new(unit, "note",
                            json_string("not converted: the transcript names no grading scheme; "
                                        "name the host's table with --from"));
        return COMMAND_DONE;
    }
    enum command_exit status = ask(work, &asked, &told, &wrong);
    if (status)
        return status;
    if (told)
        unit_grade(work, &asked, told, unit);
    else
        json_object_set_new(unit, "note", json_string(why_not(work, wrong)));
    return COMMAND_DONE;
}

enum command_exit office_proposal_make(struct command_work *work, const json_t *components,
                                       json_t **recognition)
{
    json_t *groups = office_mapping_proposal(components);
    *recognition = command_work_keep(work, json_pack("{s:o}", "groups", groups));
    for (size_t i = 0; i < json_array_size(groups); i++) {
        json_t *unit = json_array_get(json_object_get(json_array_get(groups, i), "home"), 0);
        enum command_exit wrong =
            unit ? unit_convert(work, json_array_get(components, i), unit) : COMMAND_DONE;
        if (wrong)
            return wrong;
    }
    return COMMAND_DONE;
}

/* ---- a decision ------------------------------------------------------------------------------
 */

static enum command_exit unit_check(struct command_work *work, const json_t *unit)
{
    const struct asked asked = {text_at(unit, "host_table"), text_at(unit, "home_table"),
                                text_at(unit, "conversion"), text_at(unit, "host_grade")};
    const char *grade = text_at(unit, "grade");
    const json_t *told;
    json_t *wrong;
    if (!asked.from)
        return COMMAND_DONE;
    if (!asked.grade || !grade)
        return command_say_usage(work, "fill in home_grade, or empty host_table",
                                 "host_table %s: there is no grade that was converted", asked.from);
    enum command_exit status = ask(work, &asked, &told, &wrong);
    const char *result = told ? text_at(told, "result") : NULL;
    if (status || (result && strcmp(result, grade) == 0))
        return status;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  .status = COMMAND_REFUSED,
                  .code = "grade.converted",
                  .what = command_work_text(
                      work, "the tables do not give this grade: expected %s, got `%s` for `%s`",
                      result ? command_work_text(work, "`%s`", result)
                             : command_work_text(work, "none (%s)", why_not(work, wrong)),
                      grade, asked.grade),
                  .remedy = "take the tables' grade, or empty host_table where a person decides "
                            "otherwise"});
}

enum command_exit office_proposal_check(struct command_work *work, const json_t *recognition)
{
    const json_t *groups = json_object_get(recognition, "groups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *home = json_object_get(json_array_get(groups, i), "home");
        for (size_t j = 0; j < json_array_size(home); j++) {
            enum command_exit wrong = unit_check(work, json_array_get(home, j));
            if (wrong)
                return wrong;
        }
    }
    return COMMAND_DONE;
}
