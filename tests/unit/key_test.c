/* links: base seal */
#include "seal/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { OPS = 1, MEMORY = 8 * 1024 };

static const uint8_t salt[KEY_SALT_SIZE] = {5}, nonce[KEY_NONCE_SIZE] = {6};

static struct key sample(enum key_kind kind)
{
    struct key key = {.kind = kind, .owner = "helmo.be", .id = "2026-a"};
    for (size_t i = 0; i < SEAL_SEED_SIZE; i++)
        key.seed[i] = (uint8_t)(i + 1);
    return key;
}

static struct key sealed_sample(void)
{
    struct key key = sample(KEY_SIGN);
    assert_true(key_seal(&key, bytes_text("a long sentence"), salt, nonce, OPS, MEMORY));
    return key;
}

static const char plain_file[] = "peregrin-key 1\n"
                                 "kind: transport\n"
                                 "owner: helmo.be\n"
                                 "id: 2026-a\n"
                                 "seed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\n";

static void a_key_file_reads_as_documented(void **)
{
    struct key key, expected = sample(KEY_TRANSPORT);
    size_t line = 0;
    assert_int_equal(key_read(bytes_text(plain_file), &key, &line), VERDICT_FINE);
    assert_memory_equal(&key, &expected, sizeof key);
}

static void every_kind_goes_round(void **)
{
    for (size_t kind = 0; kind < KEY_KIND_COUNT; kind++) {
        struct key key = sample((enum key_kind)kind), again;
        char text[KEY_FILE_MAX];
        size_t line = 0, length = key_write(&key, text);
        assert_int_equal(length, strlen(text));
        assert_int_equal(key_read(bytes_text(text), &again, &line), VERDICT_FINE);
        assert_memory_equal(&key, &again, sizeof key);
    }
}

static void the_longest_names_fit(void **)
{
    struct key key = sealed_sample(), again;
    char text[KEY_FILE_MAX];
    size_t line = 0;
    memset(key.owner, 'o', KEY_OWNER_MAX);
    memset(key.id, 'i', KEY_ID_MAX);
    assert_in_range(key_write(&key, text), 1, KEY_FILE_MAX - 1);
    assert_int_equal(key_read(bytes_text(text), &again, &line), VERDICT_FINE);
    assert_memory_equal(&key, &again, sizeof key);
}

static void a_malformed_file_names_its_line(void **)
{
    static const struct {
        const char *text;
        size_t line;
    } rows[] = {
        {"", 1},
        {"\n", 1},
        {"peregrin-key 2\n", 1},
        {"peregrin-key 1", 2},
        {"peregrin-key 1\r\nkind: sign\n", 1},
        {"peregrin-key 1\nkind: seal\n", 2},
        {"peregrin-key 1\nkind: \n", 2},
        {"peregrin-key 1\nowner: a\nkind: sign\n", 2},
        {"peregrin-key 1\nkind: sign\nowner: \n", 3},
        {"peregrin-key 1\nkind: sign\nowner: a b\n", 3},
        {"peregrin-key 1\nkind: sign\nowner: \xc3\xa9\n", 3},
        {"peregrin-key 1\nkind: sign\nowner: 0123456789012345678901234567890123456789"
         "0123456789012345678901234\n",
         3},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: 012345678901234567890123456789012\n", 4},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n", 5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\nseed: \n", 5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\nseed: AQID\n", 5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n"
         "seed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA\n",
         5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n"
         "seed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB=\n",
         5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n"
         "seed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh\n",
         5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n"
         "sealed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\n",
         5},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n"
         "seed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\n\n",
         6},
        {"peregrin-key 1\nkind: sign\nowner: a\nid: b\n"
         "seed: AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\nseed: x",
         6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key key = {.kind = KEY_ROOT};
        size_t line = 0;
        assert_int_equal(key_read(bytes_text(rows[i].text), &key, &line), VERDICT_MALFORMED);
        assert_int_equal(line, rows[i].line);
        assert_int_equal(key.kind, KEY_ROOT);
    }
}

static void the_last_line_may_lack_its_end(void **)
{
    struct key key;
    size_t line = 0;
    struct bytes text = {(const uint8_t *)plain_file, sizeof plain_file - 2};
    assert_int_equal(key_read(text, &key, &line), VERDICT_FINE);
    assert_int_equal(key.seed[31], 32);
}

static void a_zero_byte_does_not_end_a_name(void **)
{
    struct key key;
    size_t line = 0;
    static const char text[] = "peregrin-key 1\nkind: sign\nowner: a\0b\nid: b\n";
    assert_int_equal(key_read((struct bytes) {(const uint8_t *)text, sizeof text - 1}, &key, &line),
                     VERDICT_MALFORMED);
    assert_int_equal(line, 3);
}

