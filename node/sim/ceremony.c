#include "sim/ceremony.h"

#include "sim/chance.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOT_KEYS = 3, THRESHOLD = 2 };

static const char network[] = "sim.peregrin";

void ceremony_keys_make(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *institution,
                        const char *node, const struct agree *agree, struct ceremony_keys *out)
{
    uint64_t number = chance_mark(institution);
    uint8_t sign_seed[SEAL_SEED_SIZE];
    *out = (struct ceremony_keys) {.institution = institution, .transport.kind = KEY_TRANSPORT};
    snprintf(out->node, sizeof out->node, "%s", node);
    entropy_expand(seed, "sign", number, sign_seed, sizeof sign_seed);
    seal_key_pair(sign_seed, out->sign_public, out->sign_secret);
    entropy_expand(seed, "transport", number, out->transport.seed, sizeof out->transport.seed);
    bool usable = agree_of(agree)->public_of(out->transport.seed, out->transport_public);
    assert(usable);
}

struct build {
    struct arena *arena;
    uint64_t from;
    const struct ceremony_keys *const *keys;
    size_t count;
};

static Peregrin__KeyEntry **key_entry(const struct build *build, const uint8_t *public_key,
                                      Peregrin__Signed *endorsement)
{
    Peregrin__KeyEntry *entry = arena_take(build->arena, sizeof *entry);
    Peregrin__KeyEntry **list = arena_take(build->arena, sizeof *list);
    assert(entry && list);
    peregrin__key_entry__init(entry);
    entry->key_id = "k1";
    entry->has_public_key = entry->has_from = true;
    entry->public_key = (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, (uint8_t *)public_key};
    entry->from = build->from;
    entry->endorsement = endorsement;
    *list = entry;
    return list;
}

static void institution_fill(const struct build *build, const struct ceremony_keys *keys,
                             Peregrin__Institution *out)
{
    peregrin__institution__init(out);
    out->schac = (char *)keys->institution;
    out->name = (char *)keys->institution;
    out->country = "BE";
    out->node = (char *)keys->node;
    out->n_keys = 1;
    out->keys = key_entry(build, keys->sign_public, NULL);
}

static void node_fill(const struct build *build, const struct ceremony_keys *keys,
                      Peregrin__Node *out)
{
    struct catalogue_endorsement what = {
        .network = network,
        .owner = keys->node,
        .key_id = "k1",
        .endorser = keys->institution,
        .public_key = keys->transport_public,
        .use = PEREGRIN__KEY_USE__KEY_USE_TRANSPORT,
    };
    peregrin__node__init(out);
    out->id = (char *)keys->node;
    out->endpoint = keys->calls_out ? NULL : "tcp://127.0.0.1:1";
    out->n_keys = 1;
    out->keys = key_entry(build, keys->transport_public,
                          catalogue_endorse(&what, keys->sign_secret, build->arena));
}

static int by_institution(const void *left, const void *right)
{
    const Peregrin__Institution *const *a = left, *const *b = right;
    return strcmp((*a)->schac, (*b)->schac);
}

