#include "real/real_means.h"

#include "real/real_process.h"

#include <assert.h>
#include <fnmatch.h>
#include <dirent.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

struct row {
    const char *name, *purpose;
};

static const struct row rows[] = {
    [REAL_MEAN_RELAY] = {"frame-aware relay", "faults on the wire"},
    [REAL_MEAN_SIGNALS] = {"signals", "kill -9, SIGSTOP, SIGCONT"},
    [REAL_MEAN_STRACE] = {"strace", "kill -9 at named points"},
    [REAL_MEAN_TMPFS] = {"tmpfs", "a small disk that is full"},
    [REAL_MEAN_LIMIT] = {"RLIMIT_FSIZE", "files that cannot grow"},
    [REAL_MEAN_CLOCK] = {"libfaketime", "clocks that are wrong"},
    [REAL_MEAN_NETWORK] = {"network namespace", "a loopback of our own"},
    [REAL_MEAN_NFT] = {"nftables", "packets lost below TCP"},
};

static_assert(sizeof rows / sizeof *rows == REAL_MEAN_COUNT, "one row for each");

static const char unwanted[] = "not asked for";

const char *real_means_name(enum real_mean mean)
{
    assert(mean < REAL_MEAN_COUNT);
    return rows[mean].name;
}

const char *real_means_purpose(enum real_mean mean)
{
    assert(mean < REAL_MEAN_COUNT);
    return rows[mean].purpose;
}

static void found(struct real_means *means, enum real_mean mean, bool has, const char *why)
{
    means->has[mean] = has;
    means->why[mean] = has ? NULL : why;
}

/* A program where programs are. */
static bool program_find(const char *name, char out[static REAL_MEANS_PATH])
{
    static const char *const folders[] = {"/usr/bin", "/bin", "/usr/sbin", "/sbin",
                                          "/usr/local/bin"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(out, REAL_MEANS_PATH, "%s/%s", folders[i], name);
        if (access(out, X_OK) == 0)
            return true;
    }
    return false;
}

/* Multiarch puts it one folder deeper than distributions without. */
static bool clock_find(char out[static REAL_MEANS_PATH])
{
    static const char library[] = "faketime/libfaketime.so.1";
    DIR *folder = opendir("/usr/lib");
    snprintf(out, REAL_MEANS_PATH, "/usr/lib/%s", library);
    bool there = access(out, R_OK) == 0;
    for (struct dirent *entry; folder && !there && (entry = readdir(folder));) {
        if (fnmatch("*-linux-*", entry->d_name, 0) != 0 || strlen(entry->d_name) > 64)
            continue;
        snprintf(out, REAL_MEANS_PATH, "/usr/lib/%.64s/%s", entry->d_name, library);
        there = access(out, R_OK) == 0;
    }
    if (folder)
        closedir(folder);
    return there;
}

/* It must not only be there, but be allowed to trace, and its signal must come. */
static bool strace_works(const struct real_means *means)
{
    const char *words[] = {
        means->strace, "-D",        "-f", "-qq",       "-e", "inject=exit_group:signal=KILL",
        "-o",          "/dev/null", "--", "/bin/true", NULL};
    return real_process_run(&(struct real_process_plan) {.words = words, .log = "/dev/null"},
                            5000) == -1;
}

static bool mounts_of_our_own(void)
{
    return unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static bool network_of_our_own(void)
{
    struct ifreq loopback = {.ifr_name = "lo"};
    if (unshare(CLONE_NEWNET))
        return false;
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool up = any >= 0 && ioctl(any, SIOCGIFFLAGS, &loopback) == 0;
    loopback.ifr_flags |= IFF_UP | IFF_RUNNING;
    up = up && ioctl(any, SIOCSIFFLAGS, &loopback) == 0;
    if (any >= 0)
        close(any);
    return up;
}

/* Two in a hundred, of TCP only, in a table that has our name. */
static const char lose_packets[] =
    "add table ip peregrin_real; "
    "add chain ip peregrin_real lose { type filter hook input priority 0; }; "
    "add rule ip peregrin_real lose meta l4proto tcp numgen random mod 100 < 2 drop";

static bool nft(const struct real_means *means, const char *command)
{
    const char *words[] = {means->nft, command, NULL};
    return real_process_run(&(struct real_process_plan) {.words = words, .log = "/dev/null"},
                            5000) == 0;
}

void real_means_find(struct real_means *means, uint32_t set)
{
    bool full = real_fault_in(set, REAL_FAULT_FULL), root = geteuid() == 0;
    *means = (struct real_means) {0};
    found(means, REAL_MEAN_RELAY, true, NULL);
    found(means, REAL_MEAN_SIGNALS, true, NULL);
    found(means, REAL_MEAN_STRACE, false, unwanted);
    if (real_fault_in(set, REAL_FAULT_POINT))
        found(means, REAL_MEAN_STRACE, program_find("strace", means->strace) && strace_works(means),
              "not installed, or not allowed to trace");
    found(means, REAL_MEAN_TMPFS, full && root && mounts_of_our_own(),
          full ? "only root may mount" : unwanted);
    found(means, REAL_MEAN_LIMIT, full && !means->has[REAL_MEAN_TMPFS],
          full ? "the small disk is better" : unwanted);
    found(means, REAL_MEAN_CLOCK, real_fault_in(set, REAL_FAULT_CLOCK) && clock_find(means->clock),
          real_fault_in(set, REAL_FAULT_CLOCK) ? "not installed" : unwanted);
    found(means, REAL_MEAN_NETWORK, root && network_of_our_own(), "only root may have one");
    bool packets = real_fault_in(set, REAL_FAULT_PACKETS);
    found(means, REAL_MEAN_NFT,
          packets && means->has[REAL_MEAN_NETWORK] && program_find("nft", means->nft) &&
              nft(means, lose_packets) && nft(means, "delete table ip peregrin_real"),
          packets ? "not installed, not allowed, or no namespace of our own" : unwanted);
}

uint32_t real_means_faults(const struct real_means *means, uint32_t set)
{
    static const struct {
        enum real_fault fault;
        enum real_mean mean;
    } needs[] = {
        {REAL_FAULT_POINT, REAL_MEAN_STRACE},
        {REAL_FAULT_CLOCK, REAL_MEAN_CLOCK},
        {REAL_FAULT_PACKETS, REAL_MEAN_NFT},
    };
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (!means->has[needs[i].mean])
            set &= ~(1U << needs[i].fault);
    return set;
}

void real_means_packets(const struct real_means *means, bool lost)
{
    if (!means->has[REAL_MEAN_NFT])
        return;
    if (!nft(means, lost ? lose_packets : "delete table ip peregrin_real") && lost)
        nft(means, "delete table ip peregrin_real");
}
