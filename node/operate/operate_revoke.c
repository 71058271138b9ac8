/* The authority takes a key out of use: from the next version on nobody believes what it signs. */

#include "command/command_say.h"
#include "operate/operate_catalogue.h"
#include "operate/operate_verbs.h"

#include <string.h>

enum { DAY_SECONDS = 86400 };

/* The keys of one owner; a node often bears the name of its institution. */
struct owned {
    Peregrin__KeyEntry *const *keys;
    size_t count;
};

static bool named(const char *name, const char *wanted)
{
    return name && strcmp(name, wanted) == 0;
}

static struct owned owned_by(const Peregrin__CatalogueStatement *said, const char *owner,
                             bool transport)
{
    for (size_t i = 0; transport && i < said->n_nodes; i++)
        if (named(said->nodes[i]->id, owner))
            return (struct owned) {said->nodes[i]->keys, said->nodes[i]->n_keys};
    for (size_t i = 0; !transport && i < said->n_institutions; i++)
        if (named(said->institutions[i]->schac, owner))
            return (struct owned) {said->institutions[i]->keys, said->institutions[i]->n_keys};
    return (struct owned) {0};
}

static enum command_exit find(struct command_work *work, const Peregrin__CatalogueStatement *said,
                              bool transport, Peregrin__KeyEntry **out)
{
    const char *owner = work->arguments[0], *id = work->arguments[1];
    struct owned owned = owned_by(said, owner, transport);
    for (size_t i = 0; i < owned.count; i++)
        if (named(owned.keys[i]->key_id, id)) {
            *out = owned.keys[i];
            return COMMAND_DONE;
        }
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_NOT_FOUND, "unknown",
                  owned.count ? command_work_text(work, "%s has no %s key %s", owner,
                                                  transport ? "transport" : "signing", id)
                              : command_work_text(work, "there is no %s %s in the catalogue",
                                                  transport ? "node" : "institution", owner),
                  "`peregrin catalogue show` lists the owners; the key's id stands on its card",
                  NULL, NULL});
}

/* From when on, in seconds: the day of --at, or now. */
static enum command_exit read_time(struct command_work *work, uint64_t now, uint64_t *out)
{
    const char *at = command_work_flag(work, "at");
    int64_t days = 0;
    *out = now;
    if (!at)
        return COMMAND_DONE;
    if (!instant_date(bytes_text(at), &days) || days < 0)
        return command_say_usage(work, "a day as 2026-11-22", "--at: `%s` is no day", at);
    *out = (uint64_t)days * DAY_SECONDS;
    if (*out <= now)
        return COMMAND_DONE;
    return command_say_usage(work, "revoke it on that day",
                             "--at: %s is still to come, and a revocation counts at once", at);
}

/* The table of flags has looked whether it is a kind. */
static bool is_transport(struct command_work *work)
{
    const char *kind = command_work_flag(work, "kind");
    return kind && strcmp(kind, "transport") == 0;
}

static enum command_exit tell(struct command_work *work, const struct operate_catalogue *here,
                              const Peregrin__CatalogueStatement *next, bool changed)
{
    const char *owner = work->arguments[0], *id = work->arguments[1];
    command_say_json(work, json_pack("{s:i, s:I, s:s, s:s, s:b}", "schema", 1, "version",
                                     (json_int_t)next->version, "owner", owner, "key_id", id,
                                     "changed", changed));
    if (!changed) {
        command_say_line(work, "Nothing new: key %s of %s is revoked already", id, owner);
        return COMMAND_DONE;
    }
    command_say_line(work, "%s version %llu, in which key %s of %s is revoked",
                     work->common.dry_run ? "Would make: draft of" : "Draft of",
                     (unsigned long long)next->version, id, owner);
    command_say_note(work, "What it signed before proves only what a receipt shows to be older.");
    command_say_next(work, "peregrin catalogue sign --dir %s --key ROOT.key", here->dir);
    return COMMAND_DONE;
}

enum command_exit operate_revoke_run(struct command_work *work)
{
    struct operate_catalogue here;
    Peregrin__CatalogueStatement *next;
    Peregrin__KeyEntry *key = NULL;
    uint64_t at;
    enum command_exit wrong = operate_catalogue_load(work, &here);
    if (!wrong)
        wrong = operate_catalogue_next(work, &here, &next);
    if (!wrong)
        wrong = read_time(work, next->created, &at);
    if (!wrong)
        wrong = find(work, next, is_transport(work), &key);
    if (wrong)
        return wrong;
    bool changed = !key->has_revoked_at;
    if (changed) {
        key->has_revoked_at = true;
        key->revoked_at = at;
        wrong = operate_catalogue_keep(work, &here, next);
    }
    return wrong ? wrong : tell(work, &here, next, changed);
}
