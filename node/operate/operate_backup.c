#include "operate/operate_backup.h"

#include "command/command_node.h"
#include "operate/operate_key.h"
#include "operate/operate_verbs.h"

#include <inttypes.h>
#include <string.h>

enum { POLL_MS = 30, KEEP_MAX = 10000 };

enum command_exit operate_backup_wrong(struct command_work *work, enum backup_problem problem,
                                       const struct backup_detail *detail)
{
    const struct backup_text *text = work->port->backup->text(problem);
    const char *what = detail->text[0]
                           ? command_work_text(work, "%s: %s", text->sentence, detail->text)
                           : text->sentence;
    return command_say_wrong(work,
                             &(struct command_wrong) {(enum command_exit)text->exit_status,
                                                      text->code, what, text->remedy, NULL, NULL});
}

/* ---- progress ----------------------------------------------------------------------------------
 */

void operate_backup_report(void *self, const char *what, uint64_t done, uint64_t total)
{
    struct operate_backup_meter *meter = self;
    if (!meter->progress.what || strcmp(meter->progress.what, what) != 0)
        meter->progress = (struct command_progress) {.what = what};
    command_say_progress(meter->work, &meter->progress, done, total);
}

/* ---- create: what the node does ----------------------------------------------------------------
 */

/* The node's copy while it grows; *file when it is whole. */
static enum command_exit follow_copy(struct command_work *work, struct operate_backup_meter *meter,
                                     json_t *reply, const char **file)
{
    json_int_t number =
        json_integer_value(json_object_get(json_object_get(reply, "backup"), "number"));
    for (;;) {
        const json_t *copy = json_object_get(reply, "backup");
        const char *state = json_string_value(json_object_get(copy, "state"));
        const json_t *failure = json_object_get(reply, "failure");
        json_int_t done = json_integer_value(json_object_get(copy, "pages_done"));
        json_int_t total = json_integer_value(json_object_get(copy, "pages"));
        *file = json_string_value(json_object_get(copy, "file"));
        if (failure)
            return command_say_wrong(
                work, &(struct command_wrong) {
                          COMMAND_UNEXPECTED, json_string_value(json_object_get(failure, "code")),
                          json_string_value(json_object_get(failure, "sentence")),
                          json_string_value(json_object_get(failure, "remedy")), NULL, NULL});
        if (!state || !*file || json_integer_value(json_object_get(copy, "number")) != number ||
            strcmp(state, "none") == 0)
            return command_say_wrong(
                work, &(struct command_wrong) {COMMAND_REFUSED, "broken_off",
                                               "the node's copy was broken off by somebody else",
                                               "do the same again", NULL, NULL});
        if (total > 0)
            operate_backup_report(meter, "Copying", (uint64_t)done, (uint64_t)total);
        if (strcmp(state, "whole") == 0)
            return COMMAND_DONE;
        work->port->wait(work->port->self, POLL_MS);
        enum command_exit wrong = command_node_get(work, "/api/v1/backups", &reply);
        if (wrong)
            return wrong;
    }
}

static void take_copy_away(struct command_work *work, bool packed)
{
    json_t *reply, *wrong;
    struct command_call call = {
        "DELETE", packed ? "/api/v1/backups?packed=true" : "/api/v1/backups", NULL, NULL};
    if (command_node_try(work, &call, &reply, &wrong))
        command_say_note(work, "The node's own copy could not be taken away; the next backup does");
}

/* ---- create: keys ------------------------------------------------------------------------------
 */

/* Sealed ones as they are, plain ones under the passphrase: no secret leaves the node readable. */
static enum command_exit pack_key(struct command_work *work, const char *path,
                                  const char *passphrase, struct bytes *out)
{
    struct key key;
    enum command_exit status = operate_key_read(work, path, &key);
    if (!status && !key.sealed)
        status = operate_key_seal_with(work, &key, passphrase);
    char *text = status ? NULL : arena_take(work->arena, KEY_FILE_MAX);
    if (text)
        *out = (struct bytes) {(const uint8_t *)text, key_write(&key, text)};
    explicit_bzero(&key, sizeof key);
    return status || text ? status : command_say_verdict(work, VERDICT_TOO_LARGE, path);
}

