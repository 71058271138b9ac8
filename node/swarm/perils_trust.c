#include "swarm/perils_trust.h"

#include "swarm/deeds.h"

#include <string.h>

/* Some read it at once, the others when all has healed. */
static void some_read(const struct peril *peril, int64_t at_ms, const char *kind, int64_t number)
{
    int64_t readers = dice_between(peril->dice, 0, (int64_t)peril->world->count);
    lines_add(peril->lines, at_ms, "catalogue %s%lld is issued", kind, (long long)number);
    for (int64_t i = 0; i < readers; i++)
        lines_add(peril->lines, perils_later(peril, at_ms), "%s reads catalogue %s%lld",
                  perils_node(peril), kind, (long long)number);
}

/* New keys, and old ones that end or are revoked while something that they sealed is under way: it
 * is sealed anew. Amid the chaos they only end, so that whoever has a wrong clock has one in force.
 */
void perils_trust_rotation(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, 3), at_ms = 0;
    const char *ending[PERILS_TIMES_MAX];
    size_t endings = 0;
    for (int64_t i = 1; i <= times; i++) {
        at_ms = dice_between(peril->dice, at_ms, peril->world->chaos_ms);
        const char *node = perils_node(peril);
        lines_add(peril->lines, at_ms, "%s gets a new %s key", node,
                  dice_falls(peril->dice, 500) ? "signing" : "transport");
        some_read(peril, at_ms, "c", i);
        if (dice_falls(peril->dice, 300)) {
            at_ms = dice_between(peril->dice, at_ms, peril->world->chaos_ms);
            lines_add(peril->lines, at_ms, "the old keys of %s end", node);
            some_read(peril, at_ms, "e", i);
        }
        if (dice_falls(peril->dice, 300))
            ending[endings++] = node;
    }
    lines_add(peril->after, 0, "catalogue whole is issued");
    lines_add(peril->after, 0, "all read catalogue whole");
    for (size_t i = 0; i < endings; i++)
        lines_add(peril->after, 0, "the old keys of %s %s", ending[i],
                  dice_falls(peril->dice, 500) ? "are revoked" : "end");
    lines_add(peril->after, 0, "catalogue last is issued");
    lines_add(peril->after, 0, "all read catalogue last");
}

static bool knows(const struct draw_world *world, const char *class)
{
    size_t number = 0;
    while (strcmp(draw_class(number), class) != 0)
        number++;
    return draw_has(world->seed, number);
}

/* An authority that puts a key right and one that rotates it would write it down twice. And who
 * lodges does so with the one before him: a node that reads of itself that it has another key than
 * its own does not start, and nobody would have told it to read that. */
static bool only_unsound(const struct draw_world *world, struct perils_two two)
{
    bool beside = false;
    for (size_t i = 1; i < world->count; i++)
        beside |= (world->names[i - 1] == two.one && world->names[i] == two.other) ||
                  (world->names[i - 1] == two.other && world->names[i] == two.one);
    return knows(world, "rotation") || (beside && knows(world, "lodging"));
}

/* The authority errs once, others believe it, and in the end all read what is right. */
void perils_trust_mistakes(const struct peril *peril)
{
    struct perils_two two = perils_two(peril);
    int64_t at_ms = perils_time(peril);
    uint64_t which = dice_below(peril->dice, 4);
    switch (only_unsound(peril->world, two) ? 2 + which % 2 : which) {
    case 0:
        lines_add(peril->lines, at_ms, "the authority gives %s a key of nobody", two.one);
        lines_add(peril->lines, at_ms, "catalogue wrong is issued");
        lines_add(peril->lines, at_ms, "the authority gives %s the key of %s", two.one, two.one);
        break;
    case 1:
        lines_add(peril->lines, at_ms, "the authority gives %s the key of %s", two.one, two.other);
        lines_add(peril->lines, at_ms, "catalogue wrong is issued");
        lines_add(peril->lines, at_ms, "the authority gives %s the key of %s", two.one, two.one);
        break;
    case 2: lines_add(peril->lines, at_ms, "catalogue wrong is forged"); break;
    default: lines_add(peril->lines, at_ms, "catalogue wrong is issued by too few");
    }
    lines_add(peril->lines, perils_later(peril, at_ms), "%s reads catalogue wrong", two.other);
    lines_add(peril->after, 0, "catalogue right is issued");
    lines_add(peril->after, 0, "all read catalogue right");
}

/* Any dossier; half of the time one that he has a part in, if there is one: what he does there is
 * more than an opening. */
