/* Key agreement as a port of the core, beside the signatures of the suite: a handshake multiplies
 * by it and by nothing else. The daemon knows one, X25519; the simulator has also a model. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { AGREE_SIZE = 32 };

struct agree {
    /* False when what comes out would be the same for everybody: a hostile or an empty key. */
    bool (*public_of)(const uint8_t secret[static AGREE_SIZE],
                      uint8_t public_key[static AGREE_SIZE]);
    bool (*shared)(const uint8_t secret[static AGREE_SIZE],
                   const uint8_t public_key[static AGREE_SIZE], uint8_t shared[static AGREE_SIZE]);
};

extern const struct agree agree_x25519;
/* NULL is X25519. */
const struct agree *agree_of(const struct agree *agree);
