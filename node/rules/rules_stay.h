/* The days of a stay: arrival, departure, extension. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_stay_arrival, rules_stay_arrival_dates,
    rules_stay_arrival_facts;
extern const struct rung_step rules_stay_departure, rules_stay_departure_dates,
    rules_stay_departure_facts;
extern const struct rung_step rules_stay_extension, rules_stay_extension_dates,
    rules_stay_extension_facts;
