/* BLAKE2b-256 with a personalisation for each purpose: no digest can stand for another. */
#pragma once

#include "base/bytes.h"

enum { DIGEST_SIZE = 32, DIGEST_SALT_SIZE = 32 };

struct digest {
    uint8_t bytes[DIGEST_SIZE];
};

/* The personalisations (16 bytes, zero-padded) are the table at the top of digest.c. */
enum digest_purpose {
    DIGEST_RECORD,    /* `peregrin/rec/1`: header bytes -> record id */
    DIGEST_BODY,      /* `peregrin/body/1`: salt and body -> commitment */
    DIGEST_SET,       /* `peregrin/set/1`: record id -> what a summary adds up */
    DIGEST_TREE,      /* `peregrin/tree/1`: leaves and nodes of a seal's tree */
    DIGEST_KEY,       /* `peregrin/key/1`: a public key -> its digest */
    DIGEST_ANCHOR,    /* `peregrin/root/1`: packed Signed root -> the federation's anchor */
    DIGEST_CATALOGUE, /* `peregrin/cat/1`: packed Signed catalogue */
    DIGEST_GATE,      /* `peregrin/gate/1`: the gate's key and tags */
    DIGEST_STALE,     /* `peregrin/stale/1`: the stale answer's tag */
    DIGEST_ENTROPY,   /* `peregrin/seed/1`: entropy from an event's seed */
    DIGEST_REQUEST,   /* `peregrin/req/1`: idempotency key and row keys */
    DIGEST_SECRET,    /* `peregrin/pass/1`: secrets of users, and the journal's chain */
    DIGEST_PRINT,     /* `peregrin/print/1`: what a message is known by that ended a node */
    DIGEST_RULES,     /* `peregrin/rules/1`: the edition of limits and rules of eligibility */
    DIGEST_COUNT
};

void digest_of(enum digest_purpose purpose, struct bytes input, struct digest *out);
/* Of first and second, one after the other; at most one of them of variable length. */
void digest_of_pair(enum digest_purpose purpose, struct bytes first, struct bytes second,
                    struct digest *out);
/* Keyed, for tags: key of 32 bytes. */
void digest_keyed(enum digest_purpose purpose, const uint8_t key[static 32], struct bytes input,
                  struct digest *out);

/* Of what everybody may know, as names of records are. */
bool digest_equal(const struct digest *left, const struct digest *right);
/* In a time that tells nothing of where they differ. */
bool digest_equal_hidden(const struct digest *left, const struct digest *right);
int digest_compare(const struct digest *left, const struct digest *right);
struct bytes digest_bytes(const struct digest *digest);
/* False unless the view has exactly 32 bytes. */
bool digest_from(struct bytes view, struct digest *out);
