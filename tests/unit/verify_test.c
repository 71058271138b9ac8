/* links: base seal record trust verify */
#include "verify/verify.h"

#include "unit/bundle.h"
#include "verify/verify_source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { MANY = 10000, BATCH = 500, PATH_SIZE = 300, FILES = 6 };

/* Where the files of a test are, and what they were made of. */
struct scene {
    struct federation federation;
    struct bundle_maker maker;
    char dir[32];
    struct arena *arena;
};

static int open_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    federation_make(&scene->federation);
    federation_sign(&scene->federation, 7, 7);
    bundle_open(&scene->maker, &scene->federation);
    scene->maker.whole = true;
    scene->arena = arena_open(256 << 20);
    strcpy(scene->dir, "/tmp/peregrin-verify-XXXXXX");
    assert_non_null(mkdtemp(scene->dir));
    *state = scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    DIR *folder = opendir(scene->dir);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            unlinkat(dirfd(folder), entry->d_name, entry->d_type == DT_DIR ? AT_REMOVEDIR : 0);
    closedir(folder);
    rmdir(scene->dir);
    bundle_close(&scene->maker);
    arena_close(scene->federation.arena);
    arena_close(scene->arena);
    free(scene);
    return 0;
}

static const char *path_of(struct scene *scene, const char *name)
{
    return arena_format(scene->arena, "%s/%s", scene->dir, name);
}

static FILE *create(struct scene *scene, const char *name)
{
    FILE *file = fopen(path_of(scene, name), "w");
    assert_non_null(file);
    return file;
}

static void write_bytes(FILE *file, struct bytes bytes)
{
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
}

static void write_file(struct scene *scene, const char *name, struct bytes bytes)
{
    FILE *file = create(scene, name);
    write_bytes(file, bytes);
    assert_int_equal(fclose(file), 0);
}

static void begin_bundle(struct scene *scene, FILE *file)
{
    write_bytes(file, evidence_bundle_begin(&scene->federation.files, scene->arena));
}

/* A byte of the body of the batch's record `at` becomes another one. */
static void spoil(struct scene *scene, size_t at)
{
    struct bytes part = scene->maker.parts[at];
    uint8_t *body = memmem(part.data, part.size, "bbbbbbbb", 8);
    assert_non_null(body);
    body[5] ^= 1;
}

static struct verify_report verify(struct scene *scene, const char *path, unsigned jobs)
{
    struct verify_report report;
    const struct verify_order order = {
        .paths = &path, .path_count = 1, .anchor = &scene->federation.anchor, .jobs = jobs};
    assert_int_equal(verify_run(&order, scene->arena, &report), FAULT_NONE);
    return report;
}

static void expect_all_valid(const struct verify_report *report, uint64_t total)
{
    if (report->bad_count)
        print_error("%s, %llu: %s\n", report->bad[0].file,
                    (unsigned long long)report->bad[0].number, report->bad[0].failed);
    assert_int_equal(report->total, total);
    assert_int_equal(report->verdicts[VERDICT_FINE], total);
    assert_int_equal(report->bad_count, 0);
}

static void expect_bad(const struct verify_report *report, size_t at, uint64_t number,
                       enum verdict verdict, const char *what)
{
    assert_true(at < report->bad_count);
    assert_int_equal(report->bad[at].number, number);
    assert_int_equal(report->bad[at].verdict, verdict);
    if (!strstr(report->bad[at].failed, what))
        fail_msg("`%s` does not say `%s`", report->bad[at].failed, what);
}

/* ---- the pool ---------------------------------------------------------------------------------
 */

static void one_bad_among_ten_thousand_is_found_by_any_number_of_threads(void **state)
{
    struct scene *scene = *state;
    FILE *file = create(scene, "bundle");
    begin_bundle(scene, file);
    for (size_t made = 0; made < MANY; made += BATCH) {
        bundle_batch(&scene->maker, BATCH, true);
        if (made == 7 * BATCH)
            spoil(scene, 123);
        assert_true(bundle_write(&scene->maker, BATCH, file));
    }
    assert_int_equal(fclose(file), 0);
    for (unsigned jobs = 1; jobs <= 8; jobs++) {
        struct verify_report report = verify(scene, path_of(scene, "bundle"), jobs);
        assert_int_equal(report.total, MANY);
        assert_int_equal(report.verdicts[VERDICT_FINE], MANY - 1);
        assert_int_equal(report.verdicts[VERDICT_FORGED], 1);
        assert_int_equal(report.receipted, MANY - 1);
        assert_int_equal(report.with_body, MANY - 1);
        assert_int_equal(report.bad_count, 1);
        expect_bad(&report, 0, 7 * BATCH + 123 + 1, VERDICT_FORGED, "the body is not the one");
    }
}

