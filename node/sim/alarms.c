#include "sim/alarms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OWED_MAX = 512, TEXT_MAX = 256 };

/* What happened that a person has to know of. */
enum cause {
    CAUSE_RESTORE = 1,    /* somebody went back to a backup */
    CAUSE_FAULT = 2,      /* a disk, or what a story says of one, failed */
    CAUSE_CLOCK = 4,      /* a clock was set */
    CAUSE_STRANGER = 8,   /* somebody does not keep the rules */
    CAUSE_AUTHORITY = 16, /* keys or catalogues changed */
    CAUSE_ENDED = 64,     /* keys, and perhaps before what they had sealed was taken */
    CAUSE_WAITED = 32,    /* a submission waited for the guard, and its dossier moved on */
};

/* The lines of a story that are a cause: by how their patterns begin, or by a word in them. */
static const struct {
    const char *says;
    unsigned cause;
} lines[] = {
    {"cannot commit", CAUSE_FAULT}, {"disk", CAUSE_FAULT},
    {" crafts ", CAUSE_STRANGER},   {" plants ", CAUSE_STRANGER},
    {" opens ", CAUSE_STRANGER},    {" sends what", CAUSE_STRANGER},
    {" tells ", CAUSE_STRANGER},    {"the old keys", CAUSE_ENDED},
    {" keys ", CAUSE_AUTHORITY},    {" key", CAUSE_AUTHORITY},
    {"catalogue", CAUSE_AUTHORITY}, {"the authority", CAUSE_AUTHORITY},
};

/* What an alarm says, and what must have happened: one of these. */
static const struct {
    const char *says;
    unsigned causes;
} known[] = {
    {" records that it had receipted: ", CAUSE_RESTORE},
    {" records of ours that are not here: asked back", CAUSE_RESTORE},
    {" lost records of its own and signed for them: given back", CAUSE_RESTORE},
    {"a submission for ", CAUSE_WAITED},
    {"no key of ", CAUSE_CLOCK | CAUSE_AUTHORITY},
    {" knows catalogue ", CAUSE_AUTHORITY},
    {" signs with a key that our catalogue does not have", CAUSE_AUTHORITY},
    {"the disk ", CAUSE_FAULT},
    {" sent records that do not hold: ", CAUSE_STRANGER | CAUSE_ENDED},
    {" could not take records of ours: ", CAUSE_STRANGER | CAUSE_AUTHORITY},
    {": two records of ", CAUSE_STRANGER},
    {" broke a rule where our own lane is forked or incomplete", CAUSE_STRANGER | CAUSE_RESTORE},
    {": a refusal could not be written: ", CAUSE_STRANGER | CAUSE_RESTORE},
    {" says what no node may say: ", CAUSE_STRANGER | CAUSE_ENDED},
    {" kept ending this node", CAUSE_STRANGER},
};

enum { LINES = sizeof lines / sizeof *lines, KNOWN = sizeof known / sizeof *known };

/* An alarm that a restore must lead to: of `teller`, about `about`. */
struct owed {
    size_t teller, about;
    const char *says;
};

static const char given_back[] = " lost records of its own and signed for them";
static const char asked_back[] = " records of ours that are not here";
static const char sent_again[] = " records that it had receipted";

struct alarms {
    const struct world *world;
    struct ledger *ledger;
    unsigned causes;
    struct owed owed[OWED_MAX];
    size_t owed_count;
    char wrong[2 * TEXT_MAX];
};

struct alarms *alarms_open(const struct world *world, struct ledger *ledger)
{
    struct alarms *alarms = ledger ? calloc(1, sizeof *alarms) : NULL;
    if (alarms) {
        alarms->world = world;
        alarms->ledger = ledger;
    }
    return alarms;
}

void alarms_close(struct alarms *alarms)
{
    free(alarms);
}

void alarms_befell(struct alarms *alarms, const char *pattern)
{
    for (size_t i = 0; i < LINES; i++)
        if (strstr(pattern, lines[i].says))
            alarms->causes |= lines[i].cause;
}

bool alarms_clocks(const struct alarms *alarms)
{
    return alarms->causes & CAUSE_CLOCK;
}

/* ---- what is said ---- */

