#include "watch/metric.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static const struct metric_family families[] = {
    [METRIC_BUILD] = {"peregrin_build_info",
                      "Always 1; the label says which version runs.",
                      METRIC_GAUGE,
                      {"version"}},
    [METRIC_READY] = {"peregrin_ready",
                      "1 while the node does what it is for, as /readyz says.",
                      METRIC_GAUGE,
                      {NULL}},
    [METRIC_UNREADY] = {"peregrin_unready",
                        "1 for each reason why it does not.",
                        METRIC_GAUGE,
                        {"code"}},
    [METRIC_CATALOGUE_VERSION] = {"peregrin_catalogue_version",
                                  "The federation's catalogue that is in use.",
                                  METRIC_GAUGE,
                                  {NULL}},
    [METRIC_CATALOGUE_END] = {"peregrin_catalogue_expiry_timestamp_seconds",
                              "When that catalogue ends.",
                              METRIC_GAUGE,
                              {NULL}},
    [METRIC_OUTBOX] = {"peregrin_outbox_records",
                       "Own records for this partner that have no receipt yet.",
                       METRIC_GAUGE,
                       {"own", "partner"}},
    [METRIC_OUTBOX_AGE] = {"peregrin_outbox_oldest_seconds",
                           "How long the oldest of them has waited; absent where none waits.",
                           METRIC_GAUGE,
                           {"own", "partner"}},
    [METRIC_STUCK] = {"peregrin_stuck_records",
                      "Own records that the partner did not take: a person must act.",
                      METRIC_GAUGE,
                      {"own", "partner"}},
    [METRIC_HELD_BACK] = {"peregrin_held_back_records",
                          "What users said that waits for the write guard.",
                          METRIC_GAUGE,
                          {"own", "partner"}},
    [METRIC_GUARD] = {"peregrin_guard_armed",
                      "1 while nothing new is signed for this partner.",
                      METRIC_GAUGE,
                      {"own", "partner"}},
    [METRIC_CONNECTED] = {"peregrin_partner_connected",
                          "1 while our session lives and both have compared.",
                          METRIC_GAUGE,
                          {"own", "partner"}},
    [METRIC_HEARD] = {"peregrin_partner_heard_timestamp_seconds",
                      "When this partner's node was last heard; absent: not since the start.",
                      METRIC_GAUGE,
                      {"own", "partner"}},
    [METRIC_ROUND_TRIP] = {"peregrin_partner_round_trip_seconds",
                           "Of the last ping; absent where there was none.",
                           METRIC_GAUGE,
                           {"own", "partner"}},
    [METRIC_ATTEMPTS] = {"peregrin_partner_attempts",
                         "Openings in a row that this partner's node did not answer.",
                         METRIC_GAUGE,
                         {"own", "partner"}},
    [METRIC_SUSPENDED] = {"peregrin_partner_suspended",
                          "1 while nothing is sent to this partner, by hand.",
                          METRIC_GAUGE,
                          {"own", "partner"}},
    [METRIC_BY_KIND] = {"peregrin_records_by_kind_total",
                        "Records that were new: said here, or taken from partners.",
                        METRIC_COUNTER,
                        {"side", "kind"}},
    [METRIC_REFUSED] = {"peregrin_refused_total",
                        "Frames, and partners' records, that deserved another verdict than fine.",
                        METRIC_COUNTER,
                        {"what", "code"}},
    [METRIC_GROUPS] = {"peregrin_groups_total",
                       "Groups of events that ended well.",
                       METRIC_COUNTER,
                       {NULL}},
    [METRIC_FAULTS] = {"peregrin_faults_total",
                       "Groups that a fault of disk or database undid; nothing was acknowledged.",
                       METRIC_COUNTER,
                       {NULL}},
    [METRIC_ASIDE] = {"peregrin_set_aside",
                      "What kept ending this node and is not read any more: a person must act.",
                      METRIC_GAUGE,
                      {NULL}},
    [METRIC_COMMITS] = {"peregrin_commit_seconds",
                        "How long a commit took to be on the disk.",
                        METRIC_HISTOGRAM,
                        {NULL}},
    [METRIC_EVENTS] = {"peregrin_group_events",
                       "How many events shared a commit.",
                       METRIC_HISTOGRAM,
                       {NULL}},
    [METRIC_TURNS] = {"peregrin_turn_seconds",
                      "How long a turn of the loop took: what came meanwhile waited.",
                      METRIC_HISTOGRAM,
                      {NULL}},
    [METRIC_DATABASE] = {"peregrin_database_bytes",
                         "Size of the database's file.",
                         METRIC_GAUGE,
                         {NULL}},
    [METRIC_LOG] = {"peregrin_database_log_bytes",
                    "Size of its write-ahead log.",
                    METRIC_GAUGE,
                    {NULL}},
    [METRIC_DISK_FREE] = {"peregrin_disk_free_bytes",
                          "What may still be stored on its disk.",
                          METRIC_GAUGE,
                          {NULL}},
    [METRIC_REQUESTS] = {"peregrin_api_requests_total",
                         "Requests to the API by route (as the API lists it) and HTTP status.",
                         METRIC_COUNTER,
                         {"route", "status"}},
    [METRIC_BACKUP] = {"peregrin_backup_timestamp_seconds",
                       "When the last backup was packed; absent where there never was one.",
                       METRIC_GAUGE,
                       {NULL}},
    [METRIC_LIMITED] = {"peregrin_api_limited_total",
                        "Requests that were turned away because there were too many.",
                        METRIC_COUNTER,
                        {NULL}},
    [METRIC_WEBHOOKS] = {"peregrin_webhooks", "Programs that are told.", METRIC_GAUGE, {NULL}},
    [METRIC_WEBHOOKS_FAILING] = {"peregrin_webhooks_failing",
                                 "Of these, such as did not take the last message.",
                                 METRIC_GAUGE,
                                 {NULL}},
    [METRIC_DEAD_LETTERS] = {"peregrin_webhook_dead_letters",
                             "Messages that were given up; they can be tried again.",
                             METRIC_GAUGE,
                             {NULL}},
    [METRIC_START] = {"process_start_time_seconds",
                      "When this process began.",
                      METRIC_GAUGE,
                      {NULL}},
    [METRIC_CPU] = {"process_cpu_seconds_total",
                    "Processor time of this process.",
                    METRIC_COUNTER,
                    {NULL}},
    [METRIC_MEMORY] = {"process_resident_memory_bytes", "Memory in use.", METRIC_GAUGE, {NULL}},
    [METRIC_DESCRIPTORS] = {"process_open_fds", "Open file descriptors.", METRIC_GAUGE, {NULL}},
    [METRIC_DESCRIPTORS_MAX] = {"process_max_fds", "How many there may be.", METRIC_GAUGE, {NULL}},
};

