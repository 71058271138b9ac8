/* The limits of eligibility as the node starts with: those shipped, and the file of the setting
 * `rules` over them. */
#pragma once

#include "eligibility/dated.h"
#include "io/config.h"

struct rulebook;

/* FAULT_CONFIG with file, line and what is expected there. */
enum fault rulebook_open(const struct config *config, struct rulebook **out, struct reason *reason);
void rulebook_close(struct rulebook *rulebook);
const struct dated *rulebook_settings(const struct rulebook *rulebook);
