/* links: base seal */
#include "seal/password.h"
#include "seal/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct secret make(enum secret_kind kind, uint8_t first)
{
    struct secret secret = {.kind = kind};
    for (size_t i = 0; i < SECRET_SIZE; i++)
        secret.bytes[i] = (uint8_t)(first + 37 * i);
    return secret;
}

static void a_secret_comes_back_from_its_text(void **)
{
    for (unsigned first = 0; first < 256; first++) {
        struct secret secret = make(first % 2 ? SECRET_TOKEN : SECRET_SESSION, (uint8_t)first);
        struct secret back;
        char text[SECRET_TEXT_LENGTH + 1];
        secret_write(&secret, text);
        assert_int_equal(strlen(text), SECRET_TEXT_LENGTH);
        assert_true(secret_read(bytes_text(text), secret.kind, &back));
        assert_memory_equal(back.bytes, secret.bytes, SECRET_SIZE);
    }
}

static void one_wrong_letter_is_known(void **)
{
    struct secret secret = make(SECRET_TOKEN, 9), back;
    char text[SECRET_TEXT_LENGTH + 1];
    secret_write(&secret, text);
    for (size_t i = 0; i < SECRET_TEXT_LENGTH; i++) {
        char kept = text[i];
        text[i] = kept == 'a' ? 'b' : 'a';
        assert_false(secret_read(bytes_text(text), SECRET_TOKEN, &back));
        text[i] = kept;
    }
    assert_true(secret_read(bytes_text(text), SECRET_TOKEN, &back));
}

static void a_token_is_no_session_and_no_other_size(void **)
{
    struct secret secret = make(SECRET_TOKEN, 1), back;
    char text[SECRET_TEXT_LENGTH + 1];
    secret_write(&secret, text);
    struct bytes whole = bytes_text(text);
    assert_false(secret_read(whole, SECRET_SESSION, &back));
    assert_false(secret_read((struct bytes) {whole.data, whole.size - 1}, SECRET_TOKEN, &back));
    assert_false(secret_read((struct bytes) {whole.data, whole.size + 1}, SECRET_TOKEN, &back));
    assert_false(secret_read((struct bytes) {0}, SECRET_TOKEN, &back));
}

static void what_is_kept_and_the_twin_are_different_and_not_the_secret(void **)
{
    struct secret token = make(SECRET_TOKEN, 1), session = make(SECRET_SESSION, 1);
    struct digest kept, twin, other;
    secret_digest(&token, &kept);
    secret_twin(&token, &twin);
    secret_digest(&session, &other);
    assert_false(digest_equal(&kept, &twin));
    assert_false(digest_equal(&kept, &other));
}

static void a_password_fits_only_with_its_own_salt(void **)
{
    struct password_salt salt = {.bytes = {1}, .passes = 1, .memory_kib = 64}, other = salt;
    struct password_hash one, again, salted;
    other.bytes[0] = 2;
    assert_true(password_derive(bytes_text("correct horse"), &salt, &one));
    assert_true(password_derive(bytes_text("correct horse"), &salt, &again));
    assert_true(password_derive(bytes_text("correct horse"), &other, &salted));
    assert_true(password_equal(&one, &again));
    assert_false(password_equal(&one, &salted));
    assert_true(password_derive(bytes_text("correct horsf"), &salt, &again));
    assert_false(password_equal(&one, &again));
}

static void a_cost_from_a_damaged_row_is_not_paid(void **)
{
    struct password_salt salt = {.passes = 2, .memory_kib = UINT32_MAX};
    struct password_hash out;
    assert_false(password_derive(bytes_text("x"), &salt, &out));
    salt = (struct password_salt) {.passes = UINT32_MAX, .memory_kib = 64};
    assert_false(password_derive(bytes_text("x"), &salt, &out));
    salt = (struct password_salt) {.passes = 0, .memory_kib = 64};
    assert_false(password_derive(bytes_text("x"), &salt, &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_comes_back_from_its_text),
        cmocka_unit_test(one_wrong_letter_is_known),
        cmocka_unit_test(a_token_is_no_session_and_no_other_size),
        cmocka_unit_test(what_is_kept_and_the_twin_are_different_and_not_the_secret),
        cmocka_unit_test(a_password_fits_only_with_its_own_salt),
        cmocka_unit_test(a_cost_from_a_damaged_row_is_not_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
