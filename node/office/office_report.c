#include "command/command_flag.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "office/office_verbs.h"

#include <stdlib.h>
#include <string.h>

enum { COHORT_DIGITS = 9 };

/* ---- as tables ---- */

/* What becomes of a column at a narrow terminal; all others stay whole. */
static enum table_shrink shrinks_of(const char *name)
{
    static const struct {
        const char *name;
        enum table_shrink shrinks;
    } rows[] = {
        {"nominated_in", TABLE_GOES_FIRST},
        {"nominated_out", TABLE_GOES_SECOND},
        {"given_back", TABLE_GOES_FIRST},
        {"mean", TABLE_GOES_SECOND},
        {"applications", TABLE_GOES_THIRD},
        {"group", TABLE_CUT},
        {"within", TABLE_CUT},
        {"groups", TABLE_CUT},
        {"command", TABLE_BELOW},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, name) == 0)
            return rows[i].shrinks;
    return TABLE_WHOLE;
}

/* A column in which nothing stands is left away, as tables do. */
static enum command_exit table_show(struct command_work *work, const json_t *table)
{
    struct command_column columns[TABLE_COLUMNS_MAX] = {0};
    const json_t *list = json_object_get(table, "columns");
    size_t count = json_array_size(list);
    json_t *rows = json_object_get(table, "rows"), *entry, *column;
    count = count < TABLE_COLUMNS_MAX ? count : TABLE_COLUMNS_MAX;
    for (size_t i = 0; i < count; i++) {
        column = json_array_get(list, i);
        columns[i] = (struct command_column) {
            .title = command_list_text(work, column, "title", COMMAND_TEXT),
            .name = command_list_text(work, column, "name", COMMAND_TEXT),
            .style = json_is_true(json_object_get(column, "number")) ? COMMAND_COUNT : COMMAND_TEXT,
            .shrinks = shrinks_of(command_list_text(work, column, "name", COMMAND_TEXT))};
    }
    size_t index, name;
    json_array_foreach(rows, index, entry)
    {
        json_array_foreach(json_object_get(entry, "hidden"), name, column)
            json_object_set_new(entry, json_string_value(column), json_string("hidden"));
        json_array_foreach(json_object_get(entry, "few"), name, column)
            json_object_set_new(entry, json_string_value(column), json_string("fewer than 5"));
    }
    const struct command_listing listing = {"rows", columns, count, "Nothing to count yet."};
    return command_list_table(work, &listing, rows);
}

static const char *names_of(struct command_work *work, const json_t *units)
{
    const char *text = "";
    for (size_t i = 0; i < json_array_size(units); i++)
        text = command_work_text(work, "%s%s %s", text, i ? "," : ":",
                                 json_string_value(json_array_get(units, i)));
    return text;
}

static enum command_exit tables_show(struct command_work *work, json_t *reply)
{
    enum command_exit wrong = COMMAND_DONE;
    const json_t *tables = json_object_get(reply, "tables"), *table;
    const char *year = json_string_value(json_object_get(reply, "year"));
    size_t index;
    if (work->common.json) {
        command_say_json(work, json_incref(reply));
        return COMMAND_DONE;
    }
    bool bare = work->common.plain;
    const json_t *units = json_object_get(reply, "units");
    json_array_foreach(tables, index, table)
    {
        if (!bare)
            command_say_line(work, "%s%s%s%s", index ? "\n" : "",
                             command_list_text(work, table, "title", COMMAND_TEXT), year ? " " : "",
                             year ? year : "");
        wrong = wrong ? wrong : table_show(work, table);
        const json_t *note = json_object_get(table, "note");
        const json_t *next = json_object_get(json_array_get(tables, index + 1), "note");
        if (!bare && json_is_string(note) && !json_equal(note, next) &&
            json_array_size(json_object_get(table, "rows")))
            command_say_note(work, "%s", command_list_text(work, table, "note", COMMAND_TEXT));
    }
    if (!bare && json_array_size(units))
        command_say_note(work,
                         "Counted is what is of your units%s. With --public: the institution.",
                         names_of(work, units));
    return wrong;
}

/* ---- as bytes ---- */

static enum command_exit file_write(struct command_work *work, struct bytes content)
{
    const char *path = command_work_flag(work, "out");
    if (!path) {
        fwrite(content.data, 1, content.size, work->port->out);
        return COMMAND_DONE;
    }
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", path);
        return COMMAND_DONE;
    }
    enum command_exit wrong = command_sheet_save(work, path, content);
    if (wrong)
        return wrong;
    command_say_line(work, "Wrote %s", path);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "file", path));
    return COMMAND_DONE;
}

