/* links: base seal record trust wire rules channel stream store engine sim */
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "sim/alarms.h"
#include "sim/burden.h"
#include "sim/checks.h"
#include "sim/ledger.h"
#include "sim/oracle.h"
#include "sim/pact.h"
#include "sim/passage.h"
#include "sim/people.h"
#include "sim/reread.h"
#include "store/store_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The oracle is on trial here: each of its looks must go red on a world that was made wrong by
 * hand, past the nodes' logic. */

enum { ARENA = 64 * 1024 * 1024, HELMO = 0, HASSELT = 1 };

static const char *const pair[] = {"helmo.be", "uhasselt.be"};

struct fixture {
    struct world *world;
    struct oracle *oracle;
    struct arena *arena;
    struct store *made; /* a store of the test's own that a node was given */
};

static int begin(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture) {.world = world_open(7, pair, 2), .arena = arena_open(ARENA)};
    fixture.oracle = oracle_open(fixture.world);
    *state = &fixture;
    return fixture.oracle && world_settle(fixture.world, INSTANT_SECOND) ? 0 : -1;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    oracle_close(fixture->oracle);
    world_close(fixture->world);
    if (fixture->made)
        fixture->made->close(fixture->made);
    arena_close(fixture->arena);
    return 0;
}

static struct event_submission nomination(struct fixture *fixture, const char *name,
                                          const char *key)
{
    struct play_dossier student = {0};
    snprintf(student.name, sizeof student.name, "%s", name);
    return (struct event_submission) {
        .own = pair[HELMO],
        .partner = pair[HASSELT],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, fixture->arena),
        .request = key ? bytes_text(key) : (struct bytes) {0},
    };
}

static struct event_answer nominate(struct fixture *fixture, const char *name)
{
    struct event_submission submission = nomination(fixture, name, NULL);
    struct event_answer answer = world_submit(fixture->world, HELMO, &submission);
    assert_int_equal(answer.verdict, VERDICT_FINE);
    return answer;
}

static void settle(struct fixture *fixture)
{
    assert_true(world_settle(fixture->world, 60 * (int64_t)INSTANT_SECOND));
}

/* What the oracle says begins so. */
static void assert_says(const char *said, const char *begins)
{
    assert_non_null(said);
    if (strncmp(said, begins, strlen(begins)) != 0)
        assert_string_equal(said, begins);
}

/* The row of an invariant by its name, of those that are looked at. */
static const char *look(struct fixture *fixture, const char *name)
{
    const char *said = NULL;
    for (size_t row = 0; oracle_name(row) && !said; row++)
        if (strcmp(oracle_name(row), name) == 0)
            said = oracle_look_at(fixture->oracle, row);
    return said;
}

static void an_honest_world_at_rest_keeps_every_invariant(void **state)
{
    nominate(*state, "A");
    settle(*state);
    assert_null(oracle_look(((struct fixture *)*state)->oracle));
}

static void each_invariant_has_a_name_and_a_sentence(void **)
{
    size_t rows = 0;
    for (; oracle_name(rows); rows++) {
        assert_int_equal(oracle_name(rows)[0], 'I');
        assert_true(strlen(oracle_sentence(rows)) > 10);
    }
    assert_true(rows >= 10);
    assert_null(oracle_sentence(rows));
}

/* ---- stores that were made wrong ---- */

/* The node goes on with another store than its own, and nobody says so. */
static struct store *store_swap(struct fixture *fixture, size_t node, struct store *store)
{
    assert_non_null(store);
    world_stop(fixture->world, node);
    world_house(fixture->world, node, store);
    fixture->made = store;
    return store;
}

static void a_receipted_record_that_the_receiver_lost_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct store *before = store_memory_copy(world_store(fixture->world, HASSELT));
    nominate(fixture, "A");
    settle(fixture);
    store_swap(fixture, HASSELT, before);
    assert_says(look(fixture, "I1"), "I1: helmo.be ");
    assert_non_null(strstr(look(fixture, "I1"), "it was receipted, and is not held"));
}

