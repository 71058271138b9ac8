/* The text of one cell, cleaned of what programs leave around it. */
#pragma once

#include "base/arena.h"

/* In NFC, without blanks at its ends, with plain blanks and line feeds, without marks of no width;
 * `="0012"` becomes `0012`, and `'=1` what it was before an export made it harmless. False when it
 * is no UTF-8 or the arena is spent. */
bool sheet_cell_clean(struct bytes raw, struct arena *arena, struct bytes *out);

/* A program would take it for a formula: it begins with = + - @, a tab or a carriage return. */
bool sheet_cell_active(struct bytes text);
