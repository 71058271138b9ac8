#include "backup/backup.h"

#include "backup/backup_check.h"
#include "backup/backup_file.h"
#include "store/store_rest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The node's group may read what is no secret. */
enum { KEY_MODE = 0600, OTHER_MODE = 0640 };

/* ---- the plan ----------------------------------------------------------------------------------
 */

/* Within the configuration's own folder, and not out of it again. */
static bool is_outside(const char *path, const char *configuration)
{
    char folder[BACKUP_FILE_PATH];
    backup_file_folder(configuration, folder);
    size_t length = strlen(folder);
    return strncmp(path, folder, length) != 0 || path[length] != '/' || strstr(path, "/../");
}

static enum backup_problem add_step(const struct backup_restore *restore, struct arena *arena,
                                    struct backup_plan *plan, struct backup_step step,
                                    struct backup_detail *detail)
{
    struct bytes found;
    bool absent;
    TRY(backup_file_read(step.path, backup_manifest_part_max(step.part), arena, &found, &absent,
                         detail));
    step.outside = is_outside(step.path, restore->configuration);
    if (absent)
        step.fate = step.content.data ? BACKUP_MADE : BACKUP_MISSING;
    else
        step.fate =
            step.content.data && bytes_equal(found, step.content) ? BACKUP_SAME : BACKUP_KEPT;
    plan->steps[plan->count++] = step;
    return BACKUP_FINE;
}

/* Each key where the configuration names it; what the backup has not may be there already. */
static enum backup_problem add_keys(const struct backup_restore *restore,
                                    const struct backup_unpacked *unpacked, struct arena *arena,
                                    struct backup_plan *plan, struct backup_detail *detail)
{
    for (size_t i = 0; i < plan->place.key_count; i++) {
        struct backup_step step = {.part = BACKUP_PART_KEY, .path = plan->place.keys[i]};
        for (size_t j = 0; j < unpacked->manifest.count; j++)
            if (unpacked->manifest.parts[j].part == BACKUP_PART_KEY &&
                unpacked->manifest.parts[j].number == i + 1)
                step.content = unpacked->contents[j];
        TRY(add_step(restore, arena, plan, step, detail));
    }
    return BACKUP_FINE;
}

/* `peregrin.db.replaced-20261122T023454Z`, or with a number where that is taken: it is only ever
 * removed by hand. NULL: the arena is spent. */
static const char *name_aside(const struct backup_restore *restore, const char *path,
                              struct arena *arena)
{
    char stamp[BACKUP_FILE_STAMP];
    backup_file_stamp(restore->now, stamp);
    const char *name = arena_format(arena, "%s.replaced-%s", path, stamp);
    for (int i = 2; name && access(name, F_OK) == 0; i++)
        name = arena_format(arena, "%s.replaced-%s.%d", path, stamp, i);
    return name;
}

static enum backup_problem add_database(const struct backup_restore *restore, struct arena *arena,
                                        struct backup_plan *plan)
{
    struct backup_step step = {.part = BACKUP_PART_DATABASE,
                               .path = plan->place.database,
                               .outside = is_outside(plan->place.database, restore->configuration)};
    step.fate = access(step.path, F_OK) == 0 ? BACKUP_REPLACED : BACKUP_MADE;
    if (step.fate == BACKUP_REPLACED && !(step.aside = name_aside(restore, step.path, arena)))
        return BACKUP_MEMORY;
    plan->steps[plan->count++] = step;
    return BACKUP_FINE;
}

/* The configuration that is there says where things are; only where there is none, the backup's. */
static enum backup_problem read_place(const struct backup_restore *restore, struct bytes packed,
                                      struct arena *arena, struct backup_plan *plan,
                                      struct backup_detail *detail)
{
    bool here = access(restore->configuration, F_OK) == 0;
    const char *why = restore->read_place(restore->configuration,
                                          here ? (struct bytes) {0} : packed, arena, &plan->place);
    if (why)
        return backup_say(detail, BACKUP_CONFIG, "%s", why);
    if (strcmp(plan->place.node, plan->facts.node) != 0 ||
        strcmp(plan->place.network, plan->facts.network) != 0)
        return backup_say(detail, BACKUP_CONFIG, "%s is of node %s of %s, the backup of %s of %s",
                          restore->configuration, plan->place.node, plan->place.network,
                          plan->facts.node, plan->facts.network);
    return BACKUP_FINE;
}

static enum backup_problem check_outside(const struct backup_restore *restore,
                                         const struct backup_plan *plan,
                                         struct backup_detail *detail)
{
    /* What stands in a configuration of this machine, somebody has put there. */
    if (restore->outside || plan->steps[0].fate != BACKUP_MADE)
        return BACKUP_FINE;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].outside && plan->steps[i].fate != BACKUP_MISSING)
            return backup_say(detail, BACKUP_OUTSIDE, "%s", plan->steps[i].path);
    return BACKUP_FINE;
}

