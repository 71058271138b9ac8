/* The transport half of a session: counters, epochs and the replay window.
 *
 * epoch = counter >> 20; each direction rekeys at an epoch's first frame. 15 minutes after an
 * epoch's first frame the sender's counter jumps to the next, and what is then still on its way
 * falls behind the window: it counts as lost. State moves only when a tag has held. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "channel/noise.h"
#include "channel/window.h"
#include "wire/frame.h"

enum {
    SESSION_EPOCH_BITS = 20,
    SESSION_EPOCH_SECONDS = 15 * 60,
    /* Epochs that a frame may lie ahead: bounds the work that a hostile peer can cause. */
    SESSION_EPOCH_SKIP_MAX = 256,
    SESSION_LIFE_SECONDS = 60 * 60,
};

struct session {
    uint8_t label[FRAME_SESSION_SIZE];
    uint8_t hash[NOISE_HASH_SIZE];
    struct instant began;
    uint8_t send_key[NOISE_KEY_SIZE];
    uint64_t send_counter; /* of the next frame */
    struct instant send_epoch_began;
    uint8_t receive_key[NOISE_KEY_SIZE];    /* of the epoch of window.next - 1 */
    uint8_t receive_before[NOISE_KEY_SIZE]; /* of the epoch before it, for late frames */
    uint64_t receive_epoch;
    struct window window;
};

void session_begin(struct session *session, const uint8_t label[static FRAME_SESSION_SIZE],
                   const struct noise_result *keys, struct instant now);
/* A transport frame around plain, in the arena; data NULL when it is spent. */
struct bytes session_seal(struct session *session, struct instant now, struct bytes plain,
                          struct arena *arena);
/* VERDICT_STALE: counter seen or too old; VERDICT_FORGED: the tag does not hold. *plain lives in
 * the arena. */
enum verdict session_open(struct session *session, const struct frame *frame, struct arena *arena,
                          struct bytes *plain);
void session_wipe(struct session *session);
