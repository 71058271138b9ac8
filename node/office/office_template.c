#include "admin/import_cell.h"
#include "command/command_say.h"
#include "office/office_marks.h"
#include "office/office_verbs.h"
#include "sheet/sheet_write.h"

#include <string.h>

enum { COLUMNS_MAX = 32, LANGUAGES = 3 };

/* One column of a template. */
struct column {
    const char *name, *title, *expected;
    bool needed;
};

struct template
{
    const char *sheet, *fill; /* the sheet's name, and the command that reads it */
    struct column columns[COLUMNS_MAX];
    size_t count;
    const struct sheet_choice *choices;
    size_t choice_count;
};

static const char *const languages[LANGUAGES] = {"en", "fr", "nl"};

/* Titles of the columns of a list of results, in their order. */
static const char *const result_titles[][LANGUAGES] = {
    {"Dossier", "Dossier", "Dossier"},
    {"ESI", "ESI", "ESI"},
    {"Course code", "Code du cours", "Vakcode"},
    {"Course title", "Intitulé", "Titel"},
    {"Language of title", "Langue de l'intitulé", "Taal van de titel"},
    {"ISCED code", "Code ISCED", "ISCED"},
    {"Hours", "Heures", "Uren"},
    {"ECTS", "Crédits ECTS", "Studiepunten"},
    {"Grade", "Note", "Cijfer"},
    {"Grading scheme", "Échelle", "Puntenschaal"},
    {"Passed", "Réussi", "Geslaagd"},
    {"Semester", "Semestre", "Semester"},
    {"Language", "Langue", "Taal"},
    {"Start date", "Date de début", "Begindatum"},
    {"End date", "Date de fin", "Einddatum"},
    {"Date of issue", "Date d'émission", "Uitgiftedatum"},
    {"Comment", "Commentaire", "Opmerking"},
};

/* ---- the workbook ------------------------------------------------------------------------------
 */

static struct sheet_row *row_make(struct command_work *work, size_t number,
                                  const char *const texts[], size_t count)
{
    struct sheet_row *row = arena_take(work->arena, sizeof *row);
    struct bytes *cells = arena_take_array(work->arena, count, sizeof *cells);
    uint8_t *kinds = arena_take(work->arena, count);
    if (!row || !cells || !kinds)
        return NULL;
    for (size_t i = 0; i < count; i++)
        cells[i] = bytes_text(texts[i]);
    *row =
        (struct sheet_row) {.number = number, .cells = cells, .kinds = kinds, .cell_count = count};
    return row;
}

/* The second sheet: a line for each column. */
static struct sheet_row *explanation(struct command_work *work, const struct template *template)
{
    static const char *const heads[] = {"Title", "What a cell holds", "Must be there"};
    struct sheet_row *first = row_make(work, 1, heads, 3), *last = first;
    for (size_t i = 0; last && i < template->count; i++) {
        const struct column *column = &template->columns[i];
        const char *texts[] = {column->title, column->expected, column->needed ? "yes" : ""};
        last->next = row_make(work, i + 2, texts, 3);
        last = last->next;
    }
    return last ? first : NULL;
}

static enum command_exit save_workbook(struct command_work *work, const struct template *template,
                                       const char *path)
{
    const char *titles[COLUMNS_MAX];
    struct bytes content;
    for (size_t i = 0; i < template->count; i++)
        titles[i] = template->columns[i].title;
    struct sheet_writing sheets[] = {
        {.name = template->sheet,
         .rows = row_make(work, 1, titles, template->count),
         .header_row = 1,
         .choices = template->choices,
         .choice_count = template->choice_count,
         .width = 18},
        {.name = "How to fill it in",
         .rows = explanation(work, template),
         .header_row = 1,
         .width = 32},
    };
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", path);
        return COMMAND_DONE;
    }
    if (!sheets[0].rows || !sheets[1].rows ||
        sheet_write_xlsx(sheets, 2, work->arena, &content) != FAULT_NONE)
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    enum command_exit wrong = command_sheet_save(work, path, content);
    if (wrong)
        return wrong;
    command_say_line(work, "Wrote %s", path);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "file", path));
    command_say_next(work, "fill it in, then peregrin %s %s", template->fill, path);
    return COMMAND_DONE;
}

