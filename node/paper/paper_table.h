/* Tables: cells wrap, rows stay whole where they can, and where a table goes on, on another page,
 * its heading is repeated. */
#pragma once

#include "paper/paper_desk.h"

void paper_table_set(struct paper_desk *desk, const struct paper_sheet_block *block);
/* Labels in two languages at the left, values at the right. */
void paper_table_facts(struct paper_desk *desk, const struct paper_sheet_block *block);
