#include "operate/operate_key.h"

#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

enum { PASSPHRASE_MIN = 8, PASSPHRASE_MAX = OPERATE_KEY_PASSPHRASE_MAX, SECRET_MODE = 0600 };

static const char *const kind_names[KEY_KIND_COUNT] = {
    [KEY_SIGN] = "sign",
    [KEY_TRANSPORT] = "transport",
    [KEY_ROOT] = "root",
};

static enum command_exit wrong_key(struct command_work *work, const char *what, const char *remedy)
{
    return command_say_wrong(
        work, &(struct command_wrong) {COMMAND_CONFIG, "key", what, remedy, NULL, NULL});
}

enum command_exit operate_key_read(struct command_work *work, const char *path, struct key *key)
{
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, KEY_FILE_MAX - 1, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    if (file.mode & 077)
        return wrong_key(
            work, command_work_text(work, "%s: others may read this key", path),
            command_work_text(work, "chmod 600 %s, and make a new key if somebody did", path));
    size_t line = 0;
    enum verdict verdict = key_read(file.content, key, &line);
    explicit_bzero((void *)(uintptr_t)file.content.data, file.content.size);
    if (verdict)
        return wrong_key(work,
                         command_work_text(work, "%s:%zu: not a line of a key file", path, line),
                         "give a file made by `peregrin key new` or `peregrin init`");
    return COMMAND_DONE;
}

/* The first line of the file, without its end. */
static enum command_exit passphrase_from_file(struct command_work *work, const char *path,
                                              char out[static PASSPHRASE_MAX])
{
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, PASSPHRASE_MAX - 1, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    const uint8_t *end =
        file.content.size ? memchr(file.content.data, '\n', file.content.size) : NULL;
    size_t size = end ? (size_t)(end - file.content.data) : file.content.size;
    memcpy(out, file.content.data, size);
    out[size] = '\0';
    explicit_bzero((void *)(uintptr_t)file.content.data, file.content.size);
    return COMMAND_DONE;
}

static enum command_exit ask_passphrase(struct command_work *work, const char *prompt,
                                        char out[static PASSPHRASE_MAX])
{
    bool possible = work->port->asks && !work->common.no_input;
    if (possible && work->port->ask(work->port->self, prompt, true, out, PASSPHRASE_MAX))
        return COMMAND_DONE;
    return command_say_usage(work, "add --passphrase-file FILE",
                             "a passphrase is needed and nobody is here to type it");
}

static const char *passphrase_flag(const struct command_work *work)
{
    for (size_t i = 0; work->row->flags[i].name; i++)
        if (strcmp(work->row->flags[i].name, "passphrase-file") == 0)
            return command_work_flag(work, "passphrase-file");
    return NULL;
}

enum command_exit operate_key_load(struct command_work *work, const char *path, struct key *key)
{
    enum command_exit wrong = operate_key_read(work, path, key);
    if (wrong || !key->sealed)
        return wrong;
    char passphrase[PASSPHRASE_MAX] = "";
    const char *from = passphrase_flag(work);
    wrong = from ? passphrase_from_file(work, from, passphrase)
                 : ask_passphrase(work, command_work_text(work, "Passphrase of %s: ", path),
                                  passphrase);
    enum verdict verdict = wrong ? VERDICT_FINE : key_unseal(key, bytes_text(passphrase));
    explicit_bzero(passphrase, sizeof passphrase);
    if (verdict == VERDICT_FORGED)
        return wrong_key(work,
                         command_work_text(work, "%s: wrong passphrase, or a damaged file", path),
                         "type it again, or take the file from a backup");
    return wrong || !verdict ? wrong : command_say_verdict(work, verdict, path);
}

static enum command_exit write_key(struct command_work *work, const char *path,
                                   const struct key *key, bool replace)
{
    char text[KEY_FILE_MAX];
    struct command_file file = {{(const uint8_t *)text, key_write(key, text)}, SECRET_MODE};
    int problem = work->port->write_file(work->port->self, path, &file, replace);
    explicit_bzero(text, sizeof text);
    return problem ? command_say_file(work, path, problem) : COMMAND_DONE;
}

static bool name_fits(const char *name, size_t max)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < size; i++)
        if (name[i] <= ' ' || name[i] > '~')
            return false;
    return size >= 1 && size <= max;
}

