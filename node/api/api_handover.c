/* What is sent by e-mail to a partner without a node: the nominations that wait for its answer,
 * and for a while those that were withdrawn, as a paper, as a list, and as evidence that anybody
 * can verify. All three are of the same rows. */
#include "admin/export.h"
#include "admin/hand.h"
#include "admin/proof.h"
#include "admin/unit.h"
#include "api/api_call.h"
#include "api/api_press.h"
#include "api/api_routes.h"
#include "press/press_handover.h"
#include "press/press_text.h"
#include "report/dossier_view.h"
#include "report/text.h"
#include "seal/tree.h"
#include "trust/evidence_bundle.h"

#include <string.h>

enum { ROWS_MAX = 200, TOLD_SECONDS = 60 * 86400, PAGE = 100, ATTACHED_MAX = 5 * 1024 * 1024 };

struct row {
    struct store_place place;
    struct store_record *record, *withdrawal; /* withdrawal NULL: there is none */
    const Peregrin__Nomination *nomination;
    const char *dossier;
};

struct handover {
    const char *own;
    const struct catalogue_institution *partner;
    struct store_pair pair;
    struct row *rows;
    size_t count;
    const char *file; /* without an end */
    bool many;
};

/* ---- which nominations -------------------------------------------------------------------------
 */

/* Nobody writes down what was sent: what is withdrawn is told for a while, and what was changed
 * until an answer to that is kept. */
static bool is_due(const struct api_call *call, const struct handover *handover,
                   const struct store_dossier *dossier, const Peregrin__HandMark *mark)
{
    bool all = api_call_query(call, "all");
    if (dossier->state == DOSSIER_WITHDRAWN)
        return catalogue_is_by_hand(call->api->catalogue, handover->partner->schac) &&
               (all || dossier->changed_at + TOLD_SECONDS > instant_seconds(call->request->now));
    return all || !mark || mark->state == DOSSIER_REOPENED ||
           (mark->has_revision && mark->revision != (uint64_t)dossier->revision);
}

static enum fault withdrawal_find(const struct api_call *call, const struct store_dossier *dossier,
                                  struct store_record **out)
{
    struct store *store = call->api->store;
    struct store_record *records;
    size_t count;
    *out = NULL;
    if (dossier->state != DOSSIER_WITHDRAWN)
        return FAULT_NONE;
    TRY(store->record_list(store, &dossier->place, true, call->arena, &records, &count));
    for (size_t i = 0; i < count; i++)
        if (records[i].kind == PEREGRIN__KIND__KIND_WITHDRAWAL)
            *out = &records[i];
    return FAULT_NONE;
}

static const char *change_of(const struct row *row)
{
    return row->withdrawal                                       ? "withdrawn"
           : row->record->kind == PEREGRIN__KIND__KIND_AMENDMENT ? "changed"
                                                                 : NULL;
}

static enum fault row_add(const struct api_call *call, struct handover *handover,
                          const struct store_dossier *dossier)
{
    struct store *store = call->api->store;
    const char *year = api_call_query(call, "year");
    const Peregrin__HandMark *mark;
    struct store_record *record = NULL, *withdrawal;
    ProtobufCMessage *body = NULL;
    bool sees;
    TRY(api_call_sees_row(call, handover->own, dossier, &sees));
    TRY(hand_mark_of(store, dossier, call->arena, &mark));
    if (!sees || !is_due(call, handover, dossier, mark))
        return FAULT_NONE;
    if (dossier->revision)
        TRY(store->record_get(store, dossier->revision, call->arena, &record));
    if (record)
        TRY(dossier_view_body(record, call->arena, &body));
    if (!body || body->descriptor != &peregrin__nomination__descriptor)
        return FAULT_NONE; /* erased, or set aside: there is nothing to send */
    const Peregrin__Nomination *nomination = (const Peregrin__Nomination *)body;
    if (year && (!nomination->year || strcmp(nomination->year, year) != 0))
        return FAULT_NONE;
    TRY(withdrawal_find(call, dossier, &withdrawal));
    handover->many = handover->count == ROWS_MAX;
    if (!handover->many)
        handover->rows[handover->count++] =
            (struct row) {dossier->place, record, withdrawal, nomination,
                          api_call_dossier_text(call, &dossier->place.dossier)};
    return FAULT_NONE;
}

static enum fault rows_find(const struct api_call *call, struct handover *handover)
{
    struct store *store = call->api->store;
    struct store_dossier_query query = {.pair = handover->pair.pair,
                                        .states = UINT64_C(1) << DOSSIER_PENDING |
                                                  UINT64_C(1) << DOSSIER_WITHDRAWN,
                                        .opened_by_partner = 0,
                                        .max = PAGE};
    struct store_dossier *page;
    for (size_t count = PAGE; count == PAGE && !handover->many;) {
        TRY(store->dossier_list(store, &query, call->arena, &page, &count));
        for (size_t i = 0; i < count && !handover->many; i++)
            TRY(row_add(call, handover, &page[i]));
        if (count)
            query.after = &page[count - 1].place;
    }
    return FAULT_NONE;
}

