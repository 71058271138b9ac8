#include "real/real.h"

#include "real/real_api.h"
#include "real/real_clerk.h"
#include "real/real_time.h"
#include "real/relay.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SETTLE_MS = 120000, /* the bound within which all must be quiet after healing */
    ROUND_MS_LEAST = 3000,
    ROUND_MS_MOST = 40000,
    ROUNDS_SHORT = 4, /* of a short session */
    TURN_MS = 2,
    LOOK_MS = 25,
    SAY_MS = 5000,
    MATTERS_FIRST = 12,
    MATTERS_OF_KILL = 3,
    MATTERS_OF_SECOND = 6,
    UNSENT = 4,
    BOTH_PERMILLE = 300,
    UNSENT_PERMILLE = 300,
};

static const char copy_name[] = "copy", first_name[] = "first";
static const uint64_t copies_stream = 0x636F70696573;

static const char *const proves[REAL_PROVE_COUNT] = {
    [REAL_PROVE_LOST] = "lost",
    [REAL_PROVE_DOUBLED] = "doubled",
    [REAL_PROVE_ALTERED] = "altered",
    [REAL_PROVE_SILENT] = "silent",
};

struct session {
    const struct real_settings *settings;
    struct real_result *result;
    struct real_federation federation;
    struct real_ledger *ledger;
    struct relay *relay;
    struct real_clerks *clerks;
    struct real_havoc havoc;
    struct real_dice dice;
    int64_t began_ms, said_ms;
    size_t compared; /* matters before this one were compared */
    size_t copied;   /* there are copies from before this matter */
    bool has_copy[REAL_FEDERATION_MOST];
};

const char *real_prove_name(enum real_prove prove)
{
    return prove < REAL_PROVE_COUNT ? proves[prove] : NULL;
}

static bool stopped(const struct session *session)
{
    return *session->settings->stop;
}

static bool impossible(struct session *session, const char *why)
{
    snprintf(session->result->why, sizeof session->result->why, "%s", why);
    return false;
}

static void say(struct session *session, const char *doing)
{
    char text[256];
    int64_t now = real_time_ms();
    if (!session->settings->progress || now < session->said_ms + SAY_MS)
        return;
    session->said_ms = now;
    struct real_ledger_sums sums = real_ledger_sums(session->ledger);
    snprintf(text, sizeof text, "%4lld s  round %llu, %s: %llu kills, %llu acknowledged, %llu open",
             (long long)(now - session->began_ms) / 1000,
             (unsigned long long)session->result->rounds + 1, doing,
             (unsigned long long)session->havoc.kills, (unsigned long long)sums.acknowledged,
             (unsigned long long)sums.open);
    session->settings->progress(session->settings->self, text);
}

/* ---- chaos ---- */

static bool session_over(const struct session *session)
{
    const struct real_settings *settings = session->settings;
    int64_t spent = real_time_ms() - session->began_ms;
    return (settings->kills && session->havoc.kills >= settings->kills) ||
           (settings->seconds && spent >= (int64_t)settings->seconds * 1000);
}

static int64_t round_ms(const struct real_settings *settings)
{
    int64_t whole = settings->seconds ? (int64_t)settings->seconds * 1000 : ROUND_MS_MOST;
    int64_t part = settings->seconds ? whole / ROUNDS_SHORT : whole;
    return part < ROUND_MS_LEAST ? ROUND_MS_LEAST : part > ROUND_MS_MOST ? ROUND_MS_MOST : part;
}

/* Counted by the rounds in which some were lost. */
static void packets(struct session *session, bool lost)
{
    if (!real_fault_in(session->result->faults, REAL_FAULT_PACKETS))
        return;
    real_means_packets(&session->result->means, lost);
    session->havoc.counts[REAL_FAULT_PACKETS] += lost;
}

static void chaos(struct session *session)
{
    int64_t began = real_time_ms(), end = began + round_ms(session->settings);
    size_t before = real_ledger_count(session->ledger);
    uint64_t kills = session->havoc.kills;
    relay_set(session->relay, session->result->faults);
    packets(session, true);
    real_clerk_rest(session->clerks, false);
    while (real_time_ms() < end && !session_over(session) && !stopped(session)) {
        uint64_t seconds = (uint64_t)(real_time_ms() - began) / 1000;
        real_ledger_allow(session->ledger, before + MATTERS_FIRST +
                                               MATTERS_OF_KILL * (session->havoc.kills - kills) +
                                               MATTERS_OF_SECOND * seconds);
        real_havoc_turn(&session->havoc);
        say(session, "chaos");
        real_time_pause(TURN_MS);
    }
    session->result->chaos_ms += (uint64_t)(real_time_ms() - began);
}

/* ---- healing ---- */

