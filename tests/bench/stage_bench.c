/* links: base seal record trust wire rules channel stream store engine sim */
/* What each stage costs one record: nanoseconds on this machine (medians of BENCH_RUNS), and
 * instructions, which no neighbour on the machine can change.
 *
 * The records are nominations of 1,024 body bytes, 31 under one seal, as a full frame carries them.
 * Instructions are counted by valgrind's callgrind: once around n records and once around 2n; the
 * difference is theirs alone.
 *
 *   BENCH_STAGE=NAME stage_bench       one stage only
 *   stage_bench --stage NAME RECORDS   only runs it, for a profiler of your own */
#include "channel/session.h"
#include "record/codec.h"
#include "record/dossier.h"
#include "record/kind.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "sim/world.h"
#include "store/store_sqlite.h"
#include "support/figure.h"
#include "support/nomination.h"
#include "wire/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    BATCH = 31,   /* records of 1 KB that fit a frame */
    COUNTED = 10, /* batches that callgrind sees, and twice as many */
    PATH = 256,
    ARENA_SIZE = 64 * 1024 * 1024,
    DEEP = 8, /* records of a dossier that has gone some way */
};

static const double moment = 0.15; /* seconds of one timed run */

struct lab {
    struct arena *ground, *scratch; /* scratch: reset for each batch */
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    struct digest key;
    struct bytes body, headers[BATCH], statement, seal_wire, plain, frame;
    uint8_t signature[SEAL_SIGNATURE_SIZE], salt[DIGEST_SALT_SIZE];
    struct digest leaves[BATCH];
    Peregrin__Message message;
    Peregrin__Deliver deliver;
    Peregrin__Carried carried[BATCH], *carried_list[BATCH];
    struct session out, in;
    struct store *store;
    uint32_t pair;
    uint64_t number; /* of records that the store has got */
    struct world *world;
    char folder[PATH];
};

static const struct instant morning = {1790000000ll * INSTANT_SECOND};
static const struct scan_limits limits = {65536, 16, 65536, 0, 0};

static void fine(int verdict_or_fault, const char *what)
{
    figure_must(verdict_or_fault == 0, what);
}

static ProtobufCBinaryData binary(struct bytes view)
{
    return (ProtobufCBinaryData) {view.size, (uint8_t *)(uintptr_t)view.data};
}

/* ---- the records ---- */

static void header_make(struct lab *lab, size_t number)
{
    Peregrin__Header fields = PEREGRIN__HEADER__INIT;
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    struct digest commitment;
    uint64_t minute = (uint64_t)(morning.us / INSTANT_SECOND / 60);
    uint8_t dice[10] = {(uint8_t)number};
    struct header_dossier dossier = header_dossier_new(minute, dice);
    header_commit(lab->salt, lab->body, &commitment);
    fields.network = "demo";
    fields.issuer = "helmo.be";
    fields.audience = "uhasselt.be";
    fields.has_dossier = fields.has_lane = fields.has_index = fields.has_kind = true;
    fields.has_schema = fields.has_issued_at = fields.has_commitment = true;
    fields.dossier = (ProtobufCBinaryData) {sizeof dossier.bytes, dossier.bytes};
    fields.kind = PEREGRIN__KIND__KIND_NOMINATION;
    fields.schema = 1;
    fields.issued_at = minute;
    claim.year = "2026/2027";
    fields.claim = &claim;
    fields.commitment = binary(digest_bytes(&commitment));
    lab->headers[number] = header_pack(&fields, lab->ground);
    digest_of(DIGEST_RECORD, lab->headers[number], &lab->leaves[number]);
}

static struct bytes statement_make(struct lab *lab, struct arena *arena)
{
    struct digest root;
    Peregrin__SealStatement statement = PEREGRIN__SEAL_STATEMENT__INIT;
    tree_root(lab->leaves, BATCH, &root);
    statement.network = "demo";
    statement.issuer = "helmo.be";
    statement.audience = "uhasselt.be";
    statement.key_id = "2026-a";
    statement.has_key_digest = statement.has_count = statement.has_root = true;
    statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest = binary(digest_bytes(&lab->key));
    statement.count = BATCH;
    statement.root = binary(digest_bytes(&root));
    statement.time = instant_seconds(morning);
    statement.catalogue_version = 1;
    return codec_pack(&statement.base, arena);
}

