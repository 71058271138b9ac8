#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_verbs.h"

#include <string.h>

enum {
    TIMEOUT_SECONDS = 10,
    TIMEOUT_MAX = 600,
    POLL_MS = 100,
    TO_THE_SECOND = 19, /* `2026-11-21T22:52:26` */
};

static const struct command_column columns[] = {
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"NAME", "name", COMMAND_TEXT, TABLE_CUT},
    {"COUNTRY", "country", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"HEARD", "last_heard", COMMAND_TIME, TABLE_WHOLE},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW},
};

static const struct command_column fields[] = {
    {"Partner", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"Name", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"Country", "country", COMMAND_TEXT, TABLE_WHOLE},
    {"Own side", "own", COMMAND_TEXT, TABLE_WHOLE},
    {"Node", "node", COMMAND_TEXT, TABLE_WHOLE},
    {"Address", "endpoint", COMMAND_TEXT, TABLE_WHOLE},
    {"State", "state", COMMAND_STATE, TABLE_WHOLE},
    {"That is", "sentence", COMMAND_TEXT, TABLE_WHOLE},
    {"Write guard", "guard", COMMAND_TEXT, TABLE_WHOLE},
    {"Waiting", "outbox", COMMAND_COUNT, TABLE_WHOLE},
    {"Stuck", "stuck", COMMAND_COUNT, TABLE_WHOLE},
    {"Ready", "ready", COMMAND_COUNT, TABLE_WHOLE},
    {"Last heard", "last_heard", COMMAND_TIME, TABLE_WHOLE},
    {"Next try", "next_try", COMMAND_TIME, TABLE_WHOLE},
    {"Tries in vain", "attempts", COMMAND_COUNT, TABLE_WHOLE},
    {"Round trip (us)", "round_trip_us", COMMAND_COUNT, TABLE_WHOLE},
};

enum { FIELDS = sizeof fields / sizeof *fields };

static enum command_exit fetch(struct command_work *work, json_t **list)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/partners", &reply);
    if (!wrong)
        *list = json_object_get(reply, "partners");
    return wrong;
}

enum command_exit command_partner_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "partners", columns, sizeof columns / sizeof *columns,
        "No partners: the catalogue names no other institution."};
    json_t *list;
    enum command_exit wrong = fetch(work, &list);
    return wrong ? wrong : command_list_show(work, &listing, list);
}

/* The entries of one partner: one for each own institution. */
static enum command_exit entries_of(struct command_work *work, const char *schac, json_t **out)
{
    json_t *all, *found = command_work_keep(work, json_array());
    enum command_exit wrong = fetch(work, &all);
    for (size_t i = 0; !wrong && i < json_array_size(all); i++) {
        json_t *entry = json_array_get(all, i);
        const char *name = json_string_value(json_object_get(entry, "partner"));
        if (name && strcmp(name, schac) == 0)
            json_array_append(found, entry);
    }
    if (wrong || json_array_size(found)) {
        *out = found;
        return wrong;
    }
    return command_say_wrong(
        work, &(struct command_wrong) {COMMAND_NOT_FOUND, "unknown",
                                       command_work_text(work, "%s is not a partner", schac),
                                       "`peregrin partner list` shows all of them", NULL, NULL});
}

enum command_exit command_partner_show(struct command_work *work)
{
    json_t *entries;
    enum command_exit wrong = entries_of(work, work->arguments[0], &entries);
    for (size_t i = 0; !wrong && i < json_array_size(entries); i++) {
        if (i)
            command_say_line(work, "%s", "");
        command_list_fields(work, json_array_get(entries, i), fields, FIELDS);
    }
    if (!wrong)
        command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "partners", entries));
    return wrong;
}

static const char *heard(const json_t *entries)
{
    const char *at = json_string_value(json_object_get(json_array_get(entries, 0), "last_heard"));
    return at ? at : "";
}

/* Times are whole seconds: a sign of life within the second of the one before could not be told
 * from it, so that second is waited for. */
static void let_second_pass(struct command_work *work, const char *before)
{
    char now[INSTANT_TEXT_SIZE];
    for (int i = 0; i < 1000 / POLL_MS + 1; i++) {
        instant_text(work->port->now(work->port->self), now);
        if (strncmp(now, before, TO_THE_SECOND) != 0)
            return;
        work->port->wait(work->port->self, POLL_MS);
    }
}

static bool served_here(const json_t *entries)
{
    const json_t *entry = json_array_get(entries, 0);
    const char *state = json_string_value(json_object_get(entry, "state"));
    return !heard(entries)[0] && state && strcmp(state, "connected") == 0;
}

static enum command_exit answers(struct command_work *work, const char *schac, json_t *entries)
{
    const char *how = served_here(entries) ? "served by this same node"
                                           : command_list_text(work, json_array_get(entries, 0),
                                                               "state", COMMAND_TEXT);
    command_say_line(work, "%s answers (%s)", schac, how);
    command_say_json(work,
                     json_pack("{s:i, s:b, s:O}", "schema", 1, "answered", 1, "partners", entries));
    return COMMAND_DONE;
}

static enum command_exit no_answer(struct command_work *work, const char *schac, unsigned seconds,
                                   const json_t *entries)
{
    const json_t *entry = json_array_get(entries, 0);
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_NO_PARTNER, "no_partner",
                  command_work_text(work, "%s did not answer within %u s (%s)", schac, seconds,
                                    command_list_text(work, entry, "sentence", COMMAND_TEXT)),
                  "nothing is lost: records wait and are sent when it is back; "
                  "`peregrin partner show` says when it is tried again",
                  NULL, NULL});
}

enum command_exit command_partner_ping(struct command_work *work)
{
    const char *schac = work->arguments[0];
    unsigned seconds;
    json_t *entries, *reply;
    enum command_exit wrong =
        command_say_number(work, "timeout", 1, TIMEOUT_MAX, TIMEOUT_SECONDS, &seconds);
    if (!wrong)
        wrong = entries_of(work, schac, &entries);
    if (wrong)
        return wrong;
    const char *before = heard(entries);
    let_second_pass(work, before);
    const char *path =
        command_work_text(work, "/api/v1/partners/%s/ping", command_node_escape(work, schac));
    wrong = command_node_call(work, &(struct command_call) {"POST", path, NULL, NULL}, &reply);
    for (unsigned i = 0; !wrong && i < seconds * 1000 / POLL_MS; i++) {
        wrong = entries_of(work, schac, &entries);
        if (wrong)
            return wrong;
        if (strcmp(heard(entries), before) != 0 || served_here(entries))
            return answers(work, schac, entries);
        work->port->wait(work->port->self, POLL_MS);
    }
    return wrong ? wrong : no_answer(work, schac, seconds, entries);
}
