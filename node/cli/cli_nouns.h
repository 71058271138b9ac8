/* The nouns of the program itself. */
#pragma once

#include "command/command_noun.h"

extern const struct command_noun noun_help, noun_version, noun_completion;
