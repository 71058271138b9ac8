/* An agreement as it stands, for the routes that show it and those that speak in it. */
#pragma once

#include "agreement.pb-c.h"
#include "api/api_dossier.h"

struct api_agreement {
    struct api_dossier found;
    struct dossier_view view;
    bool replaced; /* another one stands in its place; where that was asked */
};

/* The agreement of the path's first parameter; refused where a dossier is none. */
enum fault api_agreement_find(const struct api_call *call, struct api_reply *reply,
                              struct api_agreement *out);

/* Terms of this id; NULL where there are none, or they are not here. */
enum fault api_agreement_terms(const struct api_call *call, const struct dossier_view *view,
                               const struct digest *id, const Peregrin__Terms **out);

/* Who must act next: a name of the two, or NULL. */
const char *api_agreement_actor(const struct api_dossier *found);
