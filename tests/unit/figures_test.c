/* links: base seal record grade trust wire rules channel stream eligibility store engine report plot sheet admin figures */
/* A year in numbers: what is counted is what is there, and what is hidden stays so. */
#include "figures/figures_draw.h"
#include "figures/figures_hide.h"
#include "store/store_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 256 * 1024 * 1024, PARTNERS = 12, ROWS = 700, SEEDS = 30 };

static struct catalogue_institution institutions[PARTNERS];
static char names[PARTNERS][32];
/* The last partner's country is not known. */
static struct catalogue catalogue = {.institutions = institutions,
                                     .institution_count = PARTNERS - 1};

struct fixture {
    struct store *store;
    struct arena *arena;
    struct store_dossier rows[ROWS];
    uint32_t pairs[PARTNERS];
    size_t count;
    size_t known; /* partners that there are, beside the one without a country */
    uint64_t dice;
};

static uint64_t draw(struct fixture *fixture, uint64_t sides)
{
    fixture->dice = fixture->dice * 6364136223846793005u + 1442695040888963407u;
    return (fixture->dice >> 33) % sides;
}

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static void pairs_open(struct fixture *fixture)
{
    expect(fixture->store->begin(fixture->store));
    for (size_t i = 0; i < PARTNERS; i++)
        expect(fixture->store->pair_open(fixture->store, "helmo.be", names[i], &fixture->pairs[i]));
    expect(fixture->store->commit(fixture->store));
}

