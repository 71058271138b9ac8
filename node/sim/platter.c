#include "sim/platter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 64 * PLATTER_SECTOR };

/* Of a sector; 0: the platter has what the cache has. */
enum {
    DIRTY = 1, /* a sync will bring it */
    OLDER = 2, /* the platter has what is kept */
    BARE = 4,  /* the platter has nothing there */
};

static bool widen(uint8_t **bytes, size_t room)
{
    uint8_t *wider = realloc(*bytes, room);
    if (wider)
        *bytes = wider;
    return wider;
}

static bool make_room(struct platter *platter, size_t size)
{
    size_t old = platter->room, room = old ? old : ROOM_MIN;
    while (room < size)
        room *= 2;
    if (room == old)
        return true;
    size_t sectors = room / PLATTER_SECTOR, before = old / PLATTER_SECTOR;
    if (!widen(&platter->cache, room) || !widen(&platter->states, sectors))
        return false;
    memset(platter->states + before, 0, sectors - before);
    platter->room = room;
    return true;
}

/* Before the cache is changed there for the first time since a sync. */
static bool remember(struct platter *platter, size_t sector)
{
    size_t at = sector * PLATTER_SECTOR;
    if (platter->states[sector] & (OLDER | BARE))
        return true;
    if (at >= platter->kept_size) {
        platter->states[sector] |= BARE;
        return true;
    }
    if (platter->kept_room < platter->room) {
        if (!widen(&platter->kept, platter->room))
            return false;
        platter->kept_room = platter->room;
    }
    memcpy(platter->kept + at, platter->cache + at, PLATTER_SECTOR);
    platter->states[sector] |= OLDER;
    return true;
}

static bool all_remembered(struct platter *platter, size_t first, size_t end)
{
    bool remembered = true;
    for (size_t s = first; s < end && remembered; s++)
        remembered = remember(platter, s);
    return remembered;
}

/* Into room that may never have been used. */
static void copy(struct platter *platter, const uint8_t *data, size_t size, size_t at)
{
    size_t end = at + size, touched = platter->touched;
    size_t whole = (end + PLATTER_SECTOR - 1) / PLATTER_SECTOR * PLATTER_SECTOR;
    if (at > touched)
        memset(platter->cache + touched, 0, at - touched);
    memcpy(platter->cache + at, data, size);
    if (whole <= touched)
        return;
    memset(platter->cache + end, 0, whole - end);
    platter->touched = whole;
}

bool platter_put(struct platter *platter, const uint8_t *data, size_t size, size_t at)
{
    if (size == 0)
        return true;
    size_t first = at / PLATTER_SECTOR, end = (at + size - 1) / PLATTER_SECTOR + 1;
    if (!make_room(platter, at + size) || !all_remembered(platter, first, end))
        return false;
    copy(platter, data, size, at);
    for (size_t s = first; s < end; s++)
        platter->states[s] |= DIRTY;
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
        memset(platter->states + whole, 0, end - whole);
        if (size % PLATTER_SECTOR && platter->states[whole - 1] & OLDER)
            memset(platter->kept + size, 0, whole * PLATTER_SECTOR - size);
    }
    platter->kept_size = size;
}

void platter_sync(struct platter *platter, bool reaches)
{
    for (size_t s = platter->from; s < platter->to; s++)
        if (reaches && platter->states[s] & DIRTY)
            platter->states[s] = 0;
        else
            platter->states[s] &= (uint8_t)~DIRTY;
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
    for (size_t s = 0; s < platter->touched / PLATTER_SECTOR; s++) {
        size_t at = s * PLATTER_SECTOR;
        bool stays = platter->states[s] & DIRTY && *dice && draw(dice) % 2;
        if (platter->states[s] & OLDER && !stays)
            memcpy(platter->cache + at, platter->kept + at, PLATTER_SECTOR);
        if (platter->states[s] & BARE && !stays)
            memset(platter->cache + at, 0, PLATTER_SECTOR);
        platter->states[s] = 0;
    }
    platter->from = platter->to = 0;
    if (grown && platter->size > platter->kept_size)
        platter->kept_size = platter->size;
    platter->size = platter->kept_size;
    if (platter->touched > platter->size)
        memset(platter->cache + platter->size, 0, platter->touched - platter->size);
}

void platter_free(struct platter *platter)
{
    free(platter->cache);
    free(platter->kept);
    free(platter->states);
    *platter = (struct platter) {0};
}
