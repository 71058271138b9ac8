#include "command/command_sheet.h"

#include "command/command_say.h"
#include "sheet/sheet_encoding.h"

#include <errno.h>
#include <string.h>

static enum command_exit say_refusal(struct command_work *work, const struct command_sheet *sheet)
{
    const struct sheet_refusal *refusal = &sheet->book.refusal;
    const char *what =
        command_work_text(work, "%s cannot be read: expected %s", sheet->path, refusal->expected);
    return command_say_wrong(work, &(struct command_wrong) {COMMAND_PROBLEMS, refusal->code, what,
                                                            refusal->remedy, NULL, NULL});
}

enum command_exit command_sheet_open(struct command_work *work, const char *path,
                                     struct command_sheet *out)
{
    struct command_file file;
    const char *encoding = command_work_flag(work, "encoding");
    *out = (struct command_sheet) {.path = path};
    if (encoding && !sheet_encoding_known(encoding))
        return command_say_usage(work, "give cp1250 or cp1252; UTF-8 is seen by itself",
                                 "--encoding: `%s` is not known", encoding);
    int problem = work->port->read_file(work->port->self, path, SHEET_SIZE_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    if (sheet_open(file.content, encoding, work->arena, &out->book))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    if (out->book.refusal.expected)
        return say_refusal(work, out);
    if (out->book.otherwise)
        command_say_note(work, "%s is no UTF-8: read as %s. Where names look wrong: --encoding %s",
                         path, out->book.encoding, out->book.otherwise);
    return COMMAND_DONE;
}

void command_sheet_tabs(struct command_work *work, const struct command_sheet *sheet)
{
    const struct sheet_book *book = &sheet->book;
    const char *names = "";
    for (size_t i = 0; i < book->tab_count; i++)
        names = command_work_text(work, "%s%s\"%s\"", names, i ? ", " : "", book->tabs[i].name);
    command_say_note(work, "The workbook has %s", names);
}

enum command_exit command_sheet_rows(struct command_work *work, const struct sheet_pick *pick,
                                     struct command_sheet *sheet)
{
    if (sheet_pick(&sheet->book, pick, work->arena, &sheet->sheet, &sheet->header))
        return command_say_verdict(work, VERDICT_TOO_LARGE, sheet->path);
    if (!sheet->book.refusal.expected)
        return COMMAND_DONE;
    if (strcmp(sheet->book.refusal.code, "not_found") == 0)
        command_sheet_tabs(work, sheet);
    return say_refusal(work, sheet);
}

const char *command_sheet_cell(struct command_work *work, const struct sheet_row *row,
                               size_t column)
{
    struct bytes cell = sheet_cell(row, column);
    return command_work_text(work, "%.*s", (int)cell.size, (const char *)cell.data);
}

const char *command_sheet_title(struct command_work *work, const struct command_sheet *sheet,
                                size_t column)
{
    return command_sheet_cell(work, sheet_row(&sheet->sheet, sheet->header.row), column);
}

const char *command_sheet_beside(struct command_work *work, const struct command_sheet *sheet,
                                 const char *word)
{
    const char *slash = strrchr(sheet->path, '/'), *name = slash ? slash + 1 : sheet->path;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - sheet->path) : strlen(sheet->path);
    size_t size = strlen(word); /* a copy's copy has the copy's name */
    if (length > size && sheet->path[length - size - 1] == '.' &&
        memcmp(sheet->path + length - size, word, size) == 0)
        length -= size + 1;
    return command_work_text(work, "%.*s.%s.%s", (int)length, sheet->path, word,
                             sheet->book.form == SHEET_XLSX ? "xlsx" : "csv");
}

static bool may_replace(struct command_work *work, const char *path)
{
    char answer[16] = "";
    if (work->common.yes || !work->port->asks || work->common.no_input || work->common.json)
        return work->common.yes;
    const char *prompt = command_work_text(work, "%s is there already. Replace it? [y/N] ", path);
    return work->port->ask(work->port->self, prompt, false, answer, sizeof answer) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

enum command_exit command_sheet_save(struct command_work *work, const char *path,
                                     struct bytes content)
{
    const struct command_file file = {content, 0600};
    int problem = work->port->write_file(work->port->self, path, &file, false);
    if (problem == EEXIST) {
        if (!may_replace(work, path)) {
            command_say_note(work, "%s is there already and was left as it is; --yes replaces it",
                             path);
            return COMMAND_PARTLY;
        }
        problem = work->port->write_file(work->port->self, path, &file, true);
    }
    return problem ? command_say_file(work, path, problem) : COMMAND_DONE;
}

enum command_exit command_sheet_load(struct command_work *work, const char *path, size_t rows_max,
                                     struct sheet *out)
{
    struct command_file file;
    struct sheet_book book;
    const char *encoding = command_work_flag(work, "encoding");
    if (encoding && !sheet_encoding_known(encoding))
        return command_say_usage(work, "give cp1250 or cp1252; UTF-8 is seen by itself",
                                 "--encoding: `%s` is not known", encoding);
    int problem = work->port->read_file(work->port->self, path, SHEET_SIZE_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    if (sheet_open(file.content, encoding, work->arena, &book))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    if (!book.refusal.expected && sheet_read(&book, 0, rows_max, work->arena, out))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    if (book.refusal.expected)
        return command_say_usage(work, book.refusal.remedy, "%s: %s", path, book.refusal.expected);
    return COMMAND_DONE;
}
