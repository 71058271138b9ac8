/* links: base real */
/* One direction of a connection, as the relay between real nodes reads it: fed in any pieces it is
 * the same frames as fed at once, each as long as its head says, and nothing costs more memory than
 * came. */
#include "real/relay_frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES_MAX = 1 << 12 };

/* Where each thing ended, and what the last state was. */
struct reading {
    size_t ends[FRAMES_MAX], count;
    bool hostile;
};

static uint64_t length_of(const uint8_t *head)
{
    uint64_t length = 0;
    for (size_t i = 0; i < RELAY_FRAME_HEAD; i++)
        length = length << 8 | head[i];
    return length;
}

static void whole_check(struct bytes wire, bool greeting)
{
    if (greeting) {
        assert(wire.size == RELAY_FRAME_GREETING && memcmp(wire.data, "\0SP\0", 4) == 0);
        return;
    }
    uint64_t length = length_of(wire.data);
    assert(length <= RELAY_FRAME_MAX && wire.size == RELAY_FRAME_HEAD + length);
}

static void read_in(struct reading *reading, const uint8_t *data, size_t size, size_t piece)
{
    struct relay_frame frame = {0};
    struct bytes wire;
    size_t place = 0;
    *reading = (struct reading) {0};
    for (size_t at = 0; at < size; at += piece) {
        size_t part = size - at < piece ? size - at : piece;
        bool fed = relay_frame_feed(&frame, (struct bytes) {data + at, part});
        assert(fed && frame.room <= 2 * size);
        enum relay_frame_state state;
        while ((state = relay_frame_next(&frame, &wire)) == RELAY_FRAME_WHOLE ||
               state == RELAY_FRAME_GREETS) {
            assert((state == RELAY_FRAME_GREETS) == (place == 0));
            whole_check(wire, place == 0);
            assert(memcmp(wire.data, data + place, wire.size) == 0);
            place += wire.size;
            assert(place <= at + part);
            if (reading->count < FRAMES_MAX)
                reading->ends[reading->count++] = place;
        }
        reading->hostile = state == RELAY_FRAME_HOSTILE;
        /* Nobody is waited for who announces more than there can be. */
        if (place && state == RELAY_FRAME_WAITS && frame.size - frame.taken >= RELAY_FRAME_HEAD)
            assert(length_of(frame.data + frame.taken) <= RELAY_FRAME_MAX);
    }
    relay_frame_free(&frame);
}

/* The first byte is the size of the pieces. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reading whole, pieces;
    if (size < 2)
        return 0;
    read_in(&whole, data + 1, size - 1, size - 1);
    read_in(&pieces, data + 1, size - 1, data[0] % 64 + 1);
    assert(whole.count == pieces.count && whole.hostile == pieces.hostile);
    assert(memcmp(whole.ends, pieces.ends, whole.count * sizeof *whole.ends) == 0);
    return 0;
}
