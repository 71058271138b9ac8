/* links: base seal record trust wire rules channel stream store engine io */
#include "io/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char folder[64], path[128];

/* Some of the C library's ways to the disk, which fail at the Nth call. */
static unsigned calls_left; /* 0: none fails */
static int failing_with;
static bool failed;

static bool fails_now(void)
{
    if (calls_left == 0 || --calls_left > 0)
        return false;
    errno = failing_with;
    failed = true;
    return true;
}

ssize_t write(int descriptor, const void *data, size_t size)
{
    /* What stops half-way says so; the next call would fail. */
    if (calls_left == 1 && size > 1)
        size /= 2;
    else if (fails_now())
        return -1;
    return syscall(SYS_write, descriptor, data, size);
}

int fsync(int descriptor)
{
    return fails_now() ? -1 : (int)syscall(SYS_fsync, descriptor);
}

int fchmod(int descriptor, mode_t mode)
{
    return fails_now() ? -1 : (int)syscall(SYS_fchmod, descriptor, mode);
}

int rename(const char *from, const char *to)
{
    return fails_now() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int make_folder(void **)
{
    strcpy(folder, "/tmp/peregrin-file-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/content", folder);
    return 0;
}

static int remove_folder(void **)
{
    unlink(path);
    return rmdir(folder);
}

static void what_was_written_is_read(void **)
{
    struct bytes content = {0};
    struct stat status;
    assert_int_equal(file_write(path, bytes_text("first"), 0600, NULL), FAULT_NONE);
    assert_int_equal(file_write(path, bytes_text("second"), 0640, NULL), FAULT_NONE);
    assert_int_equal(file_read(path, 6, &content, NULL), FAULT_NONE);
    assert_int_equal(content.size, 6);
    assert_string_equal((const char *)content.data, "second");
    file_free(&content);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void a_file_above_the_limit_is_refused(void **)
{
    struct bytes content;
    struct reason reason;
    assert_int_equal(file_write(path, bytes_text("sevenxx"), 0600, NULL), FAULT_NONE);
    assert_int_equal(file_read(path, 6, &content, &reason), FAULT_FILE);
    assert_non_null(strstr(reason.text, "larger than 6"));
    uint8_t secret[6];
    size_t size;
    assert_int_equal(file_read_secret(path, secret, 6, &size, &reason), FAULT_FILE);
}

static void an_empty_file_is_empty(void **)
{
    struct bytes content = {0};
    assert_int_equal(file_write(path, bytes_text(""), 0600, NULL), FAULT_NONE);
    assert_int_equal(file_read(path, 6, &content, NULL), FAULT_NONE);
    assert_int_equal(content.size, 0);
    file_free(&content);
}

static void a_missing_file_and_a_folder_are_faults_with_the_path(void **)
{
    struct bytes content;
    struct reason reason;
    assert_int_equal(file_read(path, 6, &content, &reason), FAULT_FILE);
    assert_non_null(strstr(reason.text, path));
    assert_int_equal(file_read(folder, 6, &content, &reason), FAULT_FILE);
    assert_non_null(strstr(reason.text, "regular"));
}

static void a_secret_that_others_may_read_is_refused_with_its_remedy(void **)
{
    uint8_t secret[16];
    size_t size;
    struct reason reason;
    static const mode_t refused[] = {0640, 0604, 0620, 0601, 0644, 0660};
    assert_int_equal(file_write(path, bytes_text("secret"), 0600, NULL), FAULT_NONE);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(chmod(path, refused[i]), 0);
        assert_int_equal(file_read_secret(path, secret, sizeof secret, &size, &reason), FAULT_KEY);
        assert_non_null(strstr(reason.text, "chmod 600"));
    }
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(file_read_secret(path, secret, sizeof secret, &size, &reason), FAULT_NONE);
    assert_int_equal(size, 6);
    assert_memory_equal(secret, "secret", 6);
}

static void a_secret_of_another_user_is_refused(void **)
{
    if (geteuid() != 0)
        skip();
    uint8_t secret[16];
    size_t size;
    struct reason reason;
    assert_int_equal(file_write(path, bytes_text("secret"), 0600, NULL), FAULT_NONE);
    assert_int_equal(chown(path, 65534, 65534), 0);
    assert_int_equal(file_read_secret(path, secret, sizeof secret, &size, &reason), FAULT_KEY);
    assert_non_null(strstr(reason.text, "another user"));
}

static void a_secret_comes_through_a_pipe(void **)
{
    int ends[2];
    uint8_t secret[16];
    size_t size;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "passphrase", 10), 10);
    close(ends[1]);
    assert_int_equal(file_read_descriptor(ends[0], secret, sizeof secret, &size, NULL), FAULT_NONE);
    assert_int_equal(size, 10);
    close(ends[0]);
}

static void a_failed_write_leaves_the_old_file_and_no_other(void **)
{
    struct reason reason;
    char below[160];
    assert_int_equal(file_write(path, bytes_text("old"), 0600, NULL), FAULT_NONE);
    snprintf(below, sizeof below, "%s/impossible", path);
    assert_int_equal(file_write(below, bytes_text("new"), 0600, &reason), FAULT_FILE);
    /* A folder cannot be replaced by a file: here the last step fails. */
    snprintf(below, sizeof below, "%s/taken", folder);
    assert_int_equal(mkdir(below, 0700), 0);
    assert_int_equal(file_write(below, bytes_text("new"), 0600, &reason), FAULT_FILE);
    rmdir(below);
    DIR *open = opendir(folder);
    size_t count = 0;
    while (readdir(open))
        count++;
    closedir(open);
    assert_int_equal(count, 3); /* itself, the one above, the old file */
}

static size_t files_in_folder(void)
{
    DIR *open = opendir(folder);
    size_t count = 0;
    while (readdir(open))
        count++;
    closedir(open);
    return count - 2; /* itself and the one above */
}

static void whatever_call_fails_a_file_is_the_old_one_or_the_new_one(void **)
{
    static const int errors[] = {EIO, ENOSPC, EDQUOT, EROFS};
    unsigned faults = 0;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        failed = true;
        for (unsigned at = 1; failed; at++) {
            struct bytes content = {0};
            struct reason reason = {0};
            assert_int_equal(file_write(path, bytes_text("the old one"), 0600, NULL), FAULT_NONE);
            failed = false;
            failing_with = errors[i];
            calls_left = at;
            enum fault fault = file_write(path, bytes_text("this is the new"), 0600, &reason);
            calls_left = 0;
            assert_int_equal(fault, failed ? FAULT_FILE : FAULT_NONE);
            faults += failed;
            if (failed)
                assert_non_null(strstr(reason.text, strerror(errors[i])));
            assert_int_equal(file_read(path, 100, &content, NULL), FAULT_NONE);
            bool is_new = strcmp((const char *)content.data, "this is the new") == 0;
            assert_true(is_new ||
                        (failed && strcmp((const char *)content.data, "the old one") == 0));
            assert_int_equal(files_in_folder(), 1);
            file_free(&content);
        }
    }
    assert_true(faults >= 4 * 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_written_is_read, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_above_the_limit_is_refused, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(an_empty_file_is_empty, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_missing_file_and_a_folder_are_faults_with_the_path,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_secret_that_others_may_read_is_refused_with_its_remedy,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_secret_of_another_user_is_refused, make_folder,
                                        remove_folder),
        cmocka_unit_test(a_secret_comes_through_a_pipe),
        cmocka_unit_test_setup_teardown(whatever_call_fails_a_file_is_the_old_one_or_the_new_one,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_failed_write_leaves_the_old_file_and_no_other,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
