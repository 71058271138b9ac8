/* A seal or a receipt of the store, held against the catalogue: once for all records under it. */
#pragma once

#include "admin/audit.h"
#include "seal/tree.h"

/* Which of both. */
enum audit_signed_kind { AUDIT_SIGNED_SEAL, AUDIT_SIGNED_RECEIPT };

/* The row that was read last. Leaves live in an arena of its own. */
struct audit_signed {
    enum audit_signed_kind kind;
    struct arena *arena;
    int64_t number;     /* 0: none yet */
    const char *issuer; /* SCHAC that must have signed; held by the caller's pairs */
    const char *what;   /* what does not hold, or NULL */
    enum verdict verdict;
    const char *network, *audience;
    uint32_t count;
    struct digest root;
    struct bytes leaves; /* empty: unknown */
};

/* Reads and checks the row unless it was the last one. *fresh: it was read now. */
enum fault audit_signed_read(const struct audit *audit, struct audit_signed *signed_,
                             int64_t number, const char *issuer, bool *fresh);

/* Does it hold this record? Sets what does not hold, or NULL. */
struct audit_signed_leaf {
    const struct digest *id;
    uint32_t index;
    struct bytes path; /* n times 32, where the leaves are unknown */
};
const char *audit_signed_holds(const struct audit_signed *signed_,
                               const struct audit_signed_leaf *leaf);
