/* A page of the feed as JSON: what /events shows and what webhooks send. */
#pragma once

#include "api/api_call.h"
#include "engine/feed.h"

enum {
    API_FEED_ROWS = 2000, /* a page looks at no more, also where most of them are left out */
};

/* Which events are wanted. */
struct api_feed_filter {
    uint32_t kinds; /* a bit for each enum feed_kind; 0: all */
    const struct store_pair *pairs;
    size_t pair_count;
};

/* `record.received,dossier.changed` as bits; refused where a word is no kind. NULL: 0. */
bool api_feed_kinds(const struct api_call *call, struct api_reply *reply, const char *words,
                    uint32_t *out);

struct api_feed_page {
    const struct store_event **events; /* in the arena */
    size_t count;
    int64_t next; /* the last cursor that was looked at; the one asked for where none was */
    bool whole;   /* nothing is behind it yet */
};
enum fault api_feed_read(const struct api_call *call, const struct api_feed_filter *filter,
                         int64_t after, size_t limit, struct api_feed_page *out);

/* One event. NULL when the machine has no memory. */
json_t *api_feed_json(const struct api_call *call, const struct api_feed_filter *filter,
                      const struct store_event *event);
