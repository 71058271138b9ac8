/* Help, read off the command table. */
#pragma once

#include "command/command_noun.h"

void command_help_overview(FILE *to);
void command_help_noun(FILE *to, const char *noun);
void command_help_row(FILE *to, const struct command_row *row);
void command_help_usage(FILE *to, const struct command_row *row);
/* The commands `help`, `version` and `completion`. */
command_function command_help_run, command_help_version, command_help_completion;
