/* peregrind: the node. Options, and the joining of io's server with admin's API; nothing else. */
#include "api/api.h"
#include "api/api_cache.h"
#include "api/api_limit.h"
#include "io/clock.h"
#include "io/hasher.h"
#include "io/http_config.h"
#include "io/copying.h"
#include "io/cores.h"
#include "io/descriptors.h"
#include "io/rulebook.h"
#include "io/shell.h"
#include "post/post.h"
#include "press/press.h"
#include "store/store_look.h"
#include "watch/watch.h"

#include <assert.h>
#include <getopt.h>
#include <pwd.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef PEREGRIN_VERSION
#    define PEREGRIN_VERSION "0.1"
#endif

static const char usage[] =
    "usage: peregrind [-n] [-c FILE]\n"
    "\n"
    "The node of one or more institutions: keeps their records and exchanges them with partners.\n"
    "\n"
    "  -c, --config FILE        the configuration (default /etc/peregrin/peregrind.conf)\n"
    "  -n, --check              check configuration, keys and catalogue, and stop\n"
    "      --passphrase-file F  the passphrase of sealed keys; mode 0600\n"
    "      --passphrase-fd N    the same from an open descriptor\n"
    "      --help, --version\n"
    "\n"
    "SIGHUP reads catalogue, certificate and rules again; SIGTERM stops the node.\n"
    "A commented configuration: peregrin config sample\n";

enum { EXIT_USAGE = 2, HOUR_SECONDS = 3600 };
enum option_code {
    OPTION_PASSPHRASE_FILE = 256,
    OPTION_PASSPHRASE_FD,
    OPTION_HELP,
    OPTION_VERSION
};

static const struct option options[] = {
    {"config", required_argument, NULL, 'c'},
    {"check", no_argument, NULL, 'n'},
    {"passphrase-file", required_argument, NULL, OPTION_PASSPHRASE_FILE},
    {"passphrase-fd", required_argument, NULL, OPTION_PASSPHRASE_FD},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {0},
};

struct call {
    const char *file;
    bool check;
    struct keeper_settings keys;
};

/* --- the API
 * ------------------------------------------------------------------------------------------ */

struct service {
    const struct config *config;
    struct shell *shell;
    struct log *log;
    struct watch *watch;
    struct post *post;
    struct api_cache *cache;
    struct press *press;
    struct rulebook *rulebook;
    struct arena *arena;          /* of one request */
    char configuration[PATH_MAX]; /* absolute */
    struct hasher *hasher;
    struct api_limit *limit;
    uid_t account_uid;
    char account[LOGIN_NAME_MAX + 1]; /* of account_uid; empty: not asked yet, or it has none */
};

static enum fault port_begin(void *self)
{
    struct service *service = self;
    return shell_begin(service->shell);
}

static enum fault port_submit(void *self, const struct event_submission *submission,
                              struct event_answer *answer)
{
    struct service *service = self;
    return shell_submit(service->shell, submission, answer);
}

static enum fault port_order(void *self, const struct event_order *order,
                             struct event_answer *answer)
{
    struct service *service = self;
    struct event event = {.kind = EVENT_ORDERED, .ordered = *order};
    return shell_ask(service->shell, event, answer);
}

static enum fault port_ping(void *self, const char *node)
{
    struct service *service = self;
    struct event_answer none;
    struct event event = {.kind = EVENT_PING, .ping_node = node};
    return shell_ask(service->shell, event, &none);
}

static void port_reload(void *self)
{
    struct service *service = self;
    shell_reload(service->shell);
}

static bool port_partner(void *self, size_t index, struct engine_partner *out)
{
    struct service *service = self;
    return engine_partner(shell_engine(service->shell), index, out);
}

static bool port_counter(void *self, size_t index, struct engine_counter *out)
{
    struct service *service = self;
    return shell_counter(service->shell, index, out);
}

static bool port_copy(void *self, enum api_copy_wish wish, struct api_copy *out)
{
    static const enum api_copy_state states[] = {
        [COPYING_NONE] = API_COPY_NONE,
        [COPYING_RUNNING] = API_COPY_RUNNING,
        [COPYING_WHOLE] = API_COPY_WHOLE,
        [COPYING_FAILED] = API_COPY_FAILED,
    };
    struct service *service = self;
    struct copying *copying = shell_copying(service->shell);
    struct copying_view view;
    bool done = wish != API_COPY_BEGIN || copying_begin(copying);
    if (wish == API_COPY_END)
        copying_end(copying);
    copying_look(copying, &view);
    *out = (struct api_copy) {
        states[view.state], view.number, view.file,  service->configuration,
        view.done,          view.total,  view.fault,
    };
    return done;
}