static void a_record_that_its_author_lost_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct store *before = store_memory_copy(world_store(fixture->world, HELMO));
    nominate(fixture, "A");
    settle(fixture);
    store_swap(fixture, HELMO, before);
    assert_non_null(strstr(look(fixture, "I1"), "a user was told that it is kept"));
}

static void what_a_restore_took_and_nobody_gave_back_is_seen(void **state)
{
    struct fixture *fixture = *state;
    world_backup(fixture->world, HASSELT);
    nominate(fixture, "A");
    settle(fixture);
    world_stop(fixture->world, HASSELT);
    world_restore(fixture->world, HASSELT);
    assert_says(look(fixture, "I14"), "I14: helmo.be ");
    assert_null(look(fixture, "I1")); /* it has its own name */
    assert_says(look(fixture, "I13"), "I13: helmo.be was never told what a restore did");
    assert_true(world_start(fixture->world, HASSELT));
    settle(fixture);
    assert_null(oracle_look(fixture->oracle));
}

static void hasselt_goes_back(struct fixture *fixture)
{
    world_stop(fixture->world, HASSELT);
    world_restore(fixture->world, HASSELT);
    assert_true(world_start(fixture->world, HASSELT));
}

static void what_was_receipted_and_is_judged_again_is_seen(void **state)
{
    struct fixture *fixture = *state;
    world_backup(fixture->world, HASSELT);
    nominate(fixture, "A");
    settle(fixture);
    hasselt_goes_back(fixture);
    settle(fixture);
    assert_null(oracle_look(fixture->oracle));
    struct store *store = world_store(fixture->world, HASSELT);
    struct store_record *records;
    size_t count;
    assert_int_equal(store->record_scan(store, 0, 1, fixture->arena, &records, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(store->begin(store), 0);
    assert_int_equal(store->record_flag(store, records[0].serial, 0, STORE_RECOVERED), 0);
    assert_int_equal(store->commit(store), 0);
    const char *said = look(fixture, "I2");
    assert_non_null(said);
    assert_non_null(strstr(said, "was judged again when it came back after a restore"));
}

/* Its author died before he had kept it: he has nothing to show, and nothing to be told. */
static void a_receipt_that_nobody_kept_is_none(void **state)
{
    struct fixture *fixture = *state;
    world_backup(fixture->world, HASSELT);
    world_fall(fixture->world, HELMO, WORLD_CRASH_BEFORE_COMMIT, "receipt");
    nominate(fixture, "A");
    settle(fixture);
    assert_false(world_up(fixture->world, HELMO));
    hasselt_goes_back(fixture);
    assert_true(world_start(fixture->world, HELMO));
    settle(fixture);
    assert_null(oracle_look(fixture->oracle));
}

static void what_both_lost_may_be_missing(void **state)
{
    struct fixture *fixture = *state;
    world_backup(fixture->world, HELMO);
    world_cut(fixture->world, HELMO, HASSELT, true);
    nominate(fixture, "A");
    world_stop(fixture->world, HELMO);
    world_restore(fixture->world, HELMO);
    world_cut(fixture->world, HELMO, HASSELT, false);
    assert_true(world_start(fixture->world, HELMO));
    settle(fixture);
    nominate(fixture, "B");
    settle(fixture);
    assert_null(oracle_look(fixture->oracle));
}

static void what_waits_at_rest_is_seen(void **state)
{
    struct fixture *fixture = *state;
    world_cut(fixture->world, HELMO, HASSELT, true);
    nominate(fixture, "A");
    assert_says(oracle_look(fixture->oracle), "I4: helmo.be has a record without a receipt");
    assert_says(oracle_restless(fixture->oracle), "helmo.be has a record without a receipt");
    world_stop(fixture->world, HASSELT);
    assert_non_null(look(fixture, "I4"));
    assert_non_null(look(fixture, "I3"));
}

/* The first record of a node's store with its seal, changed by the test, alone in a new store. */
struct forgery {
    struct store_record record;
    struct store_signed seal;
};

static struct forgery record_take(struct fixture *fixture, size_t node)
{
    struct store *store = world_store(fixture->world, node);
    struct store_record *rows;
    struct store_signed *seal;
    size_t count;
    assert_int_equal(store->record_scan(store, 0, 1, fixture->arena, &rows, &count), FAULT_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(store->seal_get(store, rows->seal, fixture->arena, &seal), FAULT_NONE);
    return (struct forgery) {*rows, *seal};
}

static struct store *store_of(const struct forgery *forgery, size_t own)
{
    struct store *store = store_memory_open();
    struct store_record record = forgery->record;
    struct store_signed seal = forgery->seal;
    assert_non_null(store);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->pair_open(store, pair[own], pair[1 - own], &record.place.pair),
                     FAULT_NONE);
    seal.pair = record.place.pair;
    assert_int_equal(store->seal_put(store, &seal), FAULT_NONE);
    record.seal = record.seal ? seal.number : 0;
    record.flags &= ~(uint32_t)STORE_RECEIPTED;
    assert_int_equal(store->record_put(store, &record), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    return store;
}

static struct bytes flipped(struct fixture *fixture, struct bytes bytes, size_t at)
{
    struct bytes copy = arena_copy(fixture->arena, bytes);
    assert_true(at < copy.size);
    ((uint8_t *)copy.data)[at] ^= 1;
    return copy;
}

static void nothing_at_all(struct fixture *, struct forgery *)
{
}

static void of_the_header(struct fixture *fixture, struct forgery *forgery)
{
    forgery->record.header = flipped(fixture, forgery->record.header, 20);
}

static void of_the_body(struct fixture *fixture, struct forgery *forgery)
{
    forgery->record.body = flipped(fixture, forgery->record.body, 5);
}

static void of_the_salt(struct fixture *fixture, struct forgery *forgery)
{
    forgery->record.salt = flipped(fixture, forgery->record.salt, 5);
}

static void of_the_place(struct fixture *, struct forgery *forgery)
{
    forgery->record.index++;
}

static void of_the_signature(struct fixture *fixture, struct forgery *forgery)
{
    forgery->seal.wire = flipped(fixture, forgery->seal.wire, forgery->seal.wire.size - 1);
}

static void of_the_statement(struct fixture *fixture, struct forgery *forgery)
{
    forgery->seal.wire = flipped(fixture, forgery->seal.wire, 10);
}

static void of_the_leaves(struct fixture *fixture, struct forgery *forgery)
{
    forgery->seal.leaves = flipped(fixture, forgery->seal.leaves, 3);
}

static void of_the_seal_place(struct fixture *, struct forgery *forgery)
{
    forgery->record.seal_index++;
}

static void that_nobody_sealed(struct fixture *, struct forgery *forgery)
{
    forgery->record.seal = 0;
}

/* I5: whatever is changed in what is durable, a stranger sees it. */
static void a_stranger_sees_each_change_of_a_store(void **state)
{
    static const struct {
        void (*change)(struct fixture *fixture, struct forgery *forgery);
        const char *says;
    } rows[] = {
        {nothing_at_all, NULL},
        {of_the_header, "its id is not the digest of its header"},
        {of_the_body, "its body is not what its header commits to"},
        {of_the_salt, "its body is not what its header commits to"},
        {of_the_place, "it stands at another place than its header says"},
        {of_the_signature, "its seal: no key of its issuer signed it"},
        {of_the_statement, "its seal: no key of its issuer signed it"},
        {of_the_leaves, "its seal: the record is not at its place among the leaves"},
        {of_the_seal_place, "its seal: it counts other records"},
        {that_nobody_sealed, "nobody sealed it"},
    };
    struct fixture *fixture = *state;
    nominate(fixture, "A");
    settle(fixture);
    struct forgery honest = record_take(fixture, HASSELT);
    world_stop(fixture->world, HASSELT);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forgery forgery = honest;
        rows[i].change(fixture, &forgery);
        struct store *store = store_of(&forgery, HASSELT);
        store_swap(fixture, HASSELT, store);
        const char *said = reread_store(fixture->world, HASSELT, NULL, fixture->arena);
        if (!rows[i].says)
            assert_null(said);
        else
            assert_non_null(said && strstr(said, rows[i].says) ? said : NULL);
        if (i + 1 < sizeof rows / sizeof *rows)
            store->close(store);
    }
}

/* The catalogue that the receiver had says so, and it took the record all the same. */
static void a_record_under_a_key_that_had_ended_or_was_revoked_is_seen(void **state)
{
    struct fixture *fixture = *state;
    world_run(fixture->world, 10 * (int64_t)INSTANT_SECOND);
    uint64_t now = instant_seconds(world_now(fixture->world));
    nominate(fixture, "A");
    settle(fixture);
    const struct catalogue *catalogue = world_catalogue(fixture->world);
    struct catalogue_key *key =
        (struct catalogue_key *)catalogue_institution(catalogue, pair[HELMO])->keys;
    const struct catalogue_key right = *key;
    assert_null(look(fixture, "I5"));
    key->until = now;
    assert_non_null(strstr(look(fixture, "I5"), "its key was not in force when it was made"));
    *key = right;
    key->from = now + 1;
    assert_non_null(strstr(look(fixture, "I5"), "its key was not in force when it was made"));
    *key = right;
    key->revoked_at = now + 1; /* whatever time the seal names */
    assert_non_null(strstr(look(fixture, "I5"), "its key was revoked before it was taken"));
    *key = right;
    assert_null(look(fixture, "I5"));
}

/* Records of one dossier in a new store, as rows of the node of the test's choice. */
static void lane_put(struct fixture *fixture, const uint32_t *indices, size_t count)
{
    struct forgery one = record_take(fixture, HASSELT);
    struct store *store = store_of(&one, HASSELT);
    assert_int_equal(store->begin(store), FAULT_NONE);
    for (size_t i = 0; i < count; i++) {
        struct store_record record = one.record;
        record.place.pair = 1;
        record.seal = 1;
        record.index = indices[i];
        record.id.bytes[0] ^= (uint8_t)(i + 1);
        assert_int_equal(store->record_put(store, &record), FAULT_NONE);
    }
    assert_int_equal(store->commit(store), FAULT_NONE);
    store_swap(fixture, HASSELT, store);
}

static void a_lane_that_arrived_out_of_order_is_seen(void **state)
{
    nominate(*state, "A");
    settle(*state);
    lane_put(*state, (const uint32_t[]) {2, 1}, 2);
    assert_says(look(*state, "I6"), "I6: at uhasselt.be");
}

static void two_statements_at_one_place_are_seen(void **state)
{
    nominate(*state, "A");
    settle(*state);
    lane_put(*state, (const uint32_t[]) {1, 1}, 2);
    assert_says(look(*state, "I12"), "I12: uhasselt.be and helmo.be: a lane has two records");
}

/* ---- what is watched all the time ---- */

static void a_canary_in_a_frame_is_seen(void **state)
{
    struct fixture *fixture = *state;
    uint8_t wire[] = "....personalUniqueCode....";
    struct world_passing passing = {
        .from = HELMO, .to = HASSELT, .what = "deliver", .wire = wire, .size = sizeof wire};
    oracle_frame(fixture->oracle, &passing);
    assert_says(oracle_look(fixture->oracle), "I8: a deliver of helmo.be shows a student's");
}

static struct world_event arrived(const char *what, struct world_work work)
{
    return (struct world_event) {.deed = WORLD_ARRIVED,
                                 .at = world_beginning(),
                                 .node = HELMO,
                                 .other = HASSELT,
                                 .what = what,
                                 .size = 600,
                                 .work = work};
}

static void a_frame_that_costs_too_much_is_seen(void **state)
{
    static const struct {
        const char *what;
        struct world_work work;
        const char *says; /* NULL: it may cost that */
    } rows[] = {
        {"deliver", {.verified = 1, .writes = 160, .memory = 100000}, NULL},
        {"deliver", {.verified = 2}, "I9: a frame `deliver` of helmo.be with 600 bytes cost"},
        {"deliver", {.writes = 200}, "I9: a frame `deliver`"},
        {"ping", {.writes = 200}, "I9: a frame `ping`"},
        {"summary", {.writes = 200}, NULL},
        {"summary", {.verified = 2}, "I9: a frame `summary`"},
        {"ack", {.memory = 1000000}, "I9: a frame `ack`"},
    };
    struct fixture *fixture = *state;
    struct burden *burden = burden_open(fixture->world);
    assert_non_null(burden);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world_event event = arrived(rows[i].what, rows[i].work);
        if (rows[i].says)
            assert_says(burden_note(burden, &event), rows[i].says);
        else
            assert_null(burden_note(burden, &event));
    }
    burden_close(burden);
}

/* It is shown the receipts that it lost. */
static void who_went_back_may_verify_more(void **state)
{
    struct fixture *fixture = *state;
    struct burden *burden = burden_open(fixture->world);
    struct world_event event = arrived("deliver", (struct world_work) {.verified = 3});
    struct world_event back = {.deed = WORLD_RESTORED, .node = HASSELT, .other = HASSELT};
    assert_non_null(burden_note(burden, &event));
    assert_null(burden_note(burden, &back));
    assert_null(burden_note(burden, &event));
    event.work.verified = 5;
    assert_non_null(burden_note(burden, &event));
    burden_close(burden);
}

static void a_refused_frame_that_leaves_a_trace_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct passage *passage = passage_open(fixture->world);
    struct world_event event = arrived("deliver", (struct world_work) {.verified = 1});
    event.refused = true;
    assert_null(passage_note(passage, &event));
    event.work.writes = 1;
    assert_says(passage_note(passage, &event), "I10: uhasselt.be refused a frame `deliver`");
    event.work = (struct world_work) {.changed = true};
    assert_says(passage_note(passage, &event), "I10: uhasselt.be refused a frame `deliver`");
    passage_close(passage);
}

