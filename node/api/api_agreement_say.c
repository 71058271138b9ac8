#include "api/api_agreement.h"
#include "api/api_routes.h"
#include "api/api_say.h"
#include "record/codec.h"
#include "report/ical.h"
#include "report/text.h"
#include "rules/rules.h"

#include <string.h>

enum { PAGE = 100, ALARM_DAYS = 333 };

/* ---- who speaks, and what is answered ---------------------------------------------------------
 */

static struct bytes request_key(const struct api_call *call)
{
    const char *key = call->request->idempotency_key;
    return key ? bytes_text(key) : (struct bytes) {0};
}

/* Takes `own` out of what was sent: where both are on this node, it says who speaks. */
static bool side_choose(const struct api_call *call, struct api_reply *reply,
                        struct api_dossier *found)
{
    json_t *own = json_object_get(call->body, "own");
    const char *name = json_is_string(own) ? json_string_value(own) : NULL;
    if (name && found->both && strcmp(name, found->partner) == 0)
        *found = api_dossier_host(found);
    if (own && (!name || strcmp(name, found->own) != 0))
        return api_call_usage(reply, "this institution has no part in the agreement, or not here",
                              "give the one that speaks", "own");
    if (!own && found->both)
        return api_call_usage(reply, "both institutions of this agreement are on this node",
                              "give the one that speaks", "own");
    json_object_del(call->body, "own");
    return true;
}

/* An id in hex, taken out of what was sent. */
static bool id_take(const struct api_call *call, struct api_reply *reply, const char *field,
                    struct bytes *id)
{
    json_t *value = json_object_get(call->body, field);
    uint8_t *bytes = arena_take(call->arena, DIGEST_SIZE);
    size_t size = 0;
    *id = (struct bytes) {0};
    if (!bytes)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, field);
    if (value && (!json_is_string(value) ||
                  !text_unhex(bytes_text(json_string_value(value)), bytes, DIGEST_SIZE, &size) ||
                  size != DIGEST_SIZE))
        return api_call_usage(reply, "this is no record's id", "give its 64 hex digits", field);
    if (value)
        *id = (struct bytes) {bytes, size};
    json_object_del(call->body, field);
    return true;
}

/* Whoever names the wrong terms, or comes at the wrong moment, hears how it stands. */
static void explain(const struct api_call *call, struct api_reply *reply,
                    const struct api_agreement *agreement)
{
    const struct dossier_view *view = &agreement->view;
    uint32_t own = dossier_view_own_lane(&agreement->found.place);
    enum dossier_state state = (enum dossier_state)agreement->found.row.state;
    const struct digest *open = &view->dossier.offers[1 - own];
    const char *which = dossier_view_find(view, open) < view->count
                            ? text_hex(digest_bytes(open), call->arena)
                            : "none";
    const char *hint =
        arena_format(call->arena, "The state is %s (%s). Terms of the partner that are open: %s.",
                     dossier_state_code(state), dossier_state_sentence(state), which ? which : "");
    if (hint)
        reply->problem.hint = hint;
}

static enum fault say_in(const struct api_call *call, struct api_reply *reply, uint32_t kind,
                         const struct api_agreement *agreement, struct bytes target, json_t *object,
                         const char *path)
{
    const struct api_dossier *found = &agreement->found;
    struct event_answer answer;
    struct event_submission submission = {
        .own = found->own,
        .partner = found->partner,
        .kind = kind,
        .opened_by_partner = found->place.opened_by_partner,
        .dossier = found->place.dossier,
        .target = target,
        .request = request_key(call),
    };
    if (!api_say_body(call, reply, object, kind, path, &submission.body))
        return FAULT_NONE;
    TRY(api_say_submit(call, reply, &submission, path, &answer));
    if (answer.verdict == VERDICT_OUT_OF_TURN)
        explain(call, reply, agreement);
    return api_call_refused(reply) ? FAULT_NONE : api_say_put(call, reply, &answer);
}

/* The request's object is the body itself, but for `own` and for the terms that are meant. */
static enum fault say_flat(const struct api_call *call, struct api_reply *reply, uint32_t kind,
                           bool named)
{
    struct api_agreement agreement;
    struct bytes target;
    TRY(api_agreement_find(call, reply, &agreement));
    if (api_call_refused(reply) || !side_choose(call, reply, &agreement.found) ||
        !id_take(call, reply, "terms", &target))
        return FAULT_NONE;
    if (named && !target.size) {
        api_call_usage(reply, "which terms are meant?",
                       "give the id of the open terms, as `peregrin agreement show` shows it",
                       "terms");
        return FAULT_NONE;
    }
    return say_in(call, reply, kind, &agreement, target, call->body, "");
}

