/* What is published tells of nobody, whatever is computed from it.
 *
 * A published count is a multiple of five, the nearest; less than five is said to be that, and
 * nothing also is. Percentages, averages, balances and changes are those of the published numbers;
 * credits are rounded to fifty, days to whole ones. So a page is made of numbers that each stand
 * for at least three, and what remains is what sums give away:
 *
 * - a year's stays = those by country, by kind, by field, by department. The line of what is not
 *   known (no country, no kind, ...) is published nowhere, so that no sum of lines reaches the
 * year.
 * - a country's stays = those of its partners. Where each partner has the most that its number
 *   stands for, the country is published as one less: as if one had stayed at home.
 * - a target = some of the kinds: it is published as the sum of what is published of them.
 * - decided = stays + refused + ..., transcripts <= stays: each has a number of its own that stands
 *   for three or more, and nothing else is published of it. So transcripts are published of a whole
 *   year only.
 *
 * For each count of one to four there is then a year of institution that differs by one person, in
 * this count, and whose page is the same one. Groups of partners overlap, and are not published. */
#pragma once

#include "figures/figures.h"

enum { FIGURES_LEAST = 5 };

/* 0 for what is fewer than five. */
uint64_t figures_hide_count(uint64_t count);
/* The most that what is published of a count stands for. */
uint64_t figures_hide_most(uint64_t count);

/* All numbers become those that are published, and lines that are not go. Counts by country must be
 * there where those by partner are. */
void figures_hide(struct figures *figures);

/* Stays of some kinds (bit n: kind n) in a year, going out, and what this number stands for. */
struct figures_kinds {
    uint64_t stays, least, most;
};
struct figures_kinds figures_hide_kinds(const struct figures *figures, bool open, uint32_t year,
                                        uint32_t kinds);
