/* Reads every record again and holds it against what signs it, its lane and its dossier: what the
 * database says must still be what was said.
 *
 * In pages by the records' local numbers; the last page also counts the streams again. */
#pragma once

#include "store/store.h"
#include "trust/catalogue.h"

enum { AUDIT_PAGE = 500, AUDIT_PAGE_MAX = 5000, AUDIT_FAULTS_MAX = 500 };

struct audit {
    struct store *store;
    const struct catalogue *catalogue;
};

/* The first thing of a record, dossier or stream that does not hold. */
struct audit_fault {
    int64_t serial; /* 0: of a stream */
    const char *own, *partner;
    struct header_dossier dossier;
    uint32_t lane, index;
    const char *what; /* `the seal's signature does not hold` */
    const char *code; /* `forged` */
};

struct audit_result {
    uint64_t records, seals, receipts, dossiers; /* checked */
    int64_t next;                                /* go on after this serial; 0: all was read */
    const struct audit_fault *faults;
    size_t fault_count, faults_left_out;
};

/* Records above `after`, at most max. All in the arena; FAULT_MEMORY when it is spent. */
enum fault audit_run(const struct audit *audit, int64_t after, size_t max, struct arena *arena,
                     struct audit_result *out);