struct heard {
    uint64_t count, wrong_turns;
};

static void hear(void *self, const struct verify_pool_result *result)
{
    struct heard *heard = self;
    heard->wrong_turns += result->number != ++heard->count;
    assert_int_equal(result->verdict, result->number % 3 ? VERDICT_MALFORMED : VERDICT_STALE);
}

/* Pieces of very different cost, so that later ones are done earlier. */
static void results_come_in_the_order_of_the_input(void **state)
{
    struct scene *scene = *state;
    for (unsigned jobs = 1; jobs <= 8; jobs += 7) {
        struct heard heard = {0};
        struct verify_pool *pool;
        const struct verify_pool_settings settings = {&scene->federation.anchor, jobs, &heard,
                                                      hear};
        assert_int_equal(verify_pool_open(&settings, &pool), FAULT_NONE);
        for (uint64_t number = 1; number <= 20 * VERIFY_POOL_PIECES; number++) {
            static uint8_t rubbish[5000];
            struct verify_pool_piece piece = {.file = "f",
                                              .number = number,
                                              .content = {rubbish, number * 7919 % 5000},
                                              .verdict = number % 3 ? VERDICT_FINE : VERDICT_STALE};
            assert_int_equal(verify_pool_put(pool, &piece), FAULT_NONE);
        }
        verify_pool_finish(pool);
        assert_int_equal(heard.count, 20 * VERIFY_POOL_PIECES);
        assert_int_equal(heard.wrong_turns, 0);
        verify_pool_close(pool);
    }
}

/* ---- files ------------------------------------------------------------------------------------
 */

static void a_file_with_one_evidence_is_given_back(void **state)
{
    struct scene *scene = *state;
    bundle_batch(&scene->maker, 2, true);
    write_file(scene, "raw", scene->maker.files[1]);
    write_file(scene, "text", evidence_armour(scene->maker.files[1], scene->arena));
    struct verify_report raw = verify(scene, path_of(scene, "raw"), 2);
    expect_all_valid(&raw, 1);
    assert_true(bytes_equal(raw.only, scene->maker.files[1]));
    struct verify_report text = verify(scene, path_of(scene, "text"), 2);
    struct bytes wire;
    expect_all_valid(&text, 1);
    assert_int_equal(evidence_unarmour(text.only, scene->arena, &wire), VERDICT_FINE);
    assert_true(bytes_equal(wire, scene->maker.files[1]));
}

static void armoured_evidence_may_stand_one_behind_the_other(void **state)
{
    struct scene *scene = *state;
    FILE *file = create(scene, "text");
    bundle_batch(&scene->maker, 40, true);
    for (size_t i = 0; i < 40; i++) {
        write_bytes(file, evidence_armour(scene->maker.files[i], scene->arena));
        write_bytes(file, bytes_text(i % 2 ? "\r\n\r\n" : ""));
    }
    assert_int_equal(fclose(file), 0);
    struct verify_report report = verify(scene, path_of(scene, "text"), 2);
    expect_all_valid(&report, 40);
    assert_null(report.only.data);
}

static void a_folder_is_all_its_files_by_name(void **state)
{
    struct scene *scene = *state;
    char name[32];
    bundle_batch(&scene->maker, FILES, true);
    for (size_t i = FILES; i-- > 0;) {
        snprintf(name, sizeof name, "file%zu", i);
        struct bytes whole = scene->maker.files[i];
        write_file(scene, name,
                   i % 3 == 1 ? (struct bytes) {whole.data, whole.size - 1}
                   : i % 3    ? evidence_armour(whole, scene->arena)
                              : whole);
    }
    write_file(scene, ".hidden", bytes_text("nothing"));
    assert_int_equal(mkdir(path_of(scene, "folder"), 0700), 0);
    struct verify_report report = verify(scene, scene->dir, 2);
    assert_int_equal(report.files, FILES);
    assert_int_equal(report.total, FILES);
    assert_int_equal(report.verdicts[VERDICT_FINE], FILES - 2);
    assert_int_equal(report.bad_count, 2);
    assert_string_equal(report.bad[0].file, path_of(scene, "file1"));
    assert_string_equal(report.bad[1].file, path_of(scene, "file4"));
}