/* By what the oracle knows of it: the count, and the digest over all rows. */
static void no_write_of_a_store_goes_unseen(void **)
{
    struct store *store = store_memory_open();
    struct digest before, after;
    uint64_t writes = store_memory_writes(store);
    uint32_t number;
    store_memory_digest(store, &before);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->pair_open(store, pair[HELMO], pair[HASSELT], &number), FAULT_NONE);
    store_memory_digest(store, &after);
    assert_false(digest_equal(&before, &after));
    assert_true(store_memory_writes(store) > writes);
    store->rollback(store);
    store_memory_digest(store, &after);
    assert_true(digest_equal(&before, &after));
    for (uint8_t value = 0; value < 3; value++) {
        writes = store_memory_writes(store);
        before = after;
        assert_int_equal(store->begin(store), FAULT_NONE);
        assert_int_equal(value == 2 ? store->value_remove(store, "a")
                                    : store->value_put(store, "a", (struct bytes) {&value, 1}),
                         FAULT_NONE);
        assert_int_equal(store->commit(store), FAULT_NONE);
        store_memory_digest(store, &after);
        assert_true(store_memory_writes(store) > writes);
        assert_false(digest_equal(&before, &after));
    }
    struct store_event event = {.pair = number};
    assert_int_equal(store->begin(store), FAULT_NONE);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(store->event_put(store, &event), FAULT_NONE);
    store_memory_digest(store, &before);
    assert_int_equal(store->event_trim(store, 1), FAULT_NONE);
    store_memory_digest(store, &after);
    assert_false(digest_equal(&before, &after));
    assert_int_equal(store->commit(store), FAULT_NONE);
    store->close(store);
}

