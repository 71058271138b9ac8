/* Key files as the commands use them: read, made, written; the secret is wiped by the caller. */
#pragma once

#include "command/command_work.h"
#include "seal/digest.h"
#include "seal/key.h"

/* Reads a key file that nobody else may read, and opens it with the passphrase where it is sealed.
 * Says what is wrong. The row must have the flag `passphrase-file` or the file must be plain. */
enum command_exit operate_key_load(struct command_work *work, const char *path, struct key *key);
/* The same, but a sealed key stays sealed. */
enum command_exit operate_key_read(struct command_work *work, const char *path, struct key *key);

/* A fresh key with this kind, owner and id in a new file of mode 0600. */
struct operate_key_name {
    enum key_kind kind;
    const char *owner, *id;
};
enum command_exit operate_key_make(struct command_work *work, const char *path,
                                   const struct operate_key_name *name, struct key *key);

/* A passphrase that is to be remembered: from --passphrase-file, or typed twice. */
enum { OPERATE_KEY_PASSPHRASE_MAX = 1024 };
enum command_exit operate_key_choose_passphrase(struct command_work *work,
                                                char out[static OPERATE_KEY_PASSPHRASE_MAX]);
enum command_exit operate_key_seal_with(struct command_work *work, struct key *key,
                                        const char *passphrase);

/* Digest of the public key; and as people compare it: hexadecimal in groups of eight. */
void operate_key_digest(const struct key *key, struct digest *out);
const char *operate_key_groups(struct command_work *work, const struct digest *digest);
/* The same as sixteen words of five letters that can be read aloud (proquints, arXiv:0901.4016). */
const char *operate_key_words(struct command_work *work, const struct digest *digest);
/* `2026-a`: this year's first key. */
const char *operate_key_default_id(struct command_work *work);
