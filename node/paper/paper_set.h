/* A document set: pages, tagged as what they are, as the bytes of a PDF. */
#pragma once

#include "paper/paper_sheet.h"
#include "paper/paper_type.h"

#include <cairo.h>

/* VERDICT_TOO_LARGE: more pages than a document has, or no memory; VERDICT_INVALID: what the QR
 * code is to say does not fit into one. The bytes live in the arena. */
enum verdict paper_set(const struct paper_sheet *sheet, struct paper_type *type,
                       struct arena *arena, struct bytes *pdf);
