/* links: base seal record stream store sim */
#include "sim/disk.h"
#include "store/store_sqlite.h"
#include "support/store_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The store on a disk that fails. GROUPS transactions are committed one after the other; pictures
 * shows what must be there after each. Whatever the disk does, the store holds exactly what was
 * committed, or says that it cannot be used. */

enum { GROUPS = 8, CHANGES = 6 };

static const char path[] = "/node.db", log_path[] = "/node.db-wal";

struct fixture {
    struct disk *disk;
    uint8_t *file; /* the database before the first group */
    size_t file_size;
    char *pictures[GROUPS + 1];
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static const struct disk_failure no_failure;

static struct store *open_it(void)
{
    struct store *store = NULL;
    expect(store_sqlite_open(path, &store));
    return store;
}

/* One transaction, always the same for a number. */
static enum fault change(struct store *store, unsigned group)
{
    enum fault fault = store->begin(store);
    if (fault)
        return fault;
    for (unsigned i = 0; i < CHANGES && !fault; i++)
        fault = store_picture_change(store, 7919 * (group + 40) + i);
    if (!fault)
        return store->commit(store);
    store->rollback(store);
    return fault;
}

/* A few hundred rows in every table. */
static void fill(struct store *store)
{
    for (unsigned group = 0; group < 40; group++) {
        expect(store->begin(store));
        for (unsigned i = 0; i < 10; i++)
            expect(store_picture_change(store, 31 * group + i));
        expect(store->commit(store));
    }
}

static uint8_t *copy_of(struct disk *disk, const char *name, size_t *size)
{
    const uint8_t *content = disk_content(disk, name, size);
    uint8_t *copy = malloc(*size + 1);
    assert_non_null(copy);
    if (content)
        memcpy(copy, content, *size);
    return copy;
}

static int enter(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture) {.disk = disk_open()};
    assert_non_null(fixture.disk);
    struct store *store = open_it();
    fill(store);
    store->close(store);
    fixture.file = copy_of(fixture.disk, path, &fixture.file_size);
    store = open_it();
    for (unsigned group = 0; group <= GROUPS; group++) {
        if (group)
            expect(change(store, group));
        fixture.pictures[group] = store_picture(store);
        if (group)
            assert_string_not_equal(fixture.pictures[group], fixture.pictures[group - 1]);
    }
    store->close(store);
    *state = &fixture;
    return 0;
}

static int leave(void **state)
{
    struct fixture *fixture = *state;
    disk_close(fixture->disk);
    free(fixture->file);
    for (unsigned group = 0; group <= GROUPS; group++)
        free(fixture->pictures[group]);
    return 0;
}

/* As it was before the first group. */
static void start_again(const struct fixture *fixture)
{
    disk_kill(fixture->disk);
    assert_true(disk_replace(fixture->disk, log_path, NULL, 0));
    assert_true(disk_replace(fixture->disk, path, fixture->file, fixture->file_size));
    disk_fail(fixture->disk, no_failure);
    disk_limit(fixture->disk, 0);
}

/* How many groups the store holds; none other than whole ones. */
static unsigned held(const struct fixture *fixture, struct store *store)
{
    char *picture = store_picture(store);
    unsigned found = 0;
    while (found <= GROUPS && strcmp(picture, fixture->pictures[found]) != 0)
        found++;
    free(picture);
    assert_in_range(found, 0, GROUPS);
    return found;
}

/* ---- one disk, one failure ----------------------------------------------------------------- */

struct trial {
    const struct fixture *fixture;
    struct store *store; /* NULL: it could not be opened */
    unsigned committed;  /* groups */
    unsigned faults;
    bool unknown; /* the last commit could not be flushed: it may be found after a restart */
};

/* What a failure of the disk may be called. */
static void check_fault(const struct trial *trial, enum fault fault)
{
    bool full = fault == FAULT_DISK_FULL, broken = fault == FAULT_STORAGE || fault == FAULT_FLUSH;
    assert_true(full || broken);
    assert_true(disk_failed(trial->fixture->disk) || full);
}

/* The process is gone and another one opens what it left. What could not be flushed may be there,
 * and counts if it is. */
static void restart(struct trial *trial)
{
    if (trial->store)
        trial->store->close(trial->store);
    trial->store = NULL;
    enum fault fault = store_sqlite_open(path, &trial->store);
    if (fault) {
        check_fault(trial, fault);
        trial->faults++;
        return;
    }
    if (!trial->unknown)
        return;
    unsigned found = held(trial->fixture, trial->store);
    assert_in_range(found, trial->committed, trial->committed + 1);
    trial->committed = found;
    trial->unknown = false;
}

/* The groups, and a clean end. */
static void run(struct trial *trial, unsigned attempts)
{
    restart(trial);
    for (unsigned i = 0; i < attempts && trial->committed < GROUPS; i++) {
        if (!trial->store)
            restart(trial);
        if (!trial->store)
            continue;
        enum fault fault = change(trial->store, trial->committed + 1);
        trial->committed += !fault;
        if (!fault)
            continue;
        check_fault(trial, fault);
        trial->faults++;
        if (fault == FAULT_FLUSH) {
            assert_int_equal(trial->store->begin(trial->store), FAULT_FLUSH);
            trial->unknown = true;
            disk_kill(trial->fixture->disk);
            restart(trial);
        }
    }
    if (trial->store)
        trial->store->close(trial->store);
    trial->store = NULL;
}

