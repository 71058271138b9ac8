#include "sim/craft.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "sim/people.h"

#include <string.h>

static ProtobufCBinaryData binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)data};
}

static const struct catalogue_key *key_of(const struct craft *craft)
{
    const struct world *world = craft->play->world;
    return catalogue_institution(world_catalogue(world), world_institution(world, craft->node))
        ->keys;
}

/* ---- the record ---- */

static void claim_fill(const struct craft *craft, Peregrin__Claim *claim)
{
    claim->year = (char *)craft->year;
    claim->has_change = craft->kind == PEREGRIN__KIND__KIND_AMENDMENT;
    claim->has_outcome = craft->kind == PEREGRIN__KIND__KIND_DECISION;
    bool recognises = craft->kind == PEREGRIN__KIND__KIND_RECOGNITION;
    bool revokes = craft->kind == PEREGRIN__KIND__KIND_REVOKE;
    claim->has_target = claim->has_change || claim->has_outcome || recognises || revokes;
    claim->change = PEREGRIN__CHANGE__CHANGE_KEEPS;
    claim->outcome = PEREGRIN__OUTCOME__OUTCOME_REFUSE;
    const struct digest *target = recognises ? &craft->seen.transcript
                                  : revokes  ? &craft->seen.decision
                                             : &craft->seen.revision;
    claim->target = binary(target->bytes, DIGEST_SIZE);
}

static struct bytes header_of(const struct craft *craft)
{
    const struct world *world = craft->play->world;
    uint32_t lane = craft->place.opened_by_partner ? 1 : 0;
    struct digest commitment;
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    Peregrin__Seen seen = PEREGRIN__SEEN__INIT;
    claim_fill(craft, &claim);
    header_commit(craft->salt, craft->body, &commitment);
    header.network = (char *)world_catalogue(world)->network;
    header.issuer = (char *)world_institution(world, craft->node);
    header.audience = (char *)world_institution(world, craft->partner);
    header.has_dossier = header.has_lane = header.has_index = true;
    header.dossier = binary(craft->place.dossier.bytes, HEADER_DOSSIER_SIZE);
    header.lane = lane;
    header.index = craft->index;
    header.has_previous = craft->index > 0;
    header.previous = binary(craft->previous.bytes, DIGEST_SIZE);
    if (craft->seen.lengths[1 - lane]) {
        seen.has_index = seen.has_id = true;
        seen.index = craft->seen.lengths[1 - lane] - 1;
        seen.id = binary(craft->seen.heads[1 - lane].bytes, DIGEST_SIZE);
        header.seen = &seen;
    }
    header.has_kind = header.has_schema = header.has_issued_at = header.has_commitment = true;
    header.kind = craft->kind;
    header.schema = craft->schema;
    header.issued_at = instant_minutes(world_now(world));
    header.claim = &claim;
    header.commitment = binary(commitment.bytes, DIGEST_SIZE);
    return header_pack(&header, craft->play->arena);
}

struct store_record craft_record(const struct craft *craft)
{
    struct store_record record = {
        .place = craft->place,
        .lane = craft->place.opened_by_partner ? 1 : 0,
        .index = craft->index,
        .issued_at = instant_minutes(world_now(craft->play->world)),
        .kind = craft->kind,
        .flags = STORE_OURS | STORE_JUDGED,
        .header = header_of(craft),
        .salt = arena_copy(craft->play->arena, (struct bytes) {craft->salt, sizeof craft->salt}),
        .body = craft->body,
    };
    digest_of(DIGEST_RECORD, record.header, &record.id);
    if (craft->swapped) {
        craft->dossier->emails++;
        record.body = people_nomination(craft->dossier, craft->play->arena);
    }
    return record;
}

/* ---- its seal ---- */

struct bytes craft_seal(const struct craft *craft, const struct digest *ids, size_t count)
{
    const struct world *world = craft->play->world;
    const struct catalogue_key *key = key_of(craft);
    struct suite suite = world_suite(world, craft->node);
    struct digest root;
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    Peregrin__SealStatement statement = PEREGRIN__SEAL_STATEMENT__INIT;
    tree_root(ids, count, &root);
    root.bytes[0] ^= craft->seal == CRAFT_MISPLACED; /* so it is the root of others */
    statement.network = (char *)world_catalogue(world)->network;
    statement.issuer = (char *)world_institution(world, craft->node);
    size_t audience = craft->partner;
    while (craft->seal == CRAFT_ABROAD && (audience == craft->partner || audience == craft->node))
        audience = (audience + 1) % world_count(world);
    statement.audience = (char *)world_institution(world, audience);
    statement.key_id = (char *)key->id;
    statement.has_key_digest = statement.has_count = statement.has_root = true;
    statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest = binary(key->digest.bytes, DIGEST_SIZE);
    statement.count = (uint32_t)count;
    statement.root = binary(root.bytes, DIGEST_SIZE);
    statement.time = instant_seconds(world_now(world));
    statement.catalogue_version = world_catalogue(world)->version;
    struct bytes wire = codec_pack(&statement.base, craft->play->arena);
    enum seal_context context =
        craft->seal == CRAFT_TWISTED ? SEAL_CONTEXT_RECEIPT : SEAL_CONTEXT_SEAL;
    if (suite.sign(suite.self, &key->digest, context, wire, signature))
        return (struct bytes) {0};
    signature[0] ^= craft->seal == CRAFT_FORGED;
    if (craft->seal == CRAFT_STRIPPED)
        memset(signature, 0, sizeof signature);
    return statement_pack_signed(wire, &key->digest, signature, craft->play->arena);
}
