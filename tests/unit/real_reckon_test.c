/* links: base io real */
/* The oracle outside: what it says of dossiers that are as they should be, and of those that are
 * not; and the ledger of what was acknowledged. */
#include "real/real_asked.h"
#include "real/real_ledger.h"
#include "real/real_reckon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A matter with a nomination, two amendments, an acceptance and a transcript; and one without the
 * amendments and the transcript. */
static const struct real_matter whole = {
    .number = 7,
    .partner = 1,
    .amendments = 2,
    .accepts = true,
    .issues = true,
    .dossier = "D",
    .answered = {true, true, true, true, true},
    .ids = {"n1", "a1", "a2", "d1", "t1"},
};
static const struct real_matter matter = {
    .number = 7,
    .partner = 1,
    .accepts = true,
    .dossier = "D",
    .answered = {[REAL_DEED_NOMINATION] = true, [REAL_DEED_DECISION] = true},
    .ids = {[REAL_DEED_NOMINATION] = "n1", [REAL_DEED_DECISION] = "d1"},
};

/* As a node shows what was asked in a deed, and receipted. */
static json_t *record_of(const struct real_matter *of, enum real_deed deed, const char *id)
{
    return json_pack("{s:s, s:s, s:s, s:o}", "kind", real_ledger_kind(deed), "id", id,
                     "receipted_at", "t", "body", real_asked_body("here", of, deed));
}

/* The dossier as a node shows it that did all that was asked; the caller's to spoil. */
static json_t *view_of(const struct real_matter *of)
{
    const char *state = real_asked_state(of);
    json_t *records = json_array();
    for (enum real_deed deed = 0; deed < REAL_DEED_COUNT; deed++)
        if (of->answered[deed])
            json_array_append_new(records, record_of(of, deed, of->ids[deed]));
    return json_pack("{s:s, s:o, s:o, s:o}", "state", state ? state : "pending", "nomination",
                     real_asked_body("here", of, real_asked_latest(of)), "decision",
                     real_asked_body("here", of, REAL_DEED_DECISION), "records", records);
}

static json_t *record_at(json_t *view, size_t at)
{
    return json_array_get(json_object_get(view, "records"), at);
}

static void add(json_t *view, json_t *record)
{
    json_array_append_new(json_object_get(view, "records"), record);
}

/* Takes both views; NULL: a side that shows none. */
static struct real_reckoning reckon(const struct real_matter *told, json_t *author, json_t *partner)
{
    struct real_reckoning reckoning = {0};
    real_reckon_matter(&reckoning, told,
                       &(struct real_sides) {{"here", "there"}, {author, partner}});
    json_decref(author);
    json_decref(partner);
    return reckoning;
}

static void what_is_there_once_and_receipted_on_both_sides_is_well(void **)
{
    struct real_reckoning said = reckon(&matter, view_of(&matter), view_of(&matter));
    assert_int_equal(real_reckon_wrongs(&said), 0);
    assert_int_equal(said.dossiers, 1);
    said = reckon(&whole, view_of(&whole), view_of(&whole));
    assert_int_equal(real_reckon_wrongs(&said), 0);
}

static void what_was_acknowledged_and_is_not_there_is_lost(void **)
{
    struct real_reckoning said = reckon(&matter, view_of(&matter), NULL);
    assert_int_equal(said.counts[REAL_WRONG_LOST], 2);
    assert_string_equal(said.texts[0],
                        "lost: nomination n1 of dossier D was acknowledged and is not at there");
    json_t *without = view_of(&matter);
    json_array_remove(json_object_get(without, "records"), 1);
    said = reckon(&matter, without, view_of(&matter));
    assert_int_equal(said.counts[REAL_WRONG_LOST], 1);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 1);
}

static void another_record_in_its_place_is_no_substitute(void **)
{
    json_t *other = view_of(&matter);
    json_object_set_new(record_at(other, 0), "id", json_string("n2"));
    struct real_reckoning said = reckon(&matter, other, view_of(&matter));
    assert_int_equal(said.counts[REAL_WRONG_LOST], 1);
    assert_int_equal(said.counts[REAL_WRONG_DOUBLED], 1);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 2);
}

