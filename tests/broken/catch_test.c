/* links: base seal record trust wire rules channel stream store engine sim swarm */
#include "base/broken.h"
#include "swarm/trial.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The oracle is tested: each planted defect must be caught, in every one of several ranges of seeds
 * that nobody chose, and the seed that caught it must be fine without the defect.
 *
 * BROKEN=name tries one defect alone. RANGES=n, SEEDS=n: so many ranges (3; 16 with SOAK=1), of so
 * many seeds at most (400; 4000). FIRST=n begins the first range there, to see a run again. */

enum { RANGES_MAX = 32, SEED_SECONDS = 60, SAID_MAX = 4096 };

/* One defect in one range. Its process writes, and whoever started it reads when it has ended. */
struct chase {
    enum broken defect;
    size_t range;
    volatile uint64_t seed;  /* the one that is played */
    volatile uint32_t seeds; /* played so far, that one included */
    volatile bool over, caught, sound;
    char wrong[TRIAL_WRONG_MAX];
    pid_t process;
    FILE *said; /* on its standard error */
};

static struct chase *chases; /* [defect][range], shared with the processes */
static size_t ranges;
static uint32_t seeds_max;
static uint64_t firsts[RANGES_MAX];

static struct chase *chase_of(enum broken defect, size_t range)
{
    return &chases[(size_t)defect * ranges + range];
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);
    return value && *value ? strtoull(value, NULL, 0) : otherwise;
}

/* ---- one process ---- */

/* So much of a processor, however busy the machine is; then it does not end by itself. */
static void seed_play(uint64_t seed, enum broken defect, struct trial *out)
{
    const struct itimerval patience = {.it_value.tv_sec = SEED_SECONDS};
    broken_choose(defect);
    setitimer(ITIMER_PROF, &patience, NULL);
    if (!trial_play(seed, 0, out))
        _exit(1);
}

/* The seed that catches the defect must say nothing without it. */
static bool sound_without(uint64_t seed)
{
    struct trial trial;
    seed_play(seed, BROKEN_NONE, &trial);
    return !trial.failed;
}

static void chase_run(struct chase *chase)
{
    struct trial trial;
    for (uint32_t i = 0; i < seeds_max && !chase->caught; i++) {
        chase->seed = firsts[chase->range] + i;
        chase->seeds = i + 1;
        seed_play(chase->seed, chase->defect, &trial);
        chase->caught = trial.failed;
    }
    snprintf(chase->wrong, sizeof chase->wrong, "%s", chase->caught ? trial.wrong : "");
    chase->over = true;
    chase->sound = !chase->caught || sound_without(chase->seed);
    _exit(0);
}

static bool process_sound_without(uint64_t seed)
{
    int status;
    pid_t process = fork();
    if (process == 0)
        _exit(!sound_without(seed));
    return process > 0 && waitpid(process, &status, 0) == process && status == 0;
}

/* ---- all of them ---- */

static void chase_start(struct chase *chase)
{
    fflush(NULL);
    chase->said = tmpfile();
    pid_t process = fork();
    if (process == 0) {
        if (chase->said)
            dup2(fileno(chase->said), STDERR_FILENO);
        chase_run(chase);
    }
    chase->process = process;
}

/* A process that fell is a defect that was caught: an assertion of the node, most often. */
static void chase_end(struct chase *chase, int status)
{
    char said[SAID_MAX] = "";
    if (chase->said) {
        rewind(chase->said);
        said[fread(said, 1, sizeof said - 1, chase->said)] = '\0';
        fclose(chase->said);
    }
    if (!chase->over) {
        const char *what = strstr(said, "Assertion");
        chase->caught = true;
        snprintf(chase->wrong, sizeof chase->wrong, "%s: %.*s", strsignal(WTERMSIG(status)),
                 what ? (int)strcspn(what, "\n") : 0, what ? what : "");
        chase->sound = process_sound_without(chase->seed);
    }
    chase->process = 0;
}

static void chases_run(enum broken only)
{
    long jobs = sysconf(_SC_NPROCESSORS_ONLN), running = 0;
    size_t next = ranges, count = BROKEN_COUNT * ranges; /* BROKEN_NONE is none */
    while (next < count || running) {
        if (next < count && running < jobs) {
            struct chase *chase = &chases[next++];
            if (only && chase->defect != only)
                continue;
            chase_start(chase);
            running += chase->process > 0;
            continue;
        }
        int status;
        pid_t ended = wait(&status);
        for (size_t i = 0; i < count; i++)
            if (ended > 0 && chases[i].process == ended) {
                chase_end(&chases[i], status);
                running--;
            }
    }
}

/* ---- what came of it ---- */

/* Without the number of its line, which is another one in each story. */
static const char *what(const struct chase *chase)
{
    const char *colon = strstr(chase->wrong, ": ");
    return strncmp(chase->wrong, "line ", 5) == 0 && colon ? colon + 2 : chase->wrong;
}

static double mean_of(enum broken defect)
{
    double sum = 0;
    for (size_t i = 0; i < ranges; i++)
        sum += chase_of(defect, i)->seeds;
    return sum / (double)ranges;
}

