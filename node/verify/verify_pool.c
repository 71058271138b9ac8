#include "verify/verify_pool.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNKS_PER_JOB = 3,
    ARENA_BUDGET = 96 * 1024 * 1024, /* one evidence with a catalogue of its own, armoured */
    CATALOGUE_BUDGET = 80 * 1024 * 1024,
};

struct piece {
    size_t at, size;
    struct verify_pool_result result;
};

/* Empty ones are filled by the feeder, full ones judged by a worker, judged ones reported by the
 * feeder; they go round in one order. */
struct chunk {
    enum { CHUNK_EMPTY, CHUNK_FULL, CHUNK_TAKEN, CHUNK_JUDGED } state;
    uint8_t *data;
    size_t room, size, count;
    struct piece pieces[VERIFY_POOL_PIECES];
};

struct verify_pool {
    struct verify_pool_settings settings;
    struct suite_keys no_keys;
    struct suite suite;

    pthread_mutex_t lock;
    pthread_cond_t full, judged;
    bool stopping;
    struct chunk *chunks;
    size_t chunk_count;
    size_t fills, takes, reports; /* the next chunk of each */
    pthread_t threads[VERIFY_POOL_JOBS_MAX];
    unsigned thread_count;

    /* Of the bundle that is read; changed only while no chunk is full or taken. */
    uint64_t generation;
    bool bundle;
    struct arena *arena;
    struct catalogue_files files;
    struct catalogue *catalogue; /* NULL: it does not hold */
    enum verdict verdict;
    const char *failed;
};

/* ---- the workers -------------------------------------------------------------------------------
 */

struct worker {
    const struct verify_pool *pool;
    struct arena *arena;
    struct evidence_memory *memory;
    uint64_t generation;
};

static void refuse(struct verify_pool_result *result, enum verdict verdict, const char *failed)
{
    result->verdict = verdict;
    strncpy(result->failed, failed ? failed : verdict_text(verdict)->sentence,
            sizeof result->failed - 1);
}

static void judge(const struct worker *worker, struct bytes content,
                  struct verify_pool_result *result)
{
    const struct verify_pool *pool = worker->pool;
    const struct evidence_terms terms = {.anchor = pool->settings.anchor,
                                         .suite = &pool->suite,
                                         .catalogue = pool->bundle ? pool->catalogue : NULL,
                                         .memory = worker->memory};
    struct evidence_finding finding = {0};
    if (pool->bundle && !pool->catalogue) {
        refuse(result, pool->verdict, pool->failed);
        return;
    }
    arena_reset(worker->arena);
    enum verdict verdict =
        pool->bundle ? VERDICT_FINE : evidence_unarmour(content, worker->arena, &content);
    if (!verdict)
        verdict = evidence_judge(content, &terms, worker->arena, &finding);
    if (verdict)
        refuse(result, verdict, finding.failed);
    result->has_id = finding.header.fields;
    result->id = finding.header.id;
    result->has_body = finding.body.size > 0;
    result->has_receipt = finding.receipted_at > 0;
}

static void judge_chunk(struct worker *worker, struct chunk *chunk)
{
    if (worker->generation != worker->pool->generation)
        evidence_memory_forget(worker->memory);
    worker->generation = worker->pool->generation;
    for (size_t i = 0; i < chunk->count; i++) {
        struct piece *piece = &chunk->pieces[i];
        struct bytes content = {chunk->data + piece->at, piece->size};
        if (!piece->result.verdict)
            judge(worker, content, &piece->result);
    }
}

static struct chunk *chunk_of(const struct verify_pool *pool, size_t turn)
{
    return &pool->chunks[turn % pool->chunk_count];
}

static struct chunk *take(struct verify_pool *pool)
{
    struct chunk *chunk;
    while (chunk = chunk_of(pool, pool->takes), chunk->state != CHUNK_FULL && !pool->stopping)
        pthread_cond_wait(&pool->full, &pool->lock);
    if (pool->stopping)
        return NULL;
    chunk->state = CHUNK_TAKEN;
    pool->takes++;
    return chunk;
}

static void *work(void *self)
{
    struct verify_pool *pool = self;
    struct worker worker = {pool, arena_open(ARENA_BUDGET), evidence_memory_open(), 0};
    pthread_mutex_lock(&pool->lock);
    for (struct chunk *chunk; (chunk = take(pool));) {
        pthread_mutex_unlock(&pool->lock);
        if (worker.arena && worker.memory)
            judge_chunk(&worker, chunk);
        else
            for (size_t i = 0; i < chunk->count; i++)
                refuse(&chunk->pieces[i].result, VERDICT_TOO_LARGE, "no memory to check it");
        pthread_mutex_lock(&pool->lock);
        chunk->state = CHUNK_JUDGED;
        pthread_cond_signal(&pool->judged);
    }
    pthread_mutex_unlock(&pool->lock);
    evidence_memory_close(worker.memory);
    arena_close(worker.arena);
    return NULL;
}

/* ---- the feeder --------------------------------------------------------------------------------
 */

