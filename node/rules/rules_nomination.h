/* The rules of a nomination and of an amendment: both are a full revision. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_nomination_form, rules_nomination_dates;