static void files_that_are_no_evidence_are_counted_as_not_valid(void **state)
{
    static const char *const contents[] = {
        "",         "\n",       "a letter", "-----BEGIN PEREGRIN EVIDENCE-----\nCAE",
        "\x08\x01", "\x10\x02", "\x10\x01"};
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        write_file(scene, "file", bytes_text(contents[i]));
        struct verify_report report = verify(scene, path_of(scene, "file"), 1);
        assert_int_equal(report.total, 1);
        expect_bad(&report, 0, 1, VERDICT_MALFORMED, "");
    }
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    struct scene *scene = *state;
    struct verify_report report;
    const char *path = path_of(scene, "nothing");
    const struct verify_order order = {
        .paths = &path, .path_count = 1, .anchor = &scene->federation.anchor, .jobs = 1};
    assert_int_equal(verify_run(&order, scene->arena, &report), FAULT_FILE);
    assert_string_equal(report.path, path);
    assert_int_equal(report.problem, ENOENT);
}

/* ---- bundles ----------------------------------------------------------------------------------
 */

static void bundles_one_behind_the_other_each_have_their_catalogue(void **state)
{
    struct scene *scene = *state;
    FILE *file = create(scene, "bundles");
    for (unsigned i = 0; i < 3; i++) {
        scene->federation.statement.version = 7 + i;
        federation_sign(&scene->federation, 7, 7);
        begin_bundle(scene, file);
        bundle_batch(&scene->maker, 10, true);
        assert_true(bundle_write(&scene->maker, 10, file));
    }
    assert_int_equal(fclose(file), 0);
    struct verify_report report = verify(scene, path_of(scene, "bundles"), 3);
    expect_all_valid(&report, 30);
}

/* The second bundle's catalogue has another key in its place (and, as it happens, stands at the
 * same addresses), the third has revoked it: what the first one's said must not serve. */
static void a_catalogue_is_forgotten_with_its_bundle(void **state)
{
    struct scene *scene = *state;
    struct federation *federation = &scene->federation;
    Peregrin__KeyEntry *key = &federation->helmo_keys[1];
    FILE *file = create(scene, "bundles");
    bundle_batch(&scene->maker, 10, true);
    for (unsigned i = 0; i < 3; i++) {
        key->has_revoked_at = i == 2;
        key->revoked_at = FEDERATION_START + 9999;
        key->public_key.data = federation->signers[i == 1 ? STRANGER : HELMO_SECOND].public_key;
        federation_endorse(federation, key, "helmo.be", "helmo.be", HELMO_FIRST);
        federation_endorse(federation, &federation->alpha_key, "alpha", "helmo.be", HELMO_FIRST);
        federation_sign(federation, 7, 7);
        begin_bundle(scene, file);
        assert_true(bundle_write(&scene->maker, 10, file));
    }
    assert_int_equal(fclose(file), 0);
    struct verify_report report = verify(scene, path_of(scene, "bundles"), 1);
    assert_int_equal(report.total, 30);
    assert_int_equal(report.verdicts[VERDICT_FINE], 10);
    assert_int_equal(report.verdicts[VERDICT_REVOKED], 10);
    assert_int_equal(report.verdicts[VERDICT_UNKNOWN], 10);
    expect_bad(&report, 0, 11, VERDICT_UNKNOWN, "the seal is not by a key");
    expect_bad(&report, 19, 30, VERDICT_REVOKED, "UNPROVEN TIME");
}

static void a_bundle_under_another_anchor_proves_nothing(void **state)
{
    struct scene *scene = *state;
    FILE *file = create(scene, "bundle");
    begin_bundle(scene, file);
    bundle_batch(&scene->maker, 10, true);
    assert_true(bundle_write(&scene->maker, 10, file));
    assert_int_equal(fclose(file), 0);
    scene->federation.anchor.bytes[0] ^= 1;
    struct verify_report report = verify(scene, path_of(scene, "bundle"), 2);
    assert_int_equal(report.verdicts[VERDICT_FINE], 0);
    assert_int_equal(report.bad_count, 10);
    expect_bad(&report, 9, 10, VERDICT_FORGED, "the root file is not the one of the anchor");
}

