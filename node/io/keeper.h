/* Holds the node's secret keys in locked memory, from the files' reading to the wiping at the end.
 */
#pragma once

#include "io/reason.h"
#include "seal/key.h"
#include "seal/suite.h"

struct keeper;

enum { KEEPER_KEYS_MAX = 256, KEEPER_PASSPHRASE_MAX = 1024 };

struct keeper_settings {
    const char *const *paths;
    size_t count;
    /* Where the passphrase of sealed keys comes from: a private file, or a descriptor; NULL and -1
     * when there is none. A line's end is not part of it. */
    const char *passphrase_file;
    int passphrase_descriptor;
};

/* Each file must be private to this user. FAULT_KEY with the reason: file, line and remedy. */
enum fault keeper_open(const struct keeper_settings *settings, struct keeper **out,
                       struct reason *reason);
/* Wipes everything. */
void keeper_close(struct keeper *keeper);

/* False when the system would not lock the memory: secrets may reach the swap space. */
bool keeper_locked(const struct keeper *keeper);

/* Signs with the keys that are held; valid until keeper_close. */
struct suite keeper_suite(struct keeper *keeper);

bool keeper_holds(const struct keeper *keeper, enum key_kind kind, const struct digest *public_key);
/* The X25519 secret whose public key has this digest; NULL when it is not held. */
const uint8_t *keeper_transport(const struct keeper *keeper, const struct digest *public_key);
