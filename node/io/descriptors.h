/* File descriptors: how many this process may have, and how many it has. */
#pragma once

#include "io/reason.h"

#include <stddef.h>

/* As many as the system lets us, up to what the packaged service asks for. A fault where that is
 * too few to begin: nanomsg would abort or hang at its first socket. */
enum fault descriptors_raise(struct reason *reason);
size_t descriptors_allowed(void);
/* First of all in a program: 0, 1 and 2 lead somewhere. Where one was closed, the first file or
 * connection that is opened would take its number, and get what is meant for a person. */
void descriptors_stand(void);
/* Counted one by one: not for every turn. All that are allowed, where none is left to count with.
 */
size_t descriptors_used(void);
