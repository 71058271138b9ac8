/* links: base seal record trust wire rules channel stream store engine sim */
/* A database of schema 4, as a host of that time has left it: an agreement with two places, both
 * given, two more who ask for one, and one nomination under an agreement on paper. Its marks of
 * places have names of another form; after the upgrade as many are counted.
 *
 * tests/contract/schema_4 has its dump. The keys of its world come from the seed, so that its
 * partner can be born again: it lost all that it had, and is given it back. */
#include "engine/places.h"
#include "record/codec.h"
#include "sim/world.h"
#include "store/schema.h"
#include "store/store_sqlite.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

enum { HOME, HOST, SEED = 13, ARENA = 4 * 1024 * 1024, SYNCS_MAX = 200, PAIR = 1 };

static const char *const names[] = {"helmo.be", "uhasselt.be"};
static const char agreement[] = "01M5VJ0YZ0AMQZTY5N083KFG27";
static const char pending[] = "01M5VJ0YZ0AMQZTY5Q15BYB0R6";

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
    char directory[256], path[300];
    struct store *store;
    struct world *world;
    struct arena *arena;
};

static void with_plain_sqlite(const char *path, const char *sql)
{
    sqlite3 *connection;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
}

static char *read_text(const char *path)
{
    enum { SIZE = 1024 * 1024 };
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, SIZE);
    assert_true(fread(text, 1, SIZE - 1, file) > 0);
    fclose(file);
    return text;
}

static int enter(void **state)
{
    static struct fixture fixture;
    const char *root = getenv("TMPDIR");
    fixture = (struct fixture) {.arena = arena_open(ARENA)};
    snprintf(fixture.directory, sizeof fixture.directory, "%s/places-XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(fixture.directory));
    snprintf(fixture.path, sizeof fixture.path, "%s/node.db", fixture.directory);
    char *dump = read_text("tests/contract/schema_4/database.sql");
    with_plain_sqlite(fixture.path, "PRAGMA page_size = 4096; PRAGMA application_id = 1348825701;"
                                    "PRAGMA user_version = 4; PRAGMA journal_mode = WAL");
    with_plain_sqlite(fixture.path, dump);
    free(dump);
    *state = &fixture;
    return 0;
}

static int leave(void **state)
{
    struct fixture *fixture = *state;
    char command[400];
    if (fixture->world)
        world_close(fixture->world);
    if (fixture->store)
        fixture->store->close(fixture->store);
    arena_close(fixture->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->directory);
    return system(command);
}

/* The host's node on that database. */
static void open_world(struct fixture *fixture)
{
    fixture->world = world_open(SEED, names, 2);
    world_stop(fixture->world, HOST);
    assert_int_equal(store_sqlite_open(fixture->path, &fixture->store), FAULT_NONE);
    world_house(fixture->world, HOST, fixture->store);
    assert_true(world_start(fixture->world, HOST));
}

static struct header_dossier dossier_of(const char *text)
{
    struct header_dossier dossier;
    assert_true(header_dossier_from_text(bytes_text(text), &dossier));
    return dossier;
}

static size_t counted(struct fixture *fixture, enum places_mark mark)
{
    struct store_place in = {.pair = PAIR, .opened_by_partner = true};
    struct places_key key = {dossier_of(agreement), "c1", "2026/2027"};
    size_t count;
    assert_int_equal(
        places_count(fixture->store, mark, &in, &key, NULL, 99, fixture->arena, &count),
        FAULT_NONE);
    return count;
}

static size_t values_under(struct fixture *fixture, const char *prefix)
{
    struct store_value *values;
    size_t count;
    assert_int_equal(fixture->store->value_list(fixture->store, prefix, NULL, 99, fixture->arena,
                                                &values, &count),
                     FAULT_NONE);
    return count;
}

static void assert_counted(struct fixture *fixture)
{
    assert_int_equal(counted(fixture, PLACES_GRANTED), 2);
    assert_int_equal(counted(fixture, PLACES_ASKED), 2);
    assert_int_equal(values_under(fixture, "place/"), 4);
    assert_int_equal(values_under(fixture, "asked/"), 0);
    assert_int_equal(values_under(fixture, "place-4/"), 0);
}

static struct event_answer decide(struct fixture *fixture, const char *dossier,
                                  Peregrin__Outcome outcome)
{
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    decision.has_outcome = true;
    decision.outcome = outcome;
    struct event_submission submission = {
        .own = names[HOST],
        .partner = names[HOME],
        .kind = PEREGRIN__KIND__KIND_DECISION,
        .opened_by_partner = true,
        .dossier = dossier_of(dossier),
        .body = codec_pack(&decision.base, fixture->arena),
    };
    return world_submit(fixture->world, HOST, &submission);
}

/* ---- claims ------------------------------------------------------------------------------------
 */

static void as_many_places_are_counted_as_before(void **state)
{
    struct fixture *fixture = *state;
    open_world(fixture);
    assert_counted(fixture);
}

static void no_place_is_given_beyond_the_last(void **state)
{
    struct fixture *fixture = *state;
    open_world(fixture);
    assert_true(world_settle(fixture->world, 120 * (int64_t)INSTANT_SECOND));
    struct event_answer said = decide(fixture, pending, PEREGRIN__OUTCOME__OUTCOME_ACCEPT);
    assert_int_equal(said.verdict, VERDICT_INVALID);
    assert_string_equal(said.finding.rule, "decision.places");
    assert_string_equal(said.finding.got, "2 places, this would be the 3rd");
    assert_counted(fixture);
}

/* The cut is by the name of each mark: what is done stays done, what is not is done next. */
static void what_a_crash_leaves_is_done_the_next_time(void **state)
{
    bool whole = false;
    long flush = 1;
    for (; !whole && flush < SYNCS_MAX; flush++) {
        struct fixture *fixture = *state;
        int status;
        pid_t child = fork();
        if (child == 0) {
            syncs_left = flush;
            open_world(fixture);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        whole = !WIFSIGNALED(status);
        open_world(fixture);
        assert_counted(fixture);
        leave(state);
        enter(state);
    }
    assert_true(whole);
    assert_true(flush > 4);
}

/* One record that rotted hinders neither the start nor the others. */
static void what_rotted_waits_until_it_is_mended(void **state)
{
    struct fixture *fixture = *state;
    char sql[300];
    snprintf(sql, sizeof sql,
             "CREATE TABLE was AS SELECT serial, header FROM record;"
             "UPDATE record SET header = x'00' WHERE kind = %d AND dossier ="
             " (SELECT dossier FROM record WHERE kind = %d LIMIT 1)",
             PEREGRIN__KIND__KIND_DECISION, PEREGRIN__KIND__KIND_DECISION);
    with_plain_sqlite(fixture->path, sql);
    open_world(fixture);
    assert_int_equal(counted(fixture, PLACES_GRANTED), 1);
    assert_int_equal(counted(fixture, PLACES_ASKED), 2);
    assert_int_equal(values_under(fixture, "place-4/"), 1);
    world_close(fixture->world);
    fixture->store->close(fixture->store);
    with_plain_sqlite(fixture->path, "UPDATE record SET header = (SELECT header FROM was"
                                     " WHERE was.serial = record.serial)");
    open_world(fixture);
    assert_counted(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_many_places_are_counted_as_before, enter, leave),
        cmocka_unit_test_setup_teardown(no_place_is_given_beyond_the_last, enter, leave),
        cmocka_unit_test_setup_teardown(what_a_crash_leaves_is_done_the_next_time, enter, leave),
        cmocka_unit_test_setup_teardown(what_rotted_waits_until_it_is_mended, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
