#include "wire/frame.h"

#include <assert.h>
#include <string.h>

enum { VERSION_AT = 0, TYPE_AT = 1, ZERO_AT = 2, SESSION_AT = 4, COUNTER_AT = 12 };

static_assert(COUNTER_AT + 8 == FRAME_HEADER_SIZE, "the counter ends the header");

static bool type_known(uint8_t type)
{
    return type >= FRAME_OPEN && type <= FRAME_STALE;
}

enum verdict frame_read(struct bytes wire, struct frame *out)
{
    if (wire.size > FRAME_SIZE_MAX)
        return VERDICT_TOO_LARGE;
    if (wire.size < FRAME_HEADER_SIZE)
        return VERDICT_MALFORMED;
    const uint8_t *at = wire.data;
    if (at[VERSION_AT] != FRAME_VERSION || !type_known(at[TYPE_AT]))
        return VERDICT_MALFORMED;
    if (at[ZERO_AT] != 0 || at[ZERO_AT + 1] != 0)
        return VERDICT_MALFORMED;
    *out = (struct frame) {
        .type = at[TYPE_AT],
        .counter = bytes_read_u64le(at + COUNTER_AT),
        .wire = wire,
        .header = {at, FRAME_HEADER_SIZE},
        .payload = {at + FRAME_HEADER_SIZE, wire.size - FRAME_HEADER_SIZE},
    };
    memcpy(out->session, at + SESSION_AT, FRAME_SESSION_SIZE);
    return VERDICT_FINE;
}

void frame_write_header(enum frame_type type, const uint8_t session[static FRAME_SESSION_SIZE],
                        uint64_t counter, uint8_t out[static FRAME_HEADER_SIZE])
{
    assert(type_known((uint8_t)type));
    out[VERSION_AT] = FRAME_VERSION;
    out[TYPE_AT] = (uint8_t)type;
    out[ZERO_AT] = out[ZERO_AT + 1] = 0;
    memcpy(out + SESSION_AT, session, FRAME_SESSION_SIZE);
    bytes_write_u64le(out + COUNTER_AT, counter);
}
