#include "admin/applicant.h"
#include "admin/application.h"
#include "admin/eligible.h"
#include "api/api_author.h"
#include "api/api_grant.h"
#include "api/api_routes.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"

#include <string.h>

enum { POINTS_MAX = 999999, CREATED = 201, DAY_SECONDS = 24 * 60 * 60 };

static json_t *scores_json(const Peregrin__Grant *grant)
{
    json_t *scores = json_array();
    for (size_t i = 0; i < grant->n_scores; i++)
        json_array_append_new(scores, json_integer(grant->scores[i]));
    return scores;
}

static json_t *group_json(const struct api_call *call, const Peregrin__Grant *grant)
{
    Peregrin__Call *round = NULL;
    bool known = !call_get(call->api->store, grant->call, call->arena, &round) && round;
    return known && grant->group < round->n_groups ? json_string(round->groups[grant->group])
                                                   : json_null();
}

json_t *api_grant_json(const struct api_call *call, const Peregrin__Grant *grant)
{
    char word[JSON_RECORD_WORD] = "";
    (void)json_record_word(&peregrin__nomination__descriptor, "mobility", grant->mobility, word);
    json_t *json =
        json_pack("{s:i, s:s, s:i, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "number",
                  (int)grant->number, "own", grant->own, "call", (int)grant->call, "state",
                  grant_state_code(grant->state), "sentence", grant_state_sentence(grant->state),
                  "kind", word, "family_name", api_call_text(grant->family_name), "given_names",
                  api_call_text(grant->given_names), "dossier", api_call_text(grant->dossier),
                  "country", api_call_text(grant->country), "unit", api_call_text(grant->unit));
    json_t *more = json_pack(
        "{s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "level",
        grant->has_level ? json_integer(grant->level) : json_null(), "start",
        api_call_text(grant->start), "end", api_call_text(grant->end), "group", (int)grant->group,
        "group_name", group_json(call, grant), "points",
        grant->has_points ? json_integer(grant->points) : json_null(), "scores", scores_json(grant),
        "asked_cents", (json_int_t)grant->asked, "amount_cents", (json_int_t)grant->cents,
        "envelope", grant->envelope ? json_integer(grant->envelope) : json_null(), "reference",
        api_call_text(grant->reference), "note", api_call_text(grant->note), "applied_at",
        api_call_seconds(grant->at), "changed_at", api_call_seconds(grant->changed_at));
    int failed = !json || json_object_update(json, more);
    json_decref(more);
    if (!failed)
        return json;
    json_decref(json);
    return NULL;
}

/* ---- applying ----------------------------------------------------------------------------------
 */

enum {
    CALL,
    KIND,
    FAMILY,
    GIVEN,
    DOSSIER,
    COUNTRY,
    NATIONALITY,
    LEVEL,
    START,
    END,
    UNIT,
    GROUP,
    POINTS,
    SCORES,
    CENTS,
    NOTE,
    REFERENCE,
    FIELDS
};

static const struct api_call_field fields[] = {
    [CALL] = {"call", API_CALL_NUMBER, true},
    [KIND] = {"kind", API_CALL_TEXT, true},
    [FAMILY] = {"family_name", API_CALL_TEXT, true},
    [GIVEN] = {"given_names", API_CALL_TEXT, false},
    [DOSSIER] = {"dossier", API_CALL_TEXT, false},
    [COUNTRY] = {"country", API_CALL_TEXT, false},
    [NATIONALITY] = {"nationality", API_CALL_TEXT, false},
    [LEVEL] = {"level", API_CALL_NUMBER, false},
    [START] = {"start", API_CALL_TEXT, false},
    [END] = {"end", API_CALL_TEXT, false},
    [UNIT] = {"unit", API_CALL_TEXT, false},
    [GROUP] = {"group", API_CALL_TEXT, false},
    [POINTS] = {"points", API_CALL_NUMBER, false},
    [SCORES] = {"scores", API_CALL_LIST, false},
    [CENTS] = {"amount_cents", API_CALL_NUMBER, false},
    [NOTE] = {"note", API_CALL_TEXT, false},
    [REFERENCE] = {"reference", API_CALL_TEXT, false},
};

static_assert(sizeof fields / sizeof *fields == FIELDS, "one row for each field");

