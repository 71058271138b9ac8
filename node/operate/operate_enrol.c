#include "command/command_say.h"
#include "operate/operate_card.h"
#include "operate/operate_catalogue.h"
#include "operate/operate_key.h"
#include "operate/operate_verbs.h"
#include "record/codec.h"
#include "record/statement.h"
#include "trust/roster.h"

#include <string.h>

enum { DAY_SECONDS = 86400 };

/* What one card does to the statement. */
struct enrolment {
    struct command_work *work;
    Peregrin__CatalogueStatement *next;
    const struct operate_card *card;
    const char *path;
    size_t changes;
    bool spent;
};

static enum command_exit refuse(const struct enrolment *enrolment, const char *code,
                                const char *why, const char *remedy)
{
    const char *what = command_work_text(enrolment->work, "%s: %s", enrolment->path, why);
    return command_say_wrong(
        enrolment->work, &(struct command_wrong) {COMMAND_TRUST, code, what, remedy, NULL, NULL});
}

/* The array with one more element at `place`; NULL when the arena is spent. */
static void *grown(struct enrolment *enrolment, void *const *from, size_t count, size_t place,
                   void *added)
{
    void **array = arena_take_array(enrolment->work->arena, count + 1, sizeof *array);
    if (!array || !added) {
        enrolment->spent = true;
        return NULL;
    }
    if (place)
        memcpy(array, from, place * sizeof *array);
    array[place] = added;
    if (count > place)
        memcpy(array + place + 1, from + place, (count - place) * sizeof *array);
    return array;
}

/* The first midnight before: a clock some minutes behind the authority's may sign at once. */
static uint64_t key_from(const struct enrolment *enrolment, Peregrin__KeyEntry *const *keys,
                         size_t count)
{
    uint64_t day = enrolment->next->created / DAY_SECONDS * DAY_SECONDS;
    return count && keys[count - 1]->from > day ? keys[count - 1]->from : day;
}

static Peregrin__KeyEntry *key_entry(struct enrolment *enrolment,
                                     const struct operate_card_key *key)
{
    Peregrin__KeyEntry *entry = arena_take(enrolment->work->arena, sizeof *entry);
    if (!entry)
        return NULL;
    peregrin__key_entry__init(entry);
    entry->key_id = (char *)(uintptr_t)key->id;
    entry->has_public_key = entry->has_from = true;
    entry->public_key =
        (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, (uint8_t *)(uintptr_t)key->public_key};
    return entry;
}

static bool holds_key(Peregrin__KeyEntry *const *keys, size_t count,
                      const struct operate_card_key *key)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i]->public_key.len == SEAL_PUBLIC_SIZE &&
            memcmp(keys[i]->public_key.data, key->public_key, SEAL_PUBLIC_SIZE) == 0)
            return true;
    return false;
}

static bool same(const char *left, const char *right)
{
    return left == right || (left && right && strcmp(left, right) == 0);
}

static Peregrin__Node *node_entry(struct enrolment *enrolment)
{
    Peregrin__CatalogueStatement *next = enrolment->next;
    size_t place = 0;
    while (place < next->n_nodes && strcmp(next->nodes[place]->id, enrolment->card->node) < 0)
        place++;
    if (place < next->n_nodes && same(next->nodes[place]->id, enrolment->card->node))
        return next->nodes[place];
    Peregrin__Node *node = arena_take(enrolment->work->arena, sizeof *node);
    Peregrin__Node **all = grown(enrolment, (void *const *)next->nodes, next->n_nodes, place, node);
    if (!all)
        return NULL;
    peregrin__node__init(node);
    node->id = (char *)(uintptr_t)enrolment->card->node;
    next->nodes = all;
    next->n_nodes++;
    return node;
}

/* A new node, a new endpoint or a new transport key with its endorsement. */
static enum command_exit enter_node(struct enrolment *enrolment)
{
    const struct operate_card *card = enrolment->card;
    struct arena *arena = enrolment->work->arena;
    static const struct scan_limits limits = {1024, 2, 8, 0, 0};
    Peregrin__Node *node = node_entry(enrolment);
    if (!node)
        return COMMAND_DONE;
    if (!same(node->endpoint, card->endpoint)) {
        node->endpoint = (char *)(uintptr_t)card->endpoint;
        enrolment->changes++;
    }
    if (holds_key(node->keys, node->n_keys, &card->transport))
        return COMMAND_DONE;
    Peregrin__KeyEntry *entry = key_entry(enrolment, &card->transport);
    ProtobufCMessage *endorsement;
    if (codec_unpack(&peregrin__signed__descriptor, card->endorsement, &limits, arena,
                     &endorsement))
        return refuse(enrolment, "endorsement", "the transport key's endorsement cannot be read",
                      "ask the institution for the card that `peregrin init` made");
    Peregrin__KeyEntry **all =
        grown(enrolment, (void *const *)node->keys, node->n_keys, node->n_keys, entry);
    if (!all)
        return COMMAND_DONE;
    entry->from = key_from(enrolment, node->keys, node->n_keys);
    entry->endorsement = (Peregrin__Signed *)endorsement;
    node->keys = all;
    node->n_keys++;
    enrolment->changes++;
    return COMMAND_DONE;
}

