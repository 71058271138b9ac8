/* links: base seal record stream store */
#include "store/store_memory.h"
#include "store/store_sqlite.h"
#include "support/store_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* One contract: every claim is tried on each store. */
struct fixture {
    struct store *store;
    struct arena *arena;
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

/* Pair 1 is (helmo.be, pwr.edu.pl) and pair 2 (helmo.be, uio.no), committed. */
static int prepare(void **state, struct store *store)
{
    static struct fixture fixture;
    fixture = (struct fixture) {store, arena_open(64 * 1024 * 1024)};
    assert_non_null(fixture.store);
    assert_non_null(fixture.arena);
    uint32_t pair;
    expect(store->begin(store));
    expect(store->pair_open(store, "helmo.be", "pwr.edu.pl", &pair));
    assert_int_equal(pair, 1);
    expect(store->pair_open(store, "helmo.be", "uio.no", &pair));
    assert_int_equal(pair, 2);
    expect(store->commit(store));
    *state = &fixture;
    return 0;
}

static int open_memory(void **state)
{
    return prepare(state, store_memory_open());
}

static int open_sqlite(void **state)
{
    struct store *store = NULL;
    expect(store_sqlite_open(":memory:", &store));
    return prepare(state, store);
}

static int leave(void **state)
{
    struct fixture *fixture = *state;
    fixture->store->close(fixture->store);
    arena_close(fixture->arena);
    return 0;
}

static struct store *store_of(void **state)
{
    return ((struct fixture *)*state)->store;
}

static struct arena *arena_of(void **state)
{
    return ((struct fixture *)*state)->arena;
}

static int64_t put(struct store *store, struct store_record record)
{
    record.serial = -1;
    expect(store->record_put(store, &record));
    assert_true(record.serial > 0);
    return record.serial;
}

/* ---- transactions -------------------------------------------------------------------------- */

static void a_rollback_undoes_every_change(void **state)
{
    struct store *store = store_of(state);
    unsigned changed = 0;
    for (uint64_t dice = 1; dice < 120; dice++) {
        char *before = store_picture(store);
        expect(store->begin(store));
        for (uint64_t i = 0; i < dice % 7 + 1; i++)
            expect(store_picture_change(store, dice * 1000 + i));
        char *inside = store_picture(store);
        store->rollback(store);
        char *after = store_picture(store);
        assert_string_equal(before, after);
        changed += strcmp(before, inside) != 0;
        expect(store->begin(store));
        for (uint64_t i = 0; i < dice % 7 + 1; i++)
            expect(store_picture_change(store, dice * 1000 + i));
        expect(store->commit(store));
        char *again = store_picture(store);
        assert_string_equal(inside, again);
        free(before);
        free(inside);
        free(after);
        free(again);
    }
    assert_true(changed > 100);
}

static void reads_inside_a_transaction_see_it(void **state)
{
    struct store *store = store_of(state);
    struct store_record record = store_picture_record(0);
    struct summary summary;
    uint64_t unreceipted;
    int64_t serial;
    expect(store->begin(store));
    int64_t put_as = put(store, record);
    expect(store->record_find(store, &record.place, 0, 0, &record.id, &serial));
    assert_int_equal(serial, put_as);
    expect(store->summary(store, 1, true, &summary, &unreceipted));
    assert_int_equal(summary.count, 1);
    struct span whole = span_whole();
    expect(store->span_sum(store, 1, true, whole.from, whole.to, &summary));
    assert_int_equal(summary.count, 1);
    store->rollback(store);
    expect(store->record_find(store, &record.place, 0, 0, &record.id, &serial));
    assert_int_equal(serial, 0);
    expect(store->summary(store, 1, true, &summary, &unreceipted));
    assert_int_equal(summary.count, 0);
}

/* ---- pairs --------------------------------------------------------------------------------- */

static void a_pair_keeps_its_number(void **state)
{
    struct store *store = store_of(state);
    uint32_t again, swapped, after;
    expect(store->begin(store));
    expect(store->pair_open(store, "helmo.be", "uio.no", &again));
    expect(store->pair_open(store, "uio.no", "helmo.be", &swapped));
    store->rollback(store);
    assert_int_equal(again, 2);
    assert_int_equal(swapped, 3);
    expect(store->begin(store));
    expect(store->pair_open(store, "lu.se", "helmo.be", &after));
    expect(store->commit(store));
    struct store_pair *pairs;
    size_t count;
    expect(store->pair_list(store, arena_of(state), &pairs, &count));
    assert_int_equal(count, 3);
    assert_int_equal(pairs[2].pair, after);
    assert_string_equal(pairs[1].own, "helmo.be");
    assert_string_equal(pairs[1].partner, "uio.no");
    assert_string_equal(pairs[2].own, "lu.se");
}

/* ---- records ------------------------------------------------------------------------------- */

static void a_record_comes_back_as_it_was_put(void **state)
{
    static const uint8_t path[64] = {3, 1, 4};
    struct store *store = store_of(state);
    struct store_record record = store_picture_record(7), *found;
    record.place.opened_by_partner = true;
    record.lane = 1;
    record.flags = STORE_JUDGED | STORE_NOT_UNDERSTOOD;
    record.seal = 5;
    record.seal_index = 9;
    record.seal_path = (struct bytes) {path, sizeof path};
    expect(store->begin(store));
    int64_t serial = put(store, record);
    expect(store->commit(store));
    expect(store->record_get(store, serial, arena_of(state), &found));
    assert_non_null(found);
    assert_int_equal(found->serial, serial);
    assert_int_equal(found->place.pair, 1);
    assert_true(found->place.opened_by_partner);
    assert_memory_equal(found->place.dossier.bytes, record.place.dossier.bytes, 16);
    assert_int_equal(found->lane, 1);
    assert_int_equal(found->index, 7);
    assert_true(digest_equal(&found->id, &record.id));
    assert_int_equal(found->issued_at, record.issued_at);
    assert_int_equal(found->kind, record.kind);
    assert_int_equal(found->flags, record.flags);
    assert_true(bytes_equal(found->header, record.header));
    assert_true(bytes_equal(found->salt, record.salt));
    assert_true(bytes_equal(found->body, record.body));
    assert_int_equal(found->seal, 5);
    assert_int_equal(found->seal_index, 9);
    assert_true(bytes_equal(found->seal_path, record.seal_path));
    expect(store->record_get(store, serial + 1, arena_of(state), &found));
    assert_null(found);
    expect(store->record_get(store, -1, arena_of(state), &found));
    assert_null(found);
}

static void a_body_of_the_largest_size_comes_back(void **state)
{
    struct store *store = store_of(state);
    uint8_t *body = malloc(HEADER_BODY_MAX);
    for (size_t i = 0; i < HEADER_BODY_MAX; i++)
        body[i] = (uint8_t)(i * 7 + i / 256);
    struct store_record record = store_picture_record(0), *found;
    record.body = (struct bytes) {body, HEADER_BODY_MAX};
    expect(store->begin(store));
    int64_t serial = put(store, record);
    expect(store->commit(store));
    expect(store->record_get(store, serial, arena_of(state), &found));
    assert_true(bytes_equal(found->body, record.body));
    free(body);
}

static void serials_ascend_in_the_order_of_arrival(void **state)
{
    struct store *store = store_of(state);
    int64_t last = 0;
    for (uint64_t i = 0; i < 20; i++) {
        expect(store->begin(store));
        int64_t serial = put(store, store_picture_record(20 - i));
        assert_true(serial > last);
        last = serial;
        expect(store->commit(store));
    }
    struct store_record *records;
    size_t count;
    expect(store->record_scan(store, 5, 4, arena_of(state), &records, &count));
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(records[i].serial, 6 + (int64_t)i);
    expect(store->record_scan(store, last, 4, arena_of(state), &records, &count));
    assert_int_equal(count, 0);
}

static void a_dossier_is_listed_in_the_order_of_its_lanes(void **state)
{
    struct store *store = store_of(state);
    struct store_record *records;
    size_t count;
    expect(store->begin(store));
    for (uint64_t i = 10; i-- > 0;) {
        struct store_record record = store_picture_record(i);
        record.lane = i % 2;
        record.index = (uint32_t)i / 2;
        put(store, record);
    }
    expect(store->commit(store));
    struct store_place place = store_picture_record(0).place;
    expect(store->record_list(store, &place, true, arena_of(state), &records, &count));
    assert_int_equal(count, 10);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(records[i].lane, i / 5);
        assert_int_equal(records[i].index, i % 5);
        assert_true(records[i].salt.size == 32 && records[i].body.size > 0);
    }
    expect(store->record_list(store, &place, false, arena_of(state), &records, &count));
    assert_int_equal(count, 10);
    for (size_t i = 0; i < count; i++)
        assert_true(records[i].header.size && !records[i].salt.size && !records[i].body.size);
    place.dossier.bytes[15] ^= 1;
    expect(store->record_list(store, &place, true, arena_of(state), &records, &count));
    assert_int_equal(count, 0);
}