static void what_is_there_twice_is_doubled(void **)
{
    json_t *twice[2] = {view_of(&matter), view_of(&matter)};
    for (size_t i = 0; i < 2; i++)
        add(twice[i], record_of(&matter, REAL_DEED_DECISION, "d1"));
    struct real_reckoning said = reckon(&matter, twice[0], twice[1]);
    assert_int_equal(said.counts[REAL_WRONG_DOUBLED], 2);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 0);
    real_reckon_stranger(&said, "X", "here");
    assert_int_equal(said.counts[REAL_WRONG_DOUBLED], 3);
}

static void two_states_of_one_dossier_disagree(void **)
{
    json_t *other = view_of(&matter);
    json_object_set_new(other, "state", json_string("refused"));
    struct real_reckoning said = reckon(&matter, view_of(&matter), other);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 1);
    assert_string_equal(said.texts[1],
                        "disagreeing: dossier D is accepted at here and refused at there");
}

/* Both sides agree in all of these, and every id is the one that was told. */
static struct real_reckoning altered(void spoil(json_t *view))
{
    json_t *views[2] = {view_of(&whole), view_of(&whole)};
    for (size_t i = 0; i < 2; i++)
        spoil(views[i]);
    struct real_reckoning said = reckon(&whole, views[0], views[1]);
    assert_int_equal(said.counts[REAL_WRONG_ALTERED], 2);
    assert_int_equal(real_reckon_wrongs(&said), 2);
    return said;
}

static void spoil_outcome(json_t *view)
{
    json_object_set_new(json_object_get(view, "decision"), "outcome", json_string("refuse"));
}

static void spoil_state(json_t *view)
{
    json_object_set_new(view, "state", json_string("refused"));
}

/* As where amendments stand in the order in which they came. */
static void spoil_latest(json_t *view)
{
    json_object_set_new(view, "nomination", real_asked_body("here", &whole, REAL_DEED_AMENDMENT));
}

static void spoil_comment(json_t *view)
{
    json_object_set_new(json_object_get(record_at(view, 1), "body"), "comment", json_string("x"));
}

static void spoil_number(json_t *view)
{
    json_t *person = json_object_get(json_object_get(record_at(view, 0), "body"), "person");
    json_object_set_new(person, "birth_date", json_string("1999-01-01"));
}

static void spoil_credits(json_t *view)
{
    json_t *courses = json_object_get(json_object_get(record_at(view, 4), "body"), "components");
    json_object_set_new(json_array_get(courses, 0), "ects_hundredths", json_integer(1));
}

static void spoil_reason(json_t *view)
{
    json_object_set_new(json_object_get(record_at(view, 3), "body"), "reason",
                        json_string("other"));
}

static void what_both_sides_show_and_nobody_asked_for_is_altered(void **)
{
    struct real_reckoning said = altered(spoil_outcome);
    assert_string_equal(said.texts[0], "altered: the decision in force in dossier D at here is not "
                                       "accept, which was asked for");
    said = altered(spoil_state);
    assert_string_equal(said.texts[0],
                        "altered: dossier D is refused at here, where transcript was asked for");
    said = altered(spoil_latest);
    assert_string_equal(said.texts[0], "altered: the nomination in force in dossier D at here is "
                                       "not the last that was asked for");
    said = altered(spoil_credits);
    assert_string_equal(said.texts[0],
                        "altered: credit_record t1 of dossier D at here is not what was asked for");
    (void)altered(spoil_comment);
    (void)altered(spoil_number);
    (void)altered(spoil_reason);
}

static void a_state_is_asked_for_when_nothing_is_open_any_more(void **)
{
    struct real_matter open = whole;
    open.answered[REAL_DEED_TRANSCRIPT] = false;
    assert_null(real_asked_state(&open));
    struct real_reckoning said = reckon(&open, view_of(&open), view_of(&open));
    assert_int_equal(real_reckon_wrongs(&said), 0);
    open.issues = false;
    assert_string_equal(real_asked_state(&open), "accepted");
    open.accepts = false;
    assert_string_equal(real_asked_state(&open), "refused");
}

static void a_record_without_a_receipt_is_told(void **)
{
    json_t *bare = view_of(&matter);
    json_object_set_new(record_at(bare, 0), "receipted_at", json_null());
    struct real_reckoning said = reckon(&matter, bare, view_of(&matter));
    assert_int_equal(said.counts[REAL_WRONG_UNRECEIPTED], 1);
    assert_int_equal(real_reckon_wrongs(&said), 1);
}

