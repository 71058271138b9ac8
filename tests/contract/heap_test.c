/* links: base seal record stream store */
#include "store/store_memory.h"
#include "store/store_sqlite.h"
#include "support/store_picture.h"

#include <errno.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A heap that fails at its Nth call, once: every such failure must be a fault, and a rollback must
 * leave the store as it was. The sanitizers bring a heap of their own; with them this is skipped.
 */

static long calls_left = -1; /* -1: the heap does not fail */
static bool failed;

#ifdef __SANITIZE_ADDRESS__
static const bool heap_is_ours = false;
#else
static const bool heap_is_ours = true;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool fails_now(void)
{
    if (calls_left < 0 || calls_left-- > 0)
        return false;
    calls_left = -1;
    failed = true;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails_now() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails_now() ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return fails_now() ? NULL : __libc_realloc(old, count * size);
}
#endif

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

/* Of SQLite; NULL: the memory store. */
static struct store *filled(const char *path)
{
    struct store *store = NULL;
    if (path)
        expect(store_sqlite_open(path, &store));
    else
        store = store_memory_open();
    assert_non_null(store);
    for (uint64_t group = 1; group <= 8; group++) {
        expect(store->begin(store));
        for (uint64_t i = 0; i < 10; i++)
            expect(store_picture_change(store, group * 1234 + i));
        expect(store->commit(store));
    }
    return store;
}

/* Five changes and the commit, the heap failing at call `n`; false when it was not reached. */
static bool change_with_failure(struct store *store, uint64_t seed, long n)
{
    bool begun = false;
    failed = false;
    calls_left = n;
    enum fault fault = store->begin(store);
    begun = fault == FAULT_NONE;
    for (uint64_t i = 0; i < 5 && fault == FAULT_NONE; i++)
        fault = store_picture_change(store, seed + i);
    if (fault == FAULT_NONE) {
        fault = store->commit(store);
        begun = false;
    }
    calls_left = -1;
    if (begun)
        store->rollback(store);
    /* What does not need the memory may go on without it: SQLite does. */
    assert_true(fault == FAULT_NONE || (failed && fault == FAULT_MEMORY));
    return failed && fault != FAULT_NONE;
}

static void any_failure_leaves_the_store_as_it_was(const char *path)
{
    if (!heap_is_ours)
        skip();
    unsigned faults = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct store *store = filled(path);
        char *before = store_picture(store);
        for (long n = 0; n < 200; n++) {
            if (!change_with_failure(store, seed * 99, n)) {
                if (!failed)
                    break;
                free(before);
                before = store_picture(store);
                continue;
            }
            faults++;
            char *after = store_picture(store);
            assert_string_equal(before, after);
            free(after);
        }
        store->close(store);
        free(before);
    }
    assert_true(faults > 20);
}

static void a_failing_heap_leaves_the_memory_store_as_it_was(void **)
{
    any_failure_leaves_the_store_as_it_was(NULL);
}

static void a_failing_heap_leaves_the_sqlite_store_as_it_was(void **)
{
    any_failure_leaves_the_store_as_it_was(":memory:");
}

/* A folder with a database of its own for a test. */
static void within_a_folder(void (*test)(const char *path))
{
    char folder[] = "/tmp/peregrin-heap-XXXXXX", path[64], aside[72];
    if (!heap_is_ours)
        skip();
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/node.db", folder);
    test(path);
    unlink(path);
    for (size_t i = 0; i < 2; i++) {
        snprintf(aside, sizeof aside, "%s%s", path, i ? "-wal" : "-shm");
        unlink(aside);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* Also where SQLite reads and writes: a machine without memory is no broken disk. */
static void a_failing_heap_leaves_a_file_as_it_was(void **)
{
    within_a_folder(any_failure_leaves_the_store_as_it_was);
}

static void any_failure_ends_the_opening(const char *path)
{
    struct store *store = filled(path);
    char *before = store_picture(store);
    store->close(store);
    enum fault fault = FAULT_MEMORY;
    long faults = 0;
    failed = true;
    for (long n = 0; failed; n++) {
        failed = false;
        calls_left = n;
        fault = store_sqlite_open(path, &store);
        calls_left = -1;
        assert_true(fault == FAULT_NONE || (failed && fault == FAULT_MEMORY));
        faults += fault != FAULT_NONE;
        if (fault)
            continue;
        char *after = store_picture(store);
        assert_string_equal(before, after);
        free(after);
        store->close(store);
    }
    assert_true(faults > 20);
    free(before);
}

static void a_store_for_which_there_is_no_memory_is_not_opened(void **)
{
    within_a_folder(any_failure_ends_the_opening);
}

/* Ten thousand nodes live in one process of the simulator. */
static void an_empty_memory_store_is_small(void **)
{
    if (!heap_is_ours)
        skip();
    enum { STORES = 1000 };
    struct store *stores[STORES];
    size_t before = mallinfo2().uordblks;
    for (size_t i = 0; i < STORES; i++) {
        uint32_t pair;
        stores[i] = store_memory_open();
        expect(stores[i]->begin(stores[i]));
        expect(stores[i]->pair_open(stores[i], "helmo.be", "uio.no", &pair));
        expect(stores[i]->commit(stores[i]));
    }
    assert_in_range((mallinfo2().uordblks - before) / STORES, 1, 8 * 1024);
    for (size_t i = 0; i < STORES; i++)
        stores[i]->close(stores[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_heap_leaves_the_memory_store_as_it_was),
        cmocka_unit_test(a_failing_heap_leaves_the_sqlite_store_as_it_was),
        cmocka_unit_test(a_failing_heap_leaves_a_file_as_it_was),
        cmocka_unit_test(a_store_for_which_there_is_no_memory_is_not_opened),
        cmocka_unit_test(an_empty_memory_store_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
