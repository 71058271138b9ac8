#include "post/post.h"

#include "admin/hook.h"
#include "io/clock.h"
#include "io/courier.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_SIZE = 16 * 1024 * 1024,
    LOOK_MS = 20,    /* in a busy hour the store is not asked after each commit */
    RETRY_MS = 5000, /* after a fault of the store */
};

/* What is under way to one webhook, and how far the feed was looked through for it. */
struct errand {
    char id[HOOK_ID_SIZE + 1]; /* empty: free */
    uint64_t number;
    int64_t looked;
    struct hook_next next;
    bool under_way, answered;
    unsigned status;
    const char *why;
};

struct post {
    struct courier *courier;
    struct log *log;
    struct arena *arena;
    struct errand errands[HOOK_MAX];
    uint64_t numbers;
    int64_t look_ms; /* steady: not before */
};

enum fault post_open(struct log *log, struct post **out, struct reason *reason)
{
    struct post *post = calloc(1, sizeof *post);
    if (!post)
        return reason_give(reason, FAULT_MEMORY, "no memory for webhooks");
    post->log = log;
    post->arena = arena_open(ARENA_SIZE);
    enum fault fault = post->arena ? courier_open(&post->courier, reason)
                                   : reason_give(reason, FAULT_MEMORY, "no memory for webhooks");
    if (fault)
        post_close(post);
    else
        *out = post;
    return fault;
}

void post_close(struct post *post)
{
    if (!post)
        return;
    courier_close(post->courier);
    arena_close(post->arena);
    free(post);
}

int post_descriptor(const struct post *post)
{
    return courier_descriptor(post->courier);
}

/* ---- errands --------------------------------------------------------------------------------- */

static struct hook *hook_of(struct hook *hooks, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(hooks[i].id, id) == 0)
            return &hooks[i];
    return NULL;
}

/* The webhook's own, or a free one; those of webhooks that were removed become free. */
static struct errand *errand_of(struct post *post, struct hook *hooks, size_t count, const char *id)
{
    struct errand *free_one = NULL;
    for (size_t i = 0; i < HOOK_MAX; i++) {
        struct errand *errand = &post->errands[i];
        if (strcmp(errand->id, id) == 0)
            return errand;
        if (!errand->under_way && !hook_of(hooks, count, errand->id))
            free_one = errand;
    }
    if (!free_one)
        return NULL; /* a removed one is still under way */
    *free_one = (struct errand) {0};
    memcpy(free_one->id, id, sizeof free_one->id);
    return free_one;
}

static struct errand *errand_numbered(struct post *post, uint64_t number)
{
    size_t i = 0;
    while (i < HOOK_MAX && !(post->errands[i].under_way && post->errands[i].number == number))
        i++;
    assert(i < HOOK_MAX);
    return &post->errands[i];
}

/* ---- out ------------------------------------------------------------------------------------- */

static enum fault send(struct post *post, struct store *store, const struct hook *hook,
                       struct errand *errand)
{
    struct store_pair *pairs;
    size_t count;
    struct instant now = clock_now();
    char signature[COURIER_SIGNATURE_SIZE];
    TRY(store->pair_list(store, post->arena, &pairs, &count));
    struct bytes body = hook_body(hook, &errand->next, pairs, count, now, post->arena);
    const char *delivery = hook_delivery(hook, &errand->next, post->arena);
    if (!body.data || !delivery)
        return FAULT_MEMORY;
    courier_sign(hook_secret(hook), instant_seconds(now), body, signature);
    const char *headers[] = {
        "Content-Type: application/json",
        "User-Agent: peregrin",
        arena_format(post->arena, "Peregrin-Delivery: %s", delivery),
        arena_format(post->arena, "Peregrin-Signature: %s", signature),
    };
    if (!headers[2] || !headers[3])
        return FAULT_MEMORY;
    errand->number = ++post->numbers;
    const struct courier_order order = {errand->number, hook_url(hook), headers,
                                        sizeof headers / sizeof *headers, body};
    errand->under_way = courier_send(post->courier, &order);
    return FAULT_NONE;
}

