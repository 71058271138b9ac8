#include "admin/hook.h"

#include "admin/keep.h"
#include "engine/feed.h"
#include "report/json_text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char prefix[] = "webhook/";

enum { ROWS_AT_ONCE = 200 };

static void name_of(const char *id, char out[static STORE_NAME_MAX + 1])
{
    snprintf(out, STORE_NAME_MAX + 1, "%s%s", prefix, id);
}

/* ---- kept ------------------------------------------------------------------------------------ */

enum fault hook_list(struct store *store, struct arena *arena, struct hook **out, size_t *count)
{
    struct keep_row *rows;
    size_t found;
    TRY(keep_list(store, prefix, NULL, HOOK_MAX, &peregrin__webhook__descriptor, arena, &rows,
                  &found));
    struct hook *hooks = arena_take_array(arena, found, sizeof *hooks);
    if (!hooks)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found; i++) {
        hooks[i].kept = (Peregrin__Webhook *)rows[i].message;
        snprintf(hooks[i].id, sizeof hooks[i].id, "%s", rows[i].name + strlen(prefix));
    }
    *out = hooks;
    *count = found;
    return FAULT_NONE;
}

enum fault hook_get(struct store *store, const char *id, struct arena *arena, bool *found,
                    struct hook *out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *message = NULL;
    *found = false;
    if (strlen(id) != HOOK_ID_SIZE)
        return FAULT_NONE;
    name_of(id, name);
    TRY(keep_get(store, name, &peregrin__webhook__descriptor, arena, &message));
    *found = message;
    out->kept = (Peregrin__Webhook *)message;
    snprintf(out->id, sizeof out->id, "%s", id);
    return FAULT_NONE;
}

enum fault hook_put(struct store *store, const struct hook *hook, struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    name_of(hook->id, name);
    return keep_put(store, name, &hook->kept->base, arena);
}

enum fault hook_remove(struct store *store, const char *id)
{
    char name[STORE_NAME_MAX + 1];
    name_of(id, name);
    return store->value_remove(store, name);
}

/* ---- a new one ------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Without a network in between nobody else reads along. */
static bool is_loopback(const char *host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = strlen(names[i]);
        if (begins(host, names[i]) && (!host[size] || host[size] == ':' || host[size] == '/'))
            return true;
    }
    return false;
}

bool hook_url_fits(const char *url)
{
    bool secure = begins(url, "https://"), plain = begins(url, "http://");
    size_t size = strlen(url);
    if ((!secure && !plain) || size > HOOK_URL_MAX)
        return false;
    for (const char *at = url; *at; at++)
        if (*at <= ' ' || *at >= 0x7f || strchr("\"'<>\\^`{|}#@", *at))
            return false;
    const char *host = strstr(url, "//") + 2;
    size_t length = strcspn(host, "/?");
    return length > 0 && host[0] != ':' && (secure || is_loopback(host));
}

