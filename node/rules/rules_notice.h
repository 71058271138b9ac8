/* Grading tables and course lists, as institutions tell them to their partners. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_notice_grading, rules_notice_courses;
