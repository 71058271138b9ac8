#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "command/command_verbs.h"
#include "admin/import_cell.h"
#include "report/table.h"
#include "report/text.h"

#include <string.h>

enum { PROBLEMS_SHOWN = 50, HEADER_TITLES_MIN = 2 };

/* The columns of the file by the names that the node uses. */
struct header {
    size_t row;
    const struct import_cell_column *columns[IMPORT_CSV_CELLS_MAX];
    size_t count;
};

/* The first row with some titles that we know; the node looks for it in the same way. */
static void find_header(const struct command_sheet *sheet, struct header *out)
{
    for (const struct import_csv_row *row = sheet->rows.first; row; row = row->next) {
        size_t known = 0;
        *out = (struct header) {.row = row->number, .count = row->cell_count};
        for (size_t i = 0; i < row->cell_count && i < IMPORT_CSV_CELLS_MAX; i++) {
            out->columns[i] = import_cell_named(row->cells[i]);
            known += out->columns[i] != NULL;
        }
        if (known >= HEADER_TITLES_MIN)
            return;
    }
    *out = (struct header) {0};
}

/* The user's own cell, shown on the user's own terminal: the node never sends it back. */
static const char *own_cell(struct command_work *work, const struct command_sheet *sheet,
                            const struct header *header, const json_t *problem)
{
    const char *name = json_string_value(json_object_get(problem, "column"));
    json_int_t row = json_integer_value(json_object_get(problem, "row"));
    for (size_t i = 0; name && row > 0 && i < header->count; i++)
        if (header->columns[i] && strcmp(header->columns[i]->name, name) == 0)
            return command_work_text(
                work, "\"%s\"", command_sheet_cell(work, command_sheet_row(sheet, (size_t)row), i));
    return "";
}