static void guard_dice(void *, uint8_t out[static 32])
{
    clock_entropy(out);
}

static enum api_slow guard_derive(void *self, uint64_t number, struct bytes text,
                                  struct password_salt *salt, struct password_hash *hash)
{
    static const enum api_slow states[] = {
        [HASHER_LATER] = API_SLOW_LATER,
        [HASHER_DONE] = API_SLOW_DONE,
        [HASHER_BUSY] = API_SLOW_BUSY,
        [HASHER_FAILED] = API_SLOW_FAILED,
    };
    struct service *service = self;
    return states[hasher_ask(service->hasher, number, text, salt, hash)];
}

static void hash_arrived(void *self)
{
    struct service *service = self;
    hasher_seen(service->hasher);
}

static struct api make_api(struct service *service)
{
    const struct membership *membership = shell_membership(service->shell);
    return (struct api) {
        .store = shell_store(service->shell),
        .catalogue = membership->catalogue,
        .files = membership->files,
        .eligible = rulebook_eligible(service->rulebook),
        .node = service->config->node,
        .version = PEREGRIN_VERSION,
        .started = shell_started(service->shell),
        .over_quota = strcmp(service->config->over_quota, "yes") == 0,
        .cache = service->cache,
        .press = service->press,
        .port = {service, port_begin, port_submit, port_order, port_ping, port_reload, port_partner,
                 port_counter, port_copy},
        .guard = {service, guard_dice, guard_derive, service->limit,
                  strtoul(service->config->session_hours, NULL, 10) * HOUR_SECONDS},
        .watch = {service->watch, watch_text},
    };
}

/* The account's name, asked of the system once for each change of caller. */
static const char *account_of(struct service *service, const struct http_caller *caller)
{
    if (!caller->local)
        return NULL;
    if (!service->account[0] || service->account_uid != caller->uid) {
        const struct passwd *entry = getpwuid(caller->uid);
        snprintf(service->account, sizeof service->account, "%s", entry ? entry->pw_name : "");
        service->account_uid = caller->uid;
    }
    return service->account[0] ? service->account : NULL;
}

static struct api_caller make_caller(struct service *service, const struct http_request *from)
{
    const struct http_caller *caller = &from->caller;
    const char *account = account_of(service, caller), *proxy = service->config->api_proxy_account;
    bool proxied = account && config_given(proxy) && strcmp(account, proxy) == 0;
    return (struct api_caller) {
        .owner = !proxied && caller->local && (caller->uid == geteuid() || caller->uid == 0),
        .account = proxied ? NULL : account,
        .proxy = proxied,
        .remote_user = from->remote_user,
        .address = caller->local ? NULL : caller->address,
        .secure = caller->secure || proxied,
        .authorization = from->authorization,
        .cookie = from->cookie,
        .csrf_token = from->csrf_token,
        .origin = from->origin,
        .fetch_site = from->fetch_site,
        .host = from->host,
    };
}

static struct api_request make_request(struct service *service, const struct http_request *from)
{
    static_assert(API_QUERY_MAX >= (int)HTTP_QUERY_MAX && API_BODY_MAX >= (int)HTTP_BODY_MAX);
    struct api_request request = {
        .method = from->method,
        .path = from->path,
        .query_count = from->query_count,
        .idempotency_key = from->idempotency_key,
        .content_type = from->content_type,
        .body = from->body,
        .now = clock_now(),
        .correlation_id = from->correlation_id,
        .number = from->number,
        .caller = make_caller(service, from),
        .accept = from->accept,
        .last_event_id = from->last_event_id,
        .mark = from->mark,
        .waited_ms = from->waited_ms,
        .waiting = from->waiting,
        .streams = from->streams,
    };
    for (size_t i = 0; i < from->query_count; i++)
        request.query[i] = (struct api_pair) {from->query[i].name, from->query[i].value};
    return request;
}

