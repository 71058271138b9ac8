/* What became of each record: said, stored at the partner, receipted; and whether both still hold
 * it in the end. Read from the nodes' own stores and feeds while the world runs. */
#pragma once

#include "seal/digest.h"
#include "sim/world.h"

enum { FILM_RECORDS_MAX = 4000 };

struct film_record {
    struct digest id;
    char dossier[HEADER_DOSSIER_TEXT];
    const char *kind;          /* as people say it; static */
    uint32_t author, audience; /* nodes */
    uint32_t lane, index;
    int64_t said_us, stored_us, receipt_us; /* -1: not seen */
    int64_t restored_us;                    /* it came back from the partner */
    bool held, held_there;                  /* in the end: by its author, by its audience */
    bool receipted;                         /* in the end its author has a receipt */
};

struct film_records {
    struct film_record *list;
    size_t count;
    uint64_t left_out; /* for want of room */
    int64_t *cursors;  /* in the feed of each node */
    size_t nodes;
    struct arena *arena;
    bool broken; /* memory was refused, or a store could not be read */
};

/* False: no memory. */
bool film_records_open(struct film_records *records, size_t nodes);
void film_records_close(struct film_records *records);
/* Reads on in the node's feed: after a commit of it. */
void film_records_follow(struct film_records *records, const struct world *world, size_t node,
                         int64_t us);
/* What each store holds, when all is over. */
void film_records_end(struct film_records *records, const struct world *world);
