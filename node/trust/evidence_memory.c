#include "trust/evidence_memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A catalogue's files, their contents and what roster_read makes of them. */
enum { CATALOGUE_BUDGET = 16 * CATALOGUE_SIZE_MAX };

struct evidence_memory *evidence_memory_open(void)
{
    struct evidence_memory *memory = calloc(1, sizeof *memory);
    if (memory)
        memory->arena = arena_open(CATALOGUE_BUDGET);
    if (memory && memory->arena)
        return memory;
    evidence_memory_close(memory);
    return NULL;
}

void evidence_memory_close(struct evidence_memory *memory)
{
    if (!memory)
        return;
    arena_close(memory->arena);
    free(memory);
}

void evidence_memory_forget(struct evidence_memory *memory)
{
    assert(memory);
    arena_reset(memory->arena);
    memory->catalogue = NULL;
    for (unsigned kind = 0; kind < EVIDENCE_MEMORY_KINDS; kind++)
        for (unsigned i = 0; i < EVIDENCE_MEMORY_PLACES; i++)
            memory->statements[kind][i].size = 0;
}

enum verdict evidence_memory_catalogue(struct evidence_memory *memory, struct catalogue_files files,
                                       const struct digest *anchor, const struct suite *suite,
                                       struct arena *arena, const struct catalogue **out,
                                       const char **why)
{
    if (memory->catalogue && digest_equal(&memory->catalogue->anchor, anchor) &&
        bytes_equal(memory->files.root, files.root) &&
        bytes_equal(memory->files.catalogue, files.catalogue)) {
        *out = memory->catalogue;
        return VERDICT_FINE;
    }
    struct catalogue *catalogue;
    evidence_memory_forget(memory);
    memory->files = (struct catalogue_files) {arena_copy(memory->arena, files.root),
                                              arena_copy(memory->arena, files.catalogue)};
    if (!memory->files.root.data || !memory->files.catalogue.data) {
        *why = "the catalogue needs more memory than it may";
        return VERDICT_TOO_LARGE;
    }
    enum verdict verdict =
        catalogue_read(memory->files, anchor, 0, suite, memory->arena, &catalogue, why);
    if (verdict) {
        const char *copy = arena_text(arena, bytes_text(*why));
        *why = copy ? copy : "the catalogue does not hold";
        return verdict;
    }
    *out = memory->catalogue = catalogue;
    return VERDICT_FINE;
}

/* By the last bytes, which are the signature's: who chose them to collide would only make us check
 * again. */
struct evidence_memory_statement *evidence_memory_place(struct evidence_memory *memory,
                                                        unsigned kind, struct bytes wire)
{
    assert(memory && kind < EVIDENCE_MEMORY_KINDS);
    enum { LAST = 8 };
    uint8_t last = wire.size > LAST ? wire.data[wire.size - LAST] : 0;
    return &memory->statements[kind][last % EVIDENCE_MEMORY_PLACES];
}

bool evidence_memory_holds(const struct evidence_memory_statement *statement, struct bytes wire,
                           const struct catalogue_institution *signer)
{
    assert(wire.size > 0);
    return statement->size == wire.size && statement->signer == signer &&
           memcmp(statement->wire, wire.data, wire.size) == 0;
}
