#include "watch/check_node.h"

#include "admin/hand.h"
#include "admin/hook.h"
#include "io/descriptors.h"
#include "io/file.h"
#include "io/keeper.h"
#include "io/rulebook.h"
#include "watch/check_space.h"

#include <stdlib.h>
#include <string.h>

enum {
    WEBHOOKS_ARENA = 4 * 1024 * 1024,
    FAULT_LINGERS_SECONDS = 10, /* one that comes and goes is not over the moment it is gone */
    MOVED_US = 2 * INSTANT_SECOND,
    DESCRIPTORS_A_NODE = 6, /* a connection each way, and what nanomsg keeps beside it */
    DESCRIPTORS_OWN = 256,
    CALLERS_A_NODE = 8,
    CALLERS_MORE = 64,
    DAY_SECONDS = 86400,
    DAY_MINUTES = 1440,
    BACKUP_DUE_DAYS = 2, /* the timer makes one each night */
    BACKUP_OLD_DAYS = 8,
};

static void check_keeping(const struct check_node *what, struct check_list *list)
{
    const struct tally *tally = shell_tally(what->shell);
    int64_t ago = (what->now.us - tally->fault_at.us) / INSTANT_SECOND;
    bool works = shell_engine(what->shell) != NULL;
    if (works && (tally->faults == 0 || ago < 0 || ago > FAULT_LINGERS_SECONDS)) {
        check_add(list, CHECK_KEEPING, CHECK_FINE, NULL,
                  "%llu commits, %llu faults since the start",
                  (unsigned long long)tally->commits.count, (unsigned long long)tally->faults);
        return;
    }
    const struct fault_text *text = fault_text(tally->fault);
    check_add(list, CHECK_KEEPING, CHECK_FAILED, NULL, "%s (%s, %lld s ago); %s", text->sentence,
              text->code, (long long)ago, text->remedy);
}

static void check_end(const struct check_node *what, struct check_list *list)
{
    const struct catalogue *catalogue = shell_membership(what->shell)->catalogue;
    char until[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)catalogue->expires * INSTANT_SECOND}, until);
    bool expired = catalogue_expired(catalogue, what->now);
    bool soon = membership_expiry(shell_membership(what->shell), what->now) != NULL;
    check_add(list, CHECK_CATALOGUE_END,
              expired ? CHECK_FAILED
              : soon  ? CHECK_NOTED
                      : CHECK_FINE,
              NULL, "version %llu, %s %s", (unsigned long long)catalogue->version,
              expired ? "expired" : "until", until);
}

/* Keys end while a node runs. */
static void check_keys(const struct check_node *what, struct check_list *list)
{
    const struct membership *membership = shell_membership(what->shell);
    const struct config *config = what->config;
    if (!membership_transport(membership, config, what->keeper, what->now))
        check_add(list, CHECK_KEY_ENTRY, CHECK_FAILED, config->node,
                  "none of the transport keys here is valid now");
    for (size_t i = 0; i < config->institutions.count; i++) {
        const char *schac = config->institutions.values[i];
        const struct catalogue_institution *found =
            catalogue_institution(membership->catalogue, schac);
        const struct catalogue_key *key =
            found ? catalogue_key_current(found->keys, found->key_count, what->now) : NULL;
        bool held = key && keeper_holds(what->keeper, KEY_SIGN, &key->digest);
        check_add(list, CHECK_KEY_ENTRY, held ? CHECK_FINE : CHECK_FAILED, schac,
                  held ? "signs with key %s" : "none of the signing keys here is valid now%s",
                  held ? key->id : "");
    }
}

static void check_partners(const struct check_node *what, struct check_list *list)
{
    const struct engine *engine = shell_engine(what->shell);
    struct engine_partner partner;
    size_t count = 0, armed = 0;
    uint64_t held_back = 0;
    for (size_t i = 0; engine && engine_partner(engine, i, &partner); i++) {
        if (partner.by_hand)
            continue;
        count++;
        armed += partner.guard_armed;
        held_back += partner.ready;
        if (partner.stuck + partner.refused)
            check_add(list, CHECK_STUCK, CHECK_FAILED, partner.partner, "%llu of %llu records",
                      (unsigned long long)(partner.stuck + partner.refused),
                      (unsigned long long)(partner.outbox + partner.ready + partner.refused));
    }
    if (!engine || count == 0)
        return;
    enum check_state state = armed == count ? CHECK_FAILED : armed ? CHECK_NOTED : CHECK_FINE;
    check_add(list, CHECK_GUARD, state, NULL,
              "armed for %zu of %zu partners since the start or the last SIGHUP; %llu submissions "
              "wait for it",
              armed, count, (unsigned long long)held_back);
}

