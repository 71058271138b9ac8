/* Help, read off the command table. */
#pragma once

#include "command/command_noun.h"

void cli_help_overview(FILE *to);
void cli_help_noun(FILE *to, const char *noun);
void cli_help_row(FILE *to, const struct command_row *row);
void cli_help_usage(FILE *to, const struct command_row *row);
/* The commands `help`, `version` and `completion`. */
command_function cli_help_run, cli_help_version, cli_help_completion;