static bool texts_read(struct api_reply *reply, json_t *const values[static FIELDS],
                       Peregrin__Grant *grant)
{
    char **const texts[FIELDS] = {
        [FAMILY] = &grant->family_name,
        [GIVEN] = &grant->given_names,
        [DOSSIER] = &grant->dossier,
        [COUNTRY] = &grant->country,
        [NATIONALITY] = &grant->nationality,
        [START] = &grant->start,
        [END] = &grant->end,
        [UNIT] = &grant->unit,
        [NOTE] = &grant->note,
        [REFERENCE] = &grant->reference,
    };
    for (size_t i = 0; i < FIELDS; i++) {
        if (!texts[i] || !values[i])
            continue;
        if (!api_money_line(reply, json_string_value(values[i]), fields[i].name))
            return false;
        *texts[i] = (char *)(uintptr_t)json_string_value(values[i]);
    }
    if (!api_money_date(reply, grant->start, "start") || !api_money_date(reply, grant->end, "end"))
        return false;
    return !grant->start || !grant->end || strcmp(grant->start, grant->end) <= 0 ||
           api_call_usage(reply, "the stay ends before it begins",
                          "give an `end` not before `start`", "end");
}

/* Of no group: after all of them. */
static bool group_read(const struct api_call *call, struct api_reply *reply, json_t *value,
                       const Peregrin__Call *round, Peregrin__Grant *grant)
{
    const char *name = json_string_value(value), *all = "";
    grant->has_group = true;
    grant->group = (uint32_t)round->n_groups;
    for (size_t i = 0; name && all && i < round->n_groups; i++) {
        if (strcmp(round->groups[i], name) == 0)
            grant->group = (uint32_t)i;
        all = arena_format(call->arena, "%s%s%s", all, i ? ", " : "", round->groups[i]);
    }
    if (!name || grant->group < round->n_groups)
        return true;
    api_call_explain(reply, VERDICT_INVALID, "the call has no such group of priority",
                     "see `peregrin call show`", "group");
    reply->problem.rule = "grant.group";
    reply->problem.expected = all && *all ? all : "no group: the call has none";
    return false;
}

/* One for each of the call's criteria; their sum are the points. */
static bool scores_read(const struct api_call *call, struct api_reply *reply, const json_t *list,
                        const Peregrin__Call *round, Peregrin__Grant *grant)
{
    json_int_t sum = 0;
    if (!list)
        return true;
    if (json_array_size(list) != round->n_criteria)
        return api_call_usage(reply, "there is not one score for each criterion",
                              "give as many as the call has criteria, in their order", "scores");
    grant->scores = arena_take_array(call->arena, round->n_criteria + 1, sizeof *grant->scores);
    if (!grant->scores)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, "scores");
    grant->n_scores = round->n_criteria;
    for (size_t i = 0; i < grant->n_scores; i++) {
        const json_t *score = json_array_get(list, i);
        json_int_t value = json_integer_value(score);
        if (!json_is_integer(score) || value < 0 || value > POINTS_MAX)
            return api_call_usage(reply, "a score is out of its range", "give 0 to 999999",
                                  "scores");
        grant->scores[i] = (uint32_t)value;
        sum += value;
    }
    if (sum > POINTS_MAX || (grant->has_points && grant->points != sum))
        return api_call_usage(reply, "the points are not the sum of the scores",
                              "leave `points` away", "points");
    grant->has_points = true;
    grant->points = (uint32_t)sum;
    return true;
}

static bool points_read(struct api_reply *reply, const json_t *value, Peregrin__Grant *grant)
{
    json_int_t points = json_integer_value(value);
    if (points < 0 || points > POINTS_MAX)
        return api_call_usage(reply, "a number is out of its range", "give 0 to 999999", "points");
    grant->has_points = value != NULL;
    grant->points = (uint32_t)points;
    return true;
}

static bool numbers_read(struct api_reply *reply, json_t *const values[static FIELDS],
                         const Peregrin__Call *round, Peregrin__Grant *grant)
{
    enum { LEVEL_MAX = 8 };
    json_int_t level = json_integer_value(values[LEVEL]);
    if (values[LEVEL] && (level < 1 || level > LEVEL_MAX))
        return api_call_usage(reply, "this is no level of the EQF", "give 1 to 8", "level");
    if (!points_read(reply, values[POINTS], grant))
        return false;
    grant->has_level = values[LEVEL] != NULL;
    grant->level = (uint32_t)level;
    grant->has_asked = grant->has_at = grant->has_mobility = true;
    grant->asked = round->cents;
    if (values[CENTS])
        return api_money_cents(reply, values[CENTS], "amount_cents", &grant->asked);
    return grant->asked ||
           api_call_usage(reply, "how much is asked for?",
                          "say how much: the call names no usual sum", "amount_cents");
}

