#include "sim/authority.h"

#include "sim/chance.h"
#include "sim/turn.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { ISSUES_MAX = 32, VALID_SECONDS = 14 * 86400 };

static const char floor_name[] = "catalogue.version"; /* as the daemon names it */

struct authority {
    Peregrin__CatalogueStatement *draft;
    struct bytes root;
    struct digest anchor;
    struct {
        char name[PLAY_NAME_MAX];
        struct bytes wire;
    } issued[ISSUES_MAX];
    size_t count;
    uint64_t version;
    uint64_t keys; /* made so far */
};

/* ---- the office ---- */

static void keep(struct authority *office, const char *name, struct bytes wire)
{
    assert(wire.data && office->count < ISSUES_MAX);
    snprintf(office->issued[office->count].name, PLAY_NAME_MAX, "%s", name);
    office->issued[office->count++].wire = wire;
}

/* The catalogue of the beginning, made again: the same seed signs the same bytes. */
static bool files_of(const struct world *world, struct arena *arena, struct catalogue_files *out)
{
    const struct ceremony_keys **keys = arena_take_array(arena, world->count, sizeof *keys);
    if (!keys)
        return false;
    for (size_t i = 0; i < world->count; i++)
        keys[i] = &world->nodes[i].keys;
    return ceremony_files(world->seed, keys, world->count, world_beginning(), arena, out);
}

/* With the catalogue of the beginning in its hands. */
static struct authority *office_of(struct play *play)
{
    struct authority *office = play->authority;
    if (office)
        return office;
    struct catalogue_files files;
    office = arena_take(play->arena, sizeof *office);
    assert(office);
    *office = (struct authority) {.version = 1};
    bool made = files_of(play->world, play->arena, &files) &&
                !catalogue_peek(files.catalogue, play->arena, &office->draft);
    assert(made); /* every node has read it */
    office->root = files.root;
    catalogue_anchor(files.root, &office->anchor);
    keep(office, "first", files.catalogue);
    return play->authority = office;
}

static Peregrin__Institution *institution_of(struct authority *office, const char *schac)
{
    for (size_t i = 0; i < office->draft->n_institutions; i++)
        if (strcmp(office->draft->institutions[i]->schac, schac) == 0)
            return office->draft->institutions[i];
    assert(false); /* every institution is in the catalogue */
    return NULL;
}

static Peregrin__Node *node_of(struct authority *office, const char *id)
{
    for (size_t i = 0; i < office->draft->n_nodes; i++)
        if (strcmp(office->draft->nodes[i]->id, id) == 0)
            return office->draft->nodes[i];
    assert(false); /* and every node */
    return NULL;
}

/* ---- keys ---- */

/* When a line that says `in TIME` holds; the others hold at once. */
static uint64_t seconds_of(const struct play *play, const struct play_line *line)
{
    int64_t later_us = line->count > 1 ? line->words[1].time_us : 0;
    return instant_seconds(instant_after(world_now(play->world), later_us));
}

/* A list with one more place at its end. */
static Peregrin__KeyEntry **keys_with(struct play *play, Peregrin__KeyEntry **keys, size_t count,
                                      const uint8_t *public_key, uint64_t from)
{
    Peregrin__KeyEntry **more = arena_take_array(play->arena, count + 1, sizeof *more);
    Peregrin__KeyEntry *entry = arena_take(play->arena, sizeof *entry);
    assert(more && entry);
    memcpy(more, keys, count * sizeof *more);
    peregrin__key_entry__init(entry);
    entry->key_id = (char *)arena_format(play->arena, "k%zu", count + 1);
    entry->has_public_key = entry->has_from = true;
    entry->public_key = (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, (uint8_t *)public_key};
    entry->from = from;
    more[count] = entry;
    return more;
}

static void endorse(struct play *play, const struct node *node, const char *owner,
                    Peregrin__KeyEntry *entry, Peregrin__KeyUse use)
{
    const struct catalogue_endorsement what = {
        .network = play->authority->draft->network,
        .owner = owner,
        .key_id = entry->key_id,
        .endorser = node->keys.institution,
        .public_key = entry->public_key.data,
        .use = use,
    };
    entry->endorsement = catalogue_endorse(&what, node->keys.sign_secret, play->arena);
    assert(entry->endorsement);
}

static void seed_next(struct play *play, const char *label, uint8_t out[static SEAL_SEED_SIZE])
{
    entropy_expand(play->world->seed, label, ++office_of(play)->keys, out, SEAL_SEED_SIZE);
}

