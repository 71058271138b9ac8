/* links: base seal record trust wire rules channel stream store engine sim */
#include "sim/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A story that is told wrongly says in which line, and what: it never ends the program. Each is
 * the line behind a world of three; the pattern is what its sentence must have in it. */
static const struct {
    const char *line, *wrong;
} rows[] = {
    /* the network */
    {"network wind 5ms", "a network has no such wind"},
    {"network delay", "a network has no such delay"},
    {"network loss 5ms", "a network has no such loss"},
    {"network loss 101%", "a network has no such loss"},
    {"network tail 1%", "a network has no such tail"},
    {"network tail 1% 5s delay", "a network has no such delay"},
    {"delay between be mars 5ms", "no such line"},
    {"delay between be ch -1s", "nothing arrives before it left"},
    {"clog between helmo.be uhasselt.be never", "no such line"},
    {"half-open from be to ch", "no such line"},
    {"isolate nowhere.org", "no such line"},
    {"part in halves but for nobody.org", "no such line"},
    {"replay", "no frame was kept"},
    {"replay from helmo.be to uhasselt.be", "no frame was kept"},
    {"clog between be ch -1s", "nothing is let go before it is held"},
    /* frames */
    {"drop next letter from helmo.be to zhaw.ch",
     "no such frame: letter; there are opening, answer, stale, hello, summary, range, return, "
     "deliver, ack, receipt, notice, ping, pong"},
    {"drop submission number 2 from helmo.be to zhaw.ch", "no such frame: submission"},
    {"drop every receipts from helmo.be to zhaw.ch", "no such frame: receipts"},
    {"corrupt next letter from helmo.be to zhaw.ch", "no such frame: letter"},
    {"break next letter from helmo.be to zhaw.ch", "no such frame: letter"},
    {"keep next letter from helmo.be to zhaw.ch", "no such frame: letter"},
    {"helmo.be dies before committing letter",
     "no such step: letter; there are submission, order, settled, and the frames opening, "},
    {"helmo.be dies after committing Receipt", "no such step: Receipt"},
    {"helmo.be cannot commit receipts", "no such step: receipts"},
    /* times */
    {"run 9999999999999h", "no such time: 9999999999999h"},
    {"run 99999999999999999999999us", "no such time: 99999999999999999999999us"},
    {"run 36501d", "no such time: 36501d"},
    {"run -1h", "no such time: -1h"},
    {"settle within -1h", "no such time: -1h"},
    {"at 36501d run 1s", "no such time: 36501d"},
    {"helmo.be clock -36501d", "no such time: -36501d"},
    /* processes */
    {"helmo.be starts", "helmo.be is already up"},
    {"helmo.be dies before commit number 0", "commits are counted from 1"},
    {"helmo.be restores", "there is no such backup of helmo.be"},
    {"helmo.be restores monday", "there is no such backup of helmo.be"},
    {"helmo.be clock at yesterday", "yesterday is neither"},
    {"helmo.be clock at 2026-02-29", "2026-02-29 is neither"},
    {"every clock at 2038-01-19T25:00:00", "2038-01-19T25:00:00 is neither"},
    {"every clock at 2038-01-19T03:14:07Z", "is neither"},
    {"helmo.be clock gains 1d a day", "less than a day in a day"},
    {"helmo.be clock loses -1s a day", "less than a day in a day"},
    {"2nd.helmo.be stops", "no such line"},
    {"helmo.be disk is full", "helmo.be has no disk"},
    {"helmo.be disk breaks at every sync", "helmo.be has no disk"},
    {"helmo.be disk breaks at every rename", "a disk has no rename"},
    {"helmo.be disk takes -1s", "no disk is done before it began"},
    {"helmo.be cannot start", "helmo.be is already up"},
    {"stores on disk", "where the stores are is said before the nodes"},
    /* the authority */
    {"helmo.be reads catalogue second", "no catalogue second was issued"},
    {"all read catalogue second", "no catalogue second was issued"},
    {"catalogue first is issued", "there is a catalogue first already"},
    {"catalogue a-name-that-is-much-too-long is issued", "cannot be the name"},
    {"the old keys of helmo.be end", "helmo.be has no older keys"},
    {"the old keys of helmo.be are revoked", "helmo.be has no older keys"},
    /* adversaries */
    {"helmo.be crafts A beautifully to uhasselt.be", "nothing is crafted beautifully"},
    {"helmo.be tells uhasselt.be lies", "nothing is told that is lies"},
    {"helmo.be tells uhasselt.be ping", "helmo.be has no such session with uhasselt.be"},
    {"helmo.be tells uhasselt.be forged-receipt", "there is nothing to tell"},
    {"helmo.be throws stones at uhasselt.be", "nothing is thrown that is stones"},
    {"helmo.be throws rubbish at nobody.org", "no such line"},
};

