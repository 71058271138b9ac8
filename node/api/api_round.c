#include "admin/import_grant.h"
#include "api/api_money.h"
#include "api/api_routes.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"

#include <string.h>

/* Calls: `api_call.c` is what every route is handed. */

enum { CREATED = 201 };

/* ---- as JSON -----------------------------------------------------------------------------------
 */

static json_t *texts(char *const *list, size_t count)
{
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(json, json_string(list[i]));
    return json;
}

static json_t *kinds_json(const Peregrin__Call *round)
{
    json_t *json = json_array();
    char word[JSON_RECORD_WORD];
    for (size_t i = 0; i < round->n_kinds; i++)
        if (json_record_word(&peregrin__nomination__descriptor, "mobility", round->kinds[i], word))
            json_array_append_new(json, json_string(word));
    return json;
}

static json_t *levels_json(const Peregrin__Call *round)
{
    json_t *json = json_array();
    for (size_t i = 0; i < round->n_levels; i++)
        json_array_append_new(json, json_integer(round->levels[i]));
    return json;
}

static json_t *round_json(const struct api_call *call, const Peregrin__Call *round)
{
    char today[UNIT_DATE_SIZE];
    unit_today(call->request->now, today);
    json_t *json = json_pack("{s:i, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "number",
                             (int)round->number, "own", round->own, "title", round->title, "state",
                             call_state(round, today), "opens", api_call_text(round->opens),
                             "closes", api_call_text(round->closes), "kinds", kinds_json(round),
                             "countries", texts(round->countries, round->n_countries), "levels",
                             levels_json(round), "own_country", round->own_country, "criteria",
                             texts(round->criteria, round->n_criteria));
    json_t *more = json_pack(
        "{s:o, s:i, s:o, s:s, s:o, s:o, s:b, s:o, s:o}", "project_end",
        api_call_text(round->project_end), "notice_months", (int)round->notice_months, "groups",
        texts(round->groups, round->n_groups), "order", call_order_code(round->order), "envelope",
        round->envelope ? json_integer(round->envelope) : json_null(), "amount_cents",
        round->cents ? json_integer((json_int_t)round->cents) : json_null(), "scholarship",
        round->scholarship, "closed_on", api_call_text(round->closed_on), "created_at",
        api_call_seconds(round->at));
    int failed = json_object_update(json, more);
    json_decref(more);
    if (!failed)
        return json;
    json_decref(json);
    return NULL;
}

/* ---- what a request says -----------------------------------------------------------------------
 */

enum {
    OWN,
    TITLE,
    OPENS,
    CLOSES,
    KINDS,
    COUNTRIES,
    LEVELS,
    OWN_COUNTRY,
    CRITERIA,
    PROJECT_END,
    NOTICE,
    GROUPS,
    ORDER,
    ENVELOPE,
    CENTS,
    SCHOLARSHIP,
    FIELDS
};

static const struct api_call_field fields[] = {
    [OWN] = {"own", API_CALL_TEXT, false},
    [TITLE] = {"title", API_CALL_TEXT, true},
    [OPENS] = {"opens", API_CALL_TEXT, false},
    [CLOSES] = {"closes", API_CALL_TEXT, false},
    [KINDS] = {"kinds", API_CALL_LIST, false},
    [COUNTRIES] = {"countries", API_CALL_LIST, false},
    [LEVELS] = {"levels", API_CALL_LIST, false},
    [OWN_COUNTRY] = {"own_country", API_CALL_BOOLEAN, false},
    [CRITERIA] = {"criteria", API_CALL_LIST, false},
    [PROJECT_END] = {"project_end", API_CALL_TEXT, false},
    [NOTICE] = {"notice_months", API_CALL_NUMBER, false},
    [GROUPS] = {"groups", API_CALL_LIST, false},
    [ORDER] = {"order", API_CALL_TEXT, false},
    [ENVELOPE] = {"envelope", API_CALL_NUMBER, false},
    [CENTS] = {"amount_cents", API_CALL_NUMBER, false},
    [SCHOLARSHIP] = {"scholarship", API_CALL_BOOLEAN, false},
};

static_assert(sizeof fields / sizeof *fields == FIELDS, "one row for each field");

static bool list_fits(struct api_reply *reply, const json_t *list, const char *field)
{
    return json_array_size(list) <= CALL_LIST_MAX ||
           api_call_explain(reply, VERDICT_TOO_LARGE, "the list is too long", "give at most 64",
                            field);
}