static void hex(const uint8_t *bytes, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

struct hook hook_new(const char *url, uint32_t kinds, int64_t cursor, struct instant now,
                     const uint8_t dice[static 64], struct arena *arena)
{
    char secret[HOOK_SECRET_SIZE + 1] = "pgnwh_";
    struct hook hook = {.kept = arena_take(arena, sizeof *hook.kept)};
    hex(dice, HOOK_ID_SIZE / 2, hook.id);
    hex(dice + 32, 32, secret + strlen(secret));
    if (!hook.kept)
        return hook;
    *hook.kept = (Peregrin__Webhook)PEREGRIN__WEBHOOK__INIT;
    hook.kept->url = arena_text(arena, bytes_text(url));
    hook.kept->secret = arena_text(arena, bytes_text(secret));
    hook.kept->has_kinds = hook.kept->has_created_at = hook.kept->has_cursor = true;
    hook.kept->kinds = kinds;
    hook.kept->created_at = instant_seconds(now);
    hook.kept->cursor = (uint64_t)cursor;
    if (!hook.kept->url || !hook.kept->secret)
        hook.kept = NULL;
    return hook;
}

const char *hook_url(const struct hook *hook)
{
    return hook->kept->url;
}

const char *hook_secret(const struct hook *hook)
{
    return hook->kept->secret;
}

bool hook_fails(const struct hook *hook)
{
    return hook->kept->attempts > 0;
}

size_t hook_dead(const struct hook *hook)
{
    return hook->kept->n_dead;
}

/* ---- what comes next ------------------------------------------------------------------------- */

uint64_t hook_due(const struct hook *hook)
{
    return hook->kept->next_try;
}

static bool wanted(const struct hook *hook, const struct store_event *event)
{
    uint32_t kinds = hook->kept->kinds;
    return feed_text(event->kind) && (!kinds || kinds >> event->kind & 1);
}

/* The event itself where it is still kept, else only its cursor. */
static enum fault dead_next(struct store *store, const struct hook *hook, struct arena *arena,
                            struct hook_next *out)
{
    for (size_t i = 0; i < hook->kept->n_dead; i++) {
        const Peregrin__WebhookDead *dead = hook->kept->dead[i];
        struct store_event *rows;
        size_t count;
        if (!dead->again)
            continue;
        TRY(store->event_list(store, (int64_t)dead->cursor - 1, 1, arena, &rows, &count));
        *out = (struct hook_next) {.what = HOOK_EVENT, .dead = true};
        out->event.cursor = (int64_t)dead->cursor;
        if (count && rows->cursor == out->event.cursor)
            out->event = *rows;
        return FAULT_NONE;
    }
    return FAULT_NONE;
}

enum fault hook_next(struct store *store, const struct hook *hook, struct arena *arena,
                     int64_t *looked, struct hook_next *out)
{
    int64_t cursor = (int64_t)hook->kept->cursor;
    size_t count = ROWS_AT_ONCE;
    *out = (struct hook_next) {.what = HOOK_NOTHING};
    if (hook->kept->tests) {
        out->what = HOOK_TEST;
        return FAULT_NONE;
    }
    TRY(dead_next(store, hook, arena, out));
    if (*looked < cursor)
        *looked = cursor;
    for (size_t rows_looked = 0;
         out->what == HOOK_NOTHING && count == ROWS_AT_ONCE && rows_looked < HOOK_ROWS;) {
        struct store_event *rows;
        TRY(store->event_list(store, *looked, ROWS_AT_ONCE, arena, &rows, &count));
        rows_looked += count;
        for (size_t i = 0; i < count && out->what == HOOK_NOTHING; i++)
            if (wanted(hook, &rows[i]))
                *out = (struct hook_next) {.what = HOOK_EVENT, .event = rows[i]};
            else
                *looked = rows[i].cursor;
    }
    if (out->what == HOOK_NOTHING && count == ROWS_AT_ONCE)
        out->what = HOOK_LATER;
    return FAULT_NONE;
}

const char *hook_delivery(const struct hook *hook, const struct hook_next *next,
                          struct arena *arena)
{
    if (next->what == HOOK_TEST)
        return arena_format(arena, "%s.test.%u", hook->id, hook->kept->tests);
    return arena_format(arena, "%s.%lld", hook->id, (long long)next->event.cursor);
}

static const struct store_pair *pair_of(const struct store_pair *pairs, size_t count,
                                        uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].pair == number)
            return &pairs[i];
    return NULL;
}

static bool put(json_t *json, const char *name, const char *text)
{
    return !text || json_object_set_new(json, name, json_string(text)) == 0;
}

struct bytes hook_body(const struct hook *hook, const struct hook_next *next,
                       const struct store_pair *pairs, size_t pair_count, struct instant now,
                       struct arena *arena)
{
    const struct store_event *event = &next->event;
    const struct store_pair *pair = pair_of(pairs, pair_count, event->pair);
    const struct feed_text *text = feed_text(event->kind);
    bool test = next->what == HOOK_TEST;
    const char *type = test ? "webhook.test" : text ? text->code : "event.forgotten";
    char at[INSTANT_TEXT_SIZE], dossier[HEADER_DOSSIER_TEXT] = "";
    instant_text(test || !text ? now : (struct instant) {(int64_t)event->at * INSTANT_SECOND}, at);
    if (event->record_kind)
        header_dossier_text(&event->place.dossier, dossier);
    json_t *json = json_object();
    bool done = json && put(json, "id", hook_delivery(hook, next, arena)) &&
                put(json, "type", type) && put(json, "at", at) &&
                (test || json_object_set_new(json, "cursor", json_integer(event->cursor)) == 0) &&
                put(json, "own", pair ? pair->own : NULL) &&
                put(json, "partner", pair ? pair->partner : NULL) &&
                put(json, "dossier", *dossier ? dossier : NULL);
    struct bytes body = done ? json_text_write(json, arena) : (struct bytes) {0};
    json_decref(json);
    return body;
}

