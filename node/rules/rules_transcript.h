/* The rules of a credit record, the transcript of one stay. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_transcript_form, rules_transcript_dates;
