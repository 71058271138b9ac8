/* The partners by region and country: in which groups they are, which agreements are in force, and
 * how many go and come. */
#pragma once

#include "eligibility/dated.h"
#include "figures/figures.h"
#include "figures/figures_table.h"

struct figures_partner {
    const char *schac, *country;
    int64_t region; /* 0: a programme country; 1 to 14; INT64_MAX: nobody has said */
    uint64_t agreements;
};

/* Those with an agreement, a dossier or a group. */
struct figures_partners {
    struct figures_partner *rows; /* by region, country, name */
    size_t count;
    const Peregrin__PartnerGroups *groups;
};

struct figures_partners_ask {
    struct store *store;
    const struct catalogue *catalogue;
    const struct dated *settings; /* of countries; NULL: no regions */
    const Peregrin__PartnerGroups *groups;
    const char *own;
    int64_t day; /* since 1970 */
};
enum fault figures_partners_find(const struct figures_partners_ask *ask, struct arena *arena,
                                 struct figures_partners *out);

extern const struct figures_column *const figures_partners_columns[];
enum fault figures_partners_fill(const struct figures_partners *partners,
                                 const struct figures *figures, struct arena *arena,
                                 struct figures_table *table);
