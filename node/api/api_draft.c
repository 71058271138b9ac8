#include "api/api_cursor.h"
#include "api/api_routes.h"
#include "api/api_rule.h"
#include "api/api_say.h"
#include "mobility.pb-c.h"
#include "report/json_record.h"

#include <stdlib.h>
#include <string.h>

enum { SEND_MAX = 500 };

static enum fault nomination_of(const struct api_call *call, const struct store_draft *draft,
                                const Peregrin__Nomination **out)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    ProtobufCMessage *message;
    enum verdict verdict = kind_body_read(kind, draft->body, call->arena, &message);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    *out = (const Peregrin__Nomination *)message;
    return FAULT_NONE;
}

/* A draft says its department, as what becomes of it. */
static enum fault draft_sees(const struct api_call *call, const struct store_draft *draft,
                             const struct store_pair *pair, bool *sees)
{
    const Peregrin__Nomination *nomination;
    struct arena_mark mark = arena_mark(call->arena);
    *sees = pair;
    if (!pair || scope_is_whole(&call->who.scope, pair->own))
        return FAULT_NONE;
    TRY(nomination_of(call, draft, &nomination));
    *sees = api_call_sees_unit(call, pair->own, unit_of_nomination(&nomination->base));
    arena_rewind(call->arena, mark);
    return FAULT_NONE;
}

static const struct store_pair *pair_of(const struct store_pair *pairs, size_t count,
                                        uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].pair == number)
            return &pairs[i];
    return NULL;
}

static enum fault draft_json(const struct api_call *call, const struct store_draft *draft,
                             const struct store_pair *pair, json_t **out)
{
    const Peregrin__Nomination *nomination;
    char word[JSON_RECORD_WORD];
    TRY(nomination_of(call, draft, &nomination));
    const Peregrin__Person *person = nomination->person;
    bool worded =
        json_record_word(nomination->base.descriptor, "mobility", nomination->mobility, word);
    *out = json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "number",
                     (json_int_t)draft->number, "own", pair->own, "partner", pair->partner,
                     "family_name", api_call_text(person ? person->family_name : NULL),
                     "given_names", api_call_text(person ? person->given_names : NULL), "year",
                     api_call_text(nomination->year), "term",
                     nomination->has_term ? json_integer(nomination->term) : json_null(), "kind",
                     api_call_text(worded ? word : NULL), "unit", api_call_text(nomination->unit),
                     "changed_at", api_call_seconds(draft->changed_at));
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault list_drafts(const struct api_call *call, struct api_reply *reply)
{
    struct store *store = call->api->store;
    struct store_draft *drafts;
    struct store_pair *pairs;
    size_t limit, count, pair_count;
    int64_t after;
    json_t *list;
    if (!api_cursor_number(call, reply, &after) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX, &limit))
        return FAULT_NONE;
    TRY(api_call_pair_list(call, &pairs, &pair_count));
    TRY(store->draft_list(store, false, after, limit, call->arena, &drafts, &count));
    TRY(api_call_list(reply, "drafts", &list));
    for (size_t i = 0; i < count; i++) {
        const struct store_pair *pair = pair_of(pairs, pair_count, drafts[i].pair);
        json_t *json;
        bool sees;
        TRY(draft_sees(call, &drafts[i], pair, &sees));
        if (!sees)
            continue;
        TRY(draft_json(call, &drafts[i], pair, &json));
        TRY(api_call_append(list, json));
    }
    return api_call_put(reply, "next",
                        count == limit ? json_integer(drafts[count - 1].number) : json_null());
}

/* By number, among those sent or not yet sent; NULL when it is not there for the caller. */
static enum fault draft_find(const struct api_call *call, bool sent, int64_t number,
                             struct store_draft **out)
{
    struct store *store = call->api->store;
    struct store_draft *drafts;
    size_t count;
    TRY(store->draft_list(store, sent, number - 1, 1, call->arena, &drafts, &count));
    bool sees = count && drafts[0].number == number;
    if (sees) {
        struct store_pair *pairs;
        size_t pair_count;
        TRY(api_call_pair_list(call, &pairs, &pair_count));
        TRY(draft_sees(call, &drafts[0], pair_of(pairs, pair_count, drafts[0].pair), &sees));
    }
    *out = sees ? &drafts[0] : NULL;
    return FAULT_NONE;
}

