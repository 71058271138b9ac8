/* links: base seal record trust wire rules channel stream store engine sim */
#include "engine/peer.h"
#include "sim/people.h"
#include "sim/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The machine refuses memory: at the first allocation of a node, at the second, and so on to the
 * last one. Each time the same exchange must come to the same end: what was answered is there, and
 * nothing is stuck. Under the address sanitizer nothing may leak on the way either. */
enum { HOME, HOST, NODES, ARENA = 64 * 1024 * 1024, TRIES = 50, SECOND = INSTANT_SECOND };

static const char *const names[] = {"helmo.be", "uhasselt.be"};

/* ---- an allocator that refuses ---- */

/* Only while a node has a transaction open, or is opened: what the virtual world and the test take
 * for themselves is always granted. */
static struct {
    const struct store *only; /* of this node; NULL: of every node */
    bool armed;
    uint64_t count, first, last; /* of the allocations while armed; these are refused */
} refusal;

static bool refused(void)
{
    return refusal.armed && ++refusal.count >= refusal.first && refusal.count <= refusal.last;
}

/* Those of the sanitizer where there is one, otherwise the library's own. */
void *__interceptor_malloc(size_t size) __attribute__((weak));
void *__interceptor_calloc(size_t count, size_t size) __attribute__((weak));
void *__interceptor_realloc(void *old, size_t size) __attribute__((weak));
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    if (refused())
        return NULL;
    return __interceptor_malloc ? __interceptor_malloc(size) : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (refused())
        return NULL;
    return __interceptor_calloc ? __interceptor_calloc(count, size) : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (refused())
        return NULL;
    return __interceptor_realloc ? __interceptor_realloc(old, size) : __libc_realloc(old, size);
}

/* ---- armed while a node works ---- */

static struct store real; /* the functions of any node's store: all are of one kind */

static enum fault begin_armed(struct store *store)
{
    enum fault fault = real.begin(store);
    refusal.armed = !fault && (!refusal.only || refusal.only == store);
    return fault;
}

static enum fault commit_armed(struct store *store)
{
    enum fault fault = real.commit(store);
    refusal.armed = false;
    return fault;
}

static void rollback_armed(struct store *store)
{
    refusal.armed = false;
    real.rollback(store);
}

/* ---- one exchange ---- */

struct scene {
    struct world *world;
    size_t records;
    struct arena *arena;
    size_t faults;
};

static void count_faults(void *self, struct instant, size_t, const struct trace_sentence *sentence)
{
    struct scene *scene = self;
    scene->faults += strcmp(sentence->text, fault_text(FAULT_MEMORY)->sentence) == 0;
}

static struct scene scene_open(void)
{
    struct scene scene = {.world = world_open(11, names, NODES), .arena = arena_open(ARENA)};
    assert_non_null(scene.world);
    real = *world_store(scene.world, HOME);
    for (size_t i = 0; i < NODES; i++) {
        struct store *store = world_store(scene.world, i);
        store->begin = begin_armed;
        store->commit = commit_armed;
        store->rollback = rollback_armed;
    }
    return scene;
}

static void scene_close(struct scene *scene)
{
    refusal.first = UINT64_MAX;
    world_close(scene->world);
    arena_close(scene->arena);
}

/* Whoever could not be opened while memory was refused is started again, as a supervisor would. */
static void up(struct scene *scene, size_t node)
{
    for (int tries = 0; !world_up(scene->world, node); tries++) {
        assert_in_range(tries, 0, TRIES);
        world_start(scene->world, node);
    }
}

/* As a person would: whoever gets no answer asks again, under the same key. */
static void say(struct scene *scene, struct event_submission said)
{
    struct event_answer answer = {.verdict = VERDICT_INTERNAL};
    for (int tries = 0; answer.verdict == VERDICT_INTERNAL; tries++) {
        assert_in_range(tries, 0, TRIES);
        up(scene, HOME);
        answer = world_submit(scene->world, HOME, &said);
    }
    assert_int_equal(answer.verdict, VERDICT_FINE);
}

/* All are said while the guard is armed, so that they leave together: a frame that takes more than
 * one block of every arena. */
static void play(struct scene *scene)
{
    world_listen(scene->world, count_faults, scene);
    world_stop(scene->world, HOST);
    world_stop(scene->world, HOME);
    for (size_t i = 0; i < scene->records; i++) {
        struct play_dossier student = {0};
        char key[16];
        snprintf(student.name, sizeof student.name, "S%u", (unsigned)i);
        snprintf(key, sizeof key, "key %u", (unsigned)i);
        struct event_submission said = {
            .own = names[HOME],
            .partner = names[HOST],
            .kind = PEREGRIN__KIND__KIND_NOMINATION,
            .opens = true,
            .body = people_nomination(&student, scene->arena),
            .request = bytes_text(key),
        };
        assert_non_null(said.body.data);
        say(scene, said);
    }
    for (int i = 0; i < 20; i++) {
        up(scene, HOME);
        up(scene, HOST);
        world_run(scene->world, 6 * SECOND);
    }
}