/* Whatever its length, what was whole counts, and what was cut is told. */
static void a_bundle_cut_short_says_so_at_every_length(void **state)
{
    struct scene *scene = *state;
    struct bytes begin = evidence_bundle_begin(&scene->federation.files, scene->arena);
    bundle_batch(&scene->maker, 2, false);
    struct bytes first = scene->maker.parts[0], second = scene->maker.parts[1];
    size_t size = begin.size + first.size + second.size;
    uint8_t *all = arena_take(scene->arena, size);
    mempcpy(mempcpy(mempcpy(all, begin.data, begin.size), first.data, first.size), second.data,
            second.size);
    for (size_t cut = 1; cut < size; cut += cut < 8 || cut + 40 > begin.size ? 1 : 37) {
        bool whole = cut == begin.size || cut == begin.size + first.size;
        write_file(scene, "bundle", (struct bytes) {all, cut});
        struct verify_report report = verify(scene, path_of(scene, "bundle"), 1);
        assert_int_equal(report.verdicts[VERDICT_FINE], cut >= begin.size + first.size);
        assert_int_equal(report.total, report.verdicts[VERDICT_FINE] + !whole);
        if (!whole)
            expect_bad(&report, 0, report.total, VERDICT_MALFORMED, "the bundle ends within");
    }
}

static void evidence_in_a_bundle_brings_no_catalogue_of_its_own(void **state)
{
    struct scene *scene = *state;
    FILE *file = create(scene, "bundle");
    begin_bundle(scene, file);
    bundle_batch(&scene->maker, 1, false);
    struct bytes whole = scene->maker.files[0];
    assert_in_range(whole.size, 128, 16383);
    const uint8_t tag[3] = {0x2a, (uint8_t)(whole.size | 0x80), (uint8_t)(whole.size >> 7)};
    write_bytes(file, (struct bytes) {tag, sizeof tag});
    write_bytes(file, whole);
    assert_int_equal(fclose(file), 0);
    struct verify_report report = verify(scene, path_of(scene, "bundle"), 1);
    assert_int_equal(report.total, 1);
    expect_bad(&report, 0, 1, VERDICT_MALFORMED, "a part of the evidence is missing");
}

static bool stop(void *self, uint64_t done, uint64_t total)
{
    assert_in_range(done, 1, total);
    ++*(unsigned *)self;
    return false;
}

static void who_wants_it_to_end_is_heard(void **state)
{
    struct scene *scene = *state;
    struct verify_report report;
    unsigned asked = 0;
    FILE *file = create(scene, "bundle");
    begin_bundle(scene, file);
    for (size_t made = 0; made < 4 * BATCH; made += BATCH) {
        bundle_batch(&scene->maker, BATCH, true);
        assert_true(bundle_write(&scene->maker, BATCH, file));
    }
    assert_int_equal(fclose(file), 0);
    const char *path = path_of(scene, "bundle");
    const struct verify_order order = {.paths = &path,
                                       .path_count = 1,
                                       .anchor = &scene->federation.anchor,
                                       .jobs = 2,
                                       .self = &asked,
                                       .progress = stop};
    assert_int_equal(verify_run(&order, scene->arena, &report), FAULT_NONE);
    assert_true(report.stopped);
    assert_int_equal(asked, 1);
    assert_in_range(report.total, 0, 4 * BATCH - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            one_bad_among_ten_thousand_is_found_by_any_number_of_threads, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(results_come_in_the_order_of_the_input, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(a_file_with_one_evidence_is_given_back, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(armoured_evidence_may_stand_one_behind_the_other,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_folder_is_all_its_files_by_name, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(files_that_are_no_evidence_are_counted_as_not_valid,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_file_that_cannot_be_read_is_named, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(bundles_one_behind_the_other_each_have_their_catalogue,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_catalogue_is_forgotten_with_its_bundle, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(a_bundle_under_another_anchor_proves_nothing, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(a_bundle_cut_short_says_so_at_every_length, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(evidence_in_a_bundle_brings_no_catalogue_of_its_own,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(who_wants_it_to_end_is_heard, open_scene, close_scene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