static void both_branches_of_a_fork_are_kept(void **state)
{
    struct store *store = store_of(state);
    struct store_record left = store_picture_record(0), right = store_picture_record(1), *records;
    right.index = left.index;
    expect(store->begin(store));
    int64_t serials[2] = {put(store, left), put(store, right)};
    expect(store->commit(store));
    size_t count;
    expect(store->record_list(store, &left.place, true, arena_of(state), &records, &count));
    assert_int_equal(count, 2);
    assert_int_equal(digest_compare(&records[0].id, &records[1].id), -1);
    int64_t found;
    expect(store->record_find(store, &left.place, 0, 0, &left.id, &found));
    assert_int_equal(found, serials[0]);
    expect(store->record_find(store, &left.place, 0, 0, &right.id, &found));
    assert_int_equal(found, serials[1]);
    struct digest other = store_picture_id(99);
    expect(store->record_find(store, &left.place, 0, 0, &other, &found));
    assert_int_equal(found, 0);
}

static void a_clashing_dossier_name_touches_nothing(void **state)
{
    struct store *store = store_of(state);
    struct store_record mine = store_picture_record(0), opened = mine, elsewhere = mine, *records;
    opened.place.opened_by_partner = true;
    opened.id = store_picture_id(1);
    elsewhere.place.pair = 2;
    elsewhere.id = store_picture_id(2);
    expect(store->begin(store));
    put(store, mine);
    expect(store->commit(store));
    char *before = store_picture(store);
    expect(store->begin(store));
    put(store, opened);
    put(store, elsewhere);
    const struct store_place *places[] = {&mine.place, &opened.place, &elsewhere.place};
    for (size_t i = 0; i < 3; i++) {
        size_t count;
        expect(store->record_list(store, places[i], true, arena_of(state), &records, &count));
        assert_int_equal(count, 1);
        assert_int_equal(records[0].serial, 1 + i);
        struct store_dossier dossier = {.place = *places[i], .state = (uint32_t)i};
        expect(store->dossier_put(store, &dossier));
    }
    for (size_t i = 0; i < 3; i++) {
        struct store_dossier dossier;
        bool found;
        expect(store->dossier_get(store, places[i], &found, &dossier));
        assert_true(found);
        assert_int_equal(dossier.state, i);
    }
    store->rollback(store);
    char *after = store_picture(store);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static uint32_t flags_of(void **state, int64_t serial)
{
    struct store_record *record;
    expect(store_of(state)->record_get(store_of(state), serial, arena_of(state), &record));
    return record->flags;
}

static void flags_are_set_and_cleared_one_by_one(void **state)
{
    struct store *store = store_of(state);
    struct store_record record = store_picture_record(0);
    record.flags |= STORE_NOT_UNDERSTOOD;
    expect(store->begin(store));
    int64_t serial = put(store, record);
    expect(store->record_flag(store, serial, STORE_JUDGED, STORE_NOT_UNDERSTOOD));
    expect(store->record_flag(store, serial, STORE_RECOVERED, 0));
    expect(store->commit(store));
    assert_int_equal(flags_of(state, serial), STORE_OURS | STORE_JUDGED | STORE_RECOVERED);
}

static void a_body_fills_an_empty_place_only(void **state)
{
    struct store *store = store_of(state);
    struct store_record withheld = store_picture_record(0), *record;
    const struct bytes salt = withheld.salt, body = withheld.body;
    withheld.salt = withheld.body = (struct bytes) {0};
    expect(store->begin(store));
    int64_t serial = put(store, withheld);
    expect(store->record_get(store, serial, arena_of(state), &record));
    assert_true(record->salt.size == 0 && record->body.size == 0);
    expect(store->record_fill(store, serial, salt, body));
    expect(store->record_fill(store, serial, salt, bytes_text("another")));
    expect(store->commit(store));
    expect(store->record_get(store, serial, arena_of(state), &record));
    assert_true(bytes_equal(record->body, body));
    assert_true(bytes_equal(record->salt, salt));
    assert_true(bytes_equal(record->header, withheld.header));
}

/* ---- seals and receipts -------------------------------------------------------------------- */

static void a_record_is_sealed_after_it_was_put(void **state)
{
    struct store *store = store_of(state);
    struct store_signed seal = {0, 1, bytes_text("a seal"), {0}}, *found;
    struct store_record *record;
    expect(store->begin(store));
    int64_t serial = put(store, store_picture_record(0));
    expect(store->seal_put(store, &seal));
    assert_true(seal.number > 0);
    expect(store->record_sealed(store, serial, seal.number, 3));
    expect(store->commit(store));
    expect(store->record_get(store, serial, arena_of(state), &record));
    assert_int_equal(record->seal, seal.number);
    assert_int_equal(record->seal_index, 3);
    expect(store->seal_get(store, seal.number, arena_of(state), &found));
    assert_int_equal(found->pair, 1);
    assert_true(bytes_equal(found->wire, seal.wire));
    assert_int_equal(found->leaves.size, 0);
    expect(store->seal_get(store, seal.number + 1, arena_of(state), &found));
    assert_null(found);

    /* The key was revoked before the receipt came: sealed again. */
    expect(store->begin(store));
    expect(store->record_sealed(store, serial, 77, 0));
    expect(store->commit(store));
    expect(store->record_get(store, serial, arena_of(state), &record));
    assert_int_equal(record->seal, 77);
    assert_int_equal(record->seal_index, 0);
}

static void seals_and_receipts_are_numbered_apart(void **state)
{
    struct store *store = store_of(state);
    struct store_signed first = {0, 1, bytes_text("one"), bytes_text("leaves")}, second = first,
                        *found;
    second.wire = bytes_text("two");
    expect(store->begin(store));
    expect(store->seal_put(store, &first));
    expect(store->receipt_put(store, &second));
    expect(store->commit(store));
    assert_int_equal(first.number, second.number);
    expect(store->receipt_get(store, second.number, arena_of(state), &found));
    assert_true(bytes_equal(found->wire, second.wire));
    assert_true(bytes_equal(found->leaves, second.leaves));
    expect(store->seal_get(store, first.number, arena_of(state), &found));
    assert_true(bytes_equal(found->wire, first.wire));
}

static void a_linked_receipt_makes_the_record_receipted(void **state)
{
    struct store *store = store_of(state);
    struct store_receipt_link link = {99, 99};
    struct store_record *records;
    size_t count;
    expect(store->begin(store));
    struct store_record record = store_picture_record(0);
    record.flags |= STORE_RECEIPTED; /* derived: what is put here counts for nothing */
    int64_t serial = put(store, record), other = put(store, store_picture_record(1));
    assert_int_equal(flags_of(state, serial), STORE_OURS);
    expect(store->receipt_of(store, serial, &link));
    assert_int_equal(link.receipt, 0);
    expect(store->receipt_link(store, serial, (struct store_receipt_link) {4, 511}));
    expect(store->commit(store));
    expect(store->receipt_of(store, serial, &link));
    assert_int_equal(link.receipt, 4);
    assert_int_equal(link.index, 511);
    assert_int_equal(flags_of(state, serial), STORE_OURS | STORE_RECEIPTED);
    assert_int_equal(flags_of(state, other), STORE_OURS);
    expect(store->record_list(store, &record.place, false, arena_of(state), &records, &count));
    assert_int_equal(records[0].flags, STORE_OURS | STORE_RECEIPTED);
    expect(store->record_scan(store, 0, 9, arena_of(state), &records, &count));
    assert_int_equal(records[0].flags, STORE_OURS | STORE_RECEIPTED);
    assert_int_equal(records[1].flags, STORE_OURS);
}

/* ---- the stream ---------------------------------------------------------------------------- */

static uint64_t unreceipted_of(void **state, uint32_t pair, bool ours)
{
    struct summary summary;
    uint64_t unreceipted;
    expect(store_of(state)->summary(store_of(state), pair, ours, &summary, &unreceipted));
    return unreceipted;
}

static void theirs_lack_a_receipt_until_it_is_linked(void **state)
{
    struct store *store = store_of(state);
    struct store_record record = store_picture_record(0);
    record.flags = 0;
    expect(store->begin(store));
    int64_t serial = put(store, record);
    assert_int_equal(unreceipted_of(state, 1, false), 1);
    assert_int_equal(unreceipted_of(state, 1, true), 0);
    expect(store->commit(store));
    expect(store->begin(store));
    expect(store->receipt_link(store, serial, (struct store_receipt_link) {1, 0}));
    assert_int_equal(unreceipted_of(state, 1, false), 0);
    store->rollback(store);
    assert_int_equal(unreceipted_of(state, 1, false), 1);
    assert_int_equal(unreceipted_of(state, 2, false), 0);
}

static void ours_lack_a_receipt_while_they_are_in_the_outbox(void **state)
{
    struct store *store = store_of(state);
    expect(store->begin(store));
    for (int64_t serial = 1; serial <= 3; serial++) {
        put(store, store_picture_record((uint64_t)serial));
        struct store_outbox_row row = {serial, 1, 0, 50};
        expect(store->outbox_put(store, 1, &row));
        expect(store->outbox_put(store, 1, &row)); /* again: replaced, not counted twice */
    }
    assert_int_equal(unreceipted_of(state, 1, true), 3);
    expect(store->commit(store));
    expect(store->begin(store));
    expect(store->receipt_link(store, 2, (struct store_receipt_link) {1, 0}));
    expect(store->outbox_remove(store, 1, 2));
    expect(store->outbox_remove(store, 1, 2)); /* absent: fine */
    expect(store->outbox_remove(store, 2, 1)); /* of another pair */
    expect(store->commit(store));
    assert_int_equal(unreceipted_of(state, 1, true), 2);
}

/* Ids in several minutes: some full, one with many, some at the very edges of slots. */
static void fill_stream(struct store *store, struct span_point *points, size_t count)
{
    static const uint64_t minutes[] = {0,        63,       64,       4095,     4096,     262143,
                                       29000000, 29000000, 29000000, 29000001, 29000063, 29000064};
    expect(store->begin(store));
    for (size_t i = 0; i < count; i++) {
        struct store_record record = store_picture_record(i);
        record.issued_at = minutes[i % 12] + (i % 5 == 0 ? i : 0);
        record.flags = i % 3 ? STORE_OURS : 0;
        put(store, record);
        points[i] = (struct span_point) {record.issued_at, record.id};
        if (i % 50 == 49) {
            expect(store->commit(store));
            expect(store->begin(store));
        }
    }
    expect(store->commit(store));
}

static int order(const void *left, const void *right)
{
    return span_point_compare(left, right);
}

static void check_span(void **state, const struct span_point *points, size_t count, bool ours,
                       struct span_point from, struct span_point to)
{
    struct store *store = store_of(state);
    struct summary expected = {0}, found;
    struct span_point *wanted = calloc(count, sizeof *wanted), *list = calloc(count, sizeof *list);
    int64_t *serials = calloc(count, sizeof *serials);
    size_t wanted_count = 0, list_count;
    for (size_t i = 0; i < count; i++) {
        if ((i % 3 != 0) != ours || span_point_compare(&points[i], &from) < 0 ||
            span_point_compare(&points[i], &to) >= 0)
            continue;
        summary_add(&expected, &points[i].id);
        wanted[wanted_count++] = points[i];
    }
    expect(store->span_sum(store, 1, ours, from, to, &found));
    assert_true(summary_equal(&expected, &found));
    expect(store->span_list(store, 1, ours, from, to, list, serials, count, &list_count));
    assert_int_equal(list_count, wanted_count);
    qsort(wanted, wanted_count, sizeof *wanted, order);
    for (size_t i = 0; i < list_count; i++) {
        assert_int_equal(span_point_compare(&wanted[i], &list[i]), 0);
        assert_int_equal(span_point_compare(&points[serials[i] - 1], &list[i]), 0);
    }
    if (wanted_count > 1) {
        expect(
            store->span_list(store, 1, ours, from, to, list, NULL, wanted_count / 2, &list_count));
        assert_int_equal(list_count, wanted_count / 2);
        assert_int_equal(span_point_compare(&wanted[list_count - 1], &list[list_count - 1]), 0);
    }
    free(wanted);
    free(list);
    free(serials);
}

static void every_span_is_what_a_scan_finds_in_it(void **state)
{
    struct span_point points[300], ends[40];
    fill_stream(store_of(state), points, 300);
    struct span whole = span_whole();
    for (size_t i = 0; i < 40; i++) {
        ends[i] = points[i * 7];
        if (i % 4 == 1)
            ends[i].id = (struct digest) {{0}};
        if (i % 4 == 2)
            ends[i].minute += i;
    }
    ends[0] = whole.from;
    ends[1] = whole.to;
    ends[2] = (struct span_point) {.minute = UINT64_MAX};
    for (size_t i = 0; i < 40; i++)
        for (size_t j = 0; j < 40; j++)
            check_span(state, points, 300, (i + j) % 2, ends[i], ends[j]);
    struct summary summary, sum;
    uint64_t unreceipted;
    for (int ours = 0; ours < 2; ours++) {
        expect(store_of(state)->summary(store_of(state), 1, ours, &summary, &unreceipted));
        expect(store_of(state)->span_sum(store_of(state), 1, ours, whole.from, whole.to, &sum));
        assert_int_equal(summary.count, ours ? 200 : 100);
        assert_true(summary_equal(&summary, &sum));
    }
}

static void a_point_leads_to_its_record(void **state)
{
    struct store *store = store_of(state);
    struct span_point points[60];
    fill_stream(store, points, 60);
    for (size_t i = 0; i < 60; i++) {
        int64_t serial;
        bool ours = i % 3 != 0;
        expect(store->span_find(store, 1, ours, &points[i], &serial));
        assert_int_equal(serial, i + 1);
        expect(store->span_find(store, 1, !ours, &points[i], &serial));
        assert_int_equal(serial, 0);
        expect(store->span_find(store, 2, ours, &points[i], &serial));
        assert_int_equal(serial, 0);
        points[i].minute++;
        expect(store->span_find(store, 1, ours, &points[i], &serial));
        assert_int_equal(serial, 0);
    }
}

/* ---- the outbox ---------------------------------------------------------------------------- */

/* Rows as they are put, taken out of the middle, and put anew: whatever a store makes of rows that
 * follow each other, each keeps its own seal. */
static void each_row_of_the_outbox_keeps_its_seal(void **state)
{
    enum { ROWS = 40 };
    struct store *store = store_of(state);
    struct store_outbox_row *rows;
    size_t count;
    int64_t seals[ROWS + 1] = {0};
    expect(store->begin(store));
    for (int64_t i = 1; i <= ROWS; i++) {
        /* One each; one for many; with a gap; down again. */
        seals[i] = i < 10 ? 100 + i : i < 20 ? 7 : i < 30 ? 3 * i : 200 - i;
        expect(store->outbox_put(store, 1, &(struct store_outbox_row) {i, seals[i], 0, 1000}));
    }
    expect(store->commit(store));
    static const int64_t gone[] = {1, 5, 14, 19, 20, 40};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        expect(store->begin(store));
        expect(store->outbox_remove(store, 1, gone[i]));
        expect(store->commit(store));
        seals[gone[i]] = 0;
    }
    expect(store->begin(store));
    expect(store->outbox_put(store, 1, &(struct store_outbox_row) {6, 999, 0, 1000}));
    expect(store->outbox_put(store, 1, &(struct store_outbox_row) {7, 1000, 0, 1000}));
    expect(store->outbox_put(store, 1, &(struct store_outbox_row) {5, 998, 0, 1000}));
    expect(store->outbox_code(store, 1, 8, 3));
    expect(store->commit(store));
    seals[5] = 998;
    seals[6] = 999;
    seals[7] = 1000;
    expect(store->outbox_next(store, 1, 0, true, 99, arena_of(state), &rows, &count));
    size_t at = 0;
    for (int64_t i = 1; i <= ROWS; i++) {
        if (!seals[i])
            continue;
        assert_true(at < count);
        assert_int_equal(rows[at].serial, i);
        assert_int_equal(rows[at].seal, seals[i]);
        assert_int_equal(rows[at].code, i == 8 ? 3 : 0);
        at++;
    }
    assert_int_equal(at, count);
}

