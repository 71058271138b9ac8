#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <string.h>

enum { CALLERS_MORE = 64, CALLERS_EACH = 8 }; /* connections, besides and of each institution */

static const struct command_column partner_columns[] = {
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"WAITING", "outbox", COMMAND_COUNT, TABLE_WHOLE},
    {"STUCK", "stuck", COMMAND_COUNT, TABLE_WHOLE},
    {"READY", "ready", COMMAND_COUNT, TABLE_WHOLE},
    {"SINCE", "since", COMMAND_TIME, TABLE_WHOLE},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW},
    {"OWN", "own", COMMAND_TEXT, TABLE_WHOLE},
};

static const struct command_column outbox_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"KIND", "kind", COMMAND_TEXT, TABLE_WHOLE},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"SINCE", "since", COMMAND_TIME, TABLE_WHOLE},
    {"WHY", "sentence", COMMAND_TEXT, TABLE_BELOW},
    {"REMEDY", "remedy", COMMAND_TEXT, TABLE_BELOW},
};

static json_int_t total_of(const json_t *reply, const char *name)
{
    return json_integer_value(json_object_get(json_object_get(reply, "totals"), name));
}

static const char *institutions_of(struct command_work *work, const json_t *reply)
{
    const json_t *list = json_object_get(reply, "institutions");
    const char *text = "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));
        text = command_work_text(work, "%s%s%s", text, i ? ", " : "", one ? one : "?");
    }
    return text;
}

static void say_head(struct command_work *work, const json_t *reply)
{
    command_say_line(work, "%s on node %s of federation %s", institutions_of(work, reply),
                     command_list_text(work, reply, "node", COMMAND_TEXT),
                     command_list_text(work, reply, "network", COMMAND_TEXT));
    command_say_line(work, "Running    version %s, started %s",
                     command_list_text(work, reply, "version", COMMAND_TEXT),
                     command_list_text(work, reply, "started_at", COMMAND_TIME));
    command_say_line(work, "Catalogue  version %s, %s institutions, expires %s%s",
                     command_list_text(work, reply, "catalogue.version", COMMAND_TEXT),
                     command_list_text(work, reply, "catalogue.institutions", COMMAND_TEXT),
                     command_list_text(work, reply, "catalogue.expires_at", COMMAND_TIME),
                     json_is_true(json_object_get(json_object_get(reply, "catalogue"), "expired"))
                         ? ": EXPIRED, ask the authority for a new one"
                         : "");
    command_say_line(work,
                     "Records    %" JSON_INTEGER_FORMAT
                     " waiting for delivery, %" JSON_INTEGER_FORMAT " stuck, %" JSON_INTEGER_FORMAT
                     " ready, %s",
                     total_of(reply, "outbox"), total_of(reply, "stuck"), total_of(reply, "ready"),
                     command_say_count(work, (size_t)total_of(reply, "drafts"), "draft", "drafts"));
}

/* A node calls with one connection. Many more are strangers, and worth a line. */
static bool has_strangers(const json_t *reply, json_int_t *callers, json_int_t *most)
{
    const json_t *counters = json_object_get(reply, "counters");
    const json_t *catalogue = json_object_get(reply, "catalogue");
    json_int_t known = json_integer_value(json_object_get(catalogue, "institutions"));
    *callers = json_integer_value(json_object_get(counters, "network_callers"));
    *most = json_integer_value(json_object_get(counters, "network_callers_max"));
    return *callers > CALLERS_MORE + CALLERS_EACH * known;
}

static void say_strangers(struct command_work *work, const json_t *reply)
{
    json_int_t callers, most;
    if (has_strangers(reply, &callers, &most))
        command_say_line(work,
                         "Strangers  %" JSON_INTEGER_FORMAT
                         " connections at the listener, cut above %" JSON_INTEGER_FORMAT
                         ": peregrin doctor",
                         callers, most);
}

static void say_next_step(struct command_work *work, const json_t *reply)
{
    if (total_of(reply, "stuck"))
        command_say_next(work, "peregrin outbox list     why records are stuck and what to do");
    else if (total_of(reply, "drafts"))
        command_say_next(work, "peregrin nomination send --all");
    else if (total_of(reply, "outbox"))
        command_say_note(work, "Nothing to do: what waits is sent by itself.");
    else
        command_say_next(work, "peregrin nomination list --direction incoming --state pending");
}

