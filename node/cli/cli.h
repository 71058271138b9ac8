/* The admin CLI as a function: words in, a status out. */
#pragma once

#include "command/command.h"

/* Runs one command; arguments[0] is the program's name. Gives the exit status. */
enum command_exit cli_run(const struct command_port *port, int count, char **arguments);
