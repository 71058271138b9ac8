/* links: base seal record wire */
/* The worked example of proto/README.md, made again from its fixed seeds: the two must agree to the
 * last byte, so that neither the code nor the document can drift. ACCEPT=1 writes what was made
 * into the document; the difference is then for a reviewer. */
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/header.h"
#include "record/kind.h"
#include "record/statement.h"
#include "seal/seal.h"
#include "seal/tree.h"
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA_BUDGET = 1 << 20, TEXT_ROOM = 32 * 1024, HEX_COLUMNS = 96 };
enum { DOCUMENT_ROOM = 1 << 20, MINUTE = 29900000 };

static const char begins[] = "```worked\n", ends[] = "```\n";

struct signer {
    const char *schac;
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    struct digest digest;
};

struct example {
    struct arena *arena;
    FILE *out;
    struct signer home, host;
    struct bytes headers[2], bodies[2], seal;
    uint8_t salts[2][DIGEST_SALT_SIZE];
    struct digest ids[2];
};

static ProtobufCBinaryData binary(struct bytes view)
{
    return (ProtobufCBinaryData) {view.size, (uint8_t *)(uintptr_t)view.data};
}

static ProtobufCBinaryData binary_of(const struct digest *digest)
{
    return binary(digest_bytes(digest));
}

static void say(struct example *example, const char *name, struct bytes value)
{
    fprintf(example->out, "%s\n", name);
    for (size_t i = 0; i < value.size; i++) {
        bool starts = i % (HEX_COLUMNS / 2) == 0, last = i + 1 == value.size;
        fprintf(example->out, "%s%02x", starts ? "    " : "", value.data[i]);
        if (last || (i + 1) % (HEX_COLUMNS / 2) == 0)
            fputc('\n', example->out);
    }
}

static void say_digest(struct example *example, const char *name, const struct digest *digest)
{
    say(example, name, digest_bytes(digest));
}

static void signer_make(struct signer *signer, const char *schac, uint8_t fill)
{
    uint8_t seed[SEAL_SEED_SIZE];
    memset(seed, fill, sizeof seed);
    signer->schac = schac;
    seal_key_pair(seed, signer->public_key, signer->secret);
    digest_of(DIGEST_KEY, (struct bytes) {signer->public_key, SEAL_PUBLIC_SIZE}, &signer->digest);
}

/* ---- two records of one lane ---- */

static struct bytes body_make(struct example *example, const char *email)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    person.family_name = "Ng";
    person.given_names = "Ada";
    person.birth_date = "2004-02-29";
    person.email = (char *)(uintptr_t)email;
    Peregrin__Nomination body = PEREGRIN__NOMINATION__INIT;
    body.person = &person;
    body.has_mobility = body.has_term = body.has_eqf = true;
    body.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    body.year = "2026/2027";
    body.term = 1;
    body.eqf = 6;
    body.isced_f = "0613";
    return codec_pack(&body.base, example->arena);
}

static void record_make(struct example *example, uint32_t index)
{
    struct digest commitment;
    struct header_dossier dossier = header_dossier_new(MINUTE, (const uint8_t *)"peregrinus");
    example->bodies[index] =
        body_make(example, index ? "ada.ng@student.example" : "ada@student.example");
    memset(example->salts[index], (int)(0xA0 + index), DIGEST_SALT_SIZE);
    header_commit(example->salts[index], example->bodies[index], &commitment);

    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    claim.year = "2026/2027";
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    header.network = "demo";
    header.issuer = (char *)(uintptr_t)example->home.schac;
    header.audience = (char *)(uintptr_t)example->host.schac;
    header.has_dossier = header.has_lane = header.has_index = header.has_kind = true;
    header.has_schema = header.has_issued_at = header.has_commitment = true;
    header.dossier = binary((struct bytes) {dossier.bytes, sizeof dossier.bytes});
    header.index = index;
    header.kind = PEREGRIN__KIND__KIND_NOMINATION;
    header.schema = 1;
    header.issued_at = MINUTE + index;
    header.claim = &claim;
    header.commitment = binary_of(&commitment);
    if (index) {
        header.kind = PEREGRIN__KIND__KIND_AMENDMENT;
        header.has_previous = claim.has_target = claim.has_change = true;
        header.previous = claim.target = binary_of(&example->ids[0]);
        claim.change = PEREGRIN__CHANGE__CHANGE_KEEPS;
    }
    struct header read;
    example->headers[index] = header_pack(&header, example->arena);
    assert_int_equal(header_read(example->headers[index], example->arena, &read), VERDICT_FINE);
    example->ids[index] = read.id;

    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&dossier, name);
    fprintf(example->out, "# %s, dossier %s\n", index ? "amendment" : "nomination", name);
    say(example, "salt", (struct bytes) {example->salts[index], DIGEST_SALT_SIZE});
    say(example, "body", example->bodies[index]);
    say_digest(example, "commitment", &commitment);
    say(example, "header", example->headers[index]);
    say_digest(example, "id", &example->ids[index]);
}

