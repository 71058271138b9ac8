#include "api/api_course.h"
#include "api/api_mark.h"
#include "api/api_page.h"
#include "api/api_routes.h"

#include <assert.h>

/* ---- what a line needs of the dossier ---------------------------------------------------------
 */

/* A record's body when it is of this type; NULL where there is none, or it was erased. */
static enum fault body_of(const struct api_call *call, const struct dossier_view *view,
                          const struct digest *id, const ProtobufCMessageDescriptor *type,
                          const ProtobufCMessage **out)
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
    if (body && body->descriptor == type)
        *out = body;
    return FAULT_NONE;
}

static enum fault day_of(const struct api_call *call, const struct dossier_view *view,
                         const struct digest *id, const char **out)
{
    const ProtobufCMessage *body;
    TRY(body_of(call, view, id, &peregrin__stay_day__descriptor, &body));
    *out = body ? ((const Peregrin__StayDay *)body)->date : NULL;
    return FAULT_NONE;
}

static enum fault end_of(const struct api_call *call, const struct dossier_view *view,
                         const struct digest *id, const char **out)
{
    const ProtobufCMessage *body;
    TRY(body_of(call, view, id, &peregrin__extension__descriptor, &body));
    *out = body ? ((const Peregrin__Extension *)body)->end : NULL;
    return FAULT_NONE;
}

/* What both lists begin with. */
static json_t *line_of(const struct api_call *call, const struct listing *listing)
{
    const struct store_place *place = &listing->row.place;
    const Peregrin__Person *person = listing->nomination ? listing->nomination->person : NULL;
    enum dossier_state state = (enum dossier_state)listing->row.state;
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "dossier",
                     api_call_dossier_text(call, &place->dossier), "direction",
                     listing_direction(place), "own", listing->own, "partner", listing->partner,
                     "state", dossier_state_code(state), "sentence", dossier_state_sentence(state),
                     "family_name", api_call_text(person ? person->family_name : NULL),
                     "given_names", api_call_text(person ? person->given_names : NULL));
}

static enum fault with(json_t *line, json_t *more, json_t **out)
{
    int failed = !line || json_object_update(line, more);
    json_decref(more);
    if (failed)
        json_decref(line);
    else
        *out = line;
    return failed ? FAULT_MEMORY : FAULT_NONE;
}

/* ---- stays ------------------------------------------------------------------------------------
 */

/* Those of an accepted nomination, whatever came of it. */
static bool is_stay(uint32_t state)
{
    switch ((enum dossier_state)state) {
    case DOSSIER_ACCEPTED:
    case DOSSIER_REOPENED:
    case DOSSIER_ARRIVED:
    case DOSSIER_EXTENDING:
    case DOSSIER_DEPARTED:
    case DOSSIER_TRANSCRIPT:
    case DOSSIER_RECOGNISED: return true;
    default: return false;
    }
}

static enum fault show_stay(const struct api_call *call, const struct api_page *page,
                            const struct listing *listing, json_t **json)
{
    const char *arrived, *departed, *extended, *asked;
    const Peregrin__Nomination *nomination = listing->nomination;
    const Peregrin__HandMark *mark;
    struct dossier_view view;
    json_t *by_hand;
    (void)page;
    TRY(hand_mark_of(call->api->store, &listing->row, call->arena, &mark));
    if (!is_stay(hand_state_of(&listing->row, mark)))
        return FAULT_NONE;
    TRY(dossier_view_load(call->api->store, &listing->row.place, false, call->arena, &view));
    TRY(day_of(call, &view, &view.dossier.arrival, &arrived));
    TRY(day_of(call, &view, &view.dossier.departure, &departed));
    TRY(end_of(call, &view, &view.dossier.extension, &extended));
    TRY(end_of(call, &view, &view.dossier.extending, &asked));
    if (mark) {
        Peregrin__HandMarks *marks;
        TRY(hand_marks(call->api->store, &listing->row.place, call->arena, &marks));
        if (mark->state != DOSSIER_ACCEPTED)
            arrived = hand_marked_on(marks, DOSSIER_ARRIVED);
        if (mark->state != DOSSIER_ACCEPTED && mark->state != DOSSIER_ARRIVED)
            departed = hand_marked_on(marks, DOSSIER_DEPARTED);
    }
    TRY(api_mark_json(call, &listing->row, &by_hand));
    json_t *more = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "by_hand", by_hand, "year",
                             api_call_text(nomination ? nomination->year : NULL), "start",
                             api_call_text(nomination ? nomination->start : NULL), "end",
                             api_call_text(extended     ? extended
                                           : nomination ? nomination->end
                                                        : NULL),
                             "asked_end", api_call_text(asked), "arrived_on",
                             api_call_text(arrived), "departed_on", api_call_text(departed),
                             "changed_at", api_call_seconds(listing->row.changed_at));
    return with(line_of(call, listing), more, json);
}

