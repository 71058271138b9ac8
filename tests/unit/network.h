/* Two nodes as the daemon sees them, in a folder of their own: key files, root, catalogue and
 * configurations; `helmo` speaks for helmo.be, `hasselt` for uhasselt.be. */
#pragma once

#include "io/clock.h"
#include "io/file.h"
#include "io/setting.h"
#include "seal/key.h"
#include "trust/catalogue.h"

#include <assert.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NETWORK_NODES = 2, NETWORK_ARENA = 16 * 1024 * 1024 };

static const char *const network_nodes[NETWORK_NODES] = {"helmo", "hasselt"};
static const char *const network_institutions[NETWORK_NODES] = {"helmo.be", "uhasselt.be"};

struct network {
    char folder[64];
    char config[NETWORK_NODES][128], socket[NETWORK_NODES][128], listen[NETWORK_NODES][64];
    struct arena *arena;
    uint64_t now; /* seconds */
    struct key sign[NETWORK_NODES], transport[NETWORK_NODES], root;
    char anchor[2 * DIGEST_SIZE + 1];
};

static inline void network_path(const struct network *network, char out[static 128],
                                const char *name, const char *ending)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%.32s%s", network->folder, name, ending);
    memcpy(out, path, sizeof path);
}

static inline void network_put(const struct network *network, const char *name, mode_t mode,
                               struct bytes content)
{
    char path[128];
    network_path(network, path, name, "");
    enum fault fault = file_write(path, content, mode, NULL);
    assert(!fault);
}

static inline struct key network_key(enum key_kind kind, const char *owner, uint8_t number)
{
    struct key key = {.kind = kind, .id = "k1"};
    snprintf(key.owner, sizeof key.owner, "%s", owner);
    memset(key.seed, number, sizeof key.seed);
    return key;
}

static inline void network_put_key(const struct network *network, const struct key *key)
{
    char name[128], text[KEY_FILE_MAX];
    size_t size = key_write(key, text);
    snprintf(name, sizeof name, "%s.%s.key", key->owner,
             key->kind == KEY_SIGN ? "sign" : "transport");
    network_put(network, name, 0600, (struct bytes) {(uint8_t *)text, size});
}

static inline ProtobufCBinaryData network_public(const struct network *network,
                                                 const struct key *key)
{
    uint8_t *public_key = arena_take(network->arena, SEAL_PUBLIC_SIZE);
    key_public(key, public_key);
    return (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, public_key};
}

static inline void network_secret(const struct key *key, uint8_t secret[static SEAL_SECRET_SIZE])
{
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    seal_key_pair(key->seed, public_key, secret);
}

static inline Peregrin__KeyEntry **network_entry(const struct network *network,
                                                 const struct key *key,
                                                 Peregrin__Signed *endorsement)
{
    Peregrin__KeyEntry *entry = arena_take(network->arena, sizeof *entry);
    Peregrin__KeyEntry **list = arena_take(network->arena, sizeof *list);
    peregrin__key_entry__init(entry);
    entry->key_id = (char *)(uintptr_t)key->id;
    entry->has_public_key = entry->has_from = true;
    entry->public_key = network_public(network, key);
    entry->from = network->now - 86400;
    entry->endorsement = endorsement;
    *list = entry;
    return list;
}

static inline Peregrin__Institution *network_institution(const struct network *network, size_t i)
{
    Peregrin__Institution *out = arena_take(network->arena, sizeof *out);
    peregrin__institution__init(out);
    out->schac = out->name = (char *)(uintptr_t)network_institutions[i];
    out->country = (char *)(uintptr_t) "BE";
    out->node = (char *)(uintptr_t)network_nodes[i];
    out->n_keys = 1;
    out->keys = network_entry(network, &network->sign[i], NULL);
    return out;
}

static inline Peregrin__Node *network_node(const struct network *network, size_t i)
{
    uint8_t secret[SEAL_SECRET_SIZE];
    struct catalogue_endorsement what = {
        .network = "demo",
        .owner = network_nodes[i],
        .key_id = "k1",
        .endorser = network_institutions[i],
        .public_key = network_public(network, &network->transport[i]).data,
        .use = PEREGRIN__KEY_USE__KEY_USE_TRANSPORT,
    };
    Peregrin__Node *out = arena_take(network->arena, sizeof *out);
    peregrin__node__init(out);
    network_secret(&network->sign[i], secret);
    out->id = (char *)(uintptr_t)network_nodes[i];
    out->endpoint = (char *)(uintptr_t)network->listen[i];
    out->n_keys = 1;
    out->keys = network_entry(network, &network->transport[i],
                              catalogue_endorse(&what, secret, network->arena));
    return out;
}

static inline struct bytes network_sign(const struct network *network, struct bytes packed,
                                        enum seal_context context)
{
    uint8_t secret[SEAL_SECRET_SIZE];
    network_secret(&network->root, secret);
    enum verdict verdict =
        catalogue_add_signature(packed, context, secret, network->arena, &packed);
    assert(!verdict);
    return packed;
}