/* ---- what proves them ---- */

static struct bytes sign(struct example *example, const struct signer *signer,
                         enum seal_context context, struct bytes statement)
{
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    assert_true(seal_sign(context, signer->secret, statement, signature));
    struct bytes wire =
        statement_pack_signed(statement, &signer->digest, signature, example->arena);
    say(example, "statement", statement);
    say(example, "signature", (struct bytes) {signature, sizeof signature});
    say(example, "signed", wire);
    return wire;
}

static void seal_make(struct example *example)
{
    struct digest root, path[TREE_PATH_MAX];
    tree_root(example->ids, 2, &root);
    assert_int_equal(tree_path(example->ids, 2, 1, path), 1);
    Peregrin__SealStatement statement = PEREGRIN__SEAL_STATEMENT__INIT;
    statement.network = "demo";
    statement.issuer = (char *)(uintptr_t)example->home.schac;
    statement.audience = (char *)(uintptr_t)example->host.schac;
    statement.key_id = "2026-a";
    statement.has_key_digest = statement.has_count = statement.has_root = true;
    statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest = binary_of(&example->home.digest);
    statement.count = 2;
    statement.root = binary_of(&root);
    statement.time = (MINUTE + 1) * UINT64_C(60);
    statement.catalogue_version = 3;
    fputs("# seal of both by helmo.be\n", example->out);
    say_digest(example, "root", &root);
    say_digest(example, "path of leaf 1", &path[0]);
    example->seal = sign(example, &example->home, SEAL_CONTEXT_SEAL,
                         codec_pack(&statement.base, example->arena));
}

static void receipt_make(struct example *example)
{
    struct digest root, handshake;
    memset(handshake.bytes, 0xC3, DIGEST_SIZE);
    tree_root(example->ids, 2, &root);
    Peregrin__ReceiptStatement statement = PEREGRIN__RECEIPT_STATEMENT__INIT;
    statement.network = "demo";
    statement.issuer = (char *)(uintptr_t)example->host.schac;
    statement.audience = (char *)(uintptr_t)example->home.schac;
    statement.key_id = "k1";
    statement.has_key_digest = statement.has_handshake = statement.has_count = true;
    statement.has_root = statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest = binary_of(&example->host.digest);
    statement.handshake = binary_of(&handshake);
    statement.count = 2;
    statement.root = binary_of(&root);
    statement.time = (MINUTE + 1) * UINT64_C(60) + 2;
    statement.catalogue_version = 3;
    fputs("# receipt for both by uhasselt.be\n", example->out);
    sign(example, &example->host, SEAL_CONTEXT_RECEIPT,
         codec_pack(&statement.base, example->arena));
}

/* ---- how they travel ---- */

