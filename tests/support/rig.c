#include "support/rig.h"

#include "support/door.h"
#include "support/figure.h"
#include "support/flush.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const double patience = 300;

void rig_be(int count, char **arguments)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (count != 7 || strcmp(arguments[1], "--sender") != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    flush_slow(atol(arguments[6]));
    const struct door_ways ways = {.config = arguments[2],
                                   .receipts = atoi(arguments[3]),
                                   .partners = atol(arguments[4]),
                                   .alone = atoi(arguments[5]) != 0};
    exit(door_run(&ways));
}

/* ---- federations ---- */

static void shell_must(const char *command, const char *what)
{
    figure_must(system(command) == 0, what);
}

void rig_folder(char dir[static RIG_PATH])
{
    const char *parent = getenv("TMPDIR");
    snprintf(dir, RIG_PATH, "%s/peregrin-bench-XXXXXX", parent ? parent : "/tmp");
    figure_must(mkdtemp(dir) != NULL && getenv("PEREGRIN_BIN"), "a folder, and PEREGRIN_BIN");
}

void rig_federation(const char *dir, const char *other)
{
    char command[1024];
    snprintf(command, sizeof command,
             "bash -c '. scripts/federation.sh && federation_make %s "
             "\"helmo.be:HELMo:BE\" \"%s\"' >/dev/null 2>&1",
             dir, other);
    shell_must(command, "the federation could not be made: run from the repository's root, with "
                        "PEREGRIN_BIN");
}

void rig_federation_many(const char *dir, long partners)
{
    char command[1024];
    snprintf(command, sizeof command, "tests/bench/federation_many %s %ld >/dev/null", dir,
             partners);
    shell_must(command, "the large federation could not be made: run from the repository's root, "
                        "with PEREGRIN_BIN");
}

/* ---- processes ---- */

