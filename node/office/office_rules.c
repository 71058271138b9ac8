#include "office/office_rules.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"
#include "sheet/sheet_write.h"

#include <string.h>

static const char *text_of(struct command_work *work, const json_t *one, const char *name)
{
    return command_list_text(work, one, name, COMMAND_TEXT);
}

/* ---- beside other commands ---------------------------------------------------------------------
 */

/* What a rule is about, in the singular and the plural, and where it is said. */
struct telling {
    const char *one, *many;
    bool aside; /* beside the result */
};

/* Of one rule, with the same limit. */
static bool together(struct command_work *work, const json_t *one, const json_t *other)
{
    return strcmp(text_of(work, one, "rule"), text_of(work, other, "rule")) == 0 &&
           strcmp(text_of(work, one, "expected"), text_of(work, other, "expected")) == 0;
}

/* `2, 4, 9 and 12 more`: of which the first is given. */
static const char *rows_of(struct command_work *work, const json_t *warnings, const json_t *first,
                           bool *alone)
{
    const char *rows = "";
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const json_t *one = json_array_get(warnings, i);
        if (!together(work, one, first))
            continue;
        if (count++ < OFFICE_RULES_ROWS)
            rows = command_work_text(work, "%s%s%s", rows, *rows ? ", " : "",
                                     text_of(work, one, "row"));
    }
    *alone = count == 1;
    return count > OFFICE_RULES_ROWS
               ? command_work_text(work, "%s and %zu more", rows, count - OFFICE_RULES_ROWS)
               : rows;
}

/* Whether none before it is of the same rule and limit. */
static bool is_first(struct command_work *work, const json_t *warnings, size_t at)
{
    size_t i = 0;
    while (!together(work, json_array_get(warnings, i), json_array_get(warnings, at)))
        i++;
    return i == at;
}

static void tell(struct command_work *work, const struct telling *telling, const char *text)
{
    if (telling->aside)
        command_say_note(work, "%s", text);
    else
        command_say_line(work, "%s", text);
}

static void tell_each(struct command_work *work, const struct telling *telling,
                      const json_t *warnings, const json_t *first)
{
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const json_t *one = json_array_get(warnings, i);
        if (together(work, one, first))
            tell(work, telling,
                 command_work_text(work, "    %s %s: expected %s, got %s", telling->one,
                                   text_of(work, one, "row"), text_of(work, one, "expected"),
                                   text_of(work, one, "got")));
    }
}

/* What it got is said at once where it is about one row alone. */
static void tell_limit(struct command_work *work, const struct telling *telling,
                       const json_t *warnings, const json_t *first, const json_t *rule)
{
    bool alone;
    const char *rows = rows_of(work, warnings, first, &alone);
    const char *got = alone ? command_work_text(work, ", got %s", text_of(work, first, "got")) : "";
    tell(work, telling,
         command_work_text(work, "  %s  %s %s: %s (expected %s%s)", text_of(work, first, "rule"),
                           alone ? telling->one : telling->many, rows,
                           text_of(work, rule, "sentence"), text_of(work, first, "expected"), got));
    if (work->common.verbose)
        tell_each(work, telling, warnings, first);
}

/* A rule's limit is another one for another kind of mobility, or day. */
static void tell_rule(struct command_work *work, const struct telling *telling,
                      const json_t *warnings, const json_t *rule)
{
    const char *id = text_of(work, rule, "rule");
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const json_t *one = json_array_get(warnings, i);
        if (strcmp(text_of(work, one, "rule"), id) == 0 && is_first(work, warnings, i))
            tell_limit(work, telling, warnings, one, rule);
    }
}

static void tell_all(struct command_work *work, const struct telling *telling, const json_t *rules,
                     const json_t *warnings)
{
    size_t count = json_array_size(rules);
    if (!count)
        return;
    tell(work, telling,
         command_work_text(work, "%s %s not kept, which refuses nothing:",
                           command_say_count(work, count, "rule", "rules"),
                           count == 1 ? "is" : "are"));
    for (size_t i = 0; i < count; i++)
        tell_rule(work, telling, warnings, json_array_get(rules, i));
    command_say_note(work, "  where a rule is from, and its limits: peregrin rules explain RULE");
}

void office_rules_import(struct command_work *work, const json_t *reply)
{
    static const struct telling telling = {"row", "rows", false};
    tell_all(work, &telling, json_object_get(reply, "rules"), json_object_get(reply, "warnings"));
}

