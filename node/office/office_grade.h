/* Grading tables out of files on the user's side. */
#pragma once

#include "command/command_work.h"
#include "sheet/sheet_grading.h"

/* The tables of a file, with what --fails says of them. What is wrong with the file was said: then
 * COMMAND_PROBLEMS, and no table of it is used. */
enum command_exit office_grade_read(struct command_work *work, const char *path,
                                    struct sheet_grading *out);

/* What was found, as an error of the command. */
enum command_exit office_grade_wrong(struct command_work *work, const struct finding *why);

/* What partners and we have published, kept as `AUTHOR.SCHEME`; the second argument names one
 * partner, or is not there. */
enum command_exit office_grade_take(struct command_work *work);
