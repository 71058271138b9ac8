#include "api/api_dossier.h"
#include "api/api_press.h"
#include "api/api_routes.h"
#include "admin/proof.h"
#include "elmo/elmo.h"
#include "press/press_paper.h"
#include "report/text.h"
#include "trust/evidence.h"

/* ---- which records -----------------------------------------------------------------------------
 */

static enum fault body_of(const struct api_call *call, const struct dossier_view *view,
                          const struct digest *id, const void **body)
{
    ProtobufCMessage *message = NULL;
    size_t at = dossier_view_find(view, id);
    if (at < view->count)
        TRY(dossier_view_body(&view->records[at], call->arena, &message));
    *body = message;
    return FAULT_NONE;
}

static enum fault bodies_load(const struct api_call *call, const struct dossier_view *view,
                              struct press_paper *paper)
{
    const struct dossier *dossier = &view->dossier;
    const struct digest *agreed = &dossier->learning_agreed;
    bool known = dossier_view_find(view, agreed) < view->count;
    paper->agreed = known;
    TRY(body_of(call, view, &dossier->revision, (const void **)&paper->nomination));
    TRY(body_of(call, view, &dossier->transcript, (const void **)&paper->transcript));
    TRY(body_of(call, view, &dossier->recognition, (const void **)&paper->recognition));
    return body_of(call, view, known ? agreed : &dossier->learning,
                   (const void **)&paper->learning);
}

/* The record that this paper attaches, or NULL: the one in force of its kind, with its body. */
static const struct digest *record_of(const struct press_row *row, const struct press_paper *paper,
                                      const struct dossier *dossier)
{
    switch (row->record) {
    case PRESS_RECORD_TRANSCRIPT: return paper->transcript ? &dossier->transcript : NULL;
    case PRESS_RECORD_RECOGNITION:
        return paper->recognition && paper->transcript ? &dossier->recognition : NULL;
    case PRESS_RECORD_LEARNING:
        return !paper->learning ? NULL
               : paper->agreed  ? &dossier->learning_agreed
                                : &dossier->learning;
    }
    return NULL;
}

static void explain_none(const struct api_call *call, struct api_reply *reply, const char *what)
{
    api_call_explain(reply, VERDICT_NOT_FOUND,
                     arena_format(call->arena, "the dossier has no %s that can be shown", what),
                     "`peregrin nomination show` says how far it has come and who must act",
                     "paper");
}

/* ---- what it says ------------------------------------------------------------------------------
 */

static struct press_party party_of(const struct api_call *call, const char *schac)
{
    const struct catalogue_institution *found = catalogue_party(call->api->catalogue, schac);
    return (struct press_party) {schac, found && found->name ? found->name : schac};
}

static enum fault put_record(const struct api_call *call, struct api_reply *reply,
                             const struct dossier_view *view, size_t at, struct press_paper *paper)
{
    Peregrin__Evidence *evidence;
    const struct store_record *record = &view->records[at];
    TRY(proof_evidence(call->api->store, &call->api->files, record, call->arena, &evidence));
    if (!evidence) {
        api_call_explain(reply, VERDICT_UNAVAILABLE, "the record is not sealed yet",
                         "try again in a moment", NULL);
        return FAULT_NONE;
    }
    paper->record.lane = record->lane;
    paper->record.index = record->index;
    paper->record.id = text_hex(digest_bytes(&record->id), call->arena);
    paper->record.issuer = view->headers[at].fields->issuer;
    paper->record.said_at = view->headers[at].issued_at * 60;
    paper->record.evidence = evidence_pack(evidence, call->arena);
    return paper->record.evidence.data && paper->record.id ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault describe(const struct api_call *call, struct api_reply *reply,
                           struct bytes *description)
{
    const struct press_row *row = press_paper_find(call->parameters[1]);
    const char *language = api_call_query(call, "language");
    struct press_paper paper = {.language = language ? language : press_text_language(0)};
    struct api_dossier found;
    struct dossier_view view;
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(dossier_view_load(call->api->store, &found.place, true, call->arena, &view));
    TRY(bodies_load(call, &view, &paper));
    const struct digest *id = record_of(row, &paper, &view.dossier);
    if (!id || !paper.nomination) {
        explain_none(call, reply, call->parameters[1]);
        return FAULT_NONE;
    }
    bool opened = !found.place.opened_by_partner;
    paper.dossier = api_call_dossier_text(call, &found.place.dossier);
    paper.home = party_of(call, opened ? found.own : found.partner);
    paper.host = party_of(call, opened ? found.partner : found.own);
    TRY(put_record(call, reply, &view, dossier_view_find(&view, id), &paper));
    if (api_call_refused(reply))
        return FAULT_NONE;
    *description = press_paper_write(row, &paper, call->arena);
    return description->data ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault show_paper(const struct api_call *call, struct api_reply *reply)
{
    if (press_paper_find(call->parameters[1]))
        return api_press_show(call, reply, describe);
    api_call_usage(reply, "there is no such paper",
                   "ask for transcript, recognition, supplement or learning", "paper");
    return FAULT_NONE;
}

/* ---- for other systems -------------------------------------------------------------------------
 */

static enum fault put_elmo(const struct api_call *call, struct api_reply *reply,
                           const struct api_dossier *found, const struct dossier_view *view,
                           const struct press_paper *paper)
{
    const char *schac = found->place.opened_by_partner ? found->own : found->partner;
    const struct catalogue_institution *issuer = catalogue_institution(call->api->catalogue, schac);
    size_t at = dossier_view_find(view, &view->dossier.transcript);
    struct elmo_transcript transcript = {
        .dossier = api_call_dossier_text(call, &found->place.dossier),
        .issuer = {schac, issuer && issuer->name ? issuer->name : schac,
                   issuer ? issuer->country : NULL},
        .person = paper->nomination->person,
        .record = paper->transcript,
        .said_at = view->headers[at].issued_at * 60,
    };
    reply->raw = elmo_write(&transcript, call->arena);
    reply->raw_type = "application/xml";
    return reply->raw.data ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault show_elmo(const struct api_call *call, struct api_reply *reply)
{
    struct press_paper paper = {0};
    struct api_dossier found;
    struct dossier_view view;
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(dossier_view_load(call->api->store, &found.place, true, call->arena, &view));
    TRY(bodies_load(call, &view, &paper));
    if (paper.transcript && paper.nomination && paper.nomination->person)
        return put_elmo(call, reply, &found, &view, &paper);
    explain_none(call, reply, "transcript");
    return FAULT_NONE;
}

const struct api_route api_paper_routes[] = {
    {
        .row = {"GET", "/api/v1/nominations/{dossier}/elmo",
                "the transcript as ELMO 2.1, for other systems"},
        .needs = ROLE_NEED_READ,
        .serve = show_elmo,
        .query = "opener",
    },
    {
        .row = {"GET", "/api/v1/nominations/{dossier}/papers/{paper}",
                "a transcript, recognition sheet, supplement or learning agreement as PDF"},
        .needs = ROLE_NEED_READ,
        .serve = show_paper,
        .query = "opener language",
    },
    {},
};
