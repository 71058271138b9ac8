#include "eligibility/eligibility_credits.h"

#include <assert.h>

/* A setting of credits is in hundredths in both; the others are whole numbers. */
static void limit_take(const struct dated_row *row, uint32_t *limit)
{
    if (row && row->number >= 0 && row->number <= UINT16_MAX)
        *limit = (uint32_t)row->number;
}

struct credits_limits eligibility_credits(const struct dated *settings, const char *institution,
                                          int64_t day)
{
    struct credits_limits limits = credits_rules_none();
    const struct {
        const char *name;
        uint32_t *limit;
    } rows[] = {
        {"credits.year_max", &limits.year_max},   {"credits.hours_min", &limits.hours_min},
        {"credits.hours_max", &limits.hours_max}, {"credits.whole_only", &limits.whole},
        {"credits.unit_min", &limits.unit_min},   {"credits.week_max", &limits.week_max},
        {"credits.year_days", &limits.year_days}, {"credits.apart", &limits.apart},
    };
    assert(settings && institution);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        limit_take(dated_find(settings, rows[i].name, "", institution, day), rows[i].limit);
    for (size_t i = 0; i < CREDITS_RULES; i++)
        limit_take(dated_find(settings, "severity", credits_rules_row((enum credits_rule)i)->id,
                              institution, day),
                   &limits.severities[i]);
    return limits;
}