enum command_exit operate_key_make(struct command_work *work, const char *path,
                                   const struct operate_key_name *name, struct key *key)
{
    if (!name_fits(name->owner, KEY_OWNER_MAX) || !name_fits(name->id, KEY_ID_MAX))
        return command_say_usage(work, "letters, digits, dots and hyphens: helmo.be, 2026-a",
                                 "an owner has 1 to %d characters and an id 1 to %d, no blanks",
                                 KEY_OWNER_MAX, KEY_ID_MAX);
    *key = (struct key) {.kind = name->kind};
    strcpy(key->owner, name->owner);
    strcpy(key->id, name->id);
    work->port->random(work->port->self, key->seed, sizeof key->seed);
    return write_key(work, path, key, false);
}

void operate_key_digest(const struct key *key, struct digest *out)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    key_public(key, public_key);
    digest_of(DIGEST_KEY, (struct bytes) {public_key, sizeof public_key}, out);
}

const char *operate_key_groups(struct command_work *work, const struct digest *digest)
{
    const char *hex = command_work_hex(work, digest->bytes, DIGEST_SIZE);
    return command_work_text(work, "%.8s %.8s %.8s %.8s  %.8s %.8s %.8s %.8s", hex, hex + 8,
                             hex + 16, hex + 24, hex + 32, hex + 40, hex + 48, hex + 56);
}

const char *operate_key_words(struct command_work *work, const struct digest *digest)
{
    static const char consonants[] = "bdfghjklmnprstvz", vowels[] = "aiou";
    char *text = arena_take(work->arena, DIGEST_SIZE * 3 + 1);
    if (!text)
        return "(no memory left for this text)";
    char *end = text;
    for (size_t i = 0; i < DIGEST_SIZE; i += 2) {
        unsigned word = (unsigned)digest->bytes[i] << 8 | digest->bytes[i + 1];
        *end++ = consonants[word >> 12];
        *end++ = vowels[word >> 10 & 3];
        *end++ = consonants[word >> 6 & 15];
        *end++ = vowels[word >> 4 & 3];
        *end++ = consonants[word & 15];
        *end++ = i + 2 < DIGEST_SIZE ? ' ' : '\0';
    }
    return text;
}

const char *operate_key_default_id(struct command_work *work)
{
    char now[INSTANT_TEXT_SIZE];
    instant_text(work->port->now(work->port->self), now);
    return command_work_text(work, "%.4s-a", now);
}

static enum command_exit show(struct command_work *work, const char *path, const struct key *key)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    struct digest digest;
    key_public(key, public_key);
    operate_key_digest(key, &digest);
    const char *public_hex = command_work_hex(work, public_key, sizeof public_key);
    command_say_line(work, "File         %s", path);
    command_say_line(work, "Kind         %s", kind_names[key->kind]);
    command_say_line(work, "Owner        %s", key->owner);
    command_say_line(work, "Key id       %s", key->id);
    command_say_line(work, "Public key   %s", public_hex);
    command_say_line(work, "Fingerprint  %s", operate_key_groups(work, &digest));
    command_say_json(work, json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s}", "schema", 1, "file",
                                     path, "kind", kind_names[key->kind], "owner", key->owner,
                                     "key_id", key->id, "public_key", public_hex, "fingerprint",
                                     command_work_hex(work, digest.bytes, DIGEST_SIZE)));
    return COMMAND_DONE;
}

enum command_exit operate_key_new(struct command_work *work)
{
    const char *kind = command_work_flag(work, "kind");
    const char *owner = command_work_flag(work, "owner");
    const char *id = command_work_flag(work, "id");
    struct operate_key_name name = {KEY_KIND_COUNT, owner, id ? id : operate_key_default_id(work)};
    for (size_t i = 0; i < KEY_KIND_COUNT; i++)
        if (kind && strcmp(kind, kind_names[i]) == 0)
            name.kind = (enum key_kind)i;
    if (name.kind == KEY_KIND_COUNT)
        return command_say_usage(work, "add --kind sign, --kind transport or --kind root",
                                 kind ? "--kind: there is no kind `%s`" : "which kind of key%s?",
                                 kind ? kind : "");
    if (!owner)
        return command_say_usage(work, "add --owner with the institution, node or federation",
                                 "whose key?");
    if (work->common.dry_run) {
        command_say_note(work, "Would make a %s key of %s in %s", kind, owner, work->arguments[0]);
        return COMMAND_DONE;
    }
    struct key key;
    enum command_exit status = operate_key_make(work, work->arguments[0], &name, &key);
    if (!status) {
        status = show(work, work->arguments[0], &key);
        command_say_next(work,
                         "peregrin key seal %s     or keep it where only the node can read it",
                         work->arguments[0]);
    }
    explicit_bzero(&key, sizeof key);
    return status;
}