static void deliver_make(struct example *example)
{
    Peregrin__Carried carried[2];
    Peregrin__Deliver deliver = PEREGRIN__DELIVER__INIT;
    for (size_t i = 0; i < 2; i++) {
        peregrin__carried__init(&carried[i]);
        carried[i].has_header = carried[i].has_salt = carried[i].has_body = true;
        carried[i].header = binary(example->headers[i]);
        carried[i].salt = binary((struct bytes) {example->salts[i], DIGEST_SALT_SIZE});
        carried[i].body = binary(example->bodies[i]);
    }
    deliver.issuer = (char *)(uintptr_t)example->home.schac;
    deliver.audience = (char *)(uintptr_t)example->host.schac;
    deliver.has_position = true;
    assert_int_equal(statement_read_signed(example->seal, example->arena, &deliver.seal),
                     VERDICT_FINE);
    deliver.n_records = 2;
    deliver.records = (Peregrin__Carried *[]) {&carried[0], &carried[1]};
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &deliver;
    fputs("# the plain message that carries them: a whole batch at position 0\n", example->out);
    say(example, "deliver", message_write(&message, example->arena));
}

/* Count 2, and the sum of two digests, little endian, mod 2^256. */
static void summary_make(struct example *example)
{
    struct digest sum = {0};
    unsigned carry = 0;
    struct digest terms[2];
    for (size_t i = 0; i < 2; i++)
        digest_of(DIGEST_SET, digest_bytes(&example->ids[i]), &terms[i]);
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        carry += (unsigned)terms[0].bytes[i] + terms[1].bytes[i];
        sum.bytes[i] = (uint8_t)carry;
        carry >>= 8;
    }
    fputs("# summary of a stream that holds both\n", example->out);
    say_digest(example, "sum", &sum);
}

static char *example_text(void)
{
    char *text = calloc(1, TEXT_ROOM);
    struct example example = {.arena = arena_open(ARENA_BUDGET),
                              .out = fmemopen(text, TEXT_ROOM, "w")};
    assert_non_null(example.out);
    signer_make(&example.home, "helmo.be", 0x11);
    signer_make(&example.host, "uhasselt.be", 0x22);
    fputs("# keys: the Ed25519 seeds are 32 times 11, and 32 times 22\n", example.out);
    say(&example, "helmo.be 2026-a, public key",
        (struct bytes) {example.home.public_key, SEAL_PUBLIC_SIZE});
    say_digest(&example, "helmo.be 2026-a, key digest", &example.home.digest);
    say(&example, "uhasselt.be k1, public key",
        (struct bytes) {example.host.public_key, SEAL_PUBLIC_SIZE});
    say_digest(&example, "uhasselt.be k1, key digest", &example.host.digest);
    record_make(&example, 0);
    record_make(&example, 1);
    seal_make(&example);
    receipt_make(&example);
    summary_make(&example);
    deliver_make(&example);
    fclose(example.out);
    arena_close(example.arena);
    return text;
}

static const char document_name[] = "proto/README.md";

static char *document_read(void)
{
    FILE *file = fopen(document_name, "r");
    if (!file)
        return NULL;
    char *text = calloc(1, DOCUMENT_ROOM);
    size_t size = fread(text, 1, DOCUMENT_ROOM - 1, file);
    assert_true(size > 0 && size < DOCUMENT_ROOM - 1);
    fclose(file);
    return text;
}

/* The text before the example's end, the example made anew, and the rest. */
static void document_write(const char *before, const char *made, const char *after)
{
    FILE *file = fopen(document_name, "w");
    assert_non_null(file);
    fprintf(file, "%s%s%s%s", before, begins, made, after);
    assert_int_equal(fclose(file), 0);
}

static void the_documents_example_is_what_the_code_makes(void **)
{
    char *document = document_read(), *made = example_text();
    if (!document)
        fail_msg("proto/README.md is not here: run from the root of the repository");
    char *begin = strstr(document, begins);
    assert_non_null(begin);
    char *said = begin + sizeof begins - 1, *end = strstr(said, ends);
    assert_non_null(end);
    if (getenv("ACCEPT")) {
        *begin = '\0';
        document_write(document, made, end);
    } else {
        *end = '\0';
        assert_string_equal(said, made);
    }
    free(document);
    free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_documents_example_is_what_the_code_makes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
