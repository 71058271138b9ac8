#include "sim/reread.h"

#include "sim/parse.h"
#include "sim/tenure.h"

#include <string.h>

enum { PAGE = 256, SALT = 32, LEAVES_MAX = 1024, PATH_MAX_STEPS = 16 };

/* Fields of evidence.proto. */
enum { SEAL_CATALOGUE = 9, RECEIPT_CATALOGUE = 10 };

/* ---- the tree of RFC 6962 ---- */

static void node_hash(const struct digest *left, const struct digest *right, struct digest *out)
{
    uint8_t all[1 + 2 * DIGEST_SIZE] = {0x01};
    memcpy(all + 1, left->bytes, DIGEST_SIZE);
    memcpy(all + 1 + DIGEST_SIZE, right->bytes, DIGEST_SIZE);
    digest_of(DIGEST_TREE, (struct bytes) {all, sizeof all}, out);
}

static void leaf_hash(const uint8_t id[static DIGEST_SIZE], struct digest *out)
{
    uint8_t all[1 + DIGEST_SIZE] = {0x00};
    memcpy(all + 1, id, DIGEST_SIZE);
    digest_of(DIGEST_TREE, (struct bytes) {all, sizeof all}, out);
}

/* Level by level, a last one without a neighbour goes up as it is: the same tree as the halving
 * that the RFC defines. */
static void root_of(const uint8_t *ids, size_t count, struct digest *out)
{
    struct digest level[LEAVES_MAX];
    for (size_t i = 0; i < count; i++)
        leaf_hash(ids + i * DIGEST_SIZE, &level[i]);
    for (; count > 1; count = (count + 1) / 2)
        for (size_t i = 0; i < count; i += 2) {
            if (i + 1 < count)
                node_hash(&level[i], &level[i + 1], &level[i / 2]);
            else
                level[i / 2] = level[i];
        }
    *out = level[0];
}

/* The root to which this leaf leads, by the recursion of RFC 6962, 2.1.1: the path's last step is
 * the half that does not hold the leaf. False: the path has another length. */
static bool lead_of(const uint8_t id[static DIGEST_SIZE], size_t index, size_t count,
                    struct bytes path, struct digest *out)
{
    size_t half = 1;
    struct digest beside, inner;
    if (count == 1) {
        leaf_hash(id, out);
        return path.size == 0;
    }
    if (path.size < DIGEST_SIZE)
        return false;
    path.size -= DIGEST_SIZE;
    memcpy(beside.bytes, path.data + path.size, DIGEST_SIZE);
    while (2 * half < count)
        half *= 2;
    bool left = index < half;
    if (!lead_of(id, left ? index : index - half, left ? half : count - half, path, &inner))
        return false;
    node_hash(left ? &inner : &beside, left ? &beside : &inner, out);
    return true;
}

/* ---- statements ---- */

struct look {
    const struct world *world;
    const struct ledger *ledger; /* or NULL */
    struct store *store;
    struct arena *arena;
    const struct store_record *record;
    const char *author, *audience; /* institutions */
};

/* Who says a statement to whom, and where its fields stand. */
struct shape {
    enum seal_context context;
    const char *issuer, *audience;
    uint32_t count, root;
};

/* A Signed with one signature by a key that the catalogue has of this institution. */
static bool signed_by(const struct look *look, const struct shape *shape, struct bytes wire,
                      struct bytes *statement)
{
    const struct catalogue_institution *institution =
        catalogue_institution(world_catalogue(look->world), shape->issuer);
    struct bytes signature = parse_field(wire, 2).stuff;
    struct bytes hint = parse_field(signature, 1).stuff, value = parse_field(signature, 2).stuff;
    struct suite suite = world_suite(look->world, 0);
    *statement = parse_field(wire, 1).stuff;
    if (!institution || value.size != SEAL_SIGNATURE_SIZE)
        return false;
    for (size_t i = 0; i < institution->key_count; i++) {
        const struct catalogue_key *key = &institution->keys[i];
        struct digest digest;
        digest_of(DIGEST_KEY, (struct bytes) {key->public_key, SEAL_PUBLIC_SIZE}, &digest);
        if (bytes_equal(hint, digest_bytes(&digest)))
            return suite.verify(suite.self, key->public_key, shape->context, *statement,
                                value.data);
    }
    return false;
}

/* The record stands under a statement by issuer to audience: by the leaves, or by a path. */
static const char *stands_under(const struct look *look, const struct shape *shape,
                                const struct store_signed *tree, uint32_t index, struct bytes path)
{
    struct bytes statement;
    const uint8_t *id = look->record->id.bytes;
    struct digest root;
    if (!signed_by(look, shape, tree->wire, &statement))
        return "no key of its issuer signed it";
    if (!parse_says(statement, 1, world_catalogue(look->world)->network) ||
        !parse_says(statement, 2, shape->issuer) || !parse_says(statement, 3, shape->audience))
        return "it names others";
    size_t count = (size_t)parse_field(statement, shape->count).value;
    if (count == 0 || count > LEAVES_MAX || index >= count)
        return "it counts other records";
    if (tree->leaves.size) {
        if (tree->leaves.size != count * DIGEST_SIZE ||
            memcmp(tree->leaves.data + index * DIGEST_SIZE, id, DIGEST_SIZE) != 0)
            return "the record is not at its place among the leaves";
        root_of(tree->leaves.data, count, &root);
    } else if (!lead_of(id, index, count, path, &root)) {
        return "its path has another length";
    }
    return bytes_equal(parse_field(statement, shape->root).stuff, digest_bytes(&root))
               ? NULL
               : "the record does not lead to its root";
}

