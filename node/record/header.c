#include "record/header.h"

#include "record/codec.h"
#include "record/kind.h"

#include <assert.h>
#include <string.h>

enum { EXTENSION_FIRST = 100, EXTENSION_LAST = 199, MINUTE_MS = 60000 };

static const struct scan_limits limits = {
    .bytes_max = HEADER_SIZE_MAX,
    .depth_max = 3,
    .fields_max = 128,
    .extension_first = EXTENSION_FIRST,
    .extension_last = EXTENSION_LAST,
};

/* Crockford's base32: no I, L, O and U, that nobody misreads them. */
static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static bool parties_read(const struct header *header);
static bool place_read(struct header *header);
static bool content_read(struct header *header);
static bool kind_fits(const struct header *header);

static enum verdict read_as(struct bytes wire, const struct digest *id, struct arena *arena,
                            struct header *out)
{
    ProtobufCMessage *message;
    TRY(codec_unpack(&peregrin__header__descriptor, wire, &limits, arena, &message));
    struct header header = {.wire = wire, .fields = (Peregrin__Header *)message};
    if (!parties_read(&header) || !place_read(&header) || !content_read(&header))
        return VERDICT_MALFORMED;
    header.id = *id;
    *out = header;
    return VERDICT_FINE;
}

enum verdict header_read(struct bytes wire, struct arena *arena, struct header *out)
{
    struct digest id;
    digest_of(DIGEST_RECORD, wire, &id);
    return header_read_named(wire, &id, arena, out);
}

enum verdict header_read_named(struct bytes wire, const struct digest *id, struct arena *arena,
                               struct header *out)
{
    struct header header;
    TRY(read_as(wire, id, arena, &header));
    if (!kind_fits(&header))
        return VERDICT_MALFORMED;
    *out = header;
    return VERDICT_FINE;
}

enum verdict header_read_held(struct bytes wire, struct arena *arena, struct header *out)
{
    struct digest id;
    digest_of(DIGEST_RECORD, wire, &id);
    return read_as(wire, &id, arena, out);
}

static struct bytes binary_view(ProtobufCBinaryData binary)
{
    return (struct bytes) {binary.data, binary.len};
}

/* True when absent, too: then *out stays zero. */
static bool digest_optional(bool has, ProtobufCBinaryData binary, struct digest *out)
{
    return !has || digest_from(binary_view(binary), out);
}

static bool parties_read(const struct header *header)
{
    const Peregrin__Header *fields = header->fields;
    return fields->network && header_name_valid(bytes_text(fields->network), HEADER_NAME_MAX) &&
           fields->issuer && header_schac_valid(bytes_text(fields->issuer)) && fields->audience &&
           header_schac_valid(bytes_text(fields->audience)) &&
           strcmp(fields->issuer, fields->audience) != 0;
}

static bool seen_read(struct header *header)
{
    const Peregrin__Seen *seen = header->fields->seen;
    header->has_seen = seen != NULL;
    if (!seen)
        return true;
    /* Nobody has written anything before the record that opens the dossier. */
    if (header->lane == 0 && header->index == 0)
        return false;
    header->seen_index = seen->index;
    return seen->has_index && seen->index <= HEADER_INDEX_MAX && seen->has_id &&
           digest_from(binary_view(seen->id), &header->seen_id);
}

/* The dossier's own minute, from the first 48 bits of its name; false when it is no whole one. */
static bool minute_of(const struct header_dossier *dossier, uint64_t *minute)
{
    uint64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | dossier->bytes[i];
    *minute = ms / MINUTE_MS;
    return ms % MINUTE_MS == 0;
}

static bool dossier_read(struct header *header)
{
    const Peregrin__Header *fields = header->fields;
    uint64_t minute;
    if (!fields->has_dossier || fields->dossier.len != HEADER_DOSSIER_SIZE)
        return false;
    memcpy(header->dossier.bytes, fields->dossier.data, HEADER_DOSSIER_SIZE);
    if (!minute_of(&header->dossier, &minute))
        return false;
    bool opening = header->lane == 0 && header->index == 0;
    return !opening || minute == header->issued_at;
}

static bool place_read(struct header *header)
{
    const Peregrin__Header *fields = header->fields;
    if (!fields->has_lane || fields->lane > 1 || !fields->has_index ||
        fields->index > HEADER_INDEX_MAX || !fields->has_issued_at ||
        fields->issued_at > HEADER_MINUTE_MAX)
        return false;
    header->lane = fields->lane;
    header->index = fields->index;
    header->issued_at = fields->issued_at;
    return fields->has_previous == (fields->index > 0) &&
           digest_optional(fields->has_previous, fields->previous, &header->previous) &&
           dossier_read(header) && seen_read(header);
}

/* Extensions by their numbers, strictly ascending. */
static bool critical_valid(const Peregrin__Header *fields)
{
    uint32_t before = EXTENSION_FIRST - 1;
    for (size_t i = 0; i < fields->n_critical; i++) {
        if (fields->critical[i] <= before || fields->critical[i] > EXTENSION_LAST)
            return false;
        before = fields->critical[i];
    }
    return true;
}

