#include "support/speaker.h"

#include "record/codec.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "wire/bundle.h"
#include "wire/message.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    OUT_ENOUGH = 1 << 20, /* so much waits at most before more is said */
    PATIENCE_MS = 20000,
    AGAIN_MS = 1000,
};

struct instant speaker_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant) {now.tv_sec * (int64_t)INSTANT_SECOND + now.tv_nsec / 1000};
}

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

ProtobufCBinaryData speaker_binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)(uintptr_t)data};
}

/* ---- saying ---- */

static void keep(struct speaker_frames *frames, struct bytes wire)
{
    uint8_t *copy = malloc(wire.size);
    assert(copy);
    memcpy(copy, wire.data, wire.size);
    if (frames->count < SPEAKER_KEPT)
        frames->list[frames->count++] = (struct bytes) {copy, wire.size};
    else
        free(copy);
}

void speaker_throw(struct speaker *speaker, struct bytes frame)
{
    static const uint8_t first[WIRELINE_ROUTE_SIZE] = {0x80, 0, 0, 1};
    struct wireline *line = &speaker->lines[0];
    wireline_send(line, first, frame);
    while (line->descriptor >= 0 && line->out.size > OUT_ENOUGH && !speaker->deaf)
        speaker_serve(speaker, 100, -1);
}

void speaker_say_bytes(struct speaker *speaker, enum speaker_role role, struct bytes plain)
{
    struct arena *arena = arena_open(2 * FRAME_SIZE_MAX);
    assert(arena);
    struct bytes wire = session_seal(&speaker->session[role], speaker_now(), plain, arena);
    assert(wire.data);
    if (role == SPEAKER_DIALS) {
        keep(&speaker->sent, wire);
        speaker_throw(speaker, wire);
    } else if (speaker->called) {
        wireline_send(speaker->called, speaker->called->route, wire);
    }
    arena_close(arena);
}

void speaker_say(struct speaker *speaker, enum speaker_role role, const Peregrin__Message *message)
{
    struct arena *arena = arena_open(2 * FRAME_SIZE_MAX);
    assert(arena);
    speaker_say_bytes(speaker, role, codec_pack(&message->base, arena));
    arena_close(arena);
}

void speaker_hello(struct speaker *speaker, enum speaker_role role, uint32_t version)
{
    static uint8_t run_id[16] = {1};
    uint32_t schemas[] = {0, 1};
    Peregrin__Hello hello = PEREGRIN__HELLO__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    hello.has_run_id = hello.has_catalogue_version = hello.has_catalogue_digest = true;
    hello.run_id = speaker_binary(run_id, sizeof run_id);
    hello.catalogue_version = speaker->catalogue->version;
    hello.catalogue_digest = speaker_binary(speaker->catalogue->digest.bytes, DIGEST_SIZE);
    hello.n_versions = 1;
    hello.versions = &version;
    hello.n_schemas = 2;
    hello.schemas = schemas;
    message.what_case = PEREGRIN__MESSAGE__WHAT_HELLO;
    message.hello = &hello;
    speaker_say(speaker, role, &message);
}

void speaker_ping(struct speaker *speaker)
{
    Peregrin__Ping ping = PEREGRIN__PING__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    ping.has_nonce = true;
    ping.nonce = ++speaker->pings;
    message.what_case = PEREGRIN__MESSAGE__WHAT_PING;
    message.ping = &ping;
    speaker_say(speaker, SPEAKER_DIALS, &message);
}

Peregrin__Signed *speaker_sign(const struct speaker *speaker, enum seal_context context,
                               const ProtobufCMessage *statement, struct arena *arena)
{
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    Peregrin__Signed *out = NULL;
    struct bytes wire = codec_pack(statement, arena);
    bool good =
        seal_sign(context, speaker->secret, wire, signature) &&
        !statement_read_signed(
            statement_pack_signed(wire, &speaker->own_key->digest, signature, arena), arena, &out);
    assert(good);
    return out;
}

/* ---- hearing, as the one that was called ---- */

static void summary_answer(struct speaker *speaker, const Peregrin__Summary *asked)
{
    Peregrin__Summary said = *asked;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    said.has_answer = said.answer = true;
    said.has_unreceipted = said.has_credit_records = said.has_credit_bytes = true;
    said.unreceipted = 0;
    said.credit_records = speaker->gives_no_credit ? 0 : 1 << 20;
    said.credit_bytes = speaker->gives_no_credit ? 0 : 1 << 30;
    message.what_case = PEREGRIN__MESSAGE__WHAT_SUMMARY;
    message.summary = &said;
    speaker_say(speaker, SPEAKER_ANSWERS, &message);
}

