#include "store/rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *left, *right;
    uint64_t priority;
    uint64_t born; /* the transaction that made it */
    size_t key_size, value_size;
    uint8_t data[]; /* key, then value */
};

/* One change: old was there, new is there now; either may be NULL. */
struct change {
    unsigned table;
    struct node *old, *new;
};

struct rows {
    struct node *roots[ROWS_TABLES];
    struct change *changes;
    size_t change_count, change_room;
    uint64_t nodes_made;
    uint64_t transaction;
};

enum { CHANGES_KEPT = 64 };

static struct bytes key_of(const struct node *node)
{
    return (struct bytes) {node->data, node->key_size};
}

/* ---- the treap ----------------------------------------------------------------------------- */

/* Spreads a counter over 64 bits (splitmix64's finish). */
static uint64_t spread(uint64_t x)
{
    x *= 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* Where the node with this key hangs; the link is NULL when there is none. */
static struct node **link_of(struct node **root, struct bytes key)
{
    struct node **link = root;
    while (*link) {
        int order = bytes_compare(key, key_of(*link));
        if (order == 0)
            break;
        link = order < 0 ? &(*link)->left : &(*link)->right;
    }
    return link;
}

static void split(struct node *node, struct bytes key, struct node **left, struct node **right)
{
    while (node) {
        if (bytes_compare(key_of(node), key) < 0) {
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

static void insert(struct node **root, struct node *node)
{
    struct node **link = root;
    while (*link && (*link)->priority >= node->priority) {
        int order = bytes_compare(key_of(node), key_of(*link));
        assert(order != 0);
        link = order < 0 ? &(*link)->left : &(*link)->right;
    }
    split(*link, key_of(node), &node->left, &node->right);
    *link = node;
}

static void cut(struct node **link)
{
    struct node *left = (*link)->left, *right = (*link)->right;
    while (left && right) {
        if (left->priority >= right->priority) {
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

/* Puts `node` where *link is. */
static void take_place(struct node **link, struct node *node)
{
    node->left = (*link)->left;
    node->right = (*link)->right;
    node->priority = (*link)->priority;
    *link = node;
}

/* ---- reading ------------------------------------------------------------------------------- */

static struct row row_of(const struct node *node)
{
    return (struct row) {key_of(node), {node->data + node->key_size, node->value_size}};
}

bool rows_find(const struct rows *rows, unsigned table, struct bytes key, struct row *out)
{
    assert(table < ROWS_TABLES);
    struct node *root = rows->roots[table], **link = link_of(&root, key);
    if (!*link)
        return false;
    *out = row_of(*link);
    return true;
}

/* The first whose order against the key is at least `least`: 0 from it, 1 after it. */
static bool search(const struct rows *rows, unsigned table, struct bytes key, int least,
                   struct row *out)
{
    assert(table < ROWS_TABLES);
    const struct node *node = rows->roots[table], *found = NULL;
    while (node) {
        if (bytes_compare(key_of(node), key) >= least) {
            found = node;
            node = node->left;
        } else {
            node = node->right;
        }
    }
    if (found)
        *out = row_of(found);
    return found;
}

bool rows_from(const struct rows *rows, unsigned table, struct bytes key, struct row *out)
{
    return search(rows, table, key, 0, out);
}

bool rows_after(const struct rows *rows, unsigned table, struct bytes key, struct row *out)
{
    return search(rows, table, key, 1, out);
}

/* ---- writing ------------------------------------------------------------------------------- */

/* Makes room for one more change, so that noting it cannot fail. */
static bool changes_reserve(struct rows *rows)
{
    if (rows->change_count < rows->change_room)
        return true;
    size_t room = rows->change_room ? 2 * rows->change_room : CHANGES_KEPT;
    struct change *larger = realloc(rows->changes, room * sizeof *larger);
    if (!larger)
        return false;
    rows->changes = larger;
    rows->change_room = room;
    return true;
}

static void change_note(struct rows *rows, unsigned table, struct node *old, struct node *new)
{
    assert(rows->change_count < rows->change_room);
    rows->changes[rows->change_count++] = (struct change) {table, old, new};
}

static void value_write(struct node *node, const struct bytes *parts, size_t count)
{
    uint8_t *at = node->data + node->key_size;
    for (size_t i = 0; i < count; i++) {
        /* memmove: a part may be a view of this very place. */
        if (parts[i].size)
            memmove(at, parts[i].data, parts[i].size);
        at += parts[i].size;
    }
}

static struct node *node_make(struct rows *rows, struct bytes key, size_t value_size)
{
    struct node *node = malloc(sizeof *node + key.size + value_size);
    if (!node)
        return NULL;
    *node = (struct node) {
        .priority = spread(++rows->nodes_made),
        .born = rows->transaction,
        .key_size = key.size,
        .value_size = value_size,
    };
    memcpy(node->data, key.data, key.size);
    return node;
}

bool rows_put(struct rows *rows, unsigned table, struct bytes key, const struct bytes *parts,
              size_t count)
{
    assert(table < ROWS_TABLES && key.size > 0);
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    struct node **link = link_of(&rows->roots[table], key), *old = *link;
    /* Made in this transaction: a rollback drops it whole, so it may change in place. */
    if (old && old->born == rows->transaction && old->value_size == size) {
        value_write(old, parts, count);
        return true;
    }
    if (!changes_reserve(rows))
        return false;
    struct node *new = node_make(rows, key, size);
    if (!new)
        return false;
    value_write(new, parts, count);
    if (old)
        take_place(link, new);
    else
        insert(&rows->roots[table], new);
    change_note(rows, table, old, new);
    return true;
}

bool rows_remove(struct rows *rows, unsigned table, struct bytes key)
{
    assert(table < ROWS_TABLES);
    struct node **link = link_of(&rows->roots[table], key), *old = *link;
    if (!old)
        return true;
    if (!changes_reserve(rows))
        return false;
    cut(link);
    change_note(rows, table, old, NULL);
    return true;
}

/* ---- commit and rollback ------------------------------------------------------------------- */

static void transaction_end(struct rows *rows)
{
    rows->change_count = 0;
    rows->transaction++;
    /* After a burst the memory goes back. */
    if (rows->change_room > CHANGES_KEPT) {
        free(rows->changes);
        rows->changes = NULL;
        rows->change_room = 0;
    }
}

void rows_commit(struct rows *rows)
{
    for (size_t i = 0; i < rows->change_count; i++)
        free(rows->changes[i].old);
    transaction_end(rows);
}

void rows_rollback(struct rows *rows)
{
    while (rows->change_count > 0) {
        struct change *change = &rows->changes[--rows->change_count];
        struct node **root = &rows->roots[change->table];
        if (!change->new) {
            insert(root, change->old);
            continue;
        }
        struct node **link = link_of(root, key_of(change->new));
        assert(*link == change->new);
        if (change->old)
            take_place(link, change->old);
        else
            cut(link);
        free(change->new);
    }
    transaction_end(rows);
}

/* ---- open, copy, close --------------------------------------------------------------------- */

struct rows *rows_open(void)
{
    struct rows *rows = malloc(sizeof *rows);
    if (rows)
        *rows = (struct rows) {0};
    return rows;
}

/* Frees without recursion: left children are turned up until there are none. */
static void tree_free(struct node *node)
{
    while (node) {
        struct node *left = node->left;
        if (left) {
            node->left = left->right;
            left->right = node;
            node = left;
        } else {
            struct node *right = node->right;
            free(node);
            node = right;
        }
    }
}

void rows_close(struct rows *rows)
{
    if (!rows)
        return;
    rows_commit(rows);
    for (size_t i = 0; i < ROWS_TABLES; i++)
        tree_free(rows->roots[i]);
    free(rows->changes);
    free(rows);
}

/* Rows as they are now, and then the open changes undone: in the copy they are ordinary changes. */
static bool copy_into(struct rows *copy, const struct rows *rows)
{
    for (unsigned table = 0; table < ROWS_TABLES; table++) {
        struct row row;
        struct bytes key = {0};
        while (rows_after(rows, table, key, &row)) {
            if (!rows_put(copy, table, row.key, &row.value, 1))
                return false;
            key = row.key;
        }
    }
    for (size_t i = rows->change_count; i-- > 0;) {
        const struct change *change = &rows->changes[i];
        if (change->new && !change->old && !rows_remove(copy, change->table, key_of(change->new)))
            return false;
        if (!change->old)
            continue;
        struct row old = row_of(change->old);
        if (!rows_put(copy, change->table, old.key, &old.value, 1))
            return false;
    }
    rows_commit(copy);
    return true;
}

struct rows *rows_copy(const struct rows *rows)
{
    struct rows *copy = rows_open();
    if (copy && copy_into(copy, rows))
        return copy;
    rows_close(copy);
    return NULL;
}