static const char *seal_look(const struct look *look)
{
    const struct store_record *record = look->record;
    const struct shape shape = {SEAL_CONTEXT_SEAL, look->author, look->audience, 6, 7};
    struct store_signed *seal;
    if (look->store->seal_get(look->store, record->seal, look->arena, &seal) || !seal)
        return "it is not here";
    return stands_under(look, &shape, seal, record->seal_index, record->seal_path);
}

/* The catalogue that the receiver had when it took the record. Its receipt names one, too, but may
 * have been signed long after: when no key of its own was in force, or anew. */
static uint64_t taken(const struct look *look, struct bytes receipt)
{
    size_t author;
    const struct ledger_record *known =
        look->ledger && world_find(look->world, look->author, &author)
            ? ledger_find(look->ledger, author, &look->record->id)
            : NULL;
    return known && known->taken ? known->taken : parse_field(receipt, RECEIPT_CATALOGUE).value;
}

/* Who gives back what was receipted before has taken it before, whenever the receipt says. What was
 * sealed anew may have been taken before that: then the newer catalogue, which its seal names, has
 * its key. */
static const char *key_look(const struct look *look, struct bytes seal, struct bytes receipt)
{
    uint64_t held = taken(look, receipt), sealed = parse_field(seal, SEAL_CATALOGUE).value;
    const struct catalogue *then = world_catalogue_of(look->world, held);
    const struct catalogue *anew = world_catalogue_of(look->world, sealed);
    if (look->record->flags & STORE_RECOVERED || !then)
        return NULL; /* no node read it here: nobody can say */
    const char *wrong = tenure_seal(then, look->author, seal);
    return wrong && anew && sealed > held ? tenure_seal(anew, look->author, seal) : wrong;
}

static const char *receipt_look(const struct look *look)
{
    const struct shape shape = {SEAL_CONTEXT_RECEIPT, look->audience, look->author, 7, 8};
    struct store_receipt_link link;
    struct store_signed *receipt, *seal;
    if (look->store->receipt_of(look->store, look->record->serial, &link))
        return "it cannot be read";
    if (!link.receipt)
        return look->record->flags & STORE_RECEIPTED ? "it is not here" : NULL;
    if (look->store->receipt_get(look->store, link.receipt, look->arena, &receipt) || !receipt)
        return "it is not here";
    const char *wrong = stands_under(look, &shape, receipt, link.index, (struct bytes) {0});
    if (wrong)
        return wrong;
    if (look->store->seal_get(look->store, look->record->seal, look->arena, &seal) || !seal)
        return "it came without its seal";
    return key_look(look, parse_field(seal->wire, 1).stuff, parse_field(receipt->wire, 1).stuff);
}

/* ---- records ---- */

static const char *record_look(const struct look *look)
{
    const struct store_record *record = look->record;
    struct bytes header = record->header;
    struct digest digest;
    digest_of(DIGEST_RECORD, header, &digest);
    if (!digest_equal(&digest, &record->id))
        return "its id is not the digest of its header";
    if (!parse_says(header, 1, world_catalogue(look->world)->network) ||
        !parse_says(header, 2, look->author) || !parse_says(header, 3, look->audience))
        return "its header names others";
    if (!bytes_equal(parse_field(header, 4).stuff,
                     (struct bytes) {record->place.dossier.bytes, HEADER_DOSSIER_SIZE}) ||
        parse_field(header, 5).value != record->lane ||
        parse_field(header, 6).value != record->index ||
        parse_field(header, 9).value != record->kind)
        return "it stands at another place than its header says";
    if (!record->salt.size)
        return NULL; /* withheld: checks.c minds that */
    digest_of_pair(DIGEST_BODY, record->salt, record->body, &digest);
    if (record->salt.size != SALT ||
        !bytes_equal(parse_field(header, 14).stuff, digest_bytes(&digest)))
        return "its body is not what its header commits to";
    return NULL;
}

static const char *row_look(struct look *look)
{
    const char *what = "", *wrong = record_look(look);
    if (!wrong && look->record->seal) {
        what = "its seal: ";
        wrong = seal_look(look);
    } else if (!wrong) {
        wrong = "nobody sealed it";
    }
    if (!wrong) {
        what = "its receipt: ";
        wrong = receipt_look(look);
    }
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&look->record->place.dossier, name);
    return wrong ? arena_format(look->arena, "a record of %s for %s, %s lane %u index %u: %s%s",
                                look->author, look->audience, name, look->record->lane,
                                look->record->index, what, wrong)
                 : NULL;
}

static const struct store_pair *pair_find(const struct store_pair *pairs, size_t count,
                                          uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].pair == number)
            return &pairs[i];
    return NULL;
}

const char *reread_store(const struct world *world, size_t node, const struct ledger *ledger,
                         struct arena *arena)
{
    struct look look = {
        .world = world, .ledger = ledger, .store = world_store(world, node), .arena = arena};
    struct store *store = look.store;
    struct store_pair *pairs;
    struct store_record *rows;
    size_t pair_count, page;
    int64_t after = 0;
    if (store->pair_list(store, arena, &pairs, &pair_count))
        return "a store cannot be read";
    do {
        if (store->record_scan(store, after, PAGE, arena, &rows, &page))
            return "a store cannot be read";
        for (size_t i = 0; i < page; i++) {
            const struct store_pair *pair = pair_find(pairs, pair_count, rows[i].place.pair);
            if (!pair)
                return "a record belongs to no pair";
            bool ours = rows[i].flags & STORE_OURS;
            look.record = &rows[i];
            look.author = ours ? pair->own : pair->partner;
            look.audience = ours ? pair->partner : pair->own;
            const char *wrong = row_look(&look);
            if (wrong)
                return wrong;
            after = rows[i].serial;
        }
    } while (page == PAGE);
    return NULL;
}
