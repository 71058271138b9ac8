/* links: base seal record trust wire rules channel stream store engine */
/* A partner that keeps no rule, for adversary.py: it has the keys of a node, and says what a line
 * on its input tells it to. Each line is answered by one line: what the other node said since then.
 *
 *   adversary_peer FOLDER OWN VICTIM THIRD      the third institution is there to be named
 *   adversary_peer picture DATABASE             all that a database holds
 */
#include "record/codec.h"
#include "record/statement.h"
#include "store/store_sqlite.h"
#include "support/forger.h"
#include "support/store_picture.h"
#include "wire/message.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA = 64 * 1024 * 1024, WORDS = 12, LINE = 256, BODY_LARGE = 1000 };

struct adversary {
    struct speaker speaker;
    struct arena *arena; /* of one message that is made */
    const char *third;
    uint32_t number;         /* of the next record */
    struct forger_batch own; /* the newest batch that was true */
    char *words[WORDS];
    size_t count;
};

static long word_number(const struct adversary *a, size_t at, long otherwise)
{
    return at < a->count ? atol(a->words[at]) : otherwise;
}

static const char *word(const struct adversary *a, size_t at)
{
    return at < a->count ? a->words[at] : "";
}

/* ---- sessions ---- */

static void summary_ask(struct adversary *a, uint64_t count)
{
    static uint8_t sum[32];
    Peregrin__Summary said = PEREGRIN__SUMMARY__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    said.issuer = (char *)(uintptr_t)a->speaker.own->schac;
    said.audience = (char *)(uintptr_t)a->speaker.other->schac;
    said.has_count = said.has_sum = said.has_unreceipted = true;
    said.count = count;
    said.sum = speaker_binary(sum, sizeof sum);
    message.what_case = PEREGRIN__MESSAGE__WHAT_SUMMARY;
    message.summary = &said;
    speaker_say(&a->speaker, SPEAKER_DIALS, &message);
}

/* A session, and all that must come before records may go. */
static bool dial(struct adversary *a)
{
    if (a->speaker.lines[0].descriptor < 0 && !speaker_connect(&a->speaker))
        return false;
    if (!speaker_dial(&a->speaker))
        return false;
    speaker_hello(&a->speaker, SPEAKER_DIALS, FRAME_VERSION);
    summary_ask(a, 0);
    return speaker_settle(&a->speaker);
}

/* An opening with the versions that are told. */
static bool knock(struct adversary *a)
{
    uint8_t versions[WORDS];
    for (size_t i = 1; i < a->count; i++)
        versions[i - 1] = (uint8_t)atoi(a->words[i]);
    speaker_knock(&a->speaker, versions, a->count - 1);
    return speaker_settle(&a->speaker);
}

static bool compared(const struct speaker *speaker, uint64_t wanted)
{
    return speaker->heard[SPEAKER_ANSWERS][PEREGRIN__MESSAGE__WHAT_SUMMARY] >= wanted;
}

/* Waits until the other node has dialled us and compared: then its guard towards us is lifted. */
static bool called(struct adversary *a)
{
    return speaker_until(&a->speaker, compared, 1);
}

static bool delivered(const struct speaker *speaker, uint64_t wanted)
{
    return speaker->taken >= wanted;
}

/* Until so many of its records have come to us. */
static bool taken(struct adversary *a)
{
    return speaker_until(&a->speaker, delivered, (uint64_t)word_number(a, 1, 1));
}

static bool hang_up(struct adversary *a)
{
    wireline_close(&a->speaker.lines[0]);
    return true;
}

static bool withhold(struct adversary *a)
{
    a->speaker.keeps_receipts = a->speaker.keeps_acks = a->speaker.gives_no_credit = false;
    for (size_t i = 1; i < a->count; i++) {
        a->speaker.keeps_receipts |= strcmp(a->words[i], "receipts") == 0;
        a->speaker.keeps_acks |= strcmp(a->words[i], "acks") == 0;
        a->speaker.gives_no_credit |= strcmp(a->words[i], "credit") == 0;
    }
    return true;
}

static bool deafen(struct adversary *a)
{
    a->speaker.deaf = strcmp(word(a, 1), "off") != 0;
    return true;
}

/* ---- records ---- */

static struct bytes batch_make(struct adversary *a, const struct forger_batch *batch)
{
    arena_reset(a->arena);
    return forger_deliver(&a->speaker, batch, a->arena);
}

static bool deliver(struct adversary *a)
{
    struct forger_batch batch = {.count = (uint32_t)word_number(a, 2, 1), .third = a->third};
    if (!forger_shape(word(a, 1), &batch.shape))
        return false;
    for (long i = 0; i < word_number(a, 3, 1); i++) {
        batch.first = a->number;
        batch.position = a->speaker.position + (uint64_t)i;
        a->number += batch.count;
        speaker_say_bytes(&a->speaker, SPEAKER_DIALS, batch_make(a, &batch));
    }
    if (batch.shape == FORGER_TRUE)
        a->own = batch;
    return speaker_settle(&a->speaker);
}

