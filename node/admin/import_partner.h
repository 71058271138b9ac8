/* Partners as people write them: by SCHAC, by Erasmus code however its blanks stand, by PIC, by
 * name. */
#pragma once

#include "trust/catalogue.h"

struct import_partner_index;

/* NULL when the arena is spent. */
struct import_partner_index *import_partner_open(const struct catalogue *catalogue,
                                                 struct arena *arena);

/* NULL: unknown, or *several. */
const struct catalogue_institution *import_partner_find(const struct import_partner_index *index,
                                                        struct bytes name, bool *several,
                                                        struct arena *arena);

/* The name in the catalogue that is nearest to it, as it is written there; NULL when none is near.
 */
const char *import_partner_near(const struct import_partner_index *index, struct bytes name,
                                struct arena *arena);