static bool node_quiet(const struct real_node *node)
{
    json_t *status = real_api_get(node->socket, "/api/v1/status");
    const json_t *totals = json_object_get(status, "totals");
    const json_t *partners = json_object_get(status, "partners");
    bool quiet = totals && real_api_number(totals, "outbox") == 0 &&
                 real_api_number(totals, "ready") == 0 && json_is_array(partners);
    for (size_t i = 0; quiet && i < json_array_size(partners); i++)
        quiet = strcmp(real_api_text(json_array_get(partners, i), "guard"), "lifted") == 0;
    json_decref(status);
    return quiet;
}

static bool all_quiet(struct session *session)
{
    if (real_ledger_sums(session->ledger).open)
        return false;
    for (size_t i = 0; i < session->federation.count; i++)
        if (!node_quiet(&session->federation.nodes[i]))
            return false;
    return true;
}

static void say_unsettled(struct session *session)
{
    char *why = session->result->why;
    const size_t size = sizeof session->result->why;
    session->result->unsettled++;
    for (size_t i = 0; i < real_ledger_count(session->ledger) && !*why; i++) {
        const struct real_matter *matter = real_ledger_matter(session->ledger, i);
        if (*matter->refused)
            snprintf(why, size, "dossier %s (number %u, %s to %s) has no answer: %s",
                     *matter->dossier ? matter->dossier : "without a name", matter->number,
                     session->federation.nodes[matter->author].schac,
                     session->federation.nodes[matter->partner].schac, matter->refused);
    }
    for (size_t i = 0; i < session->federation.count && !*why; i++)
        if (!node_quiet(&session->federation.nodes[i]))
            snprintf(why, size, "%s is not quiet %d s after all was healed",
                     session->federation.nodes[i].schac, SETTLE_MS / 1000);
}

/* The comparison of what was asked since the last one; of everything, at the end. False: a node is
 * silent, which is a find. */
static bool compare(struct session *session, bool everything)
{
    struct real_reckoning now;
    size_t first = everything ? 0 : session->compared;
    const struct real_node *silent =
        real_reckon_all(&session->federation, session->ledger, first, everything, &now);
    if (!silent) {
        session->result->reckoning = now;
        session->compared = real_ledger_count(session->ledger);
        return true;
    }
    session->result->silent++;
    if (!*session->result->why)
        snprintf(session->result->why, sizeof session->result->why,
                 "%s does not answer the oracle after all was healed: see its log", silent->schac);
    return false;
}

/* All faults off, until nothing is open any more. */
static void heal(struct session *session)
{
    int64_t began = real_time_ms();
    bool quiet = false;
    relay_set(session->relay, 0);
    packets(session, false);
    real_havoc_heal(&session->havoc);
    while (!quiet && real_time_ms() < began + SETTLE_MS && !stopped(session)) {
        real_havoc_watch(&session->havoc);
        say(session, "healing");
        quiet = all_quiet(session);
        if (!quiet)
            real_time_pause(LOOK_MS);
    }
    uint64_t spent = (uint64_t)(real_time_ms() - began);
    real_clerk_rest(session->clerks, true);
    if (!quiet && !stopped(session))
        say_unsettled(session);
    session->result->rounds++;
    session->result->heal_ms_sum += spent;
    if (spent > session->result->heal_ms_worst)
        session->result->heal_ms_worst = spent;
}

/* ---- old copies ---- */

/* All of them are down before the first is up again: one would heal the other. */
static bool put_back(struct session *session, const bool victims[static REAL_FEDERATION_MOST])
{
    struct real_federation *federation = &session->federation;
    bool good = true;
    for (size_t i = 0; i < federation->count; i++)
        if (victims[i])
            real_havoc_down(&session->havoc, i);
    for (size_t i = 0; i < federation->count; i++)
        if (victims[i]) {
            good = real_node_put_back(&federation->nodes[i], copy_name) && good;
            session->result->restores++;
        }
    for (size_t i = 0; i < federation->count; i++)
        if (!federation->nodes[i].process.pid)
            good = real_havoc_up(&session->havoc, i) && good;
    return good;
}

/* What two that go back at once had between them since their copies is nowhere else. */
static void excuse_both(struct session *session, const bool victims[static REAL_FEDERATION_MOST],
                        size_t since)
{
    for (size_t i = since; i < real_ledger_count(session->ledger); i++) {
        const struct real_matter *matter = real_ledger_matter(session->ledger, i);
        if (matter->excuse == REAL_EXCUSE_NONE && victims[matter->author] &&
            victims[matter->partner])
            real_ledger_excuse(session->ledger, i, REAL_EXCUSE_BOTH);
    }
}

