/* links: base seal record grade trust wire rules channel stream eligibility store engine report plot sheet
 * admin figures io */
/* What the year's report costs over 100,000 dossiers of an institution with 400 partners, in six
 * years: counted, filled into its tables, and dressed as CSV and as a page with its plots. One
 * second is promised. Beside it, in the same run, what it costs to read the dossiers' rows alone:
 * the machine's limit for anybody who counts them.
 *
 *   BENCH_DOSSIERS=100000 year_bench */
#include "figures/figures_draw.h"
#include "figures/figures_report.h"
#include "store/store_sqlite.h"
#include "support/figure.h"
#include "support/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PARTNERS = 400, PAGE = 500, ARENA = 64 * 1024 * 1024, FIRST_DAY = 20000, YEARS = 6 };

struct lab {
    struct store *store;
    struct arena *arena;
    struct catalogue catalogue;
    struct catalogue_institution institutions[PARTNERS + 1];
    char names[PARTNERS + 1][16];
    uint32_t pairs[PARTNERS + 1];
    long dossiers;
    uint64_t dice;
};

static uint32_t draw(struct lab *lab, uint32_t sides)
{
    lab->dice ^= lab->dice << 13;
    lab->dice ^= lab->dice >> 7;
    lab->dice ^= lab->dice << 17;
    return (uint32_t)(lab->dice >> 33) % sides;
}

static void fine(enum fault fault)
{
    figure_must(!fault, "a fault");
}

static void partners_make(struct lab *lab)
{
    static const char *const countries[] = {"BE", "CZ", "FR", "KZ", "NO"};
    fine(lab->store->begin(lab->store));
    for (size_t i = 0; i <= PARTNERS; i++) {
        snprintf(lab->names[i], sizeof lab->names[i], "u%04zu.eu", i);
        lab->institutions[i] =
            (struct catalogue_institution) {.schac = lab->names[i], .country = countries[i % 5]};
        if (i)
            fine(lab->store->pair_open(lab->store, lab->names[0], lab->names[i], &lab->pairs[i]));
    }
    fine(lab->store->commit(lab->store));
    lab->catalogue = (struct catalogue) {
        .network = "bench", .institutions = lab->institutions, .institution_count = PARTNERS + 1};
}

static struct store_dossier dossier_make(struct lab *lab, long number)
{
    static const enum dossier_state states[] = {DOSSIER_PENDING,    DOSSIER_ACCEPTED,
                                                DOSSIER_TRANSCRIPT, DOSSIER_RECOGNISED,
                                                DOSSIER_WITHDRAWN,  DOSSIER_REFUSED};
    struct store_dossier row = {
        .place = {.pair = lab->pairs[1 + draw(lab, PARTNERS)], .opened_by_partner = draw(lab, 2)},
        .state = states[draw(lab, sizeof states / sizeof *states)]};
    bool told = row.state == DOSSIER_TRANSCRIPT || row.state == DOSSIER_RECOGNISED;
    memcpy(row.place.dossier.bytes, &number, sizeof number);
    row.facts = (struct facts) {
        .mobility = 1 + draw(lab, FIGURES_KINDS - 1),
        .year = 2021 + draw(lab, YEARS),
        .isced_f = 10000 + draw(lab, 1100),
        .start = FIRST_DAY + 60,
        .end = FIRST_DAY + 210,
        .nominated = FIRST_DAY,
        .decided = FIRST_DAY + draw(lab, 40),
        .transcribed = told ? FIRST_DAY + 215 + draw(lab, 60) : 0,
        .taken = told ? 3000 : 0,
        .passed = told ? 100 * draw(lab, 31) : 0,
    };
    row.transcript = told;
    snprintf(row.facts.unit, sizeof row.facts.unit, "dept%u", draw(lab, 30));
    return row;
}

static void dossiers_make(struct lab *lab)
{
    fine(lab->store->begin(lab->store));
    for (long i = 0; i < lab->dossiers; i++) {
        const struct store_dossier row = dossier_make(lab, i);
        fine(lab->store->dossier_put(lab->store, &row));
    }
    fine(lab->store->commit(lab->store));
}

/* Each row once, page by page. */
static double read_rows(void *self)
{
    struct lab *lab = self;
    struct store_dossier_query query = {.opened_by_partner = -1, .max = PAGE};
    struct store_place last;
    struct store_dossier *rows;
    size_t count = PAGE;
    long all = 0;
    double began = figure_now();
    while (count == PAGE) {
        arena_reset(lab->arena);
        fine(lab->store->dossier_list(lab->store, &query, lab->arena, &rows, &count));
        all += (long)count;
        if (count)
            last = rows[count - 1].place;
        query.after = &last;
    }
    figure_must(all == lab->dossiers, "rows are missing");
    return figure_now() - began;
}

static double annual(void *self)
{
    struct lab *lab = self;
    struct figures figures;
    struct figures_report report = {.kind = FIGURES_ANNUAL,
                                    .own = lab->names[0],
                                    .of = lab->names[0],
                                    .year = 2021 + YEARS - 1,
                                    .arena = lab->arena,
                                    .figures = &figures};
    struct bytes sheet, page;
    double began = figure_now();
    arena_reset(lab->arena);
    const struct figures_ask ask = {.store = lab->store,
                                    .catalogue = &lab->catalogue,
                                    .own = report.own,
                                    .ways = figures_report_ways(report.kind, report.by)};
    fine(figures_count(&ask, lab->arena, &figures));
    fine(figures_report_fill(&report));
    fine(figures_table_csv(report.tables, report.count, lab->arena, &sheet));
    fine(figures_draw_page(&report, &page));
    double took = figure_now() - began;
    figure_must(figures.dossiers == (uint64_t)lab->dossiers && sheet.size && page.size,
                "the report is not whole");
    return took;
}

int main(void)
{
    static struct lab lab;
    char dir[RIG_PATH], path[RIG_PATH + 16], command[RIG_PATH + 16], name[64];
    lab.dice = 88172645463325252u;
    lab.dossiers = figure_setting("BENCH_DOSSIERS", 100000);
    lab.arena = arena_open(ARENA);
    rig_folder(dir);
    snprintf(path, sizeof path, "%s/node.db", dir);
    figure_must(lab.arena, "no memory");
    fine(store_sqlite_open(path, &lab.store));
    partners_make(&lab);
    dossiers_make(&lab);
    snprintf(name, sizeof name, "limit_rows_%ld", lab.dossiers);
    (void)figure_runs(name, read_rows, &lab, "s");
    snprintf(name, sizeof name, "year_annual_%ld", lab.dossiers);
    (void)figure_runs(name, annual, &lab, "s");
    lab.store->close(lab.store);
    arena_close(lab.arena);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) == 0 ? 0 : 1;
}
