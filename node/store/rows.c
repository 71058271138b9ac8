#include "store/rows_index.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One change: old was there, new is there now; either may be NULL. Both are the same where the
 * value was written over; what it was stands at `saved`. */
struct change {
    struct rows_node *old, *new;
    size_t saved;
};

struct rows {
    struct rows_index index;
    struct change *changes;
    size_t change_count, change_room;
    uint8_t *saved; /* values before they were written over */
    size_t saved_size, saved_room;
    uint64_t transaction;
    uint64_t writes;
};

enum { CHANGES_KEPT = 64, SAVED_KEPT = 1024 };

static struct row row_of(const struct rows_node *node)
{
    return (struct row) {rows_index_key(node), {node->data + node->key_size, node->value_size}};
}

/* ---- reading ------------------------------------------------------------------------------- */

static struct rows_node *node_find(const struct rows *rows, unsigned table, struct bytes key)
{
    return rows_index_find(&rows->index, table, key, rows_index_print(&rows->index, table, key));
}

bool rows_find(const struct rows *rows, unsigned table, struct bytes key, struct row *out)
{
    const struct rows_node *node = node_find(rows, table, key);
    if (node)
        *out = row_of(node);
    return node;
}

static bool search(struct rows *rows, unsigned table, struct bytes key, int least, struct row *out)
{
    const struct rows_node *node = rows_index_search(&rows->index, table, key, least);
    if (node)
        *out = row_of(node);
    return node;
}

bool rows_from(struct rows *rows, unsigned table, struct bytes key, struct row *out)
{
    return search(rows, table, key, 0, out);
}

bool rows_after(struct rows *rows, unsigned table, struct bytes key, struct row *out)
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

static void change_note(struct rows *rows, struct rows_node *old, struct rows_node *new)
{
    assert(rows->change_count < rows->change_room);
    rows->changes[rows->change_count++] = (struct change) {old, new, rows->saved_size};
}

uint64_t rows_writes(const struct rows *rows)
{
    return rows->writes;
}

static bool saved_reserve(struct rows *rows, size_t size)
{
    if (size <= rows->saved_room - rows->saved_size)
        return true;
    size_t room = rows->saved_room ? 2 * rows->saved_room : SAVED_KEPT;
    while (room - rows->saved_size < size)
        room *= 2;
    uint8_t *larger = realloc(rows->saved, room);
    if (!larger)
        return false;
    rows->saved = larger;
    rows->saved_room = room;
    return true;
}

/* From here on the value may be written over. What was made in this transaction, or saved in it,
 * already may: a rollback drops it whole, or knows it. */
static bool value_save(struct rows *rows, struct rows_node *node)
{
    if (node->born == rows->transaction)
        return true;
    if (!changes_reserve(rows) || !saved_reserve(rows, node->value_size))
        return false;
    change_note(rows, node, node);
    if (node->value_size)
        memcpy(rows->saved + rows->saved_size, row_of(node).value.data, node->value_size);
    rows->saved_size += node->value_size;
    node->born = rows->transaction;
    return true;
}

static uint8_t *value_at(struct rows_node *node)
{
    return node->data + node->key_size;
}

static void value_write(struct rows_node *node, const struct bytes *parts, size_t count)
{
    uint8_t *at = value_at(node);
    for (size_t i = 0; i < count; i++) {
        /* memmove: a part may be a view of this very place. */
        if (parts[i].size)
            memmove(at, parts[i].data, parts[i].size);
        at += parts[i].size;
    }
}

/* Its value is not written yet. */
static struct rows_node *node_make(struct rows *rows, unsigned table, struct bytes key,
                                   uint64_t print, size_t value_size)
{
    struct rows_node *node = rows_index_make(&rows->index, table, key, print, value_size);
    if (node)
        node->born = rows->transaction;
    return node;
}

bool rows_put(struct rows *rows, unsigned table, struct bytes key, const struct bytes *parts,
              size_t count)
{
    uint64_t print = rows_index_print(&rows->index, table, key);
    struct rows_node *old = rows_index_find(&rows->index, table, key, print);
    size_t size = 0;
    rows->writes++;
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    if (old && old->value_size == size) {
        if (!value_save(rows, old))
            return false;
        value_write(old, parts, count);
        return true;
    }
    if (!changes_reserve(rows) || !rows_index_reserve(&rows->index, table, key))
        return false;
    struct rows_node *new = node_make(rows, table, key, print, size);
    if (!new)
        return false;
    value_write(new, parts, count);
    rows_index_enter(&rows->index, old, new);
    change_note(rows, old, new);
    return true;
}

