#include "operate/operate_card.h"

#include "command/command_say.h"
#include "record/header.h"
#include "rules/form.h"
#include "trust/endpoint.h"
#include "trust/roster.h"

#include <errno.h>
#include <string.h>

static json_t *key_json(struct command_work *work, const struct operate_card_key *key)
{
    return json_pack("{s:s, s:s, s:s}", "key_id", key->id, "public_key",
                     command_work_hex(work, key->public_key, sizeof key->public_key), "fingerprint",
                     command_work_hex(work, key->fingerprint.bytes, DIGEST_SIZE));
}

static json_t *institution_json(struct command_work *work,
                                const struct operate_card_institution *one)
{
    json_t *aliases = one->alias_count ? json_array() : NULL;
    for (size_t i = 0; i < one->alias_count; i++)
        json_array_append_new(aliases, json_pack("{s:s, s:s}", "scheme", one->aliases[i].scheme,
                                                 "value", one->aliases[i].value));
    json_t *key = key_json(work, &one->key);
    if (one->endorsement.size)
        json_object_set_new(
            key, "endorsement",
            json_string(command_work_hex(work, one->endorsement.data, one->endorsement.size)));
    return json_pack("{s:s, s:s, s:s, s:o, s:o*}", "schac", one->schac, "name", one->name,
                     "country", one->country, "signing_key", key, "aliases", aliases);
}

json_t *operate_card_json(struct command_work *work, const struct operate_card *card)
{
    json_t *institutions = json_array();
    for (size_t i = 0; i < card->institution_count; i++)
        json_array_append_new(institutions, institution_json(work, &card->institutions[i]));
    json_t *transport = key_json(work, &card->transport);
    json_object_set_new(
        transport, "endorsement",
        json_string(command_work_hex(work, card->endorsement.data, card->endorsement.size)));
    return json_pack("{s:i, s:s, s:{s:s, s:s*, s:o}, s:o}", "peregrin_enrolment",
                     OPERATE_CARD_VERSION, "network", card->network, "node", "id", card->node,
                     "endpoint", card->endpoint, "transport_key", transport, "institutions",
                     institutions);
}

/* NULL when the key is as it must be, else what is not. */
static const char *read_key(json_t *value, struct operate_card_key *key)
{
    const char *public_hex = json_string_value(json_object_get(value, "public_key"));
    const char *said_hex = json_string_value(json_object_get(value, "fingerprint"));
    struct digest said;
    key->id = json_string_value(json_object_get(value, "key_id"));
    if (!key->id || strlen(key->id) > ROSTER_KEY_ID_MAX ||
        !header_name_valid(bytes_text(key->id), ROSTER_KEY_ID_MAX))
        return "a key has no id of 1 to 32 characters";
    if (!command_work_unhex(public_hex, key->public_key, sizeof key->public_key))
        return "a public key has not 64 hexadecimal digits";
    digest_of(DIGEST_KEY, (struct bytes) {key->public_key, sizeof key->public_key},
              &key->fingerprint);
    if (!command_work_unhex(said_hex, said.bytes, DIGEST_SIZE) ||
        !digest_equal(&said, &key->fingerprint))
        return "a fingerprint is not that of its key: the card was changed";
    return NULL;
}

static const char *read_endorsement(struct command_work *work, json_t *value, struct bytes *out)
{
    const char *hex = json_string_value(json_object_get(value, "endorsement"));
    size_t size = hex ? strlen(hex) / 2 : 0;
    uint8_t *data = size && size <= 1024 ? arena_take(work->arena, size) : NULL;
    if (!data || !command_work_unhex(hex, data, size))
        return "a key has no endorsement, or none that can be read";
    *out = (struct bytes) {data, size};
    return NULL;
}

static const char *read_node(struct command_work *work, json_t *value, struct operate_card *card)
{
    json_t *endpoint = json_object_get(value, "endpoint");
    card->node = json_string_value(json_object_get(value, "id"));
    card->endpoint = json_string_value(endpoint);
    if (!card->node || !header_name_valid(bytes_text(card->node), ROSTER_LABEL_MAX))
        return "the node has no id";
    if (endpoint && (!card->endpoint || !endpoint_valid(bytes_text(card->endpoint))))
        return "the node's endpoint is neither tcp://ADDRESS:PORT nor ipc://PATH";
    json_t *transport = json_object_get(value, "transport_key");
    const char *wrong = read_key(transport, &card->transport);
    return wrong ? wrong : read_endorsement(work, transport, &card->endorsement);
}

