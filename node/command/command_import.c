#include "command/command_errors.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_rules.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "command/command_verbs.h"
#include "admin/import.h"
#include "report/table.h"
#include "seal/base64.h"

#include <string.h>

enum { PROBLEMS_SHOWN = 50, FIELDS_SHOWN = 6 };

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

static enum command_exit call_import(struct command_work *work, const struct command_sheet *sheet,
                                     const char *dates, bool confirm, json_t **reply)
{
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
    if (dates)
        json_object_set_new(body, "dates", json_string(dates));
    struct command_call call = {"POST", "/api/v1/imports", body,
                                confirm ? command_node_key(work) : NULL};
    return command_node_call(work, &call, reply);
}

/* The same command again, with what was said of the file. */
static const char *again(struct command_work *work, const struct command_sheet *sheet,
                         const char *dates)
{
    static const char *const flags[] = {"own", "encoding", "sheet", "rows"};
    const char *line = command_work_text(work, "peregrin nomination import %s", sheet->path);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const char *value = command_work_flag(work, flags[i]);
        if (value)
            line = command_work_text(work, "%s --%s \"%s\"", line, flags[i], value);
    }
    if (dates)
        line = command_work_text(work, "%s --dates %s", line, dates);
    if (command_work_flag(work, "hidden"))
        line = command_work_text(work, "%s --hidden", line);
    return command_work_flag(work, "fix") ? command_work_text(work, "%s --fix", line) : line;
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