static void receipt_give(struct speaker *speaker)
{
    struct digest root;
    const struct session *session = &speaker->session[SPEAKER_ANSWERS];
    Peregrin__ReceiptStatement said = PEREGRIN__RECEIPT_STATEMENT__INIT;
    Peregrin__Receipt receipt = PEREGRIN__RECEIPT__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    tree_root(speaker->taken_ids, speaker->taken_count, &root);
    said.network = (char *)(uintptr_t)speaker->catalogue->network;
    said.issuer = (char *)(uintptr_t)speaker->own->schac;
    said.audience = (char *)(uintptr_t)speaker->other->schac;
    said.key_id = (char *)(uintptr_t)speaker->own_key->id;
    said.has_key_digest = said.has_handshake = said.has_count = said.has_root = said.has_time =
        true;
    said.has_catalogue_version = true;
    said.key_digest = speaker_binary(speaker->own_key->digest.bytes, DIGEST_SIZE);
    said.handshake = speaker_binary(session->hash, sizeof session->hash);
    said.count = (uint32_t)speaker->taken_count;
    said.root = speaker_binary(root.bytes, DIGEST_SIZE);
    said.time = instant_seconds(speaker_now());
    said.catalogue_version = speaker->catalogue->version;
    receipt.signed_ = speaker_sign(speaker, SEAL_CONTEXT_RECEIPT, &said.base, speaker->arena);
    receipt.has_ids = true;
    receipt.ids = speaker_binary(speaker->taken_ids, speaker->taken_count * DIGEST_SIZE);
    message.what_case = PEREGRIN__MESSAGE__WHAT_RECEIPT;
    message.receipt = &receipt;
    speaker_say(speaker, SPEAKER_ANSWERS, &message);
}

static void ack_give(struct speaker *speaker, const Peregrin__Deliver *deliver)
{
    Peregrin__Ack ack = PEREGRIN__ACK__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    ack.issuer = deliver->issuer;
    ack.audience = deliver->audience;
    ack.has_next_position = ack.has_credit_records = ack.has_credit_bytes = true;
    ack.next_position = deliver->position + 1;
    ack.credit_records = 1 << 20;
    ack.credit_bytes = 1 << 30;
    message.what_case = PEREGRIN__MESSAGE__WHAT_ACK;
    message.ack = &ack;
    speaker_say(speaker, SPEAKER_ANSWERS, &message);
}

static void deliver_take(struct speaker *speaker, const Peregrin__Deliver *deliver)
{
    speaker->taken += deliver->n_records;
    speaker->taken_count = deliver->n_records;
    for (size_t i = 0; i < deliver->n_records; i++)
        digest_of(
            DIGEST_RECORD,
            (struct bytes) {deliver->records[i]->header.data, deliver->records[i]->header.len},
            &speaker->taken_ids[i]);
    if (!speaker->keeps_receipts)
        receipt_give(speaker);
    if (!speaker->keeps_acks)
        ack_give(speaker, deliver);
}

static void asked(struct speaker *speaker, Peregrin__Message *message)
{
    switch (message->what_case) {
    case PEREGRIN__MESSAGE__WHAT_HELLO:
        speaker_hello(speaker, SPEAKER_ANSWERS, FRAME_VERSION);
        break;
    case PEREGRIN__MESSAGE__WHAT_SUMMARY: summary_answer(speaker, message->summary); break;
    case PEREGRIN__MESSAGE__WHAT_DELIVER: deliver_take(speaker, message->deliver); break;
    case PEREGRIN__MESSAGE__WHAT_PING:
        message->what_case = PEREGRIN__MESSAGE__WHAT_PONG;
        speaker_say(speaker, SPEAKER_ANSWERS, message);
        break;
    default: break;
    }
}

/* ---- hearing, as the one that called ---- */

static void answered(struct speaker *speaker, const Peregrin__Message *message)
{
    switch (message->what_case) {
    case PEREGRIN__MESSAGE__WHAT_NOTICE: speaker->codes[message->notice->code % 32]++; break;
    case PEREGRIN__MESSAGE__WHAT_RECEIPT:
        speaker->receipted += message->receipt->ids.len / DIGEST_SIZE;
        break;
    case PEREGRIN__MESSAGE__WHAT_SUMMARY:
        speaker->credit = message->summary->credit_records;
        speaker->credit_bytes = message->summary->credit_bytes;
        break;
    case PEREGRIN__MESSAGE__WHAT_ACK:
        speaker->position = message->ack->next_position;
        speaker->credit = message->ack->credit_records;
        speaker->credit_bytes = message->ack->credit_bytes;
        break;
    case PEREGRIN__MESSAGE__WHAT_PONG: speaker->pong = message->pong->nonce; break;
    case PEREGRIN__MESSAGE__WHAT_RETURNED: speaker->records += message->returned->n_records; break;
    default: break;
    }
}

