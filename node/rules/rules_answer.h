/* The rules of the short records: a decision and a withdrawal. */
#pragma once

#include "rules/ladder.h"

extern const struct ladder_step rules_answer_decision, rules_answer_withdrawal;
