/* The header of a record: packed once by its author, read and checked by everybody else. */
#pragma once

#include "base/instant.h"
#include "base/verdict.h"
#include "record.pb-c.h"
#include "seal/digest.h"

enum {
    HEADER_SIZE_MAX = 1024,
    HEADER_BODY_MAX = 48 * 1024, /* a body that fits one frame beside its header and seal */
    HEADER_NAME_MAX = 64,        /* SCHAC, network */
    HEADER_DOSSIER_SIZE = 16,
    HEADER_INDEX_MAX = INT32_MAX,
};

/* The last minute that a dossier's name can say; issued_at is never later. */
static const uint64_t HEADER_MINUTE_MAX = 0xFFFFFFFFFFFF / 60000;

/* The schema of a record with a critical extension that we do not know: whatever its header says,
 * it is not understood here. */
static const uint32_t HEADER_SCHEMA_UNKNOWN = UINT32_MAX;

/* A dossier's own name; with opener and other it is a key. ULID layout: 48-bit big-endian
 * milliseconds of a whole minute, then 80 bits by chance. */
struct header_dossier {
    uint8_t bytes[HEADER_DOSSIER_SIZE];
};

/* A header read from its bytes. `wire` is a view of what was read; the rest lives in the arena. */
struct header {
    struct bytes wire;
    struct digest id; /* digest of wire */
    Peregrin__Header *fields;
    struct header_dossier dossier;
    struct digest previous, target, supersedes, seen_id, commitment; /* zero where absent */
    bool has_seen;
    uint32_t lane, index, seen_index, kind, schema;
    uint64_t issued_at; /* minutes since 1970 */
};

/* Scans, unpacks and checks the shape of one header: all mandatory fields (the claim, which may be
 * empty, is one of them), sizes, SCHAC form of issuer and audience (distinct), lane 0 or 1,
 * previous exactly when index > 0, dossier time a whole minute and, at index 0 of lane 0, equal to
 * issued_at and nothing seen; a known kind stands where it may, and its claim has what the fold
 * reads. A kind or schema that we do not know is fine: it is held as not understood.
 * VERDICT_TOO_LARGE above HEADER_SIZE_MAX or when the arena is spent, VERDICT_MALFORMED for all
 * else. */
enum verdict header_read(struct bytes wire, struct arena *arena, struct header *out);

/* The same for a record that is held, without the row of its kind: an older version of ours may
 * have let it through before it knew the kind, and the fold makes nothing of what does not fit. */
enum verdict header_read_held(struct bytes wire, struct arena *arena, struct header *out);

/* As header_read, by who knows the record's id already: it has just been counted from these bytes.
 */
enum verdict header_read_named(struct bytes wire, const struct digest *id, struct arena *arena,
                               struct header *out);

/* Packs fields (all set by the caller) into the arena. */
struct bytes header_pack(const Peregrin__Header *fields, struct arena *arena);

/* The commitment: digest of salt and body. */
void header_commit(const uint8_t salt[static DIGEST_SALT_SIZE], struct bytes body,
                   struct digest *out);

/* A new dossier name from a minute and 10 random bytes. */
struct header_dossier header_dossier_new(uint64_t minute, const uint8_t random[static 10]);

/* Crockford base32, 26 characters and the end; as in ULID. Small letters are read, too. */
enum { HEADER_DOSSIER_TEXT = 27 };
void header_dossier_text(const struct header_dossier *dossier,
                         char out[static HEADER_DOSSIER_TEXT]);
bool header_dossier_from_text(struct bytes text, struct header_dossier *out);

/* 1 to 64 of a-z 0-9 . -, at least one dot, no empty label, no leading or trailing hyphen in a
 * label. */
bool header_schac_valid(struct bytes text);

/* 1 to size_max visible ASCII characters: networks, key ids. */
bool header_name_valid(struct bytes text, size_t size_max);
