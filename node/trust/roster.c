#include "trust/roster.h"

#include "record/codec.h"
#include "record/header.h"
#include "record/statement.h"
#include "trust/endpoint.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Schemes by which others name an institution. */
static const char *const schemes[] = {"erasmus", "pic", "schac"};

static const struct scan_limits key_statement_limits = {
    .bytes_max = 512, .depth_max = 1, .fields_max = 6};

enum { OWNER_NODE = -1 };

/* A public key and whose it is; sorted by digest. */
struct enrolled {
    struct digest digest;
    ptrdiff_t institution; /* OWNER_NODE: a transport key */
    size_t place;          /* among its owner's keys, oldest first */
};

struct reading {
    const Peregrin__CatalogueStatement *statement;
    const struct suite *suite;
    struct arena *arena;
    const char **why;
    const char *network;
    struct catalogue_institution *institutions;
    struct catalogue_node *nodes;
    struct enrolled *enrolled;
    size_t enrolled_count;
};

static enum verdict read_nodes(struct reading *reading);
static enum verdict read_institutions(struct reading *reading);
static enum verdict enrol_keys(struct reading *reading);
static enum verdict check_institution_keys(const struct reading *reading);
static enum verdict check_node_keys(const struct reading *reading);

enum verdict roster_read(const Peregrin__CatalogueStatement *statement, const struct suite *suite,
                         struct arena *arena, struct catalogue *out, const char **why)
{
    assert(out->network);
    struct reading reading = {.statement = statement,
                              .suite = suite,
                              .arena = arena,
                              .why = why,
                              .network = out->network};
    TRY(read_nodes(&reading));
    TRY(read_institutions(&reading));
    TRY(enrol_keys(&reading));
    TRY(check_institution_keys(&reading));
    TRY(check_node_keys(&reading));
    out->institutions = reading.institutions;
    out->institution_count = statement->n_institutions;
    out->nodes = reading.nodes;
    out->node_count = statement->n_nodes;
    return VERDICT_FINE;
}

/* A verdict with its sentence: whose entry it is, and what does not hold. */
static enum verdict refuse(const struct reading *reading, enum verdict verdict, const char *owner,
                           const char *what)
{
    const char *sentence = arena_format(reading->arena, "%s: %s", owner, what);
    *reading->why = sentence ? sentence : what;
    return verdict;
}

static enum verdict spent(const struct reading *reading)
{
    *reading->why = "the catalogue needs more memory than it may";
    return VERDICT_TOO_LARGE;
}

/* One line: the scanner lets line ends and tabs through, and names are shown in lines. */
static bool sized(const char *text, size_t max)
{
    return text && text[0] && strlen(text) <= max && !strpbrk(text, "\n\t");
}

/* What can stand in a line, a file name and a URL alike. */
static bool label_valid(const char *text, size_t max)
{
    return sized(text, max) && text[0] != '.' &&
           text[strspn(
               text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")] == '\0';
}

static bool country_valid(const char *text)
{
    return text && strlen(text) == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' &&
           text[1] <= 'Z';
}

static bool alias_valid(const Peregrin__Alias *alias)
{
    if (!alias->scheme || !sized(alias->value, ROSTER_LABEL_MAX))
        return false;
    if (alias->has_until && (!alias->has_from || alias->from >= alias->until))
        return false;
    if (strcmp(alias->scheme, "schac") == 0)
        return header_schac_valid(bytes_text(alias->value));
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strcmp(alias->scheme, schemes[i]) == 0)
            return true;
    return false;
}

/* NULL when the entry has its shape, else what does not hold. `before` is the owner's key before.
 */
static const char *key_fault(const Peregrin__KeyEntry *entry, const Peregrin__KeyEntry *before)
{
    if (!label_valid(entry->key_id, ROSTER_KEY_ID_MAX))
        return "a key id is not 1 to 32 letters, digits, dots or hyphens";
    if (!entry->has_public_key || entry->public_key.len != SEAL_PUBLIC_SIZE)
        return "a public key has not 32 bytes";
    if (!entry->has_from || (entry->has_until && entry->from >= entry->until))
        return "a key ends before it begins";
    if (before && before->from > entry->from)
        return "the keys are not oldest first";
    return NULL;
}

static bool key_id_taken(const struct catalogue_key *keys, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i].id, id) == 0)
            return true;
    return false;
}

