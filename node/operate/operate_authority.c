#include "command/command_say.h"
#include "operate/operate_catalogue.h"
#include "operate/operate_key.h"
#include "operate/operate_verbs.h"
#include "record/header.h"
#include "trust/ballot.h"

#include <errno.h>
#include <string.h>

enum { KEYS = 3, THRESHOLD = 2, YEAR_SECONDS = 366 * 86400, PUBLIC = 0755, PUBLIC_MODE = 0644 };

/* A federation that begins. */
struct founding {
    const char *network, *dir;
    unsigned key_count, threshold;
    struct key keys[BALLOT_KEYS_MAX];
    uint8_t public_keys[BALLOT_KEYS_MAX][SEAL_PUBLIC_SIZE];
    ProtobufCBinaryData views[BALLOT_KEYS_MAX];
};

static const char *root_key_path(struct command_work *work, const char *dir, size_t index)
{
    return command_work_text(work, "%s/root-%zu.key", dir, index + 1);
}

static enum command_exit read_founding(struct command_work *work, struct founding *founding)
{
    founding->network = command_work_flag(work, "network");
    if (!founding->network || !header_name_valid(bytes_text(founding->network), HEADER_NAME_MAX) ||
        strchr(founding->network, '/'))
        return command_say_usage(work, "add --network NAME: letters, digits, dots and hyphens",
                                 "the federation has no name");
    founding->dir = command_work_flag(work, "dir");
    if (!founding->dir)
        founding->dir = founding->network;
    enum command_exit wrong =
        command_say_number(work, "keys", 1, BALLOT_KEYS_MAX, KEYS, &founding->key_count);
    unsigned most = founding->key_count, usual = most < THRESHOLD ? most : THRESHOLD;
    return wrong ? wrong
                 : command_say_number(work, "threshold", 1, most, usual, &founding->threshold);
}

/* A federation has one root: to begin it twice would make two. */
static enum command_exit check_fresh(struct command_work *work, const struct founding *founding)
{
    const char *path = command_work_text(work, "%s/root", founding->dir);
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, CATALOGUE_ROOT_MAX, work->arena, &file);
    if (problem == ENOENT)
        return COMMAND_DONE;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_REFUSED, "root_exists",
                  command_work_text(work, "%s: a federation begins only once", path),
                  "go on with `peregrin catalogue add`, or give another --dir", NULL, NULL});
}

static enum command_exit make_root_keys(struct command_work *work, struct founding *founding)
{
    for (size_t i = 0; i < founding->key_count; i++) {
        struct operate_key_name name = {KEY_ROOT, founding->network,
                                        command_work_text(work, "root-%zu", i + 1)};
        enum command_exit wrong = operate_key_make(work, root_key_path(work, founding->dir, i),
                                                   &name, &founding->keys[i]);
        if (wrong)
            return wrong;
        key_public(&founding->keys[i], founding->public_keys[i]);
        founding->views[i] = (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, founding->public_keys[i]};
    }
    return COMMAND_DONE;
}

static enum verdict add_signature(struct bytes *wire, enum seal_context context,
                                  const struct key *key, struct arena *arena)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    seal_key_pair(key->seed, public_key, secret);
    enum verdict verdict = catalogue_add_signature(*wire, context, secret, arena, wire);
    explicit_bzero(secret, sizeof secret);
    return verdict;
}

static enum command_exit write_root(struct command_work *work, struct founding *founding,
                                    struct digest *anchor)
{
    Peregrin__RootStatement said = PEREGRIN__ROOT_STATEMENT__INIT;
    said.network = (char *)(uintptr_t)founding->network;
    said.has_version = said.has_threshold = said.has_created = said.has_expires = true;
    said.version = 1;
    said.keys = founding->views;
    said.n_keys = founding->key_count;
    said.threshold = founding->threshold;
    said.created = instant_seconds(work->port->now(work->port->self));
    said.expires = said.created + YEAR_SECONDS;
    struct bytes wire = catalogue_pack_root(&said, work->arena);
    enum verdict verdict = wire.data ? VERDICT_FINE : VERDICT_TOO_LARGE;
    for (size_t i = 0; !verdict && i < founding->key_count; i++)
        verdict = add_signature(&wire, SEAL_CONTEXT_ROOT, &founding->keys[i], work->arena);
    if (verdict)
        return command_say_verdict(work, verdict, "the root");
    catalogue_anchor(wire, anchor);
    const char *path = command_work_text(work, "%s/root", founding->dir);
    int problem = work->port->write_file(work->port->self, path,
                                         &(struct command_file) {wire, PUBLIC_MODE}, false);
    return problem ? command_say_file(work, path, problem) : COMMAND_DONE;
}

static void tell_founding(struct command_work *work, const struct founding *founding,
                          const struct digest *anchor)
{
    const char *hex = command_work_hex(work, anchor->bytes, DIGEST_SIZE);
    command_say_line(work, "Federation %s begins: %u root keys in %s, any %u of them sign",
                     founding->network, founding->key_count, founding->dir, founding->threshold);
    command_say_line(work, "Anchor  %s", hex);
    command_say_json(work, json_pack("{s:i, s:s, s:s, s:i, s:i, s:s}", "schema", 1, "network",
                                     founding->network, "directory", founding->dir, "keys",
                                     (int)founding->key_count, "threshold",
                                     (int)founding->threshold, "anchor", hex));
    command_say_note(work, "Seal the root keys (`peregrin key seal`) and keep them apart. The "
                           "anchor goes to everyone by hand.");
    command_say_next(work, "peregrin catalogue add CARD --dir %s", founding->dir);
}

