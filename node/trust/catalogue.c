#include "trust/catalogue.h"

#include "record/codec.h"
#include "record/header.h"
#include "trust/ballot.h"
#include "trust/roster.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNATURES_MAX = 32 };

/* What may come as one of the two files, and what it signs. */
static const struct form {
    const ProtobufCMessageDescriptor *statement;
    enum seal_context context;
    size_t bytes_max;
    uint32_t fields_max;
} root_form = {&peregrin__root_statement__descriptor, SEAL_CONTEXT_ROOT, CATALOGUE_ROOT_MAX, 64},
  catalogue_form = {&peregrin__catalogue_statement__descriptor, SEAL_CONTEXT_CATALOGUE,
                    CATALOGUE_SIZE_MAX, 1 << 20};

static enum verdict open_signed(const struct form *form, struct bytes wire, struct arena *arena,
                                Peregrin__Signed **out);
static enum verdict open_statement(const struct form *form, const Peregrin__Signed *signed_,
                                   struct arena *arena, ProtobufCMessage **out);

/* What one reading carries along. */
struct reading {
    const struct suite *suite;
    struct arena *arena;
    const char **why;
};

static enum verdict refuse(const struct reading *reading, enum verdict verdict, const char *why)
{
    *reading->why = why;
    return verdict;
}

/* A threshold of at least one, over distinct keys, for some period. */
static bool root_shaped(const Peregrin__RootStatement *root)
{
    if (!root->network || !header_name_valid(bytes_text(root->network), HEADER_NAME_MAX) ||
        root->version != 1 || !root->has_created || root->created >= root->expires ||
        root->n_keys > BALLOT_KEYS_MAX || root->threshold < 1 || root->threshold > root->n_keys)
        return false;
    for (size_t i = 0; i < root->n_keys; i++) {
        if (root->keys[i].len != SEAL_PUBLIC_SIZE)
            return false;
        for (size_t j = 0; j < i; j++)
            if (memcmp(root->keys[i].data, root->keys[j].data, SEAL_PUBLIC_SIZE) == 0)
                return false;
    }
    return true;
}

static bool carried(const struct reading *reading, const Peregrin__RootStatement *root,
                    enum seal_context context, const Peregrin__Signed *signed_)
{
    const struct ballot ballot = {context, root->keys, root->n_keys, root->threshold};
    return ballot_carried(&ballot, signed_, reading->suite);
}

/* The anchor vouches for every byte of the file, so its statement may be read for the keys that
 * must have signed it. */
static enum verdict read_root(const struct reading *reading, struct bytes wire,
                              const struct digest *anchor, const Peregrin__RootStatement **out)
{
    struct digest digest;
    if (wire.size > CATALOGUE_ROOT_MAX)
        return refuse(reading, VERDICT_TOO_LARGE, "the root file is too large");
    catalogue_anchor(wire, &digest);
    if (!digest_equal(&digest, anchor))
        return refuse(reading, VERDICT_FORGED, "the root file is not the one of the anchor");
    Peregrin__Signed *signed_;
    ProtobufCMessage *message;
    enum verdict verdict = open_signed(&root_form, wire, reading->arena, &signed_);
    if (!verdict)
        verdict = open_statement(&root_form, signed_, reading->arena, &message);
    if (verdict)
        return refuse(reading, verdict, "the root file cannot be read");
    const Peregrin__RootStatement *root = (const Peregrin__RootStatement *)message;
    if (!root_shaped(root))
        return refuse(reading, VERDICT_INVALID, "the root file's keys or threshold are no rule");
    if (!carried(reading, root, SEAL_CONTEXT_ROOT, signed_))
        return refuse(reading, VERDICT_FORGED, "too few of its own keys have signed the root");
    *out = root;
    return VERDICT_FINE;
}

static enum verdict read_statement(const struct reading *reading, struct bytes wire,
                                   const Peregrin__RootStatement *root,
                                   const Peregrin__CatalogueStatement **out)
{
    Peregrin__Signed *signed_;
    ProtobufCMessage *message;
    enum verdict verdict = open_signed(&catalogue_form, wire, reading->arena, &signed_);
    if (verdict)
        return refuse(reading, verdict, "the catalogue cannot be read");
    if (!carried(reading, root, SEAL_CONTEXT_CATALOGUE, signed_))
        return refuse(reading, VERDICT_FORGED, "too few of the root's keys signed the catalogue");
    verdict = open_statement(&catalogue_form, signed_, reading->arena, &message);
    if (verdict)
        return refuse(reading, verdict, "the catalogue's statement cannot be read");
    *out = (const Peregrin__CatalogueStatement *)message;
    return VERDICT_FINE;
}

