/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "admin/audit.h"
#include "store/store_memory.h"

enum { ROWS_MAX = 100, HOST = 1 };

static struct exchange *exchange;
static struct arena *arena;
static struct store *copy;

/* The home nominates twice and changes one, the host decides: both lanes have a chain, and seals
 * and receipts go both ways. */
static int start(void **)
{
    char first[HEADER_DOSSIER_TEXT], second[HEADER_DOSSIER_TEXT], path[API_PATH_MAX];
    char body[1024] = "{\"nomination\":" EXCHANGE_NOMINATION "}";
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    exchange_nominate(exchange, 0, HOST, first);
    exchange_nominate(exchange, 0, HOST, second);
    exchange_run(exchange);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/decision", first);
    assert_int_equal(exchange_post(exchange, HOST, path, "{\"outcome\":\"accept\"}"), 201);
    exchange_run(exchange);
    *(strstr(body, "\"term\":1") + strlen("\"term\":")) = '2';
    snprintf(path, sizeof path, "/api/v1/nominations/%s/amendment", first);
    assert_int_equal(exchange_post(exchange, 0, path, body), 201);
    exchange_run(exchange);
    arena = arena_open(API_ARENA);
    copy = store_memory_open();
    return 0;
}

static int finish(void **)
{
    copy->close(copy);
    arena_close(arena);
    exchange_close(exchange);
    free(exchange);
    return 0;
}

/* What a damaged database would hold: each function may change a row before it is copied, or leave
 * it out. */
struct damage {
    bool (*record)(struct store_record *record);
    void (*seal)(struct store_signed *seal);
    void (*receipt)(struct store_signed *receipt);
    void (*link)(struct store_receipt_link *link);
    void (*dossier)(struct store_dossier *dossier);
};

/* Views become bytes of our own, which may be changed. */
static struct bytes own(struct bytes view)
{
    return arena_copy(arena, view);
}

static void flip(struct bytes bytes, size_t at)
{
    assert_true(at < bytes.size);
    ((uint8_t *)(uintptr_t)bytes.data)[at] ^= 1;
}

static void copy_signed(struct store *from, const struct damage *damage)
{
    struct store_signed *row;
    for (int64_t i = 1; from->seal_get(from, i, arena, &row) == FAULT_NONE && row; i++) {
        struct store_signed seal = {row->number, row->pair, own(row->wire), own(row->leaves)};
        if (damage->seal)
            damage->seal(&seal);
        assert_int_equal(copy->seal_put(copy, &seal), FAULT_NONE);
        assert_int_equal(seal.number, i);
    }
    for (int64_t i = 1; from->receipt_get(from, i, arena, &row) == FAULT_NONE && row; i++) {
        struct store_signed receipt = {row->number, row->pair, own(row->wire), own(row->leaves)};
        if (damage->receipt)
            damage->receipt(&receipt);
        assert_int_equal(copy->receipt_put(copy, &receipt), FAULT_NONE);
        assert_int_equal(receipt.number, i);
    }
}

static void copy_records(struct store *from, const struct damage *damage)
{
    struct store_record *records;
    struct store_receipt_link link;
    size_t count;
    assert_int_equal(from->record_scan(from, 0, ROWS_MAX, arena, &records, &count), FAULT_NONE);
    for (size_t i = 0; i < count; i++) {
        struct store_record record = records[i];
        record.header = own(record.header);
        record.body = own(record.body);
        if (damage->record && !damage->record(&record))
            continue;
        int64_t seal = record.seal;
        if (record.flags & STORE_OURS)
            record.seal = 0;
        record.flags &= ~(uint32_t)STORE_RECEIPTED;
        assert_int_equal(copy->record_put(copy, &record), FAULT_NONE);
        if (record.flags & STORE_OURS && seal)
            assert_int_equal(copy->record_sealed(copy, record.serial, seal, record.seal_index),
                             FAULT_NONE);
        assert_int_equal(from->receipt_of(from, records[i].serial, &link), FAULT_NONE);
        if (link.receipt && damage->link)
            damage->link(&link);
        if (link.receipt)
            assert_int_equal(copy->receipt_link(copy, record.serial, link), FAULT_NONE);
    }
}

