/* Numbers as people write them in a list. */
#pragma once

#include "base/bytes.h"

#include <stdint.h>

/* `6`, `5.5`, `2,25` as hundredths, below a thousand; false: it is no such number. */
bool import_number_hundredths(struct bytes cell, uint64_t *out);
/* A whole number of at most four digits. */
bool import_number_whole(struct bytes cell, uint64_t *out);
/* A sum of money as cents: `1200`, `1.200,50`, `1,200.50 EUR`, `€ 1 200`; three digits behind a
 * sign are thousands. False: it is none, or more than twelve digits. */
bool import_number_cents(struct bytes cell, uint64_t *out);
