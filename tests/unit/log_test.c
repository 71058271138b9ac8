/* links: base seal record trust wire rules channel stream store engine io */
#include "io/log.h"

#include "base/fault.h"
#include "base/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <unistd.h>

static const struct instant noon = {1795262400 * (int64_t)INSTANT_SECOND};

/* What is written goes to a file without a name. */
struct sheet {
    FILE *file;
    struct log *log;
    char text[256 * 1024];
};

static int open_sheet(void **state)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    sheet->file = tmpfile();
    sheet->log = log_open(fileno(sheet->file), "node.helmo.be", TRACE_NOTE);
    *state = sheet;
    return 0;
}

static int close_sheet(void **state)
{
    struct sheet *sheet = *state;
    log_close(sheet->log);
    fclose(sheet->file);
    free(sheet);
    return 0;
}

static const char *read_sheet(struct sheet *sheet)
{
    ssize_t size = pread(fileno(sheet->file), sheet->text, sizeof sheet->text - 1, 0);
    assert_true(size >= 0);
    sheet->text[size] = '\0';
    return sheet->text;
}

static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)); at++)
        count++;
    return count;
}

static void a_sentence_is_one_json_line(void **state)
{
    struct sheet *sheet = *state;
    log_say(sheet->log, noon, TRACE_ALARM, "%s is away", "uhasselt.be");
    assert_string_equal(read_sheet(sheet),
                        "{\"at\":\"2026-11-21T12:00:00Z\",\"level\":\"alarm\",\"text\":"
                        "\"uhasselt.be is away\",\"node\":\"node.helmo.be\"}\n");
}

static bool known(void *, const char *name)
{
    return strcmp(name, "uhasselt.be") == 0;
}

static void a_sentence_names_its_partner_and_its_code(void **state)
{
    struct sheet *sheet = *state;
    log_know(sheet->log, known, NULL);
    log_say(sheet->log, noon, TRACE_NOTE, "to x.be: (uhasselt.be), then. 1.2");
    log_say(sheet->log, noon, TRACE_ALARM, "%s; %s", fault_text(FAULT_DISK_FULL)->sentence, "do");
    log_say(sheet->log, noon, TRACE_ALARM, "other.be sent what does not hold: %s",
            verdict_text(VERDICT_FORGED)->sentence);
    const char *text = read_sheet(sheet);
    assert_non_null(strstr(text, "\"node\":\"node.helmo.be\",\"partner\":\"uhasselt.be\"}"));
    assert_non_null(strstr(text, "\"node\":\"node.helmo.be\",\"code\":\"disk_full\"}"));
    assert_non_null(strstr(text, "\"node\":\"node.helmo.be\",\"code\":\"forged\"}"));
}

static void what_would_break_the_line_is_escaped(void **state)
{
    struct sheet *sheet = *state;
    log_say(sheet->log, noon, TRACE_NOTE, "a\"b\\c\nd\x1b[31m\x7f\xff\xc3\xa9\xed\xa0\x80");
    const char *text = read_sheet(sheet);
    assert_non_null(strstr(text, "\"a\\\"b\\\\c\\u000ad\\u001b[31m\\u007f\\ufffd\xc3\xa9"
                                 "\\ufffd\\ufffd\\ufffd\""));
    assert_int_equal(count_of(text, "\n"), 1);
}

static void a_long_sentence_is_cut_at_a_whole_character(void **)
{
    char out[10];
    assert_int_equal(log_quote(bytes_text("abcdefgh\xc3\xa9"), out, sizeof out), 8);
    assert_int_equal(log_quote(bytes_text("abcdefg\xc3\xa9"), out, sizeof out), 9);
    assert_int_equal(log_quote(bytes_text("abcdefgh\n"), out, sizeof out), 8);
    assert_string_equal(out, "abcdefgh");
}

static void a_sentence_below_the_level_is_not_written(void **state)
{
    struct sheet *sheet = *state;
    log_say(sheet->log, noon, TRACE_DETAIL, "a detail");
    assert_string_equal(read_sheet(sheet), "");
}

