/* The kinds of record, one row each: what its body is, whose lane it stands in, what its claim
 * needs. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"
#include "record/header.h"

#include <protobuf-c/protobuf-c.h>

enum kind_lanes { KIND_LANE_OPENER = 1, KIND_LANE_OTHER = 2, KIND_LANE_BOTH = 3 };

/* A dossier is of the family of the kind that opens it. */
enum kind_family { KIND_MOBILITY, KIND_AGREEMENT, KIND_NOTICE, KIND_FAMILIES };

/* Where a kind may stand: not at index 0 of lane 0, only there, or anywhere. */
enum kind_place { KIND_INSIDE, KIND_OPENS, KIND_ANYWHERE };

struct kind {
    uint32_t number; /* Peregrin__Kind */
    uint32_t schema;
    const char *name; /* `credit record`, as people say it */
    const char *code; /* `credit_record`, for programs */
    const ProtobufCMessageDescriptor *body;
    enum kind_lanes lanes;
    enum kind_family family;
    enum kind_place place;
    bool claims_target, claims_outcome, claims_change, claims_code, claims_year, claims_last_year;
    uint32_t fields_max; /* in a body, see scan.h */
};

/* NULL when we do not know this kind in this schema. */
const struct kind *kind_find(uint32_t number, uint32_t schema);
/* All rows, for lists and tests. */
const struct kind *kind_all(size_t *count);

/* A record of this kind may stand at this place: in its lane, and at index 0 of lane 0 only when it
 * may open a dossier. */
bool kind_stands(const struct kind *kind, uint32_t lane, uint32_t index);

/* Scans and parses a body of this kind; limits are the kind's. */
enum verdict kind_body_read(const struct kind *kind, struct bytes body, struct arena *arena,
                            ProtobufCMessage **message);

/* The body says what its claim says, or VERDICT_CONTRADICTS: year, condition, outcome and code, as
 * far as the claim says them. The change class needs two bodies: see kind_change_of. */
enum verdict kind_body_matches(const struct header *header, const ProtobufCMessage *body);

/* The class an amendment must claim, from the revision before it and its own: names, birth date,
 * e-mail, gender or nationality keep, and so do unit and officer; a changed present ESI, name and
 * birth date together, or anything else re-opens. Both are Peregrin__Nomination. */
uint32_t kind_change_of(const ProtobufCMessage *before, const ProtobufCMessage *after);
