#include "sim/burden.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 256 };

/* A signature that is verified has come with the frame: a Signed of proto/README.md, 6, with the
 * shortest names there are. */
enum { SIGNED_SIZE_MIN = 192 };

/* A record that is new is some twenty rows: itself and its places, its stream's sums, its dossier,
 * its receipt, the feed; and again as many where a refusal answers it. None is shorter on the wire
 * than this allows, nor is what a receipt says of one. */
enum { WRITES_ALWAYS = 64, BYTES_FOR_A_WRITE = 6 };

/* The message that is read, and the dossiers that its records belong to. What tells of a loss is
 * answered with lists of up to 128 records for each of its spans, whatever its own size. */
enum { MEMORY_ALWAYS = 1 << 18, MEMORY_OF_A_LOSS = 1 << 20, MEMORY_FOR_A_BYTE = 32 };

struct burden {
    const struct world *world;
    bool *restored; /* by node: it may have lost what it had receipted */
    bool distrusts;
    char wrong[WORD_MAX];
};

struct burden *burden_open(const struct world *world)
{
    struct burden *burden = calloc(1, sizeof *burden);
    if (!burden)
        return NULL;
    burden->world = world;
    burden->restored = calloc(world_count(world), sizeof *burden->restored);
    if (burden->restored)
        return burden;
    burden_close(burden);
    return NULL;
}

void burden_close(struct burden *burden)
{
    if (burden)
        free(burden->restored);
    free(burden);
}

void burden_distrust(struct burden *burden)
{
    burden->distrusts = true;
}

/* One for the seal, the receipt or the recovery; and where a node may have lost what it had
 * receipted, those receipts that it is shown. */
static uint64_t verified_max(const struct burden *burden, const struct world_event *event)
{
    bool shown = burden->distrusts || burden->restored[event->other];
    return 1 + (shown ? event->size / SIGNED_SIZE_MIN : 0);
}

/* These tell of a loss: what a node then writes depends on what it holds, not on what came. */
static bool tells_of_loss(const char *what)
{
    return strcmp(what, "summary") == 0 || strcmp(what, "range") == 0;
}

static uint64_t writes_max(const struct world_event *event)
{
    return tells_of_loss(event->what) ? UINT64_MAX
                                      : WRITES_ALWAYS + event->size / BYTES_FOR_A_WRITE;
}

static const char *too_much(struct burden *burden, const struct world_event *event,
                            uint64_t so_many, const char *of_what)
{
    snprintf(burden->wrong, sizeof burden->wrong,
             "I9: a frame `%s` of %s with %zu bytes cost %s %llu %s", event->what,
             world_institution(burden->world, event->node), event->size,
             world_institution(burden->world, event->other), (unsigned long long)so_many, of_what);
    return burden->wrong;
}

const char *burden_note(struct burden *burden, const struct world_event *event)
{
    const struct world_work *work = &event->work;
    if (event->deed == WORLD_RESTORED)
        burden->restored[event->node] = true;
    if (event->deed != WORLD_ARRIVED)
        return NULL;
    assert(event->other < world_count(burden->world));
    if (work->verified > verified_max(burden, event))
        return too_much(burden, event, work->verified, "signatures to verify");
    if (work->writes > writes_max(event))
        return too_much(burden, event, work->writes, "rows to write");
    uint64_t always = tells_of_loss(event->what) ? MEMORY_OF_A_LOSS : MEMORY_ALWAYS;
    if (work->memory > always + event->size * MEMORY_FOR_A_BYTE)
        return too_much(burden, event, work->memory, "bytes of memory");
    return NULL;
}

const char *burden_look(const struct burden *burden, struct arena *arena)
{
    for (size_t node = 0; node < world_count(burden->world); node++) {
        const struct engine *engine = world_engine(burden->world, node);
        struct engine_partner row;
        for (size_t i = 0; engine && engine_partner(engine, i, &row); i++)
            if (row.in_flight > row.outbox || (!row.in_flight && row.in_flight_bytes))
                return arena_format(arena,
                                    "at %s %llu records with %llu bytes are in flight to %s, and "
                                    "the outbox has %llu",
                                    row.own, (unsigned long long)row.in_flight,
                                    (unsigned long long)row.in_flight_bytes, row.partner,
                                    (unsigned long long)row.outbox);
    }
    return NULL;
}
