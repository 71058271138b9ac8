#include "support/forger.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/statement.h"
#include "seal/tree.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { FAR_AWAY = 1000000 }; /* a number that no other record has */

static const char *const shapes[FORGER_SHAPES] = {
    [FORGER_TRUE] = "true",         /* nothing is wrong */
    [FORGER_FORGED] = "forged",     /* one bit of the signature */
    [FORGER_STRIPPED] = "stripped", /* a seal without its signature */
    [FORGER_SWAPPED] = "swapped",   /* the true seal of another batch */
    [FORGER_CONTEXT] = "context",   /* signed as a receipt is */
    [FORGER_DOSSIER] = "dossier",   /* moved to another dossier after it was sealed */
    [FORGER_AUDIENCE] = "audience", /* sealed for somebody else */
    [FORGER_ISSUER] = "issuer",     /* the headers name somebody else as their author */
    [FORGER_STREAM] = "stream",     /* said as somebody else's stream */
    [FORGER_BODY] = "body",         /* not the body that the header commits to */
    [FORGER_KEY] = "key",           /* by a key that no catalogue has */
    [FORGER_CLAIM] = "claim",       /* the body says another year than the claim */
    [FORGER_CRITICAL] = "critical", /* an extension that nobody knows must be understood */
};

bool forger_shape(const char *name, enum forger_shape *out)
{
    for (size_t i = 0; i < FORGER_SHAPES; i++)
        if (strcmp(name, shapes[i]) == 0) {
            *out = (enum forger_shape)i;
            return true;
        }
    return false;
}

/* ---- records ---- */

static struct bytes body_of(const struct forger_craft *craft, struct arena *arena)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Kanarie-Vals";
    person.given_names = arena_format(arena, "Nep %u", craft->number);
    person.birth_date = "2004-02-29";
    person.email = arena_format(arena, "kanarie.%u@student.vals.example", craft->number);
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 1;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    if (craft->body_bytes) {
        nomination.comment = arena_take(arena, craft->body_bytes + 1);
        memset(nomination.comment, 'x', craft->body_bytes);
    }
    return codec_pack(&nomination.base, arena);
}

static struct header_dossier dossier_of(const struct speaker *speaker, uint32_t number)
{
    uint8_t random[10] = {9};
    bytes_write_u32le(random + 1, number);
    return header_dossier_new(speaker->minute, random);
}

static struct bytes header_of(const struct speaker *speaker, const struct forger_craft *craft,
                              const struct digest *commitment, struct arena *arena)
{
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    struct header_dossier dossier =
        dossier_of(speaker, craft->dossier ? craft->dossier : craft->number);
    uint32_t critical = craft->critical;
    claim.year = (char *)(uintptr_t)(craft->year ? craft->year : "2026/2027");
    claim.has_change = claim.has_target = craft->index > 0;
    claim.change = PEREGRIN__CHANGE__CHANGE_KEEPS;
    header.network = (char *)(uintptr_t)speaker->catalogue->network;
    header.issuer = (char *)(uintptr_t)(craft->issuer ? craft->issuer : speaker->own->schac);
    header.audience = (char *)(uintptr_t)speaker->other->schac;
    header.has_dossier = header.has_lane = header.has_index = true;
    header.dossier = speaker_binary(dossier.bytes, HEADER_DOSSIER_SIZE);
    header.index = craft->index;
    header.has_previous = craft->index > 0;
    if (header.has_previous)
        header.previous = claim.target = speaker_binary(craft->previous->bytes, DIGEST_SIZE);
    header.has_kind = header.has_schema = header.has_issued_at = header.has_commitment = true;
    header.kind = craft->index ? PEREGRIN__KIND__KIND_AMENDMENT : PEREGRIN__KIND__KIND_NOMINATION;
    header.schema = 1;
    header.n_critical = critical != 0;
    header.critical = &critical;
    header.issued_at = speaker->minute;
    header.claim = &claim;
    header.commitment = speaker_binary(commitment->bytes, DIGEST_SIZE);
    return header_pack(&header, arena);
}

struct forger_record forger_make(const struct speaker *speaker, const struct forger_craft *craft,
                                 struct arena *arena)
{
    uint8_t salt[DIGEST_SALT_SIZE] = {7};
    struct digest commitment;
    bytes_write_u32le(salt + 1, craft->number);
    struct forger_record out = {
        .salt = arena_copy(arena, (struct bytes) {salt, sizeof salt}),
        .body = body_of(craft, arena),
    };
    header_commit(salt, out.body, &commitment);
    out.header = header_of(speaker, craft, &commitment, arena);
    assert(out.header.data && out.body.data);
    digest_of(DIGEST_RECORD, out.header, &out.id);
    return out;
}

/* ---- seals ---- */

