#include "office/office_grade.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "grade/decimal.h"
#include "office/office_verbs.h"
#include "sheet/sheet_encoding.h"

#include <string.h>

enum command_exit office_grade_wrong(struct command_work *work, const struct finding *why)
{
    const struct finding_row *row = finding_row(why->reason);
    return command_say_wrong(
        work, &(struct command_wrong) {
                  .status = (enum command_exit)verdict_text(row->verdict)->exit_status,
                  .code = row->code,
                  .what = command_work_text(work, "%s; expected: %s",
                                            finding_sentence(why, work->arena), row->expected),
                  .remedy = row->remedy});
}

/* ---- files -----------------------------------------------------------------------------------
 */

static enum command_exit problems_say(struct command_work *work, const struct sheet_grading *tables)
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
    for (size_t i = 0; i < tables->problem_count; i++) {
        const struct sheet_grading_problem *one = &tables->problems[i];
        json_array_append_new(rows, json_pack("{s:I, s:s, s:s, s:s}", "row", (json_int_t)one->row,
                                              "column", one->column, "cell", one->cell, "expected",
                                              one->expected));
    }
    if (!work->common.json)
        (void)command_list_table(work, &listing, rows);
    return command_say_wrong(
        work, &(struct command_wrong) {.status = COMMAND_PROBLEMS,
                                       .code = "rows",
                                       .what = "some rows cannot be used; nothing was done",
                                       .remedy = "mend the file and do the same again"});
}

/* `TABLE=GRADE` of a table that is in this file; others are of another file. */
static enum command_exit fails_take(struct command_work *work, struct sheet_grading *tables)
{
    const char *said;
    for (size_t i = 0; (said = command_work_flag_nth(work, "fails", i)); i++) {
        const char *equals = strchr(said, '=');
        const char *id = equals ? command_work_text(work, "%.*s", (int)(equals - said), said) : "";
        struct sheet_grading_table *table = sheet_grading_find(tables, id);
        if (!equals)
            return command_say_usage(work, "write it as --fails TABLE=GRADE", "--fails: `%s`",
                                     said);
        if (table && !sheet_grading_fails(table, equals + 1))
            return command_say_usage(work, "name one of the table's grades that has a rank",
                                     "--fails: %s has no grade `%s`", id, equals + 1);
    }
    return COMMAND_DONE;
}

enum command_exit office_grade_read(struct command_work *work, const char *path,
                                    struct sheet_grading *out)
{
    struct command_file file;
    const char *encoding = command_work_flag(work, "encoding");
    if (encoding && !sheet_encoding_known(encoding))
        return command_say_usage(work, "give cp1250 or cp1252; UTF-8 is seen by itself",
                                 "--encoding: `%s` is not known", encoding);
    int problem = work->port->read_file(work->port->self, path, SHEET_SIZE_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    if (sheet_grading_read(file.content, encoding, work->arena, out))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    if (out->refusal.expected)
        return command_say_wrong(
            work, &(struct command_wrong) {.status = COMMAND_PROBLEMS,
                                           .code = out->refusal.code,
                                           .what = command_work_text(work, "%s: expected %s", path,
                                                                     out->refusal.expected),
                                           .remedy = out->refusal.remedy});
    return out->problem_count ? problems_say(work, out) : fails_take(work, out);
}

/* ---- import ----------------------------------------------------------------------------------
 */

static json_t *grade_json(const struct grading_grade *grade)
{
    json_t *row = json_pack("{s:s}", "grade", grade->label);
    if (grade->rank)
        json_object_set_new(row, "rank", json_integer(grade->rank));
    if (grade->has_count)
        json_object_set_new(row, "count", json_integer(grade->count));
    if (grade->has_percent)
        json_object_set_new(row, "percent_millionths", json_integer(grade->percent));
    if (grade->passing)
        json_object_set_new(row, "passing", json_boolean(grade->passing == GRADING_PASSES));
    return row;
}

/* As the API takes it. */
static json_t *table_json(const struct sheet_grading_table *table)
{
    json_t *grades = json_array(), *levels = json_array();
    for (size_t i = 0; i < table->grading.count; i++)
        json_array_append_new(grades, grade_json(&table->grading.grades[i]));
    for (size_t i = 0; i < table->levels.count; i++) {
        const struct levels_row *row = &table->levels.rows[i];
        json_array_append_new(levels,
                              json_pack("{s:s, s:s, s:s, s:s}", "scale", row->system, "level",
                                        row->level, "from", row->from, "to", row->to));
    }
    json_t *json =
        json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:o, s:o}", "id", table->id,
                  "institution", table->institution, "erasmus_code", table->erasmus_code, "country",
                  table->country, "scope", table->scope, "period", table->period, "source",
                  table->source, "grades", grades, "levels", levels);
    if (table->grading.with_fails)
        json_object_set_new(json, "with_fails", json_true());
    return json;
}

