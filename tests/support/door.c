#include "support/door.h"

#include "io/shell.h"
#include "support/figure.h"
#include "support/nomination.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct door {
    const struct door_ways *ways;
    struct shell *shell;
    struct bytes body;
    long said; /* so far: whose turn it is */
    unsigned long long told;
};

/* Lists come whole: so many for one partner, then the next partner's. */
static void partner_name(const struct door *door, char out[static 32])
{
    if (door->ways->partners == 0)
        strcpy(out, "uhasselt.be");
    else
        snprintf(out, 32, "p%04ld.be", door->said / DOOR_LIST % door->ways->partners);
}

static enum fault say(struct door *door)
{
    char partner[32];
    struct event_answer answer;
    partner_name(door, partner);
    struct event_submission submission = {.own = "helmo.be",
                                          .partner = partner,
                                          .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                          .opens = true,
                                          .body = door->body};
    TRY(shell_submit(door->shell, &submission, &answer));
    figure_must(answer.verdict == VERDICT_FINE, "a record was not taken");
    door->said++;
    if (door->ways->alone)
        TRY(shell_ask(door->shell, (struct event) {.kind = EVENT_SETTLED}, &answer));
    return FAULT_NONE;
}

static unsigned long long receipts_of(const struct engine *engine)
{
    struct engine_counter counter;
    for (size_t i = 0; engine && engine_counter(engine, i, &counter); i++)
        if (strcmp(counter.name, "receipts_taken") == 0)
            return counter.value;
    return 0;
}

/* Between two groups: what is counted is committed. */
static int64_t door_turn(void *self)
{
    struct door *door = self;
    unsigned long long receipts = receipts_of(shell_engine(door->shell));
    bool fresh = receipts > door->told;
    door->told = receipts;
    if (fresh && write(door->ways->receipts, ".", 1) < 0)
        return -1; /* nobody reads */
    return -1;
}

static enum fault door_serve(void *self, const struct http_request *request,
                             struct http_response *response)
{
    static char text[128];
    struct door *door = self;
    const struct engine *engine = shell_engine(door->shell);
    struct engine_partner partner;
    unsigned long long dialled = 0;
    bool says = strcmp(request->path, "/say") == 0 && request->query_count;
    for (long left = says ? atol(request->query[0].value) : 0; left > 0; left--)
        TRY(say(door));
    bool counts = strcmp(request->path, "/met") == 0;
    for (size_t i = 0; counts && engine && engine_partner(engine, i, &partner); i++)
        dialled += partner.dialled;
    snprintf(text, sizeof text, "%llu %llu", receipts_of(engine), dialled);
    *response = (struct http_response) {
        .status = 200, .content_type = "text/plain", .body = bytes_text(text)};
    return FAULT_NONE;
}

int door_run(const struct door_ways *ways)
{
    struct config *config = NULL;
    struct config_problems problems;
    struct keeper *keeper = NULL;
    struct reason reason = {0};
    struct door door = {.ways = ways, .body = nomination_pack(arena_open(1 << 20))};
    figure_must(config_read(ways->config, &config, &problems) == FAULT_NONE,
                "the sender's configuration");
    struct keeper_settings keys = {config->keys.values, config->keys.count, NULL, -1};
    figure_must(keeper_open(&keys, &keeper, &reason) == FAULT_NONE, reason.text);
    fcntl(ways->receipts, F_SETFL, O_NONBLOCK);
    struct log *log = log_open(STDERR_FILENO, config->node, TRACE_ALARM);
    struct shell_settings settings = {.config = config,
                                      .keeper = keeper,
                                      .log = log,
                                      .serve = door_serve,
                                      .turn = door_turn,
                                      .turns = eventfd(0, EFD_CLOEXEC),
                                      .self = &door};
    figure_must(shell_open(&settings, &door.shell, &reason) == FAULT_NONE, reason.text);
    enum fault fault = shell_run(door.shell, &reason);
    shell_close(door.shell);
    return fault ? 1 : 0;
}
