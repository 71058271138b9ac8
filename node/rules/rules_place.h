/* What a record says of its place: its claim, what it names, its turn. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_place_claim, rules_place_change, rules_place_turn;
/* What it names, by kind: an amendment and a decision; a transcript; a recognition; a revocation.
 */
extern const struct rung_step rules_place_target, rules_place_transcript, rules_place_recognition,
    rules_place_revocation;
