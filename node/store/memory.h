/* Inside store_memory: its tables, their keys, and rows as structs. Each subject (memory_record,
 * memory_stream, memory_desk) fills in its calls of the port. */
#pragma once

#include "store/shape.h"
#include "store/store.h"

/* Every table is a set of rows; its comment is its key. Numbers in keys are big endian, so that
 * rows stand in the order of the numbers. */
enum memory_table {
    MEMORY_COUNTER,    /* one row */
    MEMORY_PAIR,       /* pair */
    MEMORY_PAIR_NAMED, /* own, partner */
    MEMORY_RECORD,     /* serial */
    MEMORY_RECORD_AT,  /* place, lane, index, id */
    MEMORY_SPAN,       /* pair, ours, minute, id, serial */
    MEMORY_BUCKET,     /* pair, ours, rung, slot */
    MEMORY_STREAM,     /* pair, ours */
    MEMORY_SEAL,       /* number */
    MEMORY_RECEIPT,    /* number */
    MEMORY_LINK,       /* serial */
    MEMORY_OUTBOX,     /* pair, serial */
    MEMORY_DOSSIER,    /* place */
    MEMORY_READY,      /* number */
    MEMORY_DRAFT,      /* number */
    MEMORY_DRAFT_ROW,  /* pair, row */
    MEMORY_REQUEST,    /* key */
    MEMORY_VALUE,      /* name */
    MEMORY_EVENT,      /* cursor */
    MEMORY_TABLES
};

struct memory {
    struct store store; /* first: the port is the store */
    struct rows *rows;
    bool open;   /* a transaction */
    bool broken; /* a write failed in it: it can only be rolled back */
};

struct memory *memory_of(struct store *store);

/* ---- keys ---------------------------------------------------------------------------------- */

enum { MEMORY_KEY_MAX = 160 };

struct memory_key {
    uint8_t bytes[MEMORY_KEY_MAX];
    size_t size;
};

void memory_key_number(struct memory_key *key, uint64_t number, size_t size);
void memory_key_bytes(struct memory_key *key, const void *data, size_t size);
struct memory_key memory_key_of_number(int64_t number);
struct memory_key memory_key_of_pair(uint32_t pair, bool flag);
struct memory_key memory_key_of_place(const struct store_place *place);
struct bytes memory_key_view(const struct memory_key *key);

/* ---- rows ---------------------------------------------------------------------------------- */

/* Writes stand in a transaction; after one that failed it can only be rolled back. */
enum fault memory_put(struct store *store, enum memory_table table, struct memory_key key,
                      const struct shape *shape, const void *value);
/* A value without views. */
enum fault memory_put_plain(struct store *store, enum memory_table table, struct memory_key key,
                            const void *value, size_t size);
/* A plain value to be written over at once, zeros when it was absent; see rows_edit. */
enum fault memory_edit(struct store *store, enum memory_table table, struct memory_key key,
                       size_t size, uint8_t **value);
enum fault memory_remove(struct store *store, enum memory_table table, struct memory_key key);

/* out is a pointer to a pointer: NULL when there is no such row, else in the arena. */
enum fault memory_get(struct store *store, enum memory_table table, struct memory_key key,
                      const struct shape *shape, struct arena *arena, void *out);
/* out is a pointer to a pointer: an array in the arena. */
enum fault memory_list(struct store *store, const struct shape_query *query, struct arena *arena,
                       void *out, size_t *count);
/* The struct, its views showing the row itself; false when there is no such row. */
bool memory_view(struct store *store, enum memory_table table, struct memory_key key,
                 const struct shape *shape, void *out);
bool memory_view_plain(struct store *store, enum memory_table table, struct memory_key key,
                       void *out, size_t size);

/* The next number of a table, from 1; none is used twice. */
enum fault memory_next_number(struct store *store, enum memory_table table, int64_t *number);
/* The last number that was given; 0: none. */
int64_t memory_last_number(struct store *store, enum memory_table table);

/* ---- subjects ------------------------------------------------------------------------------ */

void memory_record_calls(struct store *store);
void memory_stream_calls(struct store *store);
void memory_desk_calls(struct store *store);
void memory_feed_calls(struct store *store);

/* A record came into a stream. */
enum fault memory_stream_add(struct store *store, const struct store_record *record);
/* How many more (or fewer) records lack a receipt. */
enum fault memory_stream_unreceipted(struct store *store, uint32_t pair, bool ours, int change);
