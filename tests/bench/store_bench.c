/* links: base seal record stream store */
#include "store/store_memory.h"
#include "store/store_sqlite.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The shape of the storage, in lines of `name value unit`: why rows stand in the order of arrival
 * and the one unique index begins with the time; and what both ends of a stream then reach. Bodies
 * of 1 KB, 128 records a commit, each commit on the disk. BENCH_DIR names where; it stays under 20
 * s. */

enum { GROUP = 128, BODY = 1024, PLAIN_ROWS = 150 * 1024, RECORDS = 100 * 1024 };

static const double seconds_max = 3.0;

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void say(const char *name, double value, const char *unit)
{
    printf("%-44s %12.3f %s\n", name, value, unit);
    fflush(stdout);
}

static void expect(enum fault fault)
{
    if (fault != FAULT_NONE) {
        fprintf(stderr, "store_bench: %s\n", fault_text(fault)->sentence);
        exit(1);
    }
}

static const char *path_of(const char *name)
{
    static char path[300];
    const char *directory = getenv("BENCH_DIR");
    snprintf(path, sizeof path, "%s/store-bench-%d-%s", directory ? directory : "/tmp", getpid(),
             name);
    return path;
}

static void remove_database(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char path[320];
        snprintf(path, sizeof path, "%s%s", path_of(name), ends[i]);
        unlink(path);
    }
}

static struct digest id_of(uint64_t number)
{
    uint8_t bytes[8];
    struct digest id;
    bytes_write_u64le(bytes, number);
    digest_of(DIGEST_RECORD, (struct bytes) {bytes, 8}, &id);
    return id;
}

/* ---- plain SQLite -------------------------------------------------------------------------- */

static void check(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE) {
        fprintf(stderr, "store_bench: %s\n", sqlite3_errstr(code));
        exit(1);
    }
}

/* Rows with one unique index, on the id alone or on a name that begins with the time. */
static void plain(const char *name, bool time_ordered)
{
    static const uint8_t body[BODY] = {1};
    sqlite3 *connection;
    sqlite3_stmt *insert;
    check(sqlite3_open(path_of("plain"), &connection));
    check(sqlite3_exec(connection,
                       "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 4096;"
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;"
                       "CREATE TABLE t (serial INTEGER PRIMARY KEY, key BLOB UNIQUE, body BLOB)",
                       NULL, NULL, NULL));
    check(sqlite3_prepare_v2(connection, "INSERT INTO t (key, body) VALUES (?, ?)", -1, &insert,
                             NULL));
    uint64_t rows = 0;
    double start = now();
    while (rows < PLAIN_ROWS && now() - start < seconds_max) {
        check(sqlite3_exec(connection, "BEGIN", NULL, NULL, NULL));
        for (size_t i = 0; i < GROUP; i++, rows++) {
            uint8_t key[40];
            struct digest id = id_of(rows);
            uint64_t minute = rows / 4096;
            for (size_t byte = 0; byte < 8; byte++)
                key[byte] = (uint8_t)(minute >> (56 - 8 * byte));
            memcpy(key + 8, id.bytes, DIGEST_SIZE);
            check(sqlite3_bind_blob(insert, 1, time_ordered ? key : key + 8,
                                    time_ordered ? 40 : DIGEST_SIZE, SQLITE_STATIC));
            check(sqlite3_bind_blob(insert, 2, body, sizeof body, SQLITE_STATIC));
            check(sqlite3_step(insert));
            check(sqlite3_reset(insert));
        }
        check(sqlite3_exec(connection, "COMMIT", NULL, NULL, NULL));
    }
    say(name, (double)rows / (now() - start), "rows/s");
    sqlite3_finalize(insert);
    sqlite3_close(connection);
    remove_database("plain");
}

/* ---- the store ----------------------------------------------------------------------------- */

