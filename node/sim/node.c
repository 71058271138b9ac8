#include "sim/node.h"

#include "base/broken.h"
#include "catalogue.pb-c.h"
#include "seal/key.h"
#include "sim/chance.h"
#include "store/store_memory.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_DOUBLINGS = 6 };

/* As long as the daemon's, and for what the daemon leaves to its supervisor as long as that waits
 * (scripts/deb/peregrind.service). */
static const int64_t PAUSE = 100000, PAUSE_MAX = 5000000, RESTART = 2000000;
static const int64_t NAP = 1000; /* microseconds: who asks to be woken at once is woken then */

static void dice(struct node *node, const char *label, uint8_t *out, size_t size)
{
    entropy_expand(node->dice.seed, label, node->dice.count++, out, size);
}

/* Two for each group: drawn as the network's are, not digested. */
static void event_dice(struct node *node, uint8_t out[static EVENT_ENTROPY_SIZE])
{
    uint64_t number = node->dice.count++;
    for (size_t i = 0; i < EVENT_ENTROPY_SIZE; i += 8)
        bytes_write_u64le(out + i, chance_draw(node->dice.events, i, number));
}

static struct instant node_clock(const struct node *node, int64_t now)
{
    return (struct instant) {drift_shows(&node->clock, now)};
}

/* ---- coming and going ---- */

/* The node holds the signing key of this institution too. */
static bool signs_for(struct node *node, const struct ceremony_keys *keys)
{
    return node_signs_also(node, keys->sign_public, keys->sign_secret);
}

bool node_signs_also(struct node *node, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                     const uint8_t *secret)
{
    if (node->suite_keys.count == NODE_INSTITUTIONS_MAX)
        return false;
    struct suite_key *sign = &node->signs[node->suite_keys.count++];
    digest_of(DIGEST_KEY, (struct bytes) {public_key, SEAL_PUBLIC_SIZE}, &sign->key);
    sign->secret = secret;
    node->suite_keys.keys = node->signs;
    return true;
}

bool node_dials_also(struct node *node, const uint8_t seed[static SEAL_SEED_SIZE],
                     uint8_t public_key[static SEAL_PUBLIC_SIZE])
{
    if (node->transport_count == NODE_TRANSPORTS_MAX)
        return false;
    struct key *key = &node->transports[node->transport_count++];
    key->kind = KEY_TRANSPORT;
    memcpy(key->seed, seed, sizeof key->seed);
    return agree_of(node_suite(node).agree)->public_of(key->seed, public_key);
}

static const struct agree *agree_for(const struct node_birth *birth)
{
    return birth->model ? &model_agree : NULL;
}

bool node_make(struct node *node, const struct node_birth *birth)
{
    uint64_t mark = chance_mark(birth->institution);
    *node = (struct node) {.number = birth->number,
                           .host = node,
                           .wake = INT64_MAX,
                           .models = birth->model,
                           .scratch = birth->scratch,
                           .parse = birth->parse};
    snprintf(node->id, sizeof node->id, "node.%s", birth->institution);
    entropy_expand(birth->seed, "node", mark, node->dice.seed, sizeof node->dice.seed);
    node->dice.events = chance_key(node->dice.seed, "event");
    entropy_expand(birth->seed, "model", 0, node->model.secret, sizeof node->model.secret);
    node->model.keys = &node->suite_keys;
    ceremony_keys_make(birth->seed, birth->institution, node->id, agree_for(birth), &node->keys);
    bool housed = housing_open(&node->home, birth->on_disk);
    node->store = node->home.store;
    return housed && signs_for(node, &node->keys);
}

bool node_lodge(struct node *node, const struct node_birth *birth, struct node *host)
{
    *node = (struct node) {.number = birth->number, .host = host, .wake = INT64_MAX};
    ceremony_keys_make(birth->seed, birth->institution, host->id, agree_for(birth), &node->keys);
    node->keys.lodges = true;
    return signs_for(host, &node->keys);
}

struct suite node_suite(struct node *node)
{
    return node->models ? model_suite(&node->model) : suite_over(&node->suite_keys);
}

void node_free(struct node *node)
{
    engine_close(node->engine);
    housing_close(&node->home);
    vault_close(&node->vault);
    view_close(node->view);
    free(node->deals);
}

