/* links: base seal record trust */
/* Any file is valid evidence or fails with a sentence, and armour loses nothing. The anchor is that
 * of whatever root stands in the file; the first byte chooses whether signatures are believed
 * unseen, to get behind them, and whether the rest is a file or text. */
#include "trust/evidence.h"

#include <assert.h>

enum { BELIEVE = 1, TEXT = 2, BUDGET = 8 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool believe(void *, const uint8_t public_key[static SEAL_PUBLIC_SIZE], enum seal_context,
                    struct bytes, const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    (void)public_key, (void)signature;
    return true;
}

static void go_round(struct bytes file, struct arena *arena)
{
    struct bytes again, text = evidence_armour(file, arena);
    enum verdict verdict = evidence_unarmour(text, arena, &again);
    assert(verdict == VERDICT_FINE && bytes_equal(file, again));
}

static struct digest anchor_of(struct bytes file)
{
    struct digest anchor = {{0}};
    Peregrin__Evidence *evidence = peregrin__evidence__unpack(NULL, file.size, file.data);
    if (evidence && evidence->has_root)
        catalogue_anchor((struct bytes) {evidence->root.data, evidence->root.len}, &anchor);
    if (evidence)
        peregrin__evidence__free_unpacked(evidence, NULL);
    return anchor;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct suite_keys none = {0};
    struct suite suite = suite_over(&none);
    if (data[0] & BELIEVE)
        suite.verify = believe;
    struct bytes file = {data + 1, size - 1};
    struct arena *arena = arena_open(BUDGET);
    go_round(file, arena);
    if (!(data[0] & TEXT) || evidence_unarmour(file, arena, &file) == VERDICT_FINE) {
        struct digest anchor = anchor_of(file);
        struct evidence_finding finding;
        enum verdict verdict = evidence_check(file, &anchor, &suite, arena, &finding);
        assert((verdict == VERDICT_FINE) == (finding.failed == NULL));
        assert(verdict || (finding.issuer && finding.key_id && finding.header.fields));
    }
    arena_close(arena);
    return 0;
}