/* The catalogue file, of this version. */
static inline void network_catalogue(const struct network *network, uint64_t version)
{
    Peregrin__CatalogueStatement statement = PEREGRIN__CATALOGUE_STATEMENT__INIT;
    Peregrin__Institution *institutions[] = {network_institution(network, 0),
                                             network_institution(network, 1)};
    Peregrin__Node *nodes[] = {network_node(network, 1), network_node(network, 0)};
    statement.network = (char *)(uintptr_t) "demo";
    statement.has_version = statement.has_created = statement.has_expires = true;
    statement.version = version;
    statement.created = network->now - 86400;
    statement.expires = network->now + 86400;
    statement.n_institutions = statement.n_nodes = NETWORK_NODES;
    statement.institutions = institutions;
    statement.nodes = nodes;
    struct bytes packed = catalogue_pack(&statement, network->arena);
    network_put(network, "catalogue.signed", 0644,
                network_sign(network, packed, SEAL_CONTEXT_CATALOGUE));
}

static inline void network_root(struct network *network)
{
    Peregrin__RootStatement root = PEREGRIN__ROOT_STATEMENT__INIT;
    ProtobufCBinaryData key = network_public(network, &network->root);
    struct digest anchor;
    root.network = (char *)(uintptr_t) "demo";
    root.has_version = root.has_threshold = root.has_created = root.has_expires = true;
    root.version = root.threshold = 1;
    root.n_keys = 1;
    root.keys = &key;
    root.created = network->now - 86400;
    root.expires = network->now + 86400;
    struct bytes packed =
        network_sign(network, catalogue_pack_root(&root, network->arena), SEAL_CONTEXT_ROOT);
    network_put(network, "root.signed", 0644, packed);
    catalogue_anchor(packed, &anchor);
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(network->anchor + 2 * i, 3, "%02x", anchor.bytes[i]);
}

/* A port that nobody uses now, below those that the kernel gives to outgoing connections: one of
 * these, or a dialler that meets itself, could take it before the node does. */
static inline void network_free_address(char out[static 64])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    uint8_t dice[ENTROPY_SEED_SIZE];
    bool bound = false;
    while (!bound) {
        clock_entropy(dice);
        address.sin_port = htons((uint16_t)(10000 + bytes_read_u32le(dice) % 20000));
        int probe = socket(AF_INET, SOCK_STREAM, 0);
        bound = bind(probe, (struct sockaddr *)&address, sizeof address) == 0;
        close(probe);
    }
    snprintf(out, 64, "tcp://127.0.0.1:%u", ntohs(address.sin_port));
}

static inline void network_config(struct network *network, size_t i)
{
    char sign[96], transport[96], database[96], name[96];
    snprintf(sign, sizeof sign, "%s.sign.key", network_institutions[i]);
    snprintf(transport, sizeof transport, "%s.transport.key", network_nodes[i]);
    snprintf(database, sizeof database, "%s.db", network_nodes[i]);
    snprintf(name, sizeof name, "%s.sock", network_nodes[i]);
    struct setting_value values[] = {
        {"node", network_nodes[i]},
        {"network", "demo"},
        {"institutions", network_institutions[i]},
        {"keys", sign},
        {"keys", transport},
        {"listen", network->listen[i]},
        {"database", database},
        {"socket", name},
        {"anchor", network->anchor},
        {"log_level", "detail"},
    };
    const char *text = setting_compose(values, sizeof values / sizeof *values, network->arena);
    assert(text);
    snprintf(name, sizeof name, "%s.conf", network_nodes[i]);
    network_put(network, name, 0644, bytes_text(text));
    network_path(network, network->config[i], network_nodes[i], ".conf");
    network_path(network, network->socket[i], network_nodes[i], ".sock");
}

static inline void network_make(struct network *network)
{
    *network = (struct network) {.folder = "/tmp/peregrin-network-XXXXXX"};
    char *made = mkdtemp(network->folder);
    assert(made);
    network->arena = arena_open(NETWORK_ARENA);
    network->now = instant_seconds(clock_now());
    network->root = network_key(KEY_ROOT, "demo", 99);
    for (size_t i = 0; i < NETWORK_NODES; i++) {
        network_free_address(network->listen[i]);
        network->sign[i] = network_key(KEY_SIGN, network_institutions[i], (uint8_t)(1 + i));
        network->transport[i] = network_key(KEY_TRANSPORT, network_nodes[i], (uint8_t)(11 + i));
        network_put_key(network, &network->sign[i]);
        network_put_key(network, &network->transport[i]);
    }
    network_root(network);
    network_catalogue(network, 7);
    for (size_t i = 0; i < NETWORK_NODES; i++)
        network_config(network, i);
}

static inline void network_remove(struct network *network)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", network->folder);
    int failed = system(command);
    assert(!failed);
    arena_close(network->arena);
}
