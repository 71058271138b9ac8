#include "io/membership.h"

#include "io/file.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_SIZE = 128 * 1024 * 1024 }; /* a bound; taken as it is needed */

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

static enum fault check_node(const struct catalogue_node *node, const struct config *config,
                             const struct keeper *keeper, struct instant now, struct reason *reason)
{
    if (!node)
        return reason_give(reason, FAULT_CONFIG,
                           "node: `%s` is not in the catalogue; ask the federation's authority to "
                           "enrol it",
                           config->node);
    const struct catalogue_key *key = catalogue_key_current(node->keys, node->key_count, now);
    if (!key)
        return reason_give(reason, FAULT_KEY,
                           "node: the catalogue has no transport key for `%s` that is valid now",
                           config->node);
    if (!keeper_holds(keeper, KEY_TRANSPORT, &key->digest))
        return reason_give(reason, FAULT_KEY,
                           "keys: none is the transport key `%s` that the catalogue names for `%s`",
                           key->id, config->node);
    return FAULT_NONE;
}

static enum fault check_institution(const struct catalogue *catalogue, const char *schac,
                                    const struct config *config, const struct keeper *keeper,
                                    struct instant now, struct reason *reason)
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

static bool is_configured(const struct config *config, const char *schac)
{
    for (size_t i = 0; i < config->institutions.count; i++)
        if (strcmp(config->institutions.values[i], schac) == 0)
            return true;
    return false;
}

enum fault membership_check(const struct membership *membership, const struct config *config,
                            const struct keeper *keeper, struct instant now, struct reason *reason)
{
    const struct catalogue *catalogue = membership->catalogue;
    const struct catalogue_node *node = catalogue_node(catalogue, config->node);
    TRY(check_node(node, config, keeper, now, reason));
    for (size_t i = 0; i < config->institutions.count; i++)
        TRY(check_institution(catalogue, config->institutions.values[i], config, keeper, now,
                              reason));
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
