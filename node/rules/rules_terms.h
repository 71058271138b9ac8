/* The rules of what an agreement says: terms, and who is to be written to. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_terms_body, rules_terms_contacts, rules_terms_dates,
    rules_terms_facts;
/* All rungs of form, each once; the first two are parts of it. */
extern const struct rung_step rules_terms_all;
