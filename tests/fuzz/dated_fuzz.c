/* links: base seal record rules eligibility */
/* Files of limits: what is refused says where and what is expected; what is taken is within its
 * unit, found again on its days, and no rule asks it for more than it is. */
#include "eligibility/eligibility.h"

#include <assert.h>
#include <string.h>

enum { BUDGET = 8 * 1024 * 1024, SIZE_MAX_READ = 16 * 1024 };

static void refused(const struct dated_refusal *refusal, struct bytes text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.size; i++)
        lines += text.data[i] == '\n';
    assert(refusal->expected && *refusal->expected && refusal->line <= lines);
}

static void within(const struct dated_row *row)
{
    static const int64_t most[DATED_UNITS] = {
        [DATED_DAY] = 100000,     [DATED_MONTH] = 100000, [DATED_HOUR] = 100000,
        [DATED_CREDIT] = 1000099, [DATED_YES] = 1,        [DATED_DATE] = INT64_MAX,
        [DATED_REGION] = 14,      [DATED_SEVERITY] = 2};
    assert(row->from <= row->until && *row->source && strlen(row->source) <= DATED_TEXT_MAX);
    assert((unsigned)row->unit < DATED_UNITS && row->number <= most[row->unit]);
    assert(row->number >= 0 || row->unit == DATED_DATE);
    assert(!*dated_setting_find(row->setting)->of == !*row->of);
}

static void found(void *, const struct eligibility_finding *finding)
{
    assert(finding->severity != ELIGIBILITY_OFF && finding->source);
    assert(finding->answer == ELIGIBILITY_BROKEN ? finding->expected && finding->got
                                                 : finding->missing != NULL);
}

/* All kinds of mobility under these limits, with stays of the same person. */
static void ask(const struct dated *settings, struct arena *arena)
{
    static const struct eligibility_stay stays[] = {{20000, 20400, 6}, {20500, 20501, 7}};
    Peregrin__Call terms = PEREGRIN__CALL__INIT;
    const struct eligibility_call call = {&terms, 20600, false};
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    nomination.start = (char *)"2026-09-01";
    nomination.end = (char *)"2027-01-31";
    nomination.year = (char *)"2026/2027";
    nomination.has_eqf = nomination.has_teaching_hours = nomination.has_ects_hundredths = true;
    nomination.has_years_done = nomination.has_travel_days = true;
    nomination.graduated_on = (char *)"2026-06-30";
    nomination.eqf = 6;
    for (uint32_t kind = 0; kind < 9; kind++) {
        nomination.mobility = kind;
        const struct eligibility_facts facts = {.nomination = &nomination,
                                                .home = "helmo.be",
                                                .host = "ec.europa.eu",
                                                .asks = "helmo.be",
                                                .home_country = "BE",
                                                .host_country = "PL",
                                                .stays = stays,
                                                .stay_count = 2,
                                                .stays_known = true,
                                                .call = &call,
                                                .deadline = 20000,
                                                .said_on = 20001};
        assert(eligibility_check(&facts, settings, arena, found, NULL));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct dated_refusal refusal;
    struct dated *settings;
    const struct dated_row *row;
    if (!arena)
        arena = arena_open(BUDGET);
    assert(arena);
    arena_reset(arena);
    if (size > SIZE_MAX_READ)
        return 0;
    const struct bytes text = {data, size};
    settings = dated_open(arena);
    assert(settings);
    if (dated_add(settings, text, true, &refusal)) {
        refused(&refusal, text);
        return 0;
    }
    arena_reset(arena);
    if (eligibility_settings(text, arena, &settings, &refusal)) {
        refused(&refusal, text);
        return 0;
    }
    for (size_t i = 0; (row = dated_row(settings, i)); i++) {
        within(row);
        if (row->over)
            assert(dated_find(settings, row->setting, row->of, row->institution, row->from));
    }
    ask(settings, arena);
    return 0;
}
