#include "store/rows_index.h"

#include <assert.h>
#include <endian.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_MIN = 16, RUN_MIN = 8 };

struct bytes rows_index_key(const struct rows_node *node)
{
    return (struct bytes) {node->data, node->key_size};
}

static uint64_t eight_of(const uint8_t *data)
{
    uint64_t eight;
    memcpy(&eight, data, sizeof eight);
    return be64toh(eight);
}

/* ---- numbered tables ------------------------------------------------------------------------ */

static bool is_numbered(const struct rows_index *index, unsigned table)
{
    assert(table < ROWS_TABLES);
    return index->numbered >> table & 1;
}

static size_t number_of(struct bytes key)
{
    assert(key.size == 8);
    return (size_t)eight_of(key.data);
}

/* No key at all is before all numbers. */
static struct rows_node *run_search(const struct rows_run *run, struct bytes key, int least)
{
    size_t at = key.size ? number_of(key) + (size_t)least : 0;
    for (at = at > run->first ? at : run->first; at < run->end; at++)
        if (run->nodes[at])
            return run->nodes[at];
    return NULL;
}

/* By half of it: twice would leave much unused. */
static bool run_reserve(struct rows_run *run, size_t number)
{
    if (number < run->room)
        return true;
    size_t room = run->room + run->room / 2 + RUN_MIN;
    room = room > number ? room : number + 1;
    struct rows_node **larger =
        room <= SIZE_MAX / sizeof *larger ? realloc(run->nodes, room * sizeof *larger) : NULL;
    if (!larger)
        return false;
    memset(larger + run->room, 0, (room - run->room) * sizeof *larger);
    run->nodes = larger;
    run->room = room;
    return true;
}

static void run_enter(struct rows_run *run, struct rows_node *node)
{
    size_t number = number_of(rows_index_key(node));
    assert(number < run->room);
    run->nodes[number] = node;
    if (run->first == run->end)
        run->first = run->end = number;
    run->first = number < run->first ? number : run->first;
    run->end = number < run->end ? run->end : number + 1;
}

static void run_leave(struct rows_run *run, const struct rows_node *node)
{
    run->nodes[number_of(rows_index_key(node))] = NULL;
    while (run->first < run->end && !run->nodes[run->first])
        run->first++;
    while (run->first < run->end && !run->nodes[run->end - 1])
        run->end--;
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static struct rows_place *place_of(const struct rows_node *node)
{
    return (struct rows_place *)(uintptr_t)node - 1;
}

static_assert(sizeof(struct rows_place) % alignof(struct rows_node) == 0,
              "a node stands behind it");

struct rows_node *rows_index_make(const struct rows_index *index, unsigned table, struct bytes key,
                                  uint64_t print, size_t value_size)
{
    assert(key.size > 0 && key.size <= UINT16_MAX && value_size <= UINT32_MAX);
    size_t before = is_numbered(index, table) ? 0 : sizeof(struct rows_place);
    uint8_t *memory = malloc(before + sizeof(struct rows_node) + key.size + value_size);
    if (!memory)
        return NULL;
    struct rows_node *node = (struct rows_node *)(void *)(memory + before);
    *node = (struct rows_node) {
        .value_size = (uint32_t)value_size,
        .key_size = (uint16_t)key.size,
        .table = (uint8_t)table,
    };
    memcpy(node->data, key.data, key.size);
    if (before)
        *place_of(node) = (struct rows_place) {.print = print};
    return node;
}

void rows_index_drop(const struct rows_index *index, struct rows_node *node)
{
    if (node && is_numbered(index, node->table))
        free(node);
    else if (node)
        free(place_of(node));
}

/* ---- the hash ------------------------------------------------------------------------------ */

static uint64_t stir(uint64_t x)
{
    x *= 0x9e3779b97f4a7c15u;
    return x ^ x >> 32;
}

/* Spread over all 64 bits (the last step is splitmix64's): equal histories make equal trees. */
uint64_t rows_index_print(const struct rows_index *index, unsigned table, struct bytes key)
{
    if (is_numbered(index, table))
        return 0;
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
    return slot_of(index, node->table, rows_index_key(node), place_of(node)->print);
}

static void slot_take(struct rows_index *index, struct rows_node *node)
{
    struct rows_slot *slot = slot_of_node(index, node);
    index->count += !slot->node;
    *slot = (struct rows_slot) {place_of(node)->print, node};
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

static bool slots_reserve(struct rows_index *index)
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
    if (is_numbered(index, table)) {
        size_t number = number_of(key);
        return number < index->runs[table].room ? index->runs[table].nodes[number] : NULL;
    }
    return index->room ? slot_of(index, table, key, print)->node : NULL;
}

/* ---- the treap ----------------------------------------------------------------------------- */

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
        link = order < 0 ? &place_of(*link)->left : &place_of(*link)->right;
    }
    return link;
}