static void copy_dossiers(struct store *from, const struct damage *damage)
{
    struct store_dossier_query query = {.opened_by_partner = -1, .max = ROWS_MAX};
    struct store_dossier *rows;
    size_t count;
    assert_int_equal(from->dossier_list(from, &query, arena, &rows, &count), FAULT_NONE);
    for (size_t i = 0; i < count; i++) {
        if (damage->dossier)
            damage->dossier(&rows[i]);
        assert_int_equal(copy->dossier_put(copy, &rows[i]), FAULT_NONE);
    }
}

static struct audit_result audit_copy(size_t node, const struct damage *damage,
                                      const struct catalogue *catalogue)
{
    struct store *from = world_store(exchange->world, node);
    struct store_pair *pairs;
    struct audit_result result;
    size_t count;
    uint32_t pair;
    assert_int_equal(copy->begin(copy), FAULT_NONE);
    assert_int_equal(from->pair_list(from, arena, &pairs, &count), FAULT_NONE);
    for (uint32_t number = 1; number <= count; number++)
        for (size_t i = 0; i < count; i++)
            if (pairs[i].pair == number)
                assert_int_equal(copy->pair_open(copy, pairs[i].own, pairs[i].partner, &pair),
                                 FAULT_NONE);
    copy_signed(from, damage);
    copy_records(from, damage);
    copy_dossiers(from, damage);
    assert_int_equal(copy->commit(copy), FAULT_NONE);
    struct audit audit = {copy, catalogue};
    assert_int_equal(audit_run(&audit, 0, ROWS_MAX, arena, &result), FAULT_NONE);
    return result;
}

static void assert_found(const struct audit_result *result, const char *what, const char *code)
{
    for (size_t i = 0; i < result->fault_count; i++)
        if (strcmp(result->faults[i].what, what) == 0) {
            assert_string_equal(result->faults[i].code, code);
            return;
        }
    if (result->fault_count)
        print_message("first was: %s\n", result->faults[0].what);
    fail_msg("not found: %s", what);
}

static void damaged(const struct damage *damage, const char *what, const char *code)
{
    struct audit_result result = audit_copy(HOST, damage, world_catalogue(exchange->world));
    assert_found(&result, what, code);
}

/* ---- an honest store ---------------------------------------------------------------------------
 */

static void an_honest_copy_holds_in_all_its_parts(void **)
{
    for (size_t node = 0; node <= HOST; node++) {
        copy->close(copy);
        copy = store_memory_open();
        struct audit_result result =
            audit_copy(node, &(struct damage) {0}, world_catalogue(exchange->world));
        assert_int_equal(result.fault_count, 0);
        assert_int_equal(result.records, 4);
        assert_int_equal(result.dossiers, 2);
        assert_true(result.seals >= 3);
        assert_true(result.receipts >= 3);
        assert_int_equal(result.next, 0);
    }
}

/* ---- each part, broken -------------------------------------------------------------------------
 */

static bool body_flip(struct store_record *record)
{
    flip(record->body, record->body.size / 2);
    return true;
}

static void a_changed_body_is_found(void **)
{
    damaged(&(struct damage) {.record = body_flip},
            "the body is not the one that its header commits to", "forged");
}

static bool header_flip(struct store_record *record)
{
    flip(record->header, record->header.size - 1);
    return true;
}

static void a_changed_header_is_found(void **)
{
    damaged(&(struct damage) {.record = header_flip},
            "the header's digest is another than the record's id", "forged");
}

static bool header_cut(struct store_record *record)
{
    record->header.size = 7;
    return true;
}

