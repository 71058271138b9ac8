/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "admin/hook.h"
#include "fuzz/json_mutator.h"
#include "api/api.h"
#include "api/api_cache.h"
#include "sim/world.h"

#include "mobility.pb-c.h"
#include "record/codec.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BUDGET = 64 * 1024 * 1024, LINE_MAX_READ = 512, LAST_MAX = 64 };

/* One world for all runs, with a dossier in it; what a request writes is rolled back. */
static struct world *world;
static struct api_cache *cache;
static bool begun, refuses;

/* What a request has changed, but for the journal, which keeps what was tried in vain as well. */
static struct store kept;
static size_t changes;

static enum fault counted_draft_put(struct store *store, struct store_draft *draft)
{
    changes++;
    return kept.draft_put(store, draft);
}

static enum fault counted_draft_remove(struct store *store, int64_t number)
{
    changes++;
    return kept.draft_remove(store, number);
}

static bool is_journal(const char *name)
{
    return strncmp(name, "journal", 7) == 0;
}

static enum fault counted_value_put(struct store *store, const char *name, struct bytes value)
{
    changes += !is_journal(name);
    return kept.value_put(store, name, value);
}

static enum fault counted_value_remove(struct store *store, const char *name)
{
    changes += !is_journal(name);
    return kept.value_remove(store, name);
}

static void count_changes(struct store *store)
{
    kept = *store;
    store->draft_put = counted_draft_put;
    store->draft_remove = counted_draft_remove;
    store->value_put = counted_value_put;
    store->value_remove = counted_value_remove;
}

static enum fault begin(void *)
{
    struct store *store = world_store(world, 0);
    if (!begun)
        TRY(store->begin(store));
    begun = true;
    return FAULT_NONE;
}

static enum fault submit(void *, const struct event_submission *submission,
                         struct event_answer *answer)
{
    assert(begun && submission->own && submission->partner);
    assert(submission->request.size <= API_KEY_MAX);
    if (refuses)
        answer->verdict = VERDICT_OUT_OF_TURN;
    return FAULT_NONE;
}

static enum fault order(void *, const struct event_order *order, struct event_answer *answer)
{
    assert(begun && order->own && order->partner);
    assert(!order->reason || strlen(order->reason) <= EVENT_REASON_MAX);
    *answer = (struct event_answer) {.verdict = refuses ? VERDICT_OUT_OF_TURN : VERDICT_FINE};
    return FAULT_NONE;
}

static enum fault ping(void *, const char *)
{
    return FAULT_NONE;
}

static void reload(void *)
{
}

static bool partner(void *, size_t index, struct engine_partner *out)
{
    return engine_partner(world_engine(world, 0), index, out);
}

static bool counter(void *, size_t index, struct engine_counter *out)
{
    return engine_counter(world_engine(world, 0), index, out);
}

/* `070707070707`, as the dice fall here. */
static void webhook_make(void)
{
    static const uint8_t thrown[64] = {7, 7, 7, 7, 7, 7};
    struct store *store = world_store(world, 0);
    struct arena *arena = arena_open(1 << 20);
    struct hook hook = hook_new("https://a.example/", 0, 0, world_now(world), thrown, arena);
    enum fault fault = store->begin(store);
    if (!fault)
        fault = hook_put(store, &hook, arena);
    if (!fault)
        fault = store->commit(store);
    assert(!fault);
    arena_close(arena);
    cache = api_cache_open();
}

static void world_make(void)
{
    static const char *const names[] = {"helmo.be", "itg.be"};
    static uint8_t room[1024];
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Peeters";
    person.given_names = "An";
    person.birth_date = "2005-04-03";
    person.email = "an@example.org";
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 1;
    nomination.eqf = 6;
    nomination.isced_f = "0913";
    size_t size = peregrin__nomination__pack(&nomination, room);
    struct event_submission submission = {.own = names[0],
                                          .partner = names[1],
                                          .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                          .opens = true,
                                          .body = {room, size}};
    world = world_open(1, names, 2);
    assert(world);
    world_settle(world, 60 * (int64_t)INSTANT_SECOND);
    for (int i = 0; i < 3; i++) {
        struct event_answer answer = world_submit(world, 0, &submission);
        assert(!answer.verdict);
    }
    world_settle(world, 60 * (int64_t)INSTANT_SECOND);
    webhook_make();
    count_changes(world_store(world, 0));
}

/* A GET has no body: there it is the Last-Event-ID of a stream. */
static void stream_read(struct api_request *request, char *end)
{
    size_t size = request->body.size;
    if (strcmp(request->method, "GET") != 0 || size == 0 || size >= LAST_MAX)
        return;
    request->accept = "text/event-stream";
    request->last_event_id = memcpy(end, request->body.data, size);
    end[size] = '\0';
}

/* `METHOD PATH?NAME=VALUE&...`, a line end, the body. `$` in the path stands for the first dossier.
 */
