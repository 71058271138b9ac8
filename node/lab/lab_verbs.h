/* Every verb, by the file that it stands in. */
#pragma once

#include "lab/lab.h"

extern const struct lab_verb lab_network_verb;
extern const struct lab_verb lab_run_verb;
extern const struct lab_verb lab_shrink_verb;
extern const struct lab_verb lab_swarm_verb;
extern const struct lab_verb lab_scenario_verb;
extern const struct lab_verb lab_year_verb;
extern const struct lab_verb lab_compare_verb;
extern const struct lab_verb lab_sweep_verb;
extern const struct lab_verb lab_real_verb;
