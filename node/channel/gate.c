#include "channel/gate.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

/* The protocol versions that this build speaks, ascending. */
static const uint8_t versions_spoken[] = {FRAME_VERSION};

/* The parts of the three frames, after the frame's header. */
enum {
    NOISE_PART = NOISE_MESSAGE_MIN + GATE_NONCE_SIZE, /* message 1, and message 2 */
    TAG_PART = DIGEST_SIZE,
    OPENING_LEAST = GATE_HINT_SIZE + 1 + 1 + NOISE_PART + TAG_PART,
    STALE_PART = 8 + DIGEST_SIZE + TAG_PART,
};

/* How a dial's and an answer's entropy is spent. */
enum { DIAL_LABEL = 0, DIAL_EPHEMERAL = FRAME_SESSION_SIZE, DIAL_NONCE = DIAL_EPHEMERAL + 32 };
enum { ANSWER_EPHEMERAL = 0, ANSWER_NONCE = 32 };

static_assert(DIAL_NONCE + GATE_NONCE_SIZE == GATE_ENTROPY_SIZE, "all of it is spent");
static_assert(ANSWER_NONCE + GATE_NONCE_SIZE == GATE_ANSWER_ENTROPY_SIZE, "all of it is spent");

static struct bytes key_view(const uint8_t *key)
{
    return (struct bytes) {key, NOISE_KEY_SIZE};
}

static void hint_of(const uint8_t *public_key, uint8_t out[static GATE_HINT_SIZE])
{
    struct digest digest;
    digest_of(DIGEST_KEY, key_view(public_key), &digest);
    memcpy(out, digest.bytes, GATE_HINT_SIZE);
}

bool gate_open(struct gate *gate, struct noise_keys keys)
{
    uint8_t shared[NOISE_KEY_SIZE], pair[2 * NOISE_KEY_SIZE];
    if (!agree_of(keys.agree)->shared(keys.own_secret, keys.peer_public, shared))
        return false;
    /* Both sides name the pair in the same order, whoever dials. */
    bool own_first = memcmp(keys.own_public, keys.peer_public, NOISE_KEY_SIZE) < 0;
    memcpy(pair, own_first ? keys.own_public : keys.peer_public, NOISE_KEY_SIZE);
    memcpy(pair + NOISE_KEY_SIZE, own_first ? keys.peer_public : keys.own_public, NOISE_KEY_SIZE);
    struct digest key;
    digest_keyed(DIGEST_GATE, shared, (struct bytes) {pair, sizeof pair}, &key);
    memcpy(gate->key, key.bytes, sizeof gate->key);
    hint_of(keys.own_public, gate->own_hint);
    hint_of(keys.peer_public, gate->peer_hint);
    sodium_memzero(shared, sizeof shared);
    sodium_memzero(&key, sizeof key);
    return true;
}

struct bytes gate_versions(void)
{
    return (struct bytes) {versions_spoken, sizeof versions_spoken};
}

/* ---- the opening ---- */

static bool versions_valid(struct bytes versions)
{
    for (size_t i = 0; i < versions.size; i++)
        if (versions.data[i] <= (i ? versions.data[i - 1] : 0))
            return false;
    return versions.size >= 1 && versions.size <= GATE_VERSIONS_MAX;
}

enum verdict gate_read_opening(const struct frame *frame, struct gate_opening *out)
{
    struct bytes payload = frame->payload;
    if (frame->type != FRAME_OPEN || payload.size < OPENING_LEAST)
        return VERDICT_MALFORMED;
    size_t count = payload.data[GATE_HINT_SIZE];
    if (count < 1 || payload.size != OPENING_LEAST - 1 + count)
        return VERDICT_MALFORMED;
    struct bytes versions = {payload.data + GATE_HINT_SIZE + 1, count};
    if (!versions_valid(versions) || frame->counter > GATE_COUNTER_MAX)
        return VERDICT_MALFORMED;
    *out = (struct gate_opening) {
        .versions = versions,
        .noise = {versions.data + count, NOISE_PART},
        .tagged = {frame->wire.data, frame->wire.size - TAG_PART},
        .tag = versions.data + count + NOISE_PART,
        .counter = frame->counter,
    };
    memcpy(out->hint, payload.data, GATE_HINT_SIZE);
    return VERDICT_FINE;
}

