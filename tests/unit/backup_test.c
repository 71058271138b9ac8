/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin backup */
/* The container and its manifest, and the names of backups; what needs a node is in e2e/drill. */
#include "backup/backup_pack.h"
#include "backup/backup_unpack.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARENA = 16 * 1024 * 1024, SEED_MAX = 64 * 1024 };

static const struct backup_progress quiet;

static struct bytes read_seed(const char *name, struct arena *arena)
{
    char path[200];
    snprintf(path, sizeof path, "tests/fuzz/corpus/backup/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *data = arena_take(arena, SEED_MAX);
    struct bytes content = {data, fread(data, 1, SEED_MAX, file)};
    fclose(file);
    return content;
}

static enum backup_problem unpack(struct bytes tar, struct arena *arena,
                                  struct backup_unpacked *out, struct backup_detail *detail)
{
    int file = memfd_create("backup", MFD_CLOEXEC);
    assert_int_equal(write(file, tar.data, tar.size), tar.size);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    enum backup_problem problem = backup_unpack_read(file, -1, &quiet, arena, out, detail);
    close(file);
    return problem;
}

static void what_was_packed_is_unpacked(void **)
{
    static struct backup_unpacked unpacked, again;
    struct backup_detail detail = {0};
    struct arena *arena = arena_open(ARENA);
    static const char *const whole[] = {"whole.tar", "pax.tar", "gnu.tar", "nokeys.tar"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_int_equal(unpack(read_seed(whole[i], arena), arena, &again, &detail), BACKUP_FINE);
    assert_int_equal(unpack(read_seed("whole.tar", arena), arena, &unpacked, &detail), BACKUP_FINE);
    assert_int_equal(unpacked.manifest.count, 6);
    assert_int_equal(unpacked.manifest.facts.keys, 2);
    assert_string_equal(unpacked.manifest.facts.node, "helmo.be");

    /* Packed by us, it is read as the same. */
    int database = memfd_create("db", MFD_CLOEXEC), file = memfd_create("tar", MFD_CLOEXEC);
    char content[616] = "SQLite format 3";
    memset(content + 16, 'x', 600);
    assert_int_equal(write(database, content, sizeof content), sizeof content);
    struct backup_pack pack = {
        .manifest = &unpacked.manifest, .contents = unpacked.contents, .database = database};
    assert_int_equal(backup_pack_write(&pack, file, "tar", arena, &detail), BACKUP_FINE);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    assert_int_equal(backup_unpack_read(file, -1, &quiet, arena, &again, &detail), BACKUP_FINE);
    assert_memory_equal(again.manifest.parts, unpacked.manifest.parts, sizeof again.manifest.parts);
    close(database);
    close(file);
    arena_close(arena);
}

static void what_is_no_backup_is_refused_for_its_reason(void **)
{
    static const struct {
        const char *name;
        enum backup_problem problem;
    } cases[] = {{"symlink.tar", BACKUP_NOT_ONE},  {"hardlink.tar", BACKUP_NOT_ONE},
                 {"device.tar", BACKUP_NOT_ONE},   {"traversal.tar", BACKUP_NOT_ONE},
                 {"behind.tar", BACKUP_CUT},       {"cut.tar", BACKUP_CUT},
                 {"manifest.json", BACKUP_NOT_ONE}};
    static struct backup_unpacked unpacked;
    struct arena *arena = arena_open(ARENA);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct backup_detail detail = {0};
        enum backup_problem problem =
            unpack(read_seed(cases[i].name, arena), arena, &unpacked, &detail);
        if (problem != cases[i].problem)
            print_error("%s: %s\n", cases[i].name, detail.text);
        assert_int_equal(problem, cases[i].problem);
        assert_true(detail.text[0]);
    }
    arena_close(arena);
}

/* Digests hold the content, sizes and order the frame: no byte that matters may be another. */
static void no_changed_byte_of_a_part_goes_unnoticed(void **)
{
    static struct backup_unpacked unpacked;
    struct arena *arena = arena_open(ARENA);
    struct bytes tar = read_seed("whole.tar", arena);
    uint8_t *data = arena_take(arena, tar.size);
    size_t noticed = 0, manifest = 2048;
    for (size_t at = manifest; at + 1024 < tar.size; at += 7) {
        struct arena_mark mark = arena_mark(arena);
        struct backup_detail detail = {0};
        memcpy(data, tar.data, tar.size);
        data[at] ^= 0x20;
        enum backup_problem problem =
            unpack((struct bytes) {data, tar.size}, arena, &unpacked, &detail);
        noticed += problem != BACKUP_FINE;
        /* What is not noticed is padding: every part is as its digest says. */
        arena_rewind(arena, mark);
    }
    assert_true(noticed > 100);
    const char *needle = "xxxx";
    uint8_t *found = memmem(data, tar.size, needle, 4);
    assert_non_null(found);
    memcpy(data, tar.data, tar.size);
    *found ^= 1;
    struct backup_detail detail = {0};
    assert_int_equal(unpack((struct bytes) {data, tar.size}, arena, &unpacked, &detail),
                     BACKUP_ALTERED);
    arena_close(arena);
}

static enum backup_problem read_changed(const char *from, const char *to)
{
    static struct backup_manifest manifest;
    struct backup_detail detail;
    struct arena *arena = arena_open(ARENA);
    struct bytes text = read_seed("manifest.json", arena);
    const char *whole = arena_text(arena, text), *at = strstr(whole, from);
    assert_non_null(at);
    const char *changed =
        arena_format(arena, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from));
    enum backup_problem problem =
        backup_manifest_read(bytes_text(changed), arena, &manifest, &detail);
    arena_close(arena);
    return problem;
}