/* A kill falls upon whatever is at hand: that alone is no finding. */
static void check_aside(const struct check_node *what, struct check_list *list)
{
    const struct engine *engine = shell_engine(what->shell);
    struct engine_suspect suspect;
    size_t aside = 0;
    for (size_t i = 0; engine && engine_suspect(engine, i, &suspect); i++) {
        if (!suspect.aside)
            continue;
        char at[INSTANT_TEXT_SIZE];
        instant_text((struct instant) {(int64_t)suspect.at * INSTANT_SECOND}, at);
        check_add(list, CHECK_ASIDE, CHECK_FAILED, suspect.from,
                  "%02x%02x%02x%02x... kept ending this node, last at %s (%s): %s",
                  suspect.id.bytes[0], suspect.id.bytes[1], suspect.id.bytes[2],
                  suspect.id.bytes[3], at, suspect.fatal,
                  suspect.kept ? "refused as `internal`" : "not taken");
        aside++;
    }
    if (engine && !aside)
        check_add(list, CHECK_ASIDE, CHECK_FINE, NULL, "no record kept ending this node");
}

/* A file that was refused at the start would have kept the node from starting. */
static void check_rules(const struct check_node *what, struct check_list *list)
{
    const char *refused = what->rulebook ? rulebook_refused(what->rulebook) : NULL;
    const char *file = what->config->rules;
    if (refused)
        check_add(list, CHECK_RULES, CHECK_FAILED, NULL, "%s", refused);
    else if (what->rulebook)
        check_add(list, CHECK_RULES, CHECK_FINE, NULL, "%s",
                  config_given(file) ? file : "those of the programme alone");
}

static void check_limits(const struct check_node *what, struct check_list *list)
{
    const struct catalogue *catalogue = shell_membership(what->shell)->catalogue;
    size_t needed = DESCRIPTORS_OWN + DESCRIPTORS_A_NODE * catalogue->node_count;
    size_t allowed = descriptors_allowed();
    bool locked = keeper_locked(what->keeper);
    check_add(list, CHECK_MEMORY_LOCK, locked ? CHECK_FINE : CHECK_FAILED, NULL, "%s",
              locked ? "locked" : "the system does not lock the keys' memory");
    check_add(list, CHECK_DESCRIPTORS, allowed < needed ? CHECK_FAILED : CHECK_FINE, NULL,
              "%zu allowed, %zu in use; %zu nodes may need %zu", allowed, descriptors_used(),
              catalogue->node_count, needed);
}

static uint64_t counter_of(const struct shell *shell, const char *name)
{
    struct engine_counter counter;
    for (size_t i = 0; shell_counter(shell, i, &counter); i++)
        if (strcmp(counter.name, name) == 0)
            return counter.value;
    return 0;
}

/* A node calls with one connection; some more may be left over from those that broke. */
static void check_callers(const struct check_node *what, struct check_list *list)
{
    size_t nodes = shell_membership(what->shell)->catalogue->node_count;
    uint64_t count = counter_of(what->shell, "network_callers");
    uint64_t most = counter_of(what->shell, "network_callers_max");
    uint64_t hang_ups = counter_of(what->shell, "network_hang_ups");
    bool strangers = count > CALLERS_MORE + CALLERS_A_NODE * nodes;
    check_add(list, CHECK_CALLERS,
              count > most / 2        ? CHECK_FAILED
              : strangers || hang_ups ? CHECK_NOTED
                                      : CHECK_FINE,
              NULL,
              "%llu connections at the listener, cut above %llu (%llu times since the start); the "
              "catalogue has %zu nodes",
              (unsigned long long)count, (unsigned long long)most, (unsigned long long)hang_ups,
              nodes);
}

static void check_jump(const struct check_node *what, struct check_list *list)
{
    int64_t moved = what->clock_moved_us;
    bool jumped = moved > MOVED_US || moved < -MOVED_US;
    check_add(list, CHECK_CLOCK_JUMP, jumped ? CHECK_NOTED : CHECK_FINE, NULL,
              jumped ? "the clock was moved by %lld s" : "moved by less than 2 s",
              (long long)(moved / INSTANT_SECOND));
}

bool check_node_backup(const struct check_node *what, struct arena *arena, uint64_t *at)
{
    struct store *store = shell_store(what->shell);
    struct bytes value = {0};
    if (store->value_get(store, "backup.at", arena, &value) || value.size != 8)
        return false;
    *at = bytes_read_u64le(value.data);
    return true;
}