enum { ROWS = sizeof rows / sizeof *rows, ROUNDS = 26 };

static void expect_wrong(const char *line, const char *wrong)
{
    char text[512];
    struct story story;
    int size = snprintf(text, sizeof text, "nodes helmo.be uhasselt.be zhaw.ch\n%s\n", line);
    assert_true(story_play((struct bytes) {(const uint8_t *)text, (size_t)size}, &story));
    if (!story.wrong || !strstr(story.wrong, wrong) || !strstr(story.wrong, "line 2: "))
        fail_msg("%s: %s", line, story.wrong ? story.wrong : "nothing is wrong");
    story_free(&story);
}

static void what_is_told_wrongly_is_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        expect_wrong(rows[i].line, rows[i].wrong);
}

/* A whole text, and what is wrong with it: NULL, nothing. */
static void expect_text(const char *text, size_t size, const char *wrong, bool untold)
{
    struct story story;
    assert_true(story_play((struct bytes) {(const uint8_t *)text, size}, &story));
    if (!wrong)
        assert_null(story.wrong);
    else if (!story.wrong || strcmp(story.wrong, wrong) != 0)
        fail_msg("%s: %s", wrong, story.wrong ? story.wrong : "nothing is wrong");
    else
        assert_int_equal(story_untold(story.wrong), untold);
    story_free(&story);
}

static void a_text_that_is_no_story_is_refused(void **state)
{
    static const char nodes[] = "nodes helmo.be uhasselt.be\n", hidden[] = "run 1s\0 and more\n";
    char text[8192];
    (void)state;
    expect_text("", 0, "no line of a story in it", true);
    expect_text("# only this\n\n   \n", 17, "no line of a story in it", true);
    memcpy(text, nodes, sizeof nodes - 1);
    memcpy(text + sizeof nodes - 1, hidden, sizeof hidden - 1);
    expect_text(text, sizeof nodes + sizeof hidden - 2, "line 2: a NUL byte stands in it", true);
    int size = snprintf(text, sizeof text, "%srun%300s\n", nodes, "1s");
    expect_text(text, (size_t)size, "line 2: longer than a line may be", true);
    size = snprintf(text, sizeof text, "%shelmo.be clock -3h\nrun 1s\n", nodes);
    expect_text(text, (size_t)size, NULL, false);
    size = snprintf(text, sizeof text, "%sfrobnicate\n", nodes);
    expect_text(text, (size_t)size, "line 2: no such line", true);
    size =
        snprintf(text, sizeof text, "%scome what may\nhelmo.be dies before committing x\n", nodes);
    expect_text(text, (size_t)size,
                "line 3: no such step: x; there are submission, order, settled, and the frames "
                "opening, answer, stale, hello, summary, range, return, deliver, ack, receipt, "
                "notice, ping, pong",
                true);
    size = snprintf(text, sizeof text, "%snetwork loss 500%%\n", nodes);
    expect_text(text, (size_t)size, "line 2: a network has no such loss", true);
    size = snprintf(text, sizeof text, "nodes A.BE uhasselt.be\n");
    expect_text(text, (size_t)size,
                "line 1: no name of an institution: A.BE; one is a domain in small letters, as "
                "helmo.be",
                true);
    size = snprintf(text, sizeof text, "nodes helmo.be uhasselt.be helmo.be\n");
    expect_text(text, (size_t)size, "line 1: named twice: helmo.be", true);
    size = snprintf(text, sizeof text,
                    "%shelmo.be nominates A1..A2048 to uhasselt.be\n"
                    "helmo.be nominates B to uhasselt.be\n",
                    nodes);
    expect_text(text, (size_t)size, "line 3: B is one too many: a story has 2048 dossiers at most",
                false);
}