static bool holds_alias(const Peregrin__Institution *institution,
                        const struct operate_card_alias *alias)
{
    for (size_t i = 0; i < institution->n_aliases; i++)
        if (!institution->aliases[i]->has_until &&
            same(institution->aliases[i]->scheme, alias->scheme) &&
            same(institution->aliases[i]->value, alias->value))
            return true;
    return false;
}

static Peregrin__Alias *alias_entry(struct enrolment *enrolment,
                                    const struct operate_card_alias *from)
{
    Peregrin__Alias *entry = arena_take(enrolment->work->arena, sizeof *entry);
    if (!entry)
        return NULL;
    peregrin__alias__init(entry);
    entry->scheme = (char *)(uintptr_t)from->scheme;
    entry->value = (char *)(uintptr_t)from->value;
    entry->has_from = true;
    entry->from = enrolment->next->created / DAY_SECONDS * DAY_SECONDS;
    return entry;
}

/* Names are added and never taken away: an older list still finds its institution. */
static void enter_aliases(struct enrolment *enrolment, Peregrin__Institution *institution,
                          const struct operate_card_institution *from)
{
    for (size_t i = 0; i < from->alias_count && !enrolment->spent; i++) {
        if (holds_alias(institution, &from->aliases[i]))
            continue;
        Peregrin__Alias **all =
            grown(enrolment, (void *const *)institution->aliases, institution->n_aliases,
                  institution->n_aliases, alias_entry(enrolment, &from->aliases[i]));
        if (!all)
            return;
        institution->aliases = all;
        institution->n_aliases++;
        enrolment->changes++;
    }
}

static enum command_exit new_institution(struct enrolment *enrolment, size_t place,
                                         const struct operate_card_institution *from)
{
    Peregrin__CatalogueStatement *next = enrolment->next;
    Peregrin__Institution *added = arena_take(enrolment->work->arena, sizeof *added);
    Peregrin__KeyEntry *entry = key_entry(enrolment, &from->key);
    Peregrin__KeyEntry **keys = grown(enrolment, NULL, 0, 0, entry);
    Peregrin__Institution **all =
        grown(enrolment, (void *const *)next->institutions, next->n_institutions, place, added);
    if (!keys || !all)
        return COMMAND_DONE;
    entry->from = key_from(enrolment, NULL, 0);
    peregrin__institution__init(added);
    added->schac = (char *)(uintptr_t)from->schac;
    added->name = (char *)(uintptr_t)from->name;
    added->country = (char *)(uintptr_t)from->country;
    added->node = (char *)(uintptr_t)enrolment->card->node;
    added->keys = keys;
    added->n_keys = 1;
    next->institutions = all;
    next->n_institutions++;
    enter_aliases(enrolment, added, from);
    enrolment->changes++;
    return COMMAND_DONE;
}

/* The newest key that was not revoked: only it speaks for the institution today. A thief holds an
 * old one, and whoever lost all of them begins anew by telephone. */
static bool endorsed_by_present(const Peregrin__Institution *known,
                                const Peregrin__Signed *endorsement)
{
    struct bytes wire;
    struct digest by, digest;
    const uint8_t *signature;
    size_t i = known->n_keys;
    while (i > 0 && known->keys[i - 1]->has_revoked_at)
        i--;
    if (!i || statement_single(endorsement, &wire, &by, &signature))
        return false;
    digest_of(DIGEST_KEY, (struct bytes) {known->keys[i - 1]->public_key.data, SEAL_PUBLIC_SIZE},
              &digest);
    return digest_equal(&by, &digest);
}

/* A key that follows another. What it says and whether its signature holds is judged with the whole
 * catalogue, before anything is written. */
static enum command_exit next_key(struct enrolment *enrolment, Peregrin__Institution *known,
                                  const struct operate_card_institution *from)
{
    static const struct scan_limits limits = {1024, 2, 8, 0, 0};
    ProtobufCMessage *endorsement;
    if (codec_unpack(&peregrin__signed__descriptor, from->endorsement, &limits,
                     enrolment->work->arena, &endorsement) ||
        !endorsed_by_present(known, (Peregrin__Signed *)endorsement))
        return refuse(enrolment, "endorsement",
                      command_work_text(enrolment->work,
                                        "the present key of %s does not endorse the new one",
                                        known->schac),
                      "ask the institution for the card that `peregrin key rotate` made");
    Peregrin__KeyEntry *entry = key_entry(enrolment, &from->key);
    Peregrin__KeyEntry **all =
        grown(enrolment, (void *const *)known->keys, known->n_keys, known->n_keys, entry);
    if (!all)
        return COMMAND_DONE;
    entry->from = key_from(enrolment, known->keys, known->n_keys);
    entry->endorsement = (Peregrin__Signed *)endorsement;
    known->keys = all;
    known->n_keys++;
    enrolment->changes++;
    return COMMAND_DONE;
}

