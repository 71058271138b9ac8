/* The other stays of a person, to be added up: those of dossiers, and in a list of which nothing is
 * said yet those of the rows before. */
#pragma once

#include "admin/eligible.h"

/* Into the facts, with whether anybody can say. */
enum fault eligible_away_find(const struct eligible *eligible, const struct eligible_case *subject,
                              struct eligible_memo *memo, const struct stays_person *person,
                              struct arena *arena, struct eligibility_facts *facts);
/* Of what no rule refuses: the rows after it are asked with it, where it is only planned. What is
 * in a dossier is known without. */
enum fault eligible_away_plan(const struct eligible_case *subject,
                              const struct stays_person *person, struct arena *arena);
