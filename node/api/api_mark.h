/* What people here keep for partners that run no node, as JSON. */
#pragma once

#include "admin/hand.h"
#include "api/api_call.h"
#include "report/delivery.h"

/* The mark that counts of a nomination, or null: what it says is nobody's signed word. */
enum fault api_mark_json(const struct api_call *call, const struct store_dossier *row,
                         json_t **out);
/* All of them, the newest last. */
enum fault api_mark_list(const struct api_call *call, struct api_reply *reply,
                         const struct store_place *place);
/* How a record of ours travels: one for a partner by hand is not under way. */
const char *api_mark_delivery(const struct api_call *call, const char *partner,
                              enum delivery_state state);
