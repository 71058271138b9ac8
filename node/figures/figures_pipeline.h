/* The way of a mobility, step by step: how many dossiers stand on each, who must act, and with
 * which command. The steps are there whether anybody stands on them or not. */
#pragma once

#include "figures/figures.h"
#include "figures/figures_table.h"

/* Columns that are drawn. */
enum { FIGURES_PIPELINE_STEP = 1, FIGURES_PIPELINE_COUNT = 2 };
extern const struct figures_column *const figures_pipeline_columns[];

enum fault figures_pipeline_fill(const struct figures *figures, const char *own,
                                 struct arena *arena, struct figures_table *table);
