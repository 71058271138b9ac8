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

/* RFC 9162, 2.1.3.2, in its words: `place` is fn, `last` is sn. Both shift until `last` is spent,
 * which happens exactly at the end of a path of the right length. */
bool tree_check(const struct digest *leaf, size_t index, size_t count, const struct digest *path,
                size_t path_length, const struct digest *root)
{
    if (count > TREE_LEAVES_MAX || index >= count) /* of no leaves, any index */
        return false;
    size_t place = index, last = count - 1;
    struct digest sum;
    hash_leaf(leaf, &sum);
    for (size_t i = 0; i < path_length; i++) {
        if (last == 0)
            return false;
        if (place % 2 == 1 || place == last) {
            hash_node(&path[i], &sum, &sum);
            for (; place % 2 == 0 && place != 0; place /= 2)
                last /= 2;
        } else {
            hash_node(&sum, &path[i], &sum);
        }
        place /= 2;
        last /= 2;
    }
    return last == 0 && digest_equal(&sum, root);
}
