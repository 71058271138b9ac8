/* The rules of a credit record, the transcript of one stay. */
#pragma once

#include "rules/ladder.h"

extern const struct ladder_step rules_transcript_form, rules_transcript_dates;
