#include "watch/watch.h"

#include "io/clock.h"
#include "report/json_text.h"
#include "watch/check_node.h"
#include "watch/metrics.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_SIZE = 16 * 1024 * 1024 };

struct watch {
    struct watch_settings settings;
    const struct shell *shell;
    struct requests requests;
    struct arena *arena; /* of one answer */
    struct instant began;
    int64_t began_us; /* steady */
};

typedef bool answer_function(struct watch *watch, struct http_response *response);

static answer_function answer_health, answer_ready, answer_metrics, answer_checks;

/* `open`: for everybody who reaches the server; it says nothing of partners. */
static const struct door {
    const char *path;
    answer_function *answer; /* false: no memory */
    bool open;
} doors[] = {
    {"/healthz", answer_health, true},
    {"/readyz", answer_ready, true},
    {"/metrics", answer_metrics, false},
    {"/api/v1/checks", answer_checks, false},
};

struct watch *watch_open(const struct watch_settings *settings)
{
    struct watch *watch = calloc(1, sizeof *watch);
    struct arena *arena = arena_open(ARENA_SIZE);
    if (!watch || !arena) {
        free(watch);
        arena_close(arena);
        return NULL;
    }
    watch->settings = *settings;
    watch->arena = arena;
    watch->began = clock_now();
    watch->began_us = clock_steady_us();
    return watch;
}

void watch_close(struct watch *watch)
{
    if (!watch)
        return;
    arena_close(watch->arena);
    free(watch);
}

void watch_over(struct watch *watch, const struct shell *shell)
{
    watch->shell = shell;
}

void watch_count(struct watch *watch, const char *route, int status)
{
    requests_add(&watch->requests, route, status);
}

/* ---- answers ------------------------------------------------------------------------------- */

static struct check_node look_at(const struct watch *watch)
{
    struct instant now = clock_now();
    return (struct check_node) {
        .shell = watch->shell,
        .config = watch->settings.config,
        .keeper = watch->settings.keeper,
        .rulebook = watch->settings.rulebook,
        .now = now,
        .clock_moved_us = (now.us - watch->began.us) - (clock_steady_us() - watch->began_us),
    };
}

static bool answer_text(struct http_response *response, int status, const char *type,
                        struct bytes body)
{
    *response = (struct http_response) {
        .status = status, .content_type = type, .body = body, .stands = true};
    return body.data != NULL;
}

/* Takes the reference. */
static bool answer_json(struct watch *watch, int status, json_t *object,
                        struct http_response *response)
{
    struct bytes body = json_text_write(object, watch->arena);
    json_decref(object);
    return answer_text(response, status, "application/json", body);
}

static bool answer_health(struct watch *, struct http_response *response)
{
    return answer_text(response, 200, "text/plain; charset=utf-8", bytes_text("alive\n"));
}

static bool answer_ready(struct watch *watch, struct http_response *response)
{
    struct check_node node = look_at(watch);
    struct check_list list = {.arena = watch->arena};
    check_node_run(&node, &list);
    json_t *reasons = check_json(&list, true);
    bool ready = json_array_size(reasons) == 0;
    json_t *object = json_pack("{s:i, s:b, s:o}", "schema", 1, "ready", ready, "reasons", reasons);
    return answer_json(watch, ready ? 200 : 503, object, response);
}

static bool answer_checks(struct watch *watch, struct http_response *response)
{
    struct check_node node = look_at(watch);
    struct check_list list = {.arena = watch->arena};
    check_node_run(&node, &list);
    check_node_more(&node, &list);
    json_t *object =
        json_pack("{s:i, s:s, s:s, s:I, s:o}", "schema", 1, "node", watch->settings.config->node,
                  "configuration", watch->settings.config->file, "catalogue_version",
                  (json_int_t)shell_membership(watch->shell)->catalogue->version, "checks",
                  check_json(&list, false));
    return answer_json(watch, 200, object, response);
}

static bool answer_metrics(struct watch *watch, struct http_response *response)
{
    struct check_node node = look_at(watch);
    struct check_list list = {.arena = watch->arena};
    check_node_run(&node, &list);
    struct metrics metrics = {
        .node = &node,
        .checks = &list,
        .requests = &watch->requests,
        .version = watch->settings.version,
        .began = watch->began,
    };
    return answer_text(response, 200, "text/plain; version=0.0.4; charset=utf-8",
                       metrics_text(&metrics, watch->arena));
}

/* ---- who may ask --------------------------------------------------------------------------- */

static const char no_memory[] =
    "{\"error\":{\"code\":\"memory\",\"exit\":1,\"message\":\"the machine has no memory left\","
    "\"hint\":\"give the machine more memory\"}}";
static const char no_method[] =
    "{\"error\":{\"code\":\"usage\",\"exit\":2,\"message\":\"this path has no such method\","
    "\"hint\":\"GET\"}}";

static const struct door *door_at(const char *path)
{
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
        if (strcmp(doors[i].path, path) == 0)
            return &doors[i];
    return NULL;
}

struct bytes watch_text(void *self, const char *path, struct arena *arena)
{
    struct watch *watch = self;
    const struct door *door = door_at(path);
    struct http_response response = {0};
    arena_reset(watch->arena);
    if (!door || !watch->shell || !door->answer(watch, &response))
        return (struct bytes) {0};
    return arena_copy(arena, response.body);
}

bool watch_look(struct watch *watch, const struct http_request *request,
                struct http_response *response)
{
    const struct door *door = door_at(request->path);
    const struct http_caller *caller = &request->caller;
    bool owner = caller->local && (caller->uid == geteuid() || caller->uid == 0);
    if (!door || !watch->shell || !(door->open || owner))
        return false;
    arena_reset(watch->arena);
    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0) {
        answer_text(response, 405, "application/json", bytes_text(no_method));
        response->allow = "GET";
    } else if (!door->answer(watch, response)) {
        answer_text(response, 500, "application/json", bytes_text(no_memory));
    }
    watch_count(watch, door->path, response->status);
    return true;
}