/* What each report is asked with. */
static const char *const grouped[] = {"own", "year", "by", NULL};
static const char *const whole[] = {"own", "year", NULL};
static const char *const of_money[] = {"own", "by", NULL};

static enum command_exit show(struct command_work *work, const char *report,
                              const char *const names[])
{
    const char *format = command_work_flag(work, "format");
    bool file = format && strcmp(format, "text") != 0;
    bool may = command_flag_find(work->row, "public", strlen("public")) != NULL;
    json_t *reply;
    if (!file && command_work_flag(work, "out"))
        return command_say_usage(work, "add --format csv, svg or html", "--out needs a format");
    const char *path =
        command_work_text(work, "/api/v1/reports/%s?format=%s%s", report, file ? format : "json",
                          may && command_work_flag(work, "public") ? "&public=yes" : "");
    path = command_node_query(work, path, names);
    if (!file) {
        enum command_exit wrong = command_node_get(work, path, &reply);
        return wrong ? wrong : tables_show(work, reply);
    }
    struct bytes content;
    enum command_exit wrong = command_node_bytes(work, path, &content);
    return wrong ? wrong : file_write(work, content);
}

enum command_exit office_report_balance(struct command_work *work)
{
    return show(work, "balance", grouped);
}

enum command_exit office_report_targets(struct command_work *work)
{
    return show(work, "targets", whole);
}

enum command_exit office_report_credits(struct command_work *work)
{
    return show(work, "credits", grouped);
}

enum command_exit office_report_pipeline(struct command_work *work)
{
    return show(work, "pipeline", whole);
}

enum command_exit office_report_partners(struct command_work *work)
{
    return show(work, "partners", whole);
}

enum command_exit office_report_grants(struct command_work *work)
{
    return show(work, "grants", of_money);
}

enum command_exit office_report_annual(struct command_work *work)
{
    return show(work, "annual", whole);
}

/* ---- what is aimed at ---- */

static enum command_exit cohort_add(struct command_work *work, json_t *body)
{
    const char *cohort = command_work_flag(work, "cohort");
    const char *sign = cohort ? strchr(cohort, '=') : NULL;
    if (!cohort)
        return COMMAND_DONE;
    size_t digits = sign ? strspn(sign + 1, "0123456789") : 0;
    if (!digits || digits > COHORT_DIGITS || sign[1 + digits])
        return command_say_usage(work, "write it as 2026/2027=1200",
                                 "--cohort is a year and a number");
    json_object_set_new(body, "year", json_stringn(cohort, (size_t)(sign - cohort)));
    json_object_set_new(body, "cohort", json_integer(atoll(sign + 1)));
    return COMMAND_DONE;
}

static enum command_exit target_remove(struct command_work *work)
{
    static const char *const names[] = {"own", NULL};
    const char *name = work->arguments[0];
    const char *path =
        command_work_text(work, "/api/v1/reports/targets/%s", command_node_escape(work, name));
    const struct command_call call = {"DELETE", command_node_query(work, path, names), NULL,
                                      command_node_key(work)};
    json_t *reply;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would remove the target %s", name);
        return COMMAND_DONE;
    }
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "Removed the target %s", name);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

enum command_exit office_report_target(struct command_work *work)
{
    const char *name = work->arguments[0], *share = command_work_flag(work, "share");
    const char *own = command_work_flag(work, "own"), *kind;
    if (command_work_flag(work, "remove"))
        return target_remove(work);
    json_t *reply, *body = command_work_keep(work, json_pack("{s:s}", "name", name));
    json_t *kinds = json_array();
    for (size_t i = 0; (kind = command_work_flag_nth(work, "kind", i)); i++)
        json_array_append_new(kinds, json_string(kind));
    if (json_array_size(kinds))
        json_object_set(body, "kinds", kinds);
    json_decref(kinds);
    if (share)
        json_object_set_new(body, "share", json_string(share));
    if (own)
        json_object_set_new(body, "own", json_string(own));
    enum command_exit wrong = cohort_add(work, body);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would set the target %s", name);
        return COMMAND_DONE;
    }
    const struct command_call call = {"POST", "/api/v1/reports/targets", json_incref(body),
                                      command_node_key(work)};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    json_t *target = json_object_get(reply, "target");
    command_say_line(work, "The target %s: %s %% of its cohort", name,
                     command_list_text(work, target, "share", COMMAND_TEXT));
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin report targets");
    return COMMAND_DONE;
}
