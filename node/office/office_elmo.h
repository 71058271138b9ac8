/* Results of another system, as ELMO: each report becomes a transcript. */
#pragma once

#include "office/office_marks.h"

/* By its name: `.xml`. */
bool office_elmo_is(const char *path);
/* As office_marks_read. What the file has that is not kept is told; *sheet names the file. */
enum command_exit office_elmo_read(struct command_work *work, const char *path,
                                   struct command_sheet *sheet, struct office_marks *out);
