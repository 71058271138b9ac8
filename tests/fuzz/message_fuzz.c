/* links: base seal record wire */
#include "wire/message.h"

#include <assert.h>
#include <stdlib.h>

/* What is read is written again as the same bytes, and costs no more than its budget. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(MESSAGE_ARENA), *again = arena_open(MESSAGE_ARENA);
    Peregrin__Message *message;
    struct bytes plain = {data, size};
    assert(arena && again);
    if (!message_read(plain, arena, &message)) {
        assert(bytes_equal(message_write(message, again), plain));
        assert(*message_name(message));
    }
    assert(arena_used(arena) <= MESSAGE_ARENA);
    arena_close(arena);
    arena_close(again);
    return 0;
}
