/* What evidence has shown to hold, kept for the evidence after it: the catalogue that it brought,
 * and signed statements with the ways through their trees.
 *
 * A statement is known by all its bytes, signature and key's hint among them, by who must have
 * signed it and by its kind: the same root under another signature is another statement. What did
 * not hold is not remembered. */
#pragma once

#include "seal/key.h"
#include "seal/tree.h"
#include "trust/catalogue.h"
#include "record/header.h"

enum {
    EVIDENCE_MEMORY_SIGNED_MAX = 1200, /* a larger one is legal, and checked each time */
    EVIDENCE_MEMORY_PLACES = 64,       /* a power of two */
    EVIDENCE_MEMORY_KINDS = 2,
};

struct evidence_memory_statement {
    size_t size; /* of wire; 0: nothing stands here */
    uint8_t wire[EVIDENCE_MEMORY_SIGNED_MAX];
    const struct catalogue_institution *signer;
    const struct catalogue_key *key;
    char network[HEADER_NAME_MAX + 1], issuer[HEADER_NAME_MAX + 1], audience[HEADER_NAME_MAX + 1];
    char key_id[KEY_ID_MAX + 1];
    struct digest key_digest, root;
    uint32_t count;
    uint64_t time;
    struct tree_run run;
};

struct evidence_memory {
    struct arena *arena; /* of the catalogue */
    struct catalogue_files files;
    const struct catalogue *catalogue; /* NULL: none yet */
    struct evidence_memory_statement statements[EVIDENCE_MEMORY_KINDS][EVIDENCE_MEMORY_PLACES];
};

/* NULL when the machine has no memory. */
struct evidence_memory *evidence_memory_open(void);
void evidence_memory_close(struct evidence_memory *memory);
/* To be called when a catalogue that was handed in goes. */
void evidence_memory_forget(struct evidence_memory *memory);

/* The catalogue of these files under this anchor, as catalogue_read gives it; *why in `arena`. */
enum verdict evidence_memory_catalogue(struct evidence_memory *memory, struct catalogue_files files,
                                       const struct digest *anchor, const struct suite *suite,
                                       struct arena *arena, const struct catalogue **out,
                                       const char **why);

/* The place where such a statement stands or would. */
struct evidence_memory_statement *evidence_memory_place(struct evidence_memory *memory,
                                                        unsigned kind, struct bytes wire);
bool evidence_memory_holds(const struct evidence_memory_statement *statement, struct bytes wire,
                           const struct catalogue_institution *signer);