static enum fault remove_draft(const struct api_call *call, struct api_reply *reply)
{
    enum { DIGITS_MAX = 18 };
    struct store *store = call->api->store;
    const char *text = call->parameters[0];
    size_t digits = strspn(text, "0123456789");
    struct store_draft *draft = NULL;
    if (digits > 0 && digits <= DIGITS_MAX && !text[digits])
        TRY(draft_find(call, false, strtoll(text, NULL, 10), &draft));
    if (!draft) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no such draft",
                         "see GET /api/v1/drafts; what was sent is withdrawn, not removed",
                         "number");
        return FAULT_NONE;
    }
    TRY(store->draft_remove(store, draft->number));
    return api_call_put(reply, "removed", json_integer(draft->number));
}

/* ---- sending -----------------------------------------------------------------------------------
 */

/* What comes of the drafts that were chosen. */
struct sending {
    const struct api_call *call;
    const struct store_pair *pairs;
    size_t pair_count;
    json_t *sent, *refused;
    bool asks; /* what the rules say of them; nothing is sent */
};

static enum fault sent_add(const struct sending *sending, const struct api_reply *reply,
                           int64_t number, const struct header_dossier *dossier, bool ready)
{
    json_t *warnings;
    TRY(api_rule_warned(sending->call, reply, &warnings));
    return api_call_append(sending->sent,
                           json_pack("{s:I, s:s, s:s, s:o}", "number", (json_int_t)number,
                                     "dossier", api_call_dossier_text(sending->call, dossier),
                                     "state", ready ? "ready" : "queued", "warnings", warnings));
}

static enum fault refused_add(const struct sending *sending, int64_t number,
                              const struct problem *problem)
{
    return api_call_append(sending->refused, json_pack("{s:I, s:o}", "number", (json_int_t)number,
                                                       "error", problem_json(problem, NULL)));
}

/* As it would be sent, but that nothing is. */
static enum fault checked_add(const struct sending *sending, const struct store_draft *draft,
                              const struct event_submission *submission)
{
    struct api_reply reply = {0};
    json_t *warnings;
    TRY(api_rule_planned(sending->call, &reply, submission, "nomination"));
    if (api_call_refused(&reply))
        return refused_add(sending, draft->number, &reply.problem);
    TRY(api_rule_warned(sending->call, &reply, &warnings));
    return api_call_append(
        sending->sent,
        json_pack("{s:I, s:o}", "number", (json_int_t)draft->number, "warnings", warnings));
}

static enum fault draft_submit(const struct sending *sending, struct store_draft *draft)
{
    const struct api_call *call = sending->call;
    struct store *store = call->api->store;
    const struct store_pair *pair = pair_of(sending->pairs, sending->pair_count, draft->pair);
    struct api_reply reply = {0};
    struct event_answer answer;
    bool sees;
    TRY(draft_sees(call, draft, pair, &sees));
    if (!sees)
        return FAULT_NONE;
    struct event_submission submission = {.own = pair->own,
                                          .partner = pair->partner,
                                          .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                          .opens = true,
                                          .body = draft->body};
    if (sending->asks)
        return checked_add(sending, draft, &submission);
    TRY(api_say_submit(call, &reply, &submission, "nomination", &answer));
    if (api_call_refused(&reply))
        return refused_add(sending, draft->number, &reply.problem);
    draft->sent = true;
    draft->dossier = answer.place.dossier;
    draft->changed_at = instant_seconds(call->request->now);
    TRY(store->draft_put(store, draft));
    return sent_add(sending, &reply, draft->number, &draft->dossier, answer.ready);
}

/* The same number again finds the draft sent, and says so: nothing goes twice. */
static enum fault number_submit(const struct sending *sending, json_t *value)
{
    int64_t number = json_is_integer(value) ? json_integer_value(value) : 0;
    struct store_draft *draft = NULL, *sent = NULL;
    if (number > 0)
        TRY(draft_find(sending->call, false, number, &draft));
    if (draft)
        return draft_submit(sending, draft);
    if (number > 0)
        TRY(draft_find(sending->call, true, number, &sent));
    if (sent && !sending->asks)
        return sent_add(sending, &(struct api_reply) {0}, number, &sent->dossier, false);
    struct problem problem = problem_of_verdict(VERDICT_NOT_FOUND, "numbers");
    return refused_add(sending, number, &problem);
}