static struct gate_parties parties(const struct speaker *speaker, enum speaker_role role)
{
    struct gate_parties out = {
        .network = speaker->catalogue->network,
        .dialler = speaker->node->id,
        .responder = speaker->other_node->id,
        .dialler_key = speaker->node->keys->id,
        .responder_key = speaker->other_node->keys->id,
    };
    if (role == SPEAKER_ANSWERS)
        out = (struct gate_parties) {out.network, out.responder, out.dialler, out.responder_key,
                                     out.dialler_key};
    return out;
}

static struct noise_keys keys_of(const struct speaker *speaker)
{
    return (struct noise_keys) {speaker->transport_secret, speaker->transport_public,
                                speaker->other_node->keys->public_key, NULL};
}

static void opening_heard(struct speaker *speaker, struct wireline *line, const struct frame *frame)
{
    uint8_t entropy[GATE_ANSWER_ENTROPY_SIZE];
    struct gate_opening opening;
    struct noise_result keys;
    struct bytes answer;
    bool good = getrandom(entropy, sizeof entropy, 0) == sizeof entropy;
    struct gate_response response = {keys_of(speaker), parties(speaker, SPEAKER_ANSWERS), entropy};
    if (!good || gate_read_opening(frame, &opening) ||
        gate_answer(frame, &opening, &response, speaker->arena, &answer, &keys))
        return;
    session_begin(&speaker->session[SPEAKER_ANSWERS], frame->session, &keys, speaker_now());
    speaker->live[SPEAKER_ANSWERS] = true;
    speaker->called = line;
    wireline_send(line, line->route, answer);
}

static void answer_heard(struct speaker *speaker, const struct frame *frame)
{
    struct noise_result keys;
    struct noise trial = speaker->noise;
    if (gate_read_answer(frame, &trial, speaker->arena, &keys))
        return;
    session_begin(&speaker->session[SPEAKER_DIALS], frame->session, &keys, speaker_now());
    speaker->live[SPEAKER_DIALS] = true;
    speaker->answers++;
}

static void said_heard(struct speaker *speaker, enum speaker_role role, const struct frame *frame)
{
    struct bytes plain;
    Peregrin__Message *message;
    if (!speaker->live[role] ||
        session_open(&speaker->session[role], frame, speaker->arena, &plain) ||
        message_read(plain, speaker->arena, &message))
        return;
    speaker->heard[role][message->what_case]++;
    speaker->heard_bytes += frame->wire.size;
    if (role == SPEAKER_ANSWERS)
        asked(speaker, message);
    else
        answered(speaker, message);
}

static void one_heard(struct speaker *speaker, struct wireline *line, struct bytes wire)
{
    struct frame frame;
    enum speaker_role role = line == &speaker->lines[0] ? SPEAKER_DIALS : SPEAKER_ANSWERS;
    if (frame_read(wire, &frame))
        return;
    if (frame.type == FRAME_TRANSPORT)
        said_heard(speaker, role, &frame);
    else if (frame.type == FRAME_OPEN && role == SPEAKER_ANSWERS)
        opening_heard(speaker, line, &frame);
    else if (frame.type == FRAME_ANSWER && role == SPEAKER_DIALS)
        answer_heard(speaker, &frame);
    else if (frame.type == FRAME_STALE)
        speaker->stales++;
}

static void frame_heard(struct speaker *speaker, struct wireline *line, struct bytes wire)
{
    struct bundle bundle = bundle_open(wire);
    while (bundle_next(&bundle, &wire))
        one_heard(speaker, line, wire);
}

/* ---- the connections ---- */

static void line_hear(struct speaker *speaker, struct wireline *line)
{
    struct bytes frame;
    wireline_read(line);
    while (wireline_next(line, &frame)) {
        arena_reset(speaker->arena);
        frame_heard(speaker, line, frame);
        wireline_drop(line, frame);
    }
}

static void line_accept(struct speaker *speaker)
{
    int descriptor = accept(speaker->listener, NULL, NULL);
    for (size_t i = 1; descriptor >= 0 && i < SPEAKER_LINES; i++)
        if (speaker->lines[i].descriptor < 0) {
            wireline_begin(&speaker->lines[i], descriptor, false);
            return;
        }
    if (descriptor >= 0)
        close(descriptor);
}

