/* The papers: what stands in each, in the institution's language and in English. A paper is made of
 * records' bodies; the process that sets it sees only the description that is made here. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "mobility.pb-c.h"
#include "press/press_text.h"

#include <jansson.h>

struct press_party {
    const char *schac, *name; /* name: in the catalogue */
};

/* `Haute École (helmo.be)`. */
const char *press_paper_party(const struct press_party *party, struct arena *arena);

/* What a paper is about. Bodies are NULL where the paper needs none of them. */
struct press_paper {
    const char *language; /* of the institution; English stands beside it */
    const char *dossier;  /* 26 letters */
    struct press_party home, host;
    const Peregrin__Nomination *nomination;
    const Peregrin__CreditRecord *transcript;
    const Peregrin__Recognition *recognition;
    const Peregrin__LearningAgreement *learning;
    bool agreed; /* the host approved this learning agreement */
    /* The record that is attached, and is what is signed. */
    struct {
        uint32_t lane, index;
        const char *id; /* hexadecimal */
        const char *issuer;
        uint64_t said_at; /* seconds */
        struct bytes evidence;
    } record;
};

/* Which record a paper attaches. */
enum press_record { PRESS_RECORD_TRANSCRIPT, PRESS_RECORD_RECOGNITION, PRESS_RECORD_LEARNING };

struct press_row {
    const char *name; /* `transcript`, as a path has it */
    enum press_record record;
    enum press_text title;
    json_t *(*make)(const struct press_paper *, struct arena *); /* the blocks, or NULL */
};
/* NULL when no paper has this name. */
const struct press_row *press_paper_find(const char *name);
/* NULL past the end. */
const struct press_row *press_paper_nth(size_t nth);

/* The whole description as the text that the process reads. Data is NULL when memory is spent. */
struct bytes press_paper_write(const struct press_row *row, const struct press_paper *paper,
                               struct arena *arena);
