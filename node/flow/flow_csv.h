/* Networks as CSV: a list of links `from,to,students`, and beside it, where wanted, a list of
 * institutions `schac,country,name`. */
#pragma once

#include "flow/flow.h"
#include "flow/flow_file.h"

/* `institutions` may be empty: then those that the links name are all there are, their countries
 * are taken from the ends of their names (`.be`), and ZZ where those say nothing. `of_links`: which
 * of the two files a refusal is about. */
struct flow_csv_files {
    struct bytes links, institutions;
};
enum fault flow_csv_read(const struct flow_csv_files *files, struct arena *arena,
                         struct flow_network *out, struct flow_refusal *refusal, bool *of_links);

/* Both lists; reading them gives the same network. FAULT_MEMORY when the arena is spent. */
enum fault flow_csv_write(const struct flow_network *network, struct arena *arena,
                          struct flow_csv_files *out);
