/* links: base seal record trust wire rules channel stream store engine io */
#include "io/journald.h"

#include "io/log.h"

#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#include <cmocka.h>

enum { NO_NAMESPACE = 77, HEARD_SIZE = 8192 };

/* The environment says that the descriptor is the journal's. */
static void lead_there(int descriptor)
{
    struct stat status;
    char said[64];
    assert_int_equal(fstat(descriptor, &status), 0);
    snprintf(said, sizeof said, "%llu:%llu", (unsigned long long)status.st_dev,
             (unsigned long long)status.st_ino);
    setenv("JOURNAL_STREAM", said, 1);
}

static void the_journal_is_known_by_device_and_inode(void **)
{
    int ends[2], others[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(others), 0);
    unsetenv("JOURNAL_STREAM");
    assert_false(journald_leads(ends[1]));
    lead_there(ends[1]);
    assert_true(journald_leads(ends[1]));
    assert_false(journald_leads(others[1]));
    setenv("JOURNAL_STREAM", "rubbish", 1);
    assert_false(journald_leads(ends[1]));
    unsetenv("JOURNAL_STREAM");
    for (int i = 0; i < 2; i++) {
        close(ends[i]);
        close(others[i]);
    }
}

static void levels_are_priorities(void **)
{
    assert_int_equal(journald_priority(TRACE_DETAIL), LOG_DEBUG);
    assert_int_equal(journald_priority(TRACE_NOTE), LOG_NOTICE);
    assert_int_equal(journald_priority(TRACE_ALARM), LOG_ERR);
}

/* ---- a journal of our own, where nobody else sees it --------------------------------------- */

static int open_journal(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/run/systemd/journal/socket"};
    if (unshare(geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", "/run", "tmpfs", 0, NULL) != 0)
        return -1;
    mkdir("/run/systemd", 0755);
    mkdir("/run/systemd/journal", 0755);
    int journal = socket(AF_UNIX, SOCK_DGRAM, 0);
    return bind(journal, (struct sockaddr *)&address, sizeof address) == 0 ? journal : -1;
}

static bool known(void *, const char *name)
{
    return strcmp(name, "uhasselt.be") == 0;
}

/* In a process of its own; what the journal heard goes through the pipe. */
static int speak(int out)
{
    static const struct instant noon = {1795262400 * (int64_t)INSTANT_SECOND};
    char heard[HEARD_SIZE];
    int journal = open_journal(), ends[2];
    if (journal < 0 || pipe2(ends, O_NONBLOCK) != 0)
        return NO_NAMESPACE;
    lead_there(ends[1]);
    struct log *log = log_open(ends[1], "node.helmo.be", TRACE_NOTE);
    log_know(log, known, NULL);
    log_say(log, noon, TRACE_ALARM, "uhasselt.be: the disk is full: nothing new can be stored");
    ssize_t size = recv(journal, heard, sizeof heard, MSG_DONTWAIT);
    if (size <= 0 || write(out, heard, (size_t)size) != size)
        return 1;
    close(journal);
    log_say(log, noon, TRACE_NOTE, "nobody hears");
    size = read(ends[0], heard, sizeof heard);
    log_close(log);
    return size > 0 && write(out, heard, (size_t)size) == size ? 0 : 2;
}

static void a_sentence_goes_there_as_fields(void **)
{
    static const char *const wanted[] = {
        "MESSAGE=uhasselt.be: the disk is full: nothing new can be stored\n",
        "PRIORITY=3\n",
        "SYSLOG_IDENTIFIER=peregrind\n",
        "PEREGRIN_LEVEL=alarm\n",
        "PEREGRIN_NODE=node.helmo.be\n",
        "PEREGRIN_PARTNER=uhasselt.be\n",
        "PEREGRIN_CODE=disk_full\n",
        /* and where the journal takes nothing, as a line with its priority in front */
        "<5>{\"at\":\"2026-11-21T12:00:00Z\",\"level\":\"note\",\"text\":\"nobody hears\"",
    };
    int ends[2], status;
    char text[2 * HEARD_SIZE] = "";
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(speak(ends[1]));
    close(ends[1]);
    size_t size = 0;
    for (ssize_t got; (got = read(ends[0], text + size, sizeof text - 1 - size)) > 0;)
        size += (size_t)got;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WEXITSTATUS(status) == NO_NAMESPACE) {
        print_message("no namespaces here: the journal's fields are not seen\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_non_null(strstr(text, wanted[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_journal_is_known_by_device_and_inode),
        cmocka_unit_test(levels_are_priorities),
        cmocka_unit_test(a_sentence_goes_there_as_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
