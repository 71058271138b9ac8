/* links: base seal channel */
#include "channel/noise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { VECTOR_BYTES_MAX = 256, VECTOR_MESSAGES_MAX = 16 };

/* ---- the published vectors: each field is `"name": "hex"`, so no JSON reader is needed ---- */

struct field {
    uint8_t data[VECTOR_BYTES_MAX];
    size_t size;
};

struct vector {
    struct field prologue, init_static, init_ephemeral, resp_static, resp_ephemeral, hash;
    struct field payload[VECTOR_MESSAGES_MAX], ciphertext[VECTOR_MESSAGES_MAX];
    size_t messages;
};

static struct bytes view(const struct field *field)
{
    return (struct bytes) {field->data, field->size};
}

/* Returns where the value ends, or NULL when the field does not come before `end`. */
static const char *read_field(const char *from, const char *end, const char *name,
                              struct field *out)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\": \"", name);
    const char *at = strstr(from, quoted);
    if (!at || at > end)
        return NULL;
    at += strlen(quoted);
    const char *stop = strchr(at, '"');
    assert_non_null(stop);
    assert_int_equal(sodium_hex2bin(out->data, sizeof out->data, at, (size_t)(stop - at), NULL,
                                    &out->size, NULL),
                     0);
    return stop;
}

static void read_vector(const char *text, const char *end, struct vector *out)
{
    memset(out, 0, sizeof *out);
    assert_non_null(read_field(text, end, "init_prologue", &out->prologue));
    assert_non_null(read_field(text, end, "init_static", &out->init_static));
    assert_non_null(read_field(text, end, "init_ephemeral", &out->init_ephemeral));
    assert_non_null(read_field(text, end, "resp_static", &out->resp_static));
    assert_non_null(read_field(text, end, "resp_ephemeral", &out->resp_ephemeral));
    assert_non_null(read_field(text, end, "handshake_hash", &out->hash));
    const char *at = strstr(text, "\"messages\"");
    while ((at = read_field(at, end, "payload", &out->payload[out->messages]))) {
        at = read_field(at, end, "ciphertext", &out->ciphertext[out->messages]);
        assert_non_null(at);
        assert_true(++out->messages < VECTOR_MESSAGES_MAX);
    }
}