/* What it acknowledges while all others are away can have reached nobody. */
static void leave_unsent(struct session *session, size_t victim)
{
    for (size_t i = 0; i < session->federation.count; i++)
        if (i != victim)
            real_havoc_down(&session->havoc, i);
    session->havoc.counts[REAL_FAULT_UNSENT] +=
        real_clerk_unsent(session->clerks, victim, UNSENT) > 0;
}

/* Of those that have a copy one, or two where there are so many. */
static size_t draw_victims(struct session *session, bool both,
                           bool victims[static REAL_FEDERATION_MOST])
{
    size_t count = session->federation.count, found = 0;
    size_t from = (size_t)real_dice_between(&session->dice, 0, count - 1);
    for (size_t i = 0; i < count && found < 1U + both; i++) {
        size_t at = (from + i) % count;
        victims[at] = session->has_copy[at];
        found += victims[at];
    }
    return found;
}

/* Two that do not go back now, where there are so many. */
static bool copy_others(struct session *session, const bool victims[static REAL_FEDERATION_MOST])
{
    size_t count = session->federation.count, found = 0;
    size_t from = (size_t)real_dice_between(&session->dice, 0, count - 1);
    session->copied = real_ledger_count(session->ledger);
    memset(session->has_copy, 0, sizeof session->has_copy);
    for (size_t i = 0; i < count && found < 2; i++) {
        size_t at = (from + i) % count;
        if (victims[at])
            continue;
        real_havoc_down(&session->havoc, at);
        bool copied = real_node_copy(&session->federation.nodes[at], copy_name);
        if (!real_havoc_up(&session->havoc, at) || !copied)
            return impossible(session, "a data directory cannot be copied");
        session->has_copy[at] = true;
        found++;
    }
    return true;
}

/* At a quiet point one goes back to a copy of an earlier one, or two do at once, and others are
 * copied. What one forgets its partners have, with receipts: but for what had no way to them. */
static bool restore(struct session *session)
{
    const uint32_t set = session->result->faults;
    bool victims[REAL_FEDERATION_MOST] = {0};
    bool both =
        real_fault_in(set, REAL_FAULT_BOTH) && (!real_fault_in(set, REAL_FAULT_RESTORE) ||
                                                real_dice_permille(&session->dice, BOTH_PERMILLE));
    bool unsent = real_fault_in(set, REAL_FAULT_UNSENT) &&
                  real_dice_permille(&session->dice, UNSENT_PERMILLE);
    size_t since = session->copied, count = draw_victims(session, both, victims);
    if (!copy_others(session, victims))
        return false;
    if (count == 0)
        return true;
    if (count == 2)
        excuse_both(session, victims, since);
    for (size_t i = 0; i < session->federation.count && unsent && count == 1; i++)
        if (victims[i])
            leave_unsent(session, i);
    session->havoc.counts[count == 2 ? REAL_FAULT_BOTH : REAL_FAULT_RESTORE]++;
    return put_back(session, victims) || impossible(session, "a data directory is not put back");
}

/* Harm to two stores, to a list, or to a process; what is altered was so from the beginning. */
static bool damage(struct session *session)
{
    enum real_prove prove = session->settings->prove;
    for (size_t i = 0; i < 2 && prove == REAL_PROVE_LOST; i++) {
        real_process_kill(&session->federation.nodes[i].process);
        if (!real_node_put_back(&session->federation.nodes[i], first_name))
            return impossible(session, "a data directory cannot be put back");
    }
    if (prove == REAL_PROVE_DOUBLED &&
        !real_clerk_double(session->clerks, real_ledger_matter(session->ledger, 0)))
        return impossible(session, "a student cannot be nominated twice");
    if (prove == REAL_PROVE_LOST || prove == REAL_PROVE_DOUBLED)
        heal(session);
    if (prove == REAL_PROVE_SILENT)
        real_process_signal(&session->federation.nodes[0].process, SIGSTOP);
    return true;
}

/* ---- the whole ---- */

static bool answer_all(struct session *session)
{
    int64_t end = real_time_ms() + SETTLE_MS;
    for (size_t i = 0; i < session->federation.count; i++) {
        json_t *status = NULL;
        while (!(status = real_api_get(session->federation.nodes[i].socket, "/api/v1/status"))) {
            if (real_time_ms() > end || stopped(session) ||
                real_process_ended(&session->federation.nodes[i].process)) {
                snprintf(session->result->why, sizeof session->result->why,
                         "%s does not start: see its log", session->federation.nodes[i].schac);
                return false;
            }
            real_time_pause(TURN_MS);
        }
        json_decref(status);
    }
    return true;
}

