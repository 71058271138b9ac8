/* Papers, for every route that answers with one: ?language, and the wait for the press. */
#pragma once

#include "api/api_call.h"

/* What the press is to set; refused: nothing is begun. */
typedef enum fault api_press_describe(const struct api_call *call, struct api_reply *reply,
                                      struct bytes *description);
enum fault api_press_show(const struct api_call *call, struct api_reply *reply,
                          api_press_describe *describe);
