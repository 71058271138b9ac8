/* links: base seal record trust wire rules channel stream store engine sim */
#include "hostile.h"

#include "seal/tree.h"

/* A record is bound to its seal by its id, its place in the tree, its commitment and its names.
 * Each of these ties is cut once here: nothing of such a Deliver is held, and its sender is told.
 */

struct wrong {
    struct hostile_record records[2];
    size_t count;
    Peregrin__Signed *seal;
    bool in_part;       /* the first record alone, with index and path */
    struct digest path; /* of a tree of two */
    Peregrin__Proof *receipted;
};

static void deliver(struct hostile *h, const struct wrong *wrong)
{
    Peregrin__Deliver said = PEREGRIN__DELIVER__INIT;
    Peregrin__Carried carried[2], *list[2];
    ProtobufCBinaryData path = hostile_binary(wrong->path.bytes, DIGEST_SIZE);
    for (size_t i = 0; i < wrong->count; i++) {
        const struct hostile_record *record = &wrong->records[i];
        peregrin__carried__init(&carried[i]);
        carried[i].has_header = carried[i].has_salt = carried[i].has_body = true;
        carried[i].header = hostile_binary(record->header.data, record->header.size);
        carried[i].salt = hostile_binary(record->salt.data, record->salt.size);
        carried[i].body = hostile_binary(record->body.data, record->body.size);
        carried[i].receipted = wrong->receipted;
        carried[i].has_index = wrong->in_part;
        carried[i].n_path = wrong->in_part;
        carried[i].path = &path;
        list[i] = &carried[i];
    }
    said.issuer = (char *)(uintptr_t)hostile_names[HOSTILE];
    said.audience = (char *)(uintptr_t)hostile_names[VICTIM];
    said.has_position = true;
    said.position = hostile_position(h);
    said.seal = wrong->seal;
    said.n_records = wrong->count;
    said.records = list;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &said;
    hostile_says(h, true, &message);
}

static void expect_refused(struct hostile *h, const struct wrong *wrong, uint64_t held)
{
    hostile_forget(h);
    deliver(h, wrong);
    assert_int_equal(hostile_held(h, VICTIM, false), held);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_NOTICE], 1);
    assert_int_equal(h->last[PEREGRIN__MESSAGE__WHAT_NOTICE]->notice->code, VERDICT_FORGED);
}

static struct wrong good(struct hostile *h, size_t count)
{
    struct wrong out = {.count = count};
    for (size_t i = 0; i < count; i++)
        out.records[i] = hostile_opens(h, 7 + (int)i, NULL);
    out.seal = hostile_seal(h, out.records, count);
    return out;
}

/* The same length, another name: in place, so that nothing else changes. */
static struct bytes renamed(struct hostile *h, struct bytes bytes)
{
    struct bytes copy = arena_copy(h->arena, bytes);
    char *at = memmem(copy.data, copy.size, hostile_names[VICTIM], strlen(hostile_names[VICTIM]));
    assert_non_null(at);
    at[0] = 'x';
    return copy;
}

static void what_is_whole_and_true_is_held(void **state)
{
    struct hostile *h = *state;
    struct wrong right = good(h, 2);
    deliver(h, &right);
    assert_int_equal(hostile_held(h, VICTIM, false), 2);
}

static void a_part_with_its_path_is_held(void **state)
{
    struct hostile *h = *state;
    struct wrong right = good(h, 2);
    struct digest leaves[2] = {right.records[0].id, right.records[1].id}, path[TREE_PATH_MAX];
    assert_int_equal(tree_path(leaves, 2, 0, path), 1);
    right.path = path[0];
    right.in_part = true;
    right.count = 1;
    deliver(h, &right);
    assert_int_equal(hostile_held(h, VICTIM, false), 1);
}

static void a_batch_under_the_root_of_another_is_refused(void **state)
{
    struct hostile *h = *state;
    struct wrong wrong = good(h, 2);
    wrong.records[1] = hostile_opens(h, 77, NULL);
    expect_refused(h, &wrong, 0);
}

