#include "backup/backup.h"

#include "admin/audit.h"
#include "backup/backup_check.h"
#include "backup/backup_file.h"
#include "store/store_sqlite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { AUDIT_ARENA = 128 * 1024 * 1024 };

/* A private folder for what is unpacked: beside the backup, or where large things may stand. */
static enum backup_problem make_scratch(const char *file, char out[static BACKUP_FILE_PATH],
                                        struct backup_detail *detail)
{
    char folder[BACKUP_FILE_PATH];
    backup_file_folder(file, folder);
    const char *const places[] = {folder, "/var/tmp"};
    for (size_t i = 0; i < 2; i++) {
        int length = snprintf(out, BACKUP_FILE_PATH, "%s/.peregrin-verify-XXXXXX", places[i]);
        if (length < BACKUP_FILE_PATH && mkdtemp(out))
            return BACKUP_FINE;
    }
    return backup_file_wrong(detail, out);
}

static void remove_scratch(const char *scratch)
{
    DIR *folder = opendir(scratch);
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
    rmdir(scratch);
}

static enum fault audit_pages(const struct audit *audit, const struct backup_progress *progress,
                              uint64_t total, struct arena *arena, struct backup_report *out)
{
    int64_t after = 0;
    do {
        struct audit_result result;
        arena_reset(arena);
        TRY(audit_run(audit, after, AUDIT_PAGE, arena, &result));
        out->records += result.records;
        out->seals += result.seals;
        out->receipts += result.receipts;
        out->dossiers += result.dossiers;
        if (result.fault_count && !out->fault)
            out->fault = result.faults[0].what;
        if (progress->report)
            progress->report(progress->self, "Auditing", out->records, total);
        after = result.next;
    } while (after && !out->fault);
    return FAULT_NONE;
}

/* As `audit verify`, without a node. An older database is brought to the newest version for it:
 * here is only a copy. */
static enum backup_problem audit_database(const char *database, const struct catalogue *catalogue,
                                          const struct backup_progress *progress,
                                          struct backup_report *out, struct backup_detail *detail)
{
    struct audit audit = {.catalogue = catalogue};
    struct arena *arena = arena_open(AUDIT_ARENA);
    enum fault fault = arena ? store_sqlite_open(database, &audit.store) : FAULT_MEMORY;
    if (!fault)
        fault = audit_pages(&audit, progress, out->facts.records, arena, out);
    if (audit.store)
        audit.store->close(audit.store);
    arena_close(arena);
    if (fault)
        return backup_say(detail, BACKUP_DATABASE, "%s", fault_text(fault)->sentence);
    return out->fault ? backup_say(detail, BACKUP_AUDIT, "%s", out->fault) : BACKUP_FINE;
}

static enum backup_problem verify_in(const struct backup_check *check, const char *scratch,
                                     struct arena *arena, struct backup_report *out,
                                     struct backup_detail *detail)
{
    struct backup_unpacked *unpacked = arena_take(arena, sizeof *unpacked);
    struct backup_place *place = arena_take(arena, sizeof *place);
    const char *database = arena_format(arena, "%s/peregrin.db", scratch);
    struct catalogue *catalogue = NULL;
    if (!unpacked || !place || !database)
        return BACKUP_MEMORY;
    TRY(backup_unpack_file(check->file, database, &check->progress, arena, unpacked, detail));
    out->facts = unpacked->manifest.facts;
    TRY(backup_check_database(database, &out->facts, detail));
    const char *why = check->read_place(
        "peregrind.conf", backup_check_part(unpacked, BACKUP_PART_CONFIGURATION), arena, place);
    if (why)
        return backup_say(detail, BACKUP_CONFIG, "%s", why);
    out->own_anchor = !check->anchor;
    TRY(backup_check_catalogue(unpacked, check->anchor ? check->anchor : &place->anchor, arena,
                               &catalogue, detail));
    return audit_database(database, catalogue, &check->progress, out, detail);
}

enum backup_problem backup_verify(const struct backup_check *check, struct arena *arena,
                                  struct backup_report *out, struct backup_detail *detail)
{
    char scratch[BACKUP_FILE_PATH];
    *out = (struct backup_report) {0};
    TRY(make_scratch(check->file, scratch, detail));
    enum backup_problem problem = verify_in(check, scratch, arena, out, detail);
    remove_scratch(scratch);
    return problem;
}