static struct world_event said(const struct trace_sentence *sentence)
{
    return (struct world_event) {.deed = WORLD_SAID, .at = world_beginning(), .sentence = sentence};
}

static void an_alarm_without_a_cause_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct ledger *ledger = ledger_open(fixture->world);
    struct alarms *alarms = alarms_open(fixture->world, ledger);
    const struct trace_sentence detail = {TRACE_DETAIL, "nobody cares", NULL};
    const struct trace_sentence strange = {TRACE_ALARM, "the moon fell", NULL};
    const struct trace_sentence full = {TRACE_ALARM, "the disk is full", NULL};
    struct world_event event = said(&detail);
    assert_non_null(alarms);
    assert_null(alarms_note(alarms, &event));
    event = said(&strange);
    assert_says(alarms_note(alarms, &event), "I13: helmo.be raised an alarm without a cause");
    event = said(&full);
    assert_says(alarms_note(alarms, &event), "I13: helmo.be raised an alarm without a cause");
    alarms_befell(alarms, "NODE cannot commit WORD");
    assert_null(alarms_note(alarms, &event));
    alarms_close(alarms);
    ledger_close(ledger);
}

/* ---- answers ---- */

static struct ledger *ledger_of(struct fixture *fixture, struct event_submission *submission,
                                struct event_answer *answer)
{
    struct ledger *ledger = ledger_open(fixture->world);
    assert_non_null(ledger);
    *submission = nomination(fixture, "A", "key");
    *answer = world_submit(fixture->world, HELMO, submission);
    assert_int_equal(answer->verdict, VERDICT_FINE);
    struct world_event event = {
        .deed = WORLD_SUBMITTED, .submission = submission, .answer = answer};
    assert_null(ledger_note(ledger, &event));
    return ledger;
}

