/* What a year is measured by: names, units, meanings; and the columns of every CSV file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum measure {
    MEASURE_ABSENT,
    MEASURE_SUBMITTED,
    MEASURE_REFUSED,
    MEASURE_DROPPED,
    MEASURE_POSTPONED,
    MEASURE_POSTPONED_MAX,
    MEASURE_GUARDED,
    MEASURE_RECEIPTED,
    MEASURE_RECEIPT_P50,
    MEASURE_RECEIPT_P90,
    MEASURE_RECEIPT_P99,
    MEASURE_RECEIPT_MAX,
    MEASURE_DECISION_P50,
    MEASURE_DECISION_P90,
    MEASURE_DECISION_P99,
    MEASURE_DECISION_MAX,
    MEASURE_BACKLOG_MAX,
    MEASURE_BACKLOG_MEAN,
    MEASURE_BACKLOG_END,
    MEASURE_DRAIN,
    MEASURE_LOST,
    MEASURE_LOST_RECEIPTED,
    MEASURE_MESSAGES,
    MEASURE_MESSAGES_LOST,
    MEASURE_MESSAGES_REFUSED,
    MEASURE_BYTES,
    MEASURE_SESSIONS,
    MEASURE_RESENDS,
    MEASURE_RESTARTS,
    MEASURE_ALARMS,
    MEASURE_EVENTS,
    MEASURE_WALL,
    MEASURE_RATE,
    MEASURE_MEMORY,
    MEASURE_COUNT
};

struct measure_row {
    const char *name; /* of the column, too */
    const char *unit;
    int digits;   /* behind the point */
    bool machine; /* of this machine and run, not of the world: another run shows another value */
    const char *meaning;
};
const struct measure_row *measure_row(enum measure measure);

struct measures {
    double values[MEASURE_COUNT];
};

/* A file of comma-separated values, and its columns. */
struct measure_column {
    const char *name, *unit, *meaning;
};
enum measure_file {
    MEASURE_FILE_MEASURES, /* and, behind these columns, one for each measure */
    MEASURE_FILE_DAYS,
    MEASURE_FILE_MESSAGES,
    MEASURE_FILE_COMPARISON,
    MEASURE_FILE_SWEEP, /* and one for each measure */
    MEASURE_FILE_TRACE,
    MEASURE_FILES
};
const char *measure_file_name(enum measure_file file); /* `measures.csv` */
/* NULL past the end; the measures are not among them. */
const struct measure_column *measure_column(enum measure_file file, size_t index);
/* A column for each measure stands behind the others. */
bool measure_file_has_all(enum measure_file file);
