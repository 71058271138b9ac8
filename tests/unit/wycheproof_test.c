/* links: base seal report */
/* The primitives under our feet against the published Wycheproof vectors: a libsodium that was
 * built with another opinion of a bad signature or of a low-order point is noticed here. Of report
 * only the JSON library is used. */
#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <sodium.h>

enum { FIELD_MAX = 1024 };

/* Vectors lie beside the repository, or where PEREGRIN_SHARED says. */
static json_t *load(const char *name)
{
    const char *shared = getenv("PEREGRIN_SHARED");
    char path[512];
    snprintf(path, sizeof path, "%s/vectors/wycheproof_%s_test.json", shared ? shared : "../shared",
             name);
    json_error_t error;
    json_t *vectors = json_load_file(path, 0, &error);
    if (!vectors && json_error_code(&error) == json_error_cannot_open_file) {
        print_message("skipped: %s is not here\n", path);
        skip();
    }
    assert_non_null(vectors);
    return vectors;
}

struct field {
    uint8_t bytes[FIELD_MAX];
    size_t size;
};

static struct field field(const json_t *object, const char *name)
{
    const char *hex = json_string_value(json_object_get(object, name));
    struct field field = {0};
    assert_non_null(hex);
    assert_int_equal(
        sodium_hex2bin(field.bytes, sizeof field.bytes, hex, strlen(hex), NULL, &field.size, NULL),
        0);
    return field;
}

static bool has_flag(const json_t *test, const char *flag)
{
    size_t i;
    json_t *each;
    json_array_foreach(json_object_get(test, "flags"), i, each)
    {
        if (strcmp(json_string_value(each), flag) == 0)
            return true;
    }
    return false;
}

static void expect(const json_t *test, bool held, bool wanted)
{
    if (held != wanted)
        print_error("vector %lld\n", json_integer_value(json_object_get(test, "tcId")));
    assert_int_equal(held, wanted);
}

static bool is_valid(const json_t *test)
{
    return strcmp(json_string_value(json_object_get(test, "result")), "valid") == 0;
}

/* Runs a claim for each vector of a file; every one of them must have been there. */
static void for_each_vector(const char *name,
                            void (*claim)(const json_t *group, const json_t *test))
{
    json_t *vectors = load(name), *group, *test;
    json_int_t seen = 0;
    size_t i, j;
    json_array_foreach(json_object_get(vectors, "testGroups"), i, group)
    {
        json_array_foreach(json_object_get(group, "tests"), j, test)
        {
            claim(group, test);
            seen++;
        }
    }
    assert_true(seen > 0);
    assert_int_equal(seen, json_integer_value(json_object_get(vectors, "numberOfTests")));
    json_decref(vectors);
}

/* Our signatures have 64 bytes by their type: one of another size is refused before. */
static void signature_holds(const json_t *group, const json_t *test)
{
    struct field key = field(json_object_get(group, "publicKey"), "pk");
    struct field message = field(test, "msg"), signature = field(test, "sig");
    bool held =
        key.size == crypto_sign_PUBLICKEYBYTES && signature.size == crypto_sign_BYTES &&
        crypto_sign_verify_detached(signature.bytes, message.bytes, message.size, key.bytes) == 0;
    expect(test, held, is_valid(test));
}

static void ed25519_accepts_and_refuses_what_it_must(void **)
{
    for_each_vector("ed25519", signature_holds);
}

/* A shared secret of zero is refused: the other side chose a point of low order. */
static void exchange_agrees(const json_t *, const json_t *test)
{
    struct field point = field(test, "public"), scalar = field(test, "private");
    struct field wanted = field(test, "shared");
    uint8_t shared[crypto_scalarmult_BYTES];
    assert_int_equal(point.size, crypto_scalarmult_BYTES);
    bool held = crypto_scalarmult(shared, scalar.bytes, point.bytes) == 0;
    expect(test, held, !has_flag(test, "ZeroSharedSecret"));
    if (held)
        assert_memory_equal(shared, wanted.bytes, sizeof shared);
}

static void x25519_agrees_and_refuses_points_of_low_order(void **)
{
    for_each_vector("x25519", exchange_agrees);
}

static void box_opens(const json_t *, const json_t *test)
{
    struct field key = field(test, "key"), nonce = field(test, "iv"), aad = field(test, "aad");
    struct field message = field(test, "msg"), cipher = field(test, "ct"), tag = field(test, "tag");
    uint8_t plain[FIELD_MAX], sealed[FIELD_MAX + crypto_aead_chacha20poly1305_ietf_ABYTES];
    bool sized = nonce.size == crypto_aead_chacha20poly1305_ietf_NPUBBYTES &&
                 tag.size == crypto_aead_chacha20poly1305_ietf_ABYTES;
    memcpy(sealed, cipher.bytes, cipher.size);
    memcpy(sealed + cipher.size, tag.bytes, tag.size);
    unsigned long long length = 0;
    bool held = sized && crypto_aead_chacha20poly1305_ietf_decrypt(
                             plain, &length, NULL, sealed, cipher.size + tag.size, aad.bytes,
                             aad.size, nonce.bytes, key.bytes) == 0;
    expect(test, held, is_valid(test));
    if (!held)
        return;
    assert_int_equal(length, message.size);
    assert_memory_equal(plain, message.bytes, message.size);
    uint8_t again[sizeof sealed];
    crypto_aead_chacha20poly1305_ietf_encrypt(again, &length, message.bytes, message.size,
                                              aad.bytes, aad.size, NULL, nonce.bytes, key.bytes);
    assert_int_equal(length, cipher.size + tag.size);
    assert_memory_equal(again, sealed, length);
}

static void chacha20_poly1305_opens_only_what_was_sealed(void **)
{
    for_each_vector("chacha20_poly1305", box_opens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ed25519_accepts_and_refuses_what_it_must),
        cmocka_unit_test(x25519_agrees_and_refuses_points_of_low_order),
        cmocka_unit_test(chacha20_poly1305_opens_only_what_was_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
