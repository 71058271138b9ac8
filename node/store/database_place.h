/* The dossiers that the open transaction has met: each is looked for once, changed in memory, and
 * written once, at the end. A row holds what the fold said and the serials of the dossier's
 * records, so that one look answers all that is asked when a record comes. */
#pragma once

#include "base/fault.h"
#include "store/store.h"

struct database;
struct query;

struct database_place {
    struct store_dossier row; /* its place is the key */
    bool folded;              /* the rest of the row says something */
    bool dirty;
    int64_t *serials; /* ascending */
    size_t count, room;
    uint32_t next; /* of the same bin, plus one; 0: the last */
};

/* The last dossier of a pair and opener that the table has, or one behind it: names begin with
 * their minute and ascend, so that a new one is mostly behind all others, and need not be looked
 * for. */
struct database_last {
    uint32_t pair; /* 0: nothing is known */
    bool opened_by_partner;
    struct header_dossier dossier;
};

enum { DATABASE_LAST_MAX = 256 };

struct database_places {
    struct database_place *list;
    uint32_t *bins; /* index into the list, plus one; PLACES_BINS of them */
    size_t count, room;
    struct arena *arena; /* of the serials */
    struct database_last last[DATABASE_LAST_MAX];
};

/* Never NULL; without records where nothing is known of it. Valid until the next look. */
enum fault database_place_look(struct database *database, const struct store_place *place,
                               struct database_place **out);
/* The columns of a row behind its serials. */
void database_place_read(struct query *query, struct store_dossier *dossier);
/* A new record is in it. */
enum fault database_place_add(struct database *database, const struct store_place *place,
                              int64_t serial);
enum fault database_place_fold(struct database *database, const struct store_dossier *row);
enum fault database_place_flush(struct database *database);
void database_place_forget(struct database *database);
void database_place_close(struct database *database);
