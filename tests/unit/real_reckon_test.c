/* links: base io real */
/* The oracle outside: what it says of dossiers that are as they should be, and of those that are
 * not; and the ledger of what was acknowledged. */
#include "real/real_ledger.h"
#include "real/real_reckon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Records as both nodes show them. */
static const char nominated[] = "{'kind': 'nomination', 'id': 'n1', 'receipted_at': 't'}";
static const char decided[] = "{'kind': 'decision', 'id': 'd1', 'receipted_at': 't'}";

/* A dossier with up to three records; the last eight that were asked for stay. */
static const char *dossier_of(const char *state, const char *first, const char *second,
                              const char *third)
{
    static char texts[8][512];
    static size_t next;
    char *text = texts[next++ % 8];
    snprintf(text, sizeof texts[0], "{'state': '%s', 'records': [%s%s%s%s%s]}", state, first,
             second ? ", " : "", second ? second : "", third ? ", " : "", third ? third : "");
    for (char *quote = text; (quote = strchr(quote, '\''));)
        *quote = '"';
    return text;
}

static const char *good(void)
{
    return dossier_of("accepted", nominated, decided, NULL);
}

static const struct real_matter matter = {
    .author = 0,
    .partner = 1,
    .dossier = "D",
    .answered = {[REAL_DEED_NOMINATION] = true, [REAL_DEED_DECISION] = true},
    .ids = {[REAL_DEED_NOMINATION] = "n1", [REAL_DEED_DECISION] = "d1"},
};

/* The number of finds of one kind; NULL: a side that shows none. */
static struct real_reckoning reckon(const struct real_matter *told, const char *author,
                                    const char *partner)
{
    struct real_reckoning reckoning = {0};
    json_t *views[2] = {author ? json_loads(author, 0, NULL) : NULL,
                        partner ? json_loads(partner, 0, NULL) : NULL};
    assert_true(!author == !views[0] && !partner == !views[1]);
    real_reckon_matter(&reckoning, told,
                       &(struct real_sides) {{"here", "there"}, {views[0], views[1]}});
    json_decref(views[0]);
    json_decref(views[1]);
    return reckoning;
}

static void what_is_there_once_and_receipted_on_both_sides_is_well(void **)
{
    struct real_reckoning said = reckon(&matter, good(), good());
    assert_int_equal(real_reckon_wrongs(&said), 0);
    assert_int_equal(said.dossiers, 1);
}

static void what_was_acknowledged_and_is_not_there_is_lost(void **)
{
    struct real_reckoning said = reckon(&matter, good(), NULL);
    assert_int_equal(said.counts[REAL_WRONG_LOST], 2);
    assert_string_equal(said.texts[0],
                        "lost: nomination n1 of dossier D was acknowledged and is not at there");
    said = reckon(&matter, dossier_of("pending", nominated, NULL, NULL), good());
    assert_int_equal(said.counts[REAL_WRONG_LOST], 1);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 2); /* its state, and d1 */
}

static void another_record_in_its_place_is_no_substitute(void **)
{
    static const char other[] = "{'kind': 'nomination', 'id': 'n2', 'receipted_at': 't'}";
    struct real_reckoning said =
        reckon(&matter, dossier_of("accepted", other, decided, NULL), good());
    assert_int_equal(said.counts[REAL_WRONG_LOST], 1);
    assert_int_equal(said.counts[REAL_WRONG_DOUBLED], 1);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 2);
}

static void what_is_there_twice_is_doubled(void **)
{
    const char *twice = dossier_of("accepted", nominated, decided, decided);
    struct real_reckoning said = reckon(&matter, twice, twice);
    assert_int_equal(said.counts[REAL_WRONG_DOUBLED], 2);
    assert_int_equal(said.counts[REAL_WRONG_DISAGREES], 0);
    real_reckon_stranger(&said, "X", "here");
    assert_int_equal(said.counts[REAL_WRONG_DOUBLED], 3);
}

static void two_states_of_one_dossier_disagree(void **)
{
    struct real_reckoning said =
        reckon(&matter, good(), dossier_of("refused", nominated, decided, NULL));
    assert_int_equal(real_reckon_wrongs(&said), 1);
    assert_string_equal(said.texts[0],
                        "disagreeing: dossier D is accepted at here and refused at there");
}

static void a_record_without_a_receipt_is_told(void **)
{
    static const char bare[] = "{'kind': 'nomination', 'id': 'n1', 'receipted_at': null}";
    struct real_reckoning said =
        reckon(&matter, dossier_of("accepted", bare, decided, NULL), good());
    assert_int_equal(said.counts[REAL_WRONG_UNRECEIPTED], 1);
    assert_int_equal(real_reckon_wrongs(&said), 1);
}

static void a_record_that_was_refused_or_has_no_effect_is_told(void **)
{
    static const char refusal[] = "{'kind': 'refusal', 'id': 'r1', 'receipted_at': 't'}";
    static const char idle[] =
        "{'kind': 'decision', 'id': 'd1', 'receipted_at': 't', 'out_of_turn': true}";
    const char *refused = dossier_of("accepted", nominated, decided, refusal);
    struct real_reckoning said = reckon(&matter, refused, refused);
    assert_int_equal(said.counts[REAL_WRONG_REFUSED], 2);
    const char *without = dossier_of("accepted", nominated, idle, NULL);
    said = reckon(&matter, without, without);
    assert_int_equal(said.counts[REAL_WRONG_REFUSED], 2);
}

static void what_waited_for_its_turn_stands_under_an_id_that_nobody_told(void **)
{
    struct real_matter waited = matter;
    *waited.ids[REAL_DEED_DECISION] = '\0';
    struct real_reckoning said = reckon(&waited, good(), good());
    assert_int_equal(real_reckon_wrongs(&said), 0);
    const char *without = dossier_of("accepted", nominated, NULL, NULL);
    said = reckon(&waited, without, without);
    assert_int_equal(said.counts[REAL_WRONG_LOST], 2);
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
        cmocka_unit_test(a_record_without_a_receipt_is_told),
        cmocka_unit_test(a_record_that_was_refused_or_has_no_effect_is_told),
        cmocka_unit_test(what_waited_for_its_turn_stands_under_an_id_that_nobody_told),
        cmocka_unit_test(every_acknowledgement_is_in_the_file_and_found_again),
        cmocka_unit_test(what_got_no_answer_is_asked_again_under_the_same_key),
        cmocka_unit_test(two_answers_to_one_key_are_a_contradiction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
