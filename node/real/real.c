#include "real/real.h"

#include "real/real_api.h"
#include "real/real_clerk.h"
#include "real/real_time.h"
#include "real/relay.h"

#include <assert.h>
#include <errno.h>
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
};

static const char copy_name[] = "copy", first_name[] = "first";
static const uint64_t copies_stream = 0x636F70696573;

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
    size_t victim;   /* of whom there is a copy; SIZE_MAX: of nobody */
};

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

/* The comparison of what was asked since the last one; of everything, at the end. */
static bool compare(struct session *session, bool everything)
{
    struct real_reckoning now;
    size_t first = everything ? 0 : session->compared;
    if (!real_reckon_all(&session->federation, session->ledger, first, everything, &now))
        return false;
    session->result->reckoning = now;
    session->compared = real_ledger_count(session->ledger);
    return true;
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

/* The one that was copied at the last quiet point goes back to it, and another one is copied: only
 * one side of any pair is ever restored, and everything it forgets had its receipt. */
static bool restore(struct session *session)
{
    struct real_havoc *havoc = &session->havoc;
    size_t count = session->federation.count, before = session->victim;
    size_t next = (size_t)real_dice_between(&session->dice, 0, count - 1);
    if (next == before)
        next = (next + 1) % count;
    if (!real_havoc_while_down(havoc, next, real_node_copy, copy_name))
        return impossible(session, "a data directory cannot be copied");
    session->victim = next;
    if (before == SIZE_MAX)
        return true;
    session->result->restores++;
    havoc->counts[REAL_FAULT_RESTORE]++;
    if (!real_havoc_while_down(havoc, before, real_node_put_back, copy_name))
        return impossible(session, "a data directory cannot be put back");
    return true;
}

/* The damage that the oracle must find: both sides of a pair forget, or a student is there twice.
 */
static bool damage(struct session *session)
{
    enum real_prove prove = session->settings->prove;
    for (size_t i = 0; i < 2 && prove == REAL_PROVE_LOST; i++) {
        real_process_kill(&session->federation.nodes[i].process);
        if (!real_node_put_back(&session->federation.nodes[i], first_name))
            return impossible(session, "a data directory cannot be put back");
    }
    if (prove == REAL_PROVE_DOUBLED &&
        !real_clerk_double(&session->federation, real_ledger_matter(session->ledger, 0)))
        return impossible(session, "a student cannot be nominated twice");
    if (prove != REAL_PROVE_NOTHING)
        heal(session);
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
    session->clerks = real_clerk_open(federation, session->ledger);
    if (!session->clerks)
        return impossible(session, "the machine gives no threads");
    return answer_all(session);
}

static bool play(struct session *session)
{
    struct real_result *result = session->result;
    bool restores = real_fault_in(result->faults, REAL_FAULT_RESTORE);
    session->began_ms = session->said_ms = real_time_ms();
    do {
        if (restores && session->result->rounds && !restore(session))
            return false;
        chaos(session);
        heal(session);
        if (!stopped(session) && !compare(session, false))
            return impossible(session, "a node does not answer the oracle");
    } while (!session_over(session) && !stopped(session) &&
             !real_reckon_wrongs(&result->reckoning) && !result->unsettled);
    if (stopped(session))
        return true;
    if (!damage(session))
        return false;
    result->compared = compare(session, true);
    for (size_t i = 0; i < session->federation.count && result->compared; i++) {
        result->audits++;
        result->audits_failed +=
            real_federation_audit(&session->federation, &session->federation.nodes[i]) != 0;
    }
    return result->compared || impossible(session, "a node does not answer the oracle");
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
    *session = (struct session) {.settings = settings,
                                 .result = result,
                                 .dice = {settings->seed, copies_stream, 0},
                                 .victim = SIZE_MAX};
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
           result->fallen || result->ledger.contradictions;
}