static bool is_about(const struct alarms *alarms, const struct owed *owed, size_t node,
                     const char *text)
{
    const char *name = world_institution(alarms->world, owed->about);
    return ledger_home(alarms->ledger, owed->teller) == node &&
           strncmp(text, name, strlen(name)) == 0 && text[strlen(name)] == ' ' &&
           strstr(text, owed->says);
}

static const char *said(struct alarms *alarms, size_t node, const char *text)
{
    /* Also for whoever lodges at a crook's node. */
    for (size_t i = alarms->owed_count; i-- > 0;)
        if (is_about(alarms, &alarms->owed[i], node, text))
            alarms->owed[i] = alarms->owed[--alarms->owed_count];
    if (ledger_party(alarms->ledger, node)->distrusted)
        return NULL; /* who spoils his own store hears of it */
    for (size_t i = 0; i < world_count(alarms->world); i++) /* who fell over it may have kept it */
        if (ledger_party(alarms->ledger, i)->ready || ledger_party(alarms->ledger, i)->unanswered)
            alarms->causes |= CAUSE_WAITED;
    for (size_t i = 0; i < KNOWN; i++)
        if (strstr(text, known[i].says) && (alarms->causes & known[i].causes))
            return NULL;
    snprintf(alarms->wrong, sizeof alarms->wrong, "I13: %s raised an alarm without a cause: %.*s",
             world_institution(alarms->world, node), TEXT_MAX, text);
    return alarms->wrong;
}

/* ---- what must be said ---- */

static bool is_at(const struct alarms *alarms, size_t institution, size_t home)
{
    return ledger_home(alarms->ledger, institution) == home;
}

/* Who dies may have said it in the moment of his death, when nobody heard. */
static void forgive(struct alarms *alarms, size_t home)
{
    for (size_t i = alarms->owed_count; i-- > 0;)
        if (is_at(alarms, alarms->owed[i].teller, home) ||
            is_at(alarms, alarms->owed[i].about, home))
            alarms->owed[i] = alarms->owed[--alarms->owed_count];
}

static void owe(struct alarms *alarms, size_t teller, size_t about, const char *says)
{
    for (size_t i = 0; i < alarms->owed_count; i++)
        if (alarms->owed[i].teller == teller && alarms->owed[i].about == about &&
            alarms->owed[i].says == says)
            return;
    if (alarms->owed_count < OWED_MAX)
        alarms->owed[alarms->owed_count++] = (struct owed) {teller, about, says};
}

static void restored(struct alarms *alarms, size_t home)
{
    const struct ledger_record *record;
    forgive(alarms, home);
    for (size_t i = 0; (record = ledger_record(alarms->ledger, i)); i++) {
        bool ours = is_at(alarms, record->author, home);
        bool theirs = is_at(alarms, record->audience, home);
        if (ours == theirs || ledger_party(alarms->ledger, record->author)->distrusted ||
            ledger_party(alarms->ledger, record->audience)->distrusted)
            continue;
        if (ours && !ledger_holds(alarms->ledger, record->author, record) &&
            ledger_holds(alarms->ledger, record->audience, record)) {
            owe(alarms, record->author, record->audience, asked_back);
            owe(alarms, record->audience, record->author, given_back);
        }
        if (theirs && ledger_shows(alarms->ledger, record) &&
            !ledger_party(alarms->ledger, record->author)->restored &&
            !ledger_holds(alarms->ledger, record->audience, record))
            owe(alarms, record->author, record->audience, sent_again);
    }
}

const char *alarms_note(struct alarms *alarms, const struct world_event *event)
{
    switch (event->deed) {
    case WORLD_SAID:
        return event->sentence->level == TRACE_ALARM
                   ? said(alarms, event->node, event->sentence->text)
                   : NULL;
    case WORLD_STOPPED: forgive(alarms, event->node); return NULL;
    case WORLD_RESTORED:
        alarms->causes |= CAUSE_RESTORE;
        restored(alarms, event->node);
        return NULL;
    case WORLD_CLOCK: alarms->causes |= CAUSE_CLOCK; return NULL;
    default: return NULL;
    }
}

const char *alarms_look(const struct alarms *alarms, struct arena *arena)
{
    const struct owed *owed = alarms->owed;
    if (!alarms->owed_count)
        return NULL;
    return arena_format(arena, "%s was never told what a restore did: `%s ...%s`",
                        world_institution(alarms->world, owed->teller),
                        world_institution(alarms->world, owed->about), owed->says);
}
