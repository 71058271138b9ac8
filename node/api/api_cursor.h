/* Where a list goes on: an opaque text for clients, a place for us. */
#pragma once

#include "api/api_call.h"

/* In a list of dossiers: `ready.NUMBER` within what waits for the guard, `PAIR.OPENER.DOSSIER`
 * within the rows. */
struct api_cursor {
    bool in_ready, in_rows; /* both false: the start */
    int64_t ready;
    struct store_place place;
};

/* Of ?after=; refused when it is none of ours. */
bool api_cursor_read(const struct api_call *call, struct api_reply *reply, struct api_cursor *out);
/* A text or null in the reply's `next`. */
enum fault api_cursor_put_ready(const struct api_call *call, struct api_reply *reply,
                                int64_t number);
enum fault api_cursor_put_place(const struct api_call *call, struct api_reply *reply,
                                const struct store_place *place);
enum fault api_cursor_put_end(struct api_reply *reply);

/* A plain number of the store; refused when it is none. */
bool api_cursor_text(struct api_reply *reply, const char *text, int64_t *out);
/* The same as ?after=; 0 from the start. */
bool api_cursor_number(const struct api_call *call, struct api_reply *reply, int64_t *out);