static enum fault serve(void *self, const struct http_request *from, struct http_response *out)
{
    struct service *service = self;
    struct api api = make_api(service);
    struct api_request request = make_request(service, from);
    struct api_response response;
    arena_reset(service->arena);
    TRY(api_serve(&api, &request, service->arena, &response));
    *out = (struct http_response) {.status = response.status,
                                   .content_type = response.content_type,
                                   .allow = response.allow,
                                   .cookie = response.cookie,
                                   .retry_s = response.retry_s,
                                   .ask_name = response.ask_name,
                                   .body = response.body,
                                   .later_ms = response.later_ms,
                                   .mark = response.mark};
    if (response.later_ms == 0)
        watch_count(service->watch, response.route, response.status);
    return FAULT_NONE;
}

static int64_t turn(void *self)
{
    struct service *service = self;
    int64_t rules_ms = rulebook_turn(service->rulebook);
    int64_t post_ms = post_turn(service->post, shell_store(service->shell));
    bool sooner = rules_ms >= 0 && (post_ms < 0 || rules_ms < post_ms);
    return sooner ? rules_ms : post_ms;
}

static void reload(void *self)
{
    struct service *service = self;
    rulebook_reload(service->rulebook, service->config, service->log);
}

static bool look(void *self, const struct http_request *from, struct http_response *out)
{
    struct service *service = self;
    return watch_look(service->watch, from, out);
}

/* Institutions and nodes of others: what the log may name as a partner. */
static bool is_partner(void *self, const char *name)
{
    const struct service *service = self;
    const struct catalogue *catalogue = shell_membership(service->shell)->catalogue;
    const struct catalogue_institution *institution = catalogue_institution(catalogue, name);
    const char *node = institution ? catalogue->nodes[institution->node].id : name;
    return catalogue_node(catalogue, node) && strcmp(node, service->config->node) != 0;
}

/* --- running
 * ------------------------------------------------------------------------------------------- */

static int complain(enum fault fault, const struct reason *reason)
{
    fprintf(stderr, "peregrind: %s\n", reason->text);
    return fault_text(fault)->exit_status;
}

static enum fault run(const struct config *config, struct keeper *keeper, struct log *log,
                      struct reason *reason)
{
    struct service service = {.config = config, .log = log};
    TRY(rulebook_open(config, &service.rulebook, reason));
    service.arena = arena_open(API_ARENA);
    struct shell_settings settings = {.config = config,
                                      .keeper = keeper,
                                      .log = log,
                                      .version = PEREGRIN_VERSION,
                                      .serve = serve,
                                      .look = look,
                                      .turn = turn,
                                      .reload = reload,
                                      .arrived = hash_arrived,
                                      .self = &service};
    service.watch =
        watch_open(&(struct watch_settings) {config, keeper, PEREGRIN_VERSION, service.rulebook});
    uint8_t seed[ENTROPY_SEED_SIZE];
    clock_entropy(seed);
    service.limit = api_limit_open(seed);
    service.cache = api_cache_open(); /* without it lists are slower */
    service.press = press_open(NULL); /* without it no papers are set */
    if (!service.arena || !service.watch || !service.limit)
        return reason_give(reason, FAULT_MEMORY, "no memory for the API");
    if (!keeper_locked(keeper))
        log_say(log, clock_now(), TRACE_ALARM,
                "the system does not lock the keys' memory: raise LimitMEMLOCK (ulimit -l)");
    if (!realpath(config->file, service.configuration))
        snprintf(service.configuration, sizeof service.configuration, "%s", config->file);
    enum fault fault = hasher_open(&service.hasher, reason);
    settings.arrivals = fault ? -1 : hasher_descriptor(service.hasher);
    if (!fault)
        fault = post_open(log, &service.post, reason);
    settings.turns = fault ? -1 : post_descriptor(service.post);
    if (!fault)
        fault = shell_open(&settings, &service.shell, reason);
    watch_over(service.watch, service.shell);
    if (!fault)
        fault = rulebook_start(service.rulebook, service.shell);
    if (!fault) {
        log_know(log, is_partner, &service);
        fault = shell_run(service.shell, reason);
        log_know(log, NULL, NULL);
        if (!fault)
            rulebook_stop(service.rulebook);
    }
    shell_close(service.shell);
    hasher_close(service.hasher);
    api_limit_close(service.limit);
    watch_close(service.watch);
    post_close(service.post);
    api_cache_close(service.cache);
    press_close(service.press);
    rulebook_close(service.rulebook);
    arena_close(service.arena);
    return fault;
}

