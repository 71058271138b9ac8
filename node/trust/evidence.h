/* Evidence: a file that proves one record to a stranger who has the file and the anchor. No clock:
 * the answer does not depend on when it is asked. */
#pragma once

#include "trust/catalogue.h"
#include "trust/evidence_memory.h"
#include "record/header.h"

enum { EVIDENCE_SIZE_MAX = CATALOGUE_SIZE_MAX + 256 * 1024 };

/* What holds, in the order in which it was tried. `failed` is the first sentence that does not
 * hold, or NULL: then the evidence is valid. */
struct evidence_finding {
    const char *failed;   /* `the seal's signature does not hold`, ... */
    struct header header; /* set once the header was read */
    struct bytes body;    /* size 0 when absent */
    const char *issuer, *key_id;
    uint64_t sealed_at, receipted_at; /* seconds; 0: no receipt in it */
    const char *receipt_issuer;
    uint64_t key_revoked_at; /* 0: not revoked; else the sentence says UNPROVEN TIME */
};

struct bytes evidence_pack(const Peregrin__Evidence *evidence, struct arena *arena);

/* Ladder: 1 scan; 2 root equals the anchor, catalogue holds under it; 3 header; 4 seal's key and
 * signature; 5 statement names the header's network, issuer, audience; 6 the path leads to the
 * root; 7 commitment of salt and body; 8 receipt's key, signature, names and path; 9 key validity.
 */
enum verdict evidence_check(struct bytes file, const struct digest *anchor,
                            const struct suite *suite, struct arena *arena,
                            struct evidence_finding *out);

/* The same for one of many. */
struct evidence_terms {
    const struct digest *anchor; /* not used beside a catalogue */
    const struct suite *suite;
    const struct catalogue
        *catalogue;                 /* believed before; then the file brings none. NULL: it must */
    struct evidence_memory *memory; /* NULL: nothing is remembered */
};
/* What *out points to lives until the next judgement with this memory, at most. */
enum verdict evidence_judge(struct bytes file, const struct evidence_terms *terms,
                            struct arena *arena, struct evidence_finding *out);

/* `-----BEGIN PEREGRIN EVIDENCE-----`, base64 in lines of 64, `-----END ...`. */
struct bytes evidence_armour(struct bytes file, struct arena *arena);
/* Accepts both forms; VERDICT_MALFORMED otherwise. */
enum verdict evidence_unarmour(struct bytes text, struct arena *arena, struct bytes *file);