/* The newest true batch again and again, whatever credit there is. */
static bool again(struct adversary *a)
{
    for (long i = 0; i < word_number(a, 1, 1); i++) {
        struct forger_batch batch = a->own;
        batch.position = a->speaker.position + (uint64_t)i;
        speaker_say_bytes(&a->speaker, SPEAKER_DIALS, batch_make(a, &batch));
    }
    return speaker_settle(&a->speaker);
}

/* Records in one dossier beside its nomination: all at the same place, or none with the one before
 * it. Alone or in batches. */
static bool crowd(struct adversary *a)
{
    bool forks = strcmp(word(a, 1), "forks") == 0;
    uint32_t each = (uint32_t)word_number(a, 3, 1), dossier = a->number;
    struct forger_record first =
        forger_make(&a->speaker, &(struct forger_craft) {.number = a->number++}, a->arena);
    struct digest previous = first.id;
    struct forger_batch batch = {.count = 1, .position = a->speaker.position};
    speaker_say_bytes(&a->speaker, SPEAKER_DIALS,
                      forger_wrap(&a->speaker, &batch, &first, a->arena));
    for (long i = 0; i < word_number(a, 2, 1); i++) {
        struct forger_record records[FORGER_BATCH];
        arena_reset(a->arena);
        batch.count = each;
        batch.position++;
        for (uint32_t j = 0; j < each; j++) {
            struct forger_craft craft = {
                .number = a->number++,
                .dossier = dossier,
                .index = forks ? 1 : a->number,
                .previous = &previous,
            };
            if (!forks)
                bytes_write_u32le(previous.bytes, a->number);
            records[j] = forger_make(&a->speaker, &craft, a->arena);
        }
        speaker_say_bytes(&a->speaker, SPEAKER_DIALS,
                          forger_wrap(&a->speaker, &batch, records, a->arena));
    }
    return speaker_settle(&a->speaker);
}

/* ---- the same bytes again ---- */

static bool replay(struct adversary *a)
{
    const char *what = word(a, 1);
    const struct speaker_frames *frames =
        strcmp(what, "before") == 0 ? &a->speaker.before : &a->speaker.sent;
    if (strcmp(what, "opening") == 0)
        speaker_throw(&a->speaker, a->speaker.opening);
    else
        for (size_t i = 0, count = frames->count; i < count; i++)
            speaker_throw(&a->speaker, frames->list[i]);
    return speaker_settle(&a->speaker);
}

/* ---- questions ---- */

static bool ping(struct adversary *a)
{
    for (long i = 0; i < word_number(a, 1, 1); i++)
        speaker_ping(&a->speaker);
    return speaker_settle(&a->speaker);
}

static void range_ask(struct adversary *a)
{
    static uint8_t sum[32], last[DIGEST_SIZE];
    Peregrin__Span spans[MESSAGE_SPANS_MAX], *list[MESSAGE_SPANS_MAX];
    Peregrin__Range said = PEREGRIN__RANGE__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    memset(last, 255, sizeof last);
    for (size_t i = 0; i < MESSAGE_SPANS_MAX; i++) {
        list[i] = &spans[i];
        peregrin__span__init(list[i]);
        spans[i].has_from_minute = spans[i].has_to_minute = spans[i].has_to_id = true;
        spans[i].to_minute = UINT64_MAX;
        spans[i].to_id = speaker_binary(last, sizeof last);
        spans[i].has_count = spans[i].has_sum = true;
        spans[i].sum = speaker_binary(sum, sizeof sum);
    }
    said.issuer = (char *)(uintptr_t)a->speaker.own->schac;
    said.audience = (char *)(uintptr_t)a->speaker.other->schac;
    said.n_spans = MESSAGE_SPANS_MAX;
    said.spans = list;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RANGE;
    message.range = &said;
    speaker_say(&a->speaker, SPEAKER_DIALS, &message);
}

/* Each with as many spans as a question may have, each over everything, each to be answered. */
static bool range(struct adversary *a)
{
    for (long i = 0; i < word_number(a, 1, 1); i++)
        range_ask(a);
    return speaker_settle(&a->speaker);
}

static bool summary(struct adversary *a)
{
    for (long i = 0; i < word_number(a, 1, 1); i++)
        summary_ask(a, 7);
    return speaker_settle(&a->speaker);
}

