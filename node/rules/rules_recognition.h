/* What the home recognises of a transcript, group by group. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_recognition_form, rules_recognition_dates,
    rules_recognition_facts;
