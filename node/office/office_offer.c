/* Proposals from files: JSON with all of it, a spreadsheet with a condition in each row. */

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "office/office_verbs.h"

#include <stdlib.h>
#include <string.h>

enum { PUBLIC = 0644, TITLES_MIN = 4, ROWS_MAX = 101, YEAR_MAX = 16 };

enum column {
    ID,
    SENDING,
    MOBILITY,
    FIRST_YEAR,
    LAST_YEAR,
    PLACES,
    MONTHS,
    DAYS,
    FIELDS,
    LEVELS,
    LANGUAGES,
    BLENDED,
    DEGREES,
    NOTE,
    COLUMNS
};

static const struct sheet_title titles[COLUMNS] = {
    [ID] = {"id", "condition"},
    [SENDING] = {"sending", "sender home"},
    [MOBILITY] = {"mobility", "kind"},
    [FIRST_YEAR] = {"first_year", "firstyear from"},
    [LAST_YEAR] = {"last_year", "lastyear until"},
    [PLACES] = {"places", "students"},
    [MONTHS] = {"months", "totalmonths"},
    [DAYS] = {"days", "totaldays"},
    [FIELDS] = {"isced_f", "isced iscedf subjectcode"},
    [LEVELS] = {"eqf", "levels"},
    [LANGUAGES] = {"languages", "language"},
    [BLENDED] = {"blended", ""},
    [DEGREES] = {"degrees", "commondegree"},
    [NOTE] = {"note", "notes"},
};

static const char json_template[] =
    "{\n"
    "  \"reference\": \"2027-HOME-HOST\",\n"
    "  \"charter\": true,\n"
    "  \"conditions\": [\n"
    "    {\n"
    "      \"id\": \"c1\",\n"
    "      \"sending\": \"home.example\",\n"
    "      \"mobility\": \"studies\",\n"
    "      \"first_year\": \"2027/2028\",\n"
    "      \"last_year\": \"2029/2030\",\n"
    "      \"places\": 4,\n"
    "      \"tenth_months\": 200,\n"
    "      \"isced_f\": [\"0913\"],\n"
    "      \"eqf\": [6],\n"
    "      \"languages\": [{\"language\": \"en\", \"level\": \"B2\"}]\n"
    "    }\n"
    "  ],\n"
    "  \"contacts\": [{\"name\": \"International office\", \"email\": \"mobility@home.example\"}]\n"
    "}\n";

static const char csv_template[] =
    "id,sending,mobility,first_year,last_year,places,months,days,isced_f,eqf,languages,blended,"
    "degrees,note\r\n"
    "c1,home.example,studies,2027/2028,2029/2030,4,20,,0913,6,en B2,,,\r\n"
    "c2,host.example,teaching,2027/2028,2029/2030,2,,10,,,,,,\r\n";

enum command_exit office_offer_template(struct command_work *work)
{
    const char *path = work->arguments[0], *dot = strrchr(path, '.');
    bool csv = dot && strcmp(dot, ".csv") == 0;
    struct command_file file = {bytes_text(csv ? csv_template : json_template), PUBLIC};
    int problem = work->common.dry_run
                      ? 0
                      : work->port->write_file(work->port->self, path, &file, work->common.yes);
    if (problem)
        return command_say_file(work, path, problem);
    command_say_line(work, "%s %s", work->common.dry_run ? "Would write" : "Wrote", path);
    command_say_next(work,
                     csv ? "peregrin agreement propose terms.json --conditions %s"
                         : "peregrin agreement propose %s --partner SCHAC",
                     path);
    return COMMAND_DONE;
}

