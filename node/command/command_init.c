#include "command/command_card.h"
#include "command/command_key.h"
#include "command/command_say.h"
#include "command/command_verbs.h"
#include "record/codec.h"
#include "record/header.h"
#include "trust/catalogue.h"
#include "trust/endpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 256, PRIVATE = 0700, PUBLIC = 0755 };

/* What the node is to be, and where its files go. */
struct plan {
    const char *institution, *name, *country, *network, *node, *listen, *endpoint, *dir, *anchor;
    const char *sign_path, *transport_path, *card_path, *config_path;
    struct key sign, transport;
    bool sign_new, transport_new, config_new;
    struct command_card *card;
};

/* A value by flag, by question, or by default; NULL when there is none of them. */
static const char *value_of(struct command_work *work, const char *flag, const char *question,
                            const char *otherwise)
{
    const char *given = command_work_flag(work, flag);
    if (given || !question || !work->port->asks || work->common.no_input || work->common.json)
        return given ? given : otherwise;
    char *answer = arena_take(work->arena, ANSWER_MAX);
    const char *prompt = otherwise ? command_work_text(work, "%s [%s]: ", question, otherwise)
                                   : command_work_text(work, "%s: ", question);
    if (!answer || !work->port->ask(work->port->self, prompt, false, answer, ANSWER_MAX))
        return otherwise;
    return answer[0] ? answer : otherwise;
}

static enum command_exit missing(struct command_work *work, const char *flag, const char *example)
{
    return command_say_usage(work, command_work_text(work, "add --%s %s", flag, example),
                             "--%s is missing", flag);
}

static bool wildcard(const char *listen)
{
    return strncmp(listen, "tcp://0.0.0.0:", 14) == 0 || strncmp(listen, "tcp://[::]:", 11) == 0;
}

/* What people give is checked before the first file is made. */
static enum command_exit check_plan(struct command_work *work, const struct plan *plan)
{
    struct digest anchor;
    if (!header_schac_valid(bytes_text(plan->institution)))
        return command_say_usage(work, "lower-case domain, as in helmo.be",
                                 "--institution: `%s` is not a SCHAC domain", plan->institution);
    if (strlen(plan->country) != 2 || plan->country[0] < 'A' || plan->country[0] > 'Z' ||
        plan->country[1] < 'A' || plan->country[1] > 'Z')
        return command_say_usage(work, "two capital letters, as in BE",
                                 "--country: `%s` is not a country code", plan->country);
    if (!header_name_valid(bytes_text(plan->network), HEADER_NAME_MAX) ||
        !header_name_valid(bytes_text(plan->node), KEY_OWNER_MAX) || strchr(plan->node, '/'))
        return command_say_usage(work, "letters, digits, dots and hyphens",
                                 "--network or --node is not a name");
    if (!endpoint_valid(bytes_text(plan->listen)) || !endpoint_valid(bytes_text(plan->endpoint)))
        return command_say_usage(work, "as in tcp://192.0.2.7:4100, an address and no name",
                                 "--listen or --endpoint is no address");
    if (wildcard(plan->endpoint))
        return command_say_usage(work, "add --endpoint tcp://ADDRESS:PORT, as partners reach it",
                                 "partners cannot call %s", plan->endpoint);
    if (plan->anchor && !command_work_unhex(plan->anchor, anchor.bytes, DIGEST_SIZE))
        return command_say_usage(work, "as `peregrin catalogue anchor` prints it",
                                 "--anchor has not 64 hexadecimal digits");
    return COMMAND_DONE;
}

static enum command_exit read_plan(struct command_work *work, struct plan *plan)
{
    plan->institution = value_of(work, "institution", "Institution (SCHAC, as helmo.be)", NULL);
    if (!plan->institution)
        return missing(work, "institution", "SCHAC, as in helmo.be");
    plan->name = value_of(work, "name", "Its name", NULL);
    if (!plan->name)
        return missing(work, "name", "\"NAME\"");
    plan->country = value_of(work, "country", "Its country (two letters)", NULL);
    if (!plan->country)
        return missing(work, "country", "CC, as in BE");
    plan->network = value_of(work, "network", "Federation", "demo");
    plan->node = value_of(work, "node", NULL, plan->institution);
    plan->listen = value_of(work, "listen", "Address to listen on (tcp://ADDRESS:PORT)", NULL);
    if (!plan->listen)
        return missing(work, "listen", "tcp://ADDRESS:PORT");
    plan->endpoint = value_of(work, "endpoint", NULL, plan->listen);
    plan->dir = value_of(work, "dir", NULL, plan->node);
    plan->anchor = command_work_flag(work, "anchor");
    plan->sign_path = command_work_text(work, "%s/keys/%s.sign.key", plan->dir, plan->institution);
    plan->transport_path =
        command_work_text(work, "%s/keys/%s.transport.key", plan->dir, plan->node);
    plan->card_path = command_work_text(work, "%s/%s.enrol", plan->dir, plan->node);
    plan->config_path = command_work_text(work, "%s/peregrind.conf", plan->dir);
    return check_plan(work, plan);
}

