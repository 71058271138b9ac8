#include "api/api_cursor.h"
#include "api/api_dossier.h"
#include "api/api_routes.h"
#include "report/delivery.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 100, RETRY_MAX = 500 };

/* One line, whichever way the record waits. */
struct line {
    struct header_dossier dossier;
    const char *partner;
    uint32_t kind, code;
    enum delivery_state state;
    int64_t lane, index; /* -1: not given yet */
    int64_t number;      /* of a submission that waits; 0: it is a record */
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
    json_t *number = line->number ? json_integer(line->number) : json_null();
    return api_call_append(
        list,
        json_pack("{s:o, s:s, s:o, s:o, s:s, s:s, s:s, s:o, s:s, s:o, s:o}", "number", number,
                  "dossier", api_call_dossier_text(call, &line->dossier), "lane", lane, "index",
                  index, "partner", line->partner, "kind", kind_code(line->kind), "state",
                  delivery_code(line->state), "since", api_call_seconds(line->since), "sentence",
                  sentence_of(line, why), "code", api_call_text(why ? why->code : NULL), "remedy",
                  api_call_text(why ? why->remedy : NULL)));
}

static enum fault row_add(const struct api_call *call, json_t *list, const struct store_pair *pair,
                          const struct store_outbox_row *row)
{
    struct store *store = call->api->store;
    struct store_record *record;
    bool sees;
    TRY(store->record_get(store, row->serial, call->arena, &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(api_call_sees_place(call, pair->own, &record->place, &sees));
    if (!sees)
        return FAULT_NONE;
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
                        .number = ready->number,
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
            if (!rows[i].hidden)
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
        if (pairs[i].pair >= place.pair &&
            !catalogue_is_by_hand(call->api->catalogue, pairs[i].partner))
            TRY(pair_fill(call, &pairs[i], &place, limit, list));
    if (json_array_size(list) < limit)
        return api_cursor_put_end(reply);
    return api_call_put(
        reply, "next",
        json_string(arena_format(call->arena, "%u.%s.%lld", place.pair,
                                 place.ready ? "ready" : "row", (long long)place.number)));
}

/* ---- by hand --------------------------------------------------------------------------------- */

enum { RETRY_DOSSIERS, RETRY_PARTNER, RETRY_FIELDS };

/* The named dossiers, or one NULL: all of them. */
struct chosen {
    const struct header_dossier **list;
    size_t count;
};

static enum fault chosen_read(const struct api_call *call, struct api_reply *reply,
                              const json_t *names, struct chosen *out)
{
    size_t count = json_array_size(names);
    struct header_dossier *dossiers = arena_take_array(call->arena, count + 1, sizeof *dossiers);
    out->list = arena_take_array(call->arena, count + 1, sizeof *out->list);
    out->count = count ? count : 1;
    if (!dossiers || !out->list)
        return FAULT_MEMORY;
    out->list[0] = NULL;
    if (count > RETRY_MAX)
        api_call_usage(reply, "too many dossiers in one call", "give at most 500", "dossiers");
    for (size_t i = 0; i < count && !api_call_refused(reply); i++) {
        const char *text = json_string_value(json_array_get(names, i));
        out->list[i] = &dossiers[i];
        if (!text || !header_dossier_from_text(bytes_text(text), &dossiers[i]))
            api_call_usage(reply, "a dossier is not named as lists name it",
                           "give its 26 letters and digits", "dossiers");
    }
    return FAULT_NONE;
}

/* A dossier of this name of a department that the caller does not see; without a name: all, for
 * which the institution must be seen as a whole. */
static enum fault retry_sees(const struct api_call *call, const struct engine_partner *partner,
                             const struct header_dossier *dossier, bool *sees)
{
    *sees = scope_is_whole(&call->who.scope, partner->own);
    if (*sees || !dossier)
        return FAULT_NONE;
    for (int by_partner = 0; by_partner <= 1; by_partner++) {
        const struct store_place place = {partner->pair, by_partner, *dossier};
        TRY(api_call_sees_place(call, partner->own, &place, sees));
        if (!*sees)
            break;
    }
    return FAULT_NONE;
}

static enum fault retry_pair(const struct api_call *call, struct api_reply *reply,
                             const struct engine_partner *partner, const struct chosen *chosen,
                             size_t *moved)
{
    const struct api_port *port = &call->api->port;
    struct event_order order = {
        .what = EVENT_RETRY, .own = partner->own, .partner = partner->partner};
    struct event_answer answer;
    for (size_t i = 0; i < chosen->count; i++) {
        bool sees;
        order.dossier = chosen->list[i];
        TRY(retry_sees(call, partner, order.dossier, &sees));
        if (!sees && !order.dossier)
            api_call_explain(reply, VERDICT_NOT_PERMITTED,
                             "your user sees only departments of this institution",
                             "name the dossiers: `peregrin outbox retry DOSSIER...`", "dossiers");
        if (!sees)
            continue;
        TRY(port->order(port->self, &order, &answer));
        *moved += answer.moved;
        if (answer.verdict)
            api_call_refuse(reply, answer.verdict, "partner");
    }
    return FAULT_NONE;
}

static enum fault retry_outbox(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[RETRY_FIELDS] = {
        [RETRY_DOSSIERS] = {"dossiers", API_CALL_LIST, false},
        [RETRY_PARTNER] = {"partner", API_CALL_TEXT, false}};
    json_t *values[RETRY_FIELDS];
    struct engine_partner partner;
    struct chosen chosen;
    size_t moved = 0;
    if (!api_call_fields(call, reply, call->body, "", fields, RETRY_FIELDS, values))
        return FAULT_NONE;
    const char *only = json_string_value(values[RETRY_PARTNER]);
    TRY(chosen_read(call, reply, values[RETRY_DOSSIERS], &chosen));
    if (only && !catalogue_party(call->api->catalogue, only))
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
    if (api_call_refused(reply))
        return FAULT_NONE;
    for (size_t i = 0; api_call_partner(call, &i, &partner);)
        if (partner.stuck + partner.refused && (!only || strcmp(partner.partner, only) == 0))
            TRY(retry_pair(call, reply, &partner, &chosen, &moved));
    return api_call_put(reply, "retried", json_integer((json_int_t)moved));
}

/* The pair of a submission that waits, if the caller sees it; whether it binds the institution. */
static enum fault ready_pair(const struct api_call *call, int64_t number, struct store_pair *out,
                             bool *found, bool *binds)
{
    struct store_pair *pairs;
    struct api_dossier_ready *row;
    size_t rows, count;
    *found = false;
    TRY(api_dossier_ready(call, 0, number - 1, 1, &row, &rows));
    TRY(api_call_pair_list(call, &pairs, &count));
    for (size_t i = 0; rows && row->number == number && !row->hidden && i < count; i++)
        if (pairs[i].pair == row->pair) {
            *out = pairs[i];
            *found = true;
            *binds = row->binds;
        }
    return FAULT_NONE;
}

static enum fault drop_submission(const struct api_call *call, struct api_reply *reply)
{
    const struct api_port *port = &call->api->port;
    const char *text = call->parameters[0];
    size_t digits = strspn(text, "0123456789");
    bool read = digits && digits < 18 && !text[digits], found = false, binds = false;
    struct event_answer answer;
    struct store_pair pair = {0};
    int64_t number = read ? strtoll(text, NULL, 10) : 0;
    if (number > 0)
        TRY(ready_pair(call, number, &pair, &found, &binds));
    if (!found) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "no submission of this number waits here",
                         "`peregrin outbox list --json` shows the `number` of each", "number");
        return FAULT_NONE;
    }
    if (binds && !api_call_whole(call, reply, pair.own))
        return FAULT_NONE;
    const struct event_order order = {
        .what = EVENT_DROP, .own = pair.own, .partner = pair.partner, .number = number};
    TRY(port->order(port->self, &order, &answer));
    if (answer.verdict) {
        api_call_explain(reply, answer.verdict, "this submission was not refused: it waits",
                         "it is sent by itself; withdraw it once it is", "number");
        return FAULT_NONE;
    }
    return api_call_put(reply, "dropped", json_integer((json_int_t)number));
}

const struct api_route api_outbox_routes[] = {
    {
        .row = {"GET", "/api/v1/outbox", "what partners have not yet taken"},
        .needs = ROLE_NEED_NAME,
        .serve = list_outbox,
        .query = "partner after limit",
    },
    {
        .row = {"POST", "/api/v1/outbox/retry", "try again what partners or its turn refused"},
        .needs = ROLE_NEED_SIGN | ROLE_NEED_OPERATE,
        .serve = retry_outbox,
        .writes = true,
    },
    {
        .row = {"DELETE", "/api/v1/outbox/{number}",
                "give up a submission that was refused at its turn"},
        .needs = ROLE_NEED_SIGN,
        .serve = drop_submission,
        .writes = true,
    },
    {},
};
