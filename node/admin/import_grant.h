/* A list of applications, as spreadsheets save it, becomes applications to one call: checked cell
 * by cell, nothing kept until it is confirmed, numbered in the order of the rows, and the same rows
 * again change nothing.
 *
 * A row is known again by the office's reference, or else by name and kind. While it waits it may
 * say something else; what has its money, or gave it up, stays as it is. */
#pragma once

#include "admin/grant.h"
#include "admin/import.h"

/* A waiting application that the row changes. */
struct import_grant_change {
    size_t row;
    uint32_t number;
    const char *fields[IMPORT_FIELDS_MAX];
    size_t field_count;
};

struct import_grant_result {
    struct import_result list; /* without warnings and amendments; stored: new and changed */
    const struct import_grant_change *changes; /* list.changed of them */
    uint64_t asked;                            /* by the new ones together */
    uint32_t first, last;                      /* numbers given; 0: none */
};

/* The first of the call's criteria that a list could not tell from its other columns or from the
 * criteria before it; NULL: it can tell them all. */
const char *import_grant_ambiguous(const Peregrin__Call *call, struct arena *arena);

/* All in the arena. FAULT_MEMORY when it is spent. Nothing is stored unless import->confirm, and,
 * when a row is bad, import->skip_bad. `by` enters them. */
enum fault import_grant_run(const struct import *import, const Peregrin__Call *call, const char *by,
                            struct arena *arena, struct import_grant_result *out);
