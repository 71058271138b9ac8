/* links: base seal record trust wire rules channel stream store engine report sim */
#include "engine/fold.h"
#include "report/dossier_view.h"
#include "sim/checks.h"
#include "sim/disk.h"
#include "sim/people.h"
#include "store/store_look.h"
#include "store/store_memory.h"
#include "store/store_sqlite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two nodes of the virtual world exchange records; the first one's database is SQLite's, on a disk
 * that fails. The oracle knows what was answered to people and receipted to the partner: it is
 * there after every restart, and in the end both hold the same. */

enum {
    ARENA = 32 * 1024 * 1024,
    WISHES = 3, /* nominations each way */
    ROUNDS = 200,
    SLICE_US = 200 * 1000,
    BROKEN_ROUNDS = 25, /* for how long a failure lasts that lasts */
};

static const char *const names[] = {"helmo.be", "uhasselt.be"};
static const char path[] = "/node.db";

struct trial {
    struct world *world;
    struct disk *disk;
    struct store *store; /* of node 0; NULL: it cannot be opened */
    struct arena *arena;
    bool answered[2][WISHES]; /* the nominations */
    bool lasts;               /* the failure that is armed */
    uint64_t dice;
    unsigned falls;
    bool power; /* each fall is a loss of power */
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static uint64_t draw(uint64_t *dice)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    return *dice;
}

/* ---- the oracle ---------------------------------------------------------------------------- */

static bool holds_record(struct store *store, const struct store_record *record)
{
    struct store_place place = record->place;
    int64_t serial = 0;
    place.opened_by_partner = !place.opened_by_partner;
    expect(store->record_find(store, &place, record->lane, record->index, &record->id, &serial));
    return serial != 0;
}

/* With nothing of the engine's memory, before it is opened. */
static void check_promises(struct trial *trial)
{
    struct arena_mark mark = arena_mark(trial->arena);
    struct store *partner = world_store(trial->world, 1);
    struct store_record *records;
    size_t count;
    struct store_ready *ready;
    size_t waiting, held = 0, answered = 0;
    for (size_t i = 0; i < WISHES; i++)
        answered += trial->answered[0][i];
    expect(trial->store->ready_list(trial->store, 0, 0, SIZE_MAX, trial->arena, &ready, &waiting));
    expect(trial->store->record_scan(trial->store, 0, SIZE_MAX, trial->arena, &records, &count));
    for (size_t i = 0; i < count; i++)
        held += (records[i].flags & STORE_OURS) != 0;
    assert_true(held + waiting >= answered);
    expect(partner->record_scan(partner, 0, SIZE_MAX, trial->arena, &records, &count));
    for (size_t i = 0; i < count; i++)
        if ((records[i].flags & STORE_OURS) && (records[i].flags & STORE_RECEIPTED))
            assert_true(holds_record(trial->store, &records[i]));
    arena_rewind(trial->arena, mark);
}

/* ---- one node, again and again ------------------------------------------------------------- */

static void close_store(struct trial *trial)
{
    if (trial->store)
        trial->store->close(trial->store);
    trial->store = NULL;
}

/* The process begins anew, with what the disk gives. */
static void get_up(struct trial *trial)
{
    if (trial->falls && trial->power)
        disk_cut(trial->disk, draw(&trial->dice));
    else
        disk_kill(trial->disk);
    close_store(trial);
    enum fault fault = store_sqlite_open(path, &trial->store);
    if (fault) {
        assert_in_range(fault, FAULT_DISK_FULL, FAULT_FLUSH);
        return;
    }
    world_house(trial->world, 0, trial->store);
    if (!(trial->lasts && disk_failed(trial->disk)))
        check_promises(trial);
    world_start(trial->world, 0);
}

