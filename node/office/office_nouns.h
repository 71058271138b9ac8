/* The coordinator's nouns, in the order of their files. */
#pragma once

#include "command/command_noun.h"

extern const struct command_noun noun_nomination, noun_inbox, noun_draft, noun_agreement, noun_stay,
    noun_transcript, noun_recognition, noun_learning, noun_factsheet, noun_course, noun_deadline,
    noun_grade, noun_rules, noun_report, noun_record, noun_unit, noun_group, noun_call,
    noun_envelope, noun_grant;
