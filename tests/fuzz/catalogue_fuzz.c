/* links: base seal record trust */
/* Any catalogue is refused with a sentence, or it is one of which each name can be asked. The first
 * byte chooses whether signatures are believed unseen, to get behind them, and whether the rest is
 * a catalogue's statement under the root of the demo federation, a file, or a root's file. */
#include "unit/federation.h"

#include <stdlib.h>

enum { BELIEVE = 1, MODES = 3, BUDGET = 8 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool believe(void *, const uint8_t public_key[static SEAL_PUBLIC_SIZE], enum seal_context,
                    struct bytes, const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    (void)public_key, (void)signature;
    return true;
}

static void ask_keys(const struct catalogue_key *keys, size_t count)
{
    assert(count > 0);
    for (size_t i = 1; i < count; i++)
        assert(keys[i - 1].from <= keys[i].from);
    (void)catalogue_key_current(keys, count, (struct instant) {0});
}

static void ask(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *each = &catalogue->institutions[i];
        assert(catalogue_institution(catalogue, each->schac) == each);
        assert(each->node < catalogue->node_count);
        assert(catalogue_key(each, &each->keys[0].digest) == each->keys);
        ask_keys(each->keys, each->key_count);
    }
    for (size_t i = 0; i < catalogue->node_count; i++) {
        assert(catalogue_node(catalogue, catalogue->nodes[i].id) == &catalogue->nodes[i]);
        ask_keys(catalogue->nodes[i].keys, catalogue->nodes[i].key_count);
    }
    assert(!catalogue_institution(catalogue, "no.such.example"));
}

/* An unsigned wrapper around a statement as it came. */
static struct bytes wrap(struct bytes statement, struct arena *arena)
{
    Peregrin__Signed signed_ = PEREGRIN__SIGNED__INIT;
    signed_.has_statement = true;
    signed_.statement =
        (ProtobufCBinaryData) {statement.size, (uint8_t *)(uintptr_t)statement.data};
    uint8_t *wire = arena_take(arena, peregrin__signed__get_packed_size(&signed_));
    return (struct bytes) {wire, peregrin__signed__pack(&signed_, wire)};
}

/* Made once: only what a mode replaces is signed anew. */
static struct federation *demo(void)
{
    static struct federation federation;
    if (!federation.arena) {
        federation_make(&federation);
        federation_sign(&federation, 7, 7);
    }
    return &federation;
}

static enum verdict judge(struct bytes input, struct federation federation)
{
    struct bytes rest = {input.data + 1, input.size - 1};
    if (input.data[0] & BELIEVE)
        federation.suite.verify = believe;
    switch (input.data[0] / 2 % MODES) {
    case 0:
        federation.files.catalogue = federation_signed_by(&federation, wrap(rest, federation.arena),
                                                          SEAL_CONTEXT_CATALOGUE, 7);
        break;
    case 1: federation.files.catalogue = rest; break;
    case 2:
        federation.files.root = rest;
        catalogue_anchor(rest, &federation.anchor);
        break;
    }
    struct catalogue *catalogue = NULL;
    const char *why = NULL;
    enum verdict verdict = catalogue_read(federation.files, &federation.anchor, 0,
                                          &federation.suite, federation.arena, &catalogue, &why);
    assert((verdict == VERDICT_FINE) == (catalogue != NULL));
    assert(verdict == VERDICT_FINE || (why && *why));
    if (catalogue)
        ask(catalogue);
    return verdict;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct federation federation = *demo();
    federation.arena = arena_open(BUDGET);
    (void)judge((struct bytes) {data, size}, federation);
    arena_close(federation.arena);
    return 0;
}