static void submit(struct trial *trial, size_t node, size_t number)
{
    struct arena_mark mark = arena_mark(trial->arena);
    struct play_dossier student = {0};
    char key[32];
    snprintf(student.name, sizeof student.name, "S%zu%zu", node, number);
    snprintf(key, sizeof key, "wish %zu %zu", node, number);
    struct event_submission submission = {
        .own = names[node],
        .partner = names[1 - node],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, trial->arena),
        .request = bytes_text(key),
    };
    struct event_answer answer = world_submit(trial->world, node, &submission);
    trial->answered[node][number] = answer.verdict == VERDICT_FINE;
    arena_rewind(trial->arena, mark);
}

/* People ask until they are answered, and the supervisor starts what has fallen. */
static void live(struct trial *trial, unsigned round)
{
    if (!world_up(trial->world, 0)) {
        trial->falls++;
        get_up(trial);
    }
    for (size_t node = 0; node < 2; node++)
        for (size_t i = 0; i < WISHES && i <= round; i++)
            if (!trial->answered[node][i])
                submit(trial, node, i);
    world_run(trial->world, SLICE_US);
}

static bool is_done(struct trial *trial)
{
    for (size_t i = 0; i < 2 * WISHES; i++)
        if (!trial->answered[i / WISHES][i % WISHES])
            return false;
    return world_up(trial->world, 0) && world_settle(trial->world, 60 * (int64_t)INSTANT_SECOND) &&
           world_up(trial->world, 0);
}

static void check_end(struct trial *trial)
{
    struct store_record *records;
    size_t count;
    const char *wrong = checks_store(trial->world, 0, trial->arena);
    wrong = wrong ? wrong : checks_store(trial->world, 1, trial->arena);
    wrong = wrong ? wrong : checks_same(trial->world, 0, 1, trial->arena);
    if (wrong)
        fail_msg("%s", wrong);
    expect(trial->store->record_scan(trial->store, 0, SIZE_MAX, trial->arena, &records, &count));
    assert_int_equal(count, 2 * WISHES);
}

static void begin(struct trial *trial, struct disk *disk)
{
    *trial = (struct trial) {
        .world = world_open(7, names, 2), .disk = disk, .arena = arena_open(ARENA), .dice = 4711};
    assert_non_null(trial->world);
    assert_non_null(trial->arena);
    disk_fail(disk, (struct disk_failure) {0});
    disk_kill(disk);
    for (int i = 0; i < 2; i++)
        assert_true(disk_replace(disk, i ? "/node.db-wal" : path, NULL, 0));
    world_stop(trial->world, 0);
    get_up(trial);
}

static void end(struct trial *trial)
{
    world_close(trial->world);
    close_store(trial);
    arena_close(trial->arena);
}

/* The failure is armed; when it lasts, the disk is replaced after a while. */
static void run(struct trial *trial, struct disk_failure failure)
{
    trial->lasts = failure.lasts;
    disk_fail(trial->disk, failure);
    for (unsigned round = 0; round < ROUNDS; round++) {
        if (round == BROKEN_ROUNDS)
            disk_fail(trial->disk, (struct disk_failure) {0});
        live(trial, round);
        if (is_done(trial))
            return;
    }
    fail_msg("call %d way %d at %llu lasts %d: never done", failure.call, failure.way,
             (unsigned long long)failure.at, failure.lasts);
}

/* What was there in the end is there after it: nothing of it stood in the kernel's memory alone. */
static void lose_power(struct trial *trial)
{
    world_stop(trial->world, 0);
    trial->power = true;
    trial->falls++;
    get_up(trial);
    assert_true(is_done(trial));
    check_end(trial);
}

static unsigned sweep(struct disk *disk, enum disk_call call, enum disk_way way, bool lasts)
{
    struct trial trial;
    unsigned falls = 0;
    begin(&trial, disk);
    run(&trial, (struct disk_failure) {0});
    uint64_t calls = disk_count(disk, call);
    check_end(&trial);
    end(&trial);
    uint64_t step = getenv("SOAK") || calls < 20 ? 1 : calls / 20;
    for (uint64_t at = 1; at <= calls; at += step) {
        begin(&trial, disk);
        trial.power = at % 2;
        run(&trial, (struct disk_failure) {call, way, at, lasts, NULL});
        disk_fail(disk, (struct disk_failure) {0});
        check_end(&trial);
        lose_power(&trial);
        falls += trial.falls;
        end(&trial);
    }
    return falls;
}

