/* What befalls frames on some ways between nodes, over and above what the network does to all of
 * them: one hazard for each thing that was said, until it is over or everything is healed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hazard_kind {
    HAZARD_PARTED,    /* nothing passes, and what is under way does not arrive */
    HAZARD_HALF_OPEN, /* the dialler believes that it is connected: what goes along its connection
                         vanishes, until it opens a session anew */
    HAZARD_DISTANT,   /* so long a delay instead of the network's */
    HAZARD_CLOGGED,   /* what leaves is held until then, and let go in its order */
    HAZARD_KINDS
};

struct hazard {
    enum hazard_kind kind;
    bool *from, *to; /* of each node whether it stands on that side; for half-open: who dialled */
    bool both;       /* also the other way */
    bool ring;       /* but for neighbours by their numbers, the last and the first included */
    int64_t us;      /* distant: how long; clogged: until when */
};

struct hazards {
    struct hazard *list;
    size_t count, room;
    size_t nodes;
};

/* A frame on its way, as a hazard sees it. */
struct hazard_way {
    size_t from, to;
    bool dialled;     /* on the connection that `from` dialled; otherwise on that of `to` */
    const char *what; /* what the frame carries */
};

/* What befalls it. */
struct hazard_met {
    const char *why;    /* it is lost (static text); NULL: it is not */
    int64_t delay_us;   /* -1: the network's own */
    int64_t not_before; /* it is held until then */
};
/* When a frame leaves. One that opens a session leaves on a connection of its own, so no half-open
 * one outlives it. */
struct hazard_met hazard_leaving(struct hazards *hazards, const struct hazard_way *way);
/* NULL: it arrives; otherwise why it does not (static text). */
const char *hazard_arriving(const struct hazards *hazards, const struct hazard_way *way);
/* The two are on both sides of this one. */
bool hazard_parts(const struct hazards *hazards, size_t number, size_t from, size_t to);
const char *hazard_name(enum hazard_kind kind);

/* Takes over its sides, each of so many nodes. */
void hazard_add(struct hazards *hazards, const struct hazard *hazard, size_t nodes);
void hazard_clear(struct hazards *hazards);
