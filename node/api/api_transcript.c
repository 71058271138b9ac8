#include "api/api_page.h"
#include "api/api_routes.h"

/* Exact decimals: `30.0`, `5.5`, `2.25`. */
static const char *ects_text(const struct api_call *call, uint32_t hundredths)
{
    uint32_t whole = hundredths / 100, rest = hundredths % 100;
    return rest % 10 ? arena_format(call->arena, "%u.%02u", whole, rest)
                     : arena_format(call->arena, "%u.%u", whole, rest / 10);
}

/* Where a body was erased the line stands with what is left. What the host issued we received. */
static enum fault show_row(const struct api_call *call, const struct api_page *,
                           const struct listing *listing, json_t **json)
{
    const struct store_place *place = &listing->row.place;
    const Peregrin__CreditRecord *transcript = listing->transcript;
    const Peregrin__Person *person = listing->nomination ? listing->nomination->person : NULL;
    *json = json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s}", "dossier",
        api_call_dossier_text(call, &place->dossier), "direction",
        place->opened_by_partner ? "outgoing" : "incoming", "own", listing->own, "partner",
        listing->partner, "family_name", api_call_text(person ? person->family_name : NULL),
        "given_names", api_call_text(person ? person->given_names : NULL), "components",
        transcript ? json_integer((json_int_t)transcript->n_components) : json_null(), "total_ects",
        transcript ? json_string(ects_text(call, transcript->total_hundredths)) : json_null(),
        "issued_on", api_call_text(transcript ? transcript->issued_on : NULL), "delivery",
        delivery_code(place->opened_by_partner ? listing->delivery : DELIVERY_RECEIVED));
    return *json ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault list_transcripts(const struct api_call *call, struct api_reply *reply)
{
    struct api_page page = {
        .show = show_row, .states = dossier_family_states(KIND_MOBILITY), .with_transcript = true};
    if (!api_page_direction(call, reply, &page.opened_by_partner))
        return FAULT_NONE;
    /* A transcript goes the other way: the host issues it for the home that opened the dossier. */
    if (page.opened_by_partner >= 0)
        page.opened_by_partner = !page.opened_by_partner;
    return api_page_list(call, reply, &page, "transcripts");
}

const struct api_route api_transcript_routes[] = {
    {
        .row = {"GET", "/api/v1/transcripts", "transcripts in both directions"},
        .needs = ROLE_NEED_READ,
        .serve = list_transcripts,
        .query = "direction partner after limit",
    },
    {},
};
