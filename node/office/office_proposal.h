/* Grades of the home in a recognition, by the tables that the node keeps. */
#pragma once

#include "command/command_work.h"

/* The proposal for a transcript with its grades converted as --convert, --from and --to say; where
 * one cannot be, the unit's `note` says why, and it has no grade. The host's table is that of the
 * component's grading scheme where --from does not name one. */
enum command_exit office_proposal_make(struct command_work *work, const json_t *components,
                                       json_t **recognition);

/* Whether the tables give the grades that are said to come from them; otherwise it was said which
 * do not. */
enum command_exit office_proposal_check(struct command_work *work, const json_t *recognition);
