#include "engine/suspect.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WEIGHT_END = 1,
    WEIGHT_CRASH = 8,
    WEIGHT_MAX = 16,
    PRINT_START = 376, /* with the size before it three blocks of the digest */
    NUMBERS_SIZE = 24,
    HEAD_SIZE = NUMBERS_SIZE + DIGEST_SIZE,
};

static const char prefix[] = "suspect/";

static const char *const stages[] = {
    [CRUMB_NONE] = "nothing",   [CRUMB_MESSAGE] = "the message", [CRUMB_HEADER] = "its header",
    [CRUMB_FOLD] = "its place", [CRUMB_BODY] = "its body",       [CRUMB_JUDGE] = "its judgement",
};

static_assert(sizeof stages / sizeof *stages == CRUMB_STAGES, "one name each");

/* ---- what is at hand ---- */

/* The stage goes first and comes last: whenever the process ends, what is said is whole. */
void suspect_at_hand(const struct engine *engine, enum crumb_stage stage, const struct digest *id)
{
    struct crumb *crumb = engine->crumb;
    assert(stage > CRUMB_NONE && stage < CRUMB_STAGES);
    crumb->stage = CRUMB_NONE;
    atomic_signal_fence(memory_order_seq_cst);
    crumb->id = *id;
    atomic_signal_fence(memory_order_seq_cst);
    crumb->stage = stage;
    atomic_signal_fence(memory_order_seq_cst);
}

void suspect_from(const struct engine *engine, const char *from)
{
    engine->crumb->stage = CRUMB_NONE;
    atomic_signal_fence(memory_order_seq_cst);
    snprintf(engine->crumb->from, CRUMB_FROM_SIZE, "%s", from);
}

void suspect_message(struct engine *engine, const char *node, struct bytes plain,
                     struct digest *print)
{
    uint8_t size[8];
    struct bytes start = {plain.data, plain.size < PRINT_START ? plain.size : PRINT_START};
    bytes_write_u64le(size, plain.size);
    digest_of_pair(DIGEST_PRINT, (struct bytes) {size, sizeof size}, start, print);
    assert(strlen(node) < CRUMB_FROM_SIZE);
    suspect_from(engine, node);
    suspect_at_hand(engine, CRUMB_MESSAGE, print);
}

void suspect_none(const struct engine *engine)
{
    atomic_signal_fence(memory_order_seq_cst);
    engine->crumb->stage = CRUMB_NONE;
}

/* ---- what is known ---- */

static struct suspect *find(const struct engine *engine, const struct digest *id)
{
    for (size_t i = 0; i < engine->suspect_count; i++)
        if (digest_equal(&engine->suspects[i].id, id))
            return &engine->suspects[i];
    return NULL;
}

enum crumb_stage suspect_barred(const struct engine *engine, const struct digest *id)
{
    const struct suspect *suspect = engine->suspect_count ? find(engine, id) : NULL;
    return suspect && suspect_aside(suspect) ? suspect->stage : CRUMB_NONE;
}

bool suspect_unkept(enum crumb_stage barred)
{
    return barred != CRUMB_NONE && barred < CRUMB_BODY;
}

/* ---- what is kept of it ---- */

static const char *name_of(const struct digest *id, struct arena *arena)
{
    char hex[2 * DIGEST_SIZE + 1];
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", id->bytes[i]);
    return arena_format(arena, "%s%s", prefix, hex);
}

/* Numbers, the id, the name of the node, a zero, and the version that died of it. */
static enum fault put(struct engine *engine, const struct suspect *suspect)
{
    uint8_t value[HEAD_SIZE + CRUMB_FROM_SIZE + CRUMB_VERSION_SIZE];
    size_t from = strlen(suspect->from) + 1, version = strlen(engine->crumb->version);
    const char *name = name_of(&suspect->id, engine->scratch);
    bytes_write_u64le(value, suspect->stage);
    bytes_write_u64le(value + 8, suspect->weight);
    bytes_write_u64le(value + 16, suspect->at);
    memcpy(value + NUMBERS_SIZE, suspect->id.bytes, DIGEST_SIZE);
    memcpy(value + HEAD_SIZE, suspect->from, from);
    memcpy(value + HEAD_SIZE + from, engine->crumb->version, version);
    struct bytes whole = {value, HEAD_SIZE + from + version};
    return name ? engine->store->value_put(engine->store, name, whole) : FAULT_MEMORY;
}

