#include "swarm/talks.h"

#include "swarm/dice.h"

#include <stdio.h>

enum { AGREEMENTS = 3, STUDENTS_MAX = 5, NAME = 24, TEXT = 96 };

/* Who says it: the opener, or the other. `%s` is the agreement; an offer has places before it. */
struct phrase {
    bool other, offers;
    uint32_t permille;
    const char *text;
};

/* Until terms are in force, if they ever are. */
static const struct phrase opening[] = {
    {true, true, 250, NULL},
    {false, true, 200, NULL},
    {true, false, 80, "declines terms of %s"},
    {false, false, 60, "drops terms of %s"},
    {false, true, 100, NULL},
    {true, false, 880, "approves terms of %s"},
    {false, false, 350, "approves terms of %s"},
    {true, false, 80, "changes contacts of %s"},
};

/* While students are on their way. */
static const struct phrase change[] = {
    {false, true, 350, NULL},
    {true, true, 250, NULL},
    {false, false, 60, "changes contacts of %s"},
    {true, false, 60, "declines terms of %s"},
    {true, false, 60, "drops terms of %s"},
    {true, false, 600, "approves terms of %s"},
    {false, false, 400, "approves terms of %s"},
    {false, false, 40, "terminates %s after 2028/2029"},
    {true, false, 40, "terminates %s after 2027/2028"},
};

enum { OPENING = sizeof opening / sizeof *opening, CHANGE = sizeof change / sizeof *change };

/* What becomes of a student: the home, or the host. */
static const struct fate {
    bool host;
    uint32_t permille;
    const char *text;
} fates[] = {
    {true, 300, "waitlists %s"},
    {false, 150, "amends %s email"},
    {true, 900, "accepts %s"},
    {false, 150, "amends %s field"},
    {true, 300, "accepts %s"},
    {false, 200, "withdraws %s"},
    {true, 120, "revokes %s acceptance"},
    {true, 250, "accepts %s"},
    {true, 400, "accepts %s over quota"},
    {true, 150, "says %s arrived on 2027-02-03"},
};

enum { FATES = sizeof fates / sizeof *fates };

/* One agreement, with its dice. */
struct talk {
    const struct draw_world *world;
    struct lines *lines;
    struct dice dice;
    size_t opener, other;
    char name[NAME];
    int64_t from_ms;
};

static const char *who(const struct talk *talk, bool other)
{
    return talk->world->names[other ? talk->other : talk->opener];
}

/* Mostly so few that they are fought for. */
static int64_t places(struct talk *talk)
{
    return dice_falls(&talk->dice, 600) ? 1 : dice_between(&talk->dice, 0, 4);
}

/* In haste, so that much crosses, or after what was said has come through. */
static int64_t pause(struct talk *talk)
{
    int64_t left = talk->world->chaos_ms - talk->from_ms;
    return dice_falls(&talk->dice, 350) ? dice_between(&talk->dice, 0, 20)
                                        : dice_between(&talk->dice, left / 40, left / 10 + 1);
}

static int64_t phrases(struct talk *talk, int64_t at_ms, const struct phrase *list, size_t count)
{
    char what[TEXT];
    for (size_t i = 0; i < count; i++) {
        if (!dice_falls(&talk->dice, list[i].permille))
            continue;
        at_ms += pause(talk);
        if (list[i].offers)
            snprintf(what, sizeof what, "offers %lld in %s", (long long)places(talk), talk->name);
        else
            snprintf(what, sizeof what, list[i].text, talk->name);
        lines_add(talk->lines, at_ms, "%s %s", who(talk, list[i].other), what);
    }
    return at_ms;
}

static void student(struct talk *talk, const char *name, int64_t at_ms)
{
    char what[TEXT];
    lines_add(talk->lines, at_ms, "%s nominates %s to %s under agreement %s", who(talk, false),
              name, who(talk, true), talk->name);
    for (size_t i = 0; i < FATES; i++) {
        if (!dice_falls(&talk->dice, fates[i].permille))
            continue;
        at_ms += pause(talk);
        snprintf(what, sizeof what, fates[i].text, name);
        lines_add(talk->lines, at_ms, "%s %s", who(talk, fates[i].host), what);
    }
}

static void live(struct talk *talk, size_t number)
{
    char name[NAME];
    lines_add(talk->lines, talk->from_ms, "%s proposes %s to %s with %lld", who(talk, false),
              talk->name, who(talk, true), (long long)places(talk));
    int64_t agreed_ms = phrases(talk, talk->from_ms, opening, OPENING);
    int64_t students = dice_between(&talk->dice, 2, STUDENTS_MAX);
    for (int64_t i = 1; i <= students; i++) {
        snprintf(name, sizeof name, "P%zu%lld", number, (long long)i);
        student(talk, name, agreed_ms + pause(talk));
    }
    phrases(talk, agreed_ms, change, CHANGE);
}

void talks_draw(const struct draw_world *world, struct lines *lines)
{
    for (size_t i = 1; i <= AGREEMENTS; i++) {
        struct talk talk = {
            .world = world, .lines = lines, .dice = dice_of(world->seed, "talk", i)};
        if (!dice_falls(&talk.dice, world->tiny ? 800 : 600))
            continue;
        talk.opener = dice_below(&talk.dice, world->count);
        talk.other = (talk.opener + 1 + dice_below(&talk.dice, world->count - 1)) % world->count;
        talk.from_ms = dice_between(&talk.dice, 0, world->chaos_ms / 3);
        snprintf(talk.name, sizeof talk.name, "A%zu", i);
        live(&talk, i);
    }
}
