/* States that people here keep by hand, as lists show them. */
#pragma once

#include "command/command_work.h"

/* `accepted (by hand)` in the place of what the records say; nothing for --json. */
void office_hand_words(struct command_work *work, json_t *list);