static const char *country_of(const struct api_call *call, const char *own)
{
    const struct catalogue_institution *institution =
        catalogue_institution(call->api->catalogue, own);
    return institution ? institution->country : NULL;
}

static enum fault grant_read(const struct api_call *call, struct api_reply *reply,
                             Peregrin__Call **round, Peregrin__Grant *grant)
{
    json_t *values[FIELDS];
    if (!api_call_fields(call, reply, call->body, "", fields, FIELDS, values))
        return FAULT_NONE;
    json_int_t number = json_integer_value(values[CALL]);
    TRY(api_money_call(call, reply, number > 0 && number < INT32_MAX ? (uint32_t)number : 0,
                       round));
    if (api_call_refused(reply) || !api_money_kind(reply, values[KIND], "kind", &grant->mobility) ||
        !texts_read(reply, values, grant) ||
        !api_money_country(call, reply, &grant->country, "country") ||
        !api_money_country(call, reply, &grant->nationality, "nationality") ||
        !numbers_read(reply, values, *round, grant) ||
        !scores_read(call, reply, values[SCORES], *round, grant) ||
        !group_read(call, reply, values[GROUP], *round, grant))
        return FAULT_NONE;
    grant->own = (*round)->own;
    if (!grant->unit)
        grant->unit =
            (char *)(uintptr_t)scope_only(call->who.units, call->who.unit_count, grant->own);
    TRY(api_author_unit(call, reply, grant->own, grant->unit, NULL, "unit"));
    const struct call_asks asks = {
        .settings = call->api->eligible ? call->api->eligible->settings : NULL,
        .home_country = country_of(call, grant->own),
        .today = (int64_t)(instant_seconds(call->request->now) / DAY_SECONDS),
    };
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(call_takes(*round, grant, &asks, call->arena, &reply->problem));
    const struct applicant_asks of = {call->api->store, &call->who.scope};
    return api_call_refused(reply) ? FAULT_NONE
                                   : applicant_holds(&of, grant, call->arena, &reply->problem);
}

static enum fault apply(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__Grant grant = PEREGRIN__GRANT__INIT, *other;
    Peregrin__Call *round;
    TRY(grant_read(call, reply, &round, &grant));
    if (api_call_refused(reply))
        return FAULT_NONE;
    grant.has_call = true;
    grant.call = round->number;
    TRY(application_twice(call->api->store, &grant, call->arena, &other));
    if (other) {
        bool same = grant.dossier && other->dossier && strcmp(grant.dossier, other->dossier) == 0;
        api_money_twice(call, reply, other->number, "grant",
                        same ? "one dossier has one application to a call"
                             : "another person, or another stay, has a reference of its own: "
                               "--reference TEXT",
                        same              ? "dossier"
                        : grant.reference ? "reference"
                                          : "family_name");
        return FAULT_NONE;
    }
    grant.at = instant_seconds(call->request->now);
    grant.by = (char *)(uintptr_t)call->who.name;
    TRY(grant_apply(call->api->store, round, &grant, call->arena));
    TRY(application_keep(call->api->store, &grant, call->arena));
    reply->status = CREATED;
    return api_call_put(reply, "grant", api_grant_json(call, &grant));
}

bool api_grant_is(const struct api_call *call, struct api_reply *reply,
                  const Peregrin__Grant *grant, enum grant_state state)
{
    if (grant->state == state)
        return true;
    api_call_explain(
        reply, VERDICT_OUT_OF_TURN,
        arena_format(call->arena, "this application %s", grant_state_sentence(grant->state)),
        "see `peregrin grant show`", "grant");
    reply->problem.rule = "grant.state";
    reply->problem.expected = grant_state_code(state);
    reply->problem.got = grant_state_code(grant->state);
    return false;
}