static enum command_exit pack_keys(struct command_work *work, const struct backup_place *place,
                                   const struct bytes **out)
{
    struct bytes *keys = arena_take_array(work->arena, BACKUP_KEYS_MAX, sizeof *keys);
    char passphrase[OPERATE_KEY_PASSPHRASE_MAX] = "";
    if (!command_work_flag(work, "with-keys"))
        return COMMAND_DONE;
    if (!keys)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the keys");
    enum command_exit status = operate_key_choose_passphrase(work, passphrase);
    for (size_t i = 0; !status && i < place->key_count; i++)
        status = pack_key(work, place->keys[i], passphrase, &keys[i]);
    explicit_bzero(passphrase, sizeof passphrase);
    *out = keys;
    return status;
}

/* ---- create ------------------------------------------------------------------------------------
 */

/* What the flags ask for. */
struct plan {
    const char *file, *dir;
    unsigned keep; /* 0: all */
    struct backup_place place;
    const struct bytes *keys;
};

static enum command_exit read_flags(struct command_work *work, struct plan *plan)
{
    plan->file = work->argument_count ? work->arguments[0] : NULL;
    plan->dir = command_work_flag(work, "dir");
    if (!plan->file == !plan->dir)
        return command_say_usage(work, "peregrin backup create FILE, or --dir DIR",
                                 plan->file ? "FILE and --dir: which of both?"
                                            : "where does the backup go?");
    if (command_work_flag(work, "keep") && !plan->dir)
        return command_say_usage(work, "add --dir DIR", "--keep goes with --dir");
    return command_say_number(work, "keep", 1, KEEP_MAX, 0, &plan->keep);
}

/* `configuration` is what the node says it runs by; without a node, what the user names. */
static enum command_exit read_place(struct command_work *work, const char *configuration,
                                    struct plan *plan)
{
    const struct command_backup_port *port = work->port->backup;
    if (!configuration)
        configuration = work->common.config ? work->common.config : work->port->config;
    if (!configuration)
        return command_say_usage(work, "add -c FILE", "which configuration?");
    const char *why =
        port->read_place(configuration, (struct bytes) {0}, work->arena, &plan->place);
    if (why) {
        struct backup_detail detail;
        snprintf(detail.text, sizeof detail.text, "%s", why);
        return operate_backup_wrong(work, BACKUP_CONFIG, &detail);
    }
    if (plan->dir)
        plan->file =
            port->name(plan->dir, plan->place.node, work->port->now(work->port->self), work->arena);
    return plan->file ? pack_keys(work, &plan->place, &plan->keys)
                      : command_say_verdict(work, VERDICT_TOO_LARGE, "the name");
}

static enum command_exit say_created(struct command_work *work, const struct plan *plan,
                                     const struct backup_facts *facts, size_t removed)
{
    command_say_line(
        work,
        "Backed up %" PRIu64 " records of %s into %s (%" PRIu64 ".%" PRIu64 " MB, schema %d, %s)",
        facts->records, facts->node, plan->file, facts->size / 1000000, facts->size / 100000 % 10,
        facts->schema, facts->keys ? "keys sealed" : "without keys");
    if (removed)
        command_say_line(work, "Removed %zu older one%s; %u are kept", removed,
                         removed == 1 ? "" : "s", plan->keep);
    command_say_json(
        work, json_pack("{s:i, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:i, s:I, s:I}", "schema", 1,
                        "file", plan->file, "node", facts->node, "records",
                        (json_int_t)facts->records, "seals", (json_int_t)facts->seals, "receipts",
                        (json_int_t)facts->receipts, "dossiers", (json_int_t)facts->dossiers,
                        "database_size", (json_int_t)facts->size, "database_schema", facts->schema,
                        "keys", (json_int_t)facts->keys, "removed", (json_int_t)removed));
    if (!facts->keys)
        command_say_note(work, "The keys are not in it: keep copies of them apart (--with-keys "
                               "packs them sealed).");
    command_say_next(work, "peregrin backup verify %s     and keep a copy on another machine",
                     plan->file);
    return COMMAND_DONE;
}