static void a_manifest_is_read_strictly(void **)
{
    static const struct {
        const char *from, *to;
        enum backup_problem problem;
    } cases[] = {
        {"peregrin-backup", "peregrin-backup", BACKUP_FINE},
        {"peregrin-backup", "another", BACKUP_NOT_ONE},
        {"\"format\": 1", "\"format\": 2", BACKUP_NEWER},
        {"\"format\": 1", "\"format\": \"1\"", BACKUP_NOT_ONE},
        {"\"peregrind.conf\"", "\"../peregrind.conf\"", BACKUP_NOT_ONE},
        {"\"keys/1\"", "\"keys/0\"", BACKUP_NOT_ONE},
        {"\"keys/1\"", "\"keys/01\"", BACKUP_NOT_ONE},
        {"\"keys/1\"", "\"keys/2\"", BACKUP_NOT_ONE},
        {"\"keys/1\"", "\"keys/257\"", BACKUP_NOT_ONE},
        {"\"catalogue\"", "\"root\"", BACKUP_NOT_ONE},
        {"\"size\": 11", "\"size\": -1", BACKUP_NOT_ONE},
        {"\"size\": 11", "\"size\": 99999999", BACKUP_NOT_ONE},
        {"\"size\": 616", "\"size\": 9000000000000000000", BACKUP_NOT_ONE},
        {"\"helmo.be\", \"network\"", "\"\\u001b[2J\", \"network\"", BACKUP_NOT_ONE},
        {"[\"helmo.be\"]", "[]", BACKUP_NOT_ONE},
        {"\"records\": 1", "\"records\": 1.5", BACKUP_NOT_ONE},
        {"\"format\": 1", "\"format\": 1, \"format\": 1", BACKUP_NOT_ONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum backup_problem problem = read_changed(cases[i].from, cases[i].to);
        if (problem != cases[i].problem)
            print_error("%s\n", cases[i].to);
        assert_int_equal(problem, cases[i].problem);
    }
}

static void every_problem_has_a_sentence_and_a_remedy(void **)
{
    for (unsigned i = BACKUP_FINE + 1; i < BACKUP_COUNT; i++) {
        const struct backup_text *text = backup_text((enum backup_problem)i);
        assert_true(text->code[0] && text->sentence[0] && text->remedy[0]);
        assert_in_range(text->exit_status, 1, 11);
        for (unsigned j = BACKUP_FINE; j < i; j++)
            assert_string_not_equal(text->code, backup_text((enum backup_problem)j)->code);
    }
}

static void only_this_node_s_own_old_backups_are_removed(void **)
{
    static const char *const names[] = {
        "peregrin-helmo.be-20260101T000000Z.tar",     "peregrin-helmo.be-20260102T000000Z.tar",
        "peregrin-helmo.be-20260103T000000Z.tar",     "peregrin-helmo.be-2026010xT000000Z.tar",
        "peregrin-helmo.be-20260101T000000Z.tar.x",   "peregrin-helmo.be.org-20260101T000000Z.tar",
        "peregrin-helmo.be-20260104T000000Z.tar.part"};
    char folder[] = "/tmp/rotate-XXXXXX";
    struct backup_detail detail;
    size_t removed, left = 0;
    struct instant now = {1795300000000000};
    assert_non_null(mkdtemp(folder));
    int at = open(folder, O_RDONLY | O_DIRECTORY);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        close(openat(at, names[i], O_CREAT | O_WRONLY, 0600));
    /* What a killed attempt has left goes when it is a day old, and no sooner. */
    struct timespec yesterday[2] = {{.tv_sec = 1795300000 - 90000}, {.tv_sec = 1795300000 - 90000}};
    assert_int_equal(utimensat(at, names[6], yesterday, 0), 0);
    assert_int_equal(backup_rotate(folder, "helmo.be", 2, now, &removed, &detail), BACKUP_FINE);
    assert_int_equal(removed, 2);
    assert_int_equal(faccessat(at, names[0], F_OK, 0), -1);
    assert_int_equal(faccessat(at, names[6], F_OK, 0), -1);
    for (size_t i = 1; i < 6; i++) {
        assert_int_equal(faccessat(at, names[i], F_OK, 0), 0);
        left += unlinkat(at, names[i], 0) == 0;
    }
    assert_int_equal(left, 5);
    close(at);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_unpacked),
        cmocka_unit_test(what_is_no_backup_is_refused_for_its_reason),
        cmocka_unit_test(no_changed_byte_of_a_part_goes_unnoticed),
        cmocka_unit_test(a_manifest_is_read_strictly),
        cmocka_unit_test(every_problem_has_a_sentence_and_a_remedy),
        cmocka_unit_test(only_this_node_s_own_old_backups_are_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