static void message_make(struct lab *lab)
{
    peregrin__deliver__init(&lab->deliver);
    peregrin__message__init(&lab->message);
    for (size_t i = 0; i < BATCH; i++) {
        Peregrin__Carried *carried = lab->carried_list[i] = &lab->carried[i];
        peregrin__carried__init(carried);
        carried->has_header = carried->has_salt = carried->has_body = true;
        carried->header = binary(lab->headers[i]);
        carried->salt = (ProtobufCBinaryData) {sizeof lab->salt, lab->salt};
        carried->body = binary(lab->body);
    }
    lab->deliver.issuer = "helmo.be";
    lab->deliver.audience = "uhasselt.be";
    lab->deliver.has_position = true;
    fine(statement_read_signed(lab->seal_wire, lab->ground, &lab->deliver.seal), "the seal");
    lab->deliver.records = lab->carried_list;
    lab->deliver.n_records = BATCH;
    lab->message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    lab->message.deliver = &lab->deliver;
    lab->plain = message_write(&lab->message, lab->ground);
    figure_must(lab->plain.data != NULL, "the message");
}

static void sessions_make(struct lab *lab)
{
    static const uint8_t label[FRAME_SESSION_SIZE] = "bench";
    struct noise_result one = {0}, other = {0};
    memset(one.send, 0xa1, sizeof one.send);
    memset(one.receive, 0xb2, sizeof one.receive);
    memcpy(other.send, one.receive, sizeof other.send);
    memcpy(other.receive, one.send, sizeof other.receive);
    session_begin(&lab->out, label, &one, morning);
    session_begin(&lab->in, label, &other, morning);
}

static void lab_make(struct lab *lab)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {7};
    *lab = (struct lab) {.ground = arena_open(ARENA_SIZE), .scratch = arena_open(ARENA_SIZE)};
    memset(lab->salt, 3, sizeof lab->salt);
    seal_key_pair(seed, lab->public_key, lab->secret);
    digest_of(DIGEST_KEY, (struct bytes) {lab->public_key, SEAL_PUBLIC_SIZE}, &lab->key);
    lab->body = nomination_pack(lab->ground);
    for (size_t i = 0; i < BATCH; i++)
        header_make(lab, i);
    lab->statement = statement_make(lab, lab->ground);
    figure_must(seal_sign(SEAL_CONTEXT_SEAL, lab->secret, lab->statement, lab->signature), "sign");
    lab->seal_wire = statement_pack_signed(lab->statement, &lab->key, lab->signature, lab->ground);
    message_make(lab);
    sessions_make(lab);
}

/* ---- the stages: each handles one batch ---- */

/* What the strict scanner sees of a batch: the message, each header, each body. */
static void scanner(struct lab *lab)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    fine(scan_check(&peregrin__message__descriptor, lab->plain, &limits), "scan");
    for (size_t i = 0; i < BATCH; i++) {
        fine(scan_check(&peregrin__header__descriptor, lab->headers[i], &limits), "scan");
        fine(scan_check(kind->body, lab->body, &limits), "scan");
    }
}

static void message_in(struct lab *lab)
{
    Peregrin__Message *message;
    fine(message_read(lab->plain, lab->scratch, &message), "message_read");
}

static void message_out(struct lab *lab)
{
    figure_must(message_write(&lab->message, lab->scratch).data != NULL, "message_write");
}

/* Header and body read, commitment and id: what carry_check does for each record. */
static void record_in(struct lab *lab)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    for (size_t i = 0; i < BATCH; i++) {
        struct header header;
        struct digest commitment;
        ProtobufCMessage *body;
        fine(header_read(lab->headers[i], lab->scratch, &header), "header_read");
        header_commit(lab->salt, lab->body, &commitment);
        figure_must(digest_equal(&commitment, &header.commitment), "commitment");
        fine(kind_body_read(kind, lab->body, lab->scratch, &body), "kind_body_read");
    }
}

static void seal_out(struct lab *lab)
{
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    struct bytes statement = statement_make(lab, lab->scratch);
    figure_must(seal_sign(SEAL_CONTEXT_SEAL, lab->secret, statement, signature), "sign");
    struct bytes wire = statement_pack_signed(statement, &lab->key, signature, lab->scratch);
    figure_must(wire.data != NULL, "seal");
}

