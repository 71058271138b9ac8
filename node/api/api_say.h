/* What a user says becomes a submission: the JSON of a body into its bytes, and the engine's answer
 * into the reply. Shared by the routes that submit. */
#pragma once

#include "api/api_call.h"
#include "record/kind.h"

/* Body of a kind from JSON; path is where the object stands in the request. Refused with the field
 * that does not fit. */
bool api_say_body(const struct api_call *call, struct api_reply *reply, json_t *object,
                  uint32_t kind, const char *path, struct bytes *body);

/* Asks the engine; refused with what it found. Before that the body gets its author: the officer is
 * who asks, whatever the body said, and the department the caller's only one where it says none. A
 * body of a department that is not there, has ended or is not the caller's is refused, and so is
 * what binds the whole institution from a caller of a department. */
enum fault api_say_submit(const struct api_call *call, struct api_reply *reply,
                          const struct event_submission *submission, const char *path,
                          struct event_answer *answer);

/* `{"dossier","lane","index","id","ready","repeated"}`, and `warnings` where rules were asked; NULL
 * when memory is spent. */
json_t *api_say_answer(const struct api_call *call, const struct api_reply *reply,
                       const struct event_answer *answer);

/* A record's id in hex, in the arena; empty when the value is absent. */
bool api_say_id(const struct api_call *call, struct api_reply *reply, json_t *value,
                const char *field, struct bytes *id);
/* The same as the whole answer of a submission that was taken. */
enum fault api_say_put(const struct api_call *call, struct api_reply *reply,
                       const struct event_answer *answer);
