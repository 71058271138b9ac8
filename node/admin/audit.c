#include "admin/audit.h"

#include "admin/audit_record.h"

#include <assert.h>
#include <string.h>

enum { SCRATCH_BUDGET = 64 * 1024 * 1024, SIGNED_BUDGET = 4 * 1024 * 1024, POINTS_PAGE = 1000 };

/* An audit under way. */
struct work {
    const struct audit *audit;
    struct arena *arena;
    struct audit_result *result;
    struct audit_fault *faults;
    const struct store_pair *pairs;
    size_t pair_count;
    struct audit_record_reader reader;
};

static void fault_add(struct work *work, const struct audit_fault *fault)
{
    struct audit_result *result = work->result;
    if (result->fault_count == AUDIT_FAULTS_MAX)
        result->faults_left_out++;
    else
        work->faults[result->fault_count++] = *fault;
}

static const struct store_pair *pair_of(const struct work *work, uint32_t number)
{
    for (size_t i = 0; i < work->pair_count; i++)
        if (work->pairs[i].pair == number)
            return &work->pairs[i];
    return NULL;
}

/* ---- records -----------------------------------------------------------------------------------
 */

static enum fault record_check(struct work *work, const struct store_record *record)
{
    const struct store_pair *pair = pair_of(work, record->place.pair);
    struct audit_record_finding finding;
    if (!pair)
        return FAULT_CORRUPT;
    TRY(audit_record_check(&work->reader, pair, record, &finding));
    work->result->records++;
    if (finding.what)
        fault_add(work, &(struct audit_fault) {.serial = record->serial,
                                               .own = pair->own,
                                               .partner = pair->partner,
                                               .dossier = record->place.dossier,
                                               .lane = record->lane,
                                               .index = record->index,
                                               .what = finding.what,
                                               .code = verdict_text(finding.verdict)->code});
    return FAULT_NONE;
}

static enum fault records_check(struct work *work, int64_t after, size_t max)
{
    struct store *store = work->audit->store;
    struct store_record *records;
    size_t count;
    TRY(store->record_scan(store, after, max, work->arena, &records, &count));
    for (size_t i = 0; i < count; i++)
        TRY(record_check(work, &records[i]));
    work->result->next = count == max ? records[count - 1].serial : 0;
    work->result->seals = work->reader.seals;
    work->result->receipts = work->reader.receipts;
    work->result->dossiers = work->reader.dossiers;
    return FAULT_NONE;
}

/* ---- streams -----------------------------------------------------------------------------------
 */

/* The smallest point above this one; the id counts as a number, first byte first. */
static struct span_point point_after(struct span_point point)
{
    for (size_t i = DIGEST_SIZE; i-- > 0;)
        if (++point.id.bytes[i])
            return point;
    point.minute++;
    return point;
}

/* The sum over what is there, from the ids alone. */
static enum fault stream_count(struct work *work, uint32_t pair, bool ours, struct summary *out)
{
    struct store *store = work->audit->store;
    struct span whole = span_whole();
    struct span_point points[POINTS_PAGE];
    size_t count = POINTS_PAGE;
    *out = (struct summary) {0};
    while (count == POINTS_PAGE) {
        TRY(store->span_list(store, pair, ours, whole.from, whole.to, points, NULL, POINTS_PAGE,
                             &count));
        for (size_t i = 0; i < count; i++)
            summary_add(out, &points[i].id);
        if (count)
            whole.from = point_after(points[count - 1]);
    }
    return FAULT_NONE;
}

static enum fault stream_check(struct work *work, const struct store_pair *pair, bool ours)
{
    struct store *store = work->audit->store;
    struct summary kept, counted;
    uint64_t unreceipted;
    TRY(store->summary(store, pair->pair, ours, &kept, &unreceipted));
    TRY(stream_count(work, pair->pair, ours, &counted));
    if (!summary_equal(&kept, &counted))
        fault_add(work, &(struct audit_fault) {
                            .own = pair->own,
                            .partner = pair->partner,
                            .what = ours ? "the summary of our stream is not that of its records"
                                         : "the summary of the partner's stream is not that of "
                                           "its records",
                            .code = verdict_text(VERDICT_CONTRADICTS)->code});
    return FAULT_NONE;
}

static enum fault streams_check(struct work *work)
{
    for (size_t i = 0; i < work->pair_count; i++) {
        TRY(stream_check(work, &work->pairs[i], true));
        TRY(stream_check(work, &work->pairs[i], false));
    }
    return FAULT_NONE;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static enum fault run(struct work *work, int64_t after, size_t max)
{
    struct store *store = work->audit->store;
    struct store_pair *pairs;
    if (!work->reader.scratch || !work->reader.seal.arena || !work->reader.receipt.arena ||
        !work->faults)
        return FAULT_MEMORY;
    TRY(store->pair_list(store, work->arena, &pairs, &work->pair_count));
    work->pairs = pairs;
    TRY(records_check(work, after, max));
    return work->result->next ? FAULT_NONE : streams_check(work);
}

enum fault audit_run(const struct audit *audit, int64_t after, size_t max, struct arena *arena,
                     struct audit_result *out)
{
    assert(max > 0 && max <= AUDIT_PAGE_MAX);
    struct work work = {
        .audit = audit,
        .arena = arena,
        .result = out,
        .faults = arena_take_array(arena, AUDIT_FAULTS_MAX, sizeof *work.faults),
        .reader = {.audit = audit,
                   .scratch = arena_open(SCRATCH_BUDGET),
                   .seal = {.kind = AUDIT_SIGNED_SEAL, .arena = arena_open(SIGNED_BUDGET)},
                   .receipt = {.kind = AUDIT_SIGNED_RECEIPT, .arena = arena_open(SIGNED_BUDGET)}},
    };
    *out = (struct audit_result) {.faults = work.faults};
    enum fault fault = run(&work, after, max);
    arena_close(work.reader.scratch);
    arena_close(work.reader.seal.arena);
    arena_close(work.reader.receipt.arena);
    return fault;
}