/* How long the first record has been there, in days; false: there is none. */
static bool first_record(const struct check_node *what, struct arena *arena, uint64_t *days)
{
    struct store *store = shell_store(what->shell);
    uint64_t now = instant_minutes(what->now);
    struct store_record *records;
    size_t count = 0;
    if (store->record_scan(store, 0, 1, arena, &records, &count) || count == 0)
        return false;
    uint64_t at = records[0].issued_at;
    *days = now > at ? (now - at) / DAY_MINUTES : 0;
    return true;
}

/* The partners can give records back; users, drafts and what never left they have not. Whoever
 * began today is reminded, and not yet at fault. */
static void check_backup(const struct check_node *what, struct check_list *list)
{
    struct arena_mark mark = arena_mark(list->arena);
    uint64_t at = 0, now = instant_seconds(what->now);
    bool packed = check_node_backup(what, list->arena, &at);
    uint64_t waited = 0;
    bool needed = !packed && first_record(what, list->arena, &waited);
    arena_rewind(list->arena, mark);
    if (!packed) {
        check_add(list, CHECK_BACKUP,
                  !needed                    ? CHECK_FINE
                  : waited < BACKUP_DUE_DAYS ? CHECK_NOTED
                                             : CHECK_FAILED,
                  NULL, "never%s", needed ? "" : "; there is nothing yet to keep");
        return;
    }
    char text[INSTANT_TEXT_SIZE];
    uint64_t days = now > at ? (now - at) / DAY_SECONDS : 0;
    instant_text((struct instant) {(int64_t)at * INSTANT_SECOND}, text);
    check_add(list, CHECK_BACKUP,
              days >= BACKUP_OLD_DAYS   ? CHECK_FAILED
              : days >= BACKUP_DUE_DAYS ? CHECK_NOTED
                                        : CHECK_FINE,
              NULL, "%llu days ago, at %s", (unsigned long long)days, text);
}

void check_node_run(const struct check_node *what, struct check_list *list)
{
    check_keeping(what, list);
    check_end(what, list);
    check_keys(what, list);
    check_space(what->config->database, list);
    check_backup(what, list);
    check_jump(what, list);
    check_limits(what, list);
    check_callers(what, list);
    check_partners(what, list);
    check_aside(what, list);
    check_rules(what, list);
}

struct check_node_webhooks check_node_webhooks(const struct check_node *what)
{
    struct check_node_webhooks out = {0};
    struct arena *arena = arena_open(WEBHOOKS_ARENA);
    struct hook *hooks;
    if (arena && hook_list(shell_store(what->shell), arena, &hooks, &out.count) == FAULT_NONE)
        for (size_t i = 0; i < out.count; i++) {
            out.failing += hook_fails(&hooks[i]);
            out.dead += hook_dead(&hooks[i]);
        }
    arena_close(arena);
    return out;
}

/* Whoever has joined is forgotten by hand, once nobody looks for the address any more. */
static void check_by_hand(const struct check_node *what, struct check_list *list)
{
    size_t alone = shell_membership(what->shell)->catalogue->by_hand_count, count = 0;
    struct arena_mark mark = arena_mark(list->arena);
    Peregrin__HandPartner **partners;
    bool read = !hand_partner_list(shell_store(what->shell), list->arena, &partners, &count);
    arena_rewind(list->arena, mark);
    if (read && count)
        check_add(list, CHECK_BY_HAND, count > alone ? CHECK_NOTED : CHECK_FINE, NULL,
                  "%zu partners by hand, %zu of them in the catalogue now", count, count - alone);
}

static void check_webhooks(const struct check_node *what, struct check_list *list)
{
    struct check_node_webhooks out = check_node_webhooks(what);
    if (out.count)
        check_add(list, CHECK_WEBHOOK, out.failing || out.dead ? CHECK_NOTED : CHECK_FINE, NULL,
                  "%zu webhooks: %zu failing, %zu dead letters", out.count, out.failing, out.dead);
}

void check_node_more(const struct check_node *what, struct check_list *list)
{
    struct bytes used = shell_membership(what->shell)->files.catalogue, there = {0};
    const char *path = what->config->catalogue;
    struct reason reason;
    if (file_read(path, CATALOGUE_SIZE_MAX, &there, &reason)) {
        check_add(list, CHECK_CATALOGUE_USE, CHECK_FAILED, path, "%s", reason.text);
        return;
    }
    bool same = there.size == used.size && memcmp(there.data, used.data, used.size) == 0;
    check_add(list, CHECK_CATALOGUE_USE, same ? CHECK_FINE : CHECK_FAILED, path,
              same ? "is the one in use" : "is another one than the one in use");
    file_free(&there);
    check_by_hand(what, list);
    check_webhooks(what, list);
}
