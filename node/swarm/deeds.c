#include "swarm/deeds.h"

#include "swarm/dice.h"
#include "swarm/talks.h"

#include <stdio.h>

void deeds_rest(struct lines *lines)
{
    lines_add(lines, 0, "settle within 28m");
    lines_add(lines, 0, "run 1m");
    lines_add(lines, 0, "settle within 1m");
}

enum { AFTER = 3, TEXT = 96, KEY = 40 };

/* Who does it: the home, or the host. `%s` is the dossier. */
static const struct deed {
    bool host;
    bool keyed; /* it may be asked for under an idempotency key */
    uint32_t permille;
    const char *text;
} life[] = {
    {false, true, 200, "amends %s email"},
    {false, true, 200, "amends %s field"},
    {true, false, 120, "waitlists %s"},
    {true, false, 50, "refuses %s"},
    {true, true, 850, "accepts %s"},
    {false, true, 120, "amends %s field"},
    {true, true, 120, "accepts %s"},
    {false, false, 80, "withdraws %s"},
    {true, false, 60, "revokes %s acceptance"},
    {true, false, 500, "says %s arrived on 2027-02-03"},
    {true, false, 60, "says %s arrived on 2027-02-05"},
    {true, false, 150, "extends %s until 2027-07-31"},
    {true, false, 400, "says %s departed on 2027-06-30"},
    {true, false, 700, "issues %s"},
    {false, false, 500, "recognises %s wholly"},
    {true, false, 100, "revokes %s transcript"},
    {true, false, 80, "issues %s"},
    {false, false, 200, "recognises %s partly"},
    {false, false, 60, "recognises %s nothing"},
    {false, false, 50, "recognises %s silently"},
    {false, false, 50, "recognises %s elsewhere"},
    {false, false, 100, "revokes %s recognition"},
};

enum { LIFE = sizeof life / sizeof *life };

/* One dossier of the world, and its dice. */
struct person {
    const struct draw_world *world;
    const struct draw_dossier *dossier;
    struct dice dice;
    struct lines *lines;
    uint32_t keys;
};

static const char *side(const struct person *person, bool host)
{
    return person->world->names[host ? person->dossier->host : person->dossier->home];
}

/* Asked once; or, since no answer came, again and again under the same key. */
static void ask(struct person *person, int64_t at_ms, const char *who, const char *what, bool keyed)
{
    char key[KEY] = "";
    int64_t times = 1;
    if (keyed && dice_falls(&person->dice, 300)) {
        snprintf(key, sizeof key, " under key %s-%u", person->dossier->name, person->keys);
        /* Now and then a program takes a key for something else too. */
        person->keys += !dice_falls(&person->dice, 50);
        times = dice_between(&person->dice, 1, 3);
    }
    for (int64_t i = 0; i < times; i++) {
        lines_add(person->lines, at_ms, "%s %s%s", who, what, key);
        at_ms += dice_spread(&person->dice, 1, 10 * 1000);
    }
}

static void deed_do(struct person *person, int64_t at_ms, const struct deed *deed, bool host)
{
    char what[TEXT];
    snprintf(what, sizeof what, deed->text, person->dossier->name);
    ask(person, at_ms, side(person, host), what, deed->keyed);
}

/* Until the next step: in haste, or after what was said has come through. */
static int64_t pause(struct dice *dice, int64_t left)
{
    return dice_falls(dice, 350) ? dice_spread(dice, 1, left / 8 + 1)
                                 : dice_between(dice, left / 40, left / 6 + 1);
}

/* Its steps in their order; sometimes somebody does another thing in the same moment, or what is
 * not his to do. */
static void live(struct person *person)
{
    struct dice *dice = &person->dice;
    int64_t at_ms = person->dossier->from_ms, left = person->world->chaos_ms - at_ms;
    char what[TEXT];
    snprintf(what, sizeof what, "nominates %s to %s", person->dossier->name, side(person, true));
    ask(person, at_ms, side(person, false), what, true);
    for (size_t i = 0; i < LIFE; i++) {
        if (!dice_falls(dice, life[i].permille))
            continue;
        at_ms += pause(dice, left);
        deed_do(person, at_ms, &life[i], life[i].host != dice_falls(dice, 20));
        if (dice_falls(dice, 200)) {
            const struct deed *other = &life[dice_below(dice, LIFE)];
            deed_do(person, at_ms + dice_between(dice, 0, 20), other, other->host);
        }
        if (at_ms > person->world->chaos_ms)
            break;
    }
}

/* A list of nominations at once, and what is decided on all of them. */
static void burst(const struct draw_world *world, struct lines *lines)
{
    struct dice dice = dice_of(world->seed, "burst", 0);
    if (!dice_falls(&dice, 200))
        return;
    size_t home = dice_below(&dice, world->count);
    size_t host = (home + 1 + dice_below(&dice, world->count - 1)) % world->count;
    int64_t count = dice_spread(&dice, 2, world->tiny ? 8 : 60);
    int64_t at_ms = dice_between(&dice, 0, world->chaos_ms / 2);
    lines_add(lines, at_ms, "%s nominates L1..L%lld to %s", world->names[home], (long long)count,
              world->names[host]);
    at_ms += dice_spread(&dice, 1, world->chaos_ms / 4 + 1);
    lines_add(lines, at_ms, "%s accepts L1..L%lld", world->names[host], (long long)count);
    at_ms += dice_spread(&dice, 1, world->chaos_ms / 4 + 1);
    lines_add(lines, at_ms, "%s amends L1..L%lld field", world->names[home], (long long)count);
}

void deeds_draw(const struct draw_world *world, struct lines *lines)
{
    for (size_t i = 0; i < world->dossier_count; i++) {
        struct person person = {world, &world->dossiers[i], dice_of(world->seed, "life", i), lines,
                                0};
        live(&person);
    }
    burst(world, lines);
    talks_draw(world, lines);
}

/* Two who have to do with each other once it is over: none of them the crook, where there are
 * others. */
static size_t somebody(const struct draw_world *world, struct dice *dice, size_t but)
{
    size_t one = dice_below(dice, world->count);
    while (one == but || (world->count > 2 && one == world->crook))
        one = (one + 1) % world->count;
    return one;
}

void deeds_after(const struct draw_world *world, struct lines *lines)
{
    struct dice dice = dice_of(world->seed, "after", 0);
    size_t homes[AFTER], hosts[AFTER];
    deeds_rest(lines);
    lines_add(lines, 0, "expect invariants");
    for (size_t i = 0; i < AFTER; i++) {
        homes[i] = somebody(world, &dice, SIZE_MAX);
        hosts[i] = somebody(world, &dice, homes[i]);
        lines_add(lines, 0, "%s nominates Z%zu to %s", world->names[homes[i]], i + 1,
                  world->names[hosts[i]]);
    }
    lines_add(lines, 0, "%s proposes ZA to %s with 1", world->names[homes[0]],
              world->names[hosts[0]]);
    deeds_rest(lines);
    lines_add(lines, 0, "expect Z1..Z%d pending at both", AFTER);
    for (size_t i = 0; i < AFTER; i++)
        lines_add(lines, 0, "%s accepts Z%zu", world->names[hosts[i]], i + 1);
    lines_add(lines, 0, "%s approves terms of ZA", world->names[hosts[0]]);
    deeds_rest(lines);
    lines_add(lines, 0, "expect Z1..Z%d accepted at both", AFTER);
    lines_add(lines, 0, "expect ZA in_force at both");
    lines_add(lines, 0, "expect invariants");
}