enum command_exit operate_key_show(struct command_work *work)
{
    struct key key;
    enum command_exit status = operate_key_load(work, work->arguments[0], &key);
    if (!status)
        status = show(work, work->arguments[0], &key);
    explicit_bzero(&key, sizeof key);
    return status;
}

enum command_exit operate_key_fingerprint(struct command_work *work)
{
    struct key key;
    enum command_exit status = operate_key_load(work, work->arguments[0], &key);
    if (!status) {
        struct digest digest;
        operate_key_digest(&key, &digest);
        command_say_line(work, "%s", operate_key_groups(work, &digest));
        command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "fingerprint",
                                         command_work_hex(work, digest.bytes, DIGEST_SIZE)));
    }
    explicit_bzero(&key, sizeof key);
    return status;
}

/* A passphrase that is to be remembered: typed twice. */
enum command_exit operate_key_choose_passphrase(struct command_work *work,
                                                char out[static PASSPHRASE_MAX])
{
    const char *from = command_work_flag(work, "passphrase-file");
    enum command_exit wrong = from ? passphrase_from_file(work, from, out)
                                   : ask_passphrase(work, "New passphrase: ", out);
    if (wrong)
        return wrong;
    if (strlen(out) < PASSPHRASE_MIN)
        return command_say_usage(work, "take several words; nobody guesses those",
                                 "the passphrase is shorter than %d characters", PASSPHRASE_MIN);
    if (from)
        return COMMAND_DONE;
    char again[PASSPHRASE_MAX] = "";
    wrong = ask_passphrase(work, "The same again: ", again);
    bool same = strcmp(out, again) == 0;
    explicit_bzero(again, sizeof again);
    if (wrong || same)
        return wrong;
    return command_say_usage(work, "do the same again", "the two passphrases differ");
}

enum command_exit operate_key_seal_with(struct command_work *work, struct key *key,
                                        const char *passphrase)
{
    uint8_t dice[KEY_SALT_SIZE + KEY_NONCE_SIZE];
    work->port->random(work->port->self, dice, sizeof dice);
    if (key_seal(key, bytes_text(passphrase), dice, dice + KEY_SALT_SIZE, 0, 0))
        return COMMAND_DONE;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_UNEXPECTED, "memory", "the machine has too little memory to seal a key",
                  "stop what else runs here, then do the same again", NULL, NULL});
}

enum command_exit operate_key_seal(struct command_work *work)
{
    const char *path = work->arguments[0];
    char passphrase[PASSPHRASE_MAX] = "";
    struct key key;
    enum command_exit status = operate_key_read(work, path, &key);
    if (!status && key.sealed) {
        explicit_bzero(&key, sizeof key);
        return command_say_wrong(
            work, &(struct command_wrong) {COMMAND_REFUSED, "sealed",
                                           command_work_text(work, "%s is sealed already", path),
                                           "there is nothing to do", NULL, NULL});
    }
    if (!status)
        status = operate_key_choose_passphrase(work, passphrase);
    if (!status && !work->common.dry_run)
        status = operate_key_seal_with(work, &key, passphrase);
    if (!status && !work->common.dry_run)
        status = write_key(work, path, &key, true);
    explicit_bzero(passphrase, sizeof passphrase);
    explicit_bzero(&key, sizeof key);
    if (status)
        return status;
    command_say_line(work, work->common.dry_run ? "Would seal %s" : "Sealed %s", path);
    command_say_json(work, json_pack("{s:i, s:s, s:b}", "schema", 1, "file", path, "sealed",
                                     !work->common.dry_run));
    command_say_next(work, "keep a copy of %s and of the passphrase, in two places", path);
    return COMMAND_DONE;
}
