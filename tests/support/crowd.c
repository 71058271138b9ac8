#include "support/crowd.h"

#include "engine/engine.h"
#include "io/clock.h"
#include "io/membership.h"
#include "io/transport.h"
#include "store/store_sqlite.h"
#include "support/figure.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PATH = 256,
    ARENA_SIZE = 128 * 1024 * 1024,
    HOST_NODES = CROWD_NODES_MAX / CROWD_PROCESSES,
    READY = 64,
    GROUP_FRAMES = 256,
    DESCRIPTORS = 8192,
};

struct guest {
    char id[16];
    struct crowd_told *told;
    struct config *config;
    struct catalogue catalogue; /* helmo.be and itself: what it needs of the whole */
    struct catalogue_institution institutions[2];
    struct catalogue_node nodes[2];
    struct store *store;
    struct engine *engine;
    struct transport *transport;
    struct outcome outcome;
    bool open;
    size_t frames;
    int64_t wake_ms;
};

struct host {
    struct guest guests[HOST_NODES];
    size_t count;
    struct membership *membership;
    struct keeper *keeper;
    struct arena *arena;
    int epoll;
};

/* ---- a group of one guest, as the shell does it ---- */

static void step(struct guest *guest, struct event *event)
{
    if (!guest->open)
        figure_must(guest->store->begin(guest->store) == FAULT_NONE, "a partner's transaction");
    guest->open = true;
    event->now = clock_now();
    clock_entropy(event->entropy);
    figure_must(engine_step(guest->engine, event, &guest->outcome) == FAULT_NONE,
                "a partner's step");
}

static bool take(void *self, const struct event_frame *frame)
{
    struct guest *guest = self;
    struct event event = {.kind = EVENT_RECEIVED, .received = *frame};
    step(guest, &event);
    return ++guest->frames < GROUP_FRAMES;
}

static void tell(struct guest *guest)
{
    struct engine_counter counter;
    for (size_t i = 0; engine_counter(guest->engine, i, &counter); i++)
        if (strcmp(counter.name, "records_taken") == 0 && counter.value != guest->told->taken)
            *guest->told = (struct crowd_told) {counter.value, figure_now()};
}

static const char *endpoint_of(const struct guest *guest, const char *node)
{
    const struct catalogue_node *found = node ? catalogue_node(&guest->catalogue, node) : NULL;
    return found ? found->endpoint : NULL;
}

static void group(struct host *host, struct guest *guest)
{
    arena_reset(host->arena);
    guest->outcome = (struct outcome) {.arena = host->arena, .trace = {.arena = host->arena}};
    guest->open = false;
    guest->frames = 0;
    transport_receive(guest->transport, take, guest);
    if (clock_steady_ms() >= guest->wake_ms)
        step(guest, &(struct event) {.kind = EVENT_WOKE});
    if (!guest->open)
        return;
    step(guest, &(struct event) {.kind = EVENT_SETTLED});
    figure_must(guest->store->commit(guest->store) == FAULT_NONE, "a partner's commit");
    tell(guest);
    guest->wake_ms = clock_steady_of(guest->outcome.wake);
    for (const struct outcome_frame *each = guest->outcome.first; each; each = each->next)
        transport_send(guest->transport, &each->way, endpoint_of(guest, each->way.node),
                       each->wire);
}

/* ---- opening ---- */

/* A view of the whole catalogue with two nodes in it, in order. */
static void catalogue_of(const struct host *host, struct guest *guest)
{
    const struct catalogue *whole = host->membership->catalogue;
    const char *const ids[] = {"helmo.be", guest->id};
    guest->catalogue = *whole;
    for (size_t i = 0; i < 2; i++) {
        const struct catalogue_institution *institution = catalogue_institution(whole, ids[i]);
        figure_must(institution != NULL, "a partner is not in the catalogue");
        guest->institutions[i] = *institution;
        guest->nodes[i] = whole->nodes[institution->node];
        guest->institutions[i].node = i;
    }
    guest->catalogue.institutions = guest->institutions;
    guest->catalogue.nodes = guest->nodes;
    guest->catalogue.institution_count = guest->catalogue.node_count = 2;
}

static void engine_start(const struct host *host, struct guest *guest)
{
    const char *why = NULL;
    struct engine_settings settings = {
        .node = guest->id,
        .transport_secret =
            membership_transport(host->membership, guest->config, host->keeper, clock_now()),
        .suite = keeper_suite(host->keeper),
        .store = guest->store,
        .catalogue = &guest->catalogue,
        .now = clock_now(),
    };
    uint8_t dice[ENTROPY_SEED_SIZE];
    clock_entropy(dice);
    memcpy(settings.run_id, dice, sizeof settings.run_id);
    clock_entropy(settings.entropy);
    figure_must(settings.transport_secret &&
                    engine_open(&settings, &guest->engine, &why) == FAULT_NONE,
                why ? why : "a partner's engine");
    guest->wake_ms = clock_steady_ms();
}

static void guest_configure(struct guest *guest, const char *dir, long number)
{
    char path[PATH];
    struct config_problems problems;
    snprintf(guest->id, sizeof guest->id, "p%04ld.be", number);
    snprintf(path, sizeof path, "%s/%s/peregrind.conf", dir, guest->id);
    figure_must(config_read(path, &guest->config, &problems) == FAULT_NONE,
                "a partner's configuration");
}

