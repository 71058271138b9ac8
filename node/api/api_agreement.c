#include "api/api_agreement.h"

#include "api/api_course.h"
#include "api/api_page.h"
#include "api/api_quota.h"
#include "api/api_routes.h"
#include "engine/replaced.h"
#include "report/delivery.h"
#include "report/json_record.h"
#include "report/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what all routes need of an agreement -----------------------------------------------------
 */

static bool is_agreement(uint32_t state)
{
    return dossier_family_states(KIND_AGREEMENT) >> state & 1;
}

enum fault api_agreement_find(const struct api_call *call, struct api_reply *reply,
                              struct api_agreement *out)
{
    TRY(api_dossier_find(call, reply, &out->found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (!out->found.kept || !is_agreement(out->found.row.state)) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "this dossier is no agreement",
                         "see the list of agreements", "dossier");
        return FAULT_NONE;
    }
    return dossier_view_load(call->api->store, &out->found.place, true, call->arena, &out->view);
}

enum fault api_agreement_terms(const struct api_call *call, const struct dossier_view *view,
                               const struct digest *id, const Peregrin__Terms **out)
{
    ProtobufCMessage *body;
    size_t at = dossier_view_find(view, id);
    *out = NULL;
    if (at == view->count)
        return FAULT_NONE;
    TRY(dossier_view_body(&view->records[at], call->arena, &body));
    if (body && body->descriptor == &peregrin__terms__descriptor)
        *out = (const Peregrin__Terms *)body;
    return FAULT_NONE;
}

const char *api_agreement_actor(const struct api_dossier *found)
{
    bool ours = !found->place.opened_by_partner;
    switch ((enum dossier_state)found->row.state) {
    case DOSSIER_OFFERED:
    case DOSSIER_CHANGE_OFFERED: return ours ? found->partner : found->own;
    case DOSSIER_COUNTERED:
    case DOSSIER_CHANGE_COUNTERED: return ours ? found->own : found->partner;
    default: return NULL;
    }
}

static json_t *id_or_null(const struct api_call *call, const struct dossier_view *view,
                          const struct digest *id)
{
    bool here = dossier_view_find(view, id) < view->count;
    return here ? json_string(text_hex(digest_bytes(id), call->arena)) : json_null();
}

/* ---- a line -----------------------------------------------------------------------------------
 */

/* From the first year of all conditions to the last one; NULL where there are no terms. */
static void years_of(const Peregrin__Terms *terms, const char **first, const char **last)
{
    *first = *last = NULL;
    for (size_t i = 0; terms && i < terms->n_conditions; i++) {
        const Peregrin__Condition *one = terms->conditions[i];
        if (one->first_year && (!*first || strcmp(one->first_year, *first) < 0))
            *first = one->first_year;
        if (one->last_year && (!*last || strcmp(one->last_year, *last) > 0))
            *last = one->last_year;
    }
}

static enum fault line_of(const struct api_call *call, const struct api_dossier *found,
                          const struct dossier_view *view, json_t **out)
{
    const struct dossier *dossier = &view->dossier;
    enum dossier_state state = (enum dossier_state)found->row.state;
    const Peregrin__Terms *terms;
    const char *first, *last;
    struct header_dossier by;
    bool replaced;
    TRY(api_agreement_terms(call, view, &dossier->revision, &terms));
    TRY(replaced_find(call->api->store, found->place.pair, &found->place.dossier, call->arena,
                      &replaced, &by));
    years_of(terms, &first, &last);
    const char *noticed = dossier_view_last_year(view);
    if (noticed && (!last || strcmp(noticed, last) < 0))
        last = noticed;
    *out = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
        "dossier", api_call_dossier_text(call, &found->place.dossier), "opener",
        api_dossier_opener(found), "own", found->own, "partner", found->partner, "state",
        dossier_state_code(state), "sentence", dossier_state_sentence(state), "must_act",
        api_call_text(api_agreement_actor(found)), "reference",
        api_call_text(terms ? terms->reference : NULL), "conditions",
        terms ? json_integer((json_int_t)terms->n_conditions) : json_null(), "first_year",
        api_call_text(first), "last_year", api_call_text(last), "in_force",
        id_or_null(call, view, &dossier->in_force), "open",
        id_or_null(call, view, &dossier->offers[1 - dossier_view_own_lane(&found->place)]),
        "replaces", api_call_text(terms ? terms->replaces : NULL), "replaced_by",
        api_call_text(replaced ? api_call_dossier_text(call, &by) : NULL), "changed_at",
        api_call_seconds(found->row.changed_at));
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault show_line(const struct api_call *call, const struct api_page *page,
                            const struct listing *listing, json_t **json)
{
    const struct api_dossier found = {.place = listing->row.place,
                                      .own = listing->own,
                                      .partner = listing->partner,
                                      .kept = true,
                                      .row = listing->row};
    struct dossier_view view;
    (void)page;
    TRY(dossier_view_load(call->api->store, &found.place, true, call->arena, &view));
    return line_of(call, &found, &view, json);
}

