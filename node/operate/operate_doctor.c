#include "command/command_list.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"
#include "report/json_text.h"
#include "report/text.h"

#include <string.h>

enum { TITLE_WIDTH = 31, BESIDE = 2 + 7 + 2 + TITLE_WIDTH + 2 };

static const struct command_column columns[] = {
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"OF", "group", COMMAND_TEXT, TABLE_WHOLE},
    {"CHECK", "title", COMMAND_TEXT, TABLE_WHOLE},
    {"WHERE", "subject", COMMAND_TEXT, TABLE_CUT},
    {"HOW IT STANDS", "what", COMMAND_TEXT, TABLE_BELOW},
    {"WHAT TO DO", "remedy", COMMAND_TEXT, TABLE_BELOW},
};

static size_t count_of(const json_t *checks, const char *state)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(checks); i++) {
        const char *said = json_string_value(json_object_get(json_array_get(checks, i), "state"));
        count += said && strcmp(said, state) == 0;
    }
    return count;
}

/* ---- for people: group by group, a line for each check, and what to do under what needs it ----
 */

static const char *text_of(const json_t *check, const char *name)
{
    const char *text = json_string_value(json_object_get(check, name));
    return text ? text : "";
}

static bool is_first_of_group(const json_t *checks, size_t index)
{
    const char *group = text_of(json_array_get(checks, index), "group");
    for (size_t i = 0; i < index; i++)
        if (strcmp(text_of(json_array_get(checks, i), "group"), group) == 0)
            return false;
    return true;
}

/* Broken between words, its lines one below the other. */
static void say_wrapped(struct command_work *work, const char *lead, const char *text)
{
    struct bytes lines =
        text_wrap(bytes_text(text), work->port->columns, strlen(lead), work->arena);
    command_say_line(work, "%s%.*s", lead, lines.data ? (int)lines.size : 0,
                     (const char *)lines.data);
}

/* Beside its title, or below where the line is too short for both. */
static void say_one(struct command_work *work, const json_t *check)
{
    const char *state = text_of(check, "state"), *remedy = text_of(check, "remedy");
    const char *subject = command_list_text(work, check, "subject", COMMAND_TEXT);
    const char *text = command_work_text(work, "%s%s%s", subject, subject[0] ? ": " : "",
                                         command_list_text(work, check, "what", COMMAND_TEXT));
    size_t width = work->port->columns;
    bool failed = strcmp(state, "failed") == 0;
    bool color = work->port->out_is_tty && !work->port->no_color && !work->common.no_color;
    bool beside = width == 0 || BESIDE + text_width(bytes_text(text)) <= width;
    command_say_some(work, NULL, "  ");
    command_say_some(work, failed && color ? "\033[31m" : NULL, "%-7s", failed ? "FAILED" : state);
    command_say_line(work, "  %-*s%s%s", beside ? TITLE_WIDTH : 0, text_of(check, "title"),
                     beside ? "  " : "", beside ? text : "");
    if (!beside)
        say_wrapped(work, "           ", text);
    if (remedy[0])
        say_wrapped(work, failed ? "           Do:   " : "           Note: ", remedy);
}

static void say_groups(struct command_work *work, const json_t *checks)
{
    for (size_t i = 0; i < json_array_size(checks); i++) {
        const char *group = text_of(json_array_get(checks, i), "group");
        if (!is_first_of_group(checks, i))
            continue;
        command_say_line(work, "%s%s", i ? "\n" : "", group);
        for (size_t j = i; j < json_array_size(checks); j++)
            if (strcmp(text_of(json_array_get(checks, j), "group"), group) == 0)
                say_one(work, json_array_get(checks, j));
    }
}

/* The socket is also known from the environment, unless a configuration was named. */
static struct command_doctor wanted(const struct command_work *work)
{
    const char *socket = work->common.socket;
    if (!socket && !work->common.config)
        socket = work->port->socket;
    return (struct command_doctor) {
        .config = work->common.config,
        .socket = socket,
        .partner = command_work_flag(work, "partner"),
        .known = work->port->socket,
        .deep = command_work_flag(work, "deep"),
    };
}

static enum command_exit say_end(struct command_work *work, const json_t *checks)
{
    size_t failed = count_of(checks, "failed");
    if (!work->common.plain)
        command_say_line(work, "\n%zu fine, %zu to note, %zu failed, %zu could not be looked at",
                         count_of(checks, "fine"), count_of(checks, "noted"), failed,
                         count_of(checks, "skipped"));
    if (failed)
        command_say_next(work, "do what stands beside what failed, from the top: the first may "
                               "explain the others");
    return failed ? COMMAND_PROBLEMS : COMMAND_DONE;
}

enum command_exit operate_doctor_run(struct command_work *work)
{
    static const struct command_listing listing = {
        "checks", columns, sizeof columns / sizeof *columns, "Nothing was looked at."};
    struct command_doctor what = wanted(work);
    struct json_text_place place;
    json_t *object = NULL;
    struct bytes text = work->port->doctor(work->port->self, &what, work->arena);
    if (!text.data || json_text_read(text, &object, &place))
        return command_say_verdict(work, VERDICT_TOO_LARGE, "what was found");
    command_work_keep(work, object);
    json_t *checks = json_object_get(object, "checks");
    enum command_exit wrong = COMMAND_DONE;
    if (work->common.json || work->common.plain)
        wrong = command_list_show(work, &listing, checks);
    else
        say_groups(work, checks);
    return wrong ? wrong : say_end(work, checks);
}
