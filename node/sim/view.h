/* What one node of a large world reads of the catalogue: itself and those that it deals with. Same
 * network, version and digest; keys and texts are those of the whole, which outlives the view. */
#pragma once

#include "trust/catalogue.h"

struct view;

/* Of the nodes with these ids, which the catalogue need not all have. NULL when memory is refused.
 */
struct view *view_open(const struct catalogue *whole, const char *const *ids, size_t count);
void view_close(struct view *view);
const struct catalogue *view_catalogue(const struct view *view);
