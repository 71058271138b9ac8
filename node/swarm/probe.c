#include "swarm/probe.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 256 * 1024 * 1024, PAGE = 1024 };

/* What went from one node to another. */
struct probe_way {
    bool opened;    /* the other took an opening, and lives since then */
    bool delivered; /* the other took records */
    bool earlier;   /* it did, and then a new session came */
    bool again;     /* and then it took the same records once more */
};

typedef bool sees(const struct probe *probe, const struct world_event *event);

static sees taken, refused, replaced, of_earlier_session, starved, after_restore, waits, repeated,
    other_content, out_of_turn, against_the_rules, longer_stay, unanswered, no_place, over_quota;

/* Seen in what happens: an event of this deed whose sentence holds this text, whose frame or reason
 * is this one. NULL: any. */
static const struct row {
    const char *name;
    enum world_deed deed;
    const char *says, *what, *why;
    sees *sees;
} rows[] = {
    /* sessions */
    {"session replaced", WORLD_ARRIVED, NULL, "opening", NULL, replaced},
    {"opening stale", WORLD_ARRIVED, NULL, "stale", NULL, taken},
    {"counter jumped", WORLD_SAID, "a later opening counter of ours", NULL, NULL, NULL},
    {"opening refused", WORLD_ARRIVED, NULL, "opening", NULL, refused},
    {"nobody answers an opening", WORLD_SAID, "cannot be reached", NULL, NULL, NULL},
    {"nobody answers pings", WORLD_SAID, "does not answer", NULL, NULL, NULL},
    {"a caller fell silent", WORLD_SAID, "waits for its call", NULL, NULL, NULL},
    {"frame refused", WORLD_ARRIVED, NULL, NULL, NULL, refused},
    {"message out of place", WORLD_SAID, "says what no node may say", NULL, NULL, NULL},

    /* streams */
    {"records sent again", WORLD_SAID, " is silent about ", NULL, NULL, NULL},
    {"receipt of an earlier session", WORLD_ARRIVED, NULL, "receipt", NULL, of_earlier_session},
    {"receipt for nothing", WORLD_SAID, ": 0 delivered, ", NULL, NULL, NULL},
    {"records repeated only", WORLD_SAID, ": 0 new, ", NULL, NULL, NULL},
    {"records wait for credit", WORLD_ARRIVED, NULL, "summary", NULL, starved},
    {"record could not be taken", WORLD_SAID, "sent records that do not hold", NULL, NULL, NULL},
    {"record stuck", WORLD_SAID, "could not take records of ours", NULL, NULL, NULL},
    {"records sealed anew", WORLD_SAID, " records sealed anew, ", NULL, NULL, NULL},
    {"stream suspended", WORLD_SAID, "suspended by hand", NULL, NULL, NULL},

    /* restores */
    {"guard lifted after a restore", WORLD_SAID, "write guard lifted", NULL, NULL, after_restore},
    {"ranges compared", WORLD_ARRIVED, NULL, "range", NULL, taken},
    {"own records asked back", WORLD_SAID, "not here: asked back", NULL, NULL, NULL},
    {"own records given back", WORLD_SAID, "signed for them: given back", NULL, NULL, NULL},
    {"records returned", WORLD_ARRIVED, NULL, "return", NULL, taken},
    {"recovery granted", WORLD_SAID, "sent again, as it signed for", NULL, NULL, NULL},
    {"recovery not signed for", WORLD_SAID, "they wait for its signed request", NULL, NULL, NULL},

    /* records and people */
    {"record refused by a rule", WORLD_SAID, " refused: ", NULL, NULL, NULL},
    {"fork seen", WORLD_SAID, "two records of ", NULL, NULL, NULL},
    {"refusal held back", WORLD_SAID, "forked or incomplete: not refused yet", NULL, NULL, NULL},
    {"submission too late at its turn", WORLD_SAID, "can no longer be sent", NULL, NULL, NULL},
    {"submission waits for the guard", WORLD_SUBMITTED, NULL, NULL, NULL, waits},
    {"request repeated", WORLD_SUBMITTED, NULL, NULL, NULL, repeated},
    {"key used for something else", WORLD_SUBMITTED, NULL, NULL, NULL, other_content},
    {"submission out of turn", WORLD_SUBMITTED, NULL, NULL, NULL, out_of_turn},
    {"submission against the rules", WORLD_SUBMITTED, NULL, NULL, NULL, against_the_rules},
    {"longer stay asked for", WORLD_SUBMITTED, NULL, NULL, NULL, longer_stay},
    {"no place left", WORLD_SUBMITTED, NULL, NULL, NULL, no_place},
    {"accepted over quota", WORLD_SUBMITTED, NULL, NULL, NULL, over_quota},
    {"user without an answer", WORLD_SUBMITTED, NULL, NULL, NULL, unanswered},

    /* processes and the network */
    {"death before the commit", WORLD_STOPPED, NULL, NULL, "before commit", NULL},
    {"death after the commit", WORLD_STOPPED, NULL, NULL, "after commit", NULL},
    {"loss of power", WORLD_STOPPED, NULL, NULL, "power", NULL},
    {"commit that failed", WORLD_STOPPED, NULL, NULL, "fault", NULL},
    {"frame for a process that died", WORLD_LOST, NULL, NULL, "restarted", NULL},
    {"half-open connection", WORLD_LOST, NULL, NULL, "half-open", NULL},
    {"frames lost with their connection", WORLD_LOST, NULL, NULL, "broken", NULL},

    /* keys and catalogues */
    {"key not in the catalogue", WORLD_SAID, "a key that our catalogue does not have", NULL, NULL,
     NULL},
    {"catalogue too old", WORLD_SAID, " knows catalogue ", NULL, NULL, NULL},
    {"own key not in force", WORLD_SAID, "is in force at this node's time", NULL, NULL, NULL},
};

