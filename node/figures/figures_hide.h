/* What is published tells of nobody: counts of one to four are hidden, and so much beside them that
 * no hidden one follows from a sum.
 *
 * Counted are stays, transcripts and recognitions. In each table, way and year: where one of these
 * is small in the total, all of it is hidden. Else every line with a small count is, and then the
 * smallest that is left, until at least two hidden lines have some and they have five or more
 * together: the total minus what is shown then fits several splits. Countries are hidden so first;
 * of a country that is hidden all partners are, and of one that is shown its partners are hidden so
 * among themselves. A line that is hidden shows nothing of that way: neither credits nor days.
 * Groups of partners overlap: what one of them hides could follow from another, so that none of
 * them is published at all. */
#pragma once

#include "figures/figures.h"

enum { FIGURES_LEAST = 5 };

/* Lines that add up to something that is shown. */
void figures_hide_among(struct figures_line *lines, size_t count, int way);
/* Counts by country must be there where those by partner are. */
void figures_hide(struct figures *figures);
/* The stays of these kinds (bit n: kind n) in a year, going out. False: hidden, since so few, or
 * since what the table by kind hides would follow from it. All is shown without counts by kind. */
bool figures_hide_kinds(const struct figures *figures, uint32_t year, uint32_t kinds,
                        uint64_t *stays);
