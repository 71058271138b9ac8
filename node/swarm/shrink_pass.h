/* What the shrinker tries. Each takes the best story so far, tries smaller ones, and is true when
 * it gained something. */
#pragma once

#include "swarm/hunt.h"

/* All lines of one pattern at once: a class of faults is switched off. */
bool shrink_pass_classes(struct hunt *hunt);
/* Runs of lines, from half of them down to one. */
bool shrink_pass_lines(struct hunt *hunt);
/* A node, with all that is said of it. */
bool shrink_pass_nodes(struct hunt *hunt);
/* Ranges of names, in all lines alike. */
bool shrink_pass_names(struct hunt *hunt);
/* Times, shares and counts, where no claim is bound by them. */
bool shrink_pass_numbers(struct hunt *hunt);