static void seal_in(struct lab *lab)
{
    struct digest root;
    Peregrin__SealStatement *statement;
    figure_must(seal_verify(SEAL_CONTEXT_SEAL, lab->public_key, lab->statement, lab->signature),
                "verify");
    fine(statement_read_seal(lab->statement, lab->scratch, &statement), "statement");
    tree_root(lab->leaves, BATCH, &root);
    figure_must(memcmp(root.bytes, statement->root.data, DIGEST_SIZE) == 0, "root");
}

static void session_out(struct lab *lab)
{
    figure_must(session_seal(&lab->out, morning, lab->plain, lab->scratch).data != NULL, "seal");
}

static void session_both(struct lab *lab)
{
    struct frame frame;
    struct bytes plain, wire = session_seal(&lab->out, morning, lab->plain, lab->scratch);
    fine(frame_read(wire, &frame), "frame");
    fine(session_open(&lab->in, &frame, lab->scratch, &plain), "session_open");
}

/* A dossier of its own for each record, as a nomination opens one. */
static void fold_first(struct lab *lab)
{
    for (size_t i = 0; i < BATCH; i++) {
        struct dossier_entry entry = {.kind = PEREGRIN__KIND__KIND_NOMINATION, .schema = 1};
        struct dossier dossier;
        entry.id = lab->leaves[i];
        dossier_fold(&entry, 1, (struct dossier_limits) {{UINT32_MAX, UINT32_MAX}}, &dossier);
        figure_must(dossier.state == DOSSIER_PENDING, "fold");
    }
}

/* The eighth record of a lane of amendments: the whole dossier is folded. */
static void fold_eighth(struct lab *lab)
{
    for (size_t i = 0; i < BATCH; i++) {
        struct dossier_entry entries[DEEP] = {0};
        struct dossier dossier;
        for (uint32_t k = 0; k < DEEP; k++) {
            entries[k].index = k;
            entries[k].schema = 1;
            entries[k].id = lab->leaves[k];
            entries[k].kind = k ? PEREGRIN__KIND__KIND_AMENDMENT : PEREGRIN__KIND__KIND_NOMINATION;
            entries[k].change = k ? PEREGRIN__CHANGE__CHANGE_KEEPS : 0;
            if (k)
                entries[k].previous = lab->leaves[k - 1];
        }
        dossier_fold(entries, DEEP, (struct dossier_limits) {{UINT32_MAX, UINT32_MAX}}, &dossier);
        figure_must(dossier.lengths[0] == DEEP, "fold");
    }
}

/* ---- the store, both ends ---- */

static struct store_record stored(struct lab *lab, size_t i, bool ours)
{
    uint64_t number = lab->number++;
    uint8_t bytes[8];
    struct store_record record = {
        .place = {.pair = lab->pair, .opened_by_partner = !ours},
        .issued_at = 29000000 + number / 4096,
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .flags = ours ? STORE_OURS : STORE_JUDGED,
        .header = lab->headers[i],
        .salt = {lab->salt, sizeof lab->salt},
        .body = lab->body,
    };
    bytes_write_u64le(bytes, number);
    digest_of(DIGEST_RECORD, (struct bytes) {bytes, sizeof bytes}, &record.id);
    record.place.dossier = header_dossier_new(record.issued_at, record.id.bytes);
    return record;
}

static struct store_signed signed_of(struct lab *lab)
{
    return (struct store_signed) {
        .pair = lab->pair,
        .wire = lab->seal_wire,
        .leaves = {(const uint8_t *)lab->leaves, BATCH * DIGEST_SIZE},
    };
}

static void receipt_keep(struct lab *lab, const int64_t serials[static BATCH], bool ours)
{
    struct store *store = lab->store;
    struct store_signed receipt = signed_of(lab);
    fine(store->receipt_put(store, &receipt), "receipt_put");
    for (uint32_t i = 0; i < BATCH; i++) {
        fine(
            store->receipt_link(store, serials[i], (struct store_receipt_link) {receipt.number, i}),
            "receipt_link");
        if (ours)
            fine(store->outbox_remove(store, lab->pair, serials[i]), "outbox_remove");
    }
}

static void dossier_keep(struct lab *lab, const struct store_record *record)
{
    struct store_dossier dossier = {.place = record->place,
                                    .state = DOSSIER_PENDING,
                                    .revision = record->serial,
                                    .lengths = {1, 0},
                                    .changed_at = 1790000000};
    fine(lab->store->dossier_put(lab->store, &dossier), "dossier_put");
}