enum command_exit office_offer_read(struct command_work *work, const char *path, json_t **out)
{
    struct command_file file;
    json_error_t where;
    int problem =
        work->port->read_file(work->port->self, path, COMMAND_FILE_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    json_t *read =
        command_work_keep(work, json_loadb((const char *)file.content.data, file.content.size,
                                           JSON_REJECT_DUPLICATES, &where));
    if (!json_is_object(read))
        return command_say_usage(work,
                                 "`peregrin agreement template terms.json` writes one to fill in",
                                 "%s: no JSON object (line %d)", path, read ? 1 : where.line);
    *out = read;
    return COMMAND_DONE;
}

/* ---- conditions from a spreadsheet ---- */

/* A whole number, or -1. */
static json_int_t whole(const char *text)
{
    char *end;
    long long value = strtoll(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && value <= UINT32_MAX ? (json_int_t)value : -1;
}

/* `4.5` and `4,5` as 45 tenths; -1: neither. */
static json_int_t tenths(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 6)
        return -1;
    json_int_t value = 10 * (json_int_t)strtol(text, NULL, 10);
    text += digits;
    if (!*text)
        return value;
    bool tenth = (*text == '.' || *text == ',') && text[1] >= '0' && text[1] <= '9' && !text[2];
    return tenth ? value + text[1] - '0' : -1;
}

/* Words between commas, semicolons and blanks. */
static json_t *words_of(struct command_work *work, const char *text, bool numbers)
{
    json_t *list = json_array();
    while (*(text += strspn(text, " ,;"))) {
        size_t size = strcspn(text, " ,;");
        const char *word = command_work_text(work, "%.*s", (int)size, text);
        json_array_append_new(list, numbers ? json_integer(whole(word)) : json_string(word));
        text += size;
    }
    return list;
}

/* `en B2, fr`: a level stands behind its language. */
static json_t *languages_of(struct command_work *work, const char *text)
{
    json_t *list = json_array();
    while (*(text += strspn(text, " ,;"))) {
        size_t size = strcspn(text, " ,;");
        const char *word = command_work_text(work, "%.*s", (int)size, text);
        text += size;
        size_t gap = strspn(text, " ");
        size_t level = gap && text[gap] >= 'A' && text[gap] <= 'Z' ? strcspn(text + gap, " ,;") : 0;
        json_t *one = json_pack("{s:s}", "language", word);
        if (level)
            json_object_set_new(
                one, "level", json_string(command_work_text(work, "%.*s", (int)level, text + gap)));
        json_array_append_new(list, one);
        text += level ? gap + level : 0;
    }
    return list;
}

static json_t *value_of(struct command_work *work, enum column column, const char *text)
{
    switch (column) {
    case PLACES:
    case DAYS: return json_integer(whole(text));
    case MONTHS: return json_integer(tenths(text));
    case FIELDS: return words_of(work, text, false);
    case LEVELS: return words_of(work, text, true);
    case LANGUAGES: return languages_of(work, text);
    case BLENDED: return json_boolean(strchr("yYjJoO1tT", text[0]) != NULL);
    default: return json_string(text);
    }
}

static enum command_exit condition_read(struct command_work *work,
                                        const struct command_sheet *sheet,
                                        const struct sheet_row *row, json_t *list)
{
    json_t *one = json_object();
    json_array_append_new(list, one);
    for (size_t i = 0; i < sheet->header.count; i++) {
        uint16_t column = sheet->header.titles[i];
        const char *text = command_sheet_cell(work, row, i);
        if (column == SHEET_TITLE_NONE || !*text)
            continue;
        json_t *value = value_of(work, (enum column)column, text);
        bool number = json_is_integer(value);
        if (number && json_integer_value(value) < 0) {
            json_decref(value);
            return command_say_usage(work, "write a plain number", "%s, row %zu: `%s` is no number",
                                     sheet->path, row->number, titles[column].name);
        }
        const char *name = column == MONTHS ? "tenth_months" : titles[column].name;
        json_object_set_new(one, name, value);
    }
    return COMMAND_DONE;
}

static enum command_exit conditions_read(struct command_work *work, const char *path, json_t *terms)
{
    struct command_sheet sheet;
    const struct sheet_pick pick = {
        .titles = titles, .title_count = COLUMNS, .known_min = TITLES_MIN, .rows_max = ROWS_MAX};
    json_t *list = json_array();
    json_object_set_new(terms, "conditions", list);
    enum command_exit wrong = command_sheet_open(work, path, &sheet);
    wrong = wrong ? wrong : command_sheet_rows(work, &pick, &sheet);
    if (wrong)
        return wrong;
    if (!sheet.header.row)
        return command_say_usage(
            work, "`peregrin agreement template conditions.csv` writes one to fill in",
            "%s: no row with titles of conditions", path);
    for (const struct sheet_row *row = sheet.header.next; row && !wrong; row = row->next)
        wrong = condition_read(work, &sheet, row, list);
    return wrong;
}

/* ---- proposing ---- */

/* The node says whether it would take them. */
static enum command_exit check(struct command_work *work, json_t *terms)
{
    json_t *reply;
    const struct command_call call = {"POST", "/api/v1/agreements/check",
                                      json_pack("{s:s*, s:s*, s:O}", "own",
                                                command_work_flag(work, "own"), "partner",
                                                command_work_flag(work, "partner"), "terms", terms),
                                      NULL};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    if (!work->common.json)
        command_list_tree(work, terms, 0);
    command_say_line(work, "Would propose these terms: nothing is wrong with them");
    command_say_json(
        work, json_pack("{s:i, s:b, s:O}", "schema", 1, "well_formed", true, "terms", terms));
    return COMMAND_DONE;
}

enum command_exit office_offer_propose(struct command_work *work)
{
    const char *partner = command_work_flag(work, "partner"), *in = command_work_flag(work, "in");
    const char *sheet = command_work_flag(work, "conditions");
    const char *replaces = command_work_flag(work, "replaces");
    const char *comment = command_work_flag(work, "comment"), *own = command_work_flag(work, "own");
    static const char *const opener[] = {"opener", NULL};
    json_t *terms, *reply;
    if (!partner == !in)
        return command_say_usage(work,
                                 "add --partner SCHAC, or --in AGREEMENT for another revision",
                                 "a new agreement, or a change of one?");
    enum command_exit wrong = office_offer_read(work, work->arguments[0], &terms);
    if (!wrong && sheet)
        wrong = conditions_read(work, sheet, terms);
    if (wrong)
        return wrong;
    if (comment)
        json_object_set_new(terms, "comment", json_string(comment));
    if (replaces)
        json_object_set_new(terms, "replaces", json_string(replaces));
    if (work->common.dry_run)
        return check(work, terms);
    const char *path =
        in ? command_node_query(work,
                                command_work_text(work, "/api/v1/agreements/%s/terms",
                                                  command_node_escape(work, in)),
                                opener)
           : "/api/v1/agreements";
    struct command_call call = {
        "POST", path,
        json_pack("{s:s*, s:s*, s:O}", "own", own, "partner", partner, "terms", terms),
        command_node_key(work)};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    const char *dossier = command_list_text(work, reply, "dossier", COMMAND_TEXT);
    command_say_line(work, "Proposed in %s: the partner must approve", dossier);
    command_say_next(work, "peregrin agreement show %s", dossier);
    return COMMAND_DONE;
}
