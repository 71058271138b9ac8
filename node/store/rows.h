/* Rows in the order of their keys, bytes to bytes, with an undo log: what store_memory.c stands on.
 *
 * See rows_index.h for how they are found. Places and priorities come from the keys themselves; an
 * empty set of rows is a thousand bytes. */
#pragma once

#include "seal/digest.h"

enum { ROWS_TABLES = 19 };

struct rows;

/* Views; they live until the row is changed or removed. */
struct row {
    struct bytes key, value;
};

/* The tables whose bit is set in `numbered` have keys of eight bytes, big endian, that were given
 * one after the other from 1. NULL when the machine has no memory. */
struct rows *rows_open(uint32_t numbered);
void rows_close(struct rows *rows);

/* An independent copy of what was last committed; NULL when the machine has no memory. */
struct rows *rows_copy(const struct rows *rows);

bool rows_find(const struct rows *rows, unsigned table, struct bytes key, struct row *out);
/* The first row whose key is at or above the given one; above it. What came since the last such
 * question is put in order first. */
bool rows_from(struct rows *rows, unsigned table, struct bytes key, struct row *out);
bool rows_after(struct rows *rows, unsigned table, struct bytes key, struct row *out);

/* Puts or replaces; the value is all parts, one after the other. False when the machine has no
 * memory; then nothing was changed. */
bool rows_put(struct rows *rows, unsigned table, struct bytes key, const struct bytes *parts,
              size_t count);
/* The value of this row, to be written over at once: `size` bytes as they are, and zeros when the
 * row was absent. NULL when the machine has no memory. */
uint8_t *rows_edit(struct rows *rows, unsigned table, struct bytes key, size_t size);
/* False when the machine has no memory. An absent row is fine. */
bool rows_remove(struct rows *rows, unsigned table, struct bytes key);

/* Rows put, written over or removed since it was opened, what was undone included. */
uint64_t rows_writes(const struct rows *rows);

/* Over all rows as they are now, in whatever order they stand. */
void rows_digest(const struct rows *rows, struct digest *out);

/* What was done since the last commit stays, or is undone; neither can fail. */
void rows_commit(struct rows *rows);
void rows_rollback(struct rows *rows);
