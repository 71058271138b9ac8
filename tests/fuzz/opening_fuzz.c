/* links: base seal record wire channel */
#include "channel/gate.h"
#include "fuzz/mutator.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

/* A node that takes openings, answers and stale answers from anybody. To get past the tags the
 * first byte may ask for a right tag, and for a right handshake under whatever header and versions
 * stand there: a partner can be hostile too. Or the rest is what the network does to Alice's true
 * opening or to Bob's true answer. Whatever comes: an opening is believed only with the partner's
 * hint and tag, it is answered only as the partner made it, and of answers only the true one is. */
enum {
    TAG_AGAIN = 1,
    NOISE_AGAIN = 2,
    BEND_ANSWER = 4,
    BEND_OPENING = 8,
    ROOM = 512,
    TAG = 32,
    NOISE_PART = 80
};

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
    return (struct noise_keys) {own->secret, own->public_key, peer->public_key, NULL};
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

/* Where an opening's versions stand, as many as it says; NULL when its length says otherwise. */
static uint8_t *versions_of(uint8_t *wire, size_t size)
{
    size_t count = size > FRAME_HEADER_SIZE + 8 ? wire[FRAME_HEADER_SIZE + 8] : 0;
    bool whole = size == FRAME_HEADER_SIZE + 8 + 1 + count + NOISE_PART + TAG;
    return whole && count <= 8 ? wire + FRAME_HEADER_SIZE + 8 + 1 : NULL;
}

/* Alice's message 1 under the header and the versions that stand there. */
static bool noise_again(struct noise_keys keys, uint8_t *wire, size_t size, struct noise *noise,
                        struct arena *arena)
{
    uint8_t *versions = versions_of(wire, size);
    if (!versions)
        return false;
    struct bytes said = {versions, versions[-1]};
    struct bytes prologue =
        gate_prologue(&parties, said, (struct bytes) {wire, FRAME_HEADER_SIZE}, arena);
    noise_start(noise, true, keys, prologue);
    enum verdict verdict =
        noise_write(noise, entropy + 8, (struct bytes) {entropy, 32}, versions + said.size);
    assert(!verdict);
    return true;
}

static void judge_opening(const struct gate_opening *opening, const struct frame *frame)
{
    assert(opening->counter == frame->counter && opening->counter <= (uint64_t)1 << 62);
    assert(opening->versions.size >= 1 && opening->versions.size <= 8);
    for (size_t i = 0; i < opening->versions.size; i++)
        assert(opening->versions.data[i] > (i ? opening->versions.data[i - 1] : 0));
    assert(frame->payload.size == 8 + 1 + opening->versions.size + NOISE_PART + TAG);
}

static void judge_believed(const struct party *from, const struct gate *gate,
                           const struct frame *frame)
{
    struct digest key, tag;
    size_t before = frame->wire.size - TAG;
    digest_of(DIGEST_KEY, (struct bytes) {from->public_key, NOISE_KEY_SIZE}, &key);
    digest_keyed(DIGEST_GATE, gate->key, (struct bytes) {frame->wire.data, before}, &tag);
    assert(memcmp(frame->payload.data, key.bytes, 8) == 0);
    assert(memcmp(frame->wire.data + before, tag.bytes, TAG) == 0);
}

/* Both have the same keys then, the other way round. */
static void judge_answer(struct bytes answer, const struct noise_result *theirs,
                         struct noise *noise, struct arena *arena)
{
    struct frame frame;
    struct noise_result ours;
    enum verdict verdict = frame_read(answer, &frame);
    assert(!verdict && frame.type == FRAME_ANSWER && frame.counter == 0);
    verdict = gate_read_answer(&frame, noise, arena, &ours);
    assert(!verdict && memcmp(ours.hash, theirs->hash, sizeof ours.hash) == 0);
    assert(memcmp(ours.send, theirs->receive, NOISE_KEY_SIZE) == 0);
    assert(memcmp(ours.receive, theirs->send, NOISE_KEY_SIZE) == 0);
}

struct scene {
    struct party alice, bob;
    struct gate alices, bobs;
    struct arena *arena;
    /* The opening that Alice makes (but for its tag the only one that stands without NOISE_AGAIN),
     * her handshake then, and Bob's answer. */
    struct bytes opening, answer;
    struct noise noise;
};

static struct scene *scene_make(void)
{
    static struct scene scene;
    if (scene.arena)
        return &scene;
    scene.alice = party(0x11), scene.bob = party(0x22);
    struct noise_keys alices = keys_of(&scene.alice, &scene.bob);
    struct noise_keys bobs = keys_of(&scene.bob, &scene.alice);
    scene.arena = arena_open(1 << 16);
    bool open = gate_open(&scene.bobs, bobs) && gate_open(&scene.alices, alices);
    assert(open && scene.arena);
    struct gate_dial dial = {alices, parties, 7, entropy};
    struct gate_response response = {bobs, parties, entropy};
    struct frame frame;
    struct gate_opening opening;
    struct noise_result result;
    enum verdict verdict =
        gate_write_opening(&scene.alices, &dial, scene.arena, &scene.noise, &scene.opening);
    verdict = verdict ? verdict : frame_read(scene.opening, &frame);
    verdict = verdict ? verdict : gate_read_opening(&frame, &opening);
    verdict = verdict
                  ? verdict
                  : gate_answer(&frame, &opening, &response, scene.arena, &scene.answer, &result);
    assert(!verdict);
    return &scene;
}