static void the_outbox_goes_in_order_and_leaves_stuck_rows_out(void **state)
{
    struct store *store = store_of(state);
    struct store_outbox_row *rows;
    size_t count;
    expect(store->begin(store));
    for (int64_t i = 10; i-- > 0;)
        expect(store->outbox_put(store, (uint32_t)(1 + i % 2),
                                 &(struct store_outbox_row) {i + 1, 40 + i, 0, 1000}));
    expect(store->outbox_code(store, 1, 5, 3));
    expect(store->outbox_code(store, 1, 6, 3)); /* of the other pair: nothing happens */
    expect(store->commit(store));
    expect(store->outbox_next(store, 1, 0, false, 99, arena_of(state), &rows, &count));
    assert_int_equal(count, 4);
    static const int64_t serials[] = {1, 3, 7, 9};
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].serial, serials[i]);
        assert_int_equal(rows[i].seal, serials[i] + 39);
        assert_int_equal(rows[i].code, 0);
        assert_int_equal(rows[i].since, 1000);
    }
    expect(store->outbox_next(store, 1, 3, true, 2, arena_of(state), &rows, &count));
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].serial, 5);
    assert_int_equal(rows[0].code, 3);
    assert_int_equal(rows[1].serial, 7);
    expect(store->outbox_next(store, 3, 0, true, 9, arena_of(state), &rows, &count));
    assert_int_equal(count, 0);
}

