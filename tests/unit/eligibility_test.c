/* links: base seal record rules eligibility */
/* Every rule of eligibility on both sides of its limit, by one table; how days and months are
 * counted; and that settings are taken by the day. */
#include "eligibility/eligibility.h"
#include "base/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

enum { STAYS = 3, HOLDS = ELIGIBILITY_HOLDS, BROKEN = ELIGIBILITY_BROKEN };
enum { UNCHECKED = ELIGIBILITY_UNCHECKED, OUT = ELIGIBILITY_OUT };
enum {
    STUDIES = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES,
    TRAINEESHIP = PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP,
    BLENDED = PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED,
    DOCTORAL = PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL,
    TEACHING = PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING,
    TRAINING = PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING,
    VIRTUAL = PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL,
};

/* What is not said is as in a mobility that breaks no rule: a student of EQF 6 in field 0613, from
 * helmo.be to upwr.pl, from 1 September 2027 to 31 January 2028, with condition `c1`. */
struct example {
    const char *rule;
    int answer;
    uint32_t kind;
    const char *start, *end; /* "-": none */
    uint32_t term, eqf;
    const char *year, *field, *nationality;         /* "-": none */
    const char *home_country, *host_country, *host; /* "-": none */
    const char *agreement;                          /* "-": the nomination names none */
    const char *noticed;                            /* the last year of the agreement, by notice */
    bool unknown, not_in_force, no_condition, no_charter;     /* of the agreement */
    bool backward, blended_too, quota_0, uncounted, no_skill; /* of its condition */
    uint32_t level_allowed;
    int places_taken;
    const char *field_allowed, *skill;
    struct {
        const char *first, *last;
        uint32_t eqf;
    } stays[STAYS];
    bool stays_unknown, one_tier;
    int virtual_part, hundredths, hours; /* below 0: not said */
    int travel_days;                     /* likewise */
    bool first_year, years_unknown;      /* of study: still in it */
    bool with_training, green;
    const char *degree;
    const char *applied, *project_end, *deadline, *said_on;
    const char *opens, *closes, *closed_on, *call_country; /* of the call */
    uint32_t call_kind, call_level, notice_months;
    const char *term_first, *term_last;
    bool own_country, no_call, applies_now, asks_host;
    const char *over; /* rows of the institution's file */
    const char *expected, *got;
};

