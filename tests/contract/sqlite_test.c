/* links: base seal record stream store */
#include "store/schema.h"
#include "store/store_copy.h"
#include "store/store_sqlite.h"
#include "support/store_picture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

/* Stands before the C library's: SQLite's way to the disk is counted. kill -9 cannot show a sync
 * that was left out, because the kernel keeps what was written. */
static size_t synced;

int fdatasync(int descriptor)
{
    synced++;
    return (int)syscall(SYS_fdatasync, descriptor);
}

int fsync(int descriptor)
{
    synced++;
    return (int)syscall(SYS_fsync, descriptor);
}

/* A directory for each claim; `path` is the database in it, `copy` a second one. */
struct fixture {
    char directory[256], path[300], copy[300];
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static int enter(void **state)
{
    static struct fixture fixture;
    const char *root = getenv("TMPDIR");
    snprintf(fixture.directory, sizeof fixture.directory, "%s/store-XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(fixture.directory));
    snprintf(fixture.path, sizeof fixture.path, "%s/node.db", fixture.directory);
    snprintf(fixture.copy, sizeof fixture.copy, "%s/copy.db", fixture.directory);
    *state = &fixture;
    return 0;
}

static int leave(void **state)
{
    const struct fixture *fixture = *state;
    static const char *const files[] = {"node.db", "node.db-wal", "copy.db", "copy.db-wal",
                                        "copy.db-journal"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", fixture->directory, files[i]);
        unlink(path);
    }
    return rmdir(fixture->directory);
}

static struct store *open_at(const char *path)
{
    struct store *store = NULL;
    expect(store_sqlite_open(path, &store));
    return store;
}

static void change(struct store *store, uint64_t groups)
{
    for (uint64_t group = 1; group <= groups; group++) {
        expect(store->begin(store));
        for (uint64_t i = 0; i < 10; i++)
            expect(store_picture_change(store, group * 4242 + i));
        expect(store->commit(store));
    }
}

static void what_was_committed_is_there_after_reopening(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 20);
    char *before = store_picture(store);
    expect(store->begin(store));
    expect(store_picture_change(store, 3));
    store->close(store); /* with a transaction open: it leaves no trace */
    store = open_at(fixture->path);
    char *after = store_picture(store);
    assert_string_equal(before, after);
    change(store, 2);
    store->close(store);
    free(before);
    free(after);
}

/* Forked before anything is open, so that nothing but the file's lock can tell it. */
static pid_t opener_of(const char *path, int *go)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(ends[1]);
        if (read(ends[0], &byte, 1) != 1)
            _exit(2);
        struct store *store = NULL;
        _exit(store_sqlite_open(path, &store) == FAULT_TAKEN ? 0 : 1);
    }
    close(ends[0]);
    *go = ends[1];
    return child;
}

static void a_second_opening_of_the_same_file_is_refused(void **state)
{
    const struct fixture *fixture = *state;
    /* In the first round the file is made, in the second it has only been read. */
    for (int round = 0; round < 2; round++) {
        int go, status;
        pid_t child = opener_of(fixture->path, &go);
        struct store *store = open_at(fixture->path), *second = NULL;
        assert_int_equal(store_sqlite_open(fixture->path, &second), FAULT_TAKEN);
        assert_int_equal(write(go, "x", 1), 1);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        close(go);
        if (round == 1)
            change(store, 1);
        store->close(store);
    }
    struct store *store = open_at(fixture->path);
    store->close(store);
}

static void with_plain_sqlite(const char *path, const char *sql)
{
    sqlite3 *connection;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
}

static void a_database_of_a_newer_version_is_refused_untouched(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 2);
    char *before = store_picture(store);
    store->close(store);
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", schema_version() + 1);
    with_plain_sqlite(fixture->path, sql);
    assert_int_equal(store_sqlite_open(fixture->path, &store), FAULT_NEWER);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", schema_version());
    with_plain_sqlite(fixture->path, sql);
    store = open_at(fixture->path);
    char *after = store_picture(store);
    assert_string_equal(before, after);
    store->close(store);
    free(before);
    free(after);
}

