/* A Merkle tree of RFC 6962 shape over record ids (section 2.1: prefixes 0x00 for leaves, 0x01 for
 * nodes; the left subtree is the largest power of two smaller than the count). */
#pragma once

#include "base/arena.h"
#include "seal/digest.h"

enum { TREE_LEAVES_MAX = 1024, TREE_PATH_MAX = 10 };

/* 1 <= count <= TREE_LEAVES_MAX (a bug otherwise). */
void tree_root(const struct digest *leaves, size_t count, struct digest *root);

/* The audit path of one leaf, from the leaf upwards; returns its length. index < count. */
size_t tree_path(const struct digest *leaves, size_t count, size_t index,
                 struct digest path[static TREE_PATH_MAX]);

/* True iff the leaf stands at index of a tree of count leaves with this root. Refuses count 0 or
 * above the maximum, index >= count and a path of the wrong length. */
bool tree_check(const struct digest *leaf, size_t index, size_t count, const struct digest *path,
                size_t path_length, const struct digest *root);

/* The way of the last leaf that held, remembered: leaves of one tree that come one after the other
 * share most of it. Starts as zeroes. */
struct tree_run {
    bool held;
    size_t count, length;
    struct digest root, path[TREE_PATH_MAX], sums[TREE_PATH_MAX];
    size_t places[TREE_PATH_MAX];
    uint8_t levels[TREE_PATH_MAX]; /* of sums and places: 0 is the leaves' */
};

/* As tree_check, word for word; what it has computed before for this tree it does not again. */
bool tree_run_check(struct tree_run *run, const struct digest *leaf, size_t index, size_t count,
                    const struct digest *path, size_t path_length, const struct digest *root);