static void one_request_with_two_effects_is_seen(void **state)
{
    struct event_submission submission;
    struct event_answer answer;
    struct ledger *ledger = ledger_of(*state, &submission, &answer);
    struct world_event event = {
        .deed = WORLD_SUBMITTED, .submission = &submission, .answer = &answer};
    assert_says(ledger_note(ledger, &event), "I2: at helmo.be one request under one key had two");
    answer.repeated = true;
    assert_null(ledger_note(ledger, &event));
    answer.id.bytes[0] ^= 1;
    assert_says(ledger_note(ledger, &event), "I2: helmo.be answered a repeated request with");
    ledger_close(ledger);
}

static void an_answer_for_which_there_is_no_record_is_seen(void **state)
{
    struct event_submission submission;
    struct event_answer answer;
    struct ledger *ledger = ledger_of(*state, &submission, &answer);
    struct world_event event = {
        .deed = WORLD_SUBMITTED, .submission = &submission, .answer = &answer};
    submission.request = (struct bytes) {0};
    answer.id.bytes[0] ^= 1;
    assert_says(ledger_note(ledger, &event), "I1: helmo.be answered that a record is kept");
    ledger_close(ledger);
}

/* A record that no user ever asked for: this oracle came too late to hear him. */
static void a_record_that_nobody_asked_for_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct oracle *whole = fixture->oracle;
    nominate(fixture, "A");
    fixture->oracle = oracle_open(fixture->world);
    assert_non_null(fixture->oracle);
    nominate(fixture, "B");
    settle(fixture);
    assert_says(look(fixture, "I2"), "I2: helmo.be said something that nobody asked for, or twice");
    oracle_close(fixture->oracle);
    fixture->oracle = whole;
    assert_null(look(fixture, "I2"));
}

