/* links: base seal record grade trust wire rules channel stream eligibility store engine report plot sheet admin figures */
/* Where an institution's mobilities stand: on which step, with which partners, in which groups. */
#include "figures/figures_draw.h"
#include "figures/figures_partners.h"
#include "figures/figures_pipeline.h"
#include "store/store_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 64 * 1024 * 1024, PARTNERS = 4, DAY_2026 = 20600 };

static const char *const schacs[PARTNERS] = {"aa.example", "bb.example", "cc.example",
                                             "dd.example"};
static const struct catalogue_institution institutions[PARTNERS] = {
    {.schac = "aa.example", .country = "KZ"},
    {.schac = "bb.example", .country = "FR"},
    {.schac = "cc.example", .country = "BE"},
    {.schac = "dd.example", .country = "BE"},
};
static const struct catalogue catalogue = {.institutions = institutions,
                                           .institution_count = PARTNERS};

struct fixture {
    struct store *store;
    struct arena *arena;
    uint32_t pairs[PARTNERS];
    size_t count;
    Peregrin__PartnerGroups *groups;
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static int enter(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->store = store_memory_open();
    fixture->arena = arena_open(ARENA);
    expect(fixture->store->begin(fixture->store));
    for (size_t i = 0; i < PARTNERS; i++)
        expect(
            fixture->store->pair_open(fixture->store, "helmo.be", schacs[i], &fixture->pairs[i]));
    expect(fixture->store->commit(fixture->store));
    expect(group_list(fixture->store, "helmo.be", fixture->arena, &fixture->groups));
    *state = fixture;
    return 0;
}

static int leave(void **state)
{
    struct fixture *fixture = *state;
    fixture->store->close(fixture->store);
    arena_close(fixture->arena);
    free(fixture);
    return 0;
}

static void dossier(struct fixture *fixture, size_t partner, bool incoming, enum dossier_state is,
                    uint64_t changed_at)
{
    struct store_dossier row = {
        .place = {.pair = fixture->pairs[partner], .opened_by_partner = incoming},
        .state = is,
        .changed_at = changed_at,
        .facts = {.mobility = 1, .year = 2026}};
    fixture->count++;
    memcpy(row.place.dossier.bytes, &fixture->count, sizeof fixture->count);
    expect(fixture->store->begin(fixture->store));
    expect(fixture->store->dossier_put(fixture->store, &row));
    expect(fixture->store->commit(fixture->store));
}

static Peregrin__PartnerGroup *group(struct fixture *fixture, const char *code, const char *one,
                                     const char *other)
{
    Peregrin__PartnerGroup *made;
    assert_true(group_add(fixture->groups, code, fixture->arena, &made));
    assert_true(group_take(made, one, fixture->arena));
    assert_true(!other || group_take(made, other, fixture->arena));
    return made;
}

static void count(struct fixture *fixture, struct figures *out)
{
    const struct figures_ask ask = {.store = fixture->store,
                                    .catalogue = &catalogue,
                                    .groups = fixture->groups,
                                    .own = "helmo.be",
                                    .ways = (1u << FIGURES_BY_COUNT) - 1};
    expect(figures_count(&ask, fixture->arena, out));
}

/* ---- groups ---- */

static void a_stay_counts_in_every_group_of_its_partner(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    size_t lines;
    group(fixture, "alliance", "aa.example", "bb.example");
    group(fixture, "south", "aa.example", NULL)->name = (char *)(uintptr_t) "Partners in the South";
    dossier(fixture, 0, false, DOSSIER_ACCEPTED, 1);
    dossier(fixture, 1, true, DOSSIER_ACCEPTED, 1);
    dossier(fixture, 2, false, DOSSIER_ACCEPTED, 1); /* in no group */
    count(fixture, &figures);
    const struct figures_line *line = figures_lines(&figures, FIGURES_BY_GROUP, &lines);
    assert_int_equal(lines, 2);
    assert_string_equal(line[0].group, "Partners in the South");
    assert_int_equal(line[0].sides[FIGURES_OUT].stays, 1);
    assert_int_equal(line[0].sides[FIGURES_IN].stays, 0);
    assert_string_equal(line[1].group, "alliance");
    assert_int_equal(line[1].sides[FIGURES_OUT].stays, 1);
    assert_int_equal(line[1].sides[FIGURES_IN].stays, 1);
    assert_int_equal(figures_total(&figures, 2026).sides[FIGURES_OUT].stays, 2);
}

static void groups_are_kept_in_order_and_taken_apart_again(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    Peregrin__PartnerGroups *kept;
    group(fixture, "south", "bb.example", "aa.example");
    group(fixture, "alliance", "cc.example", NULL);
    expect(store->begin(store));
    expect(group_keep(store, "helmo.be", fixture->groups, fixture->arena));
    expect(store->commit(store));
    expect(group_list(store, "helmo.be", fixture->arena, &kept));
    assert_int_equal(kept->n_groups, 2);
    assert_string_equal(kept->groups[0]->code, "alliance");
    Peregrin__PartnerGroup *south = group_find(kept, "south");
    assert_string_equal(south->partners[0], "aa.example");
    assert_true(group_take(south, "aa.example", fixture->arena)); /* twice is once */
    assert_int_equal(south->n_partners, 2);
    group_drop(south, "aa.example");
    assert_false(group_has(south, "aa.example"));
    assert_true(group_has(south, "bb.example"));
    group_remove(kept, "alliance");
    assert_null(group_find(kept, "alliance"));
    assert_int_equal(kept->n_groups, 1);
    expect(group_list(store, "other.example", fixture->arena, &kept));
    assert_int_equal(kept->n_groups, 0);
}

static void a_code_and_a_name_of_a_group_have_their_limits(void **)
{
    assert_true(group_code_fits("euroregion-north"));
    assert_false(group_code_fits("euroregion-north2"));
    assert_false(group_code_fits(""));
    assert_false(group_code_fits("Euroregion"));
    assert_true(group_name_fits("Eurorégion Meuse-Rhin"));
    assert_false(group_name_fits("two\nlines"));
    assert_false(
        group_name_fits("a name of sixty-five bytes ......................................."));
}

static void so_many_partners_fit_and_not_one_more(void **state)
{
    struct fixture *fixture = *state;
    group(fixture, "alliance", "aa.example", "bb.example");
    assert_false(group_is_full(fixture->groups, GROUP_PARTNERS_MAX - 2));
    assert_true(group_is_full(fixture->groups, GROUP_PARTNERS_MAX - 1));
}

static void groups_and_steps_are_never_published(void **)
{
    assert_false(figures_report_is_public(FIGURES_BALANCE, FIGURES_BY_GROUP));
    assert_false(figures_report_is_public(FIGURES_PIPELINE, FIGURES_BY_YEAR));
    assert_false(figures_report_is_public(FIGURES_PARTNERS, FIGURES_BY_YEAR));
    assert_true(figures_report_is_public(FIGURES_BALANCE, FIGURES_BY_COUNTRY));
}

/* ---- steps ---- */

static const struct figures_cell *step(const struct figures_table *table, const char *way,
                                       const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i][0].text, way) == 0 && strcmp(table->rows[i][1].text, name) == 0)
            return table->rows[i];
    fail_msg("no step %s", name);
    return NULL;
}

