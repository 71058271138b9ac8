#include "command/command_say.h"
#include "operate/operate_card.h"
#include "operate/operate_key.h"
#include "operate/operate_verbs.h"
#include "record/codec.h"
#include "record/header.h"
#include "trust/catalogue.h"
#include "trust/endpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 256, PRIVATE = 0700, PUBLIC = 0755 };

/* Of a node that nobody can dial: it calls out, and its card has no endpoint. */
static const char nowhere[] = "none";

/* An institution that the node serves. */
struct plan_institution {
    const char *schac, *name, *country, *sign_path;
    struct operate_card_alias aliases[OPERATE_CARD_ALIASES];
    size_t alias_count;
    struct key sign;
    bool sign_new;
    struct digest fingerprint;
};

/* What the node is to be, and where its files go. */
struct plan {
    struct plan_institution *institutions; /* in the order in which they were given */
    size_t count;
    const char *network, *node, *listen, *endpoint, *dir, *anchor;
    const char *transport_path, *card_path, *config_path;
    struct key transport;
    bool transport_new, config_new;
    struct operate_card *card;
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

static enum command_exit check_institution(struct command_work *work, const struct plan *plan,
                                           size_t place)
{
    const struct plan_institution *one = &plan->institutions[place];
    if (!header_schac_valid(bytes_text(one->schac)))
        return command_say_usage(work, "lower-case domain, as in helmo.be",
                                 "--institution: `%s` is not a SCHAC domain", one->schac);
    if (!operate_card_name_valid(one->name))
        return command_say_usage(work, "one line of 1 to 256 bytes, without blanks at its ends",
                                 "--name: the name of %s is not one", one->schac);
    if (!operate_card_country_valid(one->country))
        return command_say_usage(work, "two capital letters, as in BE",
                                 "--country: `%s` is not a country code", one->country);
    for (size_t i = 0; i < place; i++)
        if (strcmp(plan->institutions[i].schac, one->schac) == 0)
            return command_say_usage(work, "each institution once",
                                     "--institution: `%s` is given twice", one->schac);
    return COMMAND_DONE;
}

static enum command_exit check_addresses(struct command_work *work, const struct plan *plan)
{
    if (strcmp(plan->listen, nowhere) == 0 && plan->endpoint)
        return command_say_usage(work, "add --listen tcp://ADDRESS:PORT, or leave --endpoint out",
                                 "partners cannot call %s where nothing listens", plan->endpoint);
    if ((strcmp(plan->listen, nowhere) != 0 && !endpoint_valid(bytes_text(plan->listen))) ||
        (plan->endpoint && !endpoint_valid(bytes_text(plan->endpoint))))
        return command_say_usage(work, "as in tcp://192.0.2.7:4100, an address and no name",
                                 "--listen or --endpoint is no address");
    if (plan->endpoint && wildcard(plan->endpoint))
        return command_say_usage(work, "add --endpoint tcp://ADDRESS:PORT, as partners reach it",
                                 "partners cannot call %s", plan->endpoint);
    return COMMAND_DONE;
}

/* What people give is checked before the first file is made. */
static enum command_exit check_plan(struct command_work *work, const struct plan *plan)
{
    struct digest anchor;
    for (size_t i = 0; i < plan->count; i++) {
        enum command_exit wrong = check_institution(work, plan, i);
        if (wrong)
            return wrong;
    }
    if (!header_name_valid(bytes_text(plan->network), HEADER_NAME_MAX) ||
        !header_name_valid(bytes_text(plan->node), KEY_OWNER_MAX) || strchr(plan->node, '/'))
        return command_say_usage(work, "letters, digits, dots and hyphens",
                                 "--network or --node is not a name");
    if (plan->anchor && !command_work_unhex(plan->anchor, anchor.bytes, DIGEST_SIZE))
        return command_say_usage(work, "as `peregrin catalogue anchor` prints it",
                                 "--anchor has not 64 hexadecimal digits");
    return check_addresses(work, plan);
}

/* By what else lists name it: `-` where one of several has no such name. */
static enum command_exit read_aliases(struct command_work *work, struct plan_institution *one,
                                      size_t nth)
{
    static const struct {
        const char *flag, *scheme, *form;
    } names[] = {
        {"erasmus-code", "erasmus", "as in \"B  LIEGE37\", with its blanks"},
        {"pic", "pic", "nine digits"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = command_work_flag_nth(work, names[i].flag, nth);
        struct operate_card_alias alias = {names[i].scheme, value};
        if (!value || strcmp(value, "-") == 0)
            continue;
        if (!operate_card_alias_valid(&alias))
            return command_say_usage(work, names[i].form, "--%s: `%s` is none", names[i].flag,
                                     value);
        one->aliases[one->alias_count++] = alias;
    }
    return COMMAND_DONE;
}

/* The first one may be asked for; further ones stand as flags, each with its name, and with its
 * country where it is another than the first one's. */
static enum command_exit read_institution(struct command_work *work, struct plan *plan, size_t nth)
{
    struct plan_institution *one = &plan->institutions[nth];
    const char *country = nth ? plan->institutions[0].country : NULL;
    one->schac = nth ? command_work_flag_nth(work, "institution", nth)
                     : value_of(work, "institution", "Institution (SCHAC, as helmo.be)", NULL);
    if (!one->schac)
        return missing(work, "institution", "SCHAC, as in helmo.be");
    one->name =
        nth ? command_work_flag_nth(work, "name", nth) : value_of(work, "name", "Its name", NULL);
    if (!one->name && nth)
        return command_say_usage(work, "give --institution and --name for each in the same order",
                                 "--name of %s is missing", one->schac);
    if (!one->name)
        return missing(work, "name", "\"NAME\"");
    one->country = nth ? command_work_flag_nth(work, "country", nth)
                       : value_of(work, "country", "Its country (two letters)", NULL);
    if (!one->country)
        one->country = country;
    return one->country ? read_aliases(work, one, nth) : missing(work, "country", "CC, as in BE");
}

static enum command_exit read_institutions(struct command_work *work, struct plan *plan)
{
    size_t count = 1;
    while (command_work_flag_nth(work, "institution", count))
        count++;
    if (count > OPERATE_CARD_INSTITUTIONS)
        return command_say_usage(work, "make a second node", "a card has room for %d institutions",
                                 OPERATE_CARD_INSTITUTIONS);
    plan->institutions = arena_take_array(work->arena, count, sizeof *plan->institutions);
    if (!plan->institutions)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "init");
    for (; plan->count < count; plan->count++) {
        enum command_exit wrong = read_institution(work, plan, plan->count);
        if (wrong)
            return wrong;
    }
    return COMMAND_DONE;
}

static enum command_exit read_plan(struct command_work *work, struct plan *plan)
{
    enum command_exit wrong = read_institutions(work, plan);
    if (wrong)
        return wrong;
    plan->network = value_of(work, "network", "Federation", "demo");
    plan->node = value_of(work, "node", NULL, plan->institutions[0].schac);
    plan->listen =
        value_of(work, "listen",
                 "Address to listen on (tcp://ADDRESS:PORT; none: nobody can call it)", NULL);
    if (!plan->listen)
        return missing(work, "listen",
                       "tcp://ADDRESS:PORT, or none where partners cannot call this node");
    plan->endpoint =
        value_of(work, "endpoint", NULL, strcmp(plan->listen, nowhere) == 0 ? NULL : plan->listen);
    plan->dir = value_of(work, "dir", NULL, plan->node);
    plan->anchor = command_work_flag(work, "anchor");
    for (size_t i = 0; i < plan->count; i++)
        plan->institutions[i].sign_path =
            command_work_text(work, "%s/keys/%s.sign.key", plan->dir, plan->institutions[i].schac);
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
                                    const struct operate_key_name *name, struct key *key,
                                    bool *made)
{
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, KEY_FILE_MAX - 1, work->arena, &file);
    *made = problem == ENOENT;
    if (*made)
        return operate_key_make(work, path, name, key);
    if (!problem)
        explicit_bzero((void *)(uintptr_t)file.content.data, file.content.size);
    enum command_exit wrong = operate_key_load(work, path, key);
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
    const char *id = operate_key_default_id(work);
    for (size_t i = 0; i < plan->count; i++) {
        struct plan_institution *one = &plan->institutions[i];
        struct operate_key_name sign = {KEY_SIGN, one->schac, id};
        enum command_exit wrong =
            ensure_key(work, one->sign_path, &sign, &one->sign, &one->sign_new);
        if (wrong)
            return wrong;
    }
    struct operate_key_name transport = {KEY_TRANSPORT, plan->node, id};
    return ensure_key(work, plan->transport_path, &transport, &plan->transport,
                      &plan->transport_new);
}