static void a_record_that_was_refused_or_has_no_effect_is_told(void **)
{
    json_t *views[2] = {view_of(&matter), view_of(&matter)};
    for (size_t i = 0; i < 2; i++)
        add(views[i],
            json_pack("{s:s, s:s, s:s}", "kind", "refusal", "id", "r1", "receipted_at", "t"));
    struct real_reckoning said = reckon(&matter, views[0], views[1]);
    assert_int_equal(said.counts[REAL_WRONG_REFUSED], 2);
    json_t *idle = view_of(&matter);
    json_object_set_new(record_at(idle, 1), "out_of_turn", json_true());
    said = reckon(&matter, idle, view_of(&matter));
    assert_int_equal(said.counts[REAL_WRONG_REFUSED], 1);
}

static void what_waited_for_its_turn_stands_under_an_id_that_nobody_told(void **)
{
    struct real_matter waited = matter;
    *waited.ids[REAL_DEED_DECISION] = '\0';
    struct real_reckoning said = reckon(&waited, view_of(&matter), view_of(&matter));
    assert_int_equal(real_reckon_wrongs(&said), 0);
    json_t *views[2] = {view_of(&matter), view_of(&matter)};
    for (size_t i = 0; i < 2; i++)
        json_array_remove(json_object_get(views[i], "records"), 1);
    said = reckon(&waited, views[0], views[1]);
    assert_int_equal(said.counts[REAL_WRONG_LOST], 2);
}

/* Two put back at once, or one before anybody had it: nowhere is as it must be, and half is not. */
static void what_nobody_is_left_to_know_is_told_apart_from_what_is_lost(void **)
{
    for (enum real_excuse excuse = REAL_EXCUSE_BOTH; excuse < REAL_EXCUSE_COUNT; excuse++) {
        struct real_matter excused = matter;
        excused.excuse = excuse;
        struct real_reckoning said = reckon(&excused, NULL, NULL);
        assert_int_equal(real_reckon_wrongs(&said), 0);
        assert_int_equal(said.excused[excuse], 1);
        said = reckon(&excused, view_of(&matter), NULL);
        assert_int_equal(said.counts[REAL_WRONG_LOST], 2);
        assert_int_equal(said.excused[excuse], 0);
        said = reckon(&excused, view_of(&matter), view_of(&matter));
        assert_int_equal(real_reckon_wrongs(&said), 0);
    }
    struct real_reckoning said = reckon(&matter, NULL, NULL);
    assert_int_equal(said.counts[REAL_WRONG_LOST], 4);
}

/* ---- the ledger ---- */

static void every_acknowledgement_is_in_the_file_and_found_again(void **)
{
    char path[] = "/tmp/peregrin-ledger-XXXXXX", dossier[16], line[256];
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    struct real_ledger *ledger = real_ledger_open(path, 3, 2);
    assert_non_null(ledger);
    struct real_task task;
    assert_false(real_ledger_next(ledger, 0, &task)); /* nothing is allowed yet */
    real_ledger_allow(ledger, 3000);
    size_t answered = 0, idle = 0;
    for (size_t turn = 0; idle < 2; turn++) {
        if (!real_ledger_next(ledger, turn % 2, &task)) {
            idle++;
            continue;
        }
        idle = 0;
        snprintf(dossier, sizeof dossier, "D%u", task.matter.number);
        real_ledger_answered(ledger, &task, &(struct real_acknowledgement) {dossier, "x", false});
        answered++;
    }
    assert_int_equal(real_ledger_count(ledger), 3000);
    struct real_ledger_sums sums = real_ledger_sums(ledger);
    assert_int_equal(sums.acknowledged, answered);
    assert_int_equal(sums.open, 0);
    assert_int_equal(sums.contradictions, 0);
    for (size_t i = 0; i < 3000; i++) {
        const struct real_matter *each = real_ledger_matter(ledger, i);
        assert_ptr_equal(real_ledger_find(ledger, each->dossier), each);
        assert_true(each->author != each->partner && each->answered[REAL_DEED_DECISION]);
    }
    assert_null(real_ledger_find(ledger, "D3000"));
    size_t lines = 0;
    FILE *written = fopen(path, "r");
    while (fgets(line, sizeof line, written))
        lines++;
    fclose(written);
    assert_int_equal(lines, answered);
    real_ledger_close(ledger);
    unlink(path);
}