static const struct example examples[] = {
    /* ---- 1 the agreement */
    {.rule = "agreement.named", .answer = HOLDS},
    {.rule = "agreement.named",
     .answer = BROKEN,
     .agreement = "-",
     .expected = "an agreement of the two institutions",
     .got = "none"},
    {.rule = "agreement.named",
     .answer = BROKEN,
     .agreement = "LIEGE-2019-12",
     .unknown = true,
     .expected = "an agreement that is kept here, and one of its conditions",
     .got = "a reference of none that is in force here"},
    {.rule = "agreement.force", .answer = HOLDS},
    {.rule = "agreement.force", .answer = BROKEN, .not_in_force = true},
    {.rule = "agreement.force", .answer = UNCHECKED, .unknown = true},
    {.rule = "agreement.condition", .answer = HOLDS},
    {.rule = "agreement.condition", .answer = BROKEN, .no_condition = true},
    {.rule = "agreement.kind", .answer = HOLDS},
    {.rule = "agreement.kind",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .expected = "studies",
     .got = "traineeship"},
    {.rule = "agreement.kind", .answer = HOLDS, .kind = BLENDED, .blended_too = true},
    {.rule = "agreement.kind", .answer = BROKEN, .kind = BLENDED},
    {.rule = "agreement.direction", .answer = HOLDS},
    {.rule = "agreement.direction",
     .answer = BROKEN,
     .backward = true,
     .expected = "sent by upwr.pl",
     .got = "sent by helmo.be"},
    {.rule = "agreement.year", .answer = HOLDS, .year = "2026/2027"},
    {.rule = "agreement.year", .answer = HOLDS, .year = "2028/2029"},
    {.rule = "agreement.year",
     .answer = BROKEN,
     .year = "2025/2026",
     .expected = "2026/2027 to 2028/2029",
     .got = "2025/2026"},
    {.rule = "agreement.year", .answer = BROKEN, .year = "2029/2030"},
    {.rule = "agreement.year", .answer = HOLDS, .year = "2027/2028", .noticed = "2027/2028"},
    {.rule = "agreement.year",
     .answer = BROKEN,
     .year = "2028/2029",
     .noticed = "2027/2028",
     .expected = "2026/2027 to 2027/2028",
     .got = "2028/2029"},
    {.rule = "agreement.field", .answer = HOLDS, .field_allowed = "06"},
    {.rule = "agreement.field", .answer = HOLDS, .field_allowed = "0613"},
    {.rule = "agreement.field",
     .answer = BROKEN,
     .field_allowed = "0612",
     .expected = "0612",
     .got = "0613"},
    {.rule = "agreement.level", .answer = HOLDS, .level_allowed = 6},
    {.rule = "agreement.level",
     .answer = BROKEN,
     .level_allowed = 7,
     .expected = "EQF 7",
     .got = "EQF 6"},
    {.rule = "agreement.language", .answer = HOLDS, .skill = "B2"},
    {.rule = "agreement.language", .answer = HOLDS, .skill = "B1"},
    {.rule = "agreement.language", .answer = BROKEN, .skill = "A2", .expected = "en B1"},
    {.rule = "agreement.language",
     .answer = BROKEN,
     .no_skill = true,
     .expected = "en B1",
     .got = "no language is stated"},
    {.rule = "agreement.places", .answer = HOLDS, .places_taken = 3},
    {.rule = "agreement.places",
     .answer = BROKEN,
     .places_taken = 4,
     .expected = "at most 4 places in the year",
     .got = "this would be the 5th"},
    {.rule = "agreement.places",
     .answer = BROKEN,
     .places_taken = 20,
     .got = "this would be the 21st"},
    {.rule = "agreement.places",
     .answer = BROKEN,
     .places_taken = 10,
     .got = "this would be the 11th"},
    {.rule = "agreement.places",
     .answer = BROKEN,
     .quota_0 = true,
     .expected = "at most 0 places in the year",
     .got = "this would be the 1st"},
    {.rule = "agreement.places", .answer = BROKEN, .quota_0 = true, .uncounted = true},
    {.rule = "agreement.places", .answer = UNCHECKED, .uncounted = true},
    /* ---- 2 the charter */
    {.rule = "charter.home", .answer = HOLDS},
    {.rule = "charter.home", .answer = UNCHECKED, .no_charter = true},
    {.rule = "charter.home",
     .answer = HOLDS,
     .over = "charter,helmo.be,2021-01-01,2027-09-01,yes,yes,list\n"},
    {.rule = "charter.home",
     .answer = BROKEN,
     .over = "charter,helmo.be,2021-01-01,2027-08-31,yes,yes,list\n",
     .got = "none of helmo.be"},
    {.rule = "charter.home", .answer = OUT, .home_country = "KZ", .no_charter = true},
    {.rule = "charter.host", .answer = HOLDS, .over = "charter,upwr.pl,2027-09-01,,yes,yes,list\n"},
    {.rule = "charter.host",
     .answer = BROKEN,
     .over = "charter,upwr.pl,2027-09-02,,yes,yes,list\n"},
    {.rule = "charter.host", .answer = BROKEN, .over = "charter,upwr.pl,,,no,yes,list\n"},
    {.rule = "charter.host", .answer = OUT, .host_country = "KZ", .no_charter = true},
    /* ---- 3 how long: 59 and 60 days, on both sides of a 29 February */
    {.rule = "duration.study.min", .answer = HOLDS, .start = "2027-09-01", .end = "2027-10-30"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2027-09-01",
     .end = "2027-10-29",
     .expected = "at least 60 days",
     .got = "59 days"},
    {.rule = "duration.study.min", .answer = HOLDS, .start = "2028-02-01", .end = "2028-03-31"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2027-02-01",
     .end = "2027-03-31",
     .got = "59 days"},
    {.rule = "duration.study.min",
     .answer = HOLDS,
     .start = "2027-02-01",
     .end = "2027-03-31",
     .over = "duration.min,studies,,,2,month,months as the calendar has them\n"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2027-02-01",
     .end = "2027-03-29",
     .over = "duration.min,studies,,,2,month,months as the calendar has them\n",
     .expected = "at least 2 months",
     .got = "59 days in months of 30 days"},
    /* "or one academic term" */
    {.rule = "duration.study.min", .answer = HOLDS, .start = "-", .end = "-", .term = 1},
    {.rule = "duration.study.min", .answer = UNCHECKED, .start = "-", .end = "-"},
    {.rule = "duration.study.min",
     .answer = HOLDS,
     .start = "2027-10-10",
     .end = "2027-12-04",
     .term = 1,
     .term_first = "2027-10-10",
     .term_last = "2027-12-04"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2027-10-11",
     .end = "2027-12-04",
     .term = 1,
     .term_first = "2027-10-10",
     .term_last = "2027-12-04",
     .got = "55 days"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2027-10-10",
     .end = "2027-12-04",
     .term = 1,
     .term_first = "2027-10-10",
     .term_last = "2027-12-04",
     .over = "duration.term,studies,,,no,yes,our rules\n"},
    /* Three months before 2021, by the first day. */
    {.rule = "duration.study.min", .answer = HOLDS, .start = "2020-10-01", .end = "2020-12-29"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2020-10-01",
     .end = "2020-12-28",
     .expected = "at least 90 days",
     .got = "89 days"},
    {.rule = "duration.study.min",
     .answer = BROKEN,
     .start = "2020-12-31",
     .end = "2021-03-29",
     .got = "89 days"},
    {.rule = "duration.study.min", .answer = HOLDS, .start = "2021-01-01", .end = "2021-03-01"},
    {.rule = "duration.study.max", .answer = HOLDS, .start = "2027-09-01", .end = "2028-08-31"},
    {.rule = "duration.study.max", .answer = HOLDS, .start = "2026-09-01", .end = "2027-08-31"},
    {.rule = "duration.study.max",
     .answer = BROKEN,
     .start = "2027-09-01",
     .end = "2028-09-01",
     .expected = "at most 12 months",
     .got = "361 days in months of 30 days"},
    {.rule = "duration.study.max", .answer = HOLDS, .start = "2028-02-29", .end = "2029-02-27"},
    {.rule = "duration.study.max", .answer = BROKEN, .start = "2028-02-29", .end = "2029-02-28"},
    {.rule = "duration.traineeship.min",
     .answer = HOLDS,
     .kind = TRAINEESHIP,
     .start = "2027-09-01",
     .end = "2027-10-30"},
    {.rule = "duration.traineeship.min",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .start = "2027-09-01",
     .end = "2027-10-29"},
    {.rule = "duration.traineeship.min",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .start = "2027-09-01",
     .end = "2027-10-29",
     .term = 1,
     .got = "59 days"},
    {.rule = "duration.traineeship.max",
     .answer = HOLDS,
     .kind = TRAINEESHIP,
     .start = "2027-09-15",
     .end = "2028-09-14"},
    {.rule = "duration.traineeship.max",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .start = "2027-09-15",
     .end = "2028-09-15"},
    {.rule = "duration.blended.min",
     .answer = HOLDS,
     .kind = BLENDED,
     .start = "2027-07-05",
     .end = "2027-07-09"},
    {.rule = "duration.blended.min",
     .answer = BROKEN,
     .kind = BLENDED,
     .start = "2027-07-05",
     .end = "2027-07-08",
     .expected = "at least 5 days",
     .got = "4 days"},
    {.rule = "duration.blended.max",
     .answer = HOLDS,
     .kind = BLENDED,
     .start = "2027-07-01",
     .end = "2027-07-30"},
    {.rule = "duration.blended.max",
     .answer = BROKEN,
     .kind = BLENDED,
     .start = "2027-07-01",
     .end = "2027-07-31",
     .expected = "at most 30 days",
     .got = "31 days"},
    {.rule = "blended.virtual", .answer = HOLDS, .kind = BLENDED, .virtual_part = 1},
    {.rule = "blended.virtual", .answer = BROKEN, .kind = BLENDED},
    {.rule = "blended.virtual", .answer = UNCHECKED, .kind = BLENDED, .virtual_part = -1},
    {.rule = "blended.credits", .answer = HOLDS, .kind = BLENDED, .hundredths = 300},
    {.rule = "blended.credits",
     .answer = BROKEN,
     .kind = BLENDED,
     .hundredths = 299,
     .expected = "at least 3 ECTS",
     .got = "2.99 ECTS"},
    {.rule = "blended.credits",
     .answer = BROKEN,
     .kind = BLENDED,
     .hundredths = 250,
     .got = "2.5 ECTS"},
    {.rule = "blended.credits", .answer = UNCHECKED, .kind = BLENDED, .hundredths = -1},
    {.rule = "duration.doctoral.min",
     .answer = HOLDS,
     .kind = DOCTORAL,
     .start = "2028-02-26",
     .end = "2028-03-01"},
    {.rule = "duration.doctoral.min",
     .answer = HOLDS,
     .kind = DOCTORAL,
     .start = "2027-02-25",
     .end = "2027-03-01"},
    {.rule = "duration.doctoral.min",
     .answer = BROKEN,
     .kind = DOCTORAL,
     .start = "2027-02-26",
     .end = "2027-03-01"},
    {.rule = "duration.doctoral.max",
     .answer = HOLDS,
     .kind = DOCTORAL,
     .start = "2027-02-01",
     .end = "2027-03-02"},
    {.rule = "duration.doctoral.max",
     .answer = BROKEN,
     .kind = DOCTORAL,
     .start = "2027-02-01",
     .end = "2027-03-03"},
    {.rule = "duration.staff.min",
     .answer = HOLDS,
     .kind = TRAINING,
     .start = "2027-05-03",
     .end = "2027-05-04"},
    {.rule = "duration.staff.min",
     .answer = BROKEN,
     .kind = TRAINING,
     .start = "2027-05-03",
     .end = "2027-05-03",
     .expected = "at least 2 days",
     .got = "1 day"},
    {.rule = "duration.staff.max",
     .answer = HOLDS,
     .kind = TEACHING,
     .start = "2027-05-01",
     .end = "2027-06-29"},
    {.rule = "duration.staff.max",
     .answer = BROKEN,
     .kind = TEACHING,
     .start = "2027-05-01",
     .end = "2027-06-30"},
    /* A stay of 4 days wants the 8 hours of a week; 14 days 16; 10 days 80/7. */
    /* Four hours a week where training is combined with it: of nine days 5 1/7 in all. */
    {.rule = "teaching.hours",
     .answer = HOLDS,
     .kind = TEACHING,
     .end = "2027-09-05",
     .with_training = true,
     .hours = 4},
    {.rule = "teaching.hours",
     .answer = BROKEN,
     .kind = TEACHING,
     .end = "2027-09-05",
     .with_training = true,
     .hours = 3,
     .expected = "at least 4 hours",
     .got = "3 hours"},
    {.rule = "teaching.hours",
     .answer = BROKEN,
     .kind = TEACHING,
     .end = "2027-09-09",
     .with_training = true,
     .hours = 5,
     .expected = "at least 5 1/7 hours"},
    {.rule = "duration.travel", .answer = HOLDS, .kind = TEACHING, .travel_days = 2},
    {.rule = "duration.travel",
     .answer = BROKEN,
     .kind = TEACHING,
     .travel_days = 3,
     .expected = "at most 2 days",
     .got = "3 days"},
    {.rule = "duration.travel", .answer = HOLDS, .kind = BLENDED, .travel_days = 6, .green = true},
    {.rule = "duration.travel",
     .answer = BROKEN,
     .kind = BLENDED,
     .travel_days = 7,
     .green = true,
     .expected = "at most 6 days"},
    {.rule = "duration.travel", .answer = OUT, .kind = DOCTORAL, .travel_days = -1},
    {.rule = "duration.travel", .answer = OUT, .travel_days = 9},
    {.rule = "teaching.hours",
     .answer = HOLDS,
     .kind = TEACHING,
     .hours = 8,
     .start = "2027-05-03",
     .end = "2027-05-06"},
    {.rule = "teaching.hours",
     .answer = BROKEN,
     .kind = TEACHING,
     .hours = 7,
     .start = "2027-05-03",
     .end = "2027-05-06",
     .expected = "at least 8 hours",
     .got = "7 hours"},
    {.rule = "teaching.hours",
     .answer = HOLDS,
     .kind = TEACHING,
     .hours = 16,
     .start = "2027-05-03",
     .end = "2027-05-16"},
    {.rule = "teaching.hours",
     .answer = BROKEN,
     .kind = TEACHING,
     .hours = 15,
     .start = "2027-05-03",
     .end = "2027-05-16"},
    {.rule = "teaching.hours",
     .answer = HOLDS,
     .kind = TEACHING,
     .hours = 12,
     .start = "2027-05-03",
     .end = "2027-05-12"},
    {.rule = "teaching.hours",
     .answer = BROKEN,
     .kind = TEACHING,
     .hours = 11,
     .start = "2027-05-03",
     .end = "2027-05-12",
     .expected = "at least 11 3/7 hours"},
    {.rule = "teaching.hours", .answer = UNCHECKED, .kind = TEACHING, .hours = -1},
    /* 12 months of a cycle, EQF 5 with 6; studies and traineeship together */
    {.rule = "duration.cycle",
     .answer = HOLDS,
     .start = "2027-09-01",
     .end = "2028-02-29",
     .stays = {{"2026-03-01", "2026-08-31", 5}}},
    {.rule = "duration.cycle",
     .answer = BROKEN,
     .start = "2027-09-01",
     .end = "2028-03-01",
     .stays = {{"2026-03-01", "2026-08-31", 5}},
     .expected = "at most 12 months",
     .got = "361 days in months of 30 days"},
    {.rule = "duration.cycle",
     .answer = HOLDS,
     .start = "2027-09-01",
     .end = "2028-03-01",
     .stays = {{"2024-09-01", "2025-08-31", 7}}},
    {.rule = "duration.cycle",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .start = "2027-07-01",
     .end = "2027-08-31",
     .stays = {{"2025-09-01", "2026-06-30", 6}, {"2026-07-01", "2026-07-01", 6}}},
    {.rule = "duration.cycle",
     .answer = HOLDS,
     .one_tier = true,
     .eqf = 7,
     .start = "2027-09-01",
     .end = "2028-08-31",
     .stays = {{"2025-09-01", "2026-08-31", 6}}},
    {.rule = "duration.cycle",
     .answer = BROKEN,
     .one_tier = true,
     .eqf = 7,
     .start = "2027-09-01",
     .end = "2028-09-01",
     .stays = {{"2025-09-01", "2026-08-31", 6}},
     .expected = "at most 24 months",
     .got = "721 days in months of 30 days"},
    {.rule = "duration.cycle", .answer = UNCHECKED, .stays_unknown = true},
    {.rule = "duration.cycle", .answer = UNCHECKED, .eqf = 4},
    {.rule = "duration.total",
     .answer = HOLDS,
     .eqf = 8,
     .start = "2027-09-01",
     .end = "2028-08-31",
     .stays = {{"2020-09-01", "2021-08-31", 6}, {"2023-09-01", "2024-08-31", 7}}},
    {.rule = "duration.total",
     .answer = BROKEN,
     .eqf = 8,
     .start = "2027-09-01",
     .end = "2028-08-31",
     .stays = {{"2020-09-01", "2021-08-31", 6}, {"2023-09-01", "2024-09-01", 7}},
     .expected = "at most 36 months",
     .got = "1081 days in months of 30 days"},
    {.rule = "duration.total", .answer = UNCHECKED, .stays_unknown = true},
    /* ---- 4 where */
    {.rule = "place.home", .answer = HOLDS},
    {.rule = "place.home", .answer = BROKEN, .host_country = "BE", .got = "BE"},
    {.rule = "place.home", .answer = OUT, .kind = VIRTUAL, .host_country = "BE"},
    {.rule = "place.home", .answer = UNCHECKED, .host_country = "-"},
    {.rule = "place.origin", .answer = HOLDS, .nationality = "BE"},
    {.rule = "place.origin",
     .answer = BROKEN,
     .nationality = "PL",
     .expected = "another country than the participant's own",
     .got = "the same"},
    {.rule = "place.origin", .answer = OUT, .nationality = "PL", .own_country = true},
    {.rule = "place.origin", .answer = OUT, .nationality = "PL", .kind = TRAINING},
    {.rule = "place.origin", .answer = UNCHECKED, .nationality = "-"},
    {.rule = "place.country", .answer = HOLDS, .host_country = "TR"},
    {.rule = "place.country", .answer = HOLDS, .host_country = "KZ"},
    {.rule = "place.country", .answer = BROKEN, .host_country = "AQ", .got = "AQ, in neither"},
    {.rule = "place.country",
     .answer = HOLDS,
     .host_country = "AQ",
     .over = "country,AQ,2027-09-01,,region-14,region,our own money\n"},
    {.rule = "place.host", .answer = HOLDS, .kind = TRAINEESHIP, .host = "neuropa.eu"},
    {.rule = "place.host", .answer = BROKEN, .kind = TRAINEESHIP, .host = "europa.eu"},
    {.rule = "place.host", .answer = BROKEN, .kind = TRAINEESHIP, .host = "jrc.ec.europa.eu"},
    {.rule = "place.host", .answer = OUT, .kind = STUDIES, .host = "europa.eu"},
    /* ---- 5 the call */
    {.rule = "call.window",
     .answer = HOLDS,
     .opens = "2027-02-01",
     .closes = "2027-03-31",
     .applied = "2027-02-01"},
    {.rule = "call.window",
     .answer = BROKEN,
     .opens = "2027-02-01",
     .closes = "2027-03-31",
     .applied = "2027-01-31",
     .expected = "an application from 2027-02-01 to 2027-03-31",
     .got = "2027-01-31"},
    {.rule = "call.window", .answer = HOLDS, .closes = "2027-03-31", .applied = "2027-03-31"},
    {.rule = "call.window",
     .answer = BROKEN,
     .closes = "2027-03-31",
     .applied = "2027-04-01",
     .expected = "an application from ever to 2027-03-31"},
    /* By hand, before its time: who comes later, even on that day, comes too late. */
    {.rule = "call.window", .answer = HOLDS, .closed_on = "2027-03-01", .applied = "2027-03-01"},
    {.rule = "call.window", .answer = BROKEN, .closed_on = "2027-03-01", .applied = "2027-03-02"},
    {.rule = "call.window",
     .answer = BROKEN,
     .closed_on = "2027-03-01",
     .applied = "2027-03-01",
     .applies_now = true},
    {.rule = "call.window", .answer = OUT, .opens = "2027-02-01"},
    {.rule = "call.kind", .answer = HOLDS, .call_kind = STUDIES},
    {.rule = "call.kind",
     .answer = BROKEN,
     .call_kind = TRAINING,
     .expected = "training",
     .got = "studies"},
    {.rule = "call.kind", .answer = OUT},
    {.rule = "call.level", .answer = HOLDS, .call_level = 6},
    {.rule = "call.level",
     .answer = BROKEN,
     .call_level = 7,
     .expected = "level 7",
     .got = "level 6"},
    {.rule = "call.level", .answer = OUT},
    {.rule = "call.country", .answer = HOLDS, .call_country = "PL"},
    {.rule = "call.country", .answer = BROKEN, .call_country = "CZ", .expected = "CZ", .got = "PL"},
    {.rule = "call.country", .answer = UNCHECKED, .call_country = "PL", .host_country = "-"},
    {.rule = "call.country", .answer = OUT, .no_call = true},
    /* The host of a mobility does not ask how the home gives its grants. */
    {.rule = "call.country", .answer = OUT, .call_country = "CZ", .asks_host = true},
    {.rule = "call.notice", .answer = OUT, .applied = "2027-08-31", .asks_host = true},
    /* Two months after 30 December end in February. */
    {.rule = "call.notice", .answer = HOLDS, .applied = "2027-07-01"},
    {.rule = "call.notice",
     .answer = BROKEN,
     .applied = "2027-07-02",
     .expected = "a departure not before 2027-09-02",
     .got = "2027-09-01"},
    {.rule = "call.notice",
     .answer = HOLDS,
     .applied = "2027-12-30",
     .start = "2028-02-29",
     .end = "2028-06-30"},
    {.rule = "call.notice",
     .answer = BROKEN,
     .applied = "2027-12-30",
     .start = "2028-02-28",
     .end = "2028-06-30"},
    {.rule = "call.notice", .answer = UNCHECKED},
    {.rule = "call.notice", .answer = UNCHECKED, .no_call = true},
    {.rule = "call.notice", .answer = UNCHECKED, .applied = "2027-07-01", .start = "-", .end = "-"},
    {.rule = "call.notice", .answer = OUT, .kind = VIRTUAL, .applied = "2027-08-31"},
    /* The call's own notice counts before the one that is set for all. */
    {.rule = "call.notice", .answer = HOLDS, .applied = "2027-06-01", .notice_months = 3},
    {.rule = "call.notice",
     .answer = BROKEN,
     .applied = "2027-06-02",
     .notice_months = 3,
     .expected = "a departure not before 2027-09-02"},
    {.rule = "call.notice", .answer = HOLDS, .applied = "2027-08-01", .notice_months = 1},
    {.rule = "call.project_end", .answer = HOLDS, .project_end = "2028-01-31"},
    {.rule = "call.project_end",
     .answer = BROKEN,
     .project_end = "2028-01-30",
     .expected = "an end not after 2028-01-30",
     .got = "2028-01-31"},
    {.rule = "call.project_end",
     .answer = BROKEN,
     .start = "2026-02-01",
     .end = "2026-08-01",
     .over = "call.project_end,,2024-06-01,2026-07-31,2026-07-31,date,our grant agreement\n"},
    {.rule = "call.project_end",
     .answer = HOLDS,
     .start = "2026-02-01",
     .end = "2026-07-31",
     .over = "call.project_end,,2024-06-01,2026-07-31,2026-07-31,date,our grant agreement\n"},
    /* ---- 6 deadlines */
    {.rule = "deadline.partner",
     .answer = HOLDS,
     .deadline = "2027-05-15",
     .said_on = "2027-05-15"},
    {.rule = "deadline.partner",
     .answer = BROKEN,
     .deadline = "2027-05-15",
     .said_on = "2027-05-16",
     .expected = "not after 2027-05-15",
     .got = "2027-05-16"},
    {.rule = "deadline.partner", .answer = UNCHECKED},
    {.rule = "deadline.partner", .answer = UNCHECKED, .deadline = "2027-05-15"},
    /* ---- 7 who */
    {.rule = "study.first_year", .answer = HOLDS},
    {.rule = "study.first_year",
     .answer = BROKEN,
     .first_year = true,
     .expected = "at least 1 year of study",
     .got = "none completed"},
    {.rule = "study.first_year", .answer = UNCHECKED, .years_unknown = true},
    {.rule = "study.first_year", .answer = BROKEN, .eqf = 5, .first_year = true},
    {.rule = "study.first_year", .answer = OUT, .eqf = 7, .first_year = true},
    {.rule = "study.first_year", .answer = OUT, .kind = TRAINEESHIP, .first_year = true},
    {.rule = "study.first_year",
     .answer = OUT,
     .over = "study.first_year,studies,2021-01-01,,no,yes,our senate\n"},
    {.rule = "graduate.within", .answer = HOLDS, .kind = TRAINEESHIP, .degree = "2027-01-31"},
    {.rule = "graduate.within",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .degree = "2027-01-30",
     .expected = "an end not after 2028-01-30",
     .got = "2028-01-31"},
    /* A degree on a leap day: the year ends on the last of February. */
    {.rule = "graduate.within",
     .answer = HOLDS,
     .kind = TRAINEESHIP,
     .degree = "2028-02-29",
     .start = "2028-09-01",
     .end = "2029-02-28"},
    {.rule = "graduate.within",
     .answer = BROKEN,
     .kind = TRAINEESHIP,
     .degree = "2028-02-29",
     .start = "2028-09-01",
     .end = "2029-03-01"},
    {.rule = "graduate.within", .answer = OUT, .kind = TRAINEESHIP},
    {.rule = "graduate.within", .answer = OUT, .degree = "2020-01-31"},
    {.rule = "graduate.within",
     .answer = UNCHECKED,
     .kind = TRAINEESHIP,
     .degree = "2027-01-31",
     .start = "-",
     .end = "-"},
};