static void each_state_of_a_mobility_is_one_step_of_its_way(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    size_t states = 0;
    uint64_t all = 0;
    for (enum dossier_state is = DOSSIER_PENDING; is < DOSSIER_STATE_COUNT; is++)
        if (dossier_family_states(KIND_MOBILITY) >> is & 1) {
            dossier(fixture, 0, false, is, 1 + is);
            states++;
        }
    count(fixture, &figures);
    struct figures_report report = {.kind = FIGURES_PIPELINE,
                                    .own = "helmo.be",
                                    .of = "helmo.be",
                                    .figures = &figures,
                                    .arena = fixture->arena};
    expect(figures_report_fill(&report));
    const struct figures_table *table = &report.tables[0];
    assert_int_equal(table->count, states * FIGURES_WAYS);
    for (size_t i = 0; i < states; i++) {
        assert_int_equal(table->rows[i][2].number, 1);
        all += (uint64_t)table->rows[i][2].number + (uint64_t)table->rows[states + i][2].number;
    }
    assert_int_equal(all, states);
    struct bytes page;
    expect(figures_draw_svg(&report, &page));
    assert_non_null(strstr(arena_text(fixture->arena, page), "waiting list"));
}

static void a_step_says_who_must_act_since_when_and_how(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    dossier(fixture, 0, true, DOSSIER_PENDING, UINT64_C(1795000000));
    dossier(fixture, 1, true, DOSSIER_PENDING, UINT64_C(1795300000));
    dossier(fixture, 1, false, DOSSIER_PENDING, UINT64_C(1795300000));
    count(fixture, &figures);
    struct figures_report report = {.kind = FIGURES_PIPELINE,
                                    .own = "helmo.be",
                                    .of = "helmo.be",
                                    .figures = &figures,
                                    .arena = fixture->arena};
    expect(figures_report_fill(&report));
    const struct figures_cell *in = step(&report.tables[0], "in", "nominated");
    assert_int_equal(in[2].number, 2);
    assert_string_equal(in[3].text, "helmo.be");
    assert_string_equal(in[4].text, "2026-11-18"); /* the one that waits longest */
    assert_non_null(strstr(in[5].text, "nomination accept"));
    const struct figures_cell *out = step(&report.tables[0], "out", "nominated");
    assert_string_equal(out[3].text, "the partner");
    assert_int_equal(out[5].state, FIGURES_NOTHING); /* what a partner does is no command of ours */
}

