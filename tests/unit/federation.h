/* A small federation for the tests of trust: three root keys of which two must sign, three
 * institutions on two nodes. Everything may be changed before federation_sign packs it. */
#pragma once

#include "trust/catalogue.h"

#include <assert.h>
#include <string.h>

enum {
    FEDERATION_ROOTS = 3,
    FEDERATION_ARENA = 64 * 1024 * 1024,
    FEDERATION_START = 1000000, /* seconds: when everything begins */
    FEDERATION_EXPIRES = 2000000,
};

struct federation_pair {
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret_key[SEAL_SECRET_SIZE];
    struct digest digest;
};

/* Whose keys these are: `helmo.be` 0 and 1, `pwr.edu.pl` 2, `uni.example.org` 3, a stranger 4. */
enum { HELMO_FIRST, HELMO_SECOND, PWR, UNI, STRANGER, FEDERATION_SIGNERS };

struct federation {
    struct arena *arena;
    struct suite_keys no_keys;
    struct suite suite; /* to verify with */
    struct federation_pair roots[FEDERATION_ROOTS], signers[FEDERATION_SIGNERS];
    uint8_t transport[3][SEAL_PUBLIC_SIZE]; /* node alpha: 0; node beta: 1 and 2 */

    Peregrin__RootStatement root;
    ProtobufCBinaryData root_keys[FEDERATION_ROOTS];
    Peregrin__CatalogueStatement statement;
    Peregrin__Institution institutions[3], *institution_list[3];
    Peregrin__Node nodes[2], *node_list[2];
    Peregrin__KeyEntry helmo_keys[2], pwr_key, uni_key, alpha_key, beta_keys[2];
    Peregrin__KeyEntry *helmo_list[2], *pwr_list[1], *uni_list[1], *alpha_list[1], *beta_list[2];
    Peregrin__Alias alias, *alias_list[1];

    /* Made by federation_sign: */
    struct catalogue_files files;
    struct digest anchor;
};

static inline struct federation_pair federation_pair(uint8_t number)
{
    uint8_t seed[SEAL_SEED_SIZE] = {number, 77};
    struct federation_pair pair;
    seal_key_pair(seed, pair.public_key, pair.secret_key);
    digest_of(DIGEST_KEY, (struct bytes) {pair.public_key, SEAL_PUBLIC_SIZE}, &pair.digest);
    return pair;
}

static inline Peregrin__KeyEntry federation_key(const char *id, uint8_t *public_key)
{
    Peregrin__KeyEntry entry = PEREGRIN__KEY_ENTRY__INIT;
    entry.key_id = (char *)(uintptr_t)id;
    entry.has_public_key = entry.has_from = true;
    entry.public_key = (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, public_key};
    entry.from = FEDERATION_START;
    return entry;
}

/* The endorsement of one entry, signed by one of the signers in the name of `endorser`. */
static inline void federation_endorse(struct federation *federation, Peregrin__KeyEntry *entry,
                                      const char *owner, const char *endorser, size_t signer)
{
    const struct catalogue_endorsement what = {.network = "demo",
                                               .owner = owner,
                                               .key_id = entry->key_id,
                                               .endorser = endorser,
                                               .public_key = entry->public_key.data,
                                               .use = strchr(owner, '.')
                                                          ? PEREGRIN__KEY_USE__KEY_USE_SIGN
                                                          : PEREGRIN__KEY_USE__KEY_USE_TRANSPORT};
    entry->endorsement =
        catalogue_endorse(&what, federation->signers[signer].secret_key, federation->arena);
    assert(entry->endorsement);
}

static inline Peregrin__Institution federation_institution(const char *schac, const char *name,
                                                           const char *country, const char *node)
{
    Peregrin__Institution institution = PEREGRIN__INSTITUTION__INIT;
    institution.schac = (char *)(uintptr_t)schac;
    institution.name = (char *)(uintptr_t)name;
    institution.country = (char *)(uintptr_t)country;
    institution.node = (char *)(uintptr_t)node;
    return institution;
}

static inline void federation_make_root(struct federation *federation)
{
    peregrin__root_statement__init(&federation->root);
    for (size_t i = 0; i < FEDERATION_ROOTS; i++) {
        federation->roots[i] = federation_pair((uint8_t)(100 + i));
        federation->root_keys[i] =
            (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, federation->roots[i].public_key};
    }
    federation->root.network = "demo";
    federation->root.has_version = federation->root.has_threshold = true;
    federation->root.has_created = federation->root.has_expires = true;
    federation->root.version = 1;
    federation->root.keys = federation->root_keys;
    federation->root.n_keys = FEDERATION_ROOTS;
    federation->root.threshold = 2;
    federation->root.created = FEDERATION_START;
    federation->root.expires = FEDERATION_EXPIRES;
}