/* ---- places ---- */

static struct event_answer speak(struct fixture *fixture, size_t node, uint32_t kind,
                                 const struct event_answer *in, struct bytes body, bool over)
{
    struct event_submission submission = {
        .own = pair[node],
        .partner = pair[1 - node],
        .kind = kind,
        .opens = !in,
        .opened_by_partner = in && node == HASSELT,
        .body = body,
        .over_quota = over,
    };
    if (in)
        submission.dossier = in->place.dossier;
    struct event_answer answer = world_submit(fixture->world, node, &submission);
    settle(fixture);
    return answer;
}

/* One place, and two students who are nominated for it. */
struct race {
    struct event_answer agreement, students[2];
};

static struct race race_begin(struct fixture *fixture)
{
    struct race race = {.agreement = speak(fixture, HELMO, PEREGRIN__KIND__KIND_TERMS, NULL,
                                           pact_terms("helmo.be", 1, NULL, fixture->arena), false)};
    speak(fixture, HASSELT, PEREGRIN__KIND__KIND_APPROVAL, &race.agreement,
          pact_approval(fixture->arena), false);
    for (size_t i = 0; i < 2; i++) {
        struct play_dossier student = {.name = {(char)('A' + i)}};
        header_dossier_text(&race.agreement.place.dossier, student.under);
        race.students[i] = speak(fixture, HELMO, PEREGRIN__KIND__KIND_NOMINATION, NULL,
                                 people_nomination(&student, fixture->arena), false);
        assert_int_equal(race.students[i].verdict, VERDICT_FINE);
    }
    return race;
}