static int by_node(const void *left, const void *right)
{
    const Peregrin__Node *const *a = left, *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

static struct bytes statement_pack(const struct build *build)
{
    Peregrin__CatalogueStatement statement = PEREGRIN__CATALOGUE_STATEMENT__INIT;
    Peregrin__Institution **institutions =
        arena_take_array(build->arena, build->count, sizeof *institutions);
    Peregrin__Node **nodes = arena_take_array(build->arena, build->count, sizeof *nodes);
    assert(institutions && nodes);
    size_t node_count = 0;
    for (size_t i = 0; i < build->count; i++) {
        institutions[i] = arena_take(build->arena, sizeof **institutions);
        nodes[node_count] = arena_take(build->arena, sizeof **nodes);
        assert(institutions[i] && nodes[node_count]);
        institution_fill(build, build->keys[i], institutions[i]);
        if (!build->keys[i]->lodges)
            node_fill(build, build->keys[i], nodes[node_count++]);
    }
    qsort(institutions, build->count, sizeof *institutions, by_institution);
    qsort(nodes, node_count, sizeof *nodes, by_node);
    statement.network = (char *)network;
    statement.has_version = statement.has_created = statement.has_expires = true;
    statement.version = 1;
    statement.created = build->from;
    statement.expires = build->from + 14 * 86400;
    statement.n_institutions = build->count;
    statement.n_nodes = node_count;
    statement.institutions = institutions;
    statement.nodes = nodes;
    return catalogue_pack(&statement, build->arena);
}

static struct bytes root_pack(const struct build *build, uint8_t publics[ROOT_KEYS][32])
{
    Peregrin__RootStatement root = PEREGRIN__ROOT_STATEMENT__INIT;
    ProtobufCBinaryData keys[ROOT_KEYS];
    for (size_t i = 0; i < ROOT_KEYS; i++)
        keys[i] = (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, publics[i]};
    root.network = (char *)network;
    root.has_version = root.has_threshold = root.has_created = root.has_expires = true;
    root.version = 1;
    root.n_keys = ROOT_KEYS;
    root.keys = keys;
    root.threshold = THRESHOLD;
    root.created = build->from;
    root.expires = build->from + 365 * 86400;
    return catalogue_pack_root(&root, build->arena);
}

/* ---- signing ---- */

struct roots {
    uint8_t publics[ROOT_KEYS][SEAL_PUBLIC_SIZE], secrets[ROOT_KEYS][SEAL_SECRET_SIZE];
};

static void roots_make(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *label,
                       struct roots *out)
{
    for (size_t i = 0; i < ROOT_KEYS; i++) {
        uint8_t root_seed[SEAL_SEED_SIZE];
        entropy_expand(seed, label, i, root_seed, sizeof root_seed);
        seal_key_pair(root_seed, out->publics[i], out->secrets[i]);
    }
}

static bool roots_sign(const struct roots *roots, size_t count, enum seal_context context,
                       struct arena *arena, struct bytes *wire)
{
    for (size_t i = 0; i < count; i++)
        if (catalogue_add_signature(*wire, context, roots->secrets[i], arena, wire))
            return false;
    return true;
}

bool ceremony_files(const uint8_t seed[static ENTROPY_SEED_SIZE],
                    const struct ceremony_keys *const *keys, size_t count, struct instant now,
                    struct arena *arena, struct catalogue_files *out)
{
    struct roots roots;
    struct build build = {arena, instant_seconds(now) - 86400, keys, count};
    roots_make(seed, "root", &roots);
    *out = (struct catalogue_files) {root_pack(&build, roots.publics), statement_pack(&build)};
    return roots_sign(&roots, THRESHOLD, SEAL_CONTEXT_ROOT, arena, &out->root) &&
           roots_sign(&roots, THRESHOLD, SEAL_CONTEXT_CATALOGUE, arena, &out->catalogue);
}

bool ceremony_issue(const uint8_t seed[static ENTROPY_SEED_SIZE],
                    const Peregrin__CatalogueStatement *statement, enum ceremony_hand hand,
                    struct arena *arena, struct bytes *out)
{
    struct roots roots;
    roots_make(seed, hand == CEREMONY_STRANGERS ? "strangers" : "root", &roots);
    *out = catalogue_pack(statement, arena);
    return out->data && roots_sign(&roots, hand == CEREMONY_ONE_TOO_FEW ? THRESHOLD - 1 : THRESHOLD,
                                   SEAL_CONTEXT_CATALOGUE, arena, out);
}

bool ceremony_catalogue(const uint8_t seed[static ENTROPY_SEED_SIZE],
                        const struct ceremony_keys *const *keys, size_t count, struct instant now,
                        const struct suite *suite, struct arena *arena, struct catalogue **out)
{
    struct catalogue_files files;
    struct digest anchor;
    const char *why = NULL;
    if (!ceremony_files(seed, keys, count, now, arena, &files))
        return false;
    catalogue_anchor(files.root, &anchor);
    return !catalogue_read(files, &anchor, 0, suite, arena, out, &why);
}