/* Which fields the rows change that were sent, each once. */
static void say_differing(struct command_work *work, const json_t *reply)
{
    const json_t *amendments = json_object_get(reply, "amendments");
    const char *fields = "";
    size_t count = json_array_size(amendments);
    if (!count)
        return;
    for (size_t i = 0; i < count && i < FIELDS_SHOWN; i++) {
        const json_t *one = json_array_get(amendments, i), *names = json_object_get(one, "fields");
        fields = command_work_text(work, "%s%srow %s:", fields, i ? "; " : "",
                                   command_list_text(work, one, "row", COMMAND_TEXT));
        for (size_t j = 0; j < json_array_size(names); j++)
            fields = command_work_text(work, "%s %s", fields,
                                       json_string_value(json_array_get(names, j)));
    }
    command_say_line(work, "%zu differ from what was sent%s (%s%s)", count,
                     command_work_flag_shared(work, "amend") ? "" : ": --amend sends amendments",
                     fields, count > FIELDS_SHOWN ? "; and more" : "");
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

static bool has_problems(const json_t *reply)
{
    return json_array_size(json_object_get(reply, "problems"));
}

/* The header is there and cannot be used: no row was looked at. */
static bool is_header_bad(const json_t *reply)
{
    const json_t *one = json_array_get(json_object_get(reply, "problems"), 0);
    const char *rule = text_of(one, "rule");
    return number_of(reply, "header_row") > 0 && rule && strcmp(rule, "import.header") == 0;
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

static enum command_exit say_preview(struct command_work *work, struct command_sheet *sheet,
                                     const json_t *reply)
{
    bool unread =
        number_of(reply, "rows") == 0 && number_of(reply, "header_row") == 0 && has_problems(reply);
    enum command_exit wrong =
        unread ? say_unread(work, sheet, reply) : rows_read(work, sheet, reply);
    if (wrong)
        return wrong;
    if (is_header_bad(reply))
        return say_header_bad(work, sheet, reply);
    say_reading(work, sheet, reply);
    say_ignored(work, sheet, json_object_get(reply, "ignored_columns"));
    wrong = say_fixes(work, sheet, json_object_get(reply, "fixes"));
    if (!wrong)
        wrong = say_problems(work, sheet, json_object_get(reply, "problems"));
    command_rules_import(work, reply);
    say_differing(work, reply);
    if (number_of(reply, "withdrawn"))
        command_say_line(work, "%" JSON_INTEGER_FORMAT " are as before, and withdrawn since",
                         number_of(reply, "withdrawn"));
    command_say_line(work,
                     "%" JSON_INTEGER_FORMAT " ready (%" JSON_INTEGER_FORMAT
                     " as before, %" JSON_INTEGER_FORMAT " changed), %" JSON_INTEGER_FORMAT
                     " need you",
                     number_of(reply, "ready"), number_of(reply, "unchanged"),
                     number_of(reply, "changed"), number_of(reply, "bad"));
    return wrong;
}

/* ---- what comes of it --------------------------------------------------------------------------
 */

/* Nothing was kept: say how it would be. */
static enum command_exit leave(struct command_work *work, const struct command_sheet *sheet,
                               const char *dates, json_t *reply)
{
    json_int_t bad = number_of(reply, "bad"), ready = number_of(reply, "ready");
    json_int_t left = ready - number_of(reply, "unchanged") - number_of(reply, "differ");
    const char *line = again(work, sheet, dates);
    command_say_json(work, json_incref(reply));
    command_say_note(work, "Nothing stored yet.");
    if (json_is_true(json_object_get(reply, "dates_open")))
        command_say_next(work, "%s --dates dmy     or mdy: which comes first?", line);
    else if (bad && ready)
        command_say_next(work, "%s --skip-bad     or mend the file and import again", line);
    else if (bad || !ready)
        command_say_next(work, "%s the file, then %s", has_problems(reply) ? "mend" : "fill in",
                         line);
    else if (!left && !command_work_flag(work, "amend"))
        command_say_next(work, "%s --amend", line);
    else
        command_say_next(work, "%s --yes", line);
    return bad || (!ready && has_problems(reply)) ? COMMAND_PROBLEMS : COMMAND_DONE;
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
    json_int_t bad = number_of(reply, "bad"), stored = number_of(reply, "stored");
    const json_t *refused = json_object_get(reply, "refused");
    size_t amended = json_array_size(json_object_get(reply, "amended"));
    command_say_line(work, "Stored %s",
                     command_say_count(work, place_of(reply, "stored"), "draft", "drafts"));
    if (amended)
        command_say_line(work, "Sent %zu amendments: signed and on their way", amended);
    for (size_t i = 0; i < json_array_size(refused); i++) {
        const json_t *one = json_array_get(refused, i);
        command_say_note(work, "  row %s: %s %s", command_list_text(work, one, "row", COMMAND_TEXT),
                         command_list_text(work, one, "error.message", COMMAND_TEXT),
                         command_list_text(work, one, "error.hint", COMMAND_TEXT));
    }
    command_say_json(work, json_incref(reply));
    command_say_next(work, stored ? "peregrin nomination send --all     or look first: peregrin "
                                    "draft list"
                                  : "peregrin nomination list --direction outgoing");
    return bad || json_array_size(refused) ? COMMAND_PARTLY : COMMAND_DONE;
}

static bool may_ask(const struct command_work *work)
{
    return work->port->asks && !work->common.no_input && !work->common.json && !work->common.yes;
}

/* Whether to keep the good rows: by --yes, or by asking where somebody sits. */
static bool wants(struct command_work *work, const json_t *reply)
{
    json_int_t differ = command_work_flag(work, "amend") ? number_of(reply, "differ") : 0;
    json_int_t ready =
        number_of(reply, "ready") - number_of(reply, "unchanged") - number_of(reply, "differ");
    char answer[16] = "";
    if (!may_ask(work))
        return work->common.yes;
    const char *prompt =
        command_work_text(work, "Store %" JSON_INTEGER_FORMAT " drafts? [y/N] ", ready);
    if (differ)
        prompt = command_work_text(work,
                                   "Store %" JSON_INTEGER_FORMAT
                                   " drafts and send %" JSON_INTEGER_FORMAT " amendments? [y/N] ",
                                   ready, differ);
    return work->port->ask(work->port->self, prompt, false, answer, sizeof answer) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

/* Of 03/04/2005 nobody but the user knows: he is asked once. NULL: he was not, or said nothing. */
static const char *ask_dates(struct command_work *work, const json_t *reply)
{
    char answer[16] = "";
    if (!json_is_true(json_object_get(reply, "dates_open")) || !may_ask(work))
        return NULL;
    const char *prompt = "Dates like 03/04/2005: which comes first, day or month? [d/m] ";
    if (!work->port->ask(work->port->self, prompt, false, answer, sizeof answer))
        return NULL;
    return answer[0] == 'd' ? "dmy" : answer[0] == 'm' ? "mdy" : NULL;
}

static enum command_exit preview(struct command_work *work, struct command_sheet *sheet,
                                 const char **dates, json_t **reply)
{
    enum command_exit wrong = call_import(work, sheet, *dates, false, reply);
    const char *said = wrong ? NULL : ask_dates(work, *reply);
    if (!said)
        return wrong;
    *dates = said;
    return call_import(work, sheet, said, false, reply);
}

enum command_exit command_import_nominations(struct command_work *work)
{
    struct command_sheet sheet;
    json_t *reply;
    const char *dates = command_work_flag(work, "dates");
    enum command_exit wrong = command_sheet_open(work, work->arguments[0], &sheet);
    if (!wrong)
        wrong = preview(work, &sheet, &dates, &reply);
    if (!wrong)
        wrong = say_preview(work, &sheet, reply);
    if (wrong)
        return wrong;
    if (!is_header_bad(reply))
        command_errors_write(work, &sheet, json_object_get(reply, "problems"));
    json_int_t left = number_of(reply, "ready") - number_of(reply, "unchanged");
    bool good = number_of(reply, "ready") > 0 &&
                (number_of(reply, "bad") == 0 || command_work_flag(work, "skip-bad"));
    if (good && left == 0)
        return nothing_new(work, reply);
    if (!command_work_flag(work, "amend"))
        good = good && left > number_of(reply, "differ");
    if (work->common.dry_run || !good || !wants(work, reply))
        return leave(work, &sheet, dates, reply);
    wrong = call_import(work, &sheet, dates, true, &reply);
    return wrong ? wrong : tell_stored(work, reply);
}

/* ---- only the rules ----------------------------------------------------------------------------
 */

static bool refused_by_rule(const json_t *reply)
{
    const json_t *problems = json_object_get(reply, "problems");
    for (size_t i = 0; i < json_array_size(problems); i++) {
        const char *code = text_of(json_array_get(problems, i), "code");
        if (code && strcmp(code, "refused_by_rule") == 0)
            return true;
    }
    return false;
}

enum command_exit command_import_check(struct command_work *work)
{
    struct command_sheet sheet;
    json_t *reply;
    const char *dates = command_work_flag(work, "dates");
    enum command_exit wrong = command_sheet_open(work, work->arguments[0], &sheet);
    if (!wrong)
        wrong = preview(work, &sheet, &dates, &reply);
    if (!wrong)
        wrong = say_preview(work, &sheet, reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    if (refused_by_rule(reply))
        return COMMAND_REFUSED;
    bool warned = json_array_size(json_object_get(reply, "warnings")) > 0;
    return warned || has_problems(reply) ? COMMAND_PROBLEMS : COMMAND_DONE;
}
