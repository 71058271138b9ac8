/* Writes the container: a tar (pax, uncompressed) of the manifest and the parts that it names. */
#pragma once

#include "backup/backup_manifest.h"

struct backup_pack {
    const struct backup_manifest *manifest;
    const struct bytes *contents; /* of the small parts, in their order */
    int database;                 /* its descriptor; its size is the manifest's */
    struct instant now;
    struct backup_progress progress;
};

/* Into `descriptor`, flushed. */
enum backup_problem backup_pack_write(const struct backup_pack *pack, int descriptor,
                                      const char *path, struct arena *arena,
                                      struct backup_detail *detail);