static int enter(void **state)
{
    static const char *const countries[] = {"BE", "BE", "FR", "KZ"};
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->store = store_memory_open();
    fixture->arena = arena_open(ARENA);
    for (size_t i = 0; i < PARTNERS; i++) {
        snprintf(names[i], sizeof names[i], "uni-%02zu.example", i);
        institutions[i] = (struct catalogue_institution) {
            .schac = names[i], .name = names[i], .country = countries[i % 4]};
    }
    pairs_open(fixture);
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

static struct store_dossier *row_add(struct fixture *fixture, size_t partner, bool incoming,
                                     enum dossier_state state)
{
    struct store_dossier *row = &fixture->rows[fixture->count++];
    *row = (struct store_dossier) {
        .place = {.pair = fixture->pairs[partner], .opened_by_partner = incoming},
        .state = state,
        .facts = {.mobility = 1, .year = 2026, .isced_f = 10613, .nominated = 20000}};
    memcpy(row->place.dossier.bytes, &fixture->count, sizeof fixture->count);
    return row;
}

static void rows_store(struct fixture *fixture)
{
    expect(fixture->store->begin(fixture->store));
    for (size_t i = 0; i < fixture->count; i++)
        expect(fixture->store->dossier_put(fixture->store, &fixture->rows[i]));
    expect(fixture->store->commit(fixture->store));
}

static void store_renew(struct fixture *fixture)
{
    fixture->store->close(fixture->store);
    fixture->store = store_memory_open();
    pairs_open(fixture);
    fixture->count = 0;
}

static void rows_renew(struct fixture *fixture)
{
    size_t count = fixture->count;
    store_renew(fixture);
    fixture->count = count;
    rows_store(fixture);
}

static void rows_draw(struct fixture *fixture, size_t count)
{
    static const enum dossier_state states[] = {
        DOSSIER_PENDING,    DOSSIER_ACCEPTED,   DOSSIER_REFUSED,  DOSSIER_WITHDRAWN,
        DOSSIER_ARRIVED,    DOSSIER_DEPARTED,   DOSSIER_REVOKED,  DOSSIER_TRANSCRIPT,
        DOSSIER_RECOGNISED, DOSSIER_WAITLISTED, DOSSIER_REOPENED, DOSSIER_VOID,
    };
    static const char *const units[] = {"", "LAW", "MED", "=SUM(A1)"};
    store_renew(fixture);
    for (size_t i = 0; i < count; i++) {
        /* Few partners have most students. */
        size_t partner = draw(fixture, 1 + draw(fixture, PARTNERS));
        enum dossier_state state = states[draw(fixture, sizeof states / sizeof *states)];
        struct store_dossier *row = row_add(fixture, partner, draw(fixture, 2), state);
        struct facts *facts = &row->facts;
        facts->year = 2024 + (uint32_t)draw(fixture, 3);
        facts->mobility = (uint32_t)draw(fixture, FIGURES_KINDS);
        facts->isced_f = draw(fixture, 9) ? 10000 + (uint32_t)draw(fixture, 1100) : 0;
        facts->decided = draw(fixture, 2) ? 20000 + (uint32_t)draw(fixture, 500) : 0;
        strcpy(facts->unit, units[draw(fixture, 4)]);
        if (state != DOSSIER_TRANSCRIPT && state != DOSSIER_RECOGNISED)
            continue;
        row->transcript = 1;
        facts->departed = 20100;
        facts->transcribed = 20100 + (uint32_t)draw(fixture, 60);
        facts->passed = (uint32_t)draw(fixture, 3001);
        facts->taken = draw(fixture, 2) ? 3000 : 0;
        facts->recognised = state == DOSSIER_RECOGNISED ? facts->passed / 2 : 0;
        facts->recognised_on = state == DOSSIER_RECOGNISED ? 20200 : 0;
    }
    rows_store(fixture);
}

static void count(struct fixture *fixture, struct figures *out)
{
    const struct figures_ask ask = {.store = fixture->store,
                                    .catalogue = &catalogue,
                                    .own = "helmo.be",
                                    .ways = (1u << FIGURES_BY_COUNT) - 1};
    expect(figures_count(&ask, fixture->arena, out));
}

/* ---- sums ---- */

static bool is_stay(const struct store_dossier *row)
{
    enum dossier_state state = row->state;
    return state == DOSSIER_ACCEPTED || state == DOSSIER_ARRIVED || state == DOSSIER_DEPARTED ||
           state == DOSSIER_TRANSCRIPT || state == DOSSIER_RECOGNISED || state == DOSSIER_REOPENED;
}

/* Counted once more, row by row, in another way. */
static struct figures_side said_by_rows(const struct fixture *fixture, uint32_t year, bool incoming)
{
    struct figures_side side = {0};
    for (size_t i = 0; i < fixture->count; i++) {
        const struct store_dossier *row = &fixture->rows[i];
        const struct facts *facts = &row->facts;
        if (facts->year != year || row->place.opened_by_partner != incoming)
            continue;
        side.nominated++;
        side.stays += is_stay(row);
        side.transcripts += row->transcript > 0;
        side.recognitions += row->state == DOSSIER_RECOGNISED;
        side.passed += facts->passed;
        side.recognised += facts->recognised;
        side.taken += row->transcript ? facts->taken ? 3000 : facts->passed : 0;
        side.decision.count += facts->decided > 0;
        if (facts->decided)
            side.decision.sum += facts->decided - 20000 > 400 ? 400 : facts->decided - 20000;
        side.transcript.count += row->transcript > 0;
        side.transcript.sum += row->transcript ? facts->transcribed - 20100 : 0;
        side.refused += row->state == DOSSIER_REFUSED || row->state == DOSSIER_VOID;
        side.withdrawn += row->state == DOSSIER_WITHDRAWN || row->state == DOSSIER_REVOKED;
        side.open += row->state == DOSSIER_PENDING || row->state == DOSSIER_WAITLISTED;
    }
    return side;
}

static void side_sum(struct figures_side *sum, const struct figures_side *side)
{
    uint64_t to[sizeof *sum / sizeof(uint64_t)], from[sizeof *sum / sizeof(uint64_t)];
    memcpy(to, sum, sizeof *sum);
    memcpy(from, side, sizeof *side);
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        to[i] += from[i];
    memcpy(sum, to, sizeof *sum);
}

static void every_way_of_counting_adds_up_to_the_rows(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        fixture->dice = seed;
        rows_draw(fixture, ROWS);
        count(fixture, &figures);
        assert_int_equal(figures.dossiers, ROWS);
        for (enum figures_by by = 0; by < FIGURES_BY_GROUP; by++)
            for (uint32_t year = 2024; year < 2027; year++)
                for (int way = 0; way < FIGURES_WAYS; way++) {
                    struct figures_side sum = {0}, wanted = said_by_rows(fixture, year, way);
                    size_t lines;
                    const struct figures_line *line = figures_lines(&figures, by, &lines);
                    for (size_t i = 0; i < lines; i++)
                        if (line[i].year == year)
                            side_sum(&sum, &line[i].sides[way]);
                    assert_memory_equal(&sum, &wanted, sizeof sum);
                    assert_int_equal(sum.nominated,
                                     sum.stays + sum.open + sum.refused + sum.withdrawn);
                }
        arena_reset(fixture->arena);
    }
}