/* Signed by the institution's key when that is known; by a thief of the transport key it is not. */
static Peregrin__Signed *recovery(struct adversary *a)
{
    const struct speaker *speaker = &a->speaker;
    const struct session *session = &speaker->session[SPEAKER_DIALS];
    Peregrin__RecoverStatement said = PEREGRIN__RECOVER_STATEMENT__INIT;
    said.network = (char *)(uintptr_t)speaker->catalogue->network;
    said.issuer = (char *)(uintptr_t)speaker->own->schac;
    said.audience = (char *)(uintptr_t)speaker->other->schac;
    said.key_id = (char *)(uintptr_t)speaker->own_key->id;
    said.has_key_digest = said.has_handshake = said.has_time = true;
    said.key_digest = speaker_binary(speaker->own_key->digest.bytes, DIGEST_SIZE);
    said.handshake = speaker_binary(session->hash, sizeof session->hash);
    said.time = instant_seconds(speaker_now());
    return speaker_sign(speaker, SEAL_CONTEXT_RECOVER, &said.base, a->arena);
}

/* Asks for records of the newest true batch, `times` times: unsigned, forged or signed. */
static bool wanted(struct adversary *a)
{
    Peregrin__Range said = PEREGRIN__RANGE__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    uint8_t minutes[FORGER_BATCH * 8];
    struct digest ids[FORGER_BATCH];
    uint32_t count = a->own.count < FORGER_BATCH ? a->own.count : FORGER_BATCH;
    arena_reset(a->arena);
    for (uint32_t i = 0; i < count; i++) {
        struct forger_craft craft = {.number = a->own.first + i};
        ids[i] = forger_make(&a->speaker, &craft, a->arena).id;
        bytes_write_u64le(minutes + 8 * i, a->speaker.minute);
    }
    said.issuer = (char *)(uintptr_t)a->speaker.own->schac;
    said.audience = (char *)(uintptr_t)a->speaker.other->schac;
    said.has_wanted_ids = said.has_wanted_minutes = true;
    said.wanted_ids = speaker_binary(ids, count * sizeof *ids);
    said.wanted_minutes = speaker_binary(minutes, count * (size_t)8);
    if (strcmp(word(a, 1), "unsigned") != 0)
        said.recovery = recovery(a);
    if (strcmp(word(a, 1), "forged") == 0)
        said.recovery->signatures[0]->signature.data[0] ^= 1;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RANGE;
    message.range = &said;
    for (long i = 0; i < word_number(a, 2, 1); i++)
        speaker_say(&a->speaker, SPEAKER_DIALS, &message);
    return speaker_settle(&a->speaker);
}

static bool hello(struct adversary *a)
{
    speaker_hello(&a->speaker, SPEAKER_DIALS, (uint32_t)word_number(a, 1, 1));
    return speaker_settle(&a->speaker);
}

/* ---- messages that are none ---- */

/* A field of the given number with so many bytes; returns where the next one goes. */
static uint8_t *field(uint8_t *at, unsigned number, size_t size)
{
    *at++ = (uint8_t)(number << 3 | 2);
    for (; size > 127; size >>= 7)
        *at++ = (uint8_t)(size | 128);
    *at++ = (uint8_t)size;
    return at;
}

/* As long as a frame carries, with nothing in it that anybody wrote. */
static size_t plain_large(uint8_t *out)
{
    memset(out, 0xFF, MESSAGE_SIZE_MAX);
    return MESSAGE_SIZE_MAX;
}

/* Fields in fields in fields, as deep as there is room. */
static size_t plain_deep(uint8_t *out)
{
    uint8_t *at = out;
    for (size_t left = 30000; left > 4; left -= 4)
        at = field(at, 3, left - 4);
    return (size_t)(at - out);
}

/* Thousands of spans of two bytes: each costs a hundred when it is parsed. */
static size_t plain_wide(uint8_t *out)
{
    enum { SPANS = 30000 };
    uint8_t *at = field(out, 3, SPANS * (size_t)2);
    for (size_t i = 0; i < SPANS; i++)
        at = field(at, 4, 0);
    return (size_t)(at - out);
}

static size_t plain_empty(uint8_t *)
{
    return 0;
}

static const struct {
    const char *name;
    size_t (*write)(uint8_t *out);
} plains[] = {
    {"large", plain_large},
    {"deep", plain_deep},
    {"wide", plain_wide},
    {"empty", plain_empty},
};

static bool plain(struct adversary *a)
{
    uint8_t *out = calloc(1, FRAME_SIZE_MAX);
    for (size_t i = 0; i < sizeof plains / sizeof *plains; i++)
        for (long j = 0; strcmp(word(a, 1), plains[i].name) == 0 && j < word_number(a, 2, 1); j++)
            speaker_say_bytes(&a->speaker, SPEAKER_DIALS,
                              (struct bytes) {out, plains[i].write(out)});
    free(out);
    return speaker_settle(&a->speaker);
}

/* ---- without end ---- */

