/* links: base seal report press paper */
/* The program that sets papers: what it refuses, what it may not, and that it comes to an end. Each
 * run is a process of its own, since its cage is for good. */
#include "paper/paper.h"
#include "paper/paper_cage.h"
#include "paper/paper_sheet.h"
#include "base/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 12 * 1024 * 1024, KILLED = 1000 };

static char *text, *pdf;
static size_t pdf_size;

static int make_room(void **)
{
    text = malloc(ROOM);
    pdf = malloc(ROOM);
    return text && pdf ? 0 : -1;
}

static int give_room(void **)
{
    free(text);
    free(pdf);
    return 0;
}

/* How a child ended: its status, or KILLED and the signal. */
static int end_of(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED + WTERMSIG(status);
}

static int set(const char *description, size_t size)
{
    int in = memfd_create("in", 0), out = memfd_create("out", 0);
    assert_int_equal(write(in, description, size), size);
    lseek(in, 0, SEEK_SET);
    pid_t child = fork();
    if (child == 0)
        _exit((int)paper_run(in, out));
    int end = end_of(child);
    pdf_size = (size_t)lseek(out, 0, SEEK_END);
    assert_true(pdf_size <= ROOM);
    assert_int_equal(pread(out, pdf, pdf_size, 0), pdf_size);
    close(in);
    close(out);
    return end;
}

static int set_text(const char *description)
{
    return set(description, strlen(description));
}

static bool is_pdf(void)
{
    return pdf_size > 1000 && memcmp(pdf, "%PDF-", 5) == 0 &&
           memmem(pdf + pdf_size - 10, 10, "%%EOF", 5);
}

#define PAPER(more)     "{\"title\":\"T\",\"language\":\"en\",\"blocks\":[" more "]}"
#define PAPER_AND(more) "{\"title\":\"T\",\"language\":\"en\",\"blocks\":[]," more "}"
#define TABLE(columns, rows) \
    PAPER("{\"block\":\"table\",\"columns\":" columns ",\"rows\":" rows "}")

/* ---- what is set -------------------------------------------------------------------------------
 */

static void a_paper_is_set(void **)
{
    assert_int_equal(set_text(TABLE("[{\"text\":\"A\",\"share\":1}]", "[[\"Ωμέγα\"],[\"Қазақ\"]]")),
                     PRESS_END_DONE);
    assert_true(is_pdf());
}

static void a_paper_is_the_same_each_time(void **)
{
    static const char paper[] =
        PAPER_AND("\"made_at\":\"2027-02-01T10:00:00Z\",\"mark\":\"m\","
                  "\"file\":{\"name\":\"a.evidence\",\"content\":\"QUJD\"}");
    assert_int_equal(set_text(paper), PRESS_END_DONE);
    size_t size = pdf_size;
    memcpy(text, pdf, size);
    assert_int_equal(set_text(paper), PRESS_END_DONE);
    assert_int_equal(pdf_size, size);
    assert_memory_equal(pdf, text, size);
}

/* Boxes stand there; nothing else is looked for, and nothing ends. */
static void a_script_that_the_fonts_lack_is_no_end(void **)
{
    assert_int_equal(set_text(PAPER("{\"block\":\"text\",\"text\":\"学生 नमस्ते ไทย\"}")),
                     PRESS_END_DONE);
    assert_true(is_pdf());
}

static void a_row_taller_than_a_page_goes_on(void **)
{
    int at = sprintf(text, "%s",
                     "{\"title\":\"T\",\"language\":\"en\",\"blocks\":[{\"block\":"
                     "\"table\",\"columns\":[{\"text\":\"A\",\"share\":1},{\"text\":"
                     "\"B\",\"share\":9}],\"rows\":[[\"");
    memset(text + at, 'x', 2500);
    strcpy(text + at + 2500, "\",\"b\"]]}]}");
    assert_int_equal(set_text(text), PRESS_END_DONE);
    assert_true(is_pdf());
}

static void many_rows_are_many_pages(void **)
{
    int at = sprintf(text, "%s",
                     "{\"title\":\"T\",\"language\":\"en\",\"blocks\":[{\"block\":"
                     "\"table\",\"columns\":[{\"text\":\"A\",\"share\":1}],\"rows\":[");
    for (int i = 0; i < 1000; i++)
        at += sprintf(text + at, "%s[\"row %d\"]", i ? "," : "", i);
    strcpy(text + at, "]}]}");
    assert_int_equal(set_text(text), PRESS_END_DONE);
    assert_true(is_pdf());
}

/* ---- what is refused ---------------------------------------------------------------------------
 */

