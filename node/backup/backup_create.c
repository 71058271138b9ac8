#include "backup/backup.h"

#include "backup/backup_file.h"
#include "backup/backup_pack.h"
#include "store/store_copy.h"
#include "store/store_rest.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_PAGES = 256 };

/* A backup under way. */
struct work {
    const struct backup_order *order;
    struct arena *arena;
    struct backup_detail *detail;
    char part[BACKUP_FILE_PATH]; /* the backup until it is whole */
    char copy[BACKUP_FILE_PATH]; /* of the database, when this process made it */
    const char *database;        /* what is packed */
    struct backup_manifest manifest;
    struct bytes contents[BACKUP_MANIFEST_PARTS];
};

/* ---- the database ------------------------------------------------------------------------------
 */

static enum backup_problem of_fault(enum fault fault, const char *path,
                                    struct backup_detail *detail)
{
    static const enum backup_problem problems[FAULT_COUNT] = {
        [FAULT_NONE] = BACKUP_FINE,         [FAULT_MEMORY] = BACKUP_MEMORY,
        [FAULT_DISK_FULL] = BACKUP_NO_ROOM, [FAULT_STORAGE] = BACKUP_FILE,
        [FAULT_TAKEN] = BACKUP_TAKEN,       [FAULT_CORRUPT] = BACKUP_DATABASE,
        [FAULT_NEWER] = BACKUP_NEWER,       [FAULT_FILE] = BACKUP_EXISTS,
    };
    enum backup_problem problem = problems[fault];
    problem = fault && !problem ? BACKUP_FILE : problem;
    return problem ? backup_say(detail, problem, "%s: %s", path, fault_text(fault)->sentence)
                   : BACKUP_FINE;
}

static enum fault copy_steps(const struct work *work, struct store_copy *copy)
{
    const struct backup_progress *progress = &work->order->progress;
    bool whole = false;
    while (!whole) {
        uint64_t done, total;
        TRY(store_copy_step(copy, STEP_PAGES, &whole));
        store_copy_progress(copy, &done, &total);
        if (progress->report)
            progress->report(progress->self, "Copying", done, total);
    }
    return FAULT_NONE;
}

/* No node runs: the database is copied by this process, which then has it alone. */
static enum backup_problem copy_database(struct work *work)
{
    const char *source = work->order->place->database;
    struct store_copy *copy = NULL;
    if (snprintf(work->copy, sizeof work->copy, "%s.db", work->part) >= (int)sizeof work->copy)
        return backup_say(work->detail, BACKUP_FILE, "%s: the path is too long", work->part);
    if (access(source, R_OK) != 0)
        return backup_file_wrong(work->detail, source);
    unlink(work->copy);
    enum fault fault = store_copy_open_file(source, work->copy, &copy);
    if (!fault)
        fault = copy_steps(work, copy);
    store_copy_close(copy);
    work->database = work->copy;
    return of_fault(fault, source, work->detail);
}

/* A database that is damaged is to be noticed on the day of the backup, not of the restore. */
static enum backup_problem look_at_database(struct work *work, int descriptor)
{
    struct backup_facts *facts = &work->manifest.facts;
    struct backup_manifest_part *part = &work->manifest.parts[work->manifest.count++];
    struct store_rest_facts found;
    TRY(of_fault(store_rest_look(work->database, &found), work->database, work->detail));
    if (!found.whole)
        return backup_say(work->detail, BACKUP_DATABASE, "%s: its pages do not fit together",
                          work->order->place->database);
    facts->schema = found.version;
    facts->records = found.records;
    facts->seals = found.seals;
    facts->receipts = found.receipts;
    facts->dossiers = found.dossiers;
    part->part = BACKUP_PART_DATABASE;
    TRY(backup_file_digest(descriptor, work->database, &work->order->progress, "Checking", part,
                           work->detail));
    facts->size = part->size;
    return BACKUP_FINE;
}

/* ---- the parts ---------------------------------------------------------------------------------
 */