static enum fault pair_find(const struct api_call *call, struct handover *handover)
{
    struct store_pair *pairs;
    size_t count;
    TRY(api_call_pair_list(call, &pairs, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].own, handover->own) == 0 &&
            strcmp(pairs[i].partner, handover->partner->schac) == 0)
            handover->pair = pairs[i];
    return FAULT_NONE;
}

static enum fault handover_find(const struct api_call *call, struct api_reply *reply,
                                struct handover *out)
{
    char today[UNIT_DATE_SIZE];
    *out =
        (struct handover) {.partner = catalogue_party(call->api->catalogue, call->parameters[0])};
    if (!out->partner) {
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
        return FAULT_NONE;
    }
    if (!api_call_own(call, reply, api_call_query(call, "own"), &out->own))
        return FAULT_NONE;
    unit_today(call->request->now, today);
    out->rows = arena_take_array(call->arena, ROWS_MAX, sizeof *out->rows);
    out->file =
        arena_format(call->arena, "nominations-%s-%s-%s", out->own, out->partner->schac, today);
    if (!out->rows || !out->file)
        return FAULT_MEMORY;
    TRY(pair_find(call, out));
    if (out->pair.pair)
        TRY(rows_find(call, out));
    if (out->many)
        api_call_explain(reply, VERDICT_TOO_LARGE, "more than 200 nominations wait for an answer",
                         "choose some by year", "year");
    else if (!out->count)
        api_call_explain(reply, VERDICT_NOT_FOUND, "no nominations wait for this partner's answer",
                         "`peregrin nomination list --partner` shows how far each has come",
                         "partner");
    return FAULT_NONE;
}

/* ---- what proves them --------------------------------------------------------------------------
 */

static enum fault record_prove(const struct api_call *call, struct api_reply *reply,
                               const struct store_record *record, struct bytes *out)
{
    const struct api *api = call->api;
    Peregrin__Evidence *evidence;
    TRY(proof_evidence(api->store, &api->files, record, call->arena, &evidence));
    if (!evidence) {
        api_call_explain(reply, VERDICT_UNAVAILABLE, "a record is not sealed yet",
                         "try again in a moment", NULL);
        return FAULT_NONE;
    }
    *out = evidence_bundle_add(evidence, call->arena);
    return FAULT_NONE;
}

static enum fault evidence_find(const struct api_call *call, struct api_reply *reply,
                                const struct handover *handover, struct bytes *out)
{
    const struct api *api = call->api;
    struct bytes *parts = arena_take_array(call->arena, 2 * handover->count + 1, sizeof *parts);
    size_t size = 0, at = 0, count = 1;
    if (!parts)
        return FAULT_MEMORY;
    parts[0] = evidence_bundle_begin(&api->files, call->arena);
    for (size_t i = 0; i < handover->count; i++) {
        const struct row *row = &handover->rows[i];
        TRY(record_prove(call, reply, row->record, &parts[count++]));
        if (row->withdrawal)
            TRY(record_prove(call, reply, row->withdrawal, &parts[count++]));
        if (api_call_refused(reply))
            return FAULT_NONE;
    }
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    uint8_t *room = arena_room(call->arena, size);
    if (!room)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].data)
            return FAULT_MEMORY;
        memcpy(room + at, parts[i].data, parts[i].size);
        at += parts[i].size;
    }
    *out = (struct bytes) {room, size};
    return FAULT_NONE;
}

static enum fault show_evidence(const struct api_call *call, struct api_reply *reply)
{
    struct handover handover;
    TRY(handover_find(call, reply, &handover));
    if (!api_call_refused(reply))
        TRY(evidence_find(call, reply, &handover, &reply->raw));
    reply->raw_type = "application/octet-stream";
    return FAULT_NONE;
}

/* ---- the list ----------------------------------------------------------------------------------
 */

static enum fault show_list(const struct api_call *call, struct api_reply *reply)
{
    struct handover handover;
    struct store_place *only;
    const char **words;
    bool many;
    TRY(handover_find(call, reply, &handover));
    if (api_call_refused(reply))
        return FAULT_NONE;
    only = arena_take_array(call->arena, handover.count, sizeof *only);
    words = arena_take_array(call->arena, handover.count, sizeof *words);
    if (!only || !words)
        return FAULT_MEMORY;
    for (size_t i = 0; i < handover.count; i++) {
        only[i] = handover.rows[i].place;
        words[i] = change_of(&handover.rows[i]);
    }
    const struct export export = {.store = call->api->store,
                                  .pairs = &handover.pair,
                                  .pair_count = 1,
                                  .scope = call->who.scope,
                                  .only = only,
                                  .only_count = handover.count,
                                  .only_states = words,
                                  .language = api_call_query(call, "language")};
    if (export.language && !press_text_knows(export.language)) {
        api_call_usage(reply, "this language is not known", "give en, fr or nl", "language");
        return FAULT_NONE;
    }
    TRY(export_nominations(&export, call->arena, &reply->raw, &many));
    reply->raw_type = "text/csv; charset=utf-8";
    return FAULT_NONE;
}

