/* links: base seal record report */
#include "fuzz/json_mutator.h"
#include "record/codec.h"
#include "record/kind.h"
#include "report/json_record.h"
#include "report/json_text.h"

#include "mobility.pb-c.h"
#include "record.pb-c.h"

#include <assert.h>
#include <stdlib.h>

enum { BUDGET = 32 * 1024 * 1024 };

/* The body of each kind, and behind them the header. */
static const ProtobufCMessageDescriptor *type_of(uint8_t choice)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    size_t place = choice % (count + 1);
    return place < count ? kinds[place].body : &peregrin__header__descriptor;
}

static const struct scan_limits limits = {
    .bytes_max = SIZE_MAX, .depth_max = 16, .fields_max = UINT32_MAX};

static ProtobufCMessage *message_of(json_t *object, const ProtobufCMessageDescriptor *type,
                                    struct arena *arena)
{
    ProtobufCMessage *message = NULL;
    struct json_record_misfit misfit = {0};
    enum verdict verdict = json_record_read(object, type, "nomination", arena, &message, &misfit);
    /* What is refused is named. */
    assert(verdict != VERDICT_INVALID || (misfit.field && misfit.expected));
    return verdict ? NULL : message;
}

/* What JSON can say is canonical on the wire, and says the same when it is written out and read. */
static void read_write_read(json_t *object, const ProtobufCMessageDescriptor *type,
                            struct arena *arena)
{
    ProtobufCMessage *message = message_of(object, type, arena);
    if (!message)
        return;
    struct bytes wire = codec_pack(message, arena);
    if (!wire.data)
        return;
    enum verdict canonical = scan_check(type, wire, &limits);
    assert(canonical == VERDICT_FINE);
    json_t *written = json_record_write(message, arena);
    if (written) {
        ProtobufCMessage *again = message_of(written, type, arena);
        struct bytes second = again ? codec_pack(again, arena) : (struct bytes) {0};
        assert(second.data ? bytes_equal(wire, second) : arena_used(arena) > BUDGET / 2);
        json_decref(written);
    }
}

/* The first byte chooses the type. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    if (size < 2 || seed % 64 == 1)
        return LLVMFuzzerMutate(data, size, size_max);
    return 1 + json_mutator_change(data + 1, size - 1, size_max - 1, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    json_t *object = NULL;
    struct json_text_place place;
    enum verdict verdict = json_text_read((struct bytes) {data + 1, size - 1}, &object, &place);
    if (verdict == VERDICT_FINE) {
        read_write_read(object, type_of(data[0]), arena);
        json_decref(object);
    }
    arena_close(arena);
    return 0;
}