static struct catalogue_key key_of(const Peregrin__KeyEntry *entry)
{
    struct catalogue_key key = {
        .id = entry->key_id,
        .public_key = entry->public_key.data,
        .from = entry->from,
        .until = entry->has_until ? entry->until : UINT64_MAX,
        .revoked_at = entry->has_revoked_at ? entry->revoked_at : UINT64_MAX,
    };
    digest_of(DIGEST_KEY, (struct bytes) {key.public_key, SEAL_PUBLIC_SIZE}, &key.digest);
    return key;
}

static enum verdict read_keys(const struct reading *reading, const char *owner,
                              Peregrin__KeyEntry *const *entries, size_t count,
                              const struct catalogue_key **out)
{
    assert(owner && out);
    if (count == 0 || count > ROSTER_KEYS_MAX)
        return refuse(reading, VERDICT_INVALID, owner, "there are not 1 to 64 keys");
    struct catalogue_key *keys = arena_take_array(reading->arena, count, sizeof *keys);
    if (!keys)
        return spent(reading);
    for (size_t i = 0; i < count; i++) {
        const char *fault = key_fault(entries[i], i ? entries[i - 1] : NULL);
        if (fault)
            return refuse(reading, VERDICT_INVALID, owner, fault);
        if (key_id_taken(keys, i, entries[i]->key_id))
            return refuse(reading, VERDICT_INVALID, owner, "a key id stands twice");
        keys[i] = key_of(entries[i]);
    }
    *out = keys;
    return VERDICT_FINE;
}

static enum verdict read_nodes(struct reading *reading)
{
    size_t count = reading->statement->n_nodes;
    struct catalogue_node *nodes = arena_take_array(reading->arena, count, sizeof *nodes);
    if (!nodes)
        return spent(reading);
    for (size_t i = 0; i < count; i++) {
        const Peregrin__Node *entry = reading->statement->nodes[i];
        if (!label_valid(entry->id, ROSTER_LABEL_MAX))
            return refuse(reading, VERDICT_INVALID, "a node",
                          "its id is not 1 to 64 letters, digits, dots or hyphens");
        if (i > 0 && strcmp(nodes[i - 1].id, entry->id) >= 0)
            return refuse(reading, VERDICT_INVALID, entry->id, "the nodes are not in order");
        if (entry->endpoint && !endpoint_valid(bytes_text(entry->endpoint)))
            return refuse(reading, VERDICT_INVALID, entry->id,
                          "its endpoint is neither tcp://ADDRESS:PORT nor ipc://PATH");
        nodes[i] = (struct catalogue_node) {
            .id = entry->id, .endpoint = entry->endpoint, .key_count = entry->n_keys};
        TRY(read_keys(reading, entry->id, entry->keys, entry->n_keys, &nodes[i].keys));
    }
    reading->nodes = nodes;
    return VERDICT_FINE;
}

static enum verdict check_names(const struct reading *reading, const Peregrin__Institution *entry)
{
    if (!entry->schac || !header_schac_valid(bytes_text(entry->schac)))
        return refuse(reading, VERDICT_INVALID, "an institution", "its SCHAC is not one");
    if (!sized(entry->name, ROSTER_NAME_MAX))
        return refuse(reading, VERDICT_INVALID, entry->schac,
                      "its name is not a line of 1 to 256 bytes");
    if (!country_valid(entry->country))
        return refuse(reading, VERDICT_INVALID, entry->schac,
                      "its country is not two capital letters");
    if (entry->n_aliases > ROSTER_ALIASES_MAX)
        return refuse(reading, VERDICT_INVALID, entry->schac, "it has more than 64 aliases");
    for (size_t i = 0; i < entry->n_aliases; i++)
        if (!alias_valid(entry->aliases[i]))
            return refuse(reading, VERDICT_INVALID, entry->schac,
                          "an alias is not of erasmus, pic or schac, or has no period");
    return VERDICT_FINE;
}

