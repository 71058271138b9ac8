#include "admin/audit_record.h"

#include "report/dossier_view.h"

#include <assert.h>
#include <string.h>

/* A record on the ladder. */
struct subject {
    struct audit_record_reader *reader;
    const struct store_pair *pair;
    const struct store_record *record;
    struct header header;
    struct dossier_view view;
    const char *author, *other;
    struct audit_record_finding *finding;
};

typedef enum fault rung(struct subject *subject);
static rung own_bytes, names, body, seal, lane, receipt, whole_dossier;

/* In this order; the first that says something ends it. */
static rung *const ladder[] = {
    own_bytes,     /* 1 the header's digest is the record's id */
    names,         /* 2 it stands where its header says, between whom it says */
    body,          /* 3 salt and body are those it commits to */
    seal,          /* 4 its author's seal holds it */
    lane,          /* 5 what it names as previous and as seen is there */
    receipt,       /* 6 the addressee's receipt, where one is linked, holds it */
    whole_dossier, /* 7 the dossier's row is what its records say; with its first record */
};

static enum fault say(struct subject *subject, enum verdict verdict, const char *what)
{
    *subject->finding = (struct audit_record_finding) {what, verdict};
    return FAULT_NONE;
}

enum fault audit_record_check(struct audit_record_reader *reader, const struct store_pair *pair,
                              const struct store_record *record, struct audit_record_finding *out)
{
    bool ours = record->flags & STORE_OURS;
    struct subject subject = {
        .reader = reader,
        .pair = pair,
        .record = record,
        .author = ours ? pair->own : pair->partner,
        .other = ours ? pair->partner : pair->own,
        .finding = out,
    };
    *out = (struct audit_record_finding) {0};
    arena_reset(reader->scratch);
    for (size_t i = 0; i < sizeof ladder / sizeof *ladder && !out->what; i++)
        TRY(ladder[i](&subject));
    return FAULT_NONE;
}

static enum fault own_bytes(struct subject *subject)
{
    const struct store_record *record = subject->record;
    enum verdict verdict =
        header_read_held(record->header, subject->reader->scratch, &subject->header);
    if (verdict == VERDICT_TOO_LARGE)
        return FAULT_MEMORY;
    if (verdict)
        return say(subject, verdict, "the header cannot be read");
    if (!digest_equal(&subject->header.id, &record->id))
        return say(subject, VERDICT_FORGED, "the header's digest is another than the record's id");
    return FAULT_NONE;
}

static enum fault names(struct subject *subject)
{
    const struct header *header = &subject->header;
    const struct store_record *record = subject->record;
    const struct store_place *place = &record->place;
    bool ours = record->flags & STORE_OURS;
    bool holds = strcmp(header->fields->network, subject->reader->audit->catalogue->network) == 0 &&
                 strcmp(header->fields->issuer, subject->author) == 0 &&
                 strcmp(header->fields->audience, subject->other) == 0 &&
                 memcmp(header->dossier.bytes, place->dossier.bytes, HEADER_DOSSIER_SIZE) == 0 &&
                 header->lane == record->lane && header->index == record->index &&
                 header->kind == record->kind && header->issued_at == record->issued_at &&
                 ours == (record->lane == dossier_view_own_lane(place));
    return holds ? FAULT_NONE
                 : say(subject, VERDICT_FORGED, "the record stands where its header does not say");
}

static enum fault body(struct subject *subject)
{
    const struct store_record *record = subject->record;
    struct digest commitment;
    if (record->salt.size == 0)
        return FAULT_NONE; /* withheld or erased: header and seal still prove the record */
    if (record->salt.size != DIGEST_SALT_SIZE)
        return say(subject, VERDICT_FORGED, "the salt has another size");
    header_commit(record->salt.data, record->body, &commitment);
    if (!digest_equal(&commitment, &subject->header.commitment))
        return say(subject, VERDICT_FORGED, "the body is not the one that its header commits to");
    return FAULT_NONE;
}

/* A statement of the store that must hold this record. */
static enum fault signed_holds(struct subject *subject, struct audit_signed *signed_,
                               const char *between, const struct audit_signed_leaf *leaf)
{
    const char *network = subject->reader->audit->catalogue->network;
    if (signed_->what)
        return say(subject, signed_->verdict, signed_->what);
    if (strcmp(signed_->network, network) != 0 || strcmp(signed_->audience, between) != 0)
        return say(subject, VERDICT_FORGED, "what was signed names others than the record");
    const char *what = audit_signed_holds(signed_, leaf);
    return what ? say(subject, VERDICT_FORGED, what) : FAULT_NONE;
}