/* Both hold all records, once, judged and receipted; nobody waits and nothing is stuck. */
static void check(struct scene *scene)
{
    for (size_t i = 0; i < NODES; i++) {
        struct store *store = world_store(scene->world, i);
        struct engine_partner partner;
        struct store_record *records;
        size_t count;
        assert_true(engine_partner(world_engine(scene->world, i), 0, &partner));
        assert_int_equal(partner.stuck + partner.refused + partner.ready, 0);
        assert_int_equal(partner.outbox, 0);
        assert_int_equal(
            store->record_scan(store, 0, 2 * scene->records, scene->arena, &records, &count),
            FAULT_NONE);
        assert_int_equal(count, scene->records);
        for (size_t j = 0; j < count; j++) {
            assert_true(records[j].flags & STORE_RECEIPTED);
            assert_true(records[j].flags & STORE_JUDGED);
        }
    }
}

/* How many records leave at once, and whose allocations are refused. */
struct plan {
    size_t records;
    bool only_host;
};

/* The allocations from `first` to `last` are refused; how many there were. */
static uint64_t play_refusing(struct plan plan, uint64_t first, uint64_t last, size_t *faults)
{
    struct scene scene = scene_open();
    scene.records = plan.records;
    refusal.only = plan.only_host ? world_store(scene.world, HOST) : NULL;
    refusal.count = 0;
    refusal.first = first;
    refusal.last = last;
    play(&scene);
    check(&scene);
    *faults = scene.faults;
    uint64_t count = refusal.count;
    scene_close(&scene);
    return count;
}

/* From the first allocation on, at most `most` of them; each time so many in a row. */
static void sweep(struct plan plan, uint64_t most, uint64_t in_a_row)
{
    size_t faults, heard = 0;
    uint64_t whole = play_refusing(plan, UINT64_MAX, 0, &faults);
    assert_int_equal(faults, 0);
    assert_true(whole > 50); /* it is an exchange */
    for (uint64_t first = 1; first <= whole && first <= most; first++) {
        play_refusing(plan, first, first + in_a_row - 1, &faults);
        heard += faults > 0;
    }
    print_message("# %llu allocations, %zu of them a fault\n", (unsigned long long)whole, heard);
    assert_true(heard > 0);
}

static void an_allocation_that_is_refused_once_changes_nothing(void **)
{
    sweep((struct plan) {.records = 3}, UINT64_MAX, 1);
}

static void nor_does_a_machine_that_refuses_for_a_while(void **)
{
    sweep((struct plan) {.records = 3}, UINT64_MAX, 30);
}

/* A frame that needs more than one block of an arena: what finds none is not the sender's fault. */
static void a_frame_for_which_there_is_no_memory_is_not_too_large(void **)
{
    sweep((struct plan) {.records = 110, .only_host = true}, 24, 1);
}

/* ---- opening ---- */

static void an_engine_for_which_there_is_no_memory_is_not_opened(void **)
{
    struct scene scene = scene_open();
    uint8_t secret[32];
    struct engine *engine = NULL;
    const char *why;
    memcpy(secret, world_engine(scene.world, HOME)->transport_secret, sizeof secret);
    world_stop(scene.world, HOME);
    struct store *store = world_store(scene.world, HOME);
    store->begin = real.begin; /* armed from the first allocation to the last */
    store->commit = real.commit;
    store->rollback = real.rollback;
    struct engine_settings settings = {
        .node = "node.helmo.be",
        .transport_secret = secret,
        .suite = world_suite(scene.world, HOME),
        .store = store,
        .catalogue = world_catalogue(scene.world),
        .now = world_now(scene.world),
    };
    enum fault fault = FAULT_MEMORY;
    uint64_t n = 0;
    while (fault == FAULT_MEMORY) {
        assert_in_range(++n, 1, 1000);
        refusal.count = 0;
        refusal.first = refusal.last = n;
        refusal.armed = true;
        fault = engine_open(&settings, &engine, &why);
        refusal.armed = false;
        assert_int_equal(engine == NULL, fault != FAULT_NONE);
        assert_false(fault && store->inside(store));
    }
    assert_int_equal(fault, FAULT_NONE);
    assert_true(n > 5);
    engine_close(engine);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_allocation_that_is_refused_once_changes_nothing),
        cmocka_unit_test(nor_does_a_machine_that_refuses_for_a_while),
        cmocka_unit_test(a_frame_for_which_there_is_no_memory_is_not_too_large),
        cmocka_unit_test(an_engine_for_which_there_is_no_memory_is_not_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
