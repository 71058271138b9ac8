#include "backup/backup.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

static const struct backup_text texts[] = {
    [BACKUP_FINE] = {"fine", "done", "", 0},
    [BACKUP_MEMORY] = {"memory", "the machine has no memory left",
                       "stop what else runs here, then do the same again", 1},
    [BACKUP_FILE] = {"file", "a file could not be read or written",
                     "see that it exists and that this user may use it", 3},
    [BACKUP_NO_ROOM] = {"disk_full", "the disk is full; nothing was changed",
                        "free space, or name another place", 1},
    [BACKUP_EXISTS] = {"exists", "there is such a file already, and no backup is overwritten",
                       "give another name, or remove that file", 7},
    [BACKUP_NOT_ONE] = {"not_a_backup", "this is not a backup of a Peregrin node",
                        "give a file that `peregrin backup create` made", 9},
    [BACKUP_CUT] = {"cut", "the backup does not end where it should",
                    "copy it again from where it came, or take another one", 9},
    [BACKUP_ALTERED] = {"altered", "a part of the backup is not what was packed",
                        "do not use it: take another one", 9},
    [BACKUP_NEWER] = {"newer", "the backup was made by a newer version of Peregrin",
                      "install that version, then do the same again", 3},
    [BACKUP_DATABASE] = {"damaged", "the database is damaged",
                         "take another backup; partners give back what is missing in it", 11},
    [BACKUP_NOT_TRUSTED] = {"not_trusted", "the catalogue is not believed under the anchor",
                            "compare the anchor with the authority by telephone: --anchor", 9},
    [BACKUP_AUDIT] = {"audit", "a record of the backup does not hold",
                      "take another backup; partners give back what is missing in it", 11},
    [BACKUP_CONFIG] = {"config", "the configuration cannot be used",
                       "mend the lines named; `peregrin config explain` says what each wants", 3},
    [BACKUP_TAKEN] = {"taken", "a node is running on this database",
                      "stop it first: systemctl stop peregrind", 7},
    [BACKUP_OUTSIDE] = {"outside", "the configuration names places outside of its folder",
                        "look at them, and add --outside when they are right", 7},
};

static_assert(sizeof texts / sizeof *texts == BACKUP_COUNT, "one text for each problem");

const struct backup_text *backup_text(enum backup_problem problem)
{
    assert((unsigned)problem < BACKUP_COUNT);
    return &texts[problem];
}

enum backup_problem backup_say(struct backup_detail *detail, enum backup_problem problem,
                               const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail->text, sizeof detail->text, format, arguments);
    va_end(arguments);
    return problem;
}