static enum verdict check_frame(const struct reading *reading,
                                const Peregrin__CatalogueStatement *statement, const char *network,
                                uint64_t version_floor)
{
    if (!statement->network || strcmp(statement->network, network) != 0)
        return refuse(reading, VERDICT_FORGED, "the catalogue is of another network");
    if (!statement->has_version || !statement->has_created ||
        statement->created >= statement->expires)
        return refuse(reading, VERDICT_INVALID, "the catalogue has no version or no period");
    if (statement->version < version_floor)
        return refuse(reading, VERDICT_STALE, "the catalogue is older than one that was read");
    return VERDICT_FINE;
}

enum verdict catalogue_read(struct catalogue_files files, const struct digest *anchor,
                            uint64_t version_floor, const struct suite *suite, struct arena *arena,
                            struct catalogue **out, const char **why)
{
    assert(suite && arena && out && why);
    const struct reading reading = {suite, arena, why};
    const Peregrin__RootStatement *root;
    const Peregrin__CatalogueStatement *statement;
    TRY(read_root(&reading, files.root, anchor, &root));
    TRY(read_statement(&reading, files.catalogue, root, &statement));
    TRY(check_frame(&reading, statement, root->network, version_floor));
    struct catalogue *catalogue = arena_take(arena, sizeof *catalogue);
    if (!catalogue)
        return refuse(&reading, VERDICT_TOO_LARGE, "the catalogue needs more memory than it may");
    *catalogue = (struct catalogue) {.network = statement->network,
                                     .version = statement->version,
                                     .created = statement->created,
                                     .expires = statement->expires,
                                     .anchor = *anchor};
    digest_of(DIGEST_CATALOGUE, files.catalogue, &catalogue->digest);
    TRY(roster_read(statement, suite, arena, catalogue, why));
    *out = catalogue;
    return VERDICT_FINE;
}

void catalogue_anchor(struct bytes root_wire, struct digest *anchor)
{
    digest_of(DIGEST_ANCHOR, root_wire, anchor);
}

bool catalogue_expired(const struct catalogue *catalogue, struct instant now)
{
    return instant_seconds(now) >= catalogue->expires;
}

static int compare_institution(const void *schac, const void *institution)
{
    return strcmp(schac, ((const struct catalogue_institution *)institution)->schac);
}

const struct catalogue_institution *catalogue_institution(const struct catalogue *catalogue,
                                                          const char *schac)
{
    assert(catalogue && schac);
    return bsearch(schac, catalogue->institutions, catalogue->institution_count,
                   sizeof *catalogue->institutions, compare_institution);
}

static const struct catalogue_institution *by_hand(const struct catalogue *catalogue,
                                                   const char *schac)
{
    if (!catalogue->by_hand_count)
        return NULL;
    return bsearch(schac, catalogue->by_hand, catalogue->by_hand_count, sizeof *catalogue->by_hand,
                   compare_institution);
}

const struct catalogue_institution *catalogue_party(const struct catalogue *catalogue,
                                                    const char *schac)
{
    const struct catalogue_institution *signed_ = catalogue_institution(catalogue, schac);
    return signed_ ? signed_ : by_hand(catalogue, schac);
}

bool catalogue_is_by_hand(const struct catalogue *catalogue, const char *schac)
{
    return by_hand(catalogue, schac) != NULL;
}

static int compare_node(const void *id, const void *node)
{
    return strcmp(id, ((const struct catalogue_node *)node)->id);
}

const struct catalogue_node *catalogue_node(const struct catalogue *catalogue, const char *id)
{
    assert(catalogue && id);
    return bsearch(id, catalogue->nodes, catalogue->node_count, sizeof *catalogue->nodes,
                   compare_node);
}