static_assert(sizeof families / sizeof *families == METRIC_COUNT, "one row for each");

/* What the engine's and the network's counters mean. */
static const struct {
    const char *name, *help;
    bool gauge; /* goes down, too */
} counted[] = {
    {"frames_in", "Frames that came in.", false},
    {"frames_out", "Frames that were made.", false},
    {"frames_refused", "Frames that deserved anything but fine; they changed nothing.", false},
    {"openings_refused", "Sessions that were not opened: unknown, forged or of another time.",
     false},
    {"openings_stale", "Openings with a counter that was known already.", false},
    {"records_submitted", "Records that users said here.", false},
    {"records_taken", "Partners' records that were new and are kept.", false},
    {"records_repeated", "Partners' records that were here already.", false},
    {"records_refused", "Partners' records that broke a rule.", false},
    {"records_returned", "Records given back to a partner that had lost them.", false},
    {"receipts_given", "Receipts signed for partners.", false},
    {"receipts_taken", "Partners' receipts for our records.", false},
    {"seals_made", "Batches of own records that were sealed.", false},
    {"seals_renewed", "Batches of own records sealed anew: their key had ended or was revoked.",
     false},
    {"notices", "Notices to partners about what did not hold.", false},
    {"resends", "Times that a stream went back to what had no receipt.", false},
    {"sessions", "Sessions that were opened.", false},
    {"network_frames_received", "Frames taken from the network.", false},
    {"network_frames_sent", "Frames given to the network.", false},
    {"network_frames_dropped", "Frames for which there was no room; they are sent again.", false},
    {"network_frames_refused", "Frames without a way or too large.", false},
    {"network_dials", "Nodes that are dialled now.", true},
    {"network_callers", "Connections at the listener now, whoever they are.", true},
    {"network_callers_max", "Above so many of them all are cut.", true},
    {"network_hang_ups", "Times that all callers were cut: there were too many.", false},
};

