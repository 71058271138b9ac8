#include "study/measure.h"

#include <assert.h>

static const struct measure_row rows[] = {
    [MEASURE_ABSENT] = {"absent", "mobilities", 0, false,
                        "that do not happen, or break off: one of the two is no member then; of "
                        "the whole calendar, also with --days"},
    [MEASURE_SUBMITTED] = {"submitted", "records", 0, false,
                           "that people submitted and a node took"},
    [MEASURE_REFUSED] = {"refused", "submissions", 0, false,
                         "that the node refused at once, such as an answer to what it never saw"},
    [MEASURE_DROPPED] = {"dropped", "submissions", 0, false,
                         "of the calendar that nobody made, since what they build upon was "
                         "refused, is lost, or did not come within the year"},
    [MEASURE_POSTPONED] = {"postponed", "submissions", 0, false,
                           "made later than the calendar has them: the node was down, or what they "
                           "answer had not come"},
    [MEASURE_POSTPONED_MAX] = {"postponed_max", "h", 3, false,
                               "the longest that one of them had to wait"},
    [MEASURE_GUARDED] = {"guarded", "records", 0, false,
                         "that waited for a write guard before they were written"},
    [MEASURE_RECEIPTED] = {"receipted", "records", 0, false,
                           "whose receipt is stored at the author"},
    [MEASURE_RECEIPT_P50] = {"receipt_p50", "s", 3, false,
                             "from the answer to a submission until the receipt is stored at the "
                             "author, the median"},
    [MEASURE_RECEIPT_P90] = {"receipt_p90", "s", 3, false, "the same, 90th percentile"},
    [MEASURE_RECEIPT_P99] = {"receipt_p99", "s", 3, false, "the same, 99th percentile"},
    [MEASURE_RECEIPT_MAX] = {"receipt_max", "s", 3, false, "the same, the longest"},
    [MEASURE_DECISION_P50] = {"decision_p50", "h", 3, false,
                              "from the answer to a nomination until the receipt for the host's "
                              "decision is stored at the host, the median"},
    [MEASURE_DECISION_P90] = {"decision_p90", "h", 3, false, "the same, 90th percentile"},
    [MEASURE_DECISION_P99] = {"decision_p99", "h", 3, false, "the same, 99th percentile"},
    [MEASURE_DECISION_MAX] = {"decision_max", "h", 3, false, "the same, the longest"},
    [MEASURE_BACKLOG_MAX] = {"backlog_max", "records", 0, false,
                             "submitted and without a receipt at one time, at most"},
    [MEASURE_BACKLOG_MEAN] = {"backlog_mean", "records", 3, false, "the same, mean over time"},
    [MEASURE_BACKLOG_END] = {"backlog_end", "records", 0, false,
                             "the same, when the world had settled at the end"},
    [MEASURE_DRAIN] = {"drain", "s", 3, false,
                       "from the last act until nothing was under way any more"},
    [MEASURE_LOST] = {"lost", "records", 0, false,
                      "answered, never receipted, and at the end not in the author's store: what "
                      "going back to a backup costs"},
    [MEASURE_LOST_RECEIPTED] = {"lost_receipted", "records", 0, false,
                                "receipted, and at the end not in both stores: must be 0 unless "
                                "both went back to backups"},
    [MEASURE_MESSAGES] = {"messages", "frames", 0, false, "that left a node"},
    [MEASURE_MESSAGES_LOST] = {"messages_lost", "frames", 0, false, "of these, lost on the way"},
    [MEASURE_MESSAGES_REFUSED] = {"messages_refused", "frames", 0, false,
                                  "that arrived and were refused"},
    [MEASURE_BYTES] = {"bytes", "B", 0, false, "of all frames that left a node"},
    [MEASURE_SESSIONS] = {"sessions", "sessions", 0, false, "that were opened"},
    [MEASURE_RESENDS] = {"resends", "frames", 0, false, "delivers that went again"},
    [MEASURE_RESTARTS] = {"restarts", "starts", 0, false, "of nodes after the first"},
    [MEASURE_ALARMS] = {"alarms", "sentences", 0, false, "for which a person must act"},
    [MEASURE_EVENTS] = {"events", "events", 0, false,
                        "of the world: frames that arrived, wakes, submissions"},
    [MEASURE_WALL] = {"wall", "s", 3, true, "that this machine took"},
    [MEASURE_RATE] = {"rate", "events/s", 0, true, "of this machine"},
    [MEASURE_MEMORY] = {"memory", "MiB", 0, true, "of this process so far, at most"},
};

static_assert(sizeof rows / sizeof *rows == MEASURE_COUNT, "a row for each");

