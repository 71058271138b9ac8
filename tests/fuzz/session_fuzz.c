/* links: base seal wire channel */
#include "channel/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The input is a course of events between two sides: frames are sent, lost, swapped, replayed,
 * bent, sealed by a partner who counts as it likes, and hours pass. Whatever comes: a frame is
 * taken, as it was sent, exactly when proto/README.md says so: not twice, not older than the
 * window, not further ahead than epochs may be lost. A list of what was taken is the judge. */
enum { KEPT = 8, TEXT = 4, ACTS_MAX = 200 };

enum act {
    ACT_SEND,
    ACT_LOSE,
    ACT_KEEP,
    ACT_KEPT,
    ACT_BEND,
    ACT_WAIT,
    ACT_CROSS,
    ACT_COUNT_AS_IT_LIKES,
    ACT_COUNT
};

struct kept {
    uint8_t wire[FRAME_HEADER_SIZE + TEXT + NOISE_TAG_SIZE];
    uint32_t number;
    bool there;
};

struct course {
    struct session from, to;
    struct arena *arena;
    struct instant now;
    uint32_t number;
    struct kept kept[KEPT];
    uint64_t taken[ACTS_MAX + 1], next; /* counters; next is one above the largest */
    size_t taken_count;
    uint64_t epoch; /* of the key that the partner who counts as it likes begins from */
    uint8_t key[NOISE_KEY_SIZE];
};

static const uint8_t label[FRAME_SESSION_SIZE] = "session";

static bool was_taken(const struct course *course, uint64_t counter)
{
    for (size_t i = 0; i < course->taken_count; i++)
        if (course->taken[i] == counter)
            return true;
    return false;
}

/* proto/README.md, in the order of its words. */
static bool is_due(const struct course *course, uint64_t counter)
{
    uint64_t newest = course->next ? course->next - 1 : 0;
    uint64_t epochs = (counter >> SESSION_EPOCH_BITS) - (newest >> SESSION_EPOCH_BITS);
    if (counter == UINT64_MAX)
        return false;
    if (counter < course->next)
        return course->next - counter <= 2048 && !was_taken(course, counter);
    return epochs <= SESSION_EPOCH_SKIP_MAX;
}

static void note(struct course *course, uint64_t counter)
{
    course->taken[course->taken_count++] = counter;
    if (counter >= course->next)
        course->next = counter + 1;
}

static struct bytes seal(struct course *course)
{
    uint8_t text[TEXT];
    bytes_write_u32le(text, ++course->number);
    struct bytes wire =
        session_seal(&course->from, course->now, (struct bytes) {text, TEXT}, course->arena);
    assert(wire.size == FRAME_HEADER_SIZE + TEXT + NOISE_TAG_SIZE);
    return wire;
}

static void receive(struct course *course, struct bytes wire, uint32_t number)
{
    struct frame frame;
    struct bytes plain;
    enum verdict verdict = frame_read(wire, &frame);
    assert(!verdict);
    bool due = is_due(course, frame.counter);
    verdict = session_open(&course->to, &frame, course->arena, &plain);
    assert(due == (verdict == VERDICT_FINE));
    if (!due)
        return;
    assert(plain.size == TEXT && bytes_read_u32le(plain.data) == number);
    note(course, frame.counter);
}

static void keep(struct course *course, uint8_t where)
{
    struct kept *kept = &course->kept[where % KEPT];
    struct bytes wire = seal(course);
    memcpy(kept->wire, wire.data, wire.size);
    kept->number = course->number;
    kept->there = true;
}

static void deliver_kept(struct course *course, uint8_t where)
{
    struct kept *kept = &course->kept[where % KEPT];
    if (kept->there)
        receive(course, (struct bytes) {kept->wire, sizeof kept->wire}, kept->number);
}

static void bend(struct course *course, uint8_t where)
{
    struct bytes wire = seal(course);
    uint8_t bent[sizeof course->kept->wire];
    struct session before = course->to;
    memcpy(bent, wire.data, sizeof bent);
    bent[where % sizeof bent] ^= (uint8_t)(1 + where / sizeof bent);
    struct frame frame;
    struct bytes plain;
    enum verdict verdict = frame_read((struct bytes) {bent, sizeof bent}, &frame);
    if (!verdict)
        verdict = session_open(&course->to, &frame, course->arena, &plain);
    assert(verdict && memcmp(&before, &course->to, sizeof before) == 0);
}

