#include "sim/oracle.h"

#include "local.pb-c.h"
#include "record/codec.h"
#include "sim/alarms.h"
#include "sim/allotment.h"
#include "sim/asked.h"
#include "sim/burden.h"
#include "sim/checks.h"
#include "sim/effects.h"
#include "sim/ledger.h"
#include "sim/passage.h"
#include "sim/refold_look.h"
#include "sim/reread.h"
#include "sim/sequence.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 1 << 30, WRONG_MAX = 512 };

struct oracle {
    struct world *world;
    struct ledger *ledger;
    struct alarms *alarms;
    struct passage *passage;
    struct effects *effects;
    struct burden *burden;
    struct allotment *allotment;
    struct asked *asked;
    struct arena *arena;   /* of one look */
    char wrong[WRONG_MAX]; /* the first that was seen; empty: none */
    char named[WRONG_MAX]; /* of the last look */
    bool waits_for_ever;   /* a submission in a dossier of which both lost a record */
};

typedef const char *check(struct oracle *oracle);

static check receipted_held, one_effect, nothing_pending, views_equal, dossiers_meant,
    signatures_hold, lanes_ordered, one_statement, alarms_told, restored_whole, effects_whole,
    queues_whole, places_given, granted_stays, terms_same;

/* In the order in which they are looked at: what went wrong first is named, rather than what
 * followed from it; and nothing is said of a world that is not at rest. I15 is the swarm's: it
 * plays twice. I11 waits for erasure.
 *
 * I9 counts rows where the store is in memory, and signatures where they are the model's; what a
 * summary or a range makes a node write follows from what it holds, and has no bound here. Limits
 * that lie beyond a drawn world (a thousand records in one dossier, four thousand asked back) are
 * for the tests of whoever keeps them. I10 compares stores in memory only: by the count of writes,
 * and in one world of sixteen, for what an adversary injects, by all rows. */
static const struct {
    const char *name, *sentence;
    check *look; /* NULL: watched all the time, and by nothing else */
} invariants[] = {
    {"I8", "no canary of a student in a frame outside ciphertext, nor in a sentence", NULL},
    {"I9", "nothing is sent for which there is no credit", NULL},
    {"I9", "nor does a frame cost more work and memory than it may", NULL},
    {"I10", "a frame is let in once, and none of a session that was replaced", NULL},
    {"I10", "and one that is refused changes nothing that is kept", NULL},
    {"I7", "a host gives no more places than it has, but where somebody wanted it", places_given},
    {"I4", "nothing is pending between live partners at rest", nothing_pending},
    {"I9", "and no queue in memory holds more than is pending", queues_whole},
    {"I12", "an honest node never signs two statements for one slot", one_statement},
    {"I14", "a one-sided restore loses nothing receipted", restored_whole},
    {"I1", "what was receipted the receiver holds, what was answered is kept", receipted_held},
    {"I2", "each record has exactly one effect", one_effect},
    {"I2", "and is told of and judged once", effects_whole},
    {"I3", "both views of a pair are equal at rest", views_equal},
    {"I3", "and are what the rules make of the records", dossiers_meant},
    {"I7", "both see the same terms in force", terms_same},
    {"I7", "and what was given or asked for under terms stays when they change", granted_stays},
    {"I5", "every durable change is justified by a valid signature", signatures_hold},
    {"I6", "records of a lane arrive in their order", lanes_ordered},
    {"I13", "the operator is told of each fault that needs a human, and of no other", alarms_told},
};

enum { INVARIANTS = sizeof invariants / sizeof *invariants };

const char *oracle_name(size_t row)
{
    return row < INVARIANTS ? invariants[row].name : NULL;
}

const char *oracle_sentence(size_t row)
{
    return row < INVARIANTS ? invariants[row].sentence : NULL;
}

/* ---- watching ---- */

/* Something that every invented student carries: see people.c. */
static const char *canary_in(struct bytes text)
{
    static const char *const canaries[] = {"Novák", "@example.org", "2004-05-06",
                                           "personalUniqueCode"};
    for (size_t i = 0; i < sizeof canaries / sizeof *canaries; i++)
        if (memmem(text.data, text.size, canaries[i], strlen(canaries[i])))
            return canaries[i];
    return NULL;
}

static void seen(struct oracle *oracle, const char *wrong)
{
    if (wrong && !*oracle->wrong)
        snprintf(oracle->wrong, sizeof oracle->wrong, "%s", wrong);
}

