/* Places of an agreement, and more than there are: who may, and with which reason. */
#pragma once

#include "api/api_call.h"

/* Takes `over_quota`, the reason, out of what was sent; it is kept where the decision's comment
 * stands. Refused where the node's settings do not allow it. */
bool api_quota_over(const struct api_call *call, struct api_reply *reply, bool *over);

/* GET of an agreement's places: of each condition and year. */
enum fault api_quota_show(const struct api_call *call, struct api_reply *reply);