uint8_t *rows_edit(struct rows *rows, unsigned table, struct bytes key, size_t size)
{
    uint64_t print = rows_index_print(&rows->index, table, key);
    struct rows_node *node = rows_index_find(&rows->index, table, key, print);
    assert(!node || node->value_size == size);
    rows->writes++;
    if (node)
        return value_save(rows, node) ? value_at(node) : NULL;
    if (!changes_reserve(rows) || !rows_index_reserve(&rows->index, table, key))
        return NULL;
    node = node_make(rows, table, key, print, size);
    if (!node)
        return NULL;
    memset(value_at(node), 0, size);
    rows_index_enter(&rows->index, NULL, node);
    change_note(rows, NULL, node);
    return value_at(node);
}

bool rows_remove(struct rows *rows, unsigned table, struct bytes key)
{
    struct rows_node *old = node_find(rows, table, key);
    if (!old)
        return true;
    if (!changes_reserve(rows))
        return false;
    rows->writes++;
    rows_index_leave(&rows->index, old);
    change_note(rows, old, NULL);
    return true;
}

/* ---- commit and rollback ------------------------------------------------------------------- */

static void transaction_end(struct rows *rows)
{
    rows->change_count = 0;
    rows->saved_size = 0;
    rows->transaction++;
    /* After a burst the memory goes back. */
    if (rows->change_room > CHANGES_KEPT) {
        free(rows->changes);
        rows->changes = NULL;
        rows->change_room = 0;
    }
    if (rows->saved_room > SAVED_KEPT) {
        free(rows->saved);
        rows->saved = NULL;
        rows->saved_room = 0;
    }
}

void rows_commit(struct rows *rows)
{
    for (size_t i = 0; i < rows->change_count; i++)
        if (rows->changes[i].old != rows->changes[i].new)
            rows_index_drop(&rows->index, rows->changes[i].old);
    transaction_end(rows);
}

/* What its value was before a change that wrote over it. */
static struct bytes value_saved(const struct rows *rows, const struct change *change)
{
    return (struct bytes) {rows->saved + change->saved, change->old->value_size};
}

void rows_rollback(struct rows *rows)
{
    while (rows->change_count > 0) {
        struct change *change = &rows->changes[--rows->change_count];
        if (change->old == change->new) {
            struct bytes value = value_saved(rows, change);
            value_write(change->old, &value, 1);
            continue;
        }
        if (change->old)
            rows_index_enter(&rows->index, change->new, change->old);
        else
            rows_index_leave(&rows->index, change->new);
        rows_index_drop(&rows->index, change->new);
    }
    transaction_end(rows);
}

/* ---- open, copy, close --------------------------------------------------------------------- */

struct rows *rows_open(uint32_t numbered)
{
    struct rows *rows = malloc(sizeof *rows);
    if (rows)
        *rows = (struct rows) {.index.numbered = numbered};
    return rows;
}

void rows_close(struct rows *rows)
{
    if (!rows)
        return;
    rows_commit(rows);
    rows_index_free(&rows->index);
    free(rows->saved);
    free(rows->changes);
    free(rows);
}

static bool row_copy(struct rows *copy, const struct rows_node *node, struct bytes value)
{
    return rows_put(copy, node->table, rows_index_key(node), &value, 1);
}

/* Rows as they are now, and then the open changes undone: in the copy they are ordinary changes. */
static bool copy_into(struct rows *copy, const struct rows *rows)
{
    const struct rows_node *node;
    for (size_t at = 0; (node = rows_index_next(&rows->index, &at)); at++)
        if (!row_copy(copy, node, row_of(node).value))
            return false;
    for (size_t i = rows->change_count; i-- > 0;) {
        const struct change *change = &rows->changes[i];
        const struct rows_node *old = change->old, *new = change->new;
        struct bytes value = {0};
        if (old)
            value = old == new ? value_saved(rows, change) : row_of(old).value;
        if (!old && !rows_remove(copy, new->table, rows_index_key(new)))
            return false;
        if (old && !row_copy(copy, old, value))
            return false;
    }
    rows_commit(copy);
    return true;
}

struct rows *rows_copy(const struct rows *rows)
{
    struct rows *copy = rows_open(rows->index.numbered);
    if (copy && copy_into(copy, rows))
        return copy;
    rows_close(copy);
    return NULL;
}

/* ---- looking from outside ------------------------------------------------------------------- */

void rows_digest(const struct rows *rows, struct digest *out)
{
    const struct rows_node *node;
    *out = (struct digest) {0};
    for (size_t at = 0; (node = rows_index_next(&rows->index, &at)); at++) {
        struct digest digest;
        struct bytes all = {node->data, (size_t)node->key_size + node->value_size};
        digest_of_pair(DIGEST_BODY, (struct bytes) {&node->table, 1}, all, &digest);
        for (size_t j = 0; j < DIGEST_SIZE; j++)
            out->bytes[j] ^= digest.bytes[j];
    }
}