static void a_database_of_somebody_else_is_refused_untouched(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store;
    with_plain_sqlite(fixture->path, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    assert_int_equal(store_sqlite_open(fixture->path, &store), FAULT_CORRUPT);
    with_plain_sqlite(fixture->path, "UPDATE theirs SET x = 2; DROP TABLE theirs");
}

static void write_file(const char *path, size_t size, int byte)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < size; i++)
        fputc(byte, file);
    assert_int_equal(fclose(file), 0);
}

static void what_is_no_database_is_corrupt(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store;
    static const size_t sizes[] = {2, 15, 100, 512, 5000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_file(fixture->path, sizes[i], 'x');
        assert_int_equal(store_sqlite_open(fixture->path, &store), FAULT_CORRUPT);
        struct stat found;
        assert_int_equal(stat(fixture->path, &found), 0);
        assert_int_equal(found.st_size, sizes[i]);
    }
    write_file(fixture->path, 0, 0);
    store = open_at(fixture->path);
    store->close(store);
}

static void a_path_that_cannot_be_opened_is_a_fault(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store;
    char path[400];
    snprintf(path, sizeof path, "%s/absent/node.db", fixture->directory);
    assert_int_equal(store_sqlite_open(path, &store), FAULT_STORAGE);
    assert_int_equal(store_sqlite_open(fixture->directory, &store), FAULT_STORAGE);
}

static void a_backup_opens_and_holds_the_same(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 20);
    char *before = store_picture(store);
    expect(store_sqlite_backup(store, fixture->copy));
    change(store, 3);
    struct store *copy = open_at(fixture->copy);
    char *copied = store_picture(copy);
    assert_string_equal(before, copied);
    change(copy, 1);
    copy->close(copy);
    /* No backup is overwritten, and none is left half done. */
    assert_int_equal(store_sqlite_backup(store, fixture->copy), FAULT_FILE);
    char path[400];
    snprintf(path, sizeof path, "%s/absent/copy.db", fixture->directory);
    assert_int_equal(store_sqlite_backup(store, path), FAULT_STORAGE);
    store->close(store);
    free(before);
    free(copied);
}

static void a_copy_in_pieces_holds_what_was_committed_meanwhile(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 60);
    struct store_copy *copy = NULL;
    expect(store_copy_open(store, fixture->copy, &copy));
    bool whole = false;
    unsigned pieces = 0;
    while (!whole) {
        expect(store_copy_step(copy, 4, &whole));
        pieces++;
        if (!whole && pieces < 20) {
            expect(store->begin(store));
            expect(store_picture_change(store, 900000 + pieces));
            expect(store->commit(store));
        }
    }
    uint64_t done, total;
    store_copy_progress(copy, &done, &total);
    assert_true(pieces > 5 && done == total);
    store_copy_close(copy);
    char *original = store_picture(store);
    struct store *second = open_at(fixture->copy);
    char *copied = store_picture(second);
    assert_string_equal(original, copied);
    second->close(second);
    store->close(store);
    free(original);
    free(copied);
}

static void a_copy_that_is_given_up_leaves_nothing(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 60);
    struct store_copy *copy = NULL;
    bool whole = false;
    struct stat found;
    expect(store_copy_open(store, fixture->copy, &copy));
    expect(store_copy_step(copy, 4, &whole));
    assert_false(whole);
    assert_int_equal(stat(fixture->copy, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    store_copy_close(copy);
    assert_int_equal(stat(fixture->copy, &found), -1);
    change(store, 1);
    store->close(store);
}

static void a_database_in_use_is_not_copied_by_another_process(void **state)
{
    const struct fixture *fixture = *state;
    struct store_copy *copy = NULL;
    int ends[2], status;
    struct store *store = open_at(fixture->path);
    change(store, 3);
    store->close(store);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        if (read(ends[0], &byte, 1) != 1)
            _exit(2);
        enum fault fault = store_copy_open_file(fixture->path, fixture->copy, &copy);
        _exit(fault == FAULT_TAKEN && access(fixture->copy, F_OK) != 0 ? 0 : 1);
    }
    store = open_at(fixture->path);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    store->close(store);
    close(ends[0]);
    close(ends[1]);
    /* At rest it is. */
    bool whole = false;
    expect(store_copy_open_file(fixture->path, fixture->copy, &copy));
    while (!whole)
        expect(store_copy_step(copy, 100, &whole));
    store_copy_close(copy);
    store = open_at(fixture->copy);
    store->close(store);
}

