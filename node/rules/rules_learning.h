/* Learning agreements, and what the host answers to them. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_learning_form, rules_learning_dates, rules_learning_names,
    rules_learning_facts;
extern const struct rung_step rules_learning_decision, rules_learning_decision_names;
