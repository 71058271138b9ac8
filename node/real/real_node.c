#include "real/real_node.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MAX = 24, SETTING_SIZE = 512, COPY_PATIENCE_MS = 60000, FILL_PIECE = 1 << 16 };

/* As strace names the calls; its signal comes before the call is made. Not with its --seccomp-bpf:
 * then no signal comes at all. */
struct point {
    const char *name, *calls;
};

static const struct point points[] = {
    [REAL_POINT_LISTEN] = {"before it listens", "bind,listen"},
    [REAL_POINT_WRITE] = {"before it writes", "pwrite64"},
    [REAL_POINT_SYNC] = {"before it syncs", "fdatasync,fsync"},
    [REAL_POINT_TRIM] = {"before it trims", "ftruncate,unlink"},
    [REAL_POINT_SEND] = {"before it sends", "sendmsg,sendto,writev"},
    [REAL_POINT_HEAR] = {"before it hears", "recvfrom,recvmsg,accept4"},
};

static_assert(sizeof points / sizeof *points == REAL_POINT_COUNT, "one row for each");

const char *real_node_point_name(enum real_point point)
{
    assert(point < REAL_POINT_COUNT);
    return points[point].name;
}

static const char *path_of(const struct real_node *node, const char *name,
                           char out[static REAL_NODE_PATH])
{
    snprintf(out, REAL_NODE_PATH, "%s/%s", node->folder, name);
    return out;
}

/* ---- its process ---- */

static size_t trace_words(const struct real_node *node, enum real_point point, uint32_t when,
                          char expressions[static 2][SETTING_SIZE], const char **words)
{
    const char *calls = points[point].calls;
    snprintf(expressions[0], SETTING_SIZE, "trace=%s", calls);
    snprintf(expressions[1], SETTING_SIZE, "inject=%s:signal=KILL:when=%u", calls, when);
    const char *const all[] = {
        node->means->strace, "-D", "-f",           "-qq", "-e",        "signal=none", "-e",
        expressions[0],      "-e", expressions[1], "-o",  "/dev/null", "--"};
    memcpy(words, all, sizeof all);
    return sizeof all / sizeof *all;
}

bool real_node_start(struct real_node *node, enum real_point point, uint32_t when)
{
    const char *words[WORDS_MAX] = {0}, *settings[5] = {0};
    char expressions[2][SETTING_SIZE], library[SETTING_SIZE], offset[SETTING_SIZE];
    char configuration[REAL_NODE_PATH], log[REAL_NODE_PATH];
    size_t count = 0;
    if (point != REAL_POINT_NONE)
        count = trace_words(node, point, when, expressions, words);
    words[count++] = node->program;
    words[count++] = "-c";
    words[count] = path_of(node, "peregrind.conf", configuration);
    if (node->means->has[REAL_MEAN_CLOCK]) {
        snprintf(library, sizeof library, "LD_PRELOAD=%s", node->means->clock);
        snprintf(offset, sizeof offset, "FAKETIME_TIMESTAMP_FILE=%s/clock", node->folder);
        settings[0] = library;
        settings[1] = offset;
        settings[2] = "FAKETIME_NO_CACHE=1";
        /* A hand or NTP sets the clock of the wall; the steady one no machine ever turns back. */
        settings[3] = "FAKETIME_DONT_FAKE_MONOTONIC=1";
    }
    return real_process_start(
        &node->process, &(struct real_process_plan) {words, settings, path_of(node, "log", log)});
}

/* ---- its disk ---- */

void real_node_mount(struct real_node *node)
{
    char data[REAL_NODE_PATH];
    mkdir(path_of(node, "data", data), 0700);
    node->mounted = node->means->has[REAL_MEAN_TMPFS] &&
                    mount("none", data, "tmpfs", MS_NOSUID | MS_NODEV, "size=96m,mode=0700") == 0;
}

static void grow_until_full(const char *path)
{
    static const uint8_t nothing[FILL_PIECE];
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    for (size_t size = sizeof nothing; file >= 0 && size >= 512; size /= 2)
        while (write(file, nothing, size) == (ssize_t)size)
            ;
    if (file >= 0)
        close(file);
}

/* Where there is no small disk, no file of the process may grow beyond a page. */
static void limit(const struct real_node *node, rlim_t size)
{
    struct rlimit both;
    if (!node->process.pid || prlimit(node->process.pid, RLIMIT_FSIZE, NULL, &both))
        return;
    both.rlim_cur = size < both.rlim_max ? size : both.rlim_max;
    prlimit(node->process.pid, RLIMIT_FSIZE, &both, NULL);
}

void real_node_fill(struct real_node *node)
{
    char filler[REAL_NODE_PATH];
    node->full = true;
    if (node->mounted)
        grow_until_full(path_of(node, "data/filler", filler));
    else
        limit(node, 4096);
}

void real_node_clear(struct real_node *node)
{
    char filler[REAL_NODE_PATH];
    if (!node->full)
        return;
    node->full = false;
    if (node->mounted)
        unlink(path_of(node, "data/filler", filler));
    else
        limit(node, RLIM_INFINITY);
}

/* ---- its clock ---- */

void real_node_bend(struct real_node *node, int64_t seconds)
{
    char fresh[REAL_NODE_PATH], clock[REAL_NODE_PATH];
    FILE *file = fopen(path_of(node, "clock.new", fresh), "we");
    if (!file)
        return;
    fprintf(file, "%+lld\n", (long long)seconds);
    fclose(file);
    rename(fresh, path_of(node, "clock", clock));
}

/* ---- copies ---- */

static bool run_tool(const struct real_node *node, const char *const *words)
{
    char log[REAL_NODE_PATH];
    return real_process_run(
               &(struct real_process_plan) {.words = words, .log = path_of(node, "log", log)},
               COPY_PATIENCE_MS) == 0;
}

void real_node_remove(const char *folder)
{
    const char *words[] = {"/bin/rm", "-rf", "--", folder, NULL};
    assert(strlen(folder) > 1);
    if (real_process_run(&(struct real_process_plan) {.words = words, .log = "/dev/null"},
                         COPY_PATIENCE_MS))
        fprintf(stderr, "warning: %s could not be removed\n", folder);
}

bool real_node_copy(const struct real_node *node, const char *name)
{
    char copy[REAL_NODE_PATH], data[REAL_NODE_PATH];
    const char *words[] = {
        "/bin/cp", "-a", "--", path_of(node, "data/.", data), path_of(node, name, copy), NULL};
    assert(!node->process.pid);
    real_node_remove(copy);
    return mkdir(copy, 0700) == 0 && run_tool(node, words);
}

bool real_node_put_back(const struct real_node *node, const char *name)
{
    char copy[REAL_NODE_PATH], data[REAL_NODE_PATH];
    const char *clear[] = {
        "/usr/bin/find", path_of(node, "data", data), "-mindepth", "1", "-delete", NULL};
    snprintf(copy, sizeof copy, "%s/%s/.", node->folder, name);
    const char *words[] = {"/bin/cp", "-a", "--", copy, data, NULL};
    assert(!node->process.pid);
    return run_tool(node, clear) && run_tool(node, words);
}

void real_node_unmount(struct real_node *node, bool keep)
{
    char data[REAL_NODE_PATH], copy[REAL_NODE_PATH];
    if (!node->mounted)
        return;
    keep = keep && real_node_copy(node, "kept");
    umount2(path_of(node, "data", data), MNT_DETACH);
    node->mounted = false;
    if (keep && rmdir(data) == 0)
        rename(path_of(node, "kept", copy), data);
}
