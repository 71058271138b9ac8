#include "support/machine.h"

#include "seal/digest.h"
#include "seal/seal.h"
#include "support/figure.h"
#include "support/flush.h"

#include <nanomsg/nn.h>
#include <nanomsg/pair.h>
#include <nanomsg/tcp.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PATH_SIZE = 256,
    ROW = 1300,
    UNIT = 32,
    WINDOW = 24,
    TOGETHER = 8,
    RATES = 600,
    ALONE = 200
};

static const double moment = 0.3; /* seconds for each rate */

/* ---- cryptography ---- */

static uint8_t seed[SEAL_SEED_SIZE] = {1}, public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE],
               signature[SEAL_SIGNATURE_SIZE];
static const uint8_t message[300] = {2}, body[1400] = {3};

static void sign_one(void)
{
    figure_must(
        seal_sign(SEAL_CONTEXT_SEAL, secret, (struct bytes) {message, sizeof message}, signature),
        "sign");
}

static void verify_one(void)
{
    figure_must(seal_verify(SEAL_CONTEXT_SEAL, public_key, (struct bytes) {message, sizeof message},
                            signature),
                "verify");
}

static void digest_one(void)
{
    struct digest digest;
    digest_of(DIGEST_BODY, (struct bytes) {body, sizeof body}, &digest);
}

/* So many in a second of processor time. */
static double rate_of(void (*one)(void))
{
    long done = 0;
    double began = figure_processor(0);
    for (; figure_processor(0) - began < moment; done++)
        one();
    return (double)done / (figure_processor(0) - began);
}

void machine_look_crypto(struct machine *machine)
{
    /* Without it libsodium hashes as any processor could. */
    figure_must(sodium_init() >= 0, "libsodium");
    seal_key_pair(seed, public_key, secret);
    machine->signs = rate_of(sign_one);
    machine->verifies = rate_of(verify_one);
    machine->digests = rate_of(digest_one);
}

/* ---- database ---- */

struct rows {
    sqlite3 *database;
    sqlite3_stmt *insert;
};

static void rows_open(struct rows *rows, const char *dir, const char *name)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s.db", dir, name);
    figure_must(sqlite3_open(path, &rows->database) == SQLITE_OK, "sqlite");
    sqlite3_exec(rows->database,
                 "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                 "PRAGMA wal_autocheckpoint=4000;"
                 "CREATE TABLE r(k INTEGER PRIMARY KEY, b BLOB)",
                 NULL, NULL, NULL);
    sqlite3_prepare_v2(rows->database, "INSERT INTO r(b) VALUES(?)", -1, &rows->insert, NULL);
}

static void rows_run(const struct rows *rows, const char *statement)
{
    figure_must(sqlite3_exec(rows->database, statement, NULL, NULL, NULL) == SQLITE_OK, "sqlite");
}

static void rows_add(const struct rows *rows, int size, long count)
{
    static uint8_t row[ROW];
    for (long i = 0; i < count; i++) {
        sqlite3_bind_blob(rows->insert, 1, row, size, SQLITE_STATIC);
        sqlite3_step(rows->insert);
        sqlite3_reset(rows->insert);
    }
}

static void rows_close(struct rows *rows)
{
    sqlite3_finalize(rows->insert);
    sqlite3_close(rows->database);
}

static double rows_rate(const struct rows *rows, long together)
{
    long done = 0;
    double began = figure_now();
    for (; figure_now() - began < 2 * moment; done += together) {
        rows_run(rows, "BEGIN");
        rows_add(rows, ROW, together);
        rows_run(rows, "COMMIT");
    }
    return (double)done / (figure_now() - began);
}

void machine_look(struct machine *machine, const char *dir)
{
    struct rows rows;
    machine_look_crypto(machine);
    rows_open(&rows, dir, "limit");
    machine->rows = rows_rate(&rows, 128);
    machine->commits = rows_rate(&rows, 1);
    rows_close(&rows);
    figure_say("limit_sign", machine->signs, "1/s");
    figure_say("limit_verify", machine->verifies, "1/s");
    figure_say("limit_digest_1400", machine->digests, "1/s");
    figure_say("limit_sqlite_rows", machine->rows, "1/s");
    figure_say("limit_sqlite_commits", machine->commits, "1/s");
}

/* ---- the bare exchange ---- */

struct side {
    struct rows rows;
    int socket;
};

