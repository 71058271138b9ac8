/* Inside rows: the nodes that rows are, and the two ways to them. A hash of all tables finds one at
 * once. A treap for each table keeps their order; what came since somebody last asked for the order
 * waits beside it, since most tables are never asked. */
#pragma once

#include "store/rows.h"

struct rows_node {
    struct rows_node *left,
        *right;     /* in the treap; while it waits, those that came after, before */
    uint64_t print; /* of table and key: the place in the hash, and the priority */
    uint64_t born;  /* the transaction that made it, or saved its value: it changes in place */
    uint32_t value_size;
    uint16_t key_size;
    uint8_t table;
    bool waits;
    uint8_t data[]; /* key, then value */
};

/* The print beside the node: a look past a stranger does not touch it. */
struct rows_slot {
    uint64_t print;
    struct rows_node *node;
};

struct rows_index {
    struct rows_node *roots[ROWS_TABLES], *waiting[ROWS_TABLES];
    struct rows_slot *slots; /* room is a power of two, and at least half of it is free */
    size_t count, room;
};

struct bytes rows_index_key(const struct rows_node *node);

uint64_t rows_index_print(unsigned table, struct bytes key);
/* NULL when there is none. */
struct rows_node *rows_index_find(const struct rows_index *index, unsigned table, struct bytes key,
                                  uint64_t print);
/* The first whose order against the key is at least `least`: 0 from it, 1 after it. NULL: none. */
struct rows_node *rows_index_search(struct rows_index *index, unsigned table, struct bytes key,
                                    int least);

/* Makes room for one more. False when the machine has no memory. */
bool rows_index_reserve(struct rows_index *index);
/* Comes in, instead of the old one if that is not NULL. There must be room: a reserved one, or what
 * one that left had. */
void rows_index_enter(struct rows_index *index, struct rows_node *old, struct rows_node *node);
void rows_index_leave(struct rows_index *index, struct rows_node *node);

/* Frees the nodes too. */
void rows_index_free(struct rows_index *index);
