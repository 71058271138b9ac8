#include "api/api_feed.h"

#include <assert.h>
#include <string.h>

enum { ROWS_AT_ONCE = 200 };

static_assert(FEED_KIND_COUNT <= 32, "a bit for each kind");

bool api_feed_kinds(const struct api_call *call, struct api_reply *reply, const char *words,
                    uint32_t *out)
{
    *out = 0;
    for (const char *at = words; at; at = *at ? at + 1 : NULL) {
        size_t size = strcspn(at, ",");
        enum feed_kind kind = feed_find((struct bytes) {(const uint8_t *)at, size});
        if (kind == FEED_NONE) {
            const char *all = "";
            for (uint32_t i = FEED_NONE + 1; all && i < FEED_KIND_COUNT; i++)
                all = arena_format(call->arena, "%s%s%s", all, *all ? ", " : "give some of ",
                                   feed_text(i)->code);
            return api_call_usage(reply, "this is no kind of event", all, "kind");
        }
        *out |= (uint32_t)1 << kind;
        at += size;
    }
    return true;
}

static const struct store_pair *pair_of(const struct api_feed_filter *filter, uint32_t number)
{
    for (size_t i = 0; i < filter->pair_count; i++)
        if (filter->pairs[i].pair == number)
            return &filter->pairs[i];
    return NULL;
}

static bool fits(const struct api_feed_filter *filter, const struct store_event *event)
{
    bool kind =
        !filter->kinds || (event->kind < FEED_KIND_COUNT && filter->kinds >> event->kind & 1);
    return kind && feed_text(event->kind) && pair_of(filter, event->pair);
}

/* Whether the caller sees the dossier that it tells of. */
static enum fault sees(const struct api_call *call, const struct api_feed_filter *filter,
                       const struct store_event *event, bool *out)
{
    *out = true;
    if (!event->record_kind)
        return FAULT_NONE;
    return api_call_sees_place(call, pair_of(filter, event->pair)->own, &event->place, out);
}

enum fault api_feed_read(const struct api_call *call, const struct api_feed_filter *filter,
                         int64_t after, size_t limit, struct api_feed_page *out)
{
    struct store *store = call->api->store;
    struct api_feed_page page = {.next = after};
    page.events = arena_take_array(call->arena, limit, sizeof *page.events);
    if (!page.events)
        return FAULT_MEMORY;
    for (size_t looked = 0; looked < API_FEED_ROWS && page.count < limit && !page.whole;) {
        struct store_event *rows;
        size_t count;
        TRY(store->event_list(store, page.next, ROWS_AT_ONCE, call->arena, &rows, &count));
        size_t i = 0;
        for (; i < count && page.count < limit; i++) {
            bool wanted = fits(filter, &rows[i]);
            page.next = rows[i].cursor;
            if (wanted)
                TRY(sees(call, filter, &rows[i], &wanted));
            if (wanted)
                page.events[page.count++] = &rows[i];
        }
        looked += count;
        page.whole = i == count && count < ROWS_AT_ONCE;
    }
    *out = page;
    return FAULT_NONE;
}

/* ---- one event --------------------------------------------------------------------------------
 */

static const char *record_code(uint32_t number)
{
    const struct kind *kind = kind_find(number, 1);
    if (!kind)
        kind = kind_find(number, 0);
    return kind ? kind->code : NULL;
}

static const char *state_code(const struct store_event *event, uint32_t state)
{
    bool told = event->kind == FEED_DOSSIER_CHANGED || event->kind == FEED_DOSSIER_MARKED;
    bool changed = told && state < DOSSIER_STATE_COUNT;
    return changed ? dossier_state_code((enum dossier_state)state) : NULL;
}

json_t *api_feed_json(const struct api_call *call, const struct api_feed_filter *filter,
                      const struct store_event *event)
{
    const struct feed_text *text = feed_text(event->kind);
    const struct store_pair *pair = pair_of(filter, event->pair);
    assert(text && pair);
    bool record = event->record_kind != 0;
    const struct verdict_text *why =
        event->code && event->code < VERDICT_COUNT ? verdict_text(verdict_of(event->code)) : NULL;
    const char *dossier = record ? api_call_dossier_text(call, &event->place.dossier) : NULL;
    const char *opener = event->place.opened_by_partner ? pair->partner : pair->own;
    return json_pack("{s:I, s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "cursor", (json_int_t)event->cursor, "at", api_call_seconds(event->at), "type",
                     text->code, "sentence", text->sentence, "own", pair->own, "partner",
                     pair->partner, "dossier", api_call_text(dossier), "opener",
                     api_call_text(record ? opener : NULL), "lane",
                     record ? json_integer(event->lane) : json_null(), "index",
                     record ? json_integer(event->index) : json_null(), "kind",
                     api_call_text(record ? record_code(event->record_kind) : NULL), "from",
                     api_call_text(state_code(event, event->before)), "state",
                     api_call_text(state_code(event, event->state)), "code",
                     api_call_text(why ? why->code : NULL));
}
