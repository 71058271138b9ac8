/* The published tables: what the European Commission tells of the Erasmus year 2013/14, and 28
 * lists of charter holders. */
#pragma once

#include "flow/flow_file.h"
#include "flow/flow_year.h"

/* flows_sample_institutions.csv and flows_sample_2013_14.csv, and for names with their accents
 * institutions_eche_2026.csv, which may be empty. The refusal's line is of the file that `which`
 * names (0 to 2). */
struct flow_data_files {
    struct bytes institutions, flows, charters;
};
enum fault flow_data_sample(const struct flow_data_files *files, struct arena *arena,
                            struct flow_network *out, struct flow_refusal *refusal, int *which);

/* eche_list_history.csv: how many join, leave and change in a year. Lists in which more than a
 * tenth of all names changed at once (a re-spelling, and its undoing) are left out of the names. */
enum fault flow_data_rates(struct bytes history, struct arena *arena, struct flow_rates *out,
                           struct flow_refusal *refusal);