static bool request_read(const uint8_t *data, size_t size, char line[LINE_MAX_READ + LAST_MAX],
                         struct api_request *request)
{
    const uint8_t *end = memchr(data, '\n', size);
    if (!end || (size_t)(end - data) >= LINE_MAX_READ)
        return false;
    memcpy(line, data, (size_t)(end - data));
    line[end - data] = '\0';
    char *path = strchr(line, ' ');
    if (!path)
        return false;
    *path++ = '\0';
    char *query = strchr(path, '?');
    request->method = line;
    request->path = path;
    while (query && request->query_count < API_QUERY_MAX) {
        *query++ = '\0';
        char *value = strchr(query, '=');
        if (!value)
            break;
        *value++ = '\0';
        request->query[request->query_count++] = (struct api_pair) {query, value};
        query = strchr(value, '&');
    }
    request->content_type = "application/json";
    request->idempotency_key = size & 1 ? "key" : NULL;
    request->body = (struct bytes) {end + 1, size - (size_t)(end + 1 - data)};
    stream_read(request, line + LINE_MAX_READ);
    return true;
}

static const char *path_named(const char *path, struct arena *arena)
{
    struct store *store = world_store(world, 0);
    struct store_dossier_query query = {.opened_by_partner = -1, .max = 1};
    struct store_dossier *row;
    size_t count;
    const char *at = strchr(path, '$');
    enum fault fault = store->dossier_list(store, &query, arena, &row, &count);
    assert(!fault && count);
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&row->place.dossier, name);
    return at ? arena_format(arena, "%.*s%s%s", (int)(at - path), path, name, at + 1) : path;
}

static void dice(void *, uint8_t out[static 32])
{
    memset(out, 7, 32);
}

/* What a real one costs would leave no time for the rest. */
static enum api_slow derive(void *, uint64_t, struct bytes text, struct password_salt *,
                            struct password_hash *out)
{
    *out = (struct password_hash) {.bytes = {(uint8_t)text.size}};
    return refuses ? API_SLOW_BUSY : API_SLOW_DONE;
}

static bool copy(void *, enum api_copy_wish wish, struct api_copy *out)
{
    *out = (struct api_copy) {.file = "/copy", .configuration = "/configuration"};
    return wish != API_COPY_BEGIN || !refuses;
}

/* JSON that a client can read, and that says what to do where it says no. */
static void answer_check(const struct api_response *response)
{
    bool json = response->content_type && strcmp(response->content_type, "application/json") == 0;
    if (!json || response->later_ms || response->mark || !response->body.size)
        return;
    json_t *value =
        json_loadb((const char *)response->body.data, response->body.size, JSON_DECODE_ANY, NULL);
    assert(value);
    const json_t *error = json_object_get(value, "error");
    bool reports = json_object_get(value, "problems") || json_object_get(value, "reasons");
    assert(response->status < 400 || reports ||
           (json_is_string(json_object_get(error, "code")) &&
            json_is_string(json_object_get(error, "message")) &&
            json_is_string(json_object_get(error, "hint"))));
    json_decref(value);
}

/* The body behind the line is changed as JSON; the line as bytes. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t line = end ? (size_t)(end - data) + 1 : size;
    if (line >= size || seed % 3 == 0)
        return LLVMFuzzerMutate(data, size, size_max);
    return line + json_mutator_change(data + line, size - line, size_max - line, seed / 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char line[LINE_MAX_READ + LAST_MAX];
    struct api_response response;
    if (!world)
        world_make();
    struct api_request request = {.now = world_now(world), .caller.owner = true};
    if (!request_read(data, size, line, &request))
        return 0;
    struct arena *arena = arena_open(BUDGET);
    struct store *store = world_store(world, 0);
    struct api api = {.store = store,
                      .catalogue = world_catalogue(world),
                      .node = "node.helmo.be",
                      .version = "fuzz",
                      .started = world_now(world),
                      .cache = cache,
                      .port = {NULL, begin, submit, order, ping, reload, partner, counter, copy},
                      .guard = {NULL, dice, derive, NULL, 3600}};
    request.path = path_named(request.path, arena);
    refuses = size & 2;
    changes = 0;
    enum fault fault = api_serve(&api, &request, arena, &response);
    for (int again = 0; !fault && response.later_ms + response.mark > 0 && again < 3; again++) {
        request.mark = response.mark;
        request.waited_ms = response.later_ms;
        fault = api_serve(&api, &request, arena, &response);
    }
    assert(!fault && response.later_ms >= 0);
    assert(response.later_ms ||
           (response.status >= 200 && response.status <= 503 && response.body.data));
    /* A request of this node's own making is never its fault. */
    assert(response.status != 500);
    /* What is refused changes nothing, and nor does what only asks. */
    assert(changes == 0 || (response.status < 400 && strcmp(request.method, "GET") != 0));
    answer_check(&response);
    if (begun)
        store->rollback(store);
    begun = false;
    arena_close(arena);
    return 0;
}