static enum fault seal(struct subject *subject)
{
    struct audit_record_reader *reader = subject->reader;
    const struct store_record *record = subject->record;
    bool fresh;
    if (!record->seal)
        return say(subject, VERDICT_NOT_FOUND, "the record has no seal");
    TRY(audit_signed_read(reader->audit, &reader->seal, record->seal, subject->author, &fresh));
    reader->seals += fresh;
    struct audit_signed_leaf leaf = {&record->id, record->seal_index, record->seal_path};
    return signed_holds(subject, &reader->seal, subject->other, &leaf);
}

/* Somebody stands at the place and it is another: a name that leads to nothing we hold is no fault,
 * the dossier counts it as incomplete. Ours cannot be missing in our own lane. */
static bool leads_astray(const struct dossier_view *view, uint32_t lane_number, uint32_t index,
                         const struct digest *id)
{
    bool taken = false;
    for (size_t i = 0; i < view->count; i++) {
        bool here = view->records[i].lane == lane_number && view->records[i].index == index;
        if (here && digest_equal(&view->records[i].id, id))
            return false;
        taken = taken || here;
    }
    return taken;
}

static enum fault lane(struct subject *subject)
{
    const struct header *header = &subject->header;
    const struct store_record *record = subject->record;
    struct dossier_view *view = &subject->view;
    enum fault loaded = dossier_view_load(subject->reader->audit->store, &record->place, false,
                                          subject->reader->scratch, view);
    if (loaded == FAULT_CORRUPT)
        return say(subject, VERDICT_MALFORMED, "another record of the dossier cannot be read");
    TRY(loaded);
    bool forked = view->dossier.forked[0] || view->dossier.forked[1];
    if (forked)
        return FAULT_NONE; /* both branches are kept, and each leads to its own */
    if (header->index > 0 && leads_astray(view, header->lane, header->index - 1, &header->previous))
        return say(subject, VERDICT_FORGED, "the record before it is another than it names");
    bool first = header->index == 0;
    if (record->flags & STORE_OURS && !first &&
        dossier_view_find(view, &header->previous) == view->count)
        return say(subject, VERDICT_NOT_FOUND, "our own record before it is not here");
    if (header->has_seen &&
        leads_astray(view, 1 - header->lane, header->seen_index, &header->seen_id))
        return say(subject, VERDICT_FORGED, "the record it had seen is another than it names");
    return FAULT_NONE;
}

static enum fault receipt(struct subject *subject)
{
    struct audit_record_reader *reader = subject->reader;
    struct store *store = reader->audit->store;
    struct store_receipt_link link;
    bool fresh;
    TRY(store->receipt_of(store, subject->record->serial, &link));
    if (!link.receipt)
        return FAULT_NONE;
    TRY(audit_signed_read(reader->audit, &reader->receipt, link.receipt, subject->other, &fresh));
    reader->receipts += fresh;
    struct audit_signed_leaf leaf = {.id = &subject->record->id, .index = link.index};
    return signed_holds(subject, &reader->receipt, subject->author, &leaf);
}

static int64_t serial_of(const struct dossier_view *view, const struct digest *id)
{
    size_t at = dossier_view_find(view, id);
    return at < view->count ? view->records[at].serial : 0;
}

static bool row_holds(const struct dossier_view *view, const struct store_dossier *row)
{
    const struct dossier *dossier = &view->dossier;
    return row->state == (uint32_t)dossier->state &&
           row->revision == serial_of(view, &dossier->revision) &&
           row->transcript == serial_of(view, &dossier->transcript) &&
           row->lengths[0] == dossier->lengths[0] && row->lengths[1] == dossier->lengths[1] &&
           row->incomplete == dossier->incomplete &&
           row->not_understood == dossier->not_understood && row->forked[0] == dossier->forked[0] &&
           row->forked[1] == dossier->forked[1];
}

static enum fault whole_dossier(struct subject *subject)
{
    struct store *store = subject->reader->audit->store;
    const struct dossier_view *view = &subject->view;
    struct store_dossier row;
    bool found;
    for (size_t i = 0; i < view->count; i++)
        if (view->records[i].serial < subject->record->serial)
            return FAULT_NONE; /* it was looked at with an earlier record */
    TRY(store->dossier_get(store, &subject->record->place, &found, &row));
    subject->reader->dossiers++;
    if (!found || !row_holds(view, &row))
        return say(subject, VERDICT_CONTRADICTS,
                   "the dossier's state is another than its records say");
    return FAULT_NONE;
}