/* Returns whether the opening was answered. noise: of who made it, NULL when nobody is known to
 * have made one like it. */
static bool as_responder(const struct scene *scene, const struct frame *frame, struct noise *noise,
                         struct arena *arena)
{
    struct gate_opening opening;
    struct noise_result result;
    struct bytes answer;
    if (gate_read_opening(frame, &opening))
        return false;
    judge_opening(&opening, frame);
    if (!gate_check(&scene->bobs, &opening))
        return false;
    judge_believed(&scene->alice, &scene->bobs, frame);
    struct gate_response response = {keys_of(&scene->bob, &scene->alice), parties, entropy};
    if (gate_answer(frame, &opening, &response, arena, &answer, &result))
        return false;
    assert(answer.size == FRAME_HEADER_SIZE + NOISE_MESSAGE_MIN + GATE_NONCE_SIZE);
    if (noise) {
        judge_answer(answer, &result, noise, arena);
        return true;
    }
    assert(scene->opening.size == frame->wire.size);
    assert(memcmp(scene->opening.data, frame->wire.data, frame->wire.size - TAG) == 0);
    return true;
}

static void as_dialler(const struct scene *scene, const struct frame *frame, struct arena *arena)
{
    struct noise noise = scene->noise;
    struct noise_result result;
    struct digest digest;
    uint64_t stored = 0;
    gate_opening_digest(scene->opening, &digest);
    if (!gate_read_stale(&scene->alices, frame, &digest, &stored)) {
        assert(stored <= GATE_COUNTER_MAX / 2 && stored == bytes_read_u64le(frame->payload.data));
        assert(memcmp(frame->payload.data + 8, digest.bytes, DIGEST_SIZE) == 0);
        assert(frame->type == FRAME_STALE && frame->counter == 0);
    }
    /* Nobody here has Bob's secret key. */
    enum verdict verdict = gate_read_answer(frame, &noise, arena, &result);
    assert(verdict);
}

/* Pairs of where and by what. */
static struct bytes bend(struct bytes wire, struct bytes changes, struct arena *arena)
{
    struct bytes bent = arena_copy(arena, wire);
    assert(bent.data);
    for (size_t i = 0; i + 1 < changes.size; i += 2)
        ((uint8_t *)(uintptr_t)bent.data)[changes.data[i] % bent.size] ^= changes.data[i + 1];
    return bent;
}

/* Bob's true answer to Alice, changed. */
static void bend_answer(const struct scene *scene, struct bytes changes, struct arena *arena)
{
    struct noise noise = scene->noise;
    struct noise_result ours;
    struct frame frame;
    struct bytes answer = scene->answer, bent = bend(answer, changes, arena);
    if (frame_read(bent, &frame))
        return;
    struct noise before = noise;
    bool taken = !gate_read_answer(&frame, &noise, arena, &ours);
    /* The session's label is whoever dials' to compare, and finds the handshake. */
    bool true_one = memcmp(bent.data + FRAME_HEADER_SIZE, answer.data + FRAME_HEADER_SIZE,
                           answer.size - FRAME_HEADER_SIZE) == 0 &&
                    frame.type == FRAME_ANSWER && frame.counter == 0;
    assert(taken == true_one);
    assert(taken || memcmp(&before, &noise, sizeof noise) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scene *scene = scene_make();
    uint8_t wire[ROOM];
    if (size < 1 || size - 1 > sizeof wire)
        return 0;
    struct bytes whole = {wire, size - 1};
    memcpy(wire, data + 1, whole.size);
    struct arena *arena = arena_open(1 << 16);
    struct noise noise;
    struct frame frame;
    assert(arena);
    if (data[0] & BEND_ANSWER) {
        bend_answer(scene, whole, arena);
    } else {
        if (data[0] & BEND_OPENING) {
            whole.size = scene->opening.size;
            memcpy(wire, bend(scene->opening, (struct bytes) {data + 1, size - 1}, arena).data,
                   whole.size);
        }
        bool known = data[0] & NOISE_AGAIN && noise_again(keys_of(&scene->alice, &scene->bob), wire,
                                                          whole.size, &noise, arena);
        if (data[0] & TAG_AGAIN)
            tag_again(&scene->bobs, wire, whole.size);
        if (!frame_read(whole, &frame)) {
            if (as_responder(scene, &frame, known ? &noise : NULL, arena))
                mutator_remember(data, size);
            as_dialler(scene, &frame, arena);
        }
    }
    arena_close(arena);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate};
    return mutator_input(&mutator, NULL, 0, data, size, size_max);
}