/* ---- an example as facts -----------------------------------------------------------------------
 */

struct bench {
    Peregrin__Person person;
    Peregrin__Nomination nomination;
    Peregrin__LanguageSkill skill, wanted;
    Peregrin__LanguageSkill *skills[1], *wants[1];
    Peregrin__Condition condition;
    char *fields[1];
    uint32_t levels[1];
    struct eligibility_agreement agreement;
    struct eligibility_stay stays[STAYS];
    Peregrin__Call terms;
    uint32_t call_kinds[1], call_levels[1];
    char *call_countries[1];
    struct eligibility_call call;
    struct period term;
    struct eligibility_facts facts;
};

static const char *given(const char *text, const char *otherwise)
{
    return !text ? otherwise : strcmp(text, "-") == 0 ? NULL : text;
}

static int64_t day(const char *text)
{
    int64_t days = ELIGIBILITY_DAY_UNKNOWN;
    if (text)
        assert_true(instant_date(bytes_text(text), &days));
    return days;
}

static void nomination_fill(struct bench *bench, const struct example *example)
{
    Peregrin__Nomination *nomination = &bench->nomination;
    peregrin__person__init(&bench->person);
    peregrin__nomination__init(nomination);
    bench->person.nationality = (char *)given(example->nationality, "FR");
    nomination->person = &bench->person;
    nomination->mobility = example->kind ? example->kind : STUDIES;
    nomination->year = (char *)given(example->year, "2027/2028");
    nomination->start = (char *)given(example->start, "2027-09-01");
    nomination->end = (char *)given(example->end, "2028-01-31");
    nomination->has_term = example->term != 0;
    nomination->term = example->term;
    nomination->has_eqf = true;
    nomination->eqf = example->eqf ? example->eqf : 6;
    nomination->isced_f = (char *)given(example->field, "0613");
    nomination->agreement = (char *)given(example->agreement, "01KAMB3Q8W2T5Y7Z9C4D6F8G0H");
    nomination->condition = (char *)"c1";
    nomination->has_virtual_part = example->virtual_part >= 0;
    nomination->virtual_part = example->virtual_part > 0;
    nomination->has_ects_hundredths = example->hundredths >= 0;
    nomination->ects_hundredths = example->hundredths > 0 ? (uint32_t)example->hundredths : 0;
    nomination->has_teaching_hours = example->hours >= 0;
    nomination->teaching_hours = example->hours > 0 ? (uint32_t)example->hours : 0;
    nomination->has_years_done = !example->years_unknown;
    nomination->years_done = !example->first_year;
    nomination->has_travel_days = example->travel_days >= 0;
    nomination->travel_days = example->travel_days > 0 ? (uint32_t)example->travel_days : 0;
    nomination->has_with_training = nomination->has_green_travel = true;
    nomination->with_training = example->with_training;
    nomination->green_travel = example->green;
    nomination->graduated_on = (char *)example->degree;
    nomination->has_one_tier = example->one_tier;
    nomination->one_tier = example->one_tier;
    peregrin__language_skill__init(&bench->skill);
    bench->skill.language = (char *)"en";
    bench->skill.level = (char *)given(example->skill, "C1");
    bench->skills[0] = &bench->skill;
    nomination->n_languages = !example->no_skill;
    nomination->languages = bench->skills;
}

