/* links: base seal record trust wire rules channel stream store engine io */
#include "io/file.h"
#include "io/keeper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPS = 1, MEMORY = 8 * 1024 };

static char folder[64], sign_path[128], transport_path[128], pass_path[128];
static const uint8_t salt[KEY_SALT_SIZE] = {5}, nonce[KEY_NONCE_SIZE] = {6};

static struct key sample(enum key_kind kind, uint8_t number)
{
    struct key key = {.kind = kind, .owner = "helmo.be", .id = "2026-a"};
    memset(key.seed, number, sizeof key.seed);
    return key;
}

static void put(const char *path, const struct key *key)
{
    char text[KEY_FILE_MAX];
    size_t size = key_write(key, text);
    struct bytes content = {(const uint8_t *)text, size};
    assert_int_equal(file_write(path, content, 0600, NULL), FAULT_NONE);
}

static int make_files(void **)
{
    struct key sign = sample(KEY_SIGN, 1), transport = sample(KEY_TRANSPORT, 2);
    strcpy(folder, "/tmp/peregrin-keeper-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(sign_path, sizeof sign_path, "%s/sign.key", folder);
    snprintf(transport_path, sizeof transport_path, "%s/transport.key", folder);
    snprintf(pass_path, sizeof pass_path, "%s/passphrase", folder);
    put(sign_path, &sign);
    put(transport_path, &transport);
    return 0;
}

static int remove_files(void **)
{
    unlink(sign_path);
    unlink(transport_path);
    unlink(pass_path);
    return rmdir(folder);
}

static enum fault open_both(const char *passphrase_file, int descriptor, struct keeper **out,
                            struct reason *reason)
{
    const char *paths[] = {sign_path, transport_path};
    struct keeper_settings settings = {paths, 2, passphrase_file, descriptor};
    return keeper_open(&settings, out, reason);
}

static struct digest digest_of_key(const struct key *key)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    struct digest digest;
    key_public(key, public_key);
    digest_of(DIGEST_KEY, (struct bytes) {public_key, sizeof public_key}, &digest);
    return digest;
}

static void refused(const char *says)
{
    struct keeper *keeper = NULL;
    struct reason reason = {0};
    assert_int_equal(open_both(NULL, -1, &keeper, &reason), FAULT_KEY);
    if (!strstr(reason.text, says))
        fail_msg("%s", reason.text);
}

static void a_held_key_signs_what_its_public_half_verifies(void **)
{
    struct keeper *keeper;
    struct key key = sample(KEY_SIGN, 1), other = sample(KEY_SIGN, 9);
    struct digest digest = digest_of_key(&key), unknown = digest_of_key(&other);
    uint8_t public_key[SEAL_PUBLIC_SIZE], signature[SEAL_SIGNATURE_SIZE];
    assert_int_equal(open_both(NULL, -1, &keeper, NULL), FAULT_NONE);
    struct suite suite = keeper_suite(keeper);
    key_public(&key, public_key);
    assert_int_equal(suite.sign(suite.self, &digest, SEAL_CONTEXT_SEAL, bytes_text("x"), signature),
                     FAULT_NONE);
    assert_true(
        suite.verify(suite.self, public_key, SEAL_CONTEXT_SEAL, bytes_text("x"), signature));
    assert_int_equal(
        suite.sign(suite.self, &unknown, SEAL_CONTEXT_SEAL, bytes_text("x"), signature), FAULT_KEY);
    keeper_close(keeper);
}

static void a_transport_key_is_found_by_its_public_half_and_never_signs(void **)
{
    struct keeper *keeper;
    struct key transport = sample(KEY_TRANSPORT, 2), sign = sample(KEY_SIGN, 1);
    struct digest digest = digest_of_key(&transport), other = digest_of_key(&sign);
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    assert_int_equal(open_both(NULL, -1, &keeper, NULL), FAULT_NONE);
    assert_memory_equal(keeper_transport(keeper, &digest), transport.seed, sizeof transport.seed);
    assert_null(keeper_transport(keeper, &other));
    assert_true(keeper_holds(keeper, KEY_SIGN, &other));
    struct suite suite = keeper_suite(keeper);
    assert_int_equal(suite.sign(suite.self, &digest, SEAL_CONTEXT_SEAL, bytes_text("x"), signature),
                     FAULT_KEY);
    keeper_close(keeper);
}