static enum verdict accept_student(struct fixture *fixture, const struct event_answer *student,
                                   bool over)
{
    return speak(fixture, HASSELT, PEREGRIN__KIND__KIND_DECISION, student,
                 people_decision(PEREGRIN__OUTCOME__OUTCOME_ACCEPT, fixture->arena), over)
        .verdict;
}

/* What the engine counts by is gone: it believes that nobody has a place, and nobody asks for one.
 */
static void places_forget(struct fixture *fixture)
{
    struct store *store = world_store(fixture->world, HASSELT);
    struct store_value *values;
    size_t count;
    assert_int_equal(store->value_list(store, "place/", NULL, 9, fixture->arena, &values, &count),
                     0);
    assert_int_equal(count, 2);
    assert_int_equal(store->begin(store), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(store->value_remove(store, values[i].name), 0);
    assert_int_equal(store->commit(store), 0);
}

static void a_place_that_is_given_twice_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct race race = race_begin(fixture);
    assert_int_equal(accept_student(fixture, &race.students[0], false), VERDICT_FINE);
    assert_int_not_equal(accept_student(fixture, &race.students[1], false), VERDICT_FINE);
    assert_null(oracle_look(fixture->oracle));
    places_forget(fixture);
    assert_int_equal(accept_student(fixture, &race.students[1], false), VERDICT_FINE);
    assert_says(oracle_look(fixture->oracle), "I7: uhasselt.be ");
    assert_non_null(strstr(oracle_look(fixture->oracle), "it has 1 places and gave 1"));
}

static void a_place_that_somebody_wanted_beyond_the_quota_is_excepted(void **state)
{
    struct fixture *fixture = *state;
    struct race race = race_begin(fixture);
    assert_int_equal(accept_student(fixture, &race.students[0], false), VERDICT_FINE);
    assert_int_equal(accept_student(fixture, &race.students[1], true), VERDICT_FINE);
    assert_null(oracle_look(fixture->oracle));
}

/* He died after his commit, and the user who wanted it has no answer. */
static void it_is_excepted_also_where_nobody_had_an_answer(void **state)
{
    struct fixture *fixture = *state;
    struct race race = race_begin(fixture);
    assert_int_equal(accept_student(fixture, &race.students[0], false), VERDICT_FINE);
    world_fall(fixture->world, HASSELT, WORLD_CRASH_AFTER_COMMIT, "submission");
    struct event_submission over = {
        .own = pair[HASSELT],
        .partner = pair[HELMO],
        .kind = PEREGRIN__KIND__KIND_DECISION,
        .opened_by_partner = true,
        .dossier = race.students[1].place.dossier,
        .body = people_decision(PEREGRIN__OUTCOME__OUTCOME_ACCEPT, fixture->arena),
        .over_quota = true,
    };
    assert_int_equal(world_submit(fixture->world, HASSELT, &over).verdict, VERDICT_INTERNAL);
    assert_true(world_start(fixture->world, HASSELT));
    settle(fixture);
    assert_null(oracle_look(fixture->oracle));
}

