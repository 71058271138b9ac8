/* The federation's signed list: institutions, nodes and keys with their history, ready to be asked.
 *
 * Bytes in, value out; files and downloads belong to io. A catalogue is believed only under the
 * root whose digest is the anchor, with k of n distinct signatures, and never backwards. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "base/verdict.h"
#include "catalogue.pb-c.h"
#include "seal/digest.h"
#include "seal/suite.h"

enum { CATALOGUE_SIZE_MAX = 4 * 1024 * 1024, CATALOGUE_ROOT_MAX = 64 * 1024 };

struct catalogue_key {
    const char *id;            /* key id */
    const uint8_t *public_key; /* 32 bytes */
    struct digest digest;
    uint64_t from, until, revoked_at; /* seconds; until and revoked_at UINT64_MAX when absent */
};

struct catalogue_institution {
    const char *schac, *name, *country;
    size_t node; /* index into nodes */
    const struct catalogue_key *keys;
    size_t key_count;
    const Peregrin__Institution *entry; /* aliases and the rest */
};

struct catalogue_node {
    const char *id, *endpoint; /* endpoint NULL: calls out only */
    const struct catalogue_key *keys;
    size_t key_count;
};

/* Opaque to nobody: an open value in an arena of its own, immutable once read. */
struct catalogue {
    const char *network;
    uint64_t version, created, expires;
    struct digest digest; /* of the packed Signed */
    struct digest anchor;
    const struct catalogue_institution *institutions; /* ascending by schac */
    size_t institution_count;
    const struct catalogue_node *nodes; /* ascending by id */
    size_t node_count;
    /* What this node's own people say, and nobody signed: partners that run no node. Ascending by
     * schac, none of them an institution above; they have no keys, and no node (SIZE_MAX). */
    const struct catalogue_institution *by_hand;
    size_t by_hand_count;
};

/* The digest of a root file. The words in which it is read aloud are text of the CLI. */
void catalogue_anchor(struct bytes root_wire, struct digest *anchor);

/* Reads both files (packed Signed). In this order: the root's digest equals the anchor; threshold
 * distinct good signatures under the root by its own keys; the same under the catalogue by the
 * root's keys; network equal; version >= `version_floor` (VERDICT_STALE below); ascending and
 * unique names, keys and ids; each endorsement holds. *why gets a sentence in the arena when not
 * fine. Expiry is not a reason to refuse here: see catalogue_expired. The value lives in the arena.
 */
struct catalogue_files {
    struct bytes root, catalogue;
};
enum verdict catalogue_read(struct catalogue_files files, const struct digest *anchor,
                            uint64_t version_floor, const struct suite *suite, struct arena *arena,
                            struct catalogue **out, const char **why);

bool catalogue_expired(const struct catalogue *catalogue, struct instant now);

/* NULL when absent. */
const struct catalogue_institution *catalogue_institution(const struct catalogue *catalogue,
                                                          const char *schac);
/* The same, or a partner by hand: for names and countries, never for what is signed. */
const struct catalogue_institution *catalogue_party(const struct catalogue *catalogue,
                                                    const char *schac);
bool catalogue_is_by_hand(const struct catalogue *catalogue, const char *schac);
const struct catalogue_node *catalogue_node(const struct catalogue *catalogue, const char *id);
/* An institution's key by digest; NULL when it has no such key. Says nothing of validity. */
const struct catalogue_key *catalogue_key(const struct catalogue_institution *institution,
                                          const struct digest *digest);
/* Usable for a statement made at `seconds` (from <= seconds < until) and not revoked. */
enum verdict catalogue_key_usable(const struct catalogue_key *key, uint64_t seconds);
/* The newest usable key at `now`; NULL when there is none. */
const struct catalogue_key *catalogue_key_current(const struct catalogue_key *keys, size_t count,
                                                  struct instant now);

/* Building, for the authority. Each returns packed bytes in the arena; data NULL when it is spent.
 * The signing functions add one signature to a packed Signed (replacing one by the same key). */
struct bytes catalogue_pack_root(const Peregrin__RootStatement *root, struct arena *arena);
struct bytes catalogue_pack(const Peregrin__CatalogueStatement *statement, struct arena *arena);
enum verdict catalogue_add_signature(struct bytes signed_wire, enum seal_context context,
                                     const uint8_t secret_key[static SEAL_SECRET_SIZE],
                                     struct arena *arena, struct bytes *out);
/* Reads the statement without believing it, for editing and showing. */
enum verdict catalogue_peek(struct bytes signed_wire, struct arena *arena,
                            Peregrin__CatalogueStatement **out);
enum verdict catalogue_peek_root(struct bytes signed_wire, struct arena *arena,
                                 Peregrin__RootStatement **out);
/* A key entry endorsed by an institution's signing key; NULL when the arena is spent. */
struct catalogue_endorsement {
    const char *network, *owner, *key_id, *endorser;
    const uint8_t *public_key;
    Peregrin__KeyUse use;
};
Peregrin__Signed *catalogue_endorse(const struct catalogue_endorsement *what,
                                    const uint8_t endorser_secret[static SEAL_SECRET_SIZE],
                                    struct arena *arena);