static void said(struct oracle *oracle, const struct world_event *event)
{
    char wrong[WRONG_MAX];
    const char *canary = canary_in(bytes_text(event->sentence->text));
    snprintf(wrong, sizeof wrong, "I8: a sentence of %s holds a student's `%s`",
             world_institution(oracle->world, event->node), canary ? canary : "");
    seen(oracle, canary ? wrong : NULL);
}

static void watch(void *self, const struct world_event *event)
{
    struct oracle *oracle = self;
    seen(oracle, ledger_note(oracle->ledger, event));
    seen(oracle, alarms_note(oracle->alarms, event));
    seen(oracle, passage_note(oracle->passage, event));
    seen(oracle, burden_note(oracle->burden, event));
    seen(oracle, allotment_note(oracle->allotment, event));
    effects_note(oracle->effects, event);
    asked_note(oracle->asked, event);
    if (event->deed == WORLD_SAID)
        said(oracle, event);
}

void oracle_frame(struct oracle *oracle, const struct world_passing *passing)
{
    char wrong[WRONG_MAX];
    const char *canary = canary_in((struct bytes) {passing->wire, passing->size});
    snprintf(wrong, sizeof wrong, "I8: a %s of %s shows a student's `%s` to whoever listens",
             passing->what, world_institution(oracle->world, passing->from), canary ? canary : "");
    seen(oracle, canary ? wrong : NULL);
}

void oracle_befell(struct oracle *oracle, const char *pattern, size_t node)
{
    static const char *const crafty[] = {"NODE crafts", "NODE plants", "NODE opens", "NODE sends"};
    alarms_befell(oracle->alarms, pattern);
    for (size_t i = 0; i < sizeof crafty / sizeof *crafty; i++)
        if (strncmp(pattern, crafty[i], strlen(crafty[i])) == 0) {
            ledger_distrust(oracle->ledger, node);
            passage_distrust(oracle->passage);
            burden_distrust(oracle->burden);
        }
}

struct oracle *oracle_open(struct world *world)
{
    struct oracle *oracle = calloc(1, sizeof *oracle);
    if (!oracle)
        return NULL;
    oracle->world = world;
    oracle->arena = arena_open(ARENA);
    oracle->ledger = ledger_open(world);
    oracle->alarms = alarms_open(world, oracle->ledger);
    oracle->passage = passage_open(world);
    oracle->effects = effects_open(world, oracle->ledger);
    oracle->burden = burden_open(world);
    oracle->allotment = allotment_open(world, oracle->ledger);
    oracle->asked = asked_open(world);
    if (oracle->arena && oracle->ledger && oracle->alarms && oracle->passage && oracle->effects &&
        oracle->burden && oracle->allotment && oracle->asked) {
        world_watch(world, watch, oracle);
        return oracle;
    }
    oracle_close(oracle);
    return NULL;
}

void oracle_close(struct oracle *oracle)
{
    if (!oracle)
        return;
    alarms_close(oracle->alarms);
    passage_close(oracle->passage);
    effects_close(oracle->effects);
    burden_close(oracle->burden);
    allotment_close(oracle->allotment);
    asked_close(oracle->asked);
    ledger_close(oracle->ledger);
    arena_close(oracle->arena);
    free(oracle);
}

const char *oracle_look_at(struct oracle *oracle, size_t row)
{
    assert(row < INVARIANTS);
    arena_reset(oracle->arena);
    const char *wrong = invariants[row].look ? invariants[row].look(oracle) : NULL;
    if (!wrong)
        return NULL;
    snprintf(oracle->named, sizeof oracle->named, "%s: %s", invariants[row].name, wrong);
    return oracle->named;
}

const char *oracle_look(struct oracle *oracle)
{
    const char *wrong = *oracle->wrong ? oracle->wrong : NULL;
    for (size_t i = 0; i < INVARIANTS && !wrong; i++)
        wrong = oracle_look_at(oracle, i);
    return wrong;
}

/* ---- looking: NULL, or a sentence ---- */

static const char *schac(const struct oracle *oracle, size_t institution)
{
    return world_institution(oracle->world, institution);
}

static bool honest(const struct oracle *oracle, size_t one, size_t other)
{
    return !ledger_party(oracle->ledger, one)->distrusted &&
           !ledger_party(oracle->ledger, other)->distrusted;
}

static bool restored(const struct oracle *oracle, const struct ledger_record *record)
{
    return ledger_party(oracle->ledger, record->author)->restored ||
           ledger_party(oracle->ledger, record->audience)->restored;
}