static void nothing_is_counted_where_nothing_is(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    struct figures_grants grants = {0};
    struct figures_partners partners = {0};
    struct bytes page;
    for (enum figures_report_kind kind = 0; kind < FIGURES_REPORTS; kind++) {
        struct figures_report report = {.kind = kind,
                                        .own = "helmo.be",
                                        .of = "helmo.be",
                                        .figures = &figures,
                                        .grants = &grants,
                                        .partners = &partners,
                                        .arena = fixture->arena};
        figures_grants_hide(&grants);
        count(fixture, &figures);
        figures_hide(&figures);
        assert_int_equal(figures.dossiers, 0);
        expect(figures_report_fill(&report));
        expect(figures_draw_svg(&report, &page));
        expect(figures_draw_page(&report, &page));
        expect(figures_table_csv(report.tables, report.count, fixture->arena, &page));
    }
}

static void a_year_of_refusals_has_no_stays(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    row_add(fixture, 0, false, DOSSIER_WITHDRAWN);
    row_add(fixture, 1, false, DOSSIER_REFUSED);
    row_add(fixture, 2, false, DOSSIER_REVOKED);
    rows_store(fixture);
    count(fixture, &figures);
    struct figures_line total = figures_total(&figures, 2026);
    assert_int_equal(total.sides[FIGURES_OUT].nominated, 3);
    assert_int_equal(total.sides[FIGURES_OUT].stays, 0);
    assert_int_equal(total.sides[FIGURES_OUT].withdrawn, 2);
    assert_int_equal(total.sides[FIGURES_OUT].refused, 1);
}

/* ---- what is published ---- */

static void one_student_is_not_published(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    row_add(fixture, 0, false, DOSSIER_ACCEPTED);
    rows_store(fixture);
    count(fixture, &figures);
    assert_true(figures.count == FIGURES_BY_GROUP);
    figures_hide(&figures);
    assert_int_equal(figures.count, 1); /* the year, of which nothing is said */
    assert_int_equal(figures.lines[0].sides[FIGURES_OUT].stays, 0);
    assert_int_equal(figures_hide_kinds(&figures, true, 2026, 2).stays, 0);
}

static void a_count_is_the_nearest_multiple_of_five(void **)
{
    static const uint64_t cases[][3] = {{0, 0, 4},    {1, 0, 4},    {4, 0, 4},
                                        {5, 5, 7},    {7, 5, 7},    {8, 10, 12},
                                        {12, 10, 12}, {13, 15, 17}, {35, 35, 37}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(figures_hide_count(cases[i][0]), cases[i][1]);
        assert_int_equal(figures_hide_most(cases[i][0]), cases[i][2]);
    }
}

/* Two partners with four each: a country of eight would tell. */
static void a_country_is_one_less_where_its_partners_have_the_most(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        size_t sizes[2];
        uint64_t shown;
    } cases[] = {{{4, 4}, 5}, {{4, 5}, 10}, {{7, 7}, 15}, {{12, 12}, 25}, {{7, 12}, 20}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct figures figures;
        size_t lines;
        store_renew(fixture);
        for (size_t partner = 0; partner < 2; partner++)
            for (size_t j = 0; j < cases[i].sizes[partner]; j++)
                row_add(fixture, partner, false, DOSSIER_ACCEPTED);
        rows_store(fixture);
        count(fixture, &figures);
        figures_hide(&figures);
        const struct figures_line *line = figures_lines(&figures, FIGURES_BY_COUNTRY, &lines);
        assert_int_equal(lines, 1);
        assert_int_equal(line->sides[FIGURES_OUT].stays, cases[i].shown);
    }
}

/* A target is the sum of its kinds as they are published: it tells nothing more of them. */
static void a_target_gives_no_hidden_kind_away(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    const size_t sizes[FIGURES_KINDS] = {0, 52, 0, 2, 0, 0, 0, 8};
    for (uint32_t kind = 0; kind < FIGURES_KINDS; kind++)
        for (size_t i = 0; i < sizes[kind]; i++)
            row_add(fixture, 0, false, DOSSIER_ACCEPTED)->facts.mobility = kind;
    rows_store(fixture);
    count(fixture, &figures);
    uint32_t students = target_kinds("students"), activity = target_kinds("activity");
    assert_int_equal(figures_hide_kinds(&figures, false, 2026, students).stays, 54);
    figures_hide(&figures);
    assert_int_equal(figures_hide_kinds(&figures, true, 2026, students).stays, 50);
    assert_int_equal(figures_hide_kinds(&figures, true, 2026, activity).stays, 60);
    assert_int_equal(figures_hide_kinds(&figures, true, 2026, activity).least, 48 + 8);
    assert_int_equal(figures_hide_kinds(&figures, true, 2026, 1u << 1).most, 52);
}