enum backup_problem backup_restore_plan(const struct backup_restore *restore, struct arena *arena,
                                        struct backup_plan *out, struct backup_detail *detail)
{
    struct backup_unpacked *unpacked = arena_take(arena, sizeof *unpacked);
    struct catalogue *catalogue;
    if (!unpacked)
        return BACKUP_MEMORY;
    *out = (struct backup_plan) {0};
    TRY(backup_unpack_file(restore->file, NULL, &restore->progress, arena, unpacked, detail));
    out->facts = unpacked->manifest.facts;
    struct bytes configuration = backup_check_part(unpacked, BACKUP_PART_CONFIGURATION);
    TRY(read_place(restore, configuration, arena, out, detail));
    TRY(backup_check_catalogue(unpacked, &out->place.anchor, arena, &catalogue, detail));
    const struct backup_step steps[] = {
        {.part = BACKUP_PART_CONFIGURATION,
         .path = restore->configuration,
         .content = configuration},
        {.part = BACKUP_PART_CATALOGUE,
         .path = out->place.catalogue,
         .content = backup_check_part(unpacked, BACKUP_PART_CATALOGUE)},
        {.part = BACKUP_PART_ROOT,
         .path = out->place.root,
         .content = backup_check_part(unpacked, BACKUP_PART_ROOT)},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        TRY(add_step(restore, arena, out, steps[i], detail));
    TRY(add_keys(restore, unpacked, arena, out, detail));
    TRY(add_database(restore, arena, out));
    return check_outside(restore, out, detail);
}

/* ---- doing it ----------------------------------------------------------------------------------
 */

/* A log that belongs to the old database must never stand beside the new one: SQLite would write it
 * into it. One that is empty goes. */
static enum backup_problem move_logs(const char *path, const char *aside,
                                     struct backup_detail *detail)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char from[BACKUP_FILE_PATH], to[BACKUP_FILE_PATH];
        struct stat status;
        if (snprintf(from, sizeof from, "%s%s", path, suffixes[i]) >= (int)sizeof from)
            return backup_say(detail, BACKUP_FILE, "%s: the path is too long", path);
        bool empty = stat(from, &status) == 0 && status.st_size == 0;
        if (empty && unlink(from) != 0)
            return backup_file_wrong(detail, from);
        bool named = snprintf(to, sizeof to, "%s%s", aside ? aside : path,
                              aside ? suffixes[i] : ".left") < (int)sizeof to;
        if (named && rename(from, to) != 0 && errno != ENOENT)
            return backup_file_wrong(detail, from);
    }
    return BACKUP_FINE;
}

/* The old one keeps a name throughout, and the new one takes its place at one stroke. */
static enum backup_problem change_places(const struct backup_step *step, const char *fresh,
                                         struct backup_detail *detail)
{
    if (step->aside && link(step->path, step->aside) != 0)
        return backup_file_wrong(detail, step->aside);
    TRY(move_logs(step->path, step->aside, detail));
    if (!backup_file_flush_folder(step->path) || rename(fresh, step->path) != 0 ||
        !backup_file_flush_folder(step->path))
        return backup_file_wrong(detail, step->path);
    return BACKUP_FINE;
}

/* Held while it is replaced, so that no node can begin on it. One that is damaged cannot be held,
 * and no node can run on it. */
static enum backup_problem replace(const struct backup_step *step, const char *fresh,
                                   struct backup_detail *detail)
{
    struct sqlite3 *held = NULL;
    enum fault fault = step->aside ? store_rest_hold(step->path, &held) : FAULT_NONE;
    if (fault == FAULT_TAKEN)
        return backup_say(detail, BACKUP_TAKEN, "%s", step->path);
    enum backup_problem problem = change_places(step, fresh, detail);
    if (!fault && held)
        store_rest_release(held);
    return problem;
}

static enum backup_problem put_database(const struct backup_restore *restore,
                                        const struct backup_plan *plan,
                                        const struct backup_step *step, struct arena *arena,
                                        struct backup_detail *detail)
{
    struct backup_unpacked *unpacked = arena_take(arena, sizeof *unpacked);
    const char *fresh = arena_format(arena, "%s.restoring", step->path);
    if (!unpacked || !fresh)
        return BACKUP_MEMORY;
    TRY(backup_file_make_folders(step->path, detail));
    unlink(fresh); /* of an attempt that was killed */
    TRY(backup_unpack_file(restore->file, fresh, &restore->progress, arena, unpacked, detail));
    enum backup_problem problem = backup_check_database(fresh, &plan->facts, detail);
    if (!problem)
        problem = replace(step, fresh, detail);
    if (problem)
        unlink(fresh);
    return problem;
}

enum backup_problem backup_restore_run(const struct backup_restore *restore,
                                       const struct backup_plan *plan, struct arena *arena,
                                       struct backup_detail *detail)
{
    for (size_t i = 0; i + 1 < plan->count; i++)
        if (plan->steps[i].fate == BACKUP_MADE)
            TRY(backup_file_make(plan->steps[i].path, plan->steps[i].content,
                                 plan->steps[i].part == BACKUP_PART_KEY ? KEY_MODE : OTHER_MODE,
                                 detail));
    return put_database(restore, plan, &plan->steps[plan->count - 1], arena, detail);
}
