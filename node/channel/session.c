#include "channel/session.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static const uint64_t place_mask = ((uint64_t)1 << SESSION_EPOCH_BITS) - 1;
static const int64_t epoch_us = (int64_t)SESSION_EPOCH_SECONDS * INSTANT_SECOND;

static_assert(WINDOW_PLACES < 1 << SESSION_EPOCH_BITS, "one key before the present one is enough");

static uint64_t epoch_of(uint64_t counter)
{
    return counter >> SESSION_EPOCH_BITS;
}

void session_begin(struct session *session, const uint8_t label[static FRAME_SESSION_SIZE],
                   const struct noise_result *keys, struct instant now)
{
    *session = (struct session) {.began = now, .send_epoch_began = now};
    memcpy(session->label, label, FRAME_SESSION_SIZE);
    memcpy(session->hash, keys->hash, NOISE_HASH_SIZE);
    memcpy(session->send_key, keys->send, NOISE_KEY_SIZE);
    memcpy(session->receive_key, keys->receive, NOISE_KEY_SIZE);
}

/* Moves on to the frame that is sealed next: the next epoch when this one is over, and its key at
 * an epoch's first frame. An epoch of which nothing was sent yet is not over, however long it
 * waited. */
static void send_turn(struct session *session, struct instant now)
{
    bool over = !instant_before(now, instant_after(session->send_epoch_began, epoch_us));
    if (over && session->send_counter & place_mask)
        session->send_counter = (epoch_of(session->send_counter) + 1) << SESSION_EPOCH_BITS;
    if (session->send_counter & place_mask)
        return;
    session->send_epoch_began = now;
    if (session->send_counter)
        noise_rekey(session->send_key);
}

struct bytes session_seal(struct session *session, struct instant now, struct bytes plain,
                          struct arena *arena)
{
    size_t size = FRAME_HEADER_SIZE + plain.size + NOISE_TAG_SIZE;
    assert(size <= FRAME_SIZE_MAX);
    /* Memory first: a frame that was never made must not cost a rekey. */
    uint8_t *wire = arena_take(arena, size);
    if (!wire)
        return (struct bytes) {0};
    send_turn(session, now);
    uint64_t counter = session->send_counter++;
    frame_write_header(FRAME_TRANSPORT, session->label, counter, wire);
    noise_encrypt(session->send_key, counter, (struct bytes) {wire, FRAME_HEADER_SIZE}, plain,
                  wire + FRAME_HEADER_SIZE);
    return (struct bytes) {wire, size};
}

/* The keys of a frame's epoch, on probation until its tag has held. */
struct trial {
    uint64_t epoch;
    uint8_t key[NOISE_KEY_SIZE];
    uint8_t before[NOISE_KEY_SIZE]; /* of the epoch before it; set when it lies ahead */
};

static enum verdict choose_key(const struct session *session, uint64_t epoch, struct trial *out)
{
    out->epoch = epoch;
    if (epoch < session->receive_epoch) {
        /* The window is shorter than an epoch, so what it calls fresh lies no further back. */
        assert(epoch + 1 == session->receive_epoch);
        memcpy(out->key, session->receive_before, NOISE_KEY_SIZE);
        return VERDICT_FINE;
    }
    if (epoch - session->receive_epoch > SESSION_EPOCH_SKIP_MAX)
        return VERDICT_FORGED;
    memcpy(out->key, session->receive_key, NOISE_KEY_SIZE);
    for (uint64_t at = session->receive_epoch; at < epoch; at++) {
        memcpy(out->before, out->key, NOISE_KEY_SIZE);
        noise_rekey(out->key);
    }
    return VERDICT_FINE;
}

static void receive_turn(struct session *session, const struct trial *trial, uint64_t counter)
{
    window_mark(&session->window, counter);
    if (trial->epoch <= session->receive_epoch)
        return;
    memcpy(session->receive_key, trial->key, NOISE_KEY_SIZE);
    memcpy(session->receive_before, trial->before, NOISE_KEY_SIZE);
    session->receive_epoch = trial->epoch;
}

static enum verdict open_with(struct session *session, const struct frame *frame,
                              struct trial *trial, struct arena *arena, struct bytes *plain)
{
    TRY(choose_key(session, epoch_of(frame->counter), trial));
    size_t size = frame->payload.size - NOISE_TAG_SIZE;
    uint8_t *out = arena_take(arena, size);
    if (!out)
        return VERDICT_TOO_LARGE;
    if (!noise_decrypt(trial->key, frame->counter, frame->header, frame->payload, out))
        return VERDICT_FORGED;
    receive_turn(session, trial, frame->counter);
    *plain = (struct bytes) {out, size};
    return VERDICT_FINE;
}

enum verdict session_open(struct session *session, const struct frame *frame, struct arena *arena,
                          struct bytes *plain)
{
    assert(epoch_of(session->window.next ? session->window.next - 1 : 0) == session->receive_epoch);
    if (frame->type != FRAME_TRANSPORT || frame->payload.size < NOISE_TAG_SIZE)
        return VERDICT_MALFORMED;
    if (memcmp(frame->session, session->label, FRAME_SESSION_SIZE) != 0)
        return VERDICT_STALE;
    if (!window_fresh(&session->window, frame->counter))
        return VERDICT_STALE;
    struct trial trial = {0};
    enum verdict verdict = open_with(session, frame, &trial, arena, plain);
    sodium_memzero(&trial, sizeof trial);
    return verdict;
}

void session_wipe(struct session *session)
{
    sodium_memzero(session, sizeof *session);
}