/* Seen in the stores when it is over. */
static const struct found {
    const char *name;
    enum dossier_state state; /* of a dossier; DOSSIER_EMPTY: any */
    uint32_t flag;            /* of one of its records; 0: of any */
    bool incomplete;
} founds[] = {
    {"acceptance revoked", DOSSIER_REVOKED, 0, false},
    {"nomination void", DOSSIER_VOID, 0, false},
    {"accepted and asked again", DOSSIER_REOPENED, 0, false},
    {"recognised", DOSSIER_RECOGNISED, 0, false},
    {"agreement that is to change", DOSSIER_CHANGE_OFFERED, 0, false},
    {"agreement ended", DOSSIER_ENDED, 0, false},
    {"dossier with a gap", DOSSIER_EMPTY, 0, true},
    {"record not understood", DOSSIER_EMPTY, STORE_NOT_UNDERSTOOD, false},
    {"record recovered", DOSSIER_EMPTY, STORE_RECOVERED, false},
};

enum { ROWS = sizeof rows / sizeof *rows, FOUNDS = sizeof founds / sizeof *founds };

static_assert(ROWS + FOUNDS <= PROBE_MAX, "a bit for each");

const char *probe_name(size_t row)
{
    if (row < ROWS)
        return rows[row].name;
    return row < ROWS + FOUNDS ? founds[row - ROWS].name : NULL;
}

/* ---- what is remembered ---- */

void probe_begin(void *self, struct world *world)
{
    struct probe *probe = self;
    size_t count = world_count(world);
    probe->world = world;
    probe->ways = calloc(count * count, sizeof *probe->ways);
    probe->restored = calloc(count, sizeof *probe->restored);
}

static struct probe_way *way(const struct probe *probe, size_t from, size_t to)
{
    return &probe->ways[from * world_count(probe->world) + to];
}

/* Sessions end with either process. */
static void process_note(struct probe *probe, size_t node)
{
    for (size_t other = 0; other < world_count(probe->world); other++)
        way(probe, other, node)->opened = false;
}

static void arrival_note(struct probe *probe, const struct world_event *event)
{
    struct probe_way *there = way(probe, event->node, event->other);
    if (event->refused)
        return;
    if (strcmp(event->what, "opening") == 0) {
        there->opened = true;
        there->earlier |= there->delivered;
        there->delivered = there->again = false;
    }
    there->delivered |= strcmp(event->what, "deliver") == 0;
}

/* Nothing but what an earlier session brought: its receipt is of then. */
static void sentence_note(struct probe *probe, const struct world_event *event)
{
    static const char from[] = "records from ";
    char name[128] = "";
    size_t sender;
    const char *text = event->sentence->text;
    if (strncmp(text, from, strlen(from)) != 0 || !strstr(text, ": 0 new, "))
        return;
    size_t length = strcspn(text + strlen(from), ":");
    if (length < sizeof name)
        memcpy(name, text + strlen(from), length);
    if (world_find(probe->world, name, &sender))
        way(probe, sender, event->node)->again = way(probe, sender, event->node)->earlier;
}

static void remember(struct probe *probe, const struct world_event *event)
{
    switch (event->deed) {
    case WORLD_ARRIVED: arrival_note(probe, event); return;
    case WORLD_SAID: sentence_note(probe, event); return;
    case WORLD_STOPPED: process_note(probe, event->node); return;
    case WORLD_RESTORED: probe->restored[event->node] = true; return;
    default: return;
    }
}