static Peregrin__Signed *seal_of(const struct speaker *speaker, const struct forger_batch *batch,
                                 const struct forger_record *records, struct arena *arena)
{
    struct digest leaves[STATEMENT_SEAL_LEAVES], root;
    Peregrin__SealStatement said = PEREGRIN__SEAL_STATEMENT__INIT;
    bool elsewhere = batch->shape == FORGER_AUDIENCE;
    for (size_t i = 0; i < batch->count; i++)
        leaves[i] = records[i].id;
    tree_root(leaves, batch->count, &root);
    said.network = (char *)(uintptr_t)speaker->catalogue->network;
    said.issuer = (char *)(uintptr_t)speaker->own->schac;
    said.audience = (char *)(uintptr_t)(elsewhere ? batch->third : speaker->other->schac);
    said.key_id = (char *)(uintptr_t)speaker->own_key->id;
    said.has_key_digest = said.has_count = said.has_root = true;
    said.has_time = said.has_catalogue_version = true;
    said.key_digest = speaker_binary(speaker->own_key->digest.bytes, DIGEST_SIZE);
    said.count = batch->count;
    said.root = speaker_binary(root.bytes, DIGEST_SIZE);
    said.time = instant_seconds(speaker_now());
    said.catalogue_version = speaker->catalogue->version;
    bool context = batch->shape == FORGER_CONTEXT;
    return speaker_sign(speaker, context ? SEAL_CONTEXT_RECEIPT : SEAL_CONTEXT_SEAL, &said.base,
                        arena);
}

static void seal_spoil(enum forger_shape shape, Peregrin__Signed *seal)
{
    if (shape == FORGER_FORGED)
        seal->signatures[0]->signature.data[0] ^= 1;
    if (shape == FORGER_KEY)
        seal->signatures[0]->key_digest.data[0] ^= 1;
    if (shape == FORGER_STRIPPED)
        seal->n_signatures = 0;
}

/* ---- batches ---- */

static void carry(const struct forger_record *record, Peregrin__Carried *out)
{
    peregrin__carried__init(out);
    out->has_header = out->has_salt = out->has_body = true;
    out->header = speaker_binary(record->header.data, record->header.size);
    out->salt = speaker_binary(record->salt.data, record->salt.size);
    out->body = speaker_binary(record->body.data, record->body.size);
}

/* What was sealed is not what is carried. */
static void carried_spoil(const struct speaker *speaker, const struct forger_batch *batch,
                          Peregrin__Carried *carried, struct arena *arena)
{
    struct forger_craft craft = {.number = batch->first + FAR_AWAY};
    if (batch->shape == FORGER_DOSSIER)
        craft = (struct forger_craft) {.number = batch->first, .dossier = craft.number};
    struct forger_record other = forger_make(speaker, &craft, arena);
    if (batch->shape == FORGER_BODY)
        carried->body = speaker_binary(other.body.data, other.body.size);
    else if (batch->shape == FORGER_SWAPPED || batch->shape == FORGER_DOSSIER)
        carry(&other, carried);
}

struct bytes forger_wrap(const struct speaker *speaker, const struct forger_batch *batch,
                         const struct forger_record *records, struct arena *arena)
{
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    Peregrin__Deliver deliver = PEREGRIN__DELIVER__INIT;
    Peregrin__Carried *carried = arena_take_array(arena, batch->count, sizeof *carried);
    Peregrin__Carried **list = arena_take_array(arena, batch->count, sizeof(void *));
    bool alien = batch->shape == FORGER_STREAM;
    assert(carried && list && batch->count <= STATEMENT_SEAL_LEAVES);
    for (size_t i = 0; i < batch->count; i++) {
        carry(&records[i], &carried[i]);
        list[i] = &carried[i];
    }
    deliver.issuer = (char *)(uintptr_t)(alien ? batch->third : speaker->own->schac);
    deliver.audience = (char *)(uintptr_t)speaker->other->schac;
    deliver.has_position = true;
    deliver.position = batch->position;
    deliver.seal = seal_of(speaker, batch, records, arena);
    seal_spoil(batch->shape, deliver.seal);
    deliver.n_records = batch->count;
    deliver.records = list;
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &deliver;
    carried_spoil(speaker, batch, &carried[0], arena);
    return codec_pack(&message.base, arena);
}

struct bytes forger_deliver(const struct speaker *speaker, const struct forger_batch *batch,
                            struct arena *arena)
{
    struct forger_record *records = arena_take_array(arena, batch->count, sizeof *records);
    assert(records);
    for (uint32_t i = 0; i < batch->count; i++)
        records[i] = forger_make(speaker,
                                 &(struct forger_craft) {
                                     .number = batch->first + i,
                                     .critical = batch->shape == FORGER_CRITICAL ? 150 : 0,
                                     .year = batch->shape == FORGER_CLAIM ? "2027/2028" : NULL,
                                     .issuer = batch->shape == FORGER_ISSUER ? batch->third : NULL,
                                 },
                                 arena);
    return forger_wrap(speaker, batch, records, arena);
}
