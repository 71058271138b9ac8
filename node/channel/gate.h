/* The gate: what a stranger must show before we spend a DH, and the opening's counter.
 *
 * Opening frame, after the 20-byte header whose counter field holds the opening counter:
 *   8   key hint: first bytes of the digest of the dialler's transport key
 *   1   number of versions, 1 to 8, then one byte each, ascending
 *   80  Noise message 1 with a 32-byte nonce as payload
 *   32  gate tag: keyed digest `gate` of all before it
 * Answer frame: Noise message 2 with a 32-byte nonce (80 bytes). Stale frame: u64le stored counter,
 * digest of the opening frame (32), tag (32): keyed digest `stale` of all before it. Both repeat
 * the opening's session and have counter zero.
 *
 * The gate key is derived once for each pair of transport keys: digest `gate`, keyed with their
 * static-static DH, of both public keys, the smaller first. So rubbish costs one hash. */
#pragma once

#include "base/arena.h"
#include "channel/noise.h"
#include "seal/digest.h"
#include "wire/frame.h"

enum {
    GATE_HINT_SIZE = 8,
    GATE_VERSIONS_MAX = 8,
    GATE_NONCE_SIZE = 32,
    GATE_ENTROPY_SIZE = 72,        /* of a dial: session label 8, ephemeral 32, nonce 32 */
    GATE_ANSWER_ENTROPY_SIZE = 64, /* ephemeral 32, nonce 32 */
};

/* Of an opening's counter, in ordinary life microseconds since 1970; it fits a signed column. A
 * stale answer may claim at most half, so that whoever jumps above it has room for ever. */
#define GATE_COUNTER_MAX ((uint64_t)1 << 62)

/* One pair of transport keys, as both sides derive it. */
struct gate {
    uint8_t key[32];
    uint8_t own_hint[GATE_HINT_SIZE], peer_hint[GATE_HINT_SIZE];
};

/* False when the DH gives all zero (a hostile key). The caller wipes the gate with its other
 * secrets. */
bool gate_open(struct gate *gate, struct noise_keys keys);

/* The protocol versions of this build, as its openings show them: one byte each, ascending. */
struct bytes gate_versions(void);

/* Who speaks to whom: bound into the handshake by the prologue, which both sides compute. */
struct gate_parties {
    const char *network;
    const char *dialler, *responder;         /* node ids */
    const char *dialler_key, *responder_key; /* transport key ids */
};

/* An opening read from a frame; views into it. Nothing is believed before gate_check. */
struct gate_opening {
    uint8_t hint[GATE_HINT_SIZE];
    struct bytes versions; /* one byte each */
    struct bytes noise;    /* message 1 */
    struct bytes tagged;   /* what the tag covers */
    const uint8_t *tag;
    uint64_t counter;
};
enum verdict gate_read_opening(const struct frame *frame, struct gate_opening *out);
/* The tag holds under this gate's key and the hint is the peer's. */
bool gate_check(const struct gate *gate, const struct gate_opening *opening);

/* Length-prefixed (u32le) fields: `peregrin/session/1`, network, both node ids, both key ids,
 * versions, and the opening's 20-byte frame header. In the arena; data NULL when it is spent. */
struct bytes gate_prologue(const struct gate_parties *parties, struct bytes versions,
                           struct bytes frame_header, struct arena *arena);

/* The dialler's opening frame; noise is started and has written message 1 afterwards. entropy:
 * GATE_ENTROPY_SIZE fresh bytes (session label 8, ephemeral 32, nonce 32). */
struct gate_dial {
    struct noise_keys keys;
    struct gate_parties parties;
    uint64_t counter;
    const uint8_t *entropy;
};
enum verdict gate_write_opening(const struct gate *gate, const struct gate_dial *dial,
                                struct arena *arena, struct noise *noise, struct bytes *frame);

/* The responder's side after gate_check and the counter check: reads message 1, writes message 2.
 * entropy: 64 fresh bytes (ephemeral, nonce). Gives the answer frame and the session's keys. */
struct gate_response {
    struct noise_keys keys;
    struct gate_parties parties;
    const uint8_t *entropy;
};
enum verdict gate_answer(const struct frame *opening_frame, const struct gate_opening *opening,
                         const struct gate_response *response, struct arena *arena,
                         struct bytes *answer, struct noise_result *keys);
/* The dialler reads the answer. The handshake is untouched unless fine, and then wiped: a false
 * answer does not end the wait for the true one. */
enum verdict gate_read_answer(const struct frame *frame, struct noise *noise, struct arena *arena,
                              struct noise_result *keys);

/* The stale answer and its reading. opening_digest: digest `stale` of the whole opening frame. */
struct bytes gate_write_stale(const struct gate *gate, const struct frame *opening,
                              uint64_t stored_counter, struct arena *arena);
enum verdict gate_read_stale(const struct gate *gate, const struct frame *frame,
                             const struct digest *opening_digest, uint64_t *stored_counter);
void gate_opening_digest(struct bytes opening_frame, struct digest *out);
