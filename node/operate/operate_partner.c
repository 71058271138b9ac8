#include "office/office_verbs.h"
#include "operate/operate_partner.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"NAME", "name", COMMAND_TEXT, TABLE_CUT},
    {"COUNTRY", "country", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"HEARD", "last_heard", COMMAND_TIME, TABLE_WHOLE},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW},
    {"OWN", "own", COMMAND_TEXT, TABLE_WHOLE},
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
    {"Since", "since", COMMAND_TIME, TABLE_WHOLE},
    {"Write guard", "guard", COMMAND_TEXT, TABLE_WHOLE},
    {"Waiting", "outbox", COMMAND_COUNT, TABLE_WHOLE},
    {"Stuck", "stuck", COMMAND_COUNT, TABLE_WHOLE},
    {"Ready", "ready", COMMAND_COUNT, TABLE_WHOLE},
    {"Last heard", "last_heard", COMMAND_TIME, TABLE_WHOLE},
    {"Next try", "next_try", COMMAND_DUE, TABLE_WHOLE},
    {"Tries in vain", "attempts", COMMAND_COUNT, TABLE_WHOLE},
    {"Round trip (us)", "round_trip_us", COMMAND_COUNT, TABLE_WHOLE},
    {"Its catalogue", "catalogue_version", COMMAND_COUNT, TABLE_WHOLE},
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

enum command_exit operate_partner_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "partners", columns, sizeof columns / sizeof *columns,
        "No partners: the catalogue names no other institution."};
    json_t *list;
    if (command_work_flag(work, "by-hand"))
        return office_hand_list(work);
    enum command_exit wrong = fetch(work, &list);
    if (wrong)
        return wrong;
    const struct command_listing shown = command_list_last(listing, list);
    return command_list_show(work, &shown, list);
}

enum command_exit operate_partner_entries(struct command_work *work, const char *schac,
                                          json_t **out)
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

enum command_exit operate_partner_show(struct command_work *work)
{
    json_t *entries;
    enum command_exit wrong = operate_partner_entries(work, work->arguments[0], &entries);
    for (size_t i = 0; !wrong && i < json_array_size(entries); i++) {
        if (i)
            command_say_line(work, "%s", "");
        command_list_fields(work, json_array_get(entries, i), fields, FIELDS);
    }
    if (!wrong)
        command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "partners", entries));
    return wrong;
}