static void what_is_moved_or_deleted_under_the_store_is_told_and_not_lost(void **state)
{
    const struct fixture *fixture = *state;
    char log[310];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    struct store *store = open_at(fixture->path);
    change(store, 3);
    char *before = store_picture(store);
    assert_int_equal(unlink(log), 0);
    assert_int_equal(store->begin(store), FAULT_MOVED);
    store->close(store); /* what stood in the log comes into the file */
    store = open_at(fixture->path);
    char *after = store_picture(store);
    assert_string_equal(before, after);
    free(after);
    assert_int_equal(rename(fixture->path, fixture->copy), 0);
    assert_int_equal(store->begin(store), FAULT_MOVED);
    store->close(store);
    assert_int_equal(rename(fixture->copy, fixture->path), 0);
    store = open_at(fixture->path);
    after = store_picture(store);
    assert_string_equal(before, after);
    store->close(store);
    free(before);
    free(after);
}

/* ---- crashes ------------------------------------------------------------------------------- */

enum { GROUP = 5 };

/* Commits groups of records, and says so after each, until somebody kills it. The value `groups`
 * counts in the same transaction. */
static void commit_for_ever(const char *path, int report)
{
    struct store *store = NULL;
    uint32_t pair;
    if (store_sqlite_open(path, &store) || store->begin(store) ||
        store->pair_open(store, "helmo.be", "pwr.edu.pl", &pair) || store->commit(store))
        _exit(1);
    uint64_t number = 0, unreceipted;
    struct summary summary;
    if (store->summary(store, pair, true, &summary, &unreceipted))
        _exit(1);
    number = summary.count;
    for (;;) {
        if (store->begin(store))
            _exit(1);
        for (int i = 0; i < GROUP; i++) {
            struct store_record record = store_picture_record(number++);
            struct store_outbox_row row = {0};
            if (store->record_put(store, &record))
                _exit(1);
            row.serial = record.serial;
            if (store->outbox_put(store, pair, &row))
                _exit(1);
        }
        uint8_t groups[8];
        bytes_write_u64le(groups, number / GROUP);
        if (store->value_put(store, "value 0", (struct bytes) {groups, 8}) || store->commit(store))
            _exit(1);
        if (write(report, groups, 8) != 8)
            _exit(1);
    }
}

/* Returns the last group that the child said it had committed. */
static uint64_t run_and_kill(const char *path, unsigned reports)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        commit_for_ever(path, ends[1]);
    }
    close(ends[1]);
    uint8_t group[8] = {0};
    for (unsigned i = 0; i < reports; i++)
        assert_int_equal(read(ends[0], group, 8), 8);
    assert_int_equal(kill(child, SIGKILL), 0);
    while (read(ends[0], group, 8) == 8)
        continue;
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    return bytes_read_u64le(group);
}

static void a_killed_process_leaves_exactly_what_it_committed(void **state)
{
    const struct fixture *fixture = *state;
    struct arena *arena = arena_open(64 * 1024 * 1024);
    for (unsigned round = 1; round <= 6; round++) {
        uint64_t reported = run_and_kill(fixture->path, round * 9);
        struct store *store = open_at(fixture->path);
        struct bytes value;
        expect(store->value_get(store, "value 0", arena, &value));
        assert_int_equal(value.size, 8);
        uint64_t groups = bytes_read_u64le(value.data);
        /* The commit after the last report may have been finished, and no other. */
        assert_true(groups == reported || groups == reported + 1);
        struct store_record *records;
        size_t count;
        expect(store->record_scan(store, 0, SIZE_MAX, arena, &records, &count));
        assert_int_equal(count, groups * GROUP);
        struct summary expected = {0}, held, sum;
        for (size_t i = 0; i < count; i++)
            summary_add(&expected, &records[i].id);
        uint64_t unreceipted;
        struct span whole = span_whole();
        expect(store->summary(store, 1, true, &held, &unreceipted));
        expect(store->span_sum(store, 1, true, whole.from, whole.to, &sum));
        assert_true(summary_equal(&expected, &held));
        assert_true(summary_equal(&expected, &sum));
        assert_int_equal(unreceipted, count);
        store->close(store);
        arena_reset(arena);
    }
    arena_close(arena);
}