static bool texts_read(const struct api_call *call, struct api_reply *reply, const json_t *list,
                       const char *field, char ***out, size_t *count)
{
    *count = 0;
    *out = arena_take_array(call->arena, json_array_size(list) + 1, sizeof **out);
    if (!*out)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, field);
    if (!list_fits(reply, list, field))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (!text || !api_money_line(reply, text, field))
            return api_call_usage(reply, "this is not one line of text", "give a list of texts",
                                  field);
        (*out)[(*count)++] = (char *)(uintptr_t)text;
    }
    return true;
}

static bool countries_fit(const struct api_call *call, struct api_reply *reply,
                          const Peregrin__Call *round)
{
    for (size_t i = 0; i < round->n_countries; i++)
        if (!api_money_country(call, reply, &round->countries[i], "countries"))
            return false;
    return true;
}

/* Points come in a list with a column for each criterion. */
static bool criteria_fit(const struct api_call *call, struct api_reply *reply,
                         const Peregrin__Call *round)
{
    const char *name = import_grant_ambiguous(round, call->arena);
    return !name ||
           api_call_usage(
               reply,
               arena_format(call->arena, "a list of applications could not tell `%s` apart", name),
               "give each criterion a name of its own that no other column of "
               "`peregrin grant template` has",
               "criteria");
}

static bool level_read(struct api_reply *reply, const json_t *value, const char *field,
                       uint32_t *out)
{
    enum { LEVEL_MAX = 8 };
    json_int_t level = json_integer_value(value);
    *out = (uint32_t)level;
    return (level >= 1 && level <= LEVEL_MAX) ||
           api_call_usage(reply, "this is no level of the EQF", "give 1 to 8", field);
}

static bool numbers_read(const struct api_call *call, struct api_reply *reply, const json_t *list,
                         bool (*read)(struct api_reply *, const json_t *, const char *, uint32_t *),
                         const char *field, uint32_t **out, size_t *count)
{
    *count = 0;
    *out = arena_take_array(call->arena, json_array_size(list) + 1, sizeof **out);
    if (!*out)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, field);
    if (!list_fits(reply, list, field))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!read(reply, json_array_get(list, i), field, &(*out)[(*count)++]))
            return false;
    return true;
}

static bool dates_read(struct api_reply *reply, json_t *const values[static FIELDS],
                       Peregrin__Call *round)
{
    round->opens = (char *)(uintptr_t)json_string_value(values[OPENS]);
    round->closes = (char *)(uintptr_t)json_string_value(values[CLOSES]);
    round->project_end = (char *)(uintptr_t)json_string_value(values[PROJECT_END]);
    if (!api_money_date(reply, round->opens, "opens") ||
        !api_money_date(reply, round->closes, "closes") ||
        !api_money_date(reply, round->project_end, "project_end"))
        return false;
    return !round->opens || !round->closes || strcmp(round->opens, round->closes) <= 0 ||
           api_call_usage(reply, "the call closes before it opens",
                          "give a `closes` not before `opens`", "closes");
}

static bool rest_read(struct api_reply *reply, json_t *const values[static FIELDS],
                      Peregrin__Call *round)
{
    enum { NOTICE_MAX = 24 };
    json_int_t notice = json_integer_value(values[NOTICE]);
    const char *order = json_string_value(values[ORDER]);
    round->order = order ? call_order_find(order) : CALL_BY_ARRIVAL;
    if (!round->order)
        return api_call_usage(reply, "this order is not known", "give arrival, group or points",
                              "order");
    if (notice < 0 || notice > NOTICE_MAX)
        return api_call_usage(reply, "a number is out of its range", "give 0 to 24",
                              "notice_months");
    if (values[CENTS] && !api_money_cents(reply, values[CENTS], "amount_cents", &round->cents))
        return false;
    round->notice_months = (uint32_t)notice;
    round->own_country = json_is_true(values[OWN_COUNTRY]);
    round->scholarship = json_is_true(values[SCHOLARSHIP]);
    round->has_order = round->has_notice_months = round->has_cents = true;
    round->has_own_country = round->has_scholarship = true;
    round->title = (char *)(uintptr_t)json_string_value(values[TITLE]);
    return api_money_line(reply, round->title, "title");
}

static bool lists_read(const struct api_call *call, struct api_reply *reply,
                       json_t *const values[static FIELDS], Peregrin__Call *round)
{
    return numbers_read(call, reply, values[KINDS], api_money_kind, "kinds", &round->kinds,
                        &round->n_kinds) &&
           numbers_read(call, reply, values[LEVELS], level_read, "levels", &round->levels,
                        &round->n_levels) &&
           texts_read(call, reply, values[COUNTRIES], "countries", &round->countries,
                      &round->n_countries) &&
           countries_fit(call, reply, round) &&
           texts_read(call, reply, values[CRITERIA], "criteria", &round->criteria,
                      &round->n_criteria) &&
           criteria_fit(call, reply, round) &&
           texts_read(call, reply, values[GROUPS], "groups", &round->groups, &round->n_groups);
}