static void a_header_that_cannot_be_read_is_found(void **)
{
    damaged(&(struct damage) {.record = header_cut}, "the header cannot be read", "malformed");
}

static bool place_change(struct store_record *record)
{
    record->index += 40;
    return true;
}

static void a_record_in_another_place_is_found(void **)
{
    damaged(&(struct damage) {.record = place_change},
            "the record stands where its header does not say", "forged");
}

static bool author_change(struct store_record *record)
{
    if (!(record->flags & STORE_OURS))
        record->flags |= STORE_OURS;
    return true;
}

static void a_record_of_another_author_is_found(void **)
{
    damaged(&(struct damage) {.record = author_change},
            "the record stands where its header does not say", "forged");
}

static void signature_flip(struct store_signed *row)
{
    flip(row->wire, row->wire.size - 1);
}

static void leaves_flip(struct store_signed *row)
{
    flip(row->leaves, 3);
}

static void a_changed_signature_is_found(void **)
{
    damaged(&(struct damage) {.seal = signature_flip}, "the seal's signature does not hold",
            "forged");
}

static void a_changed_receipt_is_found(void **)
{
    damaged(&(struct damage) {.receipt = signature_flip}, "the receipt's signature does not hold",
            "forged");
}

static void changed_leaves_are_found(void **)
{
    damaged(&(struct damage) {.seal = leaves_flip}, "the seal's root is not that of its records",
            "forged");
}

static void changed_leaves_of_a_receipt_are_found(void **)
{
    damaged(&(struct damage) {.receipt = leaves_flip},
            "the receipt's root is not that of its records", "forged");
}

static bool seal_exchange(struct store_record *record)
{
    record->seal = record->seal == 1 ? 2 : 1;
    return true;
}

static bool seal_index_change(struct store_record *record)
{
    record->seal_index += 1;
    return true;
}

static void a_record_under_another_seal_is_found(void **)
{
    damaged(&(struct damage) {.record = seal_index_change}, "the record is not under its seal",
            "forged");
}

static void a_seal_of_another_record_is_found(void **)
{
    struct audit_result result = audit_copy(HOST, &(struct damage) {.record = seal_exchange},
                                            world_catalogue(exchange->world));
    assert_true(result.fault_count >= 2);
}

static bool seal_remove(struct store_record *record)
{
    record->seal = 99;
    return true;
}

static void a_missing_seal_is_found(void **)
{
    damaged(&(struct damage) {.record = seal_remove}, "the seal is not here", "not_found");
}

static void link_change(struct store_receipt_link *link)
{
    link->index += 1;
}

static void a_receipt_of_another_record_is_found(void **)
{
    damaged(&(struct damage) {.link = link_change}, "the record is not in its receipt", "forged");
}

static void state_change(struct store_dossier *row)
{
    row->state = DOSSIER_WITHDRAWN;
}

static void a_changed_state_is_found(void **)
{
    damaged(&(struct damage) {.dossier = state_change},
            "the dossier's state is another than its records say", "contradicts");
}

static void revision_change(struct store_dossier *row)
{
    row->revision = 0;
}

static void a_changed_revision_is_found(void **)
{
    damaged(&(struct damage) {.dossier = revision_change},
            "the dossier's state is another than its records say", "contradicts");
}

static bool first_remove(struct store_record *record)
{
    return record->index > 0;
}

static void a_hole_in_our_own_lane_is_found(void **)
{
    struct audit_result result =
        audit_copy(0, &(struct damage) {.record = first_remove}, world_catalogue(exchange->world));
    assert_found(&result, "our own record before it is not here", "not_found");
}

static enum fault wrong_summary(struct store *, uint32_t, bool, struct summary *out,
                                uint64_t *unreceipted)
{
    *out = (struct summary) {.count = 1};
    *unreceipted = 0;
    return FAULT_NONE;
}

static void a_wrong_summary_is_found(void **)
{
    copy->summary = wrong_summary;
    damaged(&(struct damage) {0}, "the summary of our stream is not that of its records",
            "contradicts");
}

