#include "admin/numbered.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = STORE_NAME_MAX + 1 };

static const char numbers_name[] = "numbers";

enum fault numbered_next(struct store *store, const struct numbered *list, struct arena *arena,
                         uint32_t *out)
{
    Peregrin__Numbers none = PEREGRIN__NUMBERS__INIT, *numbers = &none;
    ProtobufCMessage *found;
    assert(store->inside(store));
    TRY(keep_get(store, numbers_name, &peregrin__numbers__descriptor, arena, &found));
    if (found)
        numbers = (Peregrin__Numbers *)found;
    if (*list->last(numbers) == UINT32_MAX)
        return FAULT_CORRUPT;
    *out = ++*list->last(numbers);
    numbers->has_calls = numbers->has_envelopes = numbers->has_grants = true;
    return keep_put(store, numbers_name, &numbers->base, arena);
}

static void name_of(const struct numbered *list, uint32_t number, char out[static NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "%s%010u", list->prefix, number);
}

enum fault numbered_put(struct store *store, const struct numbered *list, uint32_t number,
                        const ProtobufCMessage *message, struct arena *arena)
{
    char name[NAME_SIZE];
    assert(number > 0 && list->sound(message, number));
    name_of(list, number, name);
    return keep_put(store, name, message, arena);
}

enum fault numbered_get(struct store *store, const struct numbered *list, uint32_t number,
                        struct arena *arena, ProtobufCMessage **out)
{
    char name[NAME_SIZE];
    name_of(list, number, name);
    TRY(keep_get(store, name, list->type, arena, out));
    return !*out || list->sound(*out, number) ? FAULT_NONE : FAULT_CORRUPT;
}

enum fault numbered_list(struct store *store, const struct numbered *list, uint32_t after,
                         size_t max, struct arena *arena, struct numbered_page *out)
{
    char name[NAME_SIZE];
    struct keep_row *rows;
    uint32_t number = 0;
    name_of(list, after, name);
    *out = (struct numbered_page) {0};
    TRY(keep_list(store, list->prefix, after ? name : NULL, max, list->type, arena, &rows,
                  &out->count));
    out->messages = arena_take_array(arena, out->count + 1, sizeof *out->messages);
    if (!out->messages)
        return FAULT_MEMORY;
    for (size_t i = 0; i < out->count; i++) {
        number = (uint32_t)strtoul(rows[i].name + strlen(list->prefix), NULL, 10);
        if (!list->sound(rows[i].message, number))
            return FAULT_CORRUPT;
        out->messages[i] = rows[i].message;
    }
    out->next = out->count == max ? number : 0;
    return FAULT_NONE;
}