/* One commit for a batch: the time has its flush in it, the instructions have not. */
static void store_in(struct lab *lab)
{
    struct store *store = lab->store;
    int64_t serials[BATCH];
    struct store_signed seal = signed_of(lab);
    fine(store->begin(store), "begin");
    fine(store->seal_put(store, &seal), "seal_put");
    for (size_t i = 0; i < BATCH; i++) {
        struct store_record record = stored(lab, i, false);
        record.seal = seal.number;
        record.seal_index = (uint32_t)i;
        fine(store->record_put(store, &record), "record_put");
        dossier_keep(lab, &record);
        serials[i] = record.serial;
    }
    receipt_keep(lab, serials, false);
    fine(store->commit(store), "commit");
}

static void store_out(struct lab *lab)
{
    struct store *store = lab->store;
    int64_t serials[BATCH];
    struct store_signed seal = signed_of(lab);
    fine(store->begin(store), "begin");
    fine(store->seal_put(store, &seal), "seal_put");
    for (uint32_t i = 0; i < BATCH; i++) {
        struct store_record record = stored(lab, i, true);
        fine(store->record_put(store, &record), "record_put");
        dossier_keep(lab, &record);
        serials[i] = record.serial;
        struct store_outbox_row row = {.serial = record.serial, .seal = seal.number, .since = 1};
        fine(store->record_sealed(store, record.serial, seal.number, i), "record_sealed");
        fine(store->outbox_put(store, lab->pair, &row), "outbox_put");
    }
    fine(store->commit(store), "commit");
    fine(store->begin(store), "begin");
    receipt_keep(lab, serials, true);
    fine(store->commit(store), "commit");
}

static void store_open(struct lab *lab)
{
    char path[PATH + 16];
    strcpy(lab->folder, "/tmp/peregrin-stage-XXXXXX");
    figure_must(mkdtemp(lab->folder) != NULL, "a folder");
    snprintf(path, sizeof path, "%s/db", lab->folder);
    fine(store_sqlite_open(path, &lab->store), "store");
    fine(lab->store->begin(lab->store), "begin");
    fine(lab->store->pair_open(lab->store, "helmo.be", "uhasselt.be", &lab->pair), "pair_open");
    fine(lab->store->commit(lab->store), "commit");
}

/* ---- the whole core ---- */

static void core_open(struct lab *lab)
{
    static const char *const names[] = {"helmo.be", "uhasselt.be"};
    lab->world = world_open(4711, names, 2);
    figure_must(lab->world && world_settle(lab->world, 60 * (int64_t)INSTANT_SECOND), "a world");
}

/* Each record alone, through both nodes to its receipt; the stores are in memory. */
static void core_alone(struct lab *lab)
{
    for (size_t i = 0; i < BATCH; i++) {
        struct event_submission submission = {.own = "helmo.be",
                                              .partner = "uhasselt.be",
                                              .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                              .opens = true,
                                              .body = lab->body};
        struct event_answer answer = world_submit(lab->world, 0, &submission);
        figure_must(answer.verdict == VERDICT_FINE, "a record was not taken");
        figure_must(world_settle(lab->world, 60 * (int64_t)INSTANT_SECOND), "a world");
    }
}

static const struct stage {
    const char *name;
    void (*open)(struct lab *lab); /* NULL: nothing more than the records */
    void (*run)(struct lab *lab);
} stages[] = {
    {"scanner", NULL, scanner},
    {"message_read", NULL, message_in},
    {"message_write", NULL, message_out},
    {"record_read", NULL, record_in},
    {"seal_sign_of_31", NULL, seal_out},
    {"seal_verify_of_31", NULL, seal_in},
    {"session_encrypt", NULL, session_out},
    {"session_both", NULL, session_both},
    {"fold_first", NULL, fold_first},
    {"fold_eighth", NULL, fold_eighth},
    {"store_receive", store_open, store_in},
    {"store_send", store_open, store_out},
    {"core_alone_both_nodes", core_open, core_alone},
};

enum { STAGES = sizeof stages / sizeof *stages };

/* ---- measuring ---- */