static void agreement_fill(struct bench *bench, const struct example *example)
{
    enum { PLACES = 4 };
    Peregrin__Condition *condition = &bench->condition;
    peregrin__condition__init(condition);
    peregrin__language_skill__init(&bench->wanted);
    bench->wanted.language = (char *)"en";
    bench->wanted.level = (char *)"B1";
    bench->wants[0] = &bench->wanted;
    bench->fields[0] = (char *)given(example->field_allowed, "061");
    bench->levels[0] = example->level_allowed;
    condition->sending = (char *)(example->backward ? "upwr.pl" : "helmo.be");
    condition->mobility = STUDIES;
    condition->blended = example->blended_too;
    condition->first_year = (char *)"2026/2027";
    condition->last_year = (char *)"2028/2029";
    condition->has_places = true;
    condition->places = example->quota_0 ? 0 : PLACES;
    condition->n_isced_f = 1;
    condition->isced_f = bench->fields;
    condition->n_eqf = example->level_allowed != 0;
    condition->eqf = bench->levels;
    condition->n_languages = 1;
    condition->languages = bench->wants;
    bench->agreement = (struct eligibility_agreement) {
        .in_force = !example->not_in_force,
        .last_year = example->noticed,
        .condition = example->no_condition ? NULL : condition,
        .charter = !example->no_charter,
        .counted = !example->uncounted,
        .places_taken = (uint64_t)example->places_taken,
    };
}