static enum command_exit make_directories(struct command_work *work, const struct plan *plan)
{
    static const struct {
        const char *name;
        unsigned mode;
    } directories[] = {{"", PUBLIC}, {"/keys", PRIVATE}, {"/data", PRIVATE}, {"/trust", PUBLIC}};
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        const char *path = command_work_text(work, "%s%s", plan->dir, directories[i].name);
        int problem = work->port->make_directory(work->port->self, path, directories[i].mode);
        if (problem)
            return command_say_file(work, path, problem);
    }
    return COMMAND_DONE;
}

/* A key that is there is used, whatever its age; it is never written over. */
static enum command_exit ensure_key(struct command_work *work, const char *path,
                                    const struct command_key_name *name, struct key *key,
                                    bool *made)
{
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, KEY_FILE_MAX - 1, work->arena, &file);
    *made = problem == ENOENT;
    if (*made)
        return command_key_make(work, path, name, key);
    if (!problem)
        explicit_bzero((void *)(uintptr_t)file.content.data, file.content.size);
    enum command_exit wrong = command_key_load(work, path, key);
    if (wrong)
        return wrong;
    if (key->kind == name->kind && strcmp(key->owner, name->owner) == 0)
        return COMMAND_DONE;
    return command_say_wrong(
        work,
        &(struct command_wrong) {COMMAND_REFUSED, "other_key",
                                 command_work_text(work, "%s is the key of %s, not of %s", path,
                                                   key->owner, name->owner),
                                 "give another --dir; a key is never written over", NULL, NULL});
}

static enum command_exit make_keys(struct command_work *work, struct plan *plan)
{
    const char *id = command_key_default_id(work);
    struct command_key_name sign = {KEY_SIGN, plan->institution, id};
    struct command_key_name transport = {KEY_TRANSPORT, plan->node, id};
    enum command_exit wrong =
        ensure_key(work, plan->sign_path, &sign, &plan->sign, &plan->sign_new);
    return wrong ? wrong
                 : ensure_key(work, plan->transport_path, &transport, &plan->transport,
                              &plan->transport_new);
}

static void card_key(struct command_work *work, const struct key *key, struct command_card_key *out)
{
    out->id = command_work_text(work, "%s", key->id);
    key_public(key, out->public_key);
    command_key_digest(key, &out->fingerprint);
}

/* The institution's entry in the card: the one that is there, or a new one behind the others. */
static enum command_exit enter(struct command_work *work, const struct plan *plan)
{
    struct command_card *card = plan->card;
    size_t place = 0;
    while (place < card->institution_count &&
           strcmp(card->institutions[place].schac, plan->institution) != 0)
        place++;
    if (place == COMMAND_CARD_INSTITUTIONS)
        return command_say_usage(work, "make a second node", "this card is full");
    struct command_card_institution *entry = &card->institutions[place];
    *entry = (struct command_card_institution) {
        .schac = plan->institution, .name = plan->name, .country = plan->country};
    card_key(work, &plan->sign, &entry->key);
    card->institution_count += place == card->institution_count;
    return COMMAND_DONE;
}

static enum command_exit endorse(struct command_work *work, struct plan *plan)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    seal_key_pair(plan->sign.seed, public_key, secret);
    struct catalogue_endorsement what = {
        .network = plan->network,
        .owner = plan->node,
        .key_id = plan->card->transport.id,
        .endorser = plan->institution,
        .public_key = plan->card->transport.public_key,
        .use = PEREGRIN__KEY_USE__KEY_USE_TRANSPORT,
    };
    const Peregrin__Signed *signed_ = catalogue_endorse(&what, secret, work->arena);
    explicit_bzero(secret, sizeof secret);
    plan->card->endorsement =
        signed_ ? codec_pack(&signed_->base, work->arena) : (struct bytes) {NULL, 0};
    if (!plan->card->endorsement.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, plan->card_path);
    return COMMAND_DONE;
}

static enum command_exit make_card(struct command_work *work, struct plan *plan)
{
    struct command_card *card = arena_take(work->arena, sizeof *card);
    if (!card)
        return command_say_verdict(work, VERDICT_TOO_LARGE, plan->card_path);
    plan->card = card;
    bool absent;
    enum command_exit wrong = command_card_read(work, plan->card_path, card, &absent);
    if (wrong)
        return wrong;
    card->network = plan->network;
    card->node = plan->node;
    card->endpoint = plan->endpoint;
    card_key(work, &plan->transport, &card->transport);
    wrong = enter(work, plan);
    if (!wrong)
        wrong = endorse(work, plan);
    if (wrong)
        return wrong;
    json_t *value = command_work_keep(work, command_card_json(work, card));
    char *text = value ? json_dumps(value, JSON_INDENT(2)) : NULL;
    if (!text)
        return command_say_verdict(work, VERDICT_TOO_LARGE, plan->card_path);
    struct bytes content = bytes_text(command_work_text(work, "%s\n", text));
    free(text);
    int problem = work->port->write_file(work->port->self, plan->card_path,
                                         &(struct command_file) {content, 0644}, true);
    return problem ? command_say_file(work, plan->card_path, problem) : COMMAND_DONE;
}

