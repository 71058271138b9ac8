#include "io/trail.h"

#include "engine/crumb.h"
#include "io/clock.h"
#include "io/reason.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096, STACK = 64 * 1024 };

/* How a process ends by its own fault; the service manager's watchdog too ends it with SIGABRT. */
static const int deaths[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

enum { DEATHS = sizeof deaths / sizeof *deaths };

struct trail {
    struct crumb *crumb; /* a page of the file */
    pid_t owner;         /* children have it too, and die alone */
    struct sigaction before[DEATHS];
    void *stack; /* for a death by too deep a stack */
};

/* The one thing that a signal's handler can reach. */
static struct trail *dying;

/* --- the end --- */

/* Notes it, and lets happen what would have happened. */
static void on_death(int number, siginfo_t *info, void *)
{
    struct trail *trail = dying;
    if (!trail)
        return;
    if (getpid() == trail->owner)
        trail->crumb->died = 1;
    for (size_t i = 0; i < DEATHS; i++)
        if (deaths[i] == number)
            sigaction(number, &trail->before[i], NULL);
    if (info->si_code <= 0) /* sent, not made by the instruction that is now tried again */
        raise(number);
}

static void stack_give(struct trail *trail)
{
    stack_t now;
    trail->stack = malloc(STACK);
    if (!trail->stack || sigaltstack(NULL, &now) != 0 || !(now.ss_flags & SS_DISABLE))
        return;
    sigaltstack(&(stack_t) {.ss_sp = trail->stack, .ss_size = STACK}, NULL);
}

static void stack_take(struct trail *trail)
{
    stack_t now;
    if (sigaltstack(NULL, &now) == 0 && now.ss_sp == trail->stack)
        sigaltstack(&(stack_t) {.ss_flags = SS_DISABLE}, NULL);
    free(trail->stack);
}

static void deaths_watch(struct trail *trail)
{
    struct sigaction action = {.sa_sigaction = on_death, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    assert(!dying);
    dying = trail;
    stack_give(trail);
    for (size_t i = 0; i < DEATHS; i++)
        sigaction(deaths[i], &action, &trail->before[i]);
}

/* --- the file --- */

/* Every byte of it is written before it is used as memory: a page without room on its disk would
 * end the process where nobody can say why. */
static bool file_fill(int file)
{
    static const uint8_t nothing[PAGE];
    struct stat known;
    if (fstat(file, &known) != 0 || !S_ISREG(known.st_mode))
        return false;
    if (known.st_size == PAGE)
        return true;
    return ftruncate(file, 0) == 0 && pwrite(file, nothing, PAGE, 0) == PAGE;
}

static struct crumb *crumb_map(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return NULL;
    void *page = file_fill(file) ? mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                                 : MAP_FAILED;
    int why = errno;
    close(file);
    errno = why;
    return page == MAP_FAILED ? NULL : page;
}

static void crumb_check(struct crumb *crumb)
{
    static_assert(sizeof *crumb <= PAGE, "one page");
    if (crumb->layout != CRUMB_LAYOUT)
        *crumb = (struct crumb) {.layout = CRUMB_LAYOUT};
    crumb->from[CRUMB_FROM_SIZE - 1] = '\0';
}

struct trail *trail_open(const char *database, const char *version, struct log *log)
{
    char path[PATH_MAX];
    struct trail *trail = calloc(1, sizeof *trail);
    if (!trail)
        return NULL;
    snprintf(path, sizeof path, "%s.at-hand", database);
    trail->owner = getpid();
    trail->crumb = crumb_map(path);
    if (!trail->crumb) {
        log_say(log, clock_now(), TRACE_ALARM,
                "%s: %s; a record that ends the node cannot be told from others: make the file "
                "writable for the node's user, then restart",
                path, strerror(errno));
        free(trail);
        return NULL;
    }
    crumb_check(trail->crumb);
    snprintf(trail->crumb->version, CRUMB_VERSION_SIZE, "%s", version ? version : "");
    deaths_watch(trail);
    return trail;
}

void trail_close(struct trail *trail)
{
    if (!trail)
        return;
    for (size_t i = 0; i < DEATHS; i++)
        sigaction(deaths[i], &trail->before[i], NULL);
    stack_take(trail);
    dying = NULL;
    munmap(trail->crumb, PAGE);
    free(trail);
}

struct crumb *trail_crumb(struct trail *trail)
{
    return trail ? trail->crumb : NULL;
}

/* --- what is said of it --- */

static void tell(const struct engine_suspect *suspect, struct log *log)
{
    char id[2 * DIGEST_SIZE + 1];
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(id + 2 * i, 3, "%02x", suspect->id.bytes[i]);
    if (!suspect->aside)
        log_say(log, clock_now(), TRACE_ALARM,
                "the node ended while it had %s of %s at hand (%s): tried again; should it go on "
                "ending the node, it is set aside",
                id, suspect->from, suspect->fatal);
    else if (suspect->kept)
        log_say(log, clock_now(), TRACE_ALARM,
                "%s of %s kept ending this node (%s): set aside and refused as `internal`, and "
                "everything else goes on; report it with the end of this log, upgrade, then ask "
                "the partner to say it anew",
                id, suspect->from, suspect->fatal);
    else
        log_say(log, clock_now(), TRACE_ALARM,
                "%s of %s kept ending this node (%s): set aside and not taken, so that it is stuck "
                "with the partner, and everything else goes on; report it with the end of this "
                "log, then upgrade: the next version tries it again",
                id, suspect->from, suspect->fatal);
}

void trail_tell(const struct engine *engine, struct log *log)
{
    struct engine_suspect suspect;
    for (size_t i = 0; engine_suspect(engine, i, &suspect); i++)
        if (suspect.fresh)
            tell(&suspect, log);
}