static void whatever_call_fails_nothing_answered_or_receipted_is_lost(void **state)
{
    unsigned falls = 0;
    for (enum disk_call call = 0; call < DISK_CALLS; call++)
        for (enum disk_way way = 0; way < (call == DISK_WRITE ? DISK_WAYS : 1); way++)
            for (int lasts = 0; lasts < 2; lasts++)
                falls += sweep(*state, call, way, lasts);
    assert_true(falls > 20);
}

/* ---- what rots ----------------------------------------------------------------------------- */

struct original {
    struct store_record *records;
    size_t count;
};

static const struct store_record *original_of(const struct original *original,
                                              const struct digest *id)
{
    for (size_t i = 0; i < original->count; i++)
        if (digest_equal(&original->records[i].id, id))
            return &original->records[i];
    return NULL;
}

static bool same_bytes(struct bytes one, struct bytes other)
{
    return one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
}

/* Every dossier as people and partners see it: what is not refused is what was kept. */
static enum fault read_all(struct store *store, const struct original *original,
                           struct arena *arena, size_t *seen)
{
    struct store_dossier_query query = {.opened_by_partner = -1, .max = SIZE_MAX};
    struct store_dossier *dossiers;
    size_t count;
    *seen = 0;
    TRY(store->dossier_list(store, &query, arena, &dossiers, &count));
    for (size_t i = 0; i < count; i++) {
        struct dossier_view view;
        TRY(dossier_view_load(store, &dossiers[i].place, true, arena, &view));
        for (size_t r = 0; r < view.count; r++, ++*seen) {
            const struct store_record *kept = original_of(original, &view.records[r].id);
            ProtobufCMessage *body;
            assert_non_null(kept);
            assert_true(same_bytes(kept->header, view.records[r].header));
            TRY(dossier_view_body(&view.records[r], arena, &body));
            assert_true(!view.records[r].salt.size || same_bytes(kept->body, view.records[r].body));
        }
    }
    return FAULT_NONE;
}

static void rot(uint8_t *file, size_t size, uint64_t *dice)
{
    for (uint64_t left = 1 + draw(dice) % 4; left > 0;) {
        size_t at = draw(dice) % size;
        if (!file[at])
            continue;
        file[at] ^= (uint8_t)(1 + draw(dice) % 255);
        left--;
    }
}

static void put_rotten(struct trial *trial, struct bytes content)
{
    assert_true(disk_replace(trial->disk, "/node.db-wal", NULL, 0));
    assert_true(disk_replace(trial->disk, path, content.data, content.size));
}

/* A node on it works or stops; its partner takes nothing that was not signed. */
static void work_on(struct trial *trial, unsigned round)
{
    if (store_sqlite_open(path, &trial->store))
        return;
    world_house(trial->world, 0, trial->store);
    if (world_start(trial->world, 0)) {
        struct play_dossier student = {0};
        snprintf(student.name, sizeof student.name, "R%u", round);
        struct event_submission submission = {.own = names[0],
                                              .partner = names[1],
                                              .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                              .opens = true,
                                              .body = people_nomination(&student, trial->arena)};
        world_submit(trial->world, 0, &submission);
        world_run(trial->world, 3 * (int64_t)INSTANT_SECOND);
        assert_null(checks_store(trial->world, 1, trial->arena));
        world_stop(trial->world, 0);
    }
    close_store(trial);
}

struct rotten {
    unsigned refused, harmless, missing;
};

/* What is missing without a fault, because no index leads to it any more, is seen by whoever reads
 * all pages: `doctor --deep`. */
static void read_rotten(struct trial *trial, const struct original *original, struct rotten *rotten)
{
    struct store_look look = {0};
    size_t seen = 0;
    enum fault deep = store_look(path, "none", true, trial->arena, &look);
    enum fault fault = store_sqlite_open(path, &trial->store);
    if (!fault)
        fault = read_all(trial->store, original, trial->arena, &seen);
    close_store(trial);
    assert_true(!fault || fault == FAULT_CORRUPT || fault == FAULT_NEWER || fault == FAULT_STORAGE);
    rotten->refused += fault != FAULT_NONE;
    rotten->harmless += !fault && seen == original->count;
    rotten->missing += !fault && seen < original->count;
    if (!fault && seen < original->count)
        assert_true(deep || !look.whole);
}