static void a_record_with_the_path_of_another_is_refused(void **state)
{
    struct hostile *h = *state;
    struct wrong wrong = good(h, 2);
    struct digest leaves[2] = {wrong.records[0].id, wrong.records[1].id}, path[TREE_PATH_MAX];
    assert_int_equal(tree_path(leaves, 2, 0, path), 1);
    wrong.path = path[0];
    wrong.records[0] = hostile_opens(h, 77, NULL);
    wrong.in_part = true;
    wrong.count = 1;
    expect_refused(h, &wrong, 0);
}

static void a_body_that_the_header_does_not_commit_to_is_refused(void **state)
{
    struct hostile *h = *state;
    struct wrong wrong = good(h, 1);
    wrong.records[0].body = hostile_nomination(h, 77);
    expect_refused(h, &wrong, 0);
}

static void a_header_for_another_audience_is_refused(void **state)
{
    struct hostile *h = *state;
    struct wrong wrong = good(h, 1);
    wrong.records[0].header = renamed(h, wrong.records[0].header);
    digest_of(DIGEST_RECORD, wrong.records[0].header, &wrong.records[0].id);
    wrong.seal = hostile_seal(h, wrong.records, 1);
    expect_refused(h, &wrong, 0);
}

static void a_seal_for_another_audience_is_refused(void **state)
{
    struct hostile *h = *state;
    struct wrong wrong = good(h, 1);
    struct bytes said = {wrong.seal->statement.data, wrong.seal->statement.len};
    wrong.seal = hostile_signed(h, SEAL_CONTEXT_SEAL, renamed(h, said));
    expect_refused(h, &wrong, 0);
}

/* A true receipt of the victim, shown with a record that it is not about: it would spare judgement.
 */
static void a_receipt_for_another_record_is_no_proof(void **state)
{
    struct hostile *h = *state;
    struct wrong first = good(h, 1);
    deliver(h, &first);
    assert_int_equal(hostile_held(h, VICTIM, false), 1);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_RECEIPT], 1);
    Peregrin__Proof proof = PEREGRIN__PROOF__INIT;
    proof.signed_ = h->last[PEREGRIN__MESSAGE__WHAT_RECEIPT]->receipt->signed_;
    proof.has_index = true;
    struct wrong wrong = {.count = 1, .receipted = &proof};
    wrong.records[0] = hostile_opens(h, 77, NULL);
    wrong.seal = hostile_seal(h, wrong.records, 1);
    expect_refused(h, &wrong, 1);
}

/* It must be understood before it may have an effect: held and receipted, folded as nothing. */
static void an_unknown_critical_extension_is_held_and_not_folded(void **state)
{
    struct hostile *h = *state;
    struct wrong said = good(h, 1);
    struct header header;
    uint32_t critical[] = {150};
    assert_int_equal(header_read(said.records[0].header, h->arena, &header), VERDICT_FINE);
    header.fields->n_critical = 1;
    header.fields->critical = critical;
    said.records[0].header = header_pack(header.fields, h->arena);
    digest_of(DIGEST_RECORD, said.records[0].header, &said.records[0].id);
    said.seal = hostile_seal(h, said.records, 1);
    deliver(h, &said);
    assert_int_equal(hostile_held(h, VICTIM, false), 1);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_RECEIPT], 1);
    struct store *store = world_store(h->world, VICTIM);
    struct store_place place = {checks_pair(h->world, VICTIM, HOSTILE, h->arena), true,
                                header.dossier};
    struct store_dossier row;
    bool found;
    assert_int_equal(store->dossier_get(store, &place, &found, &row), FAULT_NONE);
    assert_true(found);
    assert_int_equal(row.state, DOSSIER_EMPTY);
    assert_int_equal(row.not_understood, 1);
}

#define HOSTILE_TEST(name) cmocka_unit_test_setup_teardown(name, hostile_open, hostile_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTILE_TEST(what_is_whole_and_true_is_held),
        HOSTILE_TEST(a_part_with_its_path_is_held),
        HOSTILE_TEST(a_batch_under_the_root_of_another_is_refused),
        HOSTILE_TEST(a_record_with_the_path_of_another_is_refused),
        HOSTILE_TEST(a_body_that_the_header_does_not_commit_to_is_refused),
        HOSTILE_TEST(a_header_for_another_audience_is_refused),
        HOSTILE_TEST(a_seal_for_another_audience_is_refused),
        HOSTILE_TEST(a_receipt_for_another_record_is_no_proof),
        HOSTILE_TEST(an_unknown_critical_extension_is_held_and_not_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