static void card_key(struct command_work *work, const struct key *key, struct operate_card_key *out)
{
    out->id = command_work_text(work, "%s", key->id);
    key_public(key, out->public_key);
    operate_key_digest(key, &out->fingerprint);
}

/* The institution's entry in the card: the one that is there, or a new one behind the others. */
static enum command_exit enter(struct command_work *work, const struct plan *plan,
                               struct plan_institution *one)
{
    struct operate_card *card = plan->card;
    size_t place = 0;
    while (place < card->institution_count &&
           strcmp(card->institutions[place].schac, one->schac) != 0)
        place++;
    if (place == OPERATE_CARD_INSTITUTIONS)
        return command_say_usage(work, "make a second node", "this card is full");
    struct operate_card_institution *entry = &card->institutions[place];
    *entry = (struct operate_card_institution) {
        .schac = one->schac,
        .name = one->name,
        .country = one->country,
        .alias_count = one->alias_count,
    };
    memcpy(entry->aliases, one->aliases, sizeof entry->aliases);
    card_key(work, &one->sign, &entry->key);
    one->fingerprint = entry->key.fingerprint;
    card->institution_count += place == card->institution_count;
    return COMMAND_DONE;
}

static enum command_exit endorse(struct command_work *work, struct plan *plan)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    seal_key_pair(plan->institutions[0].sign.seed, public_key, secret);
    struct catalogue_endorsement what = {
        .network = plan->network,
        .owner = plan->node,
        .key_id = plan->card->transport.id,
        .endorser = plan->institutions[0].schac,
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
    struct operate_card *card = arena_take(work->arena, sizeof *card);
    if (!card)
        return command_say_verdict(work, VERDICT_TOO_LARGE, plan->card_path);
    plan->card = card;
    bool absent;
    enum command_exit wrong = operate_card_read(work, plan->card_path, card, &absent);
    if (wrong)
        return wrong;
    card->network = plan->network;
    card->node = plan->node;
    card->endpoint = plan->endpoint;
    card_key(work, &plan->transport, &card->transport);
    for (size_t i = 0; i < plan->count && !wrong; i++)
        wrong = enter(work, plan, &plan->institutions[i]);
    if (!wrong)
        wrong = endorse(work, plan);
    if (wrong)
        return wrong;
    json_t *value = command_work_keep(work, operate_card_json(work, card));
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
    const char *database = command_work_flag(work, "database");
    const struct command_setting fixed[] = {
        {"node", plan->node},
        {"network", plan->network},
        {"listen", plan->listen},
        {"database", database ? database : "data/peregrin.db"},
        {"catalogue", "trust/catalogue"},
        {"root", "trust/root"},
        {"keys", command_work_text(work, "keys/%s.transport.key", plan->node)},
        {"socket", work->common.socket ? work->common.socket : "peregrin.sock"},
    };
    enum { FIXED = sizeof fixed / sizeof *fixed };
    struct command_setting settings[FIXED + 2 * OPERATE_CARD_INSTITUTIONS + 1];
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const char *schac = plan->institutions[i].schac;
        settings[count++] = (struct command_setting) {"institutions", schac};
        settings[count++] =
            (struct command_setting) {"keys", command_work_text(work, "keys/%s.sign.key", schac)};
    }
    memcpy(settings + count, fixed, sizeof fixed);
    count += FIXED;
    if (plan->anchor) /* it may be unknown yet */
        settings[count++] = (struct command_setting) {"anchor", plan->anchor};
    const char *text = work->port->config_sample(work->port->self, settings, count, work->arena);
    if (!text)
        return command_say_verdict(work, VERDICT_TOO_LARGE, plan->config_path);
    int problem = work->port->write_file(work->port->self, plan->config_path,
                                         &(struct command_file) {bytes_text(text), 0640}, false);
    plan->config_new = problem == 0;
    return problem && problem != EEXIST ? command_say_file(work, plan->config_path, problem)
                                        : COMMAND_DONE;
}

