/* A user's list on its way through the node: sent as it is, and what the node found in it shown
 * beside the user's own cells, which it never sends back. */
#pragma once

#include "command/command_sheet.h"

struct office_reading {
    struct command_work *work;
    struct command_sheet sheet;
    const char *line;  /* the command without its flags, to say it again */
    const char *path;  /* of the route */
    const char *dates; /* `dmy`, `mdy`; NULL: not said */
    json_t *reply;     /* the last answer */
};

/* Opens the file and asks what would come of it. Of 03/04/2005 nobody but the user knows: he is
 * asked once. `command`: `nomination import`. */
enum command_exit office_reading_open(struct command_work *work, const char *command,
                                      const char *path, struct office_reading *out);
/* Says how the file was read, what was mended, left out, and is wrong. */
enum command_exit office_reading_show(struct office_reading *reading);
/* No row could be read, for the header's sake. */
bool office_reading_header_bad(const struct office_reading *reading);
/* Once more, and now it is kept. */
enum command_exit office_reading_confirm(struct office_reading *reading);

/* Says how many rows are ready, and how many are not. */
void office_reading_count(const struct office_reading *reading);
/* Some rows can be kept, and the others are none or may be left out. */
bool office_reading_good(const struct office_reading *reading);
/* Whether to keep them: by --yes, or by asking where somebody sits. */
bool office_reading_wanted(const struct office_reading *reading, const char *prompt);
/* Nothing was kept: says how it would be, with this flag where all is well. */
enum command_exit office_reading_leave(const struct office_reading *reading, const char *flag);

json_int_t office_reading_number(const struct office_reading *reading, const char *name);
bool office_reading_problems(const struct office_reading *reading);