bool operate_card_alias_valid(const struct operate_card_alias *alias)
{
    const char *value = alias->value;
    if (!alias->scheme || !value || !*value || strlen(value) > ROSTER_LABEL_MAX)
        return false;
    if (strcmp(alias->scheme, "erasmus") == 0) /* the country's part is padded to three */
        return strlen(value) >= 5 &&
               strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789-") == strlen(value);
    if (strcmp(alias->scheme, "pic") == 0)
        return strlen(value) == 9 && strspn(value, "0123456789") == 9;
    return strcmp(alias->scheme, "schac") == 0 && header_schac_valid(bytes_text(value));
}

bool operate_card_name_valid(const char *name)
{
    return strlen(name) <= ROSTER_NAME_MAX && form_line(bytes_text(name), 1, ROSTER_NAME_MAX);
}

bool operate_card_country_valid(const char *country)
{
    return strlen(country) == 2 && strspn(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2;
}

static const char *read_aliases(json_t *list, struct operate_card_institution *out)
{
    out->alias_count = json_array_size(list);
    if (out->alias_count > OPERATE_CARD_ALIASES)
        return "an institution has more than 8 other names";
    for (size_t i = 0; i < out->alias_count; i++) {
        json_t *value = json_array_get(list, i);
        out->aliases[i] =
            (struct operate_card_alias) {json_string_value(json_object_get(value, "scheme")),
                                         json_string_value(json_object_get(value, "value"))};
        if (!operate_card_alias_valid(&out->aliases[i]))
            return "an institution has another name that is no Erasmus code, PIC or SCHAC";
    }
    return NULL;
}

static const char *read_institution(struct command_work *work, json_t *value,
                                    struct operate_card_institution *out)
{
    json_t *key = json_object_get(value, "signing_key");
    out->schac = json_string_value(json_object_get(value, "schac"));
    out->name = json_string_value(json_object_get(value, "name"));
    out->country = json_string_value(json_object_get(value, "country"));
    if (!out->schac || !header_schac_valid(bytes_text(out->schac)))
        return "an institution's SCHAC is not one";
    if (!out->name || !operate_card_name_valid(out->name))
        return "an institution's name is not a line of 1 to 256 bytes";
    if (!out->country || !operate_card_country_valid(out->country))
        return "an institution's country is not two capital letters";
    const char *wrong = read_aliases(json_object_get(value, "aliases"), out);
    if (!wrong)
        wrong = read_key(key, &out->key);
    out->endorsement = (struct bytes) {0};
    if (!wrong && json_object_get(key, "endorsement"))
        wrong = read_endorsement(work, key, &out->endorsement);
    return wrong;
}

static const char *read_card(struct command_work *work, json_t *value, struct operate_card *card)
{
    json_t *version = json_object_get(value, "peregrin_enrolment");
    if (!json_is_integer(version))
        return "it is not an enrolment card";
    if (json_integer_value(version) != OPERATE_CARD_VERSION)
        return "it is a card of another version of Peregrin";
    card->network = json_string_value(json_object_get(value, "network"));
    if (!card->network || !header_name_valid(bytes_text(card->network), HEADER_NAME_MAX))
        return "it names no network";
    const char *wrong = read_node(work, json_object_get(value, "node"), card);
    json_t *institutions = json_object_get(value, "institutions");
    card->institution_count = json_array_size(institutions);
    if (!wrong &&
        (card->institution_count < 1 || card->institution_count > OPERATE_CARD_INSTITUTIONS))
        wrong = "it names no institution, or too many";
    for (size_t i = 0; !wrong && i < card->institution_count; i++)
        wrong = read_institution(work, json_array_get(institutions, i), &card->institutions[i]);
    return wrong;
}

enum command_exit operate_card_read(struct command_work *work, const char *path,
                                    struct operate_card *card, bool *absent)
{
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, OPERATE_CARD_SIZE_MAX, work->arena, &file);
    if (absent) {
        *absent = problem == ENOENT;
        if (*absent)
            return COMMAND_DONE;
    }
    if (problem)
        return command_say_file(work, path, problem);
    json_t *value =
        command_work_keep(work, json_loadb((const char *)file.content.data, file.content.size,
                                           JSON_REJECT_DUPLICATES, NULL));
    const char *wrong = value ? read_card(work, value, card) : "it is not JSON";
    if (!wrong)
        return COMMAND_DONE;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_TRUST, "card", command_work_text(work, "%s: %s", path, wrong),
                  "ask the institution for the card that `peregrin init` made", NULL, NULL});
}