static const char *names_of(struct command_work *work, const struct plan *plan)
{
    const char *names = plan->institutions[0].schac;
    for (size_t i = 1; i < plan->count; i++)
        names = command_work_text(work, "%s, %s", names, plan->institutions[i].schac);
    return names;
}

static json_t *institutions_json(struct command_work *work, const struct plan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_institution *one = &plan->institutions[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:b, s:s}", "institution", one->schac, "signing_key",
                            one->sign_path, "signing_key_new", one->sign_new, "fingerprint",
                            command_work_hex(work, one->fingerprint.bytes, DIGEST_SIZE)));
    }
    return list;
}

static void tell_json(struct command_work *work, const struct plan *plan)
{
    const struct plan_institution *first = &plan->institutions[0];
    command_say_json(work,
                     json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:o, s:o}",
                               "schema", 1, "directory", plan->dir, "signing_key", first->sign_path,
                               "transport_key", plan->transport_path, "configuration",
                               plan->config_path, "card_file", plan->card_path, "fingerprint",
                               command_work_hex(work, first->fingerprint.bytes, DIGEST_SIZE),
                               "institution", first->schac, "signing_key_new", first->sign_new,
                               "transport_key_new", plan->transport_new, "configuration_new",
                               plan->config_new, "institutions", institutions_json(work, plan),
                               "card", operate_card_json(work, plan->card)));
}