/* All that is published of a year: each report, each way of counting. */
static const char *page_of(struct fixture *fixture, const Peregrin__Target *kept,
                           struct figures *counted)
{
    const struct target target = {"students", kept};
    const char *page = "";
    struct figures figures;
    count(fixture, counted);
    count(fixture, &figures);
    figures_hide(&figures);
    for (enum figures_report_kind kind = 0; kind < FIGURES_REPORTS; kind++)
        for (enum figures_by by = 0; by < FIGURES_BY_COUNT; by++) {
            struct figures_report report = {.kind = kind,
                                            .by = by,
                                            .own = "helmo.be",
                                            .of = "helmo.be",
                                            .year = 2026,
                                            .open = true,
                                            .figures = &figures,
                                            .targets = &target,
                                            .target_count = 1,
                                            .arena = fixture->arena};
            struct bytes sheet, plot;
            bool once = by == FIGURES_BY_YEAR || kind == FIGURES_BALANCE;
            if (kind == FIGURES_GRANTS || !once || !figures_report_is_public(kind, by))
                continue;
            expect(figures_report_fill(&report));
            expect(figures_table_csv(report.tables, report.count, fixture->arena, &sheet));
            plot = (struct bytes) {0};
            if (by == FIGURES_BY_COUNTRY || kind != FIGURES_BALANCE)
                expect(figures_draw_svg(&report, &plot));
            page = arena_format(fixture->arena, "%s%s%s", page, arena_text(fixture->arena, sheet),
                                arena_text(fixture->arena, plot));
        }
    assert_non_null(page);
    return page;
}

/* As it could have been of one person. False: it is so, or cannot be. */
static bool row_change(struct store_dossier *row, const struct fixture *fixture, size_t change)
{
    const struct store_dossier before = *row;
    bool less = change >= PARTNERS + FIGURES_KINDS + 2;
    if (less)
        row->facts.recognised_on = 0;
    if (change < PARTNERS)
        row->place.pair = fixture->pairs[change < fixture->known ? change : PARTNERS - 1];
    else if (change < PARTNERS + FIGURES_KINDS)
        row->facts.mobility = (uint32_t)(change - PARTNERS);
    else if (change == PARTNERS + FIGURES_KINDS)
        row->facts.isced_f = 0;
    else if (change == PARTNERS + FIGURES_KINDS + 1)
        *row->facts.unit = 0;
    else if (change == PARTNERS + FIGURES_KINDS + 2)
        row->state = row->transcript ? DOSSIER_TRANSCRIPT : DOSSIER_REVOKED;
    else if (row->transcript) {
        row->state = change % 2 ? DOSSIER_DEPARTED : DOSSIER_REVOKED;
        row->transcript = 0;
        row->facts.transcribed = 0;
    }
    return memcmp(&before, row, sizeof before) != 0;
}

enum {
    CHANGES = PARTNERS + FIGURES_KINDS + 5,
    COUNTS = 3 * FIGURES_WAYS,
    WORLDS = 9,
    FEW_ROWS = 46
};

static void counts_of(const struct figures_line *line, uint64_t counts[static COUNTS])
{
    for (int way = 0; way < FIGURES_WAYS; way++) {
        const struct figures_side *side = line ? &line->sides[way] : &(struct figures_side) {0};
        counts[way] = side->stays;
        counts[FIGURES_WAYS + way] = line && line->by != FIGURES_BY_YEAR ? 0 : side->transcripts;
        counts[2 * FIGURES_WAYS + way] =
            line && line->by != FIGURES_BY_YEAR ? 0 : side->recognitions;
    }
}

static const struct figures_line *same_line(const struct figures *figures,
                                            const struct figures_line *as)
{
    for (size_t i = 0; i < figures->count; i++) {
        const struct figures_line *line = &figures->lines[i];
        if (line->by == as->by && line->year == as->year && strcmp(line->group, as->group) == 0)
            return line;
    }
    return NULL;
}