/* Until the next line comes: questions, duplicates, pings, forgeries, as fast as they are read. */
static bool flood(struct adversary *a)
{
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    struct forger_batch batch = a->own;
    bool forged = strcmp(word(a, 1), "forged") == 0;
    batch.shape = forged ? FORGER_FORGED : FORGER_TRUE;
    batch.position = a->speaker.position;
    while (poll(&input, 1, 0) == 0 && a->speaker.lines[0].descriptor >= 0) {
        if (a->speaker.lines[0].out.size > FRAME_SIZE_MAX)
            ; /* what was said before goes first */
        else if (strcmp(word(a, 1), "range") == 0)
            range_ask(a);
        else if (strcmp(word(a, 1), "ping") == 0)
            speaker_ping(&a->speaker);
        else {
            speaker_say_bytes(&a->speaker, SPEAKER_DIALS, batch_make(a, &batch));
            batch.position++;
        }
        speaker_serve(&a->speaker, a->speaker.lines[0].out.size ? 10 : 0, STDIN_FILENO);
    }
    return a->speaker.deaf || speaker_settle(&a->speaker);
}

/* ---- the lines ---- */

static bool heard(struct adversary *)
{
    return true;
}

static const struct {
    const char *name;
    bool (*act)(struct adversary *a);
} acts[] = {
    {"dial", dial},      {"knock", knock},       {"called", called}, {"taken", taken},
    {"hangup", hang_up}, {"withhold", withhold}, {"deaf", deafen},   {"deliver", deliver},
    {"again", again},    {"crowd", crowd},       {"replay", replay}, {"ping", ping},
    {"range", range},    {"summary", summary},   {"wanted", wanted}, {"hello", hello},
    {"plain", plain},    {"flood", flood},       {"heard", heard},
};

static void say_heard(const struct speaker *speaker, bool done)
{
    static const char *const names[SPEAKER_KINDS] = {
        [PEREGRIN__MESSAGE__WHAT_HELLO] = "hello",   [PEREGRIN__MESSAGE__WHAT_SUMMARY] = "summary",
        [PEREGRIN__MESSAGE__WHAT_RANGE] = "range",   [PEREGRIN__MESSAGE__WHAT_RETURNED] = "return",
        [PEREGRIN__MESSAGE__WHAT_ACK] = "ack",       [PEREGRIN__MESSAGE__WHAT_RECEIPT] = "receipt",
        [PEREGRIN__MESSAGE__WHAT_NOTICE] = "notice", [PEREGRIN__MESSAGE__WHAT_PONG] = "pong",
    };
    printf("{\"done\": %s, \"answer\": %lu, \"stale answers\": %lu, \"receipted\": %lu, "
           "\"records\": %lu, "
           "\"bytes\": %lu, \"credit\": %lu, \"taken\": %lu",
           done ? "true" : "false", speaker->answers, speaker->stales, speaker->receipted,
           speaker->records, speaker->heard_bytes, speaker->credit, speaker->taken);
    for (size_t i = 0; i < SPEAKER_KINDS; i++)
        if (names[i])
            printf(", \"%s\": %lu", names[i], speaker->heard[SPEAKER_DIALS][i]);
    for (size_t i = 1; i < VERDICT_COUNT; i++)
        printf(", \"%s\": %lu", verdict_text((enum verdict)i)->code, speaker->codes[i]);
    printf("}\n");
    fflush(stdout);
}

static bool line_do(struct adversary *a, char *line)
{
    a->count = 0;
    for (char *at = strtok(line, " \n"); at && a->count < WORDS; at = strtok(NULL, " \n"))
        a->words[a->count++] = at;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(word(a, 0), acts[i].name) == 0)
            return acts[i].act(a);
    fprintf(stderr, "adversary_peer: what is \"%s\"?\n", word(a, 0));
    return false;
}

static int picture(const char *path)
{
    struct store *store;
    enum fault fault = store_sqlite_open(path, &store);
    if (fault) {
        fprintf(stderr, "%s: %s\n", path, fault_text(fault)->sentence);
        return 1;
    }
    char *text = store_picture(store);
    fputs(text, stdout);
    free(text);
    store->close(store);
    return 0;
}

int main(int count, char **words)
{
    static struct adversary a;
    char line[LINE];
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    if (count == 3)
        return picture(words[2]);
    if (count != 5 || !speaker_open(&a.speaker, words[1], words[2], words[3]) ||
        !speaker_listen(&a.speaker))
        return 1;
    a.third = words[4];
    a.number = 1;
    a.arena = arena_open(ARENA);
    setvbuf(stdin, NULL, _IONBF, 0); /* poll must see what is there */
    for (;;) {
        speaker_serve(&a.speaker, -1, STDIN_FILENO);
        if (poll(&input, 1, 0) <= 0)
            continue;
        if (!fgets(line, sizeof line, stdin))
            return 0;
        arena_reset(a.arena);
        say_heard(&a.speaker, line_do(&a, line));
    }
}