static bool state_of(const struct api_call *call, struct api_reply *reply, uint64_t *out)
{
    const char *state = api_call_query(call, "state"), *known = "";
    uint64_t all = dossier_family_states(KIND_AGREEMENT);
    int found = state ? dossier_state_find(state) : -1;
    *out = found < 0 ? all : UINT64_C(1) << found;
    if (!state || (found >= 0 && is_agreement((uint32_t)found)))
        return true;
    for (int i = 0; known && i < DOSSIER_STATE_COUNT; i++)
        if (all >> i & 1)
            known = arena_format(call->arena, "%s%s%s", known, *known ? ", " : "",
                                 dossier_state_code((enum dossier_state)i));
    return api_call_usage(reply, "this is no state of an agreement",
                          arena_format(call->arena, "give one of: %s", known ? known : ""),
                          "state");
}

static enum fault list_agreements(const struct api_call *call, struct api_reply *reply)
{
    struct api_page page = {.show = show_line, .opened_by_partner = -1};
    if (!state_of(call, reply, &page.states))
        return FAULT_NONE;
    return api_page_list(call, reply, &page, "agreements");
}

/* ---- differences ------------------------------------------------------------------------------
 */

/* As text for people and programs: lists and objects as JSON. */
static json_t *value_text(const json_t *value)
{
    if (!value || json_is_string(value))
        return value ? json_string(json_string_value(value)) : json_null();
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    json_t *said = text ? json_string(text) : NULL;
    free(text);
    return said;
}

static json_t *field_change(const char *name, const json_t *before, const json_t *after)
{
    return json_pack("{s:s, s:o, s:o}", "field", name, "before", value_text(before), "after",
                     value_text(after));
}

/* Field by field, in the order of the names that either has; `apart`: one that is left out. */
static json_t *fields_between(json_t *before, json_t *after, const char *apart)
{
    json_t *list = json_array(), *value;
    const char *name;
    json_object_foreach(before, name, value)
    {
        json_t *other = json_object_get(after, name);
        if (strcmp(name, apart) != 0 && !json_equal(value, other))
            json_array_append_new(list, field_change(name, value, other));
    }
    json_object_foreach(after, name, value)
    {
        if (strcmp(name, apart) != 0 && !json_object_get(before, name))
            json_array_append_new(list, field_change(name, NULL, value));
    }
    return list;
}

static json_t *condition_of(json_t *terms, const char *id)
{
    json_t *list = json_object_get(terms, "conditions"), *one;
    size_t i;
    json_array_foreach(list, i, one)
    {
        const char *own = json_string_value(json_object_get(one, "id"));
        if (own && id && strcmp(own, id) == 0)
            return one;
    }
    return NULL;
}

static void condition_change(json_t *list, json_t *one, json_t *before, json_t *after)
{
    const char *what = !before ? "added" : !after ? "gone" : "changed";
    json_t *fields = before && after ? fields_between(before, after, "id") : json_array();
    json_t *id = json_object_get(one, "id");
    if (before && after && json_array_size(fields) == 0)
        json_decref(fields);
    else
        json_array_append_new(
            list, json_pack("{s:O?, s:s, s:o}", "id", id, "change", what, "fields", fields));
}

/* A condition is known by its id, wherever it stands. */
static json_t *terms_between(json_t *before, json_t *after)
{
    json_t *list = json_array(), *one;
    size_t i;
    json_array_foreach(json_object_get(after, "conditions"), i, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        condition_change(list, one, condition_of(before, id), one);
    }
    json_array_foreach(json_object_get(before, "conditions"), i, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        if (!condition_of(after, id))
            condition_change(list, one, one, NULL);
    }
    return json_pack("{s:o, s:o}", "fields", fields_between(before, after, "conditions"),
                     "conditions", list);
}