const struct catalogue_key *catalogue_key(const struct catalogue_institution *institution,
                                          const struct digest *digest)
{
    for (size_t i = 0; i < institution->key_count; i++)
        if (digest_equal(&institution->keys[i].digest, digest))
            return &institution->keys[i];
    return NULL;
}

/* The time of a statement is its author's word, and whoever holds a stolen key can write any time:
 * revocation counts from the beginning. */
enum verdict catalogue_key_usable(const struct catalogue_key *key, uint64_t seconds)
{
    if (key->revoked_at != UINT64_MAX)
        return VERDICT_REVOKED;
    return seconds >= key->from && seconds < key->until ? VERDICT_FINE : VERDICT_EXPIRED;
}

const struct catalogue_key *catalogue_key_current(const struct catalogue_key *keys, size_t count,
                                                  struct instant now)
{
    for (size_t i = count; i > 0; i--)
        if (!catalogue_key_usable(&keys[i - 1], instant_seconds(now)))
            return &keys[i - 1];
    return NULL;
}

/* The wrapper alone: its statement is still unread bytes. */
static enum verdict open_signed(const struct form *form, struct bytes wire, struct arena *arena,
                                Peregrin__Signed **out)
{
    const struct scan_limits limits = {
        .bytes_max = form->bytes_max, .depth_max = 2, .fields_max = 1 + 3 * SIGNATURES_MAX};
    ProtobufCMessage *message;
    TRY(codec_unpack(&peregrin__signed__descriptor, wire, &limits, arena, &message));
    Peregrin__Signed *signed_ = (Peregrin__Signed *)message;
    if (!signed_->has_statement || signed_->n_signatures > SIGNATURES_MAX)
        return VERDICT_MALFORMED;
    *out = signed_;
    return VERDICT_FINE;
}

static enum verdict open_statement(const struct form *form, const Peregrin__Signed *signed_,
                                   struct arena *arena, ProtobufCMessage **out)
{
    const struct scan_limits limits = {
        .bytes_max = form->bytes_max, .depth_max = 8, .fields_max = form->fields_max};
    struct bytes wire = {signed_->statement.data, signed_->statement.len};
    return codec_unpack(form->statement, wire, &limits, arena, out);
}

static enum verdict peek(const struct form *form, struct bytes wire, struct arena *arena,
                         ProtobufCMessage **out)
{
    Peregrin__Signed *signed_;
    TRY(open_signed(form, wire, arena, &signed_));
    return open_statement(form, signed_, arena, out);
}

enum verdict catalogue_peek(struct bytes signed_wire, struct arena *arena,
                            Peregrin__CatalogueStatement **out)
{
    ProtobufCMessage *message;
    TRY(peek(&catalogue_form, signed_wire, arena, &message));
    *out = (Peregrin__CatalogueStatement *)message;
    return VERDICT_FINE;
}

enum verdict catalogue_peek_root(struct bytes signed_wire, struct arena *arena,
                                 Peregrin__RootStatement **out)
{
    ProtobufCMessage *message;
    TRY(peek(&root_form, signed_wire, arena, &message));
    *out = (Peregrin__RootStatement *)message;
    return VERDICT_FINE;
}

static ProtobufCBinaryData binary(struct bytes view)
{
    return (ProtobufCBinaryData) {view.size, (uint8_t *)(uintptr_t)view.data};
}

static struct bytes pack_unsigned(const ProtobufCMessage *statement, struct arena *arena)
{
    struct bytes wire = codec_pack(statement, arena);
    if (!wire.data)
        return wire;
    Peregrin__Signed signed_ = PEREGRIN__SIGNED__INIT;
    signed_.has_statement = true;
    signed_.statement = binary(wire);
    return codec_pack(&signed_.base, arena);
}

struct bytes catalogue_pack_root(const Peregrin__RootStatement *root, struct arena *arena)
{
    return pack_unsigned(&root->base, arena);
}

struct bytes catalogue_pack(const Peregrin__CatalogueStatement *statement, struct arena *arena)
{
    return pack_unsigned(&statement->base, arena);
}