static int compare_node(const void *id, const void *node)
{
    return strcmp(id, ((const struct catalogue_node *)node)->id);
}

static enum verdict read_institutions(struct reading *reading)
{
    size_t count = reading->statement->n_institutions;
    struct catalogue_institution *all = arena_take_array(reading->arena, count, sizeof *all);
    if (!all)
        return spent(reading);
    for (size_t i = 0; i < count; i++) {
        const Peregrin__Institution *entry = reading->statement->institutions[i];
        TRY(check_names(reading, entry));
        if (i > 0 && strcmp(all[i - 1].schac, entry->schac) >= 0)
            return refuse(reading, VERDICT_INVALID, entry->schac,
                          "the institutions are not in order");
        const struct catalogue_node *node =
            entry->node ? bsearch(entry->node, reading->nodes, reading->statement->n_nodes,
                                  sizeof *node, compare_node)
                        : NULL;
        if (!node)
            return refuse(reading, VERDICT_UNKNOWN, entry->schac, "its node is not listed");
        all[i] = (struct catalogue_institution) {.schac = entry->schac,
                                                 .name = entry->name,
                                                 .country = entry->country,
                                                 .node = (size_t)(node - reading->nodes),
                                                 .key_count = entry->n_keys,
                                                 .entry = entry};
        TRY(read_keys(reading, entry->schac, entry->keys, entry->n_keys, &all[i].keys));
    }
    reading->institutions = all;
    return VERDICT_FINE;
}

static int compare_enrolled(const void *left, const void *right)
{
    return digest_compare(&((const struct enrolled *)left)->digest,
                          &((const struct enrolled *)right)->digest);
}

static void enrol(struct reading *reading, const struct catalogue_key *keys, size_t count,
                  ptrdiff_t institution)
{
    for (size_t i = 0; i < count; i++)
        reading->enrolled[reading->enrolled_count++] =
            (struct enrolled) {keys[i].digest, institution, i};
}

/* A key that two owners share would let one of them sign for the other. */
static enum verdict enrol_keys(struct reading *reading)
{
    const Peregrin__CatalogueStatement *statement = reading->statement;
    size_t total = 0;
    for (size_t i = 0; i < statement->n_institutions; i++)
        total += reading->institutions[i].key_count;
    for (size_t i = 0; i < statement->n_nodes; i++)
        total += reading->nodes[i].key_count;
    reading->enrolled = arena_take_array(reading->arena, total, sizeof *reading->enrolled);
    if (!reading->enrolled)
        return spent(reading);
    for (size_t i = 0; i < statement->n_institutions; i++)
        enrol(reading, reading->institutions[i].keys, reading->institutions[i].key_count,
              (ptrdiff_t)i);
    for (size_t i = 0; i < statement->n_nodes; i++)
        enrol(reading, reading->nodes[i].keys, reading->nodes[i].key_count, OWNER_NODE);
    assert(reading->enrolled_count == total);
    qsort(reading->enrolled, total, sizeof *reading->enrolled, compare_enrolled);
    for (size_t i = 1; i < total; i++)
        if (digest_equal(&reading->enrolled[i - 1].digest, &reading->enrolled[i].digest))
            return refuse(reading, VERDICT_INVALID, "a key", "it stands twice");
    return VERDICT_FINE;
}

struct claim {
    const char *owner;
    Peregrin__KeyUse use;
    const Peregrin__KeyEntry *entry;
};

static bool text_is(const char *text, const char *wanted)
{
    return text && strcmp(text, wanted) == 0;
}