/* ---- what came of it ------------------------------------------------------------------------- */

/* Twice as long each time, up to an hour, a quarter more or less: webhooks that failed together do
 * not come back together. */
static uint64_t delay_of(uint32_t attempts, const uint8_t dice[static 4])
{
    uint64_t delay = attempts < 12 ? (uint64_t)1 << attempts : HOOK_DELAY_MAX;
    if (delay > HOOK_DELAY_MAX)
        delay = HOOK_DELAY_MAX;
    uint64_t chance = dice[0] | (uint64_t)dice[1] << 8;
    return delay - delay / 4 + (delay / 2) * chance / 65535;
}

static void dead_remove(Peregrin__Webhook *kept, uint64_t cursor)
{
    size_t left = 0;
    for (size_t i = 0; i < kept->n_dead; i++)
        if (kept->dead[i]->cursor != cursor)
            kept->dead[left++] = kept->dead[i];
    kept->n_dead = left;
}

/* The oldest gives way, and is counted. */
static enum fault dead_add(Peregrin__Webhook *kept, uint64_t cursor, unsigned status,
                           struct instant now, struct arena *arena)
{
    Peregrin__WebhookDead **list = arena_take_array(arena, kept->n_dead + 1, sizeof(void *));
    Peregrin__WebhookDead *dead = arena_take(arena, sizeof *dead);
    if (!list || !dead)
        return FAULT_MEMORY;
    *dead = (Peregrin__WebhookDead)PEREGRIN__WEBHOOK_DEAD__INIT;
    dead->has_cursor = dead->has_at = dead->has_status = true;
    dead->cursor = cursor;
    dead->at = instant_seconds(now);
    dead->status = status;
    size_t skip = kept->n_dead >= HOOK_DEAD_MAX;
    kept->has_lost = kept->has_lost || skip;
    kept->lost += skip;
    for (size_t i = skip; i < kept->n_dead; i++)
        list[i - skip] = kept->dead[i];
    list[kept->n_dead - skip] = dead;
    kept->n_dead += 1 - skip;
    kept->dead = list;
    return FAULT_NONE;
}

/* It leaves the queue, delivered or dead. */
static void step_on(Peregrin__Webhook *kept, const struct hook_next *next)
{
    uint64_t cursor = (uint64_t)next->event.cursor;
    kept->attempts = 0;
    kept->since = kept->next_try = 0;
    if (next->what == HOOK_TEST)
        kept->tests--;
    else if (next->dead)
        dead_remove(kept, cursor);
    else if (cursor > kept->cursor)
        kept->cursor = cursor;
}

enum fault hook_settle(struct hook *hook, const struct hook_next *next, unsigned status,
                       struct instant now, const uint8_t dice[static 4], struct arena *arena)
{
    Peregrin__Webhook *kept = hook->kept;
    uint64_t seconds = instant_seconds(now);
    bool done = status >= 200 && status < 300;
    kept->has_status = kept->has_tried_at = kept->has_delivered = true;
    kept->has_attempts = kept->has_since = kept->has_next_try = kept->has_cursor = true;
    kept->status = status;
    kept->tried_at = seconds;
    kept->delivered += done && next->what == HOOK_EVENT;
    /* A test is one attempt: who asked for it wants to hear what came of it. */
    if (done || (next->what == HOOK_TEST && kept->tests)) {
        step_on(kept, next);
        return FAULT_NONE;
    }
    kept->since = kept->attempts ? kept->since : seconds;
    kept->next_try = seconds + delay_of(kept->attempts, dice);
    kept->attempts++;
    if (seconds < kept->since + HOOK_PATIENCE)
        return FAULT_NONE;
    step_on(kept, next);
    /* What is next has the same receiver: it does not knock at once. */
    kept->next_try = seconds + HOOK_DELAY_MAX;
    return dead_add(kept, (uint64_t)next->event.cursor, status, now, arena);
}

size_t hook_retry(struct hook *hook)
{
    Peregrin__Webhook *kept = hook->kept;
    for (size_t i = 0; i < kept->n_dead; i++)
        kept->dead[i]->has_again = kept->dead[i]->again = true;
    kept->attempts = 0;
    kept->since = kept->next_try = 0;
    return kept->n_dead;
}