/* In a child: files may not grow beyond what they are now. */
static void try_to_grow(const char *path)
{
    struct store *store = open_at(path);
    char *before = store_picture(store);
    struct rlimit limit = {64 * 1024, RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    enum fault fault = FAULT_NONE;
    for (uint64_t group = 0; group < 100 && fault == FAULT_NONE; group++) {
        free(before);
        before = store_picture(store);
        expect(store->begin(store));
        for (uint64_t i = 0; i < 50 && fault == FAULT_NONE; i++)
            fault = store_picture_change(store, 1000 * group + i);
        if (fault != FAULT_NONE)
            store->rollback(store);
        else
            fault = store->commit(store);
    }
    assert_true(fault == FAULT_STORAGE || fault == FAULT_DISK_FULL);
    char *after = store_picture(store);
    assert_string_equal(before, after);
    limit.rlim_cur = RLIM_INFINITY;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    change(store, 3);
    free(after);
    free(before);
    store->close(store);
}

static void a_commit_that_cannot_be_written_leaves_no_trace(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 3);
    store->close(store);
    pid_t child = fork();
    if (child == 0) {
        try_to_grow(fixture->path);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    store = open_at(fixture->path);
    store->close(store);
}

/* Memory runs out in the middle; the caller forgets to look and goes on. */
static void a_transaction_in_which_a_write_failed_cannot_be_committed(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    change(store, 10);
    char *before = store_picture(store);
    expect(store->begin(store));
    expect(store->value_put(store, "value 1", bytes_text("early")));
    uint8_t *large = calloc(1, STORE_VALUE_MAX);
    const struct bytes value = {large, STORE_VALUE_MAX};
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + 1000);
    assert_int_equal(store->value_put(store, "value 2", value), FAULT_MEMORY);
    sqlite3_hard_heap_limit64(0);
    assert_int_equal(store->value_put(store, "value 1", bytes_text("late")), FAULT_MEMORY);
    assert_int_equal(store->commit(store), FAULT_MEMORY);
    char *after = store_picture(store);
    assert_string_equal(before, after);
    change(store, 1);
    store->close(store);
    free(large);
    free(before);
    free(after);
}

/* ---- all of a version's steps -------------------------------------------------------------- */

static void every_step_of_the_schema_is_plain_sql(void **)
{
    sqlite3 *connection;
    assert_int_equal(sqlite3_open(":memory:", &connection), SQLITE_OK);
    for (int version = 1; version <= schema_version(); version++)
        assert_int_equal(sqlite3_exec(connection, schema_step(version), NULL, NULL, NULL),
                         SQLITE_OK);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
}