/* A signature in the arena; NULL when there is no memory for it or for its making. */
static Peregrin__Signature *make_signature(enum seal_context context, struct bytes statement,
                                           const uint8_t secret_key[static SEAL_SECRET_SIZE],
                                           struct arena *arena)
{
    struct made {
        Peregrin__Signature message;
        struct digest key;
        uint8_t signature[SEAL_SIGNATURE_SIZE];
    } *made = arena_take(arena, sizeof *made);
    if (!made || !seal_sign(context, secret_key, statement, made->signature))
        return NULL;
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    seal_public(secret_key, public_key);
    digest_of(DIGEST_KEY, (struct bytes) {public_key, sizeof public_key}, &made->key);
    peregrin__signature__init(&made->message);
    made->message.has_key_digest = made->message.has_signature = true;
    made->message.key_digest = binary(digest_bytes(&made->key));
    made->message.signature = binary((struct bytes) {made->signature, SEAL_SIGNATURE_SIZE});
    return &made->message;
}

/* Where this key's signature stands or shall stand. */
static size_t place_of(const Peregrin__Signed *signed_, const Peregrin__Signature *signature)
{
    size_t place = 0;
    const ProtobufCBinaryData *wanted = &signature->key_digest;
    for (; place < signed_->n_signatures; place++) {
        const ProtobufCBinaryData *each = &signed_->signatures[place]->key_digest;
        if (bytes_equal((struct bytes) {each->data, each->len},
                        (struct bytes) {wanted->data, wanted->len}))
            break;
    }
    return place;
}

enum verdict catalogue_add_signature(struct bytes signed_wire, enum seal_context context,
                                     const uint8_t secret_key[static SEAL_SECRET_SIZE],
                                     struct arena *arena, struct bytes *out)
{
    assert(context == SEAL_CONTEXT_ROOT || context == SEAL_CONTEXT_CATALOGUE);
    const struct form *form = context == SEAL_CONTEXT_ROOT ? &root_form : &catalogue_form;
    Peregrin__Signed *signed_;
    TRY(open_signed(form, signed_wire, arena, &signed_));
    struct bytes statement = {signed_->statement.data, signed_->statement.len};
    Peregrin__Signature *signature = make_signature(context, statement, secret_key, arena);
    Peregrin__Signature **all = arena_take_array(arena, signed_->n_signatures + 1, sizeof *all);
    if (!signature || !all)
        return VERDICT_TOO_LARGE;
    if (signed_->n_signatures)
        memcpy(all, signed_->signatures, signed_->n_signatures * sizeof *all);
    size_t place = place_of(signed_, signature);
    all[place] = signature;
    signed_->n_signatures += place == signed_->n_signatures;
    signed_->signatures = all;
    if (signed_->n_signatures > SIGNATURES_MAX)
        return VERDICT_TOO_LARGE;
    struct bytes packed = codec_pack(&signed_->base, arena);
    if (!packed.data || packed.size > form->bytes_max)
        return VERDICT_TOO_LARGE;
    *out = packed;
    return VERDICT_FINE;
}

Peregrin__Signed *catalogue_endorse(const struct catalogue_endorsement *what,
                                    const uint8_t endorser_secret[static SEAL_SECRET_SIZE],
                                    struct arena *arena)
{
    Peregrin__KeyStatement statement = PEREGRIN__KEY_STATEMENT__INIT;
    statement.network = (char *)(uintptr_t)what->network;
    statement.owner = (char *)(uintptr_t)what->owner;
    statement.key_id = (char *)(uintptr_t)what->key_id;
    statement.endorser = (char *)(uintptr_t)what->endorser;
    statement.has_use = true;
    statement.use = what->use;
    statement.has_public_key = true;
    statement.public_key = binary((struct bytes) {what->public_key, SEAL_PUBLIC_SIZE});
    struct bytes wire = codec_pack(&statement.base, arena);
    Peregrin__Signed *signed_ = arena_take(arena, sizeof *signed_);
    Peregrin__Signature **one = arena_take(arena, sizeof *one);
    if (!wire.data || !signed_ || !one)
        return NULL;
    *one = make_signature(SEAL_CONTEXT_KEY, wire, endorser_secret, arena);
    if (!*one)
        return NULL;
    peregrin__signed__init(signed_);
    signed_->has_statement = true;
    signed_->statement = binary(wire);
    signed_->n_signatures = 1;
    signed_->signatures = one;
    return signed_;
}
