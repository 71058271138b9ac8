/* Numbers in Prometheus' text format (version 0.0.4): HELP and TYPE once for each family, then its
 * samples. The table in metric.c has every family there is.
 *
 * Labels are institutions, codes and routes of our own: never a student, never a path that somebody
 * asked for, so their number is bounded by the catalogue and by the tables of this program. */
#pragma once

#include "io/tally.h"

#include <stdio.h>

enum metric_id {
    METRIC_BUILD,
    METRIC_READY,
    METRIC_UNREADY,
    METRIC_CATALOGUE_VERSION,
    METRIC_CATALOGUE_END,
    METRIC_OUTBOX,
    METRIC_OUTBOX_AGE,
    METRIC_STUCK,
    METRIC_HELD_BACK,
    METRIC_GUARD,
    METRIC_CONNECTED,
    METRIC_HEARD,
    METRIC_ROUND_TRIP,
    METRIC_ATTEMPTS,
    METRIC_SUSPENDED,
    METRIC_BY_KIND,
    METRIC_REFUSED,
    METRIC_GROUPS,
    METRIC_FAULTS,
    METRIC_ASIDE,
    METRIC_COMMITS,
    METRIC_EVENTS,
    METRIC_TURNS,
    METRIC_DATABASE,
    METRIC_LOG,
    METRIC_DISK_FREE,
    METRIC_BACKUP,
    METRIC_REQUESTS,
    METRIC_LIMITED,
    METRIC_WEBHOOKS,
    METRIC_WEBHOOKS_FAILING,
    METRIC_DEAD_LETTERS,
    METRIC_START,
    METRIC_CPU,
    METRIC_MEMORY,
    METRIC_DESCRIPTORS,
    METRIC_DESCRIPTORS_MAX,
    METRIC_COUNT
};

enum metric_type { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

struct metric_family {
    const char *name, *help;
    enum metric_type type;
    const char *labels[2]; /* names; NULL: none */
};

const struct metric_family *metric_family(enum metric_id id);

/* HELP and TYPE; samples of this family follow. */
void metric_begin(FILE *out, enum metric_id id);
/* One sample with the family's labels; values of labels that it does not have are NULL. */
void metric_put(FILE *out, enum metric_id id, const char *first, const char *second, int64_t value);
/* The same of microseconds, written in seconds. */
void metric_put_us(FILE *out, enum metric_id id, const char *first, const char *second,
                   int64_t value_us);
/* begin, and a single sample without labels. */
void metric_one(FILE *out, enum metric_id id, int64_t value);
/* A counter of the engine or the network, by the name that it has there: `frames_in` becomes
 * `peregrin_frames_in_total`. */
void metric_counted(FILE *out, const char *name, uint64_t value);
/* begin, and a histogram; its values are microseconds (written in seconds) or plain numbers. */
void metric_spread(FILE *out, enum metric_id id, const struct tally_spread *spread, bool is_us);
