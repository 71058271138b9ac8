#include "backup/backup_check.h"

#include "store/store_rest.h"

enum backup_problem backup_check_database(const char *database, const struct backup_facts *facts,
                                          struct backup_detail *detail)
{
    struct store_rest_facts found;
    enum fault fault = store_rest_look(database, &found);
    if (fault == FAULT_NEWER)
        return backup_say(detail, BACKUP_NEWER, "its tables are of version %d", facts->schema);
    if (fault)
        return backup_say(detail, BACKUP_DATABASE, "the database in it: %s",
                          fault_text(fault)->sentence);
    if (!found.whole)
        return backup_say(detail, BACKUP_DATABASE, "the database's pages do not fit together");
    if (found.version != facts->schema || found.records != facts->records ||
        found.seals != facts->seals || found.receipts != facts->receipts ||
        found.dossiers != facts->dossiers)
        return backup_say(detail, BACKUP_ALTERED,
                          "the database holds something else than the manifest says");
    return BACKUP_FINE;
}

struct bytes backup_check_part(const struct backup_unpacked *unpacked, enum backup_part part)
{
    for (size_t i = 0; i < unpacked->manifest.count; i++)
        if (unpacked->manifest.parts[i].part == part)
            return unpacked->contents[i];
    return (struct bytes) {0};
}

enum backup_problem backup_check_catalogue(const struct backup_unpacked *unpacked,
                                           const struct digest *anchor, struct arena *arena,
                                           struct catalogue **out, struct backup_detail *detail)
{
    struct suite suite = suite_over(&(struct suite_keys) {0});
    struct catalogue_files files = {backup_check_part(unpacked, BACKUP_PART_ROOT),
                                    backup_check_part(unpacked, BACKUP_PART_CATALOGUE)};
    const char *why = NULL;
    enum verdict verdict = catalogue_read(files, anchor, 0, &suite, arena, out, &why);
    return verdict ? backup_say(detail, BACKUP_NOT_TRUSTED, "%s",
                                why ? why : verdict_text(verdict)->sentence)
                   : BACKUP_FINE;
}