static void side_open(struct side *side, const char *dir, const char *name, const char *address,
                      bool binds)
{
    rows_open(&side->rows, dir, name);
    seal_key_pair(seed, public_key, secret);
    sign_one();
    int yes = 1;
    side->socket = nn_socket(AF_SP, NN_PAIR);
    nn_setsockopt(side->socket, NN_TCP, NN_TCP_NODELAY, &yes, sizeof yes);
    figure_must((binds ? nn_bind(side->socket, address) : nn_connect(side->socket, address)) >= 0,
                "nanomsg");
}

/* Up to TOGETHER messages of `count` records each in one commit; answers each. Until killed. */
static void answer(struct side *side)
{
    static uint8_t frame[UNIT * ROW];
    for (;;) {
        int sizes[TOGETHER], count = 0;
        while (count < TOGETHER) {
            int size = nn_recv(side->socket, frame, sizeof frame, count ? NN_DONTWAIT : 0);
            if (size < 0)
                break;
            sizes[count++] = size;
        }
        rows_run(&side->rows, "BEGIN");
        for (int i = 0; i < count; i++) {
            struct digest digest;
            verify_one();
            for (int at = 0; at < sizes[i]; at += ROW)
                digest_of(DIGEST_BODY, (struct bytes) {frame + at, ROW}, &digest);
            rows_add(&side->rows, ROW, sizes[i] / ROW);
            sign_one();
        }
        rows_run(&side->rows, "COMMIT");
        for (int i = 0; i < count; i++)
            nn_send(side->socket, message, sizeof message, 0);
    }
}

static void ask(struct side *side, size_t records, int frames)
{
    static uint8_t frame[UNIT * ROW];
    rows_run(&side->rows, "BEGIN");
    for (int i = 0; i < frames; i++) {
        struct digest digest;
        for (size_t at = 0; at < records; at++)
            digest_of(DIGEST_BODY, (struct bytes) {frame + at * ROW, ROW}, &digest);
        rows_add(&side->rows, ROW, (long)records);
        sign_one();
    }
    rows_run(&side->rows, "COMMIT");
    for (int i = 0; i < frames; i++)
        nn_send(side->socket, frame, records * ROW, 0);
}

/* Waits for one; takes what else has come. */
static int take(struct side *side)
{
    uint8_t reply[512];
    int count = 0;
    while (nn_recv(side->socket, reply, sizeof reply, count ? NN_DONTWAIT : 0) >= 0)
        count++;
    rows_run(&side->rows, "BEGIN");
    for (int i = 0; i < count; i++) {
        verify_one();
        rows_add(&side->rows, 400, 1);
    }
    rows_run(&side->rows, "COMMIT");
    return count;
}

static void exchange(struct side *side, pid_t other, struct machine *machine)
{
    double took[ALONE], began;
    for (int i = 0; i < ALONE; i++) {
        began = figure_now();
        ask(side, 1, 1);
        take(side);
        took[i] = (figure_now() - began) * 1e3;
    }
    qsort(took, ALONE, sizeof *took, figure_order);
    machine->alone_ms = took[ALONE / 2];
    double spent = figure_processor(0) + figure_processor(other);
    began = figure_now();
    int sent = 0, answered = 0;
    while (answered < RATES) {
        for (; sent < RATES && sent - answered <= WINDOW - TOGETHER; sent += TOGETHER)
            ask(side, UNIT, TOGETHER);
        answered += take(side);
    }
    machine->exchanged = RATES * UNIT / (figure_now() - began);
    spent = figure_processor(0) + figure_processor(other) - spent;
    machine->exchanged_us = spent * 1e6 / (RATES * UNIT);
}

void machine_exchange(struct machine *machine, const char *dir, long flush_us)
{
    char address[PATH_SIZE];
    struct side side;
    /* An address of this machine that nobody else listens at. */
    snprintf(address, sizeof address, "tcp://127.9.%d.%d:20000", getpid() / 250 % 250,
             getpid() % 250 + 1);
    pid_t other = fork();
    figure_must(other >= 0, "fork");
    flush_slow(flush_us);
    if (other == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        side_open(&side, dir, "answers", address, true);
        answer(&side);
        _exit(0);
    }
    side_open(&side, dir, "asks", address, false);
    exchange(&side, other, machine);
    nn_close(side.socket);
    rows_close(&side.rows);
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    flush_slow(0);
}
