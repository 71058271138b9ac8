/* links: base seal */
#include "seal/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { COUNT_MAX = 70 };

static struct digest leaves[TREE_LEAVES_MAX];

static int fill_leaves(void **)
{
    for (size_t i = 0; i < TREE_LEAVES_MAX; i++)
        leaves[i] = (struct digest) {{(uint8_t)i, (uint8_t)(i >> 8)}};
    return 0;
}

static void join(uint8_t prefix, const struct digest *left, const struct digest *right,
                 struct digest *out)
{
    uint8_t joined[65] = {prefix};
    memcpy(joined + 1, left->bytes, 32);
    if (right)
        memcpy(joined + 33, right->bytes, 32);
    digest_of(DIGEST_TREE, (struct bytes) {joined, right ? 65 : 33}, out);
}

/* The same shape said another way: level by level, pairs are joined, and a lone last one goes up.
 */
static void root_by_levels(size_t count, struct digest *root)
{
    static struct digest level[TREE_LEAVES_MAX];
    for (size_t i = 0; i < count; i++)
        join(0x00, &leaves[i], NULL, &level[i]);
    while (count > 1) {
        for (size_t i = 0; i < count / 2; i++)
            join(0x01, &level[2 * i], &level[2 * i + 1], &level[i]);
        if (count % 2 == 1)
            level[count / 2] = level[count - 1];
        count = (count + 1) / 2;
    }
    *root = level[0];
}

static void every_root_has_the_shape_of_rfc_6962(void **)
{
    for (size_t count = 1; count <= TREE_LEAVES_MAX; count += count < COUNT_MAX ? 1 : 106) {
        struct digest root, expected;
        tree_root(leaves, count, &root);
        root_by_levels(count, &expected);
        assert_true(digest_equal(&root, &expected));
    }
}

