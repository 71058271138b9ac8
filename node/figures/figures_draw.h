/* Reports as drawings, and as one page with all of them inside. */
#pragma once

#include "figures/figures_report.h"

/* The report's plot alone: balance and credits as bars, targets as lines, a year as its days. */
enum fault figures_draw_svg(const struct figures_report *report, struct bytes *out);
/* One HTML page, which asks for nothing from elsewhere. */
enum fault figures_draw_page(const struct figures_report *report, struct bytes *out);