/* 4,096 records a minute, each in a dossier of its own. */
static struct store_record record_of(uint64_t number, bool ours)
{
    static const uint8_t header[300] = {1}, salt[32] = {2}, body[BODY] = {3};
    struct store_record record = {
        .place = {.pair = 1, .opened_by_partner = !ours},
        .id = id_of(number),
        .issued_at = 29000000 + number / 4096,
        .kind = 2,
        .flags = ours ? STORE_OURS : STORE_JUDGED,
        .header = {header, sizeof header},
        .salt = {salt, sizeof salt},
        .body = {body, sizeof body},
    };
    record.place.dossier = header_dossier_new(record.issued_at, record.id.bytes);
    return record;
}

static void prepare(struct store *store)
{
    uint32_t pair;
    expect(store->begin(store));
    expect(store->pair_open(store, "helmo.be", "pwr.edu.pl", &pair));
    expect(store->commit(store));
}

static void put(struct store *store, struct store_record *record)
{
    int64_t serial;
    expect(store->record_find(store, &record->place, record->lane, record->index, &record->id,
                              &serial));
    assert(serial == 0);
    expect(store->record_put(store, record));
}

static struct store_signed signed_of(size_t leaves)
{
    static const uint8_t wire[400] = {4}, ids[GROUP * DIGEST_SIZE] = {5};
    return (struct store_signed) {0, 1, {wire, sizeof wire}, {ids, leaves * DIGEST_SIZE}};
}

/* The receiving end: records, their seal, one receipt and its links in each commit. */
static double receive(struct store *store, uint64_t *number, uint64_t records)
{
    double start = now();
    uint64_t first = *number;
    while (*number - first < records && now() - start < seconds_max) {
        int64_t serials[GROUP];
        struct store_signed seal = signed_of(GROUP), receipt = signed_of(GROUP);
        expect(store->begin(store));
        expect(store->seal_put(store, &seal));
        for (size_t i = 0; i < GROUP; i++) {
            struct store_record record = record_of((*number)++, false);
            record.seal = seal.number;
            record.seal_index = (uint32_t)i;
            put(store, &record);
            serials[i] = record.serial;
        }
        expect(store->receipt_put(store, &receipt));
        for (uint32_t i = 0; i < GROUP; i++)
            expect(store->receipt_link(store, serials[i],
                                       (struct store_receipt_link) {receipt.number, i}));
        expect(store->commit(store));
    }
    return (double)(*number - first) / (now() - start);
}

/* The sending end: records are put, sealed and queued in one commit, and get their receipts in a
 * later one. */
static double send(struct store *store, uint64_t *number, uint64_t records)
{
    double start = now();
    uint64_t first = *number;
    while (*number - first < records && now() - start < seconds_max) {
        int64_t serials[GROUP];
        struct store_signed seal = signed_of(GROUP), receipt = signed_of(GROUP);
        expect(store->begin(store));
        for (size_t i = 0; i < GROUP; i++) {
            struct store_record record = record_of((*number)++, true);
            put(store, &record);
            serials[i] = record.serial;
        }
        expect(store->seal_put(store, &seal));
        for (uint32_t i = 0; i < GROUP; i++) {
            struct store_outbox_row row = {serials[i], seal.number, 0, 1700000000};
            expect(store->record_sealed(store, serials[i], seal.number, i));
            expect(store->outbox_put(store, 1, &row));
        }
        expect(store->commit(store));
        expect(store->begin(store));
        expect(store->receipt_put(store, &receipt));
        for (uint32_t i = 0; i < GROUP; i++) {
            expect(store->receipt_link(store, serials[i],
                                       (struct store_receipt_link) {receipt.number, i}));
            expect(store->outbox_remove(store, 1, serials[i]));
        }
        expect(store->commit(store));
    }
    return (double)(*number - first) / (now() - start);
}

/* One record, one commit: what a single user waits for. */
static double alone(struct store *store, uint64_t *number)
{
    double start = now();
    uint64_t first = *number;
    while (now() - start < 1.0) {
        struct store_record record = record_of((*number)++, true);
        expect(store->begin(store));
        put(store, &record);
        expect(store->commit(store));
    }
    return (double)(*number - first) / (now() - start);
}

