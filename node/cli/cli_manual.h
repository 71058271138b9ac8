/* Manual pages in the language of man(7), read off the tables of commands, flags and settings. */
#pragma once

#include "command/command_work.h"

/* The page of a name: peregrin, a noun (or peregrin-NOUN), peregrind, peregrind.conf. False: there
 * is none. */
bool cli_manual_page(const struct command_work *work, const char *name);
/* The names of all pages with their sections, a line each: `peregrin-key 1`. */
void cli_manual_list(const struct command_work *work);
