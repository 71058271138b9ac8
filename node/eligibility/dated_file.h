/* A file of dated settings, line by line: a door, with limits. */
#pragma once

#include "eligibility/dated.h"

/* Calls back for each row. VERDICT_MALFORMED with a refusal; VERDICT_TOO_LARGE when the arena is
 * spent. */
typedef enum verdict dated_file_row(void *self, const struct dated_row *row);
enum verdict dated_file_read(struct bytes text, struct arena *arena, dated_file_row *row,
                             void *self, struct dated_refusal *refusal);