static inline void federation_make_institutions(struct federation *federation)
{
    struct federation *f = federation;
    f->institutions[0] = federation_institution("helmo.be", "HELMo", "BE", "alpha");
    f->institutions[1] = federation_institution("pwr.edu.pl", "Politechnika", "PL", "beta");
    f->institutions[2] = federation_institution("uni.example.org", "Universität", "DE", "beta");
    peregrin__alias__init(&f->alias);
    f->alias.scheme = "erasmus";
    f->alias.value = "B LIEGE43";
    f->alias_list[0] = &f->alias;
    f->institutions[0].aliases = f->alias_list;
    f->institutions[0].n_aliases = 1;
    f->helmo_keys[0] = federation_key("2026-a", f->signers[HELMO_FIRST].public_key);
    f->helmo_keys[1] = federation_key("2026-b", f->signers[HELMO_SECOND].public_key);
    f->pwr_key = federation_key("2026-a", f->signers[PWR].public_key);
    f->uni_key = federation_key("2026-a", f->signers[UNI].public_key);
    federation_endorse(f, &f->helmo_keys[1], "helmo.be", "helmo.be", HELMO_FIRST);
    f->helmo_list[0] = &f->helmo_keys[0];
    f->helmo_list[1] = &f->helmo_keys[1];
    f->pwr_list[0] = &f->pwr_key;
    f->uni_list[0] = &f->uni_key;
    f->institutions[0].keys = f->helmo_list;
    f->institutions[1].keys = f->pwr_list;
    f->institutions[2].keys = f->uni_list;
    f->institutions[0].n_keys = 2;
    f->institutions[1].n_keys = f->institutions[2].n_keys = 1;
}

static inline void federation_make_nodes(struct federation *federation)
{
    struct federation *f = federation;
    peregrin__node__init(&f->nodes[0]);
    peregrin__node__init(&f->nodes[1]);
    f->nodes[0].id = "alpha";
    f->nodes[0].endpoint = "tcp://192.0.2.1:7400";
    f->nodes[1].id = "beta";
    for (size_t i = 0; i < 3; i++)
        memset(f->transport[i], (int)(50 + i), SEAL_PUBLIC_SIZE);
    f->alpha_key = federation_key("t1", f->transport[0]);
    f->beta_keys[0] = federation_key("t1", f->transport[1]);
    f->beta_keys[1] = federation_key("t2", f->transport[2]);
    federation_endorse(f, &f->alpha_key, "alpha", "helmo.be", HELMO_SECOND);
    federation_endorse(f, &f->beta_keys[0], "beta", "pwr.edu.pl", PWR);
    federation_endorse(f, &f->beta_keys[1], "beta", "uni.example.org", UNI);
    f->alpha_list[0] = &f->alpha_key;
    f->beta_list[0] = &f->beta_keys[0];
    f->beta_list[1] = &f->beta_keys[1];
    f->nodes[0].keys = f->alpha_list;
    f->nodes[1].keys = f->beta_list;
    f->nodes[0].n_keys = 1;
    f->nodes[1].n_keys = 2;
}

/* The pointers inside lead into *federation: it must stay where it is. */
static inline void federation_make(struct federation *federation)
{
    *federation = (struct federation) {.arena = arena_open(FEDERATION_ARENA)};
    assert(federation->arena);
    federation->suite = suite_over(&federation->no_keys);
    for (size_t i = 0; i < FEDERATION_SIGNERS; i++)
        federation->signers[i] = federation_pair((uint8_t)i);
    federation_make_root(federation);
    federation_make_institutions(federation);
    federation_make_nodes(federation);
    Peregrin__CatalogueStatement *statement = &federation->statement;
    peregrin__catalogue_statement__init(statement);
    statement->network = "demo";
    statement->has_version = statement->has_created = statement->has_expires = true;
    statement->version = 7;
    statement->created = FEDERATION_START;
    statement->expires = FEDERATION_EXPIRES;
    for (size_t i = 0; i < 3; i++)
        federation->institution_list[i] = &federation->institutions[i];
    for (size_t i = 0; i < 2; i++)
        federation->node_list[i] = &federation->nodes[i];
    statement->institutions = federation->institution_list;
    statement->n_institutions = 3;
    statement->nodes = federation->node_list;
    statement->n_nodes = 2;
}

/* Signs with the root keys whose bits are set. */
static inline struct bytes federation_signed_by(struct federation *federation, struct bytes wire,
                                                enum seal_context context, unsigned roots)
{
    for (size_t i = 0; i < FEDERATION_ROOTS; i++) {
        if (!(roots >> i & 1))
            continue;
        enum verdict verdict = catalogue_add_signature(
            wire, context, federation->roots[i].secret_key, federation->arena, &wire);
        assert(verdict == VERDICT_FINE);
    }
    return wire;
}

static inline void federation_sign(struct federation *federation, unsigned for_root,
                                   unsigned for_catalogue)
{
    federation->files.root =
        federation_signed_by(federation, catalogue_pack_root(&federation->root, federation->arena),
                             SEAL_CONTEXT_ROOT, for_root);
    federation->files.catalogue =
        federation_signed_by(federation, catalogue_pack(&federation->statement, federation->arena),
                             SEAL_CONTEXT_CATALOGUE, for_catalogue);
    catalogue_anchor(federation->files.root, &federation->anchor);
}
