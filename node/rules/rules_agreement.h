/* The rules of what answers terms: what is named, with which reason, and notice. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_agreement_approval, rules_agreement_declination,
    rules_agreement_termination, rules_agreement_termination_dates;
/* What an answer must name: the partner's open terms, one's own, those in force. */
extern const struct rung_step rules_agreement_offer, rules_agreement_own, rules_agreement_force;
/* All rungs of form, each once; the first three are parts of it. */
extern const struct rung_step rules_agreement_all;
