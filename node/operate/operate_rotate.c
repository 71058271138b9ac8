/* A key's successor: made, endorsed by a present signing key, and put on the enrolment card. Both
 * are in force until the authority ends the old one. */

#include "command/command_say.h"
#include "operate/operate_card.h"
#include "operate/operate_key.h"
#include "operate/operate_verbs.h"
#include "record/codec.h"
#include "trust/catalogue.h"

#include <stdlib.h>
#include <string.h>

enum { PUBLIC_MODE = 0644 };

struct rotation {
    const char *old_path, *new_path, *card_path, *id;
    struct key old, by, fresh; /* by: who endorses; the old one itself where that signs */
    struct operate_card *card;
    struct operate_card_institution *signer; /* on the card, of `by` */
    struct operate_card_key *entry;          /* what is replaced on the card */
    struct bytes *endorsement;
};

static enum command_exit refuse(struct command_work *work, const char *code, const char *what,
                                const char *remedy)
{
    return command_say_wrong(
        work, &(struct command_wrong) {COMMAND_REFUSED, code, what, remedy, NULL, NULL});
}

static bool is_entry(const struct operate_card_key *entry, const struct key *key)
{
    struct digest digest;
    operate_key_digest(key, &digest);
    return digest_equal(&entry->fingerprint, &digest);
}

/* `2026-a`, then `2026-b`: within a year the letter goes on. */
static const char *next_id(struct command_work *work, const char *before)
{
    char *id = (char *)(uintptr_t)operate_key_default_id(work);
    size_t last = strlen(id) - 1;
    bool same_year = strlen(before) == strlen(id) && strncmp(before, id, last) == 0;
    if (same_year && before[last] >= 'a' && before[last] < 'z')
        id[last] = (char)(before[last] + 1);
    return id;
}

static enum command_exit load_keys(struct command_work *work, struct rotation *it)
{
    const char *by = command_work_flag(work, "by"), *id = command_work_flag(work, "id");
    enum command_exit wrong = operate_key_load(work, it->old_path, &it->old);
    if (wrong)
        return wrong;
    if (it->old.kind == KEY_ROOT)
        return refuse(work, "root_key", "a root key is not rotated: its set stands in the root",
                      "see `peregrin help catalogue`");
    if (it->old.kind == KEY_TRANSPORT && !by)
        return command_say_usage(work, "add --by with the institution's signing key",
                                 "a transport key is endorsed by a signing key");
    it->by = it->old;
    if (it->old.kind == KEY_TRANSPORT)
        wrong = operate_key_load(work, by, &it->by);
    if (!wrong && it->by.kind != KEY_SIGN)
        return refuse(work, "other_kind", "--by is no signing key",
                      "give the institution's signing key");
    it->id = id ? id : next_id(work, it->old.id);
    if (!wrong && strcmp(it->id, it->old.id) == 0)
        return command_say_usage(work, "give another --id", "the key that is there has id %s",
                                 it->old.id);
    return wrong;
}

/* Both keys must stand on the card: it is what the authority knows. */
static enum command_exit load_card(struct command_work *work, struct rotation *it)
{
    it->card = arena_take(work->arena, sizeof *it->card);
    if (!it->card)
        return command_say_verdict(work, VERDICT_TOO_LARGE, it->card_path);
    *it->card = (struct operate_card) {0};
    enum command_exit wrong = operate_card_read(work, it->card_path, it->card, NULL);
    if (wrong)
        return wrong;
    for (size_t i = 0; i < it->card->institution_count; i++)
        if (is_entry(&it->card->institutions[i].key, &it->by))
            it->signer = &it->card->institutions[i];
    bool transport = it->old.kind == KEY_TRANSPORT;
    it->entry = transport ? &it->card->transport : it->signer ? &it->signer->key : NULL;
    it->endorsement = transport    ? &it->card->endorsement
                      : it->signer ? &it->signer->endorsement
                                   : NULL;
    if (it->signer && is_entry(it->entry, &it->old))
        return COMMAND_DONE;
    return refuse(
        work, "other_key",
        command_work_text(work, "%s names another key than the one that is there", it->card_path),
        "give the card and the key that belong together");
}