/* One more of the rule, which may be there already. */
static void rule_count(json_t *rules, const json_t *warning)
{
    const char *rule = json_string_value(json_object_get(warning, "rule"));
    for (size_t i = 0; rule && i < json_array_size(rules); i++) {
        json_t *one = json_array_get(rules, i);
        const char *other = json_string_value(json_object_get(one, "rule"));
        if (!other || strcmp(other, rule) != 0)
            continue;
        json_int_t rows = json_integer_value(json_object_get(one, "rows"));
        json_object_set_new(one, "rows", json_integer(rows + 1));
        return;
    }
    json_t *first = json_copy((json_t *)(uintptr_t)warning);
    json_object_set_new(first, "rows", json_integer(1));
    json_array_append_new(rules, first);
}

/* As a list that was imported: by rule, with what each answer is about in place of rows. */
static void tell_answers(struct command_work *work, const struct telling *telling,
                         const json_t *answers, const char *about)
{
    json_t *rules = command_work_keep(work, json_array());
    json_t *warnings = command_work_keep(work, json_array());
    for (size_t i = 0; i < json_array_size(answers); i++) {
        const json_t *one = json_array_get(answers, i), *list = json_object_get(one, "warnings");
        for (size_t j = 0; j < json_array_size(list); j++) {
            json_t *warning = json_copy(json_array_get(list, j));
            json_object_set(warning, "row", json_object_get(one, about));
            json_array_append_new(warnings, warning);
            rule_count(rules, warning);
        }
    }
    tell_all(work, telling, rules, warnings);
}

bool office_rules_sent(struct command_work *work, const json_t *sent)
{
    static const struct telling telling = {"draft", "drafts", true};
    bool warned = false;
    for (size_t i = 0; i < json_array_size(sent); i++)
        warned = warned || json_array_size(json_object_get(json_array_get(sent, i), "warnings"));
    tell_answers(work, &telling, sent, "number");
    return warned;
}

void office_rules_issued(struct command_work *work, const json_t *answers)
{
    static const struct telling telling = {"dossier", "dossiers", true};
    tell_answers(work, &telling, answers, "dossier");
}

void office_rules_said(struct command_work *work, const json_t *answer)
{
    const json_t *warnings = json_object_get(answer, "warnings");
    size_t count = json_array_size(warnings);
    if (!count)
        return;
    command_say_note(
        work, "%s not kept, which refuses nothing:", count == 1 ? "A rule is" : "Some rules are");
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(warnings, i);
        const char *field = text_of(work, one, "field");
        command_say_note(work, "  %s%s%s: %s (expected %s, got %s). To do: %s",
                         text_of(work, one, "rule"), *field ? "  " : "", field,
                         text_of(work, one, "sentence"), text_of(work, one, "expected"),
                         text_of(work, one, "got"), text_of(work, one, "remedy"));
    }
    command_say_note(work, "  where a rule is from, and its limits: peregrin rules explain RULE");
}

static void show_one(struct command_work *work, const json_t *one)
{
    if (json_is_string(json_object_get(one, "missing")))
        command_say_line(work, "  %s  not checked, for want of %s", text_of(work, one, "rule"),
                         text_of(work, one, "missing"));
    else
        command_say_line(work, "  %s  %s: %s; expected %s, got %s. To do: %s",
                         text_of(work, one, "rule"), text_of(work, one, "severity"),
                         text_of(work, one, "sentence"), text_of(work, one, "expected"),
                         text_of(work, one, "got"), text_of(work, one, "remedy"));
}

void office_rules_show(struct command_work *work, const json_t *reply)
{
    const json_t *rules = json_object_get(reply, "rules");
    bool said = json_is_string(json_object_get(reply, "rules_sentence"));
    size_t unchecked = 0;
    if (!json_array_size(rules) && !json_is_true(json_object_get(reply, "rules_changed")))
        return;
    command_say_line(work, "\nRules%s%s", said ? ": " : "",
                     said ? text_of(work, reply, "rules_sentence") : "");
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *one = json_array_get(rules, i);
        bool lacks = json_is_string(json_object_get(one, "missing"));
        unchecked += lacks;
        if (!lacks || work->common.verbose)
            show_one(work, one);
    }
    bool changed = json_is_true(json_object_get(reply, "rules_changed"));
    if (json_is_string(json_object_get(reply, "rules_at")) && (changed || work->common.verbose))
        command_say_line(work, "  found when it came, %s, by edition %s of the rules%s",
                         command_list_text(work, reply, "rules_at", COMMAND_TIME),
                         text_of(work, reply, "rules_edition"),
                         changed ? "; they have changed since: --rules now asks them again" : "");
    if (unchecked && !work->common.verbose)
        command_say_line(work, "  %s not checked: -v says what nobody has told",
                         command_say_count(work, unchecked, "rule", "rules"));
}

/* ---- the rules themselves ----------------------------------------------------------------------
 */