/* ---- what is seen ---- */

static bool taken(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return !event->refused;
}

static bool refused(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return event->refused;
}

static bool replaced(const struct probe *probe, const struct world_event *event)
{
    return !event->refused && way(probe, event->node, event->other)->opened;
}

static bool of_earlier_session(const struct probe *probe, const struct world_event *event)
{
    return !event->refused && way(probe, event->other, event->node)->again;
}

static bool armed_against(const struct engine *engine, const char *partner)
{
    struct engine_partner row;
    for (size_t i = 0; engine && engine_partner(engine, i, &row); i++)
        if (row.guard_armed && strcmp(row.partner, partner) == 0)
            return true;
    return false;
}

/* The guard of who answers is armed, and so it gives no credit; and there is something to send. */
static bool starved(const struct probe *probe, const struct world_event *event)
{
    const struct engine *sender = world_engine(probe->world, event->other);
    struct engine_partner row;
    for (size_t i = 0; sender && engine_partner(sender, i, &row); i++)
        if (row.dialled && row.outbox > row.stuck &&
            strcmp(row.partner, world_institution(probe->world, event->node)) == 0)
            return armed_against(world_engine(probe->world, event->node), row.own);
    return false;
}

static bool after_restore(const struct probe *probe, const struct world_event *event)
{
    return probe->restored[event->node];
}

static bool waits(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return !event->answer->verdict && event->answer->ready;
}

static bool repeated(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return event->answer->repeated;
}

static bool other_content(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return event->answer->verdict == VERDICT_DUPLICATE;
}

static bool out_of_turn(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return event->answer->verdict == VERDICT_OUT_OF_TURN;
}

static bool against_the_rules(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return event->answer->verdict == VERDICT_INVALID ||
           event->answer->verdict == VERDICT_CONTRADICTS;
}

static bool longer_stay(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return !event->answer->verdict && event->submission->kind == PEREGRIN__KIND__KIND_EXTENSION;
}

static bool no_place(const struct probe *probe, const struct world_event *event)
{
    const char *rule = event->answer->finding.rule;
    (void)probe;
    return event->answer->verdict && rule && strcmp(rule, "decision.places") == 0;
}

static bool over_quota(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return !event->answer->verdict && event->submission->over_quota;
}

static bool unanswered(const struct probe *probe, const struct world_event *event)
{
    (void)probe;
    return event->answer->verdict == VERDICT_INTERNAL;
}

static bool fits(const struct row *row, const struct world_event *event)
{
    return row->deed == event->deed && (!row->says || strstr(event->sentence->text, row->says)) &&
           (!row->what || strcmp(event->what, row->what) == 0) &&
           (!row->why || strcmp(event->why, row->why) == 0);
}

void probe_note(void *self, const struct world_event *event)
{
    struct probe *probe = self;
    if (!probe->ways || !probe->restored)
        return; /* no memory: nothing was seen */
    for (size_t i = 0; i < ROWS; i++)
        if (!(probe->visited >> i & 1) && fits(&rows[i], event) &&
            (!rows[i].sees || rows[i].sees(probe, event)))
            probe->visited |= UINT64_C(1) << i;
    remember(probe, event);
}

/* ---- what is found in the end ---- */

static void found_note(struct probe *probe, const struct store_dossier *dossier, uint32_t flags)
{
    for (size_t i = 0; i < FOUNDS; i++)
        if ((!founds[i].state || (uint32_t)founds[i].state == dossier->state) &&
            (!founds[i].flag || (flags & founds[i].flag)) &&
            (!founds[i].incomplete || dossier->incomplete))
            probe->visited |= UINT64_C(1) << (ROWS + i);
}

static void store_note(struct probe *probe, struct store *store, struct arena *arena)
{
    struct store_record *records;
    struct store_dossier dossier;
    size_t count;
    int64_t after = 0;
    do {
        arena_reset(arena);
        if (store->record_scan(store, after, PAGE, arena, &records, &count))
            return;
        for (size_t i = 0; i < count; i++) {
            bool found;
            after = records[i].serial;
            if (!store->dossier_get(store, &records[i].place, &found, &dossier) && found)
                found_note(probe, &dossier, records[i].flags);
        }
    } while (count == PAGE);
}

void probe_end(void *self, struct world *world)
{
    struct probe *probe = self;
    struct arena *arena = arena_open(ARENA);
    for (size_t i = 0; arena && i < world_count(world); i++)
        store_note(probe, world_store(world, i), arena);
    arena_close(arena);
    free(probe->ways);
    free(probe->restored);
    probe->ways = NULL;
    probe->restored = NULL;
}