static void line_ends_of_other_systems_are_taken(void **state)
{
    struct arena *arena = arena_open(4096);
    struct bytes plain;
    (void)state;
    assert_true(story_plain(bytes_text("nodes a.be\r\n--\r\nsaid\ronce\r\n\r"), arena, &plain));
    assert_true(bytes_equal(plain, bytes_text("nodes a.be\n--\nsaid\ronce\n\r")));
    arena_close(arena);
}

static void a_lower_half_is_compared_to_its_last_line(void **state)
{
    static const struct {
        const char *said, *lower, *sentence;
    } cases[] = {
        {"one\ntwo\n", "one\ntwo\n", NULL},
        {"one\ntwo\n", "one\ntoo\n", "line 2 below `--`:\n  expected: too\n  said:     two"},
        {"one\n", "one\ntwo\n", "line 2 below `--`:\n  expected: two\n  said:     nothing more"},
        {"one\ntwo\n", "one\n", "line 2 below `--`:\n  expected: nothing more\n  said:     two"},
        {"", "one\n", "line 1 below `--`:\n  expected: one\n  said:     nothing more"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char where[256] = "", said[32];
        strcpy(said, cases[i].said);
        struct story story = {.said = said, .size = strlen(said)};
        bool differs = story_differs(&story, bytes_text(cases[i].lower), where, sizeof where);
        assert_int_equal(differs, cases[i].sentence != NULL);
        assert_string_equal(where, cases[i].sentence ? cases[i].sentence : "");
    }
}

/* What can stand for a word of a pattern, by rounds. */
static const char *filling(const char *word, size_t place, size_t round)
{
    static const char *const nodes[] = {"helmo.be", "uhasselt.be", "zhaw.ch"};
    static const char *const names[] = {"A", "S1..S3", "S3..S1", "..", "S..", "B2..A3", "1"};
    static const char *const times[] = {"5ms", "-1s", "0s", "40d"};
    static const char *const counts[] = {"0", "1", "7", "100%"};
    static const char *const words[] = {"x",     "0",    "deliver", "email",      "forged",
                                        "first", "5ms",  "..",      "2027-02-29", "arrived",
                                        "fork",  "ping", "ahead"};
    static const char *const places[] = {"be", "zhaw.ch", "ch"};
    if (strcmp(word, "NODE") == 0) /* another one at another place, or the same */
        return nodes[(round % 2 ? place : 0) % 3];
    if (strcmp(word, "NAMES") == 0)
        return names[round % (sizeof names / sizeof *names)];
    if (strcmp(word, "TIME") == 0)
        return times[round % (sizeof times / sizeof *times)];
    if (strcmp(word, "COUNT") == 0)
        return counts[round % (sizeof counts / sizeof *counts)];
    if (strcmp(word, "PLACE") == 0)
        return places[(round + place) % 3];
    return words[round % (sizeof words / sizeof *words)];
}

static void line_fill(const char *pattern, size_t round, char *out, size_t room)
{
    char copy[256];
    size_t place = 0;
    snprintf(copy, sizeof copy, "%s", pattern);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "), place++) {
        bool literal = (word[0] < 'A' || word[0] > 'Z') && strcmp(word, "...") != 0;
        size_t used = strlen(out);
        snprintf(out + used, room - used, "%s ", literal ? word : filling(word, place, round));
    }
}

/* Each line of the table with whatever can stand in its places, before there is anything that it
 * could be about, and behind a nomination. */
static void no_line_of_the_table_ends_the_program(void **state)
{
    (void)state;
    for (size_t row = 0; story_pattern(row); row++)
        for (size_t round = 0; round < ROUNDS; round++) {
            char text[1024] = "model\nnodes helmo.be uhasselt.be zhaw.ch\n";
            struct story story;
            if (round % 3 == 0)
                strcat(text, "helmo.be nominates A to uhasselt.be\nsettle\n");
            line_fill(story_pattern(row), round, text, sizeof text);
            assert_true(story_play((struct bytes) {(const uint8_t *)text, strlen(text)}, &story));
            story_free(&story);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_wrongly_is_said),
        cmocka_unit_test(a_text_that_is_no_story_is_refused),
        cmocka_unit_test(line_ends_of_other_systems_are_taken),
        cmocka_unit_test(a_lower_half_is_compared_to_its_last_line),
        cmocka_unit_test(no_line_of_the_table_ends_the_program),
    };
    return cmocka_run_group_tests_name("story", tests, NULL, NULL);
}
