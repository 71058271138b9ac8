/* links: base wire channel */
#include "channel/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The input is a course of events between two sides: frames are sent, lost, swapped, replayed,
 * bent, and hours pass. Whatever comes: each frame is taken at most once, as it was sent, and a
 * frame that came through on a quiet line is always taken. */
enum { KEPT = 8, TEXT = 4 };

enum act { ACT_SEND, ACT_LOSE, ACT_KEEP, ACT_KEPT, ACT_BEND, ACT_WAIT, ACT_CROSS, ACT_COUNT };

struct kept {
    uint8_t wire[FRAME_HEADER_SIZE + TEXT + NOISE_TAG_SIZE];
    uint32_t number;
    bool there, taken;
};

struct course {
    struct session from, to;
    struct arena *arena;
    struct instant now;
    uint32_t number;
    struct kept kept[KEPT];
};

static struct bytes seal(struct course *course)
{
    uint8_t text[TEXT];
    bytes_write_u32le(text, ++course->number);
    struct bytes wire =
        session_seal(&course->from, course->now, (struct bytes) {text, TEXT}, course->arena);
    assert(wire.size == FRAME_HEADER_SIZE + TEXT + NOISE_TAG_SIZE);
    return wire;
}

static enum verdict receive(struct course *course, struct bytes wire, uint32_t number)
{
    struct frame frame;
    struct bytes plain;
    TRY(frame_read(wire, &frame));
    TRY(session_open(&course->to, &frame, course->arena, &plain));
    assert(plain.size == TEXT && bytes_read_u32le(plain.data) == number);
    return VERDICT_FINE;
}

static void keep(struct course *course, uint8_t where)
{
    struct kept *kept = &course->kept[where % KEPT];
    struct bytes wire = seal(course);
    memcpy(kept->wire, wire.data, wire.size);
    kept->number = course->number;
    kept->there = true;
    kept->taken = false;
}

static void deliver_kept(struct course *course, uint8_t where)
{
    struct kept *kept = &course->kept[where % KEPT];
    if (!kept->there)
        return;
    enum verdict verdict =
        receive(course, (struct bytes) {kept->wire, sizeof kept->wire}, kept->number);
    assert(verdict == VERDICT_FINE ? !kept->taken : verdict == VERDICT_STALE);
    kept->taken = kept->taken || verdict == VERDICT_FINE;
}

static void bend(struct course *course, uint8_t where)
{
    struct bytes wire = seal(course);
    uint8_t bent[sizeof course->kept->wire];
    struct session before = course->to;
    memcpy(bent, wire.data, sizeof bent);
    bent[where % sizeof bent] ^= (uint8_t)(1 + where / sizeof bent);
    enum verdict verdict = receive(course, (struct bytes) {bent, sizeof bent}, course->number);
    assert(verdict && memcmp(&before, &course->to, sizeof before) == 0);
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
        enum verdict verdict = receive(course, seal(course), course->number);
        assert(verdict == VERDICT_FINE);
        break;
    }
    case ACT_LOSE: (void)seal(course); break;
    case ACT_KEEP: keep(course, with); break;
    case ACT_KEPT: deliver_kept(course, with); break;
    case ACT_BEND: bend(course, with); break;
    case ACT_WAIT: course->now = instant_after(course->now, with * 10000000ll); break;
    case ACT_CROSS: cross(course, with); break;
    case ACT_COUNT: break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t label[FRAME_SESSION_SIZE] = "session";
    const struct noise_result from = {.send = {1}}, to = {.receive = {1}};
    struct course *course = calloc(1, sizeof *course);
    assert(course);
    /* At most 200 acts, so that no more than 256 epochs can be lost in a row. */
    size = size < 400 ? size : 400;
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