static bool bound(const struct oracle *oracle, const struct ledger_record *record)
{
    return !record->lost && honest(oracle, record->author, record->audience);
}

static const char *record_missing(struct oracle *oracle, bool after_restore)
{
    const struct ledger_record *record;
    for (size_t i = 0; (record = ledger_record(oracle->ledger, i)); i++) {
        if (!bound(oracle, record) || restored(oracle, record) != after_restore)
            continue;
        if (!ledger_holds(oracle->ledger, record->author, record))
            return arena_format(oracle->arena, "%s: its author does not hold it any more%s",
                                ledger_name(oracle->ledger, record),
                                record->answered ? ", and a user was told that it is kept" : "");
        if (record->receipted && !ledger_holds(oracle->ledger, record->audience, record))
            return arena_format(oracle->arena, "%s: it was receipted, and is not held",
                                ledger_name(oracle->ledger, record));
    }
    return NULL;
}

static const char *receipted_held(struct oracle *oracle)
{
    return record_missing(oracle, false);
}

static const char *restored_whole(struct oracle *oracle)
{
    return record_missing(oracle, true);
}

/* A node that was never restored said what its users asked, each thing once, and nothing else but
 * refusals. What stands already is not said again when its turn comes. */
static const char *one_effect(struct oracle *oracle)
{
    struct ledger *ledger = oracle->ledger;
    const struct ledger_record *record;
    for (size_t own = 0; own < world_count(oracle->world); own++) {
        const struct ledger_party *party = ledger_party(ledger, own);
        struct store *store = world_store(oracle->world, own);
        struct store_ready *waiting;
        size_t unasked = 0, rows = 0;
        if (party->distrusted || party->restored)
            continue;
        for (size_t i = 0; (record = ledger_record(ledger, i)); i++)
            unasked += record->author == own && !record->answered &&
                       record->kind != PEREGRIN__KIND__KIND_REFUSAL;
        for (size_t other = 0; other < world_count(oracle->world); other++) {
            uint32_t pair = checks_pair(oracle->world, own, other, oracle->arena);
            if (other == own || !pair)
                continue;
            if (store->ready_list(store, pair, 0, SIZE_MAX, oracle->arena, &waiting, &rows))
                return "a store cannot be read";
            unasked += rows;
        }
        if (unasked > party->ready + party->unanswered)
            return arena_format(oracle->arena, "%s said something that nobody asked for, or twice",
                                schac(oracle, own));
        if (unasked + asked_again(oracle->asked, own) < party->ready)
            return arena_format(oracle->arena,
                                "%s told a user that something waits, and has it no more",
                                schac(oracle, own));
    }
    return NULL;
}

static const char *effects_whole(struct oracle *oracle)
{
    return effects_look(oracle->effects, oracle->arena);
}

static const char *queues_whole(struct oracle *oracle)
{
    return burden_look(oracle->burden, oracle->arena);
}

/* What waits for a record that both lost waits for ever, and in sight: its dossier is not whole. */
static bool waits_for_the_lost(struct oracle *oracle, struct store *store, uint32_t pair,
                               const struct store_ready *waiting)
{
    const struct scan_limits limits = {
        .bytes_max = STORE_VALUE_MAX, .depth_max = 2, .fields_max = 32};
    Peregrin__Submission *kept;
    struct store_dossier row;
    bool found = false;
    if (waiting->code || codec_unpack(&peregrin__submission__descriptor, waiting->wire, &limits,
                                      oracle->arena, (ProtobufCMessage **)&kept))
        return false;
    struct store_place place = {.pair = pair, .opened_by_partner = kept->opened_by_partner};
    memcpy(place.dossier.bytes, kept->dossier.data, HEADER_DOSSIER_SIZE);
    return !store->dossier_get(store, &place, &found, &row) && found && row.incomplete;
}

static const char *pair_pending(struct oracle *oracle, size_t own, size_t other)
{
    struct store *store = world_store(oracle->world, own);
    uint32_t pair = checks_pair(oracle->world, own, other, oracle->arena);
    struct store_outbox_row *rows;
    struct store_ready *waiting;
    size_t count;
    if (!pair)
        return NULL;
    if (store->outbox_next(store, pair, 0, true, 1, oracle->arena, &rows, &count))
        return "a store cannot be read";
    if (count)
        return arena_format(oracle->arena, "%s has a record without a receipt for %s%s",
                            schac(oracle, own), schac(oracle, other),
                            rows[0].code ? ", refused as it came" : "");
    if (store->ready_list(store, pair, 0, SIZE_MAX, oracle->arena, &waiting, &count))
        return "a store cannot be read";
    for (size_t i = 0; i < count; i++)
        if (waits_for_the_lost(oracle, store, pair, &waiting[i]))
            oracle->waits_for_ever = true;
        else if (!waiting[i].code)
            return arena_format(oracle->arena, "%s has a submission for %s that waits",
                                schac(oracle, own), schac(oracle, other));
    return NULL;
}

