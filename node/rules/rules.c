#include "rules/rules.h"

#include "rules/rung.h"
#include "rules/rules_agreement.h"
#include "rules/rules_answer.h"
#include "rules/rules_author.h"
#include "rules/rules_condition.h"
#include "rules/rules_factsheet.h"
#include "rules/rules_learning.h"
#include "rules/rules_nomination.h"
#include "rules/rules_notice.h"
#include "rules/rules_place.h"
#include "rules/rules_recognition.h"
#include "rules/rules_stay.h"
#include "rules/rules_terms.h"
#include "rules/rules_transcript.h"

#include <assert.h>

enum step {
    STEP_FORM,
    STEP_AUTHOR,
    STEP_CLAIM,
    STEP_DATES,
    STEP_CHANGE,
    STEP_NAMES,
    STEP_TURN,
    STEP_FACTS,
    STEP_COUNT
};

/* A kind that is not here has no ladder: a refusal cannot be refused. */
static const struct ladder {
    uint32_t kind;
    const struct rung_step *steps[STEP_COUNT];
} ladders[] = {
    {PEREGRIN__KIND__KIND_NOMINATION,
     {[STEP_FORM] = &rules_nomination_form,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_nomination_dates,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_condition_nomination}},
    {PEREGRIN__KIND__KIND_AMENDMENT,
     {[STEP_FORM] = &rules_nomination_form,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_nomination_dates,
      [STEP_CHANGE] = &rules_place_change,
      [STEP_NAMES] = &rules_place_target,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_condition_nomination}},
    {PEREGRIN__KIND__KIND_DECISION,
     {[STEP_FORM] = &rules_answer_decision,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_NAMES] = &rules_place_target,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_condition_places}},
    {PEREGRIN__KIND__KIND_WITHDRAWAL,
     {[STEP_FORM] = &rules_answer_withdrawal,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_CREDIT_RECORD,
     {[STEP_FORM] = &rules_transcript_form,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_transcript_dates,
      [STEP_NAMES] = &rules_place_transcript,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_ARRIVAL,
     {[STEP_FORM] = &rules_stay_arrival,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_stay_arrival_dates,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_stay_arrival_facts}},
    {PEREGRIN__KIND__KIND_DEPARTURE,
     {[STEP_FORM] = &rules_stay_departure,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_stay_departure_dates,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_stay_departure_facts}},
    {PEREGRIN__KIND__KIND_EXTENSION,
     {[STEP_FORM] = &rules_stay_extension,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_stay_extension_dates,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_stay_extension_facts}},
    {PEREGRIN__KIND__KIND_RECOGNITION,
     {[STEP_FORM] = &rules_recognition_form,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_recognition_dates,
      [STEP_NAMES] = &rules_place_recognition,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_recognition_facts}},
    {PEREGRIN__KIND__KIND_REVOKE,
     {[STEP_FORM] = &rules_answer_revocation,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_NAMES] = &rules_place_revocation,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_LEARNING,
     {[STEP_FORM] = &rules_learning_form,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_learning_dates,
      [STEP_NAMES] = &rules_learning_names,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_learning_facts}},
    {PEREGRIN__KIND__KIND_LEARNING_DECISION,
     {[STEP_FORM] = &rules_learning_decision,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_NAMES] = &rules_learning_decision_names,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_TERMS,
     {[STEP_FORM] = &rules_terms_body,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_terms_dates,
      [STEP_TURN] = &rules_place_turn,
      [STEP_FACTS] = &rules_terms_facts}},
    {PEREGRIN__KIND__KIND_APPROVAL,
     {[STEP_FORM] = &rules_agreement_approval,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_NAMES] = &rules_agreement_offer,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_DECLINATION,
     {[STEP_FORM] = &rules_agreement_declination,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_NAMES] = &rules_agreement_offer,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_TAKE_BACK,
     {[STEP_FORM] = &rules_agreement_declination,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_NAMES] = &rules_agreement_own,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_TERMINATION,
     {[STEP_FORM] = &rules_agreement_termination,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_DATES] = &rules_agreement_termination_dates,
      [STEP_NAMES] = &rules_agreement_force,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_CONTACTS,
     {[STEP_FORM] = &rules_terms_contacts,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_FACTSHEET,
     {[STEP_FORM] = &rules_factsheet_form,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_GRADING_TABLE,
     {[STEP_FORM] = &rules_notice_grading,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_TURN] = &rules_place_turn}},
    {PEREGRIN__KIND__KIND_COURSE_LIST,
     {[STEP_FORM] = &rules_notice_courses,
      [STEP_CLAIM] = &rules_place_claim,
      [STEP_TURN] = &rules_place_turn}},
};

enum { LADDER_COUNT = sizeof ladders / sizeof *ladders };

/* What a step needs, and what it deserves not to hold. */
static const struct {
    enum verdict verdict;
    bool body, revision, place, facts; /* needs them */
} steps[STEP_COUNT] = {
    [STEP_FORM] = {VERDICT_INVALID, .body = true},
    [STEP_AUTHOR] = {VERDICT_INVALID, .body = true},
    [STEP_CLAIM] = {VERDICT_CONTRADICTS, .body = true, .place = true},
    [STEP_DATES] = {VERDICT_INVALID, .body = true},
    [STEP_CHANGE] = {VERDICT_CONTRADICTS, .body = true, .revision = true, .place = true},
    [STEP_NAMES] = {VERDICT_OUT_OF_TURN, .place = true},
    [STEP_TURN] = {VERDICT_OUT_OF_TURN, .place = true},
    [STEP_FACTS] = {VERDICT_INVALID, .body = true, .facts = true},
};

static const struct ladder *ladder_of(const struct kind *kind)
{
    for (size_t i = 0; i < LADDER_COUNT; i++)
        if (ladders[i].kind == kind->number)
            return &ladders[i];
    return NULL;
}

static bool can_step(enum step step, const struct rules_case *subject)
{
    return (!steps[step].body || subject->body) && (!steps[step].revision || subject->revision) &&
           (!steps[step].place || subject->header) && (!steps[step].facts || subject->facts);
}

/* Calls back for each element of a rung that does not hold; false in the answer stops it. */
typedef bool found(void *self, const struct rules_finding *finding);

static bool climb_rung(enum step step, const struct rung *rung, const struct rules_case *subject,
                       found *say, void *self)
{
    size_t count = rung->each ? rung->each(subject->body) : 1;
    for (size_t i = 0; i < count; i++) {
        if (rung->holds(subject, i))
            continue;
        struct rules_finding finding = {
            .verdict = steps[step].verdict,
            .rule = rung->row.rule,
            .field = rung->row.field,
            .expected = rung->row.expected,
            .remedy = rung->row.remedy,
            .element = rung->each ? i : RULES_ELEMENT_NONE,
        };
        if (rung->got)
            rung->got(subject, finding.got);
        if (!say(self, &finding))
            return false;
    }
    return true;
}

static void climb(const struct rules_case *subject, found *say, void *self)
{
    const struct ladder *ladder = ladder_of(subject->kind);
    assert(!subject->body || subject->body->descriptor == subject->kind->body);
    for (enum step step = 0; ladder && step < STEP_COUNT; step++) {
        const struct rung_step *rungs =
            step == STEP_AUTHOR ? &rules_author_form : ladder->steps[step];
        if (!rungs || !can_step(step, subject))
            continue;
        for (size_t i = 0; i < rungs->count; i++)
            if (!climb_rung(step, &rungs->rungs[i], subject, say, self))
                return;
    }
}

static bool keep_first(void *self, const struct rules_finding *finding)
{
    *(struct rules_finding *)self = *finding;
    return false;
}

enum verdict rules_judge(const struct rules_case *subject, struct rules_finding *out)
{
    struct rules_finding first = {.verdict = VERDICT_FINE};
    assert(subject->header && subject->kind && subject->seen);
    climb(subject, keep_first, &first);
    if (first.verdict != VERDICT_FINE)
        *out = first;
    return first.verdict;
}

struct listener {
    rules_report *report;
    void *self;
    size_t count;
};

static bool keep_all(void *self, const struct rules_finding *finding)
{
    struct listener *listener = self;
    listener->count++;
    if (listener->report)
        listener->report(listener->self, finding);
    return true;
}

size_t rules_form(const struct kind *kind, const ProtobufCMessage *body, rules_report *report,
                  void *self)
{
    struct listener listener = {report, self, 0};
    assert(kind && body);
    climb(&(struct rules_case) {.kind = kind, .body = body}, keep_all, &listener);
    return listener.count;
}

/* Every rung once, whatever the number of ladders it stands in. */
static const struct rung_step *const all_steps[] = {
    &rules_nomination_form,      &rules_nomination_dates,     &rules_answer_decision,
    &rules_answer_withdrawal,    &rules_answer_revocation,    &rules_transcript_form,
    &rules_transcript_dates,     &rules_stay_arrival,         &rules_stay_arrival_dates,
    &rules_stay_departure,       &rules_stay_departure_dates, &rules_stay_extension,
    &rules_stay_extension_dates, &rules_recognition_form,     &rules_recognition_dates,
    &rules_author_form,          &rules_place_claim,          &rules_place_change,
    &rules_place_transcript,     &rules_place_recognition,    &rules_place_revocation,
    &rules_place_turn,           &rules_stay_arrival_facts,   &rules_stay_departure_facts,
    &rules_stay_extension_facts, &rules_recognition_facts,    &rules_terms_all,
    &rules_terms_dates,          &rules_agreement_all,        &rules_agreement_termination_dates,
    &rules_agreement_offer,      &rules_agreement_own,        &rules_agreement_force,
    &rules_terms_facts,          &rules_condition_nomination, &rules_condition_places,
    &rules_learning_form,        &rules_learning_dates,       &rules_learning_names,
    &rules_learning_facts,       &rules_learning_decision,    &rules_learning_decision_names,
    &rules_factsheet_form,       &rules_notice_grading,       &rules_notice_courses,
};

const struct rules_row *rules_row(size_t row)
{
    for (size_t i = 0; i < sizeof all_steps / sizeof *all_steps; i++) {
        if (row < all_steps[i]->count)
            return &all_steps[i]->rungs[row].row;
        row -= all_steps[i]->count;
    }
    return NULL;
}
