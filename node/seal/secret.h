/* Secrets that programs and browsers carry: `pgn_` and 40 characters. The last eight are a
 * checksum, so that a typing error is known from a wrong one, and a leaked one is found by its
 * form. */
#pragma once

#include "seal/digest.h"

enum {
    SECRET_SIZE = 20, /* 160 bits from the dice */
    SECRET_PREFIX_LENGTH = 4,
    SECRET_TEXT_LENGTH = SECRET_PREFIX_LENGTH + 40,
};

enum secret_kind { SECRET_TOKEN, SECRET_SESSION, SECRET_KIND_COUNT };

struct secret {
    enum secret_kind kind;
    uint8_t bytes[SECRET_SIZE];
};

/* With its end. */
void secret_write(const struct secret *secret, char out[static SECRET_TEXT_LENGTH + 1]);
/* False unless the text is exactly one secret of this kind. */
bool secret_read(struct bytes text, enum secret_kind kind, struct secret *out);

/* What the store keeps in its place: nobody gets back from it to the secret. */
void secret_digest(const struct secret *secret, struct digest *out);
/* A second value that only the secret's holder can be told: against forged requests. */
void secret_twin(const struct secret *secret, struct digest *out);