enum command_exit operate_status_run(struct command_work *work)
{
    static const struct command_listing listing = {
        "partners", partner_columns, sizeof partner_columns / sizeof *partner_columns,
        "No partners: the catalogue names no other institution."};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/status", &reply);
    if (wrong)
        return wrong;
    if (work->common.json) {
        command_say_json(work, json_incref(reply));
        return COMMAND_DONE;
    }
    if (!work->common.plain) {
        say_head(work, reply);
        say_strangers(work, reply);
        command_say_line(work, "%s", "");
    }
    const json_t *partners = json_object_get(reply, "partners");
    const struct command_listing shown = command_list_last(listing, partners);
    wrong = command_list_show(work, &shown, partners);
    if (!wrong)
        say_next_step(work, reply);
    return wrong;
}

enum command_exit operate_status_outbox(struct command_work *work)
{
    static const char *const names[] = {"partner", NULL};
    static const struct command_listing listing = {"outbox", outbox_columns,
                                                   sizeof outbox_columns / sizeof *outbox_columns,
                                                   "Nothing waits: every record was delivered."};
    json_t *list;
    enum command_exit wrong =
        command_node_list(work, command_node_query(work, "/api/v1/outbox", names), "outbox", &list);
    return wrong ? wrong : command_list_show(work, &listing, list);
}

/* The counts of one page, added to those before it. */
static void add_counts(json_t *sum, const json_t *page)
{
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(page, "checked"), name, value) json_object_set_new(
        sum, name,
        json_integer(command_work_sum(json_integer_value(json_object_get(sum, name)),
                                      json_integer_value(value))));
}

static enum command_exit say_faults(struct command_work *work, json_t *faults)
{
    const json_t *first = json_array_get(faults, 0);
    const char *what =
        command_work_text(work, "dossier %s, record %s.%s: %s; %s in all",
                          command_list_text(work, first, "dossier", COMMAND_TEXT),
                          command_list_text(work, first, "lane", COMMAND_TEXT),
                          command_list_text(work, first, "index", COMMAND_TEXT),
                          command_list_text(work, first, "what", COMMAND_TEXT),
                          command_say_count(work, json_array_size(faults), "fault", "faults"));
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_PROBLEMS, "audit", what,
                  "stop the node and look at its disk; a backup or the partners give it back", NULL,
                  NULL});
}

enum command_exit operate_status_audit(struct command_work *work)
{
    json_t *sum = command_work_keep(work, json_object());
    json_t *faults = command_work_keep(work, json_array()), *reply, *next = NULL;
    do {
        if (command_say_stopped(work)) {
            command_say_note(work, "\nInterrupted: only a part was checked.");
            return COMMAND_INTERRUPTED;
        }
        const char *path =
            next ? command_work_text(work, "/api/v1/audit?after=%s",
                                     command_list_text(work, reply, "next", COMMAND_TEXT))
                 : "/api/v1/audit";
        enum command_exit wrong = command_node_get(work, path, &reply);
        if (wrong)
            return wrong;
        json_t *before = next;
        add_counts(sum, reply);
        json_array_extend(faults, json_object_get(reply, "faults"));
        next = json_object_get(reply, "next");
        if (before && json_equal(before, next))
            break; /* a cursor that stands still would never end */
        if (!json_is_null(next) && next)
            command_say_detail(work, "checked up to %s",
                               command_list_text(work, reply, "next", COMMAND_TEXT));
    } while (next && !json_is_null(next));
    command_say_line(work, "Checked %s records, %s seals, %s receipts, %s dossiers: %s",
                     command_list_text(work, sum, "records", COMMAND_TEXT),
                     command_list_text(work, sum, "seals", COMMAND_TEXT),
                     command_list_text(work, sum, "receipts", COMMAND_TEXT),
                     command_list_text(work, sum, "dossiers", COMMAND_TEXT),
                     json_array_size(faults) ? "something does not hold" : "all of it holds");
    command_say_json(work,
                     json_pack("{s:i, s:O, s:O}", "schema", 1, "checked", sum, "faults", faults));
    return json_array_size(faults) ? say_faults(work, faults) : COMMAND_DONE;
}
