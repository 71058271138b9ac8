#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BEFORE = 20, PAGE = 500 };

static const struct command_column columns[] = {
    {"CURSOR", "cursor", COMMAND_COUNT, TABLE_WHOLE},
    {"WHEN", "at", COMMAND_TIME, TABLE_GOES_SECOND},
    {"EVENT", "type", COMMAND_TEXT, TABLE_WHOLE},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_CUT},
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"RECORD", "kind", COMMAND_TEXT, TABLE_WHOLE},
    {"FROM", "from", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"STATE", "state", COMMAND_TEXT, TABLE_WHOLE},
    {"CODE", "code", COMMAND_TEXT, TABLE_GOES_THIRD},
};

static const struct command_listing listing = {"events", columns, sizeof columns / sizeof *columns,
                                               "Nothing has happened since."};

/* Events of a page as they come: under --json one object on each line, so that another program can
 * read along. */
static enum command_exit page_show(struct command_work *work, const json_t *reply)
{
    const json_t *events = json_object_get(reply, "events");
    if (!work->common.json)
        return json_array_size(events) ? command_list_table(work, &listing, events) : COMMAND_DONE;
    for (size_t i = 0; i < json_array_size(events); i++)
        command_say_json_line(work, json_array_get(events, i));
    fflush(work->port->out);
    return COMMAND_DONE;
}

static enum command_exit page_ask(struct command_work *work, const char *after, bool wait,
                                  json_t **reply)
{
    static const char *const names[] = {"kind", "partner", NULL};
    const char *path = command_node_query(work, "/api/v1/events", names);
    const char *join = strchr(path, '?') ? "&" : "?";
    path = command_work_text(work, "%s%slimit=%d", path, join, PAGE);
    if (after)
        path = command_work_text(work, "%s&after=%s", path, after);
    if (wait)
        path = command_work_text(work, "%s&wait=50", path);
    return command_node_get(work, path, reply);
}

/* Without --from: the last ones there are. */
static enum command_exit begin_at(struct command_work *work, const char **after)
{
    json_t *reply;
    *after = command_work_flag(work, "from");
    if (*after)
        return COMMAND_DONE;
    enum command_exit wrong = command_node_get(work, "/api/v1/events?after=newest", &reply);
    if (wrong)
        return wrong;
    long long newest = strtoll(command_list_text(work, reply, "next", COMMAND_TEXT), NULL, 10);
    *after = newest > SHOWN_BEFORE ? command_work_text(work, "%lld", newest - SHOWN_BEFORE) : NULL;
    return COMMAND_DONE;
}

enum command_exit operate_event_tail(struct command_work *work)
{
    bool follow = command_work_flag(work, "follow"), whole = false;
    const char *after;
    size_t shown = 0;
    json_t *reply;
    enum command_exit wrong = begin_at(work, &after);
    while (!wrong && (follow || !whole)) {
        /* What one page takes goes back: following may last for weeks. */
        char next[32];
        struct arena_mark mark = arena_mark(work->arena);
        wrong = page_ask(work, after, follow && whole, &reply);
        if (wrong)
            break;
        whole = json_is_true(json_object_get(reply, "whole"));
        wrong = page_show(work, reply);
        shown += json_array_size(json_object_get(reply, "events"));
        snprintf(next, sizeof next, "%s", command_list_text(work, reply, "next", COMMAND_TEXT));
        json_array_clear(work->kept);
        arena_rewind(work->arena, mark);
        after = command_work_text(work, "%s", next);
    }
    if (!wrong && !shown)
        command_say_note(work, "%s", listing.empty);
    if (!wrong && !follow)
        command_say_next(work, "peregrin event tail --from %s --follow", after);
    return wrong;
}
