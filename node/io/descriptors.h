/* File descriptors: how many this process may have, and how many it has. */
#pragma once

#include <stddef.h>

/* As many as the system lets us, up to what the packaged service asks for. */
void descriptors_raise(void);
size_t descriptors_allowed(void);
/* Counted one by one: not for every turn. All that are allowed, where none is left to count with.
 */
size_t descriptors_used(void);