static enum command_exit make_config(struct command_work *work, struct plan *plan)
{
    const struct command_setting settings[] = {
        {"node", plan->node},
        {"network", plan->network},
        {"institutions", plan->institution},
        {"listen", plan->listen},
        {"database", "data/peregrin.db"},
        {"catalogue", "trust/catalogue"},
        {"root", "trust/root"},
        {"keys", command_work_text(work, "keys/%s.sign.key", plan->institution)},
        {"keys", command_work_text(work, "keys/%s.transport.key", plan->node)},
        {"socket", "peregrin.sock"},
        {"anchor", plan->anchor}, /* the last one: it may be unknown yet */
    };
    size_t count = sizeof settings / sizeof *settings - !plan->anchor;
    const char *text = work->port->config_sample(work->port->self, settings, count, work->arena);
    if (!text)
        return command_say_verdict(work, VERDICT_TOO_LARGE, plan->config_path);
    int problem = work->port->write_file(work->port->self, plan->config_path,
                                         &(struct command_file) {bytes_text(text), 0640}, false);
    plan->config_new = problem == 0;
    return problem && problem != EEXIST ? command_say_file(work, plan->config_path, problem)
                                        : COMMAND_DONE;
}

static void tell(struct command_work *work, const struct plan *plan)
{
    const struct command_card_key *key = &plan->card->institutions[0].key;
    for (size_t i = 0; i < plan->card->institution_count; i++)
        if (strcmp(plan->card->institutions[i].schac, plan->institution) == 0)
            key = &plan->card->institutions[i].key;
    command_say_line(work, "%s on node %s of federation %s, in %s", plan->institution, plan->node,
                     plan->network, plan->dir);
    command_say_line(work, "  signing key    %-5s %s", plan->sign_new ? "new" : "kept",
                     plan->sign_path);
    command_say_line(work, "  transport key  %-5s %s", plan->transport_new ? "new" : "kept",
                     plan->transport_path);
    command_say_line(work, "  configuration  %-5s %s", plan->config_new ? "new" : "kept",
                     plan->config_path);
    command_say_line(work, "  card           new   %s", plan->card_path);
    command_say_line(work, "Fingerprint of %s  %s", plan->institution,
                     command_key_groups(work, &key->fingerprint));
    command_say_json(work,
                     json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:o}",
                               "schema", 1, "directory", plan->dir, "signing_key", plan->sign_path,
                               "transport_key", plan->transport_path, "configuration",
                               plan->config_path, "card_file", plan->card_path, "fingerprint",
                               command_work_hex(work, key->fingerprint.bytes, DIGEST_SIZE),
                               "institution", plan->institution, "signing_key_new", plan->sign_new,
                               "transport_key_new", plan->transport_new, "configuration_new",
                               plan->config_new, "card", command_card_json(work, plan->card)));
    if (!plan->config_new && plan->sign_new)
        command_say_note(work, "%s was kept: add %s to its institutions and %s to its keys",
                         plan->config_path, plan->institution, plan->sign_path);
    command_say_next(work,
                     "hand %s to the authority of %s and compare the fingerprint by telephone.\n"
                     "       Put the root and catalogue that come back into %s/trust%s, then\n"
                     "       peregrind -c %s",
                     plan->card_path, plan->network, plan->dir,
                     plan->anchor ? "" : ", the anchor into the configuration", plan->config_path);
}

enum command_exit command_init_run(struct command_work *work)
{
    struct plan plan = {0};
    enum command_exit status = read_plan(work, &plan);
    if (!status && work->common.dry_run) {
        command_say_line(work, "Would make, where it is not there yet:\n  %s\n  %s\n  %s\n  %s",
                         plan.sign_path, plan.transport_path, plan.config_path, plan.card_path);
        return COMMAND_DONE;
    }
    if (!status)
        status = make_directories(work, &plan);
    if (!status)
        status = make_keys(work, &plan);
    if (!status)
        status = make_card(work, &plan);
    if (!status)
        status = make_config(work, &plan);
    if (!status)
        tell(work, &plan);
    explicit_bzero(&plan.sign, sizeof plan.sign);
    explicit_bzero(&plan.transport, sizeof plan.transport);
    return status;
}
