#include "api/api_page.h"

#include "api/api_cache.h"
#include "report/json_text.h"

#include <assert.h>
#include <string.h>

enum { ROWS_AT_ONCE = 100 };

bool api_page_direction(const struct api_call *call, struct api_reply *reply, int *out)
{
    const char *direction = api_call_query(call, "direction");
    if (!direction)
        *out = -1;
    else if (strcmp(direction, "outgoing") == 0)
        *out = 0;
    else if (strcmp(direction, "incoming") == 0)
        *out = 1;
    else
        return api_call_usage(reply, "this is no direction", "give incoming or outgoing",
                              "direction");
    return true;
}

/* How far the page is. */
struct progress {
    json_t *list;
    struct bytes
        *texts; /* of rows that are kept as text, after those of the list; NULL: none are */
    size_t count, looked;
    struct store_place last;
    bool full;
};

static enum fault row_json(const struct api_call *call, const struct api_page *page,
                           const struct store_pair *pair, const struct store_dossier *row,
                           json_t **json)
{
    struct listing listing;
    *json = NULL;
    TRY(listing_of(call->api->store, pair, row, call->arena, &listing));
    return page->show(call, page, &listing, json);
}

static enum fault text_add(const struct api_call *call, const struct api_page *page,
                           const struct store_pair *pair, const struct store_dossier *row,
                           struct progress *progress)
{
    struct api_cache *cache = call->api->cache;
    struct bytes kept = api_cache_find(cache, row), text = {0};
    json_t *json;
    if (kept.data) {
        text = arena_copy(call->arena, kept); /* a put may drop it */
    } else {
        TRY(row_json(call, page, pair, row, &json));
        text = json_text_write(json, call->arena);
        json_decref(json);
        if (text.data)
            api_cache_put(cache, row, text);
    }
    progress->texts[progress->count++] = text;
    return text.data ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault row_add(const struct api_call *call, const struct api_page *page,
                          const struct store_pair *pair, const struct store_dossier *row,
                          struct progress *progress)
{
    json_t *json = NULL;
    bool sees;
    progress->last = row->place;
    progress->looked++;
    TRY(api_call_sees_row(call, pair->own, row, &sees));
    if (!sees) {
        progress->full = progress->looked >= API_PAGE_ROWS;
        return FAULT_NONE;
    }
    if (progress->texts) {
        TRY(text_add(call, page, pair, row, progress));
    } else if (!page->with_transcript || row->transcript) {
        TRY(row_json(call, page, pair, row, &json));
        if (json)
            TRY(api_call_append(progress->list, json));
        progress->count += json != NULL;
    }
    progress->full = progress->count >= page->limit || progress->looked >= API_PAGE_ROWS;
    return FAULT_NONE;
}

static enum fault pair_add(const struct api_call *call, const struct api_page *page,
                           const struct store_pair *pair, const struct store_place *after,
                           struct progress *progress)
{
    struct store *store = call->api->store;
    struct store_dossier_query query = {.pair = pair->pair,
                                        .states = page->states,
                                        .opened_by_partner = page->opened_by_partner,
                                        .after = after};
    struct store_dossier *rows;
    size_t count = 0;
    do {
        size_t left = page->limit - progress->count;
        query.max = progress->texts && left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE;
        TRY(store->dossier_list(store, &query, call->arena, &rows, &count));
        for (size_t i = 0; i < count && !progress->full; i++)
            TRY(row_add(call, page, pair, &rows[i], progress));
        if (count)
            query.after = &rows[count - 1].place;
    } while (count == query.max && !progress->full);
    return FAULT_NONE;
}

static enum fault pages_add(const struct api_call *call, const struct api_page *page,
                            const struct api_cursor *cursor, struct progress *progress)
{
    for (size_t i = 0; i < page->pair_count && !progress->full; i++) {
        const struct store_pair *pair = &page->pairs[i];
        bool within = cursor->in_rows && pair->pair == cursor->place.pair;
        if (!cursor->in_rows || pair->pair >= cursor->place.pair)
            TRY(pair_add(call, page, pair, within ? &cursor->place : NULL, progress));
    }
    return FAULT_NONE;
}

/* ---- rows that are kept as text ---------------------------------------------------------------
 */

static enum fault texts_begin(const struct api_call *call, const struct api_page *page,
                              struct progress *progress)
{
    TRY(api_cache_refresh(call->api->cache, call->api->store, call->arena));
    progress->texts =
        arena_take_array(call->arena, page->limit + progress->count, sizeof *progress->texts);
    for (size_t i = 0; progress->texts && i < progress->count; i++) {
        progress->texts[i] = json_text_write(json_array_get(progress->list, i), call->arena);
        if (!progress->texts[i].data)
            return FAULT_MEMORY;
    }
    return progress->texts ? FAULT_NONE : FAULT_MEMORY;
}

static void lay(uint8_t **at, struct bytes text)
{
    memcpy(*at, text.data, text.size);
    *at += text.size;
}

/* What the JSON would say: `{"schema":1,"NAME":[...],"next":...}`. */
static enum fault texts_end(const struct api_call *call, struct api_reply *reply,
                            const struct api_page *page, const struct progress *progress)
{
    const char *next = json_string_value(json_object_get(reply->json, "next"));
    const char *head = arena_format(call->arena, "{\"schema\":1,\"%s\":[", page->kept_as);
    const char *tail =
        next ? arena_format(call->arena, "],\"next\":\"%s\"}", next) : "],\"next\":null}";
    if (!head || !tail)
        return FAULT_MEMORY;
    size_t size = strlen(head) + strlen(tail);
    for (size_t i = 0; i < progress->count; i++)
        size += progress->texts[i].size + (i > 0);
    uint8_t *answer = arena_take(call->arena, size), *at = answer;
    if (!answer)
        return FAULT_MEMORY;
    lay(&at, bytes_text(head));
    for (size_t i = 0; i < progress->count; i++) {
        if (i > 0)
            lay(&at, bytes_text(","));
        lay(&at, progress->texts[i]);
    }
    lay(&at, bytes_text(tail));
    assert(at == answer + size);
    reply->raw = (struct bytes) {answer, size};
    reply->raw_type = "application/json";
    return FAULT_NONE;
}

enum fault api_page_fill(const struct api_call *call, struct api_reply *reply,
                         const struct api_page *page, const struct api_cursor *cursor, json_t *list)
{
    struct progress progress = {.list = list, .count = json_array_size(list)};
    bool texts = page->kept_as && call->api->cache;
    assert(page->limit > 0);
    progress.full = progress.count >= page->limit;
    if (texts)
        TRY(texts_begin(call, page, &progress));
    TRY(pages_add(call, page, cursor, &progress));
    /* A page that is full ends where it ended; whether more follows the next one tells. */
    if (progress.full && progress.looked)
        TRY(api_cursor_put_place(call, reply, &progress.last));
    else
        TRY(api_cursor_put_end(reply));
    return texts ? texts_end(call, reply, page, &progress) : FAULT_NONE;
}

enum fault api_page_list(const struct api_call *call, struct api_reply *reply,
                         struct api_page *page, const char *name)
{
    struct api_cursor cursor;
    struct store_pair *pairs;
    json_t *list;
    if (!api_cursor_read(call, reply, &cursor) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX,
                               &page->limit))
        return FAULT_NONE;
    TRY(api_call_pairs(call, reply, &pairs, &page->pair_count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    page->pairs = pairs;
    TRY(api_call_list(reply, name, &list));
    return api_page_fill(call, reply, page, &cursor, list);
}