static bool open_all(struct session *session)
{
    const struct real_settings *settings = session->settings;
    struct real_federation *federation = &session->federation;
    struct relay_place places[REAL_FEDERATION_MOST];
    char path[REAL_NODE_PATH];
    if (!real_federation_make(federation, &session->result->means, settings->nodes))
        return impossible(session, federation->why);
    for (size_t i = 0; i < federation->count; i++) {
        places[i] =
            (struct relay_place) {federation->nodes[i].endpoint, federation->nodes[i].listen};
        if (settings->prove == REAL_PROVE_LOST &&
            !real_node_copy(&federation->nodes[i], first_name))
            return impossible(session, "a data directory cannot be copied");
    }
    snprintf(path, sizeof path, "%s/acknowledged", federation->folder);
    session->ledger = real_ledger_open(path, settings->seed, federation->count);
    session->relay = relay_open(settings->seed, places, federation->count);
    if (!session->ledger || !session->relay)
        return impossible(session, session->ledger ? "the relay's ports are taken"
                                                   : "the file of acknowledgements cannot be made");
    if (!real_havoc_begin(&session->havoc, federation, session->result->faults, settings->seed))
        return impossible(session, "a node cannot be started");
    session->clerks =
        real_clerk_open(federation, session->ledger, settings->prove == REAL_PROVE_ALTERED);
    if (!session->clerks)
        return impossible(session, "the machine gives no threads");
    return answer_all(session);
}

static bool play(struct session *session)
{
    struct real_result *result = session->result;
    static const uint32_t backs =
        1U << REAL_FAULT_RESTORE | 1U << REAL_FAULT_BOTH | 1U << REAL_FAULT_UNSENT;
    bool restores = result->faults & backs;
    session->began_ms = session->said_ms = real_time_ms();
    do {
        if (restores && session->result->rounds && !restore(session))
            return false;
        chaos(session);
        heal(session);
        if (!stopped(session))
            (void)compare(session, false);
    } while (!session_over(session) && !stopped(session) && !real_failed(result));
    if (stopped(session) || result->silent)
        return true;
    if (!damage(session))
        return false;
    result->compared = compare(session, true);
    for (size_t i = 0; i < session->federation.count && result->compared; i++) {
        result->audits++;
        result->audits_failed +=
            real_federation_audit(&session->federation, &session->federation.nodes[i]) != 0;
    }
    return true;
}

static void sum_up(struct session *session)
{
    struct real_result *result = session->result;
    const struct real_havoc *havoc = &session->havoc;
    memcpy(result->counts, havoc->counts, sizeof result->counts);
    memcpy(result->points, havoc->points, sizeof result->points);
    for (enum real_fault fault = 0; session->relay && fault < REAL_FAULT_RELAY_COUNT; fault++)
        result->counts[fault] = relay_count(session->relay, fault);
    result->frames = session->relay ? relay_frames(session->relay) : 0;
    result->kills = havoc->kills;
    result->starts = havoc->starts;
    result->ended = havoc->ended;
    result->fallen = havoc->fallen;
    if (havoc->fallen && !*result->why)
        snprintf(result->why, sizeof result->why, "%s", havoc->text);
    if (session->ledger)
        result->ledger = real_ledger_sums(session->ledger);
    if (result->ledger.contradictions && !*result->why)
        snprintf(result->why, sizeof result->why,
                 "dossier %s: what was asked twice under one key got two answers",
                 result->ledger.contradiction);
    if (result->audits_failed && !*result->why)
        snprintf(result->why, sizeof result->why,
                 "`peregrin audit verify` finds something: see `audits`");
    result->all_ms = session->began_ms ? (uint64_t)(real_time_ms() - session->began_ms) : 0;
}

bool real_run(const struct real_settings *settings, bool keep, struct real_result *result)
{
    struct session *session = calloc(1, sizeof *session);
    if (!session) {
        snprintf(result->why, sizeof result->why, "there is no memory");
        return false;
    }
    *session = (struct session) {
        .settings = settings, .result = result, .dice = {settings->seed, copies_stream, 0}};
    *result = (struct real_result) {0};
    real_means_find(&result->means, settings->faults);
    result->faults = real_means_faults(&result->means, settings->faults);
    if (settings->found)
        settings->found(settings->self, &result->means);
    snprintf(session->federation.programs, sizeof session->federation.programs, "%s",
             settings->programs);
    snprintf(session->federation.daemon, sizeof session->federation.daemon, "%s", settings->daemon);
    bool good = open_all(session) && play(session);
    sum_up(session);
    result->kept =
        *session->federation.folder && (keep || real_failed(result) || (!good && !*settings->stop));
    snprintf(result->folder, sizeof result->folder, "%s", session->federation.folder);
    real_clerk_close(session->clerks);
    real_federation_end(&session->federation, result->kept);
    relay_close(session->relay);
    real_ledger_close(session->ledger);
    free(session);
    return good;
}

bool real_failed(const struct real_result *result)
{
    return real_reckon_wrongs(&result->reckoning) || result->audits_failed || result->unsettled ||
           result->silent || result->fallen || result->ledger.contradictions;
}
