/* The rules of what every body may say of its author: the department, and the officer who signs. */
#pragma once

#include "rules/rung.h"

extern const struct rung_step rules_author_form;
