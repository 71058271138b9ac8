/* links: base seal record trust wire rules channel stream eligibility store engine report admin */
/* A database of schema 1, as a node of that time has left it (two institutions, real seals and
 * receipts, one record that waits), comes to the newest version with all that it held.
 *
 * tests/contract/schema_1 has its dump, and the catalogue that it is audited against. */
#include "admin/audit.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/store_sqlite.h"

#include <fcntl.h>
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

enum { ARENA = 64 * 1024 * 1024, SYNCS_MAX = 200, TEXT = 400 };

/* Stand before the C library's: a process dies at the n-th time that something goes to the disk. */
static long syncs_left = -1;

static void count_sync(void)
{
    if (syncs_left > 0 && --syncs_left == 0)
        raise(SIGKILL);
}

int fdatasync(int descriptor)
{
    count_sync();
    return (int)syscall(SYS_fdatasync, descriptor);
}

int fsync(int descriptor)
{
    count_sync();
    return (int)syscall(SYS_fsync, descriptor);
}

struct fixture {
    char directory[256], path[300], before[340];
};

static char *read_text(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 4 * 1024 * 1024);
    *size = fread(text, 1, 4 * 1024 * 1024 - 1, file);
    fclose(file);
    return text;
}

static void with_plain_sqlite(const char *path, const char *sql)
{
    sqlite3 *connection;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
}

static int enter(void **state)
{
    static struct fixture fixture;
    const char *root = getenv("TMPDIR");
    snprintf(fixture.directory, sizeof fixture.directory, "%s/move-XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(fixture.directory));
    snprintf(fixture.path, sizeof fixture.path, "%s/node.db", fixture.directory);
    snprintf(fixture.before, sizeof fixture.before, "%s.before-%d", fixture.path, schema_version());
    size_t size;
    char *dump = read_text("tests/contract/schema_1/database.sql", &size);
    with_plain_sqlite(fixture.path, "PRAGMA page_size = 4096; PRAGMA application_id = 1348825701;"
                                    "PRAGMA user_version = 1; PRAGMA journal_mode = WAL");
    with_plain_sqlite(fixture.path, dump);
    free(dump);
    *state = &fixture;
    return 0;
}

static int leave(void **state)
{
    const struct fixture *fixture = *state;
    char command[TEXT];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->directory);
    return system(command);
}

/* ---- what a database holds, as text ------------------------------------------------------------
 */

static int add_row(void *to, int count, char **values, char **names)
{
    for (int i = 0; i < count; i++)
        fprintf(to, "%s=%s|", names[i], values[i] ? values[i] : "NULL");
    fputc('\n', to);
    return 0;
}

static int version_of(const char *path);

static const char *columns_since_3(const char *table, const char *columns)
{
    if (strcmp(table, "receipted") == 0)
        return "first AS serial, receipt, idx";
    return strcmp(table, "outbox") == 0 ? "pair, first AS serial, seal, code, since" : columns;
}

/* The columns that schema 1 has, of all its tables: later versions may have more of both. Since
 * schema 3 a row of some tables serves a run, which is one row long where it was one row. */
static char *picture(const char *path)
{
    static const struct {
        const char *table, *columns;
    } tables[] = {
        {"pair", "pair, own, partner"},
        {"record", "serial, pair, ours, opener, hex(dossier), lane, idx, hex(id), issued_at, kind,"
                   " flags, seal, seal_index, hex(path), hex(header), hex(salt), hex(body)"},
        {"seal", "number, pair, hex(wire), hex(leaves)"},
        {"sealed", "serial, seal, idx"},
        {"receipt", "number, pair, hex(wire), hex(leaves)"},
        {"receipted", "serial, receipt, idx"},
        {"stream", "pair, ours, count, hex(sum), unreceipted"},
        {"bucket", "pair, ours, rung, slot, count, hex(sum)"},
        {"outbox", "pair, serial, seal, code, since"},
        {"dossier", "pair, opener, hex(dossier), state, revision, transcript, length_0, length_1,"
                    " incomplete, not_understood, forked_0, forked_1, changed_at"},
        {"ready", "number, pair, code, hex(wire)"},
        {"draft", "number, pair, hex(row), hex(body), changed_at, sent, hex(dossier)"},
        {"request", "hex(key), hex(content), hex(answer)"},
        {"value WHERE name <> 'facts/behind'", "name, hex(value)"},
    };
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    sqlite3 *connection;
    bool runs = version_of(path) >= 3;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[TEXT];
        fprintf(out, "%s\n", tables[i].table);
        const char *table = tables[i].table, *columns = tables[i].columns;
        snprintf(sql, sizeof sql, "SELECT %s FROM %s ORDER BY 1, 2",
                 runs ? columns_since_3(table, columns) : columns, table);
        assert_int_equal(sqlite3_exec(connection, sql, add_row, out, NULL), SQLITE_OK);
    }
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
    fclose(out);
    return text;
}

