/* The daemon around the core: what comes in becomes events, a group of them becomes one commit, and
 * only after it do frames, sentences and responses leave.
 *
 * A group ends when nothing more waits, or when it has become large or old: a lone event commits at
 * once, a busy hour shares its commits. When the world fails within a group, nothing of it leaves,
 * the engine is opened anew, and everybody hears that it was not done. */
#pragma once

#include "engine/engine.h"
#include "io/http.h"
#include "io/log.h"
#include "io/membership.h"
#include "io/tally.h"

struct copying;
struct shell;

struct shell_settings {
    const struct config *config;
    struct keeper *keeper;
    struct log *log;
    const char *version; /* of this program; NULL: unknown */
    /* Answers one request of the API; a fault ends the group and is told instead. */
    enum fault (*serve)(void *self, const struct http_request *request,
                        struct http_response *response);
    /* Answers what may be asked at any time, also between a fault and the next attempt, and needs
     * no group; false: it is not asked for such a thing, and `serve` is. NULL: there is none. */
    bool (*look)(void *self, const struct http_request *request, struct http_response *response);
    /* Readable when something has come that requests may wait for: `arrived` is called, and they
     * are served again. arrived NULL: there is none. */
    int arrivals;
    void (*arrived)(void *self);
    /* Called between two groups, with no transaction open, whenever the loop turns, and when
     * `turns` is readable; gives how many milliseconds may pass until then, -1: any. NULL: none. */
    int64_t (*turn)(void *self);
    int turns;
    /* SIGHUP, with no transaction open, before the catalogue is read again. NULL: there is none. */
    void (*reload)(void *self);
    void *self;
};

/* Opens database, catalogue, engine, listener and the API's socket; all are the caller's values and
 * must live as long. Faults come with the reason. */
enum fault shell_open(const struct shell_settings *settings, struct shell **out,
                      struct reason *reason);
/* Until SIGTERM or SIGINT: FAULT_NONE. Otherwise the fault that cannot be mended from here. */
enum fault shell_run(struct shell *shell, struct reason *reason);
void shell_close(struct shell *shell);

/* For `serve`, within its call. */
enum fault shell_begin(struct shell *shell); /* the group's transaction, if not open yet */
enum fault shell_submit(struct shell *shell, const struct event_submission *submission,
                        struct event_answer *answer);
/* Any event that somebody asks for, with the shell's time and dice. */
enum fault shell_ask(struct shell *shell, struct event event, struct event_answer *answer);
/* NULL while nothing can be kept. */
/* After this group: catalogue, and partners by hand, are read again. */
void shell_reload(struct shell *shell);
const struct engine *shell_engine(const struct shell *shell);
const struct tally *shell_tally(const struct shell *shell);
/* The engine's counters and then those of the network; false past the end. */
bool shell_counter(const struct shell *shell, size_t index, struct engine_counter *out);
struct store *shell_store(const struct shell *shell);
const struct membership *shell_membership(const struct shell *shell);
/* The copy that a backup is made from. */
struct copying *shell_copying(const struct shell *shell);
struct instant shell_started(const struct shell *shell);
