#include "io/rulebook.h"

#include "admin/findings.h"
#include "admin/journal.h"
#include "io/clock.h"
#include "io/rule_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORK_ARENA = 64 * 1024 * 1024, /* a bound; taken as it is needed */
    SLICE = 64,                    /* records that are asked about in one commit */
    LOOK_MS = 20,                  /* in a busy hour the store is not asked after each commit */
    SHARE = 9,                     /* a tenth of the time is ours */
    RETRY_MS = 5000,               /* after a fault of the store */
};

struct rulebook {
    struct arena *arena; /* of the settings */
    struct arena *work;
    struct eligible eligible;
    struct shell *shell;
    bool refused;
    struct reason why;
    int64_t seen;    /* the newest event when all was asked */
    int64_t look_ms; /* steady: not before */
};

enum fault rulebook_open(const struct config *config, struct rulebook **out, struct reason *reason)
{
    struct rulebook *rulebook = calloc(1, sizeof *rulebook);
    *out = NULL;
    if (!rulebook)
        return reason_give(reason, FAULT_MEMORY, "no memory for the rules");
    rulebook->arena = arena_open(RULE_FILE_ARENA);
    rulebook->work = arena_open(WORK_ARENA);
    rulebook->eligible.stays = stays_open(); /* without they are not added up, and that is said */
    enum fault fault =
        rule_file_read(config, rulebook->arena, &rulebook->eligible.settings, reason);
    if (!fault && !rulebook->work)
        fault = reason_give(reason, FAULT_MEMORY, "no memory for the rules");
    if (fault)
        rulebook_close(rulebook);
    else
        *out = rulebook;
    return fault;
}

void rulebook_close(struct rulebook *rulebook)
{
    if (!rulebook)
        return;
    stays_close(rulebook->eligible.stays);
    arena_close(rulebook->arena);
    arena_close(rulebook->work);
    free(rulebook);
}

const struct eligible *rulebook_eligible(const struct rulebook *rulebook)
{
    return &rulebook->eligible;
}

/* ---- with the node -----------------------------------------------------------------------------
 */

static bool look_begins(void *self, const char *from, const struct digest *id)
{
    const struct rulebook *rulebook = self;
    const struct engine *engine = shell_engine(rulebook->shell);
    return !engine || engine_at_hand(engine, from, id);
}

static void look_ends(void *self)
{
    const struct rulebook *rulebook = self;
    const struct engine *engine = shell_engine(rulebook->shell);
    if (engine)
        engine_unhand(engine);
}

enum fault rulebook_start(struct rulebook *rulebook, struct shell *shell)
{
    struct store *store = shell_store(shell);
    rulebook->shell = shell;
    rulebook->eligible.look = (struct look) {rulebook, look_begins, look_ends};
    arena_reset(rulebook->work);
    TRY(store->begin(store));
    enum fault fault = findings_begin(store, rulebook->work, &rulebook->seen);
    if (fault)
        store->rollback(store);
    return fault ? fault : store->commit(store);
}

void rulebook_stop(struct rulebook *rulebook)
{
    struct store *store = shell_store(rulebook->shell);
    if (store->begin(store))
        return;
    if (findings_followed(store, rulebook->seen))
        store->rollback(store);
    else
        (void)!store->commit(store); /* else they are gone through again */
}
/* ---- SIGHUP ------------------------------------------------------------------------------------
 */

/* Who changed what: the rules that count from now on are no user's doing, but a file's. */
static enum fault entry_add(struct rulebook *rulebook)
{
    struct store *store = shell_store(rulebook->shell);
    Peregrin__Entry entry = PEREGRIN__ENTRY__INIT;
    entry.has_at = entry.has_status = true;
    entry.at = instant_seconds(clock_now());
    entry.user = (char *)"";
    entry.way = (char *)"signal";
    entry.method = (char *)"SIGHUP";
    entry.route = (char *)"rules";
    entry.code = (char *)(rulebook->refused ? "refused" : "done");
    entry.status = rulebook->refused ? 422 : 200;
    arena_reset(rulebook->work);
    TRY(store->begin(store));
    enum fault fault = journal_add(store, &entry, rulebook->work);
    if (fault)
        store->rollback(store);
    return fault ? fault : store->commit(store);
}

static bool same_edition(struct rulebook *rulebook, const struct dated *fresh)
{
    return digest_equal(dated_edition(rulebook->eligible.settings), dated_edition(fresh));
}

void rulebook_reload(struct rulebook *rulebook, const struct config *config, struct log *log)
{
    struct arena *arena = arena_open(RULE_FILE_ARENA);
    const struct dated *fresh = NULL;
    bool before = rulebook->refused;
    rulebook->refused = rule_file_read(config, arena, &fresh, &rulebook->why) != FAULT_NONE;
    bool same = !rulebook->refused && same_edition(rulebook, fresh);
    if (rulebook->refused) {
        arena_close(arena);
        log_say(log, clock_now(), TRACE_ALARM, "the rules stay as they were: %s",
                rulebook->why.text);
    } else {
        arena_close(rulebook->arena);
        rulebook->arena = arena;
        rulebook->eligible.settings = fresh;
    }
    if (same && !before)
        return;
    if (!rulebook->refused)
        log_say(log, clock_now(), TRACE_NOTE, "the rules of %s count from now on",
                config_given(config->rules) ? config->rules : "the programme");
    if (entry_add(rulebook))
        log_say(log, clock_now(), TRACE_ALARM, "the journal could not tell of the rules");
}

const char *rulebook_refused(const struct rulebook *rulebook)
{
    return rulebook->refused ? rulebook->why.text : NULL;
}

/* ---- what partners have sent -------------------------------------------------------------------
 */

static enum fault settle(struct rulebook *rulebook, bool *more)
{
    struct store *store = shell_store(rulebook->shell);
    const struct catalogue *catalogue = shell_membership(rulebook->shell)->catalogue;
    const struct findings_case subject = {&rulebook->eligible, store, catalogue, clock_now()};
    TRY(store->begin(store));
    enum fault fault = findings_settle(&subject, SLICE, rulebook->work, more);
    if (fault)
        store->rollback(store);
    return fault ? fault : store->commit(store);
}

int64_t rulebook_turn(struct rulebook *rulebook)
{
    struct store *store = shell_store(rulebook->shell);
    int64_t now = clock_steady_ms(), oldest, newest;
    bool more = false;
    assert(!store->inside(store));
    if (now < rulebook->look_ms)
        return rulebook->look_ms - now;
    if (store->event_bounds(store, &oldest, &newest))
        return RETRY_MS;
    if (newest == rulebook->seen)
        return -1;
    arena_reset(rulebook->work);
    enum fault fault = settle(rulebook, &more);
    int64_t spent = clock_steady_ms() - now;
    rulebook->look_ms = now + spent + (spent * SHARE > LOOK_MS ? spent * SHARE : LOOK_MS);
    if (fault)
        rulebook->look_ms = now + RETRY_MS;
    else if (!more)
        rulebook->seen = newest;
    return rulebook->look_ms - now;
}