static void what_is_no_description_is_refused(void **)
{
    static const char *const wrong[] = {
        "",
        "{",
        "[]",
        "\xFF",
        "{\"title\":\"T\"}",
        "{\"title\":\"\",\"language\":\"en\",\"blocks\":[]}",
        "{\"title\":1,\"language\":\"en\",\"blocks\":[]}",
        "{\"title\":\"T\",\"language\":\"e n\",\"blocks\":[]}",
        "{\"title\":\"T\",\"language\":\"en\",\"blocks\":{}}",
        PAPER("1"),
        PAPER("{\"block\":\"image\"}"),
        PAPER("{\"block\":\"facts\",\"rows\":[[\"a\",\"b\"]]}"),
        TABLE("[]", "[]"),
        TABLE("[{\"share\":0}]", "[]"),
        TABLE("[{\"share\":-1}]", "[]"),
        TABLE("[{\"share\":1}]", "[[\"a\",\"b\"]]"),
        TABLE("[{\"share\":1}]", "[[1]]"),
        PAPER_AND("\"file\":{\"name\":\"../a\",\"content\":\"QUJD\"}"),
        PAPER_AND("\"file\":{\"name\":\".a\",\"content\":\"QUJD\"}"),
        PAPER_AND("\"file\":{\"name\":\"a\",\"content\":\"QUJ\"}"),
        PAPER_AND("\"file\":{\"name\":\"a\",\"content\":1}"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct paper_sheet sheet;
        struct arena *arena = arena_open(ROOM);
        enum verdict verdict = paper_sheet_read(bytes_text(wrong[i]), arena, &sheet);
        assert_true(verdict == VERDICT_MALFORMED || verdict == VERDICT_INVALID);
        arena_close(arena);
    }
    assert_int_equal(set_text("{"), PRESS_END_UNREADABLE);
    assert_int_equal(pdf_size, 0);
}

static void what_is_too_large_is_refused(void **)
{
    static const char head[] = "{\"title\":\"";
    memset(text, 'x', ROOM);
    memcpy(text, head, sizeof head - 1);
    assert_int_equal(set(text, 9 * 1024 * 1024), PRESS_END_TOO_LARGE);
    strcpy(text + 9000, "\",\"language\":\"en\",\"blocks\":[]}");
    assert_int_equal(set_text(text), PRESS_END_TOO_LARGE);
    static const char marked[] = "{\"title\":\"T\",\"language\":\"en\",\"blocks\":[],\"mark\":\"";
    memset(text, 'x', 1000);
    memcpy(text, marked, sizeof marked - 1);
    strcpy(text + 1000, "\"}");
    assert_int_equal(set_text(text), PRESS_END_TOO_LARGE);
}

/* Six tables, each as long as a table may be: it says so before it has set them twice. */
static void a_paper_without_end_is_refused(void **)
{
    enum { TABLES = 6, ROWS = 4999 };
    int at = sprintf(text, "%s", "{\"title\":\"T\",\"language\":\"en\",\"blocks\":[");
    for (int table = 0; table < TABLES; table++) {
        at += sprintf(text + at, "%s",
                      table ? ",{\"block\":\"table\",\"columns\":[{\"share\":1}],\"rows\":[[\"\"]"
                            : "{\"block\":\"table\",\"columns\":[{\"share\":1}],\"rows\":[[\"\"]");
        for (int i = 0; i < ROWS; i++)
            at += sprintf(text + at, ",[\"x\"]");
        at += sprintf(text + at, "]}");
    }
    strcpy(text + at, "]}");
    assert_int_equal(set_text(text), PRESS_END_TOO_LARGE);
}

/* ---- the cage ----------------------------------------------------------------------------------
 */

static int run_caged(void (*act)(void))
{
    pid_t child = fork();
    if (child == 0) {
        if (paper_cage_limit() || paper_cage_close())
            _exit(77);
        act();
        _exit(0);
    }
    return end_of(child);
}

static void nothing(void)
{
}
static void opens(void)
{
    if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES)
        _exit(1);
}
static void opens_for_writing(void)
{
    if (open("/dev/null", O_WRONLY) >= 0 || errno != EACCES)
        _exit(1);
}
static void calls_out(void)
{
    socket(AF_INET, SOCK_STREAM, 0);
}
static void talks_here(void)
{
    socket(AF_UNIX, SOCK_STREAM, 0);
}
static void forks(void)
{
    fork();
}
static void runs(void)
{
    execl("/bin/true", "true", NULL);
}
static void kills(void)
{
    kill(getppid(), SIGUSR1);
}
static void makes_code(void)
{
    void *at =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)at;
}
static void maps_a_file(void)
{
    void *at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
    (void)at;
}
static void unlinks(void)
{
    unlinkat(AT_FDCWD, "/nowhere", 0);
}

static void the_cage_is_shut(void **)
{
    static void (*const deadly[])(void) = {calls_out,  talks_here,  forks,   runs,
                                           makes_code, maps_a_file, unlinks, kills};
    assert_int_equal(run_caged(nothing), 0);
    assert_int_equal(run_caged(opens), 0);
    assert_int_equal(run_caged(opens_for_writing), 0);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        assert_int_equal(run_caged(deadly[i]), KILLED + SIGSYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_is_set),
        cmocka_unit_test(a_paper_is_the_same_each_time),
        cmocka_unit_test(a_script_that_the_fonts_lack_is_no_end),
        cmocka_unit_test(a_row_taller_than_a_page_goes_on),
        cmocka_unit_test(many_rows_are_many_pages),
        cmocka_unit_test(what_is_no_description_is_refused),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(a_paper_without_end_is_refused),
        cmocka_unit_test(the_cage_is_shut),
    };
    return cmocka_run_group_tests(tests, make_room, give_room);
}