static enum fault say_approval(const struct api_call *call, struct api_reply *reply)
{
    return say_flat(call, reply, PEREGRIN__KIND__KIND_APPROVAL, true);
}

static enum fault say_declination(const struct api_call *call, struct api_reply *reply)
{
    return say_flat(call, reply, PEREGRIN__KIND__KIND_DECLINATION, false);
}

static enum fault say_taking_back(const struct api_call *call, struct api_reply *reply)
{
    return say_flat(call, reply, PEREGRIN__KIND__KIND_TAKE_BACK, false);
}

static enum fault say_termination(const struct api_call *call, struct api_reply *reply)
{
    return say_flat(call, reply, PEREGRIN__KIND__KIND_TERMINATION, false);
}

static enum fault say_contacts(const struct api_call *call, struct api_reply *reply)
{
    return say_flat(call, reply, PEREGRIN__KIND__KIND_CONTACTS, false);
}

/* What terms replace is another agreement of the two, and here. */
static enum fault replaces_check(const struct api_call *call, struct api_reply *reply,
                                 const char *own, const char *partner, const json_t *terms)
{
    const char *text = json_string_value(json_object_get(terms, "replaces"));
    struct store *store = call->api->store;
    struct store_place place = {0};
    struct store_dossier row;
    struct store_pair *pairs;
    size_t count;
    bool here = false, found = false;
    if (!text || !header_dossier_from_text(bytes_text(text), &place.dossier))
        return FAULT_NONE; /* the rules say what is wrong with it */
    TRY(store->pair_list(store, call->arena, &pairs, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].own, own) == 0 && strcmp(pairs[i].partner, partner) == 0)
            place.pair = pairs[i].pair;
    for (int opener = 0; place.pair && opener < 2 && !here; opener++) {
        place.opened_by_partner = opener;
        TRY(store->dossier_get(store, &place, &found, &row));
        here = found && dossier_family((enum dossier_state)row.state) == KIND_AGREEMENT;
    }
    if (!here)
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no such agreement with this partner",
                         "look at the list of agreements", "terms.replaces");
    return FAULT_NONE;
}

/* Another revision: a change, or an answer with other terms. */
static enum fault say_terms(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[] = {{"terms", API_CALL_OBJECT, true}};
    struct api_agreement agreement;
    json_t *terms;
    TRY(api_agreement_find(call, reply, &agreement));
    if (api_call_refused(reply) || !side_choose(call, reply, &agreement.found) ||
        !api_call_fields(call, reply, call->body, "", fields, 1, &terms))
        return FAULT_NONE;
    TRY(replaces_check(call, reply, agreement.found.own, agreement.found.partner, terms));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return say_in(call, reply, PEREGRIN__KIND__KIND_TERMS, &agreement, (struct bytes) {0}, terms,
                  "terms");
}

/* The terms alone, without who speaks for them. */
static struct bytes words_of(const struct api_call *call, const Peregrin__Terms *terms)
{
    Peregrin__Terms words = *terms;
    words.officer = NULL;
    words.unit = NULL;
    return codec_pack(&words.base, call->arena);
}

/* Just these terms, offered by us to this partner and not answered yet. */
static enum fault is_offer(const struct api_call *call, const struct store_dossier *row,
                           struct bytes words, bool *out)
{
    struct dossier_view view;
    const Peregrin__Terms *terms;
    TRY(dossier_view_load(call->api->store, &row->place, true, call->arena, &view));
    TRY(api_agreement_terms(call, &view, &view.dossier.offers[0], &terms));
    *out = terms && bytes_equal(words_of(call, terms), words);
    return FAULT_NONE;
}

/* Who proposes the same again means the agreement that is proposed already. */
static enum fault offer_find(const struct api_call *call, struct event_submission *submission)
{
    struct store *store = call->api->store;
    struct store_dossier *page;
    struct store_pair *pairs;
    ProtobufCMessage *terms;
    size_t pair_count, count, at = 0;
    bool found = false;
    TRY(store->pair_list(store, call->arena, &pairs, &pair_count));
    while (at < pair_count && (strcmp(pairs[at].own, submission->own) != 0 ||
                               strcmp(pairs[at].partner, submission->partner) != 0))
        at++;
    if (at == pair_count ||
        kind_body_read(kind_find(submission->kind, 1), submission->body, call->arena, &terms))
        return FAULT_NONE;
    struct bytes words = words_of(call, (const Peregrin__Terms *)terms);
    struct store_dossier_query query = {
        .pair = pairs[at].pair, .states = UINT64_C(1) << DOSSIER_OFFERED, .max = PAGE};
    do {
        TRY(store->dossier_list(store, &query, call->arena, &page, &count));
        for (size_t i = 0; i < count && !found; i++) {
            TRY(is_offer(call, &page[i], words, &found));
            if (found)
                submission->dossier = page[i].place.dossier;
        }
        query.after = count ? &page[count - 1].place : NULL;
    } while (count == PAGE && !found);
    submission->opens = !found;
    submission->found = found;
    return FAULT_NONE;
}