/* What the selection gives it, as long as it waits: it moves in its queue at once. */
static enum fault score(const struct api_call *call, struct api_reply *reply)
{
    enum { OF_POINTS, OF_SCORES, OF_NOTE, COUNT };
    static const struct api_call_field scored[] = {
        [OF_POINTS] = {"points", API_CALL_NUMBER, false},
        [OF_SCORES] = {"scores", API_CALL_LIST, false},
        [OF_NOTE] = {"note", API_CALL_TEXT, false},
    };
    json_t *values[COUNT];
    Peregrin__Grant *before, after;
    Peregrin__Call *round;
    if (!api_call_fields(call, reply, call->body, "", scored, COUNT, values))
        return FAULT_NONE;
    if (!values[OF_POINTS] && !values[OF_SCORES]) {
        api_call_usage(reply, "no score is given", "give `points`, or `scores` for each criterion",
                       "points");
        return FAULT_NONE;
    }
    TRY(api_grant_find(call, reply, &before));
    if (api_call_refused(reply) || !api_grant_is(call, reply, before, GRANT_WAITING))
        return FAULT_NONE;
    TRY(api_money_call(call, reply, before->call, &round));
    after = *before;
    after.n_scores = 0;
    if (api_call_refused(reply) || !points_read(reply, values[OF_POINTS], &after) ||
        !scores_read(call, reply, values[OF_SCORES], round, &after) ||
        !api_money_line(reply, json_string_value(values[OF_NOTE]), "note"))
        return FAULT_NONE;
    if (values[OF_NOTE])
        after.note = (char *)(uintptr_t)json_string_value(values[OF_NOTE]);
    after.has_changed_at = true;
    after.changed_at = instant_seconds(call->request->now);
    TRY(grant_change(call->api->store, round, before, &after, call->arena));
    return api_call_put(reply, "grant", api_grant_json(call, &after));
}

/* ---- reading -----------------------------------------------------------------------------------
 */

enum fault api_grant_find(const struct api_call *call, struct api_reply *reply,
                          Peregrin__Grant **out)
{
    uint32_t number = api_money_number(call);
    *out = NULL;
    if (number)
        TRY(grant_get(call->api->store, number, call->arena, out));
    if (!*out || !api_call_sees_unit(call, (*out)->own, (*out)->unit))
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no application of this number",
                         "see `peregrin grant list`", "grant");
    return FAULT_NONE;
}

struct asked {
    uint32_t state; /* 0: any */
    size_t round;   /* 0: any */
};

static bool is_seen(const struct api_call *call, const ProtobufCMessage *message,
                    const void *wanted)
{
    const Peregrin__Grant *grant = (const Peregrin__Grant *)message;
    const struct asked *asked = wanted;
    return api_call_sees_unit(call, grant->own, grant->unit) &&
           (!asked->state || grant->state == asked->state) &&
           (!asked->round || grant->call == asked->round);
}

static json_t *as_json(const struct api_call *call, const ProtobufCMessage *message)
{
    return api_grant_json(call, (const Peregrin__Grant *)message);
}

static enum fault list_grants(const struct api_call *call, struct api_reply *reply)
{
    const char *state = api_call_query(call, "state");
    struct asked asked = {.state = state ? grant_state_find(state) : 0};
    const struct api_money_page page = {.list = &grant_numbered,
                                        .name = "grants",
                                        .sees = is_seen,
                                        .json = as_json,
                                        .asked = &asked};
    if (!api_call_query_number(call, reply, "call", 0, INT32_MAX, &asked.round))
        return FAULT_NONE;
    if (state && !asked.state) {
        api_call_usage(reply, "this is no state", "give waiting, allotted, released or withdrawn",
                       "state");
        return FAULT_NONE;
    }
    return api_money_page(call, reply, &page);
}

static enum fault show_grant(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__Grant *grant;
    TRY(api_grant_find(call, reply, &grant));
    return api_call_refused(reply) ? FAULT_NONE
                                   : api_call_put(reply, "grant", api_grant_json(call, grant));
}

const struct api_route api_grant_routes[] = {
    {
        .row = {"GET", "/api/v1/grants", "applications, in the order of their arrival"},
        .needs = ROLE_NEED_READ,
        .serve = list_grants,
        .query = "call state after limit",
    },
    {
        .row = {"POST", "/api/v1/grants", "apply for a grant of a call"},
        .needs = ROLE_NEED_PREPARE,
        .serve = apply,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"POST", "/api/v1/grants/{grant}/score",
                "give an application that waits its points"},
        .needs = ROLE_NEED_PREPARE,
        .serve = score,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"GET", "/api/v1/grants/{grant}", "one application"},
        .needs = ROLE_NEED_READ,
        .serve = show_grant,
    },
    {},
};