/* ---- partners ---- */

static void partners_stand_by_region_country_and_name(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    struct figures_partners partners;
    struct dated *settings = dated_open(fixture->arena);
    struct dated_refusal refusal;
    assert_int_equal(dated_add(settings, dated_shipped(), false, &refusal), VERDICT_FINE);
    group(fixture, "alliance", "bb.example", NULL);
    dossier(fixture, 0, false, DOSSIER_ACCEPTED, 1);
    dossier(fixture, 0, false, DOSSIER_IN_FORCE, 1);
    dossier(fixture, 2, false, DOSSIER_OFFERED, 1); /* is no agreement yet */
    dossier(fixture, 3, true, DOSSIER_RECOGNISED, 1);
    count(fixture, &figures);
    const struct figures_partners_ask ask = {.store = fixture->store,
                                             .catalogue = &catalogue,
                                             .settings = settings,
                                             .groups = fixture->groups,
                                             .own = "helmo.be",
                                             .day = DAY_2026};
    expect(figures_partners_find(&ask, fixture->arena, &partners));
    assert_int_equal(partners.count, 3);
    assert_string_equal(partners.rows[0].schac, "dd.example");
    assert_string_equal(partners.rows[1].schac, "bb.example"); /* only for its group */
    assert_string_equal(partners.rows[2].schac, "aa.example");
    assert_int_equal(partners.rows[0].region, 0);
    assert_int_equal(partners.rows[2].region, 6);
    assert_int_equal(partners.rows[2].agreements, 1);
    struct figures_table table = {.columns = figures_partners_columns, .column_count = 7};
    expect(figures_partners_fill(&partners, &figures, fixture->arena, &table));
    assert_string_equal(table.rows[0][0].text, "programme");
    assert_int_equal(table.rows[0][6].number, 1);
    assert_string_equal(table.rows[1][3].text, "alliance");
    assert_string_equal(table.rows[2][0].text, "region 6");
    assert_int_equal(table.rows[2][5].number, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stay_counts_in_every_group_of_its_partner, enter, leave),
        cmocka_unit_test_setup_teardown(groups_are_kept_in_order_and_taken_apart_again, enter,
                                        leave),
        cmocka_unit_test(a_code_and_a_name_of_a_group_have_their_limits),
        cmocka_unit_test_setup_teardown(so_many_partners_fit_and_not_one_more, enter, leave),
        cmocka_unit_test(groups_and_steps_are_never_published),
        cmocka_unit_test_setup_teardown(each_state_of_a_mobility_is_one_step_of_its_way, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_step_says_who_must_act_since_when_and_how, enter, leave),
        cmocka_unit_test_setup_teardown(partners_stand_by_region_country_and_name, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
