#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_SIZE = 64 * 1024,
    ALIGNMENT = 16,
    BRIEF_MAX = 256,
};

struct block {
    struct block *next;
    size_t size;
    size_t used;
    _Alignas(ALIGNMENT) uint8_t data[];
};

struct arena {
    size_t budget;
    size_t used;
    bool refused;
    struct block *newest;
};

static struct block *block_add(struct arena *arena, size_t size)
{
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    struct block *block = malloc(sizeof *block + room);
    if (!block) {
        arena->refused = true;
        return NULL;
    }
    *block = (struct block) {.next = arena->newest, .size = room};
    arena->newest = block;
    return block;
}

struct arena *arena_open(size_t budget)
{
    struct arena *arena = malloc(sizeof *arena);
    if (arena)
        *arena = (struct arena) {.budget = budget};
    return arena;
}

static void blocks_free(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_close(struct arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->newest);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *kept = arena->newest;
    if (kept) {
        blocks_free(kept->next);
        kept->next = NULL;
        kept->used = 0;
        /* An unusually large block is not kept: memory stays flat after a burst. */
        if (kept->size > BLOCK_SIZE) {
            free(kept);
            arena->newest = NULL;
        }
    }
    arena->used = 0;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    struct block *newest = arena->newest;
    return (struct arena_mark) {newest, newest ? newest->used : 0, arena->used};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    assert(mark.used <= arena->used);
    while (arena->newest != mark.block) {
        struct block *newer = arena->newest;
        assert(newer); /* the mark is of this arena, and younger than its last reset */
        arena->newest = newer->next;
        free(newer);
    }
    if (arena->newest)
        arena->newest->used = mark.block_used;
    arena->used = mark.used;
}

void *arena_room(struct arena *arena, size_t size)
{
    assert(arena);
    if (size > arena->budget || arena->used > arena->budget - size)
        return NULL;
    size_t room = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (room == 0)
        room = ALIGNMENT;
    struct block *block = arena->newest;
    if (!block || block->size - block->used < room)
        block = block_add(arena, room);
    if (!block)
        return NULL;
    void *taken = block->data + block->used;
    block->used += room;
    arena->used += size;
    return taken;
}

void *arena_take(struct arena *arena, size_t size)
{
    void *taken = arena_room(arena, size);
    return taken ? memset(taken, 0, size) : NULL;
}

void *arena_take_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return arena_take(arena, count * size);
}

struct bytes arena_copy(struct arena *arena, struct bytes source)
{
    uint8_t *copy = arena_room(arena, source.size);
    if (!copy)
        return (struct bytes) {0};
    if (source.size)
        memcpy(copy, source.data, source.size);
    return (struct bytes) {copy, source.size};
}

char *arena_text(struct arena *arena, struct bytes source)
{
    char *copy = arena_take(arena, source.size + 1);
    if (copy && source.size)
        memcpy(copy, source.data, source.size);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    char brief[BRIEF_MAX]; /* most are: written once, not measured first */
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(brief, sizeof brief, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    char *text = arena_room(arena, (size_t)length + 1);
    if (!text)
        return NULL;
    if ((size_t)length < sizeof brief)
        return memcpy(text, brief, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

bool arena_refused(const struct arena *arena)
{
    return arena->refused;
}