static bool read(struct bytes value, struct suspect *out, struct bytes *version)
{
    if (value.size <= HEAD_SIZE)
        return false;
    const uint8_t *from = value.data + HEAD_SIZE;
    const uint8_t *zero = memchr(from, 0, value.size - HEAD_SIZE);
    if (!zero || zero - from >= CRUMB_FROM_SIZE)
        return false;
    uint64_t stage = bytes_read_u64le(value.data);
    *out = (struct suspect) {
        .stage = stage < CRUMB_STAGES ? (enum crumb_stage)stage : CRUMB_NONE,
        .weight = (uint32_t)bytes_read_u64le(value.data + 8),
        .at = bytes_read_u64le(value.data + 16),
    };
    memcpy(out->id.bytes, value.data + NUMBERS_SIZE, DIGEST_SIZE);
    memcpy(out->from, from, (size_t)(zero - from));
    *version = (struct bytes) {zero + 1, (size_t)(value.data + value.size - zero - 1)};
    return out->stage != CRUMB_NONE;
}

/* With a place for the one that the last process may have left. */
static enum fault load(struct engine *engine)
{
    struct store_value *values;
    size_t count;
    TRY(engine->store->value_list(engine->store, prefix, NULL, SUSPECT_MAX, engine->scratch,
                                  &values, &count));
    engine->suspects = calloc(count + 1, sizeof *engine->suspects);
    if (!engine->suspects)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++) {
        struct bytes now = bytes_text(engine->crumb->version), then;
        if (!read(values[i].value, &engine->suspects[engine->suspect_count], &then))
            continue;
        if (now.size && !bytes_equal(now, then))
            TRY(engine->store->value_remove(engine->store, values[i].name));
        else
            engine->suspect_count++;
    }
    return FAULT_NONE;
}

static enum fault forget(struct engine *engine, struct suspect *suspect)
{
    const char *name = name_of(&suspect->id, engine->scratch);
    if (!name)
        return FAULT_MEMORY;
    TRY(engine->store->value_remove(engine->store, name));
    *suspect = engine->suspects[--engine->suspect_count];
    return FAULT_NONE;
}

enum fault suspect_cleared(struct engine *engine, const struct digest *id)
{
    struct suspect *suspect = engine->suspect_count ? find(engine, id) : NULL;
    return suspect && !suspect_aside(suspect) ? forget(engine, suspect) : FAULT_NONE;
}

/* ---- what the last process left ---- */

/* Room for one more: who is suspected only, and for the longest time, goes first. */
static enum fault room_make(struct engine *engine)
{
    struct suspect *oldest = NULL;
    if (engine->suspect_count < SUSPECT_MAX)
        return FAULT_NONE;
    for (size_t i = 0; i < engine->suspect_count; i++) {
        struct suspect *each = &engine->suspects[i];
        bool sooner = !oldest || suspect_aside(each) < suspect_aside(oldest) ||
                      (suspect_aside(each) == suspect_aside(oldest) && each->at < oldest->at);
        oldest = sooner ? each : oldest;
    }
    return forget(engine, oldest);
}

static enum fault count(struct engine *engine, const struct crumb *crumb)
{
    struct suspect *suspect = find(engine, &crumb->id);
    if (!suspect) {
        TRY(room_make(engine));
        suspect = &engine->suspects[engine->suspect_count++];
        *suspect = (struct suspect) {.id = crumb->id, .stage = (enum crumb_stage)crumb->stage};
    }
    if (crumb->stage < suspect->stage)
        suspect->stage = (enum crumb_stage)crumb->stage;
    if (suspect->weight < WEIGHT_MAX)
        suspect->weight += crumb->died ? WEIGHT_CRASH : WEIGHT_END;
    suspect->at = instant_seconds(engine->opened);
    suspect->fresh = true;
    memcpy(suspect->from, crumb->from, CRUMB_FROM_SIZE - 1);
    return put(engine, suspect);
}

enum fault suspect_read(struct engine *engine)
{
    const struct crumb *crumb = engine->crumb;
    TRY(load(engine));
    bool said = crumb->stage > CRUMB_NONE && crumb->stage < CRUMB_STAGES;
    return said ? count(engine, crumb) : FAULT_NONE;
}

bool suspect_aside(const struct suspect *suspect)
{
    return suspect->weight >= WEIGHT_MAX;
}

const char *suspect_stage(const struct suspect *suspect)
{
    assert((unsigned)suspect->stage < CRUMB_STAGES);
    return stages[suspect->stage];
}
