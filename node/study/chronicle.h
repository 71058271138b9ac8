/* All that happens in a world, written down as it happens: trace.csv. */
#pragma once

#include "sim/world.h"

#include <stdio.h>

struct chronicle;

/* Writes the line of titles, and from now on a line for each event. NULL: no memory. */
struct chronicle *chronicle_open(struct world *world, FILE *file);
void chronicle_close(struct chronicle *chronicle);
