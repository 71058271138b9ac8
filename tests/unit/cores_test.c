/* links: base io */
#include "io/cores.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPEN = 1, LIMIT_READ, DUMPABLE_READ };

/* In a process of its own, since there is no way back. 0: nobody gets its memory. */
static int look(bool forbid)
{
    struct rlimit some = {4096, 4096}, limit;
    if (setrlimit(RLIMIT_CORE, &some) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0)
        return OPEN;
    if (forbid)
        cores_forbid();
    if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur != 0 || limit.rlim_max != 0)
        return LIMIT_READ;
    return prctl(PR_GET_DUMPABLE) == 0 ? 0 : DUMPABLE_READ;
}

static int look_apart(bool forbid)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(look(forbid));
    assert_true(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_process_that_forbids_cores_gives_its_memory_to_nobody(void **)
{
    assert_int_equal(look_apart(false), LIMIT_READ);
    assert_int_equal(look_apart(true), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_that_forbids_cores_gives_its_memory_to_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
