#include "sim/deals.h"

#include <stdlib.h>

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Each list in order and without repetition, one behind the other. */
static void lists_order(struct deals *deals)
{
    size_t kept = 0, from = 0;
    for (size_t node = 0; node < deals->count; node++) {
        size_t end = deals->starts[node + 1];
        qsort(deals->others + from, end - from, sizeof *deals->others, by_number);
        deals->starts[node] = kept;
        for (size_t i = from; i < end; i++)
            if (i == from || deals->others[i] != deals->others[i - 1])
                deals->others[kept++] = deals->others[i];
        from = end;
    }
    deals->starts[deals->count] = kept;
}

static void others_fill(struct deals *deals, const struct deals_link *links, size_t link_count,
                        size_t *next)
{
    for (size_t i = 0; i < link_count; i++)
        if (links[i].one != links[i].other) {
            deals->others[next[links[i].one]++] = links[i].other;
            deals->others[next[links[i].other]++] = links[i].one;
        }
}

bool deals_open(struct deals *deals, size_t count, const struct deals_link *links,
                size_t link_count)
{
    *deals = (struct deals) {
        .others = calloc(2 * link_count + 1, sizeof *deals->others),
        .starts = calloc(count + 1, sizeof *deals->starts),
        .count = count,
    };
    size_t *next = calloc(count + 1, sizeof *next);
    bool made = deals->others && deals->starts && next;
    for (size_t i = 0; made && i < link_count; i++)
        if (links[i].one != links[i].other) {
            deals->starts[links[i].one + 1]++;
            deals->starts[links[i].other + 1]++;
        }
    for (size_t i = 0; made && i < count; i++) {
        deals->starts[i + 1] += deals->starts[i];
        next[i] = deals->starts[i];
    }
    if (made) {
        others_fill(deals, links, link_count, next);
        lists_order(deals);
    }
    free(next);
    return made;
}

void deals_close(struct deals *deals)
{
    free(deals->others);
    free(deals->starts);
    *deals = (struct deals) {0};
}

const uint32_t *deals_of(const struct deals *deals, size_t node, size_t *count)
{
    *count = deals->starts[node + 1] - deals->starts[node];
    return deals->others + deals->starts[node];
}

bool deals_has(const struct deals *deals, size_t one, size_t other)
{
    size_t count;
    uint32_t key = (uint32_t)other;
    if (!deals->starts)
        return one != other;
    const uint32_t *list = deals_of(deals, one, &count);
    return bsearch(&key, list, count, sizeof *list, by_number);
}
