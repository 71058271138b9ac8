/* A database that no process has open: looked at, counted, and folded into its one file. */
#pragma once

#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>

struct store_rest_facts {
    int version; /* of its tables */
    bool whole;  /* SQLite finds nothing wrong in any page and index */
    uint64_t records, seals, receipts, dossiers;
};

/* Reads all of it. FAULT_CORRUPT when it is not ours, FAULT_NEWER when a newer version wrote it,
 * FAULT_TAKEN when a process has it open. */
enum fault store_rest_look(const char *path, struct store_rest_facts *out);

/* What stands in the log beside it comes into the file, and the log is empty; nobody else can open
 * it until the release. */
struct sqlite3;
enum fault store_rest_hold(const char *path, struct sqlite3 **out);
void store_rest_release(struct sqlite3 *held);
