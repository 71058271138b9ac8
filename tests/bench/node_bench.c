/* links: base seal record trust wire rules channel stream store engine io */
/* Two real nodes on this machine: how many records a second become durable, sealed and receipted,
 * and how long one alone takes. Prints `name value unit`; limits of the machine in the same run.
 *
 * The receiver is peregrind as released. The sender is the same shell, engine, store and transport
 * in this program, with a door of its own in place of the API: a request names how many records to
 * say, so that neither JSON nor HTTP of a client stands in the figure. Each record has 1,024 body
 * bytes and a dossier of its own, and passes scanner, seal and fold on both sides; both databases
 * are SQLite.
 *
 *   BENCH_RECORDS=100000 BENCH_SEQUENTIAL=350 node_bench */
#include "io/clock.h"
#include "io/shell.h"
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "seal/seal.h"
#include "support/readers.h"

#include <assert.h>
#include <curl/curl.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BODY_SIZE = 1024, GROUP = 256, PATH_SIZE = 256, READING_RECORDS = 150, READING_SECONDS = 3 };

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void say(const char *name, double value, const char *unit)
{
    printf("%-24s %12.3f %s\n", name, value, unit);
    fflush(stdout);
}

static void must(bool held, const char *what)
{
    if (held)
        return;
    fprintf(stderr, "node_bench: %s\n", what);
    exit(1);
}

static long setting(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

/* ---- the sender: a node with a door for numbers ---- */

struct door {
    struct shell *shell;
    struct arena *arena;
    struct bytes body;
};

/* A nomination of exactly BODY_SIZE bytes: the comment is as long as it takes. */
static struct bytes body_make(struct arena *arena)
{
    static char comment[BODY_SIZE + 1];
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Nov\u00e1kov\u00e1";
    person.given_names = "Jana";
    person.birth_date = "2004-05-06";
    person.has_gender = true;
    person.gender = PEREGRIN__GENDER__GENDER_FEMALE;
    person.nationality = "CZ";
    person.email = "jana@students.example.org";
    person.esi = "urn:schac:personalUniqueCode:int:esi:helmo.be:1234567";
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 2;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    nomination.comment = comment;
    memset(comment, 'x', 800);
    size_t rest = BODY_SIZE - protobuf_c_message_get_packed_size(&nomination.base);
    memset(comment + 800, 'x', rest);
    struct bytes body = codec_pack(&nomination.base, arena);
    must(body.size == BODY_SIZE, "the body is not 1,024 bytes");
    return body;
}

static enum fault door_serve(void *self, const struct http_request *request,
                             struct http_response *response)
{
    static char text[128];
    struct door *door = self;
    struct engine_partner partner = {0};
    struct engine_counter counter = {0};
    uint64_t receipts = 0;
    long count = strcmp(request->path, "/say") == 0 && request->query_count
                     ? atol(request->query[0].value)
                     : 0;
    for (long i = 0; i < count; i++) {
        struct event_submission submission = {.own = "helmo.be",
                                              .partner = "uhasselt.be",
                                              .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                              .opens = true,
                                              .body = door->body};
        struct event_answer answer;
        TRY(shell_submit(door->shell, &submission, &answer));
        must(answer.verdict == VERDICT_FINE, "a record was not taken");
    }
    (void)engine_partner(shell_engine(door->shell), 0, &partner);
    for (size_t i = 0; engine_counter(shell_engine(door->shell), i, &counter); i++)
        if (strcmp(counter.name, "receipts_taken") == 0)
            receipts = counter.value;
    snprintf(text, sizeof text, "%llu %d", (unsigned long long)receipts, partner.dialled);
    *response = (struct http_response) {
        .status = 200, .content_type = "text/plain", .body = bytes_text(text)};
    return FAULT_NONE;
}

/* Its sentences go to a pipe: what is said there is committed. Lines that nobody reads are dropped.
 */
static int sender(const char *file, int sentences)
{
    struct config *config = NULL;
    struct config_problems problems;
    struct keeper *keeper = NULL;
    struct reason reason = {0};
    struct door door = {.arena = arena_open(1 << 20)};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    must(config_read(file, &config, &problems) == FAULT_NONE, "the sender's configuration");
    struct keeper_settings keys = {config->keys.values, config->keys.count, NULL, -1};
    must(keeper_open(&keys, &keeper, &reason) == FAULT_NONE, reason.text);
    door.body = body_make(door.arena);
    fcntl(sentences, F_SETFL, O_NONBLOCK);
    struct log *log = log_open(sentences, config->node, TRACE_DETAIL);
    struct shell_settings settings = {
        .config = config, .keeper = keeper, .log = log, .serve = door_serve, .self = &door};
    must(shell_open(&settings, &door.shell, &reason) == FAULT_NONE, reason.text);
    enum fault fault = shell_run(door.shell, &reason);
    shell_close(door.shell);
    return fault ? 1 : 0;
}

/* ---- the client of the door: one kept connection ---- */

struct client {
    CURL *curl;
    char reply[256];
};

static size_t keep(char *data, size_t size, size_t count, void *self)
{
    struct client *client = self;
    size_t room = sizeof client->reply - 1, length = size * count < room ? size * count : room;
    memcpy(client->reply, data, length);
    client->reply[length] = '\0';
    return size * count;
}

/* The receipts that the sender has committed; -1: it does not answer (yet). */
static long ask(struct client *client, const char *target, int *dialled)
{
    char url[128];
    unsigned long receipts = 0;
    snprintf(url, sizeof url, "http://localhost%s", target);
    curl_easy_setopt(client->curl, CURLOPT_URL, url);
    if (curl_easy_perform(client->curl) != CURLE_OK ||
        sscanf(client->reply, "%lu %d", &receipts, dialled) != 2)
        return -1;
    return (long)receipts;
}

static struct client client_open(const char *socket)
{
    struct client client = {.curl = curl_easy_init()};
    curl_easy_setopt(client.curl, CURLOPT_UNIX_SOCKET_PATH, socket);
    curl_easy_setopt(client.curl, CURLOPT_WRITEFUNCTION, keep);
    return client;
}

static long receipts_of(struct client *client)
{
    int dialled;
    curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, client);
    long receipts = ask(client, "/look", &dialled);
    must(receipts >= 0, "the sender does not answer");
    return receipts;
}

