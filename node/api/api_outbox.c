#include "api/api_cursor.h"
#include "api/api_dossier.h"
#include "api/api_routes.h"
#include "report/delivery.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 100 };

/* One line, whichever way the record waits. */
struct line {
    struct header_dossier dossier;
    const char *partner;
    uint32_t kind, code;
    enum delivery_state state;
    int64_t lane, index; /* -1: not given yet */
    uint64_t since;      /* seconds */
    const char *waits_for;
};

/* What the partner's link waits for, as the engine says it; NULL when nothing hinders it. */
static const char *waits_for(const struct api_call *call, uint32_t pair)
{
    struct engine_partner partner;
    for (size_t i = 0; api_call_partner(call, &i, &partner);)
        if (partner.pair == pair)
            return partner.waits_for;
    return NULL;
}

/* Why it was refused; or what its partner's link waits for; or what its state means. */
static const char *sentence_of(const struct line *line, const struct verdict_text *why)
{
    if (why)
        return why->sentence;
    return line->waits_for ? line->waits_for : delivery_sentence(line->state);
}

static const char *kind_code(uint32_t number)
{
    const struct kind *kind = kind_find(number, 1);
    if (!kind)
        kind = kind_find(number, 0);
    return kind ? kind->code : "unknown";
}

static enum fault line_add(const struct api_call *call, json_t *list, const struct line *line)
{
    enum verdict code = verdict_of(line->code);
    bool refused = line->code && code < VERDICT_COUNT;
    const struct verdict_text *why = refused ? verdict_text(code) : NULL;
    json_t *lane = line->lane < 0 ? json_null() : json_integer(line->lane);
    json_t *index = line->index < 0 ? json_null() : json_integer(line->index);
    return api_call_append(
        list,
        json_pack("{s:s, s:o, s:o, s:s, s:s, s:s, s:o, s:s, s:o, s:o}", "dossier",
                  api_call_dossier_text(call, &line->dossier), "lane", lane, "index", index,
                  "partner", line->partner, "kind", kind_code(line->kind), "state",
                  delivery_code(line->state), "since", api_call_seconds(line->since), "sentence",
                  sentence_of(line, why), "code", api_call_text(why ? why->code : NULL), "remedy",
                  api_call_text(why ? why->remedy : NULL)));
}

static enum fault row_add(const struct api_call *call, json_t *list, const struct store_pair *pair,
                          const struct store_outbox_row *row)
{
    struct store *store = call->api->store;
    struct store_record *record;
    TRY(store->record_get(store, row->serial, call->arena, &record));
    if (!record)
        return FAULT_CORRUPT;
    struct line line = {.dossier = record->place.dossier,
                        .partner = pair->partner,
                        .kind = record->kind,
                        .code = row->code,
                        .state = row->code ? DELIVERY_STUCK : DELIVERY_QUEUED,
                        .lane = record->lane,
                        .index = record->index,
                        .since = row->since,
                        .waits_for = waits_for(call, pair->pair)};
    return line_add(call, list, &line);
}

static enum fault ready_add(const struct api_call *call, json_t *list,
                            const struct api_dossier_ready *ready)
{
    const Peregrin__Submission *submission = ready->submission;
    struct line line = {.partner = submission->audience,
                        .kind = submission->kind,
                        .code = ready->code,
                        .state = ready->code ? DELIVERY_STUCK : DELIVERY_READY,
                        .lane = -1,
                        .index = -1,
                        .since = submission->issued_at * 60,
                        .waits_for = waits_for(call, ready->pair)};
    memcpy(line.dossier.bytes, submission->dossier.data, sizeof line.dossier.bytes);
    return line_add(call, list, &line);
}

/* Where a page begins or ends: within the rows of a pair, or within what is ready of it. */
struct place {
    uint32_t pair;
    bool ready;
    int64_t number;
};

/* `PAIR.ready.NUMBER` or `PAIR.row.NUMBER`. */
static bool place_read(const struct api_call *call, struct api_reply *reply, struct place *out)
{
    const char *text = api_call_query(call, "after");
    unsigned pair;
    long long number;
    int end = 0;
    *out = (struct place) {0};
    if (!text)
        return true;
    if (sscanf(text, "%9u.ready.%18lld%n", &pair, &number, &end) == 2 && !text[end])
        *out = (struct place) {pair, true, number};
    else if (sscanf(text, "%9u.row.%18lld%n", &pair, &number, &end) == 2 && !text[end])
        *out = (struct place) {pair, false, number};
    else
        return api_call_usage(reply, "`after` is not where a list ended",
                              "give back the `next` of the page before, as it was", "after");
    return true;
}

/* Rows of one pair from the place on; place->number follows. */
static enum fault rows_fill(const struct api_call *call, const struct store_pair *pair,
                            struct place *place, size_t limit, json_t *list)
{
    struct store *store = call->api->store;
    struct store_outbox_row *rows;
    size_t count = PAGE;
    while (count == PAGE && json_array_size(list) < limit) {
        TRY(store->outbox_next(store, pair->pair, place->number, true, PAGE, call->arena, &rows,
                               &count));
        for (size_t i = 0; i < count && json_array_size(list) < limit; i++) {
            TRY(row_add(call, list, pair, &rows[i]));
            place->number = rows[i].serial;
        }
    }
    return FAULT_NONE;
}

static enum fault ready_fill(const struct api_call *call, const struct store_pair *pair,
                             struct place *place, size_t limit, json_t *list)
{
    struct api_dossier_ready *rows;
    size_t count = PAGE;
    while (count == PAGE && json_array_size(list) < limit) {
        TRY(api_dossier_ready(call, pair->pair, place->number, PAGE, &rows, &count));
        for (size_t i = 0; i < count && json_array_size(list) < limit; i++) {
            TRY(ready_add(call, list, &rows[i]));
            place->number = rows[i].number;
        }
    }
    return FAULT_NONE;
}

/* First the rows, then what is ready of each pair. */
static enum fault pair_fill(const struct api_call *call, const struct store_pair *pair,
                            struct place *place, size_t limit, json_t *list)
{
    if (pair->pair != place->pair)
        *place = (struct place) {.pair = pair->pair};
    if (!place->ready) {
        TRY(rows_fill(call, pair, place, limit, list));
        if (json_array_size(list) >= limit)
            return FAULT_NONE;
        *place = (struct place) {.pair = pair->pair, .ready = true};
    }
    return ready_fill(call, pair, place, limit, list);
}

static enum fault list_outbox(const struct api_call *call, struct api_reply *reply)
{
    struct store_pair *pairs;
    struct place place;
    size_t limit, count;
    json_t *list;
    if (!place_read(call, reply, &place) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX, &limit))
        return FAULT_NONE;
    TRY(api_call_pairs(call, reply, &pairs, &count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(api_call_list(reply, "outbox", &list));
    for (size_t i = 0; i < count && json_array_size(list) < limit; i++)
        if (pairs[i].pair >= place.pair)
            TRY(pair_fill(call, &pairs[i], &place, limit, list));
    if (json_array_size(list) < limit)
        return api_cursor_put_end(reply);
    return api_call_put(
        reply, "next",
        json_string(arena_format(call->arena, "%u.%s.%lld", place.pair,
                                 place.ready ? "ready" : "row", (long long)place.number)));
}

const struct api_route api_outbox_routes[] = {
    {
        .row = {"GET", "/api/v1/outbox", "what partners have not yet taken"},
        .needs = ROLE_NEED_NAME,
        .serve = list_outbox,
        .query = "partner after limit",
    },
    {},
};
