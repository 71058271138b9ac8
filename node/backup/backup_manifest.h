/* The first part of a backup: what the others are. JSON, read strictly. */
#pragma once

#include "backup/backup.h"

enum {
    BACKUP_MANIFEST_MAX = 256 * 1024,
    BACKUP_MANIFEST_PARTS = BACKUP_KEYS_MAX + 4,
    BACKUP_MANIFEST_SHA256 = 32,
    BACKUP_MANIFEST_FORMAT = 1,
};
#define BACKUP_MANIFEST_NAME "manifest.json"

struct backup_manifest_part {
    enum backup_part part;
    unsigned number; /* of a key, from 1; in the order of the configuration */
    uint64_t size;
    uint8_t sha256[BACKUP_MANIFEST_SHA256];
};

/* Parts in the order of enum backup_part: the database is the last one. */
struct backup_manifest {
    struct backup_facts facts;
    struct backup_manifest_part parts[BACKUP_MANIFEST_PARTS];
    size_t count;
};

/* `keys/2`; the names that a backup has, and no others. */
enum { BACKUP_MANIFEST_PART_NAME = 32 };
void backup_manifest_part_name(const struct backup_manifest_part *part,
                               char out[static BACKUP_MANIFEST_PART_NAME]);
/* The most that such a part may have. */
uint64_t backup_manifest_part_max(enum backup_part part);

/* data NULL: the arena is spent. */
struct bytes backup_manifest_write(const struct backup_manifest *manifest, struct arena *arena);
enum backup_problem backup_manifest_read(struct bytes text, struct arena *arena,
                                         struct backup_manifest *out, struct backup_detail *detail);