/* What is found after a restart is still there when the power goes. */
static void check_after(struct trial *trial, uint64_t dice)
{
    const struct fixture *fixture = trial->fixture;
    disk_fail(fixture->disk, no_failure);
    restart(trial);
    assert_int_equal(held(fixture, trial->store), trial->committed);
    disk_cut(fixture->disk, dice);
    restart(trial);
    assert_int_equal(held(fixture, trial->store), trial->committed);
    while (trial->committed < GROUPS)
        expect(change(trial->store, ++trial->committed));
    assert_int_equal(held(fixture, trial->store), GROUPS);
    trial->store->close(trial->store);
}

/* The calls of this kind that the groups make when nothing fails. */
static uint64_t calls_of(const struct fixture *fixture, enum disk_call call)
{
    struct trial trial = {.fixture = fixture};
    start_again(fixture);
    run(&trial, GROUPS);
    assert_int_equal(trial.committed, GROUPS);
    return disk_count(fixture->disk, call);
}

/* Every number under SOAK; otherwise some twenty-five of them. */
static uint64_t stride(uint64_t calls)
{
    return getenv("SOAK") || calls < 25 ? 1 : calls / 25;
}

static unsigned sweep(const struct fixture *fixture, enum disk_call call, enum disk_way way,
                      bool lasts)
{
    unsigned faults = 0;
    uint64_t calls = calls_of(fixture, call), step = stride(calls);
    assert_true(calls > 0);
    for (uint64_t at = 1; at <= calls; at += step) {
        struct trial trial = {.fixture = fixture};
        start_again(fixture);
        disk_fail(fixture->disk, (struct disk_failure) {call, way, at, lasts, NULL});
        run(&trial, GROUPS + 4);
        assert_true(disk_failed(fixture->disk));
        if (!lasts)
            assert_int_equal(trial.committed, GROUPS);
        faults += trial.faults;
        check_after(&trial, at % 3 ? at * 0x9e3779b97f4a7c15u | 1 : 0);
    }
    return faults;
}

/* ---- the claims ---------------------------------------------------------------------------- */

static void any_call_that_fails_once_leaves_what_was_committed(void **state)
{
    for (enum disk_call call = 0; call < DISK_CALLS; call++)
        for (enum disk_way way = 0; way < (call == DISK_WRITE ? DISK_WAYS : 1); way++)
            sweep(*state, call, way, false);
}

static void any_call_that_fails_for_ever_leaves_what_was_committed(void **state)
{
    for (enum disk_call call = 0; call < DISK_CALLS; call++)
        for (enum disk_way way = 0; way < (call == DISK_WRITE ? DISK_WAYS : 1); way++)
            sweep(*state, call, way, true);
}

static void a_full_disk_is_told_and_the_same_store_goes_on_when_there_is_room(void **state)
{
    const struct fixture *fixture = *state;
    start_again(fixture);
    struct store *store = open_it();
    expect(change(store, 1));
    disk_limit(fixture->disk, disk_used(fixture->disk) + 5000);
    unsigned committed = 1;
    enum fault fault = FAULT_NONE;
    while (!fault && committed < GROUPS)
        if (!(fault = change(store, committed + 1)))
            committed++;
    assert_int_equal(fault, FAULT_DISK_FULL);
    assert_int_equal(held(fixture, store), committed);
    assert_int_equal(change(store, committed + 1), FAULT_DISK_FULL);
    disk_limit(fixture->disk, 0);
    while (committed < GROUPS)
        expect(change(store, ++committed));
    store->close(store);
    disk_cut(fixture->disk, 0);
    store = open_it();
    assert_int_equal(held(fixture, store), GROUPS);
    store->close(store);
}

/* The kernel says once that a page was not written, and then believes it was. A store that asks
 * again, or a process that reads it again, is told that all is well. */
static void after_a_failed_flush_nothing_is_committed_until_all_is_read_anew(void **state)
{
    const struct fixture *fixture = *state;
    start_again(fixture);
    struct store *store = open_it();
    expect(change(store, 1));
    disk_fail(fixture->disk, (struct disk_failure) {DISK_SYNC, DISK_BREAKS, 1, false, NULL});
    assert_int_equal(change(store, 2), FAULT_FLUSH);
    assert_int_equal(change(store, 2), FAULT_FLUSH);
    disk_kill(fixture->disk);
    store->close(store);
    store = open_it();
    unsigned committed = held(fixture, store);
    assert_in_range(committed, 1, 2);
    expect(change(store, committed + 1));
    disk_cut(fixture->disk, 0);
    store->close(store);
    store = open_it();
    assert_int_equal(held(fixture, store), committed + 1);
    store->close(store);
}

