/* What the node says of its partners. Only for the files command_*.c. */
#pragma once

#include "command/command_work.h"

/* The entries of one partner: one for each own institution. None is an error, and said. */
enum command_exit operate_partner_entries(struct command_work *work, const char *schac,
                                          json_t **out);
