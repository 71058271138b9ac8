#include "seal/tree.h"

#include <assert.h>
#include <string.h>

/* The prefixes keep a leaf from being shown as a node, and the other way round. */
static const uint8_t leaf_prefix = 0x00, node_prefix = 0x01;

static void hash_leaf(const struct digest *leaf, struct digest *out)
{
    digest_of_pair(DIGEST_TREE, (struct bytes) {&leaf_prefix, 1}, digest_bytes(leaf), out);
}

static void hash_node(const struct digest *left, const struct digest *right, struct digest *out)
{
    uint8_t children[2 * DIGEST_SIZE];
    memcpy(children, left->bytes, DIGEST_SIZE);
    memcpy(children + DIGEST_SIZE, right->bytes, DIGEST_SIZE);
    digest_of_pair(DIGEST_TREE, (struct bytes) {&node_prefix, 1},
                   (struct bytes) {children, sizeof children}, out);
}

/* The largest power of two smaller than count. */
static size_t left_size(size_t count)
{
    assert(count >= 2);
    size_t size = 1;
    while (size * 2 < count)
        size *= 2;
    return size;
}

/* RFC 6962, 2.1: MTH(D[n]) = HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
void tree_root(const struct digest *leaves, size_t count, struct digest *root)
{
    assert(count >= 1 && count <= TREE_LEAVES_MAX);
    if (count == 1) {
        hash_leaf(leaves, root);
        return;
    }
    size_t k = left_size(count);
    struct digest left, right;
    tree_root(leaves, k, &left);
    tree_root(leaves + k, count - k, &right);
    hash_node(&left, &right, root);
}

/* RFC 6962, 2.1.1: the path inside the half that holds the leaf, then the root of the other half.
 */
size_t tree_path(const struct digest *leaves, size_t count, size_t index,
                 struct digest path[static TREE_PATH_MAX])
{
    assert(count <= TREE_LEAVES_MAX && index < count);
    if (count == 1)
        return 0;
    size_t k = left_size(count), length;
    if (index < k) {
        length = tree_path(leaves, k, index, path);
        tree_root(leaves + k, count - k, &path[length]);
    } else {
        length = tree_path(leaves + k, count - k, index - k, path);
        tree_root(leaves, k, &path[length]);
    }
    return length + 1;
}

/* Where a way stands: `place` among the `last + 1` nodes of its level. */
struct stand {
    size_t place, last;
    uint8_t level;
};

static void go_up(struct stand *stand)
{
    stand->place /= 2;
    stand->last /= 2;
    stand->level++;
}

/* RFC 9162, 2.1.3.2, in its words: `place` is fn, `last` is sn. Both shift until `last` is spent,
 * which happens exactly at the end of a path of the right length. */
static void climb(struct stand *stand, const struct digest *beside, struct digest *sum)
{
    if (stand->place % 2 == 1 || stand->place == stand->last) {
        hash_node(beside, sum, sum);
        while (stand->place % 2 == 0 && stand->place != 0)
            go_up(stand);
    } else {
        hash_node(sum, beside, sum);
    }
    go_up(stand);
}

bool tree_check(const struct digest *leaf, size_t index, size_t count, const struct digest *path,
                size_t path_length, const struct digest *root)
{
    if (count > TREE_LEAVES_MAX || index >= count) /* of no leaves, any index */
        return false;
    struct stand stand = {.place = index, .last = count - 1};
    struct digest sum;
    hash_leaf(leaf, &sum);
    for (size_t i = 0; i < path_length; i++) {
        if (stand.last == 0)
            return false;
        climb(&stand, &path[i], &sum);
    }
    return stand.last == 0 && digest_equal(&sum, root);
}

static bool same(const struct digest *left, const struct digest *right, size_t count)
{
    return memcmp(left, right, count * sizeof *left) == 0;
}

/* True when the way goes on from its step `at` as the run did, whose end was the root: from the
 * same node with the same rest, or from the node beside it, when each is what the other was told
 * to have beside it. */
static bool joins(const struct tree_run *run, size_t at, const struct stand *stand,
                  const struct digest *sum, const struct digest *rest)
{
    size_t length = run->length - at;
    if (run->levels[at] != stand->level)
        return false;
    if (run->places[at] == stand->place)
        return same(sum, &run->sums[at], 1) && same(rest, &run->path[at], length);
    return run->places[at] == (stand->place ^ 1) && same(sum, &run->path[at], 1) &&
           same(rest, &run->sums[at], 1) && same(rest + 1, &run->path[at + 1], length - 1);
}

bool tree_run_check(struct tree_run *run, const struct digest *leaf, size_t index, size_t count,
                    const struct digest *path, size_t path_length, const struct digest *root)
{
    if (count > TREE_LEAVES_MAX || index >= count || path_length > TREE_PATH_MAX)
        return false;
    struct stand stand = {.place = index, .last = count - 1};
    struct digest sum;
    bool known =
        run->held && run->count == count && run->length == path_length && same(&run->root, root, 1);
    run->held = false; /* until this one does; its steps take the places of the others */
    hash_leaf(leaf, &sum);
    for (size_t i = 0; i < path_length && !run->held; i++) {
        if (stand.last == 0)
            return false;
        run->held = known && joins(run, i, &stand, &sum, path + i);
        run->path[i] = path[i];
        run->sums[i] = sum;
        run->places[i] = stand.place;
        run->levels[i] = stand.level;
        if (!run->held)
            climb(&stand, &path[i], &sum);
    }
    run->held = run->held || (stand.last == 0 && digest_equal(&sum, root));
    run->count = count;
    run->length = path_length;
    run->root = *root;
    return run->held;
}
