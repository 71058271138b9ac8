/* What an institution says of itself: its calendar, its deadlines, what it wants. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_factsheet_form;
