/* Inside rows: the nodes that rows are, and the ways to them. A numbered table is an array by
 * number. For all others a hash finds one at once, and a treap for each table keeps their order;
 * what came since somebody last asked for the order waits beside it, since most tables are never
 * asked. */
#pragma once

#include "store/rows.h"

/* A node of a table that is not numbered has its rows_place before it, in the same memory. */
struct rows_node {
    uint64_t born; /* the transaction that made it, or saved its value: it changes in place */
    uint32_t value_size;
    uint16_t key_size;
    uint8_t table;
    bool waits;
    uint8_t data[]; /* key, then value */
};

struct rows_place {
    struct rows_node *left,
        *right;     /* in the treap; while it waits, those that came after, before */
    uint64_t print; /* of table and key: the place in the hash, and the priority */
};

/* The print beside the node: a look past a stranger does not touch it. */
struct rows_slot {
    uint64_t print;
    struct rows_node *node;
};

/* The nodes of a numbered table; those that are there are first <= number < end. */
struct rows_run {
    struct rows_node **nodes;
    size_t room, first, end;
};

struct rows_index {
    uint32_t numbered; /* see rows_open */
    struct rows_run runs[ROWS_TABLES];
    struct rows_node *roots[ROWS_TABLES], *waiting[ROWS_TABLES];
    struct rows_slot *slots; /* room is a power of two, and at least half of it is free */
    size_t count, room;
};

struct bytes rows_index_key(const struct rows_node *node);

/* Of a key that is to be found, or to come in; 0 in a numbered table. */
uint64_t rows_index_print(const struct rows_index *index, unsigned table, struct bytes key);
/* NULL when there is none. */
struct rows_node *rows_index_find(const struct rows_index *index, unsigned table, struct bytes key,
                                  uint64_t print);
/* The first whose order against the key is at least `least`: 0 from it, 1 after it. NULL: none. */
struct rows_node *rows_index_search(struct rows_index *index, unsigned table, struct bytes key,
                                    int least);
/* The node at `*at` or after it, from 0, over all tables; *at is where it was. NULL: no more. */
struct rows_node *rows_index_next(const struct rows_index *index, size_t *at);

/* A node of this key, with room for a value, that is not in the index yet. NULL when the machine
 * has no memory. */
struct rows_node *rows_index_make(const struct rows_index *index, unsigned table, struct bytes key,
                                  uint64_t print, size_t value_size);
void rows_index_drop(const struct rows_index *index, struct rows_node *node);

/* Makes room for one of this key. False when the machine has no memory. */
bool rows_index_reserve(struct rows_index *index, unsigned table, struct bytes key);
/* Comes in, instead of the old one if that is not NULL. There must be room: a reserved one, or what
 * one that left had. */
void rows_index_enter(struct rows_index *index, struct rows_node *old, struct rows_node *node);
void rows_index_leave(struct rows_index *index, struct rows_node *node);

/* Frees the nodes too. */
void rows_index_free(struct rows_index *index);
