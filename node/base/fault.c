#include "base/fault.h"

#include <assert.h>

static const struct fault_text texts[] = {
    [FAULT_NONE] = {"none", "done", "", 0},
    [FAULT_MEMORY] = {"memory", "the machine has no memory left",
                      "stop what else runs here or give the machine more memory", 1},
    [FAULT_DISK_FULL] = {"disk_full", "the disk is full: nothing new can be stored",
                         "free space on the database's disk; nothing acknowledged is lost", 1},
    [FAULT_STORAGE] = {"storage", "the database could not be read or written",
                       "look at the disk and the system's log, then start the node again", 1},
    [FAULT_FLUSH] = {"flush", "the disk did not take what was written to the database",
                     "look at the disk and the system's log; the node stops, and reads everything "
                     "anew when it is started",
                     1},
    [FAULT_MOVED] = {"moved", "the database or its log was moved or deleted while the node used it",
                     "put back what was moved, then start the node: it ended by folding its log "
                     "into the database",
                     1},
    [FAULT_LOG_DAMAGED] =
        {"log_damaged", "the database's log is damaged, and what was acknowledged last is in it",
         "keep a copy of both; restore the newest backup, or move away the file that "
         "ends in -wal: partners give back what they hold",
         1},
    [FAULT_TAKEN] = {"taken", "another process has the database open",
                     "is the node running already? one process only for each database", 1},
    [FAULT_CORRUPT] = {"corrupt", "the database is damaged",
                       "stop the node, restore the newest backup, start it: partners give back "
                       "what is missing",
                       1},
    [FAULT_NEWER] = {"newer", "the database was written by a newer version of Peregrin",
                     "install that version again, or restore the backup made before the upgrade",
                     3},
    [FAULT_NETWORK] = {"network", "a network address could not be used",
                       "see whether the port is taken and the address belongs to this machine", 4},
    [FAULT_FILE] = {"file", "a file could not be read or written",
                    "see that it exists and that this user may use it", 3},
    [FAULT_KEY] = {"key", "a key is absent or cannot be used",
                   "see `peregrin key show`; key files must be mode 0600", 3},
    [FAULT_CONFIG] = {"config", "the configuration cannot be used",
                      "run `peregrind -n -c FILE`: it names file and line", 3},
};

static_assert(sizeof texts / sizeof *texts == FAULT_COUNT, "one text for each fault");

const struct fault_text *fault_text(enum fault fault)
{
    assert((unsigned)fault < FAULT_COUNT);
    return &texts[fault];
}
