/* links: base seal record trust wire rules channel stream store engine sim */
/* Credit over a long session: both sides must count the same, or a stream stops for ever. The
 * sender once counted 64 bytes more for each record, which showed after 65,536 of them. */
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "sim/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

enum { RECORDS = 66000, AT_ONCE = 500 };

static const char *const names[] = {"helmo.be", "uhasselt.be"};

static struct bytes body_make(struct arena *arena)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Example";
    person.given_names = "Ada";
    person.birth_date = "2004-02-29";
    person.email = "ada@example.org";
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 1;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    return codec_pack(&nomination.base, arena);
}

static void credit_lasts_as_long_as_the_session(void **)
{
    struct world *world = world_open(12, names, 2);
    struct arena *arena = arena_open(1 << 20);
    struct event_submission submission = {
        .own = names[0],
        .partner = names[1],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = body_make(arena),
    };
    assert_true(world_settle(world, 60 * (int64_t)INSTANT_SECOND));
    for (int done = 0; done < RECORDS; done += AT_ONCE) {
        for (int i = 0; i < AT_ONCE; i++)
            assert_int_equal(world_submit(world, 0, &submission).verdict, VERDICT_FINE);
        assert_true(world_settle(world, 10 * (int64_t)INSTANT_SECOND));
    }
    world_close(world);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(credit_lasts_as_long_as_the_session)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
