/* What is said in a dossier that is there, for every resource that says something in one. */
#pragma once

#include "api/api_dossier.h"

/* A record of this kind by who says records of it, and the answer into the reply. target: what it
 * names; empty: the engine knows. path: where the body stands in the request. */
enum fault api_submit_in(const struct api_call *call, struct api_reply *reply, uint32_t kind,
                         const struct api_dossier *found, struct bytes target, struct bytes body,
                         const char *path);
/* The request's object is the body itself, but for `revision`: what the user had before his eyes.
 */
enum fault api_submit_flat(const struct api_call *call, struct api_reply *reply, uint32_t kind);
