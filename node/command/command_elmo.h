/* Results of another system, as ELMO: each report becomes a transcript. */
#pragma once

#include "command/command_marks.h"

/* By its name: `.xml`. */
bool command_elmo_is(const char *path);
/* As command_marks_read. What the file has that is not kept is told; *sheet names the file. */
enum command_exit command_elmo_read(struct command_work *work, const char *path,
                                    struct command_sheet *sheet, struct command_marks *out);