struct asked {
    struct store *store;
    size_t sums;
};

static enum fault ask_sum(void *self, struct span_point from, struct span_point to,
                          struct summary *out)
{
    struct asked *asked = self;
    asked->sums++;
    return asked->store->span_sum(asked->store, 1, false, from, to, out);
}

static enum fault ask_list(void *self, struct span_point from, struct span_point to,
                           struct span_point *out, size_t max, size_t *count)
{
    struct store *store = ((struct asked *)self)->store;
    return store->span_list(store, 1, false, from, to, out, NULL, max, count);
}

/* How long the first question about a stream takes, and one inside a minute of 4,096 ids. */
static void ask(struct store *store)
{
    struct asked asked = {store, 0};
    const struct span_source source = {&asked, ask_sum, ask_list};
    struct span whole = span_whole(), pieces[SPAN_FANOUT];
    struct span minute = {{29000005, {{0}}}, {29000006, {{0}}}, {0}};
    size_t count;
    double start = now();
    expect(span_split(&whole, &source, pieces, &count));
    say("sqlite_split_stream", (now() - start) * 1e3, "ms");
    say("sqlite_split_stream_sums", (double)asked.sums, "sums");
    start = now();
    expect(span_split(&minute, &source, pieces, &count));
    say("sqlite_split_minute_of_4096", (now() - start) * 1e3, "ms");
    struct span_point points[SPAN_LIST_MAX];
    start = now();
    expect(ask_list(&asked, pieces[3].from, pieces[3].to, points, SPAN_LIST_MAX, &count));
    say("sqlite_list_in_minute", (now() - start) * 1e3, "ms");
    start = now();
    for (size_t i = 0; i < count; i++) {
        int64_t serial;
        expect(store->span_find(store, 1, false, &points[i], &serial));
        assert(serial > 0);
    }
    say("sqlite_find_128_in_minute", (now() - start) * 1e3, "ms");
}

static void reads(struct store *store, uint64_t records)
{
    struct arena *arena = arena_open(1024 * 1024);
    uint64_t dice = 88172645463325252u, count = 0;
    double start = now();
    for (; now() - start < 0.5; count++) {
        struct store_record *record;
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        arena_reset(arena);
        expect(store->record_get(store, 1 + (int64_t)(dice % records), arena, &record));
        assert(record);
    }
    say("sqlite_get_random", (double)count / (now() - start), "records/s");
    arena_close(arena);
}

static void sqlite_(void)
{
    struct store *store;
    uint64_t number = 0;
    expect(store_sqlite_open(path_of("node"), &store));
    prepare(store);
    say("sqlite_receive", receive(store, &number, RECORDS), "records/s");
    uint64_t received = number;
    ask(store);
    store->close(store);
    double start = now();
    expect(store_sqlite_open(path_of("node"), &store));
    struct summary held;
    uint64_t unreceipted;
    expect(store->summary(store, 1, false, &held, &unreceipted));
    say("sqlite_open_with_all_records", (now() - start) * 1e3, "ms");
    assert(held.count == received && unreceipted == 0);
    reads(store, received);
    say("sqlite_send_and_receipt", send(store, &number, RECORDS), "records/s");
    say("sqlite_alone", alone(store, &number), "commits/s");
    store->close(store);
    remove_database("node");
}

static void memory(void)
{
    struct store *store = store_memory_open();
    uint64_t number = 0;
    prepare(store);
    say("memory_receive", receive(store, &number, RECORDS), "records/s");
    say("memory_send_and_receipt", send(store, &number, RECORDS / 4), "records/s");
    store->close(store);
}

int main(void)
{
    plain("plain_unique_by_time", true);
    plain("plain_unique_by_random_id", false);
    sqlite_();
    memory();
    return 0;
}