static void call_fill(struct bench *bench, const struct example *example)
{
    Peregrin__Call *terms = &bench->terms;
    peregrin__call__init(terms);
    terms->number = 7;
    terms->opens = (char *)example->opens;
    terms->closes = (char *)example->closes;
    terms->closed_on = (char *)example->closed_on;
    terms->project_end = (char *)example->project_end;
    terms->own_country = example->own_country;
    terms->notice_months = example->notice_months;
    bench->call_kinds[0] = example->call_kind;
    bench->call_levels[0] = example->call_level;
    bench->call_countries[0] = (char *)example->call_country;
    terms->n_kinds = example->call_kind != 0;
    terms->kinds = bench->call_kinds;
    terms->n_levels = example->call_level != 0;
    terms->levels = bench->call_levels;
    terms->n_countries = example->call_country != NULL;
    terms->countries = bench->call_countries;
    bench->call = (struct eligibility_call) {terms, day(example->applied), example->applies_now};
}

static void facts_fill(struct bench *bench, const struct example *example)
{
    nomination_fill(bench, example);
    agreement_fill(bench, example);
    call_fill(bench, example);
    bench->term = (struct period) {day(example->term_first), day(example->term_last)};
    bench->facts = (struct eligibility_facts) {
        .nomination = &bench->nomination,
        .home = "helmo.be",
        .host = given(example->host, "upwr.pl"),
        .asks = example->asks_host ? given(example->host, "upwr.pl") : "helmo.be",
        .home_country = given(example->home_country, "BE"),
        .host_country = given(example->host_country, "PL"),
        .agreement = example->unknown || !bench->nomination.agreement ? NULL : &bench->agreement,
        .stays = bench->stays,
        .stays_known = !example->stays_unknown,
        .call = example->no_call ? NULL : &bench->call,
        .deadline = day(example->deadline),
        .said_on = day(example->said_on),
        .term = example->term_first ? &bench->term : NULL,
    };
    for (size_t i = 0; i < STAYS && example->stays[i].first; i++)
        bench->stays[bench->facts.stay_count++] = (struct eligibility_stay) {
            day(example->stays[i].first), day(example->stays[i].last), example->stays[i].eqf};
}