void speaker_serve(struct speaker *speaker, int wait_ms, int descriptor)
{
    struct pollfd watched[SPEAKER_LINES + 2];
    for (size_t i = 0; i < SPEAKER_LINES; i++) {
        struct wireline *line = &speaker->lines[i];
        wireline_flush(line);
        watched[i] = (struct pollfd) {
            .fd = line->descriptor,
            .events = (short)((speaker->deaf ? 0 : POLLIN) | (line->out.size ? POLLOUT : 0)),
        };
    }
    watched[SPEAKER_LINES] = (struct pollfd) {speaker->listener, POLLIN, 0};
    watched[SPEAKER_LINES + 1] = (struct pollfd) {descriptor, POLLIN, 0};
    if (poll(watched, SPEAKER_LINES + 2, wait_ms) <= 0)
        return;
    for (size_t i = 0; i < SPEAKER_LINES; i++) {
        if (watched[i].revents & (POLLIN | POLLHUP | POLLERR) && !speaker->deaf)
            line_hear(speaker, &speaker->lines[i]);
        wireline_flush(&speaker->lines[i]);
    }
    if (watched[SPEAKER_LINES].revents)
        line_accept(speaker);
}

bool speaker_until(struct speaker *speaker, speaker_enough *enough, uint64_t wanted)
{
    int64_t end = clock_ms() + PATIENCE_MS;
    while (!enough(speaker, wanted)) {
        if (clock_ms() > end)
            return false;
        speaker_serve(speaker, 50, -1);
    }
    return true;
}

bool speaker_settle(struct speaker *speaker)
{
    int64_t end = clock_ms() + PATIENCE_MS;
    while (clock_ms() < end && speaker->lines[0].descriptor >= 0) {
        /* Pongs of earlier pings may still be on their way: theirs come first. */
        uint64_t wanted = speaker->pings + 1;
        int64_t again = clock_ms() + AGAIN_MS;
        speaker_ping(speaker);
        while (speaker->pong < wanted && clock_ms() < again)
            speaker_serve(speaker, 50, -1);
        if (speaker->pong >= wanted)
            return true;
    }
    return false;
}

/* ---- dialling ---- */

static bool opening_answered(const struct speaker *speaker, uint64_t before)
{
    return speaker->answers > before;
}

/* As gate_write_opening does it, with whatever versions. */
static struct bytes opening_write(struct speaker *speaker, struct bytes versions)
{
    uint8_t entropy[GATE_ENTROPY_SIZE];
    struct gate_dial dial = {keys_of(speaker), parties(speaker, SPEAKER_DIALS), ++speaker->counter,
                             entropy};
    struct bytes wire;
    uint64_t now = (uint64_t)speaker_now().us;
    if (now > speaker->counter)
        dial.counter = speaker->counter = now;
    bool good = getrandom(entropy, sizeof entropy, 0) == sizeof entropy &&
                !gate_write_opening(&speaker->gate, &dial, speaker->arena, &speaker->noise, &wire);
    assert(good);
    if (!versions.size)
        return wire;
    struct frame frame;
    struct digest tag;
    uint8_t *out = arena_take(speaker->arena, wire.size + versions.size), *at = out;
    good = !frame_read(wire, &frame);
    assert(good && out);
    memcpy(at, wire.data, FRAME_HEADER_SIZE + GATE_HINT_SIZE);
    at += FRAME_HEADER_SIZE + GATE_HINT_SIZE;
    *at++ = (uint8_t)versions.size;
    memcpy(at, versions.data, versions.size);
    at += versions.size;
    struct noise noise;
    uint8_t nonce[GATE_NONCE_SIZE] = {0};
    noise_start(&noise, true, dial.keys,
                gate_prologue(&dial.parties, versions, frame.header, speaker->arena));
    good = !noise_write(&noise, entropy + FRAME_SESSION_SIZE, (struct bytes) {nonce, sizeof nonce},
                        at);
    assert(good);
    at += NOISE_MESSAGE_MIN + GATE_NONCE_SIZE;
    digest_keyed(DIGEST_GATE, speaker->gate.key, (struct bytes) {out, (size_t)(at - out)}, &tag);
    memcpy(at, tag.bytes, DIGEST_SIZE);
    speaker->noise = noise;
    return (struct bytes) {out, (size_t)(at - out) + DIGEST_SIZE};
}

void speaker_knock(struct speaker *speaker, const uint8_t *versions, size_t count)
{
    speaker_throw(speaker, opening_write(speaker, (struct bytes) {versions, versions ? count : 0}));
}

bool speaker_dial(struct speaker *speaker)
{
    uint64_t before = speaker->answers;
    for (size_t i = 0; i < speaker->before.count; i++)
        free((void *)(uintptr_t)speaker->before.list[i].data);
    speaker->before = speaker->sent;
    speaker->sent.count = 0;
    speaker->live[SPEAKER_DIALS] = false;
    speaker->position = 0;
    struct bytes wire = opening_write(speaker, (struct bytes) {0});
    free((void *)(uintptr_t)speaker->opening.data);
    uint8_t *copy = malloc(wire.size);
    assert(copy);
    memcpy(copy, wire.data, wire.size);
    speaker->opening = (struct bytes) {copy, wire.size};
    speaker_throw(speaker, speaker->opening);
    return speaker_until(speaker, opening_answered, before);
}