/* ---- keys --------------------------------------------------------------------------------------
 */

/* The world's catalogue, its keys changed. */
static struct catalogue *catalogue_with(void (*change)(struct catalogue_key *key))
{
    struct catalogue *catalogue = arena_take(arena, sizeof *catalogue);
    *catalogue = *world_catalogue(exchange->world);
    size_t count = catalogue->institution_count;
    struct catalogue_institution *list = arena_take_array(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[i] = catalogue->institutions[i];
        struct catalogue_key *key = arena_take(arena, sizeof *key);
        *key = list[i].keys[0];
        change(key);
        list[i].keys = key;
    }
    catalogue->institutions = list;
    return catalogue;
}

static void key_revoke(struct catalogue_key *key)
{
    key->revoked_at = key->from + 1;
}

static void key_end(struct catalogue_key *key)
{
    key->until = key->from + 1;
}

static void key_exchange(struct catalogue_key *key)
{
    key->digest.bytes[0] ^= 1;
}

static void key_revoke_later(struct catalogue_key *key)
{
    key->revoked_at = key->from + 365 * 86400;
}

static void a_key_that_was_not_good_then_is_found(void **)
{
    static const struct {
        void (*change)(struct catalogue_key *key);
        const char *what, *code;
    } rows[] = {
        {key_revoke, "the seal was made with a revoked key", "revoked"},
        {key_end, "the seal was made outside of its key's time", "expired"},
        {key_exchange, "the seal names a key that the catalogue does not have", "unknown"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        copy->close(copy);
        copy = store_memory_open();
        struct audit_result result =
            audit_copy(HOST, &(struct damage) {0}, catalogue_with(rows[i].change));
        assert_found(&result, rows[i].what, rows[i].code);
    }
}

static void a_key_revoked_later_still_proves(void **)
{
    struct audit_result result =
        audit_copy(HOST, &(struct damage) {0}, catalogue_with(key_revoke_later));
    assert_int_equal(result.fault_count, 0);
}

/* ---- what a fault tells ------------------------------------------------------------------------
 */

static void a_fault_names_its_record_and_no_person(void **)
{
    struct audit_result result =
        audit_copy(HOST, &(struct damage) {.record = body_flip}, world_catalogue(exchange->world));
    assert_true(result.fault_count >= 3);
    assert_int_equal(result.faults[0].serial, 1);
    assert_string_equal(result.faults[0].own, "itg.be");
    assert_string_equal(result.faults[0].partner, "helmo.be");
    assert_int_equal(result.faults[0].lane, 0);
    for (size_t i = 0; i < result.fault_count; i++)
        assert_null(strcasestr(result.faults[i].what, "peeters"));
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(an_honest_copy_holds_in_all_its_parts),
        CLAIM(a_changed_body_is_found),
        CLAIM(a_changed_header_is_found),
        CLAIM(a_header_that_cannot_be_read_is_found),
        CLAIM(a_record_in_another_place_is_found),
        CLAIM(a_record_of_another_author_is_found),
        CLAIM(a_changed_signature_is_found),
        CLAIM(a_changed_receipt_is_found),
        CLAIM(changed_leaves_are_found),
        CLAIM(changed_leaves_of_a_receipt_are_found),
        CLAIM(a_record_under_another_seal_is_found),
        CLAIM(a_seal_of_another_record_is_found),
        CLAIM(a_missing_seal_is_found),
        CLAIM(a_receipt_of_another_record_is_found),
        CLAIM(a_changed_state_is_found),
        CLAIM(a_changed_revision_is_found),
        CLAIM(a_hole_in_our_own_lane_is_found),
        CLAIM(a_wrong_summary_is_found),
        CLAIM(a_key_that_was_not_good_then_is_found),
        CLAIM(a_key_revoked_later_still_proves),
        CLAIM(a_fault_names_its_record_and_no_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