/* ---- asking ------------------------------------------------------------------------------------
 */

static struct arena *arena;

static int arena_setup(void **)
{
    arena = arena_open(8 << 20);
    return !arena;
}

static int arena_teardown(void **)
{
    arena_close(arena);
    return 0;
}

static const char head[] = "setting,of,from,until,value,unit,source\n";

static struct dated *settings_of(const char *rows)
{
    struct dated_refusal refusal;
    struct dated *settings;
    const char *text = rows ? arena_format(arena, "%s%s", head, rows) : NULL;
    assert_int_equal(eligibility_settings(text ? bytes_text(text) : (struct bytes) {0}, arena,
                                          &settings, &refusal),
                     VERDICT_FINE);
    return settings;
}

struct wanted {
    const char *rule;
    bool found;
    struct eligibility_finding finding;
};

static void note(void *self, const struct eligibility_finding *finding)
{
    struct wanted *wanted = self;
    assert_non_null(finding->source);
    if (wanted->rule && strcmp(finding->rule->id, wanted->rule) != 0)
        return;
    wanted->found = true;
    wanted->finding = *finding;
}

static struct wanted ask(const struct example *example)
{
    struct wanted wanted = {.rule = example->rule};
    struct bench *bench = arena_take(arena, sizeof *bench);
    facts_fill(bench, example);
    assert_true(eligibility_check(&bench->facts, settings_of(example->over), arena, note, &wanted));
    return wanted;
}

/* A rule that is not about the example does not hold, and neither does it not. */
static int answer_of(const struct example *example)
{
    struct eligibility_finding finding;
    struct bench *bench = arena_take(arena, sizeof *bench);
    facts_fill(bench, example);
    return (int)eligibility_ask(eligibility_rule_find(example->rule), &bench->facts,
                                settings_of(example->over), arena, &finding);
}

static void every_rule_holds_on_one_side_of_its_limit_and_not_on_the_other(void **)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        arena_reset(arena);
        struct wanted wanted = ask(example);
        int answer = answer_of(example);
        bool told = answer == BROKEN || answer == UNCHECKED;
        assert_int_equal(wanted.found, told);
        if (told)
            assert_int_equal(wanted.finding.answer, answer);
        if (answer != example->answer)
            fail_msg("example %zu of %s: %d, wanted %d (%s)", i, example->rule, answer,
                     example->answer, wanted.found ? wanted.finding.got : "");
        if (example->expected)
            assert_string_equal(wanted.finding.expected, example->expected);
        if (example->got)
            assert_string_equal(wanted.finding.got, example->got);
    }
}

