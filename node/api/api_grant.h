/* Applications by number, and as JSON, for the routes that show and those that allot. */
#pragma once

#include "api/api_money.h"

/* With the name of its group of priority, which its call knows. */
json_t *api_grant_json(const struct api_call *call, const Peregrin__Grant *grant);
/* The one of the path's first parameter, if the caller sees its department. */
enum fault api_grant_find(const struct api_call *call, struct api_reply *reply,
                          Peregrin__Grant **out);
/* Refused where it is in another state than this one. */
bool api_grant_is(const struct api_call *call, struct api_reply *reply,
                  const Peregrin__Grant *grant, enum grant_state state);