/* What is said of one table of the file, and its row in the list of what became of them. */
static json_t *line_json(struct command_work *work, const struct sheet_grading_table *table,
                         const char *kept)
{
    struct finding why = {0};
    struct grading_cut cut;
    enum verdict verdict = table->levels.count
                               ? levels_check(&table->levels, work->arena, &why)
                               : grading_cut(&table->grading, work->arena, &cut, &why);
    const struct finding_row *row = verdict ? finding_row(why.reason) : NULL;
    return json_pack("{s:s, s:s, s:I, s:s, s:s?, s:s}", "table", table->id, "kind",
                     table->levels.count ? "levels" : "distribution", "rows",
                     (json_int_t)(table->grading.count + table->levels.count), "kept", kept,
                     "unusable", row ? row->code : NULL, "remedy",
                     row ? command_work_text(work, "%s: expected %s, got %s; %s", row->sentence,
                                             row->expected, why.got ? why.got : "", row->remedy)
                         : "");
}

static enum command_exit table_send(struct command_work *work,
                                    const struct sheet_grading_table *table, const char **kept)
{
    json_t *body = json_pack("{s:o}", "table", table_json(table)), *reply;
    if (command_work_flag(work, "replace"))
        json_object_set_new(body, "replace", json_true());
    const struct command_call call = {
        .method = "POST", .path = "/api/v1/grades/tables", .body = body};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (!wrong)
        *kept = command_list_text(work, reply, "kept", COMMAND_TEXT);
    return wrong;
}

static enum command_exit import(struct command_work *work)
{
    static const struct command_column columns[] = {
        {"TABLE", "table", COMMAND_TEXT, TABLE_WHOLE},
        {"KIND", "kind", COMMAND_TEXT, TABLE_WHOLE},
        {"ROWS", "rows", COMMAND_COUNT, TABLE_WHOLE},
        {"KEPT", "kept", COMMAND_TEXT, TABLE_WHOLE},
        {"CANNOT BE USED", "unusable", COMMAND_TEXT, TABLE_WHOLE},
        {"WHY", "remedy", COMMAND_TEXT, TABLE_BELOW},
    };
    static const struct command_listing listing = {
        "tables", columns, sizeof columns / sizeof *columns, "No tables in the file."};
    struct sheet_grading tables;
    json_t *list = command_work_keep(work, json_array());
    enum command_exit wrong = office_grade_read(work, work->arguments[1], &tables);
    for (size_t i = 0; !wrong && i < tables.count; i++) {
        const char *kept = "would be";
        if (!work->common.dry_run)
            wrong = table_send(work, &tables.tables[i], &kept);
        if (!wrong)
            json_array_append_new(list, line_json(work, &tables.tables[i], kept));
    }
    if (wrong && !json_array_size(list))
        return wrong;
    enum command_exit shown = command_list_show(work, &listing, list);
    if (!wrong && !shown)
        command_say_next(work,
                         "peregrin grade convert --from TABLE --to TABLE --rule middle GRADE");
    return wrong ? COMMAND_PARTLY : shown;
}

/* ---- what is kept ----------------------------------------------------------------------------
 */

static enum command_exit list(struct command_work *work)
{
    static const struct command_column columns[] = {
        {"TABLE", "id", COMMAND_TEXT, TABLE_WHOLE},
        {"KIND", "kind", COMMAND_TEXT, TABLE_WHOLE},
        {"ROWS", "rows", COMMAND_COUNT, TABLE_WHOLE},
        {"INSTITUTION", "institution", COMMAND_TEXT, TABLE_CUT},
        {"SCOPE", "scope", COMMAND_TEXT, TABLE_GOES_SECOND},
        {"PERIOD", "period", COMMAND_TEXT, TABLE_GOES_FIRST},
        {"CANNOT BE USED", "unusable.code", COMMAND_TEXT, TABLE_WHOLE},
    };
    static const struct command_listing listing = {
        "tables", columns, sizeof columns / sizeof *columns,
        "No grading tables: peregrin grade table import FILE"};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/grades/tables", &reply);
    return wrong ? wrong : command_list_show(work, &listing, json_object_get(reply, "tables"));
}

