/* The student that a person means, where a command wants a dossier. */
#pragma once

#include "command/command_work.h"

/* Puts the dossier's name in the place of each argument that says whom else: a name, an address, an
 * identifier, or an end of the dossier's name. Only for rows whose arguments begin with DOSSIER;
 * none or several such students are said, and nothing is done. */
enum command_exit office_dossier_resolve(struct command_work *work);
/* The same of one that a flag says. */
enum command_exit office_dossier_named(struct command_work *work, const char **text);