/* What it says goes to a file, where one is given. */
static pid_t start(char *const arguments[], const char *log)
{
    pid_t pid = fork();
    figure_must(pid >= 0, "fork");
    if (pid == 0) {
        int said = log ? open(log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
        if (said >= 0)
            dup2(said, STDERR_FILENO);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execv(arguments[0], arguments);
        _exit(127);
    }
    return pid;
}

static size_t keep(char *data, size_t size, size_t count, void *self)
{
    struct rig_node *node = self;
    size_t room = sizeof node->reply - 1, length = size * count < room ? size * count : room;
    memcpy(node->reply, data, length);
    node->reply[length] = '\0';
    return size * count;
}

static void client_open(struct rig_node *node, const char *dir, const char *name)
{
    char socket[RIG_PATH];
    snprintf(socket, sizeof socket, "%s/%s/peregrin.sock", dir, name);
    node->curl = curl_easy_init();
    curl_easy_setopt(node->curl, CURLOPT_UNIX_SOCKET_PATH, socket);
    curl_easy_setopt(node->curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(node->curl, CURLOPT_WRITEDATA, node);
}

void rig_sender(struct rig_node *node, const char *self, const char *dir,
                const struct rig_ways *ways)
{
    char file[RIG_PATH], numbers[4][16];
    int ends[2];
    *node = (struct rig_node) {0};
    figure_must(pipe(ends) == 0, "pipe");
    const char *name = ways->node ? ways->node : "helmo.be";
    snprintf(file, sizeof file, "%s/%s/peregrind.conf", dir, name);
    snprintf(numbers[0], sizeof *numbers, "%d", ends[1]);
    snprintf(numbers[1], sizeof *numbers, "%ld", ways->partners);
    snprintf(numbers[2], sizeof *numbers, "%d", ways->alone);
    snprintf(numbers[3], sizeof *numbers, "%ld", ways->flush_us);
    char *arguments[] = {(char *)self, "--sender", file,       numbers[0],
                         numbers[1],   numbers[2], numbers[3], NULL};
    node->pid = start(arguments, NULL);
    close(ends[1]);
    node->receipts = ends[0];
    client_open(node, dir, name);
}

double rig_receiver(struct rig_node *node, const char *dir, const char *name)
{
    char program[RIG_PATH], file[RIG_PATH], log[RIG_PATH];
    *node = (struct rig_node) {.receipts = -1};
    snprintf(program, sizeof program, "%s/peregrind", getenv("PEREGRIN_BIN"));
    snprintf(file, sizeof file, "%s/%s/peregrind.conf", dir, name);
    snprintf(log, sizeof log, "%s/%s/log", dir, name);
    char *arguments[] = {program, "-c", file, NULL};
    client_open(node, dir, name);
    curl_easy_setopt(node->curl, CURLOPT_URL, "http://localhost/api/v1/status");
    double began = figure_now();
    node->pid = start(arguments, log);
    while (curl_easy_perform(node->curl) != CURLE_OK) {
        figure_must(figure_now() - began < patience, "the node does not start");
        usleep(500);
    }
    return figure_now() - began;
}

void rig_stop(struct rig_node *node)
{
    curl_easy_cleanup(node->curl);
    kill(node->pid, SIGTERM);
    waitpid(node->pid, NULL, 0);
    if (node->receipts >= 0)
        close(node->receipts);
}

double rig_resident_mb(pid_t pid)
{
    char path[64], line[256];
    double kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        (void)sscanf(line, "VmRSS: %lf", &kb);
    if (file)
        fclose(file);
    return kb / 1024;
}

/* ---- the hand ---- */

/* The receipts that the sender has committed; -1: it does not answer (yet). */
static long ask(struct rig_node *node, const char *target, long *dialled)
{
    char url[128];
    unsigned long receipts = 0;
    snprintf(url, sizeof url, "http://localhost%s", target);
    curl_easy_setopt(node->curl, CURLOPT_URL, url);
    if (curl_easy_perform(node->curl) != CURLE_OK ||
        sscanf(node->reply, "%lu %ld", &receipts, dialled) != 2)
        return -1;
    return (long)receipts;
}

long rig_receipts(struct rig_node *sender)
{
    long dialled, receipts = ask(sender, "/look", &dialled);
    figure_must(receipts >= 0, "the sender does not answer");
    return receipts;
}

void rig_wait_dialled(struct rig_node *sender, long partners)
{
    long dialled = 0;
    for (double end = figure_now() + patience; figure_now() < end && dialled < partners;)
        if (ask(sender, "/met", &dialled) < 0 || dialled < partners)
            usleep(20000);
    figure_must(dialled >= partners, "the nodes did not meet");
}

void rig_say(struct rig_node *sender, long count)
{
    char target[32];
    long dialled;
    for (long left = count; left > 0; left -= RIG_REQUEST) {
        snprintf(target, sizeof target, "/say?n=%ld", left < RIG_REQUEST ? left : RIG_REQUEST);
        figure_must(ask(sender, target, &dialled) >= 0, "the sender does not answer");
    }
}

void rig_wait_receipts(struct rig_node *sender, long wanted)
{
    double end = figure_now() + patience;
    while (rig_receipts(sender) < wanted) {
        figure_must(figure_now() < end, "receipts stay out");
        usleep(1000);
    }
}

double rig_pipelined(struct rig_node *sender, long count)
{
    long before = rig_receipts(sender);
    double began = figure_now();
    rig_say(sender, count);
    rig_wait_receipts(sender, before + count);
    return (double)count / (figure_now() - began);
}

/* ---- one alone ---- */

/* Those of what was sent before. */
static void forget_receipts(const struct rig_node *sender)
{
    char old[4096];
    struct pollfd said = {sender->receipts, POLLIN, 0};
    while (poll(&said, 1, 100) > 0)
        figure_must(read(sender->receipts, old, sizeof old) > 0, "the sender has ended");
}

struct rig_times rig_sequential(struct rig_node *sender, long count)
{
    double *took = calloc((size_t)count, sizeof *took);
    long dialled;
    figure_must(took != NULL, "memory");
    forget_receipts(sender);
    for (long i = 0; i < count; i++) {
        char receipt;
        double began = figure_now();
        figure_must(ask(sender, "/say?n=1", &dialled) >= 0, "the sender does not answer");
        figure_must(read(sender->receipts, &receipt, 1) == 1, "the sender has ended");
        took[i] = (figure_now() - began) * 1e3;
    }
    qsort(took, (size_t)count, sizeof *took, figure_order);
    struct rig_times times = {took[count / 2], took[count * 99 / 100]};
    free(took);
    return times;
}