static const struct measure_column measures_columns[] = {
    {"scenario", "text", "the scenario, and its parameters that are not as they are by themselves"},
    {"seed", "number", "of the world and of what people do in it"},
    {"nodes", "nodes", "of the network"},
    {"links", "links", "of the network: who sends students to whom"},
    {"students", "students", "whose mobilities the year has"},
    {0},
};
static const struct measure_column days_columns[] = {
    {"seed", "number", "of the run"},
    {"day", "day", "of the year, from 1"},
    {"date", "date", "of the calendar of the deeds"},
    {"submitted", "records", "that people submitted on this day and a node took"},
    {"receipted", "records", "whose receipt came on this day"},
    {"backlog_max", "records", "without a receipt at one time of the day, at most"},
    {"backlog_mean", "records", "the same, mean over the day"},
    {"postponed", "submissions", "that waited for a node or for a record, at the end of the day"},
    {"down", "nodes", "that were down, at the end of the day"},
    {"messages", "frames", "that left a node on this day"},
    {"bytes", "B", "of these"},
    {0},
};
static const struct measure_column messages_columns[] = {
    {"seed", "number", "of the run"},
    {"message", "name", "what the frame says, as in the protocol; what was forged has other names"},
    {"sent", "frames", "that left a node"},
    {"bytes", "B", "of these"},
    {"arrived", "frames", "that came to a node, copies and replays too"},
    {"refused", "frames", "of those that arrived"},
    {"lost", "frames", "of those that left"},
    {0},
};
static const struct measure_column comparison_columns[] = {
    {"measure", "name", "as in measures.csv"},
    {"unit", "unit", "of all values of the line"},
    {"mean_a", "unit", "of the first scenario over all seeds"},
    {"mean_b", "unit", "of the second"},
    {"difference", "unit", "the second less the first, in the mean over seeds"},
    {"low", "unit", "lower end of the 95 % interval of the difference; empty with one seed"},
    {"high", "unit", "its upper end"},
    {"differs", "0/1", "1 where the interval does not contain 0, and is not written as 0 to 0"},
    {"seeds", "number", "of pairs of runs"},
    {0},
};
static const struct measure_column sweep_columns[] = {
    {"parameter", "name", "that was varied"},
    {"value", "number", "that it had, in its own unit"},
    {"seed", "number", "of the run"},
    {0},
};
/* Written by film/film_trace.c: the same for a year and a story. */
static const struct measure_column trace_columns[] = {
    {"time_us", "us", "microseconds since the world began"},
    {"deed", "name", "left, arrived, lost, said, started, stopped, backed up, ..."},
    {"node", "name", "the institution whose node it is; of a frame: where it comes from"},
    {"other", "name", "of a frame: where it goes; of a cut: its other end; otherwise empty"},
    {"frame", "number", "as they leave, from 1; an arrival names the departure; 0: forged"},
    {"what", "name", "of a frame: what it carries; submitted: the kind of record"},
    {"why", "text", "of what was lost or stopped: by what; submitted: what became of it"},
    {"size", "B", "of a frame; otherwise empty"},
    {"refused", "0/1", "1 where a frame or a submission was refused"},
    {"sentence", "text", "that a node said; submitted: the dossier, as nodes name it"},
    {0},
};

static const struct {
    const char *name;
    const struct measure_column *columns;
    bool all;
} files[] = {
    [MEASURE_FILE_MEASURES] = {"measures.csv", measures_columns, true},
    [MEASURE_FILE_DAYS] = {"days.csv", days_columns, false},
    [MEASURE_FILE_MESSAGES] = {"messages.csv", messages_columns, false},
    [MEASURE_FILE_COMPARISON] = {"comparison.csv", comparison_columns, false},
    [MEASURE_FILE_SWEEP] = {"sweep.csv", sweep_columns, true},
    [MEASURE_FILE_TRACE] = {"trace.csv", trace_columns, false},
};

static_assert(sizeof files / sizeof *files == MEASURE_FILES, "a row for each");

const struct measure_row *measure_row(enum measure measure)
{
    assert((unsigned)measure < MEASURE_COUNT);
    return &rows[measure];
}

const char *measure_file_name(enum measure_file file)
{
    assert((unsigned)file < MEASURE_FILES);
    return files[file].name;
}

const struct measure_column *measure_column(enum measure_file file, size_t index)
{
    const struct measure_column *column = files[file].columns;
    for (size_t i = 0; i < index && column->name; i++)
        column++;
    return column->name ? column : NULL;
}

bool measure_file_has_all(enum measure_file file)
{
    return files[file].all;
}
