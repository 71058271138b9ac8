#include "admin/journal.h"
#include "api/api_cursor.h"
#include "api/api_routes.h"

static json_t *row_json(const struct journal_row *row)
{
    const Peregrin__Entry *entry = row->entry;
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:b}", "number",
                     (json_int_t)row->number, "at", api_call_seconds(entry->at), "user",
                     api_call_text(entry->user), "way", api_call_text(entry->way), "method",
                     api_call_text(entry->method), "route", api_call_text(entry->route), "about",
                     api_call_text(entry->about), "code", api_call_text(entry->code), "status",
                     (json_int_t)entry->status, "holds", row->holds);
}

/* ?last=N begins N before the end: for who wants to see what happened just now. */
static enum fault place_read(const struct api_call *call, struct api_reply *reply, uint64_t *after)
{
    size_t last;
    int64_t number;
    uint64_t newest;
    if (!api_cursor_number(call, reply, &number) ||
        !api_call_query_number(call, reply, "last", JOURNAL_PAGE_MAX, JOURNAL_PAGE_MAX, &last))
        return FAULT_NONE;
    *after = (uint64_t)number;
    if (!api_call_query(call, "last"))
        return FAULT_NONE;
    TRY(journal_newest(call->api->store, call->arena, &newest));
    if (newest > last && newest - last > *after)
        *after = newest - last;
    return FAULT_NONE;
}

static enum fault list_journal(const struct api_call *call, struct api_reply *reply)
{
    struct journal_row *rows;
    uint64_t after = 0;
    size_t limit, count;
    json_t *list;
    TRY(place_read(call, reply, &after));
    if (api_call_refused(reply) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, JOURNAL_PAGE_MAX, &limit))
        return FAULT_NONE;
    TRY(journal_list(call->api->store, after, limit, call->arena, &rows, &count));
    TRY(api_call_list(reply, "entries", &list));
    for (size_t i = 0; i < count; i++)
        TRY(api_call_append(list, row_json(&rows[i])));
    return api_call_put(reply, "next",
                        count == limit ? json_integer((json_int_t)rows[count - 1].number)
                                       : json_null());
}

const struct api_route api_journal_routes[] = {
    {
        .row = {"GET", "/api/v1/audit/log", "who changed what"},
        .needs = ROLE_NEED_AUDIT,
        .serve = list_journal,
        .query = "after limit last",
        .whole = true,
    },
    {},
};