static enum command_exit pack(struct command_work *work, struct operate_backup_meter *meter,
                              const struct plan *plan, const char *copy)
{
    const struct command_backup_port *port = work->port->backup;
    struct backup_facts facts;
    struct backup_detail detail = {0};
    struct instant now = work->port->now(work->port->self);
    struct backup_order order = {.place = &plan->place,
                                 .copy = copy,
                                 .file = plan->file,
                                 .keys = plan->keys,
                                 .version = work->port->version,
                                 .now = now,
                                 .progress = {meter, operate_backup_report}};
    size_t removed = 0;
    enum backup_problem problem = port->create(&order, work->arena, &facts, &detail);
    if (!problem && plan->keep)
        problem = port->rotate(plan->dir, plan->place.node, plan->keep, now, &removed, &detail);
    return problem ? operate_backup_wrong(work, problem, &detail)
                   : say_created(work, plan, &facts, removed);
}

static enum command_exit create_with_node(struct command_work *work,
                                          struct operate_backup_meter *meter, struct plan *plan,
                                          const json_t *status)
{
    const char *configuration =
        json_string_value(json_object_get(json_object_get(status, "backup"), "configuration"));
    const char *copy = NULL;
    json_t *reply;
    enum command_exit wrong = read_place(work, configuration, plan);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would back up %s into %s", plan->place.database, plan->file);
        return COMMAND_DONE;
    }
    struct command_call call = {"POST", "/api/v1/backups", json_object(), NULL};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    wrong = follow_copy(work, meter, reply, &copy);
    if (!wrong)
        wrong = pack(work, meter, plan, copy);
    take_copy_away(work, !wrong);
    return wrong;
}

static enum command_exit create_alone(struct command_work *work, struct operate_backup_meter *meter,
                                      struct plan *plan)
{
    enum command_exit wrong = read_place(work, NULL, plan);
    if (wrong)
        return wrong;
    command_say_note(work, "No node answers: its database is read directly.");
    if (!work->common.dry_run)
        return pack(work, meter, plan, NULL);
    command_say_would(work, NULL, "Would back up %s into %s", plan->place.database, plan->file);
    return COMMAND_DONE;
}

enum command_exit operate_backup_create(struct command_work *work)
{
    struct plan plan = {0};
    struct operate_backup_meter meter = {.work = work};
    json_t *status = NULL;
    enum command_exit wrong = read_flags(work, &plan);
    if (!wrong)
        wrong = command_node_probe(work, "/api/v1/backups", &status);
    if (wrong)
        return wrong;
    return status ? create_with_node(work, &meter, &plan, status)
                  : create_alone(work, &meter, &plan);
}

/* ---- verify ------------------------------------------------------------------------------------
 */

enum command_exit operate_backup_verify(struct command_work *work)
{
    const char *file = work->arguments[0], *hex = command_work_flag(work, "anchor");
    struct operate_backup_meter meter = {.work = work};
    struct backup_report *found = arena_take(work->arena, sizeof *found);
    struct backup_detail detail = {0};
    struct digest anchor;
    if (!found)
        return command_say_verdict(work, VERDICT_TOO_LARGE, file);
    if (hex && !command_work_unhex(hex, anchor.bytes, DIGEST_SIZE))
        return command_say_usage(work, "as `peregrin catalogue anchor` prints it",
                                 "--anchor has not 64 hexadecimal digits");
    struct backup_check check = {.file = file,
                                 .anchor = hex ? &anchor : NULL,
                                 .read_place = work->port->backup->read_place,
                                 .progress = {&meter, operate_backup_report}};
    enum backup_problem problem = work->port->backup->verify(&check, work->arena, found, &detail);
    if (problem)
        return operate_backup_wrong(work, problem, &detail);
    command_say_line(work, "%s: node %s of federation %s, made %s by version %s", file,
                     found->facts.node, found->facts.network, found->facts.created,
                     found->facts.version);
    command_say_line(work,
                     "Checked %" PRIu64 " records, %" PRIu64 " seals, %" PRIu64
                     " receipts, %" PRIu64 " dossiers: all of it holds",
                     found->records, found->seals, found->receipts, found->dossiers);
    command_say_json(
        work, json_pack("{s:i, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:b}", "schema", 1, "file",
                        file, "node", found->facts.node, "created_at", found->facts.created,
                        "version", found->facts.version, "records", (json_int_t)found->records,
                        "seals", (json_int_t)found->seals, "receipts", (json_int_t)found->receipts,
                        "dossiers", (json_int_t)found->dossiers, "own_anchor", found->own_anchor));
    if (found->own_anchor)
        command_say_note(work, "Believed under the anchor in its own configuration. If this file "
                               "comes from a stranger, add --anchor.");
    return COMMAND_DONE;
}