static void guest_start(struct host *host, struct guest *guest)
{
    struct reason reason = {0};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = guest};
    catalogue_of(host, guest);
    figure_must(store_sqlite_open(guest->config->database, &guest->store) == FAULT_NONE,
                "a partner's database");
    engine_start(host, guest);
    figure_must(transport_open(guest->config->listen, &guest->transport, &reason) == FAULT_NONE,
                reason.text);
    figure_must(
        epoll_ctl(host->epoll, EPOLL_CTL_ADD, transport_descriptor(guest->transport), &event) == 0,
        "epoll");
}

/* All keys of one process in one keeper; the catalogue is believed once. */
static void host_open(struct host *host)
{
    static const char *paths[KEEPER_KEYS_MAX];
    struct reason reason = {0};
    size_t keys = 0;
    for (size_t i = 0; i < host->count; i++)
        for (size_t k = 0; k < host->guests[i].config->keys.count; k++)
            paths[keys++] = host->guests[i].config->keys.values[k];
    figure_must(keeper_open(&(struct keeper_settings) {paths, keys, NULL, -1}, &host->keeper,
                            &reason) == FAULT_NONE,
                reason.text);
    figure_must(membership_open(host->guests[0].config, 0, &host->membership, &reason) ==
                    FAULT_NONE,
                reason.text);
    host->arena = arena_open(ARENA_SIZE);
    host->epoll = epoll_create1(EPOLL_CLOEXEC);
}

static int64_t wait_ms(const struct host *host)
{
    int64_t now = clock_steady_ms(), soonest = now + 1000;
    for (size_t i = 0; i < host->count; i++)
        if (host->guests[i].wake_ms < soonest)
            soonest = host->guests[i].wake_ms;
    return soonest > now ? soonest - now : 0;
}

static void host_run(struct host *host)
{
    struct epoll_event ready[READY];
    for (;;) {
        int count = epoll_wait(host->epoll, ready, READY, (int)wait_ms(host));
        for (int i = 0; i < count; i++)
            group(host, ready[i].data.ptr);
        int64_t now = clock_steady_ms();
        for (size_t i = 0; i < host->count; i++)
            if (now >= host->guests[i].wake_ms)
                group(host, &host->guests[i]);
    }
}

static struct crowd_told *told_open(const char *dir)
{
    char path[PATH];
    size_t size = CROWD_NODES_MAX * sizeof(struct crowd_told);
    snprintf(path, sizeof path, "%s/crowd", dir);
    int file = open(path, O_RDWR | O_CREAT, 0600);
    figure_must(file >= 0 && ftruncate(file, (off_t)size) == 0, "the crowd's memory");
    void *told = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    figure_must(told != MAP_FAILED, "the crowd's memory");
    close(file);
    return told;
}

/* PROGRAM --crowd DIR PROCESS COUNT READY: the nodes whose number leaves PROCESS, of COUNT. */
void crowd_be(int count, char **arguments)
{
    static struct host host;
    if (count != 6 || strcmp(arguments[1], "--crowd") != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_NOFILE, &(struct rlimit) {DESCRIPTORS, DESCRIPTORS});
    const char *dir = arguments[2];
    struct crowd_told *told = told_open(dir);
    for (long i = atol(arguments[3]); i < atol(arguments[4]); i += CROWD_PROCESSES) {
        host.guests[host.count].told = &told[i];
        guest_configure(&host.guests[host.count++], dir, i);
    }
    if (host.count)
        host_open(&host);
    for (size_t i = 0; i < host.count; i++)
        guest_start(&host, &host.guests[i]);
    figure_must(write(atoi(arguments[5]), ".", 1) == 1, "the crowd's pipe");
    if (host.count)
        host_run(&host);
    exit(0);
}

/* ---- the other end ---- */

void crowd_start(struct crowd *crowd, const char *self, const char *dir, long count)
{
    int ends[2];
    char numbers[3][16], answer;
    *crowd = (struct crowd) {.told = told_open(dir), .count = count};
    memset(crowd->told, 0, CROWD_NODES_MAX * sizeof *crowd->told);
    figure_must(pipe(ends) == 0, "pipe");
    for (int i = 0; i < CROWD_PROCESSES; i++) {
        snprintf(numbers[0], sizeof *numbers, "%d", i);
        snprintf(numbers[1], sizeof *numbers, "%ld", count);
        snprintf(numbers[2], sizeof *numbers, "%d", ends[1]);
        crowd->processes[i] = fork();
        figure_must(crowd->processes[i] >= 0, "fork");
        if (crowd->processes[i] == 0) {
            execl(self, self, "--crowd", dir, numbers[0], numbers[1], numbers[2], NULL);
            _exit(127);
        }
    }
    close(ends[1]);
    for (int i = 0; i < CROWD_PROCESSES; i++)
        figure_must(read(ends[0], &answer, 1) == 1, "a crowd did not start");
    close(ends[0]);
}

void crowd_stop(struct crowd *crowd)
{
    for (int i = 0; i < CROWD_PROCESSES; i++) {
        kill(crowd->processes[i], SIGKILL);
        waitpid(crowd->processes[i], NULL, 0);
    }
    munmap(crowd->told, CROWD_NODES_MAX * sizeof *crowd->told);
}
