#include "api/api_course.h"
#include "api/api_page.h"
#include "api/api_routes.h"
#include "api/api_say.h"
#include "api/api_submit.h"
#include "report/learning.h"

#include <string.h>

/* ---- the list ---------------------------------------------------------------------------------
 */

static enum fault body_of(const struct api_call *call, const struct dossier_view *view,
                          const struct digest *id, const Peregrin__LearningAgreement **out)
{
    struct store_record *record;
    ProtobufCMessage *body;
    size_t at = dossier_view_find(view, id);
    *out = NULL;
    if (at == view->count)
        return FAULT_NONE;
    TRY(call->api->store->record_get(call->api->store, view->records[at].serial, call->arena,
                                     &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(dossier_view_body(record, call->arena, &body));
    if (body && body->descriptor == &peregrin__learning_agreement__descriptor)
        *out = (const Peregrin__LearningAgreement *)body;
    return FAULT_NONE;
}

/* Exact decimals of what is taken at the host or at a distance; null where nothing is here. */
static json_t *ects(const struct api_call *call, const Peregrin__LearningAgreement *body)
{
    uint32_t sum = 0;
    if (!body)
        return json_null();
    for (size_t i = 0; i < body->n_units; i++)
        if (body->units[i]->part != PEREGRIN__LEARNING_PART__LEARNING_HOME)
            sum += body->units[i]->ects_hundredths;
    uint32_t whole = sum / 100, rest = sum % 100;
    return api_call_text(rest % 10 ? arena_format(call->arena, "%u.%02u", whole, rest)
                                   : arena_format(call->arena, "%u.%u", whole, rest / 10));
}

static const char *waits_for(enum learning_turn turn, const struct listing *listing)
{
    bool ours =
        listing->row.place.opened_by_partner ? turn == LEARNING_HOST : turn == LEARNING_HOME;
    return turn == LEARNING_NOBODY ? NULL : ours ? listing->own : listing->partner;
}

/* ?learning= and ?waits= narrow the list. */
static bool wanted(const struct api_call *call, enum learning_state state, const char *waits,
                   const char *own)
{
    const char *code = api_call_query(call, "learning"), *who = api_call_query(call, "waits");
    if (code && strcmp(code, learning_code(state)) != 0)
        return false;
    return !who || (waits && (strcmp(waits, own) == 0) == (strcmp(who, "own") == 0));
}

static size_t revisions(const struct dossier_view *view)
{
    size_t count = 0;
    for (size_t i = 0; i < view->count; i++)
        count += view->entries[i].kind == PEREGRIN__KIND__KIND_LEARNING &&
                 view->entries[i].folded && !view->entries[i].void_ &&
                 !view->entries[i].out_of_turn;
    return count;
}

static enum fault show_row(const struct api_call *call, const struct api_page *,
                           const struct listing *listing, json_t **json)
{
    const struct store_place *place = &listing->row.place;
    const Peregrin__Person *person = listing->nomination ? listing->nomination->person : NULL;
    const Peregrin__LearningAgreement *newest, *agreed;
    enum dossier_state dossier = (enum dossier_state)listing->row.state;
    struct dossier_view view;
    if (!learning_expected(dossier))
        return FAULT_NONE;
    TRY(dossier_view_load(call->api->store, place, false, call->arena, &view));
    enum learning_state state = learning_state_of(&view);
    const char *waits = waits_for(learning_turn_of(state, dossier), listing);
    if (!wanted(call, state, waits, listing->own))
        return FAULT_NONE;
    TRY(body_of(call, &view, &view.dossier.learning, &newest));
    TRY(body_of(call, &view, &view.dossier.learning_agreed, &agreed));
    *json = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:i, s:o, s:o, s:o}", "dossier",
        api_call_dossier_text(call, &place->dossier), "direction", listing_direction(place), "own",
        listing->own, "partner", listing->partner, "state", dossier_state_code(dossier), "learning",
        learning_code(state), "sentence", learning_sentence(state), "waits_for",
        api_call_text(waits), "family_name", api_call_text(person ? person->family_name : NULL),
        "given_names", api_call_text(person ? person->given_names : NULL), "revisions",
        (int)revisions(&view), "ects", ects(call, newest), "approved_ects", ects(call, agreed),
        "changed_at", api_call_seconds(listing->row.changed_at));
    return *json ? FAULT_NONE : FAULT_MEMORY;
}

