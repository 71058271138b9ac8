/* links: base seal record grade report press */
/* What stands on papers, and the processes that set them. */
#include "press/press.h"
#include "press/press_paper.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARENA = 4 * 1024 * 1024, SECOND = INSTANT_SECOND };

static struct arena *arena;

static int open_arena(void **)
{
    arena = arena_open(ARENA);
    return arena ? 0 : -1;
}

static int close_arena(void **)
{
    arena_close(arena);
    return 0;
}

/* ---- words -------------------------------------------------------------------------------------
 */

static void every_text_is_there_in_every_language(void **)
{
    size_t count = 0;
    for (const char *language; (language = press_text_language(count)); count++)
        for (enum press_text text = 0; text < PRESS_TEXT_COUNT; text++) {
            assert_non_null(press_text(text, language));
            assert_true(press_text(text, language)[0]);
        }
    assert_int_equal(count, 3);
    assert_true(press_text_knows("nl"));
    assert_false(press_text_knows("de"));
}

/* ---- papers ------------------------------------------------------------------------------------
 */

static Peregrin__Person person = PEREGRIN__PERSON__INIT;
static Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
static Peregrin__Component units[2] = {PEREGRIN__COMPONENT__INIT, PEREGRIN__COMPONENT__INIT};
static Peregrin__Component *components[] = {&units[0], &units[1]};
static Peregrin__CreditRecord transcript = PEREGRIN__CREDIT_RECORD__INIT;
static Peregrin__HomeComponent home_unit = PEREGRIN__HOME_COMPONENT__INIT;
static Peregrin__HomeComponent *home_units[] = {&home_unit};
static Peregrin__RecognitionGroup given = PEREGRIN__RECOGNITION_GROUP__INIT,
                                  not_given = PEREGRIN__RECOGNITION_GROUP__INIT;
static Peregrin__RecognitionGroup *groups[] = {&given, &not_given};
static uint32_t first[] = {0}, second[] = {1};
static Peregrin__Recognition recognition = PEREGRIN__RECOGNITION__INIT;

static struct press_paper paper_make(void)
{
    person.family_name = (char *)"Nováková";
    person.birth_date = (char *)"2004-02-29";
    nomination.person = &person;
    for (size_t i = 0; i < 2; i++) {
        units[i].code = (char *)(i ? "B2" : "B1");
        units[i].title = (char *)(i ? "Virology" : "Parasitology");
        units[i].has_ects_hundredths = units[i].has_passed = true;
        units[i].ects_hundredths = i ? 0 : 550;
        units[i].passed = i == 0;
        units[i].grade = (char *)(i ? "7" : "14");
    }
    transcript.components = components;
    transcript.n_components = 2;
    transcript.has_total_hundredths = true;
    transcript.total_hundredths = 550;
    home_unit.title = (char *)"Parasitologie";
    home_unit.has_ects_hundredths = true;
    home_unit.ects_hundredths = 550;
    given.components = first;
    given.n_components = not_given.n_components = 1;
    given.home = home_units;
    given.n_home = 1;
    not_given.components = second;
    not_given.reason = (char *)"failed";
    recognition.groups = groups;
    recognition.n_groups = 2;
    recognition.has_total_hundredths = true;
    recognition.total_hundredths = 550;
    return (struct press_paper) {
        .language = "fr",
        .dossier = "01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .home = {"helmo.be", "HELMo"},
        .host = {"itg.be", "ITM"},
        .nomination = &nomination,
        .transcript = &transcript,
        .recognition = &recognition,
        .record = {1, 3, "abcd", "itg.be", 1800000000, bytes_text("evidence")},
    };
}

static const char *written(const char *name, const struct press_paper *paper)
{
    const struct press_row *row = press_paper_find(name);
    assert_non_null(row);
    struct bytes text = press_paper_write(row, paper, arena);
    assert_non_null(text.data);
    const char *all = arena_text(arena, text);
    assert_non_null(all);
    return all;
}

static void holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no %s in %s", part, text);
}

static void a_transcript_says_what_the_record_says(void **)
{
    struct press_paper paper = paper_make();
    const char *text = written("transcript", &paper);
    holds(text, "\"title\":\"Relevé de notes\",\"second\":\"Transcript of records\"");
    holds(text, "[\"Nom de famille\",\"Family name\",\"Nováková\"]");
    holds(text, "[\"B1\",\"Parasitology\",\"5.5\",\"14\",\"réussi\"]");
    holds(text, "[\"B2\",\"Virology\",\"0\",\"7\",\"non réussi\"]");
    holds(text, "[\"\",\"Total\",\"5.5\",\"\",\"\"]");
    holds(text, "[\"Enregistrement\",\"Record\",\"abcd\"]");
    holds(text, "\"content\":\"ZXZpZGVuY2U=\"");
    holds(text, "\"author\":\"ITM\"");
}

