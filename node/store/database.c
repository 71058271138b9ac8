#include "store/database.h"

#include <assert.h>
#include <sqlite3.h>

struct database *database_of(struct store *store)
{
    return (struct database *)store;
}

enum fault database_fault(int code)
{
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        return FAULT_FLUSH;
    switch (code & 0xff) {
    case SQLITE_OK: return FAULT_NONE;
    case SQLITE_NOMEM: return FAULT_MEMORY;
    case SQLITE_FULL: return FAULT_DISK_FULL;
    case SQLITE_BUSY: return FAULT_TAKEN;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return FAULT_CORRUPT;
    }
    return FAULT_STORAGE;
}

void database_break(struct database *database, enum fault fault)
{
    assert(fault != FAULT_NONE);
    database->unflushed |= fault == FAULT_FLUSH;
    if (database->open && database->broken == FAULT_NONE)
        database->broken = fault;
}
