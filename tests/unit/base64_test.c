/* links: base seal */
#include "seal/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* RFC 4648, section 10. */
static void the_vectors_of_rfc_4648_hold(void **)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[9];
        uint8_t bytes[6];
        size_t size;
        base64_write(bytes_text(rows[i][0]), text, sizeof text);
        assert_string_equal(text, rows[i][1]);
        assert_int_equal(base64_length(strlen(rows[i][0])), strlen(text));
        assert_true(base64_read(bytes_text(text), bytes, sizeof bytes, &size));
        assert_true(bytes_equal((struct bytes) {bytes, size}, bytes_text(rows[i][0])));
    }
}

static void what_is_not_the_canonical_form_is_refused(void **)
{
    static const char *const texts[] = {
        "Z",      "Zg",    "Zg=",   "Zh==", "Zm9=", "Zg==Zg==",
        "Zg==\n", " Zg==", "Zm9v=", "Zm9_", "=",    "====",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint8_t bytes[16];
        size_t size;
        assert_false(base64_read(bytes_text(texts[i]), bytes, sizeof bytes, &size));
    }
}

static void more_than_there_is_room_for_is_refused(void **)
{
    uint8_t bytes[3] = {0, 0, 0xee};
    size_t size;
    assert_false(base64_read(bytes_text("Zm9v"), bytes, 2, &size));
    assert_int_equal(bytes[2], 0xee);
    assert_true(base64_read(bytes_text("Zm9v"), bytes, 3, &size));
    assert_int_equal(size, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_rfc_4648_hold),
        cmocka_unit_test(what_is_not_the_canonical_form_is_refused),
        cmocka_unit_test(more_than_there_is_room_for_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