static int version_of(const char *path)
{
    sqlite3 *connection;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(connection, "PRAGMA user_version", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return version;
}

static void assert_same_picture(const char *path, const char *expected)
{
    char *found = picture(path);
    assert_string_equal(found, expected);
    free(found);
}

static enum fault upgrade(const char *path)
{
    struct store *store = NULL;
    enum fault fault = store_sqlite_open(path, &store);
    if (!fault)
        store->close(store);
    return fault;
}

/* ---- claims ------------------------------------------------------------------------------------
 */

static void an_upgrade_keeps_every_row(void **state)
{
    const struct fixture *fixture = *state;
    char *before = picture(fixture->path);
    assert_true(schema_version() > 1);
    assert_int_equal(version_of(fixture->path), 1);
    assert_non_null(strstr(before, "uhasselt.be"));
    assert_int_equal(upgrade(fixture->path), FAULT_NONE);
    assert_int_equal(version_of(fixture->path), schema_version());
    assert_same_picture(fixture->path, before);
    free(before);
}

static void the_database_as_it_was_stands_beside_the_upgraded_one(void **state)
{
    const struct fixture *fixture = *state;
    char *before = picture(fixture->path);
    struct stat status;
    assert_int_equal(upgrade(fixture->path), FAULT_NONE);
    assert_int_equal(stat(fixture->before, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(version_of(fixture->before), 1);
    assert_same_picture(fixture->before, before);
    /* Once only: opening it again copies nothing. */
    assert_int_equal(unlink(fixture->before), 0);
    assert_int_equal(upgrade(fixture->path), FAULT_NONE);
    assert_int_equal(access(fixture->before, F_OK), -1);
    free(before);
}

static void an_upgraded_database_passes_the_audit(void **state)
{
    const struct fixture *fixture = *state;
    struct arena *arena = arena_open(ARENA);
    size_t sizes[2];
    char *root = read_text("tests/contract/schema_1/root", &sizes[0]);
    char *list = read_text("tests/contract/schema_1/catalogue", &sizes[1]);
    struct catalogue_files files = {{(uint8_t *)root, sizes[0]}, {(uint8_t *)list, sizes[1]}};
    struct suite suite = suite_over(&(struct suite_keys) {0});
    struct digest anchor;
    struct catalogue *catalogue;
    const char *why = NULL;
    catalogue_anchor(files.root, &anchor);
    assert_int_equal(catalogue_read(files, &anchor, 0, &suite, arena, &catalogue, &why),
                     VERDICT_FINE);
    struct audit audit = {.catalogue = catalogue};
    struct audit_result result;
    assert_int_equal(store_sqlite_open(fixture->path, &audit.store), FAULT_NONE);
    assert_int_equal(audit_run(&audit, 0, AUDIT_PAGE, arena, &result), FAULT_NONE);
    assert_int_equal(result.records, 11);
    assert_int_equal(result.fault_count, 0);
    audit.store->close(audit.store);
    free(root);
    free(list);
    arena_close(arena);
}

/* By its place, by its point, and by its receipt. */
static void assert_found(struct store *store, const struct store_record *record)
{
    bool ours = record->flags & STORE_OURS;
    struct span_point point = {record->issued_at, record->id};
    struct store_receipt_link link;
    int64_t serial;
    assert_int_equal(store->record_find(store, &record->place, record->lane, record->index,
                                        &record->id, &serial),
                     FAULT_NONE);
    assert_int_equal(serial, record->serial);
    assert_int_equal(store->span_find(store, record->place.pair, ours, &point, &serial),
                     FAULT_NONE);
    assert_int_equal(serial, record->serial);
    assert_int_equal(store->receipt_of(store, record->serial, &link), FAULT_NONE);
    assert_int_equal(link.receipt != 0, (record->flags & STORE_RECEIPTED) != 0);
}

static void an_upgraded_database_finds_each_record_again(void **state)
{
    const struct fixture *fixture = *state;
    struct arena *arena = arena_open(ARENA);
    struct store_record *records, *beside;
    struct store *store;
    size_t count, beside_count, dossiers = 0;
    assert_int_equal(store_sqlite_open(fixture->path, &store), FAULT_NONE);
    assert_int_equal(store->record_scan(store, 0, 100, arena, &records, &count), FAULT_NONE);
    assert_int_equal(count, 11);
    for (size_t i = 0; i < count; i++) {
        assert_found(store, &records[i]);
        assert_int_equal(
            store->record_list(store, &records[i].place, true, arena, &beside, &beside_count),
            FAULT_NONE);
        dossiers += records[i].index == 0 && records[i].lane == 0;
        for (size_t j = 0; j < count; j++)
            if (memcmp(&records[j].place, &records[i].place, sizeof records->place) == 0)
                beside_count--;
        assert_int_equal(beside_count, 0);
    }
    struct store_dossier_query all = {.opened_by_partner = -1, .max = 100};
    struct store_dossier *rows;
    assert_int_equal(store->dossier_list(store, &all, arena, &rows, &count), FAULT_NONE);
    assert_int_equal(count, dossiers);
    store->close(store);
    arena_close(arena);
}

static void the_feed_of_schema_2_goes_on_where_it_was(void **state)
{
    const struct fixture *fixture = *state;
    struct arena *arena = arena_open(ARENA);
    struct store_event *events, next = {.at = 9, .kind = 2, .pair = 1, .serial = 3};
    struct store *store;
    size_t count;
    with_plain_sqlite(fixture->path, schema_step(2));
    with_plain_sqlite(fixture->path, "PRAGMA user_version = 2;"
                                     "INSERT INTO event VALUES (5, 70, 2, 1, 2, 0, 0, 0),"
                                     " (6, 71, 11, 1, 2, 1, 2, 0), (7, 72, 5, 1, 2, 0, 0, 33)");
    assert_int_equal(store_sqlite_open(fixture->path, &store), FAULT_NONE);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->event_put(store, &next), FAULT_NONE);
    assert_int_equal(next.cursor, 8);
    assert_int_equal(store->event_list(store, 5, 100, arena, &events, &count), FAULT_NONE);
    assert_int_equal(count, 3);
    assert_int_equal(events[0].cursor, 6);
    assert_int_equal(events[0].at, 71);
    assert_int_equal(events[0].before, 1);
    assert_int_equal(events[0].state, 2);
    assert_int_equal(events[1].code, 33);
    assert_int_equal(events[2].cursor, 8);
    assert_int_equal(store->commit(store), FAULT_NONE);
    store->close(store);
    arena_close(arena);
}

/* Dossiers of schema 1 have no facts: they are counted from the records when it is opened. */
static void an_upgraded_database_counts_its_dossiers(void **state)
{
    const struct fixture *fixture = *state;
    const struct store_dossier_query all = {.opened_by_partner = -1, .max = SIZE_MAX};
    struct arena *arena = arena_open(ARENA);
    struct store_dossier *rows;
    struct store *store;
    struct bytes behind;
    size_t count, studies = 0;
    assert_int_equal(store_sqlite_open(fixture->path, &store), FAULT_NONE);
    assert_int_equal(store->dossier_list(store, &all, arena, &rows, &count), FAULT_NONE);
    assert_true(count > 1);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].facts.year, 2026);
        assert_true(rows[i].facts.nominated > 0);
        assert_int_equal(rows[i].facts.sources[FACTS_REVISION], rows[i].revision);
        assert_int_equal(rows[i].facts.decided > 0, rows[i].state != DOSSIER_PENDING);
        studies += rows[i].facts.mobility == 1;
    }
    assert_int_equal(studies, count);
    assert_int_equal(store->value_get(store, "facts/behind", arena, &behind), FAULT_NONE);
    assert_int_equal(behind.size, 0);
    store->close(store);
    arena_close(arena);
}