static bool tag_holds(enum digest_purpose purpose, const struct gate *gate, struct bytes tagged,
                      const uint8_t *tag)
{
    struct digest right;
    digest_keyed(purpose, gate->key, tagged, &right);
    return sodium_memcmp(right.bytes, tag, TAG_PART) == 0;
}

bool gate_check(const struct gate *gate, const struct gate_opening *opening)
{
    /* The key is the same in both directions; the hint keeps an own opening from coming back. */
    return memcmp(opening->hint, gate->peer_hint, GATE_HINT_SIZE) == 0 &&
           tag_holds(DIGEST_GATE, gate, opening->tagged, opening->tag);
}

struct bytes gate_prologue(const struct gate_parties *parties, struct bytes versions,
                           struct bytes frame_header, struct arena *arena)
{
    assert(frame_header.size == FRAME_HEADER_SIZE);
    const struct bytes fields[] = {
        bytes_text("peregrin/session/1"),
        bytes_text(parties->network),
        bytes_text(parties->dialler),
        bytes_text(parties->responder),
        bytes_text(parties->dialler_key),
        bytes_text(parties->responder_key),
        versions,
        frame_header,
    };
    enum { FIELDS = sizeof fields / sizeof *fields };
    size_t size = 0;
    for (size_t i = 0; i < FIELDS; i++)
        size += 4 + fields[i].size;
    uint8_t *out = arena_take(arena, size), *at = out;
    for (size_t i = 0; out && i < FIELDS; i++) {
        bytes_write_u32le(at, (uint32_t)fields[i].size);
        memcpy(at + 4, fields[i].data, fields[i].size);
        at += 4 + fields[i].size;
    }
    return (struct bytes) {out, out ? size : 0};
}

static enum verdict start(struct noise *noise, bool initiator, struct noise_keys keys,
                          struct bytes prologue)
{
    if (!prologue.data)
        return VERDICT_TOO_LARGE;
    noise_start(noise, initiator, keys, prologue);
    return VERDICT_FINE;
}

enum verdict gate_write_opening(const struct gate *gate, const struct gate_dial *dial,
                                struct arena *arena, struct noise *noise, struct bytes *frame)
{
    assert(dial->counter <= GATE_COUNTER_MAX);
    struct bytes versions = gate_versions();
    size_t size = FRAME_HEADER_SIZE + OPENING_LEAST - 1 + versions.size;
    uint8_t *wire = arena_take(arena, size);
    if (!wire)
        return VERDICT_TOO_LARGE;
    frame_write_header(FRAME_OPEN, dial->entropy + DIAL_LABEL, dial->counter, wire);
    uint8_t *at = wire + FRAME_HEADER_SIZE;
    memcpy(at, gate->own_hint, GATE_HINT_SIZE);
    at += GATE_HINT_SIZE;
    *at++ = (uint8_t)versions.size;
    memcpy(at, versions.data, versions.size);
    at += versions.size;

    struct bytes header = {wire, FRAME_HEADER_SIZE};
    TRY(start(noise, true, dial->keys, gate_prologue(&dial->parties, versions, header, arena)));
    struct bytes nonce = {dial->entropy + DIAL_NONCE, GATE_NONCE_SIZE};
    enum verdict verdict = noise_write(noise, dial->entropy + DIAL_EPHEMERAL, nonce, at);
    if (verdict) {
        noise_wipe(noise);
        return verdict;
    }
    at += NOISE_PART;
    struct digest tag;
    digest_keyed(DIGEST_GATE, gate->key, (struct bytes) {wire, size - TAG_PART}, &tag);
    memcpy(at, tag.bytes, TAG_PART);
    *frame = (struct bytes) {wire, size};
    return VERDICT_FINE;
}

/* ---- the answer ---- */

/* Message 1 in, message 2 out. */
static enum verdict respond(struct noise *noise, struct bytes opening,
                            const struct gate_response *response, uint8_t *out)
{
    uint8_t nonce[GATE_NONCE_SIZE];
    TRY(noise_read(noise, opening, nonce));
    return noise_write(noise, response->entropy + ANSWER_EPHEMERAL,
                       (struct bytes) {response->entropy + ANSWER_NONCE, GATE_NONCE_SIZE}, out);
}

