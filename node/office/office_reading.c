#include "office/office_reading.h"

#include "admin/import.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_errors.h"
#include "report/table.h"
#include "seal/base64.h"

#include <string.h>

enum { PROBLEMS_SHOWN = 50 };

static json_int_t number_of(const json_t *reply, const char *name)
{
    return json_integer_value(json_object_get(reply, name));
}

static const char *text_of(const json_t *reply, const char *name)
{
    return json_string_value(json_object_get(reply, name));
}

static size_t place_of(const json_t *one, const char *name)
{
    json_int_t value = number_of(one, name);
    return value > 0 ? (size_t)value : 0;
}

/* ---- asking the node ---------------------------------------------------------------------------
 */

/* The file as the node wants it: text as text, a workbook as its bytes. */
static json_t *body_of(struct command_work *work, const struct command_sheet *sheet)
{
    const struct sheet_book *book = &sheet->book;
    if (book->form == SHEET_CSV)
        return json_pack("{s:s%}", "content", (const char *)book->text.data, book->text.size);
    size_t room = base64_length(book->content.size) + 1;
    char *text = arena_take(work->arena, room);
    if (!text)
        return NULL;
    base64_write(book->content, text, room);
    return json_pack("{s:s}", "content_base64", text);
}

static const struct {
    const char *flag, *field;
    bool is_switch;
} asked[] = {
    {"own", "own", false},      {"sheet", "sheet", false}, {"rows", "rows", false},
    {"hidden", "hidden", true}, {"fix", "fix", true},      {"skip-bad", "skip_bad", true},
    {"amend", "amend", true},
};

static enum command_exit send(struct office_reading *reading, bool confirm)
{
    struct command_work *work = reading->work;
    const struct command_sheet *sheet = &reading->sheet;
    json_t *body = body_of(work, sheet);
    if (!body)
        return command_say_usage(work, "save it as \"CSV UTF-8\" and import that file",
                                 "%s holds bytes that are no text", sheet->path);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const char *value = command_work_flag_shared(work, asked[i].flag);
        if (value)
            json_object_set_new(body, asked[i].field,
                                asked[i].is_switch ? json_true() : json_string(value));
    }
    json_object_set_new(body, "confirm", json_boolean(confirm));
    if (reading->dates)
        json_object_set_new(body, "dates", json_string(reading->dates));
    struct command_call call = {"POST", reading->path, body,
                                confirm ? command_node_key(work) : NULL};
    return command_node_call(work, &call, &reading->reply);
}

static const char *again(const struct office_reading *reading)
{
    static const char *const flags[] = {"own", "call", "encoding", "sheet", "rows"};
    struct command_work *work = reading->work;
    const char *line = reading->line;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const char *value = command_work_flag_shared(work, flags[i]);
        if (value)
            line = command_work_text(work, "%s --%s \"%s\"", line, flags[i], value);
    }
    if (reading->dates)
        line = command_work_text(work, "%s --dates %s", line, reading->dates);
    if (command_work_flag_shared(work, "hidden"))
        line = command_work_text(work, "%s --hidden", line);
    return command_work_flag_shared(work, "fix") ? command_work_text(work, "%s --fix", line) : line;
}

/* ---- showing -----------------------------------------------------------------------------------
 */

/* The rows that the node read, for the user's own cells and titles. */
static enum command_exit rows_read(struct command_work *work, struct command_sheet *sheet,
                                   const json_t *reply)
{
    const char *name = text_of(reply, "sheet");
    const struct sheet_pick pick = {
        .name = name, .known_min = 1, .rows_max = IMPORT_ROWS_MAX + SHEET_TITLE_HEADER_ROWS};
    if (number_of(reply, "header_row") <= 0)
        return COMMAND_DONE;
    enum command_exit wrong = command_sheet_rows(work, &pick, sheet);
    sheet->header.row = place_of(reply, "header_row");
    return wrong;
}

/* The user's own cell, shown on the user's own terminal: the node never sends it back. */
static const char *own_cell(struct command_work *work, const struct command_sheet *sheet,
                            const json_t *one)
{
    size_t row = place_of(one, "row"), place = place_of(one, "place");
    if (!row || !place)
        return "";
    return command_work_text(work, "\"%s\"",
                             command_sheet_cell(work, sheet_row(&sheet->sheet, row), place - 1));
}

/* The title as it stands in the file; our own name of a column that the file does not have. */
static const char *own_title(struct command_work *work, const struct command_sheet *sheet,
                             const json_t *one)
{
    size_t place = place_of(one, "place");
    const char *title = place ? command_sheet_title(work, sheet, place - 1) : "";
    return title[0] ? title : command_list_text(work, one, "column", COMMAND_TEXT);
}

