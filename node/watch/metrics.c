#include "watch/metrics.h"

#include "io/descriptors.h"
#include "watch/check_space.h"
#include "watch/metric.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- partners ------------------------------------------------------------------------------ */

/* One number of a partner; false: it has none, and no sample is written. */
typedef bool partner_number(const struct metrics *metrics, const struct engine_partner *partner,
                            int64_t *out);

static bool outbox_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = (int64_t)partner->outbox;
    return true;
}

static bool stuck_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = (int64_t)(partner->stuck + partner->refused);
    return true;
}

static bool held_back_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = (int64_t)partner->ready;
    return true;
}

static bool guard_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = partner->guard_armed;
    return true;
}

static bool connected_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = partner->dialled;
    return true;
}

static bool attempts_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = partner->attempts;
    return true;
}

static bool heard_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = partner->last_heard.us;
    return partner->last_heard.us != 0;
}

static bool round_trip_of(const struct metrics *, const struct engine_partner *partner,
                          int64_t *out)
{
    *out = partner->round_trip_us;
    return partner->round_trip_us != 0;
}

/* The oldest row stands first. A store that cannot be read now has no age to tell. */
static bool age_of(const struct metrics *metrics, const struct engine_partner *partner,
                   int64_t *out)
{
    struct store *store = shell_store(metrics->node->shell);
    struct arena *scratch = metrics->checks->arena;
    struct arena_mark mark = arena_mark(scratch);
    struct store_outbox_row *rows;
    size_t count = 0;
    if (partner->outbox == 0)
        return false;
    enum fault fault = store->outbox_next(store, partner->pair, 0, true, 1, scratch, &rows, &count);
    bool found = !fault && count == 1;
    int64_t now = metrics->node->now.us / INSTANT_SECOND;
    if (found)
        *out = now > (int64_t)rows[0].since ? now - (int64_t)rows[0].since : 0;
    arena_rewind(scratch, mark);
    return found;
}

static bool suspended_of(const struct metrics *, const struct engine_partner *partner, int64_t *out)
{
    *out = partner->suspended;
    return true;
}

static const struct {
    enum metric_id id;
    partner_number *number;
    bool is_us;
} partner_metrics[] = {
    {METRIC_OUTBOX, outbox_of, false},     {METRIC_OUTBOX_AGE, age_of, false},
    {METRIC_STUCK, stuck_of, false},       {METRIC_HELD_BACK, held_back_of, false},
    {METRIC_GUARD, guard_of, false},       {METRIC_CONNECTED, connected_of, false},
    {METRIC_HEARD, heard_of, true},        {METRIC_ROUND_TRIP, round_trip_of, true},
    {METRIC_ATTEMPTS, attempts_of, false}, {METRIC_SUSPENDED, suspended_of, false},
};

static void put_partners(FILE *out, const struct metrics *metrics)
{
    const struct engine *engine = shell_engine(metrics->node->shell);
    struct engine_partner partner;
    for (size_t i = 0; i < sizeof partner_metrics / sizeof *partner_metrics; i++) {
        enum metric_id id = partner_metrics[i].id;
        metric_begin(out, id);
        for (size_t j = 0; engine && engine_partner(engine, j, &partner); j++) {
            int64_t value;
            if (partner.by_hand)
                continue;
            if (!partner_metrics[i].number(metrics, &partner, &value))
                continue;
            (partner_metrics[i].is_us ? metric_put_us : metric_put)(out, id, partner.own,
                                                                    partner.partner, value);
        }
    }
}

/* ---- the node ------------------------------------------------------------------------------ */

static void put_readiness(FILE *out, const struct metrics *metrics)
{
    bool seen[CHECK_COUNT] = {false}, ready = true;
    for (const struct check *each = metrics->checks->first; each; each = each->next) {
        if (each->state != CHECK_FAILED || !check_row(each->id)->unready)
            continue;
        seen[each->id] = true;
        ready = false;
    }
    metric_one(out, METRIC_READY, ready);
    metric_begin(out, METRIC_UNREADY);
    for (size_t i = 0; i < CHECK_COUNT; i++)
        if (seen[i])
            metric_put(out, METRIC_UNREADY, check_row((enum check_id)i)->code, NULL, 1);
}

static void put_catalogue(FILE *out, const struct metrics *metrics)
{
    const struct catalogue *catalogue = shell_membership(metrics->node->shell)->catalogue;
    metric_one(out, METRIC_CATALOGUE_VERSION, (int64_t)catalogue->version);
    metric_one(out, METRIC_CATALOGUE_END, (int64_t)catalogue->expires);
}

static int64_t aside_count(const struct shell *shell)
{
    const struct engine *engine = shell_engine(shell);
    struct engine_suspect suspect;
    int64_t count = 0;
    for (size_t i = 0; engine && engine_suspect(engine, i, &suspect); i++)
        count += suspect.aside;
    return count;
}

static void put_work(FILE *out, const struct metrics *metrics)
{
    const struct shell *shell = metrics->node->shell;
    const struct tally *tally = shell_tally(shell);
    struct engine_counter counter;
    for (size_t i = 0; shell_counter(shell, i, &counter); i++)
        metric_counted(out, counter.name, counter.value);
    metric_one(out, METRIC_GROUPS, (int64_t)tally->groups);
    metric_one(out, METRIC_FAULTS, (int64_t)tally->faults);
    metric_one(out, METRIC_ASIDE, aside_count(shell));
    metric_spread(out, METRIC_COMMITS, &tally->commits, true);
    metric_spread(out, METRIC_EVENTS, &tally->events, false);
    metric_spread(out, METRIC_TURNS, &tally->turns, true);
}

