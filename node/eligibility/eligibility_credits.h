/* The rules about credits (grade/credits_rules.h), by the dated settings: of a transcript, of the
 * units that a learning agreement plans at the host, and of what a recognition gives for them. */
#pragma once

#include "eligibility/eligibility.h"
#include "grade/credits_rules.h"
#include "mobility.pb-c.h"

/* As they hold for an institution on a day; what no setting says is not limited. */
struct credits_limits eligibility_credits(const struct dated *settings, const char *institution,
                                          int64_t day);

/* Of whom, and on which day settings are taken where the stay says none. */
struct eligibility_credits_case {
    const struct dated *settings;
    const char *institution;
    int64_t day;
    bool home; /* the institution is the student's own: its units are asked about as well */
};

/* The stay, as far as it is known: YYYY-MM-DD, or NULL. */
struct eligibility_credits_stay {
    const char *start, *end; /* arrival to departure; before them, as it was nominated */
    const char *departed;
};

/* Each calls back for every rule that is broken and not off; the rule's field says where in the
 * body: `components[3].ects_hundredths`. False: the arena is spent.
 *
 * stay: whose weeks are counted, as far as the transcript is about them; NULL: none that says what
 * there is time for. agreed: the learning agreement in force, whose units say what each offers;
 * NULL: there is none. */
bool eligibility_credits_transcript(const struct eligibility_credits_case *subject,
                                    const Peregrin__CreditRecord *transcript,
                                    const struct eligibility_credits_stay *stay,
                                    const Peregrin__LearningAgreement *agreed, struct arena *arena,
                                    eligibility_report *report, void *self);
bool eligibility_credits_plan(const struct eligibility_credits_case *subject,
                              const Peregrin__LearningAgreement *plan, struct arena *arena,
                              eligibility_report *report, void *self);
/* transcript: what is recognised, for the days of the stay; NULL: it is not here. stay: as above.
 */
bool eligibility_credits_recognition(const struct eligibility_credits_case *subject,
                                     const Peregrin__Recognition *recognition,
                                     const Peregrin__CreditRecord *transcript,
                                     const struct eligibility_credits_stay *stay,
                                     struct arena *arena, eligibility_report *report, void *self);

/* A rule about credits as lists of rules show it; NULL past the end, or when the arena is spent. It
 * is asked of transcripts, plans and recognitions, and of no nomination. */
const struct eligibility_rule *eligibility_credits_rule(size_t index, struct arena *arena);