static void what_got_no_answer_is_asked_again_under_the_same_key(void **)
{
    char path[] = "/tmp/peregrin-ledger-XXXXXX", keys[2][REAL_LEDGER_KEY];
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    struct real_ledger *ledger = real_ledger_open(path, 3, 2);
    struct real_task task, again;
    real_ledger_allow(ledger, 1);
    assert_true(real_ledger_next(ledger, 0, &task));
    assert_false(real_ledger_next(ledger, 0, &again)); /* one clerk is at it */
    real_ledger_key(&task, keys[0]);
    real_ledger_put_back(ledger, &task, "no answer");
    while (!real_ledger_next(ledger, 0, &again))
        ;
    real_ledger_key(&again, keys[1]);
    assert_string_equal(keys[0], keys[1]);
    assert_int_equal(task.matter.number, again.matter.number);
    real_ledger_close(ledger);
    unlink(path);
}

static void what_is_excused_is_asked_for_no_more(void **)
{
    char path[] = "/tmp/peregrin-ledger-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    struct real_ledger *ledger = real_ledger_open(path, 3, 2);
    struct real_task task;
    real_ledger_allow(ledger, 1);
    assert_true(real_ledger_next(ledger, 0, &task));
    real_ledger_answered(ledger, &task, &(struct real_acknowledgement) {"D", "n1", false});
    real_ledger_excuse(ledger, 0, REAL_EXCUSE_UNSENT);
    assert_int_equal(real_ledger_sums(ledger).open, 0);
    assert_false(real_ledger_next(ledger, 0, &task) || real_ledger_next(ledger, 1, &task));
    assert_int_equal(real_ledger_matter(ledger, 0)->excuse, REAL_EXCUSE_UNSENT);
    real_ledger_close(ledger);
    unlink(path);
}

static void two_answers_to_one_key_are_a_contradiction(void **)
{
    static const struct real_acknowledgement answers[] = {{"D", "n1", true},
                                                          {"D", "", true},
                                                          {"D", "n2", true},
                                                          {"E", "n1", true},
                                                          {"D", "n1", false}};
    char path[] = "/tmp/peregrin-ledger-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    struct real_ledger *ledger = real_ledger_open(path, 3, 2);
    struct real_task task;
    real_ledger_allow(ledger, 1);
    assert_true(real_ledger_next(ledger, 0, &task));
    real_ledger_answered(ledger, &task, &(struct real_acknowledgement) {"D", "n1", false});
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        real_ledger_answered_again(ledger, &task, &answers[i]);
        assert_int_equal(real_ledger_sums(ledger).contradictions, i < 2 ? 0 : i - 1);
    }
    assert_string_equal(real_ledger_sums(ledger).contradiction, "D");
    real_ledger_close(ledger);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_once_and_receipted_on_both_sides_is_well),
        cmocka_unit_test(what_was_acknowledged_and_is_not_there_is_lost),
        cmocka_unit_test(another_record_in_its_place_is_no_substitute),
        cmocka_unit_test(what_is_there_twice_is_doubled),
        cmocka_unit_test(two_states_of_one_dossier_disagree),
        cmocka_unit_test(what_both_sides_show_and_nobody_asked_for_is_altered),
        cmocka_unit_test(a_state_is_asked_for_when_nothing_is_open_any_more),
        cmocka_unit_test(a_record_without_a_receipt_is_told),
        cmocka_unit_test(a_record_that_was_refused_or_has_no_effect_is_told),
        cmocka_unit_test(what_waited_for_its_turn_stands_under_an_id_that_nobody_told),
        cmocka_unit_test(what_nobody_is_left_to_know_is_told_apart_from_what_is_lost),
        cmocka_unit_test(what_is_excused_is_asked_for_no_more),
        cmocka_unit_test(every_acknowledgement_is_in_the_file_and_found_again),
        cmocka_unit_test(what_got_no_answer_is_asked_again_under_the_same_key),
        cmocka_unit_test(two_answers_to_one_key_are_a_contradiction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