static enum command_exit say_table(struct command_work *work, const struct table *table)
{
    struct bytes text =
        work->common.plain ? table_plain(table) : table_text(table, work->port->columns);
    if (!text.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the table");
    fwrite(text.data, 1, text.size, work->port->out);
    return COMMAND_DONE;
}

static enum command_exit say_problems(struct command_work *work, const struct command_sheet *sheet,
                                      const json_t *problems)
{
    static const struct table_column columns[] = {{"ROW", true, TABLE_WHOLE},
                                                  {"COLUMN", false, TABLE_CUT},
                                                  {"CELL", false, TABLE_CUT},
                                                  {"EXPECTED", false, TABLE_BELOW},
                                                  {"REMEDY", false, TABLE_BELOW}};
    struct table table;
    size_t count = json_array_size(problems);
    size_t shown = work->common.verbose || count < PROBLEMS_SHOWN ? count : PROBLEMS_SHOWN;
    if (!count || work->common.json)
        return COMMAND_DONE;
    table_start(&table, work->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++) {
        const json_t *one = json_array_get(problems, i);
        const char *expected = command_list_text(work, one, "expected", COMMAND_TEXT);
        const char *cells[] = {
            place_of(one, "row") ? command_list_text(work, one, "row", COMMAND_TEXT) : "",
            own_title(work, sheet, one), own_cell(work, sheet, one),
            expected[0] ? expected : command_list_text(work, one, "code", COMMAND_TEXT),
            command_list_text(work, one, "remedy", COMMAND_TEXT)};
        table_add(&table, cells);
    }
    enum command_exit wrong = say_table(work, &table);
    if (shown < count)
        command_say_note(work, "and %zu more; -v shows all", count - shown);
    return wrong;
}

/* What --fix took, for the user to agree with. */
static enum command_exit say_fixes(struct command_work *work, const struct command_sheet *sheet,
                                   const json_t *fixes)
{
    static const struct table_column columns[] = {{"ROW", true, TABLE_WHOLE},
                                                  {"COLUMN", false, TABLE_CUT},
                                                  {"CELL", false, TABLE_CUT},
                                                  {"READ AS", false, TABLE_BELOW}};
    struct table table;
    size_t count = json_array_size(fixes);
    if (!count || work->common.json)
        return COMMAND_DONE;
    command_say_line(work, "Mended as --fix asks:");
    table_start(&table, work->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(fixes, i);
        const char *cells[] = {command_list_text(work, one, "row", COMMAND_TEXT),
                               own_title(work, sheet, one), own_cell(work, sheet, one),
                               command_list_text(work, one, "taken", COMMAND_TEXT)};
        table_add(&table, cells);
    }
    return say_table(work, &table);
}

/* A column that nobody reads may be one whose title is written otherwise: it is named. */
static void say_ignored(struct command_work *work, const struct command_sheet *sheet,
                        const json_t *ignored)
{
    const char *titles = "";
    for (size_t i = 0; i < json_array_size(ignored); i++) {
        size_t column = (size_t)json_integer_value(json_array_get(ignored, i)) - 1;
        const char *title = command_sheet_title(work, sheet, column);
        if (title[0])
            titles = command_work_text(work, "%s%s\"%s\"", titles, titles[0] ? ", " : "", title);
    }
    if (titles[0])
        command_say_note(work, "Columns that are not known and were left out: %s", titles);
}

/* `(header in row 3, dates d.m.yyyy)`. */
static void say_reading(struct command_work *work, const struct command_sheet *sheet,
                        const json_t *reply)
{
    const char *name = text_of(reply, "sheet"), *dates = text_of(reply, "dates");
    const char *from = name ? command_work_text(work, "sheet \"%s\"", name)
                            : command_work_text(work, "%s", sheet->path);
    const char *how = name ? "" : command_work_text(work, "%s, ", sheet->book.encoding);
    json_int_t header = number_of(reply, "header_row"), hidden = number_of(reply, "hidden_rows");
    if (header > 0)
        how = command_work_text(work, "%sheader in row %" JSON_INTEGER_FORMAT, how, header);
    else
        how = command_work_text(work, "%sno header found", how);
    if (dates)
        how = command_work_text(work, "%s, dates %s", how, dates);
    command_say_line(work, "Read %s from %s (%s)",
                     command_say_count(work, place_of(reply, "rows"), "row", "rows"), from, how);
    if (hidden)
        command_say_note(work,
                         "%" JSON_INTEGER_FORMAT " hidden rows were left out; --hidden reads them",
                         hidden);
}

/* A file in which no row can be read has one problem, and that is an error. */
static enum command_exit say_unread(struct command_work *work, const struct command_sheet *sheet,
                                    const json_t *reply)
{
    const json_t *one = json_array_get(json_object_get(reply, "problems"), 0);
    const char *code = text_of(one, "code");
    if (code && strcmp(code, "not_found") == 0)
        command_sheet_tabs(work, sheet);
    const char *what = command_work_text(work, "%s cannot be imported: expected %s", sheet->path,
                                         command_list_text(work, one, "expected", COMMAND_TEXT));
    return command_say_wrong(
        work,
        &(struct command_wrong) {COMMAND_PROBLEMS, code ? code : "malformed", what,
                                 command_list_text(work, one, "remedy", COMMAND_TEXT), NULL, NULL});
}

static enum command_exit say_header_bad(struct command_work *work,
                                        const struct command_sheet *sheet, const json_t *reply)
{
    command_say_line(work,
                     "No row of %s was read: its header, row %" JSON_INTEGER_FORMAT
                     ", cannot be used as it is",
                     sheet->path, number_of(reply, "header_row"));
    return say_problems(work, sheet, json_object_get(reply, "problems"));
}

/* ---- for who imports ---------------------------------------------------------------------------
 */

json_int_t office_reading_number(const struct office_reading *reading, const char *name)
{
    return number_of(reading->reply, name);
}

bool office_reading_problems(const struct office_reading *reading)
{
    return json_array_size(json_object_get(reading->reply, "problems"));
}

bool office_reading_header_bad(const struct office_reading *reading)
{
    const json_t *one = json_array_get(json_object_get(reading->reply, "problems"), 0);
    const char *rule = text_of(one, "rule");
    return number_of(reading->reply, "header_row") > 0 && rule &&
           strcmp(rule, "import.header") == 0;
}

enum command_exit office_reading_show(struct office_reading *reading)
{
    struct command_work *work = reading->work;
    struct command_sheet *sheet = &reading->sheet;
    json_t *reply = reading->reply;
    bool unread = number_of(reply, "rows") == 0 && number_of(reply, "header_row") == 0 &&
                  office_reading_problems(reading);
    enum command_exit wrong =
        unread ? say_unread(work, sheet, reply) : rows_read(work, sheet, reply);
    if (wrong)
        return wrong;
    if (office_reading_header_bad(reading))
        return say_header_bad(work, sheet, reply);
    say_reading(work, sheet, reply);
    say_ignored(work, sheet, json_object_get(reply, "ignored_columns"));
    wrong = say_fixes(work, sheet, json_object_get(reply, "fixes"));
    if (!wrong)
        wrong = say_problems(work, sheet, json_object_get(reply, "problems"));
    return wrong;
}

/* Of 03/04/2005 nobody but the user knows: he is asked once. NULL: he was not, or said nothing. */
static const char *ask_dates(const struct office_reading *reading)
{
    struct command_work *work = reading->work;
    char answer[16] = "";
    if (!json_is_true(json_object_get(reading->reply, "dates_open")) || !command_say_may_ask(work))
        return NULL;
    const char *prompt = "Dates like 03/04/2005: which comes first, day or month? [d/m] ";
    if (!work->port->ask(work->port->self, prompt, false, answer, sizeof answer))
        return NULL;
    return answer[0] == 'd' ? "dmy" : answer[0] == 'm' ? "mdy" : NULL;
}

enum command_exit office_reading_open(struct command_work *work, const char *command,
                                      const char *path, struct office_reading *out)
{
    *out = (struct office_reading) {
        .work = work,
        .line = command_work_text(work, "peregrin %s %s", command, work->arguments[0]),
        .path = path,
        .dates = command_work_flag(work, "dates")};
    enum command_exit wrong = command_sheet_open(work, work->arguments[0], &out->sheet);
    if (!wrong)
        wrong = send(out, false);
    const char *said = wrong ? NULL : ask_dates(out);
    if (!said)
        return wrong;
    out->dates = said;
    return send(out, false);
}

void office_reading_count(const struct office_reading *reading)
{
    const json_t *reply = reading->reply;
    command_say_line(reading->work,
                     "%" JSON_INTEGER_FORMAT " ready (%" JSON_INTEGER_FORMAT
                     " as before, %" JSON_INTEGER_FORMAT " changed), %" JSON_INTEGER_FORMAT
                     " need you",
                     number_of(reply, "ready"), number_of(reply, "unchanged"),
                     number_of(reply, "changed"), number_of(reply, "bad"));
}

bool office_reading_good(const struct office_reading *reading)
{
    return number_of(reading->reply, "ready") > 0 &&
           (number_of(reading->reply, "bad") == 0 || command_work_flag(reading->work, "skip-bad"));
}

bool office_reading_wanted(const struct office_reading *reading, const char *prompt)
{
    struct command_work *work = reading->work;
    char answer[16] = "";
    if (!command_say_may_ask(work))
        return work->common.yes;
    return work->port->ask(work->port->self, prompt, false, answer, sizeof answer) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

enum command_exit office_reading_leave(const struct office_reading *reading, const char *flag)
{
    struct command_work *work = reading->work;
    json_t *reply = reading->reply;
    json_int_t bad = number_of(reply, "bad"), ready = number_of(reply, "ready");
    bool problems = office_reading_problems(reading);
    const char *line = again(reading);
    command_say_json(work, json_incref(reply));
    command_say_note(work, "Nothing stored yet.");
    if (json_is_true(json_object_get(reply, "dates_open")))
        command_say_next(work, "%s --dates dmy     or mdy: which comes first?", line);
    else if (bad && ready)
        command_say_next(work, "%s --skip-bad     or mend the file and import again", line);
    else if (bad || !ready)
        command_say_next(work, "%s the file, then %s", problems ? "mend" : "fill in", line);
    else
        command_say_next(work, "%s %s", line, flag);
    return bad || (!ready && problems) ? COMMAND_PROBLEMS : COMMAND_DONE;
}

enum command_exit office_reading_confirm(struct office_reading *reading)
{
    return send(reading, true);
}