static enum fault put_between(const struct api_call *call, json_t *object,
                              const Peregrin__Terms *before, const Peregrin__Terms *after)
{
    json_t *from = before ? json_record_write(&before->base, call->arena) : json_object();
    json_t *to = after ? json_record_write(&after->base, call->arena) : json_object();
    json_t *changes = from && to ? terms_between(from, to) : NULL;
    json_decref(from);
    json_decref(to);
    return json_object_set_new(object, "changes", changes) ? FAULT_MEMORY : FAULT_NONE;
}

/* ?from= and ?to=: ids of terms in it. */
static bool asked_id(const struct api_call *call, struct api_reply *reply, const char *name,
                     const struct digest *otherwise, struct digest *out)
{
    const char *text = api_call_query(call, name);
    size_t size = 0;
    *out = *otherwise;
    if (!text ||
        (text_unhex(bytes_text(text), out->bytes, DIGEST_SIZE, &size) && size == DIGEST_SIZE))
        return true;
    return api_call_usage(reply, "this is no record's id", "give its 64 hex digits", name);
}

static const struct digest *newest_open(const struct dossier_view *view)
{
    static const struct digest none;
    const struct dossier *dossier = &view->dossier;
    bool first = !digest_equal(&dossier->offers[0], &none);
    enum dossier_state state = dossier->state;
    bool countered = state == DOSSIER_COUNTERED || state == DOSSIER_CHANGE_COUNTERED;
    return &dossier->offers[first && !countered ? 0 : 1];
}

/* What is looked at when nobody says what: an open offer, else what is in force, else the newest.
 */
static const struct digest *newest_of(const struct dossier_view *view)
{
    const struct digest *open = newest_open(view);
    return dossier_view_find(view, open) < view->count ? open : &view->dossier.revision;
}

/* The newest terms of a lane below an index; NULL: there are none. */
static const struct digest *terms_below(const struct dossier_view *view, uint32_t lane,
                                        uint32_t index)
{
    const struct digest *found = NULL;
    for (size_t i = 0; i < view->count; i++)
        if (view->entries[i].lane == lane && view->entries[i].index < index &&
            view->entries[i].folded && !view->entries[i].void_ &&
            view->entries[i].kind == PEREGRIN__KIND__KIND_TERMS)
            found = &view->records[i].id;
    return found;
}

/* What they are compared with: what is in force; else what their author had before him of the
 * partner's, else of his own; else nothing. */
static const struct digest *before_of(const struct dossier_view *view, const struct digest *terms)
{
    static const struct digest none;
    const struct digest *force = &view->dossier.in_force, *answers;
    size_t at = dossier_view_find(view, terms);
    if (at == view->count || (!digest_equal(force, &none) && !digest_equal(force, terms)))
        return force;
    const struct dossier_entry *entry = &view->entries[at];
    answers = terms_below(view, 1 - entry->lane, entry->has_seen ? entry->seen_index + 1 : 0);
    if (!answers)
        answers = terms_below(view, entry->lane, entry->index);
    return answers ? answers : &none;
}

static enum fault show_differences(const struct api_call *call, struct api_reply *reply)
{
    struct api_agreement agreement;
    struct digest from, to;
    const Peregrin__Terms *before, *after;
    TRY(api_agreement_find(call, reply, &agreement));
    if (api_call_refused(reply) || !asked_id(call, reply, "to", newest_of(&agreement.view), &to) ||
        !asked_id(call, reply, "from", before_of(&agreement.view, &to), &from))
        return FAULT_NONE;
    TRY(api_agreement_terms(call, &agreement.view, &from, &before));
    TRY(api_agreement_terms(call, &agreement.view, &to, &after));
    if (!after || (!before && api_call_query(call, "from"))) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "there are no such terms in this agreement",
                         "its records show their ids", after ? "from" : "to");
        return FAULT_NONE;
    }
    TRY(api_call_put(reply, "from", id_or_null(call, &agreement.view, &from)));
    TRY(api_call_put(reply, "to", id_or_null(call, &agreement.view, &to)));
    return put_between(call, reply->json, before, after);
}

/* ---- one agreement ----------------------------------------------------------------------------
 */