static char *read_vectors(void)
{
    const char *shared = getenv("PEREGRIN_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/vectors/noise_cacophony_subset.json",
             shared ? shared : "../shared");
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

/* ---- two sides ---- */

struct side {
    uint8_t secret[NOISE_KEY_SIZE], public_key[NOISE_KEY_SIZE];
    struct noise noise;
    struct noise_result keys;
};

static void side_key(struct side *side, const uint8_t *secret)
{
    memcpy(side->secret, secret, NOISE_KEY_SIZE);
    assert_int_equal(crypto_scalarmult_base(side->public_key, secret), 0);
}

static void side_start(struct side *side, bool initiator, const struct side *peer,
                       struct bytes prologue)
{
    struct noise_keys keys = {side->secret, side->public_key, peer->public_key, NULL};
    noise_start(&side->noise, initiator, keys, prologue);
}

static void check_handshake(const struct vector *vector, struct side *alice, struct side *bob)
{
    uint8_t wire[VECTOR_BYTES_MAX], plain[VECTOR_BYTES_MAX];
    struct side *turns[2][2] = {{alice, bob}, {bob, alice}};
    const struct field *ephemerals[2] = {&vector->init_ephemeral, &vector->resp_ephemeral};
    for (size_t i = 0; i < 2; i++) {
        struct bytes payload = view(&vector->payload[i]);
        assert_int_equal(noise_write(&turns[i][0]->noise, ephemerals[i]->data, payload, wire), 0);
        assert_int_equal(vector->ciphertext[i].size, NOISE_MESSAGE_MIN + payload.size);
        assert_memory_equal(wire, vector->ciphertext[i].data, vector->ciphertext[i].size);
        assert_int_equal(noise_read(&turns[i][1]->noise, view(&vector->ciphertext[i]), plain), 0);
        assert_memory_equal(plain, payload.data, payload.size);
    }
    noise_finish(&alice->noise, &alice->keys);
    noise_finish(&bob->noise, &bob->keys);
    assert_memory_equal(alice->keys.hash, vector->hash.data, NOISE_HASH_SIZE);
    assert_memory_equal(bob->keys.hash, vector->hash.data, NOISE_HASH_SIZE);
}

static void check_transport(const struct vector *vector, const struct side *alice,
                            const struct side *bob)
{
    uint8_t wire[VECTOR_BYTES_MAX], plain[VECTOR_BYTES_MAX];
    for (size_t i = 2; i < vector->messages; i++) {
        const struct side *from = i % 2 ? bob : alice, *to = i % 2 ? alice : bob;
        uint64_t nonce = (i - 2) / 2;
        struct bytes payload = view(&vector->payload[i]), sealed = view(&vector->ciphertext[i]);
        noise_encrypt(from->keys.send, nonce, (struct bytes) {0}, payload, wire);
        assert_memory_equal(wire, sealed.data, sealed.size);
        assert_true(noise_decrypt(to->keys.receive, nonce, (struct bytes) {0}, sealed, plain));
        assert_memory_equal(plain, payload.data, payload.size);
    }
}

static void handshake_hash_and_transport_are_those_of_the_published_vectors(void **)
{
    char *text = read_vectors();
    if (!text) {
        print_message("skipped: the published Noise vectors are not here\n");
        skip();
    }
    size_t found = 0;
    const char *name = "\"protocol_name\": \"", *at = text;
    while ((at = strstr(at, name))) {
        at += strlen(name);
        const char *end = strstr(at, name) ? strstr(at, name) : at + strlen(at);
        if (strncmp(at, "Noise_KK_25519_ChaChaPoly_SHA256\"", 33) != 0)
            continue;
        struct vector vector;
        struct side alice = {0}, bob = {0};
        read_vector(at, end, &vector);
        side_key(&alice, vector.init_static.data);
        side_key(&bob, vector.resp_static.data);
        side_start(&alice, true, &bob, view(&vector.prologue));
        side_start(&bob, false, &alice, view(&vector.prologue));
        assert_true(vector.messages > 2);
        check_handshake(&vector, &alice, &bob);
        check_transport(&vector, &alice, &bob);
        found++;
    }
    assert_true(found > 0);
    free(text);
}

/* ---- what must not hold ---- */

struct pair {
    struct side alice, bob;
    uint8_t first[NOISE_MESSAGE_MIN + 4], plain[4];
};

static void pair_start(struct pair *pair, const char *alices_prologue, const char *bobs_prologue)
{
    uint8_t secret[NOISE_KEY_SIZE];
    memset(pair, 0, sizeof *pair);
    memset(secret, 0x11, sizeof secret);
    side_key(&pair->alice, secret);
    memset(secret, 0x22, sizeof secret);
    side_key(&pair->bob, secret);
    side_start(&pair->alice, true, &pair->bob, bytes_text(alices_prologue));
    side_start(&pair->bob, false, &pair->alice, bytes_text(bobs_prologue));
}

static enum verdict pair_first(struct pair *pair, size_t flipped)
{
    uint8_t ephemeral[NOISE_KEY_SIZE];
    memset(ephemeral, 0x33, sizeof ephemeral);
    assert_int_equal(noise_write(&pair->alice.noise, ephemeral, bytes_text("once"), pair->first),
                     0);
    if (flipped < sizeof pair->first)
        pair->first[flipped] ^= 1;
    return noise_read(&pair->bob.noise, (struct bytes) {pair->first, sizeof pair->first},
                      pair->plain);
}

static void a_good_first_message_is_taken(void **)
{
    struct pair pair;
    pair_start(&pair, "same", "same");
    assert_int_equal(pair_first(&pair, SIZE_MAX), VERDICT_FINE);
    assert_memory_equal(pair.plain, "once", 4);
}

static void any_flipped_bit_of_a_message_breaks_it(void **)
{
    for (size_t i = 0; i < sizeof((struct pair *)0)->first; i++) {
        struct pair pair;
        pair_start(&pair, "same", "same");
        assert_int_equal(pair_first(&pair, i), VERDICT_FORGED);
    }
}

static void another_prologue_breaks_the_handshake(void **)
{
    struct pair pair;
    pair_start(&pair, "versions 1 2", "versions 1");
    assert_int_equal(pair_first(&pair, SIZE_MAX), VERDICT_FORGED);
}

static void a_stranger_cannot_speak_for_the_initiator(void **)
{
    struct pair pair;
    pair_start(&pair, "same", "same");
    struct side mallory = {0};
    uint8_t secret[NOISE_KEY_SIZE];
    memset(secret, 0x44, sizeof secret);
    side_key(&mallory, secret);
    side_start(&pair.bob, false, &mallory, bytes_text("same"));
    assert_int_equal(pair_first(&pair, SIZE_MAX), VERDICT_FORGED);
}

static void two_initiators_do_not_meet(void **)
{
    struct pair pair;
    pair_start(&pair, "same", "same");
    /* Bob believes that he dialled: his pre-messages stand the other way round. */
    pair.bob.noise.initiator = true;
    side_start(&pair.bob, true, &pair.alice, bytes_text("same"));
    pair.bob.noise.initiator = false;
    assert_int_equal(pair_first(&pair, SIZE_MAX), VERDICT_FORGED);
}

static void a_key_of_small_order_is_forged(void **)
{
    static const uint8_t zero[NOISE_KEY_SIZE];
    struct pair pair;
    pair_start(&pair, "same", "same");
    memcpy(pair.alice.noise.peer_public, zero, sizeof zero);
    uint8_t out[NOISE_MESSAGE_MIN];
    assert_int_equal(noise_write(&pair.alice.noise, pair.bob.secret, (struct bytes) {0}, out),
                     VERDICT_FORGED);

    pair_start(&pair, "same", "same");
    uint8_t wire[NOISE_MESSAGE_MIN] = {0};
    assert_int_equal(noise_read(&pair.bob.noise, (struct bytes) {wire, sizeof wire}, out),
                     VERDICT_FORGED);
}

static void a_message_too_short_for_its_key_and_tag_is_malformed(void **)
{
    struct pair pair;
    pair_start(&pair, "same", "same");
    uint8_t wire[NOISE_MESSAGE_MIN] = {9};
    assert_int_equal(
        noise_read(&pair.bob.noise, (struct bytes) {wire, sizeof wire - 1}, pair.plain),
        VERDICT_MALFORMED);
}

static void a_box_too_short_for_its_tag_does_not_open(void **)
{
    uint8_t key[NOISE_KEY_SIZE] = {1}, box[NOISE_TAG_SIZE];
    noise_encrypt(key, 0, (struct bytes) {0}, (struct bytes) {0}, box);
    assert_true(noise_decrypt(key, 0, (struct bytes) {0}, (struct bytes) {box, sizeof box}, box));
    assert_false(noise_decrypt(key, 0, (struct bytes) {0}, (struct bytes) {box, 15}, box));
    assert_false(noise_decrypt(key, 0, (struct bytes) {0}, (struct bytes) {box, 0}, box));
}

/* ChaCha20-Poly1305 of 32 zero bytes under key 00..1f and nonce 00000000 ffffffffffffffff, computed
 * by another implementation. */
static void a_rekey_is_the_one_of_the_specification(void **)
{
    uint8_t key[NOISE_KEY_SIZE];
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)i;
    noise_rekey(key);
    char hex[2 * NOISE_KEY_SIZE + 1];
    sodium_bin2hex(hex, sizeof hex, key, sizeof key);
    assert_string_equal(hex, "50835543a205b22c9323f2022bc4f67d838f90e61d5ccf33c4513e01f85b5042");
}

static void a_wiped_handshake_holds_no_secret(void **)
{
    struct pair pair;
    pair_start(&pair, "same", "same");
    assert_int_equal(pair_first(&pair, SIZE_MAX), VERDICT_FINE);
    noise_wipe(&pair.bob.noise);
    assert_true(sodium_is_zero((const uint8_t *)&pair.bob.noise, sizeof pair.bob.noise));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handshake_hash_and_transport_are_those_of_the_published_vectors),
        cmocka_unit_test(a_good_first_message_is_taken),
        cmocka_unit_test(any_flipped_bit_of_a_message_breaks_it),
        cmocka_unit_test(another_prologue_breaks_the_handshake),
        cmocka_unit_test(a_stranger_cannot_speak_for_the_initiator),
        cmocka_unit_test(two_initiators_do_not_meet),
        cmocka_unit_test(a_key_of_small_order_is_forged),
        cmocka_unit_test(a_message_too_short_for_its_key_and_tag_is_malformed),
        cmocka_unit_test(a_box_too_short_for_its_tag_does_not_open),
        cmocka_unit_test(a_rekey_is_the_one_of_the_specification),
        cmocka_unit_test(a_wiped_handshake_holds_no_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