bool node_deals_with(struct node *node, const char *const *ids, size_t count)
{
    free(node->deals);
    node->deals = calloc(count, sizeof(const char *));
    node->deal_count = node->deals ? count : 0;
    if (node->deals)
        memcpy(node->deals, ids, count * sizeof(const char *));
    return node->deals;
}

/* NULL when memory is refused. */
static const struct catalogue *catalogue_seen(struct node *node)
{
    view_close(node->view);
    node->view = NULL;
    if (!node->deal_count)
        return node->catalogue;
    node->view = view_open(node->catalogue, node->deals, node->deal_count);
    return node->view ? view_catalogue(node->view) : NULL;
}

/* The one that the catalogue names, as a daemon with several picks it; the first, if none. */
static const struct key *transport_of(struct node *node, struct instant now)
{
    const struct agree *agree = agree_of(node_suite(node).agree);
    const struct catalogue_node *entry = catalogue_node(node->catalogue, node->id);
    const struct catalogue_key *named =
        entry ? catalogue_key_current(entry->keys, entry->key_count, now) : NULL;
    for (size_t i = 0; named && i < node->transport_count; i++) {
        uint8_t public_key[AGREE_SIZE];
        if (agree->public_of(node->transports[i].seed, public_key) &&
            memcmp(public_key, named->public_key, sizeof public_key) == 0)
            return &node->transports[i];
    }
    return &node->keys.transport;
}

bool node_start(struct node *node, int64_t now)
{
    const char *why;
    assert(!node->engine);
    if (!node->housed && housing_again(&node->home))
        node->store = node->home.store;
    struct engine_settings settings = {
        .node = node->id,
        .transport_secret = transport_of(node, node_clock(node, now))->seed,
        .suite = node_suite(node),
        .store = node->store,
        .scratch = node->scratch,
        .parse = node->parse,
        .catalogue = catalogue_seen(node),
        .now = node_clock(node, now),
        .idle_us = node->idle_us,
    };
    dice(node, "run", settings.run_id, sizeof settings.run_id);
    dice(node, "run", settings.entropy, sizeof settings.entropy);
    node->process++;
    node->wake = now;
    node->recovers = 0;
    return node->store && settings.catalogue && !engine_open(&settings, &node->engine, &why);
}

static void process_end(struct node *node)
{
    engine_close(node->engine);
    node->engine = NULL;
    node->falls_at = NULL;
    node->falls_in = 0;
    node->recovers = 0;
}

void node_stop(struct node *node)
{
    process_end(node);
    if (node->housed)
        return;
    housing_die(&node->home);
    node->store = node->home.store;
}

void node_cut(struct node *node, uint64_t dice)
{
    process_end(node);
    if (node->housed)
        return;
    housing_cut(&node->home, dice);
    node->store = node->home.store;
}

void node_moves(struct node *node, struct housing home)
{
    assert(!node->engine && !node->housed);
    housing_close(&node->home);
    node->home = home;
    node->store = home.store;
}

/* ---- groups ---- */

uint64_t node_refused(const struct node *node)
{
    const struct engine_tally *tally = engine_tally(node->engine);
    uint64_t refused = 0;
    for (size_t i = 0; i < VERDICT_COUNT; i++)
        refused += tally->frames_refused[i];
    return refused;
}

static bool in_memory(const struct node *node)
{
    return node->store && !node->housed && !node->home.disk;
}

struct world_work node_work(const struct node *node)
{
    return (struct world_work) {
        .writes = in_memory(node) ? store_memory_writes(node->store) : 0,
        .verified = node->model.verified,
        .memory = engine_memory(node->engine),
    };
}

bool node_holds(const struct node *node, struct digest *out)
{
    if (in_memory(node))
        store_memory_digest(node->store, out);
    return in_memory(node);
}

void node_group_begin(struct node_group *group, struct node *node, struct arena *arena, int64_t now)
{
    assert(node->engine);
    arena_reset(arena);
    *group = (struct node_group) {
        .node = node, .now = now, .outcome = {.arena = arena, .trace.arena = arena}};
    group->fault = node->store->begin(node->store);
}

