/* The reports: what was counted, and what was aimed at, as tables. */
#pragma once

#include "figures/figures.h"
#include "figures/figures_grants.h"
#include "figures/figures_partners.h"
#include "figures/figures_table.h"
#include "figures/target.h"

enum figures_report_kind {
    FIGURES_BALANCE,
    FIGURES_TARGETS,
    FIGURES_CREDITS_OF, /* by year and group */
    FIGURES_ANNUAL,
    FIGURES_GRANTS,
    FIGURES_PIPELINE,
    FIGURES_PARTNERS,
    FIGURES_REPORTS
};

struct figures_report {
    enum figures_report_kind kind;
    const char *own;
    const char *of;     /* whose figures, for titles: `own`, or departments of it */
    enum figures_by by; /* of balance and credits */
    uint32_t year;      /* of annual: against the one before */
    bool open;          /* for the public: see figures_hide.h, which was applied */
    const struct figures *figures;
    const struct target *targets;
    size_t target_count;
    const struct figures_grants *grants;
    enum figures_grants_by grants_by; /* FIGURES_GRANTS_BY_COUNT: all of them */
    const struct figures_partners *partners;
    struct arena *arena;
    struct figures_table tables[FIGURES_TABLES];
    size_t count;
};

/* `balance`, ...; FIGURES_REPORTS: none. */
const char *figures_report_code(enum figures_report_kind kind);
/* Whether it may be asked for the public: the others show single dossiers, or groups that overlap.
 */
bool figures_report_is_public(enum figures_report_kind kind, enum figures_by by);
/* Which ways of counting it needs, as bits. */
unsigned figures_report_ways(enum figures_report_kind kind, enum figures_by by);
/* Fills the tables. */
enum fault figures_report_fill(struct figures_report *report);