enum verdict gate_answer(const struct frame *opening_frame, const struct gate_opening *opening,
                         const struct gate_response *response, struct arena *arena,
                         struct bytes *answer, struct noise_result *keys)
{
    assert(opening_frame->type == FRAME_OPEN && opening->noise.size == NOISE_PART);
    size_t size = FRAME_HEADER_SIZE + NOISE_PART;
    uint8_t *wire = arena_take(arena, size);
    if (!wire)
        return VERDICT_TOO_LARGE;
    struct noise noise;
    TRY(start(&noise, false, response->keys,
              gate_prologue(&response->parties, opening->versions, opening_frame->header, arena)));
    frame_write_header(FRAME_ANSWER, opening_frame->session, 0, wire);
    enum verdict verdict = respond(&noise, opening->noise, response, wire + FRAME_HEADER_SIZE);
    if (!verdict) {
        noise_finish(&noise, keys);
        *answer = (struct bytes) {wire, size};
    }
    noise_wipe(&noise);
    return verdict;
}

enum verdict gate_read_answer(const struct frame *frame, struct noise *noise, struct arena *arena,
                              struct noise_result *keys)
{
    if (frame->type != FRAME_ANSWER || frame->payload.size != NOISE_PART || frame->counter != 0)
        return VERDICT_MALFORMED;
    uint8_t *nonce = arena_take(arena, GATE_NONCE_SIZE);
    if (!nonce)
        return VERDICT_TOO_LARGE;
    /* On a copy: whoever saw the label can send rubbish, and the true answer must still be heard.
     */
    struct noise trial = *noise;
    enum verdict verdict = noise_read(&trial, frame->payload, nonce);
    if (!verdict) {
        noise_finish(&trial, keys);
        noise_wipe(noise);
    }
    noise_wipe(&trial);
    return verdict;
}

/* ---- the stale answer ---- */

void gate_opening_digest(struct bytes opening_frame, struct digest *out)
{
    digest_of(DIGEST_STALE, opening_frame, out);
}

struct bytes gate_write_stale(const struct gate *gate, const struct frame *opening,
                              uint64_t stored_counter, struct arena *arena)
{
    assert(opening->type == FRAME_OPEN && stored_counter <= GATE_COUNTER_MAX);
    size_t size = FRAME_HEADER_SIZE + STALE_PART;
    uint8_t *wire = arena_take(arena, size);
    if (!wire)
        return (struct bytes) {0};
    frame_write_header(FRAME_STALE, opening->session, 0, wire);
    uint8_t *at = wire + FRAME_HEADER_SIZE;
    bytes_write_u64le(at, stored_counter);
    struct digest digest;
    gate_opening_digest(opening->wire, &digest);
    memcpy(at + 8, digest.bytes, DIGEST_SIZE);
    digest_keyed(DIGEST_STALE, gate->key, (struct bytes) {wire, size - TAG_PART}, &digest);
    memcpy(at + 8 + DIGEST_SIZE, digest.bytes, TAG_PART);
    return (struct bytes) {wire, size};
}

enum verdict gate_read_stale(const struct gate *gate, const struct frame *frame,
                             const struct digest *opening_digest, uint64_t *stored_counter)
{
    if (frame->type != FRAME_STALE || frame->payload.size != STALE_PART || frame->counter != 0)
        return VERDICT_MALFORMED;
    struct bytes tagged = {frame->wire.data, frame->wire.size - TAG_PART};
    const uint8_t *at = frame->payload.data;
    if (!tag_holds(DIGEST_STALE, gate, tagged, at + 8 + DIGEST_SIZE))
        return VERDICT_FORGED;
    if (memcmp(at + 8, opening_digest->bytes, DIGEST_SIZE) != 0)
        return VERDICT_STALE;
    /* The dialler jumps above this number: it must leave room for all dials to come. */
    uint64_t stored = bytes_read_u64le(at);
    if (stored > GATE_COUNTER_MAX / 2)
        return VERDICT_MALFORMED;
    *stored_counter = stored;
    return VERDICT_FINE;
}
