/* Structs as rows in memory: the struct itself, followed by what its views show. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"
#include "store/rows.h"

enum { SHAPE_VIEWS_MAX = 4, SHAPE_SIZE_MAX = 512 };

/* Where the views (struct bytes) of a struct are. */
struct shape {
    size_t size;
    size_t views[SHAPE_VIEWS_MAX];
    size_t view_count;
};

enum fault shape_put(struct rows *rows, unsigned table, struct bytes key, const struct shape *shape,
                     const void *value);

/* *out lives in the arena as a whole; NULL when there is no such row. FAULT_MEMORY when the arena
 * is spent. */
enum fault shape_get(const struct rows *rows, unsigned table, struct bytes key,
                     const struct shape *shape, struct arena *arena, void **out);

/* Reads the struct of a row into `out`; its views show the row itself. */
void shape_view(const struct shape *shape, struct bytes value, void *out);

/* Turns the views of a struct into copies in the arena. */
enum fault shape_keep(const struct shape *shape, struct arena *arena, void *value);

/* Rows above `after` whose keys begin with `prefix`, at most max. */
struct shape_query {
    unsigned table;
    const struct shape *shape;
    struct bytes after, prefix;
    size_t max;
    bool (*fits)(const void *value, const void *wanted); /* NULL: all */
    const void *wanted;
};
/* *out: an array of the structs in the arena. */
enum fault shape_list(struct rows *rows, const struct shape_query *query, struct arena *arena,
                      void **out, size_t *count);