/* ---- dossiers ------------------------------------------------------------------------------ */

/* Some are mobilities, some agreements, which are looked for in another way. */
static void dossiers_come_in_pages(void **state)
{
    enum { RARE = 20 };
    struct store *store = store_of(state);
    expect(store->begin(store));
    for (unsigned i = 0; i < 40; i++) {
        struct store_dossier dossier = {.place = {1 + i % 2, i / 2 % 2, {{0, (uint8_t)(255 - i)}}},
                                        .state = i % 3 == 2 ? RARE : i % 3};
        expect(store->dossier_put(store, &dossier));
        expect(store->dossier_put(store, &dossier)); /* replaced */
    }
    expect(store->commit(store));
    static const struct {
        uint32_t pair;
        int state, opened;
        size_t total;
    } cases[] = {{0, -1, -1, 40}, {2, -1, -1, 20}, {0, 1, -1, 13},   {1, -1, 1, 10},
                 {3, -1, -1, 0},  {1, RARE, 0, 3}, {0, RARE, -1, 13}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct store_dossier_query query = {cases[i].pair,
                                            cases[i].state < 0 ? 0 : UINT64_C(1) << cases[i].state,
                                            cases[i].opened, NULL, 3};
        struct store_place last = {0};
        size_t total = 0, count;
        do {
            struct store_dossier *page;
            expect(store->dossier_list(store, &query, arena_of(state), &page, &count));
            for (size_t j = 0; j < count; j++) {
                const struct store_place *place = &page[j].place;
                uint64_t key = (uint64_t)place->pair << 16 |
                               (uint64_t)place->opened_by_partner << 8 | place->dossier.bytes[1];
                uint64_t before = (uint64_t)last.pair << 16 |
                                  (uint64_t)last.opened_by_partner << 8 | last.dossier.bytes[1];
                assert_true(key > before);
                assert_true(!cases[i].pair || place->pair == cases[i].pair);
                assert_true(cases[i].state < 0 || (int)page[j].state == cases[i].state);
                last = *place;
            }
            total += count;
            query.after = &last;
        } while (count > 0);
        assert_int_equal(total, cases[i].total);
    }
    /* A place of a smaller pair stands before the first of this one. */
    struct store_place before = {1, true, {{0}}};
    struct store_dossier_query query = {2, 0, -1, &before, 99};
    struct store_dossier *page;
    size_t count;
    expect(store->dossier_list(store, &query, arena_of(state), &page, &count));
    assert_int_equal(count, 20);
}

