/* Learning agreements of invented students, as people of a story propose and answer them. */
#pragma once

#include "base/arena.h"

/* How a plan of this name stands to the one before it; NULL: there is none.
 *   first        one unit at the host
 *   fuller       another one beside it: the host had asked for more
 *   swapped      of `fuller` the first goes for a conflict, and another comes in its place
 *   longer       `swapped`, and a unit more for a longer stay
 *   unexplained  as `swapped`, and it is not said why: breaks a rule once one was approved
 *   unattested   as `first`, and nobody says that the student agreed: breaks a rule */
bool plan_known(const char *name);

/* Packed bodies; data NULL when the arena is spent. */
struct bytes plan_body(const char *name, struct arena *arena);
/* `approves`, `comments`; `grumbles` comments without a word, which breaks a rule. */
struct bytes plan_answer(const char *how, struct arena *arena);
bool plan_answer_known(const char *how);
