/* What a world is measured by while it runs: watches its events, knows which records wait for their
 * receipt, and looks into their authors' stores when one may have come. */
#pragma once

#include "sim/world.h"
#include "study/measure.h"
#include "study/sample.h"

/* A record that a person submitted. Kept until the end by awaited.c. */
struct gauge_record {
    uint32_t node, partner; /* its author's, its audience's */
    uint32_t subject;       /* the mobility that it is about; GAUGE_CROWD: of a flood */
    uint32_t kind;          /* Peregrin__Kind */
    bool ready;             /* it waits for a write guard: lane, index and id are not known yet */
    uint32_t lane, index;
    struct store_place place; /* as its author names it */
    struct digest id;
    int64_t answered, receipted; /* microseconds of the world; receipted 0: not yet */
    uint32_t next;               /* of the same way, among those that wait; from 1 */
};
static const uint32_t GAUGE_CROWD = UINT32_MAX;

/* One day, counted from the beginning of the world. */
struct gauge_day {
    uint64_t submitted, receipted, backlog_max, postponed, down, messages, bytes;
    double backlog_mean;
};

struct gauge_message {
    const char *what; /* static */
    uint64_t sent, bytes, arrived, refused, lost;
};

struct gauge;

/* Called for each receipt that is stored; not a moment to change the world. */
typedef void gauge_receipted(void *self, const struct gauge_record *record);
struct gauge_settings {
    struct world *world;
    size_t days; /* of the run; what comes later counts to the last one */
    gauge_receipted *receipted;
    void *self;
};

/* Watches the world from now on. NULL: no memory. */
struct gauge *gauge_open(const struct gauge_settings *settings);
void gauge_close(struct gauge *gauge);

/* A record that was submitted just now; answered is set. False: no memory. */
bool gauge_submitted(struct gauge *gauge, const struct gauge_record *record);
/* The node is stopped next: what its engine counted is kept. */
void gauge_stops(struct gauge *gauge, size_t node);
/* At the end of a day: who waits, and how many nodes are down. */
void gauge_day_ends(struct gauge *gauge, size_t day, uint64_t postponed, uint64_t down);

uint64_t gauge_backlog(const struct gauge *gauge);
bool gauge_spent(const struct gauge *gauge); /* the machine refused memory: nothing is whole */

/* All that it knows; the others are left as they are. Reads every record in the stores again. */
void gauge_finish(struct gauge *gauge, struct measures *out);
const struct gauge_day *gauge_day(const struct gauge *gauge, size_t day);
const struct gauge_message *gauge_message(const struct gauge *gauge, size_t index); /* NULL: end */
