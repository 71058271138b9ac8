/* The rules of the short records: a decision and a withdrawal. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_answer_decision, rules_answer_withdrawal,
    rules_answer_revocation;