static void stage_run(const struct stage *stage, struct lab *lab, long batches)
{
    for (long i = 0; i < batches; i++) {
        arena_reset(lab->scratch);
        stage->run(lab);
    }
}

static void lab_open(struct lab *lab, const struct stage *stage)
{
    lab_make(lab);
    if (stage->open)
        stage->open(lab);
    stage_run(stage, lab, 1);
}

static void lab_close(struct lab *lab)
{
    char command[PATH + 16];
    if (lab->store)
        lab->store->close(lab->store);
    if (lab->world)
        world_close(lab->world);
    snprintf(command, sizeof command, "rm -rf %s", lab->folder);
    if (lab->folder[0])
        figure_must(system(command) == 0, command);
    arena_close(lab->scratch);
    arena_close(lab->ground);
}

static void measure_time(const struct stage *stage)
{
    char name[PATH];
    double values[FIGURE_RUNS_MAX];
    size_t runs = figure_run_count();
    struct lab lab;
    lab_open(&lab, stage);
    for (size_t i = 0; i < runs; i++) {
        long batches = 0;
        double began = figure_now();
        for (; figure_now() - began < moment; batches++)
            stage_run(stage, &lab, 1);
        values[i] = (figure_now() - began) * 1e9 / (double)batches / BATCH;
    }
    lab_close(&lab);
    snprintf(name, sizeof name, "stage_%s_ns", stage->name);
    figure_median(name, values, runs, "ns/record");
}

/* Two processes at once: one counts n batches, the other 2n. */
static void count_begin(const struct stage *stage, const char *self, const char *file, long batches,
                        pid_t *pid)
{
    char out[PATH + 32], number[16];
    snprintf(out, sizeof out, "--callgrind-out-file=%s", file);
    snprintf(number, sizeof number, "%ld", batches * BATCH);
    *pid = fork();
    figure_must(*pid >= 0, "fork");
    if (*pid == 0) {
        figure_must(freopen("/dev/null", "w", stderr) != NULL, "/dev/null");
        execlp("valgrind", "valgrind", "--tool=callgrind", out, self, "--stage", stage->name,
               number, NULL);
        _exit(127);
    }
}

static double count_end(const char *file, pid_t pid)
{
    char line[512];
    double total = -1;
    int status;
    waitpid(pid, &status, 0);
    FILE *counts = fopen(file, "r");
    figure_must(status == 0 && counts != NULL, "callgrind did not count");
    while (fgets(line, sizeof line, counts))
        (void)sscanf(line, "totals: %lf", &total);
    fclose(counts);
    unlink(file);
    figure_must(total > 0, "callgrind's file has no totals");
    return total;
}

static void measure_instructions(const struct stage *stage, const char *self)
{
    char files[2][PATH], name[PATH];
    pid_t pids[2];
    for (int i = 0; i < 2; i++) {
        snprintf(files[i], PATH, "/tmp/peregrin-stage-%d-%d", getpid(), i);
        count_begin(stage, self, files[i], COUNTED * (i + 1), &pids[i]);
    }
    double once = count_end(files[0], pids[0]), twice = count_end(files[1], pids[1]);
    snprintf(name, sizeof name, "stage_%s_instructions", stage->name);
    figure_say(name, (twice - once) / (COUNTED * BATCH), "per record");
}

static int stage_alone(const char *name, long records)
{
    for (size_t i = 0; i < STAGES; i++) {
        struct lab lab;
        if (strcmp(stages[i].name, name) != 0)
            continue;
        lab_open(&lab, &stages[i]);
        stage_run(&stages[i], &lab, records / BATCH);
        lab_close(&lab);
        return 0;
    }
    fprintf(stderr, "stage_bench: there is no stage `%s`\n", name);
    return 1;
}

int main(int count, char **arguments)
{
    const char *only = getenv("BENCH_STAGE");
    if (count == 4 && strcmp(arguments[1], "--stage") == 0)
        return stage_alone(arguments[2], atol(arguments[3]));
    bool counts = system("command -v valgrind >/dev/null") == 0;
    if (!counts)
        printf("skip instructions: no valgrind here\n");
    for (size_t i = 0; i < STAGES; i++) {
        if (only && *only && strcmp(only, stages[i].name) != 0)
            continue;
        measure_time(&stages[i]);
        if (counts)
            measure_instructions(&stages[i], arguments[0]);
    }
    return 0;
}
