/* Records, batches and seals of an institution whose signing key is held: right ones, and each
 * wrong in one thing. */
#pragma once

#include "record/header.h"
#include "support/speaker.h"

enum { FORGER_BATCH = 64 };

struct forger_record {
    struct bytes header, salt, body;
    struct digest id;
};

/* What a record says, where it is not an ordinary nomination that opens a dossier of its own. */
struct forger_craft {
    uint32_t number;     /* other numbers, other students and other dossiers */
    uint32_t dossier;    /* the dossier of that number; 0: its own */
    uint32_t index;      /* an amendment in place of the nomination, above 0 */
    uint32_t critical;   /* an extension; 0: none */
    uint32_t body_bytes; /* a comment so long */
    const char *year;    /* of the claim; NULL: that of the body */
    const char *issuer;  /* of the header; NULL: ourselves */
    const struct digest *previous;
};

struct forger_record forger_make(const struct speaker *speaker, const struct forger_craft *craft,
                                 struct arena *arena);

/* What is wrong with a batch; see the table in forger.c. */
enum forger_shape {
    FORGER_TRUE,
    FORGER_FORGED,
    FORGER_STRIPPED,
    FORGER_SWAPPED,
    FORGER_CONTEXT,
    FORGER_DOSSIER,
    FORGER_AUDIENCE,
    FORGER_ISSUER,
    FORGER_STREAM,
    FORGER_BODY,
    FORGER_KEY,
    FORGER_CLAIM,
    FORGER_CRITICAL,
    FORGER_SHAPES
};

/* False when there is none of this name. */
bool forger_shape(const char *name, enum forger_shape *out);

/* The first `count` records with numbers from `first` on, under one seal, at this position. */
struct forger_batch {
    enum forger_shape shape;
    uint32_t first, count;
    uint64_t position;
    const char *third; /* an institution that is neither of the two */
};
struct bytes forger_deliver(const struct speaker *speaker, const struct forger_batch *batch,
                            struct arena *arena);
/* The same with records that were made. */
struct bytes forger_wrap(const struct speaker *speaker, const struct forger_batch *batch,
                         const struct forger_record *records, struct arena *arena);
