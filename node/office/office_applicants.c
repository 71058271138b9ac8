/* Applications from an office's list, the list to begin with, and the points of each. */

#include "command/command_list.h"
#include "command/command_money.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_errors.h"
#include "office/office_reading.h"
#include "office/office_verbs.h"
#include "report/plain.h"
#include "sheet/sheet_write.h"

#include <string.h>

enum { FIELDS_SHOWN = 6 };

static const char *call_path(struct command_work *work, const char *number, const char *rest)
{
    return command_work_text(work, "/api/v1/calls/%s%s", command_node_escape(work, number), rest);
}

/* ---- the list ----------------------------------------------------------------------------------
 */

/* What the rows change that wait already, each by its row. */
static void say_changes(struct command_work *work, const json_t *reply)
{
    const json_t *changes = json_object_get(reply, "changes");
    const char *text = "";
    size_t count = json_array_size(changes);
    for (size_t i = 0; i < count && i < FIELDS_SHOWN; i++) {
        const json_t *one = json_array_get(changes, i), *names = json_object_get(one, "fields");
        text = command_work_text(work, "%s%srow %s:", text, i ? "; " : "",
                                 command_list_text(work, one, "row", COMMAND_TEXT));
        for (size_t j = 0; j < json_array_size(names); j++)
            text =
                command_work_text(work, "%s %s", text, json_string_value(json_array_get(names, j)));
    }
    if (count)
        command_say_line(work, "%zu wait already and change (%s%s)", count, text,
                         count > FIELDS_SHOWN ? "; and more" : "");
}

static enum command_exit say_preview(struct office_reading *reading)
{
    struct command_work *work = reading->work;
    json_int_t asked = office_reading_number(reading, "asked_cents");
    enum command_exit wrong = office_reading_show(reading);
    if (wrong || office_reading_header_bad(reading))
        return wrong;
    say_changes(work, reading->reply);
    office_reading_count(reading);
    if (asked)
        command_say_line(work, "The new ones ask for %s together",
                         command_money_text(work, asked, ""));
    return COMMAND_DONE;
}

static enum command_exit tell_stored(const struct office_reading *reading)
{
    struct command_work *work = reading->work;
    const json_t *reply = reading->reply;
    json_int_t changed = office_reading_number(reading, "changed");
    json_int_t fresh = office_reading_number(reading, "stored") - changed;
    if (fresh)
        command_say_line(work, "Entered %s: numbers %s to %s, in the order of the list",
                         command_say_count(work, (size_t)fresh, "application", "applications"),
                         command_list_text(work, reply, "first", COMMAND_COUNT),
                         command_list_text(work, reply, "last", COMMAND_COUNT));
    if (changed)
        command_say_line(work, "Changed %s, under the old numbers",
                         command_say_count(work, (size_t)changed, "application", "applications"));
    command_say_json(work, json_incref(reading->reply));
    command_say_next(work, "peregrin grant allot --until-spent --call %s --dry-run",
                     command_work_flag(work, "call"));
    return office_reading_number(reading, "bad") ? COMMAND_PARTLY : COMMAND_DONE;
}

enum command_exit office_applicants_import(struct command_work *work)
{
    struct office_reading reading;
    const char *call = command_work_flag(work, "call");
    if (!call)
        return command_say_usage(work, "add --call NUMBER", "to which call?");
    enum command_exit wrong =
        office_reading_open(work, "grant import", call_path(work, call, "/import"), &reading);
    if (!wrong)
        wrong = say_preview(&reading);
    if (wrong)
        return wrong;
    if (!office_reading_header_bad(&reading))
        office_errors_write(work, &reading.sheet, json_object_get(reading.reply, "problems"));
    json_int_t changed = office_reading_number(&reading, "changed");
    json_int_t left =
        office_reading_number(&reading, "ready") - office_reading_number(&reading, "unchanged");
    bool good = office_reading_good(&reading);
    if (good && left == 0) {
        command_say_line(work, "Nothing new: the good rows are all here already");
        command_say_json(work, json_incref(reading.reply));
        return office_reading_number(&reading, "bad") ? COMMAND_PARTLY : COMMAND_DONE;
    }
    const char *prompt = command_work_text(
        work, "Enter %" JSON_INTEGER_FORMAT " and change %" JSON_INTEGER_FORMAT "? [y/N] ",
        left - changed, changed);
    if (work->common.dry_run || !good || !office_reading_wanted(&reading, prompt))
        return office_reading_leave(&reading, "--yes");
    wrong = office_reading_confirm(&reading);
    return wrong ? wrong : tell_stored(&reading);
}

/* ---- the list to begin with --------------------------------------------------------------------
 */