enum command_exit operate_authority_new(struct command_work *work)
{
    struct founding founding = {0};
    struct digest anchor;
    enum command_exit status = read_founding(work, &founding);
    if (!status)
        status = check_fresh(work, &founding);
    if (!status && work->common.dry_run) {
        command_say_would(work, NULL, "Would make %u root keys and the root of %s in %s",
                          founding.key_count, founding.network, founding.dir);
        return COMMAND_DONE;
    }
    if (!status) {
        int problem = work->port->make_directory(work->port->self, founding.dir, PUBLIC);
        status = problem ? command_say_file(work, founding.dir, problem) : COMMAND_DONE;
    }
    if (!status)
        status = make_root_keys(work, &founding);
    if (!status)
        status = write_root(work, &founding, &anchor);
    if (!status)
        tell_founding(work, &founding, &anchor);
    explicit_bzero(founding.keys, sizeof founding.keys);
    return status;
}

enum command_exit operate_authority_renew(struct command_work *work)
{
    struct operate_catalogue here;
    Peregrin__CatalogueStatement *next;
    enum command_exit wrong = operate_catalogue_load(work, &here);
    if (!wrong)
        wrong = operate_catalogue_next(work, &here, &next);
    if (!wrong)
        wrong = operate_catalogue_keep(work, &here, next);
    if (wrong)
        return wrong;
    command_say_line(work, "%s version %llu is %s, with new dates",
                     work->common.dry_run ? "Would begin:" : "Draft:",
                     (unsigned long long)next->version, "as before");
    command_say_json(work,
                     json_pack("{s:i, s:I}", "schema", 1, "version", (json_int_t)next->version));
    command_say_next(work, "peregrin catalogue sign --dir %s --key ROOT.key", here.dir);
    return COMMAND_DONE;
}

static bool is_root_key(const Peregrin__RootStatement *root, const struct key *key)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    key_public(key, public_key);
    for (size_t i = 0; i < root->n_keys; i++)
        if (root->keys[i].len == SEAL_PUBLIC_SIZE &&
            memcmp(root->keys[i].data, public_key, SEAL_PUBLIC_SIZE) == 0)
            return true;
    return false;
}

static enum command_exit sign_with(struct command_work *work, const struct operate_catalogue *here,
                                   const char *path, struct bytes *wire)
{
    struct key key;
    enum command_exit status = operate_key_load(work, path, &key);
    if (status) {
        explicit_bzero(&key, sizeof key);
        return status;
    }
    if (key.kind != KEY_ROOT || !is_root_key(here->root_said, &key)) {
        status = command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_TRUST, "not_a_root_key",
                      command_work_text(work, "%s is not a root key of %s", path,
                                        here->root_said->network),
                      "take one of the keys that `peregrin catalogue new` made", NULL, NULL});
    } else {
        enum verdict verdict = add_signature(wire, SEAL_CONTEXT_CATALOGUE, &key, work->arena);
        if (verdict)
            status = command_say_verdict(work, verdict, here->dir);
    }
    explicit_bzero(&key, sizeof key);
    return status;
}

/* The history first: a crash between the two leaves the old version in force. */
static enum command_exit publish(struct command_work *work, const struct operate_catalogue *here,
                                 struct bytes wire)
{
    struct catalogue *catalogue;
    enum command_exit wrong = operate_catalogue_believe(
        work, here->dir, (struct catalogue_files) {here->root, wire}, &here->anchor, &catalogue);
    if (!wrong)
        wrong = operate_catalogue_write(
            work, command_work_text(work, "catalogue-%llu", (unsigned long long)catalogue->version),
            wire, true);
    return wrong ? wrong : operate_catalogue_write(work, "catalogue", wire, true);
}

static enum command_exit tell_signed(struct command_work *work,
                                     const struct operate_catalogue *here, size_t have)
{
    unsigned long long version = here->draft_said->version;
    uint32_t need = here->root_said->threshold;
    bool published = have >= need;
    command_say_line(work, "Version %llu has %zu of %u signatures%s", version, have, need,
                     published ? ": in force" : "");
    command_say_json(work, json_pack("{s:i, s:I, s:I, s:I, s:b}", "schema", 1, "version",
                                     (json_int_t)version, "signatures", (json_int_t)have,
                                     "threshold", (json_int_t)need, "in_force", published));
    if (published)
        command_say_next(work, "publish %s/root and %s/catalogue to every node (DIR/trust)",
                         here->dir, here->dir);
    else
        command_say_next(work, "peregrin catalogue sign --dir %s --key ANOTHER-ROOT.key",
                         here->dir);
    return COMMAND_DONE;
}

enum command_exit operate_authority_sign(struct command_work *work)
{
    struct operate_catalogue here;
    const char *path;
    enum command_exit wrong = operate_catalogue_load(work, &here);
    if (wrong)
        return wrong;
    if (!command_work_flag(work, "key"))
        return command_say_usage(work, "add --key FILE", "with which root key?");
    if (!here.draft_said)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_REFUSED, "no_draft", "there is no next version to sign",
                      "begin one with `peregrin catalogue add` or `renew`", NULL, NULL});
    struct bytes wire = here.draft;
    for (size_t i = 0; !wrong && (path = command_work_flag_nth(work, "key", i)); i++)
        wrong = sign_with(work, &here, path, &wire);
    size_t have = wrong ? 0 : operate_catalogue_signatures(&here, wire, work->arena);
    if (!wrong && work->common.dry_run) {
        command_say_would(work, NULL, "Would bring version %llu to %zu of %u signatures",
                          (unsigned long long)here.draft_said->version, have,
                          here.root_said->threshold);
        return COMMAND_DONE;
    }
    if (!wrong)
        wrong = operate_catalogue_write(work, "catalogue.draft", wire, true);
    if (!wrong && have >= here.root_said->threshold)
        wrong = publish(work, &here, wire);
    return wrong ? wrong : tell_signed(work, &here, have);
}