static void split(struct rows_node *node, struct bytes key, struct rows_node **left,
                  struct rows_node **right)
{
    while (node) {
        if (key_order(rows_index_key(node), key) < 0) {
            *left = node;
            left = &place_of(node)->right;
            node = *left;
        } else {
            *right = node;
            right = &place_of(node)->left;
            node = *right;
        }
    }
    *left = *right = NULL;
}

static void insert(struct rows_node **root, struct rows_node *node)
{
    struct rows_node **link = root;
    struct rows_place *place = place_of(node);
    while (*link && place_of(*link)->print >= place->print) {
        int order = key_order(rows_index_key(node), rows_index_key(*link));
        assert(order != 0);
        link = order < 0 ? &place_of(*link)->left : &place_of(*link)->right;
    }
    split(*link, rows_index_key(node), &place->left, &place->right);
    *link = node;
}

static void cut(struct rows_node **link)
{
    struct rows_node *left = place_of(*link)->left, *right = place_of(*link)->right;
    while (left && right) {
        if (place_of(left)->print >= place_of(right)->print) {
            *link = left;
            link = &place_of(left)->right;
            left = *link;
        } else {
            *link = right;
            link = &place_of(right)->left;
            right = *link;
        }
    }
    *link = left ? left : right;
}

/* ---- who waits for the order ---------------------------------------------------------------- */

static void wait_begin(struct rows_index *index, struct rows_node *node)
{
    struct rows_node **first = &index->waiting[node->table];
    node->waits = true;
    *place_of(node) = (struct rows_place) {.right = *first, .print = place_of(node)->print};
    if (*first)
        place_of(*first)->left = node;
    *first = node;
}

static void wait_end(struct rows_index *index, struct rows_node *node)
{
    const struct rows_place *place = place_of(node);
    if (place->left)
        place_of(place->left)->right = place->right;
    else
        index->waiting[node->table] = place->right;
    if (place->right)
        place_of(place->right)->left = place->left;
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
    if (is_numbered(index, table))
        return run_search(&index->runs[table], key, least);
    struct rows_node *found = NULL, *next;
    while ((next = index->waiting[table])) {
        wait_end(index, next);
        insert(&index->roots[table], next);
    }
    for (next = index->roots[table]; next;) {
        if (key_order(rows_index_key(next), key) >= least) {
            found = next;
            next = place_of(next)->left;
        } else {
            next = place_of(next)->right;
        }
    }
    return found;
}

/* ---- coming and going ---------------------------------------------------------------------- */

bool rows_index_reserve(struct rows_index *index, unsigned table, struct bytes key)
{
    return is_numbered(index, table) ? run_reserve(&index->runs[table], number_of(key))
                                     : slots_reserve(index);
}

void rows_index_enter(struct rows_index *index, struct rows_node *old, struct rows_node *node)
{
    if (is_numbered(index, node->table)) {
        run_enter(&index->runs[node->table], node);
        return;
    }
    if (old)
        order_leave(index, old);
    wait_begin(index, node);
    slot_take(index, node);
}

void rows_index_leave(struct rows_index *index, struct rows_node *node)
{
    if (is_numbered(index, node->table)) {
        run_leave(&index->runs[node->table], node);
        return;
    }
    order_leave(index, node);
    slot_leave(index, node);
}

struct rows_node *rows_index_next(const struct rows_index *index, size_t *at)
{
    for (; *at < index->room; ++*at)
        if (index->slots[*at].node)
            return index->slots[*at].node;
    size_t before = index->room;
    for (unsigned table = 0; table < ROWS_TABLES; before += index->runs[table++].end)
        for (; *at - before < index->runs[table].end; ++*at)
            if (index->runs[table].nodes[*at - before])
                return index->runs[table].nodes[*at - before];
    return NULL;
}

void rows_index_free(struct rows_index *index)
{
    struct rows_node *node;
    for (size_t at = 0; (node = rows_index_next(index, &at)); at++)
        rows_index_drop(index, node);
    for (unsigned table = 0; table < ROWS_TABLES; table++)
        free(index->runs[table].nodes);
    free(index->slots);
}