static void tell(struct command_work *work, const struct plan *plan)
{
    const char *kept[] = {"kept", "new"};
    command_say_line(work, "%s on node %s of federation %s, in %s", names_of(work, plan),
                     plan->node, plan->network, plan->dir);
    for (size_t i = 0; i < plan->count; i++)
        command_say_line(work, "  signing key    %-5s %s", kept[plan->institutions[i].sign_new],
                         plan->institutions[i].sign_path);
    command_say_line(work, "  transport key  %-5s %s", kept[plan->transport_new],
                     plan->transport_path);
    command_say_line(work, "  configuration  %-5s %s", kept[plan->config_new], plan->config_path);
    command_say_line(work, "  card           new   %s", plan->card_path);
    if (!plan->endpoint)
        command_say_line(work, "  endpoint       none  nobody can call this node: it calls out");
    for (size_t i = 0; i < plan->count; i++)
        command_say_line(work, "Fingerprint of %s  %s", plan->institutions[i].schac,
                         operate_key_groups(work, &plan->institutions[i].fingerprint));
    tell_json(work, plan);
    for (size_t i = 0; i < plan->count; i++)
        if (!plan->config_new && plan->institutions[i].sign_new)
            command_say_note(work, "%s was kept: add %s to its institutions and %s to its keys",
                             plan->config_path, plan->institutions[i].schac,
                             plan->institutions[i].sign_path);
    command_say_next(work,
                     "hand %s to the authority of %s and compare the fingerprint by telephone.\n"
                     "       Put the root and catalogue that come back into %s/trust%s, then\n"
                     "       peregrind -c %s",
                     plan->card_path, plan->network, plan->dir,
                     plan->anchor ? "" : ", the anchor into the configuration", plan->config_path);
}

static void would_make(struct command_work *work, const struct plan *plan)
{
    command_say_line(work, "Would make, where it is not there yet:");
    for (size_t i = 0; i < plan->count; i++)
        command_say_line(work, "  %s", plan->institutions[i].sign_path);
    command_say_line(work, "  %s\n  %s\n  %s", plan->transport_path, plan->config_path,
                     plan->card_path);
}

enum command_exit operate_init_run(struct command_work *work)
{
    struct plan plan = {0};
    enum command_exit status = read_plan(work, &plan);
    if (!status && work->common.dry_run) {
        would_make(work, &plan);
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
    for (size_t i = 0; i < plan.count; i++)
        explicit_bzero(&plan.institutions[i].sign, sizeof plan.institutions[i].sign);
    explicit_bzero(&plan.transport, sizeof plan.transport);
    return status;
}