static const struct draw_dossier *crooked(const struct peril *peril)
{
    const struct draw_world *world = peril->world;
    size_t number = dice_below(peril->dice, world->dossier_count);
    bool own = dice_falls(peril->dice, 500);
    for (size_t i = 0; own && i < world->dossier_count; i++) {
        const struct draw_dossier *dossier = &world->dossiers[(number + i) % world->dossier_count];
        if (dossier->home == world->crook || dossier->host == world->crook)
            return dossier;
    }
    return &world->dossiers[number];
}

/* One whose key serves an adversary, in what is between him and the others. */
void perils_trust_crook(const struct peril *peril)
{
    static const char *const shapes[] = {"unknown", "malformed",     "forged",
                                         "swapped", "contradicting", "fork",
                                         "early",   "beyond",        "alien"};
    const struct draw_world *world = peril->world;
    const char *crook = world->names[world->crook];
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times && world->count > 2; i++) {
        const struct draw_dossier *dossier = crooked(peril);
        const char *shape = dice_word(peril->dice, shapes, sizeof shapes / sizeof *shapes);
        size_t partner =
            (world->crook + 1 + dice_below(peril->dice, world->count - 1)) % world->count;
        int64_t at_ms = dice_between(peril->dice, dossier->from_ms, world->chaos_ms);
        bool part = dossier->home == world->crook || dossier->host == world->crook;
        /* A body that is swapped, or none, is rot in his own store: his engine stops where it reads
         * it again, and so does that of others whose store it is, too. */
        bool rot = strcmp(shape, "swapped") == 0 || strcmp(shape, "malformed") == 0;
        if (rot && knows(world, "lodging"))
            shape = "forged";
        if (part && !rot)
            lines_add(peril->lines, at_ms, "%s crafts %s %s", crook, dossier->name, shape);
        else if (dice_falls(peril->dice, 700))
            lines_add(peril->lines, at_ms, "%s crafts X%lld %s to %s", crook, (long long)i, shape,
                      world->names[partner]);
        else
            lines_add(peril->lines, at_ms, "%s opens X%lld named as %s to %s", crook, (long long)i,
                      dossier->name, world->names[partner]);
    }
    /* Once, since it holds back one at a time; what it never sent would be waited for for ever. */
    if (world->count > 2 && dice_falls(peril->dice, 300)) {
        size_t number = dice_below(peril->dice, world->dossier_count);
        lines_add(peril->lines, perils_time(peril), "%s crafts %s ahead", crook,
                  world->dossiers[number].name);
        lines_add(peril->lines, world->chaos_ms, "%s sends what it withheld", crook);
    }
}

/* Who speaks in a node's name, and with its keys, of what that node never took: most of it while
 * records are under way whose own receipt is lost. */
void perils_trust_words(const struct peril *peril)
{
    static const char *const shapes[] = {"misplaced-receipt",  "misplaced-receipt",
                                         "miscounted-receipt", "forged-receipt",
                                         "foreign-receipt",    "ack-ahead"};
    const struct draw_world *world = peril->world;
    int64_t times = dice_between(peril->dice, 2, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        const struct draw_dossier *dossier =
            &world->dossiers[dice_below(peril->dice, world->dossier_count)];
        const char *home = world->names[dossier->home], *host = world->names[dossier->host];
        int64_t at_ms = dossier->from_ms, later_ms = at_ms + dice_spread(peril->dice, 1, 20 * 1000);
        if (later_ms > world->chaos_ms)
            later_ms = world->chaos_ms;
        if (dice_falls(peril->dice, 700))
            lines_add(peril->lines, at_ms, "drop every receipt from %s to %s", host, home);
        for (int64_t word = 0; word < 3; word++)
            lines_add(peril->lines, dice_between(peril->dice, at_ms, later_ms), "%s tells %s %s",
                      host, home, dice_word(peril->dice, shapes, sizeof shapes / sizeof *shapes));
        lines_add(peril->lines, later_ms, "drop nothing");
    }
}

/* Who stole an old key goes on to sign with it when it has ended: whoever read of that believes
 * nothing of it any more. An adversary always signs with the oldest key that there is. */
