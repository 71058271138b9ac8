#include "admin/agreed.h"

#include "agreement.pb-c.h"
#include "engine/replaced.h"
#include "record/header.h"
#include "report/dossier_view.h"

#include <string.h>

enum { PAGE = 64 };

struct agreed_known {
    struct agreed_known *next;
    const char *partner, *reference;
    const char *dossier; /* NULL: none, or more than one */
};

/* Whom the search is for. */
struct search {
    struct store *store;
    uint32_t pair;
    const char *reference;
    struct arena *arena;
    size_t found;
    struct header_dossier dossier;
};

static enum fault pair_of(struct store *store, const char *own, const char *partner,
                          struct arena *arena, uint32_t *pair)
{
    struct store_pair *pairs;
    size_t count;
    *pair = 0;
    TRY(store->pair_list(store, arena, &pairs, &count));
    for (size_t i = 0; i < count && !*pair; i++)
        if (strcmp(pairs[i].own, own) == 0 && strcmp(pairs[i].partner, partner) == 0)
            *pair = pairs[i].pair;
    return FAULT_NONE;
}

/* By the terms in force, and of what no other has replaced. */
static enum fault look(struct search *search, const struct store_dossier *row)
{
    struct dossier_view view;
    ProtobufCMessage *body = NULL;
    bool replaced;
    TRY(replaced_find(search->store, search->pair, &row->place.dossier, search->arena, &replaced,
                      NULL));
    if (replaced)
        return FAULT_NONE;
    TRY(dossier_view_load(search->store, &row->place, true, search->arena, &view));
    size_t at = dossier_view_find(&view, &view.dossier.in_force);
    if (at < view.count)
        TRY(dossier_view_body(&view.records[at], search->arena, &body));
    if (!body || body->descriptor != &peregrin__terms__descriptor)
        return FAULT_NONE;
    const char *reference = ((const Peregrin__Terms *)body)->reference;
    if (!reference || strcmp(reference, search->reference) != 0)
        return FAULT_NONE;
    search->found++;
    search->dossier = row->place.dossier;
    return FAULT_NONE;
}

/* Of which notice was given holds to the end of its last year. */
static enum fault look_all(struct search *search)
{
    struct store_dossier_query query = {
        .pair = search->pair,
        .states = UINT64_C(1) << DOSSIER_IN_FORCE | UINT64_C(1) << DOSSIER_CHANGE_OFFERED |
                  UINT64_C(1) << DOSSIER_CHANGE_COUNTERED | UINT64_C(1) << DOSSIER_ENDED,
        .opened_by_partner = -1,
        .max = PAGE,
    };
    struct store_dossier *rows;
    size_t count;
    do {
        TRY(search->store->dossier_list(search->store, &query, search->arena, &rows, &count));
        for (size_t i = 0; i < count; i++)
            TRY(look(search, &rows[i]));
        query.after = count ? &rows[count - 1].place : NULL;
    } while (count == PAGE);
    return FAULT_NONE;
}

static enum fault known_make(struct search *search, const char *own, const char *partner,
                             struct agreed_known *out)
{
    char *letters = arena_take(search->arena, HEADER_DOSSIER_TEXT);
    *out = (struct agreed_known) {.partner = arena_text(search->arena, bytes_text(partner)),
                                  .reference =
                                      arena_text(search->arena, bytes_text(search->reference))};
    if (!letters || !out->partner || !out->reference)
        return FAULT_MEMORY;
    TRY(pair_of(search->store, own, partner, search->arena, &search->pair));
    if (search->pair)
        TRY(look_all(search));
    header_dossier_text(&search->dossier, letters);
    out->dossier = search->found == 1 ? letters : NULL;
    return FAULT_NONE;
}

enum fault agreed_name(struct store *store, const char *own, const char *partner,
                       Peregrin__Nomination *nomination, struct agreed_memo *memo,
                       struct arena *arena, bool *changed)
{
    struct search search = {.store = store, .reference = nomination->agreement, .arena = arena};
    struct agreed_known *known = memo->known;
    *changed = false;
    if (!nomination->agreement || !nomination->condition ||
        header_dossier_from_text(bytes_text(nomination->agreement), &search.dossier))
        return FAULT_NONE;
    while (known && (strcmp(known->partner, partner) != 0 ||
                     strcmp(known->reference, nomination->agreement) != 0))
        known = known->next;
    if (!known) {
        known = arena_take(arena, sizeof *known);
        if (!known)
            return FAULT_MEMORY;
        TRY(known_make(&search, own, partner, known));
        known->next = memo->known;
        memo->known = known;
    }
    *changed = known->dossier != NULL;
    if (*changed)
        nomination->agreement = (char *)(uintptr_t)known->dossier;
    return FAULT_NONE;
}