static void wait_dialled(struct client *client)
{
    int dialled = 0;
    curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, client);
    for (double end = now() + 30; now() < end && dialled == 0;)
        if (ask(client, "/look", &dialled) < 0 || !dialled)
            usleep(20000);
    must(dialled, "the two nodes did not meet");
}

static void wait_receipts(struct client *client, long wanted, unsigned pause_us)
{
    double end = now() + 300;
    while (receipts_of(client) < wanted) {
        must(now() < end, "receipts stay out");
        if (pause_us)
            usleep(pause_us);
    }
}

/* ---- processes ---- */

static pid_t start(char *const arguments[])
{
    pid_t pid = fork();
    must(pid >= 0, "fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execv(arguments[0], arguments);
        _exit(127);
    }
    return pid;
}

static void stop(pid_t pid)
{
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
}

static double resident_mb(pid_t pid)
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

static pid_t node_start(const char *dir, const char *node)
{
    char program[PATH_SIZE], file[PATH_SIZE];
    snprintf(program, sizeof program, "%s/peregrind", getenv("PEREGRIN_BIN"));
    snprintf(file, sizeof file, "%s/%s/peregrind.conf", dir, node);
    char *arguments[] = {program, "-c", file, NULL};
    return start(arguments);
}

static pid_t sender_start(const char *self, const char *dir, int *sentences)
{
    char file[PATH_SIZE], number[16];
    int ends[2];
    must(pipe(ends) == 0, "pipe");
    snprintf(file, sizeof file, "%s/helmo.be/peregrind.conf", dir);
    snprintf(number, sizeof number, "%d", ends[1]);
    char *arguments[] = {(char *)self, "--sender", file, number, NULL};
    pid_t pid = start(arguments);
    close(ends[1]);
    *sentences = ends[0];
    return pid;
}

/* ---- the measurements ---- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static char heard[4096];
static size_t length;

/* Those of what was sent before. */
static void forget_sentences(int sentences)
{
    struct pollfd said = {sentences, POLLIN, 0};
    while (poll(&said, 1, 100) > 0)
        must(read(sentences, heard, sizeof heard) > 0, "the sender has ended");
    length = 0;
}

