#include "api/api_course.h"
#include "api/api_dossier.h"
#include "api/api_mark.h"
#include "api/api_page.h"
#include "api/api_routes.h"
#include "api/api_rule.h"
#include "record/codec.h"
#include "report/json_record.h"
#include "report/text.h"

#include <string.h>

static const char ready_sentence[] =
    "asked for, and without an index yet: it goes by itself once this node and the partner have "
    "compared what they hold";

/* ---- a dossier in one line --------------------------------------------------------------------
 */

static json_t *kind_word(const Peregrin__Nomination *nomination)
{
    char word[JSON_RECORD_WORD];
    if (!nomination || !nomination->has_mobility)
        return json_null();
    if (json_record_word(&peregrin__nomination__descriptor, "mobility", nomination->mobility, word))
        return json_string(word);
    return json_integer(nomination->mobility);
}

/* Adds what the nomination's body says; all null where it is not here. */
static json_t *with_body(json_t *json, const Peregrin__Nomination *nomination)
{
    const Peregrin__Person *person = nomination ? nomination->person : NULL;
    bool term = nomination && nomination->has_term;
    json_t *support = nomination ? json_boolean(nomination->support) : json_null();
    json_t *body = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "support", support,
                             "family_name", api_call_text(person ? person->family_name : NULL),
                             "given_names", api_call_text(person ? person->given_names : NULL),
                             "year", api_call_text(nomination ? nomination->year : NULL), "term",
                             term ? json_integer(nomination->term) : json_null(), "kind",
                             kind_word(nomination), "unit",
                             api_call_text(nomination ? nomination->unit : NULL));
    int failed = json_object_update(json, body);
    json_decref(body);
    if (!failed)
        return json;
    json_decref(json);
    return NULL;
}

static enum fault summary(const struct api_call *call, const struct listing *listing, json_t **out)
{
    const char *unit;
    TRY(unit_of_dossier(call->api->store, &listing->row, call->arena, &unit));
    const struct store_place *place = &listing->row.place;
    enum dossier_state state = (enum dossier_state)listing->row.state;
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "dossier",
        api_call_dossier_text(call, &place->dossier), "direction", listing_direction(place),
        "opener", place->opened_by_partner ? listing->partner : listing->own, "own", listing->own,
        "partner", listing->partner, "state", dossier_state_code(state), "sentence",
        dossier_state_sentence(state), "delivery",
        api_mark_delivery(call, listing->partner, listing->delivery), "changed_at",
        api_call_seconds(listing->row.changed_at));
    json_t *mark;
    enum fault fault = api_mark_json(call, &listing->row, &mark);
    if (fault || json_object_set_new(json, "by_hand", mark)) {
        json_decref(json);
        return fault ? fault : FAULT_MEMORY;
    }
    *out = with_body(json, listing->nomination);
    return *out && json_object_set_new(*out, "unit", api_call_text(unit)) == 0 ? FAULT_NONE
                                                                               : FAULT_MEMORY;
}

static enum fault show_row(const struct api_call *call, const struct api_page *page,
                           const struct listing *listing, json_t **json)
{
    const struct search *search = page->search;
    if (search &&
        !search_fits(search, &listing->row.place.dossier, listing->nomination, call->arena))
        return FAULT_NONE;
    return summary(call, listing, json);
}

/* ---- what is ready, in the same clothes --------------------------------------------------------
 */

static enum fault ready_summary(const struct api_call *call, const struct api_dossier_ready *ready,
                                json_t **out)
{
    const Peregrin__Submission *submission = ready->submission;
    const struct kind *kind = kind_find(submission->kind, 1);
    struct bytes body = {submission->body.data, submission->body.len};
    struct header_dossier name;
    ProtobufCMessage *nomination = NULL;
    if (!kind || kind_body_read(kind, body, call->arena, &nomination))
        return FAULT_CORRUPT;
    memcpy(name.bytes, submission->dossier.data, sizeof name.bytes);
    bool stuck = ready->code != 0;
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:n}", "dossier",
        api_call_dossier_text(call, &name), "direction", "outgoing", "opener", submission->issuer,
        "own", submission->issuer, "partner", submission->audience, "state", "ready", "sentence",
        stuck ? "refused when its turn came: see `peregrin outbox list`" : ready_sentence,
        "delivery", stuck ? "stuck" : "ready", "changed_at",
        api_call_seconds(submission->issued_at * 60), "by_hand");
    *out = with_body(json, (const Peregrin__Nomination *)nomination);
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

enum { READY_PAGE = 64 };

static bool pair_listed(const struct api_page *page, uint32_t pair)
{
    for (size_t i = 0; i < page->pair_count; i++)
        if (page->pairs[i].pair == pair)
            return true;
    return false;
}

/* Openings that wait for the guard stand before the rows. *last: where the page ended, 0 when all
 * of them were shown. */