static bool has_example(const char *rule, int answer)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (strcmp(examples[i].rule, rule) == 0 && examples[i].answer == answer)
            return true;
    return false;
}

static void every_rule_has_an_example_on_each_side(void **)
{
    const struct eligibility_rule *rule;
    for (size_t i = 0; (rule = eligibility_rule(i)); i++) {
        if (!has_example(rule->id, HOLDS) || !has_example(rule->id, BROKEN))
            fail_msg("%s has no example on one side", rule->id);
        assert_true(rule->compares && rule->sentence && rule->remedy && rule->source);
        assert_ptr_equal(eligibility_rule_find(rule->id), rule);
    }
}

static void a_mobility_as_it_should_be_breaks_nothing(void **)
{
    struct wanted wanted = {0};
    struct bench *bench = arena_take(arena, sizeof *bench);
    const struct example usual = {
        .applied = "2027-03-01", .deadline = "2027-05-15", .said_on = "2027-05-01"};
    arena_reset(arena);
    bench = arena_take(arena, sizeof *bench);
    facts_fill(bench, &usual);
    assert_true(eligibility_check(&bench->facts, settings_of(NULL), arena, note, &wanted));
    assert_false(wanted.found);
}

static void a_rule_is_as_severe_as_the_institution_says_on_that_day(void **)
{
    const struct example shorter = {.rule = "duration.study.min", .end = "2027-09-30"};
    struct example example = shorter;
    static const char refuses[] = "severity,duration.study.min,2027-09-01,,refuse,severity,us\n";
    static const char later[] = "severity,duration.study.min,2027-09-02,,refuse,severity,us\n";
    static const char off[] = "severity,duration.study.min,,,off,severity,us\n";
    arena_reset(arena);
    assert_int_equal(ask(&example).finding.severity, ELIGIBILITY_WARNS);
    example.over = refuses;
    assert_int_equal(ask(&example).finding.severity, ELIGIBILITY_REFUSES);
    example.over = later;
    assert_int_equal(ask(&example).finding.severity, ELIGIBILITY_WARNS);
    example.over = off;
    assert_false(ask(&example).found);
}

static void a_row_of_another_institution_is_not_ours(void **)
{
    static const char text[] = "setting,of,from,until,value,unit,source,institution\n"
                               "duration.min,studies,,,120,day,their senate,imt-nord-europe.fr\n"
                               "duration.min,studies,,,100,day,our senate,helmo.be\n"
                               "duration.min,studies,,,70,day,all here,\n";
    struct dated_refusal refusal;
    struct dated *settings;
    arena_reset(arena);
    assert_int_equal(eligibility_settings(bytes_text(text), arena, &settings, &refusal), 0);
    static const struct {
        const char *institution;
        int64_t days;
    } cases[] = {{"helmo.be", 100}, {"imt-nord-europe.fr", 120}, {"itg.be", 70}};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            dated_find(settings, "duration.min", "studies", cases[i].institution, 0)->number,
            cases[i].days);
}

static void severe_words_of_rules_that_do_not_exist_are_refused(void **)
{
    struct dated_refusal refusal;
    struct dated *settings;
    arena_reset(arena);
    const char *text =
        arena_format(arena, "%s# ours\nseverity,duration.study,,,off,severity,us\n", head);
    assert_int_equal(eligibility_settings(bytes_text(text), arena, &settings, &refusal),
                     VERDICT_MALFORMED);
    assert_int_equal(refusal.line, 3);
    assert_string_equal(refusal.column, "of");
}

