/* A nomination under a condition of an agreement: what the terms must allow, and places. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_condition_nomination, rules_condition_places;