static bool says(const Peregrin__KeyStatement *said, const struct reading *reading,
                 const struct claim *claim, const char *endorser)
{
    return text_is(said->network, reading->network) && text_is(said->owner, claim->owner) &&
           said->has_use && said->use == claim->use &&
           text_is(said->key_id, claim->entry->key_id) && said->has_public_key &&
           said->public_key.len == SEAL_PUBLIC_SIZE &&
           memcmp(said->public_key.data, claim->entry->public_key.data, SEAL_PUBLIC_SIZE) == 0 &&
           text_is(said->endorser, endorser);
}

/* The enrolled signing key that endorses this claim, after its signature held and its statement
 * said the same. Whether that key may endorse this owner is the caller's question. */
static enum verdict endorser_of(const struct reading *reading, const struct claim *claim,
                                const struct enrolled **out)
{
    struct enrolled wanted;
    struct bytes wire;
    const uint8_t *signature;
    if (!claim->entry->endorsement)
        return refuse(reading, VERDICT_FORGED, claim->owner, "a key has no endorsement");
    if (statement_single(claim->entry->endorsement, &wire, &wanted.digest, &signature))
        return refuse(reading, VERDICT_MALFORMED, claim->owner,
                      "an endorsement has not exactly one signature");
    const struct enrolled *found = bsearch(&wanted, reading->enrolled, reading->enrolled_count,
                                           sizeof wanted, compare_enrolled);
    if (!found || found->institution == OWNER_NODE)
        return refuse(reading, VERDICT_FORGED, claim->owner,
                      "an endorsement is by a key that is not enrolled");
    const struct catalogue_institution *by = &reading->institutions[found->institution];
    if (!reading->suite->verify(reading->suite->self, by->keys[found->place].public_key,
                                SEAL_CONTEXT_KEY, wire, signature))
        return refuse(reading, VERDICT_FORGED, claim->owner, "an endorsement's signature fails");
    ProtobufCMessage *said;
    enum verdict read = codec_unpack(&peregrin__key_statement__descriptor, wire,
                                     &key_statement_limits, reading->arena, &said);
    if (read)
        return refuse(reading, read, claim->owner, "an endorsement cannot be read");
    if (!says((const Peregrin__KeyStatement *)said, reading, claim, by->schac))
        return refuse(reading, VERDICT_FORGED, claim->owner, "an endorsement is for another key");
    assert(found->place < by->key_count);
    *out = found;
    return VERDICT_FINE;
}

static enum verdict check_institution_keys(const struct reading *reading)
{
    for (size_t i = 0; i < reading->statement->n_institutions; i++) {
        const Peregrin__Institution *entry = reading->statement->institutions[i];
        if (entry->keys[0]->endorsement)
            return refuse(reading, VERDICT_INVALID, entry->schac,
                          "its first key has an endorsement");
        for (size_t place = 1; place < entry->n_keys; place++) {
            const struct enrolled *by;
            struct claim claim = {entry->schac, PEREGRIN__KEY_USE__KEY_USE_SIGN,
                                  entry->keys[place]};
            TRY(endorser_of(reading, &claim, &by));
            if (by->institution != (ptrdiff_t)i || by->place >= place)
                return refuse(reading, VERDICT_FORGED, entry->schac,
                              "a key is not endorsed by an earlier key of its own");
        }
    }
    return VERDICT_FINE;
}

static enum verdict check_node_keys(const struct reading *reading)
{
    for (size_t i = 0; i < reading->statement->n_nodes; i++) {
        const Peregrin__Node *entry = reading->statement->nodes[i];
        for (size_t place = 0; place < entry->n_keys; place++) {
            const struct enrolled *by;
            struct claim claim = {entry->id, PEREGRIN__KEY_USE__KEY_USE_TRANSPORT,
                                  entry->keys[place]};
            TRY(endorser_of(reading, &claim, &by));
            if (reading->institutions[by->institution].node != i)
                return refuse(reading, VERDICT_FORGED, entry->id,
                              "a key is endorsed by an institution of another node");
        }
    }
    return VERDICT_FINE;
}