/* ---- the title row -----------------------------------------------------------------------------
 */

static enum command_exit print_titles(struct command_work *work, const struct template *template)
{
    json_t *columns = json_array();
    for (size_t i = 0; i < template->count; i++) {
        const struct column *one = &template->columns[i];
        json_array_append_new(columns, json_pack("{s:s, s:s, s:s, s:b}", "name", one->name, "title",
                                                 one->title, "expected", one->expected, "needed",
                                                 one->needed));
        if (work->common.plain)
            command_say_line(work, "%s\t%s\t%s", one->title, one->needed ? "needed" : "",
                             one->expected);
        else if (!work->common.json)
            fprintf(work->port->out, "%s%s", i ? "," : "", one->title);
    }
    if (!work->common.plain)
        command_say_line(work, "%s", "");
    command_say_json(work, json_pack("{s:i, s:o}", "schema", 1, "columns", columns));
    command_say_next(work, "fill it in, then peregrin %s FILE", template->fill);
    return COMMAND_DONE;
}

static enum command_exit check_language(struct command_work *work, const char *language,
                                        size_t *number)
{
    *number = LANGUAGES;
    for (size_t i = 0; language && i < LANGUAGES; i++)
        if (strcmp(languages[i], language) == 0)
            *number = i;
    if (!language || *number < LANGUAGES)
        return COMMAND_DONE;
    return command_say_usage(work, "give en, fr or nl", "--lang: `%s` is not known", language);
}

static enum command_exit give(struct command_work *work, const struct template *template)
{
    const char *path = command_work_flag(work, "xlsx");
    return path ? save_workbook(work, template, path) : print_titles(work, template);
}

enum command_exit office_template_nominations(struct command_work *work)
{
    static const char *const terms[] = {"1", "2", NULL};
    static const char *const kinds[] = {"studies",  "traineeship", "blended", "doctoral",
                                        "teaching", "training",    "virtual", NULL};
    static const char *const levels[] = {"5", "6", "7", "8", NULL};
    static const char *const genders[] = {"f", "m", "x", NULL};
    static const char *const truths[] = {"yes", "no", NULL};
    static const struct sheet_choice choices[] = {
        {IMPORT_TITLE_TERM, terms},          {IMPORT_TITLE_KIND, kinds},
        {IMPORT_TITLE_LEVEL, levels},        {IMPORT_TITLE_GENDER, genders},
        {IMPORT_TITLE_SUPPORT, truths},      {IMPORT_TITLE_VIRTUAL_PART, truths},
        {IMPORT_TITLE_ONE_TIER, truths},     {IMPORT_TITLE_WITH_TRAINING, truths},
        {IMPORT_TITLE_GREEN_TRAVEL, truths},
    };
    struct template template = {.sheet = "Nominations",
                                .fill = "nomination import",
                                .count = IMPORT_TITLE_COLUMNS,
                                .choices = choices,
                                .choice_count = sizeof choices / sizeof *choices};
    const char *language = command_work_flag(work, "lang");
    size_t number;
    enum command_exit wrong = check_language(work, language, &number);
    for (size_t i = 0; !wrong && i < IMPORT_TITLE_COLUMNS; i++) {
        const struct import_cell_column *one = import_cell_column(i);
        template.columns[i] =
            (struct column) {one->name, import_title_text((enum import_title)i, language),
                             one->expected, one->needed};
    }
    return wrong ? wrong : give(work, &template);
}

enum command_exit office_template_transcripts(struct command_work *work)
{
    struct template template = {.sheet = "Results", .fill = "transcript import"};
    struct office_marks_column one;
    size_t number;
    enum command_exit wrong = check_language(work, command_work_flag(work, "lang"), &number);
    while (!wrong && office_marks_column(template.count, &one)) {
        const char *title = number < LANGUAGES ? result_titles[template.count][number] : one.name;
        template.columns[template.count++] = (struct column) {one.name, title, one.expected, false};
    }
    return wrong ? wrong : give(work, &template);
}