/* Name, country and node may change by a card; a signing key only by the word of the one before:
 * whoever could put another one in its place would sign for the institution. */
static enum command_exit known_institution(struct enrolment *enrolment,
                                           Peregrin__Institution *known,
                                           const struct operate_card_institution *from)
{
    bool holds = holds_key(known->keys, known->n_keys, &from->key);
    if (!holds && from->endorsement.size)
        TRY(next_key(enrolment, known, from));
    else if (!holds)
        return refuse(enrolment, "other_key",
                      command_work_text(enrolment->work, "%s is enrolled with another signing key",
                                        known->schac),
                      "ask the institution by telephone: it has kept its first key, or somebody "
                      "else made this card");
    enter_aliases(enrolment, known, from);
    if (same(known->name, from->name) && same(known->country, from->country) &&
        same(known->node, enrolment->card->node))
        return COMMAND_DONE;
    known->name = (char *)(uintptr_t)from->name;
    known->country = (char *)(uintptr_t)from->country;
    known->node = (char *)(uintptr_t)enrolment->card->node;
    enrolment->changes++;
    return COMMAND_DONE;
}

static enum command_exit enter_institution(struct enrolment *enrolment,
                                           const struct operate_card_institution *from)
{
    Peregrin__CatalogueStatement *next = enrolment->next;
    size_t place = 0;
    while (place < next->n_institutions &&
           strcmp(next->institutions[place]->schac, from->schac) < 0)
        place++;
    if (place < next->n_institutions && same(next->institutions[place]->schac, from->schac))
        return known_institution(enrolment, next->institutions[place], from);
    return new_institution(enrolment, place, from);
}

static enum command_exit enrol_card(struct enrolment *enrolment)
{
    const struct operate_card *card = enrolment->card;
    if (!same(card->network, enrolment->next->network))
        return refuse(enrolment, "other_network",
                      command_work_text(enrolment->work, "the card is for federation %s, not %s",
                                        card->network, enrolment->next->network),
                      "ask for a card made with --network, or give another --dir");
    enum command_exit wrong = enter_node(enrolment);
    for (size_t i = 0; !wrong && i < card->institution_count; i++)
        wrong = enter_institution(enrolment, &card->institutions[i]);
    if (!wrong && enrolment->spent)
        return command_say_verdict(enrolment->work, VERDICT_TOO_LARGE, "the catalogue");
    return wrong;
}

static void tell_card(struct command_work *work, const struct operate_card *card)
{
    for (size_t i = 0; i < card->institution_count; i++) {
        const struct operate_card_institution *one = &card->institutions[i];
        command_say_line(work, "%s  %s (%s), node %s at %s", one->schac, one->name, one->country,
                         card->node, card->endpoint ? card->endpoint : "no address: calls out");
        for (size_t j = 0; j < one->alias_count; j++)
            command_say_line(work, "  %-11s  %s", one->aliases[j].scheme, one->aliases[j].value);
        command_say_line(work, "  fingerprint  %s",
                         operate_key_groups(work, &one->key.fingerprint));
    }
}

static enum command_exit tell(struct command_work *work, const struct operate_catalogue *here,
                              const struct enrolment *enrolment)
{
    unsigned long long version = enrolment->next->version;
    command_say_json(work, json_pack("{s:i, s:I, s:I, s:I}", "schema", 1, "version",
                                     (json_int_t)version, "changes", (json_int_t)enrolment->changes,
                                     "institutions", (json_int_t)enrolment->next->n_institutions));
    if (!enrolment->changes) {
        command_say_line(work, "Nothing new: all of it is in the catalogue already");
        return COMMAND_DONE;
    }
    command_say_line(work, "%s version %llu, %zu institutions",
                     work->common.dry_run ? "Would make: draft of" : "Draft of", version,
                     enrolment->next->n_institutions);
    command_say_next(work,
                     "compare the fingerprints by telephone, then\n"
                     "       peregrin catalogue sign --dir %s --key ROOT.key",
                     here->dir);
    return COMMAND_DONE;
}

enum command_exit operate_enrol_run(struct command_work *work)
{
    struct operate_catalogue here;
    struct enrolment enrolment = {.work = work};
    enum command_exit wrong = operate_catalogue_load(work, &here);
    if (!wrong)
        wrong = operate_catalogue_next(work, &here, &enrolment.next);
    for (size_t i = 0; !wrong && i < work->argument_count; i++) {
        struct operate_card *card = arena_take(work->arena, sizeof *card);
        if (!card)
            return command_say_verdict(work, VERDICT_TOO_LARGE, work->arguments[i]);
        wrong = operate_card_read(work, work->arguments[i], card, NULL);
        enrolment.card = card;
        enrolment.path = work->arguments[i];
        if (!wrong)
            wrong = enrol_card(&enrolment);
        if (!wrong)
            tell_card(work, card);
    }
    if (!wrong && enrolment.changes)
        wrong = operate_catalogue_keep(work, &here, enrolment.next);
    return wrong ? wrong : tell(work, &here, &enrolment);
}