static enum fault send_numbers(const struct sending *sending, struct api_reply *reply,
                               json_t *numbers)
{
    size_t count = json_array_size(numbers);
    if (count > SEND_MAX) {
        api_call_explain(reply, VERDICT_TOO_LARGE, "too many drafts at once",
                         "send at most 500 in one request", "numbers");
        return FAULT_NONE;
    }
    for (size_t i = 0; i < count; i++)
        TRY(number_submit(sending, json_array_get(numbers, i)));
    return api_call_put(reply, "next", json_null());
}

/* Every draft above `after`: what was refused stays a draft, so that the next call goes on behind.
 */
static enum fault send_all(const struct sending *sending, struct api_reply *reply, int64_t after)
{
    struct store *store = sending->call->api->store;
    struct store_draft *drafts;
    size_t count;
    TRY(store->draft_list(store, false, after, SEND_MAX, sending->call->arena, &drafts, &count));
    for (size_t i = 0; i < count; i++)
        TRY(draft_submit(sending, &drafts[i]));
    return api_call_put(reply, "next",
                        count == SEND_MAX ? json_integer(drafts[count - 1].number) : json_null());
}

static enum fault send_drafts(const struct api_call *call, struct api_reply *reply)
{
    enum { NUMBERS, ALL, AFTER, COUNT };
    static const struct api_call_field fields[] = {
        [NUMBERS] = {"numbers", API_CALL_LIST, false},
        [ALL] = {"all", API_CALL_BOOLEAN, false},
        [AFTER] = {"after", API_CALL_NUMBER, false},
    };
    struct sending sending = {.call = call};
    struct store_pair *pairs;
    json_t *values[COUNT];
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    bool all = json_is_true(values[ALL]);
    if (all == (values[NUMBERS] != NULL)) {
        api_call_usage(reply, "say which drafts to send", "give either `numbers` or \"all\":true",
                       "numbers");
        return FAULT_NONE;
    }
    TRY(api_call_pair_list(call, &pairs, &sending.pair_count));
    sending.pairs = pairs;
    TRY(api_call_list(reply, "sent", &sending.sent));
    TRY(api_call_list(reply, "refused", &sending.refused));
    if (!all)
        return send_numbers(&sending, reply, values[NUMBERS]);
    return send_all(&sending, reply, values[AFTER] ? json_integer_value(values[AFTER]) : 0);
}

static enum fault check_drafts(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[] = {{"numbers", API_CALL_LIST, true}};
    struct sending sending = {.call = call, .asks = true};
    struct store_pair *pairs;
    json_t *numbers;
    if (!api_call_fields(call, reply, call->body, "", fields, 1, &numbers))
        return FAULT_NONE;
    TRY(api_call_pair_list(call, &pairs, &sending.pair_count));
    sending.pairs = pairs;
    TRY(api_call_list(reply, "checked", &sending.sent));
    TRY(api_call_list(reply, "refused", &sending.refused));
    return send_numbers(&sending, reply, numbers);
}

const struct api_route api_draft_routes[] = {
    {
        .row = {"GET", "/api/v1/drafts", "nominations that were imported and not sent"},
        .needs = ROLE_NEED_READ,
        .serve = list_drafts,
        .query = "after limit",
    },
    {
        .row = {"DELETE", "/api/v1/drafts/{number}", "forget a draft"},
        .needs = ROLE_NEED_PREPARE,
        .serve = remove_draft,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/check",
                "what the rules say of drafts before they are sent; nothing is"},
        .needs = ROLE_NEED_READ,
        .serve = check_drafts,
    },
    {
        .row = {"POST", "/api/v1/nominations/send", "sign and send drafts, chosen ones or all"},
        .needs = ROLE_NEED_SIGN,
        .serve = send_drafts,
        .writes = true,
        .replays = true,
    },
    {},
};