static void a_dossier_comes_back_as_it_was_put(void **state)
{
    struct store *store = store_of(state);
    struct store_dossier put_ = {.place = store_picture_record(0).place,
                                 .state = 4,
                                 .revision = 7,
                                 .transcript = 8,
                                 .lengths = {2, 3},
                                 .incomplete = 4,
                                 .not_understood = 5,
                                 .forked = {false, true},
                                 .changed_at = 99,
                                 .facts = {.sources = {7, [FACTS_RECOGNITION] = INT64_MAX},
                                           .year = 2026,
                                           .isced_f = 10011,
                                           .taken = UINT32_MAX,
                                           .components_passed = 5,
                                           .unit = "12345678901234567890123456789012"}},
                         found;
    bool here;
    expect(store->begin(store));
    expect(store->dossier_put(store, &put_));
    expect(store->commit(store));
    expect(store->dossier_get(store, &put_.place, &here, &found));
    assert_true(here);
    assert_int_equal(found.state, 4);
    assert_int_equal(found.revision, 7);
    assert_int_equal(found.transcript, 8);
    assert_int_equal(found.lengths[0], 2);
    assert_int_equal(found.lengths[1], 3);
    assert_int_equal(found.incomplete, 4);
    assert_int_equal(found.not_understood, 5);
    assert_false(found.forked[0]);
    assert_true(found.forked[1]);
    assert_int_equal(found.changed_at, 99);
    assert_memory_equal(&found.facts, &put_.facts, sizeof found.facts);
    put_.place.opened_by_partner = true;
    expect(store->dossier_get(store, &put_.place, &here, &found));
    assert_false(here);
}

