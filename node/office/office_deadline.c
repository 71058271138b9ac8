#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "office/office_notice.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"DATE", "date", COMMAND_TEXT, TABLE_WHOLE},
    {"IN", "in", COMMAND_TEXT, TABLE_WHOLE},
    {"WHAT", "kind", COMMAND_TEXT, TABLE_WHOLE},
    {"WHO MUST ACT", "must_act", COMMAND_TEXT, TABLE_WHOLE},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_GOES_THIRD},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"YEAR", "year", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"TERM", "term", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"ZONE", "zone", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW}, /* with -v */
};

enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const names[] = {"days", "partner", NULL};

static const char *in_words(struct command_work *work, json_int_t days)
{
    if (days < 0)
        return command_work_text(work, "%d %s late", (int)-days, days == -1 ? "day" : "days");
    return days == 0 ? "today"
                     : command_work_text(work, "%d %s", (int)days, days == 1 ? "day" : "days");
}

/* Only what is late, with --late; and how long there is left, in words. */
static json_t *kept(struct command_work *work, const json_t *list, size_t *late)
{
    json_t *lines = command_work_keep(work, json_array());
    *late = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *line = json_array_get(list, i);
        bool is_late = json_is_true(json_object_get(line, "late"));
        *late += is_late;
        if (command_work_flag(work, "late") && !is_late)
            continue;
        if (!work->common.json)
            json_object_set_new(line, "in",
                                json_string(in_words(
                                    work, json_integer_value(json_object_get(line, "days_left")))));
        json_array_append(lines, line);
    }
    return lines;
}

/* Each zone once that stands in these lines and is not known. */
static void zones_note(struct command_work *work, const json_t *lines)
{
    json_t *told = command_work_keep(work, json_object());
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *zone = json_string_value(json_object_get(line, "zone"));
        if (!json_is_false(json_object_get(line, "zone_known")) || json_object_get(told, zone))
            continue;
        json_object_set_new(told, zone, json_true());
        office_notice_zone(work, zone);
    }
}

enum command_exit office_deadline_list(struct command_work *work)
{
    static const struct command_listing listing = {"deadlines", columns, COLUMNS - 1,
                                                   "Nothing is due."};
    static const struct command_listing in_full = {"deadlines", columns, COLUMNS,
                                                   "Nothing is due."};
    json_t *reply;
    size_t late;
    enum command_exit wrong =
        command_node_get(work, command_node_query(work, "/api/v1/deadlines", names), &reply);
    if (wrong)
        return wrong;
    json_t *lines = kept(work, json_object_get(reply, "deadlines"), &late);
    wrong = command_list_show(work, work->common.verbose ? &in_full : &listing, lines);
    if (late)
        command_say_note(work, "%s late",
                         command_say_count(work, late, "deadline is", "deadlines are"));
    zones_note(work, lines);
    if (json_is_false(json_object_get(reply, "whole")))
        command_say_note(work, "There are more: narrow them with --partner or --days.");
    return wrong;
}

enum command_exit office_deadline_ical(struct command_work *work)
{
    struct bytes content;
    const char *path = command_work_flag(work, "out");
    enum command_exit wrong = command_node_bytes(
        work, command_node_query(work, "/api/v1/calendars/deadlines", names), &content);
    if (wrong)
        return wrong;
    if (!path && work->common.json)
        command_say_json(work, json_pack("{s:i, s:s%}", "schema", 1, "calendar",
                                         (const char *)content.data, content.size));
    else if (!path)
        fwrite(content.data, 1, content.size, work->port->out);
    if (!path)
        return COMMAND_DONE;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", path);
        return COMMAND_DONE;
    }
    wrong = command_sheet_save(work, path, content);
    if (wrong)
        return wrong;
    command_say_line(work, "Wrote %s: import it, or let the calendar read it again and again",
                     path);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "file", path));
    return COMMAND_DONE;
}
