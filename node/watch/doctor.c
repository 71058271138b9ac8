#include "watch/doctor.h"

#include "io/clock.h"
#include "io/fetch.h"
#include "io/reach.h"
#include "report/json_text.h"
#include "watch/check_disk.h"

#include <string.h>

enum {
    CALL_MS = 10000,
    REACH_MS = 2000,
    SLOW_US = 1000000, /* a round trip that people notice */
};

struct room {
    const struct doctor *doctor;
    const char *file, *socket;
    struct config *config;         /* NULL: not read */
    struct membership *membership; /* NULL: not believed */
    json_t *checks, *partners;     /* what the node said; NULL: it does not run */
    struct check_list *list;
};

/* ---- what the node says -------------------------------------------------------------------- */

static json_t *ask_node(const struct room *room, const char *path, struct reason *reason)
{
    struct fetch_request request = {
        .socket = room->socket, .method = "GET", .target = path, .timeout_ms = CALL_MS};
    struct fetch_reply reply;
    json_t *object = NULL;
    if (fetch_call(&request, &reply, reason))
        return NULL;
    struct json_text_place place;
    enum fault fault = FAULT_NONE;
    if (json_text_read(reply.body, &object, &place) || reply.status != 200)
        fault = reason_give(reason, FAULT_NETWORK, "%s: answers %s with status %d", room->socket,
                            path, reply.status);
    fetch_free(&reply);
    if (!fault)
        return object;
    json_decref(object);
    return NULL;
}

static const char *text_in(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* What is not of our table is of another version, and stays unsaid. */
static void repeat_one(const json_t *said, struct check_list *list)
{
    const char *code = text_in(said, "code"), *state = text_in(said, "state");
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        if (strcmp(check_row((enum check_id)i)->code, code) != 0)
            continue;
        for (size_t j = 0; j <= CHECK_SKIPPED; j++)
            if (strcmp(check_state_name((enum check_state)j), state) == 0)
                check_add(list, (enum check_id)i, (enum check_state)j,
                          json_string_value(json_object_get(said, "subject")), "%s",
                          text_in(said, "what"));
    }
}

static void ask_first(struct room *room)
{
    struct reason reason = {0};
    if (!room->socket) {
        check_add(room->list, CHECK_NODE, CHECK_SKIPPED, NULL, "%s",
                  room->file
                      ? "the configuration does not say where: name the node with --socket PATH"
                      : "neither a socket nor a configuration is named: --socket PATH or -c FILE");
        return;
    }
    room->checks = ask_node(room, "/api/v1/checks", &reason);
    if (!room->checks) {
        check_add(room->list, CHECK_NODE, CHECK_FAILED, room->socket,
                  "no node answers; what can be seen without it follows");
        return;
    }
    room->partners = ask_node(room, "/api/v1/partners", &reason);
    check_add(room->list, CHECK_NODE, CHECK_FINE, room->socket, "%s answers",
              text_in(room->checks, "node"));
}

static void repeat_node(struct room *room)
{
    const json_t *all = json_object_get(room->checks, "checks");
    for (size_t i = 0; i < json_array_size(all); i++)
        repeat_one(json_array_get(all, i), room->list);
}

static void check_listener(const struct room *room)
{
    struct reach reach;
    if (!room->checks)
        return;
    if (!room->config) {
        check_add(room->list, CHECK_LISTENER, CHECK_SKIPPED, NULL, "no configuration names it");
        return;
    }
    if (strcmp(room->config->listen, "none") == 0) {
        check_add(room->list, CHECK_LISTENER, CHECK_FINE, NULL, "listens nowhere: it calls out");
        return;
    }
    reach_try(room->config->listen, REACH_MS, &reach);
    check_add(room->list, CHECK_LISTENER, reach.failed == REACH_DONE ? CHECK_FINE : CHECK_FAILED,
              room->config->listen, "%s",
              reach.failed == REACH_DONE ? "takes connections from this machine"
                                         : reach.reason.text);
}

/* ---- partners ------------------------------------------------------------------------------ */

static bool is_wanted(const struct room *room, const char *schac)
{
    return !room->doctor->partner || strcmp(room->doctor->partner, schac) == 0;
}

/* False: the way to it ends here. */
static bool check_way(const struct room *room, const char *schac, const char *endpoint)
{
    static const enum check_id failing[] = {[REACH_ADDRESS] = CHECK_PARTNER_ADDRESS,
                                            [REACH_CONNECT] = CHECK_PARTNER_CONNECT,
                                            [REACH_GREETING] = CHECK_PARTNER_GREETING};
    struct reach reach;
    reach_try(endpoint, REACH_MS, &reach);
    if (reach.failed != REACH_ADDRESS)
        check_add(room->list, CHECK_PARTNER_ADDRESS, CHECK_FINE, schac, "%s", endpoint);
    if (reach.failed != REACH_ADDRESS && reach.failed != REACH_CONNECT)
        check_add(room->list, CHECK_PARTNER_CONNECT, CHECK_FINE, schac, "in %lld us",
                  (long long)reach.connect_us);
    if (reach.failed == REACH_DONE)
        check_add(room->list, CHECK_PARTNER_GREETING, CHECK_FINE, schac, "in %lld us",
                  (long long)reach.greeting_us);
    else
        check_add(room->list, failing[reach.failed], CHECK_FAILED, schac, "%s", reach.reason.text);
    return reach.failed == REACH_DONE;
}