static void a_sealed_key_opens_with_its_passphrase(void **)
{
    struct key key = sealed_sample(), again, expected = sample(KEY_SIGN);
    char text[KEY_FILE_MAX];
    size_t line = 0;
    assert_true(key.sealed);
    assert_true(sodium_is_zero(key.seed, sizeof key.seed));
    key_write(&key, text);
    assert_int_equal(key_read(bytes_text(text), &again, &line), VERDICT_FINE);
    assert_int_equal(key_unseal(&again, bytes_text("a long sentence")), VERDICT_FINE);
    assert_memory_equal(&again, &expected, sizeof again);
}

static void a_wrong_passphrase_is_refused(void **)
{
    struct key key = sealed_sample();
    assert_int_equal(key_unseal(&key, bytes_text("a long sentence.")), VERDICT_FORGED);
    assert_int_equal(key_unseal(&key, bytes_text("")), VERDICT_FORGED);
    assert_true(key.sealed);
    assert_true(sodium_is_zero(key.seed, sizeof key.seed));
    assert_int_equal(key_unseal(&key, bytes_text("a long sentence")), VERDICT_FINE);
}

/* The costs stand at 16 to 23; a changed one is either refused or gives another key. */
static void any_changed_byte_of_the_box_is_refused(void **)
{
    for (size_t i = 0; i < KEY_SEALED_SIZE; i++) {
        struct key key = sealed_sample();
        key.box[i] ^= 0x02;
        assert_int_not_equal(key_unseal(&key, bytes_text("a long sentence")), VERDICT_FINE);
        assert_true(key.sealed);
    }
}

static void a_sealed_key_cannot_be_given_another_name(void **)
{
    struct key owner = sealed_sample(), id = owner, kind = owner;
    owner.owner[0] = 'H';
    id.id[0] = '3';
    kind.kind = KEY_ROOT;
    assert_int_equal(key_unseal(&owner, bytes_text("a long sentence")), VERDICT_FORGED);
    assert_int_equal(key_unseal(&id, bytes_text("a long sentence")), VERDICT_FORGED);
    assert_int_equal(key_unseal(&kind, bytes_text("a long sentence")), VERDICT_FORGED);
}

static void hostile_costs_are_refused_before_any_work(void **)
{
    static const struct {
        uint32_t ops, kibibytes;
        enum verdict verdict;
    } rows[] = {
        {KEY_OPS_MAX + 1, 8, VERDICT_TOO_LARGE},
        {UINT32_MAX, 8, VERDICT_TOO_LARGE},
        {1, KEY_MEMORY_MAX / 1024 + 1, VERDICT_TOO_LARGE},
        {1, UINT32_MAX, VERDICT_TOO_LARGE},
        {0, 8, VERDICT_FORGED},
        {1, 7, VERDICT_FORGED},
        {1, 0, VERDICT_FORGED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key key = sealed_sample();
        bytes_write_u32le(key.box + 16, rows[i].ops);
        bytes_write_u32le(key.box + 20, rows[i].kibibytes);
        assert_int_equal(key_unseal(&key, bytes_text("a long sentence")), rows[i].verdict);
    }
}

static void the_sealed_form_does_not_show_the_seed(void **)
{
    struct key key = sealed_sample(), open = sample(KEY_SIGN);
    for (size_t i = 0; i + 4 <= KEY_SEALED_SIZE; i++)
        assert_memory_not_equal(key.box + i, open.seed, 4);
}

static void the_public_half_is_of_the_kind_of_key(void **)
{
    struct key sign = sample(KEY_SIGN), root = sample(KEY_ROOT), transport = sample(KEY_TRANSPORT);
    uint8_t expected[32], secret[64], public_key[32];
    crypto_sign_seed_keypair(expected, secret, sign.seed);
    key_public(&sign, public_key);
    assert_memory_equal(public_key, expected, 32);
    key_public(&root, public_key);
    assert_memory_equal(public_key, expected, 32);
    crypto_scalarmult_base(expected, transport.seed);
    key_public(&transport, public_key);
    assert_memory_equal(public_key, expected, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_file_reads_as_documented),
        cmocka_unit_test(every_kind_goes_round),
        cmocka_unit_test(the_longest_names_fit),
        cmocka_unit_test(a_malformed_file_names_its_line),
        cmocka_unit_test(the_last_line_may_lack_its_end),
        cmocka_unit_test(a_zero_byte_does_not_end_a_name),
        cmocka_unit_test(a_sealed_key_opens_with_its_passphrase),
        cmocka_unit_test(a_wrong_passphrase_is_refused),
        cmocka_unit_test(any_changed_byte_of_the_box_is_refused),
        cmocka_unit_test(a_sealed_key_cannot_be_given_another_name),
        cmocka_unit_test(hostile_costs_are_refused_before_any_work),
        cmocka_unit_test(the_sealed_form_does_not_show_the_seed),
        cmocka_unit_test(the_public_half_is_of_the_kind_of_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
