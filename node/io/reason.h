/* The sentence that goes with a fault: which file, which address, and what the system said of it.
 */
#pragma once

#include "base/fault.h"

enum { REASON_SIZE = 512 };

struct reason {
    char text[REASON_SIZE];
};

/* Sets the sentence and hands the fault on, so that a function can end with it. `reason` may be
 * NULL. Never personal data, never a secret. */
enum fault reason_give(struct reason *reason, enum fault fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
