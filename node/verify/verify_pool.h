/* Evidence judged on many threads; the results come in the order of the input, whatever the number
 * of threads.
 *
 * Whoever feeds it fills one chunk after the other. A chunk is judged as a whole by one thread, so
 * that evidence which stands side by side shares what it shares. */
#pragma once

#include "base/fault.h"
#include "trust/evidence.h"

enum {
    VERIFY_POOL_JOBS_MAX = 64,
    VERIFY_POOL_PIECES = 256,             /* of one chunk */
    VERIFY_POOL_CHUNK_SIZE = 1024 * 1024, /* bytes, beyond which a chunk takes no further piece */
    VERIFY_POOL_SENTENCE = 128,
};

/* What became of one piece. */
struct verify_pool_result {
    const char *file; /* as the feeder named it */
    uint64_t number;  /* in the file, from 1 */
    enum verdict verdict;
    char failed[VERIFY_POOL_SENTENCE]; /* what does not hold; empty when all does */
    bool has_id;
    struct digest id;
    bool has_body, has_receipt;
};

struct verify_pool_settings {
    const struct digest *anchor;
    unsigned jobs; /* 1 to VERIFY_POOL_JOBS_MAX */
    void *self;
    void (*report)(void *self,
                   const struct verify_pool_result *result); /* on the feeder's thread */
};

struct verify_pool;

/* FAULT_MEMORY when there is no memory or no thread. */
enum fault verify_pool_open(const struct verify_pool_settings *settings, struct verify_pool **out);
void verify_pool_close(struct verify_pool *pool);

/* Copies a piece: evidence as a file has it, or, while a catalogue is in use, as a bundle has it.
 * A verdict that is not fine is the feeder's own: the bytes are no piece, and `what` says why. */
struct verify_pool_piece {
    const char *file; /* lives as long as the pool */
    uint64_t number;
    struct bytes content;
    enum verdict verdict;
    const char *what;
};
enum fault verify_pool_put(struct verify_pool *pool, const struct verify_pool_piece *piece);

/* What follows is a bundle's, and stands on these files; NULL: no bundle's. Waits until all that
 * came before is judged. A catalogue that does not hold is the verdict on all that stands on it. */
enum fault verify_pool_catalogue(struct verify_pool *pool, const struct catalogue_files *files);

/* Waits for the rest, and reports it. */
void verify_pool_finish(struct verify_pool *pool);
