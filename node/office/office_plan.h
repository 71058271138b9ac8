/* A learning agreement as a sheet: its units, a row each, and what changed against the revision
 * before; and as two revisions side by side. */
#pragma once

#include "command/command_work.h"

/* CSV of a revision, as the node shows it; NULL: an empty sheet with its titles. data NULL: the
 * arena is spent. */
struct bytes office_plan_write(struct command_work *work, const json_t *revision);

/* Reads a sheet into `units` and `changes` of a learning agreement; what goes is found in the last
 * revision (NULL: there is none). Says what is wrong. */
enum command_exit office_plan_read(struct command_work *work, const char *path, const json_t *last,
                                   json_t **out);

/* Lines of what differs: rows of `what` (comes, goes, altered), `part`, `code`, `title`, `ects`,
 * `before`, `reason`. */
json_t *office_plan_differences(struct command_work *work, const json_t *before,
                                const json_t *after);

/* Rows of the units, for a table. */
json_t *office_plan_rows(struct command_work *work, const json_t *revision);