static enum fault propose(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, PARTNER, TERMS, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [PARTNER] = {"partner", API_CALL_TEXT, true},
        [TERMS] = {"terms", API_CALL_OBJECT, true},
    };
    json_t *values[COUNT];
    struct event_answer answer;
    struct event_submission submission = {
        .kind = PEREGRIN__KIND__KIND_TERMS, .opens = true, .request = request_key(call)};
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    const struct catalogue_institution *other =
        catalogue_institution(call->api->catalogue, json_string_value(values[PARTNER]));
    const char *own = values[OWN] ? json_string_value(values[OWN]) : NULL;
    if (!api_call_own(call, reply, own, &submission.own))
        return FAULT_NONE;
    if (!other || strcmp(other->schac, submission.own) == 0) {
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
        return FAULT_NONE;
    }
    submission.partner = other->schac;
    TRY(replaces_check(call, reply, submission.own, other->schac, values[TERMS]));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (!api_say_body(call, reply, values[TERMS], submission.kind, "terms", &submission.body))
        return FAULT_NONE;
    TRY(offer_find(call, &submission));
    TRY(api_say_submit(call, reply, &submission, "terms", &answer));
    return api_call_refused(reply) ? FAULT_NONE : api_say_put(call, reply, &answer);
}

static void keep_first(void *self, const struct rules_finding *finding)
{
    struct rules_finding *first = self;
    if (first->verdict == VERDICT_FINE)
        *first = *finding;
}

/* By the steps of the ladder that terms are judged by wherever they come in; nothing is said. */
static enum fault check_terms(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, PARTNER, TERMS, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [PARTNER] = {"partner", API_CALL_TEXT, false},
        [TERMS] = {"terms", API_CALL_OBJECT, true},
    };
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_TERMS, 1);
    struct rules_finding finding = {.verdict = VERDICT_FINE};
    const struct catalogue_institution *other = NULL;
    ProtobufCMessage *message;
    struct bytes body;
    json_t *values[COUNT];
    const char *own;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_call_own(call, reply, json_string_value(values[OWN]), &own))
        return FAULT_NONE;
    if (values[PARTNER]) {
        other = catalogue_institution(call->api->catalogue, json_string_value(values[PARTNER]));
        if (!other || strcmp(other->schac, own) == 0)
            api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
        else
            TRY(replaces_check(call, reply, own, other->schac, values[TERMS]));
    }
    if (api_call_refused(reply) ||
        !api_say_body(call, reply, values[TERMS], kind->number, "terms", &body))
        return FAULT_NONE;
    if (kind_body_read(kind, body, call->arena, &message))
        api_call_refuse(reply, VERDICT_TOO_LARGE, "terms");
    else if (rules_form(kind, message, keep_first, &finding))
        reply->problem = problem_of_finding(&finding, finding.verdict, "terms", call->arena);
    return api_call_refused(reply) ? FAULT_NONE : api_call_put(reply, "well_formed", json_true());
}

/* ---- the calendar -----------------------------------------------------------------------------
 */

/* Of its own, or by notice. */
static const char *last_of(const Peregrin__Condition *condition, const char *noticed)
{
    const char *own = condition->last_year ? condition->last_year : "";
    return noticed && strcmp(noticed, own) < 0 ? noticed : own;
}

/* All conditions that end with one year are one event, on the last day of that year. */
static bool event_add(const struct api_call *call, struct ical *ical,
                      const struct api_dossier *found, const Peregrin__Terms *terms,
                      const char *year, const char *noticed)
{
    const char *ids = "";
    for (size_t i = 0; ids && i < terms->n_conditions; i++)
        if (strcmp(last_of(terms->conditions[i], noticed), year) == 0)
            ids = arena_format(call->arena, "%s%s%s", ids, *ids ? ", " : "",
                               terms->conditions[i]->id);
    const char *name = api_call_dossier_text(call, &found->place.dossier);
    struct ical_event event = {
        .uid = arena_format(call->arena, "agreement-%s-%s-%.4s@%s", name,
                            found->place.opened_by_partner ? "in" : "out", year, found->own),
        .summary = arena_format(call->arena, "%s with %s ends",
                                terms->reference ? terms->reference : name, found->partner),
        .description = arena_format(call->arena,
                                    "Conditions: %s. Propose new terms in time: "
                                    "peregrin agreement show %s",
                                    ids ? ids : "", name),
        .date = arena_format(call->arena, "%.4s-09-30", year + 5),
        .changed_at = {(int64_t)found->row.changed_at * (int64_t)INSTANT_SECOND},
        .alarm_days = ALARM_DAYS, /* before the first of November, when notice must be given */
    };
    bool whole = event.uid && event.summary && event.description && event.date;
    if (whole)
        ical_event(ical, &event);
    return whole;
}