static const struct command_column setting_columns[] = {
    {"SETTING", "setting", COMMAND_TEXT, TABLE_WHOLE},
    {"OF", "of", COMMAND_TEXT, TABLE_WHOLE},
    {"FROM", "from", COMMAND_TEXT, TABLE_WHOLE},
    {"UNTIL", "until", COMMAND_TEXT, TABLE_WHOLE},
    {"VALUE", "value", COMMAND_TEXT, TABLE_WHOLE},
    {"UNIT", "unit", COMMAND_TEXT, TABLE_WHOLE},
    {"SOURCE", "source", COMMAND_TEXT, TABLE_BELOW},
    {"INSTITUTION", "institution", COMMAND_TEXT, TABLE_GOES_FIRST},
};

static const struct command_listing settings = {"settings", setting_columns,
                                                sizeof setting_columns / sizeof *setting_columns,
                                                "No limits: the rule compares facts."};

enum command_exit office_rules_list(struct command_work *work)
{
    static const struct command_column columns[] = {
        {"RULE", "rule", COMMAND_TEXT, TABLE_WHOLE},
        {"SEVERITY", "severity", COMMAND_STATE, TABLE_WHOLE},
        {"COMPARES", "compares", COMMAND_TEXT, TABLE_BELOW},
        {"KINDS", "kinds", COMMAND_TEXT, TABLE_GOES_FIRST},
    };
    static const struct command_listing listing = {
        "rules", columns, sizeof columns / sizeof *columns, "No such rules."};
    static const char *const names[] = {"kind", "own", NULL};
    json_t *reply;
    enum command_exit wrong =
        command_node_get(work, command_node_query(work, "/api/v1/rules", names), &reply);
    return wrong ? wrong : command_list_show(work, &listing, json_object_get(reply, "rules"));
}

/* As the file that the setting `rules` names is read. */
static enum command_exit settings_write(struct command_work *work, const json_t *list)
{
    enum { COLUMNS = sizeof setting_columns / sizeof *setting_columns };
    size_t count = json_array_size(list);
    struct sheet_row *rows = arena_take_array(work->arena, count + 1, sizeof *rows);
    struct bytes *cells = arena_take_array(work->arena, (count + 1) * COLUMNS, sizeof *cells);
    struct bytes content;
    for (size_t i = 0; rows && cells && i < (count + 1) * COLUMNS; i++) {
        const char *name = setting_columns[i % COLUMNS].name;
        const json_t *cell =
            i < COLUMNS ? NULL : json_object_get(json_array_get(list, i / COLUMNS - 1), name);
        const char *text = i < COLUMNS ? name : json_string_value(cell);
        cells[i] = bytes_text(text ? text : "");
    }
    for (size_t i = 0; rows && cells && i <= count; i++)
        rows[i] = (struct sheet_row) {.number = i + 1,
                                      .cells = cells + i * COLUMNS,
                                      .cell_count = COLUMNS,
                                      .next = i < count ? &rows[i + 1] : NULL};
    const struct sheet_writing writing = {.name = "Rules", .rows = rows};
    if (!rows || !cells || sheet_write_csv(&writing, ',', false, work->arena, &content))
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the settings");
    fwrite(content.data, 1, content.size, work->port->out);
    return COMMAND_DONE;
}

enum command_exit office_rules_settings(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/rule-settings", &reply);
    if (wrong)
        return wrong;
    const json_t *list = json_object_get(reply, "settings");
    return command_work_flag(work, "csv") ? settings_write(work, list)
                                          : command_list_show(work, &settings, list);
}

enum command_exit office_rules_explain(struct command_work *work)
{
    static const struct command_column fields[] = {
        {"Rule", "rule", COMMAND_TEXT, TABLE_WHOLE},
        {"For", "kinds", COMMAND_TEXT, TABLE_WHOLE},
        {"Here it does", "severity", COMMAND_TEXT, TABLE_WHOLE},
        {"Compares", "compares", COMMAND_TEXT, TABLE_WHOLE},
        {"Says", "sentence", COMMAND_TEXT, TABLE_WHOLE},
        {"What to do", "remedy", COMMAND_TEXT, TABLE_WHOLE},
        {"Source", "source", COMMAND_TEXT, TABLE_WHOLE},
    };
    static const char *const names[] = {"own", NULL};
    const char *path =
        command_work_text(work, "/api/v1/rules/%s", command_node_escape(work, work->arguments[0]));
    json_t *reply;
    enum command_exit wrong = command_node_get(work, command_node_query(work, path, names), &reply);
    if (wrong)
        return wrong;
    if (work->common.json) {
        command_say_json(work, json_incref(reply));
        return COMMAND_DONE;
    }
    command_list_fields(work, json_object_get(reply, "rule"), fields,
                        sizeof fields / sizeof *fields);
    command_say_line(work, "%s", "");
    wrong = command_list_show(work, &settings, json_object_get(reply, "settings"));
    command_say_next(work, "a row in the file of `rules` in the configuration says otherwise: "
                           "peregrin config explain rules");
    return wrong;
}
