/* Who deals with whom in a world: for each node the others, ascending. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct deals_link {
    uint32_t one, other; /* nodes; the same link may be there twice, and a node with itself */
};

struct deals {
    uint32_t *others;
    size_t *starts; /* count + 1: where the list of a node begins in others; NULL: all with all */
    size_t count;
};

/* Between nodes 0 .. count - 1. False when memory is refused. */
bool deals_open(struct deals *deals, size_t count, const struct deals_link *links,
                size_t link_count);
void deals_close(struct deals *deals);
const uint32_t *deals_of(const struct deals *deals, size_t node, size_t *count);
bool deals_has(const struct deals *deals, size_t one, size_t other);