void node_group_step(struct node_group *group, struct event *event, const char *what)
{
    struct node *node = group->node;
    if (group->fault)
        return;
    event_dice(node, event->entropy);
    event->now = node_clock(node, group->now);
    group->fault = engine_step(node->engine, event, &group->outcome);
    group->falls |= node->falls_at && strcmp(node->falls_at, what) == 0;
}

/* What the daemon ends at: its supervisor starts it again. */
static bool ends_daemon(enum fault fault)
{
    static const bool at_once[FAULT_COUNT] = {
        [FAULT_FLUSH] = true,
        [FAULT_MOVED] = true,
        [FAULT_CORRUPT] = true,
        [FAULT_NEWER] = true,
    };
    return at_once[fault];
}

/* As the daemon pauses, longer after each fault in a row. */
static void pause_on(struct node *node, enum fault fault, int64_t now)
{
    int64_t pause = PAUSE << (node->faults < PAUSE_DOUBLINGS ? node->faults : PAUSE_DOUBLINGS);
    if (pause > PAUSE_MAX)
        pause = PAUSE_MAX;
    if (ends_daemon(fault) && pause < RESTART)
        pause = RESTART;
    node->faults++;
    node->recovers = now + pause;
}

bool node_recover(struct node *node, int64_t now)
{
    assert(!node->engine && node->recovers);
    if (node_start(node, now))
        return true;
    node_stop(node);
    pause_on(node, FAULT_NONE, now);
    return false;
}

/* What the promise of the engine says of faults: nothing goes, and it is opened again. */
static void failed(struct node_group *group, const struct node_outlet *outlet)
{
    struct node *node = group->node;
    struct trace_sentence sentence = {TRACE_ALARM, fault_text(group->fault)->sentence, NULL};
    if (node->store->inside(node->store))
        node->store->rollback(node->store);
    outlet->sentence(outlet->self, node->number, &sentence);
    node_stop(node);
    outlet->stopped(outlet->self, node->number, "fault");
    if (!node->housed)
        pause_on(node, group->fault, group->now);
}

static void release(struct node_group *group, const struct node_outlet *outlet)
{
    struct node *node = group->node;
    int64_t wake = group->outcome.wake.us;
    node->wake = wake == INT64_MAX ? INT64_MAX : drift_when(&node->clock, wake);
    if (node->wake <= group->now)
        node->wake = group->now + NAP;
    node->faults = 0;
    outlet->kept(outlet->self, node->number);
    for (const struct trace_sentence *s = group->outcome.trace.first; s; s = s->next)
        outlet->sentence(outlet->self, node->number, s);
    for (const struct outcome_frame *f = group->outcome.first; f; f = f->next)
        outlet->frame(outlet->self, node->number, f);
}

bool node_group_end(struct node_group *group, const struct node_outlet *outlet)
{
    static const char *const ways[] = {
        [WORLD_CRASH_BEFORE_COMMIT] = "before commit",
        [WORLD_CRASH_AFTER_COMMIT] = "after commit",
    };
    struct node *node = group->node;
    struct event settled = {.kind = EVENT_SETTLED};
    node_group_step(group, &settled, "settled");
    group->falls |= node->falls_in && --node->falls_in == 0;
    bool dies = group->falls && node->fall != WORLD_COMMIT_FAILS;
    if (broken_is(BROKEN_FRAMES_EARLY) && !group->fault)
        release(group, outlet);
    if (group->falls && node->fall == WORLD_COMMIT_FAILS && !group->fault)
        group->fault = FAULT_DISK_FULL;
    if (dies && node->fall == WORLD_CRASH_BEFORE_COMMIT)
        node->store->rollback(node->store); /* what a store on a disk would do at its next start */
    else if (!group->fault)
        group->fault = node->store->commit(node->store);
    if (group->falls) {
        node->falls_at = NULL;
        node->falls_in = 0;
    }
    if (dies) {
        node_stop(node);
        outlet->stopped(outlet->self, node->number, ways[node->fall]);
    } else if (group->fault)
        failed(group, outlet);
    else if (!broken_is(BROKEN_FRAMES_EARLY))
        release(group, outlet);
    return !group->fault && !dies;
}