/* ---- routes ------------------------------------------------------------------------------------
 */

static bool is_seen(const struct api_call *call, const ProtobufCMessage *message, const void *)
{
    return api_call_sees(call, ((const Peregrin__Call *)message)->own);
}

static json_t *as_json(const struct api_call *call, const ProtobufCMessage *message)
{
    return round_json(call, (const Peregrin__Call *)message);
}

static enum fault list_rounds(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_money_page page = {
        .list = &call_numbered, .name = "calls", .sees = is_seen, .json = as_json};
    return api_money_page(call, reply, &page);
}

static enum fault title_new(const struct api_call *call, struct api_reply *reply,
                            const Peregrin__Call *round)
{
    char today[UNIT_DATE_SIZE];
    Peregrin__Call *other;
    unit_today(call->request->now, today);
    TRY(call_named(call->api->store, round, today, call->arena, &other));
    if (other)
        api_money_twice(call, reply, other->number, "call",
                        "close that one first, or give this one another title", "title");
    return FAULT_NONE;
}

static enum fault open_round(const struct api_call *call, struct api_reply *reply)
{
    json_t *values[FIELDS];
    Peregrin__Call round = PEREGRIN__CALL__INIT;
    Peregrin__Envelope *envelope;
    const char *own;
    if (!api_call_fields(call, reply, call->body, "", fields, FIELDS, values) ||
        !api_call_own(call, reply, json_string_value(values[OWN]), &own) ||
        !api_money_whole(call, reply, own) || !dates_read(reply, values, &round) ||
        !rest_read(reply, values, &round) || !lists_read(call, reply, values, &round))
        return FAULT_NONE;
    if (values[ENVELOPE]) {
        json_int_t number = json_integer_value(values[ENVELOPE]);
        TRY(api_money_envelope(call, reply, number > 0 ? (uint32_t)number : 0, &envelope));
        if (!api_call_refused(reply) && strcmp(envelope->own, own) != 0)
            api_call_usage(reply, "the envelope is another institution's", "give one of its own",
                           "envelope");
        if (api_call_refused(reply))
            return FAULT_NONE;
        round.has_envelope = true;
        round.envelope = envelope->number;
    }
    round.own = (char *)(uintptr_t)own;
    round.by = (char *)(uintptr_t)call->who.name;
    round.has_at = true;
    round.at = instant_seconds(call->request->now);
    TRY(title_new(call, reply, &round));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(call_open(call->api->store, &round, call->arena));
    reply->status = CREATED;
    return api_call_put(reply, "call", round_json(call, &round));
}

static enum fault show_round(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__Call *round;
    TRY(api_money_call(call, reply, api_money_number(call), &round));
    return api_call_refused(reply) ? FAULT_NONE
                                   : api_call_put(reply, "call", round_json(call, round));
}

static enum fault close_round(const struct api_call *call, struct api_reply *reply)
{
    char today[UNIT_DATE_SIZE];
    Peregrin__Call *round;
    unit_today(call->request->now, today);
    if (!api_call_fields(call, reply, call->body, "", NULL, 0, NULL))
        return FAULT_NONE;
    TRY(api_money_call(call, reply, api_money_number(call), &round));
    if (api_call_refused(reply) || !api_money_whole(call, reply, round->own))
        return FAULT_NONE;
    if (!round->closed_on) {
        round->closed_on = today;
        TRY(call_put(call->api->store, round, call->arena));
    }
    return api_call_put(reply, "call", round_json(call, round));
}

const struct api_route api_round_routes[] = {
    {
        .row = {"GET", "/api/v1/calls", "calls for applications"},
        .needs = ROLE_NEED_READ,
        .serve = list_rounds,
        .query = "after limit",
    },
    {
        .row = {"POST", "/api/v1/calls", "open a call for applications"},
        .needs = ROLE_NEED_SIGN,
        .serve = open_round,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"GET", "/api/v1/calls/{call}", "one call"},
        .needs = ROLE_NEED_READ,
        .serve = show_round,
    },
    {
        .row = {"POST", "/api/v1/calls/{call}/close", "take no more applications"},
        .needs = ROLE_NEED_SIGN,
        .serve = close_round,
        .writes = true,
        .replays = true,
    },
    {},
};
