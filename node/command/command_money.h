/* Sums of money as people write and read them. */
#pragma once

#include "command/command_work.h"

/* The flag as cents, more than none: 1200, 1200.5, 1,200.00; *given false where it did not come.
 * Says what is wrong. */
enum command_exit command_money_flag(struct command_work *work, const char *name, json_int_t *cents,
                                     bool *given);
/* `90,000.00 EUR` */
const char *command_money_text(struct command_work *work, json_int_t cents, const char *currency);
/* Puts texts in place of the cents of an object, for tables: `balance` for `balance_cents`. */
void command_money_dress(struct command_work *work, json_t *object, const char *currency);
void command_money_dress_all(struct command_work *work, json_t *list, const char *currency);
/* Copies flags into a body, under the names of the API; both lists end with NULL. */
void command_money_flags(struct command_work *work, json_t *body, const char *const flags[],
                         const char *const names[]);
/* A number of a flag or argument into the body; says what is wrong. */
enum command_exit command_money_number(struct command_work *work, json_t *body, const char *text,
                                       const char *name);