static void a_key_that_others_may_read_is_refused(void **)
{
    assert_int_equal(chmod(sign_path, 0640), 0);
    refused("chmod 600");
}

static void a_damaged_key_file_names_its_line(void **)
{
    const char *text = "peregrin-key 1\nkind: sign\nowner helmo.be\n";
    assert_int_equal(file_write(sign_path, bytes_text(text), 0600, NULL), FAULT_NONE);
    refused("sign.key:3: ");
}

static void a_root_key_has_no_place_on_a_node(void **)
{
    struct key root = sample(KEY_ROOT, 3);
    put(sign_path, &root);
    refused("root key");
}

static void the_same_key_twice_is_refused(void **)
{
    struct key twice = sample(KEY_TRANSPORT, 2);
    put(sign_path, &twice);
    refused("given twice");
}

static void a_sealed_key_opens_with_its_passphrase_only(void **)
{
    struct keeper *keeper = NULL;
    struct reason reason = {0};
    struct key key = sample(KEY_SIGN, 1);
    struct digest digest = digest_of_key(&key);
    assert_true(key_seal(&key, bytes_text("a long sentence"), salt, nonce, OPS, MEMORY));
    put(sign_path, &key);
    refused("--passphrase-file");
    assert_int_equal(file_write(pass_path, bytes_text("another\n"), 0600, NULL), FAULT_NONE);
    assert_int_equal(open_both(pass_path, -1, &keeper, &reason), FAULT_KEY);
    assert_non_null(strstr(reason.text, "passphrase is wrong"));
    assert_int_equal(file_write(pass_path, bytes_text("a long sentence\n"), 0600, NULL),
                     FAULT_NONE);
    assert_int_equal(open_both(pass_path, -1, &keeper, &reason), FAULT_NONE);
    assert_true(keeper_holds(keeper, KEY_SIGN, &digest));
    keeper_close(keeper);
    assert_int_equal(chmod(pass_path, 0644), 0);
    assert_int_equal(open_both(pass_path, -1, &keeper, &reason), FAULT_KEY);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a long sentence", 15), 15);
    close(ends[1]);
    assert_int_equal(open_both(NULL, ends[0], &keeper, &reason), FAULT_NONE);
    close(ends[0]);
    keeper_close(keeper);
}

/* In a process of its own, since the limit cannot be raised again. */
static void memory_that_cannot_be_locked_is_told(void **)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the sanitizer's mlock always says yes */
#endif
    struct keeper *keeper;
    assert_int_equal(open_both(NULL, -1, &keeper, NULL), FAULT_NONE);
    bool usual = keeper_locked(keeper);
    keeper_close(keeper);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        bool right =
            setrlimit(RLIMIT_MEMLOCK, &none) == 0 && chmod(folder, 0755) == 0 &&
            (geteuid() != 0 || (chown(sign_path, 65534, 65534) == 0 &&
                                chown(transport_path, 65534, 65534) == 0 && setuid(65534) == 0)) &&
            open_both(NULL, -1, &keeper, NULL) == FAULT_NONE && !keeper_locked(keeper);
        _exit(right ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    struct rlimit limit;
    getrlimit(RLIMIT_MEMLOCK, &limit);
    if (limit.rlim_cur >= 1024 * 1024)
        assert_true(usual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_held_key_signs_what_its_public_half_verifies, make_files,
                                        remove_files),
        cmocka_unit_test_setup_teardown(a_transport_key_is_found_by_its_public_half_and_never_signs,
                                        make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_key_that_others_may_read_is_refused, make_files,
                                        remove_files),
        cmocka_unit_test_setup_teardown(a_damaged_key_file_names_its_line, make_files,
                                        remove_files),
        cmocka_unit_test_setup_teardown(a_root_key_has_no_place_on_a_node, make_files,
                                        remove_files),
        cmocka_unit_test_setup_teardown(the_same_key_twice_is_refused, make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_sealed_key_opens_with_its_passphrase_only, make_files,
                                        remove_files),
        cmocka_unit_test_setup_teardown(memory_that_cannot_be_locked_is_told, make_files,
                                        remove_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
