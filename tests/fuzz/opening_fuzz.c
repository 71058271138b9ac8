/* links: base seal wire channel */
#include "channel/gate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

/* A node that takes openings, answers and stale answers from anybody. To get past the tags the
 * first byte may ask for a right one: a partner can be hostile too. */
enum { TAG_AGAIN = 1, ROOM = 512 };

struct party {
    uint8_t secret[NOISE_KEY_SIZE], public_key[NOISE_KEY_SIZE];
};

static const struct gate_parties parties = {"demo", "node-a", "node-b", "a", "b"};
static const uint8_t entropy[GATE_ENTROPY_SIZE] = {1, 2, 3};

static struct party party(uint8_t fill)
{
    struct party party;
    memset(party.secret, fill, sizeof party.secret);
    int failed = crypto_scalarmult_base(party.public_key, party.secret);
    assert(!failed);
    return party;
}

static struct noise_keys keys_of(const struct party *own, const struct party *peer)
{
    return (struct noise_keys) {own->secret, own->public_key, peer->public_key};
}

static void tag_again(const struct gate *gate, uint8_t *wire, size_t size)
{
    if (size < FRAME_HEADER_SIZE + DIGEST_SIZE)
        return;
    size_t before = size - DIGEST_SIZE;
    enum digest_purpose purpose = wire[1] == FRAME_STALE ? DIGEST_STALE : DIGEST_GATE;
    struct digest tag;
    digest_keyed(purpose, gate->key, (struct bytes) {wire, before}, &tag);
    memcpy(wire + before, tag.bytes, DIGEST_SIZE);
}

static void as_responder(const struct gate *gate, struct noise_keys keys, const struct frame *frame,
                         struct arena *arena)
{
    struct gate_opening opening;
    struct noise_result result;
    struct bytes answer;
    if (gate_read_opening(frame, &opening))
        return;
    assert(opening.counter <= GATE_COUNTER_MAX);
    if (!gate_check(gate, &opening))
        return;
    struct gate_response response = {keys, parties, entropy};
    if (gate_answer(frame, &opening, &response, arena, &answer, &result))
        return;
    assert(answer.size == FRAME_HEADER_SIZE + NOISE_MESSAGE_MIN + GATE_NONCE_SIZE);
}

static void as_dialler(const struct gate *gate, struct noise_keys keys, const struct frame *frame,
                       struct arena *arena)
{
    struct gate_dial dial = {keys, parties, 7, entropy};
    struct noise noise;
    struct noise_result result;
    struct bytes opening;
    struct digest digest;
    uint64_t stored = 0;
    enum verdict verdict = gate_write_opening(gate, &dial, arena, &noise, &opening);
    assert(!verdict);
    gate_opening_digest(opening, &digest);
    if (!gate_read_stale(gate, frame, &digest, &stored))
        assert(stored <= GATE_COUNTER_MAX / 2);
    /* Nobody here has Bob's secret key. */
    verdict = gate_read_answer(frame, &noise, arena, &result);
    assert(verdict);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t wire[ROOM];
    if (size < 1 || size - 1 > sizeof wire)
        return 0;
    struct party alice = party(0x11), bob = party(0x22);
    struct gate bobs, alices;
    bool open =
        gate_open(&bobs, keys_of(&bob, &alice)) && gate_open(&alices, keys_of(&alice, &bob));
    assert(open);
    struct bytes whole = {wire, size - 1};
    if (whole.size)
        memcpy(wire, data + 1, whole.size);
    if (data[0] & TAG_AGAIN)
        tag_again(&bobs, wire, whole.size);
    struct frame frame;
    if (frame_read(whole, &frame))
        return 0;
    struct arena *arena = arena_open(1 << 16);
    assert(arena);
    as_responder(&bobs, keys_of(&bob, &alice), &frame, arena);
    as_dialler(&alices, keys_of(&alice, &bob), &frame, arena);
    arena_close(arena);
    return 0;
}