/* A bit for each count of a line, and for what the year has beside it, that is one to four. */
static unsigned few_of(const struct figures *figures, const struct figures_line *line)
{
    uint64_t counts[COUNTS], whole[COUNTS];
    struct figures_line total = figures_total(figures, line->year);
    unsigned few = 0;
    counts_of(line, counts);
    counts_of(&total, whole);
    for (int i = 0; i < COUNTS; i++) {
        uint64_t rest = i < FIGURES_WAYS ? whole[i] - counts[i] : 0;
        few |= (unsigned)(counts[i] > 0 && counts[i] < FIGURES_LEAST) << i;
        few |= (unsigned)(rest > 0 && rest < FIGURES_LEAST) << (COUNTS + i);
    }
    return few;
}

/* Of those the ones that differ in another year. */
static unsigned differs(const struct figures *one, const struct figures *other,
                        const struct figures_line *line)
{
    uint64_t counts[COUNTS], others[COUNTS], whole[COUNTS], whole_other[COUNTS];
    struct figures_line total = figures_total(one, line->year);
    struct figures_line total_other = figures_total(other, line->year);
    unsigned differing = 0;
    counts_of(line, counts);
    counts_of(same_line(other, line), others);
    counts_of(&total, whole);
    counts_of(&total_other, whole_other);
    for (int i = 0; i < COUNTS; i++) {
        differing |= (unsigned)(counts[i] != others[i]) << i;
        differing |= (unsigned)(whole[i] - counts[i] != whole_other[i] - others[i]) << (COUNTS + i);
    }
    return differing;
}

/* Small years, with many lines that have the most or the least that their number stands for. */
static void world_draw(struct fixture *fixture, uint64_t seed)
{
    fixture->dice = seed;
    rows_draw(fixture, FEW_ROWS);
    fixture->known = seed % 2 ? 4 : PARTNERS;
    for (size_t i = 0; i < fixture->count; i++) {
        struct store_dossier *row = &fixture->rows[i];
        row->facts.year = 2026;
        if (seed % 2)
            row->place.pair = fixture->pairs[draw(fixture, fixture->known)];
        if (seed % 3)
            row->place.opened_by_partner = false;
        if (seed % 4 < 2)
            row->facts.mobility = 1 + (uint32_t)draw(fixture, 2);
        if (row->facts.passed)
            row->facts.passed = row->facts.taken = 30;
        row->facts.recognised = 0;
    }
    rows_renew(fixture);
}

/* Who has every page and knows how they are made cannot tell: it could as well be another number.
 * Not of one count only: of each, by a year that differs by one person. */
static void for_each_small_count_another_year_has_the_same_pages(void **state)
{
    struct fixture *fixture = *state;
    Peregrin__Target none = PEREGRIN__TARGET__INIT;
    struct arena *scratch = arena_open(ARENA);
    size_t asked = 0;
    none.tenths = 200;
    none.kinds = target_kinds("students");
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        struct figures figures, other;
        struct arena *arena = fixture->arena;
        size_t left = 0;
        world_draw(fixture, seed);
        const Peregrin__Target *kept = target_with(&none, 2026, 61, fixture->arena);
        const char *page = page_of(fixture, kept, &figures);
        unsigned *open = arena_take_array(fixture->arena, figures.count, sizeof *open);
        for (size_t i = 0; i < figures.count; i++) {
            open[i] =
                figures.lines[i].by == FIGURES_BY_GROUP ? 0 : few_of(&figures, &figures.lines[i]);
            left += open[i] != 0;
        }
        asked += left;
        for (size_t change = 0; left && change < fixture->count * CHANGES; change++) {
            struct store_dossier *row = &fixture->rows[change / CHANGES];
            const struct store_dossier before = *row;
            if (!row_change(row, fixture, change % CHANGES))
                continue;
            rows_renew(fixture);
            fixture->arena = scratch;
            arena_reset(scratch);
            if (strcmp(page_of(fixture, kept, &other), page) == 0)
                for (size_t i = left = 0; i < figures.count; i++)
                    left += (open[i] &= ~differs(&figures, &other, &figures.lines[i])) != 0;
            *row = before;
            fixture->arena = arena;
        }
        for (size_t i = 0; i < figures.count; i++)
            if (open[i])
                fail_msg("seed %d: %s %s follows: %x", (int)seed,
                         figures_by_code(figures.lines[i].by), figures.lines[i].group, open[i]);
        arena_reset(fixture->arena);
    }
    arena_close(scratch);
    assert_true(asked > 100);
}

