#include "rules/rules_answer.h"

#include "mobility.pb-c.h"

enum { COMMENT_MAX = 2000 };

static const char *const refusing[] = {"places",    "level",    "field", "language",
                                       "documents", "deadline", "other", NULL};
static const char *const revoking[] = {"error",  "places", "documents", "conduct",
                                       "absent", "other",  NULL};
static const char *const withdrawing[] = {"student", "home", "duplicate", "other", NULL};

static const Peregrin__Decision *decision(const struct rules_case *subject)
{
    return (const Peregrin__Decision *)subject->body;
}

static const Peregrin__Withdrawal *withdrawal(const struct rules_case *subject)
{
    return (const Peregrin__Withdrawal *)subject->body;
}

static const Peregrin__Revoke *revocation(const struct rules_case *subject)
{
    return (const Peregrin__Revoke *)subject->body;
}

static bool outcome_known(const struct rules_case *subject, size_t)
{
    return decision(subject)->outcome == PEREGRIN__OUTCOME__OUTCOME_ACCEPT ||
           decision(subject)->outcome == PEREGRIN__OUTCOME__OUTCOME_REFUSE ||
           decision(subject)->outcome == PEREGRIN__OUTCOME__OUTCOME_WAITLIST;
}

static bool refusal_has_reason(const struct rules_case *subject, size_t)
{
    return decision(subject)->outcome != PEREGRIN__OUTCOME__OUTCOME_REFUSE ||
           decision(subject)->reason;
}

static bool decision_reason(const struct rules_case *subject, size_t)
{
    return !decision(subject)->reason || rung_code(decision(subject)->reason, refusing);
}

static bool decision_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(decision(subject)->comment, COMMENT_MAX);
}

static bool withdrawal_reason(const struct rules_case *subject, size_t)
{
    return !withdrawal(subject)->reason || rung_code(withdrawal(subject)->reason, withdrawing);
}

static bool withdrawal_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(withdrawal(subject)->comment, COMMENT_MAX);
}

static bool revocation_reason(const struct rules_case *subject, size_t)
{
    return rung_code(revocation(subject)->reason, revoking);
}

static bool revocation_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(revocation(subject)->comment, COMMENT_MAX);
}

static const struct rung decision_form[] = {
    {.row = {"decision.outcome", "outcome", "1 (accept), 2 (refuse) or 3 (waitlist)",
             "Decide one of the three."},
     .holds = outcome_known},
    {.row = {"decision.reason_given", "reason", "a reason where the nomination is refused",
             "Say why, with one of the codes."},
     .holds = refusal_has_reason},
    {.row = {"decision.reason", "reason",
             "places, level, field, language, documents, deadline or other",
             "Choose one of the codes."},
     .holds = decision_reason},
    {.row = {"decision.comment", "comment", "at most 2,000 characters, no blank ends",
             "Shorten the comment."},
     .holds = decision_comment},
};

static const struct rung withdrawal_form[] = {
    {.row = {"withdrawal.reason", "reason", "student, home, duplicate or other",
             "Choose one of the codes, or leave the reason out."},
     .holds = withdrawal_reason},
    {.row = {"withdrawal.comment", "comment", "at most 2,000 characters, no blank ends",
             "Shorten the comment."},
     .holds = withdrawal_comment},
};

static const struct rung revocation_form[] = {
    {.row = {"revoke.reason", "reason", "error, places, documents, conduct, absent or other",
             "Say why, with one of the codes."},
     .holds = revocation_reason},
    {.row = {"revoke.comment", "comment", "at most 2,000 characters, no blank ends",
             "Shorten the comment."},
     .holds = revocation_comment},
};

const struct rung_step rules_answer_decision = {decision_form,
                                                sizeof decision_form / sizeof *decision_form};
const struct rung_step rules_answer_withdrawal = {withdrawal_form,
                                                  sizeof withdrawal_form / sizeof *withdrawal_form};
const struct rung_step rules_answer_revocation = {revocation_form,
                                                  sizeof revocation_form / sizeof *revocation_form};