static enum fault ready_fill(const struct api_call *call, const struct api_page *page,
                             int64_t after, json_t *list, int64_t *last)
{
    struct api_dossier_ready *rows;
    size_t count = READY_PAGE;
    *last = 0;
    while (count == READY_PAGE) {
        TRY(api_dossier_ready(call, 0, after, READY_PAGE, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            json_t *json;
            after = rows[i].number;
            if (rows[i].submission->kind != PEREGRIN__KIND__KIND_NOMINATION || rows[i].hidden ||
                !pair_listed(page, rows[i].pair))
                continue;
            TRY(ready_summary(call, &rows[i], &json));
            TRY(api_call_append(list, json));
            if (json_array_size(list) >= page->limit) {
                *last = after;
                return FAULT_NONE;
            }
        }
    }
    return FAULT_NONE;
}

/* ---- the list ----------------------------------------------------------------------------------
 */

/* *ready: only what waits to be written; its states are none. */
static bool state_of(const struct api_call *call, struct api_reply *reply, uint64_t *states,
                     bool *ready)
{
    const char *state = api_call_query(call, "state");
    *states = dossier_family_states(KIND_MOBILITY);
    *ready = state && strcmp(state, "ready") == 0;
    int found = state ? dossier_state_find(state) : -1;
    if (!state || *ready)
        return true;
    if (found >= 0 && *states >> found & 1) {
        *states = UINT64_C(1) << found;
        return true;
    }
    const char *known = "ready";
    for (int i = 0; known && i < DOSSIER_STATE_COUNT; i++)
        if (*states >> i & 1)
            known = arena_format(call->arena, "%s, %s", known,
                                 dossier_state_code((enum dossier_state)i));
    return api_call_usage(reply, "this is no state",
                          arena_format(call->arena, "give one of: %s", known ? known : ""),
                          "state");
}

static enum fault list_page(const struct api_call *call, struct api_reply *reply,
                            const struct search *search)
{
    struct api_page page = {
        .show = show_row, .search = search, .kept_as = search ? NULL : "nominations"};
    struct api_cursor cursor;
    struct store_pair *pairs;
    int64_t last = 0;
    bool ready;
    json_t *list;
    if (!api_page_direction(call, reply, &page.opened_by_partner) ||
        !state_of(call, reply, &page.states, &ready) || !api_cursor_read(call, reply, &cursor) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX, &page.limit))
        return FAULT_NONE;
    TRY(api_call_pairs(call, reply, &pairs, &page.pair_count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    page.pairs = pairs;
    TRY(api_call_list(reply, "nominations", &list));
    bool with_ready =
        (ready || !api_call_query(call, "state")) && page.opened_by_partner != 1 && !search;
    if (with_ready && !cursor.in_rows)
        TRY(ready_fill(call, &page, cursor.ready, list, &last));
    if (last)
        return api_cursor_put_ready(call, reply, last);
    if (ready)
        return api_cursor_put_end(reply);
    return api_page_fill(call, reply, &page, &cursor, list);
}

static enum fault list_nominations(const struct api_call *call, struct api_reply *reply)
{
    return list_page(call, reply, NULL);
}

/* A name is personal data: it comes in the body, since paths and queries end up in logs. */
static enum fault search_nominations(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field fields[] = {{"text", API_CALL_TEXT, true}};
    json_t *text;
    bool spent;
    if (!api_call_fields(call, reply, call->body, "", fields, 1, &text))
        return FAULT_NONE;
    struct bytes wanted = {(const uint8_t *)json_string_value(text), json_string_length(text)};
    struct search *search =
        wanted.size <= SEARCH_TEXT_MAX ? search_open(wanted, call->arena, &spent) : NULL;
    if (search)
        return list_page(call, reply, search);
    if (wanted.size <= SEARCH_TEXT_MAX && spent)
        return FAULT_MEMORY;
    api_call_usage(reply, "there is nothing in this text to look for",
                   "give some letters of a name, an address, an identifier, or an end of the "
                   "dossier's name, 200 bytes at most",
                   "text");
    return FAULT_NONE;
}

/* ---- one dossier -------------------------------------------------------------------------------
 */

static enum fault put_records(const struct api_call *call, struct api_reply *reply,
                              const struct dossier_view *view)
{
    json_t *list;
    TRY(api_call_list(reply, "records", &list));
    for (size_t i = 0; i < view->count; i++) {
        json_t *json;
        TRY(api_dossier_record(call, view, i, &json));
        TRY(api_call_append(list, json));
    }
    return FAULT_NONE;
}

/* A stay that was made longer has another last day by now. NULL: as it was nominated. */
static enum fault longer_of(const struct api_call *call, const struct dossier_view *view,
                            const Peregrin__Nomination *nomination, Peregrin__Nomination **out)
{
    ProtobufCMessage *body = NULL;
    size_t at = dossier_view_find(view, &view->dossier.extension);
    *out = NULL;
    if (at < view->count)
        TRY(dossier_view_body(&view->records[at], call->arena, &body));
    if (!nomination || !body || body->descriptor != &peregrin__extension__descriptor)
        return FAULT_NONE;
    *out = arena_take(call->arena, sizeof **out);
    if (!*out)
        return FAULT_MEMORY;
    **out = *nomination;
    (*out)->end = ((const Peregrin__Extension *)body)->end;
    return FAULT_NONE;
}

/* Of what a partner has sent: what was found when it came. Otherwise asked anew each time: what is
 * known of agreement and other stays may be more by now. */
static enum fault put_rules(const struct api_call *call, struct api_reply *reply,
                            const struct api_dossier *found, const struct dossier_view *view,
                            const Peregrin__Nomination *nomination)
{
    Peregrin__Nomination *longer;
    TRY(longer_of(call, view, nomination, &longer));
    bool incoming = found->place.opened_by_partner;
    const struct eligible_case subject = {.store = call->api->store,
                                          .catalogue = call->api->catalogue,
                                          .home = incoming ? found->partner : found->own,
                                          .host = incoming ? found->own : found->partner,
                                          .own = found->own,
                                          .nomination = longer ? longer : nomination,
                                          .dossier = &found->place.dossier,
                                          .now = call->request->now};
    const char *when = api_call_query(call, "rules");
    bool now = when && strcmp(when, "now") == 0;
    if (when && !now) {
        api_call_usage(reply, "rules are asked as they are, or `now`", "give now, or nothing",
                       "rules");
        return FAULT_NONE;
    }
    return api_rule_put(call, reply, &subject,
                        incoming && !now && !longer ? found->row.revision : 0);
}

static enum fault put_kept(const struct api_call *call, struct api_reply *reply,
                           const struct api_dossier *found)
{
    struct store *store = call->api->store;
    struct store_pair pair = {found->place.pair, found->own, found->partner};
    struct dossier_view view;
    struct listing listing;
    TRY(dossier_view_load(store, &found->place, true, call->arena, &view));
    TRY(listing_of(store, &pair, &found->row, call->arena, &listing));
    json_t *line;
    TRY(summary(call, &listing, &line));
    int failed = json_object_update(reply->json, line);
    json_decref(line);
    if (failed)
        return FAULT_MEMORY;
    const Peregrin__Nomination *nomination = listing.nomination;
    size_t revision = dossier_view_find(&view, &view.dossier.revision);
    TRY(api_call_put(reply, "nomination",
                     nomination ? json_record_write(&nomination->base, call->arena) : json_null()));
    TRY(api_call_put(reply, "revision",
                     revision < view.count
                         ? json_string(text_hex(digest_bytes(&view.dossier.revision), call->arena))
                         : json_null()));
    TRY(api_course_put(call, reply, &view));
    TRY(put_rules(call, reply, found, &view, nomination));
    TRY(api_call_put(reply, "incomplete", json_integer(view.dossier.incomplete)));
    TRY(api_call_put(reply, "not_understood", json_integer(view.dossier.not_understood)));
    TRY(api_call_put(reply, "forked",
                     json_pack("[b, b]", view.dossier.forked[0], view.dossier.forked[1])));
    TRY(api_mark_list(call, reply, &found->place));
    return put_records(call, reply, &view);
}

static enum fault put_ready(const struct api_call *call, struct api_reply *reply,
                            const struct api_dossier *found)
{
    struct api_dossier_ready *rows;
    size_t count = READY_PAGE;
    json_t *line = NULL;
    for (int64_t after = 0; !line && count == READY_PAGE;) {
        TRY(api_dossier_ready(call, found->place.pair, after, READY_PAGE, &rows, &count));
        for (size_t i = 0; i < count && !line; i++)
            if (memcmp(rows[i].submission->dossier.data, found->place.dossier.bytes,
                       HEADER_DOSSIER_SIZE) == 0)
                TRY(ready_summary(call, &rows[i], &line));
        after = count ? rows[count - 1].number : after;
    }
    int failed = json_object_update(reply->json, line);
    json_decref(line);
    if (failed)
        return FAULT_MEMORY;
    TRY(api_call_put(reply, "nomination", json_null()));
    TRY(api_call_put(reply, "decision", json_null()));
    TRY(api_call_put(reply, "marks", json_array()));
    return api_call_put(reply, "records", json_array());
}

static enum fault show_nomination(const struct api_call *call, struct api_reply *reply)
{
    struct api_dossier found;
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return found.kept ? put_kept(call, reply, &found) : put_ready(call, reply, &found);
}

const struct api_route api_nomination_routes[] = {
    {
        .row = {"GET", "/api/v1/nominations", "nominations in both directions"},
        .needs = ROLE_NEED_READ,
        .serve = list_nominations,
        .query = "direction state partner after limit",
    },
    {
        .row = {"POST", "/api/v1/nominations/search", "find students by name or identifier"},
        .needs = ROLE_NEED_READ,
        .serve = search_nominations,
        .query = "direction state partner after limit",
    },
    {
        .row = {"GET", "/api/v1/nominations/{dossier}", "one dossier with all its records"},
        .needs = ROLE_NEED_READ,
        .serve = show_nomination,
        .query = "opener rules",
    },
    {},
};
