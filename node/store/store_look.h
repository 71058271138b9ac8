/* A look at a database that no process has open: whose it is, how old, whether it is whole. Nothing
 * in it is changed, not even to a newer version of the tables; SQLite may leave an empty log beside
 * it. */
#pragma once

#include "store/store.h"

struct store_look {
    bool present; /* false: there is no such file yet */
    int version;  /* of its tables */
    bool whole;   /* `deep` only: SQLite found every page and index as it should be */
    struct bytes value;
};

/* With the value of that name (see store.h), empty where there is none. FAULT_TAKEN while a node
 * has it open, FAULT_NEWER, FAULT_CORRUPT when it is no database of ours; `out` is then as far as
 * it was seen. */
enum fault store_look(const char *path, const char *name, bool deep, struct arena *arena,
                      struct store_look *out);
