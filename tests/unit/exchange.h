/* Two real nodes in the virtual world, and the API of one of them, for the tests of admin. */
#pragma once

#include "api/api.h"
#include "api/api_limit.h"
#include "report/json_text.h"
#include "sim/ceremony.h"
#include "sim/world.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EXCHANGE_SEED = 4711, EXCHANGE_NODES = 3 };

static const char *const exchange_names[EXCHANGE_NODES] = {"helmo.be", "itg.be", "uhasselt.be"};

/* Whose API it is; `open`: a write has begun. */
struct exchange_node {
    struct exchange *exchange;
    size_t number;
    bool open;
};

struct exchange {
    struct world *world;
    struct arena *arena;
    struct exchange_node nodes[EXCHANGE_NODES];
    struct api apis[EXCHANGE_NODES];
    struct api_caller caller; /* of the calls that follow: at first the node's own user */
    struct api_limit *limit;
    int64_t later_us; /* added to the world's time */
    uint8_t dice;     /* of the API: each is one more than the one before */
    /* Of the last call. */
    struct api_response response;
    json_t *json;
};

static inline enum fault exchange_begin(void *self)
{
    struct exchange_node *node = self;
    struct store *store = world_store(node->exchange->world, node->number);
    if (!node->open)
        TRY(store->begin(store));
    node->open = true;
    return FAULT_NONE;
}

static inline void exchange_commit(struct exchange_node *node)
{
    struct store *store = world_store(node->exchange->world, node->number);
    if (node->open)
        assert_int_equal(store->commit(store), FAULT_NONE);
    node->open = false;
}

/* The world opens a group of its own, so ours ends before. */
static inline enum fault exchange_submit(void *self, const struct event_submission *submission,
                                         struct event_answer *answer)
{
    struct exchange_node *node = self;
    exchange_commit(node);
    *answer = world_submit(node->exchange->world, node->number, submission);
    return exchange_begin(node);
}

static inline enum fault exchange_order(void *self, const struct event_order *order,
                                        struct event_answer *answer)
{
    struct exchange_node *node = self;
    exchange_commit(node);
    *answer = world_order(node->exchange->world, node->number, order);
    return exchange_begin(node);
}

static inline enum fault exchange_ping(void *self, const char *name)
{
    struct exchange_node *node = self;
    exchange_commit(node);
    for (size_t i = 0; i < EXCHANGE_NODES; i++)
        if (strcmp(name + strlen("node."), exchange_names[i]) == 0)
            world_ping(node->exchange->world, node->number, i);
    return FAULT_NONE;
}

static inline void exchange_reload(void *)
{
}

static inline bool exchange_partner(void *self, size_t index, struct engine_partner *out)
{
    struct exchange_node *node = self;
    return engine_partner(world_engine(node->exchange->world, node->number), index, out);
}

static inline bool exchange_counter(void *self, size_t index, struct engine_counter *out)
{
    struct exchange_node *node = self;
    return engine_counter(world_engine(node->exchange->world, node->number), index, out);
}

/* A copy that stands still: whole as soon as it was begun. */
static inline bool exchange_copy(void *, enum api_copy_wish wish, struct api_copy *out)
{
    static enum api_copy_state state;
    bool begun = wish != API_COPY_BEGIN || state == API_COPY_NONE;
    state = wish == API_COPY_END ? API_COPY_NONE : wish == API_COPY_BEGIN ? API_COPY_WHOLE : state;
    *out = (struct api_copy) {state, 1, "/db.copy", "/conf", 7, 7, FAULT_NONE};
    return begun;
}

static inline void exchange_dice(void *self, uint8_t out[static 32])
{
    struct exchange *exchange = self;
    memset(out, ++exchange->dice, 32);
}

/* At once, and as cheap as it may be: hasher_test has the real cost. */
static inline enum api_slow exchange_derive(void *, uint64_t, struct bytes text,
                                            struct password_salt *salt, struct password_hash *out)
{
    struct password_salt cheap = *salt;
    cheap.passes = 1;
    cheap.memory_kib = 8;
    return password_derive(text, &cheap, out) ? API_SLOW_DONE : API_SLOW_FAILED;
}

static inline void exchange_run(struct exchange *exchange)
{
    assert_true(world_settle(exchange->world, 120 * (int64_t)INSTANT_SECOND));
}

static inline void exchange_open(struct exchange *exchange)
{
    *exchange =
        (struct exchange) {.world = world_open(EXCHANGE_SEED, exchange_names, EXCHANGE_NODES),
                           .arena = arena_open(API_ARENA),
                           .caller.owner = true,
                           .limit = api_limit_open((uint8_t[32]) {1})};
    assert_non_null(exchange->world);
    for (size_t i = 0; i < EXCHANGE_NODES; i++) {
        exchange->nodes[i] = (struct exchange_node) {exchange, i, false};
        exchange->apis[i] = (struct api) {
            .store = world_store(exchange->world, i),
            .catalogue = world_catalogue(exchange->world),
            .node = arena_format(exchange->arena, "node.%s", exchange_names[i]),
            .version = "test",
            .started = world_now(exchange->world),
            .port = {&exchange->nodes[i], exchange_begin, exchange_submit, exchange_order,
                     exchange_ping, exchange_reload, exchange_partner, exchange_counter,
                     exchange_copy},
            .guard = {exchange, exchange_dice, exchange_derive, exchange->limit, 3600},
        };
        /* Names must outlive the calls, which reset the arena. */
        exchange->apis[i].node = strdup(exchange->apis[i].node);
    }
}