static bool narrows(const struct api_call *call, struct api_reply *reply)
{
    const char *code = api_call_query(call, "learning"), *waits = api_call_query(call, "waits");
    if (code && learning_find(code) < 0)
        return api_call_usage(reply, "this is no state of a learning agreement",
                              "give none, proposed, commented, approved, change_proposed or "
                              "change_commented",
                              "learning");
    return !waits || strcmp(waits, "own") == 0 || strcmp(waits, "partner") == 0 ||
           api_call_usage(reply, "nobody of this name waits", "give own or partner", "waits");
}

static enum fault list_learning(const struct api_call *call, struct api_reply *reply)
{
    struct api_page page = {.show = show_row, .states = dossier_family_states(KIND_MOBILITY)};
    if (!api_page_direction(call, reply, &page.opened_by_partner) || !narrows(call, reply))
        return FAULT_NONE;
    return api_page_list(call, reply, &page, "learning_agreements");
}

/* ---- what is said -----------------------------------------------------------------------------
 */

/* A proposal replaces the newest one by itself; who names another has looked at an older state. */
static enum fault newest_check(const struct api_call *call, struct api_reply *reply,
                               const struct api_dossier *found, struct bytes named)
{
    struct dossier_view view;
    if (named.size == 0)
        return FAULT_NONE;
    TRY(dossier_view_load(call->api->store, &found->place, false, call->arena, &view));
    if (!bytes_equal(digest_bytes(&view.dossier.learning), named))
        api_call_explain(reply, VERDICT_OUT_OF_TURN, "another learning agreement is the newest",
                         "look at the dossier again, then decide", "supersedes");
    return FAULT_NONE;
}

static enum fault submit_proposal(const struct api_call *call, struct api_reply *reply)
{
    enum { LEARNING, SUPERSEDES, COUNT };
    static const struct api_call_field fields[] = {
        [LEARNING] = {"learning_agreement", API_CALL_OBJECT, true},
        [SUPERSEDES] = {"supersedes", API_CALL_TEXT, false},
    };
    const uint32_t kind = PEREGRIN__KIND__KIND_LEARNING;
    json_t *values[COUNT];
    struct api_dossier found;
    struct bytes supersedes, body;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_say_id(call, reply, values[SUPERSEDES], "supersedes", &supersedes) ||
        !api_say_body(call, reply, values[LEARNING], kind, "learning_agreement", &body))
        return FAULT_NONE;
    TRY(api_dossier_find(call, reply, &found));
    if (!api_call_refused(reply))
        TRY(newest_check(call, reply, &found, supersedes));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return api_submit_in(call, reply, kind, &found, (struct bytes) {0}, body, "learning_agreement");
}

static enum fault submit_answer(const struct api_call *call, struct api_reply *reply)
{
    return api_submit_flat(call, reply, PEREGRIN__KIND__KIND_LEARNING_DECISION);
}

const struct api_route api_learning_routes[] = {
    {
        .row = {"GET", "/api/v1/learning-agreements",
                "learning agreements, and whom they wait for"},
        .needs = ROLE_NEED_READ,
        .serve = list_learning,
        .query = "direction learning waits partner after limit",
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/learning-agreement",
                "propose a learning agreement or a change of it, as the home"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_proposal,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/learning-decision",
                "approve the newest learning agreement, or comment on it, as the host"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_answer,
        .query = "opener",
        .writes = true,
    },
    {},
};