bool authority_signing_key(struct play *play, const struct play_line *line)
{
    struct node *node = &play->world->nodes[line->words[0].node];
    struct authority *office = office_of(play);
    Peregrin__Institution *entry = institution_of(office, node->keys.institution);
    uint8_t seed[SEAL_SEED_SIZE], *public_key = arena_take(play->arena, SEAL_PUBLIC_SIZE);
    uint8_t *secret = arena_take(play->arena, SEAL_SECRET_SIZE);
    assert(public_key && secret);
    seed_next(play, "authority sign", seed);
    seal_key_pair(seed, public_key, secret);
    if (!node_signs_also(node->host, public_key, secret))
        return play_wrong(play, "%s holds too many keys", node->keys.institution);
    entry->keys = keys_with(play, entry->keys, entry->n_keys, public_key, seconds_of(play, line));
    endorse(play, node, entry->schac, entry->keys[entry->n_keys], PEREGRIN__KEY_USE__KEY_USE_SIGN);
    entry->n_keys++;
    return true;
}

bool authority_transport_key(struct play *play, const struct play_line *line)
{
    struct node *node = turn_node(play->world, line->words[0].node);
    struct authority *office = office_of(play);
    Peregrin__Node *entry = node_of(office, node->id);
    uint8_t seed[SEAL_SEED_SIZE], *public_key = arena_take(play->arena, SEAL_PUBLIC_SIZE);
    assert(public_key);
    seed_next(play, "authority transport", seed);
    if (!node_dials_also(node, seed, public_key))
        return play_wrong(play, "%s holds too many keys", node->keys.institution);
    entry->keys = keys_with(play, entry->keys, entry->n_keys, public_key, seconds_of(play, line));
    endorse(play, node, entry->id, entry->keys[entry->n_keys],
            PEREGRIN__KEY_USE__KEY_USE_TRANSPORT);
    entry->n_keys++;
    return true;
}

static void keys_end(Peregrin__KeyEntry **keys, size_t count, uint64_t at, bool revoked)
{
    for (size_t i = 0; i + 1 < count; i++) {
        if (revoked) {
            keys[i]->has_revoked_at = true;
            keys[i]->revoked_at = at;
        } else if (!keys[i]->has_until) {
            keys[i]->has_until = true;
            keys[i]->until = at > keys[i]->from ? at : keys[i]->from + 1; /* it began just now */
        }
    }
}

static bool both_end(struct play *play, const struct play_line *line, bool revoked)
{
    const struct node *node = &play->world->nodes[line->words[0].node];
    struct authority *office = office_of(play);
    Peregrin__Institution *institution = institution_of(office, node->keys.institution);
    Peregrin__Node *serving = node_of(office, node->host->id);
    uint64_t at = seconds_of(play, line);
    if (institution->n_keys + serving->n_keys == 2)
        return play_wrong(play, "%s has no older keys", node->keys.institution);
    keys_end(institution->keys, institution->n_keys, at, revoked);
    keys_end(serving->keys, serving->n_keys, at, revoked);
    return true;
}

bool authority_ends_keys(struct play *play, const struct play_line *line)
{
    return both_end(play, line, false);
}

bool authority_revokes_keys(struct play *play, const struct play_line *line)
{
    return both_end(play, line, true);
}

/* ---- mistakes ---- */

static bool serves(const struct authority *office, const Peregrin__Node *node)
{
    for (size_t i = 0; i < office->draft->n_institutions; i++)
        if (strcmp(office->draft->institutions[i]->node, node->id) == 0)
            return true;
    return false;
}

bool authority_seats(struct play *play, const struct play_line *line)
{
    struct authority *office = office_of(play);
    const char *schac = world_institution(play->world, line->words[0].node);
    institution_of(office, schac)->node = turn_node(play->world, line->words[1].node)->id;
    return true;
}

static void key_replace(struct play *play, const struct node *node, const uint8_t *public_key)
{
    Peregrin__Node *entry = node_of(office_of(play), node->id);
    Peregrin__KeyEntry *key = entry->keys[entry->n_keys - 1];
    key->public_key.data = (uint8_t *)public_key;
    endorse(play, node, node->id, key, PEREGRIN__KEY_USE__KEY_USE_TRANSPORT);
}

bool authority_mistakes_key(struct play *play, const struct play_line *line)
{
    key_replace(play, turn_node(play->world, line->words[0].node),
                turn_node(play->world, line->words[1].node)->keys.transport_public);
    return true;
}

bool authority_invents_key(struct play *play, const struct play_line *line)
{
    uint8_t *public_key = arena_take(play->arena, SEAL_PUBLIC_SIZE);
    assert(public_key);
    seed_next(play, "authority invents", public_key);
    key_replace(play, turn_node(play->world, line->words[0].node), public_key);
    return true;
}

bool authority_strikes(struct play *play, const struct play_line *line)
{
    const struct node *node = turn_node(play->world, line->words[0].node);
    node_of(office_of(play), node->id)->endpoint = NULL;
    return true;
}

/* ---- issuing ---- */

