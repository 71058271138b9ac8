#include "api/api_page.h"

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
    size_t looked;
    struct store_place last;
    bool full;
};

static enum fault row_add(const struct api_call *call, const struct api_page *page,
                          const struct store_pair *pair, const struct store_dossier *row,
                          json_t *list, struct progress *progress)
{
    struct listing listing;
    json_t *json = NULL;
    progress->last = row->place;
    progress->looked++;
    if (!page->with_transcript || row->transcript) {
        TRY(listing_of(call->api->store, pair, row, call->arena, &listing));
        TRY(page->show(call, page, &listing, &json));
        if (json)
            TRY(api_call_append(list, json));
    }
    progress->full = json_array_size(list) >= page->limit || progress->looked >= API_PAGE_ROWS;
    return FAULT_NONE;
}

static enum fault pair_add(const struct api_call *call, const struct api_page *page,
                           const struct store_pair *pair, const struct store_place *after,
                           json_t *list, struct progress *progress)
{
    struct store *store = call->api->store;
    struct store_dossier_query query = {.pair = pair->pair,
                                        .state = page->state,
                                        .opened_by_partner = page->opened_by_partner,
                                        .after = after,
                                        .max = ROWS_AT_ONCE};
    struct store_dossier *rows;
    size_t count = ROWS_AT_ONCE;
    while (count == ROWS_AT_ONCE && !progress->full) {
        TRY(store->dossier_list(store, &query, call->arena, &rows, &count));
        for (size_t i = 0; i < count && !progress->full; i++)
            TRY(row_add(call, page, pair, &rows[i], list, progress));
        if (count)
            query.after = &rows[count - 1].place;
    }
    return FAULT_NONE;
}

enum fault api_page_fill(const struct api_call *call, struct api_reply *reply,
                         const struct api_page *page, const struct api_cursor *cursor, json_t *list)
{
    struct progress progress = {.full = json_array_size(list) >= page->limit};
    assert(page->limit > 0);
    for (size_t i = 0; i < page->pair_count && !progress.full; i++) {
        const struct store_pair *pair = &page->pairs[i];
        bool within = cursor->in_rows && pair->pair == cursor->place.pair;
        if (!cursor->in_rows || pair->pair >= cursor->place.pair)
            TRY(pair_add(call, page, pair, within ? &cursor->place : NULL, list, &progress));
    }
    /* A page that is full ends where it ended; whether more follows the next one tells. */
    if (progress.full && progress.looked)
        return api_cursor_put_place(call, reply, &progress.last);
    return api_cursor_put_end(reply);
}