/* Until the sender says that a receipt is committed. */
static void wait_sentence(int sentences)
{
    for (;;) {
        char *end = memchr(heard, '\n', length);
        if (!end) {
            ssize_t more = read(sentences, heard + length, sizeof heard - length);
            must(more > 0, "the sender has ended");
            length += (size_t)more;
            continue;
        }
        size_t line = (size_t)(end - heard) + 1;
        bool receipt = memmem(heard, line, "receipt from", 12) != NULL;
        memmove(heard, heard + line, length - line);
        length -= line;
        if (receipt)
            return;
    }
}

/* One record alone: from before its submission to the sentence that its receipt is committed. No
 * more of them than the log lets through at once. */
static double measure_sequential(struct client *client, int sentences, long count, const char *name)
{
    char label[64];
    double *took = calloc((size_t)count, sizeof *took);
    int dialled;
    assert(took);
    forget_sentences(sentences);
    for (long i = 0; i < count; i++) {
        double began = now();
        must(ask(client, "/say?n=1", &dialled) >= 0, "the sender does not answer");
        wait_sentence(sentences);
        took[i] = (now() - began) * 1e3;
    }
    qsort(took, (size_t)count, sizeof *took, by_value);
    double worst = took[count * 99 / 100];
    snprintf(label, sizeof label, "%s_p50", name);
    say(label, took[count / 2], "ms");
    snprintf(label, sizeof label, "%s_p99", name);
    say(label, worst, "ms");
    free(took);
    return worst;
}

/* What a crowd gets that reads what the receiver holds, page by page. Meanwhile a sender says one
 * record after the other, where it is given. */
static double measure_reading(const char *socket, const char *target, unsigned connections,
                              const char *name, struct client *client, int sentences)
{
    char label[64];
    double began = now(), worst = 0;
    struct readers readers = readers_begin(socket, target, connections);
    must(readers.pid > 0, "no readers");
    snprintf(label, sizeof label, "%s_sequential", name);
    if (client)
        worst = measure_sequential(client, sentences, READING_RECORDS, label);
    else
        sleep(READING_SECONDS);
    double took = now() - began;
    long count = readers_end(&readers);
    must(count > 0, "a reader was not answered");
    snprintf(label, sizeof label, "%s_rate", name);
    say(label, (double)count / took, "reads/s");
    return worst;
}

/* The log lets so many sentences through at once: it must have forgotten those before. */
static void measure_crowd(const char *dir, struct client *client, int sentences)
{
    static const char page[] = "/api/v1/nominations?limit=50";
    char socket[PATH_SIZE];
    snprintf(socket, sizeof socket, "%s/uhasselt.be/peregrin.sock", dir);
    measure_reading(socket, "/healthz", 8, "limit_trivial", NULL, 0);
    measure_reading(socket, page, 1, "reading_one", NULL, 0);
    measure_reading(socket, page, 8, "reading", NULL, 0);
    double quiet = measure_sequential(client, sentences, READING_RECORDS, "quiet_sequential");
    double crowded = measure_reading(socket, page, 8, "crowded", client, sentences);
    say("crowded_p99_factor", crowded / quiet, "times");
}

static double pipelined(struct client *client, long count)
{
    char target[32];
    int dialled;
    long before = receipts_of(client);
    double began = now();
    for (long left = count; left > 0; left -= GROUP) {
        snprintf(target, sizeof target, "/say?n=%ld", left < GROUP ? left : GROUP);
        must(ask(client, target, &dialled) >= 0, "the sender does not answer");
    }
    wait_receipts(client, before + count, 1000);
    return (double)count / (now() - began);
}

/* From fork to the first answer of the API. */
static void measure_start(const char *dir)
{
    char socket[PATH_SIZE];
    int dialled;
    snprintf(socket, sizeof socket, "%s/uhasselt.be/peregrin.sock", dir);
    double began = now();
    pid_t pid = node_start(dir, "uhasselt.be");
    struct client client = client_open(socket);
    curl_easy_setopt(client.curl, CURLOPT_WRITEDATA, &client);
    curl_easy_setopt(client.curl, CURLOPT_URL, "http://localhost/api/v1/status");
    while (curl_easy_perform(client.curl) != CURLE_OK) {
        must(now() - began < 60, "the node does not start");
        usleep(500);
    }
    (void)dialled;
    say("start_100k", now() - began, "s");
    curl_easy_cleanup(client.curl);
    stop(pid);
}

/* ---- what the machine could do at the best ---- */

