/* A record on its way into our own lane: its claim, its place, the judgement that the partner will
 * pass too, and the writing. */
#pragma once

#include "engine/fold.h"
#include "record/kind.h"

struct draft {
    struct pair *pair;
    struct store_place place;
    bool opens;
    const struct kind *kind;
    struct bytes body;
    ProtobufCMessage *message; /* the body, parsed */
    uint64_t issued_at;
    uint8_t salt[DIGEST_SALT_SIZE];
    struct digest target;
    bool has_target;
    bool over; /* an acceptance that needs no place */
};

/* This group can take no more records of the pair, or nothing can be signed for it now. */
bool draft_full(const struct pair *pair);

/* Our lane can be written on: it is not forked, and nothing of it is missing. */
bool draft_lane_whole(const struct fold_view *view, uint32_t lane);

/* Gives the draft its index, judges it as the partner will, and writes it; the answer says what
 * came of it. */
enum fault draft_write(struct step *step, struct draft *draft, const struct fold_view *view,
                       struct event_answer *answer);
