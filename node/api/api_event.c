#include "api/api_cursor.h"
#include "api/api_feed.h"
#include "api/api_routes.h"
#include "report/json_text.h"

#include <assert.h>
#include <string.h>

enum {
    WAIT_MAX = 60, /* seconds */
    WAITING_MAX = 24,
    STREAMS_MAX = 16,
    HEARTBEAT_MS = 15000, /* proxies and clients take a silent stream for a dead one */
};

struct follow {
    struct api_feed_filter filter;
    int64_t after;
    size_t limit, wait;
};

/* ---- where to begin ---------------------------------------------------------------------------
 */

static bool refuse_gone(struct api_reply *reply)
{
    api_call_explain(reply, VERDICT_NOT_FOUND, "what followed this cursor is no longer kept here",
                     "list what you follow anew, then go on with ?after=newest", "after");
    reply->problem.status = 410;
    return false;
}

/* A cursor may be older than what is kept, or come from before the database was restored. */
static bool cursor_stands(struct api_reply *reply, int64_t after, int64_t oldest, int64_t newest)
{
    return (after <= newest && after + 1 >= oldest) || refuse_gone(reply);
}

static enum fault begin_at(const struct api_call *call, struct api_reply *reply, const char *cursor,
                           int64_t otherwise, int64_t *after)
{
    struct store *store = call->api->store;
    int64_t oldest, newest;
    TRY(store->event_bounds(store, &oldest, &newest));
    *after = otherwise < 0 ? newest : oldest ? oldest - 1 : 0;
    if (cursor && strcmp(cursor, "newest") == 0)
        *after = newest;
    else if (cursor && api_cursor_text(reply, cursor, after))
        (void)cursor_stands(reply, *after, oldest, newest);
    return FAULT_NONE;
}

static enum fault follow_read(const struct api_call *call, struct api_reply *reply, bool stream,
                              struct follow *out)
{
    const struct api_request *request = call->request;
    const char *cursor = api_call_query(call, "after");
    struct store_pair *pairs;
    *out = (struct follow) {0};
    if (!api_feed_kinds(call, reply, api_call_query(call, "kind"), &out->filter.kinds) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX,
                               &out->limit) ||
        !api_call_query_number(call, reply, "wait", 0, WAIT_MAX, &out->wait))
        return FAULT_NONE;
    if (stream && request->last_event_id && *request->last_event_id)
        cursor = request->last_event_id;
    TRY(api_call_pairs(call, reply, &pairs, &out->filter.pair_count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    out->filter.pairs = pairs;
    /* What was looked through before is not looked through again. */
    if (request->mark > 0) {
        out->after = request->mark - 1;
        return FAULT_NONE;
    }
    return begin_at(call, reply, cursor, stream ? -1 : 0, &out->after);
}

/* ---- a page, now or as soon as there is one ----------------------------------------------------
 */

static void wait_again(const struct api_call *call, struct api_reply *reply, int64_t wait_ms,
                       int64_t next)
{
    int64_t left = wait_ms - call->request->waited_ms;
    assert(left > 0);
    reply->later_ms = left;
    reply->mark = next + 1;
}

static bool crowded(struct api_reply *reply)
{
    api_call_explain(reply, VERDICT_UNAVAILABLE, "too many wait for events already",
                     "ask without ?wait=, or again later", NULL);
    reply->problem.status = 429;
    return false;
}

static enum fault serve_page(const struct api_call *call, struct api_reply *reply,
                             const struct follow *follow)
{
    struct api_feed_page page;
    int64_t wait_ms = (int64_t)follow->wait * 1000;
    json_t *list;
    TRY(api_feed_read(call, &follow->filter, follow->after, follow->limit, &page));
    if (!page.count && page.whole && call->request->waited_ms < wait_ms) {
        if (call->request->mark == 0 && call->request->waiting >= WAITING_MAX)
            (void)crowded(reply);
        else
            wait_again(call, reply, wait_ms, page.next);
        return FAULT_NONE;
    }
    TRY(api_call_list(reply, "events", &list));
    for (size_t i = 0; i < page.count; i++)
        TRY(api_call_append(list, api_feed_json(call, &follow->filter, page.events[i])));
    TRY(api_call_put(reply, "next",
                     json_string(arena_format(call->arena, "%lld", (long long)page.next))));
    return api_call_put(reply, "whole", json_boolean(page.whole));
}

/* ---- the stream -------------------------------------------------------------------------------
 */

static const char *event_lines(const struct api_call *call, const struct follow *follow,
                               const struct store_event *event)
{
    json_t *json = api_feed_json(call, &follow->filter, event);
    struct bytes text = json ? json_text_write(json, call->arena) : (struct bytes) {0};
    json_decref(json);
    while (text.size && text.data[text.size - 1] == '\n')
        text.size--;
    return text.data ? arena_format(call->arena, "id: %lld\nevent: %s\ndata: %.*s\n\n",
                                    (long long)event->cursor, feed_text(event->kind)->code,
                                    (int)text.size, (const char *)text.data)
                     : NULL;
}

static enum fault piece_write(const struct api_call *call, const struct follow *follow,
                              const struct api_feed_page *page, struct bytes *out)
{
    const char **parts = arena_take_array(call->arena, page->count, sizeof *parts);
    size_t size = 0;
    if (!parts)
        return FAULT_MEMORY;
    for (size_t i = 0; i < page->count; i++) {
        parts[i] = event_lines(call, follow, page->events[i]);
        if (!parts[i])
            return FAULT_MEMORY;
        size += strlen(parts[i]);
    }
    uint8_t *piece = arena_take(call->arena, size);
    if (!piece)
        return FAULT_MEMORY;
    *out = (struct bytes) {piece, size};
    for (size_t i = 0; i < page->count; i++) {
        size_t length = strlen(parts[i]);
        memcpy(piece, parts[i], length);
        piece += length;
    }
    return FAULT_NONE;
}

static enum fault serve_stream(const struct api_call *call, struct api_reply *reply,
                               const struct follow *follow)
{
    const struct api_request *request = call->request;
    bool first = request->mark == 0;
    struct api_feed_page page;
    if (first && request->streams >= STREAMS_MAX) {
        (void)crowded(reply);
        return FAULT_NONE;
    }
    TRY(api_feed_read(call, &follow->filter, follow->after, follow->limit, &page));
    reply->raw_type = "text/event-stream";
    reply->mark = page.next + 1;
    if (page.count)
        return piece_write(call, follow, &page, &reply->raw);
    if (first)
        reply->raw = bytes_text("retry: 3000\n\n");
    else if (request->waited_ms >= HEARTBEAT_MS)
        reply->raw = bytes_text(": nothing new\n\n");
    else
        wait_again(call, reply, HEARTBEAT_MS, page.next);
    return FAULT_NONE;
}

static enum fault list_events(const struct api_call *call, struct api_reply *reply)
{
    const char *accept = call->request->accept;
    bool stream = accept && strstr(accept, "text/event-stream");
    struct follow follow;
    TRY(follow_read(call, reply, stream, &follow));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return stream ? serve_stream(call, reply, &follow) : serve_page(call, reply, &follow);
}

const struct api_route api_event_routes[] = {
    {
        .row = {"GET", "/api/v1/events",
                "what happened, from a cursor on; waits for more if asked"},
        .needs = ROLE_NEED_READ,
        .serve = list_events,
        .query = "after limit kind partner wait",
    },
    {},
};