static void a_disk_that_rots_never_gives_other_records(void **state)
{
    struct trial trial;
    struct original original = {0};
    struct rotten rotten = {0};
    uint64_t dice = 1863;
    size_t size;
    begin(&trial, *state);
    run(&trial, (struct disk_failure) {0});
    world_stop(trial.world, 0);
    expect(trial.store->record_scan(trial.store, 0, SIZE_MAX, trial.arena, &original.records,
                                    &original.count));
    close_store(&trial);
    const uint8_t *content = disk_content(trial.disk, path, &size);
    struct bytes clean = arena_copy(trial.arena, (struct bytes) {content, size});
    struct arena_mark mark = arena_mark(trial.arena);
    unsigned rounds = getenv("SOAK") ? 3000 : 200;
    for (unsigned round = 0; round < rounds; round++) {
        arena_rewind(trial.arena, mark);
        uint8_t *file = arena_take(trial.arena, size);
        memcpy(file, clean.data, size);
        rot(file, size, &dice);
        put_rotten(&trial, (struct bytes) {file, size});
        read_rotten(&trial, &original, &rotten);
        put_rotten(&trial, (struct bytes) {file, size});
        work_on(&trial, round);
    }
    print_message("%u refused, %u harmless, %u with missing records\n", rotten.refused,
                  rotten.harmless, rotten.missing);
    assert_true(rotten.refused > rounds / 4);
    end(&trial);
}

/* A dossier of which one record has another header than it came with, as the engine reads it. */
static enum fault fold_rotten(const struct store_record *record, struct bytes header,
                              struct arena *arena)
{
    struct engine engine = {.store = store_memory_open(), .scratch = arena};
    struct step step = {.engine = &engine};
    struct store_record rotten = *record;
    struct fold_view view;
    assert_non_null(engine.store);
    rotten.header = header;
    expect(engine.store->begin(engine.store));
    expect(engine.store->record_put(engine.store, &rotten));
    expect(engine.store->commit(engine.store));
    enum fault fault = fold_load(&step, &record->place, NULL, &view);
    engine.store->close(engine.store);
    return fault;
}

/* Else a node would judge what comes next by it, and put its name to what follows from it. */
static void a_header_that_rotted_is_not_built_upon(void **state)
{
    struct trial trial;
    struct original original = {0};
    begin(&trial, *state);
    run(&trial, (struct disk_failure) {0});
    world_stop(trial.world, 0);
    expect(trial.store->record_scan(trial.store, 0, SIZE_MAX, trial.arena, &original.records,
                                    &original.count));
    assert_true(original.count > 0);
    const struct store_record *record = &original.records[0];
    struct bytes header = record->header;
    uint8_t *bytes = arena_take(trial.arena, header.size);
    memcpy(bytes, header.data, header.size);
    struct arena_mark mark = arena_mark(trial.arena);
    expect(fold_rotten(record, (struct bytes) {bytes, header.size}, trial.arena));
    for (size_t at = 0; at < header.size; at++) {
        arena_rewind(trial.arena, mark);
        bytes[at] ^= 1;
        assert_int_equal(fold_rotten(record, (struct bytes) {bytes, header.size}, trial.arena),
                         FAULT_CORRUPT);
        bytes[at] ^= 1;
    }
    end(&trial);
}

static int plug(void **state)
{
    *state = disk_open();
    return *state ? 0 : -1;
}

static int unplug(void **state)
{
    disk_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_call_fails_nothing_answered_or_receipted_is_lost),
        cmocka_unit_test(a_disk_that_rots_never_gives_other_records),
        cmocka_unit_test(a_header_that_rotted_is_not_built_upon),
    };
    return cmocka_run_group_tests(tests, plug, unplug);
}