static inline void exchange_close(struct exchange *exchange)
{
    json_decref(exchange->json);
    for (size_t i = 0; i < EXCHANGE_NODES; i++)
        free((char *)(uintptr_t)exchange->apis[i].node);
    arena_close(exchange->arena);
    api_limit_close(exchange->limit);
    world_close(exchange->world);
}

/* One call; path may have a query. The answer stands in exchange->response and ->json. */
struct exchange_call {
    const char *method, *path, *body, *key;
};

static inline int exchange_call(struct exchange *exchange, size_t number, struct exchange_call call)
{
    char path[API_PATH_MAX];
    struct api_request request = {
        .method = call.method,
        .path = path,
        .idempotency_key = call.key,
        .content_type = call.body ? "application/json" : NULL,
        .body = bytes_text(call.body ? call.body : ""),
        .now = {world_now(exchange->world).us + exchange->later_us},
        .caller = exchange->caller,
    };
    snprintf(path, sizeof path, "%s", call.path);
    char *query = strchr(path, '?');
    while (query) {
        *query++ = '\0';
        char *value = strchr(query, '=');
        assert_non_null(value);
        *value++ = '\0';
        request.query[request.query_count++] = (struct api_pair) {query, value};
        query = strchr(value, '&');
    }
    arena_reset(exchange->arena);
    json_decref(exchange->json);
    exchange->json = NULL;
    assert_int_equal(
        api_serve(&exchange->apis[number], &request, exchange->arena, &exchange->response),
        FAULT_NONE);
    exchange_commit(&exchange->nodes[number]);
    if (strcmp(exchange->response.content_type, "application/json") == 0)
        exchange->json = json_loadb((const char *)exchange->response.body.data,
                                    exchange->response.body.size, 0, NULL);
    return exchange->response.status;
}

static inline int exchange_get(struct exchange *exchange, size_t number, const char *path)
{
    return exchange_call(exchange, number, (struct exchange_call) {"GET", path, NULL, NULL});
}

static inline int exchange_post(struct exchange *exchange, size_t number, const char *path,
                                const char *body)
{
    return exchange_call(exchange, number, (struct exchange_call) {"POST", path, body, NULL});
}

static inline int exchange_delete(struct exchange *exchange, size_t number, const char *path)
{
    return exchange_call(exchange, number, (struct exchange_call) {"DELETE", path, NULL, NULL});
}

/* A member of the last answer by its path: `error.code`, `records[1].kind`. NULL when absent. */
static inline json_t *exchange_at(const struct exchange *exchange, const char *path)
{
    json_t *at = exchange->json;
    while (at && *path) {
        char name[64] = "";
        size_t length = strcspn(path, ".[");
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        if (length)
            at = json_object_get(at, name);
        path += length;
        if (*path == '[') {
            at = json_array_get(at, strtoul(path + 1, NULL, 10));
            path += strcspn(path, "]") + 1;
        }
        path += *path == '.';
    }
    return at;
}

static inline const char *exchange_text(const struct exchange *exchange, const char *path)
{
    return json_string_value(exchange_at(exchange, path));
}

static inline int exchange_number(const struct exchange *exchange, const char *path)
{
    json_t *json = exchange_at(exchange, path);
    assert_true(json_is_integer(json));
    return (int)json_integer_value(json);
}

#define EXCHANGE_NOMINATION                                                                 \
    "{\"person\":{\"family_name\":\"Peeters\",\"given_names\":\"An\","                      \
    "\"birth_date\":\"2005-04-03\",\"email\":\"an@example.org\"},\"mobility\":\"studies\"," \
    "\"year\":\"2026/2027\",\"term\":1,\"eqf\":6,\"isced_f\":\"0913\"}"

/* Nominates from node `from` to node `to`; copies the dossier's name. */
static inline void exchange_nominate(struct exchange *exchange, size_t from, size_t to,
                                     char dossier[static HEADER_DOSSIER_TEXT])
{
    char body[1024];
    snprintf(body, sizeof body, "{\"partner\":\"%s\",\"nomination\":%s}", exchange_names[to],
             EXCHANGE_NOMINATION);
    assert_int_equal(exchange_post(exchange, from, "/api/v1/nominations", body), 201);
    snprintf(dossier, HEADER_DOSSIER_TEXT, "%s", exchange_text(exchange, "dossier"));
}
