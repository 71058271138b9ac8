#include "paper/paper_cage.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* Under a sanitizer the address space is its own, tens of terabytes. */
#ifdef __SANITIZE_ADDRESS__
static const bool limits_memory = false;
#else
static const bool limits_memory = true;
#endif

static bool limit(__rlimit_resource_t resource, rlim_t most)
{
    const struct rlimit both = {most, most};
    return setrlimit(resource, &both) == 0;
}

enum fault paper_cage_limit(void)
{
    bool fine = limit(RLIMIT_CPU, PAPER_CAGE_SECONDS) && limit(RLIMIT_CORE, 0) &&
                (!limits_memory || limit(RLIMIT_AS, PAPER_CAGE_MEMORY));
    return fine ? FAULT_NONE : FAULT_MEMORY;
}

/* The second half is what threads need: pango looks for each script's font in one of its own. */
static const int allowed[] = {
    SCMP_SYS(read),           SCMP_SYS(write),           SCMP_SYS(lseek),
    SCMP_SYS(fstat),          SCMP_SYS(close),           SCMP_SYS(brk),
    SCMP_SYS(munmap),         SCMP_SYS(mremap),          SCMP_SYS(madvise),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),      SCMP_SYS(rt_sigreturn),
    SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday),    SCMP_SYS(getrandom),
    SCMP_SYS(futex),          SCMP_SYS(sched_yield),     SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),         SCMP_SYS(gettid),          SCMP_SYS(rseq),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(set_robust_list), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sigaltstack),
};

/* These fail instead, since libraries look whether there is such a thing and go on without it. */
static const struct {
    int call, error;
} failing[] = {
    {SCMP_SYS(open), EACCES},       {SCMP_SYS(openat), EACCES}, {SCMP_SYS(access), EACCES},
    {SCMP_SYS(faccessat), EACCES},  {SCMP_SYS(stat), EACCES},   {SCMP_SYS(lstat), EACCES},
    {SCMP_SYS(newfstatat), EACCES}, {SCMP_SYS(statx), EACCES},  {SCMP_SYS(readlink), EACCES},
    {SCMP_SYS(readlinkat), EACCES}, {SCMP_SYS(clone3), ENOSYS},
};

/* Memory that can be written, never memory that can be run; threads, never a process. The flags of
 * clone3 stand where no filter sees them: it is not there, and clone is asked instead. */
static bool allow_narrowly(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp plain = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp nameless = SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);
    const struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
    const struct scmp_arg_cmp name = SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, plain, nameless) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, plain) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, name) == 0;
}

static bool fill(scmp_filter_ctx filter)
{
    bool fine = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && allow_narrowly(filter);
    for (size_t i = 0; fine && i < sizeof allowed / sizeof *allowed; i++)
        fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
    for (size_t i = 0; fine && i < sizeof failing / sizeof *failing; i++)
        fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO((unsigned)failing[i].error), failing[i].call,
                                0) == 0;
    return fine;
}

enum fault paper_cage_close(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool fine =
        filter && prctl(PR_SET_DUMPABLE, 0) == 0 && fill(filter) && seccomp_load(filter) == 0;
    if (filter)
        seccomp_release(filter);
    return fine ? FAULT_NONE : FAULT_CONFIG;
}
