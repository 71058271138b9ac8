/* Completion for shells, read off the command table: nouns, verbs, flags, and the words that a flag
 * takes. */
#pragma once

#include "command/command_work.h"

/* The script for bash, zsh or fish; false: another shell. */
bool cli_completion_write(FILE *to, const char *shell);