static enum fault start(struct verify_pool *pool)
{
    sigset_t all, before; /* signals are the feeder's */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int problem = 0;
    while (!problem && pool->thread_count < pool->settings.jobs) {
        problem = pthread_create(&pool->threads[pool->thread_count], NULL, work, pool);
        pool->thread_count += !problem;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool->thread_count ? FAULT_NONE : FAULT_MEMORY; /* fewer do it as well */
}

enum fault verify_pool_open(const struct verify_pool_settings *settings, struct verify_pool **out)
{
    assert(settings->jobs >= 1 && settings->jobs <= VERIFY_POOL_JOBS_MAX && settings->report);
    struct verify_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return FAULT_MEMORY;
    pool->settings = *settings;
    pool->suite = suite_over(&pool->no_keys);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->full, NULL);
    pthread_cond_init(&pool->judged, NULL);
    pool->chunk_count = settings->jobs * CHUNKS_PER_JOB;
    pool->chunks = calloc(pool->chunk_count, sizeof *pool->chunks);
    pool->arena = arena_open(CATALOGUE_BUDGET);
    if (pool->chunks && pool->arena && start(pool) == FAULT_NONE) {
        *out = pool;
        return FAULT_NONE;
    }
    verify_pool_close(pool);
    return FAULT_MEMORY;
}

void verify_pool_close(struct verify_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->full);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    for (size_t i = 0; pool->chunks && i < pool->chunk_count; i++)
        free(pool->chunks[i].data);
    free(pool->chunks);
    arena_close(pool->arena);
    pthread_cond_destroy(&pool->judged);
    pthread_cond_destroy(&pool->full);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

/* Reports the oldest chunk once it is judged, and empties it. */
static void report_oldest(struct verify_pool *pool)
{
    struct chunk *chunk = chunk_of(pool, pool->reports++);
    pthread_mutex_lock(&pool->lock);
    assert(chunk->state != CHUNK_EMPTY);
    while (chunk->state != CHUNK_JUDGED)
        pthread_cond_wait(&pool->judged, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < chunk->count; i++)
        pool->settings.report(pool->settings.self, &chunk->pieces[i].result);
    if (chunk->room > VERIFY_POOL_CHUNK_SIZE) { /* one large piece is not paid for ever */
        free(chunk->data);
        chunk->data = NULL;
        chunk->room = 0;
    }
    chunk->count = chunk->size = 0;
    pthread_mutex_lock(&pool->lock);
    chunk->state = CHUNK_EMPTY;
    pthread_mutex_unlock(&pool->lock);
}

static void send(struct verify_pool *pool)
{
    struct chunk *chunk = chunk_of(pool, pool->fills);
    if (chunk->count == 0)
        return;
    pthread_mutex_lock(&pool->lock);
    chunk->state = CHUNK_FULL;
    pthread_cond_signal(&pool->full);
    pthread_mutex_unlock(&pool->lock);
    pool->fills++;
    if (pool->fills - pool->reports == pool->chunk_count)
        report_oldest(pool);
}

static bool grow(struct chunk *chunk, size_t size)
{
    size_t room = size > VERIFY_POOL_CHUNK_SIZE ? size : VERIFY_POOL_CHUNK_SIZE;
    if (chunk->room >= size)
        return true;
    uint8_t *data = realloc(chunk->data, room);
    if (!data)
        return false;
    chunk->data = data;
    chunk->room = room;
    return true;
}

enum fault verify_pool_put(struct verify_pool *pool, const struct verify_pool_piece *piece)
{
    struct chunk *chunk = chunk_of(pool, pool->fills);
    if (chunk->count == VERIFY_POOL_PIECES ||
        (chunk->count && chunk->size + piece->content.size > VERIFY_POOL_CHUNK_SIZE))
        send(pool);
    chunk = chunk_of(pool, pool->fills);
    assert(chunk->state == CHUNK_EMPTY);
    if (!grow(chunk, chunk->size + piece->content.size))
        return FAULT_MEMORY;
    struct piece *kept = &chunk->pieces[chunk->count++];
    *kept = (struct piece) {.at = chunk->size,
                            .size = piece->content.size,
                            .result = {.file = piece->file, .number = piece->number}};
    if (piece->content.size)
        memcpy(chunk->data + chunk->size, piece->content.data, piece->content.size);
    chunk->size += piece->content.size;
    if (piece->verdict)
        refuse(&kept->result, piece->verdict, piece->what);
    return FAULT_NONE;
}

void verify_pool_finish(struct verify_pool *pool)
{
    send(pool);
    while (pool->reports < pool->fills)
        report_oldest(pool);
}

enum fault verify_pool_catalogue(struct verify_pool *pool, const struct catalogue_files *files)
{
    if (files && pool->bundle && bytes_equal(files->root, pool->files.root) &&
        bytes_equal(files->catalogue, pool->files.catalogue))
        return FAULT_NONE; /* as the bundle before it */
    verify_pool_finish(pool);
    arena_reset(pool->arena);
    pool->generation++;
    pool->bundle = files;
    pool->catalogue = NULL;
    if (!files)
        return FAULT_NONE;
    pool->files = (struct catalogue_files) {arena_copy(pool->arena, files->root),
                                            arena_copy(pool->arena, files->catalogue)};
    if (!pool->files.root.data || !pool->files.catalogue.data)
        return FAULT_MEMORY;
    pool->verdict = catalogue_read(pool->files, pool->settings.anchor, 0, &pool->suite, pool->arena,
                                   &pool->catalogue, &pool->failed);
    if (pool->verdict)
        pool->catalogue = NULL;
    return FAULT_NONE;
}