static int64_t sooner(int64_t left, int64_t right)
{
    if (left < 0 || right < 0)
        return left < 0 ? right : left;
    return left < right ? left : right;
}

static enum fault hook_turn(struct post *post, struct store *store, const struct hook *hook,
                            struct errand *errand, int64_t *wait_ms)
{
    uint64_t now = instant_seconds(clock_now()), due = hook_due(hook);
    if (errand->under_way)
        return FAULT_NONE;
    if (due > now) {
        *wait_ms = sooner(*wait_ms, (int64_t)(due - now) * 1000);
        return FAULT_NONE;
    }
    struct arena_mark mark = arena_mark(post->arena);
    TRY(hook_next(store, hook, post->arena, &errand->looked, &errand->next));
    if (errand->next.what == HOOK_LATER)
        *wait_ms = 1;
    else if (errand->next.what != HOOK_NOTHING)
        TRY(send(post, store, hook, errand));
    arena_rewind(post->arena, mark);
    return FAULT_NONE;
}

/* ---- back ------------------------------------------------------------------------------------ */

static void say(const struct post *post, const struct hook *hook, const struct errand *errand)
{
    if (errand->status >= 200 && errand->status < 300)
        return;
    log_say(post->log, clock_now(), TRACE_NOTE, "webhook %s: %s (status %u)", hook->id,
            errand->why ? errand->why : "not taken", errand->status);
}

static enum fault settle(struct post *post, struct store *store, struct hook *hooks, size_t count)
{
    uint8_t dice[ENTROPY_SEED_SIZE];
    for (size_t i = 0; i < HOOK_MAX; i++) {
        struct errand *errand = &post->errands[i];
        struct hook *hook = hook_of(hooks, count, errand->id);
        if (!errand->answered)
            continue;
        if (hook) {
            say(post, hook, errand);
            clock_entropy(dice);
            TRY(hook_settle(hook, &errand->next, errand->status, clock_now(), dice, post->arena));
            TRY(hook_put(store, hook, post->arena));
        }
    }
    return FAULT_NONE;
}

static bool answers_take(struct post *post)
{
    struct courier_answer answer;
    bool any = false;
    while (courier_take(post->courier, &answer)) {
        struct errand *errand = errand_numbered(post, answer.number);
        errand->answered = any = true;
        errand->status = answer.status;
        errand->why = answer.why;
    }
    return any;
}

/* What came of it is kept before anything else goes to the same webhook. */
static enum fault answers_keep(struct post *post, struct store *store, struct hook *hooks,
                               size_t count)
{
    TRY(store->begin(store));
    enum fault fault = settle(post, store, hooks, count);
    if (fault)
        store->rollback(store);
    else
        fault = store->commit(store);
    /* After a fault it goes again: at least once. */
    for (size_t i = 0; i < HOOK_MAX; i++)
        if (post->errands[i].answered)
            post->errands[i].answered = post->errands[i].under_way = false;
    return fault;
}

/* ---- a turn ---------------------------------------------------------------------------------- */

static enum fault turn(struct post *post, struct store *store, bool answered, int64_t *wait_ms)
{
    struct hook *hooks;
    size_t count;
    arena_reset(post->arena);
    TRY(hook_list(store, post->arena, &hooks, &count));
    if (answered)
        TRY(answers_keep(post, store, hooks, count));
    for (size_t i = 0; i < count; i++) {
        struct errand *errand = errand_of(post, hooks, count, hooks[i].id);
        if (errand)
            TRY(hook_turn(post, store, &hooks[i], errand, wait_ms));
    }
    return FAULT_NONE;
}

int64_t post_turn(struct post *post, struct store *store)
{
    int64_t now = clock_steady_ms(), wait_ms = -1;
    courier_run(post->courier);
    bool answered = answers_take(post);
    if (!answered && now < post->look_ms)
        return sooner(post->look_ms - now, courier_timeout_ms(post->courier));
    post->look_ms = now + LOOK_MS;
    if (turn(post, store, answered, &wait_ms)) {
        post->look_ms = now + RETRY_MS;
        wait_ms = RETRY_MS;
    }
    return sooner(wait_ms, courier_timeout_ms(post->courier));
}
