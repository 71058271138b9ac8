#include "io/membership.h"

#include "admin/hand.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/transport.h"

#include <stdio.h>
#include <string.h>

enum {
    ARENA_SIZE = 128 * 1024 * 1024, /* a bound; taken as it is needed */
    VERSION_SIZE = 8,
    SOON_SECONDS = 3 * 86400,
};

const char membership_floor_name[] = "catalogue.version";

static enum fault read_into(struct membership *membership, const char *path, size_t max,
                            struct bytes *out, struct reason *reason)
{
    struct bytes content = {0};
    TRY(file_read(path, max, &content, reason));
    *out = arena_copy(membership->arena, content);
    file_free(&content);
    return out->data ? FAULT_NONE : reason_give(reason, FAULT_MEMORY, "%s: no memory", path);
}

static enum fault read_files(struct membership *membership, const struct config *config,
                             uint64_t version_floor, struct reason *reason)
{
    struct catalogue_files *files = &membership->files;
    struct suite suite = suite_over(&(struct suite_keys) {0});
    const char *why = NULL;
    TRY(read_into(membership, config->root, CATALOGUE_ROOT_MAX, &files->root, reason));
    TRY(read_into(membership, config->catalogue, CATALOGUE_SIZE_MAX, &files->catalogue, reason));
    enum verdict verdict = catalogue_read(*files, &config->anchor_digest, version_floor, &suite,
                                          membership->arena, &membership->catalogue, &why);
    if (verdict)
        return reason_give(reason, FAULT_CONFIG, "%s: is not believed: %s", config->catalogue,
                           why ? why : verdict_text(verdict)->sentence);
    if (strcmp(membership->catalogue->network, config->network) != 0)
        return reason_give(reason, FAULT_CONFIG,
                           "%s: is of the network `%s`; the configuration says `%s`",
                           config->catalogue, membership->catalogue->network, config->network);
    return FAULT_NONE;
}

enum fault membership_open(const struct config *config, uint64_t version_floor,
                           struct membership **out, struct reason *reason)
{
    struct arena *arena = arena_open(ARENA_SIZE);
    struct membership *membership = arena ? arena_take(arena, sizeof *membership) : NULL;
    if (!membership) {
        arena_close(arena);
        return reason_give(reason, FAULT_MEMORY, "no memory for the catalogue");
    }
    membership->arena = arena;
    enum fault fault = read_files(membership, config, version_floor, reason);
    if (fault)
        membership_close(membership);
    else
        *out = membership;
    return fault;
}

void membership_close(struct membership *membership)
{
    if (membership)
        arena_close(membership->arena);
}

/* ---- what this node is -------------------------------------------------------------------- */

static bool is_configured(const struct config *config, const char *schac)
{
    for (size_t i = 0; i < config->institutions.count; i++)
        if (strcmp(config->institutions.values[i], schac) == 0)
            return true;
    return false;
}

static enum fault place_institution(const struct catalogue *catalogue, const char *schac,
                                    const struct config *config, struct reason *reason)
{
    const struct catalogue_institution *found = catalogue_institution(catalogue, schac);
    if (!found)
        return reason_give(reason, FAULT_CONFIG, "institutions: `%s` is not in the catalogue",
                           schac);
    const char *node = catalogue->nodes[found->node].id;
    if (strcmp(node, config->node) != 0)
        return reason_give(reason, FAULT_CONFIG,
                           "institutions: the catalogue says that `%s` is served by `%s`", schac,
                           node);
    return FAULT_NONE;
}

enum fault membership_place(const struct membership *membership, const struct config *config,
                            struct reason *reason)
{
    const struct catalogue *catalogue = membership->catalogue;
    const struct catalogue_node *node = catalogue_node(catalogue, config->node);
    if (!node)
        return reason_give(reason, FAULT_CONFIG,
                           "node: `%s` is not in the catalogue; ask the federation's authority to "
                           "enrol it",
                           config->node);
    if (node->endpoint && !transport_listens(config->listen))
        return reason_give(reason, FAULT_CONFIG,
                           "listen: the catalogue tells partners to call `%s`, and this node is to "
                           "listen nowhere",
                           node->endpoint);
    for (size_t i = 0; i < config->institutions.count; i++)
        TRY(place_institution(catalogue, config->institutions.values[i], config, reason));
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *each = &catalogue->institutions[i];
        if (&catalogue->nodes[each->node] == node && !is_configured(config, each->schac))
            return reason_give(reason, FAULT_CONFIG,
                               "institutions: the catalogue says that this node also serves `%s`: "
                               "name it there",
                               each->schac);
    }
    return FAULT_NONE;
}

/* ---- its keys ------------------------------------------------------------------------------ */

