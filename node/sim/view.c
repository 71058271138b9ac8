#include "sim/view.h"

#include <stdlib.h>

struct view {
    struct catalogue catalogue;
    struct catalogue_node *nodes;
    struct catalogue_institution *institutions;
};

enum { ABSENT = SIZE_MAX };

static int by_place(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

/* Where they stand in the whole, ascending: so they keep its order. Gives how many it has. */
static size_t places_find(const struct catalogue *whole, const char *const *ids, size_t count,
                          size_t *places)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct catalogue_node *node = catalogue_node(whole, ids[i]);
        if (node)
            places[found++] = (size_t)(node - whole->nodes);
    }
    qsort(places, found, sizeof *places, by_place);
    return found;
}

static bool nodes_fill(struct view *view, const struct catalogue *whole, const size_t *places,
                       size_t count)
{
    view->nodes = calloc(count + 1, sizeof *view->nodes);
    for (size_t i = 0; view->nodes && i < count; i++)
        view->nodes[i] = whole->nodes[places[i]];
    view->catalogue.nodes = view->nodes;
    view->catalogue.node_count = count;
    return view->nodes;
}

static size_t place_of(const size_t *places, size_t count, size_t node)
{
    const size_t *found = bsearch(&node, places, count, sizeof *places, by_place);
    return found ? (size_t)(found - places) : ABSENT;
}

static bool institutions_fill(struct view *view, const struct catalogue *whole,
                              const size_t *places, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < whole->institution_count; i++)
        kept += place_of(places, count, whole->institutions[i].node) != ABSENT;
    view->institutions = calloc(kept + 1, sizeof *view->institutions);
    view->catalogue.institutions = view->institutions;
    view->catalogue.institution_count = kept;
    for (size_t i = 0, at = 0; view->institutions && i < whole->institution_count; i++) {
        size_t node = place_of(places, count, whole->institutions[i].node);
        if (node == ABSENT)
            continue;
        view->institutions[at] = whole->institutions[i];
        view->institutions[at++].node = node;
    }
    return view->institutions;
}

struct view *view_open(const struct catalogue *whole, const char *const *ids, size_t count)
{
    struct view *view = calloc(1, sizeof *view);
    size_t *places = calloc(count + 1, sizeof *places);
    bool made = view && places;
    if (made) {
        view->catalogue = *whole;
        size_t found = places_find(whole, ids, count, places);
        made =
            nodes_fill(view, whole, places, found) && institutions_fill(view, whole, places, found);
    }
    free(places);
    if (made)
        return view;
    view_close(view);
    return NULL;
}

void view_close(struct view *view)
{
    if (!view)
        return;
    free(view->nodes);
    free(view->institutions);
    free(view);
}

const struct catalogue *view_catalogue(const struct view *view)
{
    return &view->catalogue;
}
