/* Who says a record, and for which department: put into its body before the engine gets it. */
#pragma once

#include "api/api_call.h"

/* Sets the body's officer and unit and the submission's body. Refused where the department is not
 * one of the institution's, has ended, or is not the caller's. */
enum fault api_author_fill(const struct api_call *call, struct api_reply *reply,
                           struct event_submission *submission, const char *path);

/* Whether a new thing of this institution may be given this department (NULL: none) by who asks;
 * `field` is where it stands in the request. `before`: the department that it has already. */
enum fault api_author_unit(const struct api_call *call, struct api_reply *reply, const char *own,
                           const char *unit, const char *before, const char *field);