/* A node that serves nobody does not stand in a catalogue: no institution vouches for its key. */
static bool draft_sign(struct play *play, enum ceremony_hand hand, struct bytes *wire)
{
    const struct authority *office = office_of(play);
    Peregrin__CatalogueStatement statement = *office->draft;
    statement.n_nodes = 0;
    statement.nodes = arena_take_array(play->arena, office->draft->n_nodes, sizeof(void *));
    assert(statement.nodes);
    for (size_t i = 0; i < office->draft->n_nodes; i++)
        if (serves(office, office->draft->nodes[i]))
            statement.nodes[statement.n_nodes++] = office->draft->nodes[i];
    return ceremony_issue(play->world->seed, &statement, hand, play->arena, wire);
}

static bool issue(struct play *play, const char *name, enum ceremony_hand hand)
{
    struct authority *office = office_of(play);
    for (size_t i = 0; i < office->count; i++)
        if (strcmp(office->issued[i].name, name) == 0)
            return play_wrong(play, "there is a catalogue %s already", name);
    if (office->count == ISSUES_MAX || strlen(name) >= PLAY_NAME_MAX)
        return play_wrong(play, "%s cannot be the name of a new catalogue", name);
    office->draft->version = ++office->version;
    office->draft->created = instant_seconds(world_now(play->world));
    office->draft->expires = office->draft->created + VALID_SECONDS;
    struct bytes wire;
    bool made = draft_sign(play, hand, &wire);
    assert(made);
    keep(office, name, wire);
    return true;
}

bool authority_issues(struct play *play, const struct play_line *line)
{
    return issue(play, line->words[0].text, CEREMONY_ROOT);
}

bool authority_issues_weakly(struct play *play, const struct play_line *line)
{
    return issue(play, line->words[0].text, CEREMONY_ONE_TOO_FEW);
}

bool authority_forges(struct play *play, const struct play_line *line)
{
    return issue(play, line->words[0].text, CEREMONY_STRANGERS);
}

/* ---- reading ---- */

/* As the daemon keeps it: in the store, so that a restore brings an older one back. */
static uint64_t floor_of(struct play *play, const struct node *node)
{
    struct bytes value = {0};
    if (node->store->value_get(node->store, floor_name, play->arena, &value) || value.size != 8)
        return 0;
    return bytes_read_u64le(value.data);
}

static bool floor_raise(const struct node *node, uint64_t version)
{
    struct store *store = node->store;
    uint8_t value[8];
    bytes_write_u64le(value, version);
    return !store->begin(store) &&
           !store->value_put(store, floor_name, (struct bytes) {value, sizeof value}) &&
           !store->commit(store);
}

static bool believe(struct play *play, struct node *node, const struct catalogue *catalogue)
{
    struct world *world = play->world;
    if (!floor_raise(node, catalogue->version))
        return play_wrong(play, "the version cannot be kept");
    if (catalogue->version > world->catalogue->version)
        world->catalogue = (struct catalogue *)catalogue; /* whoever checks knows every key */
    bool up = world_up(world, node->number);
    if (up)
        world_stop(world, node->number);
    world_trusts(world, node->number, (struct world_trust) {.catalogue = catalogue});
    return !up || world_start(world, node->number) ||
           play_wrong(play, "%s cannot be opened with it", node->keys.institution);
}

static bool node_reads(struct play *play, size_t number, const char *name, struct bytes wire)
{
    struct node *node = turn_node(play->world, number);
    struct authority *office = office_of(play);
    /* The federation's own seals are real, also in a world of the model. */
    struct suite suite = suite_over(&turn_node(play->world, number)->suite_keys);
    struct catalogue *catalogue;
    const char *why = NULL;
    enum verdict verdict =
        catalogue_read((struct catalogue_files) {office->root, wire}, &office->anchor,
                       floor_of(play, node), &suite, play->arena, &catalogue, &why);
    play_say(play, number, '>',
             arena_format(play->arena, "catalogue %s: %s", name, verdict ? why : "read"));
    return verdict ? true : believe(play, node, catalogue);
}

static bool wire_find(struct play *play, const char *name, struct bytes *wire)
{
    const struct authority *office = office_of(play);
    for (size_t i = 0; i < office->count; i++)
        if (strcmp(office->issued[i].name, name) == 0) {
            *wire = office->issued[i].wire;
            return true;
        }
    return play_wrong(play, "no catalogue %s was issued", name);
}

bool authority_read(struct play *play, const struct play_line *line)
{
    struct bytes wire;
    const char *name = line->words[1].text;
    return wire_find(play, name, &wire) && node_reads(play, line->words[0].node, name, wire);
}

bool authority_read_all(struct play *play, const struct play_line *line)
{
    struct bytes wire;
    const char *name = line->words[0].text;
    if (!wire_find(play, name, &wire))
        return false;
    for (size_t i = 0; i < world_count(play->world); i++)
        if (turn_node(play->world, i)->number == i && world_up(play->world, i) &&
            !node_reads(play, i, name, wire))
            return false;
    return true;
}
