#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_grade.h"

#include <string.h>

/* A published table as the node keeps one: its order is that of the notice, best first. */
static json_t *table_json(struct command_work *work, const json_t *line, const json_t *notice)
{
    const char *way = command_list_text(work, line, "direction", COMMAND_TEXT);
    const char *author = command_list_text(
        work, line, strcmp(way, "incoming") == 0 ? "partner" : "own", COMMAND_TEXT);
    const json_t *published = json_object_get(notice, "grades");
    json_t *grades = json_array();
    bool with_fails = false;
    for (size_t i = 0; i < json_array_size(published); i++) {
        json_t *row = json_deep_copy(json_array_get(published, i));
        json_object_set_new(row, "rank", json_integer((json_int_t)i + 1));
        with_fails = with_fails || json_is_false(json_object_get(row, "passing"));
        json_array_append_new(grades, row);
    }
    const char *scheme = command_list_text(work, notice, "scheme", COMMAND_TEXT);
    const char *first = command_list_text(work, notice, "first_year", COMMAND_TEXT);
    const char *last = command_list_text(work, notice, "last_year", COMMAND_TEXT);
    json_t *table = json_pack(
        "{s:s, s:s, s:s, s:o}", "id", command_work_text(work, "%s.%s", author, scheme),
        "institution", author, "source",
        command_work_text(work, "notice %s", command_list_text(work, line, "id", COMMAND_TEXT)),
        "grades", grades);
    if (with_fails)
        json_object_set_new(table, "with_fails", json_true());
    if (first[0])
        json_object_set_new(table, "period",
                            json_string(command_work_text(work, "%s-%s", first, last)));
    return table;
}

/* One of the list: NULL where its notice was taken back. */
static enum command_exit one_take(struct command_work *work, const json_t *line, json_t *rows)
{
    json_t *shown, *reply;
    const char *dossier = command_list_text(work, line, "dossier", COMMAND_TEXT);
    enum command_exit wrong = command_node_get(
        work, command_work_text(work, "/api/v1/notices/%s", command_node_escape(work, dossier)),
        &shown);
    const json_t *notice = wrong ? NULL : json_object_get(shown, "notice");
    if (!json_is_object(notice))
        return wrong;
    json_t *body = json_pack("{s:o}", "table", table_json(work, line, notice));
    if (command_work_flag(work, "replace"))
        json_object_set_new(body, "replace", json_true());
    const struct command_call call = {
        .method = "POST", .path = "/api/v1/grades/tables", .body = body};
    wrong = command_node_call(work, &call, &reply);
    if (!wrong)
        json_array_append(rows, reply);
    return wrong;
}

enum command_exit office_grade_take(struct command_work *work)
{
    static const struct command_column columns[] = {
        {"TABLE", "table.id", COMMAND_TEXT, TABLE_WHOLE},
        {"ROWS", "table.rows", COMMAND_COUNT, TABLE_WHOLE},
        {"PERIOD", "table.period", COMMAND_TEXT, TABLE_GOES_FIRST},
        {"KEPT", "kept", COMMAND_TEXT, TABLE_WHOLE},
        {"CANNOT BE USED", "table.unusable.code", COMMAND_TEXT, TABLE_WHOLE},
    };
    static const struct command_listing listing = {
        "tables", columns, sizeof columns / sizeof *columns,
        "No published grading tables: peregrin grade published"};
    const char *partner = work->argument_count > 1 ? work->arguments[1] : NULL;
    const char *path = "/api/v1/notices?kind=grading_table";
    json_t *notices = NULL, *rows = command_work_keep(work, json_array());
    if (partner)
        path = command_work_text(work, "%s&partner=%s", path, command_node_escape(work, partner));
    if (work->common.dry_run)
        return command_say_usage(work, "look at `peregrin grade published` instead",
                                 "`grade table take` has no dry run");
    enum command_exit wrong = command_node_list(work, path, "notices", &notices);
    for (size_t i = 0; !wrong && i < json_array_size(notices); i++)
        wrong = one_take(work, json_array_get(notices, i), rows);
    if (wrong)
        return json_array_size(rows) ? COMMAND_PARTLY : wrong;
    return command_list_show(work, &listing, rows);
}
