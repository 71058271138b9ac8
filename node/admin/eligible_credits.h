/* The rules about credits asked with what this node knows: of a transcript by who issues it, of a
 * learning agreement by who proposes and by who approves it, of a recognition by who decides. */
#pragma once

#include "admin/eligible.h"

struct eligible_said {
    struct store *store;
    const char *own, *partner; /* SCHAC; own says it */
    bool opened_by_partner;
    struct header_dossier dossier;
    uint32_t kind;
    const ProtobufCMessage *body;
    int64_t said_on;
};

/* 0: the two have none. */
enum fault eligible_credits_pair(const struct eligible_said *said, struct arena *arena,
                                 uint32_t *pair);

/* Whether records of a kind are asked about credits at all. */
bool eligible_credits_asked(uint32_t kind);
/* All that is broken, in the arena. What stands in the dossier and is not here is not compared. */
enum fault eligible_credits(const struct dated *settings, const struct eligible_said *said,
                            struct arena *arena, struct eligible_findings *out);
