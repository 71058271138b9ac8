/* links: base seal record trust wire rules channel stream store engine sim */
/* Worlds whose whole history is one hash. It is printed for whoever compares it with that of
 * another compiler: hash_test --print, and tests/e2e/hashes.sh. */
#include "sim/people.h"
#include "sim/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NODES = 24, PARTNERS = 4, PAIRS = NODES * PARTNERS / 2, NAME = 16 };

/* ---- a story with a bit of everything ---- */

static const char mixed[] =
    "nodes helmo.be uhasselt.be upjs.sk\nsettle\n"
    "network jitter 90ms loss 20% duplicate 20% reorder 40%\n"
    "helmo.be nominates S1..S9 to uhasselt.be\nuhasselt.be backs up\nrun 2s\n"
    "corrupt next deliver from helmo.be to upjs.sk\nhelmo.be nominates T1..T5 to upjs.sk\n"
    "uhasselt.be dies before committing deliver\nrun 5s\ncut helmo.be upjs.sk\nrun 10s\n"
    "mend helmo.be upjs.sk\nall start\nuhasselt.be accepts S1..S9\nrun 30s\n"
    "uhasselt.be stops\nuhasselt.be restores\nhelmo.be clock 1d\nrun 1m\n"
    "network delay 5ms\nsettle within 20m\nexpect same\n";

static void story_hash(const char *before, struct digest *hash)
{
    char text[2048];
    struct story story;
    int length = snprintf(text, sizeof text, "%s%s", before, mixed);
    assert_true(story_play((struct bytes) {(const uint8_t *)text, (size_t)length}, &story));
    if (story.wrong)
        fail_msg("%s", story.wrong);
    *hash = story.hash;
    story_free(&story);
}

/* ---- a world of views: each node sees a few of the others ---- */

struct crowd {
    char names[NODES][NAME];
    struct world_member members[NODES];
    struct world_pair pairs[PAIRS];
    struct arena *arena;
    struct world *world;
};

static void crowd_make(struct crowd *crowd)
{
    for (size_t i = 0; i < NODES; i++) {
        snprintf(crowd->names[i], NAME, "u%zu.eu", i);
        crowd->members[i] = (struct world_member) {.institution = crowd->names[i]};
    }
    for (uint32_t i = 0; i < PAIRS; i++)
        crowd->pairs[i] =
            (struct world_pair) {i % NODES, (i % NODES + 1 + 5 * (i / NODES)) % NODES};
    struct world_settings settings = {
        .seed = 11,
        .members = crowd->members,
        .count = NODES,
        .pairs = crowd->pairs,
        .pair_count = PAIRS,
        .model = true,
    };
    crowd->arena = arena_open(1 << 20);
    crowd->world = world_open_settings(&settings);
    assert_non_null(crowd->world);
}

static void crowd_nominates(struct crowd *crowd, size_t number)
{
    struct play_dossier student = {0};
    const struct world_pair *pair = &crowd->pairs[number * 7 % PAIRS];
    arena_reset(crowd->arena);
    snprintf(student.name, sizeof student.name, "S%zu", number);
    struct event_submission submission = {
        .own = crowd->names[pair->one],
        .partner = crowd->names[pair->other],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, crowd->arena),
    };
    assert_int_equal(world_submit(crowd->world, pair->one, &submission).verdict, VERDICT_FINE);
    world_run(crowd->world, 3000);
}

static void crowd_hash(struct digest *hash)
{
    struct crowd crowd;
    crowd_make(&crowd);
    assert_true(world_settle(crowd.world, 60 * (int64_t)INSTANT_SECOND));
    for (size_t i = 0; i < 200; i++)
        crowd_nominates(&crowd, i);
    assert_true(world_settle(crowd.world, 60 * (int64_t)INSTANT_SECOND));
    world_hash(crowd.world, hash);
    world_close(crowd.world);
    arena_close(crowd.arena);
}

/* ---- claims ---- */

static void the_same_seed_gives_the_same_hash(void **)
{
    struct digest first, second, other;
    story_hash("", &first);
    story_hash("", &second);
    story_hash("seed 2\n", &other);
    assert_true(digest_equal(&first, &second));
    assert_false(digest_equal(&first, &other));
}

static void a_world_of_views_is_the_same_twice(void **)
{
    struct digest first, second;
    crowd_hash(&first);
    crowd_hash(&second);
    assert_true(digest_equal(&first, &second));
}

static void nodes_that_do_not_deal_do_not_meet(void **)
{
    struct crowd crowd;
    crowd_make(&crowd);
    size_t others = 0;
    for (size_t i = 1; i < NODES; i++)
        others += world_deals(crowd.world, 0, i);
    assert_int_equal(others, PARTNERS);
    struct engine_partner partner;
    assert_true(engine_partner(world_engine(crowd.world, 0), PARTNERS - 1, &partner));
    assert_false(engine_partner(world_engine(crowd.world, 0), PARTNERS, &partner));
    world_close(crowd.world);
    arena_close(crowd.arena);
}

static void hash_print(const char *what, const struct digest *hash)
{
    printf("%s ", what);
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        printf("%02x", hash->bytes[i]);
    printf("\n");
}

static int print(void)
{
    struct digest hash;
    story_hash("", &hash);
    hash_print("story", &hash);
    story_hash("model\n", &hash);
    hash_print("model", &hash);
    story_hash("stores on disk\n", &hash);
    hash_print("disk", &hash);
    crowd_hash(&hash);
    hash_print("views", &hash);
    return 0;
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_hash),
        cmocka_unit_test(a_world_of_views_is_the_same_twice),
        cmocka_unit_test(nodes_that_do_not_deal_do_not_meet),
    };
    return count > 1 && strcmp(words[1], "--print") == 0
               ? print()
               : cmocka_run_group_tests(tests, NULL, NULL);
}
