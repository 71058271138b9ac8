#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"
#include "report/text.h"

#include <string.h>

enum { LAST_USUAL = 30, LAST_MAX = 1000, PAGE = 1000 };

static const struct command_column columns[] = {
    {"NUMBER", "number", COMMAND_COUNT, TABLE_GOES_FIRST},
    {"WHEN", "at", COMMAND_TIME, TABLE_WHOLE},
    {"USER", "user", COMMAND_TEXT, TABLE_WHOLE},
    {"BY", "way", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"DID", "method", COMMAND_TEXT, TABLE_WHOLE},
    {"TO", "route", COMMAND_TEXT, TABLE_TAIL},
    {"ABOUT", "about", COMMAND_TEXT, TABLE_TAIL},
    {"CODE", "code", COMMAND_TEXT, TABLE_WHOLE},
};

enum { COLUMNS = sizeof columns / sizeof *columns };

static bool holds(const json_t *entry)
{
    return json_is_true(json_object_get(entry, "holds"));
}

/* An entry that does not name the one before was changed, or one is missing. */
static enum command_exit broken(struct command_work *work, const json_t *entry)
{
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_PROBLEMS, "journal",
                  command_work_text(work, "entry %s does not follow the one before",
                                    command_list_text(work, entry, "number", COMMAND_TEXT)),
                  "somebody has changed the database by hand: compare with an export or a backup",
                  NULL, NULL});
}

static enum command_exit judge(struct command_work *work, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!holds(json_array_get(list, i)))
            return broken(work, json_array_get(list, i));
    return COMMAND_DONE;
}

enum command_exit operate_journal_log(struct command_work *work)
{
    static const struct command_listing listing = {"entries", columns, COLUMNS,
                                                   "Nothing was changed by anybody yet."};
    unsigned last;
    json_t *reply;
    enum command_exit wrong = command_say_number(work, "last", 1, LAST_MAX, LAST_USUAL, &last);
    if (!wrong)
        wrong = command_node_get(
            work, command_work_text(work, "/api/v1/audit/log?last=%u&limit=%d", last, PAGE),
            &reply);
    if (wrong)
        return wrong;
    const json_t *list = json_object_get(reply, "entries");
    wrong = command_list_show(work, &listing, list);
    return wrong ? wrong : judge(work, list);
}

/* ---- export ------------------------------------------------------------------------------------
 */

/* A cell that a spreadsheet would take for a formula gets a sign before it that makes it text; what
 * a terminal would obey is taken out. */
static void put_cell(struct command_work *work, const char *text, bool first)
{
    FILE *out = work->port->out;
    struct bytes calm = text_calm(bytes_text(text), work->arena);
    fputs(first ? "\"" : ",\"", out);
    if (calm.size && strchr("=+-@", calm.data[0]))
        fputc('\'', out);
    for (size_t i = 0; i < calm.size; i++) {
        if (calm.data[i] == '"')
            fputc('"', out);
        fputc(calm.data[i], out);
    }
    fputc('"', out);
}

static void put_row(struct command_work *work, const json_t *entry)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const json_t *value = json_object_get(entry, columns[i].name);
        const char *text = json_is_integer(value) ? command_work_text(work, "%" JSON_INTEGER_FORMAT,
                                                                      json_integer_value(value))
                                                  : json_string_value(value);
        put_cell(work, text ? text : "", i == 0);
    }
    fputs("\r\n", work->port->out);
}

static void put_entry(struct command_work *work, const json_t *entry, bool lines)
{
    if (!lines) {
        put_row(work, entry);
        return;
    }
    command_say_json_line(work, entry);
}

static void put_titles(struct command_work *work)
{
    for (size_t i = 0; i < COLUMNS; i++)
        put_cell(work, columns[i].name, i == 0);
    fputs("\r\n", work->port->out);
}

enum command_exit operate_journal_export(struct command_work *work)
{
    bool lines = work->common.json;
    const char *after = "0";
    enum command_exit wrong = COMMAND_DONE, found = COMMAND_DONE;
    if (!lines)
        put_titles(work);
    while (after && !wrong) {
        json_t *reply;
        char next[32] = "";
        struct arena_mark mark = arena_mark(work->arena);
        wrong = command_node_get(
            work, command_work_text(work, "/api/v1/audit/log?after=%s&limit=%d", after, PAGE),
            &reply);
        if (wrong)
            break;
        const json_t *list = json_object_get(reply, "entries");
        for (size_t i = 0; i < json_array_size(list); i++)
            put_entry(work, json_array_get(list, i), lines);
        found = found ? found : judge(work, list);
        bool more = json_is_integer(json_object_get(reply, "next"));
        snprintf(next, sizeof next, "%s", command_list_text(work, reply, "next", COMMAND_TEXT));
        json_array_clear(work->kept);
        arena_rewind(work->arena, mark);
        after = more ? command_work_text(work, "%s", next) : NULL;
    }
    return wrong ? wrong : found;
}
