/* Keys, catalogues, and who does not keep the rules in a drawn world. */
#pragma once

#include "swarm/perils.h"

void perils_trust_rotation(const struct peril *peril);
void perils_trust_mistakes(const struct peril *peril);
void perils_trust_crook(const struct peril *peril);
void perils_trust_words(const struct peril *peril);
void perils_trust_stolen(const struct peril *peril);
void perils_trust_rollover(const struct peril *peril);
void perils_trust_unaware(const struct peril *peril);
void perils_trust_spoilt(const struct peril *peril);
