/* How far a dossier has come: what is in force of each kind, beside the nomination. */
#pragma once

#include "api/api_call.h"
#include "report/dossier_view.h"

/* The record under this id as its body with `id`, `issuer` and `issued_at`; null where there is
 * none. Where the body was erased, what is left. The view has bodies. */
enum fault api_course_record(const struct api_call *call, const struct dossier_view *view,
                             const struct digest *id, json_t **out);
/* Sets `decision`, `stay`, `transcript`, `recognition`, `learning` and `revocation`. */
enum fault api_course_put(const struct api_call *call, struct api_reply *reply,
                          const struct dossier_view *view);
