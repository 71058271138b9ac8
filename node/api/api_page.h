/* A page of dossiers, over one pair after the other. */
#pragma once

#include "api/api_cursor.h"
#include "report/listing.h"
#include "report/search.h"

enum {
    /* A page looks at no more rows than this, also where most of them are left out. */
    API_PAGE_ROWS = 2000,
};

struct api_page;

/* What a list shows of a row: sets *json, or leaves it NULL to leave the row out. */
typedef enum fault api_page_show(const struct api_call *call, const struct api_page *page,
                                 const struct listing *listing, json_t **json);

struct api_page {
    const struct store_pair *pairs;
    size_t pair_count;
    uint64_t states;             /* bit n: those in state n; 0: all */
    int opened_by_partner;       /* -1: both */
    bool with_transcript;        /* only rows that have one */
    const struct search *search; /* NULL: all */
    size_t limit;
    api_page_show *show;
    /* Not NULL: the answer is written from rows that are kept as text, under this name. What `show`
     * says may then depend on the row alone. */
    const char *kept_as;
};

/* Appends to the list from the cursor on and sets `next`. */
enum fault api_page_fill(const struct api_call *call, struct api_reply *reply,
                         const struct api_page *page, const struct api_cursor *cursor,
                         json_t *list);

/* A list under this name, as ?limit=, ?after= and the caller's sight have it; the page's direction,
 * states and `show` are the route's. */
enum fault api_page_list(const struct api_call *call, struct api_reply *reply,
                         struct api_page *page, const char *name);

/* ?direction= as opened_by_partner, -1 when absent. */
bool api_page_direction(const struct api_call *call, struct api_reply *reply, int *out);
