/* Backups: one file with the database, the configuration, the federation's two files and, when
 * wanted, sealed keys; made, checked without a node, and put back.
 *
 * The container is an uncompressed tar with a manifest in front, so that `tar` shows it and
 * `sha256sum` checks it. Reading trusts nothing: names, order, sizes and digests must be those of
 * the manifest, and no name in a backup is ever used as a path.
 *
 * What is made or put back is flushed before it gets its name; a process that is killed leaves what
 * was there before. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "trust/catalogue.h"

enum {
    BACKUP_KEYS_MAX = 256,
    BACKUP_INSTITUTIONS_MAX = 256,
    BACKUP_CONFIGURATION_MAX = 64 * 1024,
    BACKUP_DETAIL_SIZE = 1024,
};

/* What can go wrong; each has a code, a sentence, a remedy and an exit status. */
enum [[nodiscard]] backup_problem {
    BACKUP_FINE,        BACKUP_MEMORY, BACKUP_FILE, /* a file could not be read or written */
    BACKUP_NO_ROOM,                                 /* the disk is full */
    BACKUP_EXISTS,      /* the file is there already: nothing is overwritten */
    BACKUP_NOT_ONE,     /* it is no backup, or was built by somebody who means ill */
    BACKUP_CUT,         /* it ends before its end, or goes on behind it */
    BACKUP_ALTERED,     /* a digest of the manifest does not hold */
    BACKUP_NEWER,       /* made by a newer version */
    BACKUP_DATABASE,    /* the database in it is damaged or says something else than the manifest */
    BACKUP_NOT_TRUSTED, /* the catalogue in it is not believed under the anchor */
    BACKUP_AUDIT,       /* a record in it does not hold */
    BACKUP_CONFIG,      /* its configuration cannot be used */
    BACKUP_TAKEN,       /* a node is running on the database */
    BACKUP_OUTSIDE,     /* its configuration names places outside of its own folder */
    BACKUP_COUNT};
struct backup_text {
    const char *code, *sentence, *remedy;
    int exit_status;
};
const struct backup_text *backup_text(enum backup_problem problem);

/* Which file, and what the system said of it. Never personal data. */
struct backup_detail {
    char text[BACKUP_DETAIL_SIZE];
};
enum backup_problem backup_say(struct backup_detail *detail, enum backup_problem problem,
                               const char *format, ...) __attribute__((format(printf, 3, 4)));

/* How far a long work is; self and report may be NULL. */
struct backup_progress {
    void *self;
    void (*report)(void *self, const char *what, uint64_t done, uint64_t total);
};

/* What a configuration says of a node, its paths absolute. */
struct backup_place {
    const char *configuration; /* its own path */
    const char *node, *network;
    const char *institutions[BACKUP_INSTITUTIONS_MAX];
    size_t institution_count;
    const char *database, *catalogue, *root, *socket;
    const char *keys[BACKUP_KEYS_MAX];
    size_t key_count;
    struct digest anchor;
};
/* Reads a configuration, from `text` as if it stood at `path`, or (data NULL) from the file itself;
 * a sentence when it cannot be used, NULL otherwise. All in the arena. */
typedef const char *backup_read_place(const char *path, struct bytes text, struct arena *arena,
                                      struct backup_place *out);

/* What a backup says of itself. */
struct backup_facts {
    const char *version; /* of the program that made it */
    const char *created; /* ISO 8601 */
    const char *node, *network;
    const char *institutions[BACKUP_INSTITUTIONS_MAX];
    size_t institution_count;
    int schema;
    uint64_t records, seals, receipts, dossiers;
    uint64_t size; /* of the database */
    size_t keys;
};

/* ---- making -----------------------------------------------------------------------------------
 */

struct backup_order {
    const struct backup_place *place;
    const char *copy; /* made by the node; NULL: the database itself is copied, for no node runs */
    const char *file; /* where the backup goes */
    const struct bytes *keys; /* sealed key files in the order of place->keys; NULL: none */
    const char *version;
    struct instant now;
    struct backup_progress progress;
};
enum backup_problem backup_create(const struct backup_order *order, struct arena *arena,
                                  struct backup_facts *out, struct backup_detail *detail);

/* Removes all but the newest `keep` backups of this node in a folder, by their names
 * `peregrin-NODE-TIME.tar`, and what attempts older than a day have left; nothing else. */
enum backup_problem backup_rotate(const char *folder, const char *node, size_t keep,
                                  struct instant now, size_t *removed,
                                  struct backup_detail *detail);
/* Such a name; NULL when the arena is spent. */
const char *backup_rotate_name(const char *folder, const char *node, struct instant now,
                               struct arena *arena);

/* ---- checking ---------------------------------------------------------------------------------
 */

struct backup_check {
    const char *file;
    const struct digest *anchor; /* NULL: the one in the backup's own configuration */
    backup_read_place *read_place;
    struct backup_progress progress;
};
struct backup_report {
    struct backup_facts facts;
    uint64_t records, seals, receipts, dossiers; /* audited */
    bool own_anchor;                             /* believed under its own configuration's anchor */
    const char *fault;                           /* the first thing that does not hold */
};
/* Digests, the database's pages, and every record against its seal, receipt and catalogue. Unpacks
 * into a private folder beside the file, or in /var/tmp, and removes it. */
enum backup_problem backup_verify(const struct backup_check *check, struct arena *arena,
                                  struct backup_report *out, struct backup_detail *detail);

/* ---- putting back -----------------------------------------------------------------------------
 */

enum backup_part {
    BACKUP_PART_CONFIGURATION,
    BACKUP_PART_CATALOGUE,
    BACKUP_PART_ROOT,
    BACKUP_PART_KEY,
    BACKUP_PART_DATABASE
};
enum backup_fate {
    BACKUP_MADE,     /* it was not there */
    BACKUP_SAME,     /* it is there, and the same */
    BACKUP_KEPT,     /* another one is there, and stays */
    BACKUP_REPLACED, /* the database: the old one is kept aside */
    BACKUP_MISSING,  /* a key that the configuration names and neither side has */
};
struct backup_step {
    enum backup_part part;
    enum backup_fate fate;
    const char *path;
    const char *aside; /* of a replaced database */
    bool outside;      /* of the configuration's folder */
    struct bytes content;
};
struct backup_plan {
    struct backup_facts facts;
    struct backup_place place;
    struct backup_step steps[BACKUP_KEYS_MAX + 4];
    size_t count;
};
struct backup_restore {
    const char *file;
    const char *configuration; /* where it is or goes */
    bool outside;              /* places outside of its folder were agreed to */
    backup_read_place *read_place;
    struct instant now;
    struct backup_progress progress;
};
/* Reads and checks the whole backup, and says what would be done. */
enum backup_problem backup_restore_plan(const struct backup_restore *restore, struct arena *arena,
                                        struct backup_plan *out, struct backup_detail *detail);
/* Does it: the database last, at one stroke. */
enum backup_problem backup_restore_run(const struct backup_restore *restore,
                                       const struct backup_plan *plan, struct arena *arena,
                                       struct backup_detail *detail);