static const char *kind_code(uint32_t number)
{
    const struct kind *kind = kind_find(number, 1);
    if (!kind)
        kind = kind_find(number, 0);
    return kind ? kind->code : NULL;
}

static void put_kinds(FILE *out, const char *side, const uint64_t counts[static ENGINE_KINDS])
{
    uint64_t unknown = 0;
    for (uint32_t i = 0; i < ENGINE_KINDS; i++)
        if (kind_code(i))
            metric_put(out, METRIC_BY_KIND, side, kind_code(i), (int64_t)counts[i]);
        else
            unknown += counts[i];
    metric_put(out, METRIC_BY_KIND, side, "unknown", (int64_t)unknown);
}

static void put_verdicts(FILE *out, const char *what, const uint64_t counts[static VERDICT_COUNT])
{
    for (enum verdict i = VERDICT_FINE + 1; i < VERDICT_COUNT; i++)
        metric_put(out, METRIC_REFUSED, what, verdict_text(i)->code, (int64_t)counts[i]);
}

static void put_tally(FILE *out, const struct metrics *metrics)
{
    const struct engine *engine = shell_engine(metrics->node->shell);
    const struct engine_tally *tally = engine ? engine_tally(engine) : NULL;
    metric_begin(out, METRIC_BY_KIND);
    if (tally) {
        put_kinds(out, "said", tally->said);
        put_kinds(out, "taken", tally->taken);
    }
    metric_begin(out, METRIC_REFUSED);
    if (tally) {
        put_verdicts(out, "frame", tally->frames_refused);
        put_verdicts(out, "record", tally->records_refused);
    }
}

static void put_webhooks(FILE *out, const struct metrics *metrics)
{
    struct check_node_webhooks webhooks = check_node_webhooks(metrics->node);
    metric_one(out, METRIC_WEBHOOKS, (int64_t)webhooks.count);
    metric_one(out, METRIC_WEBHOOKS_FAILING, (int64_t)webhooks.failing);
    metric_one(out, METRIC_DEAD_LETTERS, (int64_t)webhooks.dead);
}

static void put_backup(FILE *out, const struct metrics *metrics)
{
    struct arena *scratch = metrics->checks->arena;
    struct arena_mark mark = arena_mark(scratch);
    uint64_t at;
    metric_begin(out, METRIC_BACKUP);
    if (check_node_backup(metrics->node, scratch, &at))
        metric_put(out, METRIC_BACKUP, NULL, NULL, (int64_t)at);
    arena_rewind(scratch, mark);
}

static int64_t size_of(const char *path, const char *ending)
{
    char whole[4096];
    struct stat status;
    snprintf(whole, sizeof whole, "%s%s", path, ending);
    return stat(whole, &status) == 0 ? (int64_t)status.st_size : 0;
}

static void put_disk(FILE *out, const struct metrics *metrics)
{
    const char *path = metrics->node->config->database;
    uint64_t left = 0;
    metric_one(out, METRIC_DATABASE, size_of(path, ""));
    metric_one(out, METRIC_LOG, size_of(path, "-wal"));
    metric_begin(out, METRIC_DISK_FREE);
    if (check_space_left(path, &left))
        metric_put(out, METRIC_DISK_FREE, NULL, NULL, (int64_t)left);
}

static void put_requests(FILE *out, const struct requests *requests)
{
    metric_begin(out, METRIC_REQUESTS);
    for (size_t i = 0; i < requests->count; i++) {
        char status[16];
        snprintf(status, sizeof status, "%d", requests->rows[i].status);
        metric_put(out, METRIC_REQUESTS, requests->rows[i].route, status,
                   (int64_t)requests->rows[i].count);
    }
}

/* ---- the process --------------------------------------------------------------------------- */

static int64_t resident_bytes(void)
{
    long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    bool read = file && fscanf(file, "%*s %lld", &pages) == 1;
    if (file)
        fclose(file);
    return read ? pages * sysconf(_SC_PAGESIZE) : 0;
}

static void put_process(FILE *out, const struct metrics *metrics)
{
    struct rusage used = {0};
    getrusage(RUSAGE_SELF, &used);
    metric_begin(out, METRIC_START);
    metric_put_us(out, METRIC_START, NULL, NULL, metrics->began.us);
    metric_begin(out, METRIC_CPU);
    metric_put_us(out, METRIC_CPU, NULL, NULL,
                  (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * INSTANT_SECOND +
                      used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    metric_one(out, METRIC_MEMORY, resident_bytes());
    metric_one(out, METRIC_DESCRIPTORS, (int64_t)descriptors_used());
    metric_one(out, METRIC_DESCRIPTORS_MAX, (int64_t)descriptors_allowed());
}

static void put_all(FILE *out, const struct metrics *metrics)
{
    metric_begin(out, METRIC_BUILD);
    metric_put(out, METRIC_BUILD, metrics->version, NULL, 1);
    put_readiness(out, metrics);
    put_catalogue(out, metrics);
    put_partners(out, metrics);
    put_work(out, metrics);
    put_tally(out, metrics);
    put_disk(out, metrics);
    put_backup(out, metrics);
    put_requests(out, metrics->requests);
    metric_one(out, METRIC_LIMITED, (int64_t)metrics->requests->limited);
    put_webhooks(out, metrics);
    put_process(out, metrics);
}

struct bytes metrics_text(const struct metrics *metrics, struct arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    struct bytes copy = {0};
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return copy;
    put_all(out, metrics);
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole)
        copy = arena_copy(arena, (struct bytes) {(const uint8_t *)text, size});
    free(text);
    return copy;
}
