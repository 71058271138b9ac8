#include "rules/rules.h"

#include "rules/rung.h"
#include "rules/rules_answer.h"
#include "rules/rules_nomination.h"
#include "rules/rules_transcript.h"

#include <assert.h>

enum step { STEP_FORM, STEP_CLAIM, STEP_DATES, STEP_CHANGE, STEP_TURN, STEP_COUNT };

static const struct rung_step claim_step, change_step, turn_step, answer_turn_step,
    transcript_turn_step;

/* A kind that is not here has no ladder: a refusal cannot be refused. */
static const struct ladder {
    uint32_t kind;
    const struct rung_step *steps[STEP_COUNT];
} ladders[] = {
    {PEREGRIN__KIND__KIND_NOMINATION,
     {[STEP_FORM] = &rules_nomination_form,
      [STEP_CLAIM] = &claim_step,
      [STEP_DATES] = &rules_nomination_dates,
      [STEP_TURN] = &turn_step}},
    {PEREGRIN__KIND__KIND_AMENDMENT,
     {[STEP_FORM] = &rules_nomination_form,
      [STEP_CLAIM] = &claim_step,
      [STEP_DATES] = &rules_nomination_dates,
      [STEP_CHANGE] = &change_step,
      [STEP_TURN] = &answer_turn_step}},
    {PEREGRIN__KIND__KIND_DECISION,
     {[STEP_FORM] = &rules_answer_decision,
      [STEP_CLAIM] = &claim_step,
      [STEP_TURN] = &answer_turn_step}},
    {PEREGRIN__KIND__KIND_WITHDRAWAL,
     {[STEP_FORM] = &rules_answer_withdrawal,
      [STEP_CLAIM] = &claim_step,
      [STEP_TURN] = &turn_step}},
    {PEREGRIN__KIND__KIND_CREDIT_RECORD,
     {[STEP_FORM] = &rules_transcript_form,
      [STEP_CLAIM] = &claim_step,
      [STEP_DATES] = &rules_transcript_dates,
      [STEP_TURN] = &transcript_turn_step}},
};

enum { LADDER_COUNT = sizeof ladders / sizeof *ladders };

/* What a step needs, and what it deserves not to hold. */
static const struct {
    enum verdict verdict;
    bool body, revision, place; /* needs them */
} steps[STEP_COUNT] = {
    [STEP_FORM] = {VERDICT_INVALID, .body = true},
    [STEP_CLAIM] = {VERDICT_CONTRADICTS, .body = true, .place = true},
    [STEP_DATES] = {VERDICT_INVALID, .body = true},
    [STEP_CHANGE] = {VERDICT_CONTRADICTS, .body = true, .revision = true, .place = true},
    [STEP_TURN] = {VERDICT_OUT_OF_TURN, .place = true},
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
           (!steps[step].place || subject->header);
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
        const struct rules_finding finding = {
            .verdict = steps[step].verdict,
            .rule = rung->row.rule,
            .field = rung->row.field,
            .expected = rung->row.expected,
            .remedy = rung->row.remedy,
            .element = rung->each ? i : RULES_ELEMENT_NONE,
        };
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
        const struct rung_step *rungs = ladder->steps[step];
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

static bool body_agrees(const struct rules_case *subject, size_t)
{
    return kind_body_matches(subject->header, subject->body) == VERDICT_FINE;
}

static bool change_agrees(const struct rules_case *subject, size_t)
{
    return subject->header->fields->claim->change ==
           kind_change_of(subject->revision, subject->body);
}

static bool in_turn(const struct rules_case *subject, size_t)
{
    return !subject->out_of_turn;
}

/* Which targets bind is the fold's matter (a decision binds across revisions that keep it); here it
 * is only said why it made nothing of the record. */
static bool target_binds(const struct rules_case *subject, size_t)
{
    const struct digest *target = &subject->header->target;
    return !subject->out_of_turn || digest_equal(target, &subject->seen->revision) ||
           digest_equal(target, &subject->seen->decided);
}

/* No transcript yet: both are zero. */
static bool supersedes_newest(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->supersedes, &subject->seen->transcript);
}

static const struct rung claim_rungs[] = {
    {.row =
         {"record.claim", "claim", "a body that says what its claim says",
          "Have the record made again by your node: its header and body do not belong together."},
     .holds = body_agrees},
};

static const struct rung change_rungs[] = {
    {.row = {"amendment.change", "claim.change",
             "the change class that follows from the two revisions",
             "Have the amendment made again by your node from the revision before it."},
     .holds = change_agrees},
};

/* One list, of which each kind climbs a part from its own place to the end. */
static const struct rung turn_rungs[] = {
    {.row = {"credit_record.supersedes", "claim.supersedes",
             "the newest transcript of the dossier, nothing where there is none",
             "Make the correction again from the newest transcript."},
     .holds = supersedes_newest},
    {.row = {"record.target", "claim.target", "the revision that is asked about or was decided",
             "Look at the newest revision of the nomination and say it of that one."},
     .holds = target_binds},
    {.row = {"record.turn", NULL, "a record that the dossier's state allows",
             "Look at the dossier: it has moved on, or is closed."},
     .holds = in_turn},
};

static const struct rung_step claim_step = {claim_rungs, 1}, change_step = {change_rungs, 1},
                              turn_step = {turn_rungs + 2, 1},
                              answer_turn_step = {turn_rungs + 1, 2},
                              transcript_turn_step = {turn_rungs, 3};

/* Every rung once, whatever the number of ladders it stands in. */
static const struct rung_step *const all_steps[] = {
    &rules_nomination_form,
    &rules_nomination_dates,
    &rules_answer_decision,
    &rules_answer_withdrawal,
    &rules_transcript_form,
    &rules_transcript_dates,
    &claim_step,
    &change_step,
    &transcript_turn_step,
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