/* The key of an epoch, from the one that was asked for before, or from the first one. */
static void key_of(struct course *course, uint64_t epoch, uint8_t out[static NOISE_KEY_SIZE])
{
    static const struct noise_result first = {.send = {1}};
    if (epoch < course->epoch || course->epoch == 0) {
        memcpy(course->key, first.send, NOISE_KEY_SIZE);
        course->epoch = 0;
    }
    for (; course->epoch < epoch; course->epoch++)
        noise_rekey(course->key);
    memcpy(out, course->key, NOISE_KEY_SIZE);
}

/* A frame in order but for its counter: at the edges of window, epochs and numbers. */
static void count_as_it_likes(struct course *course, uint8_t with)
{
    static const int64_t steps[] = {0, 1, 7, 2047, 2048, 2049, 2050, 4096};
    const int64_t epoch = (int64_t)1 << SESSION_EPOCH_BITS;
    int64_t step = steps[with / 4 % 8] + (with >= 224 ? epoch * (SESSION_EPOCH_SKIP_MAX - 2) : 0);
    uint64_t from =
        with & 2 ? ((course->next >> SESSION_EPOCH_BITS) + 1) << SESSION_EPOCH_BITS : course->next;
    if (with >= 248)
        from += (uint64_t)(2 * epoch);
    uint64_t counter = from + (uint64_t)(with & 1 ? -step : step);
    if (counter >> SESSION_EPOCH_BITS > 1 << 16)
        counter = UINT64_MAX;
    uint8_t wire[sizeof course->kept->wire], text[TEXT], key[NOISE_KEY_SIZE];
    bytes_write_u32le(text, ++course->number);
    frame_write_header(FRAME_TRANSPORT, label, counter, wire);
    key_of(course, counter == UINT64_MAX ? 0 : counter >> SESSION_EPOCH_BITS, key);
    noise_encrypt(key, counter, (struct bytes) {wire, FRAME_HEADER_SIZE},
                  (struct bytes) {text, TEXT}, wire + FRAME_HEADER_SIZE);
    receive(course, (struct bytes) {wire, sizeof wire}, course->number);
}

/* To an epoch's end, as if that many frames had been lost. */
static void cross(struct course *course, uint8_t distance)
{
    uint64_t last = ((uint64_t)1 << SESSION_EPOCH_BITS) - 1;
    if ((course->from.send_counter & last) == 0)
        return;
    uint64_t counter = (course->from.send_counter | last) - distance % 8;
    if (counter > course->from.send_counter)
        course->from.send_counter = counter;
}

static void act(struct course *course, enum act what, uint8_t with)
{
    switch (what) {
    case ACT_SEND: {
        struct bytes wire = seal(course);
        receive(course, wire, course->number);
        break;
    }
    case ACT_LOSE: (void)seal(course); break;
    case ACT_KEEP: keep(course, with); break;
    case ACT_KEPT: deliver_kept(course, with); break;
    case ACT_BEND: bend(course, with); break;
    case ACT_WAIT: course->now = instant_after(course->now, with * 10000000ll); break;
    case ACT_CROSS: cross(course, with); break;
    case ACT_COUNT_AS_IT_LIKES: count_as_it_likes(course, with); break;
    case ACT_COUNT: break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct noise_result from = {.send = {1}}, to = {.receive = {1}};
    struct course *course = calloc(1, sizeof *course);
    assert(course);
    /* At most 200 acts, so that no more than 256 epochs can be lost in a row. */
    size = size < 2 * ACTS_MAX ? size : 2 * ACTS_MAX;
    session_begin(&course->from, label, &from, course->now);
    session_begin(&course->to, label, &to, course->now);
    course->arena = arena_open(4096);
    assert(course->arena);
    for (size_t i = 0; i + 1 < size; i += 2) {
        act(course, (enum act)(data[i] % ACT_COUNT), data[i + 1]);
        arena_reset(course->arena);
    }
    arena_close(course->arena);
    free(course);
    return 0;
}
