#include "swarm/draw.h"

#include "swarm/deeds.h"
#include "swarm/dice.h"
#include "swarm/perils.h"

#include <assert.h>

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
    "helmo.be", "uhasselt.be", "upjs.sk",    "agh.edu.pl", "unipi.it", "uva.nl",
    "ut.ee",    "uc3m.es",     "uni-ulm.de", "u-pec.fr",   "auth.gr",  "lnu.se",
};

static_assert(sizeof names / sizeof *names == DRAW_NODES_MAX);

enum { TINY_PERMILLE = 300, MINUTE_MS = 60 * 1000 };

/* ---- the world ---- */

/* Mostly minutes; some see a session end, and some the keys of several. */
static int64_t chaos_draw(struct dice *dice)
{
    uint64_t which = dice_below(dice, 20);
    if (which < 14)
        return dice_spread(dice, 10 * 1000, 4 * MINUTE_MS);
    if (which < 18)
        return dice_spread(dice, 4 * MINUTE_MS, 40 * MINUTE_MS);
    return dice_spread(dice, 40 * MINUTE_MS, 240 * MINUTE_MS);
}

static void dossiers_draw(struct draw_world *world, struct dice *dice)
{
    size_t count =
        world->tiny ? (size_t)dice_between(dice, 1, 5) : (size_t)dice_between(dice, 4, 24);
    for (size_t i = 0; i < count; i++) {
        struct draw_dossier *dossier = &world->dossiers[i];
        snprintf(dossier->name, sizeof dossier->name, "D%zu", i + 1);
        dossier->home = dice_below(dice, world->count);
        dossier->host = (dossier->home + 1 + dice_below(dice, world->count - 1)) % world->count;
        dossier->from_ms = dice_between(dice, 0, world->chaos_ms * 3 / 4);
    }
    world->dossier_count = count;
}

void draw_world(uint64_t seed, struct draw_world *out)
{
    struct dice dice = dice_of(seed, "world", 0);
    *out = (struct draw_world) {.seed = seed, .tiny = dice_falls(&dice, TINY_PERMILLE)};
    out->count = out->tiny ? (size_t)dice_between(&dice, 2, 4)
                           : (size_t)dice_spread(&dice, 3, DRAW_NODES_MAX);
    size_t first = dice_below(&dice, DRAW_NODES_MAX);
    for (size_t i = 0; i < out->count; i++)
        out->names[i] = names[(first + i) % DRAW_NODES_MAX];
    out->chaos_ms = chaos_draw(&dice);
    out->crook = dice_below(&dice, out->count);
    dossiers_draw(out, &dice);
}

/* ---- the classes ---- */

static bool is_on(uint64_t seed, const struct perils_class *class)
{
    struct dice dice = dice_of(seed, class->name, 0);
    return dice_falls(&dice, class->permille);
}

const char *draw_class(size_t number)
{
    const struct perils_class *class = perils_class(number);
    return class ? class->name : NULL;
}

bool draw_has(uint64_t seed, size_t number)
{
    return is_on(seed, perils_class(number));
}

static void perils_draw(const struct draw_world *world, uint64_t without, bool early,
                        struct lines *lines, struct lines *after, struct lines *last)
{
    const struct perils_class *class;
    size_t i = 0;
    for (; (class = perils_class(i)); i++) {
        struct dice dice = dice_of(world->seed, class->name, 1);
        struct peril peril = {world, &dice, lines, after, last};
        lines->part = after->part = last->part = (uint32_t)i + 1;
        if (class->early == early && is_on(world->seed, class) && !(without >> i & 1))
            class->draw(&peril);
    }
    lines->part = 0;
    after->part = (uint32_t)i + 1;
}

/* ---- the text ---- */

/* Signatures and sessions are a model, but in one seed of so many: so the glue stays honest. */
static bool is_real(uint64_t seed)
{
    struct dice dice = dice_of(seed, "suite", 0);
    return dice_below(&dice, 16) == 0;
}

static char *nodes_text(const struct draw_world *world, struct arena *arena)
{
    char *text = arena_text(arena, bytes_text("nodes"));
    for (size_t i = 0; text && i < world->count; i++)
        text = arena_format(arena, "%s %s", text, world->names[i]);
    return text;
}

char *draw_story(uint64_t seed, uint64_t without, struct arena *arena)
{
    struct draw_world world;
    struct lines early, chaos, after, last;
    draw_world(seed, &world);
    if (!lines_open(&early, 0, arena) || !lines_open(&chaos, world.chaos_ms, arena) ||
        !lines_open(&after, 0, arena) || !lines_open(&last, 0, arena))
        return NULL;
    perils_draw(&world, without, true, &early, &after, &last);
    deeds_draw(&world, &chaos);
    perils_draw(&world, without, false, &chaos, &after, &last);
    deeds_after(&world, &after);
    const char *nodes = nodes_text(&world, arena);
    const char *before = lines_text(&early, false, arena);
    const char *befalls = lines_text(&chaos, true, arena);
    const char *works = lines_text(&after, false, arena);
    const char *ends = lines_text(&last, false, arena);
    if (!nodes || !before || !befalls || !works || !ends)
        return NULL;
    return arena_format(arena,
                        "# Drawn from seed 0x%llx: %zu nodes, %zu dossiers.\n"
                        "seed %llu\n%s%s%s\ncome what may\n%sat %lldms all heal\n%s%s",
                        (unsigned long long)seed, world.count, world.dossier_count,
                        (unsigned long long)seed, is_real(seed) ? "" : "model\n", before, nodes,
                        befalls, (long long)world.chaos_ms, works, ends);
}
