/* The records of the open transaction: written once, at its end, with all that is known of them by
 * then. A record is put, sealed, judged and receipted within one group; each of these as a write of
 * its own cost more than the record itself. */
#pragma once

#include "base/fault.h"
#include "store/store.h"

struct database;

struct database_young {
    struct arena *bytes; /* of the records; NULL until the first */
    struct store_record *records;
    size_t count, room;
    int64_t next;             /* the next serial; 0: to be asked for */
    struct store_signed seal; /* the newest, as long as records are young; number 0: none */
};

/* Sets record->serial. What it points to is copied. */
enum fault database_young_add(struct database *database, struct store_record *record);
/* To look at or to change; NULL: it is in its table, or nowhere. */
struct store_record *database_young_find(struct database *database, int64_t serial);
/* The seal that is written now is asked for again when its records leave. */
void database_young_seal(struct database *database, const struct store_signed *seal);
/* A withheld body that came back. False: there is no room for it, and nothing has changed. */
bool database_young_fill(struct database *database, struct store_record *record, struct bytes salt,
                         struct bytes body);
/* Writes what there is, in order of serial: whoever asks the table sees it. */
enum fault database_young_flush(struct database *database);
void database_young_settle(struct database *database, bool committed);
void database_young_close(struct database *database);