static const char *const type_names[] = {
    [METRIC_COUNTER] = "counter", [METRIC_GAUGE] = "gauge", [METRIC_HISTOGRAM] = "histogram"};

const struct metric_family *metric_family(enum metric_id id)
{
    assert((unsigned)id < METRIC_COUNT);
    return &families[id];
}

void metric_begin(FILE *out, enum metric_id id)
{
    const struct metric_family *family = metric_family(id);
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", family->name, family->help, family->name,
            type_names[family->type]);
}

static void put_label(FILE *out, const char *name, const char *value)
{
    fprintf(out, "%s=\"", name);
    for (; *value; value++) {
        if (*value == '\n') {
            fputs("\\n", out);
            continue;
        }
        if (*value == '"' || *value == '\\')
            fputc('\\', out);
        fputc(*value, out);
    }
    fputc('"', out);
}

static void put_name(FILE *out, enum metric_id id, const char *first, const char *second)
{
    const struct metric_family *family = metric_family(id);
    assert(!family->labels[0] == !first && !family->labels[1] == !second);
    fputs(family->name, out);
    if (!first)
        return;
    fputc('{', out);
    put_label(out, family->labels[0], first);
    if (second) {
        fputc(',', out);
        put_label(out, family->labels[1], second);
    }
    fputc('}', out);
}

void metric_counted(FILE *out, const char *name, uint64_t value)
{
    const char *help = "Counted since the start.";
    bool gauge = false;
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        if (strcmp(counted[i].name, name) != 0)
            continue;
        help = counted[i].help;
        gauge = counted[i].gauge;
    }
    const char *ending = gauge ? "" : "_total";
    fprintf(out, "# HELP peregrin_%s%s %s\n# TYPE peregrin_%s%s %s\nperegrin_%s%s %llu\n", name,
            ending, help, name, ending, gauge ? "gauge" : "counter", name, ending,
            (unsigned long long)value);
}

/* Microseconds as seconds, without a float. */
static void put_seconds(FILE *out, int64_t us)
{
    uint64_t size = us < 0 ? -(uint64_t)us : (uint64_t)us;
    fprintf(out, "%s%llu.%06llu", us < 0 ? "-" : "", (unsigned long long)(size / INSTANT_SECOND),
            (unsigned long long)(size % INSTANT_SECOND));
}

void metric_put(FILE *out, enum metric_id id, const char *first, const char *second, int64_t value)
{
    put_name(out, id, first, second);
    fprintf(out, " %lld\n", (long long)value);
}

void metric_put_us(FILE *out, enum metric_id id, const char *first, const char *second,
                   int64_t value_us)
{
    put_name(out, id, first, second);
    fputc(' ', out);
    put_seconds(out, value_us);
    fputc('\n', out);
}

void metric_one(FILE *out, enum metric_id id, int64_t value)
{
    metric_begin(out, id);
    metric_put(out, id, NULL, NULL, value);
}

static void put_value(FILE *out, int64_t value, bool is_us)
{
    if (is_us)
        put_seconds(out, value);
    else
        fprintf(out, "%lld", (long long)value);
}

void metric_spread(FILE *out, enum metric_id id, const struct tally_spread *spread, bool is_us)
{
    const char *name = metric_family(id)->name;
    uint64_t sum = 0;
    metric_begin(out, id);
    for (size_t i = 0; i < TALLY_BOUNDS; i++) {
        sum += spread->within[i];
        fprintf(out, "%s_bucket{le=\"", name);
        put_value(out, spread->bounds[i], is_us);
        fprintf(out, "\"} %llu\n", (unsigned long long)sum);
    }
    fprintf(out, "%s_bucket{le=\"+Inf\"} %llu\n%s_sum ", name, (unsigned long long)spread->count,
            name);
    put_value(out, spread->sum, is_us);
    fprintf(out, "\n%s_count %llu\n", name, (unsigned long long)spread->count);
}
