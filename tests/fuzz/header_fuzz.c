/* links: base seal record */
#include "record/dossier.h"
#include "record/kind.h"
#include "fuzz/mutator.h"

#include <assert.h>
#include <string.h>

/* The places of the specification (proto/README.md), asked in another way than header.c does. */
static void judge_place(const struct header *header)
{
    const Peregrin__Header *fields = header->fields;
    uint64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms * 256 + header->dossier.bytes[i];
    bool opening = header->lane == 0 && header->index == 0;
    assert(header->lane <= 1 && header->index <= INT32_MAX);
    assert(ms % 60000 == 0 && header->issued_at * 60000 < (uint64_t)1 << 48);
    assert(!opening || ms / 60000 == header->issued_at);
    assert(!(opening && header->has_seen));
    assert(fields->has_previous == (header->index > 0));
    assert(!fields->has_previous || fields->previous.len == 32);
    assert(fields->has_commitment && fields->commitment.len == 32);
    assert(!fields->seen || (fields->seen->has_id && fields->seen->id.len == 32));
}

static void judge_content(const struct header *header)
{
    const Peregrin__Header *fields = header->fields;
    assert(strcmp(fields->issuer, fields->audience) != 0);
    assert(strchr(fields->issuer, '.') && strchr(fields->audience, '.'));
    assert(strlen(fields->network) >= 1 && strlen(fields->network) <= 64);
    for (size_t i = 0; i < fields->n_critical; i++)
        assert(fields->critical[i] >= 100 && fields->critical[i] < 200 &&
               (i == 0 || fields->critical[i] > fields->critical[i - 1]));
    assert(!fields->claim->has_target || fields->claim->target.len == 32);
    assert(!fields->claim->has_supersedes || fields->claim->supersedes.len == 32);
    /* What claims to hold on to something unknown is not understood, whatever its schema. */
    const struct kind *kind = kind_find(header->kind, header->schema);
    assert(!kind || (kind_stands(kind, header->lane, header->index) && !fields->n_critical));
    if (header->kind == PEREGRIN__KIND__KIND_DECISION && kind)
        assert(fields->claim->has_target && fields->claim->outcome >= 1 &&
               fields->claim->outcome <= 3 && header->lane == 1);
    if (header->kind == PEREGRIN__KIND__KIND_REFUSAL && kind)
        assert(fields->claim->has_target && fields->claim->code);
}

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
        judge_place(&header);
        judge_content(&header);
        mutator_remember(data, size);

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

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate};
    return mutator_input(&mutator, &peregrin__header__descriptor, 0, data, size, size_max);
}
