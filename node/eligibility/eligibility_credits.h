/* The limits of the rules about credits (grade/credits_rules.h), out of the dated settings. */
#pragma once

#include "eligibility/dated.h"
#include "grade/credits_rules.h"

/* As they hold for an institution on a day; what no setting says is not limited. */
struct credits_limits eligibility_credits(const struct dated *settings, const char *institution,
                                          int64_t day);
