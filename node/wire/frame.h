/* The outermost shape of what travels: a 20-byte header in clear, then what the type says.
 *
 *   0  version  1 byte, 1        4  session  8 bytes, chosen by the dialler
 *   1  type     1 byte          12  counter  8 bytes, little endian
 *   2  zero     2 bytes         20  payload  to the end; the whole is at most 65,535 bytes */
#pragma once

#include "base/bytes.h"
#include "base/verdict.h"

enum { FRAME_HEADER_SIZE = 20, FRAME_SIZE_MAX = 65535, FRAME_SESSION_SIZE = 8, FRAME_VERSION = 1 };

enum frame_type {
    FRAME_OPEN = 1,      /* key hint, versions, Noise message 1, gate tag */
    FRAME_ANSWER = 2,    /* Noise message 2 */
    FRAME_TRANSPORT = 3, /* ciphertext and tag of one Message */
    FRAME_STALE = 4,     /* the responder's counter, digest of the opening, tag */
};

struct frame {
    enum frame_type type;
    uint8_t session[FRAME_SESSION_SIZE];
    uint64_t counter;
    struct bytes wire;    /* the whole */
    struct bytes header;  /* its first 20 bytes: associated data */
    struct bytes payload; /* the rest */
};

enum verdict frame_read(struct bytes wire, struct frame *out);
void frame_write_header(enum frame_type type, const uint8_t session[static FRAME_SESSION_SIZE],
                        uint64_t counter, uint8_t out[static FRAME_HEADER_SIZE]);