static enum fault put_offers(const struct api_call *call, struct api_reply *reply,
                             const struct api_agreement *agreement)
{
    const struct dossier *dossier = &agreement->view.dossier;
    const Peregrin__Terms *force, *offer;
    json_t *list, *said;
    TRY(api_call_list(reply, "offers", &list));
    TRY(api_agreement_terms(call, &agreement->view, &dossier->in_force, &force));
    for (size_t lane = 0; lane < 2; lane++) {
        if (dossier_view_find(&agreement->view, &dossier->offers[lane]) == agreement->view.count)
            continue;
        TRY(api_course_record(call, &agreement->view, &dossier->offers[lane], &said));
        TRY(api_call_append(list, said));
        TRY(api_agreement_terms(call, &agreement->view, &dossier->offers[lane], &offer));
        if (force && offer)
            TRY(put_between(call, said, force, offer));
    }
    return FAULT_NONE;
}

/* The newest that each has said: as contacts, else within its terms. */
static enum fault put_contacts(const struct api_call *call, struct api_reply *reply,
                               const struct api_agreement *agreement)
{
    const struct dossier_view *view = &agreement->view;
    json_t *list, *said;
    TRY(api_call_list(reply, "contacts", &list));
    for (uint32_t lane = 0; lane < 2; lane++) {
        const struct digest *id = &view->dossier.contacts[lane];
        for (size_t i = view->count; i-- > 0 && dossier_view_find(view, id) == view->count;)
            if (view->entries[i].lane == lane && view->entries[i].folded &&
                !view->entries[i].void_ && view->entries[i].kind == PEREGRIN__KIND__KIND_TERMS)
                id = &view->records[i].id;
        if (dossier_view_find(view, id) == view->count)
            continue;
        TRY(api_course_record(call, view, id, &said));
        json_t *own = json_object_get(said, "contacts"), *issuer = json_object_get(said, "issuer");
        json_t *line = json_pack("{s:O, s:o}", "issuer", issuer, "contacts",
                                 own ? json_incref(own) : json_array());
        json_decref(said);
        TRY(api_call_append(list, line));
    }
    return FAULT_NONE;
}

static enum fault show_agreement(const struct api_call *call, struct api_reply *reply)
{
    struct api_agreement agreement;
    json_t *line, *said, *records;
    TRY(api_agreement_find(call, reply, &agreement));
    if (api_call_refused(reply))
        return FAULT_NONE;
    const struct dossier *dossier = &agreement.view.dossier;
    TRY(line_of(call, &agreement.found, &agreement.view, &line));
    int failed = json_object_update(reply->json, line);
    json_decref(line);
    if (failed)
        return FAULT_MEMORY;
    TRY(api_course_record(call, &agreement.view, &dossier->in_force, &said));
    TRY(api_call_put(reply, "terms", said));
    TRY(put_offers(call, reply, &agreement));
    TRY(put_contacts(call, reply, &agreement));
    TRY(api_course_record(call, &agreement.view, &dossier->termination, &said));
    TRY(api_call_put(reply, "termination", said));
    TRY(api_call_list(reply, "records", &records));
    for (size_t i = 0; i < agreement.view.count; i++) {
        TRY(api_dossier_record(call, &agreement.view, i, &said));
        TRY(api_call_append(records, said));
    }
    return FAULT_NONE;
}

const struct api_route api_agreement_routes[] = {
    {
        .row = {"GET", "/api/v1/agreements", "agreements, and who must act"},
        .needs = ROLE_NEED_READ,
        .serve = list_agreements,
        .query = "state partner after limit",
    },
    {
        .row = {"GET", "/api/v1/agreements/{dossier}",
                "terms in force, open offers, contacts, and all records"},
        .needs = ROLE_NEED_READ,
        .serve = show_agreement,
        .query = "opener",
    },
    {
        .row = {"GET", "/api/v1/agreements/{dossier}/differences",
                "what changes between two revisions, condition by condition"},
        .needs = ROLE_NEED_READ,
        .serve = show_differences,
        .query = "from to opener",
    },
    {
        .row = {"GET", "/api/v1/agreements/{dossier}/places",
                "places of each condition and year: agreed, given, asked for"},
        .needs = ROLE_NEED_READ,
        .serve = api_quota_show,
        .query = "year opener",
    },
    {},
};