static void limit_crypto(void)
{
    uint8_t seed[32] = {1}, public_key[32], secret[64], signature[64], message[300] = {2};
    struct bytes view = {message, sizeof message};
    long done = 0;
    double began = now();
    seal_key_pair(seed, public_key, secret);
    for (; now() - began < 0.5; done++)
        seal_sign(SEAL_CONTEXT_SEAL, secret, view, signature);
    say("limit_sign", (double)done / (now() - began), "1/s");
    for (done = 0, began = now(); now() - began < 0.5; done++)
        must(seal_verify(SEAL_CONTEXT_SEAL, public_key, view, signature), "verify");
    say("limit_verify", (double)done / (now() - began), "1/s");
    uint8_t body[1400] = {3};
    struct digest digest;
    for (done = 0, began = now(); now() - began < 0.5; done++)
        digest_of(DIGEST_BODY, (struct bytes) {body, sizeof body}, &digest);
    say("limit_digest_1400", (double)done / (now() - began), "1/s");
}

/* Bare rows of 1.3 KB at 128 a commit, one time-ordered unique key: the database alone. */
static void limit_sqlite(const char *dir)
{
    char path[PATH_SIZE];
    sqlite3 *database;
    sqlite3_stmt *insert;
    static uint8_t row[1300];
    snprintf(path, sizeof path, "%s/limit.db", dir);
    must(sqlite3_open(path, &database) == SQLITE_OK, "sqlite");
    sqlite3_exec(database,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                 "CREATE TABLE r(k INTEGER PRIMARY KEY, b BLOB)",
                 NULL, NULL, NULL);
    sqlite3_prepare_v2(database, "INSERT INTO r(b) VALUES(?)", -1, &insert, NULL);
    long done = 0;
    double began = now();
    while (now() - began < 1.0) {
        sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);
        for (int i = 0; i < 128; i++, done++) {
            sqlite3_bind_blob(insert, 1, row, sizeof row, SQLITE_STATIC);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    }
    say("limit_sqlite_rows", (double)done / (now() - began), "1/s");
    for (done = 0, began = now(); now() - began < 0.5; done++) {
        sqlite3_bind_blob(insert, 1, row, sizeof row, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    say("limit_sqlite_commits", (double)done / (now() - began), "1/s");
    sqlite3_finalize(insert);
    sqlite3_close(database);
}

static void federation_make(const char *dir)
{
    char command[1024];
    snprintf(command, sizeof command,
             "bash -c '. scripts/federation.sh && federation_make %s "
             "\"helmo.be:HELMo:BE\" \"uhasselt.be:UHasselt:BE\"' >/dev/null 2>&1",
             dir);
    must(system(command) == 0, "the federation could not be made: run from the repository's root, "
                               "with PEREGRIN_BIN");
}

static void measure(const char *self, const char *dir)
{
    char socket[PATH_SIZE];
    long records = setting("BENCH_RECORDS", 100000);
    int sentences;
    pid_t receiver = node_start(dir, "uhasselt.be");
    pid_t sending = sender_start(self, dir, &sentences);
    snprintf(socket, sizeof socket, "%s/helmo.be/peregrin.sock", dir);
    struct client client = client_open(socket);
    wait_dialled(&client);
    measure_sequential(&client, sentences, setting("BENCH_SEQUENTIAL", 350), "node_sequential");
    say("node_pipelined_rate_10k", pipelined(&client, 10000), "records/s");
    say("rss_10k_sender", resident_mb(sending), "MB");
    say("rss_10k_receiver", resident_mb(receiver), "MB");
    say("node_pipelined_rate", pipelined(&client, records), "records/s");
    say("rss_100k", resident_mb(receiver), "MB");
    say("rss_100k_sender", resident_mb(sending), "MB");
    measure_crowd(dir, &client, sentences);
    curl_easy_cleanup(client.curl);
    stop(sending);
    stop(receiver);
    measure_start(dir);
}

int main(int count, char **arguments)
{
    if (count == 4 && strcmp(arguments[1], "--sender") == 0)
        return sender(arguments[2], atoi(arguments[3]));
    char dir[] = "/tmp/peregrin-bench-XXXXXX", command[PATH_SIZE];
    must(mkdtemp(dir) != NULL && getenv("PEREGRIN_BIN"), "a folder, and PEREGRIN_BIN");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    limit_crypto();
    limit_sqlite(dir);
    federation_make(dir);
    measure(arguments[0], dir);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) == 0 ? 0 : 1;
}
