/* A disk made up: files in memory where SQLite believes a file system to be, and between them and
 * the platter a cache that behaves like a kernel's. It fails where it is told to, fills up, rots,
 * and loses power.
 *
 * What is written stands in the cache, and is on the platter once it was synced. A sync that fails
 * forgets what it had to write: the cache goes on to show it, no later sync brings it to the
 * platter, and the next loss of power takes it away. Linux does so.
 *
 * Names are paths; there are no folders. One lock for each file: whoever writes has it alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk;

/* From then on all that SQLite opens is on it, until another one is opened or used. What is open
 * stays on the disk on which it was opened. NULL: no memory. */
struct disk *disk_open(void);
/* NULL: what is opened from now on is on the machine's own. */
void disk_use(struct disk *disk);
/* What was opened on it is closed before. */
void disk_close(struct disk *disk);

enum disk_call {
    DISK_OPEN,
    DISK_READ,
    DISK_WRITE,
    DISK_TRUNCATE,
    DISK_SYNC,
    DISK_SIZE,
    DISK_CALLS
};

enum disk_way {
    DISK_BREAKS, /* EIO; nothing is done */
    DISK_FULL,   /* ENOSPC; nothing is done */
    DISK_SHORT,  /* a write stops half-way, and then ENOSPC */
    DISK_WAYS
};

/* The calls of one kind (on `path`) are counted from this on; the one with number `at` (from 1)
 * fails, and all that follow when it lasts. at 0: none. */
struct disk_failure {
    enum disk_call call;
    enum disk_way way;
    uint64_t at;
    bool lasts;
    const char *path; /* of this file only; NULL: of any */
};
void disk_fail(struct disk *disk, struct disk_failure failure);
/* How often a call was made since then; and whether one has failed. */
uint64_t disk_count(const struct disk *disk, enum disk_call call);
bool disk_failed(const struct disk *disk);

/* At most so many bytes in all files together; 0: any. What does not fit is a short write. */
void disk_limit(struct disk *disk, uint64_t bytes);
uint64_t disk_used(const struct disk *disk);

/* The process goes: what is open is dead, and the cache outlives it. */
void disk_kill(struct disk *disk);
/* The power goes: what is open is dead, and only what is on the platter is left. Of what was not
 * synced the dice (0: none of it) let single sectors stay. */
void disk_cut(struct disk *disk, uint64_t dice);

/* As a hand would: the content as everybody sees it. NULL: there is no such file. */
uint8_t *disk_content(struct disk *disk, const char *path, size_t *size);
/* Replaced, or made, and synced; false: no memory. data NULL: the file is deleted. */
bool disk_replace(struct disk *disk, const char *path, const uint8_t *data, size_t size);
