/* links: base seal record trust */
/* What is remembered changes how long a judgement takes, and nothing else. */
#include "trust/evidence_memory.h"

#include "seal/tree.h"
#include "unit/bundle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { COUNT = 20, SIGNATURE_BYTE = 20 };

struct scene {
    struct federation federation;
    struct bundle_maker maker;
    struct arena *arena;
    struct catalogue *catalogue;
    struct evidence_memory *memory;
    unsigned verified; /* signatures, by count_verify */
};

static bool count_verify(void *self, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                         enum seal_context context, struct bytes statement,
                         const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    ++*(unsigned *)self;
    return seal_verify(context, public_key, statement, signature);
}

static int open_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    const char *why;
    assert_non_null(scene);
    federation_make(&scene->federation);
    federation_sign(&scene->federation, 7, 7);
    bundle_open(&scene->maker, &scene->federation);
    scene->maker.whole = true;
    scene->arena = arena_open(64 << 20);
    scene->memory = evidence_memory_open();
    assert_int_equal(catalogue_read(scene->federation.files, &scene->federation.anchor, 0,
                                    &scene->federation.suite, scene->federation.arena,
                                    &scene->catalogue, &why),
                     VERDICT_FINE);
    *state = scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    evidence_memory_close(scene->memory);
    bundle_close(&scene->maker);
    arena_close(scene->federation.arena);
    arena_close(scene->arena);
    free(scene);
    return 0;
}

/* The evidence alone, as it stands in a part of a bundle. */
static struct bytes alone(struct bytes part)
{
    struct bytes content;
    assert_int_equal(evidence_bundle_next(EVIDENCE_BUNDLE_EVIDENCE, &part, &content),
                     EVIDENCE_BUNDLE_EVIDENCE);
    return content;
}

static enum verdict judge(struct scene *scene, struct bytes file, struct evidence_memory *memory,
                          struct evidence_finding *out)
{
    const struct suite suite = {.self = &scene->verified, .verify = count_verify};
    const struct evidence_terms terms = {&scene->federation.anchor, &suite, scene->catalogue,
                                         memory};
    return evidence_judge(file, &terms, scene->arena, out);
}

/* With and without memory: the same verdict and sentence. */
static enum verdict judge_both(struct scene *scene, struct bytes file)
{
    struct evidence_finding with, without;
    arena_reset(scene->arena);
    enum verdict expected = judge(scene, file, NULL, &without);
    assert_int_equal(judge(scene, file, scene->memory, &with), expected);
    if (expected)
        assert_string_equal(with.failed, without.failed);
    else
        assert_null(with.failed);
    return expected;
}

static void a_batch_costs_two_signatures(void **state)
{
    struct scene *scene = *state;
    struct evidence_finding finding;
    bundle_batch(&scene->maker, COUNT, true);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(judge(scene, alone(scene->maker.parts[i]), scene->memory, &finding),
                         VERDICT_FINE);
    assert_int_equal(scene->verified, 2);
    assert_int_equal(judge(scene, alone(scene->maker.parts[0]), NULL, &finding), VERDICT_FINE);
    assert_int_equal(scene->verified, 4);
}

static void any_changed_byte_is_judged_as_without_memory(void **state)
{
    struct scene *scene = *state;
    uint8_t changed[8192];
    bundle_batch(&scene->maker, COUNT, true);
    struct bytes good = alone(scene->maker.parts[6]);
    assert_in_range(good.size, 1, sizeof changed);
    memcpy(changed, good.data, good.size);
    for (size_t i = 0; i < good.size; i++) {
        bool body = changed[i] == 'b' && i > 400 && i % 16; /* one byte of it is as another */
        if (body)
            continue;
        assert_int_equal(judge_both(scene, alone(scene->maker.parts[5])), VERDICT_FINE);
        changed[i] ^= 1;
        assert_true(judge_both(scene, (struct bytes) {changed, good.size}));
        changed[i] ^= 1;
    }
    assert_int_equal(judge_both(scene, good), VERDICT_FINE);
}

