/* A model of signatures and of key agreement, for worlds in which thousands of nodes live for a
 * year: a hundred times faster, and worth nothing outside of a world. Whoever knows the world's
 * secret can sign for everybody, and anybody can take the logarithm of a public key. It is linked
 * into no node: tests/fences looks. */
#pragma once

#include "seal/agree.h"
#include "seal/suite.h"

/* For one holder of keys. Signs with the keys that it holds and with no others; verifies whatever a
 * suite of the same world signed. */
struct model {
    uint8_t secret[32]; /* of the world */
    const struct suite_keys *keys;
    uint64_t verified; /* signatures that it looked at */
};
/* model stays where it is for as long as the suite is used. */
struct suite model_suite(struct model *model);

/* Exponentiation modulo the prime 2^61 - 1. */
extern const struct agree model_agree;
