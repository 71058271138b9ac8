#include "sim/refold_said.h"

#include "sim/parse.h"

#include <string.h>

/* Fields of record.proto. */
enum { LANE = 5, INDEX, PREVIOUS, SEEN, KIND, SCHEMA, CRITICAL, CLAIM = 13 };
enum { SEEN_INDEX = 1, SEEN_ID };
enum { CLAIM_OUTCOME = 1, CLAIM_TARGET, CLAIM_CHANGE, CLAIM_SUPERSEDES };

static bool digest_read(struct bytes stuff, struct digest *out)
{
    *out = (struct digest) {0};
    if (stuff.size == DIGEST_SIZE)
        memcpy(out->bytes, stuff.data, DIGEST_SIZE);
    return stuff.size == DIGEST_SIZE || stuff.size == 0;
}

bool refold_said_read(struct bytes header, struct said *out)
{
    struct bytes seen = parse_field(header, SEEN).stuff, claim = parse_field(header, CLAIM).stuff;
    struct bytes previous = parse_field(header, PREVIOUS).stuff;
    *out = (struct said) {
        .has_previous = previous.size,
        .has_seen = parse_field(header, SEEN).number,
        .critical = parse_field(header, CRITICAL).number,
        .lane = parse_field(header, LANE).value,
        .index = parse_field(header, INDEX).value,
        .seen_index = parse_field(seen, SEEN_INDEX).value,
        .kind = parse_field(header, KIND).value,
        .schema = parse_field(header, SCHEMA).value,
        .outcome = parse_field(claim, CLAIM_OUTCOME).value,
        .change = parse_field(claim, CLAIM_CHANGE).value,
    };
    digest_of(DIGEST_RECORD, header, &out->id);
    return out->lane <= 1 && digest_read(previous, &out->previous) &&
           digest_read(parse_field(seen, SEEN_ID).stuff, &out->seen) &&
           digest_read(parse_field(claim, CLAIM_TARGET).stuff, &out->target) &&
           digest_read(parse_field(claim, CLAIM_SUPERSEDES).stuff, &out->supersedes);
}
