#include "figures/figures_partners.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 256 };

/* ---- who they are ---- */

static const uint64_t in_force = UINT64_C(1) << DOSSIER_IN_FORCE |
                                 UINT64_C(1) << DOSSIER_CHANGE_OFFERED |
                                 UINT64_C(1) << DOSSIER_CHANGE_COUNTERED;

/* How many dossiers of these states, up to the page: nobody has so many agreements with one
 * partner. */
static enum fault count_of(struct store *store, uint32_t pair, uint64_t states, size_t max,
                           struct arena *scratch, uint64_t *out)
{
    const struct store_dossier_query query = {
        .pair = pair, .states = states, .opened_by_partner = -1, .max = max};
    struct store_dossier *page;
    size_t count;
    arena_reset(scratch);
    TRY(store->dossier_list(store, &query, scratch, &page, &count));
    *out = count;
    return FAULT_NONE;
}

static int64_t region_of(const struct figures_partners_ask *ask, const char *country)
{
    const struct dated_row *row =
        ask->settings && *country
            ? dated_find(ask->settings, "country", country, ask->own, ask->day)
            : NULL;
    return row && row->unit == DATED_REGION ? row->number : INT64_MAX;
}

static bool is_grouped(const Peregrin__PartnerGroups *groups, const char *partner)
{
    for (size_t i = 0; i < groups->n_groups; i++)
        if (group_has(groups->groups[i], partner))
            return true;
    return false;
}

/* shown false: nothing was ever agreed on or asked between the two, and it is in no group. */
static enum fault partner_read(const struct figures_partners_ask *ask,
                               const struct store_pair *pair, struct arena *scratch,
                               struct figures_partner *out, bool *shown)
{
    const struct catalogue_institution *partner = catalogue_party(ask->catalogue, pair->partner);
    uint64_t any;
    *out = (struct figures_partner) {
        .schac = pair->partner, .country = partner && partner->country ? partner->country : ""};
    out->region = region_of(ask, out->country);
    TRY(count_of(ask->store, pair->pair, in_force, PAGE, scratch, &out->agreements));
    TRY(count_of(ask->store, pair->pair,
                 dossier_family_states(KIND_MOBILITY) & ~(UINT64_C(1) << DOSSIER_EMPTY), 1, scratch,
                 &any));
    *shown = out->agreements || any || is_grouped(ask->groups, pair->partner);
    return FAULT_NONE;
}

static int partner_order(const void *left, const void *right)
{
    const struct figures_partner *one = left, *other = right;
    if (one->region != other->region)
        return one->region < other->region ? -1 : 1;
    int country = strcmp(one->country, other->country);
    return country ? country : strcmp(one->schac, other->schac);
}

static enum fault find_all(const struct figures_partners_ask *ask, struct arena *arena,
                           struct arena *scratch, struct figures_partners *out)
{
    struct store_pair *pairs;
    size_t count;
    TRY(ask->store->pair_list(ask->store, arena, &pairs, &count));
    out->rows = arena_take_array(arena, count + 1, sizeof *out->rows);
    if (!out->rows)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++) {
        bool shown = false;
        if (strcmp(pairs[i].own, ask->own) == 0)
            TRY(partner_read(ask, &pairs[i], scratch, &out->rows[out->count], &shown));
        out->count += shown;
    }
    qsort(out->rows, out->count, sizeof *out->rows, partner_order);
    return FAULT_NONE;
}

enum fault figures_partners_find(const struct figures_partners_ask *ask, struct arena *arena,
                                 struct figures_partners *out)
{
    struct arena *scratch = arena_open(2 * PAGE * sizeof(struct store_dossier));
    *out = (struct figures_partners) {.groups = ask->groups};
    if (!scratch)
        return FAULT_MEMORY;
    enum fault fault = find_all(ask, arena, scratch, out);
    arena_close(scratch);
    return fault;
}

/* ---- as a table ---- */

static const struct figures_column region = {"region", "REGION", FIGURES_TEXT};
static const struct figures_column country = {"country", "COUNTRY", FIGURES_TEXT};
static const struct figures_column partner = {"partner", "PARTNER", FIGURES_TEXT};
static const struct figures_column groups = {"groups", "GROUPS", FIGURES_TEXT};
static const struct figures_column agreements = {"agreements", "AGREEMENTS", FIGURES_NUMBER};
static const struct figures_column stays_out = {"out", "OUT", FIGURES_NUMBER};
static const struct figures_column stays_in = {"in", "IN", FIGURES_NUMBER};

const struct figures_column *const figures_partners_columns[] = {
    &region, &country, &partner, &groups, &agreements, &stays_out, &stays_in, NULL};

static struct figures_cell text(const char *said)
{
    return (struct figures_cell) {.state = said && *said ? FIGURES_THERE : FIGURES_NOTHING,
                                  .text = said};
}

static struct figures_cell number(uint64_t value)
{
    return (struct figures_cell) {.state = FIGURES_THERE, .number = (int64_t)value};
}

static const char *region_text(int64_t number, struct arena *arena)
{
    return number == INT64_MAX ? "unknown"
           : number == 0       ? "programme"
                               : arena_format(arena, "region %lld", (long long)number);
}

/* NULL: the arena is spent. */
static const char *groups_text(const Peregrin__PartnerGroups *of, const char *schac,
                               struct arena *arena)
{
    const char *said = "";
    for (size_t i = 0; said && i < of->n_groups; i++)
        if (group_has(of->groups[i], schac))
            said =
                arena_format(arena, "%s%s%s", said, *said ? ", " : "", group_title(of->groups[i]));
    return said;
}

/* Over all years that were counted. */
static uint64_t stays_of(const struct figures *figures, const char *schac, int way)
{
    size_t count;
    uint64_t all = 0;
    const struct figures_line *lines = figures_lines(figures, FIGURES_BY_PARTNER, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].group, schac) == 0)
            all += lines[i].sides[way].stays;
    return all;
}

enum fault figures_partners_fill(const struct figures_partners *partners,
                                 const struct figures *figures, struct arena *arena,
                                 struct figures_table *table)
{
    table->note = "Regions as the programme counts countries: without a number, its own.";
    for (size_t i = 0; i < partners->count; i++) {
        const struct figures_partner *one = &partners->rows[i];
        struct figures_cell *row = figures_table_row(table, arena);
        const char *where = region_text(one->region, arena);
        const char *in = groups_text(partners->groups, one->schac, arena);
        if (!row || !where || !in)
            return FAULT_MEMORY;
        row[0] = text(where);
        row[1] = text(one->country);
        row[2] = text(one->schac);
        row[3] = text(in);
        row[4] = number(one->agreements);
        row[5] = number(stays_of(figures, one->schac, FIGURES_OUT));
        row[6] = number(stays_of(figures, one->schac, FIGURES_IN));
    }
    return FAULT_NONE;
}