static void a_flood_is_bounded_counted_and_told(void **state)
{
    struct sheet *sheet = *state;
    for (int i = 0; i < 5000; i++)
        log_say(sheet->log, noon, TRACE_NOTE, "flood");
    assert_int_equal(count_of(read_sheet(sheet), "\n"), 400);
    log_say(sheet->log, noon, TRACE_ALARM, "the alarm is heard");
    assert_int_equal(count_of(read_sheet(sheet), "the alarm is heard"), 1);
    log_say(sheet->log, instant_after(noon, INSTANT_SECOND), TRACE_NOTE, "later");
    assert_non_null(strstr(read_sheet(sheet), "4600 sentences were left out here"));
    assert_int_equal(count_of(read_sheet(sheet), "later"), 1);
}

static void a_pipe_that_nobody_reads_keeps_nobody_waiting(void **state)
{
    struct sheet *sheet = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(fcntl(ends[1], F_SETPIPE_SZ, 16384) >= 0);
    struct log *log = log_open(ends[1], "node.helmo.be", TRACE_NOTE);
    alarm(60); /* a log that waits ends the test */
    for (int i = 0; i < 200; i++)
        log_say(log, noon, TRACE_NOTE, "nobody hears it");
    ssize_t size = read(ends[0], sheet->text, sizeof sheet->text - 1);
    assert_true(size > 0);
    sheet->text[size] = '\0';
    size_t heard = count_of(sheet->text, "nobody hears it\"");
    assert_int_equal(heard, count_of(sheet->text, "\n")); /* whole lines */
    char left_out[64];
    snprintf(left_out, sizeof left_out, "%zu sentences were left out here", 200 - heard);
    log_say(log, noon, TRACE_NOTE, "somebody reads again");
    alarm(0);
    size = read(ends[0], sheet->text, sizeof sheet->text - 1);
    assert_true(size > 0);
    sheet->text[size] = '\0';
    assert_non_null(strstr(sheet->text, left_out));
    assert_non_null(strstr(sheet->text, "somebody reads again"));
    log_close(log);
    close(ends[0]);
    close(ends[1]);
}

static void a_clock_that_goes_back_does_not_silence_the_log(void **state)
{
    struct sheet *sheet = *state;
    for (int i = 0; i < 500; i++)
        log_say(sheet->log, noon, TRACE_NOTE, "flood");
    struct instant before = instant_after(noon, -3600 * (int64_t)INSTANT_SECOND);
    log_say(sheet->log, before, TRACE_NOTE, "first");
    log_say(sheet->log, instant_after(before, INSTANT_SECOND), TRACE_NOTE, "second");
    assert_int_equal(count_of(read_sheet(sheet), "second"), 1);
}

static void a_whole_trace_is_written_in_order(void **state)
{
    struct sheet *sheet = *state;
    struct trace trace = {.arena = arena_open(4096)};
    trace_say(&trace, TRACE_NOTE, "one");
    trace_say(&trace, TRACE_DETAIL, "hidden");
    trace_say(&trace, TRACE_ALARM, "two");
    log_trace(sheet->log, noon, &trace);
    arena_close(trace.arena);
    const char *text = read_sheet(sheet);
    assert_int_equal(count_of(text, "\n"), 2);
    assert_true(strstr(text, "one") < strstr(text, "two"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sentence_is_one_json_line, open_sheet, close_sheet),
        cmocka_unit_test_setup_teardown(a_sentence_names_its_partner_and_its_code, open_sheet,
                                        close_sheet),
        cmocka_unit_test_setup_teardown(what_would_break_the_line_is_escaped, open_sheet,
                                        close_sheet),
        cmocka_unit_test(a_long_sentence_is_cut_at_a_whole_character),
        cmocka_unit_test_setup_teardown(a_sentence_below_the_level_is_not_written, open_sheet,
                                        close_sheet),
        cmocka_unit_test_setup_teardown(a_flood_is_bounded_counted_and_told, open_sheet,
                                        close_sheet),
        cmocka_unit_test_setup_teardown(a_pipe_that_nobody_reads_keeps_nobody_waiting, open_sheet,
                                        close_sheet),
        cmocka_unit_test_setup_teardown(a_clock_that_goes_back_does_not_silence_the_log, open_sheet,
                                        close_sheet),
        cmocka_unit_test_setup_teardown(a_whole_trace_is_written_in_order, open_sheet, close_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
