/* What the steps of the ladder are made of. Own to this folder. */
#pragma once

#include "eligibility/eligibility.h"

/* One rule while it is asked. */
struct eligibility_check {
    const struct eligibility_facts *facts;
    const struct dated *settings;
    struct arena *arena;
    const struct eligibility_rule *rule;
    const char *institution; /* who asks: its own settings count */
    int64_t first, last;     /* of the stay; ELIGIBILITY_DAY_UNKNOWN where it has none */
    int64_t day;             /* by which settings are taken */
    const char *expected, *got, *missing, *source;
    bool of_call;
};

enum {
    ELIGIBILITY_STUDENTS = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES |
                           1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP |
                           1 << PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED |
                           1 << PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL,
    ELIGIBILITY_STAFF = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING |
                        1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING,
    ELIGIBILITY_VIRTUAL = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL,
    ELIGIBILITY_TRAVELS = ELIGIBILITY_STUDENTS | ELIGIBILITY_STAFF,
    ELIGIBILITY_ALL = ELIGIBILITY_TRAVELS | ELIGIBILITY_VIRTUAL,
};

typedef enum eligibility_answer eligibility_holds(struct eligibility_check *check);

/* Answers with what a person needs to know. expected or got NULL: the arena is spent. */
enum eligibility_answer eligibility_blame(struct eligibility_check *check, const char *expected,
                                          const char *got);
enum eligibility_answer eligibility_lack(struct eligibility_check *check, const char *missing);

/* The setting on the day of the stay; NULL: there is none. Its source becomes the finding's. */
const struct dated_row *eligibility_limit(struct eligibility_check *check, const char *setting,
                                          const char *of);

/* What the application's call asks for; NULL: none is known, or the call is not the business of who
 * asks. From here on what is found is found by the call. */
const Peregrin__Call *eligibility_terms(struct eligibility_check *check);

/* Steps 1 and 2, 3, 4, 5 and 6, and 7. */
extern const struct eligibility_rule eligibility_agreement_rules[], eligibility_duration_rules[],
    eligibility_place_rules[], eligibility_call_rules[], eligibility_person_rules[];