static const char *table_path(struct command_work *work)
{
    return command_work_text(work, "/api/v1/grades/tables/%s",
                             command_node_escape(work, work->arguments[1]));
}

/* A percentage as it was read. */
static void percents_show(struct command_work *work, json_t *grades)
{
    for (size_t i = 0; i < json_array_size(grades); i++) {
        json_t *row = json_array_get(grades, i);
        const json_t *percent = json_object_get(row, "percent_millionths");
        const char *text =
            percent ? decimal_text(json_integer_value(percent), DECIMAL_PLACES_MAX, work->arena)
                    : "";
        json_object_set_new(row, "percent", json_string(text ? text : ""));
    }
}

static enum command_exit rows_show(struct command_work *work, const json_t *table)
{
    static const struct command_column grade_columns[] = {
        {"RANK", "rank", COMMAND_COUNT, TABLE_WHOLE},
        {"GRADE", "grade", COMMAND_TEXT, TABLE_WHOLE},
        {"COUNT", "count", COMMAND_COUNT, TABLE_WHOLE},
        {"PERCENT", "percent", COMMAND_COUNT, TABLE_WHOLE},
        {"PASSING", "passing", COMMAND_YES, TABLE_WHOLE},
    };
    static const struct command_column level_columns[] = {
        {"SCALE", "scale", COMMAND_TEXT, TABLE_WHOLE},
        {"LEVEL", "level", COMMAND_TEXT, TABLE_WHOLE},
        {"FROM", "from", COMMAND_TEXT, TABLE_WHOLE},
        {"TO", "to", COMMAND_TEXT, TABLE_WHOLE},
    };
    static const struct command_listing listings[] = {
        {"grades", grade_columns, sizeof grade_columns / sizeof *grade_columns, "No grades."},
        {"levels", level_columns, sizeof level_columns / sizeof *level_columns, "No levels."},
    };
    bool levels = json_array_size(json_object_get(table, "levels"));
    percents_show(work, json_object_get(table, "grades"));
    return command_list_table(work, &listings[levels],
                              json_object_get(table, listings[levels].name));
}

static enum command_exit show(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, table_path(work), &reply);
    if (wrong)
        return wrong;
    const json_t *why = json_object_get(reply, "unusable");
    command_say_json(work, json_incref(reply));
    if (work->common.json)
        return COMMAND_DONE;
    wrong = rows_show(work, json_object_get(reply, "table"));
    if (json_is_object(why))
        command_say_line(work, "It cannot be used: %s: expected %s, got %s. What to do: %s",
                         command_list_text(work, why, "sentence", COMMAND_TEXT),
                         command_list_text(work, why, "expected", COMMAND_TEXT),
                         command_list_text(work, why, "got", COMMAND_TEXT),
                         command_list_text(work, why, "remedy", COMMAND_TEXT));
    return wrong;
}

static enum command_exit drop(struct command_work *work)
{
    json_t *reply;
    if (work->common.dry_run) {
        command_say_line(work, "Would remove the table %s", work->arguments[1]);
        command_say_json(work, json_pack("{s:i, s:s, s:s}", "schema", 1, "would", "remove", "table",
                                         work->arguments[1]));
        return COMMAND_DONE;
    }
    const struct command_call call = {.method = "DELETE", .path = table_path(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    command_say_line(work, "Table %s removed.", work->arguments[1]);
    return COMMAND_DONE;
}

enum command_exit office_grade_table(struct command_work *work)
{
    static const struct {
        const char *word;
        size_t least, most; /* arguments, with the word itself */
        command_function *run;
    } words[] = {{"import", 2, 2, import},
                 {"list", 1, 1, list},
                 {"show", 2, 2, show},
                 {"take", 1, 2, office_grade_take},
                 {"remove", 2, 2, drop}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, work->arguments[0]) != 0)
            continue;
        if (work->argument_count < words[i].least || work->argument_count > words[i].most)
            return command_say_usage(work, "see `peregrin help grade table`",
                                     "`grade table %s` wants %s", words[i].word,
                                     words[i].least == 2 ? "one name behind it" : "no more");
        return words[i].run(work);
    }
    return command_say_usage(work, "give import, list, show, take or remove",
                             "no such command: grade table %s", work->arguments[0]);
}