static enum fault agreement_add(const struct api_call *call, struct ical *ical,
                                const struct api_dossier *found)
{
    struct dossier_view view;
    const Peregrin__Terms *terms;
    TRY(dossier_view_load(call->api->store, &found->place, true, call->arena, &view));
    TRY(api_agreement_terms(call, &view, &view.dossier.in_force, &terms));
    const char *noticed = dossier_view_last_year(&view);
    for (size_t i = 0; terms && i < terms->n_conditions; i++) {
        const char *year = last_of(terms->conditions[i], noticed);
        bool before = !year || strlen(year) < 9;
        for (size_t j = 0; j < i && !before; j++)
            before = strcmp(last_of(terms->conditions[j], noticed), year) == 0;
        if (!before && !event_add(call, ical, found, terms, year, noticed))
            return FAULT_MEMORY;
    }
    return FAULT_NONE;
}

static enum fault show_calendar(const struct api_call *call, struct api_reply *reply)
{
    const uint64_t states = UINT64_C(1) << DOSSIER_IN_FORCE |
                            UINT64_C(1) << DOSSIER_CHANGE_OFFERED |
                            UINT64_C(1) << DOSSIER_CHANGE_COUNTERED | UINT64_C(1) << DOSSIER_ENDED;
    struct store *store = call->api->store;
    struct store_pair *pairs;
    size_t pair_count, count;
    struct ical ical;
    TRY(api_call_pairs(call, reply, &pairs, &pair_count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    ical_open(&ical, call->arena, "Agreements that end");
    for (size_t i = 0; i < pair_count; i++) {
        struct store_dossier_query query = {
            .pair = pairs[i].pair, .states = states, .opened_by_partner = -1, .max = PAGE};
        struct store_dossier *page;
        do {
            TRY(store->dossier_list(store, &query, call->arena, &page, &count));
            for (size_t j = 0; j < count; j++)
                TRY(agreement_add(call, &ical,
                                  &(struct api_dossier) {.place = page[j].place,
                                                         .own = pairs[i].own,
                                                         .partner = pairs[i].partner,
                                                         .row = page[j]}));
            query.after = count ? &page[count - 1].place : NULL;
        } while (count == PAGE);
    }
    reply->raw = ical_close(&ical);
    reply->raw_type = "text/calendar; charset=utf-8";
    return reply->raw.data ? FAULT_NONE : FAULT_MEMORY;
}

const struct api_route api_agreement_say_routes[] = {
    {
        .row = {"GET", "/api/v1/calendars/agreements", "when agreements end, as a calendar"},
        .needs = ROLE_NEED_READ,
        .serve = show_calendar,
        .query = "partner",
    },
    {
        .row = {"POST", "/api/v1/agreements/check",
                "whether terms could be proposed as they are; nothing is"},
        .needs = ROLE_NEED_READ,
        .serve = check_terms,
    },
    {
        .row = {"POST", "/api/v1/agreements", "propose a new agreement"},
        .needs = ROLE_NEED_SIGN,
        .serve = propose,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/agreements/{dossier}/terms",
                "propose other terms: a change, or an answer"},
        .needs = ROLE_NEED_SIGN,
        .serve = say_terms,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/agreements/{dossier}/approval", "approve open terms, by their id"},
        .needs = ROLE_NEED_SIGN,
        .serve = say_approval,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/agreements/{dossier}/declination",
                "decline open terms, with a reason"},
        .needs = ROLE_NEED_SIGN,
        .serve = say_declination,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/agreements/{dossier}/taking_back",
                "take one's own open terms back"},
        .needs = ROLE_NEED_SIGN,
        .serve = say_taking_back,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/agreements/{dossier}/termination",
                "end the agreement, with notice"},
        .needs = ROLE_NEED_SIGN,
        .serve = say_termination,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/agreements/{dossier}/contacts", "say who is to be written to"},
        .needs = ROLE_NEED_SIGN,
        .serve = say_contacts,
        .query = "opener",
        .writes = true,
    },
    {},
};