static enum command_exit say_problems(struct command_work *work, const struct command_sheet *sheet,
                                      const json_t *problems)
{
    static const struct table_column columns[] = {{"ROW", true, TABLE_WHOLE},
                                                  {"COLUMN", false, TABLE_WHOLE},
                                                  {"CELL", false, TABLE_CUT},
                                                  {"EXPECTED", false, TABLE_BELOW},
                                                  {"REMEDY", false, TABLE_BELOW}};
    struct header header;
    struct table table;
    size_t count = json_array_size(problems);
    size_t shown = work->common.verbose || count < PROBLEMS_SHOWN ? count : PROBLEMS_SHOWN;
    find_header(sheet, &header);
    table_start(&table, work->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++) {
        const json_t *one = json_array_get(problems, i);
        const char *expected = command_list_text(work, one, "expected", COMMAND_TEXT);
        const char *cells[] = {command_list_text(work, one, "row", COMMAND_TEXT),
                               command_list_text(work, one, "column", COMMAND_TEXT),
                               own_cell(work, sheet, &header, one),
                               expected[0] ? expected
                                           : command_list_text(work, one, "code", COMMAND_TEXT),
                               command_list_text(work, one, "remedy", COMMAND_TEXT)};
        table_add(&table, cells);
    }
    struct bytes text = work->common.plain
                            ? table_plain(&table)
                            : table_text(&table, work->port->out_is_tty ? work->port->columns : 0);
    if (!text.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the table");
    fwrite(text.data, 1, text.size, work->port->out);
    if (shown < count)
        command_say_note(work, "and %zu more; -v shows all", count - shown);
    return COMMAND_DONE;
}

static json_int_t number_of(const json_t *reply, const char *name)
{
    return json_integer_value(json_object_get(reply, name));
}

static enum command_exit call_import(struct command_work *work, const struct command_sheet *sheet,
                                     bool confirm, json_t **reply)
{
    json_t *body = json_pack("{s:s%, s:b, s:b, s:s*}", "content", (const char *)sheet->text.data,
                             sheet->text.size, "confirm", confirm, "skip_bad",
                             command_work_flag(work, "skip-bad") != NULL, "own",
                             command_work_flag(work, "own"));
    if (!body)
        return command_say_usage(work, "save it as \"CSV UTF-8\" and import that file",
                                 "%s holds bytes that are no text", sheet->path);
    struct command_call call = {"POST", "/api/v1/imports", body,
                                confirm ? command_node_key(work) : NULL};
    return command_node_call(work, &call, reply);
}

/* A column that nobody reads may be one whose title is written otherwise: it is named. */
static void say_ignored(struct command_work *work, const struct command_sheet *sheet,
                        const json_t *ignored)
{
    struct header header;
    const char *titles = "";
    find_header(sheet, &header);
    for (size_t i = 0; i < json_array_size(ignored); i++) {
        size_t column = (size_t)json_integer_value(json_array_get(ignored, i)) - 1;
        const char *title = command_sheet_cell(work, command_sheet_row(sheet, header.row), column);
        titles = command_work_text(work, "%s%s\"%s\"", titles, i ? ", " : "", title);
    }
    if (titles[0])
        command_say_note(work, "Columns that are not known and were left out: %s", titles);
}

static enum command_exit say_preview(struct command_work *work, const struct command_sheet *sheet,
                                     const json_t *reply)
{
    command_say_line(work, "Read %" JSON_INTEGER_FORMAT " rows from %s (%s)",
                     number_of(reply, "rows"), sheet->path, sheet->encoding);
    say_ignored(work, sheet, json_object_get(reply, "ignored_columns"));
    const json_t *problems = json_object_get(reply, "problems");
    enum command_exit wrong = COMMAND_DONE;
    if (json_array_size(problems) && !work->common.json)
        wrong = say_problems(work, sheet, problems);
    command_say_line(work,
                     "%" JSON_INTEGER_FORMAT " ready (%" JSON_INTEGER_FORMAT
                     " as before, %" JSON_INTEGER_FORMAT " changed), %" JSON_INTEGER_FORMAT
                     " need you",
                     number_of(reply, "ready"), number_of(reply, "unchanged"),
                     number_of(reply, "changed"), number_of(reply, "bad"));
    return wrong;
}

/* Nothing was kept: say how it would be. */
static enum command_exit leave(struct command_work *work, const struct command_sheet *sheet,
                               json_t *reply)
{
    json_int_t bad = number_of(reply, "bad"), ready = number_of(reply, "ready");
    command_say_json(work, json_incref(reply));
    command_say_note(work, "Nothing stored yet.");
    if (bad && ready)
        command_say_next(work,
                         "peregrin nomination import %s --skip-bad     or mend the file and import "
                         "again",
                         sheet->path);
    else if (bad || !ready)
        command_say_next(work, "%s the file, then peregrin nomination import %s",
                         bad ? "mend" : "fill in", sheet->path);
    else
        command_say_next(work, "peregrin nomination import %s --yes", sheet->path);
    bool unread = !ready && json_array_size(json_object_get(reply, "problems"));
    return bad || unread ? COMMAND_PROBLEMS : COMMAND_DONE;
}

/* The same file again: every good row is a draft already, sent or not. */
static enum command_exit nothing_new(struct command_work *work, json_t *reply)
{
    command_say_line(work, "Nothing new: the good rows are all here already");
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin draft list     what was not sent yet");
    return number_of(reply, "bad") ? COMMAND_PARTLY : COMMAND_DONE;
}

static enum command_exit tell_stored(struct command_work *work, json_t *reply)
{
    json_int_t bad = number_of(reply, "bad");
    command_say_line(work, "Stored %" JSON_INTEGER_FORMAT " drafts", number_of(reply, "stored"));
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin nomination send --all     or look first: peregrin draft list");
    return bad ? COMMAND_PARTLY : COMMAND_DONE;
}

/* Whether to keep the good rows: by --yes, or by asking where somebody sits. */
static bool wants(struct command_work *work, const json_t *reply)
{
    json_int_t ready = number_of(reply, "ready");
    char answer[16] = "";
    if (work->common.yes || !work->port->asks || work->common.no_input || work->common.json)
        return work->common.yes;
    const char *prompt =
        command_work_text(work, "Store %" JSON_INTEGER_FORMAT " drafts? [y/N] ", ready);
    return work->port->ask(work->port->self, prompt, false, answer, sizeof answer) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

enum command_exit command_import_nominations(struct command_work *work)
{
    struct command_sheet sheet;
    json_t *reply;
    enum command_exit wrong = command_sheet_read(work, work->arguments[0], &sheet);
    if (!wrong)
        wrong = call_import(work, &sheet, false, &reply);
    if (!wrong)
        wrong = say_preview(work, &sheet, reply);
    if (wrong)
        return wrong;
    bool good = number_of(reply, "ready") > 0 &&
                (number_of(reply, "bad") == 0 || command_work_flag(work, "skip-bad"));
    if (good && number_of(reply, "ready") == number_of(reply, "unchanged"))
        return nothing_new(work, reply);
    if (work->common.dry_run || !good || !wants(work, reply))
        return leave(work, &sheet, reply);
    wrong = call_import(work, &sheet, true, &reply);
    return wrong ? wrong : tell_stored(work, reply);
}

enum command_exit command_import_template(struct command_work *work)
{
    json_t *columns = json_array();
    for (size_t i = 0; i < IMPORT_CELL_COLUMNS; i++) {
        const struct import_cell_column *one = import_cell_column(i);
        json_array_append_new(columns, json_pack("{s:s, s:s, s:b}", "name", one->name, "expected",
                                                 one->expected, "needed", one->needed));
        if (work->common.plain)
            command_say_line(work, "%s\t%s\t%s", one->name, one->needed ? "needed" : "",
                             one->expected);
        else if (!work->common.json)
            fprintf(work->port->out, "%s%s", i ? "," : "", one->name);
    }
    if (!work->common.plain)
        command_say_line(work, "%s", "");
    command_say_json(work, json_pack("{s:i, s:o}", "schema", 1, "columns", columns));
    command_say_next(work, "fill it in, then peregrin nomination import FILE");
    return COMMAND_DONE;
}
