/* What users asked of nodes more than once. The same again changes nothing where it stands already,
 * and what waited for its turn is then gone without a record of its own. */
#pragma once

#include "sim/world.h"

struct asked;

/* NULL when memory is refused. */
struct asked *asked_open(const struct world *world);
void asked_close(struct asked *asked);

void asked_note(struct asked *asked, const struct world_event *event);
/* How often this institution answered that something waits which it had been asked for before. */
uint64_t asked_again(const struct asked *asked, size_t institution);
