/* links: base seal record */
#include "record/dossier.h"
#include "record/kind.h"

#include <assert.h>
#include <string.h>

/* A header that is read is written again as the same bytes, stands where its kind may, and names a
 * dossier whose text reads back. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(1 << 20);
    struct bytes wire = {data, size};
    struct header header;
    assert(arena);
    if (header_read(wire, arena, &header) == VERDICT_FINE) {
        assert(size <= HEADER_SIZE_MAX);
        assert(bytes_equal(header_pack(header.fields, arena), wire));
        const struct kind *kind = kind_find(header.kind, header.schema);
        assert(!kind || kind_stands(kind, header.lane, header.index));

        struct header_dossier back;
        char text[HEADER_DOSSIER_TEXT];
        header_dossier_text(&header.dossier, text);
        assert(header_dossier_from_text(bytes_text(text), &back));
        assert(memcmp(&back, &header.dossier, sizeof back) == 0);

        struct dossier_entry entry;
        struct dossier dossier;
        dossier_entry_of(&header, &entry);
        dossier_fold(&entry, 1, (struct dossier_limits) {{UINT32_MAX, UINT32_MAX}}, &dossier);
        assert(dossier.lengths[0] + dossier.lengths[1] + dossier.incomplete == 1);
    }
    arena_close(arena);
    return 0;
}