static enum fault check_node(const struct catalogue_node *node, const struct config *config,
                             const struct keeper *keeper, struct instant now, struct reason *reason)
{
    const struct catalogue_key *key = catalogue_key_current(node->keys, node->key_count, now);
    if (!key) { /* in most cases it is the clock */
        char today[INSTANT_TEXT_SIZE];
        instant_text(now, today);
        return reason_give(reason, FAULT_KEY,
                           "node: the catalogue has no transport key for `%s` that is valid now; "
                           "this machine's clock says %s: set it, or make the next key and hand in "
                           "its card (`peregrin key`)",
                           config->node, today);
    }
    if (!keeper_holds(keeper, KEY_TRANSPORT, &key->digest))
        return reason_give(reason, FAULT_KEY,
                           "keys: none is the transport key `%s` that the catalogue names for `%s`",
                           key->id, config->node);
    return FAULT_NONE;
}

static enum fault check_institution(const struct catalogue *catalogue, const char *schac,
                                    const struct keeper *keeper, struct instant now,
                                    struct reason *reason)
{
    const struct catalogue_institution *found = catalogue_institution(catalogue, schac);
    const struct catalogue_key *key = catalogue_key_current(found->keys, found->key_count, now);
    if (!key)
        return reason_give(reason, FAULT_KEY,
                           "institutions: the catalogue has no signing key for `%s` that is valid "
                           "now",
                           schac);
    if (!keeper_holds(keeper, KEY_SIGN, &key->digest))
        return reason_give(reason, FAULT_KEY,
                           "keys: none is the signing key `%s` that the catalogue names for `%s`",
                           key->id, schac);
    return FAULT_NONE;
}

enum fault membership_check(const struct membership *membership, const struct config *config,
                            const struct keeper *keeper, struct instant now, struct reason *reason)
{
    const struct catalogue *catalogue = membership->catalogue;
    TRY(membership_place(membership, config, reason));
    TRY(check_node(catalogue_node(catalogue, config->node), config, keeper, now, reason));
    for (size_t i = 0; i < config->institutions.count; i++)
        TRY(check_institution(catalogue, config->institutions.values[i], keeper, now, reason));
    return FAULT_NONE;
}

/* ---- never backwards ----------------------------------------------------------------------- */

uint64_t membership_floor(struct bytes value)
{
    return value.size == VERSION_SIZE ? bytes_read_u64le(value.data) : 0;
}

static enum fault version_read(struct store *store, struct arena *arena, uint64_t *version)
{
    struct bytes value = {0};
    TRY(store->value_get(store, membership_floor_name, arena, &value));
    *version = membership_floor(value);
    return FAULT_NONE;
}

static enum fault version_write(struct store *store, uint64_t version)
{
    uint8_t value[VERSION_SIZE];
    bytes_write_u64le(value, version);
    TRY(store->begin(store));
    enum fault fault =
        store->value_put(store, membership_floor_name, (struct bytes) {value, sizeof value});
    if (!fault)
        return store->commit(store);
    store->rollback(store);
    return fault;
}

/* Only a version that is of use to this node raises the floor. */
static enum fault believe(const struct membership *membership, const struct config *config,
                          const struct keeper *keeper, struct store *store, uint64_t floor,
                          struct reason *reason)
{
    TRY(membership_check(membership, config, keeper, clock_now(), reason));
    if (membership->catalogue->version <= floor)
        return FAULT_NONE;
    enum fault fault = version_write(store, membership->catalogue->version);
    return fault ? reason_give(reason, fault, "%s", fault_text(fault)->sentence) : FAULT_NONE;
}

enum fault membership_load(const struct config *config, const struct keeper *keeper,
                           struct store *store, struct membership **out, struct reason *reason)
{
    uint64_t floor = 0;
    struct membership *fresh = NULL;
    struct arena *arena = arena_open(STORE_VALUE_MAX);
    enum fault fault = arena ? version_read(store, arena, &floor) : FAULT_MEMORY;
    arena_close(arena);
    if (fault)
        return reason_give(reason, fault, "%s", fault_text(fault)->sentence);
    TRY(membership_open(config, floor, &fresh, reason));
    fault = believe(fresh, config, keeper, store, floor, reason);
    if (!fault) {
        fault = hand_partner_join(store, fresh->arena, fresh->catalogue);
        if (fault)
            fault = reason_give(reason, fault, "%s", fault_text(fault)->sentence);
    }
    if (fault)
        membership_close(fresh);
    else
        *out = fresh;
    return fault;
}

const char *membership_expiry(const struct membership *membership, struct instant now)
{
    struct instant soon = instant_after(now, SOON_SECONDS * (int64_t)INSTANT_SECOND);
    if (catalogue_expired(membership->catalogue, now))
        return "the catalogue has expired: fetch a new one and send SIGHUP";
    if (catalogue_expired(membership->catalogue, soon))
        return "the catalogue expires within three days: fetch a new one and send SIGHUP";
    return NULL;
}

const uint8_t *membership_transport(const struct membership *membership,
                                    const struct config *config, const struct keeper *keeper,
                                    struct instant now)
{
    const struct catalogue_node *node = catalogue_node(membership->catalogue, config->node);
    const struct catalogue_key *key =
        node ? catalogue_key_current(node->keys, node->key_count, now) : NULL;
    return key ? keeper_transport(keeper, &key->digest) : NULL;
}

const char *membership_endpoint(const struct membership *membership, const char *node)
{
    const struct catalogue_node *found = catalogue_node(membership->catalogue, node);
    return found ? found->endpoint : NULL;
}
