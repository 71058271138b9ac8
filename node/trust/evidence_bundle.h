/* A bundle of evidence, in pieces: written as it grows, and read from whatever window of it is
 * there, so that neither side holds the whole. */
#pragma once

#include "trust/evidence.h"

enum { EVIDENCE_BUNDLE_EVIDENCE_MAX = 256 * 1024, EVIDENCE_BUNDLE_FIRST = 0x10 };

/* The beginning, and what is added for each evidence (its root and catalogue left out); data is
 * NULL when the arena is spent. */
struct bytes evidence_bundle_begin(const struct catalogue_files *files, struct arena *arena);
struct bytes evidence_bundle_add(const Peregrin__Evidence *evidence, struct arena *arena);

enum evidence_bundle_part {
    EVIDENCE_BUNDLE_MORE,      /* the window ends within a part, or before the next */
    EVIDENCE_BUNDLE_BROKEN,    /* this is no bundle, or not here */
    EVIDENCE_BUNDLE_BEGINS,    /* *content is empty */
    EVIDENCE_BUNDLE_ROOT,      /* once, behind the beginning */
    EVIDENCE_BUNDLE_CATALOGUE, /* once, behind the root */
    EVIDENCE_BUNDLE_EVIDENCE,  /* any number, behind the catalogue */
};
/* Takes the next part off the window; `before` is the one that was taken last, and
 * EVIDENCE_BUNDLE_MORE at the start. A window of CATALOGUE_SIZE_MAX + 16 is never too small. */
enum evidence_bundle_part evidence_bundle_next(enum evidence_bundle_part before,
                                               struct bytes *window, struct bytes *content);