static void bad_files_are_refused_with_line_and_column(void **)
{
    static const struct {
        const char *text, *column;
        size_t line;
    } cases[] = {
        {"", NULL, 0},
        {"setting,of\n", "from", 1},
        {"setting,of,of,until,value,unit,source\n", "of", 1},
        {"setting,of,from,until,value,unit,colour\n", NULL, 1},
        {"%sduration.mean,studies,,,60,day,us\n", "setting", 2},
        {"%sduration.min,,,,60,day,us\n", "of", 2},
        {"%sduration.total,all,,,60,day,us\n", "of", 2},
        {"%sduration.min,studies,2027-02-29,,60,day,us\n", "from", 2},
        {"%sduration.min,studies,2027-02-02,2027-02-01,60,day,us\n", "until", 2},
        {"%sduration.min,studies,,,60,hour,us\n", "unit", 2},
        {"%sduration.min,studies,,,60,days,us\n", "unit", 2},
        {"%sduration.min,studies,,,-60,day,us\n", "value", 2},
        {"%sduration.min,studies,,,60.5,day,us\n", "value", 2},
        {"%sduration.min,studies,,,99999999999999999999,day,us\n", "value", 2},
        {"%sblended.credits,blended,,,2.505,credit,us\n", "value", 2},
        {"%scountry,BE,,,region-15,region,us\n", "value", 2},
        {"%scountry,BE,,,region-0,region,us\n", "value", 2},
        {"%sseverity,place.home,,,maybe,severity,us\n", "value", 2},
        {"%scall.project_end,,,,2026-07-32,date,us\n", "value", 2},
        {"%sduration.min,studies,,,60,day,\n", "source", 2},
        {"%sduration.min,studies,,,60,day\n", NULL, 2},
        {"%sduration.min,studies,,,60,day,us,more\n", NULL, 2},
        {"%sduration.min,studies,,,60,day,us,more,and,more\n", NULL, 2},
        {"%sduration.min,\"studies,,,60,day,us\n", NULL, 2},
        {"%sduration.min,\"studies\"s,,,60,day,us\n", NULL, 2},
        {"%sduration.min,stu\x01"
         "dies,,,60,day,us\n",
         NULL, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dated_refusal refusal;
        arena_reset(arena);
        struct dated *settings = dated_open(arena);
        const char *text = strncmp(cases[i].text, "%s", 2) == 0
                               ? arena_format(arena, "%s%s", head, cases[i].text + 2)
                               : cases[i].text;
        assert_int_equal(dated_add(settings, bytes_text(text), true, &refusal), VERDICT_MALFORMED);
        if (refusal.line != cases[i].line ||
            (cases[i].column ? !refusal.column || strcmp(refusal.column, cases[i].column) != 0
                             : refusal.column != NULL))
            fail_msg("case %zu: line %zu, column %s", i, refusal.line,
                     refusal.column ? refusal.column : "none");
        assert_non_null(refusal.expected);
        assert_null(dated_row(settings, 0));
    }
}

static void files_as_spreadsheets_save_them_are_read(void **)
{
    struct dated_refusal refusal;
    arena_reset(arena);
    struct dated *settings = dated_open(arena);
    assert_int_equal(dated_add(settings,
                               bytes_text("\xEF\xBB\xBFsource,unit,value,until,from,of,setting\r\n"
                                          "\"the senate, 3 May: \"\"so\"\"\",credit,2.5,,,blended,"
                                          "blended.credits\r\n"
                                          "\r\n"
                                          "us,yes,no,,,studies,duration.term"),
                               true, &refusal),
                     VERDICT_FINE);
    assert_int_equal(dated_row(settings, 0)->number, 250);
    assert_string_equal(dated_row(settings, 0)->source, "the senate, 3 May: \"so\"");
    assert_int_equal(dated_row(settings, 1)->number, 0);
}

static void too_many_rows_and_too_large_a_file_are_refused(void **)
{
    static char text[DATED_FILE_MAX + 2];
    struct dated_refusal refusal;
    static const char row[] = "country,BE,,,programme,region,us\n";
    arena_reset(arena);
    struct dated *settings = dated_open(arena);
    memset(text, 'x', sizeof text - 1);
    assert_int_equal(dated_add(settings, bytes_text(text), true, &refusal), VERDICT_MALFORMED);
    assert_int_equal(refusal.line, 0);
    size_t size = sizeof head - 1;
    memcpy(text, head, size);
    for (size_t i = 0; i <= DATED_ROWS_MAX; i++, size += sizeof row - 1)
        memcpy(text + size, row, sizeof row - 1);
    assert_int_equal(
        dated_add(settings, (struct bytes) {(const uint8_t *)text, size}, true, &refusal),
        VERDICT_MALFORMED);
    assert_null(dated_row(settings, 0));
}

/* ---- counting ----------------------------------------------------------------------------------
 */

static void months_of_thirty_days_are_counted_as_it_is_said(void **)
{
    static const struct {
        const char *first, *last;
        int64_t days, counted;
    } cases[] = {
        {"2027-09-01", "2027-09-01", 1, 1},     {"2027-09-01", "2027-09-30", 30, 30},
        {"2027-10-01", "2027-10-30", 30, 30},   {"2027-10-01", "2027-10-31", 31, 30},
        {"2027-02-01", "2027-02-27", 27, 27},   {"2027-02-01", "2027-02-28", 28, 30},
        {"2028-02-01", "2028-02-28", 28, 28},   {"2028-02-01", "2028-02-29", 29, 30},
        {"2027-01-15", "2027-02-14", 31, 30},   {"2027-01-31", "2027-02-27", 28, 30},
        {"2028-01-31", "2028-02-28", 29, 30},   {"2028-01-31", "2028-02-27", 28, 28},
        {"2027-09-01", "2028-08-31", 366, 360}, {"2026-09-01", "2027-08-31", 365, 360},
        {"2028-02-29", "2029-02-27", 365, 360}, {"2028-02-29", "2029-02-28", 366, 361},
        {"1999-12-31", "2000-12-30", 366, 360},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct period period = {day(cases[i].first), day(cases[i].last)};
        assert_int_equal(period_days(period), cases[i].days);
        if (period_counted(period) != cases[i].counted)
            fail_msg("%s to %s: %lld", cases[i].first, cases[i].last,
                     (long long)period_counted(period));
    }
}

static void a_longer_stay_never_counts_less(void **)
{
    for (int64_t first = day("2027-12-01"); first < day("2028-03-15"); first++) {
        int64_t before = 0;
        for (int64_t last = first; last < first + 800; last++) {
            int64_t counted = period_counted((struct period) {first, last});
            assert_true(counted >= before && counted <= before + 3);
            before = counted;
        }
    }
}

static void the_shipped_settings_name_the_programme(void **)
{
    arena_reset(arena);
    const struct dated *settings = settings_of(NULL);
    static const struct {
        const char *setting, *of, *day;
        int64_t number; /* below 0: there is none */
    } cases[] = {
        {"country", "BE", "2027-01-01", 0},
        {"country", "GB", "2020-12-31", 0},
        {"country", "GB", "2021-01-01", 14},
        {"country", "RS", "2018-12-31", 1},
        {"country", "RS", "2019-01-01", 0},
        {"country", "KZ", "2027-01-01", 6},
        {"country", "AQ", "2027-01-01", -1},
        {"duration.min", "blended", "2020-12-31", -1},
        {"duration.min", "studies", "2020-12-31", 90},
        {"duration.min", "studies", "2021-01-01", 60},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct dated_row *row =
            dated_find(settings, cases[i].setting, cases[i].of, "helmo.be", day(cases[i].day));
        assert_int_equal(row ? row->number : -1, cases[i].number);
    }
    const struct dated_row *row;
    size_t programme = 0;
    for (size_t i = 0; (row = dated_row(settings, i)); i++)
        programme +=
            strcmp(row->setting, "country") == 0 && row->number == 0 && row->until == DATED_NEVER;
    assert_int_equal(programme, 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_holds_on_one_side_of_its_limit_and_not_on_the_other),
        cmocka_unit_test(every_rule_has_an_example_on_each_side),
        cmocka_unit_test(a_mobility_as_it_should_be_breaks_nothing),
        cmocka_unit_test(a_rule_is_as_severe_as_the_institution_says_on_that_day),
        cmocka_unit_test(a_row_of_another_institution_is_not_ours),
        cmocka_unit_test(severe_words_of_rules_that_do_not_exist_are_refused),
        cmocka_unit_test(bad_files_are_refused_with_line_and_column),
        cmocka_unit_test(files_as_spreadsheets_save_them_are_read),
        cmocka_unit_test(too_many_rows_and_too_large_a_file_are_refused),
        cmocka_unit_test(months_of_thirty_days_are_counted_as_it_is_said),
        cmocka_unit_test(a_longer_stay_never_counts_less),
        cmocka_unit_test(the_shipped_settings_name_the_programme),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
