#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_partner.h"
#include "operate/operate_verbs.h"

#include <string.h>

enum {
    TIMEOUT_SECONDS = 10,
    TIMEOUT_MAX = 600,
    POLL_MS = 100,
    TO_THE_SECOND = 19, /* `2026-11-21T22:52:26` */
};

/* One way, hop by hop; what was said of each is kept for --json. */
struct way {
    struct command_work *work;
    const char *schac;
    json_t *entries, *hops;
    unsigned seconds;
};

/* What to do where the way ends, by hop. */
static const struct {
    const char *hop, *remedy;
} remedies[] = {
    {"address", "its entry in the catalogue is wrong: tell the partner"},
    {"call", "nothing is lost: records wait and leave when its node calls; tell the partner when "
             "it has been silent for long"},
    {"connect", "nothing is lost, records wait. See that this machine may call out to that port; "
                "otherwise the partner's node is down, or its firewall shut"},
    {"greeting", "another service or a proxy listens there: tell the partner"},
    {"session",
     "nothing is lost: records wait and are sent when it is back. Compare the clocks and "
     "the catalogue's version: an opening under an old key is dropped in silence; "
     "`peregrin partner show` says when it is tried again"},
};

static const char *remedy_of(const char *hop)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (strcmp(remedies[i].hop, hop) == 0)
            return remedies[i].remedy;
    return NULL;
}

static const char *milliseconds(struct command_work *work, int64_t us)
{
    return command_work_text(work, "%lld.%01lld ms", (long long)(us / 1000),
                             (long long)(us % 1000 / 100));
}

static void passed(struct way *way, const char *hop, int64_t us, const char *what)
{
    struct command_work *work = way->work;
    json_array_append_new(way->hops,
                          json_pack("{s:s, s:s, s:o, s:s}", "hop", hop, "state", "fine", "us",
                                    us < 0 ? json_null() : json_integer(us), "what", what));
    command_say_line(work, "  %-10s %10s  %s", hop, us < 0 ? "" : milliseconds(work, us), what);
}

static enum command_exit ends(struct way *way, const char *hop, const char *why)
{
    struct command_work *work = way->work;
    command_say_line(work, "  %-10s %10s  %s", hop, "FAILS", why);
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_NO_PARTNER, "no_partner",
                  command_work_text(work, "%s did not answer; %s: %s", way->schac, hop, why),
                  remedy_of(hop), hop, NULL});
}

static enum command_exit answers(struct way *way, const char *how)
{
    struct command_work *work = way->work;
    command_say_line(work, "%s answers (%s)", way->schac, how);
    command_say_json(work, json_pack("{s:i, s:b, s:O, s:O}", "schema", 1, "answered", 1, "hops",
                                     way->hops, "partners", way->entries));
    return COMMAND_DONE;
}

static const char *text_of(const struct way *way, const char *name)
{
    const json_t *entry = json_array_get(way->entries, 0);
    const char *text = json_string_value(json_object_get(entry, name));
    return text ? text : "";
}

static json_int_t number_of(const struct way *way, const char *name)
{
    return json_integer_value(json_object_get(json_array_get(way->entries, 0), name));
}

/* ---- the hops ------------------------------------------------------------------------------ */

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

static bool served_here(const struct way *way)
{
    return !text_of(way, "last_heard")[0] && strcmp(text_of(way, "state"), "connected") == 0;
}

/* Address, connection and greeting: what can be tried from here without the partner's key. */
static enum command_exit walk(struct way *way)
{
    struct command_work *work = way->work;
    struct command_reach reach = {0};
    const char *endpoint = text_of(way, "endpoint");
    work->port->reach(work->port->self, endpoint, way->seconds * 1000, work->arena, &reach);
    if (!reach.failed || strcmp(reach.failed, "address") != 0)
        passed(way, "address", -1, endpoint);
    if (!reach.failed || strcmp(reach.failed, "greeting") == 0)
        passed(way, "connect", reach.connect_us, "takes the connection");
    if (reach.failed)
        return ends(way, reach.failed, reach.why ? reach.why : endpoint);
    passed(way, "greeting", reach.greeting_us, "is a nanomsg listener");
    return COMMAND_DONE;
}

static enum command_exit arrived(struct way *way)
{
    json_int_t trip = number_of(way, "round_trip_us");
    json_int_t version = number_of(way, "catalogue_version");
    passed(way, "session", trip > 0 ? (int64_t)trip : -1, "encrypted, and an answer came back");
    if (version > 0)
        passed(way, "catalogue", -1,
               command_work_text(way->work, "version %" JSON_INTEGER_FORMAT " there", version));
    return answers(way, text_of(way, "state"));
}

/* A sign of life that is newer than the last one. */
static enum command_exit session(struct way *way)
{
    struct command_work *work = way->work;
    const char *before = command_work_text(work, "%s", text_of(way, "last_heard"));
    const char *path =
        command_work_text(work, "/api/v1/partners/%s/ping", command_node_escape(work, way->schac));
    json_t *reply;
    let_second_pass(work, before);
    enum command_exit wrong =
        command_node_call(work, &(struct command_call) {"POST", path, NULL, NULL}, &reply);
    for (unsigned i = 0; !wrong && i < way->seconds * 1000 / POLL_MS; i++) {
        wrong = operate_partner_entries(work, way->schac, &way->entries);
        if (wrong)
            return wrong;
        if (strcmp(text_of(way, "last_heard"), before) != 0)
            return arrived(way);
        work->port->wait(work->port->self, POLL_MS);
    }
    if (wrong)
        return wrong;
    return ends(way, "session",
                command_work_text(work, "no answer within %u s (%s)", way->seconds,
                                  text_of(way, "sentence")));
}

enum command_exit operate_ping_run(struct command_work *work)
{
    struct way way = {
        .work = work, .schac = work->arguments[0], .hops = command_work_keep(work, json_array())};
    enum command_exit wrong =
        command_say_number(work, "timeout", 1, TIMEOUT_MAX, TIMEOUT_SECONDS, &way.seconds);
    if (!wrong)
        wrong = operate_partner_entries(work, way.schac, &way.entries);
    if (wrong)
        return wrong;
    if (served_here(&way))
        return answers(&way, "served by this same node");
    if (text_of(&way, "endpoint")[0]) {
        wrong = walk(&way);
        return wrong ? wrong : session(&way);
    }
    passed(&way, "address", -1, "none: it calls, nobody can call it");
    if (strcmp(text_of(&way, "state"), "connected") != 0)
        return ends(&way, "call", text_of(&way, "sentence"));
    passed(&way, "call", -1, "its session is open");
    return answers(&way, "on the session that it opened");
}