static const char *armed(struct oracle *oracle, size_t node)
{
    const struct engine *engine = world_engine(oracle->world, node);
    struct engine_partner partner;
    size_t own, other;
    for (size_t i = 0; engine && engine_partner(engine, i, &partner); i++)
        if (partner.guard_armed && world_find(oracle->world, partner.own, &own) &&
            world_find(oracle->world, partner.partner, &other) && honest(oracle, own, other))
            return arena_format(oracle->arena, "the guard of %s is armed against %s", partner.own,
                                partner.partner);
    return engine ? NULL : arena_format(oracle->arena, "%s is down", schac(oracle, node));
}

static const char *nothing_pending(struct oracle *oracle)
{
    size_t count = world_count(oracle->world);
    const char *wrong = NULL;
    for (size_t own = 0; own < count && !wrong; own++) {
        wrong = armed(oracle, own);
        for (size_t other = 0; other < count && !wrong; other++)
            if (other != own && honest(oracle, own, other))
                wrong = pair_pending(oracle, own, other);
    }
    return wrong;
}

static const char *views_equal(struct oracle *oracle)
{
    size_t count = world_count(oracle->world);
    const char *wrong = NULL;
    for (size_t one = 0; one < count && !wrong; one++)
        for (size_t other = one + 1; other < count && !wrong; other++)
            if (honest(oracle, one, other))
                wrong = checks_same(oracle->world, one, other, oracle->arena);
    return wrong;
}

/* Of all institutions that share its store. */
static bool house_honest(const struct oracle *oracle, size_t home)
{
    for (size_t i = 0; i < world_count(oracle->world); i++)
        if (ledger_home(oracle->ledger, i) == home && ledger_party(oracle->ledger, i)->distrusted)
            return false;
    return true;
}

static const char *dossiers_meant(struct oracle *oracle)
{
    const char *wrong = NULL;
    for (size_t node = 0; node < world_count(oracle->world) && !wrong; node++)
        if (ledger_home(oracle->ledger, node) == node && house_honest(oracle, node))
            wrong = refold_look(oracle->world, node, oracle->arena);
    return wrong;
}

static const char *signatures_hold(struct oracle *oracle)
{
    const char *wrong = NULL;
    for (size_t node = 0; node < world_count(oracle->world) && !wrong; node++) {
        if (ledger_party(oracle->ledger, node)->distrusted)
            continue;
        if (ledger_home(oracle->ledger, node) == node && house_honest(oracle, node))
            wrong = reread_store(oracle->world, node, oracle->ledger, oracle->arena);
        if (!wrong)
            wrong = checks_store(oracle->world, node, oracle->arena);
    }
    return wrong;
}

static const char *lanes_ordered(struct oracle *oracle)
{
    return sequence_ordered(oracle->world, oracle->ledger, alarms_clocks(oracle->alarms),
                            oracle->arena);
}

static const char *one_statement(struct oracle *oracle)
{
    return sequence_single(oracle->world, oracle->ledger, oracle->arena);
}

static const char *places_given(struct oracle *oracle)
{
    return allotment_given(oracle->allotment);
}

static const char *granted_stays(struct oracle *oracle)
{
    return allotment_stays(oracle->allotment, oracle->arena);
}

static const char *terms_same(struct oracle *oracle)
{
    return allotment_same(oracle->allotment, oracle->arena);
}

static const char *alarms_told(struct oracle *oracle)
{
    return alarms_look(oracle->alarms, oracle->arena);
}

const char *oracle_restless(struct oracle *oracle)
{
    bool trusted = true;
    arena_reset(oracle->arena);
    oracle->waits_for_ever = false;
    const char *why = nothing_pending(oracle);
    for (size_t i = 0; i < world_count(oracle->world); i++)
        trusted &= !ledger_party(oracle->ledger, i)->distrusted;
    bool rests = !trusted || oracle->waits_for_ever;
    return why || rests ? why : "frames are still under way";
}