static enum backup_problem add_bytes(struct work *work, enum backup_part part, unsigned number,
                                     struct bytes content)
{
    struct backup_manifest_part *row = &work->manifest.parts[work->manifest.count];
    row->part = part;
    row->number = number;
    backup_file_digest_bytes(content, row);
    work->contents[work->manifest.count++] = content;
    return BACKUP_FINE;
}

static enum backup_problem add_file(struct work *work, enum backup_part part, const char *path)
{
    struct bytes content;
    bool absent;
    TRY(backup_file_read(path, backup_manifest_part_max(part), work->arena, &content, &absent,
                         work->detail));
    if (absent) {
        errno = ENOENT;
        return backup_file_wrong(work->detail, path);
    }
    return add_bytes(work, part, 0, content);
}

static enum backup_problem add_small_parts(struct work *work)
{
    const struct backup_place *place = work->order->place;
    TRY(add_file(work, BACKUP_PART_CONFIGURATION, place->configuration));
    TRY(add_file(work, BACKUP_PART_CATALOGUE, place->catalogue));
    TRY(add_file(work, BACKUP_PART_ROOT, place->root));
    for (size_t i = 0; work->order->keys && i < place->key_count; i++) {
        TRY(add_bytes(work, BACKUP_PART_KEY, (unsigned)i + 1, work->order->keys[i]));
        work->manifest.facts.keys++;
    }
    return BACKUP_FINE;
}

static enum backup_problem fill_facts(struct work *work)
{
    const struct backup_place *place = work->order->place;
    struct backup_facts *facts = &work->manifest.facts;
    char *created = arena_take(work->arena, INSTANT_TEXT_SIZE);
    if (!created)
        return BACKUP_MEMORY;
    instant_text(work->order->now, created);
    facts->version = work->order->version;
    facts->created = created;
    facts->node = place->node;
    facts->network = place->network;
    facts->institution_count = place->institution_count;
    memcpy(facts->institutions, place->institutions, sizeof facts->institutions);
    return BACKUP_FINE;
}

/* ---- the file ----------------------------------------------------------------------------------
 */

static enum backup_problem write_part(struct work *work, int database)
{
    struct backup_pack pack = {&work->manifest, work->contents, database, work->order->now,
                               work->order->progress};
    int descriptor = open(work->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return backup_file_wrong(work->detail, work->part);
    enum backup_problem problem =
        backup_pack_write(&pack, descriptor, work->part, work->arena, work->detail);
    close(descriptor);
    return problem;
}

static enum backup_problem pack_database(struct work *work)
{
    int database = open(work->database, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (database < 0)
        return backup_file_wrong(work->detail, work->database);
    enum backup_problem problem = look_at_database(work, database);
    if (!problem)
        problem = write_part(work, database);
    close(database);
    return problem;
}

static enum backup_problem create(struct work *work)
{
    const struct backup_order *order = work->order;
    TRY(fill_facts(work));
    TRY(add_small_parts(work));
    work->database = order->copy;
    if (!order->copy)
        TRY(copy_database(work));
    TRY(pack_database(work));
    if (!backup_file_link(work->part, order->file))
        return backup_file_wrong(work->detail, order->file);
    return BACKUP_FINE;
}

enum backup_problem backup_create(const struct backup_order *order, struct arena *arena,
                                  struct backup_facts *out, struct backup_detail *detail)
{
    struct work *work = arena_take(arena, sizeof *work);
    if (!work)
        return BACKUP_MEMORY;
    work->order = order;
    work->arena = arena;
    work->detail = detail;
    if (snprintf(work->part, sizeof work->part, "%s.part", order->file) >= (int)sizeof work->part)
        return backup_say(detail, BACKUP_FILE, "%s: the path is too long", order->file);
    if (access(order->file, F_OK) == 0)
        return backup_say(detail, BACKUP_EXISTS, "%s", order->file);
    unlink(work->part); /* of an attempt that was killed */
    enum backup_problem problem = create(work);
    unlink(work->part);
    if (work->copy[0])
        unlink(work->copy);
    if (!problem)
        *out = work->manifest.facts;
    return problem;
}