/* As a second reader computed it: ten nominated, eight go, two are refused; then five weeks late
 * four transcripts come in a year of thirty-five. */
static void what_was_computed_before_follows_no_more(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    for (size_t i = 0; i < 10; i++)
        row_add(fixture, i % 2, false, i < 8 ? DOSSIER_ACCEPTED : DOSSIER_REFUSED)->facts.decided =
            20003 + (uint32_t)i;
    rows_store(fixture);
    const char *page = page_of(fixture, &(const Peregrin__Target)PEREGRIN__TARGET__INIT, &figures);
    assert_non_null(strstr(page, "\"stays, going out\",10,fewer than 5,fewer than 5"));
    assert_non_null(strstr(page, ",out,,,,,,10,8.0,8.0"));
    for (size_t i = 0; i < 27; i++)
        row_add(fixture, i % 2, false, DOSSIER_ACCEPTED);
    for (size_t i = 0; i < 4; i++) {
        fixture->rows[i].state = DOSSIER_TRANSCRIPT;
        fixture->rows[i].transcript = 1;
        fixture->rows[i].facts.passed = 3000;
    }
    rows_store(fixture);
    page = page_of(fixture, &(const Peregrin__Target)PEREGRIN__TARGET__INIT, &figures);
    assert_non_null(strstr(page, "\"stays, going out\",35,"));
    assert_non_null(strstr(page, "transcripts received,fewer than 5,"));
    assert_null(strstr(page, "120.00"));
}

/* ---- numbers ---- */

static void a_median_is_the_middle(void **)
{
    assert_int_equal(figures_median_twice((const uint32_t[]) {0, 0, 0}, 3), 0);
    assert_int_equal(figures_median_twice((const uint32_t[]) {0, 1, 0}, 3), 2);
    assert_int_equal(figures_median_twice((const uint32_t[]) {0, 1, 1}, 3), 3);
    assert_int_equal(figures_median_twice((const uint32_t[]) {5, 1, 4}, 3), 1);
    assert_int_equal(figures_median_twice((const uint32_t[]) {4, 1, 4}, 3), 2);
}

