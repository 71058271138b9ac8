#include "trust/evidence_bundle.h"

#include "record/codec.h"

#include <assert.h>

/* Which part may stand behind which, with its tag in the file and its largest size. */
static const struct {
    uint8_t tag;
    unsigned behind; /* a bit for each part */
    size_t most;
} parts[] = {
    [EVIDENCE_BUNDLE_BEGINS] = {EVIDENCE_BUNDLE_FIRST,
                                1 << EVIDENCE_BUNDLE_MORE | 1 << EVIDENCE_BUNDLE_CATALOGUE |
                                    1 << EVIDENCE_BUNDLE_EVIDENCE,
                                0},
    [EVIDENCE_BUNDLE_ROOT] = {0x1a, 1 << EVIDENCE_BUNDLE_BEGINS, CATALOGUE_ROOT_MAX},
    [EVIDENCE_BUNDLE_CATALOGUE] = {0x22, 1 << EVIDENCE_BUNDLE_ROOT, CATALOGUE_SIZE_MAX},
    [EVIDENCE_BUNDLE_EVIDENCE] = {0x2a,
                                  1 << EVIDENCE_BUNDLE_CATALOGUE | 1 << EVIDENCE_BUNDLE_EVIDENCE,
                                  EVIDENCE_BUNDLE_EVIDENCE_MAX},
};
enum { PART_COUNT = EVIDENCE_BUNDLE_EVIDENCE + 1, VERSION = 1, SIZE_BYTES_MAX = 4 };

struct bytes evidence_bundle_begin(const struct catalogue_files *files, struct arena *arena)
{
    Peregrin__EvidenceBundle bundle = PEREGRIN__EVIDENCE_BUNDLE__INIT;
    bundle.has_version = bundle.has_root = bundle.has_catalogue = true;
    bundle.version = VERSION;
    bundle.root = (ProtobufCBinaryData) {files->root.size, (uint8_t *)files->root.data};
    bundle.catalogue =
        (ProtobufCBinaryData) {files->catalogue.size, (uint8_t *)files->catalogue.data};
    return codec_pack(&bundle.base, arena);
}

struct bytes evidence_bundle_add(const Peregrin__Evidence *evidence, struct arena *arena)
{
    Peregrin__Evidence alone = *evidence, *only = &alone;
    Peregrin__EvidenceBundle bundle = PEREGRIN__EVIDENCE_BUNDLE__INIT;
    alone.has_root = alone.has_catalogue = false;
    bundle.evidences = &only;
    bundle.n_evidences = 1;
    return codec_pack(&bundle.base, arena);
}

/* The size before a content, in its shortest form; the bytes that it took, 0 while some are
 * missing, SIZE_BYTES_MAX + 1 when it is none. */
static size_t size_read(struct bytes window, size_t *size)
{
    *size = 0;
    for (size_t i = 0; i < SIZE_BYTES_MAX; i++) {
        if (i == window.size)
            return 0;
        uint8_t byte = window.data[i];
        *size |= (size_t)(byte & 0x7F) << 7 * i;
        if (byte < 0x80)
            return byte == 0 && i > 0 ? SIZE_BYTES_MAX + 1 : i + 1;
    }
    return SIZE_BYTES_MAX + 1;
}

static enum evidence_bundle_part part_of(enum evidence_bundle_part before, uint8_t tag)
{
    for (unsigned part = EVIDENCE_BUNDLE_BEGINS; part < PART_COUNT; part++)
        if (parts[part].tag == tag && parts[part].behind >> before & 1)
            return (enum evidence_bundle_part)part;
    return EVIDENCE_BUNDLE_BROKEN;
}

enum evidence_bundle_part evidence_bundle_next(enum evidence_bundle_part before,
                                               struct bytes *window, struct bytes *content)
{
    size_t size, took;
    assert((size_t)before < PART_COUNT && before != EVIDENCE_BUNDLE_BROKEN);
    if (window->size == 0)
        return EVIDENCE_BUNDLE_MORE;
    enum evidence_bundle_part part = part_of(before, window->data[0]);
    if (part == EVIDENCE_BUNDLE_BROKEN)
        return part;
    took = size_read((struct bytes) {window->data + 1, window->size - 1}, &size);
    if (took == 0)
        return EVIDENCE_BUNDLE_MORE;
    if (part == EVIDENCE_BUNDLE_BEGINS) { /* what stands there is no size, but the version */
        if (took != 1 || size != VERSION)
            return EVIDENCE_BUNDLE_BROKEN;
        size = 0;
    } else if (took > SIZE_BYTES_MAX || size > parts[part].most) {
        return EVIDENCE_BUNDLE_BROKEN;
    }
    if (size > window->size - 1 - took)
        return EVIDENCE_BUNDLE_MORE;
    *content = (struct bytes) {window->data + 1 + took, size};
    *window = (struct bytes) {content->data + size, window->size - 1 - took - size};
    return part;
}