static void other_terms_in_force_at_the_partner_are_seen(void **state)
{
    struct fixture *fixture = *state;
    struct store *before = NULL;
    struct event_answer terms = speak(fixture, HELMO, PEREGRIN__KIND__KIND_TERMS, NULL,
                                      pact_terms("helmo.be", 1, NULL, fixture->arena), false);
    before = store_memory_copy(world_store(fixture->world, HELMO));
    speak(fixture, HASSELT, PEREGRIN__KIND__KIND_APPROVAL, &terms, pact_approval(fixture->arena),
          false);
    assert_null(look(fixture, "I7"));
    store_swap(fixture, HELMO, before);
    assert_says(look(fixture, "I7"), "I7: helmo.be and uhasselt.be see other terms of ");
}

static void an_acceptance_that_was_refused_for_want_of_places_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct race race = race_begin(fixture);
    Peregrin__Refusal refusal = PEREGRIN__REFUSAL__INIT;
    struct store *store = world_store(fixture->world, HELMO);
    struct store_record *rows;
    size_t count;
    refusal.rule = "decision.places";
    assert_int_equal(accept_student(fixture, &race.students[0], false), VERDICT_FINE);
    assert_null(look(fixture, "I7"));
    assert_int_equal(
        store->record_list(store, &race.students[0].place, true, fixture->arena, &rows, &count), 0);
    struct store_record refused = rows[0];
    refused.kind = PEREGRIN__KIND__KIND_REFUSAL;
    refused.index = 1;
    refused.id.bytes[0] ^= 1;
    refused.body = codec_pack(&refusal.base, fixture->arena);
    assert_int_equal(store->begin(store), 0);
    assert_int_equal(store->record_put(store, &refused), 0);
    assert_int_equal(store->commit(store), 0);
    assert_non_null(
        strstr(look(fixture, "I7"), "refused a record of uhasselt.be for decision.places"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_honest_world_at_rest_keeps_every_invariant, begin, end),
        cmocka_unit_test(each_invariant_has_a_name_and_a_sentence),
        cmocka_unit_test_setup_teardown(a_receipted_record_that_the_receiver_lost_is_seen, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_record_that_its_author_lost_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(what_a_restore_took_and_nobody_gave_back_is_seen, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_was_receipted_and_is_judged_again_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_receipt_that_nobody_kept_is_none, begin, end),
        cmocka_unit_test_setup_teardown(what_both_lost_may_be_missing, begin, end),
        cmocka_unit_test_setup_teardown(what_waits_at_rest_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_stranger_sees_each_change_of_a_store, begin, end),
        cmocka_unit_test_setup_teardown(a_record_under_a_key_that_had_ended_or_was_revoked_is_seen,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_lane_that_arrived_out_of_order_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(two_statements_at_one_place_are_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_canary_in_a_frame_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_that_costs_too_much_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(who_went_back_may_verify_more, begin, end),
        cmocka_unit_test_setup_teardown(a_refused_frame_that_leaves_a_trace_is_seen, begin, end),
        cmocka_unit_test(no_write_of_a_store_goes_unseen),
        cmocka_unit_test_setup_teardown(an_alarm_without_a_cause_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(one_request_with_two_effects_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(an_answer_for_which_there_is_no_record_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_record_that_nobody_asked_for_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_place_that_is_given_twice_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_place_that_somebody_wanted_beyond_the_quota_is_excepted,
                                        begin, end),
        cmocka_unit_test_setup_teardown(it_is_excepted_also_where_nobody_had_an_answer, begin, end),
        cmocka_unit_test_setup_teardown(other_terms_in_force_at_the_partner_are_seen, begin, end),
        cmocka_unit_test_setup_teardown(an_acceptance_that_was_refused_for_want_of_places_is_seen,
                                        begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
