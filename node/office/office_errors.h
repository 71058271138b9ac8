/* The user's own list back, with a column that says what has to be mended. */
#pragma once

#include "command/command_sheet.h"

/* Writes the copy that `--errors FILE` names, or else one beside the file; nothing with
 * `--no-errors`, --dry-run, or where there is no problem. It stays on the user's side. That it
 * could not be written is told and is no failure of the import. */
void office_errors_write(struct command_work *work, const struct command_sheet *sheet,
                         const json_t *problems);