/* ---- the desk ------------------------------------------------------------------------------ */

static void what_waits_for_the_guard_goes_in_order(void **state)
{
    struct store *store = store_of(state);
    struct store_ready ready[4], *list;
    size_t count;
    expect(store->begin(store));
    for (uint32_t i = 0; i < 4; i++) {
        ready[i] = (struct store_ready) {0, 1 + i % 2, 0, bytes_text("packed")};
        expect(store->ready_put(store, &ready[i]));
        assert_true(i == 0 || ready[i].number > ready[i - 1].number);
    }
    expect(store->ready_code(store, ready[2].number, 7));
    expect(store->commit(store));
    expect(store->ready_list(store, 1, 0, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].number, ready[0].number);
    assert_int_equal(list[0].code, 0);
    assert_true(bytes_equal(list[0].wire, ready[0].wire));
    assert_int_equal(list[1].number, ready[2].number);
    assert_int_equal(list[1].code, 7);
    expect(store->ready_list(store, 0, ready[0].number, 2, arena_of(state), &list, &count));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].pair, 2);
    int64_t last = ready[3].number;
    expect(store->begin(store));
    expect(store->ready_remove(store, last));
    expect(store->ready_put(store, &ready[3]));
    assert_true(ready[3].number > last); /* no number is given twice */
    expect(store->commit(store));
}

