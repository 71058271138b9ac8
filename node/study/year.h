/* A run: a network, the deeds of a year, a scenario and a seed, played in a virtual world. */
#pragma once

#include "study/gauge.h"
#include "study/ordeal.h"

#include <stdio.h>

/* Once for each virtual day. */
struct year_progress {
    struct instant date; /* of the calendar */
    size_t day, days;    /* from 1 */
    uint64_t events, events_per_second, backlog, postponed;
};
typedef void year_told(void *self, const struct year_progress *progress);
typedef void year_watcher(void *self, const struct world *world, const struct world_event *event);

struct year_settings {
    const struct flow_network *network;
    const struct scenario_choice *choice;
    uint64_t seed;
    struct flow_rates rates; /* of the membership list; all 0: the calendar's own */
    uint32_t days;           /* at most so many; 0: to the last deed */
    bool on_disk;            /* stores are real SQLite */
    bool real;               /* real signatures and handshakes */
    size_t samples;          /* pairs of institutions whose stores are compared at the end */
    year_told *told;
    year_watcher *watcher; /* sees every event of the world; NULL: nobody */
    void *self;            /* of both */
    volatile int *stop;    /* set: the run ends where it is; NULL: never */
};

enum year_end {
    YEAR_DONE,
    YEAR_STOPPED, /* by *stop */
    YEAR_REFUSED, /* the network cannot have this scenario: see why */
    YEAR_SPENT,   /* no memory */
};

struct year {
    enum year_end end;
    struct scenario_refusal why;
    struct measures measures;
    struct ordeal ordeal; /* who was meant, and when */
    size_t days;          /* that were played */
    struct gauge_day *day_list;
    struct gauge_message *messages;
    size_t message_count;
    struct instant beginning; /* of the calendar: day 1 */
    size_t compared;          /* pairs whose stores were compared at the end */
    const char *wrong;        /* the first thing in them that does not hold; NULL: all holds */
    struct digest hash;       /* of all that happened */
};

/* Everything in `out` stands in the arena. */
void year_run(const struct year_settings *settings, struct arena *arena, struct year *out);