/* In a child that dies at its n-th flush; true: it came to the end before. */
static bool upgrade_until(const char *path, long flush)
{
    pid_t child = fork();
    if (child == 0) {
        syncs_left = flush;
        _exit(upgrade(path) == FAULT_NONE ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return !WIFSIGNALED(status);
}

static void a_killed_upgrade_leaves_the_old_or_the_new(void **state)
{
    const struct fixture *fixture = *state;
    char *before = picture(fixture->path);
    bool whole = false;
    long flush = 1;
    for (; !whole && flush < SYNCS_MAX; flush++) {
        whole = upgrade_until(fixture->path, flush);
        int version = version_of(fixture->path);
        assert_true(version == 1 || version == schema_version());
        assert_same_picture(fixture->path, before);
        /* What is called a copy is whole. */
        if (access(fixture->before, F_OK) == 0)
            assert_same_picture(fixture->before, before);
        if (version != 1)
            assert_int_equal(access(fixture->before, F_OK), 0);
        /* And it is whole: the next start brings it to the end. */
        assert_int_equal(upgrade(fixture->path), FAULT_NONE);
        assert_int_equal(version_of(fixture->path), schema_version());
        assert_same_picture(fixture->path, before);
        leave(state);
        enter(state);
    }
    assert_true(whole);
    assert_true(flush > 4);
    free(before);
}

static void what_a_killed_upgrade_left_does_not_hinder_the_next(void **state)
{
    const struct fixture *fixture = *state;
    char *before = picture(fixture->path), second[400];
    while (upgrade_until(fixture->path, 3))
        fail();
    assert_int_equal(upgrade(fixture->path), FAULT_NONE);
    assert_same_picture(fixture->path, before);
    assert_same_picture(fixture->before, before);
    /* A copy that is there already is kept, and the new one gets a number. */
    leave(state);
    enter(state);
    with_plain_sqlite(fixture->before, "CREATE TABLE older (x)");
    assert_int_equal(upgrade(fixture->path), FAULT_NONE);
    with_plain_sqlite(fixture->before, "DROP TABLE older");
    snprintf(second, sizeof second, "%s.2", fixture->before);
    assert_same_picture(second, before);
    free(before);
}

static void an_upgrade_without_room_changes_nothing(void **state)
{
    const struct fixture *fixture = *state;
    char *before = picture(fixture->path);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {32 * 1024, RLIM_INFINITY};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(2);
        enum fault fault = upgrade(fixture->path);
        _exit(fault == FAULT_STORAGE || fault == FAULT_DISK_FULL ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(version_of(fixture->path), 1);
    assert_same_picture(fixture->path, before);
    assert_int_equal(access(fixture->before, F_OK), -1);
    char part[340];
    snprintf(part, sizeof part, "%s.part", fixture->path);
    assert_int_equal(access(part, F_OK), -1);
    free(before);
}

static void a_newer_database_names_the_copy_to_go_back_to(void **state)
{
    const struct fixture *fixture = *state;
    char sql[64], path[340], found[400] = "x";
    assert_int_equal(upgrade(fixture->path), FAULT_NONE);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", schema_version() + 2);
    with_plain_sqlite(fixture->path, sql);
    assert_int_equal(upgrade(fixture->path), FAULT_NEWER);
    /* `before-N` was made by this program: a newer one makes `before-N+1`, `before-N+2`. */
    migrate_find_copy(fixture->path, found, sizeof found);
    assert_string_equal(found, "");
    snprintf(path, sizeof path, "%s.before-%d", fixture->path, schema_version() + 2);
    assert_int_equal(rename(fixture->before, path), 0);
    migrate_find_copy(fixture->path, found, sizeof found);
    assert_string_equal(found, path);
    with_plain_sqlite(path, sql);
    migrate_find_copy(fixture->path, found, sizeof found);
    assert_string_equal(found, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_upgrade_keeps_every_row, enter, leave),
        cmocka_unit_test_setup_teardown(the_database_as_it_was_stands_beside_the_upgraded_one,
                                        enter, leave),
        cmocka_unit_test_setup_teardown(an_upgraded_database_passes_the_audit, enter, leave),
        cmocka_unit_test_setup_teardown(an_upgraded_database_finds_each_record_again, enter, leave),
        cmocka_unit_test_setup_teardown(the_feed_of_schema_2_goes_on_where_it_was, enter, leave),
        cmocka_unit_test_setup_teardown(an_upgraded_database_counts_its_dossiers, enter, leave),
        cmocka_unit_test_setup_teardown(a_killed_upgrade_leaves_the_old_or_the_new, enter, leave),
        cmocka_unit_test_setup_teardown(what_a_killed_upgrade_left_does_not_hinder_the_next, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(an_upgrade_without_room_changes_nothing, enter, leave),
        cmocka_unit_test_setup_teardown(a_newer_database_names_the_copy_to_go_back_to, enter,
                                        leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
