#include "admin/import_rules.h"

static enum fault problem_fill(const struct eligibility_finding *finding, struct arena *arena,
                               struct import_problem *problem)
{
    const char *field = finding->rule->field;
    const struct import_cell_column *column = field ? import_cell_of_field(field) : NULL;
    *problem = (struct import_problem) {.column = column ? column->name : NULL,
                                        .code = "refused_by_rule",
                                        .rule = finding->rule->id,
                                        .expected = eligible_expected(finding, arena),
                                        .remedy = finding->rule->remedy};
    return problem->expected ? FAULT_NONE : FAULT_MEMORY;
}

enum fault import_rules_row(const struct import *import, const struct import_row *row,
                            const struct header_dossier *dossier, struct eligible_memo *memo,
                            struct arena *arena,
                            void (*warn)(void *self, const struct import_warning *warning),
                            void *self, struct import_problem *problem)
{
    struct eligible_findings findings;
    const struct eligible_case subject = {.store = import->store,
                                          .catalogue = import->catalogue,
                                          .home = import->own,
                                          .host = row->partner->schac,
                                          .own = import->own,
                                          .nomination = row->nomination,
                                          .dossier = dossier,
                                          .memo = memo,
                                          .now = import->now};
    TRY(eligible_check(import->eligible, &subject, arena, &findings));
    const struct eligibility_finding *refusal = eligible_refusal(&findings);
    if (refusal)
        return problem_fill(refusal, arena, problem);
    for (size_t i = 0; i < findings.count; i++) {
        const struct import_warning warning = {row->number, &findings.rows[i]};
        if (findings.rows[i].answer == ELIGIBILITY_BROKEN)
            warn(self, &warning);
    }
    return FAULT_NONE;
}