/* Computed with Python's hashlib from the recursive definition. */
static void the_roots_are_those_of_another_implementation(void **)
{
    static const struct {
        size_t count;
        const char *hex;
    } known[] = {
        {1, "5e947ae703ec7966f955f4b9329b3def6aabe09be3f8b69af9306e17124bad5a"},
        {2, "8689c864b3a758259cde2e2b10b98b6539338108e31f012115e6d9bb219d931f"},
        {3, "afbf14274fb39b95d3c4da4a7f6235e0a9d4c724f3105738172dde91d63607d8"},
        {5, "6d1366a182af941dd57f717a97db403323bff4b0944010df89b5df8967cdf8a4"},
        {7, "2f3f1a43449aa37be2be0f3279b84b7ec66618896efb8fc3169114b701c163b8"},
        {8, "f92fbc3e50b13684ce7b87128e936075f6982776c69fac5c2f79dac5063941ea"},
        {1024, "4980f26b5e81fe11a50742f295b5738989c920dd5c8c8b9582561ba2a6f32a48"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct digest root;
        char hex[65];
        tree_root(leaves, known[i].count, &root);
        sodium_bin2hex(hex, sizeof hex, root.bytes, 32);
        assert_string_equal(hex, known[i].hex);
    }
}

struct place {
    size_t count, index, length;
    struct digest root, path[TREE_PATH_MAX + 1];
};

static struct place place_of(size_t count, size_t index)
{
    struct place place = {.count = count, .index = index};
    tree_root(leaves, count, &place.root);
    place.length = tree_path(leaves, count, index, place.path);
    return place;
}

static bool check(const struct place *place)
{
    return tree_check(&leaves[place->index], place->index, place->count, place->path, place->length,
                      &place->root);
}

/* Runs a claim for every leaf of every tree up to COUNT_MAX leaves. */
static void for_each_place(void (*claim)(struct place place))
{
    for (size_t count = 1; count <= COUNT_MAX; count++)
        for (size_t index = 0; index < count; index++)
            claim(place_of(count, index));
}

static void leads_to_the_root(struct place place)
{
    assert_true(check(&place));
}

static void every_path_leads_to_the_root(void **)
{
    for_each_place(leads_to_the_root);
    for (size_t index = 0; index < TREE_LEAVES_MAX; index += 93)
        leads_to_the_root(place_of(TREE_LEAVES_MAX, index));
    assert_int_equal(place_of(TREE_LEAVES_MAX, 5).length, TREE_PATH_MAX);
}

static void fails_at_any_other_index(struct place place)
{
    for (size_t index = 0; index < place.count; index++)
        assert_int_equal(tree_check(&leaves[place.index], index, place.count, place.path,
                                    place.length, &place.root),
                         index == place.index);
}

static void a_leaf_stands_at_no_other_index(void **)
{
    for_each_place(fails_at_any_other_index);
}

static void fails_when_shorter_or_longer(struct place place)
{
    size_t length = place.length;
    for (place.length = 0; place.length <= TREE_PATH_MAX + 1; place.length++)
        assert_int_equal(check(&place), place.length == length);
}

static void a_path_of_the_wrong_length_is_refused(void **)
{
    for_each_place(fails_when_shorter_or_longer);
}

static void fails_when_a_step_is_changed(struct place place)
{
    for (size_t i = 0; i < place.length; i++) {
        place.path[i].bytes[31] ^= 1;
        assert_false(check(&place));
        place.path[i].bytes[31] ^= 1;
    }
}

static void a_changed_step_of_a_path_is_refused(void **)
{
    for_each_place(fails_when_a_step_is_changed);
}

static void an_index_outside_the_tree_is_refused(void **)
{
    for (size_t count = 1; count <= COUNT_MAX; count++) {
        struct place place = place_of(count, count - 1);
        for (size_t index = count; index < 4 * COUNT_MAX; index++)
            assert_false(tree_check(&leaves[count - 1], index, count, place.path, place.length,
                                    &place.root));
        assert_false(
            tree_check(&leaves[count - 1], SIZE_MAX, count, place.path, place.length, &place.root));
    }
}

static void a_tree_without_leaves_is_refused(void **)
{
    struct place place = place_of(1, 0);
    assert_false(tree_check(&leaves[0], 0, 0, place.path, 0, &place.root));
    place = place_of(7, 0);
    assert_false(tree_check(&leaves[0], 0, 0, place.path, place.length, &place.root));
}

static void a_tree_above_the_maximum_is_refused(void **)
{
    struct place place = place_of(TREE_LEAVES_MAX, 0);
    assert_true(check(&place));
    struct digest beside = place.root, above;
    join(0x01, &place.root, &beside, &above);
    place.path[TREE_PATH_MAX] = beside;
    assert_false(
        tree_check(&leaves[0], 0, 2 * TREE_LEAVES_MAX, place.path, TREE_PATH_MAX + 1, &above));
    assert_false(tree_check(&leaves[0], 0, SIZE_MAX, place.path, place.length, &place.root));
}

static void a_node_cannot_be_shown_as_a_leaf(void **)
{
    struct digest left, right, root;
    join(0x00, &leaves[0], NULL, &left);
    join(0x00, &leaves[1], NULL, &right);
    tree_root(leaves, 2, &root);
    assert_false(tree_check(&root, 0, 1, NULL, 0, &root));
    assert_false(tree_check(&left, 0, 2, &right, 1, &root));
    assert_true(tree_check(&leaves[0], 0, 2, &right, 1, &root));
}

/* The tree's own root, joined once more: a longer path leads there, from a tree that is no such. */
static void a_root_above_the_tree_is_refused(void **)
{
    for (size_t count = 1; count <= 8; count++) {
        struct place place = place_of(count, count - 1);
        struct digest above;
        place.path[place.length] = (struct digest) {{7}};
        join(0x01, &place.path[place.length], &place.root, &above);
        place.root = above;
        place.length++;
        assert_false(check(&place));
    }
}

static void another_root_is_refused(void **)
{
    struct place place = place_of(5, 3);
    place.root.bytes[0] ^= 1;
    assert_false(check(&place));
}

/* Whatever a run remembers, it says what tree_check says. */
static bool as_without(struct tree_run *run, const struct digest *leaf, size_t index, size_t count,
                       const struct digest *path, size_t length, const struct digest *root)
{
    bool expected = tree_check(leaf, index, count, path, length, root);
    assert_int_equal(tree_run_check(run, leaf, index, count, path, length, root), expected);
    return expected;
}

static void a_run_takes_every_leaf_in_any_order(void **)
{
    for (size_t count = 1; count <= COUNT_MAX; count++)
        for (size_t stride = 1; stride <= count; stride += 1 + count / 7) {
            struct tree_run run = {0};
            struct digest root, path[TREE_PATH_MAX];
            tree_root(leaves, count, &root);
            for (size_t i = 0; i < 2 * count; i++) {
                size_t index = i * stride % count;
                size_t length = tree_path(leaves, count, index, path);
                assert_true(as_without(&run, &leaves[index], index, count, path, length, &root));
            }
        }
}

static void a_run_cannot_be_led_astray(void **)
{
    for (size_t count = 1; count <= COUNT_MAX; count += 3) {
        struct tree_run run = {0};
        struct digest root, other = {{9, 9, 9}}, path[TREE_PATH_MAX], wrong[TREE_PATH_MAX];
        tree_root(leaves, count, &root);
        for (size_t index = 0; index < count; index++) {
            size_t length = tree_path(leaves, count, index, path);
            /* The one that follows the last good one, the same again, and each with one thing
             * wrong. */
            for (size_t step = 0; step < length; step++) {
                memcpy(wrong, path, sizeof wrong);
                wrong[step].bytes[31] ^= 1;
                as_without(&run, &leaves[index], index, count, path, length, &root);
                assert_false(as_without(&run, &leaves[index], index, count, wrong, length, &root));
                as_without(&run, &leaves[index], index, count, path, length, &root);
                memcpy(wrong, path, sizeof wrong);
                wrong[step] = leaves[index];
                as_without(&run, &leaves[index ^ 1], index ^ 1, count, wrong, length, &root);
            }
            as_without(&run, &leaves[index], index, count, path, length, &root);
            assert_false(as_without(&run, &other, index, count, path, length, &root));
            as_without(&run, &leaves[index], index, count, path, length, &root);
            assert_false(as_without(&run, &leaves[index], index, count, path, length, &other));
            as_without(&run, &leaves[index], index, count, path, length, &root);
            as_without(&run, &leaves[index], index, count + 1, path, length, &root);
            as_without(&run, &leaves[index], index ^ 1, count, path, length, &root);
            as_without(&run, &leaves[index], index + 1, count, path, length, &root);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_root_has_the_shape_of_rfc_6962),
        cmocka_unit_test(the_roots_are_those_of_another_implementation),
        cmocka_unit_test(every_path_leads_to_the_root),
        cmocka_unit_test(a_leaf_stands_at_no_other_index),
        cmocka_unit_test(a_path_of_the_wrong_length_is_refused),
        cmocka_unit_test(a_changed_step_of_a_path_is_refused),
        cmocka_unit_test(an_index_outside_the_tree_is_refused),
        cmocka_unit_test(a_tree_without_leaves_is_refused),
        cmocka_unit_test(a_tree_above_the_maximum_is_refused),
        cmocka_unit_test(a_node_cannot_be_shown_as_a_leaf),
        cmocka_unit_test(a_root_above_the_tree_is_refused),
        cmocka_unit_test(another_root_is_refused),
        cmocka_unit_test(a_run_takes_every_leaf_in_any_order),
        cmocka_unit_test(a_run_cannot_be_led_astray),
    };
    return cmocka_run_group_tests(tests, fill_leaves, NULL);
}
