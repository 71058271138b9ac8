/* Dossiers by name, and their records as JSON, for every route that shows or changes one. */
#pragma once

#include "api/api_call.h"
#include "local.pb-c.h"
#include "report/dossier_view.h"

/* Lives in the arena. */
struct api_dossier {
    struct store_place place;
    const char *own, *partner;
    bool both;                /* the partner's side is on this node too; this one is the opener's */
    bool kept;                /* the store has a row of it; otherwise all of it is still ready */
    struct store_dossier row; /* of kept */
};

/* The dossier of the path's first parameter; ?opener chooses between two of one name. One of a
 * department that the caller does not see is not found. */
enum fault api_dossier_find(const struct api_call *call, struct api_reply *reply,
                            struct api_dossier *out);

/* Where both sides are here: the host's, which did not open it; otherwise the dossier as it is.
 * Only the names are of use, and who opened it. */
struct api_dossier api_dossier_host(const struct api_dossier *dossier);
/* Where both sides are here: who says a record of this kind is the one in whose lane it stands.
 * Only the names are of use, and who opened it. */
struct api_dossier api_dossier_speaker(const struct api_dossier *dossier, uint32_t kind);

/* SCHAC of who opened it. */
const char *api_dossier_opener(const struct api_dossier *dossier);

/* What waits for the write guard: from `after` on, at most max; pair 0: all. */
struct api_dossier_ready {
    int64_t number;
    uint32_t pair, code;
    const Peregrin__Submission *submission;
    bool hidden; /* of a department that the caller does not see: not to be shown */
    bool binds;  /* the institution, not a department: no mobility is meant */
};
enum fault api_dossier_ready(const struct api_call *call, uint32_t pair, int64_t after, size_t max,
                             struct api_dossier_ready **out, size_t *count);

/* Record of a view at this position, with its body where it is here. */
enum fault api_dossier_record(const struct api_call *call, const struct dossier_view *view,
                              size_t position, json_t **out);