void perils_trust_stolen(const struct peril *peril)
{
    static const char *const shapes[] = {"unknown", "contradicting", "malformed"};
    const struct draw_world *world = peril->world;
    const char *crook = world->names[world->crook];
    int64_t at_ms = perils_time(peril), end_ms = perils_later(peril, at_ms);
    const char *ends = dice_falls(peril->dice, 500) ? "are revoked" : "end";
    if (end_ms > world->chaos_ms)
        end_ms = world->chaos_ms;
    if (world->count == 2)
        return; /* somebody has to be left whom it does not concern */
    lines_add(peril->lines, at_ms, "%s gets a new signing key", crook);
    lines_add(peril->lines, at_ms, "catalogue fresh is issued");
    lines_add(peril->lines, at_ms, "all read catalogue fresh");
    lines_add(peril->lines, end_ms, "the old keys of %s %s", crook, ends);
    lines_add(peril->lines, end_ms, "catalogue ended is issued");
    lines_add(peril->lines, end_ms, "all read catalogue ended");
    for (long long i = 0; i < PERILS_TIMES_MAX; i++) {
        size_t partner =
            (world->crook + 1 + dice_below(peril->dice, world->count - 1)) % world->count;
        lines_add(peril->lines, dice_between(peril->dice, end_ms, world->chaos_ms),
                  "%s crafts Q%lld %s to %s", crook, i,
                  dice_word(peril->dice, shapes, sizeof shapes / sizeof *shapes),
                  world->names[partner]);
    }
    lines_add(peril->after, 0, "catalogue known is issued");
    lines_add(peril->after, 0, "all read catalogue known");
}

/* Keys that end when the next ones begin, as everybody has read before: mostly amid a minute, and
 * amid whatever else befalls. Other new keys would begin before those. */
void perils_trust_rollover(const struct peril *peril)
{
    const struct draw_world *world = peril->world;
    struct perils_two two = perils_two(peril);
    const char *const nodes[] = {two.one, two.other};
    int64_t at_ms = perils_time(peril);
    if (knows(world, "rotation") || knows(world, "stolen keys"))
        return;
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        long long later_s = dice_between(peril->dice, 1, world->chaos_ms / 1000);
        if (nodes[i] == world->names[world->crook])
            continue; /* an adversary signs with the oldest key that there is */
        lines_add(peril->lines, at_ms, "%s gets a new signing key in %llds", nodes[i], later_s);
        lines_add(peril->lines, at_ms, "the old keys of %s end in %llds", nodes[i], later_s);
    }
    lines_add(peril->lines, at_ms, "catalogue foretold is issued");
    lines_add(peril->lines, at_ms, "all read catalogue foretold");
    lines_add(peril->after, 0, "catalogue over is issued");
    lines_add(peril->after, 0, "all read catalogue over");
}

/* A key is revoked or ends while receipts are still to come, and who signs with it hears of that
 * last: whoever knows takes none of them, and has them in the end. */
void perils_trust_unaware(const struct peril *peril)
{
    const struct draw_world *world = peril->world;
    size_t told[DRAW_NODES_MAX], count = 0;
    if (knows(world, "rotation") || knows(world, "stolen keys") || knows(world, "rollover"))
        return;
    for (int64_t i = 0; i < PERILS_TIMES_MAX; i++) {
        const struct draw_dossier *dossier =
            &world->dossiers[dice_below(peril->dice, world->dossier_count)];
        const char *home = world->names[dossier->home], *host = world->names[dossier->host];
        bool again = dossier->host == world->crook; /* he signs with the oldest key that there is */
        for (size_t t = 0; t < count; t++)
            again |= told[t] == dossier->host;
        if (again)
            continue;
        told[count++] = dossier->host;
        lines_add(peril->lines, dossier->from_ms, "%s gets a new signing key", host);
        lines_add(peril->lines, dossier->from_ms, "the old keys of %s %s", host,
                  dice_falls(peril->dice, 500) ? "are revoked" : "end");
        lines_add(peril->lines, dossier->from_ms, "catalogue h%zu is issued", count);
        lines_add(peril->lines, dossier->from_ms, "%s reads catalogue h%zu", home, count);
        if (dice_falls(peril->dice, 500))
            lines_add(peril->lines, perils_later(peril, dossier->from_ms),
                      "%s reads catalogue h%zu", host, count);
    }
    lines_add(peril->after, 0, "catalogue heard is issued");
    lines_add(peril->after, 0, "all read catalogue heard");
}

/* Records under one seal, one of which is no record: when all else is over, so that nothing but the
 * refusal holds the others up. */
void perils_trust_spoilt(const struct peril *peril)
{
    const struct draw_world *world = peril->world;
    long long most = dice_between(peril->dice, 2, 8);
    size_t partner = (world->crook + 1 + dice_below(peril->dice, world->count - 1)) % world->count;
    if (world->count == 2 || knows(world, "crook") || knows(world, "stolen keys"))
        return;
    lines_add(peril->last, 0, "%s crafts Y1..Y%lld spoilt to %s", world->names[world->crook], most,
              world->names[partner]);
    deeds_rest(peril->last);
    lines_add(peril->last, 0, "expect Y2..Y%lld pending at both", most);
}