static void defect_print(enum broken defect)
{
    printf("# %-18s", broken_text(defect)->name);
    for (size_t i = 0; i < ranges; i++) {
        const struct chase *chase = chase_of(defect, i);
        printf(chase->caught ? " %5u" : "  >%4u", chase->seeds);
    }
    printf(" %7.1f  %s\n", mean_of(defect), what(chase_of(defect, 0)));
    for (size_t i = 1; i < ranges; i++)
        if (strcmp(what(chase_of(defect, i)), what(chase_of(defect, i - 1))) != 0)
            printf("# %*s  %s\n", (int)(18 + 6 * ranges + 8), "", what(chase_of(defect, i)));
}

static void table_print(enum broken only)
{
    printf("# seeds from");
    for (size_t i = 0; i < ranges; i++)
        printf(" 0x%llx", (unsigned long long)firsts[i]);
    printf(", at most %u of each range\n# defect%*s mean  caught by\n", seeds_max,
           (int)(12 + 6 * ranges + 3), "seeds to catch");
    enum broken hardest = only ? only : BROKEN_NONE + 1;
    double sum = 0;
    size_t count = 0;
    for (enum broken defect = BROKEN_NONE + 1; defect < BROKEN_COUNT; defect++) {
        if (only && defect != only)
            continue;
        defect_print(defect);
        sum += mean_of(defect);
        count++;
        if (mean_of(defect) > mean_of(hardest))
            hardest = defect;
    }
    printf("# figures: %zu defects, %.1f seeds to catch one, most for %s: %.1f\n", count,
           sum / (double)count, broken_text(hardest)->name, mean_of(hardest));
    for (enum broken defect = BROKEN_NONE + 1; setting("SOAK", 0) && defect < BROKEN_COUNT;
         defect++)
        printf("total seeds_to_catch_%s %.1f\n", broken_text(defect)->name, mean_of(defect));
}

/* ---- the tests ---- */

static void a_defect_is_caught(void **state)
{
    enum broken defect = broken_find(*state);
    for (size_t i = 0; i < ranges; i++) {
        const struct chase *chase = chase_of(defect, i);
        if (!chase->caught)
            fail_msg("%s: %s: not caught by %u seeds from 0x%llx", broken_text(defect)->name,
                     broken_text(defect)->sentence, chase->seeds, (unsigned long long)firsts[i]);
        if (!chase->sound)
            fail_msg("seed 0x%llx fails without any defect", (unsigned long long)chase->seed);
    }
}

static void a_defect_is_found_by_its_name_alone(void **state)
{
    (void)state;
    assert_null(broken_text(BROKEN_NONE));
    assert_null(broken_text(BROKEN_COUNT));
    assert_int_equal(broken_find("no-such-defect"), BROKEN_NONE);
    for (enum broken defect = BROKEN_NONE + 1; defect < BROKEN_COUNT; defect++) {
        assert_non_null(broken_text(defect)->sentence);
        assert_int_equal(broken_find(broken_text(defect)->name), defect);
    }
}

static void one_defect_is_there_at_a_time(void **state)
{
    (void)state;
    for (enum broken chosen = BROKEN_NONE + 1; chosen < BROKEN_COUNT; chosen++) {
        broken_choose(chosen);
        for (enum broken other = BROKEN_NONE + 1; other < BROKEN_COUNT; other++)
            assert_true(broken_is(other) == (other == chosen));
    }
    broken_choose(BROKEN_NONE);
}

/* Ranges that cannot meet, each begun by a throw of the machine's own dice. */
static bool ranges_choose(void)
{
    for (size_t i = 0; i < ranges; i++) {
        if (getrandom(&firsts[i], sizeof firsts[i], 0) != sizeof firsts[i])
            return false;
        firsts[i] = (uint64_t)i << 32 | (firsts[i] & 0x7fffffff);
    }
    firsts[0] = setting("FIRST", firsts[0]);
    return true;
}

static bool chases_make(void)
{
    size_t size = BROKEN_COUNT * ranges * sizeof *chases;
    chases = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (chases == MAP_FAILED)
        return false;
    for (size_t i = 0; i < BROKEN_COUNT * ranges; i++)
        chases[i] = (struct chase) {.defect = (enum broken)(i / ranges), .range = i % ranges};
    return true;
}

int main(void)
{
    static struct CMUnitTest tests[BROKEN_COUNT + 2] = {
        cmocka_unit_test(a_defect_is_found_by_its_name_alone),
        cmocka_unit_test(one_defect_is_there_at_a_time),
    };
    static char names[BROKEN_COUNT][64];
    const char *named = getenv("BROKEN");
    enum broken only = named ? broken_find(named) : BROKEN_NONE;
    size_t count = 2;
    ranges = setting("RANGES", setting("SOAK", 0) ? 16 : 3);
    seeds_max = (uint32_t)setting("SEEDS", setting("SOAK", 0) ? 4000 : 400);
    if ((named && !only) || !ranges || ranges > RANGES_MAX || !ranges_choose() || !chases_make())
        return 1;
    chases_run(only);
    table_print(only);
    for (enum broken defect = BROKEN_NONE + 1; defect < BROKEN_COUNT; defect++) {
        if (only && defect != only)
            continue;
        const char *name = broken_text(defect)->name;
        snprintf(names[defect], sizeof names[defect], "%s_is_caught", name);
        for (char *dash; (dash = strchr(names[defect], '-'));)
            *dash = '_';
        tests[count++] =
            (struct CMUnitTest) {names[defect], a_defect_is_caught, NULL, NULL, (void *)name};
    }
    return _cmocka_run_group_tests("broken", tests, count, NULL, NULL);
}
