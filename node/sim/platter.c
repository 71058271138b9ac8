#include "sim/platter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 64 * PLATTER_SECTOR };

/* What the platter has where it has nothing. */
static uint8_t nothing[PLATTER_SECTOR];

static bool widen(void **bytes, size_t old, size_t room)
{
    uint8_t *wider = realloc(*bytes, room);
    if (!wider)
        return false;
    memset(wider + old, 0, room - old);
    *bytes = wider;
    return true;
}

static bool make_room(struct platter *platter, size_t size)
{
    size_t old = platter->room, room = old ? old : ROOM_MIN;
    while (room < size)
        room += room / 4 / PLATTER_SECTOR * PLATTER_SECTOR;
    if (room == old)
        return true;
    size_t sectors = room / PLATTER_SECTOR, before = old / PLATTER_SECTOR;
    if (!widen((void **)&platter->cache, old, room) ||
        !widen((void **)&platter->before, before * sizeof(uint8_t *),
               sectors * sizeof(uint8_t *)) ||
        !widen((void **)&platter->dirty, before, sectors))
        return false;
    platter->room = room;
    return true;
}

static void same_now(struct platter *platter, size_t sector)
{
    if (platter->before[sector] != nothing)
        free(platter->before[sector]);
    platter->before[sector] = NULL;
}

/* Before the cache is changed there for the first time since a sync. */
static bool remember(struct platter *platter, size_t sector)
{
    if (platter->before[sector])
        return true;
    if (sector * PLATTER_SECTOR >= platter->kept_size) {
        platter->before[sector] = nothing;
        return true;
    }
    uint8_t *copy = malloc(PLATTER_SECTOR);
    if (!copy)
        return false;
    memcpy(copy, platter->cache + sector * PLATTER_SECTOR, PLATTER_SECTOR);
    platter->before[sector] = copy;
    return true;
}

static bool all_remembered(struct platter *platter, size_t first, size_t end)
{
    bool remembered = true;
    for (size_t s = first; s < end && remembered; s++)
        remembered = remember(platter, s);
    return remembered;
}

bool platter_put(struct platter *platter, const uint8_t *data, size_t size, size_t at)
{
    if (size == 0)
        return true;
    size_t first = at / PLATTER_SECTOR, end = (at + size - 1) / PLATTER_SECTOR + 1;
    if (!make_room(platter, at + size) || !all_remembered(platter, first, end))
        return false;
    memcpy(platter->cache + at, data, size);
    memset(platter->dirty + first, 1, end - first);
    if (platter->from == platter->to || first < platter->from)
        platter->from = first;
    if (end > platter->to)
        platter->to = end;
    if (at + size > platter->size)
        platter->size = at + size;
    return true;
}

void platter_truncate(struct platter *platter, size_t size)
{
    if (size >= platter->size)
        return;
    bool remembered =
        all_remembered(platter, size / PLATTER_SECTOR, (platter->size - 1) / PLATTER_SECTOR + 1);
    assert(remembered); /* a world without memory proves nothing */
    memset(platter->cache + size, 0, platter->size - size);
    platter->size = size;
}

/* A file that is shorter now ends there on the platter too. */
static void end_reaches(struct platter *platter)
{
    size_t size = platter->size, whole = (size + PLATTER_SECTOR - 1) / PLATTER_SECTOR;
    if (size < platter->kept_size) {
        size_t end = (platter->kept_size - 1) / PLATTER_SECTOR + 1;
        for (size_t s = whole; s < end; s++)
            same_now(platter, s);
        uint8_t *last = size % PLATTER_SECTOR ? platter->before[whole - 1] : NULL;
        if (last && last != nothing)
            memset(last + size % PLATTER_SECTOR, 0, PLATTER_SECTOR - size % PLATTER_SECTOR);
    }
    platter->kept_size = size;
}

void platter_sync(struct platter *platter, bool reaches)
{
    for (size_t s = platter->from; s < platter->to; s++)
        if (platter->dirty[s]) {
            platter->dirty[s] = 0;
            if (reaches)
                same_now(platter, s);
        }
    platter->from = platter->to = 0;
    if (reaches)
        end_reaches(platter);
}

static uint64_t draw(uint64_t *dice)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    return *dice;
}

void platter_lose(struct platter *platter, uint64_t *dice)
{
    bool grown = *dice && draw(dice) % 2;
    for (size_t s = 0; s < platter->room / PLATTER_SECTOR; s++) {
        bool stays = platter->dirty[s] && *dice && draw(dice) % 2;
        if (platter->before[s] && !stays)
            memcpy(platter->cache + s * PLATTER_SECTOR, platter->before[s], PLATTER_SECTOR);
        same_now(platter, s);
        platter->dirty[s] = 0;
    }
    platter->from = platter->to = 0;
    if (grown && platter->size > platter->kept_size)
        platter->kept_size = platter->size;
    platter->size = platter->kept_size;
    if (platter->room)
        memset(platter->cache + platter->size, 0, platter->room - platter->size);
}

void platter_free(struct platter *platter)
{
    for (size_t s = 0; s < platter->room / PLATTER_SECTOR; s++)
        same_now(platter, s);
    free(platter->cache);
    free(platter->before);
    free(platter->dirty);
    *platter = (struct platter) {0};
}
