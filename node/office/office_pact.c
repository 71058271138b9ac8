/* Agreements from an office's own list: what becomes of each row is shown before anything is said.
 */

#include "admin/import_pact.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_errors.h"
#include "office/office_verbs.h"

#include <string.h>

enum { TITLES_MIN = 4, ROWS_MAX = 2000 };

static const struct sheet_title titles[IMPORT_PACT_COLUMNS] = {
    [IMPORT_PACT_CODE] = {"partner_erasmus_code", "partnererasmuscode erasmuscode"},
    [IMPORT_PACT_PARTNER] = {"partner", "institution university"},
    [IMPORT_PACT_FACULTY] = {"faculty", "department"},
    [IMPORT_PACT_BACHELOR] = {"bachelor", ""},
    [IMPORT_PACT_MASTER] = {"master", ""},
    [IMPORT_PACT_DOCTORAL] = {"doctoral", "phd"},
    [IMPORT_PACT_PLACES] = {"places", "students"},
    [IMPORT_PACT_MONTHS] = {"months_each", "monthseach months"},
    [IMPORT_PACT_FIELD] = {"subject_code", "subjectcode iscedcode"},
    [IMPORT_PACT_SUBJECT] = {"subject", ""},
    [IMPORT_PACT_EXPIRES] = {"expires_on", "expireson until"},
};

static const struct command_column note_columns[] = {
    {"ROW", "row", COMMAND_COUNT, TABLE_WHOLE},
    {"COLUMN", "column", COMMAND_TEXT, TABLE_WHOLE},
    {"EXPECTED", "expected", COMMAND_TEXT, TABLE_CUT},
    {"WHAT TO DO", "remedy", COMMAND_TEXT, TABLE_CUT},
};
static const struct command_column said_columns[] = {
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"AGREEMENT", "dossier", COMMAND_TEXT, TABLE_WHOLE},
    {"NOT SAID", "error.message", COMMAND_TEXT, TABLE_CUT},
};

static json_t *rows_of(struct command_work *work, const struct command_sheet *sheet)
{
    json_t *list = command_work_keep(work, json_array());
    for (const struct sheet_row *row = sheet->header.next; row; row = row->next) {
        json_t *one = json_pack("{s:I}", "row", (json_int_t)row->number);
        for (size_t i = 0; i < sheet->header.count; i++) {
            uint16_t title = sheet->header.titles[i];
            const char *text = command_sheet_cell(work, row, i);
            if (title != SHEET_TITLE_NONE && *text)
                json_object_set_new(one, import_pact_name((enum import_pact_column)title),
                                    json_string(text));
        }
        json_array_append_new(list, one);
    }
    return list;
}

/* Where each note stands in the file, so that its copy can mark the cell. */
static void places_add(const struct command_sheet *sheet, json_t *notes)
{
    size_t i;
    json_t *one;
    json_array_foreach(notes, i, one)
    {
        const char *column = json_string_value(json_object_get(one, "column"));
        for (size_t j = 0; column && j < sheet->header.count; j++) {
            uint16_t title = sheet->header.titles[j];
            if (title != SHEET_TITLE_NONE &&
                strcmp(import_pact_name((enum import_pact_column)title), column) == 0)
                json_object_set_new(one, "place", json_integer((json_int_t)j + 1));
        }
    }
}

static enum command_exit ask(struct command_work *work, json_t *rows, bool confirm, json_t **reply)
{
    struct command_call call = {"POST", "/api/v1/agreements/import",
                                json_pack("{s:O, s:s*, s:s*, s:b}", "rows", rows, "own",
                                          command_work_flag(work, "own"), "until",
                                          command_work_flag(work, "until"), "confirm", confirm),
                                confirm ? command_node_key(work) : NULL};
    return command_node_call(work, &call, reply);
}

static void say_reading(struct command_work *work, const json_t *reply)
{
    static const struct command_listing notes = {"notes", note_columns,
                                                 sizeof note_columns / sizeof *note_columns, ""};
    if (work->common.json)
        return;
    if (json_array_size(json_object_get(reply, "problems"))) {
        command_say_line(work, "Refused");
        (void)command_list_table(work, &notes, json_object_get(reply, "problems"));
    }
    if (work->common.verbose && json_array_size(json_object_get(reply, "fixes"))) {
        command_say_line(work, "Mended");
        (void)command_list_table(work, &notes, json_object_get(reply, "fixes"));
    }
    command_say_line(work, "%s rows accepted, %s of them mended (see -v); %s refused; %zu partners",
                     command_list_text(work, reply, "accepted", COMMAND_TEXT),
                     command_list_text(work, reply, "mended", COMMAND_TEXT),
                     command_list_text(work, reply, "refused", COMMAND_TEXT),
                     json_array_size(json_object_get(reply, "proposals")));
}

static enum command_exit propose(struct command_work *work, json_t *rows, const json_t *before)
{
    static const struct command_listing said = {
        "said", said_columns, sizeof said_columns / sizeof *said_columns, "Nothing was proposed."};
    size_t count = json_array_size(json_object_get(before, "proposals"));
    json_t *reply;
    if (work->common.dry_run || count == 0) {
        command_say_json(work, json_incref((json_t *)(uintptr_t)before));
        return count ? COMMAND_DONE : COMMAND_PROBLEMS;
    }
    enum command_exit wrong = command_say_confirm(
        work, command_work_text(work, "Propose %s?",
                                command_say_count(work, count, "agreement", "agreements")));
    wrong = wrong ? wrong : ask(work, rows, true, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    if (!work->common.json)
        (void)command_list_table(work, &said, json_object_get(reply, "said"));
    command_say_next(work, "peregrin agreement list --state offered");
    return json_integer_value(json_object_get(reply, "refused")) ? COMMAND_PARTLY : COMMAND_DONE;
}

enum command_exit office_pact_import(struct command_work *work)
{
    const struct sheet_pick pick = {.titles = titles,
                                    .title_count = IMPORT_PACT_COLUMNS,
                                    .known_min = TITLES_MIN,
                                    .rows_max = ROWS_MAX};
    struct command_sheet sheet;
    json_t *reply;
    enum command_exit wrong = command_sheet_open(work, work->arguments[0], &sheet);
    wrong = wrong ? wrong : command_sheet_rows(work, &pick, &sheet);
    if (wrong)
        return wrong;
    if (!sheet.header.row)
        return command_say_usage(work,
                                 "the first row has partner_erasmus_code, places, months_each",
                                 "%s: no row with titles of a list of agreements", sheet.path);
    json_t *rows = rows_of(work, &sheet);
    wrong = ask(work, rows, false, &reply);
    if (wrong)
        return wrong;
    places_add(&sheet, json_object_get(reply, "problems"));
    say_reading(work, reply);
    office_errors_write(work, &sheet, json_object_get(reply, "problems"));
    return propose(work, rows, reply);
}
