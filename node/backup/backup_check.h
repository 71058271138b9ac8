/* Whether the parts of a backup hold: the database in it, the catalogue, every record. */
#pragma once

#include "backup/backup_unpack.h"

/* Its pages fit together, its version can be read, and it counts what the manifest says. */
enum backup_problem backup_check_database(const char *database, const struct backup_facts *facts,
                                          struct backup_detail *detail);
/* The part of this kind; data NULL: there is none. */
struct bytes backup_check_part(const struct backup_unpacked *unpacked, enum backup_part part);
/* Under the anchor. */
enum backup_problem backup_check_catalogue(const struct backup_unpacked *unpacked,
                                           const struct digest *anchor, struct arena *arena,
                                           struct catalogue **out, struct backup_detail *detail);
