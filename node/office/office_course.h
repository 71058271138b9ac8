/* What is in force in a dossier as the node showed it, and what may be done next. */
#pragma once

#include "command/command_work.h"

/* The newest transcript among the dossier's records; NULL: none is in force. */
json_t *office_course_transcript(const json_t *dossier);
/* The id of what is in force under this name (`transcript`), or of the object there
 * (`recognition`); NULL: nothing is. */
const char *office_course_id(const json_t *dossier, const char *name);
/* Puts into each record, as `says`, the word or day in which its body differs from others of its
 * kind. */
void office_course_say(json_t *records);
/* `Next:`, by direction and state; nothing where the other side must act. */
void office_course_step(struct command_work *work, const json_t *dossier);