/* The newest catalogue version that the database has seen believed, as start and SIGHUP ask it.
 * While a node has it open nobody else can read it, and that is said. */
static enum fault read_floor(const struct config *config, uint64_t *floor, struct reason *reason)
{
    struct store_look look;
    struct arena *arena = arena_open(STORE_VALUE_MAX);
    enum fault fault =
        arena ? store_look(config->database, membership_floor_name, false, arena, &look)
              : FAULT_MEMORY;
    *floor = fault ? 0 : membership_floor(look.value);
    arena_close(arena);
    if (fault == FAULT_TAKEN) {
        fprintf(stderr,
                "%s: a node has it open, so an older catalogue that was put back does not show "
                "here; the node refuses it\n",
                config->database);
        return FAULT_NONE;
    }
    return fault ? reason_give(reason, fault, "database: %s: %s; %s", config->database,
                               fault_text(fault)->sentence, fault_text(fault)->remedy)
                 : FAULT_NONE;
}

static enum fault check(const struct config *config, const struct keeper *keeper,
                        struct reason *reason)
{
    struct membership *membership = NULL;
    struct instant now = clock_now();
    uint64_t floor;
    struct rulebook *rulebook;
    TRY(http_config_check(config, reason));
    TRY(rulebook_open(config, &rulebook, reason));
    rulebook_close(rulebook);
    TRY(read_floor(config, &floor, reason));
    TRY(membership_open(config, floor, &membership, reason));
    enum fault fault = membership_check(membership, config, keeper, now, reason);
    if (!fault)
        printf("%s: fine. %s speaks for %zu institution%s; catalogue version %llu%s\n",
               config->file, config->node, config->institutions.count,
               config->institutions.count == 1 ? "" : "s",
               (unsigned long long)membership->catalogue->version,
               catalogue_expired(membership->catalogue, now) ? " has expired" : "");
    membership_close(membership);
    return fault;
}

static int start(const struct call *call, const struct config *config)
{
    struct reason reason = {0};
    struct keeper *keeper = NULL;
    struct keeper_settings keys = call->keys;
    keys.paths = config->keys.values;
    keys.count = config->keys.count;
    enum fault fault = keeper_open(&keys, &keeper, &reason);
    struct log *log = log_open(STDERR_FILENO, config->node, config->least_level);
    if (!fault && !log)
        fault = reason_give(&reason, FAULT_MEMORY, "no memory for the log");
    if (!fault)
        fault = call->check ? check(config, keeper, &reason) : run(config, keeper, log, &reason);
    log_close(log);
    keeper_close(keeper);
    return fault ? complain(fault, &reason) : EXIT_SUCCESS;
}

/* False: the options cannot be understood; getopt has said why. */
static bool read_options(int count, char **arguments, struct call *call)
{
    int code;
    while ((code = getopt_long(count, arguments, "c:n", options, NULL)) != -1) {
        switch (code) {
        case 'c': call->file = optarg; break;
        case 'n': call->check = true; break;
        case OPTION_PASSPHRASE_FILE: call->keys.passphrase_file = optarg; break;
        case OPTION_PASSPHRASE_FD:
            if (sscanf(optarg, "%d%c", &call->keys.passphrase_descriptor, &(char) {0}) != 1)
                return false;
            break;
        case OPTION_HELP: fputs(usage, stdout); exit(EXIT_SUCCESS);
        case OPTION_VERSION: puts("peregrind " PEREGRIN_VERSION); exit(EXIT_SUCCESS);
        default: return false;
        }
    }
    if (optind < count)
        fprintf(stderr, "peregrind: `%s` is no option\n", arguments[optind]);
    return optind == count;
}

int main(int count, char **arguments)
{
    struct call call = {.file = "/etc/peregrin/peregrind.conf", .keys.passphrase_descriptor = -1};
    struct config_problems problems;
    struct config *config = NULL;
    descriptors_stand();
    if (!read_options(count, arguments, &call)) {
        fputs("Try: peregrind --help\n", stderr);
        return EXIT_USAGE;
    }
    cores_forbid();
    umask(S_IRWXG | S_IRWXO); /* the database holds personal data */
    enum fault fault = config_read(call.file, &config, &problems);
    for (size_t i = 0; fault && i < problems.count; i++)
        fprintf(stderr, "%s\n", problems.lines[i]);
    if (fault)
        return fault_text(fault)->exit_status;
    int status = start(&call, config);
    config_close(config);
    return status;
}
