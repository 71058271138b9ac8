#include "store/shape.h"

#include <assert.h>
#include <string.h>

/* So many rows of a list are not looked for a second time. */
enum { MET_MAX = 32 };

enum fault shape_put(struct rows *rows, unsigned table, struct bytes key, const struct shape *shape,
                     const void *value)
{
    assert(shape->size <= SHAPE_SIZE_MAX && shape->view_count <= SHAPE_VIEWS_MAX);
    struct bytes parts[1 + SHAPE_VIEWS_MAX] = {{value, shape->size}};
    for (size_t i = 0; i < shape->view_count; i++)
        memcpy(&parts[i + 1], (const uint8_t *)value + shape->views[i], sizeof *parts);
    bool done = rows_put(rows, table, key, parts, shape->view_count + 1);
    return done ? FAULT_NONE : FAULT_MEMORY;
}

void shape_view(const struct shape *shape, struct bytes value, void *out)
{
    assert(value.size >= shape->size);
    memcpy(out, value.data, shape->size);
    const uint8_t *at = value.data + shape->size;
    for (size_t i = 0; i < shape->view_count; i++) {
        struct bytes view;
        memcpy(&view, (uint8_t *)out + shape->views[i], sizeof view);
        view.data = at;
        at += view.size;
        memcpy((uint8_t *)out + shape->views[i], &view, sizeof view);
    }
    assert(at == value.data + value.size);
}

enum fault shape_keep(const struct shape *shape, struct arena *arena, void *value)
{
    for (size_t i = 0; i < shape->view_count; i++) {
        struct bytes view;
        memcpy(&view, (uint8_t *)value + shape->views[i], sizeof view);
        view = arena_copy(arena, view);
        if (!view.data)
            return FAULT_MEMORY;
        memcpy((uint8_t *)value + shape->views[i], &view, sizeof view);
    }
    return FAULT_NONE;
}

enum fault shape_get(const struct rows *rows, unsigned table, struct bytes key,
                     const struct shape *shape, struct arena *arena, void **out)
{
    struct row row;
    *out = NULL;
    if (!rows_find(rows, table, key, &row))
        return FAULT_NONE;
    void *value = arena_take(arena, shape->size);
    if (!value)
        return FAULT_MEMORY;
    shape_view(shape, row.value, value);
    TRY(shape_keep(shape, arena, value));
    *out = value;
    return FAULT_NONE;
}

/* The next row of the query above key; false at its end. */
static bool next(struct rows *rows, const struct shape_query *query, struct bytes key,
                 struct row *row)
{
    _Alignas(16) uint8_t value[SHAPE_SIZE_MAX];
    bool found;
    if (bytes_compare(key, query->prefix) < 0)
        found = rows_from(rows, query->table, query->prefix, row);
    else
        found = rows_after(rows, query->table, key, row);
    while (found) {
        struct bytes head = {row->key.data, query->prefix.size};
        if (row->key.size < head.size || !bytes_equal(head, query->prefix))
            return false;
        shape_view(query->shape, row->value, value);
        if (!query->fits || query->fits(value, query->wanted))
            return true;
        found = rows_after(rows, query->table, row->key, row);
    }
    return false;
}

enum fault shape_list(struct rows *rows, const struct shape_query *query, struct arena *arena,
                      void **out, size_t *count)
{
    struct row row, met[MET_MAX];
    struct bytes key = query->after;
    size_t found = 0, size = query->shape->size;
    for (; found < query->max && next(rows, query, key, &row); found++) {
        key = row.key;
        if (found < MET_MAX)
            met[found] = row;
    }
    uint8_t *values = arena_take_array(arena, found, size);
    if (!values)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found; i++) {
        bool again = i < MET_MAX || next(rows, query, key, &row);
        assert(again);
        row = i < MET_MAX ? met[i] : row;
        shape_view(query->shape, row.value, values + i * size);
        TRY(shape_keep(query->shape, arena, values + i * size));
        key = row.key;
    }
    *out = values;
    *count = found;
    return FAULT_NONE;
}