static enum fault show_handover(const struct api_call *call, struct api_reply *reply)
{
    struct handover handover;
    Peregrin__HandPartner *partner;
    json_t *list, *changed, *withdrawn;
    TRY(handover_find(call, reply, &handover));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(hand_partner_get(call->api->store, handover.partner->schac, call->arena, &partner));
    TRY(api_call_put(reply, "own", json_string(handover.own)));
    TRY(api_call_put(reply, "partner", json_string(handover.partner->schac)));
    TRY(api_call_put(reply, "email", api_call_text(partner ? partner->email : NULL)));
    TRY(api_call_put(reply, "file", json_string(handover.file)));
    TRY(api_call_list(reply, "dossiers", &list));
    TRY(api_call_list(reply, "changed", &changed));
    TRY(api_call_list(reply, "withdrawn", &withdrawn));
    for (size_t i = 0; i < handover.count; i++) {
        const struct row *row = &handover.rows[i];
        TRY(api_call_append(list, json_string(row->dossier)));
        if (change_of(row))
            TRY(api_call_append(row->withdrawal ? withdrawn : changed, json_string(row->dossier)));
    }
    return FAULT_NONE;
}

/* ---- the paper ---------------------------------------------------------------------------------
 */

static struct press_party party_of(const struct api_call *call, const char *schac)
{
    const struct catalogue_institution *found = catalogue_party(call->api->catalogue, schac);
    return (struct press_party) {schac, found && found->name ? found->name : schac};
}

static enum fault paper_fill(const struct api_call *call, const struct handover *handover,
                             struct press_handover *paper)
{
    struct press_handover_row *rows = arena_take_array(call->arena, handover->count, sizeof *rows);
    struct digest *ids = arena_take_array(call->arena, handover->count, sizeof *ids), all;
    if (!rows || !ids)
        return FAULT_MEMORY;
    for (size_t i = 0; i < handover->count; i++) {
        const struct row *row = &handover->rows[i];
        const struct store_record *newest = row->withdrawal ? row->withdrawal : row->record;
        ids[i] = newest->id;
        rows[i] =
            (struct press_handover_row) {.nomination = row->nomination,
                                         .dossier = row->dossier,
                                         .record = text_hex(digest_bytes(&ids[i]), call->arena),
                                         .said_at = newest->issued_at * 60,
                                         .withdrawn = row->withdrawal,
                                         .changed = change_of(row)};
        if (!rows[i].record || !rows[i].dossier)
            return FAULT_MEMORY;
    }
    tree_root(ids, handover->count, &all);
    paper->rows = rows;
    paper->count = handover->count;
    paper->digest = text_hex(digest_bytes(&all), call->arena);
    paper->file_name = arena_format(call->arena, "%s.evidence", handover->file);
    return paper->digest && paper->file_name ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault describe(const struct api_call *call, struct api_reply *reply,
                           struct bytes *description)
{
    const char *language = api_call_query(call, "language");
    struct press_handover paper = {.language = language ? language : press_text_language(0),
                                   .made_at = instant_seconds(call->request->now)};
    struct handover handover;
    TRY(handover_find(call, reply, &handover));
    if (api_call_refused(reply))
        return FAULT_NONE;
    paper.home = party_of(call, handover.own);
    paper.host = party_of(call, handover.partner->schac);
    TRY(paper_fill(call, &handover, &paper));
    TRY(evidence_find(call, reply, &handover, &paper.evidence));
    if (!api_call_refused(reply) && paper.evidence.size > ATTACHED_MAX)
        api_call_explain(reply, VERDICT_TOO_LARGE, "the evidence is too large for a paper",
                         "choose some by year", "year");
    if (api_call_refused(reply))
        return FAULT_NONE;
    *description = press_handover_write(&paper, call->arena);
    return description->data ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault show_paper(const struct api_call *call, struct api_reply *reply)
{
    return api_press_show(call, reply, describe);
}

const struct api_route api_handover_routes[] = {
    {
        .row = {"GET", "/api/v1/handovers/{schac}",
                "which nominations wait for the answer of a partner without a node"},
        .needs = ROLE_NEED_READ,
        .serve = show_handover,
        .query = "own year all",
    },
    {
        .row = {"GET", "/api/v1/handovers/{schac}/paper", "the same as a PDF to send by e-mail"},
        .needs = ROLE_NEED_READ,
        .serve = show_paper,
        .query = "own year all language",
    },
    {
        .row = {"GET", "/api/v1/handovers/{schac}/list", "the same as CSV"},
        .needs = ROLE_NEED_READ,
        .serve = show_list,
        .query = "own year all language",
    },
    {
        .row = {"GET", "/api/v1/handovers/{schac}/evidence",
                "the same as evidence, which anybody can verify"},
        .needs = ROLE_NEED_READ,
        .serve = show_evidence,
        .query = "own year all",
    },
    {},
};
