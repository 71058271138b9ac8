/* Whether a mobility may be: rules of programme, agreement and call, each a row of a table.
 *
 * A function of its arguments: facts, settings and days come as values. Nothing here is protocol. A
 * record that breaks such a rule is a good record; what comes of it is for the institution to say:
 * the programme's limits warn, unless its file says `refuse` or `off`. The steps of the ladder, in
 * this order: 1 the agreement, 2 the charter, 3 how long, 4 where, 5 the call, 6 deadlines, 7 who.
 */
#pragma once

#include "agreement.pb-c.h"
#include "eligibility/dated.h"
#include "eligibility/period.h"
#include "local.pb-c.h"
#include "mobility.pb-c.h"

/* A day that is not known. */
#define ELIGIBILITY_DAY_UNKNOWN INT64_MIN

enum eligibility_severity { ELIGIBILITY_OFF, ELIGIBILITY_WARNS, ELIGIBILITY_REFUSES };

enum eligibility_answer {
    ELIGIBILITY_HOLDS,
    ELIGIBILITY_BROKEN,
    ELIGIBILITY_UNCHECKED, /* a fact is missing: it says which */
    ELIGIBILITY_OUT,       /* the rule is not about this mobility */
};

struct eligibility_check;

enum { ELIGIBILITY_SETTINGS = 3 };

/* One rule. Which numbers it compares with is said by the settings that it names. */
struct eligibility_rule {
    const char *id;           /* `duration.studies.min` */
    uint32_t kinds;           /* bit n: mobilities of kind n */
    const char *from, *until; /* first days of stays for which it holds, both included; NULL: all */
    const char *field;        /* of the nomination: where it is mended, or NULL */
    const char *compares;     /* what with what */
    const char *sentence;     /* what does not hold */
    const char *remedy;
    const char *source;                         /* where the rule was taken from */
    enum eligibility_severity severity;         /* where the settings say nothing */
    const char *settings[ELIGIBILITY_SETTINGS]; /* that it compares with */
    enum eligibility_answer (*holds)(struct eligibility_check *check);
};

/* The agreement that a nomination names, as it stands for this pair. */
struct eligibility_agreement {
    bool in_force;
    const Peregrin__Condition *condition; /* that the nomination names; NULL: there is none */
    const char *last_year;                /* by notice; NULL: none was given */
    bool charter;                         /* both declare to hold the charter */
    bool counted;                         /* places_taken is known */
    uint64_t places_taken;                /* of the condition in that year, without this one */
};

/* Another stay of the same person. */
struct eligibility_stay {
    int64_t first, last;
    uint32_t eqf; /* 0: not known */
};

/* The application to a call of the home. */
struct eligibility_call {
    const Peregrin__Call *terms;
    int64_t applied_on; /* or ELIGIBILITY_DAY_UNKNOWN */
    bool now;           /* it comes now: a call that was closed by hand takes it no more */
};

/* What is known of a mobility. What is NULL, or a day unknown, is not checked, and that is said. */
struct eligibility_facts {
    const Peregrin__Nomination *nomination;
    const char *home, *host;                       /* SCHAC */
    const char *asks;                              /* one of the two: its own settings count */
    const char *home_country, *host_country;       /* ISO 3166, or NULL */
    const struct eligibility_agreement *agreement; /* NULL: it is not known */
    const struct eligibility_stay *stays;          /* of the person, without this one */
    size_t stay_count;
    bool stays_known;
    const struct eligibility_call *call; /* NULL: none is known */
    int64_t deadline, said_on;           /* of the host for this term; the day of nominating, in
                                          * the zone of the host */
    const struct period *term;           /* of the host's calendar, or NULL */
};

/* What came of one rule. All texts are static or live in the arena. */
struct eligibility_finding {
    const struct eligibility_rule *rule;
    enum eligibility_answer answer;
    enum eligibility_severity severity;
    const char *expected, *got; /* exact, with their unit: `at least 60 days`, `59 days` */
    const char *missing;        /* of ELIGIBILITY_UNCHECKED: the fact that is missing */
    const char *source;         /* of the setting that it compared with, or the rule's */
    bool of_call;               /* it compared with what the call itself asks for */
};

/* Calls back for every rule that is broken, or was not checked, and is not off. False: the arena is
 * spent. */
typedef void eligibility_report(void *self, const struct eligibility_finding *finding);
bool eligibility_check(const struct eligibility_facts *facts, const struct dated *settings,
                       struct arena *arena, eligibility_report *report, void *self);
/* Whether any would be asked, as far as nomination, home, host and asks say: only then it is worth
 * while to find the other facts. */
bool eligibility_asks(const struct eligibility_facts *facts, const struct dated *settings);

/* What one rule says, however severe it is; ELIGIBILITY_OUT also where it holds on another day or
 * for another kind. The finding is whole where it is broken or was not checked; its texts are NULL
 * when the arena is spent. */
enum eligibility_answer eligibility_ask(const struct eligibility_rule *rule,
                                        const struct eligibility_facts *facts,
                                        const struct dated *settings, struct arena *arena,
                                        struct eligibility_finding *finding);

/* All rules in their order; NULL past the end. */
const struct eligibility_rule *eligibility_rule(size_t index);
const struct eligibility_rule *eligibility_rule_find(const char *id);
/* `studies`, as lists name a kind; "" for a number that is none. */
const char *eligibility_kind_text(uint32_t mobility);
/* How severe it is for an institution on a day. */
enum eligibility_severity eligibility_severity(const struct eligibility_rule *rule,
                                               const struct dated *settings,
                                               const char *institution, int64_t day);
const char *eligibility_severity_text(enum eligibility_severity severity); /* `warn` */
const char *eligibility_answer_text(enum eligibility_answer answer);       /* `broken` */

/* Of the rules and all their limits: what was found by another one may be found otherwise now.
 * False: the arena is spent. */
bool eligibility_edition(const struct dated *settings, struct arena *arena, struct digest *out);

/* What is shipped, with an institution's file over it; data NULL: none. As dated_add. */
enum verdict eligibility_settings(struct bytes over, struct arena *arena, struct dated **out,
                                  struct dated_refusal *refusal);