static bool content_read(struct header *header)
{
    const Peregrin__Header *fields = header->fields;
    const Peregrin__Claim *claim = fields->claim;
    if (!fields->has_kind || !fields->has_schema || !claim || !fields->has_commitment ||
        !critical_valid(fields))
        return false;
    header->kind = fields->kind;
    /* We know no critical extension: such a record is held as one of a schema not understood. */
    header->schema = fields->n_critical ? HEADER_SCHEMA_UNKNOWN : fields->schema;
    return digest_from(binary_view(fields->commitment), &header->commitment) &&
           digest_optional(claim->has_target, claim->target, &header->target) &&
           digest_optional(claim->has_supersedes, claim->supersedes, &header->supersedes);
}

static bool claim_fits(const struct kind *kind, const Peregrin__Claim *claim)
{
    if (kind->claims_target && !claim->has_target)
        return false;
    if (kind->claims_outcome && claim->outcome != PEREGRIN__OUTCOME__OUTCOME_ACCEPT &&
        claim->outcome != PEREGRIN__OUTCOME__OUTCOME_REFUSE &&
        claim->outcome != PEREGRIN__OUTCOME__OUTCOME_WAITLIST)
        return false;
    if (kind->claims_change && claim->change != PEREGRIN__CHANGE__CHANGE_KEEPS &&
        claim->change != PEREGRIN__CHANGE__CHANGE_REOPENS)
        return false;
    if (kind->claims_code && claim->code == 0)
        return false;
    if (kind->claims_last_year && (!claim->last_year || !*claim->last_year))
        return false;
    if (claim->has_agreement && claim->agreement.len != HEADER_DOSSIER_SIZE)
        return false;
    if (claim->has_replaces && claim->replaces.len != HEADER_DOSSIER_SIZE)
        return false;
    return !kind->claims_year || (claim->year && *claim->year);
}

static bool kind_fits(const struct header *header)
{
    const struct kind *kind = kind_find(header->kind, header->schema);
    return !kind || (kind_stands(kind, header->lane, header->index) &&
                     claim_fits(kind, header->fields->claim));
}

struct bytes header_pack(const Peregrin__Header *fields, struct arena *arena)
{
    return codec_pack(&fields->base, arena);
}

void header_commit(const uint8_t salt[static DIGEST_SALT_SIZE], struct bytes body,
                   struct digest *out)
{
    digest_of_pair(DIGEST_BODY, (struct bytes) {salt, DIGEST_SALT_SIZE}, body, out);
}

struct header_dossier header_dossier_new(uint64_t minute, const uint8_t random[static 10])
{
    assert(minute <= HEADER_MINUTE_MAX);
    struct header_dossier dossier;
    uint64_t ms = minute * MINUTE_MS;
    for (int i = 0; i < 6; i++)
        dossier.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    memcpy(dossier.bytes + 6, random, 10);
    return dossier;
}

/* The 5 bits of digit `place`: 26 digits hold 130 bits, so the first one has only 3 of its own. */
static unsigned digit_at(const struct header_dossier *dossier, unsigned place)
{
    unsigned value = 0;
    for (unsigned i = 0; i < 5; i++) {
        unsigned bit = place * 5 + i;
        unsigned byte = bit < 2 ? 0u : dossier->bytes[(bit - 2) / 8];
        value = value << 1 | (byte >> (7 - (bit - 2) % 8) & 1);
    }
    return value;
}

void header_dossier_text(const struct header_dossier *dossier, char out[static HEADER_DOSSIER_TEXT])
{
    for (unsigned place = 0; place < HEADER_DOSSIER_TEXT - 1; place++)
        out[place] = base32[digit_at(dossier, place)];
    out[HEADER_DOSSIER_TEXT - 1] = 0;
}

static bool digit_value(uint8_t letter, unsigned *value)
{
    if (letter >= 'a' && letter <= 'z')
        letter = (uint8_t)(letter - 'a' + 'A');
    const char *found = letter ? strchr(base32, letter) : NULL;
    if (found)
        *value = (unsigned)(found - base32);
    return found;
}

bool header_dossier_from_text(struct bytes text, struct header_dossier *out)
{
    struct header_dossier dossier = {0};
    if (text.size != HEADER_DOSSIER_TEXT - 1)
        return false;
    for (unsigned place = 0; place < HEADER_DOSSIER_TEXT - 1; place++) {
        unsigned value;
        if (!digit_value(text.data[place], &value) || (place == 0 && value > 7))
            return false;
        for (unsigned i = 0; i < 5; i++) {
            unsigned bit = place * 5 + i;
            if (value >> (4 - i) & 1)
                dossier.bytes[(bit - 2) / 8] |= (uint8_t)(0x80 >> (bit - 2) % 8);
        }
    }
    *out = dossier;
    return true;
}

bool header_schac_valid(struct bytes text)
{
    bool dotted = false;
    uint8_t before = '.'; /* a label begins with a letter or a digit, and ends with one */
    if (text.size < 1 || text.size > HEADER_NAME_MAX)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t here = text.data[i];
        bool plain = (here >= 'a' && here <= 'z') || (here >= '0' && here <= '9');
        bool hyphen = here == '-' && before != '.';
        bool dot = here == '.' && before != '.' && before != '-';
        if (!plain && !hyphen && !dot)
            return false;
        dotted = dotted || dot;
        before = here;
    }
    return dotted && before != '.' && before != '-';
}

bool header_name_valid(struct bytes text, size_t size_max)
{
    if (text.size < 1 || text.size > size_max)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~')
            return false;
    return true;
}