static enum fault put_large(struct store *store, unsigned number)
{
    static const uint8_t large[STORE_VALUE_MAX] = {1, 2, 3};
    char name[16];
    snprintf(name, sizeof name, "large %u", number);
    TRY(store->begin(store));
    enum fault fault = store->value_put(store, name, (struct bytes) {large, sizeof large});
    if (!fault)
        return store->commit(store);
    store->rollback(store);
    return fault;
}

/* The commits themselves go well: they only need the log. */
static void a_log_that_cannot_be_folded_is_told_before_it_fills_the_disk(void **state)
{
    enum { MANY = 1000 };
    const struct fixture *fixture = *state;
    start_again(fixture);
    struct store *store = open_it();
    disk_fail(fixture->disk, (struct disk_failure) {DISK_WRITE, DISK_BREAKS, 1, true, path});
    unsigned count = 0;
    enum fault fault = FAULT_NONE;
    while (!fault && count < MANY)
        if (!(fault = put_large(store, count)))
            count++;
    assert_int_equal(fault, FAULT_STORAGE);
    assert_int_equal(put_large(store, count), FAULT_STORAGE);
    disk_fail(fixture->disk, no_failure);
    expect(put_large(store, count++));
    store->close(store);
    store = open_it();
    struct arena *arena = arena_open(MANY * STORE_VALUE_MAX);
    struct store_value *values;
    size_t found;
    expect(store->value_list(store, "large", NULL, MANY, arena, &values, &found));
    assert_int_equal(found, count);
    arena_close(arena);
    store->close(store);
}

/* ---- a log that is damaged ----------------------------------------------------------------- */

static uint64_t draw(uint64_t *dice)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    return *dice;
}

/* All groups are committed, stand in the log, and the process is dead. Gives the log. */
static uint8_t *die_with_log(const struct fixture *fixture, size_t *size)
{
    start_again(fixture);
    struct store *store = open_it();
    for (unsigned group = 1; group <= GROUPS; group++)
        expect(change(store, group));
    disk_kill(fixture->disk);
    store->close(store);
    uint8_t *log = copy_of(fixture->disk, log_path, size);
    assert_true(*size > 0);
    return log;
}

/* Puts the database and this log where a node that died has left them; GROUPS + 1: refused. */
static unsigned found_after(const struct fixture *fixture, const uint8_t *log, size_t size)
{
    struct store *store = NULL;
    start_again(fixture);
    assert_true(disk_replace(fixture->disk, log_path, log, size));
    enum fault fault = store_sqlite_open(path, &store);
    if (!fault) {
        unsigned found = held(fixture, store);
        store->close(store);
        return found;
    }
    assert_int_equal(fault, FAULT_LOG_DAMAGED);
    size_t left;
    const uint8_t *content = disk_content(fixture->disk, log_path, &left);
    assert_true(left == size && memcmp(content, log, size) == 0);
    return GROUPS + 1;
}

/* Damage in the last commit alone cannot be told from one that was torn when the power went. */
static void a_damaged_log_is_refused_untouched(void **state)
{
    const struct fixture *fixture = *state;
    unsigned rounds = getenv("SOAK") ? 5000 : 200, refused = 0;
    uint64_t dice = 1999;
    size_t size;
    uint8_t *log = die_with_log(fixture, &size), *bent = malloc(size);
    assert_int_equal(found_after(fixture, log, size), GROUPS);
    for (unsigned round = 0; round < rounds; round++) {
        memcpy(bent, log, size);
        for (uint64_t left = 1 + draw(&dice) % 3; left > 0; left--)
            bent[draw(&dice) % size] ^= (uint8_t)(1 + draw(&dice) % 255);
        unsigned found = found_after(fixture, bent, size);
        assert_in_range(found, GROUPS - 1, GROUPS + 1);
        refused += found > GROUPS;
    }
    memcpy(bent, log, size);
    bent[17] ^= 1; /* in its head: SQLite would take no notice of any of it */
    assert_int_equal(found_after(fixture, bent, size), GROUPS + 1);
    assert_true(refused > rounds / 2);
    free(bent);
    free(log);
}

/* Whole groups, and the partners give back the rest: as after a backup was restored. */
static void a_log_that_was_cut_off_leaves_whole_groups(void **state)
{
    const struct fixture *fixture = *state;
    unsigned last = GROUPS;
    size_t size;
    uint8_t *log = die_with_log(fixture, &size);
    for (size_t length = size; length > 0; length -= length < 3001 ? length : 3001) {
        unsigned found = found_after(fixture, log, length);
        assert_in_range(found, 0, last);
        last = found;
    }
    assert_int_equal(found_after(fixture, log, 0), 0);
    free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_call_that_fails_once_leaves_what_was_committed),
        cmocka_unit_test(any_call_that_fails_for_ever_leaves_what_was_committed),
        cmocka_unit_test(a_full_disk_is_told_and_the_same_store_goes_on_when_there_is_room),
        cmocka_unit_test(a_log_that_cannot_be_folded_is_told_before_it_fills_the_disk),
        cmocka_unit_test(a_damaged_log_is_refused_untouched),
        cmocka_unit_test(a_log_that_was_cut_off_leaves_whole_groups),
        cmocka_unit_test(after_a_failed_flush_nothing_is_committed_until_all_is_read_anew),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
