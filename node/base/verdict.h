/* What a message, a record or a request deserves: a normal result, counted and answered.
 * The numbers travel (Notice, refusal records) and never change their meaning. */
#pragma once

#include "base/try.h"

#include <stdint.h>

/* It would read the attribute as an initialiser. */
/* clang-format off */
enum [[nodiscard]] verdict {
    VERDICT_FINE = 0,
    VERDICT_MALFORMED = 1,       /* not canonical, not of the schema, or out of its limits */
    VERDICT_TOO_LARGE = 2,       /* over a limit of size or memory */
    VERDICT_FORGED = 3,          /* a signature, digest, root or identity does not hold */
    VERDICT_STALE = 4,           /* an old counter, session or version */
    VERDICT_UNKNOWN = 5,         /* names a key, institution, node or session we do not know */
    VERDICT_NOT_ADDRESSED = 6,   /* not for an institution that this node serves */
    VERDICT_OUT_OF_TURN = 7,     /* the dossier's state does not allow it */
    VERDICT_INVALID = 8,         /* a field breaks a rule of form */
    VERDICT_CONTRADICTS = 9,     /* the body says something else than its claim */
    VERDICT_NOT_FOUND = 10,      /* names a record or dossier that is not here */
    VERDICT_DUPLICATE = 11,      /* the same again, with another content */
    VERDICT_NOT_UNDERSTOOD = 12, /* a schema or critical extension we do not know */
    VERDICT_UNAVAILABLE = 13,    /* not now: guard, watermark or limit */
    VERDICT_NOT_PERMITTED = 14,  /* this caller may not */
    VERDICT_EXPIRED = 15,        /* a catalogue, key or statement past its time */
    VERDICT_REVOKED = 16,        /* a key that was revoked */
    VERDICT_INTERNAL = 17,       /* our fault, not theirs */
    VERDICT_COUNT
};
/* clang-format on */

struct verdict_text {
    const char *code;     /* stable, for programs: `out_of_turn` */
    const char *sentence; /* what does not hold */
    const char *remedy;   /* what to do */
    int exit_status;      /* of the CLI */
};

const struct verdict_text *verdict_text(enum verdict verdict);

/* A number from the wire; VERDICT_COUNT when we do not know it. */
enum verdict verdict_of(uint32_t number);
