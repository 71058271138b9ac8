#include "store/rows_index.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_MIN = 64 };

struct bytes rows_index_key(const struct rows_node *node)
{
    return (struct bytes) {node->data, node->key_size};
}

/* ---- the hash ------------------------------------------------------------------------------ */

static uint64_t stir(uint64_t x)
{
    x *= 0x9e3779b97f4a7c15u;
    return x ^ x >> 32;
}

/* Spread over all 64 bits (the last step is splitmix64's): equal histories make equal trees. */
uint64_t rows_index_print(unsigned table, struct bytes key)
{
    uint64_t x = (uint64_t)table << 32 | key.size, word = 0;
    size_t at = 0;
    for (; key.size - at >= 8; at += 8) {
        memcpy(&word, key.data + at, 8);
        x = stir(x ^ word);
    }
    word = 0;
    for (; at < key.size; at++)
        word = word << 8 | key.data[at];
    x = stir(x ^ word);
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* The slot of this row, or the free one where it belongs. There must be slots. */
static struct rows_slot *slot_of(const struct rows_index *index, unsigned table, struct bytes key,
                                 uint64_t print)
{
    size_t at = (size_t)print & (index->room - 1);
    for (;; at = (at + 1) & (index->room - 1)) {
        struct rows_slot *slot = &index->slots[at];
        if (!slot->node || (slot->print == print && slot->node->table == table &&
                            bytes_equal(rows_index_key(slot->node), key)))
            return slot;
    }
}

static struct rows_slot *slot_of_node(const struct rows_index *index, const struct rows_node *node)
{
    return slot_of(index, node->table, rows_index_key(node), node->print);
}

static void slot_take(struct rows_index *index, struct rows_node *node)
{
    struct rows_slot *slot = slot_of_node(index, node);
    index->count += !slot->node;
    *slot = (struct rows_slot) {node->print, node};
}

/* Those behind it move up, as if it had never been. */
static void slot_leave(struct rows_index *index, const struct rows_node *node)
{
    size_t mask = index->room - 1, gap = (size_t)(slot_of_node(index, node) - index->slots);
    for (size_t at = (gap + 1) & mask; index->slots[at].node; at = (at + 1) & mask) {
        size_t home = (size_t)index->slots[at].print & mask;
        if (((at - home) & mask) < ((at - gap) & mask))
            continue;
        index->slots[gap] = index->slots[at];
        gap = at;
    }
    index->slots[gap] = (struct rows_slot) {0};
    index->count--;
}

bool rows_index_reserve(struct rows_index *index)
{
    if (2 * (index->count + 1) <= index->room)
        return true;
    struct rows_index larger = {.room = index->room ? 2 * index->room : SLOTS_MIN};
    larger.slots = calloc(larger.room, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < index->room; i++) {
        size_t at = (size_t)index->slots[i].print & (larger.room - 1);
        while (index->slots[i].node && larger.slots[at].node)
            at = (at + 1) & (larger.room - 1);
        if (index->slots[i].node)
            larger.slots[at] = index->slots[i];
    }
    free(index->slots);
    index->slots = larger.slots;
    index->room = larger.room;
    return true;
}

struct rows_node *rows_index_find(const struct rows_index *index, unsigned table, struct bytes key,
                                  uint64_t print)
{
    assert(table < ROWS_TABLES);
    return index->room ? slot_of(index, table, key, print)->node : NULL;
}

/* ---- the treap ----------------------------------------------------------------------------- */

static uint64_t eight_of(const uint8_t *data)
{
    uint64_t eight;
    memcpy(&eight, data, sizeof eight);
    return be64toh(eight);
}

/* bytes_compare, by eight bytes at once: keys are short, and many begin alike. */
static int key_order(struct bytes left, struct bytes right)
{
    size_t shorter = left.size < right.size ? left.size : right.size, at = 0;
    if (shorter < 8)
        return bytes_compare(left, right);
    for (; shorter - at >= 8; at += 8) {
        uint64_t one = eight_of(left.data + at), other = eight_of(right.data + at);
        if (one != other)
            return one < other ? -1 : 1;
    }
    return bytes_compare((struct bytes) {left.data + at, left.size - at},
                         (struct bytes) {right.data + at, right.size - at});
}

/* Where the node with this key hangs; the link is NULL when there is none. */
static struct rows_node **link_of(struct rows_node **root, struct bytes key)
{
    struct rows_node **link = root;
    while (*link) {
        int order = key_order(key, rows_index_key(*link));
        if (order == 0)
            break;
        link = order < 0 ? &(*link)->left : &(*link)->right;
    }
    return link;
}

static void split(struct rows_node *node, struct bytes key, struct rows_node **left,
                  struct rows_node **right)
{
    while (node) {
        if (key_order(rows_index_key(node), key) < 0) {
            *left = node;
            left = &node->right;
            node = node->right;
        } else {
            *right = node;
            right = &node->left;
            node = node->left;
        }
    }
    *left = *right = NULL;
}

static void insert(struct rows_node **root, struct rows_node *node)
{
    struct rows_node **link = root;
    while (*link && (*link)->print >= node->print) {
        int order = key_order(rows_index_key(node), rows_index_key(*link));
        assert(order != 0);
        link = order < 0 ? &(*link)->left : &(*link)->right;
    }
    split(*link, rows_index_key(node), &node->left, &node->right);
    *link = node;
}

static void cut(struct rows_node **link)
{
    struct rows_node *left = (*link)->left, *right = (*link)->right;
    while (left && right) {
        if (left->print >= right->print) {
            *link = left;
            link = &left->right;
            left = left->right;
        } else {
            *link = right;
            link = &right->left;
            right = right->left;
        }
    }
    *link = left ? left : right;
}

/* ---- who waits for the order ---------------------------------------------------------------- */

static void wait_begin(struct rows_index *index, struct rows_node *node)
{
    struct rows_node **first = &index->waiting[node->table];
    node->waits = true;
    node->left = NULL;
    node->right = *first;
    if (*first)
        (*first)->left = node;
    *first = node;
}

static void wait_end(struct rows_index *index, struct rows_node *node)
{
    if (node->left)
        node->left->right = node->right;
    else
        index->waiting[node->table] = node->right;
    if (node->right)
        node->right->left = node->left;
    node->waits = false;
}

static void order_leave(struct rows_index *index, struct rows_node *node)
{
    if (node->waits)
        wait_end(index, node);
    else
        cut(link_of(&index->roots[node->table], rows_index_key(node)));
}

struct rows_node *rows_index_search(struct rows_index *index, unsigned table, struct bytes key,
                                    int least)
{
    assert(table < ROWS_TABLES);
    struct rows_node *found = NULL, *next;
    while ((next = index->waiting[table])) {
        wait_end(index, next);
        insert(&index->roots[table], next);
    }
    for (next = index->roots[table]; next;) {
        if (key_order(rows_index_key(next), key) >= least) {
            found = next;
            next = next->left;
        } else {
            next = next->right;
        }
    }
    return found;
}

/* ---- coming and going ---------------------------------------------------------------------- */

void rows_index_enter(struct rows_index *index, struct rows_node *old, struct rows_node *node)
{
    if (old)
        order_leave(index, old);
    wait_begin(index, node);
    slot_take(index, node);
}

void rows_index_leave(struct rows_index *index, struct rows_node *node)
{
    order_leave(index, node);
    slot_leave(index, node);
}

void rows_index_free(struct rows_index *index)
{
    for (size_t i = 0; i < index->room; i++)
        free(index->slots[i].node);
    free(index->slots);
}
