#include "rules/rules_agreement.h"

#include "base/instant.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum { COMMENT_MAX = 2000 };

static const char *const declining[] = {"places",   "field", "period", "language",
                                        "capacity", "other", NULL};
static const char *const terminating[] = {"charter", "capacity", "quality", "field", "other", NULL};

static const Peregrin__Termination *termination(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__termination__descriptor);
    return (const Peregrin__Termination *)subject->body;
}

static bool ends_in_year(const struct rules_case *subject, size_t)
{
    return rung_given(termination(subject)->last_year, form_year);
}

static bool termination_reason(const struct rules_case *subject, size_t)
{
    return !termination(subject)->reason || rung_code(termination(subject)->reason, terminating);
}

/* Who takes its own terms back owes no reason. */
static bool declination_reason(const struct rules_case *subject, size_t)
{
    const char *reason = ((const Peregrin__Declination *)subject->body)->reason;
    if (!reason)
        return subject->kind->number == PEREGRIN__KIND__KIND_TAKE_BACK;
    return rung_code(reason, declining);
}

static bool comment(const struct rules_case *subject, size_t)
{
    const ProtobufCMessageDescriptor *type = subject->body->descriptor;
    const char *text = ((const Peregrin__Declination *)subject->body)->comment;
    if (type == &peregrin__approval__descriptor)
        text = ((const Peregrin__Approval *)subject->body)->comment;
    else if (type == &peregrin__termination__descriptor)
        text = termination(subject)->comment;
    else
        assert(type == &peregrin__declination__descriptor);
    return rung_text_absent_or(text, COMMENT_MAX);
}

/* A termination climbs the first three, an approval the third, a declination from there on. */
static const struct rung answer[] = {
    {.row = {"termination.last_year", "last_year", "an academic year like 2026/2027",
             "Say the last academic year in which students may still be sent."},
     .holds = ends_in_year},
    {.row = {"termination.reason", "reason", "charter, capacity, quality, field or other",
             "Use one of the codes and explain in the comment, or leave it out."},
     .holds = termination_reason},
    {.row = {"agreement.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = comment},
    {.row = {"declination.reason", "reason",
             "places, field, period, language, capacity or other; who takes back may do without",
             "Use one of the codes and explain in the comment."},
     .holds = declination_reason},
};

const struct rung_step rules_agreement_all = {answer, 4};
const struct rung_step rules_agreement_termination = {answer, 3};
const struct rung_step rules_agreement_approval = {answer + 2, 1};
const struct rung_step rules_agreement_declination = {answer + 2, 2};

/* By 1 November of X for 1 September of X+1: until that day X/X+1 may be the last year. The day is
 * UTC's, and the author's. */
static bool notice(const struct rules_case *subject, size_t element)
{
    char issued[INSTANT_TEXT_SIZE];
    if (!subject->header || !ends_in_year(subject, element))
        return true;
    assert(subject->header->issued_at <= HEADER_MINUTE_MAX);
    instant_text(
        (struct instant) {(int64_t)subject->header->issued_at * 60 * (int64_t)INSTANT_SECOND},
        issued);
    int least = rung_year_first(issued) + (strncmp(issued + 5, "11-01", 5) > 0);
    return rung_year_first(termination(subject)->last_year) >= least;
}

static const struct rung termination_dates[] = {
    {.row = {"termination.notice", "last_year",
             "notice by 1 November: the year that began or begins then, or a later one",
             "Propose new terms that end earlier: the partner's consent ends it."},
     .holds = notice},
};

const struct rung_step rules_agreement_termination_dates = {termination_dates, 1};

static bool names_offer(const struct rules_case *subject, size_t)
{
    const struct header *header = subject->header;
    assert(header->lane <= 1);
    return digest_equal(&header->target, &subject->seen->offers[1 - header->lane]);
}

static bool names_own_offer(const struct rules_case *subject, size_t)
{
    const struct header *header = subject->header;
    assert(header->lane <= 1);
    return digest_equal(&header->target, &subject->seen->offers[header->lane]);
}

static bool names_in_force(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->target, &subject->seen->in_force);
}

static const struct rung names[] = {
    {.row = {"agreement.offer", "claim.target", "the id of the partner's open terms",
             "Read the open terms again and answer those."},
     .holds = names_offer},
    {.row = {"agreement.own_offer", "claim.target", "the id of one's own open terms",
             "Look at the agreement: what is not open cannot be taken back."},
     .holds = names_own_offer},
    {.row = {"agreement.in_force", "claim.target", "the id of the terms in force",
             "Look at the agreement: what is not in force cannot be terminated."},
     .holds = names_in_force},
};

const struct rung_step rules_agreement_offer = {names, 1};
const struct rung_step rules_agreement_own = {names + 1, 1};
const struct rung_step rules_agreement_force = {names + 2, 1};