enum command_exit office_applicants_template(struct command_work *work)
{
    static const char *const titles[] = {
        "reference", "family_name", "given_names", "kind",  "country", "nationality", "level",
        "start",     "end",         "unit",        "group", "amount",  "comment",     "points"};
    const size_t fixed = sizeof titles / sizeof *titles;
    const char *number = command_work_flag(work, "call");
    json_t *reply;
    struct bytes content;
    if (!number)
        return command_say_usage(work, "add --call NUMBER", "of which call?");
    enum command_exit wrong = command_node_get(work, call_path(work, number, ""), &reply);
    if (wrong)
        return wrong;
    const json_t *criteria = json_object_get(json_object_get(reply, "call"), "criteria");
    size_t more = json_array_size(criteria), count = fixed - (more ? 1 : 0) + more;
    struct bytes *cells = arena_take_array(work->arena, count, sizeof *cells);
    for (size_t i = 0; cells && i < count; i++)
        cells[i] = bytes_text(i < count - more
                                  ? titles[i]
                                  : json_string_value(json_array_get(criteria, i + more - count)));
    struct sheet_row row = {.number = 1, .cells = cells, .cell_count = count};
    const struct sheet_writing writing = {.name = "Applications", .rows = &row};
    if (!cells || sheet_write_csv(&writing, ',', false, work->arena, &content))
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the template");
    fwrite(content.data, 1, content.size, work->port->out);
    return COMMAND_DONE;
}

/* ---- points ------------------------------------------------------------------------------------
 */

static const char *criteria_text(struct command_work *work, const json_t *criteria)
{
    const char *text = "";
    for (size_t i = 0; i < json_array_size(criteria); i++)
        text = command_work_text(work, "%s%s%s", text, i ? ", " : "",
                                 json_string_value(json_array_get(criteria, i)));
    return *text ? text : "none: give --points";
}

/* `marks=15`, by the name of a criterion, whatever its capitals and accents. */
static enum command_exit score_add(struct command_work *work, const json_t *criteria,
                                   const char *said, json_t *scores)
{
    const char *sign = strrchr(said, '=');
    json_t *value = command_work_keep(work, json_object());
    struct bytes name = {(const uint8_t *)said, sign ? (size_t)(sign - said) : 0};
    const char *plain = plain_words(name, work->arena);
    for (size_t i = 0; sign && plain && i < json_array_size(criteria); i++) {
        const char *criterion = json_string_value(json_array_get(criteria, i));
        const char *other = plain_words(bytes_text(criterion), work->arena);
        if (!bytes_equal(name, bytes_text(criterion)) &&
            (!other || !*other || strcmp(plain, other) != 0))
            continue;
        enum command_exit wrong = command_money_number(work, value, sign + 1, criterion);
        if (!wrong)
            json_array_set(scores, i, json_object_get(value, criterion));
        return wrong;
    }
    return command_say_usage(
        work, command_work_text(work, "the call's criteria are %s", criteria_text(work, criteria)),
        "`%s` is no CRITERION=POINTS", said);
}

static enum command_exit scores_read(struct command_work *work, json_t *body)
{
    json_t *reply, *scores = command_work_keep(work, json_array());
    const char *number = command_node_escape(work, work->arguments[0]);
    enum command_exit wrong =
        command_node_get(work, command_work_text(work, "/api/v1/grants/%s", number), &reply);
    if (!wrong)
        wrong = command_node_get(
            work, call_path(work, command_list_text(work, reply, "grant.call", COMMAND_TEXT), ""),
            &reply);
    if (wrong)
        return wrong;
    const json_t *criteria = json_object_get(json_object_get(reply, "call"), "criteria");
    for (size_t i = 0; i < json_array_size(criteria); i++)
        json_array_append_new(scores, json_null());
    for (size_t i = 1; !wrong && i < work->argument_count; i++)
        wrong = score_add(work, criteria, work->arguments[i], scores);
    for (size_t i = 0; !wrong && i < json_array_size(scores); i++)
        if (!json_is_integer(json_array_get(scores, i)))
            return command_say_usage(work, "give one for each criterion, 0 where it has none",
                                     "`%s` has no points",
                                     json_string_value(json_array_get(criteria, i)));
    json_object_set(body, "scores", scores);
    return wrong;
}

enum command_exit office_applicants_score(struct command_work *work)
{
    static const char *const flags[] = {"note", NULL};
    json_t *reply, *body = command_work_keep(work, json_object());
    const char *points = command_work_flag(work, "points"), *number = work->arguments[0];
    command_money_flags(work, body, flags, flags);
    if ((points != NULL) == (work->argument_count > 1))
        return command_say_usage(work, "give CRITERION=POINTS for each, or --points N",
                                 "which points?");
    enum command_exit wrong =
        points ? command_money_number(work, body, points, "points") : scores_read(work, body);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would score application %s.", number);
        return COMMAND_DONE;
    }
    struct command_call call = {
        "POST",
        command_work_text(work, "/api/v1/grants/%s/score", command_node_escape(work, number)),
        json_incref(body), command_node_key(work)};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "Application %s has %s.", number,
                     command_say_count(work,
                                       (size_t)json_integer_value(json_object_get(
                                           json_object_get(reply, "grant"), "points")),
                                       "point", "points"));
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}