static void check_key(const struct room *room, const char *schac)
{
    const struct catalogue *catalogue = room->membership ? room->membership->catalogue : NULL;
    const struct catalogue_institution *found =
        catalogue ? catalogue_institution(catalogue, schac) : NULL;
    if (!found)
        return;
    const struct catalogue_node *node = &catalogue->nodes[found->node];
    bool usable = catalogue_key_current(node->keys, node->key_count, clock_now()) &&
                  catalogue_key_current(found->keys, found->key_count, clock_now());
    check_add(room->list, CHECK_PARTNER_KEY, usable ? CHECK_FINE : CHECK_FAILED, schac, "%s",
              usable ? "its keys are valid"
                     : "the catalogue has no signing or transport key of it that is valid now");
}

static void check_catalogues(const struct room *room, const char *schac, const json_t *partner)
{
    json_int_t ours = json_integer_value(json_object_get(room->checks, "catalogue_version"));
    json_int_t theirs = json_integer_value(json_object_get(partner, "catalogue_version"));
    if (theirs == 0)
        return; /* it has not said */
    check_add(room->list, CHECK_PARTNER_CATALOGUE, theirs == ours ? CHECK_FINE : CHECK_NOTED, schac,
              "version %lld there, %lld here", (long long)theirs, (long long)ours);
}

static void check_delay(const struct room *room, const char *schac, const json_t *partner)
{
    json_int_t trip = json_integer_value(json_object_get(partner, "round_trip_us"));
    if (trip > 0)
        check_add(room->list, CHECK_PARTNER_DELAY, trip > SLOW_US ? CHECK_NOTED : CHECK_FINE, schac,
                  "%lld us for the last ping", (long long)trip);
}

/* With what the node says of the partner; NULL: there is no node to ask. */
static void check_partner(const struct room *room, const char *schac, const char *endpoint,
                          const json_t *partner)
{
    check_key(room, schac);
    if (!endpoint)
        check_add(room->list, CHECK_PARTNER_ADDRESS, CHECK_FINE, schac,
                  "none: it calls, nobody calls it");
    bool reached = !endpoint || check_way(room, schac, endpoint);
    if (!partner) {
        check_add(room->list, CHECK_PARTNER_SESSION, CHECK_SKIPPED, schac, "the node does not run");
        return;
    }
    bool live = strcmp(text_in(partner, "state"), "connected") == 0;
    check_add(room->list, CHECK_PARTNER_SESSION,
              live                   ? CHECK_FINE
              : reached && !endpoint ? CHECK_NOTED
                                     : CHECK_FAILED,
              schac, "%s", text_in(partner, "sentence"));
    check_catalogues(room, schac, partner);
    check_delay(room, schac, partner);
}

static void check_partners_online(const struct room *room)
{
    const json_t *all = json_object_get(room->partners, "partners");
    const char *node = text_in(room->checks, "node");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *each = json_array_get(all, i);
        if (is_wanted(room, text_in(each, "partner")) && strcmp(text_in(each, "node"), node) != 0)
            check_partner(room, text_in(each, "partner"),
                          json_string_value(json_object_get(each, "endpoint")), each);
    }
}

static void check_partners_offline(const struct room *room)
{
    const struct catalogue *catalogue = room->membership ? room->membership->catalogue : NULL;
    if (!catalogue)
        check_add(room->list, CHECK_PARTNER_ADDRESS, CHECK_SKIPPED, NULL,
                  "neither a node nor a catalogue says who they are");
    for (size_t i = 0; catalogue && i < catalogue->institution_count; i++) {
        const struct catalogue_institution *each = &catalogue->institutions[i];
        const struct catalogue_node *node = &catalogue->nodes[each->node];
        if (is_wanted(room, each->schac) && strcmp(node->id, room->config->node) != 0)
            check_partner(room, each->schac, node->endpoint, NULL);
    }
}

/* ---- all of it ----------------------------------------------------------------------------- */

/* The socket that was named; or the configuration's; where that cannot be read, one known besides.
 */
static void find_socket(struct room *room, struct check_list *own)
{
    struct config_problems problems;
    struct config *config = NULL;
    room->socket = room->doctor->socket;
    if (room->socket || !room->file)
        return;
    if (config_read(room->file, &config, &problems)) {
        room->socket = room->doctor->known;
        return;
    }
    room->socket = arena_text(own->arena, bytes_text(config->socket));
    config_close(config);
}

static void find_file(struct room *room)
{
    const char *said = json_string_value(json_object_get(room->checks, "configuration"));
    if (!room->file && said)
        room->file = said;
}

void doctor_run(const struct doctor *doctor, struct check_list *list)
{
    struct room room = {.doctor = doctor, .file = doctor->file, .list = list};
    find_socket(&room, list);
    ask_first(&room);
    find_file(&room);
    struct check_disk disk = {room.file, doctor->deep, clock_now()};
    if (room.file)
        check_disk_run(&disk, list, &room.config, &room.membership);
    else
        check_add(list, CHECK_CONFIG, CHECK_SKIPPED, NULL, "name it with -c FILE");
    repeat_node(&room);
    check_listener(&room);
    if (room.partners)
        check_partners_online(&room);
    else
        check_partners_offline(&room);
    json_decref(room.checks);
    json_decref(room.partners);
    membership_close(room.membership);
    config_close(room.config);
}
