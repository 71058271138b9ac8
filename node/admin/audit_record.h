/* One record held against everything that says something of it. */
#pragma once

#include "admin/audit_signed.h"

/* What an audit keeps from record to record. */
struct audit_record_reader {
    const struct audit *audit;
    struct arena *scratch; /* reset for each record */
    struct audit_signed seal, receipt;
    uint64_t seals, receipts, dossiers; /* checked so far */
};

/* The first thing that does not hold; what is NULL when all holds. */
struct audit_record_finding {
    const char *what;
    enum verdict verdict;
};

enum fault audit_record_check(struct audit_record_reader *reader, const struct store_pair *pair,
                              const struct store_record *record, struct audit_record_finding *out);
