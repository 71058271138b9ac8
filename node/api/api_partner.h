/* How it stands with the partners, as one list for the status and the partners' own route. */
#pragma once

#include "api/api_call.h"

/* Sets `partners`. */
enum fault api_partner_put(const struct api_call *call, struct api_reply *reply);