static void the_square_code_names_the_record_and_nobody(void **)
{
    struct press_paper paper = paper_make();
    holds(written("transcript", &paper),
          "\"mark\":\"peregrin:1:itg.be:01KAMB3Q8W2T5Y7Z9C4D6F8G0H:1.3:abcd\"");
}

static void a_supplement_has_only_what_was_given(void **)
{
    struct press_paper paper = paper_make();
    holds(written("recognition", &paper),
          "[\"B2 Virology\",\"0\",\"7\",\"non reconnu: non réussi\"");
    const char *text = written("supplement", &paper);
    holds(text, "[\"B1 Parasitology\",\"5.5\",\"14\",\"Parasitologie\",\"5.5\",\"\"]");
    assert_null(strstr(text, "Virology"));
}

static void in_english_nothing_is_said_twice(void **)
{
    struct press_paper paper = paper_make();
    paper.language = "en";
    holds(written("transcript", &paper), "\"title\":\"Transcript of records\",\"second\":\"\"");
}

/* A place that the transcript does not have: an older one was meant, or the record is wrong. */
static void a_place_beyond_the_transcript_is_left_empty(void **)
{
    struct press_paper paper = paper_make();
    second[0] = 9;
    const char *text = written("recognition", &paper);
    second[0] = 1;
    assert_null(strstr(text, "Virology"));
}

/* ---- processes ---------------------------------------------------------------------------------
 */

static const struct instant start = {1800000000LL * SECOND};

static struct instant later(int64_t seconds)
{
    return instant_after(start, seconds * SECOND);
}

static enum press_state wait_for(struct press *press, uint64_t number, struct press_result *out)
{
    enum press_state state;
    while ((state = press_look(press, number, start, arena, out)) == PRESS_LATER)
        usleep(1000);
    return state;
}

static void what_the_process_wrote_comes_back(void **)
{
    struct press *press = press_open("/bin/cat");
    struct press_result result;
    assert_int_equal(press_begin(press, 7, bytes_text("as it was"), start), PRESS_LATER);
    assert_int_equal(wait_for(press, 7, &result), PRESS_DONE);
    assert_true(bytes_equal(result.pdf, bytes_text("as it was")));
    assert_int_equal(press_look(press, 7, start, arena, &result), PRESS_UNKNOWN);
    press_close(press);
}

static void a_process_that_fails_is_a_failure(void **)
{
    struct press_result result;
    struct press *press = press_open("/bin/false");
    assert_int_equal(press_begin(press, 7, bytes_text("x"), start), PRESS_LATER);
    assert_int_equal(wait_for(press, 7, &result), PRESS_FAILED);
    assert_true(press_explain(&result).sentence[0] && press_explain(&result).remedy[0]);
    press_close(press);
    press = press_open("/nowhere/peregrin-paper");
    assert_int_equal(press_begin(press, 7, bytes_text("x"), start), PRESS_FAILED);
    press_close(press);
}

static const char *sleeper(void)
{
    static char path[] = "/tmp/press_test_XXXXXX";
    static const char script[] = "#!/bin/sh\nexec /bin/sleep 600\n";
    int file = mkstemp(path);
    assert_int_equal(write(file, script, sizeof script - 1), sizeof script - 1);
    fchmod(file, S_IRWXU);
    close(file);
    return path;
}

static void one_that_takes_too_long_is_given_up(void **)
{
    const char *program = sleeper();
    struct press *press = press_open(program);
    struct press_result result;
    for (uint64_t i = 1; i <= PRESS_JOBS_MAX; i++)
        assert_int_equal(press_begin(press, i, bytes_text("x"), later((int64_t)i)), PRESS_LATER);
    assert_int_equal(press_begin(press, 99, bytes_text("x"), later(5)), PRESS_BUSY);
    assert_int_equal(press_look(press, 2, later(PRESS_SECONDS), arena, &result), PRESS_LATER);
    assert_int_equal(press_look(press, 2, later(PRESS_SECONDS + 4), arena, &result), PRESS_FAILED);
    assert_true(result.late);
    /* Nobody asked for the first again: its time is over too, and its place is free. */
    assert_int_equal(press_begin(press, 98, bytes_text("x"), later(PRESS_SECONDS + 3)),
                     PRESS_LATER);
    assert_int_equal(press_begin(press, 97, bytes_text("x"), later(PRESS_SECONDS + 3)),
                     PRESS_LATER);
    press_close(press);
    unlink(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_there_in_every_language),
        cmocka_unit_test(a_transcript_says_what_the_record_says),
        cmocka_unit_test(the_square_code_names_the_record_and_nobody),
        cmocka_unit_test(a_supplement_has_only_what_was_given),
        cmocka_unit_test(in_english_nothing_is_said_twice),
        cmocka_unit_test(a_place_beyond_the_transcript_is_left_empty),
        cmocka_unit_test(what_the_process_wrote_comes_back),
        cmocka_unit_test(a_process_that_fails_is_a_failure),
        cmocka_unit_test(one_that_takes_too_long_is_given_up),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