/* The statement and its root are those that held; whoever signed it is another. */
static void the_same_root_under_another_signature_is_not_believed(void **state)
{
    struct scene *scene = *state;
    static uint8_t changed[8192];
    bundle_batch(&scene->maker, COUNT, true);
    struct bytes good = alone(scene->maker.parts[3]);
    assert_int_equal(judge_both(scene, good), VERDICT_FINE);
    Peregrin__Evidence *evidence = peregrin__evidence__unpack(NULL, good.size, good.data);
    Peregrin__Signature *only = evidence->seal->signed_->signatures[0];
    struct bytes statement = {evidence->seal->signed_->statement.data,
                              evidence->seal->signed_->statement.len};
    /* By another key of the issuer, which keeps or changes the hint; by another institution's. */
    const size_t signers[] = {HELMO_FIRST, HELMO_FIRST, PWR, STRANGER};
    for (size_t i = 0; i < sizeof signers / sizeof *signers; i++) {
        const struct federation_pair *by = &scene->federation.signers[signers[i]];
        assert_true(seal_sign(SEAL_CONTEXT_SEAL, by->secret_key, statement, only->signature.data));
        if (i > 0)
            memcpy(only->key_digest.data, by->digest.bytes, DIGEST_SIZE);
        struct bytes file = {changed, peregrin__evidence__pack(evidence, changed)};
        assert_int_equal(judge_both(scene, good), VERDICT_FINE);
        assert_true(judge_both(scene, file));
    }
    peregrin__evidence__free_unpacked(evidence, NULL);
}

/* A receipt's Signed in the place of the seal's, each remembered in its own. */
static void a_remembered_receipt_is_no_seal(void **state)
{
    struct scene *scene = *state;
    static uint8_t changed[8192];
    bundle_batch(&scene->maker, COUNT, true);
    struct bytes good = alone(scene->maker.parts[3]);
    assert_int_equal(judge_both(scene, good), VERDICT_FINE);
    Peregrin__Evidence *evidence = peregrin__evidence__unpack(NULL, good.size, good.data);
    Peregrin__Proof *seal = evidence->seal;
    evidence->seal = evidence->receipt;
    struct bytes file = {changed, peregrin__evidence__pack(evidence, changed)};
    assert_int_equal(judge_both(scene, file), VERDICT_UNKNOWN);
    for (unsigned last = 0; last < 256; last++) {
        const uint8_t wire[9] = {0, (uint8_t)last};
        struct bytes view = {wire, sizeof wire};
        assert_ptr_not_equal(evidence_memory_place(scene->memory, 0, view),
                             evidence_memory_place(scene->memory, 1, view));
    }
    evidence->seal = seal;
    peregrin__evidence__free_unpacked(evidence, NULL);
}

static void what_does_not_hold_is_not_remembered(void **state)
{
    struct scene *scene = *state;
    struct evidence_finding finding;
    static uint8_t changed[8192];
    bundle_batch(&scene->maker, 1, false);
    struct bytes good = alone(scene->maker.parts[0]);
    memcpy(changed, good.data, good.size);
    changed[good.size - SIGNATURE_BYTE] ^= 1; /* of the signature, or what follows it */
    for (unsigned i = 1; i <= 3; i++) {
        assert_true(judge(scene, (struct bytes) {changed, good.size}, scene->memory, &finding));
        assert_int_equal(scene->verified, i);
    }
    assert_int_equal(judge(scene, good, scene->memory, &finding), VERDICT_FINE);
}

/* More seals than there is room for, alternating. */
static void more_seals_than_places_are_judged_as_without_memory(void **state)
{
    struct scene *scene = *state;
    struct bytes kept[3 * EVIDENCE_MEMORY_PLACES];
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        bundle_batch(&scene->maker, 2, true);
        kept[i] = arena_copy(scene->federation.arena, alone(scene->maker.parts[i % 2]));
    }
    for (unsigned round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            assert_int_equal(judge_both(scene, kept[i]), VERDICT_FINE);
}

/* Files bring their catalogue: remembered by its bytes, and given up for another one. */
static void files_share_a_catalogue_only_when_it_is_the_same(void **state)
{
    struct scene *scene = *state;
    struct evidence_finding finding;
    const struct suite suite = {.self = &scene->verified, .verify = count_verify};
    const struct evidence_terms terms = {&scene->federation.anchor, &suite, NULL, scene->memory};
    bundle_batch(&scene->maker, 2, false);
    assert_int_equal(evidence_judge(scene->maker.files[0], &terms, scene->arena, &finding),
                     VERDICT_FINE);
    unsigned first = scene->verified;
    assert_int_equal(evidence_judge(scene->maker.files[1], &terms, scene->arena, &finding),
                     VERDICT_FINE);
    assert_int_equal(scene->verified, first);
    scene->federation.helmo_keys[1].has_revoked_at = true;
    scene->federation.helmo_keys[1].revoked_at = FEDERATION_START + 9999;
    federation_sign(&scene->federation, 7, 7);
    bundle_batch(&scene->maker, 2, false);
    assert_int_equal(evidence_judge(scene->maker.files[0], &terms, scene->arena, &finding),
                     VERDICT_REVOKED);
    /* Another anchor refuses what was believed before. */
    struct digest other = scene->federation.anchor;
    other.bytes[3] ^= 1;
    const struct evidence_terms elsewhere = {&other, &suite, NULL, scene->memory};
    assert_int_equal(evidence_judge(scene->maker.files[0], &elsewhere, scene->arena, &finding),
                     VERDICT_FORGED);
}

