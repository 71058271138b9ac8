/* Calendars as RFC 5545 has them: lines of at most 75 octets, texts escaped, an end by CRLF. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"

enum { ICAL_LINE_MAX = 75 };

/* Grows in the arena; `spent` once that is. */
struct ical {
    struct arena *arena;
    char *text;
    size_t size, room;
    bool spent;
};

void ical_open(struct ical *ical, struct arena *arena, const char *name);

/* A whole day. Whoever reads the calendar again knows the event by its uid. */
struct ical_event {
    const char *uid, *summary, *description;
    const char *date; /* `YYYY-MM-DD` */
    struct instant changed_at;
    unsigned alarm_days; /* before it; 0: none */
};
void ical_event(struct ical *ical, const struct ical_event *event);

/* data NULL: the arena is spent. */
struct bytes ical_close(struct ical *ical);