static void the_same_row_is_the_same_draft(void **state)
{
    struct store *store = store_of(state);
    struct digest row = store_picture_id(1);
    struct store_draft draft = {.pair = 1,
                                .row = row,
                                .body = bytes_text("a nomination"),
                                .changed_at = 5},
                       *found, *list;
    size_t count;
    expect(store->begin(store));
    expect(store->draft_put(store, &draft));
    expect(store->draft_find(store, 1, &row, arena_of(state), &found));
    assert_int_equal(found->number, draft.number);
    expect(store->draft_find(store, 2, &row, arena_of(state), &found));
    assert_null(found);
    draft.body = bytes_text("a corrected nomination");
    draft.sent = true;
    draft.dossier.bytes[0] = 9;
    int64_t number = draft.number;
    expect(store->draft_put(store, &draft));
    assert_int_equal(draft.number, number);
    expect(store->commit(store));
    expect(store->draft_list(store, false, 0, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 0);
    expect(store->draft_list(store, true, 0, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 1);
    assert_true(bytes_equal(list[0].body, draft.body));
    assert_int_equal(list[0].dossier.bytes[0], 9);
    assert_int_equal(list[0].changed_at, 5);
    expect(store->draft_list(store, true, number, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 0);
    expect(store->begin(store));
    expect(store->draft_remove(store, number));
    expect(store->draft_remove(store, number));
    expect(store->commit(store));
    expect(store->draft_find(store, 1, &row, arena_of(state), &found));
    assert_null(found);
}

static void an_idempotency_key_remembers_its_answer(void **state)
{
    struct store *store = store_of(state);
    struct digest key = store_picture_id(1), other = store_picture_id(2);
    struct store_request request = {true, store_picture_id(3), bytes_text("the answer")}, found;
    expect(store->begin(store));
    expect(store->request_put(store, &key, &request));
    expect(store->commit(store));
    expect(store->request_get(store, &key, arena_of(state), &found));
    assert_true(found.found);
    assert_true(digest_equal(&found.content, &request.content));
    assert_true(bytes_equal(found.answer, request.answer));
    expect(store->request_get(store, &other, arena_of(state), &found));
    assert_false(found.found);
}

static void a_value_is_replaced_by_the_next(void **state)
{
    struct store *store = store_of(state);
    struct bytes found;
    expect(store->begin(store));
    expect(store->value_put(store, "gate", bytes_text("1")));
    expect(store->value_put(store, "gate counter", bytes_text("2")));
    expect(store->value_put(store, "gate", bytes_text("three")));
    expect(store->commit(store));
    expect(store->value_get(store, "gate", arena_of(state), &found));
    assert_true(bytes_equal(found, bytes_text("three")));
    expect(store->value_get(store, "gate counter", arena_of(state), &found));
    assert_true(bytes_equal(found, bytes_text("2")));
    expect(store->value_get(store, "gat", arena_of(state), &found));
    assert_int_equal(found.size, 0);
}

static void expect_values(void **state, const char *prefix, const char *after, size_t max,
                          const char *wanted)
{
    struct store_value *list;
    size_t count;
    char found[64] = "";
    expect(store_of(state)->value_list(store_of(state), prefix, after, max, arena_of(state), &list,
                                       &count));
    for (size_t i = 0; i < count; i++) {
        strcat(strcat(found, " "), list[i].name);
        assert_true(bytes_equal(list[i].value, bytes_text(list[i].name)));
    }
    assert_string_equal(found, wanted);
}

static void values_are_listed_by_the_beginning_of_their_names(void **state)
{
    static const char *const names[] = {"user/b",  "user",  "user/",  "user/a",
                                        "user/ab", "user0", "token/b"};
    struct store *store = store_of(state);
    expect(store->begin(store));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        expect(store->value_put(store, names[i], bytes_text(names[i])));
    expect(store->commit(store));
    expect_values(state, "user/", NULL, 9, " user/ user/a user/ab user/b");
    expect_values(state, "user/", "user/", 9, " user/a user/ab user/b");
    expect_values(state, "user/", "user/a", 1, " user/ab");
    expect_values(state, "user/", "token/b", 2, " user/ user/a");
    expect_values(state, "user/", "user/b", 9, "");
    expect_values(state, "user/", "user0", 9, "");
    expect_values(state, "user/a", NULL, 9, " user/a user/ab");
    expect_values(state, "webhook/", NULL, 9, "");
}

/* Processor time of so many lists of one value. */
static clock_t listing(void **state, const char *prefix)
{
    enum { TIMES = 300 };
    clock_t begun = clock();
    for (int i = 0; i < TIMES; i++) {
        struct arena_mark mark = arena_mark(arena_of(state));
        struct store_value *list;
        size_t count;
        expect(store_of(state)->value_list(store_of(state), prefix, NULL, 9, arena_of(state), &list,
                                           &count));
        assert_int_equal(count, 1);
        arena_rewind(arena_of(state), mark);
    }
    return clock() - begun;
}

/* A year's places are counted by such lists, at each nomination. */
static void a_list_of_values_costs_the_same_before_many_others_and_behind_them(void **state)
{
    enum { MANY = 20000, SLACK = 20 };
    struct store *store = store_of(state);
    char name[16];
    expect(store->begin(store));
    expect(store->value_put(store, "a/1", bytes_text("1")));
    expect(store->value_put(store, "z/1", bytes_text("1")));
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "m/%d", i);
        expect(store->value_put(store, name, bytes_text("1")));
    }
    expect(store->commit(store));
    (void)listing(state, "a/");
    clock_t before = listing(state, "a/");
    assert_true(listing(state, "z/") < SLACK * (before + CLOCKS_PER_SEC / 1000));
}

static void a_removed_value_is_gone(void **state)
{
    struct store *store = store_of(state);
    struct bytes found;
    expect(store->begin(store));
    expect(store->value_put(store, "user/a", bytes_text("user/a")));
    expect(store->value_put(store, "user/b", bytes_text("user/b")));
    expect(store->commit(store));
    expect(store->begin(store));
    expect(store->value_remove(store, "user/a"));
    expect(store->value_remove(store, "user/c"));
    expect(store->commit(store));
    expect(store->value_get(store, "user/a", arena_of(state), &found));
    assert_int_equal(found.size, 0);
    expect_values(state, "user/", NULL, 9, " user/b");
}

static int64_t tell(struct store *store, struct store_event event)
{
    expect(store->event_put(store, &event));
    return event.cursor;
}

static void events_come_back_in_the_order_of_happening(void **state)
{
    struct store *store = store_of(state);
    struct store_record record = store_picture_record(3);
    struct store_event *list;
    size_t count;
    record.lane = 1;
    expect(store->begin(store));
    int64_t serial = put(store, record);
    int64_t first =
        tell(store, (struct store_event) {
                        .at = 7, .kind = 6, .pair = 1, .serial = serial, .before = 1, .state = 2});
    int64_t second = tell(store, (struct store_event) {.at = 8, .kind = 4, .pair = 2, .code = 9});
    expect(store->commit(store));
    assert_true(0 < first && first < second);
    expect(store->event_list(store, 0, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].cursor, first);
    assert_int_equal(list[0].at, 7);
    assert_int_equal(list[0].kind, 6);
    assert_int_equal(list[0].before, 1);
    assert_int_equal(list[0].state, 2);
    assert_memory_equal(&list[0].place, &record.place, sizeof record.place);
    assert_int_equal(list[0].lane, 1);
    assert_int_equal(list[0].index, 3);
    assert_int_equal(list[0].record_kind, record.kind);
    assert_int_equal(list[1].pair, 2);
    assert_int_equal(list[1].place.pair, 2);
    assert_int_equal(list[1].code, 9);
    assert_int_equal(list[1].record_kind, 0);
    expect(store->event_list(store, first, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].cursor, second);
    expect(store->event_list(store, 0, 1, arena_of(state), &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].cursor, first);
    expect(store->event_list(store, second, 9, arena_of(state), &list, &count));
    assert_int_equal(count, 0);
}

static void no_cursor_is_given_twice(void **state)
{
    struct store *store = store_of(state);
    const struct store_event event = {.at = 1, .kind = 1, .pair = 1};
    int64_t oldest, newest, last = 0;
    expect(store->event_bounds(store, &oldest, &newest));
    assert_int_equal(oldest, 0);
    assert_int_equal(newest, 0);
    for (int i = 0; i < 10; i++) {
        expect(store->begin(store));
        int64_t cursor = tell(store, event);
        assert_true(cursor > last);
        last = cursor;
        expect(store->event_trim(store, 3));
        expect(store->commit(store));
        expect(store->event_bounds(store, &oldest, &newest));
        assert_int_equal(newest, last);
        assert_int_equal(oldest, last > 3 ? last - 2 : 1);
    }
    expect(store->begin(store));
    expect(store->event_trim(store, 1));
    expect(store->commit(store));
    expect(store->event_bounds(store, &oldest, &newest));
    assert_int_equal(oldest, last);
    expect(store->begin(store));
    assert_true(tell(store, event) > last);
    expect(store->commit(store));
}

/* Whatever the budget: a fault, or the whole answer. */
static void a_spent_arena_is_a_fault_and_breaks_nothing(void **state)
{
    struct store *store = store_of(state);
    struct store_record wanted = store_picture_record(1), *records;
    struct store_signed seal = {0, 1, bytes_text("a seal"), bytes_text("its leaves")}, *found;
    size_t count, whole = 0;
    expect(store->begin(store));
    put(store, store_picture_record(0));
    put(store, wanted);
    expect(store->seal_put(store, &seal));
    for (size_t budget = 0; budget < 2000; budget++) {
        struct arena *small = arena_open(budget);
        enum fault fault = store->record_scan(store, 0, 9, small, &records, &count);
        if (fault == FAULT_NONE) {
            assert_int_equal(count, 2);
            assert_true(bytes_equal(records[1].header, wanted.header));
            assert_true(bytes_equal(records[1].salt, wanted.salt));
            assert_true(bytes_equal(records[1].body, wanted.body));
            whole++;
        } else {
            assert_int_equal(fault, FAULT_MEMORY);
            assert_int_equal(whole, 0);
        }
        arena_reset(small);
        fault = store->seal_get(store, seal.number, small, &found);
        assert_true(fault == FAULT_NONE || fault == FAULT_MEMORY);
        assert_true(fault == FAULT_MEMORY || bytes_equal(found->leaves, seal.leaves));
        arena_close(small);
    }
    assert_true(whole > 0);
    expect(store->commit(store));
}

/* ---- side by side -------------------------------------------------------------------------- */

static void both_stores_hold_the_same_after_the_same_changes(void **)
{
    struct store *stores[2] = {store_memory_open(), NULL};
    expect(store_sqlite_open(":memory:", &stores[1]));
    for (uint64_t group = 1; group <= 60; group++) {
        for (size_t i = 0; i < 2; i++) {
            expect(stores[i]->begin(stores[i]));
            for (uint64_t change = 0; change < 10; change++)
                expect(store_picture_change(stores[i], group * 77777 + change));
            if (group % 4 == 0)
                stores[i]->rollback(stores[i]);
            else
                expect(stores[i]->commit(stores[i]));
        }
        if (group % 10 != 0)
            continue;
        char *pictures[2] = {store_picture(stores[0]), store_picture(stores[1])};
        assert_string_equal(pictures[0], pictures[1]);
        free(pictures[0]);
        free(pictures[1]);
    }
    stores[0]->close(stores[0]);
    stores[1]->close(stores[1]);
}

/* ---- the memory store alone ---------------------------------------------------------------- */

static void a_copy_holds_what_was_committed_and_goes_its_own_way(void **)
{
    struct store *store = store_memory_open();
    for (uint64_t group = 1; group <= 20; group++) {
        expect(store->begin(store));
        for (uint64_t change = 0; change < 10; change++)
            expect(store_picture_change(store, group * 1000 + change));
        expect(store->commit(store));
    }
    char *committed = store_picture(store);
    expect(store->begin(store));
    for (uint64_t change = 0; change < 50; change++)
        expect(store_picture_change(store, 999000 + change));
    struct store *copy = store_memory_copy(store);
    assert_non_null(copy);
    char *copied = store_picture(copy);
    assert_string_equal(committed, copied);
    char *inside = store_picture(store);
    expect(copy->begin(copy));
    for (uint64_t change = 0; change < 50; change++)
        expect(store_picture_change(copy, 555000 + change));
    expect(copy->commit(copy));
    char *still_inside = store_picture(store);
    assert_string_equal(inside, still_inside);
    store->rollback(store);
    char *rolled_back = store_picture(store);
    assert_string_equal(committed, rolled_back);
    store->close(store);
    copy->close(copy);
    free(committed);
    free(copied);
    free(inside);
    free(still_inside);
    free(rolled_back);
}

static const struct CMUnitTest claims[] = {
    cmocka_unit_test(a_rollback_undoes_every_change),
    cmocka_unit_test(reads_inside_a_transaction_see_it),
    cmocka_unit_test(a_pair_keeps_its_number),
    cmocka_unit_test(a_record_comes_back_as_it_was_put),
    cmocka_unit_test(a_body_of_the_largest_size_comes_back),
    cmocka_unit_test(serials_ascend_in_the_order_of_arrival),
    cmocka_unit_test(a_dossier_is_listed_in_the_order_of_its_lanes),
    cmocka_unit_test(both_branches_of_a_fork_are_kept),
    cmocka_unit_test(a_clashing_dossier_name_touches_nothing),
    cmocka_unit_test(flags_are_set_and_cleared_one_by_one),
    cmocka_unit_test(a_body_fills_an_empty_place_only),
    cmocka_unit_test(a_record_is_sealed_after_it_was_put),
    cmocka_unit_test(seals_and_receipts_are_numbered_apart),
    cmocka_unit_test(a_linked_receipt_makes_the_record_receipted),
    cmocka_unit_test(theirs_lack_a_receipt_until_it_is_linked),
    cmocka_unit_test(ours_lack_a_receipt_while_they_are_in_the_outbox),
    cmocka_unit_test(every_span_is_what_a_scan_finds_in_it),
    cmocka_unit_test(a_point_leads_to_its_record),
    cmocka_unit_test(each_row_of_the_outbox_keeps_its_seal),
    cmocka_unit_test(the_outbox_goes_in_order_and_leaves_stuck_rows_out),
    cmocka_unit_test(dossiers_come_in_pages),
    cmocka_unit_test(a_dossier_comes_back_as_it_was_put),
    cmocka_unit_test(what_waits_for_the_guard_goes_in_order),
    cmocka_unit_test(the_same_row_is_the_same_draft),
    cmocka_unit_test(an_idempotency_key_remembers_its_answer),
    cmocka_unit_test(a_value_is_replaced_by_the_next),
    cmocka_unit_test(values_are_listed_by_the_beginning_of_their_names),
    cmocka_unit_test(a_list_of_values_costs_the_same_before_many_others_and_behind_them),
    cmocka_unit_test(a_removed_value_is_gone),
    cmocka_unit_test(events_come_back_in_the_order_of_happening),
    cmocka_unit_test(no_cursor_is_given_twice),
    cmocka_unit_test(a_spent_arena_is_a_fault_and_breaks_nothing),
};
enum { CLAIMS = sizeof claims / sizeof *claims };

/* Every claim on one store; its name comes after the store's. */
static int run(const char *store, CMFixtureFunction open)
{
    struct CMUnitTest tests[CLAIMS];
    char names[CLAIMS][128];
    for (size_t i = 0; i < CLAIMS; i++) {
        snprintf(names[i], sizeof names[i], "%s: %s", store, claims[i].name);
        tests[i] = (struct CMUnitTest) {names[i], claims[i].test_func, open, leave, NULL};
    }
    return cmocka_run_group_tests_name(store, tests, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest apart[] = {
        cmocka_unit_test(both_stores_hold_the_same_after_the_same_changes),
        cmocka_unit_test(a_copy_holds_what_was_committed_and_goes_its_own_way),
    };
    int failed = run("memory", open_memory);
    failed += run("sqlite", open_sqlite);
    return failed + cmocka_run_group_tests_name("apart", apart, NULL, NULL);
}
