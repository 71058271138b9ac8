/* The calendar of a host as its newest factsheet tells it, and which day it is there. */
#pragma once

#include "admin/deadline.h"
#include "base/instant.h"
#include "store/store.h"

/* Lives in the arena. */
struct host_calendar {
    const Peregrin__Factsheet *sheet; /* NULL: it has published none */
    const char *zone;                 /* its own, or UTC */
    int64_t today;                    /* there */
    bool known;                       /* this machine knows the zone; otherwise days are of UTC */
};

/* of_partner: the partner is the host of this pair; otherwise our own institution. */
enum fault host_calendar_load(struct store *store, uint32_t pair, bool of_partner,
                              struct instant now, struct arena *arena, struct host_calendar *out);
/* The day there of another moment. */
int64_t host_calendar_day(const struct host_calendar *calendar, struct instant at);
