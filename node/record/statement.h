/* The statements that seals and receipts sign: packed by their author, read after the signature. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"
#include "evidence.pb-c.h"
#include "seal/digest.h"

enum { STATEMENT_SEAL_LEAVES = 512, STATEMENT_RECEIPT_LEAVES = 1024 };

/* Each scans, unpacks and checks the shape (all fields present, sizes, count in range, issuer and
 * audience distinct). The caller has verified a signature over exactly these bytes before. */
enum verdict statement_read_seal(struct bytes wire, struct arena *arena,
                                 Peregrin__SealStatement **out);
enum verdict statement_read_receipt(struct bytes wire, struct arena *arena,
                                    Peregrin__ReceiptStatement **out);
enum verdict statement_read_recover(struct bytes wire, struct arena *arena,
                                    Peregrin__RecoverStatement **out);

/* Signed with exactly one signature of right sizes, as seals, receipts and recoveries have it; NULL
 * is malformed. What it gives are views of signed_. */
enum verdict statement_single(const Peregrin__Signed *signed_, struct bytes *statement,
                              struct digest *key, const uint8_t **signature);

/* A packed Signed with one signature, in the arena. */
struct bytes statement_pack_signed(struct bytes statement, const struct digest *key,
                                   const uint8_t signature[static 64], struct arena *arena);
/* Reads a packed Signed back: 1 to 32 signatures of right sizes, by distinct keys. */
enum verdict statement_read_signed(struct bytes wire, struct arena *arena, Peregrin__Signed **out);
