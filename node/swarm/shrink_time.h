/* What the shrinker tries with times: shorter ones, and round ones. */
#pragma once

#include "swarm/hunt.h"

/* A word that is a time becomes the shortest of the round times that will do. */
bool shrink_time_word(struct hunt *hunt, size_t line, size_t word);
/* The times between lines that begin with `at`: less of each, and all that follows earlier. */
bool shrink_time_gaps(struct hunt *hunt);
