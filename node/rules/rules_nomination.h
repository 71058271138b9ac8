/* The rules of a nomination and of an amendment: both are a full revision. */
#pragma once

#include "rules/ladder.h"

extern const struct ladder_step rules_nomination_form, rules_nomination_dates;