static enum command_exit put_on_card(struct command_work *work, struct rotation *it)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    bool transport = it->old.kind == KEY_TRANSPORT;
    it->entry->id = it->id;
    key_public(&it->fresh, it->entry->public_key);
    operate_key_digest(&it->fresh, &it->entry->fingerprint);
    const struct catalogue_endorsement what = {
        .network = it->card->network,
        .owner = transport ? it->card->node : it->signer->schac,
        .key_id = it->id,
        .endorser = it->signer->schac,
        .public_key = it->entry->public_key,
        .use = transport ? PEREGRIN__KEY_USE__KEY_USE_TRANSPORT : PEREGRIN__KEY_USE__KEY_USE_SIGN,
    };
    seal_key_pair(it->by.seed, public_key, secret);
    const Peregrin__Signed *signed_ = catalogue_endorse(&what, secret, work->arena);
    explicit_bzero(secret, sizeof secret);
    *it->endorsement = signed_ ? codec_pack(&signed_->base, work->arena) : (struct bytes) {0};
    json_t *value =
        it->endorsement->data ? command_work_keep(work, operate_card_json(work, it->card)) : NULL;
    char *text = value ? json_dumps(value, JSON_INDENT(2)) : NULL;
    if (!text)
        return command_say_verdict(work, VERDICT_TOO_LARGE, it->card_path);
    const struct command_file file = {bytes_text(command_work_text(work, "%s\n", text)),
                                      PUBLIC_MODE};
    free(text);
    int problem = work->port->write_file(work->port->self, it->card_path, &file, true);
    return problem ? command_say_file(work, it->card_path, problem) : COMMAND_DONE;
}

static enum command_exit tell(struct command_work *work, const struct rotation *it)
{
    struct digest digest;
    operate_key_digest(&it->fresh, &digest);
    command_say_line(work, "Key %s of %s follows %s", it->id, it->old.owner, it->old.id);
    command_say_line(work, "File         %s", it->new_path);
    command_say_line(work, "Fingerprint  %s", operate_key_groups(work, &digest));
    command_say_json(work,
                     json_pack("{s:i, s:s, s:s, s:s, s:s, s:s}", "schema", 1, "file", it->new_path,
                               "owner", it->old.owner, "key_id", it->id, "before", it->old.id,
                               "fingerprint", command_work_hex(work, digest.bytes, DIGEST_SIZE)));
    command_say_note(work, "Keep the old key where it is: until the authority has published the "
                           "new one, the node goes on with it.");
    command_say_next(work,
                     "add %s to `keys` in peregrind.conf and restart the node, then\n"
                     "       give %s to the authority: peregrin catalogue add %s",
                     it->new_path, it->card_path, it->card_path);
    return COMMAND_DONE;
}

static enum command_exit rotate(struct command_work *work, struct rotation *it)
{
    enum command_exit wrong = load_keys(work, it);
    if (!wrong)
        wrong = load_card(work, it);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would make key %s of %s in %s, and put it on %s", it->id,
                          it->old.owner, it->new_path, it->card_path);
        return COMMAND_DONE;
    }
    const struct operate_key_name name = {it->old.kind, it->old.owner, it->id};
    wrong = operate_key_make(work, it->new_path, &name, &it->fresh);
    if (!wrong)
        wrong = put_on_card(work, it);
    return wrong ? wrong : tell(work, it);
}

enum command_exit operate_rotate_run(struct command_work *work)
{
    struct rotation it = {.old_path = work->arguments[0],
                          .new_path = work->arguments[1],
                          .card_path = command_work_flag(work, "card")};
    if (!it.card_path)
        return command_say_usage(work, "add --card with the card that `peregrin init` made",
                                 "the new key goes to the authority on the enrolment card");
    enum command_exit status = rotate(work, &it);
    explicit_bzero(&it.old, sizeof it.old);
    explicit_bzero(&it.by, sizeof it.by);
    explicit_bzero(&it.fresh, sizeof it.fresh);
    return status;
}