/* ---- bundles ----------------------------------------------------------------------------------
 */

static void a_bundle_is_one_canonical_message(void **state)
{
    struct scene *scene = *state;
    static uint8_t all[65536], again[65536];
    struct bytes begin = evidence_bundle_begin(&scene->federation.files, scene->arena);
    bundle_batch(&scene->maker, 3, true);
    uint8_t *end = mempcpy(all, begin.data, begin.size);
    for (size_t i = 0; i < 3; i++)
        end = mempcpy(end, scene->maker.parts[i].data, scene->maker.parts[i].size);
    size_t size = (size_t)(end - all);
    Peregrin__EvidenceBundle *bundle = peregrin__evidence_bundle__unpack(NULL, size, all);
    assert_non_null(bundle);
    assert_int_equal(bundle->n_evidences, 3);
    assert_int_equal(peregrin__evidence_bundle__pack(bundle, again), size);
    assert_memory_equal(all, again, size);
    peregrin__evidence_bundle__free_unpacked(bundle, NULL);
}

static void parts_of_a_bundle_stand_in_one_order(void **)
{
    static const uint8_t wires[][2] = {{0x10, 1}, {0x1a, 0}, {0x22, 0}, {0x2a, 0}};
    /* Behind: beginning, root, catalogue, evidence. */
    static const char behind[4][5] = {"0100", "0010", "1001", "1001"};
    for (size_t before = 0; before < 4; before++)
        for (size_t next = 0; next < 4; next++) {
            struct bytes window = {wires[next], 2}, content;
            enum evidence_bundle_part part = evidence_bundle_next(
                (enum evidence_bundle_part)(EVIDENCE_BUNDLE_BEGINS + before), &window, &content);
            assert_int_equal(part != EVIDENCE_BUNDLE_BROKEN, behind[before][next] == '1');
        }
}

static void a_part_over_its_limit_is_no_bundle(void **)
{
    static const struct {
        enum evidence_bundle_part before;
        uint8_t wire[6];
    } cases[] = {
        {EVIDENCE_BUNDLE_BEGINS, {0x1a, 0x81, 0x80, 0x04}},          /* root of 64 KiB + 1 */
        {EVIDENCE_BUNDLE_ROOT, {0x22, 0x81, 0x80, 0x80, 0x02}},      /* catalogue of 4 MiB + 1 */
        {EVIDENCE_BUNDLE_CATALOGUE, {0x2a, 0x81, 0x80, 0x10}},       /* evidence of 256 KiB + 1 */
        {EVIDENCE_BUNDLE_CATALOGUE, {0x2a, 0x80, 0x80, 0x80, 0x80}}, /* a size without an end */
        {EVIDENCE_BUNDLE_CATALOGUE, {0x2a, 0x80, 0x00}},             /* not in its shortest form */
        {EVIDENCE_BUNDLE_MORE, {0x10, 0x02}},                        /* another version */
        {EVIDENCE_BUNDLE_MORE, {0x08, 0x01}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes window = {cases[i].wire, sizeof cases[i].wire}, content;
        assert_int_equal(evidence_bundle_next(cases[i].before, &window, &content),
                         EVIDENCE_BUNDLE_BROKEN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_batch_costs_two_signatures, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(any_changed_byte_is_judged_as_without_memory, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(the_same_root_under_another_signature_is_not_believed,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_remembered_receipt_is_no_seal, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(what_does_not_hold_is_not_remembered, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(more_seals_than_places_are_judged_as_without_memory,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(files_share_a_catalogue_only_when_it_is_the_same,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_bundle_is_one_canonical_message, open_scene, close_scene),
        cmocka_unit_test(parts_of_a_bundle_stand_in_one_order),
        cmocka_unit_test(a_part_over_its_limit_is_no_bundle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