/* ---- recognitions -----------------------------------------------------------------------------
 */

/* Exact decimals, as in lists of transcripts. */
static json_t *ects(const struct api_call *call, uint32_t hundredths)
{
    uint32_t whole = hundredths / 100, rest = hundredths % 100;
    const char *text = rest % 10 ? arena_format(call->arena, "%u.%02u", whole, rest)
                                 : arena_format(call->arena, "%u.%u", whole, rest / 10);
    return api_call_text(text);
}

/* A transcript that waits for its recognition is a line, too: there is the work. */
static enum fault show_recognition(const struct api_call *call, const struct api_page *page,
                                   const struct listing *listing, json_t **json)
{
    const Peregrin__CreditRecord *transcript = listing->transcript;
    const ProtobufCMessage *body;
    struct dossier_view view;
    (void)page;
    TRY(dossier_view_load(call->api->store, &listing->row.place, false, call->arena, &view));
    TRY(body_of(call, &view, &view.dossier.recognition, &peregrin__recognition__descriptor, &body));
    const Peregrin__Recognition *recognition = (const Peregrin__Recognition *)body;
    json_t *more = json_pack(
        "{s:o, s:o, s:o, s:o, s:o}", "components",
        transcript ? json_integer((json_int_t)transcript->n_components) : json_null(), "total_ects",
        transcript ? ects(call, transcript->total_hundredths) : json_null(), "recognised_ects",
        recognition ? ects(call, recognition->total_hundredths) : json_null(), "decided_on",
        api_call_text(recognition ? recognition->decided_on : NULL), "changed_at",
        api_call_seconds(listing->row.changed_at));
    return with(line_of(call, listing), more, json);
}

/* ---- both -------------------------------------------------------------------------------------
 */

static bool state_of(const struct api_call *call, struct api_reply *reply, uint64_t *out)
{
    const char *state = api_call_query(call, "state");
    int found = state ? dossier_state_find(state) : -1;
    *out = found < 0 ? dossier_family_states(KIND_MOBILITY) : UINT64_C(1) << found;
    return !state || found >= 0 ||
           api_call_usage(reply, "this is no state", "give one as in the list of nominations",
                          "state");
}

static enum fault list(const struct api_call *call, struct api_reply *reply, struct api_page *page,
                       const char *name)
{
    if (!api_page_direction(call, reply, &page->opened_by_partner) ||
        !state_of(call, reply, &page->states))
        return FAULT_NONE;
    return api_page_list(call, reply, page, name);
}

static enum fault list_stays(const struct api_call *call, struct api_reply *reply)
{
    struct api_page page = {.show = show_stay};
    return list(call, reply, &page, "stays");
}

static enum fault list_recognitions(const struct api_call *call, struct api_reply *reply)
{
    struct api_page page = {.show = show_recognition, .with_transcript = true};
    return list(call, reply, &page, "recognitions");
}

const struct api_route api_stay_routes[] = {
    {
        .row = {"GET", "/api/v1/stays", "who comes, is there and has left"},
        .needs = ROLE_NEED_READ,
        .serve = list_stays,
        .query = "direction state partner after limit",
    },
    {
        .row = {"GET", "/api/v1/recognitions", "transcripts, and what is recognised of them"},
        .needs = ROLE_NEED_READ,
        .serve = list_recognitions,
        .query = "direction state partner after limit",
    },
    {},
};
