/* One file of a made-up disk: what everybody sees of it, and of each sector what the platter still
 * has in its place. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLATTER_SECTOR = 512 };

/* Zero-initialised it is an empty file. */
struct platter {
    uint8_t *cache;    /* of `room` bytes */
    size_t size, room; /* of the file; of the cache */
    size_t touched;    /* zero from `size` up to here; nobody was ever behind it */
    uint8_t *kept;     /* what the platter has, in the sectors where that is not in the cache */
    size_t kept_room;  /* 0 until a sector is changed that the platter has */
    uint8_t *states;   /* of each sector */
    size_t from, to;   /* all dirty sectors are between */
    size_t kept_size;  /* of the file on the platter */
};

/* Into the cache; false: no memory. */
bool platter_put(struct platter *platter, const uint8_t *data, size_t size, size_t at);
void platter_truncate(struct platter *platter, size_t size);
/* reaches: false where the sync fails: what it had to bring is forgotten, and stays in the cache.
 */
void platter_sync(struct platter *platter, bool reaches);
/* Only what is on the platter is left; of what a sync had still to bring the dice (0: none) let
 * single sectors stay. */
void platter_lose(struct platter *platter, uint64_t *dice);
void platter_free(struct platter *platter);