static void shares_are_exact_and_shown_with_one_decimal(void **state)
{
    struct fixture *fixture = *state;
    const struct {
        uint64_t over, under;
        const char *text;
    } cases[] = {{1, 3, "33.3"}, {2, 3, "66.7"},  {1, 2000, "0.1"}, {1, 2001, "0.0"},
                 {0, 7, "0.0"},  {7, 7, "100.0"}, {1, 0, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct figures_cell cell = {.number = (int64_t)cases[i].over,
                                          .under = cases[i].under};
        assert_string_equal(figures_table_text(&cell, FIGURES_SHARE, fixture->arena),
                            cases[i].text);
    }
}

/* 20 % of 605 are 121: reached at 121, not at 120, though 19.8 and 20.0 are shown. */
static void a_target_is_reached_at_its_share_exactly(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    Peregrin__Target none = PEREGRIN__TARGET__INIT;
    none.tenths = 200;
    none.kinds = target_kinds("students");
    const Peregrin__Target *kept = target_with(&none, 2026, 605, fixture->arena);
    const struct target target = {"students", kept};
    for (size_t i = 0; i < 121; i++) {
        row_add(fixture, i % PARTNERS, false, DOSSIER_ACCEPTED);
        rows_store(fixture);
    }
    for (int less = 0; less < 2; less++) {
        struct figures_report report = {.kind = FIGURES_TARGETS,
                                        .own = "helmo.be",
                                        .of = "helmo.be",
                                        .figures = &figures,
                                        .targets = &target,
                                        .target_count = 1,
                                        .arena = fixture->arena};
        fixture->rows[0].state = less ? DOSSIER_WITHDRAWN : DOSSIER_ACCEPTED;
        rows_store(fixture);
        count(fixture, &figures);
        expect(figures_report_fill(&report));
        assert_int_equal(report.tables[0].count, 1);
        assert_string_equal(report.tables[0].rows[0][6].text, less ? "no" : "yes");
    }
}

static void a_formula_in_a_department_is_made_harmless(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    struct bytes sheet;
    fixture->dice = 3;
    rows_draw(fixture, ROWS);
    count(fixture, &figures);
    struct figures_report report = {.kind = FIGURES_ANNUAL,
                                    .own = "helmo.be",
                                    .of = "helmo.be",
                                    .year = 2025,
                                    .figures = &figures,
                                    .arena = fixture->arena};
    expect(figures_report_fill(&report));
    expect(figures_table_csv(report.tables, report.count, fixture->arena, &sheet));
    const char *text = arena_text(fixture->arena, sheet);
    assert_non_null(strstr(text, ",'=SUM(A1)"));
    assert_null(strstr(text, ",=SUM"));
    assert_null(strstr(text, ",'-")); /* a negative balance stays a number */
    assert_non_null(strstr(text, ",-"));
    const char *keep = getenv("FIGURES_PAGE");
    struct bytes page;
    expect(figures_draw_page(&report, &page));
    assert_non_null(strstr(arena_text(fixture->arena, page), "</html>"));
    FILE *file = keep ? fopen(keep, "w") : NULL;
    if (file) {
        fwrite(page.data, 1, page.size, file);
        fclose(file);
    }
}

/* Cells of a line; the reports of these tests quote none. */
static size_t cells_of(const char *line)
{
    size_t cells = 1;
    for (; *line && *line != '\n' && *line != '\r'; line++)
        cells += *line == ',';
    return cells;
}

static const char *line_after(const char *line)
{
    const char *end = strchr(line, '\n');
    return end && end[1] ? end + 1 : NULL;
}

/* So that a program reads all of a report with one line of titles. */
static void a_sheet_is_one_table_whatever_the_report_has(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    struct bytes sheet;
    rows_draw(fixture, ROWS);
    count(fixture, &figures);
    for (enum figures_report_kind kind = FIGURES_BALANCE; kind <= FIGURES_ANNUAL; kind++) {
        struct figures_report report = {.kind = kind,
                                        .own = "helmo.be",
                                        .of = "helmo.be",
                                        .by = FIGURES_BY_KIND,
                                        .year = 2025,
                                        .figures = &figures,
                                        .arena = fixture->arena};
        size_t rows = 0, lines = 0;
        expect(figures_report_fill(&report));
        expect(figures_table_csv(report.tables, report.count, fixture->arena, &sheet));
        for (size_t i = 0; i < report.count; i++)
            rows += report.tables[i].count;
        const char *text = arena_text(fixture->arena, sheet), *line = text;
        if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
            line = text = text + 3;
        assert_int_equal(strncmp(text, "table,", 6), 0);
        for (; line; line = line_after(line), lines++)
            if (!strchr(line, '"') || strchr(line, '"') > strchr(line, '\n'))
                assert_int_equal(cells_of(line), cells_of(text));
        assert_int_equal(lines, rows + 1);
        for (size_t i = 0; i < report.count; i++)
            for (size_t j = 0; j < report.tables[i].column_count; j++)
                assert_non_null(strstr(text, report.tables[i].columns[j]->name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_way_of_counting_adds_up_to_the_rows, enter, leave),
        cmocka_unit_test_setup_teardown(nothing_is_counted_where_nothing_is, enter, leave),
        cmocka_unit_test_setup_teardown(a_year_of_refusals_has_no_stays, enter, leave),
        cmocka_unit_test_setup_teardown(one_student_is_not_published, enter, leave),
        cmocka_unit_test(a_count_is_the_nearest_multiple_of_five),
        cmocka_unit_test_setup_teardown(a_country_is_one_less_where_its_partners_have_the_most,
                                        enter, leave),
        cmocka_unit_test_setup_teardown(for_each_small_count_another_year_has_the_same_pages, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(what_was_computed_before_follows_no_more, enter, leave),
        cmocka_unit_test_setup_teardown(a_target_gives_no_hidden_kind_away, enter, leave),
        cmocka_unit_test(a_median_is_the_middle),
        cmocka_unit_test_setup_teardown(shares_are_exact_and_shown_with_one_decimal, enter, leave),
        cmocka_unit_test_setup_teardown(a_target_is_reached_at_its_share_exactly, enter, leave),
        cmocka_unit_test_setup_teardown(a_sheet_is_one_table_whatever_the_report_has, enter, leave),
        cmocka_unit_test_setup_teardown(a_formula_in_a_department_is_made_harmless, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