/* Sums, lists and the receiving path read narrow rows alone, and lookups never scan. */
static void no_frequent_question_scans_a_table(void **)
{
    static const struct {
        const char *sql, *plan;
    } questions[] = {
        {"SELECT minute, first, ids FROM span WHERE pair = 1 AND ours = 1 AND minute BETWEEN 3"
         " AND 4 ORDER BY minute, first",
         "SEARCH span USING PRIMARY KEY (pair=? AND ours=? AND minute>? AND minute<?)"},
        {"SELECT serials FROM dossier WHERE pair = 1 AND opener = 0 AND dossier = x''",
         "SEARCH dossier USING PRIMARY KEY (pair=? AND opener=? AND dossier=?)"},
        {"SELECT state FROM dossier INDEXED BY dossier_rare WHERE (pair, opener, dossier) >"
         " (1, 0, x'') AND pair <= 1 AND state >= 14 ORDER BY pair, opener, dossier",
         "SEARCH dossier USING INDEX dossier_rare ((pair,opener,dossier)>(?,?,?) AND pair<?)"},
        {"SELECT first FROM receipted WHERE first <= 9 ORDER BY first DESC LIMIT 1",
         "SEARCH receipted USING INTEGER PRIMARY KEY (rowid<?)"},
    };
    sqlite3 *connection;
    assert_int_equal(sqlite3_open(":memory:", &connection), SQLITE_OK);
    for (int version = 1; version <= schema_version(); version++)
        assert_int_equal(sqlite3_exec(connection, schema_step(version), NULL, NULL, NULL),
                         SQLITE_OK);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        char sql[400];
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", questions[i].sql);
        sqlite3_stmt *statement;
        assert_int_equal(sqlite3_prepare_v2(connection, sql, -1, &statement, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(statement, 3), questions[i].plan);
        sqlite3_finalize(statement);
    }
    sqlite3_close(connection);
}

static void every_commit_is_synced(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_at(fixture->path);
    for (int i = 0; i < 5; i++) {
        uint8_t value = (uint8_t)i;
        expect(store->begin(store));
        expect(store->value_put(store, "synced", (struct bytes) {&value, 1}));
        size_t before = synced;
        expect(store->commit(store));
        assert_true(synced > before);
    }
    store->close(store);
}

static off_t log_size(const struct fixture *fixture)
{
    char path[320];
    struct stat found;
    snprintf(path, sizeof path, "%s-wal", fixture->path);
    assert_int_equal(stat(path, &found), 0);
    return found.st_size;
}

static void a_database_cut_small_holds_the_same_and_folds_its_log_sooner(void **state)
{
    const struct fixture *fixture = *state;
    static const struct store_sqlite_scale small = {.page_size = 1024, .log_pages = 64};
    struct store *store = open_at(fixture->path);
    change(store, 40);
    char *picture = store_picture(store);
    off_t large = log_size(fixture);
    store->close(store);
    unlink(fixture->path);
    expect(store_sqlite_open_scaled(fixture->path, &small, &store));
    change(store, 40);
    char *same = store_picture(store);
    assert_string_equal(same, picture);
    assert_true(8 * log_size(fixture) < large);
    store->close(store);
    store = open_at(fixture->path); /* as a node would: it keeps its pages */
    free(same);
    same = store_picture(store);
    assert_string_equal(same, picture);
    store->close(store);
    free(same);
    free(picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_committed_is_there_after_reopening, enter, leave),
        cmocka_unit_test_setup_teardown(every_commit_is_synced, enter, leave),
        cmocka_unit_test_setup_teardown(
            a_database_cut_small_holds_the_same_and_folds_its_log_sooner, enter, leave),
        cmocka_unit_test_setup_teardown(a_second_opening_of_the_same_file_is_refused, enter, leave),
        cmocka_unit_test_setup_teardown(a_database_of_a_newer_version_is_refused_untouched, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_database_of_somebody_else_is_refused_untouched, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(what_is_no_database_is_corrupt, enter, leave),
        cmocka_unit_test_setup_teardown(a_path_that_cannot_be_opened_is_a_fault, enter, leave),
        cmocka_unit_test_setup_teardown(a_backup_opens_and_holds_the_same, enter, leave),
        cmocka_unit_test_setup_teardown(a_copy_in_pieces_holds_what_was_committed_meanwhile, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_copy_that_is_given_up_leaves_nothing, enter, leave),
        cmocka_unit_test_setup_teardown(a_database_in_use_is_not_copied_by_another_process, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(
            what_is_moved_or_deleted_under_the_store_is_told_and_not_lost, enter, leave),
        cmocka_unit_test_setup_teardown(a_killed_process_leaves_exactly_what_it_committed, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_commit_that_cannot_be_written_leaves_no_trace, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_transaction_in_which_a_write_failed_cannot_be_committed,
                                        enter, leave),
        cmocka_unit_test(every_step_of_the_schema_is_plain_sql),
        cmocka_unit_test(no_frequent_question_scans_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
