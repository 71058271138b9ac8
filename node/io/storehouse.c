#include "io/storehouse.h"

#include "store/migrate.h"
#include "store/store_sqlite.h"

#include <limits.h>

/* A downgrade: what the older program can read was put aside when the newer one came. */
static enum fault advise(const char *database, struct reason *reason)
{
    char copy[PATH_MAX];
    const struct fault_text *text = fault_text(FAULT_NEWER);
    migrate_find_copy(database, copy, sizeof copy);
    if (!copy[0])
        return reason_give(reason, FAULT_NEWER, "database: %s: %s; %s", database, text->sentence,
                           text->remedy);
    return reason_give(reason, FAULT_NEWER,
                       "database: %s: %s; install that version again, or go back to what it was "
                       "before the upgrade (partners give back what came since): mv %s %s.newer && "
                       "cp -p %s %s",
                       database, text->sentence, database, database, copy, database);
}

enum fault storehouse_open(const char *database, struct store **out, struct reason *reason)
{
    enum fault fault = store_sqlite_open(database, out);
    if (!fault)
        return FAULT_NONE;
    if (fault == FAULT_NEWER)
        return advise(database, reason);
    const struct fault_text *text = fault_text(fault);
    return reason_give(reason, fault, "database: %s: %s; %s", database, text->sentence,
                       text->remedy);
}
